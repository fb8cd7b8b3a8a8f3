"""The front page: the newest edition by rank, its running stories, and what comes after it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

import pytest
from newsdigest.base.records import Card, StoryCard
from newsdigest.site.kinds.front import Edition, FrontView, front_page
from newsdigest.site.words import language_heading
from samples import ADDRESSES, DAY, SITE, card

STORM = StoryCard("Tempête", "tempete", "/dossiers/tempete/", 6, "2026-01-20", "2026-01-23")


def front(cards: Sequence[Card], day: str = DAY, **more: object) -> FrontView:
    return front_page(SITE, ADDRESSES, Edition(day, cards, **more))  # type: ignore[arg-type]


def headlines(view: FrontView) -> list[str]:
    """All that the front tells, in order."""
    edition = view.edition
    above = [edition.lead] if edition.lead else []
    listed = [teaser for group in edition.groups for teaser in group.teasers]
    return [teaser.headline for teaser in (*above, *edition.seconds, *listed)]


def test_an_empty_archive_has_no_edition() -> None:
    view = front([], day="")
    assert (view.day, view.edition.lead, view.edition.groups, view.head.path) == (
        None,
        None,
        (),
        "/",
    )


def test_a_great_day_sends_the_reader_to_its_own_page() -> None:
    view = front([card(f"a{at:02}", section="monde") for at in range(60)], most=30)
    assert (len(headlines(view)), view.edition.hidden) == (30, 30)
    (group,) = view.edition.groups
    assert group.more is not None
    assert (group.more.url, group.more.text) == (
        "/2026/01/23/#rubrique-monde",
        "+30 dans cette rubrique",
    )
    assert view.day is not None
    assert (view.day.url, view.day.articles) == ("/2026/01/23/", "60")


def test_on_a_great_day_no_section_is_left_out() -> None:
    cards = [card(f"m{at:02}", section="monde", minutes=4) for at in range(40)]
    cards += [card("match", section="sport"), card("concert", section="culture")]
    told = headlines(front(cards, most=12))
    assert {"match", "concert"} < set(told)


def test_a_story_counts_once_with_its_newest_dispatch() -> None:
    cards = [
        card("matin", iso_date="2026-01-23T08:00+01:00", minutes=4),
        card("midi", iso_date="2026-01-23T12:00+01:00"),
        card("soir", iso_date="2026-01-23T19:00+01:00"),
        card("autre"),
    ]
    view = front(cards, told={card.id: STORM for card in cards[:3]})
    assert headlines(view) == ["soir", "autre"]
    lead = view.edition.lead
    assert lead is not None
    assert lead.story is not None
    assert (lead.story.url, lead.story.text) == ("/dossiers/tempete/", "+2 dans le dossier")


def test_a_story_with_one_dispatch_that_day_says_nothing_of_others() -> None:
    cards = [card("a"), card("b")]
    view = front(cards, told={cards[0].id: STORM})
    assert view.edition.lead is not None
    assert view.edition.lead.story is None


def test_running_stories_tell_their_newest_headline() -> None:
    (story,) = front([card("a")], running=[(STORM, card("soir"))]).stories
    assert (story.title, story.newest.text) == ("Tempête", "soir")


def test_articles_in_other_languages_stand_under_their_own() -> None:
    cards = [card("a"), card("storm", lang="en", minutes=9), card("bão", lang="vi"), card("b")]
    view = front(cards)
    assert view.edition.lead is not None
    assert view.edition.lead.headline in "ab"
    assert [
        (group.title, [t.headline for t in group.teasers]) for group in view.edition.groups
    ] == [
        ("", ["b"]),
        ("En anglais", ["storm"]),
        ("En vietnamien", ["bão"]),
    ]


def test_sections_stand_in_the_order_of_the_settings_then_by_size() -> None:
    cards = [card(f"{name}{at}", section=name) for name in ("a", "b", "c", "") for at in range(6)]
    cards.append(card("b9", section="b"))
    view = front_page(replace(SITE, sections=("c",)), ADDRESSES, Edition(DAY, cards))
    assert [group.title for group in view.edition.groups] == ["C", "B", "A", ""]


def test_a_thin_day_is_filled_out_with_the_days_before() -> None:
    before = [card("hier", day="2026-01-22")]
    thin = front([card("a")], latest_before=before)
    full = front([card(c) for c in "abcdef"], latest_before=before)
    assert [(t.headline, t.date) for t in thin.before] == [("hier", "22 janvier 2026")]
    assert full.before == ()


def test_only_a_time_that_was_written_is_shown() -> None:
    cards = [card(name) for name in "abcdefg"] + [card("h", iso_date="2026-01-23T14:30+01:00")]
    edition = front(cards).edition
    told = [edition.lead, *edition.seconds, *(t for group in edition.groups for t in group.teasers)]
    assert {t.headline: t.time for t in told if t and t.time} == {"h": "14:30"}


def test_a_summary_that_does_not_end_is_left_out_and_a_long_one_ends_at_a_full_stop() -> None:
    long = "Le port est fermé. " * 12
    cards = [
        card("lead", minutes=4),
        card("cut", dek="Le port est fermé depuis…", minutes=4),
        card("long", dek=long.strip()),
    ]
    told = {t.headline: t.dek for t in front(cards).edition.seconds}
    assert told["cut"] == ""
    assert told["long"] == ("Le port est fermé. " * 10).strip()


def test_two_folders_of_one_name_but_for_accents_or_spaces_have_anchors_of_their_own() -> None:
    names = ("Économie", "economie", "a b", "a-b", "autres", "新闻", "报", "")
    cards = [card(f"{name or 'x'}{at}", section=name) for name in names for at in range(3)]
    ids = [group.id for group in front(cards).edition.groups]
    assert len(ids) == len(set(ids)) >= 7
    assert all(re.fullmatch(r"[a-z0-9-]+", id_) for id_ in ids)
    assert "rubrique-economie" in ids


def test_an_edition_of_a_month_leads_to_no_anchor_of_a_day() -> None:
    cards = [card(f"a{at}", section="monde", iso_date="2025-12") for at in range(40)]
    (group,) = front(cards, day="2025-12").edition.groups
    assert group.more is None


@pytest.mark.parametrize("lang", ["fr-CA", "fr-BE", "fr"])
def test_a_site_of_a_country_reads_its_language(lang: str) -> None:
    view = front_page(replace(SITE, lang=lang), ADDRESSES, Edition(DAY, [card("a"), card("b")]))
    assert view.edition.lead is not None


def test_a_day_with_nothing_in_the_sites_language_still_has_a_lead() -> None:
    view = front([card("storm", lang="en"), card("bão", lang="vi"), card("wind", lang="en")])
    assert view.edition.lead is not None
    assert len(headlines(view)) == 3


@pytest.mark.parametrize(
    ("site", "lang", "heading"),
    [
        ("fr", "vi", "En vietnamien"),
        ("en", "fr", "In French"),
        ("en-GB", "vi", "In Vietnamese"),
        ("vi", "en", "Bằng tiếng Anh"),
    ],
)
def test_another_language_is_named_as_the_sites_language_writes_it(
    site: str, lang: str, heading: str
) -> None:
    assert language_heading(lang, site) == heading


def test_the_lead_keeps_a_summary_that_is_cut_better_than_none() -> None:
    edition = front([card("a", dek="Le port est fermé depuis…")]).edition
    assert edition.lead is not None
    assert edition.lead.dek == "Le port est fermé depuis…"


def test_what_editors_put_first_leads_beside_its_story_and_in_any_language() -> None:
    cards = [
        card("matin", iso_date="2026-01-23T08:00+01:00"),
        card("midi", iso_date="2026-01-23T12:00+01:00"),
        card("soir", iso_date="2026-01-23T19:00+01:00"),
        card("long", minutes=4),
        card("english", lang="en"),
    ]
    told = {one.id: STORM for one in cards[:3]}
    picked = [cards[4].id, cards[0].id, cards[1].id]
    view = front(cards, told=told, picked=picked)
    assert headlines(view) == ["english", "matin", "midi", "long"]
    (first, second, *_rest) = view.edition.seconds
    # Of three dispatches two stand there, each by itself.
    assert [one.story and one.story.text for one in (first, second)] == ["+1 dans le dossier"] * 2
    assert headlines(front(cards, told=told)) == ["soir", "long", "english"]
