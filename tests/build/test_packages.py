"""Files of several articles: each is an article of its own, whatever comes above it or goes."""

from __future__ import annotations

import json
import os
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from newsdigest import ingest
from newsdigest.archive.connections import read_store
from newsdigest.archive.readers import Archive
from newsdigest.base.records import article_id, package_of
from newsdigest.build import Outcome
from newsdigest.commands.correct import correct_article
from newsdigest.commands.inspect import inspect_paths
from newsdigest.commands.kill import Kill, kill_article
from newsdigest.commands.move import move_article
from newsdigest.commands.status import status_of
from newsdigest.ledger_files import read_months
from newsroom import NOW, Newsroom, article, strange_text

PACKAGE = "flux.json"
SETTLED = NOW.timestamp()


def item(
    name: str, headline: str, day: int = 15, version: str = "1", text: str = ""
) -> dict[str, str]:
    return {
        "uri": f"urn:agence:{name}",
        "version": version,
        "headline": headline,
        "versioncreated": f"2026-01-{day:02}T10:00:00+01:00",
        "body_text": text or strange_text(headline),
        "by": "AFP",
    }


A, B, C = item("a", "Le pont rouvre"), item("b", "Le port ferme"), item("c", "Grève au musée")


class Desk(Newsroom):
    """A newsroom that publishes; a file it wrote is no fresh one."""

    def package(self, *items: object, path: str = PACKAGE) -> None:
        self.write(path, json.dumps(items))
        os.utime(self.content / path, (SETTLED, SETTLED + len(items)))

    def published(self) -> dict[str, str]:
        """Headline -> id, by the ledger."""
        return {
            entry.headline: entry.id
            for _month, found in read_months(self.content)
            for entry in found
        }


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path, publishes=True)


def pages(desk: Desk) -> set[str]:
    return {path for path in desk.site if path.startswith("2026/01/") and path.count("/") == 3} - {
        path for path in desk.site if path.endswith("index.html")
    }


def counted(outcome: Outcome) -> tuple[int, ...]:
    """files, packages, found, published, rejected, new, changed, removed"""
    told = outcome.report
    return (
        told.files,
        told.packages,
        told.found,
        told.published,
        told.rejected,
        told.new,
        told.changed,
        told.removed,
    )


def test_each_article_of_a_package_has_a_page_and_is_counted(desk: Desk) -> None:
    desk.package(A, B)
    desk.write("seul.txt", article("Un texte seul"))
    outcome = desk.build()
    assert counted(outcome) == (2, 1, 3, 3, 0, 3, 0, 0)
    assert outcome.report.adds_up
    assert pages(desk) == {
        "2026/01/15/le-pont-rouvre.html",
        "2026/01/15/le-port-ferme.html",
        "2026/01/15/un-texte-seul.html",
    }
    ids = desk.published()
    assert {package_of(ids[headline]) for headline in ("Le pont rouvre", "Le port ferme")} == {
        "flux"
    }


def test_what_comes_on_top_or_goes_renumbers_nothing(desk: Desk) -> None:
    desk.package(A, B)
    desk.build()
    before, ids = desk.site, desk.published()
    desk.package(C, B, A)
    outcome = desk.build()
    assert counted(outcome) == (1, 1, 3, 3, 0, 1, 0, 0)
    assert {**ids, **desk.published()} == desk.published()
    for headline in ("le-pont-rouvre", "le-port-ferme"):
        assert f"2026/01/15/{headline}.html" in before
        assert f"2026/01/15/{headline}.html" in desk.site
    feed = desk.site["feeds/all.atom"].decode()
    assert feed.count("<entry") == 3
    for id_ in ids.values():
        assert id_.replace("#", "%23") in feed
    assert desk.site == desk.clean_build()


def test_an_article_edited_in_its_package_is_an_edit_of_it(desk: Desk) -> None:
    desk.package(A, B)
    desk.build()
    ids = desk.published()
    desk.package(item("c", "Autre"), item("a", "Le pont rouvre enfin", version="2"), B)
    outcome = desk.build()
    assert counted(outcome)[-3:] == (1, 1, 0)
    assert desk.published()["Le pont rouvre enfin"] == ids["Le pont rouvre"]
    assert "2026/01/15/le-pont-rouvre.html" in desk.site
    assert desk.site == desk.clean_build()


def test_a_changed_package_reads_and_tags_only_what_changed(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.package(A, B, C)
    desk.build()
    packed: list[str] = []
    pack = ingest.pack

    def counting(article, *rest):  # type: ignore[no-untyped-def]
        packed.append(article.headline)
        return pack(article, *rest)

    monkeypatch.setattr(ingest, "pack", counting)
    desk.package(item("d", "Un quatrième"), A, replace_text(B, "Un autre texte, plus long."), C)
    desk.build()
    assert sorted(packed) == ["Le port ferme", "Un quatrième"]
    desk.build()
    assert len(packed) == 2


def replace_text(one: dict[str, str], text: str) -> dict[str, str]:
    return {**one, "body_text": text}


def test_an_article_that_its_package_holds_no_more_is_gone(desk: Desk) -> None:
    desk.package(A, B, C)
    desk.build()
    desk.package(A, C)
    outcome = desk.build()
    assert counted(outcome) == (1, 1, 2, 2, 0, 0, 0, 1)
    assert [remark.code for remark in outcome.report.remarks] == ["W_GONE"]
    assert "2026/01/15/le-port-ferme.html" not in desk.site
    assert desk.site == desk.clean_build()


def test_a_deleted_package_takes_its_articles_along(desk: Desk) -> None:
    desk.package(A, B)
    desk.write("seul.txt", article("Un texte seul"))
    desk.build()
    (desk.content / PACKAGE).unlink()
    outcome = desk.build(allow_removals=True)
    assert counted(outcome) == (1, 0, 1, 1, 0, 0, 0, 2)
    assert pages(desk) == {"2026/01/15/un-texte-seul.html"}
    assert desk.site == desk.clean_build()


def test_a_renamed_package_keeps_its_articles_where_they_were(desk: Desk) -> None:
    desk.package(A, B)
    desk.build()
    ids, before = desk.published(), pages(desk)
    os.replace(desk.content / PACKAGE, desk.content / "fil.json")
    desk.build()
    assert (desk.published(), pages(desk)) == (ids, before)
    assert desk.site == desk.clean_build()


def test_a_file_of_one_article_that_becomes_a_package_keeps_it(desk: Desk) -> None:
    desk.package(A)
    desk.build()
    assert desk.published() == {"Le pont rouvre": "flux"}
    desk.package(B, A)
    desk.build()
    assert desk.published()["Le pont rouvre"] == "flux"
    assert desk.site == desk.clean_build()
    desk.package(B)
    outcome = desk.build()
    assert counted(outcome)[:4] == (1, 0, 1, 1)
    assert pages(desk) == {"2026/01/15/le-port-ferme.html"}
    assert desk.site == desk.clean_build()


def test_one_broken_article_does_not_sink_the_others(desk: Desk) -> None:
    undated = {**B, "versioncreated": ""}
    desk.package(A, undated, C)
    outcome = desk.build()
    assert counted(outcome) == (1, 1, 3, 2, 1, 3, 0, 0)
    ((refused),) = outcome.report.rejections
    assert (package_of(refused.path), refused.code) == (PACKAGE, "E_DATE_MISSING")
    assert refused.facts["nth"] == 2
    desk.package(A, B, C)
    desk.build()
    assert article_id(refused.path) == desk.published()["Le port ferme"]


def test_a_published_article_that_breaks_stays_as_last_read(desk: Desk) -> None:
    desk.package(A, B)
    desk.build()
    before = desk.site
    desk.package(A, {**B, "versioncreated": ""})
    outcome = desk.build()
    assert (outcome.report.kept, outcome.report.published) == (1, 1)
    assert desk.site == before
    desk.package(A, B)
    outcome = desk.build()
    assert (outcome.report.kept, outcome.report.published) == (0, 2)
    assert desk.site == before


@pytest.mark.parametrize("spoilt", ["", "[{", "pas du JSON"])
def test_a_package_that_cannot_be_read_keeps_what_was_published_of_it(
    desk: Desk, spoilt: str
) -> None:
    coming = item("d", "Demain", day=15)
    coming["versioncreated"] = "2026-02-03T10:00:00Z"
    desk.package(A, B, coming)
    outcome = desk.build()
    assert (outcome.report.draft, outcome.report.published) == (1, 2)
    before = desk.site
    desk.write(PACKAGE, spoilt)
    outcome = desk.build()
    assert (outcome.report.kept, outcome.report.published) == (2, 0)
    assert outcome.report.adds_up
    assert desk.site == before
    # Neither a second build nor a store made anew forgets them.
    assert desk.build().report.kept == 2
    desk.package(A, B, coming)
    outcome = desk.build()
    assert (outcome.report.kept, outcome.report.draft, outcome.report.published) == (0, 1, 2)
    assert desk.site == before


def test_two_versions_in_one_package_are_one_article(desk: Desk) -> None:
    desk.package(A, item("a", "Le pont rouvre enfin", version="2"))
    outcome = desk.build()
    assert (outcome.report.published, outcome.report.duplicate) == (1, 1)
    ids = desk.published()
    desk.package(item("a", "Le pont rouvre enfin", version="2"), B)
    desk.build()
    assert desk.published()["Le pont rouvre enfin"] == ids["Le pont rouvre enfin"]
    assert desk.site == desk.clean_build()


def test_of_two_packages_that_hold_one_article_it_stands_once(desk: Desk) -> None:
    desk.package(A, B)
    desk.package(B, C, path="plus-tard.json")
    outcome = desk.build()
    assert (outcome.report.published, outcome.report.duplicate) == (3, 1)
    assert desk.site == desk.clean_build()


def test_a_file_called_as_an_article_of_the_package_beside_it_is_refused(desk: Desk) -> None:
    desk.package(A, B)
    desk.write("flux#0123456789.txt", article("Un texte seul"))
    desk.write("autre#0123456789.txt", article("Un autre texte"))
    outcome = desk.build()
    assert [one.code for one in outcome.report.rejections] == ["E_SAME_ID"]
    assert desk.published()["Un autre texte"] == "autre#0123456789"


def test_one_feed_in_two_formats_beside_each_other_is_told_once(desk: Desk) -> None:
    desk.package(A, B)
    desk.package(A, B, path="flux.ninjs")
    outcome = desk.build()
    assert (outcome.report.published, outcome.report.duplicate) == (2, 2)
    assert desk.site == desk.clean_build()


def test_a_text_called_as_the_package_beside_it_takes_nothing_from_it(desk: Desk) -> None:
    desk.package(A, B)
    desk.build()
    ids = desk.published()
    desk.write("flux.txt", article("Un texte seul"))
    desk.build()
    assert desk.published() == {**ids, "Un texte seul": "flux"}
    assert desk.site == desk.clean_build()
    unpublished = Desk(desk.folder / "autre")
    unpublished.package(A, B)
    unpublished.build()
    unpublished.write("flux.txt", article("Un texte seul"))
    unpublished.build()
    assert unpublished.site == unpublished.clean_build()


def test_the_clock_publishes_an_article_of_a_package(desk: Desk) -> None:
    coming = {**C, "versioncreated": "2026-02-03T10:00:00Z"}
    desk.package(A, coming)
    assert desk.build().report.draft == 1
    later = replace(desk.settings.rules, now=NOW.replace(day=4))
    assert desk.build(rules=later).report.published == 2
    assert desk.site == desk.clean_build(rules=later)


# -- at the desk ---------------------------------------------------------------------------------


def numbered(desk: Desk, headline: str) -> str:
    """The name of an article as its file and number."""
    id_ = desk.published()[headline]
    return f"{PACKAGE}#{id_.rpartition('#')[2]}"


def test_an_editor_looks_into_a_package_or_at_one_article_of_it(
    desk: Desk, capsys: pytest.CaptureFixture[str]
) -> None:
    picture = {**C, "type": "picture", "body_text": "", "uri": "urn:agence:p"}
    desk.package(A, {**B, "versioncreated": ""}, picture, C)
    desk.build()
    inspect_paths([str(desk.content / PACKAGE)], desk.settings, as_json=True)
    told = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [(one["title"], one["status"]) for one in told] == [
        ("Le pont rouvre", "published"),
        (None, "rejected"),
        (None, "ignored"),
        ("Grève au musée", "published"),
    ]
    assert told[0]["path"] == str(desk.content / numbered(desk, "Le pont rouvre"))
    assert told[1]["error"]["message"].startswith("article 2 du fichier :")
    inspect_paths([told[3]["path"]], desk.settings, as_json=True)
    assert json.loads(capsys.readouterr().out)["title"] == "Grève au musée"


def test_an_article_of_a_package_is_corrected_moved_and_retracted_by_its_number(desk: Desk) -> None:
    desk.package(A, B)
    desk.build()
    bridge, port = numbered(desk, "Le pont rouvre"), numbered(desk, "Le port ferme")
    desk.package(C, replace_text(A, "Le pont a rouvert mardi et non lundi."), B)
    assert correct_article(desk.settings, bridge, "Le jour était faux.", False) == 0
    assert move_article(desk.settings, article_id(port), "port-ferme") == 0
    desk.build()
    assert "2026/01/15/port-ferme.html" in desk.site
    assert "Le jour était faux." in desk.site["2026/01/15/le-pont-rouvre.html"].decode()
    assert kill_article(desk.settings, port, Kill("Il n’a pas fermé.")) == 0
    desk.build()
    outcome = desk.build()
    assert (outcome.report.published, outcome.report.retracted) == (2, 1)
    assert desk.site == desk.clean_build()


def test_what_the_next_publication_would_meet_is_told_by_article(desk: Desk) -> None:
    desk.package(A, B)
    desk.build()
    bridge, port = numbered(desk, "Le pont rouvre"), numbered(desk, "Le port ferme")
    desk.package(C, item("a", "Le pont rouvre enfin", version="2"))
    with closing(read_store(desk.folder / "cache" / "archive.sqlite")) as store:
        archive = Archive(store, desk.settings.addresses, desk.settings.limits)
        items = status_of(desk.settings, archive).items
    strike = next(one.path for one in items if one.kind == "new")
    assert [(one.kind, one.path) for one in items] == [
        ("new", strike),
        ("edited", bridge),
        ("removed", port),
    ]
    assert package_of(strike) == PACKAGE
