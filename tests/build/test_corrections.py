"""Corrections: what an editor declares is what readers are told, and nothing else moves."""

from __future__ import annotations

import json
import random
import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from lxml import etree
from newsdigest.base.errors import BuildError
from newsdigest.base.settings import ParseRules
from newsdigest.build import Outcome
from newsdigest.commands.correct import correct_article
from newsdigest.commands.desk import undeclared
from newsdigest.commands.kill import Kill, kill_article
from newsroom import NOW, Newsroom, article
from nightly import rounds

ATOM = "{http://www.w3.org/2005/Atom}"
PONT = "Le pont de Saint-Orens rouvre"
PAGE = "2026/01/15/le-pont-de-saint-orens-rouvre.html"
TEXT = "La panne a fait douze blessés mardi. Le pont rouvre lundi."
MENDED = TEXT.replace("douze", "quinze")
NOTE = "La panne a fait quinze blessés, et non douze."


class Desk:
    """A newsroom that publishes by building, an hour later at each act."""

    def __init__(self, folder: Path) -> None:
        self.newsroom = Newsroom(folder, publishes=True)
        self.hour = 0

    @property
    def rules(self) -> ParseRules:
        return ParseRules(now=NOW + timedelta(hours=self.hour))

    def write(self, text: str = TEXT, headline: str = PONT, name: str = "a.txt") -> None:
        self.newsroom.write(name, article(headline, text=text))

    def build(self) -> Outcome:
        """Build, and hold that a clean build makes the same site."""
        outcome = self.newsroom.build(rules=self.rules, allow_removals=True)
        assert self.newsroom.site == self.newsroom.clean_build(rules=self.rules, publishes=False)
        self.hour += 1
        return outcome

    def correct(self, note: str = NOTE, minor: bool = False, of: str = "a") -> None:
        settings = replace(self.newsroom.settings, rules=self.rules)
        assert correct_article(settings, of, note, minor) == 0
        self.build()

    def ids(self) -> list[str]:
        return [str(line["id"]) for line in self._lines()]

    def edits(self, id_: str = "a") -> list[dict[str, Any]]:
        (line,) = (line for line in self._lines() if line["id"] == id_)
        return list(line.get("edits", []))

    def _lines(self) -> list[dict[str, Any]]:
        return [
            json.loads(line)
            for file in sorted((self.newsroom.content / "ledger").glob("*.jsonl"))
            for line in file.read_text(encoding="utf-8").splitlines()
        ]

    def entries(self, feed: str = "all") -> Iterator[dict[str, str]]:
        root = etree.fromstring(self.newsroom.site[f"feeds/{feed}.atom"])
        for entry in root.iter(f"{ATOM}entry"):
            names = ("id", "title", "published", "updated", "content")
            told = {name: entry.findtext(f"{ATOM}{name}", "") for name in names}
            told["updated"], told["published"] = told["updated"][:19], told["published"][:19]
            yield told

    def entry(self) -> dict[str, str]:
        (found,) = (one for one in self.entries() if one["id"].endswith(":a"))
        return found

    def page(self, path: str = PAGE) -> str:
        """A page, its view on one line."""
        return self.newsroom.site[path].decode().replace(",\n", ", ").replace("\\xa0", "\xa0")

    @property
    def pages(self) -> set[str]:
        return {path for path in self.newsroom.site if path[0] != "."}


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    found = Desk(tmp_path / "newsroom")
    found.write()
    found.write("Le port double son quai.", "Un quai double", "b.txt")
    found.build()
    return found


CHANGE = ["La panne a fait douze blessés mardi.", "La panne a fait quinze blessés mardi."]


def test_a_file_edited_then_declared_is_a_correction(desk: Desk) -> None:
    before = desk.entry()
    desk.write(MENDED)
    desk.correct()
    assert desk.edits() == [
        {"at": "2026-02-01T01:00:00Z", "kind": "correction", "note": NOTE, "changes": [CHANGE]}
    ]
    after = desk.entry()
    assert after["updated"] == "2026-02-01T02:00:00"  # in Paris
    assert (after["id"], after["published"]) == (before["id"], before["published"])
    assert NOTE in after["content"]
    assert "quinze blessés mardi" in after["content"]


def test_a_file_edited_and_built_then_declared_is_the_same_correction(desk: Desk) -> None:
    desk.write(MENDED)
    desk.build()
    assert [entry.id for entry in undeclared(desk.newsroom.settings)] == ["a"]
    assert NOTE not in desk.page()
    desk.correct()
    assert undeclared(desk.newsroom.settings) == []
    assert desk.edits() == [
        {"at": "2026-02-01T02:00:00Z", "kind": "correction", "note": NOTE, "changes": [CHANGE]}
    ]
    assert desk.entry()["updated"] == "2026-02-01T03:00:00"


@pytest.mark.parametrize("built", [False, True])
def test_a_minor_edit_moves_no_date_and_is_recorded(desk: Desk, built: bool) -> None:
    before, others = desk.entry(), desk.pages
    desk.write(MENDED)
    if built:
        desk.build()
        assert desk.entry()["updated"] != before["updated"]
    desk.correct("", minor=True)
    assert desk.edits() == [{"at": "2026-02-01T01:00:00Z", "kind": "minor", "changes": [CHANGE]}]
    after = desk.entry()
    assert after["updated"] == before["updated"]
    assert "quinze" in after["content"]
    assert "quinze" in desk.page()
    assert "CorrectionComment" not in desk.page()
    assert desk.pages == others  # no page of corrections
    assert undeclared(desk.newsroom.settings) == []


def test_a_note_alone_is_a_clarification(desk: Desk) -> None:
    desk.correct("Le pont rouvre aux piétons seulement.")
    assert desk.edits() == [
        {
            "at": "2026-02-01T01:00:00Z",
            "kind": "correction",
            "note": "Le pont rouvre aux piétons seulement.",
        }
    ]
    assert "aux piétons seulement" in desk.page()
    assert desk.entry()["updated"] == "2026-02-01T02:00:00"


def test_a_correction_is_told_on_the_page_and_to_machines(desk: Desk) -> None:
    desk.write(MENDED)
    desk.correct()
    page = desk.page()
    assert "Piece(kind='former', text='douze'), Piece(kind='new', text='quinze')" in page
    assert '"dateModified":"2026-02-01T02:00+01:00"'.replace('"', "&#34;") in page
    assert '"@type":"CorrectionComment"'.replace('"', "&#34;") in page


def test_every_list_marks_the_article_corrected_and_no_other(desk: Desk) -> None:
    desk.write("Le pont de Saint-Orens tient.", "Le pont de Saint-Orens tient", "c.txt")
    desk.newsroom.write(
        "d.txt", article("Un rappel", "2026-01-16", "Il tient bon, dit-on.", related=(PONT,))
    )
    desk.build()
    desk.write(MENDED)
    desk.correct()
    mark = "Corrigé le 1er\u00a0février 2026"
    lists = ["2026/01/15/index.html", "2026/01/16/un-rappel.html", "agences/afp/index.html"]
    lists += ["index.html", "2026/01/index.html", "2026/01/15/un-quai-double.html"]
    for path in lists:
        found = [
            one for one in re.findall(r"corrected=(?:'|\")(.*?)(?:'|\")", desk.page(path)) if one
        ]
        page = desk.page(path)
        assert mark in page, path
        assert len(found) <= 2, (path, found)


def test_the_page_of_corrections_comes_with_the_first_one(desk: Desk) -> None:
    assert "corrections/index.html" not in desk.newsroom.site
    assert "feeds/corrections.atom" not in desk.newsroom.site
    assert b"corrections" not in desk.newsroom.site["feeds/index.opml"]
    desk.write(MENDED)
    desk.correct()
    for path in ("corrections/index.html", "corrections/2026-02/index.html"):
        assert NOTE in desk.page(path)
        assert f"/{PAGE}#correction-1" in desk.page(path)
    assert b"feeds/corrections.atom" in desk.newsroom.site["feeds/index.opml"]
    assert "feeds/corrections.rss" in desk.page("feeds/index.html")


def test_each_correction_is_one_entry_of_their_feed(desk: Desk) -> None:
    desk.write(MENDED)
    desk.correct()
    (first,) = desk.entries("corrections")
    assert first["id"] == "tag:lefil.example,2026:a:correction:1"
    assert first["title"] == f"Correction\u00a0: {PONT}"
    assert first["updated"] == "2026-02-01T02:00:00"
    assert "<del>douze</del> <ins>quinze</ins>" in first["content"]
    desk.write(MENDED.replace("lundi", "mardi"))
    desk.correct("Le pont rouvre mardi.")
    second, again = desk.entries("corrections")
    assert again == first
    assert second["id"] == "tag:lefil.example,2026:a:correction:2"
    assert [one["id"] for one in desk.entries()] == [
        "tag:lefil.example,2026:a",
        "tag:lefil.example,2026:b",
    ]


def test_an_edit_of_an_edit_is_told_as_it_was_at_first_and_is_at_last(desk: Desk) -> None:
    desk.write(MENDED)
    desk.build()
    desk.write(TEXT.replace("douze", "seize"))
    desk.build()
    desk.correct("Seize blessés.")
    (edit,) = desk.edits()
    assert edit["changes"] == [[CHANGE[0], "La panne a fait seize blessés mardi."]]


def test_an_edit_built_and_one_that_is_not_are_declared_together(desk: Desk) -> None:
    desk.write(MENDED)
    desk.build()
    desk.write(MENDED.replace("lundi", "mardi"))
    desk.correct("Quinze blessés, et mardi.")
    (edit,) = desk.edits()
    assert edit["changes"] == [CHANGE, ["Le pont rouvre lundi.", "Le pont rouvre mardi."]]
    assert "to_come" not in edit


def test_an_article_corrected_twice_a_day_has_two_notes_the_latest_first(desk: Desk) -> None:
    desk.write(MENDED)
    desk.correct("Premier mot.")
    desk.write(TEXT.replace("douze", "seize"))
    desk.correct("Dernier mot.")
    page = desk.page()
    assert page.index("Dernier mot.") < page.index("Premier mot.")
    assert [edit["at"] for edit in desk.edits()] == ["2026-02-01T01:00:00Z", "2026-02-01T02:00:00Z"]
    assert desk.entry()["updated"] == "2026-02-01T03:00:00"


def test_a_headline_corrected_is_told_with_the_former_one(desk: Desk) -> None:
    desk.write(headline="Le viaduc de Saint-Orens rouvre")
    desk.correct("C’est un viaduc.")
    (edit,) = desk.edits()
    assert edit["changes"] == [[PONT, "Le viaduc de Saint-Orens rouvre"]]
    assert "headline=True" in desk.page()
    assert [one["title"] for one in desk.entries("corrections")] == [
        "Correction\u00a0: Le viaduc de Saint-Orens rouvre"
    ]


LIST = "Les ponts :\n\n- Pont A\n- Pont B\n- Pont C"
TABLE = "Le bilan.\n\nVille | Blessés\nHanoï | 12\nHuế | 7"


@pytest.mark.parametrize(
    ("text", "was", "is_", "change"),
    [
        (LIST, "Pont B", "Pont D", ["Pont B", "Pont D"]),
        (TABLE, "7", "9", ["Huế · 7", "Huế · 9"]),
    ],
)
def test_an_item_or_a_row_corrected_is_told_alone(
    desk: Desk, text: str, was: str, is_: str, change: list[str]
) -> None:
    desk.write(text, "Le point", "c.txt")
    desk.build()
    desk.write(text.replace(was, is_), "Le point", "c.txt")
    desk.correct(of="c")
    (edit,) = desk.edits("c")
    assert edit["changes"] == [change]


def test_a_signature_corrected_is_a_change(desk: Desk) -> None:
    desk.newsroom.write("a.txt", article(PONT, text=TEXT).replace("AFP/VNA/CVN", "AFP/VNA/Xinhua"))
    desk.correct("La dépêche est de Xinhua.")
    (edit,) = desk.edits()
    assert edit["changes"] == [["AFP/VNA/CVN", "AFP/VNA/Xinhua"]]


def test_what_a_renamed_file_says_otherwise_is_declared_under_its_id(desk: Desk) -> None:
    (desk.newsroom.content / "a.txt").rename(desk.newsroom.content / "z.txt")
    desk.build()
    desk.write(MENDED, name="z.txt")
    desk.correct(of="z.txt")
    assert desk.edits()[0]["changes"] == [CHANGE]


def test_what_is_declared_and_taken_back_before_a_build_leaves_nothing(desk: Desk) -> None:
    settings = replace(desk.newsroom.settings, rules=desk.rules)
    desk.write(MENDED)
    correct_article(settings, "a", NOTE, False)
    assert desk.edits()[0]["to_come"] is True
    desk.write(TEXT)
    desk.correct("", minor=True)
    assert desk.edits() == []
    assert NOTE not in desk.page()


def test_what_is_declared_twice_before_a_build_is_said_once(desk: Desk) -> None:
    settings = replace(desk.newsroom.settings, rules=desk.rules)
    desk.write(MENDED)
    correct_article(settings, "a", "Une faute de frappe", False)
    desk.correct()
    assert [edit["note"] for edit in desk.edits()] == [NOTE]


def test_a_build_that_does_not_publish_tells_nothing_yet(desk: Desk) -> None:
    settings = replace(desk.newsroom.settings, rules=desk.rules)
    desk.write(MENDED)
    correct_article(settings, "a", NOTE, False)
    desk.newsroom.build(rules=desk.rules, publishes=False)
    assert "quinze" in desk.page()
    assert NOTE not in desk.page()
    desk.build()
    assert NOTE in desk.page()


def test_lists_mark_what_is_told_by_a_publication_of_what_was_built_before(desk: Desk) -> None:
    """Not the site's first correction, which makes all pages again."""
    desk.write("Le port triple son quai.", "Un quai double", "b.txt")
    desk.correct(of="b")
    desk.write("Anna Korvat dit que le pont tient.", "Le pont tient", "c.txt")
    desk.write("Anna Korvat dit que le bac passe.", "Le bac passe", "d.txt")
    desk.newsroom.write(
        "e.txt", article("Un rappel", "2026-01-16", related=(PONT, "Le pont tient"))
    )
    desk.build()
    desk.write("Anna Korvat dit que le pont cède.", "Le pont tient", "c.txt")
    settings = replace(desk.newsroom.settings, rules=desk.rules)
    correct_article(settings, "c", NOTE, False)
    desk.newsroom.build(rules=desk.rules, publishes=False)
    desk.build()


def test_corrections_of_an_article_that_is_gone_go_with_it_and_come_back(desk: Desk) -> None:
    desk.write(MENDED)
    desk.correct()
    (desk.newsroom.content / "a.txt").unlink()
    desk.build()
    assert "corrections/index.html" not in desk.newsroom.site
    assert "feeds/corrections.atom" not in desk.newsroom.site
    desk.write(MENDED)
    desk.build()
    assert NOTE in desk.page("corrections/index.html")
    assert len(desk.edits()) == 1


def test_the_month_of_a_correction_is_the_readers(desk: Desk) -> None:
    """Midnight in Paris is eleven in the evening of the day before, in UTC."""
    desk.hour = 27 * 24 + 23
    desk.correct("Une précision.")
    assert "corrections/2026-03/index.html" in desk.newsroom.site
    assert "corrections/2026-02/index.html" not in desk.newsroom.site
    assert [one["updated"] for one in desk.entries("corrections")] == ["2026-03-01T00:00:00"]


@pytest.mark.parametrize(
    ("of", "note", "minor", "told"),
    [
        ("a", "", False, "a correction needs a note"),
        ("a", " \n ", False, "a correction needs a note"),
        ("a", "x" * 1001, False, "1,001 characters|1001 characters|1 001 characters"),
        ("a", "Une coquille", True, "nothing was changed since it was published"),
        ("zz", NOTE, False, "no published article"),
    ],
)
def test_what_makes_no_sense_is_refused_in_one_line(
    desk: Desk, of: str, note: str, minor: bool, told: str
) -> None:
    ledger = (desk.newsroom.content / "ledger/2026-01.jsonl").read_bytes()
    with pytest.raises(BuildError, match=told) as refused:
        correct_article(desk.newsroom.settings, of, note, minor)
    assert "\n" not in str(refused.value)
    assert (desk.newsroom.content / "ledger/2026-01.jsonl").read_bytes() == ledger


@pytest.mark.parametrize("spoilt", [None, ""])
def test_a_file_that_cannot_be_published_is_not_declared(desk: Desk, spoilt: str | None) -> None:
    file = desk.newsroom.content / "a.txt"
    if spoilt is None:
        file.unlink()
    else:
        file.write_text(spoilt)
    with pytest.raises(BuildError, match=r"a\.txt"):
        correct_article(desk.newsroom.settings, "a", NOTE, False)
    assert desk.edits() == []


def test_the_screen_says_what_became_of_the_edit(
    desk: Desk, capsys: pytest.CaptureFixture[str]
) -> None:
    settings = replace(desk.newsroom.settings, editor_lang="fr")
    desk.write(MENDED)
    desk.build()
    correct_article(settings, "pont de saint-orens", NOTE, False)
    assert capsys.readouterr().out.splitlines() == [
        f"a  {PONT}",
        "  Ce qui avait été modifié est maintenant une correction : le lecteur voit la note et les"
        " deux textes.",
        f"  - {CHANGE[0]}",
        f"  + {CHANGE[1]}",
        f"  https://lefil.example/{PAGE}",
    ]


def test_a_retracted_article_is_corrected_no_more_and_its_corrections_go_with_it(
    desk: Desk,
) -> None:
    desk.write(MENDED)
    desk.correct()
    settings = replace(desk.newsroom.settings, rules=desk.rules)
    assert kill_article(settings, "a", Kill("L’agence annule.")) == 0
    desk.build()
    assert [path for path in desk.newsroom.site if NOTE in desk.page(path)] == []
    assert "corrections/index.html" not in desk.newsroom.site
    with pytest.raises(BuildError, match="is retracted"):
        correct_article(settings, "a", NOTE, False)


# -- at random ------------------------------------------------------------------------------------


@pytest.mark.parametrize("seed", rounds(3, 60))
def test_whatever_is_edited_and_declared_each_build_is_a_clean_one(
    tmp_path: Path, seed: int
) -> None:
    draw = random.Random(seed)
    desk = Desk(tmp_path / "newsroom")
    names = ["a.txt", "b.txt", "monde/c.txt"]
    headlines = [PONT, "Le viaduc de Saint-Orens rouvre", "Grève au port"]
    texts = [TEXT, MENDED, "Les dockers cessent le travail.", f"{MENDED}\n\n>> {PONT}"]
    told: dict[str, int] = {}
    for _ in range(20):
        name = draw.choice(names)
        act = draw.choice(["edit", "edit", "correct", "correct", "minor", "delete", "build"])
        if act == "delete":
            (desk.newsroom.content / name).unlink(missing_ok=True)
        if act in ("edit", "correct", "minor") and draw.random() < 0.7:
            (desk.newsroom.content / name).parent.mkdir(exist_ok=True)
            desk.write(draw.choice(texts), draw.choice(headlines), name)
        if act in ("correct", "minor"):
            with suppress(BuildError):
                settings = replace(desk.newsroom.settings, rules=desk.rules)
                correct_article(settings, name, NOTE, act == "minor")
        desk.build()
        desk.hour += draw.choice((0, 0, 24, 31 * 24))
        for id_ in desk.ids():
            notes = sum(1 for edit in desk.edits(id_) if edit.get("kind") == "correction")
            assert notes >= told.get(id_, 0)
            told[id_] = notes
    assert sum(told.values()) > 0
