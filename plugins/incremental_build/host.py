"""Pelican as the host of rendering: its templates, its context, its Article objects."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from gettext import NullTranslations
from pathlib import Path
from typing import Any

from jinja2 import Environment
from jinja2.ext import Extension
from markupsafe import Markup, escape
from newsdigest.archive import Story
from newsdigest.i18n import theme_translations
from pelican import Pelican, signals
from pelican.contents import Article
from pelican.generators import ArticlesGenerator, PagesGenerator, StaticGenerator
from pelican.readers import Readers
from pelican.settings import Settings, read_settings

# Settings of this process by where they came from: a forked worker finds its parent's here.
_kept: dict[str, Settings] = {}


@dataclass(frozen=True, slots=True)
class SettingsSource:
    """Where a worker elsewhere reads the same settings: the file, and what overrides it."""

    file: str
    overrides: dict[str, Any]

    @classmethod
    def of(cls, settings: Settings) -> SettingsSource:
        return cls(
            str(settings.get("SETTINGS_FILE", "pelicanconf.py")),
            {
                name: settings[name]
                for name in ("PATH", "OUTPUT_PATH", "CACHE_PATH", "THEME", "SITEURL")
            },
        )

    def as_json(self) -> str:
        return json.dumps(asdict(self), sort_keys=True)


def keep_settings(source: SettingsSource, settings: Settings) -> None:
    """Let this process and those forked from it render with these very settings."""
    _kept[source.as_json()] = settings


def open_host(options: str) -> PelicanHost:
    """The host for settings kept in this process, or read where `options` says."""
    settings = _kept.get(options)
    if settings is None:
        source = SettingsSource(**json.loads(options))
        settings = Pelican(read_settings(source.file, override=source.overrides)).settings
    return PelicanHost(settings)


class PelicanHost:
    """Renders the theme's templates in Pelican's own environment."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.context: dict[str, Any] = {
            **settings,
            "generated_content": {},
            "static_links": set(),
            "static_content": {},
            "localsiteurl": settings["SITEURL"],
        }
        self.generator = StoreArticlesGenerator(
            context=self.context,
            settings=settings,
            path=settings["PATH"],
            theme=settings["THEME"],
            output_path=settings["OUTPUT_PATH"],
        )
        translate(
            self.generator.env,
            theme_translations(Path(settings["THEME"]), settings["DEFAULT_LANG"]),
        )
        self.reader = Readers(settings).readers["txt"]

    def render(self, template: str, context: Mapping[str, Any]) -> str:
        """The page, with Pelican's context behind what the page is shown."""
        return str(self.generator.get_template(template).render({**self.context, **context}))

    def article_context(self, story: Story, body: str) -> Mapping[str, Any]:
        """Pelican's Article of the story, announced to the plugins as Pelican would."""
        article = self.article(story, body)
        signals.article_generator_write_article.send(self.generator, content=article)
        return {"article": article, "category": getattr(article, "category", None)}

    def article(self, story: Story, body: str) -> Article:
        """The story as a real Pelican article; the other doors see its record and its links."""
        metadata = self.reader.metadata_of(story.article)
        url = story.url.removeprefix("/")
        metadata |= {
            "entities": story.companies,
            "references": [
                (reference.resolution.headline, reference.card.url if reference.card else "")
                for reference in story.references
            ],
            "url": url,
            "save_as": url,
            "slug": Path(url).stem,
        }
        return Article(
            Markup(body),
            metadata,
            settings=self.settings,
            source_path=str(Path(self.settings["PATH"]) / story.article.path),
            context=self.context,
        )


def translate(environment: Environment, translations: NullTranslations) -> None:
    """Let templates speak the site's language.

    A build has one language, so plain `{{ _('…') }}` is translated when the template is loaded,
    not on every page; the rest (plurals, `trans`) is Jinja's own.
    """
    environment.add_extension("jinja2.ext.i18n")
    environment.install_gettext_translations(translations, newstyle=False)  # type: ignore[attr-defined]

    class Fixed(Extension):
        def preprocess(self, source: str, name: str | None, filename: str | None = None) -> str:
            return _PLAIN_MESSAGE.sub(
                lambda found: str(escape(translations.gettext(found.group(1)))), source
            )

    environment.add_extension(Fixed)


_PLAIN_MESSAGE = re.compile(r"\{\{ _\('([^'\\]+)'\) \}\}")


class StoreArticlesGenerator(ArticlesGenerator):  # type: ignore[misc]
    """Pelican's generator of articles, which are in the store: it reads and lists none itself."""


def extra_files(pelican: Pelican, folder: Path) -> None:
    """Run Pelican's other generators (pages, static files, plugins') into `folder`."""
    own = {ArticlesGenerator}
    context: dict[str, Any] = {
        **pelican.settings,
        "generated_content": {},
        "static_links": set(),
        "static_content": {},
        "localsiteurl": pelican.settings["SITEURL"],
        "articles": [],
    }
    generators = [
        cls(
            context=context,
            settings=pelican.settings,
            path=pelican.path,
            theme=pelican.theme,
            output_path=str(folder),
        )
        for cls in pelican._get_generator_classes()
        if cls not in own and (cls not in _IDLE or _IDLE[cls](pelican.settings))
    ]
    if not generators:
        return
    for generator in generators:
        if hasattr(generator, "generate_context"):
            generator.generate_context()
    writer = pelican._get_writer()
    writer.output_path = str(folder)
    for generator in generators:
        if hasattr(generator, "generate_output"):
            generator.generate_output(writer)


# Generators with nothing to do under these settings are not even made: each loads its templates.
_IDLE = {
    PagesGenerator: lambda settings: bool(settings["PAGE_PATHS"]),
    StaticGenerator: lambda settings: bool(
        settings["STATIC_PATHS"] or settings["THEME_STATIC_PATHS"]
    ),
}
