"""Items of the newsroom's wire formats, one file of each: what an editor gets of them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from newsdigest.base.errors import describe
from newsdigest.base.i18n import translations
from newsdigest.base.records import Article, Rejection
from newsdigest.read.formats import parse_raw
from newsroom import Newsroom
from publication import ROOT
from wire import RULES

FILES = ROOT / "tests" / "data" / "newsroom"

# file: headline, date as written, agencies, authors, first words, last words
TOLD = {
    "ninjs-1.json": (
        "Le pont de Varelle rouvre après onze mois de travaux",
        "2026-01-23T13:40+01:00",
        ("AFP",),
        ("Maud Terrier", "Luc Oriol"),
        "Le pont de Varelle a rouvert",
    ),
    "ninjs-2.json": (
        "Harbour of Tollan dredged for the first time in a century",
        "2026-01-22T08:05+00:00",
        ("Reuters",),
        ("Ruth Adler",),
        "The harbour of Tollan was dredged on Thursday.",
    ),
    "g2.xml": (
        "Norvento, il lago torna ai livelli del 1990",
        "2026-01-23T17:00+01:00",
        ("ANSA",),
        ("Piera Lanti",),
        "Il lago di Norvento è tornato",
    ),
    "g2-nitf.xml": (
        "El puerto de Arrual cierra por viento",
        "2026-01-21T10:00-03:00",
        ("EFE",),
        ("Rosa Ibar",),
        "El puerto cerró el miércoles.",
    ),
    "newsml1.xml": (
        "Le pont de Varelle fermé jusqu'à lundi",
        "2026-01-23T15:12+01:00",
        ("AFP",),
        ("Maud TERRIER",),
        "Le pont restera fermé jusqu'à lundi.",
    ),
    "nitf.xml": (
        "Grain prices climb as Ostmark harvest stalls",
        "2026-01-22T18:15-05:00",
        ("AP",),
        ("JOAN HELD",),
        "Grain prices climbed on Thursday.",
    ),
    "ap.anpa": (
        "Harbor of Tollan reopens after storm",
        "2026-01-23T19:12+00:00",
        ("AP",),
        ("RUTH ADLER",),
        "The harbor reopened on Friday, three days after a storm that sank nine boats.",
    ),
    "dpa.iptc": (
        "Nordmark wählt im März einen neuen Landtag",
        "2026-01-23T14:12+01:00",
        ("DPA",),
        (),
        "Die Nordmark wählt am 8. März einen neuen Landtag. Das teilte die Staatskanzlei am Freitag mit.",
    ),
    "aap.iptc": (
        "Bank holds rates for a third month",
        "2026-01-23T04:05+00:00",
        ("AAP",),
        ("Sue Lark",),
        "The central bank held rates on Friday.",
    ),
    "item.atom": (
        "Le marché & la place",
        "2026-01-23T13:00+01:00",
        ("Fil de Varelle",),
        ("Maud Terrier",),
        "Le marché revient.",
    ),
    "ntb.xml": (
        "Broen er klar",
        "2026-01-23T14:56+01:00",
        ("NTB",),
        ("Kari Nord",),
        "Broen åpner fredag.",
    ),
    "pa.xml": (
        "Snow on the moor",
        "2026-01-23T10:15+00:00",
        ("PA",),
        ("Ann Hart",),
        "Snow fell on the moor.",
    ),
    "ansa.xml": (
        "Il ponte di Varelle riapre",
        "2026-01-23T10:00+01:00",
        ("ANSA",),
        (),
        "Il ponte.",
    ),
    "apapi.json": (
        "Ice on the river",
        "2026-01-23T09:50+00:00",
        ("AP",),
        ("JOAN HELD",),
        "Ice closed the river.",
    ),
    "dpa.json": (
        "Brücke offen",
        "2026-01-23T14:00+01:00",
        ("DPA",),
        ("Anna Lind",),
        "Die Brücke ist offen.",
    ),
    "tt.json": (
        "Isen låg",
        "2026-01-23T10:00+01:00",
        ("TT",),
        ("Anna Lind",),
        "Isen låg i går.",
    ),
    "caret.txt": (
        "Quake shakes Ostmark, no damage reported",
        "2026-01-23T14:12-05:00",
        ("AP",),
        ("ED PELL",),
        "A quake shook the city on Friday. No damage was reported, officials said, and schools stayed open.",
    ),
    "nocontrols.txt": (
        "Quake shakes Ostmark",
        "2026-01-23",
        ("AP",),
        ("ED PELL",),
        "A quake shook the city on Friday.",
    ),
    "zczc.txt": (
        "Le pont de Varelle rouvre",
        "2026-01-23",
        ("AFP",),
        (),
        "Le pont de Varelle a rouvert vendredi.",
    ),
    "zczc-signs.tst": (
        "Results from Tollan",
        "2026-01-23",
        ("AAP",),
        (),
        "Ruth won the first race.",
    ),
    "aap2.tst": (
        "CRIK:Home side on top after day two",
        "2026-01-23T09:03+00:00",
        ("AAP",),
        ("Sue Lark",),
        "The home side is on top after day two of the Test.",
    ),
    "dpa2.iptc": (
        "Bus rutscht in Graben - niemand verletzt",
        "2026-01-23T14:12+01:00",
        ("DPA",),
        (),
        "Ostau (dpa/nm) - Ein Bus ist am Freitag",
    ),
}


def read(name: str, path: str = "") -> Article | Rejection:
    return parse_raw((FILES / name).read_bytes(), path or name, RULES)


def article_of(text: str, path: str) -> Article:
    outcome = parse_raw(text.encode(), path, RULES)
    assert isinstance(outcome, Article), outcome
    return outcome


def refusal_of(text: str | bytes, path: str) -> str:
    data = text.encode() if isinstance(text, str) else text
    outcome = parse_raw(data, path, RULES)
    assert isinstance(outcome, Rejection), outcome
    return outcome.code


@pytest.mark.parametrize("name", TOLD)
def test_an_item_is_an_article_with_its_headline_moment_names_and_text(name: str) -> None:
    article = read(name)
    assert isinstance(article, Article), article
    headline, date, agencies, authors, lede = TOLD[name]
    assert (article.headline, article.iso_date, article.agencies, article.authors) == (
        headline,
        date,
        agencies,
        authors,
    )
    assert article.lede.startswith(lede)


@pytest.mark.parametrize("name", TOLD)
def test_a_format_is_known_by_its_content_whatever_the_file_is_called(name: str) -> None:
    plain, own = read(name, "depeche.txt"), read(name, "depeche" + Path(name).suffix)
    assert isinstance(plain, Article)
    assert isinstance(own, Article)
    assert (plain.headline, plain.blocks) == (own.headline, own.blocks)


def test_a_body_keeps_its_subheadings_lists_tables_and_captions() -> None:
    article = read("ninjs-1.json")
    assert isinstance(article, Article)
    assert [block.type for block in article.blocks] == [
        *("paragraph", "subheading", "paragraph", "list", "paragraph", "table", "photo")
    ]
    assert article.dateline == "VARELLE (AFP)"
    assert article.photos[0].credit == "Inès Caron/AFP"
    assert article.tags[:2] == ("secteur économique (medtop:20000209)", "sport (medtop:15000000)")
    assert (article.item, article.version) == ("urn:newsml:lefil.example:20260123:dep-0412", "2")


def test_a_package_of_several_articles_names_how_many() -> None:
    outcome = read("g2-message.xml")
    assert outcome == Rejection(
        "g2-message.xml", "E_SEVERAL", None, {"format": "NewsML-G2", "articles": 2}
    )


@pytest.mark.parametrize(
    ("name", "kind"), [("g2-picture.xml", "picture"), ("g2-concept.xml", "concept")]
)
def test_what_is_no_text_is_refused_by_its_name(name: str, kind: str) -> None:
    outcome = read(name)
    assert isinstance(outcome, Rejection)
    assert (outcome.code, outcome.facts["kind"]) == ("E_ITEM_KIND", kind)


ON_VIDEO = (
    "ninjs : c'est une vidéo, pas un article.",
    "ninjs: đây là video, không phải bài viết.",
)


@pytest.mark.parametrize("kind", ["video", "audio", "graphic", "composite", "planning"])
def test_what_an_item_is_instead_is_told_in_the_editors_language(kind: str) -> None:
    item = {
        "uri": "u:1",
        "headline": "Le pont",
        "type": kind,
        "versioncreated": "2026-01-30T10:00Z",
    }
    outcome = parse_raw(json.dumps(item).encode(), "a.json", RULES)
    assert isinstance(outcome, Rejection)
    assert outcome.code == "E_ITEM_KIND"
    for lang in ("fr", "vi"):
        said, _hint = describe(outcome, translations(lang).gettext)
        assert (said in ON_VIDEO) == (kind == "video")
        assert "{" not in said
        assert not {"planning", "package", "graphic"} & set(said.split())


def test_an_item_under_embargo_is_a_draft_and_is_published_when_it_ends() -> None:
    item = (
        '{"uri": "u:1", "headline": "Le budget est prêt", "body_text": "Il sera lu mardi.",'
        ' "versioncreated": "2026-01-30T10:00:00Z", "embargoed": "%s"}'
    )
    assert article_of(item % "2026-02-03T06:00:00+01:00", "a.json").status == "draft"
    assert article_of(item % "2026-01-31T06:00:00+01:00", "a.json").status == "published"


@pytest.mark.parametrize(
    ("status", "warning"), [("withheld", "W_WITHHELD"), ("canceled", "W_CANCELED")]
)
def test_what_its_agency_withholds_or_withdrew_is_nowhere(status: str, warning: str) -> None:
    article = article_of(
        '{"uri": "u:1", "headline": "Le budget", "body_text": "Il sera lu.",'
        f' "pubstatus": "{status}", "versioncreated": "2026-01-30T10:00:00Z"}}',
        "a.json",
    )
    assert article.status == "draft"
    assert {warning, "W_EMBARGO"} <= set(article.warnings)


def test_an_item_of_a_headline_and_a_description_is_a_brief() -> None:
    article = article_of(
        '{"uri": "u:1", "headline": "Le bac est à quai", "description_text": "Il repart lundi.",'
        ' "versioncreated": "2026-01-30T10:00:00Z"}',
        "a.json",
    )
    assert article.lede == "Il repart lundi."
    assert "W_SUMMARY_ONLY" in article.warnings


def test_an_item_without_text_date_or_headline_says_which() -> None:
    told = '{"uri": "u", "versioncreated": "2026-01-30T10:00:00Z", "headline": "Un titre"}'
    assert refusal_of(told, "a.json") == "E_NO_BODY"
    assert (
        refusal_of('{"uri": "u", "headline": "Titre", "body_text": "Texte."}', "a.json")
        == "E_DATE_MISSING"
    )
    untitled = '{"body_html": "<ul><li>Un</li></ul>", "versioncreated": "2026-01-30T10:00:00Z"}'
    assert refusal_of(untitled, "a.json") == "E_TITLE_MISSING"
    assert refusal_of('{"name": "un réglage"}', "a.json") == "E_NOT_NEWS"
    assert refusal_of("<reglages><un/></reglages>", "a.xml") == "E_NOT_NEWS"


def test_takes_of_one_dispatch_are_one_article() -> None:
    first = "\x01abc0001 3 pl 200 AFP\r\nvarelle-pont/\r\n\x02Le pont rouvre\r\n\r\nLe pont rouvre vendredi.\r\n(MORE)\r\n\x03 231412 JAN 26\x04"
    second = "\x01abc0002 3 pl 200 AFP\r\nvarelle-pont/ 1st Add\r\n\x02Suite\r\n\r\nIl était fermé depuis mars.\r\n\x03 231418 JAN 26\x04"
    article = article_of(first + second, "a.iptc")
    assert [block.text for block in article.blocks] == [
        "Le pont rouvre vendredi.",
        "Il était fermé depuis mars.",
    ]


def test_what_is_told_the_desks_alone_is_not_published() -> None:
    """A notepad, contacts, editors' notes, the initials of who wrote it."""
    for name, last in (
        ("dpa2.iptc", "Die Strasse war glatt."),
        ("aap2.tst", "They lead by 120 runs."),
    ):
        article = read(name)
        assert isinstance(article, Article)
        assert article.blocks[-1].text == last


@pytest.mark.parametrize(
    "told",
    [
        '"ednote": "EMBARGO jusqu\'au 3 février 2026 à 6h"',
        '"body_html": "<p>Embargo : 2026-02-03 06:00</p><p>Il sera lu mardi.</p>"',
        '"embargoed": "2026-02-03T06:00:00+01:00"',
    ],
)
def test_an_embargo_holds_wherever_the_item_says_it(told: str) -> None:
    article = article_of(
        '{"uri": "u:1", "headline": "Le budget est prêt", "body_text": "Il sera lu mardi.",'
        f' "versioncreated": "2026-01-30T10:00:00Z", {told}}}',
        "a.json",
    )
    assert (article.status, article.lede) == ("draft", "Il sera lu mardi.")
    assert article.embargo is not None
    assert article.embargo.isoformat() == "2026-02-03T06:00:00+01:00"


def test_an_embargo_that_cannot_be_understood_is_never_published() -> None:
    told = '{"uri": "u", "headline": "T", "body_text": "Il.", "embargoed": "bald", "versioncreated": "2026-01-30T10:00:00Z"}'
    assert refusal_of(told, "a.json") == "E_EMBARGO"


def test_a_table_set_in_columns_stays_a_table() -> None:
    article = article_of(
        "\x01abc0001 3 sp 200 AFP\r\nfoot/\r\n\x02Classement après dix journées\r\n\r\n"
        "Varelle garde la tête.\r\n\r\nVarelle    10   24\r\nArrual     10   21\r\nTollan     10   19\r\n"
        "\x03 231412 JAN 26\x04",
        "a.iptc",
    )
    assert article.blocks[-1].rows == (
        ("Varelle", "10", "24"),
        ("Arrual", "10", "21"),
        ("Tollan", "10", "19"),
    )


def test_a_text_without_a_year_takes_the_day_its_file_is_named_by() -> None:
    told = (
        "\x01abc0001 3 sp 200 AFP\r\nfoot/\r\n\x02Varelle gagne\r\n\r\nVarelle a gagné.\r\n\x03\x04"
    )
    assert article_of(told, "2026/01/23-foot.iptc").iso_date == "2026-01-23"
    assert article_of(told, "foot-20260123.txt").iso_date == "2026-01-23"
    assert refusal_of(told, "foot.iptc") == "E_DATE_MISSING"


def test_data_beside_the_articles_is_left_out_and_a_wire_file_is_published(tmp_path: Path) -> None:
    newsroom = Newsroom(tmp_path)
    newsroom.write("reglages.json", '{"couleur": "bleu"}')
    newsroom.write("ville/pont.json", (FILES / "ninjs-1.json").read_text(encoding="utf-8"))
    newsroom.write("ville/budget.xml", (FILES / "newsml1.xml").read_text(encoding="utf-8"))
    report = newsroom.build().report
    assert (report.published, report.ignored, report.rejections) == (2, 1, [])
    page = newsroom.site["2026/01/23/le-pont-de-varelle-rouvre-apres-onze-mois-de-travaux.html"]
    assert "onze mois après sa fermeture".encode() in page


def test_pictures_that_come_in_one_message_with_a_text_are_its_photos() -> None:
    article = read("g2-with-picture.xml")
    assert isinstance(article, Article)
    assert [block.text or block.caption for block in article.blocks] == [
        "Le bac repart.",
        "Il était à quai.",
        "Le bac à quai.",
    ]
    assert article.photos[0].credit == "Ines Caron"
