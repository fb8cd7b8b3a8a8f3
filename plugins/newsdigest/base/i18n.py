"""The editor's language: message catalogues, their loading and their compiling.

A msgid is English, with {named} facts. Mark it with `_("...")` (in a module that defines `_` as
the identity, see `errors.py`, and translates later) or call `gettext("...")` on a literal. Then

    pybabel extract -k _ -k gettext --no-location -o /tmp/newsdigest.pot plugins
    pybabel update -D newsdigest -i /tmp/newsdigest.pot -d plugins/newsdigest/locale -N

adds it to `locale/<lang>/LC_MESSAGES/newsdigest.po`; translate it there and run
`python -m newsdigest.base.i18n`. The compiled `.mo` files are committed beside their sources, and a
test holds that they are current and that no msgid is left without its translation.
"""

from __future__ import annotations

import gettext
import io
from pathlib import Path

DOMAIN = "newsdigest"
LOCALE = Path(__file__).parents[1] / "locale"


def translations(lang: str) -> gettext.NullTranslations:
    """The catalogue of a language tag (`fr`, `fr-CA`); English msgids where there is none."""
    tags = [lang.replace("-", "_"), lang.replace("_", "-").partition("-")[0]]
    return gettext.translation(DOMAIN, LOCALE, languages=tags, fallback=True)


def theme_translations(theme: Path, lang: str) -> gettext.NullTranslations:
    """The theme's own catalogue, under `translations/`; English msgids where there is none."""
    tags = [lang.replace("-", "_"), lang.replace("_", "-").partition("-")[0]]
    return gettext.translation("theme", theme / "translations", languages=tags, fallback=True)


def compile_catalogues() -> list[Path]:
    """Write every stale `.mo` anew; returns the files written."""
    written = []
    for source in sorted(LOCALE.glob(f"*/LC_MESSAGES/{DOMAIN}.po")):
        target = source.with_suffix(".mo")
        compiled = compiled_catalogue(source)
        if not target.exists() or target.read_bytes() != compiled:
            target.write_bytes(compiled)
            written.append(target)
    return written


def compiled_catalogue(source: Path) -> bytes:
    """The `.mo` bytes of a `.po` file: the same source gives the same bytes."""
    # Babel is only needed by those who translate, not by those who read.
    from babel.messages.mofile import write_mo
    from babel.messages.pofile import read_po

    with source.open("rb") as file:
        catalogue = read_po(file)
    compiled = io.BytesIO()
    write_mo(compiled, catalogue)
    return compiled.getvalue()


if __name__ == "__main__":
    for path in compile_catalogues():
        print(path)
