"""An upgrade costs the stage it reaches, and the site it leaves equals a clean one."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from pathlib import Path

import pytest
from newsdigest import ingest, versions
from newsdigest.base.settings import Limits
from newsdigest.text import dates
from newsroom import LIMITS, Newsroom, article

from benchmarks.generate import generate


@dataclass
class Cost:
    """What a build read and rendered."""

    parsed: int = 0
    rendered: int = 0
    why: str = ""


@pytest.fixture
def newsroom(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Newsroom:
    monkeypatch.setattr(ingest, "TOO_FRESH_NS", 0)  # or all would be read again, changed or not
    newsroom = Newsroom(tmp_path)
    for day in range(10, 16):
        text = f"Anton Reisner et l'OMS étaient à Genève et à Hanoï, le {day}, avec Clara Vasseur."
        newsroom.write(
            f"ville/{day}.txt", article(f"Le sommet, jour {day}", f"2026-01-{day}", text)
        )
    newsroom.build()
    return newsroom


@pytest.fixture
def cost(newsroom: Newsroom, monkeypatch: pytest.MonkeyPatch):  # type: ignore[no-untyped-def]
    parse = ingest.parse_file

    def build(**changes: object) -> Cost:
        """The next build's cost; the site is then that of a clean build."""
        counted = Cost()

        def counting(*given):  # type: ignore[no-untyped-def]
            counted.parsed += 1
            return parse(*given)

        with monkeypatch.context() as watched:
            watched.setattr(ingest, "parse_file", counting)
            outcome = newsroom.build(**changes)
        counted.rendered, counted.why = len(outcome.reasons), outcome.report.made_anew
        assert newsroom.site == newsroom.clean_build(**changes)
        return counted

    return build


def test_every_file_of_the_core_belongs_to_one_stage() -> None:
    """What stands in no list would change without anybody noticing."""
    stages = [*versions.READING, *versions.LOOK, *versions.NEITHER]
    files = {
        file.relative_to(versions.CORE)
        for file in versions.CORE.rglob("*")
        if file.is_file() and "__pycache__" not in file.parts
    }
    told = {
        file: [stage for stage in stages if file == Path(stage) or Path(stage) in file.parents]
        for file in files
    }
    assert {str(file): found for file, found in told.items() if len(found) != 1} == {}
    assert [stage for stage in stages if not (versions.CORE / stage).exists()] == []


def test_a_build_after_no_upgrade_costs_nothing(cost) -> None:  # type: ignore[no-untyped-def]
    assert cost() == Cost(0, 0, "")


def upgrade(monkeypatch: pytest.MonkeyPatch, package: str) -> None:
    installed = versions.installed
    monkeypatch.setattr(
        versions, "installed", lambda name: "99.9" if name == package else installed(name)
    )


@pytest.mark.parametrize("package", sorted({*versions.READING_PACKAGES}))
def test_a_package_that_reads_makes_the_archive_anew(
    cost,  # type: ignore[no-untyped-def]
    monkeypatch: pytest.MonkeyPatch,
    package: str,
) -> None:
    upgrade(monkeypatch, package)
    counted = cost()
    assert (counted.parsed, counted.why) == (6, "version")
    assert cost() == Cost(0, 0, "")


@pytest.mark.parametrize(
    "package", sorted({*versions.LOOK_PACKAGES} - {*versions.READING_PACKAGES})
)
def test_a_package_that_renders_reads_no_article(
    cost,  # type: ignore[no-untyped-def]
    monkeypatch: pytest.MonkeyPatch,
    package: str,
) -> None:
    upgrade(monkeypatch, package)
    counted = cost()
    assert (counted.parsed, counted.why) == (0, "")
    assert counted.rendered > 20
    assert cost() == Cost(0, 0, "")


def test_other_names_of_months_reach_every_page_that_shows_them(
    cost,  # type: ignore[no-untyped-def]
    monkeypatch: pytest.MonkeyPatch,
    newsroom: Newsroom,
) -> None:
    """A newer CLDR: not its number alone changes, but what it says."""
    named = dates._names
    with monkeypatch.context() as newer:
        upgrade(newer, "babel")
        newer.setattr(
            dates,
            "_names",
            lambda lang: replace(named(lang), months=tuple(f"mois{n}" for n in range(1, 13))),
        )
        forget_dates()
        assert cost().parsed == 0
        assert any(b"mois1" in page for page in newsroom.site.values())
    forget_dates()


def forget_dates() -> None:
    """A new process would know none."""
    for kept in vars(dates).values():
        getattr(kept, "cache_clear", lambda: None)()


@pytest.mark.parametrize("python", ["platform", "unicodedata"])
def test_another_python_makes_the_archive_anew(
    cost,  # type: ignore[no-untyped-def]
    monkeypatch: pytest.MonkeyPatch,
    python: str,
) -> None:
    if python == "platform":
        monkeypatch.setattr(versions.platform, "python_version", lambda: "3.99.0")
    else:
        monkeypatch.setattr(versions.unicodedata, "unidata_version", "99.0.0")
    assert cost().parsed == 6


@pytest.mark.parametrize(("stage", "parsed"), [(versions.READING, 6), (versions.LOOK, 0)])
def test_other_code_costs_its_stage(
    cost,  # type: ignore[no-untyped-def]
    monkeypatch: pytest.MonkeyPatch,
    stage: tuple[str, ...],
    parsed: int,
) -> None:
    """A word of `site/words.py`, a rule of the parser."""
    code = versions._code
    monkeypatch.setattr(
        versions, "_code", lambda paths: code(paths) + ("edited" if paths == stage else "")
    )
    counted = cost()
    assert counted.parsed == parsed
    assert counted.rendered > 20


def test_a_word_of_the_pages_is_look_and_a_rule_of_the_parser_is_reading() -> None:
    def stage(file: str) -> str:
        path = Path(file)
        for name, paths in (("reading", versions.READING), ("look", versions.LOOK)):
            if any(Path(stage) in (path, *path.parents) for stage in paths):
                return name
        return "neither"

    assert {
        file: stage(file)
        for file in (
            *("site/words.py", "site/kinds/front.py", "publish/verify.py"),
            *("read/title.py", "entities/tagger.py", "archive/update/settle.py", "text/markup.py"),
            *("report.py", "commands/show.py", "locale/fr/LC_MESSAGES/newsdigest.po"),
        )
    } == {
        **dict.fromkeys(["site/words.py", "site/kinds/front.py", "publish/verify.py"], "look"),
        **dict.fromkeys(["read/title.py", "entities/tagger.py"], "reading"),
        **dict.fromkeys(["archive/update/settle.py", "text/markup.py"], "reading"),
        **dict.fromkeys(["report.py", "commands/show.py"], "neither"),
        "locale/fr/LC_MESSAGES/newsdigest.po": "neither",
    }


@pytest.mark.parametrize("limit", [limit.name for limit in fields(Limits)])
def test_a_limit_costs_the_pages_and_the_archive_only_where_it_decides_who_has_one(
    cost,  # type: ignore[no-untyped-def]
    limit: str,
) -> None:
    """`EARLIER_EDITIONS = 9`: ten days on the front page, and not one article is read."""
    counted = cost(limits=replace(LIMITS, **{limit: getattr(LIMITS, limit) + 1}))
    assert counted.parsed == (6 if limit in versions.READING_LIMITS else 0)
    assert (counted.rendered > 0) == (limit != "in_process_below")


def test_a_larger_archive_follows_its_limits_too(newsroom: Newsroom) -> None:
    generate(newsroom.content, 60)
    newsroom.build()
    for limit in ("entity_page_from", "entity_index_from", "entity_feed_from", "mentions_per_page"):
        limits = replace(LIMITS, **{limit: getattr(LIMITS, limit) + 2})
        newsroom.build(limits=limits)
        assert newsroom.site == newsroom.clean_build(limits=limits), limit
