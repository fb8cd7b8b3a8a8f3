"""An editor's wrong setting: a line each, whatever command meets it, and the site as it was."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest
from newsroom import article
from publication import Publication, Run

WRONG = {
    "FRONT_CARDS": "'beaucoup'", "MENTIONS_PER_PAGE": "0", "TAG_URL": "'entites/{name}/'",
    "RAW_MAX_BYTES": "'2 Mo'", "SITEURL": "None", "TIMEZONE": "'Europe'", "DEFAULT_LANG": "5",
    "EDITOR_LANG": "['fr']", "RAW_LANGS": "'fr'", "STRICT": "'False'", "BUILD_WORKERS": "float('nan')",
    "FEED_ID_AUTHORITY": "2026", "RAW_AGENCIES": "['AFX']", "OUTPUT_PATH": "'content/site'",
    "CACHE_PATH": "5", "THEME": "'theme-perdu'", "PLUGINS": "None", "PLUGIN_PATHS": "7",
    "JINJA_ENVIRONMENT": "{'autoescape': False}", "STATIC_PATHS": "'images'", "TAG_FEED_ATOM": "5",
    "CATEGORY_FEED_ATOM": "3", "SITENAME": "b'Le Fil'", "IGNORE_FILES": "None", "FEED_ENTRIES": "10**5000",
    "JINJA_FILTERS": "5", "THEME_TEMPLATES_OVERRIDES": "5", "LOCALE": "5", "PAGINATION_PATTERNS": "None",
    "ENTITY_TAGGER": "lambda text: text", "STORY_URL": "'../{slug}/'", "RAW_NOW": "'hier'",
}  # fmt: skip
DOORS = {
    "invoke build": ("invoke", "build"),
    "pelican": ("pelican", "content"),
    "invoke show": ("invoke", "show", "--all"),
}


@pytest.fixture
def paper(tmp_path: Path) -> Publication:
    made = Publication(tmp_path / "paper")
    made.write("a.txt", article("Sommet à Genève"))
    made.write("b.txt", article("Le port rouvre", "2026-01-16"))
    return made


def refused(run: Run) -> list[str]:
    """The names that the refusal gives, one a line; nothing else is said."""
    assert run.code == 1, run.screen
    assert "Traceback" not in run.screen
    lines = run.err.splitlines()
    assert all(line.startswith("Arrêt : ") for line in lines), run.err
    return [line.split()[2] for line in lines]


@pytest.mark.parametrize("door", sorted(DOORS))
def test_every_wrong_setting_is_named_once_on_a_line_of_its_own(
    paper: Publication, door: str
) -> None:
    paper.settings("".join(f"{name} = {value}\n" for name, value in WRONG.items()))
    run = paper.run(*DOORS[door], SOURCE_DATE_EPOCH="hier")
    assert sorted(refused(run)) == sorted([*WRONG, "SOURCE_DATE_EPOCH"])
    assert not paper.output.exists()


@pytest.mark.parametrize("name", ["SITEURL", "DEFAULT_LANG", "CACHE_PATH", "THEME", "PLUGIN_PATHS"])
def test_a_setting_that_pelican_stumbles_over_is_one_line_too(
    paper: Publication, name: str
) -> None:
    paper.settings(f"{name} = {WRONG[name]}\n")
    for command in (("invoke", "build"), ("pelican", "content")):
        assert refused(paper.run(*command)) == [name]


def test_the_site_stays_when_a_setting_goes_wrong(paper: Publication) -> None:
    assert paper.build().code == 0
    before = paper.site
    paper.settings("OUTPUT_PATH = '.'\nCITED = True\n")
    assert sorted(refused(paper.build())) == ["CITED", "OUTPUT_PATH"]
    assert paper.site == before


def test_what_only_pelican_reads_is_a_line_as_well(paper: Publication) -> None:
    paper.settings("PAGINATION_PATTERNS = [5]\n")
    for command in (("invoke", "build"), ("pelican", "content")):
        run = paper.run(*command)
        assert (run.code, len(run.err.splitlines())) == (1, 1), run.screen
        assert "Traceback" not in run.screen


def test_an_option_is_checked_as_the_setting_is(paper: Publication) -> None:
    assert refused(paper.build("--workers", "1000000")) == ["BUILD_WORKERS"]


def test_a_class_that_is_not_there_is_named(paper: Publication) -> None:
    paper.settings("PELICAN_CLASS = 'incremental_build.LeFile'\n")
    assert refused(paper.run("pelican", "content")) == ["PELICAN_CLASS"]


# -- settings that are no plain values -----------------------------------------------------------

FUNCTIONS = """
class Desk:
    def __init__(self):
        self.names = {"Anne", "Bao", "Chi", "Dung"}
JINJA_FILTERS = {"long": lambda text: len(text) > 60, "desk": Desk()}
WORDS = {"un", "deux", "trois", "quatre", "cinq"}
DESK = Desk()
SHORTEN = lambda text: text[:60]
"""


def pages_made(paper: Publication, seed: str) -> int:
    run = paper.build(PYTHONHASHSEED=seed)
    assert run.code == 0, run.screen
    return sum(run.report["pages"][kind] for kind in ("written", "kept"))


def test_functions_sets_and_objects_in_the_settings_leave_a_build_small(
    paper: Publication,
) -> None:
    paper.settings(FUNCTIONS)
    assert pages_made(paper, "1") > 0
    assert [pages_made(paper, seed) for seed in ("2", "3")] == [0, 0]
    paper.settings("# a comment\n" + FUNCTIONS)
    assert pages_made(paper, "4") == 0
    paper.settings(FUNCTIONS.replace("text[:60]", "text[:50]"))
    assert pages_made(paper, "5") > 0


def test_the_settings_file_holds_values_only() -> None:
    """And the one import that has them checked."""
    file = Path(__file__).parents[2] / "pelicanconf.py"
    kinds = {type(node) for node in ast.parse(file.read_text(encoding="utf-8")).body}
    assert kinds == {ast.Expr, ast.Import, ast.Assign, ast.AnnAssign}
