"""The names of an archive that grows: the editors' list, short forms, types, roles and thresholds.

Every build here is an incremental one unless it says otherwise.
"""

from __future__ import annotations

import random
from datetime import UTC, datetime
from pathlib import Path

import pytest
from newsdigest.archive.connections import read_store
from newsdigest.archive.readers import Archive
from newsdigest.base.records import Role
from newsdigest.base.settings import ParseRules
from newsdigest.build import Outcome
from newsdigest.commands.show import record_of
from newsdigest.entities.curated.file import CuratedEntity
from newsdigest.publish.manifest import FOLDER
from newsdigest.site.kind import load_kinds
from newsroom import Newsroom, article, files_of, strange_text

# id: headline, date, text, and who signs it where that is not AFP.
WIRE: dict[str, tuple[str, ...]] = {
    "bac": ("Le bac reprend", "2026-01-02", "Le maire Anna Korvat a rouvert le bac lundi."),
    "quai": (
        "Un quai neuf",
        "2026-01-03",
        "Le maire Anna Korvat a vu le quai. Mme Korvat a promis une grue.",
    ),
    "lettre": ("Une lettre", "2026-01-04", "Le maire Ana Korvatt a écrit au préfet."),
    "liste": ("Une liste", "2026-01-05", "La liste de Korvat est prête, sauf une page."),
    "pont": (
        "Un pont",
        "2026-01-06",
        "Le député Oscar Dupleix a inauguré lundi le pont Dupleix.",
    ),
    "vote": ("Un vote", "2026-01-07", "Le député Oscar Dupleix a perdu le vote de mardi."),
    "pluie": ("La pluie", "2026-01-08", "Il pleut au nord, selon l'agence Chine nouvelle."),
    "neige": (
        "La neige",
        "2026-01-09",
        "L'agence Chine nouvelle a compté les flocons de la nuit.",
        "Xinhua",
    ),
    "fete": ("Une fête", "2026-01-10", "Les danseurs se sont retrouvés à Hanoï mercredi."),
    "marche": ("Un marché", "2026-01-11", "Les marchands sont revenus à Hanoï dès jeudi."),
    "forge": ("Une forge", "2026-01-12", "Le forgeron a rallumé sa forge, qui chauffe."),
}
ALONE = ("person", 1)
# Of each line of the editors': what it changes in which articles, and who else writes its name.
LINES: dict[str, tuple[str, dict[str, dict[str, tuple[str, int]]], set[str]]] = {
    "alias": (
        "person\tAnna Korvat\tAna Korvatt",
        {"lettre": {"Anna Korvat": ALONE}},
        {"bac", "quai"},
    ),
    "split": (
        "person\tOscar Dupleix\t\tnot=pont Dupleix",
        {"pont": {"Oscar Dupleix": ALONE}},
        {"vote"},
    ),
    "label": (
        "person\tOscar Dupleix\t\tlabel=O. Dupleix",
        {"pont": {"O. Dupleix": ("person", 2)}, "vote": {"O. Dupleix": ALONE}},
        set(),
    ),
    "notag=always": (
        "place\tHanoï\t\tnotag=always",
        {"fete": {}, "marche": {}},
        set(),
    ),
    "notag=credit": (
        "organisation\tXinhua\tChine nouvelle\tnotag=credit",
        {"pluie": {"Xinhua": ("organisation", 1)}, "neige": {}},
        set(),
    ),
    "short=global": (
        "person\tAnna Korvat\t\tshort=global",
        {"liste": {"Anna Korvat": ALONE}},
        {"bac", "quai"},
    ),
    "short=none": (
        "person\tAnna Korvat\t\tshort=none",
        {"quai": {"Anna Korvat": ALONE, "Korvat": ALONE}},
        {"bac", "liste"},
    ),
    "link": ("person\tAnna Korvat\t\tlink=https://korvat.example/", {}, {"bac", "quai"}),
}


@pytest.fixture
def newsroom(tmp_path: Path) -> Newsroom:
    newsroom = Newsroom(tmp_path)
    send(newsroom, WIRE)
    newsroom.build()
    return newsroom


def send(newsroom: Newsroom, wire: dict[str, tuple[str, ...]]) -> None:
    for id_, (headline, date, text, *signed) in wire.items():
        copy = article(headline, date, text)
        newsroom.write(f"{id_}.txt", copy.replace("AFP/VNA/CVN", *signed) if signed else copy)


def list_names(newsroom: Newsroom, *lines: str) -> None:
    """These are the editors' lines from now on; none: no file."""
    file = newsroom.content / "entities.tsv"
    if lines:
        file.write_text("\n".join(lines) + "\n", encoding="utf-8")
    else:
        file.unlink()


def archive_of(newsroom: Newsroom) -> Archive:
    store = read_store(newsroom.folder / "cache" / "archive.sqlite")
    return Archive(store, newsroom.settings.addresses, newsroom.settings.limits)


def named(newsroom: Newsroom, article_id: str) -> dict[str, tuple[str, int]]:
    """Whom an article names: the type, and how often."""
    record = record_of(archive_of(newsroom), article_id, str)
    assert record is not None
    return {e["name"]: (e["type"], e["mentions"]) for e in record["entities"]}


def all_named(newsroom: Newsroom) -> dict[str, dict[str, tuple[str, int]]]:
    return {id_: named(newsroom, id_) for id_ in archive_of(newsroom).articles.ids()}


def article_of(newsroom: Newsroom, article_id: str) -> bytes:
    archive = archive_of(newsroom)
    filed = archive.articles.filed(article_id)
    assert filed is not None
    return newsroom.site[filed.url.removeprefix("/")]


def entity_page(newsroom: Newsroom, slug: str) -> str:
    return newsroom.site[f"entites/{slug}/index.html"].decode()


def stale_articles(outcome: Outcome) -> set[str]:
    return {page.name for page in outcome.reasons if page.kind == "article"}


def changed_files(before: dict[str, bytes], after: dict[str, bytes]) -> set[str]:
    changed = {path for path, data in after.items() if before.get(path) != data}
    return {path for path in changed if not path.startswith(f"{FOLDER}/")}


def planned_files(newsroom: Newsroom, outcome: Outcome) -> set[str]:
    archive = archive_of(newsroom)
    kinds = load_kinds(newsroom.settings.kinds)
    return {file for page in outcome.reasons for file in files_of(kinds, archive, page)}


# -- the editors' lines ------------------------------------------------------------------------------


@pytest.mark.parametrize("option", LINES)
def test_a_line_takes_effect_in_one_build_and_reaches_the_pages_it_changes_only(
    newsroom: Newsroom, option: str
) -> None:
    line, changes, others = LINES[option]
    before, names = newsroom.site, all_named(newsroom)
    list_names(newsroom, line)
    outcome = newsroom.build()
    assert all_named(newsroom) == names | changes
    assert set(changes) <= stale_articles(outcome) <= set(changes) | others
    assert changed_files(before, newsroom.site)
    assert changed_files(before, newsroom.site) <= planned_files(newsroom, outcome)
    assert newsroom.site == newsroom.clean_build()


@pytest.mark.parametrize("option", LINES)
def test_a_lines_effect_goes_away_with_the_line(newsroom: Newsroom, option: str) -> None:
    line, changes, others = LINES[option]
    before, names = newsroom.site, all_named(newsroom)
    list_names(newsroom, line)
    newsroom.build()
    list_names(newsroom)
    outcome = newsroom.build()
    assert newsroom.site == before
    assert all_named(newsroom) == names
    assert set(changes) <= stale_articles(outcome) <= set(changes) | others


def test_the_reader_finds_both_spellings_on_one_page(newsroom: Newsroom) -> None:
    assert "Une lettre" not in entity_page(newsroom, "anna-korvat")
    list_names(newsroom, LINES["alias"][0])
    newsroom.build()
    page = entity_page(newsroom, "anna-korvat")
    assert "Une lettre" in page
    assert "Ana Korvatt" in page


def test_a_label_is_the_name_and_the_address_readers_see(newsroom: Newsroom) -> None:
    list_names(newsroom, LINES["label"][0])
    newsroom.build()
    assert "entites/oscar-dupleix/index.html" not in newsroom.site
    assert "O. Dupleix" in entity_page(newsroom, "o-dupleix")
    assert b"'/entites/o-dupleix/'" in article_of(newsroom, "vote")


def test_a_link_is_shown_on_the_entitys_page(newsroom: Newsroom) -> None:
    list_names(newsroom, LINES["link"][0])
    outcome = newsroom.build()
    assert "https://korvat.example/" in entity_page(newsroom, "anna-korvat")
    assert {page.kind for page in outcome.reasons} & {"article", "day", "entity"} == {"entity"}


def test_an_untagged_name_has_no_page_and_no_link_to_one(newsroom: Newsroom) -> None:
    assert "entites/hanoi/index.html" in newsroom.site
    list_names(newsroom, LINES["notag=always"][0])
    newsroom.build()
    assert not [path for path, page in newsroom.site.items() if b"/entites/hanoi" in page]
    assert "entites/hanoi/index.html" not in newsroom.site


def test_a_line_of_a_name_nobody_writes_makes_no_page_again(newsroom: Newsroom) -> None:
    list_names(newsroom, "person\tIlse Brandon\tI. Brandon\tshort=global")
    assert newsroom.build().reasons == {}
    list_names(newsroom, "person\tIlse Brandon\t\tlabel=Brandon", LINES["split"][0])
    assert stale_articles(newsroom.build()) <= {"pont", "vote"}


def test_whatever_the_order_the_editors_lines_come_and_go_in(newsroom: Newsroom) -> None:
    """Lines of one person cannot stand twice: one of each pair, drawn anew each time."""
    draw = random.Random(5)
    before = newsroom.site
    korvat = [LINES[o][0] for o in ("alias", "short=global", "short=none", "link")]
    dupleix = [LINES[o][0] for o in ("split", "label")]
    others = [LINES[o][0] for o in ("notag=always", "notag=credit")]
    for _ in range(12):
        lines = [*draw.sample(korvat, draw.randint(0, 1)), *draw.sample(dupleix, 1)]
        lines += draw.sample(others, draw.randint(0, 2))
        draw.shuffle(lines)
        list_names(newsroom, *lines)
        outcome = newsroom.build()
        assert newsroom.site == newsroom.clean_build(), lines
        assert changed_files(before, newsroom.site) <= planned_files(newsroom, outcome), lines
        before = newsroom.site


def test_lines_at_fault_are_told_and_the_others_count(newsroom: Newsroom) -> None:
    list_names(
        newsroom,
        "# type\tnom\tautres noms\toptions",
        "personne\tAnna Korvat\tAna Korvatt",
        "navire\tLa Belle Rive",
        "lieu\tHanoï\t\tnotag=parfois",
        "lieu\tHanoï\t\tcouleur=bleu",
        "personne\tOscar Dupleix\tAna Korvatt",
        "lieu\t…",
        "Hanoï",
    )
    report = newsroom.build().report
    assert [(fault.line, fault.code) for fault in report.name_faults] == [
        (3, "E_ENTITY_TYPE"),
        (4, "E_ENTITY_VALUE"),
        (5, "E_ENTITY_OPTION"),
        (6, "E_ENTITY_ALIAS_TWICE"),
        (7, "E_ENTITY_NAME"),
        (8, "E_ENTITY_COLUMNS"),
    ]
    assert named(newsroom, "lettre") == {"Anna Korvat": ALONE}
    assert newsroom.site == newsroom.clean_build()
    # They are told as long as they stand, though nothing else is to be done.
    report = newsroom.build().report
    assert (report.nothing_changed, len(report.name_faults)) == (True, 6)


def test_lines_that_no_article_needs_are_told(newsroom: Newsroom) -> None:
    """One that forbids a tag does its work by being needed by none."""
    list_names(
        newsroom,
        "person\tAnna Korvat",
        "person\tIlse Brandon\tI. Brandon",
        "place\tHanoï\t\tnotag=always",
        "organisation\tXinhua\tChine nouvelle",
    )
    report = newsroom.build().report
    assert report.unused_names == [CuratedEntity(2, "person", "Ilse Brandon", ("I. Brandon",))]
    send(newsroom, {"port": ("Un port", "2026-01-13", "Le maire Ilse Brandon a vu le port.")})
    assert newsroom.build().report.unused_names == []


def test_a_new_article_is_tagged_by_the_lines_that_stand(newsroom: Newsroom) -> None:
    list_names(newsroom, LINES["short=global"][0], LINES["label"][0])
    newsroom.build()
    send(newsroom, {"deux": ("À deux", "2026-01-14", "Le duo Korvat et Oscar Dupleix plaît.")})
    newsroom.build()
    assert named(newsroom, "deux") == {"Anna Korvat": ALONE, "O. Dupleix": ALONE}
    assert newsroom.site == newsroom.clean_build()


# -- a surname with a title --------------------------------------------------------------------------

MARECHAL = "Le ministre Lucien Maréchal a reçu la presse, le jour {day}."


def speeches(count: int, name: str = "Lucien Maréchal") -> dict[str, tuple[str, ...]]:
    """So many articles that give the name in full, one a day."""
    return {
        f"{name[0]}{day:02}": (
            f"Discours {name[0]}{day}",
            f"2026-01-{day:02}",
            MARECHAL.format(day=day).replace("Lucien Maréchal", name),
        )
        for day in range(1, count + 1)
    }


def titled(day: str, text: str = "M. Maréchal a signé le décret.") -> dict[str, tuple[str, ...]]:
    return {"decret": (f"Un décret le {day}", day, text)}


FULL = {"Lucien Maréchal": ALONE}


@pytest.mark.parametrize(
    ("wire", "joined"),
    [
        (speeches(1) | titled("2026-01-06"), True),
        # Only what stands before it in the archive counts.
        (speeches(1) | titled("2025-12-31"), False),
        # Nobody was named so for sixty days; but for two months he alone was.
        (speeches(1) | titled("2026-03-20"), False),
        (speeches(5) | titled("2026-03-20"), True),
        # Of two in the same weeks, the one with a title means who has 19 of 20 uses, not 18 of 19.
        (speeches(19) | speeches(1, "Anne Maréchal") | titled("2026-01-20"), True),
        (speeches(18) | speeches(1, "Anne Maréchal") | titled("2026-01-20"), False),
        # The namesake comes later than the decree.
        (
            speeches(5)
            | {"A": ("Une élue", "2026-01-07", "La ministre Anne Maréchal a été élue.")}
            | titled("2026-01-06"),
            True,
        ),
    ],
    ids=[
        "only-bearer", "before", "long-after", "usual", "19-of-20",
        "18-of-19", "later-namesake",
    ],
)  # fmt: skip
def test_a_surname_means_the_only_one_who_bears_it_in_those_weeks(
    tmp_path: Path, wire: dict[str, tuple[str, ...]], joined: bool
) -> None:
    rules = ParseRules(now=datetime(2026, 4, 1, tzinfo=UTC))
    newsroom = Newsroom(tmp_path, rules=rules)
    send(newsroom, wire)
    newsroom.build()
    assert (named(newsroom, "decret") == FULL) is joined
    page = entity_page(newsroom, "lucien-marechal") if len(wire) > 2 else ""
    older = [p.decode() for path, p in newsroom.site.items() if "lucien-marechal/page/" in path]
    assert any("Un décret" in shown for shown in (page, *older)) is (joined and len(wire) > 2)
    assert "entites/marechal/index.html" not in newsroom.site


def test_a_surname_needs_no_title_for_that(tmp_path: Path) -> None:
    newsroom = Newsroom(tmp_path, tagger="crf")
    race = {"race": ("La course", "2026-01-06", "Maréchal bat Girod en finale, devant Delcourt.")}
    send(newsroom, speeches(1, "Lucien Delcourt") | race)
    newsroom.build()
    assert "Lucien Delcourt" in named(newsroom, "race")


def test_a_surname_has_no_page_beside_its_bearers_whoever_came_first(tmp_path: Path) -> None:
    newsroom = Newsroom(tmp_path, rules=ParseRules(now=datetime(2026, 4, 1, tzinfo=UTC)))
    lone = {
        f"lone{day}": (f"Un décret {day}", f"2026-01-0{day}", f"M. Maréchal a signé {day} décrets.")
        for day in (1, 2, 3)
    }
    send(newsroom, lone)
    newsroom.build()
    assert "entites/marechal/index.html" in newsroom.site
    send(newsroom, {"full": ("Un discours", "2026-02-01", MARECHAL.format(day=1))})
    newsroom.build()
    assert "entites/marechal/index.html" not in newsroom.site
    assert newsroom.site == newsroom.clean_build()
    (newsroom.content / "full.txt").unlink()
    newsroom.build()
    assert "entites/marechal/index.html" in newsroom.site
    assert newsroom.site == newsroom.clean_build()


@pytest.mark.parametrize(
    ("sentence", "has_page"),
    [
        ("M. Maréchal a signé {day} décrets.", True),
        ("Le ministre Maréchal a signé {day} décrets.", True),
        ("Maréchal (8/{day}), Girod et Delcourt ont marqué.", False),
        ("On a vu Maréchal au bal pendant {day} heures.", False),
    ],
)
def test_a_surname_that_no_article_introduces_has_no_page(
    tmp_path: Path, sentence: str, has_page: bool
) -> None:
    newsroom = Newsroom(tmp_path, tagger="crf")
    send(
        newsroom,
        {
            f"m{day}": (f"La journée {day}", f"2026-01-0{day}", sentence.format(day=day))
            for day in (1, 2, 3)
        },
    )
    newsroom.build()
    assert ("entites/marechal/index.html" in newsroom.site) is has_page


def test_the_first_article_that_introduces_a_surname_gives_it_a_page(tmp_path: Path) -> None:
    newsroom = Newsroom(tmp_path, tagger="crf")
    bare = {
        f"m{day}": (f"La journée {day}", f"2026-01-0{day}", f"Maréchal a dansé {day} fois au bal.")
        for day in (1, 2)
    }
    send(newsroom, bare)
    newsroom.build()
    assert "entites/marechal/index.html" not in newsroom.site
    send(newsroom, {"decret": ("Un décret", "2026-01-03", "M. Maréchal a signé le décret.")})
    newsroom.build()
    assert "entites/marechal/index.html" in newsroom.site
    assert newsroom.site == newsroom.clean_build()
    (newsroom.content / "decret.txt").unlink()
    newsroom.build(allow_removals=True)
    assert "entites/marechal/index.html" not in newsroom.site
    assert newsroom.site == newsroom.clean_build()


@pytest.mark.parametrize(
    "sentence", ["Selon L. Girod, le vote est clos.", "Ont marqué : Girod L. et Korvat."]
)
def test_an_initial_and_a_surname_join_the_only_one_they_may_mean(
    tmp_path: Path, sentence: str
) -> None:
    newsroom = Newsroom(tmp_path, tagger="crf")
    wire = speeches(3, "Lucien Girod") | speeches(2, "Anne Girod")
    send(newsroom, wire | {"vote": ("Un vote", "2026-01-09", sentence)})
    newsroom.build()
    assert named(newsroom, "vote")["Lucien Girod"] == ALONE
    assert newsroom.site == newsroom.clean_build()


def test_the_first_full_name_joins_a_surname_dated_after_it(tmp_path: Path) -> None:
    newsroom = Newsroom(tmp_path)
    send(newsroom, titled("2026-01-09"))
    newsroom.build()
    assert named(newsroom, "decret") == {"Maréchal": ALONE}
    send(newsroom, speeches(1))
    outcome = newsroom.build()
    assert named(newsroom, "decret") == FULL
    assert "decret" in stale_articles(outcome)
    assert newsroom.site == newsroom.clean_build()


def test_a_back_dated_namesake_leaves_the_surname_alone_again(tmp_path: Path) -> None:
    newsroom = Newsroom(tmp_path)
    send(newsroom, speeches(5) | titled("2026-01-09"))
    newsroom.build()
    before = newsroom.site
    send(newsroom, speeches(2, "Anne Maréchal"))
    newsroom.build()
    assert named(newsroom, "decret") == {"Maréchal": ALONE}
    assert newsroom.site == newsroom.clean_build()
    for day in (1, 2):
        (newsroom.content / f"A{day:02}.txt").unlink()
    newsroom.build()
    assert newsroom.site == before


@pytest.mark.parametrize("option", ["short=none", "not=Maréchal"])
def test_the_editors_forbid_a_surname_to_be_joined(tmp_path: Path, option: str) -> None:
    newsroom = Newsroom(tmp_path)
    send(newsroom, speeches(5) | titled("2026-01-09"))
    newsroom.build()
    before = newsroom.site
    list_names(newsroom, f"person\tLucien Maréchal\t\t{option}")
    outcome = newsroom.build()
    assert named(newsroom, "decret") == {"Maréchal": ALONE}
    assert stale_articles(outcome) == {"decret"}
    assert newsroom.site == newsroom.clean_build()
    list_names(newsroom)
    newsroom.build()
    assert newsroom.site == before


# -- what comes after ---------------------------------------------------------------------------------

DELTA = {"Office des eaux du delta": ("organisation", 1)}
COURT = ("La crue", "2026-01-20", "L'OED a relevé le niveau dans la nuit.")


def delta(*days: int, name: str = "Office des eaux du delta") -> dict[str, tuple[str, ...]]:
    """Articles that spell the acronym out, on these days of January."""
    return {
        f"{name[:2]}-{day}": (
            f"Bulletin {name[:2]} {day}",
            f"2026-01-{day:02}",
            # A text of its own each day: two that differ in figures alone would be one dispatch.
            f"L'{name} (OED) a publié son bulletin. {strange_text(f'{name} {day}')}",
        )
        for day in days
    }


GROUP, TOWN = {"Valmer": ("organisation", 1)}, {"Valmer": ("place", 1)}


def valmer(votes: str, first: int = 10) -> dict[str, tuple[str, ...]]:
    """One article a day on Valmer: the group (g) or the town (v)."""
    texts = {
        "g": "Le groupe Valmer a fermé son usine numéro {day}.",
        "v": "Les fêtes numéro {day} ont commencé à Valmer.",
    }
    return {
        f"v{day}": (f"Nouvelles {day}", f"2026-01-{day:02}", texts[vote].format(day=day))
        for day, vote in enumerate(votes, first)
    }


@pytest.mark.parametrize(
    ("old", "texts"),
    [
        (
            {"decret": FULL},
            (
                "La ministre Anne Maréchal a été élue. M. Maréchal a salué le préfet.",
                "La ministre Anne Maréchal s'est dédite. Mme Maréchal reste.",
            ),
        ),
        (
            {"court": DELTA},
            (
                "L'Observatoire européen des dunes (OED) a compté les dunes.",
                "L'Observatoire européen des dunes (OED) a perdu le compte. L'OED le regrette.",
                "L'OED est restée muette.",
            ),
        ),
        (
            {"v10": GROUP, "v11": GROUP, "v12": TOWN},
            (
                "Le groupe Valmer a fermé sa dernière usine.",
                "Le groupe Valmer a rouvert sa première usine.",
            ),
        ),
    ],
    ids=["namesake", "expansion", "type"],
)
def test_articles_of_later_days_leave_old_pages_as_they_were(
    tmp_path: Path, old: dict[str, dict[str, tuple[str, int]]], texts: tuple[str, ...]
) -> None:
    newsroom = Newsroom(tmp_path, rules=ParseRules(now=datetime(2026, 3, 1, tzinfo=UTC)))
    wire = speeches(5) | titled("2026-01-09") | delta(2, 4) | {"court": COURT} | valmer("gvv")
    # The newest of the old ones: its page gains a way to the next article.
    last = {"fin": ("La fin du mois", "2026-01-28", "Le veilleur a éteint sa lampe à minuit.")}
    send(newsroom, wire | last)
    newsroom.build()
    before = {id_: article_of(newsroom, id_) for id_ in wire}
    assert {id_: named(newsroom, id_) for id_ in old} == old
    for day, text in enumerate(texts, start=1):
        send(newsroom, {f"neuf-{day}": (f"Le lendemain {day}", f"2026-02-{day:02}", text)})
        newsroom.build()
        assert {id_: article_of(newsroom, id_) for id_ in wire} == before, text
    assert newsroom.site == newsroom.clean_build()


# -- an acronym --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("wire", "joined"),
    [
        (delta(1, 2), True),
        (delta(1), False),
        # The second time is dated after the article that gives the acronym alone.
        (delta(1, 21), False),
        (delta(1, 2) | delta(3, name="Observatoire européen des dunes"), False),
    ],
    ids=["twice", "once", "twice-but-later", "two-expansions"],
)
def test_an_acronym_means_what_it_was_spelled_out_as_twice(
    tmp_path: Path, wire: dict[str, tuple[str, ...]], joined: bool
) -> None:
    newsroom = Newsroom(tmp_path)
    send(newsroom, wire | {"court": COURT})
    newsroom.build()
    assert named(newsroom, "court") == (DELTA if joined else {"OED": ("organisation", 1)})


def test_the_second_spelling_out_joins_the_acronym_and_its_leaving_parts_them(
    tmp_path: Path,
) -> None:
    newsroom = Newsroom(tmp_path)
    send(newsroom, delta(1) | {"court": COURT})
    newsroom.build()
    before = newsroom.site
    send(newsroom, delta(2))
    outcome = newsroom.build()
    assert named(newsroom, "court") == DELTA
    assert "court" in stale_articles(outcome)
    assert newsroom.site == newsroom.clean_build()
    (newsroom.content / "Of-2.txt").unlink()
    newsroom.build()
    assert newsroom.site == before


# -- a thing's type ----------------------------------------------------------------------------------


def test_a_things_type_is_what_most_articles_up_to_each_date_say(tmp_path: Path) -> None:
    newsroom = Newsroom(tmp_path)
    send(newsroom, valmer("gvvvgg"))
    newsroom.build()
    told = {day: named(newsroom, f"v{day}")["Valmer"][0] for day in range(10, 16)}
    group, town = "organisation", "place"
    # A tie leaves it as it was.
    assert list(told.values()) == [group, group, town, town, town, town]
    assert "Lieu" in entity_page(newsroom, "valmer")


def test_an_article_dated_back_turns_the_type_from_its_date_on(tmp_path: Path) -> None:
    newsroom = Newsroom(tmp_path)
    send(newsroom, valmer("gvvg"))
    newsroom.build()
    assert named(newsroom, "v12") == {"Valmer": ("place", 1)}
    send(newsroom, valmer("g", first=9))
    outcome = newsroom.build()
    assert named(newsroom, "v12") == {"Valmer": ("organisation", 1)}
    assert {"v12", "v13"} <= stale_articles(outcome)
    assert newsroom.site == newsroom.clean_build()


def test_the_editors_type_needs_no_majority(tmp_path: Path) -> None:
    newsroom = Newsroom(tmp_path)
    send(newsroom, valmer("vvvg"))
    newsroom.build()
    list_names(newsroom, "organisation\tValmer")
    newsroom.build()
    assert {named(newsroom, f"v{day}")["Valmer"][0] for day in range(10, 14)} == {"organisation"}
    assert newsroom.site == newsroom.clean_build()


# -- who has a page ----------------------------------------------------------------------------------


def port(count: int) -> dict[str, tuple[str, ...]]:
    return {
        f"port-{day}": (
            f"Au port, jour {day}",
            f"2026-01-{day:02}",
            f"L'agence Sornac Marine a compté {day} navires, a dit le maire Anna Korvat.",
        )
        for day in range(1, count + 1)
    }


def has_page(newsroom: Newsroom, slug: str) -> bool:
    return f"entites/{slug}/index.html" in newsroom.site


def test_a_person_has_a_page_from_two_articles_an_organisation_from_three(tmp_path: Path) -> None:
    newsroom = Newsroom(tmp_path)
    pages = []
    for count in (1, 2, 3):
        send(newsroom, port(count))
        newsroom.build()
        pages.append((has_page(newsroom, "anna-korvat"), has_page(newsroom, "sornac-marine")))
    assert pages == [(False, False), (True, False), (True, True)]
    assert newsroom.site == newsroom.clean_build()


def test_an_organisation_the_editors_list_has_a_page_from_two(tmp_path: Path) -> None:
    newsroom = Newsroom(tmp_path)
    send(newsroom, port(2))
    newsroom.build()
    before = newsroom.site
    list_names(newsroom, "organisation\tSornac Marine")
    outcome = newsroom.build()
    assert has_page(newsroom, "sornac-marine")
    assert stale_articles(outcome) == {"port-1", "port-2"}
    assert newsroom.site == newsroom.clean_build()
    list_names(newsroom)
    newsroom.build()
    assert newsroom.site == before


def test_an_organisation_whose_acronym_was_spelled_out_has_a_page_from_two(tmp_path: Path) -> None:
    newsroom = Newsroom(tmp_path)
    texts = ("L'Office national des eaux a réparé la vanne.", "L'Office national des eaux ferme.")
    for day, text in enumerate(texts, 1):
        send(newsroom, {f"eaux-{day}": (f"Les eaux {day}", f"2026-01-0{day}", text)})
    newsroom.build()
    assert not has_page(newsroom, "office-national-des-eaux")
    spelled = texts[0].replace("eaux", "eaux (ONE)")
    send(newsroom, {"eaux-1": ("Les eaux 1", "2026-01-01", spelled)})
    outcome = newsroom.build()
    assert has_page(newsroom, "office-national-des-eaux")
    assert stale_articles(outcome) == {"eaux-1", "eaux-2"}
    assert newsroom.site == newsroom.clean_build()


def test_below_its_page_a_name_is_a_plain_chip(tmp_path: Path) -> None:
    newsroom = Newsroom(tmp_path)
    send(newsroom, port(2))
    newsroom.build()
    chips = article_of(newsroom, "port-1").decode().replace(",\n", ", ")
    assert "Chip(name='Sornac Marine', url=''" in chips
    assert "Chip(name='Anna Korvat', url='/entites/anna-korvat/'" in chips


def test_search_engines_are_told_of_a_name_from_three_articles_on(tmp_path: Path) -> None:
    newsroom = Newsroom(tmp_path)
    told = []
    for count in (2, 3, 2):
        for file in newsroom.content.glob("*.txt"):
            file.unlink()
        send(newsroom, port(count))
        newsroom.build()
        told.append("noindex=False" in entity_page(newsroom, "anna-korvat"))
    assert told == [False, True, False]


# -- roles -------------------------------------------------------------------------------------------


def roles(newsroom: Newsroom, slug: str) -> list[Role]:
    archive = archive_of(newsroom)
    found = archive.entities.known(slug)
    assert found is not None
    return archive.entities.roles(found[0], 8)


def test_a_persons_page_has_the_roles_with_their_first_and_last_days(tmp_path: Path) -> None:
    newsroom = Newsroom(tmp_path)
    send(
        newsroom,
        {
            "a": ("Un", "2026-01-03", "Le maire de Corvanne, Anna Korvat, est là."),
            "b": ("Deux", "2026-01-09", "Anna Korvat, ministre de la Mer, est ici."),
            "c": ("Trois", "2026-01-06", "Anna Korvat, le maire de Corvanne, y est."),
        },
    )
    newsroom.build()
    mayor, minister = roles(newsroom, "anna-korvat")
    assert mayor == Role("maire de Corvanne", "2026-01-03", "2026-01-06", "fr")
    assert minister == Role("ministre de la Mer", "2026-01-09", "2026-01-09", "fr")
    shown = entity_page(newsroom, "anna-korvat").replace(",\n", ", ")
    assert "RoleLine(name='maire de Corvanne', when='du 3 au 6 janvier 2026'" in shown
    assert "first=PeriodLink(period='2026-01-03', url='/2026/01/03/'" in shown


def test_a_roles_days_follow_the_articles_that_come_and_go(tmp_path: Path) -> None:
    newsroom = Newsroom(tmp_path)
    days = {"a": "2026-01-05", "b": "2026-01-07"}
    for id_, day in days.items():
        send(newsroom, {id_: (f"Le {id_}", day, "Anna Korvat, ministre de la Mer, est là.")})
    newsroom.build()
    send(newsroom, {"0": ("Avant", "2026-01-02", "Anna Korvat, ministre de la Mer, dort.")})
    newsroom.build()
    assert roles(newsroom, "anna-korvat") == [
        Role("ministre de la Mer", "2026-01-02", "2026-01-07", "fr")
    ]
    (newsroom.content / "b.txt").unlink()
    newsroom.build()
    assert roles(newsroom, "anna-korvat") == [
        Role("ministre de la Mer", "2026-01-02", "2026-01-05", "fr")
    ]
    assert newsroom.site == newsroom.clean_build()


def test_a_joined_surname_brings_its_role_to_the_full_names_page(tmp_path: Path) -> None:
    newsroom = Newsroom(tmp_path, rules=ParseRules(now=datetime(2026, 4, 1, tzinfo=UTC)))
    decree = "M. Maréchal, ministre de la Mer, a signé."
    send(newsroom, speeches(4) | titled("2026-03-20", decree))
    newsroom.build()
    before = roles(newsroom, "lucien-marechal")
    send(newsroom, speeches(5))
    newsroom.build()
    told = roles(newsroom, "lucien-marechal")
    # Since January the copy calls him a minister.
    assert Role("ministre de la Mer", "2026-01-01", "2026-03-20", "fr") in told
    assert "ministre de la Mer" not in [role.name for role in before]


# -- kept apart: two lines, or `not=` -------------------------------------------------------------


HELENES = {
    "avec": ("La juge", "2026-01-03", "La juge Hélène Martin a tranché mardi."),
    "sans": ("La nageuse", "2026-01-04", "La nageuse Helene Martin a gagné jeudi."),
    "deux": (
        "Les deux",
        "2026-01-05",
        "La juge Hélène Martin a rencontré la nageuse Helene Martin à Valmer.",
    ),
}
BOTH_HELENES = {"Hélène Martin": ALONE, "Helene Martin": ALONE}


@pytest.mark.parametrize(
    "lines",
    [
        ("person\tHélène Martin", "person\tHelene Martin"),
        ("person\tHélène Martin\t\tnot=Helene Martin",),
        ("person\tHelene Martin\t\tnot=Hélène Martin",),
        ("person\tHélène Martin\tH. Martin", "person\tHelene Martin\t\tlink=https://nage.example/"),
    ],
    ids=["two-lines", "not", "not-turned", "options"],
)
def test_two_people_whose_names_differ_by_accents_are_kept_apart(
    tmp_path: Path, lines: tuple[str, ...]
) -> None:
    newsroom = Newsroom(tmp_path, tagger="rules")
    send(newsroom, HELENES)
    newsroom.build()
    assert {*named(newsroom, "avec"), *named(newsroom, "sans")} == {"Hélène Martin"}
    before = newsroom.site
    list_names(newsroom, *lines)
    assert not newsroom.build().report.name_faults
    assert named(newsroom, "avec") == {"Hélène Martin": ALONE}
    assert named(newsroom, "sans") == {"Helene Martin": ALONE}
    both = named(newsroom, "deux")
    assert {name: told for name, told in both.items() if name != "Valmer"} == BOTH_HELENES
    assert {"a tranché mardi" in page for page in pages_of(newsroom, "helene-martin")} == {
        True,
        False,
    }
    assert newsroom.site == newsroom.clean_build()
    list_names(newsroom)
    newsroom.build()
    assert newsroom.site == before


def pages_of(newsroom: Newsroom, slug: str) -> list[str]:
    """The pages of whoever has that slug, with a suffix or without."""
    return [
        page.decode()
        for path, page in newsroom.site.items()
        if path.startswith(f"entites/{slug}") and path.endswith("index.html")
    ]


def test_names_spelled_alike_are_one_whatever_the_lines_say(tmp_path: Path) -> None:
    newsroom = Newsroom(tmp_path)
    send(newsroom, HELENES)
    list_names(newsroom, "person\tHélène Martin", "person\tHÉLÈNE MARTIN")
    faults = newsroom.build().report.name_faults
    assert [(fault.line, fault.code) for fault in faults] == [(2, "E_ENTITY_ALIAS_TWICE")]
    list_names(newsroom, "person\tHélène Martin\t\tnot=hélène martin")
    faults = newsroom.build().report.name_faults
    assert [(fault.line, fault.code) for fault in faults] == [(1, "E_ENTITY_VALUE")]


@pytest.mark.parametrize(
    ("one", "other", "lines"),
    [
        ("Kiev", "Kyiv", ("lieu\tKiev", "lieu\tKyiv")),
        ("Kiev", "Kyiv", ("lieu\tKiev\t\tnot=Kyiv",)),
        ("Londres", "London", ("lieu\tLondres", "lieu\tLondon")),
        ("Saïgon", "Saigon", ("lieu\tSaïgon", "lieu\tSaigon")),
    ],
)
def test_two_places_that_would_be_one_are_kept_apart(
    tmp_path: Path, one: str, other: str, lines: tuple[str, ...]
) -> None:
    newsroom = Newsroom(tmp_path)
    send(
        newsroom,
        {
            "un": ("Le premier", "2026-01-03", f"La réunion a eu lieu à {one} mardi."),
            "deux": ("Le second", "2026-01-04", f"La rencontre a eu lieu à {other} jeudi."),
        },
    )
    newsroom.build()
    assert list(named(newsroom, "un")) == list(named(newsroom, "deux"))
    list_names(newsroom, *lines)
    newsroom.build()
    assert (list(named(newsroom, "un")), list(named(newsroom, "deux"))) == ([one], [other])
    assert newsroom.site == newsroom.clean_build()
