"""Pelican's other generators, and builds that are Pelican's own.

Plugins that act on the pages Pelican writes, or on all its articles, and themes that do not
declare their page kinds, are given Pelican's whole run, in this process and in full: slow, never
wrong. What they write goes to the staging folder like all the rest.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from newsdigest.build import HostedRun
from pelican import Pelican, signals
from pelican.generators import ArticlesGenerator, PagesGenerator, StaticGenerator
from pelican.writers import Writer

from incremental_build.host import PelicanHost, StoreArticlesGenerator, is_declared, is_told

# Who listens to these must see every page, or every article, of the site.
_WHOLE_SITE = (
    "content_written",
    "finalized",
    "all_generators_finalized",
    "article_generator_finalized",
    "article_generator_pretaxonomy",
    "article_generator_write_article",
    "article_writer_finalized",
    "feed_generated",
    "feed_written",
)

# Generators with nothing to do under these settings are not even made: each loads its templates.
_IDLE = {
    PagesGenerator: lambda settings: not settings["PAGE_PATHS"],
    StaticGenerator: lambda settings: (
        not (settings["STATIC_PATHS"] or settings["THEME_STATIC_PATHS"])
    ),
}


def wants_whole_site() -> bool:
    """Whether a plugin that is not ours listens to what only a whole run sends."""
    return any(is_told(getattr(signals, name)) for name in _WHOLE_SITE)


def run_pelican(pelican: Pelican, host: PelicanHost | None, run: HostedRun) -> None:
    """Run Pelican's generators into `run.folder`; with `host`, the one of the articles too."""
    context = host.context if host else _context(pelican)
    places = [pelican.settings, context]
    kept = pelican.output_path
    # Plugins ask here or there where the site is written: for this run it is the folder.
    pelican.output_path = str(run.folder)
    for place in places:
        place["OUTPUT_PATH"] = str(run.folder)
    try:
        articles = _articles_generator(host, run) if host else None
        generators = _other_generators(pelican, context)
        if articles:
            generators.insert(0, articles)
        _run(pelican, generators)
    finally:
        pelican.output_path = kept
        for place in places:
            place["OUTPUT_PATH"] = kept


def _run(pelican: Pelican, generators: list[Any]) -> None:
    if not generators:
        return
    for generator in generators:
        if hasattr(generator, "generate_context"):
            generator.generate_context()
    signals.all_generators_finalized.send(generators)
    for generator in generators:
        if hasattr(generator, "refresh_metadata_intersite_links"):
            generator.refresh_metadata_intersite_links()
    writer = pelican._get_writer()
    for generator in generators:
        if hasattr(generator, "generate_output"):
            generator.generate_output(writer)
    signals.finalized.send(pelican)


def _context(pelican: Pelican) -> dict[str, Any]:
    return {
        **pelican.settings,
        "generated_content": {},
        "static_links": set(),
        "static_content": {},
        "localsiteurl": pelican.settings["SITEURL"],
        "articles": [],
    }


def _other_generators(pelican: Pelican, context: dict[str, Any]) -> list[Any]:
    return [
        cls(
            context=context,
            settings=pelican.settings,
            path=pelican.path,
            theme=pelican.theme,
            output_path=pelican.output_path,
        )
        for cls in pelican._get_generator_classes()
        if cls is not ArticlesGenerator and not _IDLE.get(cls, _busy)(pelican.settings)
    ]


def _busy(settings: Any) -> bool:
    del settings
    return False


def _articles_generator(host: PelicanHost, run: HostedRun) -> StoreArticlesGenerator:
    """The generator of the articles, writing our pages, or a stock theme's, into the folder."""
    host.keep_articles()
    generator = host.generator
    generator.output_path = str(run.folder)
    if is_declared(host.settings["THEME"]):
        generator.generate_output = lambda writer: _write_ours(host, run, writer)
    else:
        generator.generate_output = lambda writer: _write_stock(generator, writer)
    return generator


def _write_ours(host: PelicanHost, run: HostedRun, writer: Writer) -> None:
    for page in run.pages:
        for path, data in run.render(page):
            file = run.folder / path
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(data)
            context = {**host.last_context, "output_file": path}
            signals.content_written.send(str(file), context=context)
    signals.article_writer_finalized.send(host.generator, writer=writer)


def _write_stock(generator: StoreArticlesGenerator, writer: Writer) -> None:
    generator.generate_pages(writer)
    signals.article_writer_finalized.send(generator, writer=writer)


def plugin_folders(pelican: Pelican) -> Iterable[Path]:
    """Where the code of the loaded plugins is."""
    for plugin in pelican.plugins:
        file = getattr(plugin, "__file__", None)
        if file:
            path = Path(file)
            yield path.parent if path.name == "__init__.py" else path
