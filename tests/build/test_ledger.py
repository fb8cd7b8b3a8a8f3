"""What was published keeps its address and its id in feeds, whatever becomes of its file."""

from __future__ import annotations

import json
import random
import shutil
from datetime import timedelta
from pathlib import Path

import pytest
from lxml import etree
from newsdigest.base.errors import BuildError
from newsdigest.base.ledger import LedgerError
from newsdigest.base.settings import ParseRules
from newsdigest.commands.kill import Kill, kill_article, undo_kill
from newsroom import NOW, Newsroom, article
from nightly import rounds

ATOM = "{http://www.w3.org/2005/Atom}"
PONT = "Le pont de Saint-Orens rouvre"


@pytest.fixture
def newsroom(tmp_path: Path) -> Newsroom:
    """One that publishes by building."""
    return Newsroom(tmp_path / "newsroom", publishes=True)


def later(hours: float) -> ParseRules:
    return ParseRules(now=NOW + timedelta(hours=hours))


def lines(newsroom: Newsroom) -> dict[str, dict[str, object]]:
    """The ledger's lines by article id."""
    found = [
        json.loads(line)
        for file in sorted((newsroom.content / "ledger").glob("*.jsonl"))
        for line in file.read_text(encoding="utf-8").splitlines()
    ]
    return {str(line["id"]): line for line in found}


def entries(newsroom: Newsroom) -> dict[str, tuple[str, str, str]]:
    """(link, published, updated) of each entry of the main feed, by its id there."""
    feed = etree.fromstring(newsroom.site["feeds/all.atom"])
    found = {}
    for entry in feed.iter(f"{ATOM}entry"):
        told = (entry.findtext(f"{ATOM}{name}", "") for name in ("published", "updated"))
        published, updated = (moment[:19] for moment in told)
        found[entry.findtext(f"{ATOM}id", "")] = (
            entry.find(f"{ATOM}link").get("href"),
            published,
            updated,
        )
    return found


def test_a_publication_is_noted_once_by_month_and_never_rewritten(newsroom: Newsroom) -> None:
    newsroom.write("b.txt", article("Deux"))
    newsroom.write("a.txt", article("Un"))
    newsroom.write("c.txt", article("Trois", "2025-12-30"))
    newsroom.build()
    ledger = newsroom.content / "ledger"
    assert sorted(file.name for file in ledger.iterdir()) == ["2025-12.jsonl", "2026-01.jsonl"]
    assert list(lines(newsroom)) == ["c", "a", "b"]
    assert lines(newsroom)["a"]["address"] == "2026/01/15/un.html"
    before = {file: (file.stat().st_mtime_ns, file.read_bytes()) for file in ledger.iterdir()}
    newsroom.build(rules=later(1))
    assert {f: (f.stat().st_mtime_ns, f.read_bytes()) for f in ledger.iterdir()} == before


def test_a_ledger_is_neither_an_article_nor_counted(newsroom: Newsroom) -> None:
    newsroom.write("a.txt", article("Un"))
    newsroom.build()
    report = newsroom.build().report
    assert (report.found, report.ignored) == (1, 0)


@pytest.mark.parametrize("new", ["Le viaduc de Saint-Orens rouvre", "Rien à voir", "Index"])
def test_a_mended_headline_keeps_its_address_and_its_id(newsroom: Newsroom, new: str) -> None:
    newsroom.write("a.txt", article(PONT, text="Il rouvre."))
    newsroom.build()
    (before,) = entries(newsroom).items()
    newsroom.write("a.txt", article(new, text="Il rouvre."))
    newsroom.build(rules=later(2))
    (after,) = entries(newsroom).items()
    assert after[0] == before[0]
    assert after[1][:2] == before[1][:2]
    assert after[1][2] == "2026-02-01T03:00:00"  # in Paris
    assert "2026/01/15/le-pont-de-saint-orens-rouvre.html" in newsroom.site
    assert newsroom.site == newsroom.clean_build(rules=later(2))


def test_an_address_kept_is_not_told_as_shared(newsroom: Newsroom) -> None:
    newsroom.write("a.txt", article(PONT, text="Il rouvre."))
    newsroom.build()
    newsroom.write("a.txt", article("Le viaduc de Saint-Orens rouvre", text="Il rouvre."))
    newsroom.write("b.txt", article("Un"))
    newsroom.build(rules=later(1))
    assert newsroom.build(rules=later(2)).report.renumbered == []
    newsroom.write("c.txt", article("Un", text="Une autre affaire."))
    (shared,) = newsroom.build(rules=later(3)).report.renumbered
    assert shared[0] == "c"
    (again,) = newsroom.build(rules=later(4)).report.renumbered
    assert again == shared


def test_lines_stay_linked_under_every_headline_it_had(newsroom: Newsroom) -> None:
    newsroom.write("a.txt", article(PONT, "2026-01-10", text="Il rouvre."))
    newsroom.write("c.txt", article("Citation", related=(PONT,)))
    newsroom.build()
    for hour, headline in enumerate(("Le viaduc de Saint-Orens rouvre", "Saint-Orens : enfin"), 1):
        newsroom.write("a.txt", article(headline, "2026-01-10", text="Il rouvre."))
        newsroom.build(rules=later(hour))
    newsroom.write("d.txt", article("Autre", related=("Le viaduc de Saint-Orens rouvre",)))
    newsroom.write("e.txt", article("Encore", related=("Saint-Orens : enfin",)))
    newsroom.build(rules=later(3))
    link = b"/2026/01/10/le-pont-de-saint-orens-rouvre.html"
    for page in ("citation", "autre", "encore"):
        assert link in newsroom.site[f"2026/01/15/{page}.html"], page
    assert newsroom.site == newsroom.clean_build(rules=later(3))


TRAMWAY = "Douze blessés dans le tramway de Corvanne aux Tanneries"
MENDED = "Un accident de la régie fait treize victimes"


@pytest.mark.parametrize(
    "cited",
    [
        "Douze blessés dans le tramwai de Corvanne aux Tanneries",
        "Douze blesses dans le tramway de Corvane aux Tanneries",
        "EN DIRECT : Douze blessés dans le tramway de Corvanne aux Tanneries",
        "Douze blessés dans le tramway de Corvanne aux Tann…",
        "« Douze blessés dans le tramway de Corvanne aux Tanneries » (vidéo)",
    ],
)
def test_a_line_that_cites_a_former_headline_not_quite_as_it_was_leads_there(
    newsroom: Newsroom, cited: str
) -> None:
    newsroom.write("a.txt", article(TRAMWAY, "2026-01-10", text="La rame a quitté les rails."))
    newsroom.write("c.txt", article("Citation", related=(cited,)))
    assert newsroom.build().report.waiting == 0
    for hour, headline in enumerate((MENDED, "La régie de Corvanne enquête sur sa ligne"), 1):
        newsroom.write("a.txt", article(headline, "2026-01-10", text="La rame a quitté les rails."))
        assert newsroom.build(rules=later(hour)).report.waiting == 0
        newsroom.write(f"d{hour}.txt", article(f"Encore {hour}", related=(cited,)))
        report = newsroom.build(rules=later(hour)).report
        assert (report.linked, report.waiting) == (1 + hour, 0)
        assert newsroom.site == newsroom.clean_build(rules=later(hour), publishes=False)
    (newsroom.content / "a.txt").unlink()
    report = newsroom.build(rules=later(3), allow_removals=True).report
    assert (report.linked, report.waiting) == (0, 3)
    assert newsroom.site == newsroom.clean_build(rules=later(3), publishes=False)


@pytest.mark.parametrize(
    ("before", "now"),
    [
        ("Les prix du riz montent de 1,2 %", "Les prix du riz montent de 12 %"),
        ("Accident à Corvanne : 12 blessés", "Accident à Corvanne : 15 blessés"),
        ("Corvanne vote le budget 2025", "Corvanne vote le budget 2026"),
    ],
)
def test_a_line_that_cites_the_figure_an_article_had_leads_there(
    newsroom: Newsroom, before: str, now: str
) -> None:
    newsroom.write("a.txt", article(before, "2026-01-10", text="Il rouvre."))
    newsroom.write("c.txt", article("Citation", related=(before,)))
    newsroom.build()
    newsroom.write("a.txt", article(now, "2026-01-10", text="Il rouvre."))
    newsroom.write("d.txt", article("Autre", related=(now,)))
    report = newsroom.build(rules=later(1)).report
    assert report.waiting == 0
    assert newsroom.site == newsroom.clean_build(rules=later(1), publishes=False)
    newsroom.write("b.txt", article(before, "2026-01-11", text="Une autre affaire."))
    newsroom.build(rules=later(2))  # now two articles were published under it
    assert newsroom.site == newsroom.clean_build(rules=later(2), publishes=False)


def test_a_former_headline_like_another_s_is_a_choice_nobody_makes(newsroom: Newsroom) -> None:
    newsroom.write("a.txt", article(TRAMWAY, "2026-01-10", text="La rame a quitté les rails."))
    newsroom.build()
    newsroom.write("a.txt", article(MENDED, "2026-01-10", text="La rame a quitté les rails."))
    newsroom.write("b.txt", article(TRAMWAY, "2026-01-11", text="Une autre rame."))
    cited = "Douze blessés dans le tramwai de Corvanne aux Tanneries"
    newsroom.write("c.txt", article("Citation", related=(cited,)))
    report = newsroom.build(rules=later(1)).report
    assert report.ambiguous == 1
    assert newsroom.site == newsroom.clean_build(rules=later(1), publishes=False)


@pytest.mark.parametrize("to", ["z.txt", "monde/a.txt", "a.TXT", "en/2026/deep/a.txt"])
def test_a_renamed_or_moved_file_is_known_by_its_text(newsroom: Newsroom, to: str) -> None:
    newsroom.write("a.txt", article(PONT))
    newsroom.build()
    (before,) = entries(newsroom).items()
    (newsroom.content / to).parent.mkdir(parents=True, exist_ok=True)
    (newsroom.content / "a.txt").rename(newsroom.content / to)
    newsroom.build(rules=later(1))
    assert list(entries(newsroom).items()) == [before]
    assert lines(newsroom)["a"]["file"] == to
    assert newsroom.site == newsroom.clean_build(rules=later(1))
    newsroom.write(to, article("Corrigé"))  # known by its place from then on
    newsroom.build(rules=later(2))
    assert set(entries(newsroom)) == {before[0]}
    (newsroom.content / to).rename(newsroom.content / "a.txt")
    newsroom.build(rules=later(3))
    assert set(entries(newsroom)) == {before[0]}
    assert lines(newsroom)["a"]["file"] == "a.txt"
    assert newsroom.site == newsroom.clean_build(rules=later(3))


def test_the_name_a_file_gave_up_may_serve_another_article(newsroom: Newsroom) -> None:
    newsroom.write("a.txt", article(PONT))
    newsroom.build()
    (newsroom.content / "a.txt").rename(newsroom.content / "b.txt")
    newsroom.build(rules=later(1))
    newsroom.write("a.txt", article("Une autre affaire"))
    newsroom.build(rules=later(2))
    assert len(entries(newsroom)) == 2
    assert lines(newsroom)["a"]["file"] == "b.txt"
    assert newsroom.site == newsroom.clean_build(rules=later(2))


def test_a_mended_date_moves_nothing(newsroom: Newsroom) -> None:
    newsroom.write("a.txt", article(PONT, "2026-01-15", text="Il rouvre."))
    newsroom.build()
    before = entries(newsroom)
    newsroom.write("a.txt", article(PONT, "2026-01-16", text="Il rouvre."))
    newsroom.build(rules=later(1))
    assert entries(newsroom) == before
    assert b"le-pont-de-saint-orens" in newsroom.site["2026/01/16/index.html"]
    newsroom.write("b.txt", article(PONT, "2026-01-15", text="Un autre pont."))
    newsroom.build(rules=later(2))
    assert "2026/01/15/le-pont-de-saint-orens-rouvre-2.html" in newsroom.site
    assert newsroom.site == newsroom.clean_build(rules=later(2))


def test_the_first_to_be_published_keeps_a_contested_address(newsroom: Newsroom) -> None:
    newsroom.write("m.txt", article(PONT, text="L'un."))
    newsroom.build()
    newsroom.write("a.txt", article(PONT, text="L'autre."))
    newsroom.build()
    assert lines(newsroom)["m"]["address"] == "2026/01/15/le-pont-de-saint-orens-rouvre.html"
    assert lines(newsroom)["a"]["address"] == "2026/01/15/le-pont-de-saint-orens-rouvre-2.html"
    (newsroom.content / "m.txt").unlink()
    newsroom.write("b.txt", article(PONT, text="Le troisième."))
    newsroom.build()
    assert lines(newsroom)["b"]["address"] == "2026/01/15/le-pont-de-saint-orens-rouvre-3.html"
    newsroom.write("m.txt", article(PONT, text="L'un."))
    newsroom.build()
    assert "2026/01/15/le-pont-de-saint-orens-rouvre.html" in newsroom.site


def test_an_edit_is_noted_with_both_wordings(newsroom: Newsroom) -> None:
    newsroom.write("a.txt", article(PONT, text="La panne a fait douze blessés mardi."))
    newsroom.build()
    newsroom.write("a.txt", article(PONT, text="La panne a fait quinze blessés mardi."))
    newsroom.build(rules=later(2))
    assert lines(newsroom)["a"]["edits"] == [
        {
            "at": "2026-02-01T02:00:00Z",
            "changes": [
                ["La panne a fait douze blessés mardi.", "La panne a fait quinze blessés mardi."]
            ],
        }
    ]
    (entry,) = entries(newsroom).values()
    assert entry[2] == "2026-02-01T03:00:00"


@pytest.mark.parametrize(
    "spoilt",
    [
        "<<<<<<< HEAD\n{line}\n",
        "{line}\n{line}\n",
        "{line}{line}\n",
        "{line}\n" + "{other}\n",
        "[]\n",
        '{{"id": "a"}}\n',
    ],
)
def test_a_ledger_that_contradicts_itself_is_refused_with_the_line(
    newsroom: Newsroom, spoilt: str
) -> None:
    newsroom.write("a.txt", article(PONT))
    newsroom.build()
    before = newsroom.site
    file = newsroom.content / "ledger/2026-01.jsonl"
    line = file.read_text(encoding="utf-8").strip()
    other = line.replace('"id":"a"', '"id":"b"')
    file.write_text(spoilt.format(line=line, other=other), encoding="utf-8")
    with pytest.raises(LedgerError, match=r"ledger/2026-01.jsonl:[12]"):
        newsroom.build()
    assert newsroom.site == before


def test_one_address_twice_in_two_months_is_refused(newsroom: Newsroom) -> None:
    newsroom.write("a.txt", article("Un"))
    newsroom.write("b.txt", article("Deux", "2025-12-30"))
    newsroom.build()
    file = newsroom.content / "ledger/2025-12.jsonl"
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace("2025/12/30/deux", "2026/01/15/un"), encoding="utf-8")
    with pytest.raises(LedgerError, match=r"2025-12.jsonl:1 .*2026-01.jsonl:1"):
        newsroom.build()


def test_a_ledger_that_is_gone_is_not_taken_for_an_empty_one(newsroom: Newsroom) -> None:
    newsroom.write("a.txt", article(PONT))
    newsroom.build()
    shutil.rmtree(newsroom.content / "ledger")
    with pytest.raises(BuildError, match=r"ledger/2026-01\.jsonl"):
        newsroom.build()
    newsroom.build(allow_removals=True)
    assert list(lines(newsroom)) == ["a"]


@pytest.mark.parametrize("left", ["", "\n"])
def test_a_month_that_was_emptied_is_one_that_is_gone(newsroom: Newsroom, left: str) -> None:
    """Cut off while it was copied, or by a full disk: what was retracted would be back."""
    newsroom.write("a.txt", article(PONT))
    newsroom.write("b.txt", article("Le bac", "2025-12-30"))
    newsroom.build()
    assert kill_article(newsroom.settings, "a", Kill("C'était faux.")) == 0
    newsroom.build()
    before = newsroom.site
    (newsroom.content / "ledger/2026-01.jsonl").write_text(left, encoding="utf-8")
    for _ in range(2):
        with pytest.raises(BuildError, match=r"ledger/2026-01\.jsonl"):
            newsroom.build()
        assert newsroom.site == before
    newsroom.build(allow_removals=True)
    assert list(lines(newsroom)) == ["b", "a"]
    newsroom.build()


def test_a_month_that_lost_its_last_line_by_a_command_is_empty_and_stays_so(
    newsroom: Newsroom,
) -> None:
    """Of what was retracted under its embargo, never published, nothing is left to hold."""
    newsroom.write("a.txt", article(PONT, text="Embargo : 2026-03-01 06:00\n\nIl rouvre."))
    newsroom.build()
    assert kill_article(newsroom.settings, "a", Kill("C'était faux.")) == 0
    newsroom.build()
    assert undo_kill(newsroom.settings, "a") == 0
    newsroom.build()
    newsroom.build()
    assert list(lines(newsroom)) == []


def test_a_ledger_read_otherwise_after_an_upgrade_is_no_edit(newsroom: Newsroom) -> None:
    """The same bytes, of which the parser makes another text."""
    newsroom.write("a.txt", article("Un texte", text="Par les voyageurs.\n\nCopie réservée."))
    newsroom.build()
    (before,) = entries(newsroom).items()
    rules = ParseRules(now=NOW + timedelta(hours=1), chrome=("Copie réservée.",))
    newsroom.build(rules=rules)
    (after,) = entries(newsroom).items()
    assert after == before
    assert "edits" not in lines(newsroom)["a"]


def test_what_builds_published_before_there_was_a_ledger_is_noted(newsroom: Newsroom) -> None:
    newsroom.write("a.txt", article(PONT))
    newsroom.build(publishes=False)
    assert not (newsroom.content / "ledger").exists()
    newsroom.build()
    assert list(lines(newsroom)) == ["a"]


# -- at random ------------------------------------------------------------------------------------


@pytest.mark.parametrize("seed", rounds(3, 60))
def test_whatever_files_do_each_article_has_one_address_and_one_id(
    newsroom: Newsroom, seed: int
) -> None:
    draw = random.Random(seed)
    names = ["a.txt", "b.txt", "c.TXT", "monde/a.txt", "en/b.txt", "monde/x.txt"]
    headlines = [PONT, "Grève au port", "Grève au port !", "Un", "Deux"]
    texts = ["Il rouvre lundi.", "Il rouvre mardi soir.", "Les dockers cessent le travail."]
    addresses: dict[str, str] = {}
    for step in range(25):
        for _ in range(draw.randint(1, 3)):
            path = newsroom.content / draw.choice(names)
            action = draw.choice(["write", "write", "move", "copy", "delete", "edit"])
            if action == "write":
                day = f"2026-01-{draw.choice((10, 11)):02}"
                newsroom.write(
                    path.relative_to(newsroom.content).as_posix(),
                    article(
                        draw.choice(headlines),
                        day,
                        draw.choice(texts),
                        (draw.choice(headlines),) if draw.random() < 0.5 else (),
                    ),
                )
            elif path.is_file():
                other = newsroom.content / draw.choice(names)
                other.parent.mkdir(parents=True, exist_ok=True)
                if action == "move":
                    path.replace(other)
                elif action == "copy" and other != path:
                    shutil.copyfile(path, other)
                elif action == "delete":
                    path.unlink()
                elif action == "edit":
                    path.write_text(path.read_text("utf-8").replace("Il", "On dit qu'il"), "utf-8")
        publishes = draw.random() < 0.7
        moment = later(step)
        newsroom.build(rules=moment, publishes=publishes, allow_removals=True)
        clean = newsroom.clean_build(rules=moment, publishes=False)
        assert newsroom.site == clean, f"step {step}"
        for id_, line in lines(newsroom).items():
            assert addresses.setdefault(id_, str(line["address"])) == line["address"]


@pytest.mark.parametrize("seed", rounds(2, 30))
def test_a_ledger_taken_back_from_an_earlier_day_makes_the_site_of_a_clean_build(
    newsroom: Newsroom, seed: int
) -> None:
    draw = random.Random(seed)
    ledger, kept = newsroom.content / "ledger", newsroom.folder / "kept"
    for step in range(12):
        path = draw.choice(["a.txt", "b.txt", "monde/c.txt"])
        newsroom.write(path, article(draw.choice([PONT, "Grève au port", "Un"]), text="Il rouvre."))
        other = newsroom.content / draw.choice(["d.txt", "a.txt", "monde/c.txt"])
        if draw.random() < 0.4:
            other.parent.mkdir(exist_ok=True)
            (newsroom.content / path).replace(other)
        if step % 4 == 3:
            shutil.rmtree(ledger)
            shutil.copytree(kept, ledger)
        newsroom.build(rules=later(step), allow_removals=True)
        assert newsroom.site == newsroom.clean_build(rules=later(step), publishes=False), step
        if step % 4 == 0:
            shutil.rmtree(kept, ignore_errors=True)
            shutil.copytree(ledger, kept)
