"""An article beside its page: as plain text, and as ninjs, out of which our own reader reads it again."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest
from gazette import Gazette
from newsdigest.archive.articles import Reference
from newsdigest.base.addresses import FORMATS, Addresses, in_format
from newsdigest.base.link_reasons import Cause, LinkReason
from newsdigest.base.records import Article, Block, LinkState, Picture, Resolution
from newsdigest.base.settings import ParseRules
from newsdigest.pictures.making import name as called
from newsdigest.publish.media_types import media_type
from newsdigest.read.composed import Told
from newsdigest.read.wire.ninjs import read_ninjs
from newsdigest.site.formats import ninjs, plain_text
from newsdigest.site.kinds.article import ArticleParts, article_page, article_view
from newsdigest.site.kinds.formats import ARTICLE_FORMATS, formats_data
from samples import PARIS, SITE, article, card, filed

RULES = ParseRules(now=datetime(2026, 2, 1, tzinfo=UTC), agencies=(("AVL", "Agence de Valmer"),))
BLOCKS = (
    Block("paragraph", 'Le port va "doubler" son quai & ses grues : 3 < 4.'),
    Block("subheading", "Deux ans de travaux"),
    Block("list", items=("un quai", "deux grues")),
    Block("list", items=("la digue", "le phare"), ordered=True),
    Block("table", rows=(("Port", "Tonnes"), ("Valmer", "12"))),
    Block("related", items=("La digue cède", "Le phare s'éteint", "La grève continue")),
    Block("paragraph", "Les travaux commencent mardi."),
    Block("photo", caption="Le quai nord", credit="AVL"),
)
QUAI = article(blocks=BLOCKS, dateline="VALMER (AVL)", kicker="Enquête", agencies=("AVL",))


def line(headline: str, state: LinkState, target: str = "") -> Reference:
    found = Resolution(headline, state, target or None)
    return Reference(found, card(target) if target else None)


LINES = (line("La digue cède", "linked", "digue"), line("Le phare s'éteint", "waiting"))


# -- plain text ----------------------------------------------------------------------------------


def test_an_article_as_text_says_what_its_page_says() -> None:
    assert plain_text(filed(QUAI, references=LINES), SITE) == "\n".join(
        (
            "Enquête",
            "Le port double son quai",
            "",
            "23 janvier 2026",
            "AVL",
            "VALMER (AVL)",
            "",
            "Le port va «\u00a0doubler\u00a0» son quai & ses grues\u00a0: 3 < 4.",
            "",
            "Deux ans de travaux",
            "",
            "- un quai",
            "- deux grues",
            "",
            "1. la digue",
            "2. le phare",
            "",
            "Port | Tonnes",
            "Valmer | 12",
            "",
            ">> La digue cède",
            "   https://lefil.example/2026/01/23/digue.html",
            ">> Le phare s’éteint (non publié ici)",
            ">> La grève continue",
            "",
            "Les travaux commencent mardi.",
            "",
            "[Le quai nord Photo\u00a0: AVL]",
            "",
            "https://lefil.example/2026/01/23/quai.html",
            "",
        )
    )


def test_an_unsigned_article_without_a_place_has_a_headline_a_date_and_its_text() -> None:
    bare = article(agencies=(), date_precision="minute")
    assert plain_text(filed(bare), SITE).splitlines()[:5] == [
        "Le port double son quai",
        "",
        "23 janvier 2026, 00:00",
        "",
        "Le port va doubler son quai, a dit Élise Marchetti.",
    ]


def test_a_retracted_headline_is_told_only_where_the_editors_keep_it() -> None:
    causes = (Cause.RETRACTED, Cause.RETRACTED_NAMED)
    told = []
    for cause in causes:
        found = Resolution("La digue cède", "retracted", reason=LinkReason(cause))
        record = article(blocks=(Block("related", items=("La digue cède",)),))
        text = plain_text(filed(record, references=(Reference(found, None),)), SITE)
        told.append(next(one for one in text.splitlines() if one.startswith(">>")))
    assert told == [">> dépêche retirée", ">> La digue cède (dépêche retirée)"]


# -- ninjs ---------------------------------------------------------------------------------------


def read_again(record: Article, **ties: object) -> Told:
    (told,) = read_ninjs(
        ninjs(filed(record, **ties), SITE, Addresses()).encode(), "quai.json", RULES
    )
    assert isinstance(told, Told)
    return told


@pytest.mark.parametrize(
    "record",
    [
        QUAI,
        article(agencies=("AVL",), authors=("Élise Marchetti", "Hoàng Diêu")),
        article(lang="vi", headline="Cảng Valmer mở rộng bến", agencies=()),
        article(
            published=datetime(2026, 1, 23, 14, 30, tzinfo=PARIS),
            date_precision="minute",
            agencies=("AVL",),
            headline="« Qui paie ? » & 3 < 4",
        ),
    ],
    ids=["rich", "signed", "vietnamese", "to the minute"],
)
def test_what_is_written_as_ninjs_is_read_again_as_it_was(record: Article) -> None:
    told = read_again(record, references=LINES)
    assert told.headline == record.headline
    assert (told.published, told.date_precision) == (record.published, record.date_precision)
    assert (told.lang, told.authors, told.agencies) == (
        *(record.lang, record.authors, record.agencies),
    )
    kept = [block for block in record.blocks if block.type != "related"]
    assert list(told.blocks) == kept
    assert told.source_url == "https://lefil.example/2026/01/23/quai.html"


def item(record: Article, **ties: object) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(ninjs(filed(record, **ties), SITE, Addresses()))
    return found


# ninjs 2.1, as iptc.org/std/ninjs/ninjs-schema_2.1.json has it: its properties that we use, and of each what
# its objects may hold and must.
PROPERTIES = {
    "standard": ("name version schema", ""),
    "headlines": ("role contenttype value", "value"),
    "descriptions": ("role contenttype value", "value"),
    "bodies": ("role contenttype charcount wordcount value", "value"),
    "people": ("name rel uri literal", ""),
    "organisations": ("name rel uri literal", ""),
    "places": ("name rel uri literal", ""),
    "events": ("name rel uri literal", ""),
    "objects": ("name rel uri literal", ""),
    "infosources": ("name role uri literal", ""),
    "renditions": ("name href contenttype title", "name"),
    "associations": ("name uri type descriptions headlines by renditions", "name uri"),
}
WORDS = {"uri", "language", "firstcreated", "versioncreated", "by", "located"}


def rules_broken(found: dict[str, Any]) -> list[str]:
    faults = [] if found.get("uri", "").startswith("https://") else ["no uri"]
    faults += [] if (found["type"], found["pubstatus"]) == ("text", "usable") else ["no text"]
    for name, value in found.items():
        if name in WORDS | {"type", "pubstatus"}:
            faults += [] if isinstance(value, str) and value else [f"{name} is no text"]
            continue
        may, must = (set(names.split()) for names in PROPERTIES[name])
        for one in [value] if name == "standard" else value:
            faults += [f"{name}: {key}" for key in set(one) - may]
            faults += [f"{name}: no {key}" for key in must - set(one)]
    return faults


def test_each_article_keeps_the_rules_of_ninjs(gazette: Gazette) -> None:
    at = list(FORMATS).index("ninjs")
    found = [
        json.loads(formats_data(gazette.context, id_)[at]) for id_ in gazette.archive.articles.ids()
    ]
    assert [fault for one in found for fault in rules_broken(one)] == []
    assert {name for one in found for name in one} >= {"people", "places", "associations"}


def test_a_cited_article_that_stands_here_is_an_association() -> None:
    found = item(QUAI, references=LINES)["associations"]
    assert [(one["type"], one["uri"]) for one in found] == [
        ("picture", "https://lefil.example/2026/01/23/quai.html#photo-1"),
        ("text", "https://lefil.example/2026/01/23/digue.html"),
    ]


def test_a_picture_that_is_shown_tells_where_its_files_are() -> None:
    shown = Picture("quai.jpg", "a" * 64, 1000, 500, "Le quai nord", "AVL", len(BLOCKS) - 1)
    other = Picture("quai-2.jpg", "b" * 64, 600, 300)
    found = item(replace(QUAI, pictures=(shown, other)))["associations"]
    assert [one["name"] for one in found] == ["photo-1", "photo-2"]
    assert found[0]["by"] == "AVL"
    assert found[0]["renditions"] == [
        {
            "name": str(width),
            "href": f"https://lefil.example/images/{called('a' * 64)}-{width}.jpg",
            "contenttype": "image/jpeg",
            "width": width,
            "height": width // 2,
        }
        for width in (480, 960)
    ]
    assert [one["name"] for one in found[1]["renditions"]] == ["480", "600"]


def test_no_day_is_invented_for_an_article_of_a_month() -> None:
    assert {"firstcreated", "versioncreated"} & set(item(article(date_precision="month"))) == set()


# -- where they stand ----------------------------------------------------------------------------


def test_an_articles_formats_stand_beside_its_page() -> None:
    assert [in_format("2026/01/23/quai.html", name) for name in FORMATS] == [
        "2026/01/23/quai.txt",
        "2026/01/23/quai.ninjs.json",
    ]
    assert in_format("2026/01/23/quai/", "text") == "2026/01/23/quai.txt"
    assert [media_type(f"quai{suffix}").partition(";")[0] for suffix in FORMATS.values()] == [
        "text/plain",
        "application/json",
    ]


def test_a_page_leads_to_the_formats_the_settings_ask_for() -> None:
    parts = ArticleParts(filed(QUAI), "", "")
    both, text, none = (
        article_page(SITE, Addresses(formats=formats), parts).head.formats
        for formats in (tuple(FORMATS), ("text",), ())
    )
    assert both == (
        ("text/plain", "/2026/01/23/quai.txt"),
        ("application/json", "/2026/01/23/quai.ninjs.json"),
    )
    assert (text, none) == (both[:1], ())


def test_every_page_of_the_gazette_leads_to_files_that_are_there(gazette: Gazette) -> None:
    site, archive = gazette.newsroom.site, gazette.archive
    for id_ in archive.articles.ids():
        led = [
            url.removeprefix("/") for _type, url in article_view(gazette.context, id_).head.formats
        ]
        assert led == list(ARTICLE_FORMATS.files(archive, id_))
        assert set(led) <= set(site)


def test_a_folded_copy_has_its_own_text_and_a_retracted_article_none(gazette: Gazette) -> None:
    text = formats_data(gazette.context, "journal")[0].decode()
    assert text.startswith("Un journal de bord\n")
    gone = [path for path in gazette.newsroom.site if path.endswith(".txt")]
    pages = {path.removesuffix(".html") for path in gazette.newsroom.site}
    assert {path.removesuffix(".txt") for path in gone} - {"robots"} <= pages
    for address in gazette.archive.retractions.addresses():
        assert in_format(address, "text") not in gazette.newsroom.site
