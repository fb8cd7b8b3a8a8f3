"""A content folder nobody sane would keep: the site stands, and every file is accounted for."""

from __future__ import annotations

import json
import os
import re
import unicodedata
from pathlib import Path
from typing import Any

import feedparser
import pytest
from lxml import etree
from lxml import html as lxml_html
from newsroom import strange_text
from publication import ROOT, SITE, Publication, folded, json_ld, parse, text_of

TEXT = "Le port a rouvert lundi après deux semaines d'arrêt, selon la préfecture."
EVIL = {
    "balise": '<img src=x onerror="alert(1)"> Le quai & le <b>port</b>',
    "guillemets": 'L\'élu dit "non" aux \'autres\' & "oui"',
    "script": "</script><script>alert(1)</script> Le port rouvre",
    "titre": "</title></h1><svg onload=alert(2)> Le bac repart",
    "cdata": "Le tunnel ]]> reste fermé <![CDATA[ encore",
    "gabarit": "{{ view.site }} {% raw %} Le gabarit ${7*7}",
    "bidi": "Le \u202eretnas\u202c reste \u2067ouvert",
    "nuls": "Le port\x01 rouvre\x0b\ufffe lundi",
    "emoji": "Le 👩‍🚀 revient — œuvre à 1,2 % ; « fin » 𝔘𝔫𝔦",
    "commentaire": "<!-- Le port --> --> rouvre <!doctype html>",
    "adresse": "javascript:alert(1) data:text/html,x //evil.example/ Le port",
    "entites": "&lt;script&gt;alert(3)&lt;/script&gt; &amp;amp; le port",
}
REJECTED = {
    "vide.txt": "E_EMPTY",
    "blancs.txt": "E_EMPTY",
    "image.txt": "E_BINARY",
    "nul.txt": "E_BINARY",
    "tube.txt": "E_NOT_FILE",
    "dehors.txt": "E_OUTSIDE",
    "ailleurs": "E_OUTSIDE",
    "brise.txt": "E_VANISHED",
    "enorme.txt": "E_TOO_LARGE",
    "melange.txt": "E_ENCODING",
    "page.txt": "E_DATE_MISSING",
    "fevrier.txt": "E_DATE_IMPOSSIBLE",
    "moyen-age.txt": "E_DATE_IMPOSSIBLE",
    "an-3000.txt": "E_DATE_FUTURE",
    "sans-date.txt": "E_DATE_MISSING",
    "a-l-anglaise.txt": "E_DATE_FORMAT",
    "sans-corps.txt": "E_NO_BODY",
    "ponctuation.txt": "E_TITLE_MISSING",
    "deux.txt": "E_TWO_ARTICLES",
    "jumeau.TXT": "E_SAME_ID",
    "dossier.txt": "E_NOT_FILE",
}


def wire(headline: str, date: str = "2026-01-15", text: str = TEXT, end: str = "AFP") -> str:
    return f" date {date} {headline}\n\n{text}\n\n{end}\n"


def fill(paper: Publication, outside: Path) -> None:
    """Every entry of the folder, by what is wrong with it."""
    write = paper.write
    write("vide.txt", "")
    write("blancs.txt", "\ufeff \n\t\n")
    write("image.txt", b"\x89PNG\r\n\x1a\n" + bytes(range(256)))
    write("nul.txt", wire("Le port\x00 rouvre"))
    os.mkfifo(paper.content / "tube.txt")
    outside.write_text(wire("Un secret du dehors"), encoding="utf-8")
    (paper.content / "dehors.txt").symlink_to(outside)
    (paper.content / "brise.txt").symlink_to(paper.content / "nulle-part")
    (paper.content / "boucle").symlink_to(paper.content / "mal")
    (paper.content / "ailleurs").symlink_to(outside.parent)
    with open(paper.content / "enorme.txt", "wb") as file:
        file.write(wire("Trop long").encode())
        file.truncate(300 * 1024 * 1024)
    write("melange.txt", wire("La rentrée").encode() + "été".encode() + b"\xe9t\xe9 \x81\n")
    write("page.txt", "<!doctype html><html><body><p>Bonjour</p></body></html>")
    write("fevrier.txt", wire("Le trente février", "2026-02-30"))
    write("moyen-age.txt", wire("La peste", "1348-01-01"))
    write("an-3000.txt", wire("Demain", "3000-01-01"))
    write("sans-date.txt", f"Le port rouvre\n\n{TEXT}\n")
    write("a-l-anglaise.txt", wire("Le port rouvre", "01/15/2026"))
    write("sans-corps.txt", " date 2026-01-15 Le port rouvre et rien ne suit\n")
    write("ponctuation.txt", wire("!!!"))
    write("deux.txt", wire("Le premier article") + "\n" + wire("Le second article"))
    write("jumeau.txt", wire("Le jumeau paraît"))
    write("jumeau.TXT", wire("Le jumeau attend"))
    (paper.content / "dossier.txt").mkdir()
    write("dossier.txt/dedans.txt", wire("Un article dans un dossier nommé comme un fichier"))
    for name, headline in EVIL.items():
        text = f"{headline}. {strange_text(name)}"
        write(f"mal/{name}.txt", wire(headline, text=text, end=f">> {headline} !"))
    write("latin.txt", wire("La pêche à la crevette").encode("cp1252"))
    write("utf16.txt", wire("Le marché flottant").encode("utf-16"))
    write("retours.txt", wire("Les retours chariot").replace("\n", "\r\n"))
    for name in ("double-a", "double-b"):
        write(f"{name}.txt", wire("Deux fois le même titre", text=f"{TEXT} Version {name}."))
    for name in ("copie-a", "copie-b"):
        write(f"{name}.txt", wire("La même copie deux fois"))
    write("index.txt", wire("Index"))
    write("slug-vide.txt", wire("№ 1 !!! ₪ 漢字"))
    write("signes.txt", wire("«—» … 🎉 ½"))
    write("soi.txt", wire("Il se cite lui-même", end=">> Il se cite lui-même"))
    write("boucle-a.txt", wire("Alpha cite bêta", end=">> Bêta cite alpha"))
    write("boucle-b.txt", wire("Bêta cite alpha", end=">> Alpha cite bêta"))
    lines = "\n\n".join(f">> Un titre parmi d'autres, numéro {at}" for at in range(3000))
    write("trois-mille.txt", wire("Trois mille renvois", "2025-12-01", end=lines))
    write("une-ligne.txt", wire("Une ligne sans fin", "2025-12-01", "mot " * 200_000))
    write("chevrons.txt", wire("Des chevrons", "2025-12-01", TEXT + "<" * 100_000))
    write("demain.txt", wire("Pas encore", "2026-03-15"))
    write("a\nb.txt", wire("Un nom de fichier sur deux lignes"))
    write('a"<b>&c.txt', wire("Un nom de fichier balisé"))
    write("a\u202eb.txt", wire("Un nom de fichier retourné"))
    write("a%2e..%2fb #?.txt", wire("Un nom de fichier en pourcents"))
    write("x" * 250 + ".txt", wire("Un nom de fichier très long"))
    write("long/" + "y" * 240 + "/" + "z" * 240 + ".txt", wire("Un chemin très long"))
    raw = os.fsencode(paper.content)
    for name in (b"caf\xe9.txt", b"caf\\xe9-bis.txt", b"\xff\xfe.txt"):
        with open(raw + b"/" + name, "wb") as odd:
            odd.write(wire(f"Un nom en {len(name)} octets").encode())
    write(".cache.txt", wire("Un fichier caché"))
    write("notes.md", "# Rien pour le lecteur")
    write("SANS-SUFFIXE", wire("Sans suffixe"))
    write("majuscules.TXT", wire("Le suffixe crie"))


@pytest.fixture(scope="module")
def paper(tmp_path_factory: pytest.TempPathFactory) -> Publication:
    folder = tmp_path_factory.mktemp("hostile")
    paper = Publication(folder / "paper")
    fill(paper, folder / "dehors.txt")
    paper.first = paper.build()  # type: ignore[attr-defined]
    return paper


@pytest.fixture(scope="module")
def report(paper: Publication) -> dict[str, Any]:
    run = paper.first  # type: ignore[attr-defined]
    assert run.code == 0, run.screen
    return run.report  # type: ignore[no-any-return]


@pytest.fixture(scope="module")
def shown(paper: Publication, report: dict[str, Any]) -> dict[str, dict[str, Any]]:
    return paper.show()


def test_no_file_is_lost(paper: Publication, report: dict[str, Any]) -> None:
    entries = [Path(folder, name) for folder, _, names in os.walk(paper.content) for name in names]
    # Links to folders and a folder named like an article are entries as well.
    assert report["found"] == len(entries) + len(["boucle", "ailleurs", "dossier.txt"])
    outcomes = ("published", "draft", "duplicate", "kept", "rejected", "ignored")
    assert sum(report[name] for name in outcomes) == report["found"]


def test_every_rejection_says_why(report: dict[str, Any]) -> None:
    assert {r["path"]: r["code"] for r in report["rejections"]} == REJECTED
    assert [r for r in report["rejections"] if not (r["message"] and r["path"])] == []


def test_the_rest_is_published(report: dict[str, Any], shown: dict[str, dict[str, Any]]) -> None:
    assert (report["draft"], report["duplicate"]) == (1, 1)
    assert report["ignored"] == len(["boucle", "notes.md", "SANS-SUFFIXE", ".cache.txt"])
    published = {id_ for id_, record in shown.items() if record["status"] == "published"}
    assert published >= {f"mal/{name}" for name in EVIL}
    assert published >= {"latin", "utf16", "double-a", "double-b", "trois-mille", "majuscules"}
    assert published >= {"a\nb", 'a"<b>&c', "caf\\xe9", "x" * 250}


def test_the_screen_shows_each_rejected_file_on_one_line(paper: Publication) -> None:
    lines = paper.first.out.splitlines()  # type: ignore[attr-defined]
    said = [line for line in lines if " E_" in line]
    assert sorted(line.split(": ")[1] for line in said) == sorted(REJECTED.values())
    kinds = {unicodedata.category(char) for line in lines for char in line}
    assert kinds & {"Cc", "Cf", "Cs", "Co", "Zl", "Zp"} == set()


def test_invoke_check_finds_no_fault(paper: Publication, report: dict[str, Any]) -> None:
    run = paper.run("invoke", "check")
    assert run.code == 0, run.screen
    assert " 0 " in run.out.splitlines()[-1]


def test_nothing_is_published_outside_the_site(
    paper: Publication, report: dict[str, Any], shown: dict[str, dict[str, Any]]
) -> None:
    assert b"secret du dehors" not in b"".join(paper.site.values())
    left = {entry.name for entry in paper.folder.iterdir()}
    assert left <= {
        "content", "output", "cache", "plugins", "theme", "pelicanconf.py", "tasks.py",
        "report.json", "__pycache__",
    }  # fmt: skip


def test_an_article_called_index_leaves_the_day_its_page(
    paper: Publication, shown: dict[str, dict[str, Any]]
) -> None:
    assert shown["index"]["url"] == "/2026/01/15/index-2.html"
    assert text_of(paper.page("/2026/01/15/").xpath("//h1")[0]).endswith("15 janvier 2026")


def test_each_article_has_an_address_of_its_own(
    paper: Publication, shown: dict[str, dict[str, Any]]
) -> None:
    urls = [record["url"] for record in shown.values() if record["status"] == "published"]
    assert len(urls) == len(set(urls))
    assert [url for url in urls if not (paper.output / url[1:]).is_file()] == []
    assert [shown[name]["url"][12:] for name in ("double-a", "double-b")] == [
        "deux-fois-le-meme-titre.html",
        "deux-fois-le-meme-titre-2.html",
    ]


def test_articles_that_cite_each_other_are_linked_and_one_that_cites_itself_is_not(
    shown: dict[str, dict[str, Any]],
) -> None:
    assert shown["soi"]["related"] == []
    assert [shown[name]["related"][0]["target"] for name in ("boucle-a", "boucle-b")] == [
        "boucle-b",
        "boucle-a",
    ]


@pytest.mark.parametrize("name", sorted(EVIL))
def test_a_hostile_headline_reads_the_same_everywhere(
    paper: Publication, shown: dict[str, dict[str, Any]], name: str
) -> None:
    """What the reader, the search engine and the subscriber read is text: the same one."""
    record = shown[f"mal/{name}"]
    page = paper.page(record["url"])
    (headline,) = page.xpath("//h1")
    words = text_of(headline)
    assert plain(words) == plain(record["title"])
    assert folded(json_ld(page)["headline"]) in (words, words[:110])
    cards = paper.page("/2026/01/15/").xpath(f"//main//a[@href='{record['url']}']")
    assert text_of(cards[0]) == words
    for form in ("atom", "rss"):
        assert folded(titles_by_address(paper, form)[SITE + record["url"]]) == words


def titles_by_address(paper: Publication, form: str) -> dict[str, str]:
    """By plain XML rules: a title is text, not HTML a reader would have to clean."""
    root = etree.parse(paper.output / f"feeds/all.{form}").getroot()
    found = {}
    for entry in root.iter("{*}entry", "item"):
        link = next(entry.iter("{*}link", "link"))
        title = next(entry.iter("{*}title", "title"))
        assert title.get("type", "text") == "text"
        found[link.get("href") or link.text] = title.text
    return found


def test_no_page_holds_an_element_or_attribute_the_theme_did_not_write(
    paper: Publication, report: dict[str, Any]
) -> None:
    texts = (ROOT / "plugins" / "newsdigest" / "site" / "texts").glob("*.fr.md")
    ours = {link for file in texts for link in re.findall(r"\((https://[^)]+)\)", file.read_text())}
    faults = []
    for file in sorted(paper.output.rglob("*.html")):
        page = parse(file)
        scripts = page.xpath("//script")
        active = page.xpath("//iframe | //object | //embed | //img | //style | //b | //form")
        handlers = page.xpath("//@*[starts-with(name(), 'on')] | //@style")
        links = [
            link
            for link in page.xpath("//a/@href")
            if not link.startswith(("/", "#", "https://lefil.example/")) and link not in ours
        ]
        loads = page.xpath("//svg[@onload]")
        if len(scripts) != 2 or active or handlers or links or loads:
            faults.append((file.name, len(scripts), active, handlers, links))
    assert faults == []


@pytest.mark.parametrize("form", ["atom", "rss"])
def test_no_feed_entry_carries_active_content(
    paper: Publication, report: dict[str, Any], form: str
) -> None:
    # Without feedparser's own cleaning: what a careless reader would show.
    data = (paper.output / f"feeds/all.{form}").read_bytes()
    feed = feedparser.parse(data, sanitize_html=False)
    assert not feed.bozo
    allowed = {"p", "h2", "ul", "ol", "li", "a", "strong", "figure", "figcaption", "table",
               "thead", "tbody", "tr", "th", "td", "div"}  # fmt: skip
    seen = {
        element.tag
        for entry in feed.entries
        for element in lxml_html.fromstring(f"<div>{entry.content[0].value}</div>").iter()
    }
    assert seen <= allowed


def test_a_second_build_changes_nothing(paper: Publication, report: dict[str, Any]) -> None:
    before = paper.times()
    again = paper.build()
    assert again.code == 0
    assert paper.times() == before
    assert again.report["pages"] == {"written": 0, "kept": 0, "deleted": 0}
    assert again.report["rejections"] == report["rejections"]
    assert (again.report["new"], again.report["removed"]) == (0, 0)


def test_a_file_nobody_touched_is_not_counted_as_changed(publication: Publication) -> None:
    """One dated too far ahead is read at every build, for the calendar may have caught up."""
    publication.write("proche.txt", wire("Le mois prochain", "2026-03-15"))
    publication.write("lointain.txt", wire("Dans dix ans", "2036-03-15"))
    publication.build()
    report = publication.build().report
    assert (report["draft"], report["rejected"], report["changed"]) == (1, 1, 0)


def test_inspect_says_the_same_of_every_file(paper: Publication, report: dict[str, Any]) -> None:
    run = paper.run("invoke", "inspect", "--json", "--", "content")
    records = [json.loads(line) for line in run.out.splitlines()]
    assert run.code == 0
    assert len(records) == report["found"]
    codes = {r["path"].removeprefix("content/"): r["error"]["code"] for r in records if r["error"]}
    assert codes == REJECTED
    statuses = [r["status"] for r in records]
    assert statuses.count("ignored") == report["ignored"]
    assert statuses.count("draft") == report["draft"]


def test_a_file_that_may_not_be_read_is_rejected(publication: Publication) -> None:
    publication.write("ouvert.txt", wire("Le port rouvre"))
    publication.write("clos.txt", wire("Le port ferme"))
    publication.write("cave/clos.txt", wire("Le port dort"))
    (publication.content / "clos.txt").chmod(0)
    (publication.content / "cave").chmod(0)
    if os.access(publication.content / "clos.txt", os.R_OK):
        pytest.skip("this user reads everything")
    try:
        run = publication.build()
    finally:
        (publication.content / "cave").chmod(0o755)
    rejections = {r["path"]: r["code"] for r in run.report["rejections"]}
    assert (run.code, rejections) == (0, {"clos.txt": "E_UNREADABLE", "cave": "E_UNREADABLE"})


def test_only_hostile_files_still_give_a_site(publication: Publication) -> None:
    publication.write("vide.txt", "")
    publication.write("image.txt", b"\x89PNG\r\n\x1a\n")
    run = publication.build()
    assert (run.code, run.report["rejected"]) == (0, 2)
    assert publication.page("/").xpath("//h1")
    assert publication.run("invoke", "check").code == 0


def plain(text: str) -> str:
    """The words as the wire types them."""
    for typeset, typed in (("’", "'"), ("« ", '"'), (" »", '"')):
        text = folded(text).replace(typeset, typed)
    return text
