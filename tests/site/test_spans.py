"""The archive cut into spans of time that are searched as one."""

from __future__ import annotations

from newsdigest.base.records import Count
from newsdigest.site.spans import spans


def cut(
    months: dict[str, int], most: int, days: dict[str, int] | None = None
) -> list[tuple[str, int]]:
    def days_of(month: str) -> list[Count]:
        known = sorted((days or {}).items())
        return [Count(day, articles) for day, articles in known if day.startswith(month)]

    found = spans([Count(month, months[month]) for month in sorted(months)], days_of, most)
    return [(span.name, span.articles) for span in found]


def year(name: str, each: int) -> dict[str, int]:
    return {f"{name}-{month:02}": each for month in range(1, 13)}


def test_an_empty_archive_has_none() -> None:
    assert cut({}, 100) == []


def test_the_newest_month_stands_alone_and_what_is_small_together() -> None:
    assert cut({"2025-12": 3, "2026-01": 4, "2026-02": 5}, 100) == [
        ("2025", 3),
        ("2026-01", 4),
        ("2026-02", 5),
    ]


def test_a_quiet_paper_is_searched_by_decades_then_years() -> None:
    quiet = {month: n for y in ("1998", "1999", "2003", "2011") for month, n in year(y, 2).items()}
    assert cut(quiet | {"2012-01": 1}, 60) == [
        ("1990-1999", 48),
        ("2000-2009", 24),
        ("2011", 24),
        ("2012-01", 1),
    ]


def test_a_busy_one_by_halves_quarters_and_months() -> None:
    busy = {**year("2025", 100), "2025-12": 900, "2026-03": 10}
    assert cut(busy, 1200) == [
        ("2025-s1", 600),
        ("2025-t3", 300),
        ("2025-t4", 1100),
        ("2026-03", 10),
    ]
    assert cut(busy, 900)[-3:] == [("2025-11", 100), ("2025-12", 900), ("2026-03", 10)]


def test_a_month_of_more_by_its_days_in_as_few_parts_as_can_be() -> None:
    days = {f"2025-12-{day:02}": 50 for day in range(1, 32)}
    busy = {"2025-12": 1553, "2026-01": 1}
    assert cut(busy, 2000, days) == [("2025", 1553), ("2026-01", 1)]
    assert cut(busy, 1100, days) == [
        ("2025-12-01-21", 1053),
        ("2025-12-22", 500),
        ("2026-01", 1),
    ]
    assert cut(busy, 1000, days)[:2] == [("2025-12-01-14", 703), ("2025-12-15", 850)]
    assert [articles for _name, articles in cut(busy, 300, days)] == [353, 350, 350, 500, 1]
    assert cut(busy, 300, {"2025-12-03": 900, "2025-12-30": 650})[:2] == [
        ("2025-12-01-21", 903),
        ("2025-12-22", 650),
    ]


def test_an_article_more_leaves_the_other_spans_as_they_are() -> None:
    before = {**year("2024", 100), **year("2025", 100), "2026-01": 10}
    after = {**before, "2024-05": 101}
    assert set(cut(before, 1200)) - set(cut(after, 1200)) == {("2024", 1200)}
    assert set(cut(after, 1200)) - set(cut(before, 1200)) == {("2024-s1", 601), ("2024-s2", 600)}


def test_every_month_is_in_one_span_only() -> None:
    months = {**year("2009", 7), **year("2010", 300), "2011-01": 4000, "2011-02": 1}
    for most in (1, 10, 84, 100, 900, 1800, 3600, 10_000):
        found = spans(
            [Count(month, months[month]) for month in sorted(months)], lambda _month: [], most
        )
        held = [month for month in months for span in found if span.first <= month <= span.last]
        assert sorted(held) == sorted(months)
        assert [span.first for span in found] == sorted(span.first for span in found)
        assert all(span.articles <= most or span.first == span.last for span in found)


def test_the_newest_days_of_a_large_month_stand_alone() -> None:
    def newest(last: int, each: int, undated: int = 0) -> list[tuple[str, int]]:
        days = {f"2026-11-{day:02}": each for day in range(1, last + 1)}
        return cut({"2026-10": 900, "2026-11": last * each + undated}, 1000, days)[1:]

    assert newest(7, 100) == [("2026-11", 700)]
    assert newest(10, 50) == [("2026-11", 500)]
    assert newest(11, 50) == [("2026-11-01-07", 350), ("2026-11-08", 200)]
    assert newest(21, 50, undated=3) == [("2026-11-01-14", 703), ("2026-11-15", 350)]
    assert newest(30, 50) == [
        ("2026-11-01-14", 700),
        ("2026-11-15-21", 350),
        ("2026-11-22", 450),
    ]


def test_days_without_earlier_ones_are_the_month() -> None:
    assert cut({"2026-11": 900}, 2500, {"2026-11-29": 900}) == [("2026-11", 900)]
