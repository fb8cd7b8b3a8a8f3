"""What subscribers will see is told by each build, and not much comes to them twice without a word."""

from __future__ import annotations

import io
import json
import shutil
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from lxml import etree
from newsdigest.base.errors import BuildError, RemovalsError, ResendingError
from newsdigest.base.i18n import translations
from newsdigest.base.records import Site
from newsdigest.base.settings import ParseRules
from newsdigest.commands.correct import correct_article
from newsdigest.commands.kill import Kill, kill_article, undo_kill
from newsdigest.report import Report
from newsdigest.report_screen import show
from newsroom import NOW, Newsroom, article
from rich.console import Console

PONT = "Le pont de Saint-Orens rouvre"


@pytest.fixture
def newsroom(tmp_path: Path) -> Newsroom:
    """One that publishes by building, with five articles."""
    newsroom = Newsroom(tmp_path / "newsroom", publishes=True)
    newsroom.write("pont.txt", article(PONT))
    for number in range(4):
        newsroom.write(f"{number}.txt", article(f"La nouvelle {number}", f"2026-01-1{number}"))
    newsroom.build()
    return newsroom


def later(hours: float) -> ParseRules:
    return ParseRules(now=NOW + timedelta(hours=hours))


def counts(report: Report) -> tuple[int, int, int, int]:
    """(new, updated, withdrawn, reappearing)."""
    seen = report.as_json(str)["subscribers"]
    assert list(seen) == ["new", "updated", "withdrawn", "reappearing"]
    return tuple(seen.values())


def screen(report: Report, lang: str = "fr") -> str:
    console = Console(file=io.StringIO(), width=200)
    show(report, console, translations(lang).gettext, "content")
    assert isinstance(console.file, io.StringIO)
    return console.file.getvalue()


def test_the_first_build_gives_what_there_is(tmp_path: Path) -> None:
    newsroom = Newsroom(tmp_path, publishes=True)
    newsroom.write("pont.txt", article(PONT))
    newsroom.write("draft.txt", article("Demain", "2026-03-01"))
    assert counts(newsroom.build().report) == (1, 0, 0, 0)
    assert counts(newsroom.build().report) == (0, 0, 0, 0)


def test_a_day_of_news_edits_and_removals_is_one_line(newsroom: Newsroom) -> None:
    for name in "abc":
        newsroom.write(f"{name}.txt", article(f"Une affaire {name}"))
    newsroom.write("pont.txt", article(PONT, text="Il rouvre demain."))
    (newsroom.content / "0.txt").unlink()
    report = newsroom.build(rules=later(1)).report
    assert counts(report) == (3, 1, 1, 0)
    told = "Abonnés    3 nouvelles, 1 mise à jour, 1 retirée, 0 réapparition\n"
    assert told in screen(report)
    assert "3 new entries, 1 update, 1 withdrawn, 0 reappearance" in screen(report, "en")


def test_what_shows_nothing_to_readers_counts_nothing(newsroom: Newsroom) -> None:
    (newsroom.content / "pont.txt").rename(newsroom.content / "passerelle.txt")
    assert counts(newsroom.build(rules=later(1)).report) == (0, 0, 0, 0)
    shutil.rmtree(newsroom.folder / "cache")
    assert counts(newsroom.build(rules=later(2)).report) == (0, 0, 0, 0)
    text = (newsroom.content / "0.txt").read_text(encoding="utf-8")
    newsroom.write("0.txt", text.replace("\n", "\r\n"))
    assert counts(newsroom.build(rules=later(3)).report) == (0, 0, 0, 0)


def test_an_article_taken_away_and_brought_back_is_known(newsroom: Newsroom) -> None:
    text = (newsroom.content / "pont.txt").read_text(encoding="utf-8")
    (newsroom.content / "pont.txt").unlink()
    assert counts(newsroom.build(rules=later(1)).report) == (0, 0, 1, 0)
    newsroom.write("pont.txt", text)
    assert counts(newsroom.build(rules=later(2)).report) == (0, 0, 0, 0)


def test_a_retraction_and_its_end_are_one_entry_each(newsroom: Newsroom) -> None:
    told = Kill("Elle n’a pas eu lieu.")
    assert kill_article(newsroom.settings, "pont", told) == 0
    assert counts(newsroom.build(rules=later(1)).report) == (0, 0, 1, 0)
    assert undo_kill(newsroom.settings, "pont") == 0
    assert counts(newsroom.build(rules=later(2)).report) == (0, 1, 0, 0)


COPIED = (
    "Le bac qui relie Lestrane à l'île d'Aurvec a heurté un ponton dans la nuit de mercredi à jeudi, blessant"
    " neuf des douze passagers, qui ont quitté le bord avant minuit, a indiqué la capitainerie."
)


def test_a_copy_is_new_only_if_it_never_stood_in_the_feeds(newsroom: Newsroom) -> None:
    newsroom.write("bac.txt", article("Le bac heurte un ponton", "2026-01-14", COPIED))
    newsroom.write("ponton.txt", article("Neuf blessés à Aurvec", "2026-01-15", COPIED))
    newsroom.write("ouvrage.txt", article("Un ponton d'Aurvec heurté", "2026-01-15"))
    assert counts(newsroom.build(rules=later(1)).report) == (2, 0, 0, 0)
    # One that subscribers have becomes a copy, and is none any more.
    newsroom.write("ouvrage.txt", article("Un ponton d'Aurvec heurté", "2026-01-15", COPIED))
    assert newsroom.build(rules=later(2)).report.folded == 2
    said = "".join(
        f'[[apart]]\narticle = "{one}"\nother = "{other}"\n'
        for one, other in (("bac", "ponton"), ("bac", "ouvrage"), ("ouvrage", "ponton"))
    )
    newsroom.write("decisions.toml", said)
    report = newsroom.build(rules=later(3)).report
    assert report.folded == 0
    assert counts(report) == (1, 0, 0, 0)


def test_a_copy_that_left_and_comes_back_as_none_is_new(newsroom: Newsroom) -> None:
    newsroom.write("bac.txt", article("Le bac heurte un ponton", "2026-01-14", COPIED))
    newsroom.write("ponton.txt", article("Neuf blessés à Aurvec", "2026-01-15", COPIED))
    assert counts(newsroom.build(rules=later(1)).report) == (1, 0, 0, 0)
    (newsroom.content / "ponton.txt").unlink()
    newsroom.build(rules=later(2))
    newsroom.write("ponton.txt", article("Aurvec soigne ses blessés", "2026-01-15"))
    assert counts(newsroom.build(rules=later(3)).report)[0] == 1


def test_an_edit_declared_minor_afterwards_updates_nothing(newsroom: Newsroom) -> None:
    newsroom.write("pont.txt", article(PONT, text="Il rouvre demain."))
    assert counts(newsroom.build(rules=later(1)).report) == (0, 1, 0, 0)
    settings = replace(newsroom.settings, rules=later(2))
    assert correct_article(settings, "pont", "", minor=True) == 0
    assert counts(newsroom.build(rules=later(2)).report) == (0, 0, 0, 0)


def test_a_draft_is_new_on_its_day(newsroom: Newsroom) -> None:
    newsroom.write("draft.txt", article("Demain", "2026-02-02"))
    assert counts(newsroom.build(rules=later(1)).report) == (0, 0, 0, 0)
    assert counts(newsroom.build(rules=later(40)).report) == (1, 0, 0, 0)


def test_a_site_that_begins_its_ledger_sends_nothing_again(tmp_path: Path) -> None:
    newsroom = Newsroom(tmp_path)
    newsroom.write("pont.txt", article(PONT))
    newsroom.build()
    assert counts(newsroom.build(publishes=True).report) == (0, 0, 0, 0)
    shutil.rmtree(newsroom.folder / "cache")
    assert counts(newsroom.build(publishes=True).report) == (0, 0, 0, 0)


# -- what comes once more ------------------------------------------------------------------------


def test_a_file_renamed_and_edited_at_once_reappears(newsroom: Newsroom) -> None:
    """Under another id: its readers have it, and get it as new."""
    (newsroom.content / "pont.txt").unlink()
    newsroom.write("viaduc.txt", article(PONT, text="Il rouvre demain, dit la mairie."))
    report = newsroom.build(rules=later(1)).report
    assert counts(report) == (0, 0, 0, 1)
    assert report.subscribers.reappearing == [("pont", "viaduc")]
    assert "Renvoyés aux abonnés\n  pont -> viaduc\n" in screen(report)


def test_a_file_renamed_where_no_ledger_knows_it_reappears(tmp_path: Path) -> None:
    newsroom = Newsroom(tmp_path)
    newsroom.write("pont.txt", article(PONT))
    newsroom.build()
    (newsroom.content / "pont.txt").rename(newsroom.content / "viaduc.txt")
    assert counts(newsroom.build().report) == (0, 0, 0, 1)


def test_another_dispatch_in_the_place_of_one_removed_is_new(newsroom: Newsroom) -> None:
    (newsroom.content / "pont.txt").unlink()
    newsroom.write("viaduc.txt", article("Le viaduc de Belrive ferme"))
    assert counts(newsroom.build(rules=later(1)).report) == (1, 0, 1, 0)


def test_ids_that_change_with_a_setting_reappear(tmp_path: Path) -> None:
    newsroom = Newsroom(tmp_path)
    newsroom.write("pont.txt", article(PONT))
    newsroom.build()
    other = Site(feed_id_authority="autre.example,2026")
    assert counts(newsroom.build(site=other).report) == (0, 0, 0, 1)
    assert counts(newsroom.build(site=other).report) == (0, 0, 0, 0)


def test_with_a_ledger_they_do_not(newsroom: Newsroom) -> None:
    other = Site(feed_id_authority="autre.example,2026")
    assert counts(newsroom.build(site=other).report) == (0, 0, 0, 0)


def test_a_line_taken_from_the_ledger_is_seen(newsroom: Newsroom) -> None:
    """Its article was renamed since: without its line it has another id."""
    (newsroom.content / "pont.txt").rename(newsroom.content / "viaduc.txt")
    newsroom.build(rules=later(1))
    month = newsroom.content / "ledger" / "2026-01.jsonl"
    lines = month.read_text(encoding="utf-8").splitlines()
    kept = [line for line in lines if json.loads(line)["id"] != "pont"]
    month.write_text("".join(f"{line}\n" for line in kept), encoding="utf-8")
    assert counts(newsroom.build(rules=later(2)).report)[3] == 1


# -- much of it stops the build --------------------------------------------------------------------

MANY = 23


@pytest.fixture
def many(tmp_path: Path) -> Newsroom:
    newsroom = Newsroom(tmp_path / "newsroom", publishes=True)
    for number in range(MANY):
        newsroom.write(f"{number:02}.txt", article(f"La nouvelle {number}"))
    newsroom.build()
    return newsroom


def edited(newsroom: Newsroom, count: int) -> None:
    for number in range(count):
        newsroom.write(f"{number:02}.txt", article(f"La nouvelle {number}", text="Autre chose."))


def renamed_and_edited(newsroom: Newsroom, count: int) -> None:
    for number in range(count):
        (newsroom.content / f"{number:02}.txt").unlink()
        text = article(f"La nouvelle {number}", text=f"Autre chose, {number}.")
        newsroom.write(f"neuf/{number}.txt", text)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (edited, "0 as new, 0 at another address, 21 edited and not declared"),
        (renamed_and_edited, "21 as new, 0 at another address, 0 edited and not declared"),
    ],
)
def test_many_come_once_more_only_when_it_is_meant(
    many: Newsroom, change: Callable[[Newsroom, int], None], said: str
) -> None:
    change(many, 21)
    before = many.site
    for _time in range(2):  # the next build has not forgotten
        with pytest.raises(ResendingError) as refused:
            many.build(rules=later(1), allow_removals=True)
        assert (refused.value.exitcode, many.site) == (4, before)
        assert said in str(refused.value)
        assert "type: invoke build --allow-resending" in str(refused.value)
    report = many.build(rules=later(1), allow_removals=True, allow_resending=True).report
    assert sum(counts(report)) == 21
    assert many.site == many.clean_build(rules=later(1))


def test_as_many_as_the_setting_says_come_without_a_word(many: Newsroom) -> None:
    edited(many, 20)
    assert counts(many.build(rules=later(1)).report) == (0, 20, 0, 0)
    edited(many, 0)
    many.write("22.txt", article("La nouvelle 22", text="Autre chose."))
    with pytest.raises(ResendingError):
        many.build(rules=later(2), resent_most=0)


def test_other_addresses_are_no_small_matter(tmp_path: Path) -> None:
    """Without a ledger a setting moves every article; with one, none."""
    newsroom = Newsroom(tmp_path / "newsroom")
    for number in range(MANY):
        newsroom.write(f"{number:02}.txt", article(f"La nouvelle {number}"))
    newsroom.build()
    elsewhere = replace(
        newsroom.settings.addresses,
        own=(("ARTICLE_URL", "depeches/{date:%Y}/{date:%m}/{date:%d}/{slug}.html"),),
    )
    with pytest.raises(ResendingError) as refused:
        newsroom.build(addresses=elsewhere)
    assert "0 as new, 23 at another address" in str(refused.value)
    newsroom.build(publishes=True)
    newsroom.build(publishes=True, addresses=elsewhere)


# -- where readers see what is published, and not what is built ---------------------------------------


@pytest.fixture
def apart(tmp_path: Path) -> Newsroom:
    """One with a target, which published five articles."""
    newsroom = Newsroom(tmp_path / "newsroom", target=str(tmp_path / "public"))
    for number in range(5):
        newsroom.write(f"{number}.txt", article(f"La nouvelle {number}", f"2026-01-1{number}"))
    newsroom.build()
    assert counts(publish(newsroom, 0)) == (5, 0, 0, 0)
    return newsroom


def publish(newsroom: Newsroom, hours: float, **changes: Any) -> Report:
    given = {"publishes": True, "releases": True, "command": "invoke publish", **changes}
    return newsroom.build(rules=later(hours), **given).report


def test_a_publication_tells_what_all_builds_since_the_last_one_changed(apart: Newsroom) -> None:
    for number in range(3):
        apart.write(f"neuf-{number}.txt", article(f"Du neuf {number}"))
    assert counts(apart.build(rules=later(1)).report) == (3, 0, 0, 0)
    apart.write("0.txt", article("La nouvelle 0", "2026-01-10", text="Autre chose."))
    assert counts(apart.build(rules=later(2)).report) == (3, 1, 0, 0)
    (apart.content / "1.txt").unlink()
    assert counts(apart.build(rules=later(3)).report) == (3, 1, 1, 0)
    assert counts(apart.build(rules=later(4)).report) == (3, 1, 1, 0)
    assert counts(publish(apart, 5)) == (3, 1, 1, 0)
    assert counts(publish(apart, 6)) == (0, 0, 0, 0)


def test_what_came_and_went_between_two_publications_was_nothing(apart: Newsroom) -> None:
    kept = (apart.content / "1.txt").read_text(encoding="utf-8")
    apart.write("neuf.txt", article("Du neuf"))
    (apart.content / "1.txt").unlink()
    assert counts(apart.build(rules=later(1)).report) == (1, 0, 1, 0)
    apart.write("1.txt", kept)
    (apart.content / "neuf.txt").unlink()
    assert counts(apart.build(rules=later(2)).report) == (0, 0, 0, 0)
    assert counts(publish(apart, 3)) == (0, 0, 0, 0)


def test_a_retraction_waits_for_the_publication_as_the_rest_does(apart: Newsroom) -> None:
    assert kill_article(apart.settings, "2", Kill("Elle n’a pas eu lieu.")) == 0
    assert counts(apart.build(rules=later(1)).report) == (0, 0, 1, 0)
    assert counts(publish(apart, 2)) == (0, 0, 1, 0)
    assert undo_kill(apart.settings, "2") == 0
    apart.build(rules=later(3))
    assert counts(publish(apart, 4)) == (0, 1, 0, 0)


def test_a_dispatch_under_another_id_is_one_until_it_is_published(apart: Newsroom) -> None:
    (apart.content / "3.txt").unlink()
    apart.write("trois.txt", article("La nouvelle 3", "2026-01-13", text="Elle est revue."))
    assert counts(apart.build(rules=later(1)).report) == (0, 0, 0, 1)
    apart.write("neuf.txt", article("Du neuf"))
    assert counts(apart.build(rules=later(2)).report) == (1, 0, 0, 1)
    report = publish(apart, 3)
    assert (counts(report), report.subscribers.reappearing) == ((1, 0, 0, 1), [("3", "trois")])


def test_a_lost_memory_counts_nothing_as_new(apart: Newsroom) -> None:
    shutil.rmtree(apart.folder / "cache")
    apart.write("neuf.txt", article("Du neuf"))
    assert counts(apart.build(rules=later(1)).report) == (1, 0, 0, 0)
    assert counts(publish(apart, 2)) == (1, 0, 0, 0)


def test_the_publication_stops_for_what_several_builds_took_away(apart: Newsroom) -> None:
    """Few each time, many for readers; a build that nobody sees is not stopped for them."""
    for number in range(3):
        (apart.content / f"{number}.txt").unlink()
        apart.build(rules=later(number), removals_most=1)
    with pytest.raises(RemovalsError) as refused:
        publish(apart, 4, removals_most=1)
    assert refused.value.exitcode == 4
    assert "3 of 5 published articles would leave" in str(refused.value)
    assert "type: invoke publish --allow-removals" in str(refused.value)
    assert counts(publish(apart, 4, removals_most=1, allow_removals=True)) == (0, 0, 3, 0)


def test_the_publication_stops_for_what_would_come_twice(apart: Newsroom) -> None:
    for number in range(3):
        again = article(f"La nouvelle {number}", f"2026-01-1{number}", text="Autre chose.")
        apart.write(f"{number}.txt", again)
        apart.build(rules=later(number), resent_most=1)
    with pytest.raises(ResendingError) as refused:
        publish(apart, 4, resent_most=1)
    assert "3 edited and not declared" in str(refused.value)
    assert "type: invoke publish --allow-resending" in str(refused.value)
    assert counts(publish(apart, 4, resent_most=1, allow_resending=True)) == (0, 3, 0, 0)


def test_a_clock_gone_back_is_told_with_the_command_that_was_typed(apart: Newsroom) -> None:
    apart.build(rules=later(5))
    with pytest.raises(BuildError) as refused:
        publish(apart, 4)
    assert "type: invoke publish --allow-clock-back" in str(refused.value)


def test_a_newer_version_updates_the_entry_of_the_first_and_says_what_it_adds(
    tmp_path: Path,
) -> None:
    text = (
        "Un incendie a détruit lundi l'entrepôt de grains du port de Belrive, où douze ouvriers ont été"
        " blessés.\n\nLe feu a pris vers 6 heures dans un silo, selon la préfecture, et s'est étendu au"
        " quai voisin que les pompiers ont fait évacuer."
    )
    added = "Une enquête a été confiée au parquet de Valmont, qui soupçonne une étincelle."
    newsroom = Newsroom(tmp_path, publishes=True)
    newsroom.write("a.txt", article("Belrive : un incendie au port", "2026-01-05T12:05", text))
    newsroom.build()
    before = entry_of(newsroom)
    newsroom.write(
        "b.txt",
        article("Belrive : une enquête sur le feu", "2026-01-05T14:20", f"{text}\n\n{added}"),
    )
    assert counts(newsroom.build().report) == (0, 1, 0, 0)
    after = entry_of(newsroom)
    for name in ("id", "published"):
        assert after[name] == before[name]
    assert before["updated"].startswith("2026-01-05T12:05")
    assert after["updated"].startswith("2026-01-05T14:20")
    assert after["title"] == "Belrive\xa0: une enquête sur le feu"
    assert (
        f"Mis à jour à 14\xa0h\xa020\xa0: {added.replace(chr(39), chr(8217))}" in after["content"]
    )
    assert "confiée" not in before["content"]


def entry_of(newsroom: Newsroom) -> dict[str, str]:
    """The one entry of the feed of all articles, by the names of its elements."""
    root = etree.fromstring(newsroom.site["feeds/all.atom"])
    (entry,) = root.iterfind("{*}entry")
    return {etree.QName(part).localname: part.text or "" for part in entry}
