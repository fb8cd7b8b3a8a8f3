"""The doors: each loads in Pelican, none lets Pelican into the core."""

from __future__ import annotations

import ast
import importlib
import logging
import re
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from newsdigest.base import addresses
from pelican import Pelican
from pelican.settings import DEFAULT_CONFIG, read_settings
from pelican.utils import slugify
from publication import ROOT

CORE = ROOT / "plugins" / "newsdigest"
DOORS = [
    "article_reader",
    "entity_tagging",
    "related_headlines",
    "digest_feeds",
    "incremental_build",
]


@pytest.fixture(scope="module")
def pelican() -> Pelican:
    """Pelican, made from the site's own settings."""
    settings = read_settings(str(ROOT / "pelicanconf.py"))
    return Pelican(settings)


def test_every_configured_plugin_loads(pelican: Pelican, caplog: pytest.LogCaptureFixture) -> None:
    assert pelican.settings["PLUGINS"] == DOORS
    with caplog.at_level(logging.ERROR):
        pelican.init_plugins()
    assert caplog.records == []
    assert [plugin.__name__ for plugin in pelican.plugins] == DOORS


def test_every_folder_of_plugins_is_the_core_or_a_configured_door() -> None:
    found = {path.parent.name for path in (ROOT / "plugins").glob("*/__init__.py")}
    assert found == {"newsdigest", *DOORS}


def test_the_host_class_is_ours(pelican: Pelican) -> None:
    from incremental_build import LeFil

    module, _, name = pelican.settings["PELICAN_CLASS"].rpartition(".")
    assert getattr(sys.modules[module], name) is LeFil


@pytest.mark.parametrize("path", sorted(CORE.rglob("*.py")), ids=lambda p: p.name)
def test_the_core_never_imports_pelican_or_a_door(path: Path) -> None:
    assert imported(path) & {"pelican", *DOORS} == set()


@pytest.mark.parametrize("door", DOORS)
def test_no_door_imports_another(door: str) -> None:
    found = {name for path in (ROOT / "plugins" / door).glob("*.py") for name in imported(path)}
    assert found & set(DOORS) <= {door}
    assert "newsdigest" in found


def imported(path: Path) -> set[str]:
    """The top names of everything the file imports, wherever in it."""
    names: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name.partition(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            names.add(node.module.partition(".")[0])
    return names


def test_the_core_works_where_pelican_is_not_installed() -> None:
    """Every room of it is imported with Pelican out of reach, as a worker elsewhere may have it."""
    program = """
import importlib, pkgutil, sys
sys.modules["pelican"] = None
import newsdigest
for module in pkgutil.walk_packages(newsdigest.__path__, "newsdigest."):
    importlib.import_module(module.name)
print(len([name for name in sys.modules if name.startswith("newsdigest.")]))
"""
    run = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=False
    )
    assert run.returncode == 0, run.stderr
    assert int(run.stdout) >= 30


# -- addresses -----------------------------------------------------------------------------------

NEWS = [
    "La hausse des prix à l'exportation atteint 12,8 % en octobre",
    "L’été, l'œuvre & le « cœur » : où ? ici !",
    "Hội nghị thượng đỉnh Đà Nẵng khai mạc sáng nay",
    "EN DIRECT : le G20 — jour 2 (suite)",
    "XIVᵉ congrès, ½ finale, 5 €/kg, n° 7, A/B, C++",
    "  deux   espaces\tet une_tabulation ",
    "北京 / Moscou : Москва",
    "<b>Balise</b> & &amp; <i>vide</i>",
    "-tirets--doubles-",
    "ﬁn, ﬂux, Ⅳ, ℡, İstanbul, ß, ẞ",
]


def pelican_slug(text: str) -> str:
    """As Pelican makes it of an article's title with the settings it has by default."""
    return str(slugify(text, regex_subs=DEFAULT_CONFIG["SLUG_REGEX_SUBSTITUTIONS"]))


def agree(headline: str) -> bool:
    ours, theirs = addresses.slugify(headline, ""), pelican_slug(headline)
    if len(theirs) <= addresses.MAX_SLUG_BYTES:
        return ours == theirs.strip("-_")
    return len(ours.encode()) <= addresses.MAX_SLUG_BYTES and theirs.lstrip("-_").startswith(ours)


@pytest.mark.parametrize("headline", NEWS)
def test_a_slug_is_the_one_pelican_gives(headline: str) -> None:
    assert agree(headline)
    assert re.fullmatch(r"[a-z0-9_]+(-[a-z0-9_]+)*", addresses.slugify(headline))


@given(st.text(max_size=60))
def test_a_slug_is_the_one_pelican_gives_for_any_headline(headline: str) -> None:
    assert agree(headline)


@given(st.text(max_size=300))
def test_a_slug_is_always_one_safe_name(headline: str) -> None:
    slug = addresses.slugify(headline)
    assert 0 < len(slug.encode()) <= addresses.MAX_SLUG_BYTES
    assert re.fullmatch(r"[\w-]+", slug, re.ASCII)


# -- settings ------------------------------------------------------------------------------------


def settings_read() -> set[str]:
    """Every setting the core looks up or the site sets."""
    from dataclasses import fields

    from newsdigest.base.settings import TOLD, Limits
    from newsdigest.site.kinds import ADDRESSES

    source = (CORE / "base" / "settings.py").read_text(encoding="utf-8")
    named = set(re.findall(r"""values(?:\.get\(|\[)\s*["']([A-Z_]+)["']""", source))
    named |= set(TOLD.values())
    named |= set(re.findall(r"""environ(?:\.get\(|\[)\s*["']([A-Z_]+)["']""", source))
    for door in DOORS:
        for path in (ROOT / "plugins" / door).glob("*.py"):
            text = path.read_text(encoding="utf-8")
            named |= set(re.findall(r"""(?:settings|values)\.get\(["']([A-Z_]+)["']""", text))
    tree = ast.parse((ROOT / "pelicanconf.py").read_text(encoding="utf-8"))
    set_here = {
        target.id
        for node in tree.body
        if isinstance(node, (ast.Assign, ast.AnnAssign))
        for target in (node.targets if isinstance(node, ast.Assign) else [node.target])
        if isinstance(target, ast.Name)
    }
    limits = {field.name.upper() for field in fields(Limits)}
    # Pelican itself sets SETTINGS_FILE; nobody writes it.
    return (
        named | {address.setting for address in ADDRESSES if address.setting} | limits | set_here
    ) - {"SETTINGS_FILE"}


def test_every_setting_is_documented() -> None:
    page = (ROOT / "docs" / "settings.md").read_text(encoding="utf-8")
    documented = set(re.findall(r"`([A-Z][A-Z_0-9]+)`", page))
    assert settings_read() - documented == set()


def test_no_setting_is_documented_that_nothing_reads() -> None:
    page = (ROOT / "docs" / "settings.md").read_text(encoding="utf-8")
    rows = set(re.findall(r"^\|\s*`([A-Z][A-Z_0-9]+)`", page, re.MULTILINE))
    of_the_shell = set(re.findall(r"LEFIL_[A-Z_]+", (ROOT / "run").read_text(encoding="utf-8")))
    assert rows - settings_read() - set(DEFAULT_CONFIG) - of_the_shell == set()


# -- templates -----------------------------------------------------------------------------------


def test_templates_escape_what_they_are_given(pelican: Pelican) -> None:
    from incremental_build.host import PelicanHost

    environment = PelicanHost(pelican.settings).generator.env
    assert environment.autoescape is True
    page = environment.from_string("<p title='{{ name }}'>{{ name }}</p>")
    assert page.render(name="<b>'&") == "<p title='&lt;b&gt;&#39;&amp;'>&lt;b&gt;&#39;&amp;</p>"


@pytest.mark.parametrize(
    ("template", "shows"),
    [
        ("<article>{{ view.headline }}</article>{% trans %}an article{% endtrans %}", False),
        ("{{ ngettext('article', 'articles', n) }}{{ view.article }}{{ articles }}", False),
        ("{{ _('No article') }}{% if x == \"article's\" %}article{% endif %}", False),
        ("{{ article.title }}", True),
        ("{{ _('l\\'ami') ~ article }}", True),
        ("{% for tag in article.tags %}{% endfor %}", True),
        ("{%- if category -%}", True),
        ("{{ view.title ~ article }}", True),
    ],
)
def test_pelicans_article_is_made_for_a_theme_that_may_show_it(
    template: str, shows: bool, tmp_path: Path
) -> None:
    from incremental_build.host import shows_articles

    (tmp_path / "partials").mkdir()
    (tmp_path / "partials" / "page.html").write_text(template, encoding="utf-8")
    assert shows_articles(tmp_path) is shows
    assert not shows_articles(ROOT / "theme" / "templates")


def test_no_template_trusts_a_text() -> None:
    """`|safe` would put raw copy into a page: what is HTML comes as Markup from the core."""
    templates = (ROOT / "theme" / "templates").rglob("*.html")
    assert [
        t.name for t in templates if re.search(r"\|\s*safe\b|autoescape", t.read_text("utf-8"))
    ] == []


def test_an_installed_plugin_that_no_setting_names_is_left_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, text in {
        "unwanted": "raise RuntimeError",
        "wanted": "def register():\n    ''",
    }.items():
        (tmp_path / name).mkdir()
        (tmp_path / name / "__init__.py").write_text(text)
    installed = importlib.import_module("pelican.plugins")
    monkeypatch.setattr(installed, "__path__", [str(tmp_path)])
    monkeypatch.delitem(sys.modules, "pelican.plugins.wanted", raising=False)
    settings = read_settings(str(ROOT / "pelicanconf.py"))
    from incremental_build import LeFil

    for named in ("wanted", "pelican.plugins.wanted"):
        found = LeFil({**settings, "PLUGINS": [*DOORS, named]})
        assert found.plugins_missing == 0
        assert [plugin.__name__ for plugin in found.plugins][-1] == "pelican.plugins.wanted"


def test_a_pelican_that_looks_for_its_plugins_otherwise_does_as_it_does(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    installed = importlib.import_module("pelican.plugins")
    private = installed._utils
    looking = private.get_namespace_plugins
    from incremental_build import _only_imported

    with _only_imported({"wanted"}):
        assert private.get_namespace_plugins is not looking
    assert private.get_namespace_plugins is looking
    for otherwise in (private, installed):
        name = "get_namespace_plugins" if otherwise is private else "_utils"
        monkeypatch.delattr(otherwise, name)
        with _only_imported({"wanted"}):
            assert not hasattr(otherwise, name)
