"""The archive by time: days, months, years, and all the years."""

from __future__ import annotations

from newsdigest.base.records import Count, Site, StoryCard
from newsdigest.site.kinds.periods import (
    Day,
    Month,
    Year,
    archives_page,
    day_page,
    month_page,
    year_page,
)
from samples import ADDRESSES, DAY, SITE, card, entity

# -- a day ---------------------------------------------------------------------------------------


def test_a_day_tells_every_article_once_by_rank_and_by_section() -> None:
    cards = [card(f"{name}{at}", section=name) for name in ("sport", "culture") for at in range(5)]
    cards += [card("x"), card("lead", section="sport", minutes=4)]
    edition = day_page(SITE, ADDRESSES, Day(DAY, cards)).edition
    assert edition.lead is not None
    assert edition.lead.headline == "lead"
    assert (len(edition.seconds), edition.hidden) == (4, 0)
    told = [t.headline for t in edition.seconds]
    told += [t.headline for group in edition.groups for t in group.teasers]
    assert sorted(told) == sorted({one.headline for one in cards} - {"lead"})
    assert [group.title for group in edition.groups] == ["Sport", "Culture", ""]


def test_a_chip_without_a_page_shows_no_count() -> None:
    cited = [entity("Élise", articles=1204), entity("X", url="")]
    view = day_page(SITE, ADDRESSES, Day(DAY, [], cited=cited))
    assert [(chip.url, chip.articles) for chip in view.cited] == [
        ("/entites/élise/", "1\u202f204"),
        ("", ""),
    ]


def test_a_day_of_five_hundred_leaves_none_out() -> None:
    cards = [card(str(at)) for at in range(500)]
    view = day_page(SITE, ADDRESSES, Day(DAY, cards, "2026-01-22"))
    assert (view.edition.hidden, view.day.count, view.next) == (0, 500, None)
    assert view.previous is not None
    assert (view.previous.url, view.previous.label) == ("/2026/01/22/", "Jeudi 22 janvier 2026")


# -- a month, a year, all the years --------------------------------------------------------------


def test_a_month_is_a_calendar_from_monday_and_counts_what_has_no_day() -> None:
    undated = card("m", day="2026-01-01", iso_date="2026-01")
    days = [Count("2026-01-01", 3), Count(DAY, 6)]
    view = month_page(SITE, ADDRESSES, Month("2026-01", days, [undated]))
    first = view.weeks[0]
    assert first[:3] == (None, None, None)
    assert first[3] is not None
    assert (first[3].label, first[3].url, first[3].level) == ("1", "/2026/01/01/", 2)
    assert first[4] is not None
    assert (first[4].url, first[4].level) == ("", 0)
    assert (len(view.weeks), view.month.count, view.month.label) == (5, 10, "Janvier 2026")


def test_a_month_names_each_day_by_its_headlines_the_newest_first() -> None:
    english = card("en", lang="en")
    cards = {"2026-01-02": [card("a")], DAY: [*(card(str(at)) for at in range(9)), english]}
    view = month_page(SITE, ADDRESSES, Month("2026-01", [], cards=cards))
    assert [(block.day.period, len(block.teasers)) for block in view.days] == [
        (DAY, 10),
        ("2026-01-02", 1),
    ]
    assert view.days[0].teasers[-1].attrs == ' lang="en"'
    assert [(block.open, block.more) for block in view.days] == [(True, None)] * 2


def test_a_month_of_a_thousand_headlines_stays_light_and_leads_to_its_days() -> None:
    days = [f"2026-01-{day:02}" for day in range(1, 32)]
    cards = {day: [card(f"{day}-{at}", day=day) for at in range(40)] for day in days}
    view = month_page(SITE, ADDRESSES, Month("2026-01", [], cards=cards))
    assert {len(block.teasers) for block in view.days} == {5}
    (more,) = {block.more.text for block in view.days if block.more}
    assert more == "+35 ce jour-là"
    assert view.days[0].more is not None
    assert view.days[0].more.url == "/2026/01/31/"
    assert [block.open for block in view.days] == [True] + [False] * 30


def test_a_year_tells_what_each_month_was_about() -> None:
    story = StoryCard("Quai de Valmer", "quai", "/dossiers/quai/", 12, "2025-03-02", "2025-03-09")
    view = year_page(SITE, ADDRESSES, Year("2025", [Count("2025-03", 4)], {"2025-03": [story]}))
    told = [[link.text for link in stories] for _, _, stories in view.months]
    assert told == [[], [], ["Quai de Valmer"]]


def test_the_newest_year_ends_with_its_last_article_the_others_with_december() -> None:
    march = [Count("2025-03", 4)]
    newest = year_page(SITE, ADDRESSES, Year("2025", march))
    before = year_page(SITE, ADDRESSES, Year("2025", march, next="2026"))
    assert [len(view.months) for view in (newest, before)] == [3, 12]


def test_a_year_begins_in_january() -> None:
    months = [Count("2025-03", 4), Count("2025-12", 8)]
    view = year_page(SITE, ADDRESSES, Year("2025", months))
    assert [share for _, share, _stories in view.months] == [0, 0, 50, 0, 0, 0, 0, 0, 0, 0, 0, 100]
    assert [month.label for month, _, _stories in view.months][:3] == ["Janvier", "Février", "Mars"]


def test_a_month_under_its_year_leaves_the_year_out_in_every_language() -> None:
    names = [
        year_page(Site(lang=lang), ADDRESSES, Year("2025", [])).months[7][0].label
        for lang in ("fr", "en", "vi")
    ]
    assert names == ["Août", "August", "Tháng 8"]


def test_the_newest_year_stands_open() -> None:
    years = [Count("2024", 1), Count("2025", 2)]
    view = archives_page(SITE, ADDRESSES, years, [Count("2025-02", 2)])
    assert [(block.year.label, block.open) for block in view.years] == [
        ("2025", True),
        ("2024", False),
    ]
    assert view.total == 3
