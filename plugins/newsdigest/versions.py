"""What a build depends on besides the articles, by stage: a change costs its stage, no more.

    reading   raw file -> records of the archive     changed: the store is made anew
    look      records -> pages and feeds             changed: every page is rendered, no file read

Settling belongs to reading: the store keeps what settling made of the records, not how it was
asked. What stands in `NEITHER` changes what the editor sees, never the site.
"""

from __future__ import annotations

import platform
import unicodedata
from collections.abc import Iterable
from dataclasses import asdict, replace
from datetime import UTC, datetime
from functools import cache
from importlib import metadata
from importlib.util import find_spec
from pathlib import Path

import msgspec

from newsdigest.archive.schema import SCHEMA_VERSION
from newsdigest.base.errors import BuildError, _
from newsdigest.base.fingerprint import digest, fingerprint
from newsdigest.base.records import Site
from newsdigest.base.settings import Settings
from newsdigest.entities.tagger import Tagger
from newsdigest.relate.terms import vectors_version

CORE = Path(__file__).parent

# Every file of the core stands in one of the three (a test holds it).
READING = (
    *("base/records.py", "base/settings.py", "base/addresses.py", "base/agencies.py"),
    "base/__init__.py",
    *("base/clock.py", "base/conflict_copies.py", "base/link_reasons.py", "base/arrays.py"),
    "base/late.py",
    *("text", "read", "pictures", "entities", "relate", "data", "ingest.py", "looked_at.py"),
    "editors_files.py",
    *(f"archive/{name}.py" for name in ("schema", "store", "opening", "connections", "raw_files")),
    *("base/ledger.py", "archive/ledger.py", "ledger_files.py"),
    *("archive/rows.py", "archive/neighbours.py", "archive/changes.py", "archive/update"),
)
# The archive's readers look up what pages show, and some of its parts keep the site's own files:
# no record depends on them.
_READERS = (
    *("__init__", "readers", "articles", "periods", "entities", "index", "stories", "ties"),
    "pictures",
    "places",
    *(
        "asked",
        "entries",
        "labels",
        "languages",
        "sections",
        "manifest",
        "reach",
        "reviews",
        "counts",
        "cards",
        "facts",
    ),
    *("standing", "unpublished", "embargoes", "moves", "corrections", "retractions", "stream"),
    *("site_files", "underway", "store_files", "faults", "views"),
)
LOOK = (
    *(f"archive/{reader}.py" for reader in _READERS),
    *("site", "publish", "publication.py", "render.py", "rendering.py", "planning.py"),
    *("build.py", "host.py", "resources.py", "versions.py"),
    "base/fingerprint.py",
)
NEITHER = (
    *(f"base/{name}.py" for name in ("settings_check", "address_check", "folder_check", "plain")),
    *("base/errors.py", "base/i18n.py", "locale", "commands"),
    *("report.py", "report_screen.py", "progress.py"),
    *("releases", "sending.py", "rehearsal.py"),
    *("executors.py", "workers.py", "collector.py", "__init__.py", "py.typed"),
)

# The packages whose output reaches the records, and those whose output reaches the pages.
READING_PACKAGES = (
    *("py3langid", "numpy", "PyStemmer", "msgspec", "MarkupSafe", "tzdata"),
    *("lxml", "feedparser"),  # wire formats
    "pillow",
    *("pelican", "docutils", "Markdown"),  # the editors' own pieces
    *("trafilatura", "htmldate", "jusText", "beautifulsoup4", "nh3"),  # saved pages
)
LOOK_PACKAGES = (
    *("babel", "Jinja2", "MarkupSafe", "pelican", "feedgen", "lxml", "python-dateutil", "tzdata"),
    *("pagefind_bin", "rjsmin"),
    *("docutils", "Markdown", "Pygments", "Unidecode"),  # Pelican's, for pages of its own
    "pillow",  # social cards
)

# The limits that settling reads: who has a page. All others are the pages' own.
READING_LIMITS = (
    *("entity_page_from", "organisation_page_from"),
    *("picture_megapixels", "picture_megabytes"),
)


def reading(settings: Settings, tagger: Tagger) -> str:
    """What the store's records depend on, besides the raw files."""
    limits = asdict(settings.limits)
    parts = (
        SCHEMA_VERSION,
        settings.tagger,
        settings.entity_types,
        tagger.version,
        vectors_version(),
        replace(settings.rules, now=datetime.fromtimestamp(0, UTC)),
        settings.addresses,
        [limits[name] for name in READING_LIMITS],
        _code(READING),
        _packages(READING_PACKAGES),
        fingerprint(_module(settings.rules.pieces)),
    )
    return digest(msgspec.json.encode(parts))


def _module(function: str) -> list[Path]:
    """The file of a function that is named as `module:function`; none for ""."""
    spec = find_spec(function.partition(":")[0]) if function else None
    return [Path(spec.origin)] if spec and spec.origin else []


def look(settings: Settings, host: Iterable[Path], host_look: str) -> str:
    """What every page and feed depends on, besides the records: `host` are files and folders of code."""
    shown = _shown(_as_set(settings.site), settings)
    return f"{rendering()} {fingerprint(list(host))} {shown} {digest(host_look.encode())}"


def theme(settings: Settings) -> str:
    """What pages depend on, and no feed, list or map."""
    return fingerprint([Path(settings.theme)])


def views(settings: Settings) -> str:
    """What pages show depends on besides the records: of the theme its pictures alone, whose addresses
    structured data holds."""
    static = Path(settings.theme) / "static"
    pictures = sorted(file for file in static.glob("*.*") if file.is_file())
    return f"{rendering()} {_shown(settings.site, settings)} {fingerprint(pictures)}"


def _shown(site: Site, settings: Settings) -> str:
    limits = replace(settings.limits, in_process_below=0)
    return digest(msgspec.json.encode((site, settings.addresses, limits, settings.kinds)))


def entries(settings: Settings) -> str:
    """What every feed entry depends on besides its article: not the theme."""
    site = _as_set(settings.site)
    return f"{rendering()} {digest(msgspec.json.encode((site, settings.addresses)))}"


def _as_set(site: Site) -> Site:
    """Without what is of the archive: `planning` asks for it."""
    return replace(site, corrections="", shown=(), search="")


def rendering() -> str:
    """The code that renders, ours and others'."""
    return digest(msgspec.json.encode((_code(LOOK), _packages(LOOK_PACKAGES))))


def workers() -> str:
    """What a worker must share with the build: all that reads, settles and renders."""
    parts = (_code(READING), _packages(READING_PACKAGES), rendering())
    return digest(msgspec.json.encode(parts))


def refuse_other_code(code: str) -> None:
    """Raise BuildError in a worker whose code or packages are not those that sent the job."""
    if code and code != workers():
        raise BuildError(
            _("a worker runs another version of the code."),
            _("Restart the workers after each update."),
        )


@cache
def installed(package: str) -> str:
    """The version of a package here, "" where it is not; looked up once a process."""
    try:
        return metadata.version(package)
    except metadata.PackageNotFoundError:
        return ""


def _packages(names: Iterable[str]) -> list[str]:
    # Python's own tables decide what a letter is, and how text is folded.
    return [platform.python_version(), unicodedata.unidata_version, *map(installed, names)]


@cache
def _code(paths: tuple[str, ...]) -> str:
    """The fingerprint of the core's own files: they do not change under a running process."""
    return fingerprint([CORE / path for path in paths])
