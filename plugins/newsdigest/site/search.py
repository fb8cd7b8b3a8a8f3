"""What of an article can be searched: the document that the search program is given of it.

    zzs9          in a document's own words: its section, its agencies, its names, its year, each by a
                  word that no text has (`token`), which a filter of the search page asks for
    anchor        what a result shows (headline, date, section, byline), for no one to find it by

The program looks for letters without their accents, but keeps those that are letters of their own
(đ, œ, ø): their plain form is given beside. An apostrophe as typed lets it find both parts of
"l'accord", a typographic one does not.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from html import escape
from urllib.parse import quote

import msgspec
from unidecode import unidecode

from newsdigest.archive.rows import TaggedArticle, base_language
from newsdigest.base.addresses import section_slug, slugify
from newsdigest.base.agencies import usual_signature
from newsdigest.base.records import Card, Site, block_texts
from newsdigest.site.pagefind import Document
from newsdigest.site.words import section_title
from newsdigest.text import dates, typography

# So many names of an article can be chosen to narrow a search.
NAMES = 12
_APOSTROPHES = str.maketrans("’‘ʼ", "'''", "\u00ad\u200b\u200c\u200d\u2060\ufeff")
_HYPHENS = str.maketrans("‐‑", "--")
# In "1 200" the space is none; an apostrophe keeps the number one word.
_GROUPS = re.compile(r"(?<![\d.,])(\d{1,3})((?:[ \u00a0\u202f\u2009]\d{3})+)(?!\d)")
_SPACE = re.compile(r"[ \u00a0\u202f\u2009]")
_OWN_LETTERS = re.compile(r"\w*[đĐœŒæÆøØłŁßıðÐþÞ]\w*")
_UNSAFE = re.compile(r"[\s%\"'&<>]")


def token(kind: str, slug: str) -> str:
    """The word by which what is sorted under that slug is found; the last sign keeps it whole."""
    return f"zz{kind}{slug.replace('-', '')}9"


def document(card: Card, told: TaggedArticle, place: int, site: Site) -> Document:
    """The article of this card; `place` is where it stands among those of its index, oldest first."""
    article = told.article
    texts = block_texts(article.blocks)
    names = list(dict.fromkeys(entity.name for entity in told.entities))
    tokens = [
        token("y", card.iso_date[:4]),
        *((token("s", section_slug(card.section)),) if card.section else ()),
        *(token("a", agency_slug(name)) for name in article.agencies),
        *(token("n", slugify(name)) for name in names),
    ]
    plain = (
        unidecode(word) for text in (card.headline, *texts) for word in _OWN_LETTERS.findall(text)
    )
    words = " ".join(dict.fromkeys((*tokens, *(re.sub(r"\W", "", word) for word in plain))))
    shown = _UNSAFE.sub(lambda sign: quote(sign[0]), _shown(card, names[:NAMES], site))
    return Document(
        card.url,
        f'<html lang="{base_language(site.lang)}"><body data-pagefind-body><h1>{_text(card.headline)}</h1>'
        f"{''.join(f'<p>{_text(text)}</p>' for text in texts)}"
        f'<i data-pagefind-meta="f:{words}" data-pagefind-sort="d:{place:06}" id="{shown}"></i></body></html>',
    )


def agency_slug(signature: str) -> str:
    """The slug of an agency in whatever way it is written."""
    return slugify(usual_signature(signature), "agence")


def _shown(card: Card, names: Iterable[str], site: Site) -> str:
    """What a result shows, as JSON: headline, date, as told, section, byline, language where it is
    another, names with their slugs."""
    found = (
        card.headline,
        card.iso_date,
        dates.label(card.iso_date, site.lang),
        section_title(card.section, site.lang) if card.section else "",
        card.credit,
        card.lang if card.lang != site.lang else "",
        [(typography.typeset(name, site.lang), slugify(name)) for name in names],
    )
    return msgspec.json.encode(found).decode()


def _text(text: str) -> str:
    plain = text.translate(_APOSTROPHES).translate(_HYPHENS)
    return escape(_GROUPS.sub(lambda found: _SPACE.sub("'", found[0]), plain), quote=False)


# A document that nobody finds: an index has at least one.
NOTHING = Document("/", "<html><body data-pagefind-body>đ</body></html>")
