"""The theme's colours and words: seen by everyone, translated whole."""

from __future__ import annotations

import gettext
import io
import re

import pytest
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from jinja2 import Environment
from sample_views import CSS, LANGUAGES, PAGES, THEME

# -- colours -------------------------------------------------------------------------------------


def tokens(scheme: int) -> dict[str, str]:
    """The colour tokens: 0 light, 1 dark."""
    pairs = re.findall(r"--(\w+):light-dark\((#\w+),(#\w+)\)", CSS)
    return {name: colours[scheme] for name, *colours in pairs}


def contrast(one: str, other: str) -> float:
    """The WCAG 2 contrast ratio of two #rrggbb colours."""
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def luminance(colour: str) -> float:
    channels = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@pytest.mark.parametrize("scheme", [0, 1], ids=["light", "dark"])
def test_text_and_controls_stand_out_from_their_ground(scheme: int) -> None:
    colour = tokens(scheme)
    grounds = (colour["bg"], colour["surface"])
    text = dict.fromkeys(("ink", "soft", "accent", "link"), 4.5)
    for name, least in (text | {"edge": 3, "focus": 3}).items():
        assert min(contrast(colour[name], ground) for ground in grounds) >= least, name
    assert contrast(colour["ink"], colour["mark"]) >= 4.5


def test_old_browsers_get_the_light_colours() -> None:
    first = CSS[: CSS.index("@supports")]
    assert {
        name: f"--{name}:{value}" in first for name, value in tokens(0).items()
    } == dict.fromkeys(tokens(0), True)


def test_the_theme_colours_of_the_browser_are_the_pages() -> None:
    found = re.findall(r'theme-color" content="(#\w+)"', PAGES["fr", "front"])
    assert found == [tokens(0)["bg"], tokens(1)["bg"]]


# -- words ---------------------------------------------------------------------------------------


def messages_of_the_templates() -> set[str | tuple[str, ...]]:
    env = Environment(extensions=["jinja2.ext.i18n"], trim_blocks=True, lstrip_blocks=True)
    found: set[str | tuple[str, ...]] = set()
    for path in (THEME / "templates").rglob("*.html"):
        for _, _, message in env.extract_translations(path.read_text(encoding="utf-8")):  # type: ignore[attr-defined]
            found.add(message if isinstance(message, str) else tuple(filter(None, message))[:2])
    return found


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_word_of_the_templates_is_translated_and_compiled(lang: str) -> None:
    folder = THEME / "translations" / lang / "LC_MESSAGES"
    with (folder / "theme.po").open("rb") as file:
        catalog = read_po(file, locale=lang)
    messages = [message for message in catalog if message.id]
    assert {message.id for message in messages} == messages_of_the_templates()
    assert [message.id for message in messages if message.fuzzy or not all(
        [message.string] if isinstance(message.string, str) else message.string
    )] == []  # fmt: skip
    assert [message.id for message in messages if list(message.check(catalog))] == []
    compiled = io.BytesIO()
    write_mo(compiled, catalog)
    assert words_of(compiled.getvalue()) == words_of((folder / "theme.mo").read_bytes())


def words_of(catalogue: bytes) -> dict[object, str]:
    """A compiled catalogue's words; its header names whoever compiled it."""
    words = gettext.GNUTranslations(io.BytesIO(catalogue))._catalog  # type: ignore[attr-defined]
    return {key: text for key, text in words.items() if key}


def test_the_languages_do_not_borrow_from_english() -> None:
    def strings(lang: str) -> dict[object, object]:
        with (THEME / "translations" / lang / "LC_MESSAGES" / "theme.po").open("rb") as file:
            return {message.id: message.string for message in read_po(file) if message.id}

    english = strings("en")
    same = {
        lang: {key for key, words in strings(lang).items() if words == english[key]}
        for lang in ("fr", "vi")
    }
    assert same == {
        "fr": {
            *(
                "Archives",
                "Articles",
                "Corrections",
                "Pages",
                "1 article",
                "{n} articles",
                ("article", "articles"),
            ),
            *(("Correction", "Corrections"), ("correction", "corrections")),
        },
        "vi": set(),
    }
