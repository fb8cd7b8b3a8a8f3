"""Short forms that stand alone in an article: whose they may be, the rest of the archive tells."""

from __future__ import annotations

import re
from typing import Literal

from newsdigest.base.records import Article, Entity
from newsdigest.entities.forms import folded_name, is_initialed, shorter_forms
from newsdigest.entities.gazetteer import load_gazetteer
from newsdigest.entities.keys import entity_key
from newsdigest.entities.names import CIVIL_TITLES, ROLES, is_vietnamese_surname
from newsdigest.entities.one_thing import shown_name, thing_key

ShortKind = Literal["", "titled", "surname", "acronym"]

_ACRONYM = re.compile(r"[^\W\d_][\w.&-]{1,9}")
_WORD = re.compile(r"[^\W_]+(?:-[^\W_]+)*")
# How far before a name its title may stand: "MM. Girod et Delcourt".
_TITLE_REACH = 60
_BETWEEN = frozenset({"et", "and", "&", "de", "du", "van", "von", "le"})


def short_forms_of(name: str) -> tuple[str, ...]:
    """The short forms that a person's full name may be met under; none for a name that is none."""
    if is_initialed(name):
        return ()
    return tuple(dict.fromkeys(" ".join(form) for form in shorter_forms(name) or ()))


def stands_alone(article: Article, entity: Entity) -> tuple[ShortKind, str]:
    """What kind of short form is all the article gives of this entity, and its key.

    "titled": a surname, with a title or a role before it somewhere; "surname": one without, or with
    the initials of a first name;
    "acronym": capitals that were not spelled out; ("", "") for a full name and a first name alone.
    """
    if entity.type == "person":
        if is_initialed(entity.name):
            return "surname", " ".join(folded_name(entity.name))
        if shorter_forms(entity.name) is not None or is_vietnamese_surname(entity.name):
            return "", ""
        if any(is_titled(article, m.block, m.start) for m in entity.mentions):
            return "titled", " ".join(folded_name(entity.name))
        if not is_given_name(entity.name):
            return "surname", " ".join(folded_name(entity.name))
    elif (
        entity.type == "organisation"
        and is_acronym(entity.name)
        and not shown_name(thing_key(entity.name), False)
    ):
        return "acronym", entity_key(entity.name)
    return "", ""


def is_given_name(name: str) -> bool:
    """`Jonathan`, and no surname that the lists know as well: `Thomas`."""
    lexicon = load_gazetteer()
    return name in lexicon.given_names and name not in lexicon.family_names


def spelled_out(entity: Entity) -> tuple[str, ...]:
    """The acronyms the article uses for an organisation that it names in full."""
    if entity.type != "organisation" or is_acronym(entity.name):
        return ()
    forms = dict.fromkeys(mention.text for mention in entity.mentions)
    keys = dict.fromkeys(entity_key(form) for form in forms if is_acronym(form))
    return tuple(key for key in keys if key != entity_key(entity.name))


def is_acronym(name: str) -> bool:
    """Capitals in one word: ONU, O.N.U., UE, G20."""
    return bool(_ACRONYM.fullmatch(name)) and name == name.upper() and name[0].isupper()


def is_titled(article: Article, block: int, start: int) -> bool:
    """Whether a civil title or a role stands before the name: `MM. Girod et Delcourt`."""
    text = article.headline if block < 0 else article.blocks[block].tagged_text
    words = _WORD.findall(text[max(0, start - _TITLE_REACH) : start])
    lower = [word for word in words[-2:] if word[0].islower()]
    if lower and words[-1] == lower[-1] and any(word in ROLES for word in lower):
        return True
    for word in reversed(words):
        if word in CIVIL_TITLES:
            return True
        if not (word[0].isupper() or word in _BETWEEN):
            return False
    return False
