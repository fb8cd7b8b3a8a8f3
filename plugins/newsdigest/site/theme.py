"""The theme's own files: its styles in one, names that carry a hash; what its templates rely on."""

from __future__ import annotations

import re
from collections.abc import Callable, Hashable
from dataclasses import dataclass
from functools import cache, lru_cache
from gettext import NullTranslations
from pathlib import Path

from jinja2 import Environment
from jinja2.ext import Extension
from markupsafe import Markup, escape
from rjsmin import jsmin

from newsdigest.base.addresses import href
from newsdigest.base.errors import BuildError, _
from newsdigest.base.fingerprint import digest
from newsdigest.base.records import Site
from newsdigest.site.compiled import InPieces
from newsdigest.site.styles import one_sheet
from newsdigest.site.web_manifest import NAME as MANIFEST
from newsdigest.site.web_manifest import icon_names, manifest_data, read_manifest

# The teasers of a few months of news, and what stands on every page.
KEPT_FRAGMENTS = 10_000

_PLAIN_MESSAGE = re.compile(r"\{\{ _\('([^'\\]+)'\) \}\}")


@dataclass(frozen=True, slots=True)
class Assets:
    """The addresses every page links to; "" for what the theme does not have."""

    css: str = ""
    js: str = ""
    icon: str = ""
    touch: str = ""
    logo: str = ""
    favicon: str = ""
    manifest: str = ""
    search: str = ""


def prepare_environment(environment: Environment, translations: NullTranslations) -> None:
    """Give the theme's templates what they rely on: the site's language, and `kept`.

    A build has one language, so plain `{{ _('…') }}` is translated when the template is loaded,
    not on every page; the rest (plurals, `trans`) is Jinja's own. `it | kept(template)` is
    the template shown `it`, rendered once for equal ones.
    """

    class Fixed(Extension):
        def preprocess(self, source: str, name: str | None, filename: str | None = None) -> str:
            return _PLAIN_MESSAGE.sub(
                lambda found: str(escape(translations.gettext(found.group(1)))), source
            )

    @cache
    def render(template: str) -> Callable[..., str]:
        return environment.get_template(template).render

    @lru_cache(maxsize=KEPT_FRAGMENTS)
    def kept(it: Hashable, template: str) -> Markup:
        return Markup(render(template)(it=it))

    environment.add_extension("jinja2.ext.i18n")
    environment.install_gettext_translations(translations, newstyle=False)  # type: ignore[attr-defined]
    environment.add_extension(Fixed)
    environment.filters["kept"] = kept
    environment.code_generator_class = InPieces
    # Whoever changes a template has the next build, or the next worker, load it anew.
    environment.auto_reload = False


# Icons whose addresses pages are shown, by their file; a manifest may name more.
_ICONS = {"icon.svg": "icon", "touch.png": "touch", "icon-512.png": "logo"}


def load_assets(theme: Path, site: Site) -> tuple[Assets, dict[str, bytes]]:
    """The theme's assets and the files to publish for them; no script of the search for a site without.

    `static/css/order.txt` lists the style sheets that become one (`styles.one_sheet`). The hash in
    a name means that an old page and a new one never share a style meant for the other.
    """
    static = theme / "static"
    order = static / "css" / "order.txt"
    if not order.is_file():  # a theme that is not made for us brings its files by itself
        return Assets(), {}
    names = order.read_text(encoding="utf-8").split()
    script = _script(static, "site.js")
    sheets = [_style_sheet(static / "css", name) for name in names]
    manifest = read_manifest(static)
    icons = list(dict.fromkeys((*_ICONS, *icon_names(manifest))))
    found = {
        "css": ("site.css", one_sheet(sheets, script.decode()).encode()),
        "js": ("site.js", script),
        "search": ("search.js", _script(static, "site.js", "search.js") if site.search else b""),
        **{name: (name, _bytes_of(static / name)) for name in icons},
    }
    hashed = {role: (_hashed(*named), named[1]) for role, named in found.items() if named[1]}
    files = dict(hashed.values())
    addresses = {
        _ICONS.get(role, role): href(name)
        for role, (name, _data) in hashed.items()
        if role in _ICONS or role in ("css", "js", "search")
    }
    # Browsers ask for this one by its name, whatever the pages say.
    if favicon := _bytes_of(static / "favicon.ico"):
        files["favicon.ico"] = favicon
        addresses["favicon"] = "/favicon.ico"
    if manifest:
        published = {name: hashed[name][0] for name in icon_names(manifest)}
        files[MANIFEST] = manifest_data(manifest, site, published)
        addresses["manifest"] = href(MANIFEST)
    return Assets(**addresses), files


def _hashed(name: str, data: bytes) -> str:
    stem, _, suffix = name.rpartition(".")
    return f"static/{stem}.{digest(data)[:12]}.{suffix}"


def _script(static: Path, *names: str) -> bytes:
    """The scripts of these names as one, without comments and spaces; b"" where one is not there."""
    sources = [_bytes_of(static / "js" / name) for name in names]
    return jsmin(b"\n".join(sources)) if all(sources) else b""


def _style_sheet(folder: Path, name: str) -> str:
    try:
        return (folder / name).read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise BuildError(
            _("the style sheet {name}, named in {order}, cannot be read: {reason}."),
            _("Put the file there, or take its name out of the list."),
            name=name,
            order=str(folder / "order.txt"),
            reason=getattr(error, "strerror", None) or str(error),
        ) from error


def _bytes_of(path: Path) -> bytes:
    return path.read_bytes() if path.is_file() else b""
