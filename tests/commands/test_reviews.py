"""What the editors' commands tell of a built archive: links, copies, stories, and one article's ties."""

from __future__ import annotations

import json
import tomllib
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from newsdigest.base.link_reasons import Cause, Change, Difference, LinkReason
from newsdigest.base.records import Membership, StoryCard
from newsdigest.commands.links_review import review_links, toml_text
from newsdigest.commands.show import describe_reason, show_articles, why_member
from newsdigest.commands.stories_review import review_doubles, review_stories, share_told
from newsdigest.relate.decisions import read_decisions
from newsroom import Newsroom, article

BRIDGE = (
    "La passerelle des Tisserands, à Corvanne, a été rouverte mercredi par Anna Korvat après six"
    " mois de travaux. Les piétons peuvent de nouveau traverser la Lenne sans détour, a annoncé la"
    " mairie dans un communiqué publié en fin de matinée. Le chantier a coûté quatre millions de"
    " couronnes, un peu plus que prévu, et doit être suivi d'une seconde tranche sur la rive gauche"
    " avant la fin de l'année."
)
NEXT = (
    "Anna Korvat a promis à Corvanne que la seconde tranche de la passerelle des Tisserands, sur la"
    " rive gauche de la Lenne, commencerait au printemps."
)
VISIT = (
    "Casque sur la tête, Anna Korvat a parcouru vendredi à Corvanne le chantier de la passerelle des"
    " Tisserands. Les ouvriers de la Lenne lui ont montré les pieux déjà battus."
)
SLUG = "corvanne-rouvre-la-passerelle-des-tisserands"
RICE = "Les rizières du delta ont souffert de la crue, selon les coopératives."


@pytest.fixture(scope="module")
def newsroom(tmp_path_factory: pytest.TempPathFactory) -> Newsroom:
    newsroom = Newsroom(tmp_path_factory.mktemp("reviews"), editor_lang="en")
    for path, text in {
        "ville/a": article("Corvanne rouvre la passerelle des Tisserands", "2026-01-05", BRIDGE),
        "ville/b": article(
            "La passerelle des Tisserands rouverte à Corvanne",
            "2026-01-06",
            BRIDGE + " Un feu d'artifice sera tiré.",
        ).replace("AFP/VNA", "Xinhua/VNA"),
        "ville/c": article(
            "Anna Korvat promet une seconde tranche à Corvanne",
            "2026-01-08",
            NEXT,
            (
                "EN DIRECT : Corvanne rouvre la passerelle des Tisserands",
                "Le maire de Corvanne renonce",
            ),
        ),
        "ville/d": article(
            "Anna Korvat visite le chantier de la passerelle de Corvanne",
            "2026-01-09",
            VISIT,
            ("Anna Korvat promet une seconde tranche à Corvan…",),
        ),
        "eco/riz-1": article("Le riz recule de 3 % en octobre", "2025-11-03", RICE),
        "eco/riz-2": article("Grève dans les coopératives du delta", "2025-12-08", "On attend."),
        "eco/riz-3": article("Grève dans les coopératives du delta", "2025-12-28", "On négocie."),
        "eco/riz-4": article(
            "Les coopératives comptent leurs pertes",
            "2026-01-10",
            "Les comptes sont longs.",
            (
                "Grève dans les coopératives du delta",
                "Le riz recule de 4 % en octobre",
                "Le maire de Corvanne renonce",
            ),
        ),
    }.items():
        newsroom.write(f"{path}.txt", text)
    newsroom.build()
    return newsroom


def printed(capsys: pytest.CaptureFixture[str], code: int, expected: int = 0) -> list[str]:
    assert code == expected
    return capsys.readouterr().out.splitlines()


def decided(lines: list[str]) -> str:
    """The lines to paste, as pasted."""
    marks = ("[[", "article =", "headline =", "target =", "other =", "to =", "title =", "#")
    return "\n".join(line.strip() for line in lines if line.strip().startswith(marks))


def copied(newsroom: Newsroom, folder: Path, decisions: str) -> Newsroom:
    """The same articles, built with these decisions."""
    other = Newsroom(folder, editor_lang="en")
    for file in newsroom.content.rglob("*.txt"):
        other.write(file.relative_to(newsroom.content).as_posix(), file.read_text("utf-8"))
    other.write("decisions.toml", decisions)
    other.build()
    return other


def records(newsroom: Newsroom, capsys: pytest.CaptureFixture[str]) -> dict[str, dict[str, Any]]:
    lines = printed(capsys, show_articles(None, newsroom.settings, as_json=True))
    return {record["id"]: record for record in map(json.loads, lines)}


# -- links -----------------------------------------------------------------------------------------


def test_the_counts_of_all_lines_and_the_newest_of_each_kind(newsroom, capsys):
    lines = printed(capsys, review_links(newsroom.settings, False, False, ""))
    assert lines == [
        "Lines: 6",
        "linked, headline cut off: 1",
        "  2026-01-09  ville/d  >> Anna Korvat promet une seconde tranche à Corvan…  = ville/c"
        "  (cut off at the end)",
        "linked, headline nearly the same: 1",
        "  2026-01-08  ville/c  >> EN DIRECT : Corvanne rouvre la passerelle des Tisserands"
        "  = ville/a  (the same words, a flag apart)",
        "ambiguous: 1",
        "  2026-01-10  eco/riz-4  >> Grève dans les coopératives du delta"
        "  (2 articles have this headline)",
        "waiting: 3",
        "  2026-01-10  eco/riz-4  >> Le riz recule de 4 % en octobre",
        "  2026-01-10  eco/riz-4  >> Le maire de Corvanne renonce",
        "  2026-01-08  ville/c  >> Le maire de Corvanne renonce",
    ]


def test_each_waiting_headline_once_with_the_nearest_and_what_keeps_it_apart(newsroom, capsys):
    lines = printed(capsys, review_links(newsroom.settings, True, False, ""))
    assert lines == [
        "Waiting headlines: 2",
        ">> Le maire de Corvanne renonce",
        "  articles that cite it: 2, since 2026-01-08; the newest: eco/riz-4",
        ">> Le riz recule de 4 % en octobre",
        "  articles that cite it: 1, since 2026-01-10; the newest: eco/riz-4",
        "  nearest headline: eco/riz-1  2025-11-03  Le riz recule de 3 % en octobre",
        "    it is dated more than 45 days before",
        "    the numbers differ: 4 / 3",
    ]


def test_an_ambiguous_line_comes_with_its_candidates_and_the_decision_to_paste(newsroom, capsys):
    lines = printed(capsys, review_links(newsroom.settings, False, True, ""))
    assert lines[2:4] == [
        "  eco/riz-3  2025-12-28  Grève dans les coopératives du delta",
        "  eco/riz-2  2025-12-08  Grève dans les coopératives du delta",
    ]
    decisions = read_decisions(decided(lines))
    assert list(decisions.links.values()) == ["eco/riz-3"]
    assert '# target = "eco/riz-2"' in decided(lines)


def test_the_decision_pasted_settles_the_line(tmp_path: Path, newsroom, capsys):
    lines = printed(capsys, review_links(newsroom.settings, False, True, ""))
    other = copied(newsroom, tmp_path, decided(lines))
    lines = printed(capsys, review_links(other.settings, False, True, ""))
    assert lines == ["Ambiguous lines: 0"]
    lines = printed(capsys, review_links(other.settings, False, False, "grève dans les"))
    assert lines == [
        "2026-01-10  eco/riz-4  >> Grève dans les coopératives du delta",
        "  linked by decision: decided by the editors",
        "  = eco/riz-3  2025-12-28  Grève dans les coopératives du delta",
    ]


def test_two_like_headlines_are_candidates_too(tmp_path: Path, capsys):
    newsroom = Newsroom(tmp_path, editor_lang="en")
    newsroom.write("a.txt", article("Le port de Brô ouvre ses quais", "2026-01-03", "Un."))
    newsroom.write("b.txt", article("Le port de Brô ouvre ces quais", "2026-01-04", "Deux."))
    line = "Le port de Brô ouvre quais"
    newsroom.write("c.txt", article("Après l'ouverture", "2026-01-06", "Trois.", (line,)))
    newsroom.build()
    lines = printed(capsys, review_links(newsroom.settings, False, True, ""))
    assert lines[1] == f"2026-01-06  c  >> {line}  (2 articles have a headline like this one)"
    assert [text.split()[0] for text in lines[2:4]] == ["b", "a"]


def test_why_a_line_means_what_it_means_by_its_headline_or_a_part_of_it(newsroom, capsys):
    whole = "EN DIRECT : Corvanne rouvre la passerelle des Tisserands"
    for asked in (whole, "rouvre la passerelle"):
        assert printed(capsys, review_links(newsroom.settings, False, False, asked)) == [
            f"2026-01-08  ville/c  >> {whole}",
            "  linked, headline nearly the same: the same words, a flag apart",
            "  = ville/a  2026-01-05  Corvanne rouvre la passerelle des Tisserands",
        ]


@pytest.mark.parametrize("asked", ["Aucun titre ainsi", "…", "\x1b[2J"])
def test_a_headline_no_line_has_is_told_on_stderr(newsroom, capsys, asked):
    assert review_links(newsroom.settings, False, False, asked) == 1
    told = capsys.readouterr()
    assert told.out == ""
    assert "\x1b" not in told.err
    assert len(told.err.splitlines()) == 1


def by(*differences: Difference) -> LinkReason:
    return LinkReason(Cause.DIFFERENCES, differences=differences)


REASONS = [
    (LinkReason(Cause.UNKNOWN), "no article has this headline"),
    (LinkReason(Cause.SAME_HEADLINE), "an article has this very headline"),
    (
        LinkReason(Cause.NEAREST_NAMESAKE),
        "the only one of this headline in the 45 days before",
    ),
    (LinkReason(Cause.NAMESAKES, 12), "12 articles have this headline"),
    (LinkReason(Cause.ALIKE, 2), "2 articles have a headline like this one"),
    (LinkReason(Cause.TOO_MANY, 500), "more than 500 articles have words of this headline"),
    (LinkReason(Cause.DECIDED), "decided by the editors"),
    (LinkReason(Cause.DECIDED_UNPUBLISHED), "decided by the editors, not published yet"),
    (LinkReason(Cause.RETRACTED), "the dispatch was retracted"),
    (LinkReason(Cause.RETRACTED_NAMED), "the dispatch was retracted, its headline kept"),
    (
        by(Difference(Change.FLAG), Difference(Change.TRUNCATED)),
        "the same words, a flag apart, cut off at the end",
    ),
    (
        by(Difference(Change.PARTS_SWAPPED)),
        "the parts around the colon have changed places",
    ),
    (by(Difference(Change.FUNCTION_WORD, "de")), "a function word apart: de"),
    (by(Difference(Change.FUNCTION_WORD, "", "{de}")), "a function word apart: {de}"),
    (
        by(Difference(Change.FUNCTION_WORD, "le", "la")),
        "one function word for another: le for la",
    ),
    (
        by(Difference(Change.INFLECTION, "ouvre", "ouvrent")),
        "an inflection: ouvre for ouvrent",
    ),
    (
        by(Difference(Change.TYPO, "passrelle", "passerelle")),
        "a slip of the pen: passrelle for passerelle",
    ),
    (by(Difference(Change.WORD_DROPPED, "", "hier")), "a word left out: hier"),
]


@pytest.mark.parametrize(("reason", "told"), REASONS)
def test_every_reason_is_told_in_words_and_kept_as_it_is(reason: LinkReason, told: str):
    assert describe_reason(reason, str) == told
    assert LinkReason.unpacked(reason.packed()) == reason


def test_no_cause_and_no_change_is_left_without_words():
    assert {reason.cause for reason, _ in REASONS} == set(Cause)
    assert {one.change for reason, _ in REASONS for one in reason.differences} == set(Change)


@pytest.mark.parametrize(
    "text", ['de "x" \\ y', "a\u00a0: b", "\x1b[1m\x7f", "\u202eabc", "\U000e0041", "Đà Nẵng — œ"]
)
def test_a_text_to_paste_reads_back_the_same_and_moves_no_terminal(text: str):
    assert tomllib.loads(f"a = {toml_text(text)}") == {"a": text}
    assert toml_text(text).isprintable()


# -- copies ----------------------------------------------------------------------------------------


def test_folded_copies_stand_under_their_leader_with_what_splits_them(newsroom, capsys):
    lines = printed(capsys, review_doubles(newsroom.settings))
    assert lines[1] == (
        "ville/a  2026-01-05  AFP/VNA/CVN  Corvanne rouvre la passerelle des Tisserands"
    )
    assert lines[2].startswith("  ville/b  2026-01-06  Xinhua/VNA/CVN  ")
    assert lines[2].endswith("in common: 100 %")
    assert read_decisions(decided(lines)).apart == {("ville/a", "ville/b")}


def test_a_copy_of_a_copy_says_by_way_of_which():
    assert [share_told(0.875, "a", str), share_told(0.0, "b", str)] == [
        "in common: 88 %",
        "by way of b",
    ]


def test_what_is_pasted_takes_copies_and_stories_apart(tmp_path: Path, newsroom, capsys):
    lines = printed(capsys, review_doubles(newsroom.settings))
    lines += printed(capsys, review_stories(newsroom.settings, [SLUG]))
    other = copied(newsroom, tmp_path, decided(lines))
    found = records(other, capsys)
    assert found["ville/b"]["duplicate_of"] is None
    assert found["ville/b"]["story"]["slug"] == SLUG
    assert found["ville/d"]["story"] is None
    assert printed(capsys, review_doubles(other.settings))[1:] == []


def test_an_archive_without_copies_says_so(tmp_path: Path, capsys):
    newsroom = Newsroom(tmp_path, editor_lang="en")
    newsroom.write("a.txt", article("Un seul article"))
    newsroom.build()
    assert printed(capsys, review_doubles(newsroom.settings)) == [
        "Folded copies: 0; articles they are folded under: 0"
    ]


# -- stories ---------------------------------------------------------------------------------------


def test_the_stories_and_how_long_they_ran(newsroom, capsys):
    lines = printed(capsys, review_stories(newsroom.settings, []))
    assert lines[0] == "Stories with a page: 1; of two articles, without one: 0"
    assert lines[1].startswith(f"{SLUG}  ")
    assert lines[2] == "  articles 3, from 2026-01-05 to 2026-01-09; running"


def test_a_story_tells_why_each_article_is_in_it_and_what_may_be_decided(newsroom, capsys):
    lines = printed(capsys, review_stories(newsroom.settings, [SLUG]))
    assert lines[2] == f"  /dossiers/{SLUG}/"
    at = lines.index("  1. 2026-01-05  ville/a  Corvanne rouvre la passerelle des Tisserands")
    assert lines[at + 1] == "     the story's first article"
    assert lines[at + 2].startswith("  2. 2026-01-08  ville/c  ")
    assert lines[at + 3].startswith("     it cites an earlier article of the story (ville/a)")
    assert lines[at + 4].startswith("  3. 2026-01-09  ville/d  ")
    assert lines[at + 5].startswith("     it cites an earlier article of the story (ville/c)")
    assert "    2026-01-08  >> Le maire de Corvanne renonce" in lines
    stories = read_decisions(decided(lines[at + 6 :])).stories
    assert stories.splits == {"ville/d"}
    assert stories.joins == {"ID": "ville/a"}
    assert list(stories.titles) == ["ville/a"]


def test_a_story_nobody_knows_is_told_and_the_others_are_shown(newsroom, capsys):
    assert review_stories(newsroom.settings, ["inconnu", SLUG]) == 1
    told = capsys.readouterr()
    assert "inconnu" in told.err
    assert SLUG in told.out


@pytest.mark.parametrize(
    ("membership", "told"),
    [
        (("", (), ()), "other articles of the story follow it"),
        (("decision", (), ()), "decided by the editors (a/b)"),
        (
            ("cited", (), ("quai",)),
            "it cites an earlier article of the story (a/b); words in common: quai",
        ),
        (
            ("similar", ("Brô",), ()),
            "it is like an earlier article of the story (a/b); names in common: Brô",
        ),
    ],
)
def test_why_a_later_article_is_in_a_story(membership: tuple[Any, ...], told: str):
    story = StoryCard("Brô", "bro", "", 2, "2026-01-01", "2026-01-02")
    parent = "a/b" if membership[0] else None
    assert why_member(Membership(story, *membership), False, str, parent) == told


# -- one article -----------------------------------------------------------------------------------


def test_a_folded_copy_is_published_and_names_its_leader(newsroom, capsys):
    found = records(newsroom, capsys)
    assert (found["ville/b"]["status"], found["ville/b"]["duplicate_of"]) == (
        "published",
        "ville/a",
    )
    assert found["ville/b"]["url"] == (
        "/2026/01/06/la-passerelle-des-tisserands-rouverte-a-corvanne.html"
    )
    assert found["ville/b"]["story"] is None
    assert found["ville/a"]["duplicates"] == ["ville/b"]
    assert found["ville/a"]["duplicate_of"] is None


def test_an_article_tells_its_place_in_its_story_and_why_it_has_it(newsroom, capsys):
    found = records(newsroom, capsys)
    story = found["ville/c"]["story"]
    assert story["slug"] == SLUG
    assert (story["position"], story["size"]) == (2, 3)
    assert story["reason"].startswith("it cites an earlier article of the story; ")
    assert found["ville/a"]["story"]["reason"] == "the story's first article"
    assert found["eco/riz-1"]["story"] is None


def test_a_suggestion_says_what_both_articles_have_in_common(newsroom, capsys):
    found = records(newsroom, capsys)
    suggested = {one["id"]: one["reason"] for one in found["ville/d"]["suggestions"]}
    assert list(suggested) == ["ville/a"]
    assert "Anna Korvat" in suggested["ville/a"]
    assert found["ville/a"]["suggestions"] == []


def test_the_paragraph_shows_the_same_ties(newsroom, capsys):
    lines = printed(capsys, show_articles(["ville/d"], newsroom.settings, as_json=False))
    marks = [line.split()[0] for line in lines[3:]]
    assert marks[:3] == [">>", "~", "#"]
    assert f"  # {SLUG}  3/3  " in "\n".join(lines)


# -- before the first build --------------------------------------------------------------------------


def test_without_a_build_every_review_says_so(tmp_path: Path, capsys):
    settings = replace(Newsroom(tmp_path).settings, editor_lang="en")
    assert review_links(settings, False, False, "") == 1
    assert review_doubles(settings) == 1
    assert review_stories(settings, []) == 1
    assert show_articles(None, settings, as_json=False) == 1
    told = capsys.readouterr()
    assert told.out == ""
    assert set(told.err.splitlines()) == {"Nothing was built yet: run invoke build."}


def test_the_nearest_headline_may_be_one_that_an_article_has_no_more(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    newsroom = Newsroom(tmp_path / "newsroom", editor_lang="en", publishes=True)
    newsroom.write("pont.txt", article("Le pont de Corvanne coûte 12 millions", "2026-01-05"))
    newsroom.build()
    newsroom.write("pont.txt", article("Un ouvrage hors de prix", "2026-01-05"))
    cited = ("Le pont de Corvanne coûte 15 millions",)
    newsroom.write("suite.txt", article("La suite", "2026-01-08", related=cited))
    newsroom.build()
    lines = printed(capsys, review_links(newsroom.settings, True, False, ""))
    assert "  nearest headline: pont  2026-01-05  Le pont de Corvanne coûte 12 millions" in lines
    assert "    the numbers differ: 15 / 12" in lines
