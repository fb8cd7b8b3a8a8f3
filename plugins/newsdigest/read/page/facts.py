"""What a page says of its article besides the text: linked data first, then meta, then what is seen."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

from lxml import html

from newsdigest.read.page.linked import Node, article_of, names_of, nodes_of, text_of
from newsdigest.read.page.seen import day_seen, headlines_seen
from newsdigest.read.wire.markup import plain, plain_html
from newsdigest.read.wire.moments import When, find_when, read_when, when_in_path
from newsdigest.text.folding import fold

Element = Any

_DATES = (
    *("article:published_time", "og:article:published_time", "og:published_time", "datepublished"),
    *(
        "parsely-pub-date",
        "sailthru.date",
        "publishdate",
        "publish-date",
        "publish_date",
        "pubdate",
    ),
    *(
        "publication_date",
        "publicationdate",
        "publisheddate",
        "article.published",
        "article_date_original",
    ),
    *(
        "dc.date.issued",
        "dcterms.created",
        "dcterms.issued",
        "dcterms.date",
        "dc.date",
        "dc.date.created",
    ),
    *(
        "cxenseparse:recs:publishtime",
        "article-publish-date",
        "iptc:date",
        "originalpublicationdate",
    ),
    *("ptime", "displaydate", "datecreated", "date", "article:modified_time", "og:updated_time"),
)
_BYLINES = (
    "author",
    "article:author",
    "parsely-author",
    "dc.creator",
    "byl",
    "sailthru.author",
    "byline",
)
_SITES = ("og:site_name", "application-name", "publisher", "dc.publisher")
_DATED = re.compile(r"date|time|publish|posted|byline|meta|timestamp", re.IGNORECASE)
_BYLINE_CLASS = re.compile(
    r"(?:^|[\s_-])(?:by-?line|author(?:-?name)?|signature)(?:$|[\s_-])", re.IGNORECASE
)
_BESIDE = ("nav", "aside", "footer")
_SEPARATOR = re.compile(r"\s+(?:[|·•»:]{1,2}|[-–—])\s+")
_LETTERS = re.compile(r"[\W_]+")
_CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff]")
_LONGEST_LINE = 160
_MANY_TAGS, _DEEPEST = 4000, 400
_PROPERTIES = ("datePublished", "dateCreated", "created")
_MONTH_PATH = re.compile(r"/(\d{4})/([a-z]{3,9})/(\d{1,2})(?:/|$)")


@dataclass(slots=True)
class Facts:
    """All as written, the most trusted first; `free` is False where the page says it is sold."""

    headline: str = ""
    dates: list[str | When | None] = field(default_factory=list)
    bylines: list[str] = field(default_factory=list)
    sites: list[str] = field(default_factory=list)
    lang: str = ""
    address: str = ""
    summary: str = ""
    tags: list[str] = field(default_factory=list)
    body: str = ""
    free: bool = True
    title: str = ""


def facts_of(tree: Element, address: str, site: str) -> Facts:
    """`address`: where it was saved from; `site`: our time zone, for days without one."""
    meta = _meta(tree)
    nodes = nodes_of([one.text or "" for one in tree.iter("script") if _is_linked(one)])
    address = _canonical(tree, meta, address)
    seen = [text for text in (plain(one.text_content()) for one in tree.iter("h1")) if text]
    seen = seen or headlines_seen(tree)
    social = plain_html(meta.get("og:title") or meta.get("twitter:title") or "")
    node = article_of(nodes, address, seen[0] if seen else social)
    sites = [*names_of(node.get("publisher"), nodes), *(plain(meta.get(key)) for key in _SITES)]
    titled = next((plain(one.text_content()) for one in tree.iter("title")), "")
    facts = Facts(address=address, sites=[one for one in sites if one], title=titled)
    facts.headline = _headline(node, seen, [social, titled], facts.sites, address)
    facts.dates = _dates(tree, node, nodes, meta, address, site)
    facts.bylines = _bylines(tree, node, nodes, meta)
    facts.lang = str(
        tree.get("lang")
        or tree.get("xml:lang")
        or text_of(node.get("inLanguage"))
        or meta.get("og:locale")
        or meta.get("content-language")
        or ""
    )
    if not _can_be_read(facts.dates, site):
        seen_day = day_seen(tree, facts.headline, facts.lang.lower(), site)
        facts.dates = [seen_day] if seen_day else []
    facts.summary = plain_html(meta.get("og:description") or meta.get("description") or "")
    facts.tags = _tags(node, meta)
    facts.body = text_of(node.get("articleBody"))
    facts.free = (
        str(
            text_of(node.get("isAccessibleForFree")) or node.get("isAccessibleForFree", True)
        ).lower()
        != "false"
    )
    return facts


def _can_be_read(dates: list[str | When | None], site: str) -> bool:
    """Whether one of these can be read."""
    return any(one if isinstance(one, When) else read_when(one, site) for one in dates)


def letters(text: str) -> str:
    """What two spellings of a line share."""
    return _LETTERS.sub("", fold(text))


def is_beside(element: Element) -> bool:
    """Whether it stands in what a page puts around its article."""
    return next(element.iterancestors(*_BESIDE), None) is not None


def _is_linked(script: Element) -> bool:
    return "ld+json" in (script.get("type") or "").lower()


def _meta(tree: Element) -> dict[str, str]:
    """What the page's meta elements say, by name in small letters: the first of each."""
    found: dict[str, str] = {}
    for one in tree.iter("meta"):
        content = (one.get("content") or "").strip()
        for key in ("property", "name", "itemprop", "http-equiv"):
            name = (one.get(key) or "").strip().lower()
            if name and content:
                found.setdefault(name, content)
    return found


def _canonical(tree: Element, meta: dict[str, str], saved: str) -> str:
    links = [
        one.get("href") or ""
        for one in tree.iter("link")
        if "canonical" in (one.get("rel") or "").lower()
    ]
    for one in (*links, meta.get("og:url", ""), saved):
        if one.strip().startswith(("http://", "https://")):
            return str(one.strip())
    return ""


def _headline(
    node: Node, seen: list[str], titles: list[str], sites: list[str], address: str
) -> str:
    """The line that most of a page's places agree on; linked data cut it, and titles sign it."""
    told = [(plain_html(text_of(node.get("headline")) or text_of(node.get("name"))), 3.0)]
    names = {letters(one) for one in sites}
    site = letters(_host(address).rpartition(".")[0])
    seen = [one for one in seen if letters(one) not in names and letters(one) != site]
    told += [(line, 3.0 if len(seen) == 1 else 2.5) for line in seen[:3]]
    told += [(_unsigned(line, sites, address, seen), 2.0 - at) for at, line in enumerate(titles)]
    told = [(line, weight) for line, weight in told if letters(line)]
    known = [(letters(line), weight) for line, weight in told]
    best, most = "", 0.0
    for (line, _weight), (key, _own) in zip(told, known, strict=True):
        votes = sum(weight for other, weight in known if _same(key, other))
        if votes > most:
            best, most = line, votes
    longer = [line for line, _ in told if letters(line).startswith(letters(best).rstrip("…"))]
    cut = best.endswith(("…", "...")) or len(best) >= 100
    return max(longer, key=len) if cut and longer else best


def _host(address: str) -> str:
    return re.sub(r"^https?://(?:www\.)?|/.*$", "", address)


def _same(key: str, other: str) -> bool:
    return key == other or (
        min(len(key), len(other)) >= 25 and (key.startswith(other) or other.startswith(key))
    )


def _unsigned(line: str, sites: list[str], address: str, seen: list[str]) -> str:
    """A title without the name of its site, and of its section, at either end."""
    host = letters(_host(address))
    names = {letters(name) for name in sites}
    headings = {letters(one) for one in seen}
    while letters(line) not in headings:
        cuts = list(_SEPARATOR.finditer(line))
        if not cuts:
            break
        tail, head = letters(line[cuts[-1].end() :]), letters(line[: cuts[0].start()])
        if letters(line[: cuts[-1].start()]) in headings or _signs(tail, names, host):
            line = line[: cuts[-1].start()]
        elif letters(line[cuts[0].end() :]) in headings or _signs(head, names, host):
            line = line[cuts[0].end() :]
        elif _is_name(line[cuts[-1].end() :]) and len(line[: cuts[-1].start()].split()) > 4:
            line = line[: cuts[-1].start()]
        else:
            break
    return line


def _is_name(tail: str) -> bool:
    """As sites are called: a few words, all with a capital."""
    words = [word for word in tail.split() if word not in ("of", "the", "de", "du", "la", "le")]
    return 0 < len(words) <= 4 and all(word[0].isupper() for word in words)


def _signs(part: str, names: set[str], host: str) -> bool:
    return part in names or (
        len(part) >= 3 and (part in host or (len(host) > 5 and host.startswith(part[:6])))
    )


def _dates(
    tree: Element, node: Node, nodes: list[Node], meta: dict[str, str], address: str, site: str
) -> list[str | When | None]:
    found: list[str | When | None] = [text_of(node.get("datePublished"))]
    found += [meta.get(name) for name in _DATES[:-2]]
    found += [text_of(one.get("datePublished")) for one in nodes if one.get("datePublished")][:1]
    found += [_marked_up(tree, site), _named(address, site) or when_in_path(address, site)]
    found += [
        _written(tree, site),
        text_of(node.get("dateModified")),
        *(meta.get(n) for n in _DATES[-2:]),
    ]
    return [one for one in found if one]


def _marked_up(tree: Element, site: str) -> When | None:
    """The page's `<time>`: one that says it is of publication, else the first of the article."""
    times = [one for one in tree.iter("time") if not is_beside(one)]
    times.sort(key=lambda one: not (one.get("pubdate") is not None or "publish" in _marks(one)))
    marked = [
        one for one in tree.iterfind(".//*[@itemprop]") if one.get("itemprop") == "datePublished"
    ]
    marked += [
        one
        for one in tree.iterfind(".//*[@property]")
        if one.tag != "meta" and one.get("property").rpartition(":")[2] in _PROPERTIES
    ]
    for one in (*marked, *times[:8]):
        when = read_when(
            one.get("datetime") or one.get("content") or plain(one.text_content()), site
        )
        if when is not None:
            return when
    return None


def _named(address: str, site: str) -> When | None:
    found = _MONTH_PATH.search(address)
    return find_when(f"{found[3]} {found[2]} {found[1]}", site) if found else None


def _written(tree: Element, site: str) -> When | None:
    """A day in words, on a short line that is marked as a date or a byline."""
    for one in tree.iterfind(".//*[@class]"):
        if _DATED.search(one.get("class")) and not is_beside(one):
            text = plain(one.text_content()) if len(one) < 20 else ""
            when = find_when(text, site) if 6 <= len(text) <= _LONGEST_LINE else None
            if when is not None:
                return when
    return None


def _marks(element: Element) -> str:
    return f"{element.get('class') or ''} {element.get('itemprop') or ''}".lower()


def _bylines(tree: Element, node: Node, nodes: list[Node], meta: dict[str, str]) -> list[str]:
    found = names_of(node.get("author"), nodes) or names_of(node.get("creator"), nodes)
    found = (
        found
        or [plain(meta[one]) for one in _BYLINES if one in meta and "://" not in meta[one]][:1]
    )
    if not found:
        for one in tree.iterfind(".//*[@class]"):
            text = plain(one.text_content()) if _BYLINE_CLASS.search(one.get("class")) else ""
            if 3 < len(text) <= 80 and not is_beside(one):
                return [text]
    return found


def _tags(node: Node, meta: dict[str, str]) -> list[str]:
    said = node.get("keywords") or meta.get("news_keywords") or ""
    words = (
        said if isinstance(said, list) else re.split(r"[,;]", said if isinstance(said, str) else "")
    )
    section = text_of(node.get("articleSection")) or meta.get("article:section", "")
    names = [plain(text_of(one)) for one in (section, *words[:20])]
    return [name for name in dict.fromkeys(names) if 1 < len(name) <= 60]


def is_deep(tree: Element, text: str) -> bool:
    """Whether elements stand in elements deeper than any page has them: a page of few is not asked."""
    if text.count("<") < _MANY_TAGS:
        return False
    depth = 0
    for event, _one in html.etree.iterwalk(tree, events=("start", "end")):
        depth += 1 if event == "start" else -1
        if depth > _DEEPEST:
            return True
    return False


def tree_of(text: str) -> Element | None:
    """The page as a tree, None for one without any element."""
    parser = html.HTMLParser(
        encoding="utf-8", remove_comments=True, remove_pis=True, no_network=True
    )
    data = _CONTROLS.sub(" ", text).encode("utf-8", "replace")
    try:
        return html.document_fromstring(data, parser=parser)
    except (ValueError, AssertionError, html.etree.ParserError, html.etree.XMLSyntaxError):
        return None
