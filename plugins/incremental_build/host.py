"""Pelican as the host of rendering: its templates, its context, its Article objects."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from functools import cached_property
from gettext import NullTranslations
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemBytecodeCache, TemplateError
from markupsafe import Markup
from newsdigest import versions
from newsdigest.archive.articles import FiledArticle
from newsdigest.archive.readers import Archive
from newsdigest.base.addresses import in_folder, site_folder
from newsdigest.base.errors import BuildError, _
from newsdigest.base.fingerprint import digest
from newsdigest.base.i18n import theme_translations
from newsdigest.site.body import article_html
from newsdigest.site.theme import prepare_environment
from pelican import Pelican, signals
from pelican.contents import Article
from pelican.generators import ArticlesGenerator, PelicanTemplateNotFound
from pelican.readers import Readers
from pelican.settings import Settings, read_settings
from pelican.urlwrappers import Category, Tag
from pelican.writers import Writer

from incremental_build.articles import Lazy, LazyPairs, Library, StoreArticle, StoreArticles

# A theme that has this file has a template for every page kind of `newsdigest.site.plan`.
DECLARATION = "lefil.toml"

# The plugins of this folder that listen to Pelican: what they look for is in our articles already.
OUR_DOORS = ("article_reader", "entity_tagging", "related_headlines", "digest_feeds")

# What a template calls Pelican's article and its category, in an expression and in no string of it.
_STRING = r"'(?:[^'\\]|\\.)*'|\"(?:[^\"\\]|\\.)*\""
_PELICANS = re.compile(
    rf"\{{[{{%](?:[^{{}}'\"]|{_STRING})*?(?<![\w.])(?:article|category)(?!\w)", re.DOTALL
)

# Settings of this process by where they came from: a forked worker finds its parent's here.
_kept: dict[str, Settings] = {}


@dataclass(frozen=True, slots=True)
class SettingsSource:
    """Where a worker elsewhere reads the same settings: the file, and what overrides it.

    `look` changes with the settings themselves: a worker kept from build to build reads them anew.
    """

    file: str
    overrides: dict[str, Any]
    look: str

    @classmethod
    def of(cls, settings: Settings, look: str) -> SettingsSource:
        folders = ("PATH", "OUTPUT_PATH", "CACHE_PATH", "THEME")
        return cls(
            str(Path(settings.get("SETTINGS_FILE", "pelicanconf.py")).absolute()),
            {
                **{name: str(Path(settings[name]).absolute()) for name in folders},
                "SITEURL": settings["SITEURL"],
            },
            look,
        )

    def as_json(self) -> str:
        return json.dumps(asdict(self), sort_keys=True)


def is_declared(theme: str) -> bool:
    """Whether the theme says which template shows which page kind."""
    return (Path(theme) / DECLARATION).is_file()


def is_told(signal: Any) -> bool:
    """Whether a plugin that is not ours listens to this signal of Pelican's."""
    return any(
        getattr(receiver, "__module__", "").partition(".")[0] not in OUR_DOORS
        for receiver in signal.receivers_for(None)
    )


def shows_articles(templates: str | Path) -> bool:
    """Whether a template of the folder may show Pelican's article; in doubt it does."""
    return any(
        _PELICANS.search(file.read_text(encoding="utf-8", errors="replace"))
        for file in sorted(Path(templates).rglob("*.html"))
    )


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
    """Renders the theme's templates in Pelican's own environment.

    `last_context` is what the last page was shown, for plugins that ask.
    """

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
        translations = theme_translations(Path(settings["THEME"]), settings["DEFAULT_LANG"])
        prepare_environment(self.generator.env, translations)
        keep_compiled(self.generator.env, Path(settings["CACHE_PATH"]), translations)
        self.reader = Readers(settings).readers["txt"]
        self.last_context: dict[str, Any] = {}
        # Only a build that is Pelican's own keeps its articles: the archive may be large.
        self.library: Library | None = None

    def open_archive(self, archive: Archive) -> None:
        """Lend templates and plugins the archive, in Pelican's words."""
        self.generator.lend(archive, Library(archive, lambda id_: self._made(archive, id_)))

    def keep_articles(self) -> None:
        """From now on each article is made once, for plugins to mark."""
        self.library = self.generator.library

    def render(self, template: str, context: Mapping[str, Any]) -> str:
        """The page, with Pelican's context behind what the page is shown."""
        self.last_context = {**self.context, **context}
        try:
            return str(self.generator.get_template(template).render(self.last_context))
        except (TemplateError, PelicanTemplateNotFound) as error:
            raise BuildError(
                _("the theme cannot be used, at {template}: {reason}."),
                _("Correct the template, or the setting THEME."),
                template=template,
                reason=str(error).rstrip("."),
            ) from error

    def sees_articles(self) -> bool:
        """Whether the plugins or the theme would see Pelican's Article."""
        return bool(self.library) or self._shows_articles

    def article_context(self, filed: FiledArticle, body: str) -> Mapping[str, Any]:
        """Pelican's Article for it, announced to the plugins as Pelican would."""
        article = (
            self.library.article(filed.article.id) if self.library else self.article(filed, body)
        )
        signals.article_generator_write_article.send(self.generator, content=article)
        return {"article": article, "category": getattr(article, "category", None)}

    @cached_property
    def _shows_articles(self) -> bool:
        """Whether a plugin is told of Pelican's articles, or a template may show one."""
        settings = self.settings
        folders = [Path(settings["THEME"], "templates"), *settings["THEME_TEMPLATES_OVERRIDES"]]
        return (
            bool(signals.article_generator_write_article.receivers)
            or is_told(signals.content_object_init)
            or bool(settings["JINJA_GLOBALS"] or settings["JINJA_FILTERS"])
            or any(map(shows_articles, folders))
        )

    def _made(self, archive: Archive, article_id: str) -> Article:
        filed = archive.articles.filed(article_id)
        if filed is None:
            raise LookupError(f"article {article_id} is not published")
        # Only of a declared theme are the pages themselves moved into the site's folder.
        ours = is_declared(self.settings["THEME"])
        folder = "" if ours else site_folder(self.settings["SITEURL"])
        return self.article(filed, in_folder(article_html(filed, archive.addresses), folder))

    def article(self, filed: FiledArticle, body: str) -> Article:
        """It as a real Pelican article; the other doors see its record and its links."""
        url = filed.url.removeprefix("/")
        default = self.settings.get("DEFAULT_CATEGORY")
        # Plugins and themes made for Pelican count on a category; in our own pages there is none.
        category = {"category": Category(default, self.settings)} if self.library else {}
        metadata = (
            category
            | self.reader.metadata_of(filed.article)
            | {
                "entities": filed.entity_cards,
                "references": [
                    (reference.resolution.headline, reference.card.url if reference.card else "")
                    for reference in filed.references
                ],
                "url": url,
                "save_as": url,
                "slug": Path(url).stem,
            }
        )
        return StoreArticle(
            Markup(body),
            metadata,
            settings=self.settings,
            source_path=str(Path(self.settings["PATH"]) / filed.article.path),
            context=self.context,
        )


def keep_compiled(environment: Environment, cache: Path, translations: NullTranslations) -> None:
    """Keep compiled templates between builds: a small one spends more on them than on its pages.

    What the translation put into them goes by the catalogue, so that is in the folder's name.
    """
    words = repr(sorted(getattr(translations, "_catalog", {}).items(), key=repr))
    folder = cache / f"templates-{digest((versions.rendering() + words).encode())[:16]}"
    folder.mkdir(parents=True, exist_ok=True)
    environment.bytecode_cache = FileSystemBytecodeCache(str(folder))


class StoreArticlesGenerator(ArticlesGenerator):  # type: ignore[misc]
    """Pelican's generator of articles over the store: it reads no file, and lists lazily."""

    library: Library

    def lend(self, archive: Archive, library: Library) -> None:
        """Point the generator and the context at the archive."""
        self.library = library
        newest_first = StoreArticles(library, lambda: list(archive.articles.ids())[::-1])
        self.articles = newest_first
        self.dates = (
            newest_first
            if self.settings["NEWEST_FIRST_ARCHIVES"]
            else StoreArticles(library, lambda: list(archive.articles.ids()))
        )
        self.tags = LazyPairs(lambda: self._tags(archive))
        self.categories = LazyPairs(lambda: self._categories(archive))
        self.authors = LazyPairs(self._authors)
        self.period_archives = Lazy(list)
        self.context.update(
            articles=self.articles,
            dates=self.dates,
            tags=self.tags,
            categories=self.categories,
            authors=self.authors,
            drafts=[],
            hidden_articles=[],
            related_posts=[],
            period_archives=self.period_archives,
        )

    def generate_context(self) -> None:
        """Announce the articles as Pelican does; they are lent already."""
        signals.article_generator_pretaxonomy.send(self)
        self.period_archives = self._build_period_archives(
            list(self.dates), list(self.articles), self.settings
        )
        self.context["period_archives"] = self.period_archives
        signals.article_generator_finalized.send(self)

    def generate_pages(self, writer: Writer) -> None:
        """A stock theme's pages, by Pelican's own code; the feeds are the core's."""
        self.tags = dict(self.tags)
        super().generate_pages(writer)

    def _tags(self, archive: Archive) -> list[tuple[Tag, StoreArticles]]:
        rows = archive.index.rows()
        return [
            (self._tag(name, type_, slug), self._naming(archive, n))
            for n, name, type_, slug in rows
        ]

    def _tag(self, name: str, type_: str, slug: str) -> Tag:
        tag = Tag(name, self.settings)
        tag.type, tag.slug = type_, slug
        return tag

    def _naming(self, archive: Archive, entity: int) -> StoreArticles:
        return StoreArticles(self.library, lambda: archive.entities.ids_naming(entity))

    def _categories(self, archive: Archive) -> list[tuple[Category, StoreArticles]]:
        pairs = [
            (Category(section, self.settings), self._in_section(archive, section))
            for section in archive.articles.sections()
        ]
        return sorted(pairs, reverse=self.settings["REVERSE_CATEGORY_ORDER"])

    def _in_section(self, archive: Archive, section: str) -> StoreArticles:
        return StoreArticles(self.library, lambda: archive.articles.ids_in_section(section))

    def _authors(self) -> list[tuple[Any, StoreArticles]]:
        """By walking all the articles: nothing else knows their Pelican authors."""
        ids: dict[Any, list[str]] = {}
        for article in self.articles:
            for author in getattr(article, "authors", ()):
                ids.setdefault(author, []).append(article.record.id)
        return [
            (author, StoreArticles(self.library, lambda found=found: found))  # type: ignore[misc]
            for author, found in sorted(ids.items())
        ]
