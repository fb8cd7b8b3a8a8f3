"""Settings that cannot be used: which, what is wrong with each, and what to write instead."""

from __future__ import annotations

import math
import os
import re
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from newsdigest.base.address_check import address_faults
from newsdigest.base.errors import SettingsError
from newsdigest.base.folder_check import folder_faults
from newsdigest.base.settings_check import RULES, editors_language
from newsdigest.report_screen import refusal
from newsdigest.site.kinds import ADDRESSES
from newsdigest.site.settings import checked_settings, setting_faults, settings_from
from publication import ROOT

HUGE = 10**5000


class Strange:
    """What a settings file may hold by accident."""

    def __repr__(self) -> str:
        raise RuntimeError


def lines(values: dict[str, Any], environ: dict[str, str] | None = None) -> list[str]:
    return [fault.text(str) for fault in setting_faults(values, environ or {})]


WRONG: dict[str, list[object]] = {
    "SITENAME": [None, "", " ", 5, b"Le Fil", ["Le Fil"], "Le\nFil", "Le\0Fil", "\ud800", True],
    "SITESUBTITLE": [5, "a\nb", ["a"], False],
    "SITEURL": [
        "exemple.org", "http://", "https:///fil", "ftp://exemple.org", "//exemple.org", "/fil", 5, None, True,
        "https://exemple.org?a=b", "https://exemple.org/#a", "https://exemple.org/a b", "https://a:b@exemple.org",
        "https://exemple.org:99999999", "https://exemple.org:0", "https://exemple.org/../a", "https://exemple.org//a",
        "https://exemple .org", "https://-a.org", "https://exemple.org/\"><script>", "https://exemple.org\n",
        "javascript:alert(1)", "https://[::1", "https://été.example",
    ],
    "FEED_ID_AUTHORITY": [
        "lefil.example", "2026", "lefil.example,26", "lefil.example,2026-13", "lefil.example,2026-02-30", "", None, 2026,
        "https://lefil.example,2026", "lefil.example, 2026", "le fil,2026", ("lefil.example", 2026),
    ],
    "DEFAULT_LANG": ["xx", "francais", "", None, 5, "fr_FR.UTF-8", ["fr"], "fr\n", "../fr", "FRANÇAIS"],
    "EDITOR_LANG": ["xx", "", 5, ["fr"], "../../fr", "fr\0"],
    "TIMEZONE": [
        "Mars/Olympus", "Europe", "", None, 1, "../etc", "/etc/localtime", "a" * 300, "Europe/Paris ", "UTC+1", "\0",
    ],
    "PUBLISH_TARGET": [5, "a\nb", ["a"], "s3:", "s3://", "s3:seau", "https://lefil.example", "ftp://hote/a", " public"],
    "PUBLICATIONS_KEPT": [-1, "20", 1001, True, None, 2.5],
    "SETTINGS_FILE": [None, 5, ""],
    "RAW_NOW": ["hier", "2026-13-01", "23/01/2026", 20260123, True, math.nan, "9999-12-31", "0001-01-01", [2026]],
    "RAW_LANGS": ["fr", "fr,en", (), None, ("fr", 5), ("FR",), ("xx",), {"fr"}, {"fr": 1}, 5],
    "RAW_AGENCIES": [["AFX"], "AFX", {"AFX": 5}, {5: "Agence"}, {"AFX": ""}, {"": "Agence"}, {"A": "a\nb"}, 5],
    "RAW_CHROME": ["accueil", [5], [""], {"accueil"}, 5],
    "RAW_PIECES": ["pelican", 5, ["a:b"], "a b:c", "a:b:c", "../a:b"],
    "RAW_TITLE_DERIVE": ["False", "non", 0, 1, None, []],
    "ARTICLE_FORMATS": ["text", ["txt"], [5], 5, {"text"}, True],
    "ENTITY_TYPES": ["person", [], ["people"], ["person", 5], None, 5, [["person"]]],
    "ENTITY_TAGGER": ["trf", "", None, 5, "spacy:", "CRF", "spacy:../x", "spacy:a b"],
    "SCHEDULER": ["builder", 8786, "tcp://builder", "http://builder:80", "tcp://a b:1", "tcp://builder:port"],
    "STRICT": ["False", 1, None],
    "BUILD_WORKERS": [-1, 1.5, "4", None, True, HUGE, 100_000],
    "IGNORE_FILES": ["**/.*", [5], None, 5],
    "PLUGIN_PATHS": ["plugins", [None], 5, None],
    "STATIC_PATHS": ["images", [5], None],
    "DEFAULT_CATEGORY": ["", None, 5],
    "TAG_SAVE_AS": ["../{slug}.html", "/tag/{slug}.html", "{slug", 5, "a\nb"],
}  # fmt: skip
NUMBERS = sorted(name for name, rule in RULES.items() if rule.most)
NO_NUMBERS = [
    "beaucoup",
    "30",
    "2 Mo",
    None,
    True,
    1.5,
    math.nan,
    math.inf,
    -1,
    HUGE,
    -HUGE,
    [30],
    Strange(),
]


@pytest.mark.parametrize("name", sorted(WRONG))
def test_a_wrong_value_is_one_line_with_its_name_and_what_to_write(name: str) -> None:
    for value in WRONG[name]:
        (line,) = lines({name: value})
        assert re.fullmatch(rf"{name} = .+: .+\. Write {name} = .+\.", line), (value, line)
        assert line.isprintable()
        assert len(line) < 500


@pytest.mark.parametrize("name", NUMBERS)
def test_a_number_is_whole_not_too_small_not_too_large_and_no_text(name: str) -> None:
    rule = RULES[name]
    for value in [*NO_NUMBERS, rule.least - 1, rule.most + 1]:
        (line,) = lines({name: value})
        assert line.startswith(f"{name} = "), value
    for value in (rule.least, rule.example, rule.most):
        assert lines({name: value}) == []


def test_what_may_be_written_instead_can_be_used() -> None:
    for name in {*WRONG, *NUMBERS}:
        value = WRONG.get(name, ["beaucoup"])[0]
        (line,) = lines({name: value})
        example = line.rpartition(f"Write {name} = ")[2].removesuffix(".")
        assert lines({name: eval(example)}) == [], line


def test_the_scheme_that_was_forgotten_is_added() -> None:
    (line,) = lines({"SITEURL": "exemple.org/fil"})
    assert line.endswith("Write SITEURL = 'https://exemple.org/fil'.")


SOUND: dict[str, list[object]] = {
    "SITENAME": ["Le\u202fFil\u00a0: l’actualité", "新闻"],
    "SITESUBTITLE": [None, "", "Chaque jour"],
    "SITEURL": [
        "", "https://lefil.example", "http://localhost:8000", "https://user.example/fil", "https://user.example/fil/",
        "https://user.example/~moi/le.fil", "http://[::1]:8000/fil", "https://xn--t-9ga.example/%C3%A9",
    ],
    "FEED_ID_AUTHORITY": ["lefil.example,2026", "lefil.example,2026-01", "moi@lefil.example,2026-01-23"],
    "DEFAULT_LANG": ["fr", "en", "vi", "fr-CA", "pt-br", "FR"],
    "EDITOR_LANG": [None, "de"],
    "TIMEZONE": ["Europe/Paris", "UTC", "Asia/Ho_Chi_Minh"],
    "RAW_NOW": [None, "", "2026-01-23", "2026-01-23T10:00+01:00", date(2026, 1, 23), datetime(2026, 1, 23, tzinfo=UTC)],
    "RAW_LANGS": [("fr",), ["fr", "en", "de"]],
    "RAW_AGENCIES": [None, {}, {"AFX": "Agence fictive"}],
    "RAW_CHROME": [None, [], ("accueil",)],
    "RAW_PIECES": [None, "", "incremental_build.pieces:read_piece"],
    "ARTICLE_FORMATS": [None, (), ["ninjs"], ("text", "ninjs")],
    "ENTITY_TYPES": [("person",), ["event", "person"], ["person", "place", "organisation", "event", "product"]],
    "ENTITY_TAGGER": ["crf", "rules", "spacy:fr_core_news_sm"],
    "SCHEDULER": [None, "", "tcp://builder:8786", "tls://10.0.0.1:8786", "builder:8786", "tcp://[::1]:80"],
    "TAG_SAVE_AS": [None, "", False, "tag/{slug}/index.html", "{date:%Y}/{slug}.html"],
}  # fmt: skip


@pytest.mark.parametrize("name", sorted(SOUND))
def test_what_can_be_used_is_left_alone(name: str) -> None:
    folders = dict.fromkeys(("PATH", "OUTPUT_PATH", "CACHE_PATH", "THEME"), "x")
    for value in SOUND[name]:
        assert lines({name: value}) == [], value
        settings_from({**folders, name: value}, {})


def test_all_faults_are_named_at_once() -> None:
    values = {"FRONT_CARDS": "beaucoup", "TIMEZONE": "Mars", "TAG_URL": "entites/{name}/"}
    with pytest.raises(SettingsError) as caught:
        checked_settings({**values, "PATH": 5}, {"SOURCE_DATE_EPOCH": "hier"})
    told = refusal(caught.value, str).splitlines()
    assert [line.split()[:2] for line in told] == [
        ["Stopped:", name]
        for name in ("FRONT_CARDS", "TIMEZONE", "TAG_URL", "PATH", "SOURCE_DATE_EPOCH")
    ]


def test_the_variables_of_the_environment_are_checked_too() -> None:
    for value in ("hier", "-1", "1.5", "9" * 15, "9" * 400, "٣", "1e9"):
        (line,) = lines({}, {"SOURCE_DATE_EPOCH": value})
        assert line.endswith("Write SOURCE_DATE_EPOCH=1769126400.")
    (line,) = lines({}, {"RAW_NOW": "demain"})
    assert line.endswith("Write RAW_NOW=2026-01-23.")
    assert lines({}, {"RAW_NOW": "", "SOURCE_DATE_EPOCH": "0"}) == []


def test_the_refusal_is_in_a_language_whatever_the_settings_say() -> None:
    assert editors_language({"EDITOR_LANG": 5, "DEFAULT_LANG": "../x"}) == "fr"
    assert editors_language({"EDITOR_LANG": None, "DEFAULT_LANG": "vi"}) == "vi"
    assert editors_language({"EDITOR_LANG": "de"}) == "de"


def test_every_documented_setting_is_checked() -> None:
    page = (
        (ROOT / "docs" / "settings.md").read_text(encoding="utf-8").partition("## Environment")[0]
    )
    rows = re.findall(r"^\|((?: ?`[A-Z_0-9]+`,?)+)", page, re.MULTILINE)
    documented = {name for row in rows for name in re.findall(r"`([A-Z_0-9]+)`", row)}
    folders = {"PATH", "OUTPUT_PATH", "CACHE_PATH", "THEME"}
    of_the_door = {"PELICAN_CLASS", "PLUGINS", "JINJA_ENVIRONMENT"}
    assert (
        documented - set(RULES) - {address.setting for address in ADDRESSES} - folders
        == of_the_door
    )


# -- address patterns ----------------------------------------------------------------------------

PATTERNS = {
    "a date is missing": ("ARTICLE_URL", "{slug}.html", "{date} is missing"),
    "a slug is missing": ("TAG_URL", "entites/", "{slug} is missing"),
    "a page is missing": ("TAG_PAGE_URL", "entites/{slug}/page/", "{page} is missing"),
    "another field": ("TAG_URL", "entites/{name}/", "{name} is not known"),
    "a field where none is": ("ARCHIVES_URL", "archives/{date:%Y}/", "{date} is not known"),
    "a number for a field": ("STORY_URL", "dossiers/{0}/", "{0} is not known"),
    "an attribute": ("STORY_URL", "dossiers/{slug.upper}/", "cannot stand"),
    "half a brace": ("STORY_URL", "dossiers/{slug/", "cannot be filled in"),
    "a format that raises": ("STORY_URL", "dossiers/{slug:d}/", "cannot be filled in"),
    "a format that is a trap": ("STORY_URL", "dossiers/{slug:>999999}/", "cannot stand"),
    "a conversion": ("STORY_URL", "dossiers/{slug!r}/", "cannot stand"),
    "one letter of the slug": ("STORY_URL", "dossiers/{slug[0]}/", "two pages"),
    "the start of the slug": ("STORY_URL", "dossiers/{slug:.5}/", "two pages"),
    "no day": ("ARTICLE_URL", "{date:%Y}/{date:%m}/{slug}.html", "two pages"),
    "half a year": ("DAY_ARCHIVE_URL", "{date:%y}/{date:%m}/{date:%d}/", "two pages"),
    "figures run together": ("DAY_ARCHIVE_URL", "{date:%Y}{date:%-m}{date:%-d}/", "two pages"),
    "a week for a day": ("DAY_ARCHIVE_URL", "{date:%G}/s{date:%V}/", "two pages"),
    "a week of another year": ("DAY_ARCHIVE_URL", "{date:%Y}/s{date:%V}/{date:%u}/", "two pages"),
    "words of a locale": ("MONTH_ARCHIVE_URL", "{date:%Y}/{date:%B}/", "of a date only"),
    "an unknown directive": ("MONTH_ARCHIVE_URL", "{date:%Y}/{date:%Q}/", "of a date only"),
    "climbing": ("STORY_URL", "../{slug}/", "none that begins with a dot"),
    "climbing within": ("STORY_URL", "a/../../{slug}/", "none that begins with a dot"),
    "standing still": ("STORY_URL", "./{slug}/", "none that begins with a dot"),
    "hidden": ("STORY_URL", ".lefil/{slug}/", "none that begins with a dot"),
    "absolute": ("STORY_URL", "/dossiers/{slug}/", "no slash at the start"),
    "another host": ("STORY_URL", "https://a.example/{slug}/", "no empty part"),
    "an empty folder": ("STORY_URL", "dossiers//{slug}/", "no empty part"),
    "the front page": ("STORIES_URL", "/", "no slash at the start"),
    "the front page's file": ("STORIES_URL", "index.html", "the site's own file"),
    "another fixed file": ("FEEDS_URL", "404.html", "the site's own file"),
    "below a fixed file": ("FEEDS_URL", "robots.txt/", "the site's own file"),
    "a newline": ("STORY_URL", "dossiers/{slug}\n/", "cannot stand"),
    "a NUL": ("STORY_URL", "dossiers\0/{slug}/", "cannot stand"),
    "a backslash": ("STORY_URL", "dossiers\\{slug}/", "cannot stand"),
    "a query": ("STORY_URL", "dossiers/?s={slug}/", "cannot stand"),
    "a quote": ("STORY_URL", 'dossiers/"{slug}/', "cannot stand"),
    "a blank": ("STORY_URL", "mes dossiers/{slug}/", "cannot stand"),
    "no suffix": ("STORY_URL", "dossiers/{slug}", "must end in"),
    "a picture": ("STORY_URL", "dossiers/{slug}.png", "must end in"),
    "a feed that is a page": ("FEED_ALL_ATOM", "feeds/all.html", "must end in"),
    "a list that is none": ("OPML_URL", "feeds/", "must end in"),
    "a long folder": ("STORY_URL", "d" * 300 + "/{slug}/", "too long"),
    "a slug four times": ("STORY_URL", "{slug}{slug}{slug}{slug}/", "too long"),
    "endless": ("STORY_URL", "d/" * 5000 + "{slug}/", "too long"),
    "the pattern of another kind": ("STORY_URL", "entites/{slug}/", "share the address"),
    "the same feed twice": ("FEED_ALL_RSS", "feeds/all.atom", "share the address"),
    "a slug that is a list": ("STORY_URL", "{slug}/", "share the address"),
    "a slug that is a feed": ("TAG_FEED_ATOM", "feeds/{slug}.atom", "share the address"),
    "a slug that ends in a page": ("TAG_PAGE_URL", "entites/{slug}-{page}/", "share the address"),
    "a slug that is a day": ("ARTICLE_MONTH_URL", "{date:%Y}/{date:%m}/{slug}/", "share the address"),
    "a slug that is a part": ("TAGS_INITIALS_URL", "entites/{initials}/", "share the address"),
    "capitals apart": ("STORIES_URL", "Feeds/", "share the address"),
    "a file and a folder": ("ARCHIVES_URL", "noms/a.html/", "both a page and a folder"),
    "no text": ("STORY_URL", 5, "as text"),
    "a list": ("STORY_URL", ["dossiers/{slug}/"], "as text"),
    "a switch": ("FEED_ALL_RSS", False, "as text"),
}  # fmt: skip
TAGS_AS_FILES = {"TAG_URL": "noms/{slug}.html", "TAG_PAGE_URL": "noms/{slug}-page/{page}/"}


@pytest.mark.parametrize("kind", sorted(PATTERNS))
def test_a_pattern_that_collides_climbs_or_cannot_be_filled_in_is_named(kind: str) -> None:
    name, pattern, said = PATTERNS[kind]
    more = TAGS_AS_FILES if kind == "a file and a folder" else {}
    found = [fault.text(str) for fault in address_faults({**more, name: pattern}, ADDRESSES)]
    (line,) = found
    assert line.startswith(f"{name} = ")
    assert said in line
    assert line.isprintable()
    ours = next(address.pattern for address in ADDRESSES if address.setting == name)
    assert line.endswith(f"Write {name} = {ours!r}.")


def test_patterns_that_can_be_used_are_left_alone() -> None:
    for patterns in (
        {},
        {"TAG_URL": None, "STORY_URL": ""},
        {"ARTICLE_URL": "{date:%Y}/{date:%m}/{date:%d}/{slug}/"},
        {"ARTICLE_URL": "{date:%Y%m%d}-{slug}.html", "ARTICLE_MONTH_URL": "mois/{date:%Y%m}-{slug}.html"},
        {"ARTICLE_URL": "a/{date.year}/{date.month}/{date.day}/{slug}.html"},
        {"ARTICLE_URL": "a/{date}/{slug}.html"},
        {"ARTICLE_URL": "a/{date:%G}/{date:%V}/{date:%u}/{slug}.html"},
        {"TAG_URL": "tag/{slug}.html", "STORY_URL": "histoires/{slug}.html"},
        {"FEED_ALL_ATOM": "feeds/all.atom.xml", "FEED_ALL_RSS": "rss.xml"},
        {"STORIES_URL": "hồ-sơ/", "STORY_URL": "hồ-sơ/{slug}/"},
        {"YEAR_ARCHIVE_URL": "archives/{date:%Y}.html", "MONTH_ARCHIVE_URL": "archives/{date:%Y-%m}.html"},
    ):  # fmt: skip
        assert [fault.text(str) for fault in address_faults(patterns, ADDRESSES)] == [], patterns


# -- folders -------------------------------------------------------------------------------------


@pytest.fixture
def project(tmp_path: Path) -> dict[str, Any]:
    """A project as ours, by its settings; theme and plugins are links, as an editor may have them."""
    root = tmp_path / "projet"
    for name in ("content/2026", "cache", "output/feeds", "docs"):
        (root / name).mkdir(parents=True)
    for name in ("theme", "plugins"):
        (tmp_path / "shared" / name / "inside").mkdir(parents=True)
        (root / name).symlink_to(tmp_path / "shared" / name)
    (root / "pelicanconf.py").write_text("")
    (tmp_path / "link").symlink_to(root / "content")
    (root / "out").symlink_to(tmp_path / "elsewhere")
    (root / "loop").symlink_to(root / "loop")
    return {
        "PATH": str(root / "content"),
        "OUTPUT_PATH": str(root / "output"),
        "CACHE_PATH": str(root / "cache"),
        "THEME": str(root / "theme"),
        "PLUGIN_PATHS": [str(root / "plugins")],
        "SETTINGS_FILE": str(root / "pelicanconf.py"),
    }


@pytest.mark.parametrize(
    ("name", "folder", "said"),
    [
        ("OUTPUT_PATH", ".", "the project's own"),
        ("OUTPUT_PATH", "..", "the project's own"),
        ("OUTPUT_PATH", "/", "the project's own"),
        ("OUTPUT_PATH", "content", "is PATH itself"),
        ("OUTPUT_PATH", "content/2026/site", "lies within PATH"),
        ("OUTPUT_PATH", "../link", "is PATH itself"),
        ("OUTPUT_PATH", "../link/site", "lies within PATH"),
        ("OUTPUT_PATH", "theme", "is THEME itself"),
        ("OUTPUT_PATH", "../shared/theme/inside", "lies within THEME"),
        ("OUTPUT_PATH", "../shared", "holds THEME"),
        ("OUTPUT_PATH", "../shared/plugins", "is PLUGIN_PATHS itself"),
        ("OUTPUT_PATH", "plugins/inside", "lies within PLUGIN_PATHS"),
        ("OUTPUT_PATH", "cache", "is CACHE_PATH itself"),
        ("OUTPUT_PATH", "cache/site", "lies within CACHE_PATH"),
        ("OUTPUT_PATH", "pelicanconf.py", "is a file"),
        ("CACHE_PATH", "content", "is PATH itself"),
        ("CACHE_PATH", "content/cache", "lies within PATH"),
        ("CACHE_PATH", ".", "the project's own"),
        ("CACHE_PATH", "theme/cache", "lies within THEME"),
        ("PATH", "pelicanconf.py", "is a file"),
        ("PATH", "contenu", "no such folder"),
    ],
)
def test_a_folder_that_is_holds_or_lies_in_another_is_refused(
    project: dict[str, Any], name: str, folder: str, said: str
) -> None:
    root = Path(project["SETTINGS_FILE"]).parent
    project[name] = os.path.join(root, folder)
    (line,) = [fault.text(str) for fault in folder_faults(project)]
    assert line.startswith(f"{name} = ")
    assert said in line


def test_a_cache_within_the_site_is_refused(project: dict[str, Any]) -> None:
    project["CACHE_PATH"] = os.path.join(project["OUTPUT_PATH"], "cache")
    (line,) = [fault.text(str) for fault in folder_faults(project)]
    assert "holds CACHE_PATH" in line


@pytest.mark.parametrize("output", ["output", "docs", "out", "../site", "output/site", "loop"])
def test_folders_that_stand_apart_are_left_alone(project: dict[str, Any], output: str) -> None:
    project["OUTPUT_PATH"] = os.path.join(Path(project["SETTINGS_FILE"]).parent, output)
    assert folder_faults(project) == []


@pytest.mark.parametrize("name", ["PATH", "OUTPUT_PATH", "CACHE_PATH", "THEME"])
def test_a_folder_is_a_path(project: dict[str, Any], name: str) -> None:
    for value in (None, 5, "", " ", "a\0b", ["content"], True, Strange()):
        (line,) = lines({**project, name: value})
        assert line.startswith(f"{name} = "), value
