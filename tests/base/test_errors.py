"""What the editor is told: every code has its words, in every language of the house."""

from __future__ import annotations

import gettext
import io
import pickle
import re
from pathlib import Path

import pytest
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po
from newsdigest.base import i18n
from newsdigest.base.errors import (
    MESSAGES,
    WARNINGS,
    BuildError,
    LeFilError,
    StrictError,
    VerificationError,
    describe,
    describe_warning,
    line,
    printable,
)
from newsdigest.base.records import Rejection

PLUGINS = Path(i18n.__file__).parents[1]
CATALOGUES = sorted(i18n.LOCALE.glob("*/LC_MESSAGES/newsdigest.po"))
FRENCH = i18n.translations("fr").gettext

FACTS = {
    "kind": "PDF", "offset": 1204, "percent": 7, "byte": "0xE9", "line": 17, "suffix": ".html",
    "size": 104857600, "limit": 2097152, "denied": 1, "reason": "EIO", "target": "/srv/x", "other": "a.txt",
    "found": "23/01/2026", "later": 3, "suggestion": "2026-01-23", "date": "2062-01-23", "early": 1,
    "second": 7, "original": "a.txt", "this": "b.txt",
    "format": "NITF", "articles": 3, "example": "2026-01-23-a.tst", "picture": 1, "entities": 1, "depth": 1,
}  # fmt: skip


def test_a_rejection_is_one_line_in_the_editors_language():
    rejection = Rejection(
        "2026/03/taux.txt", "E_DATE_FORMAT", 1, {"found": "demain", "suggestion": "2026-03-14"}
    )
    assert line(rejection, "content", FRENCH) == (
        "content/2026/03/taux.txt:1: E_DATE_FORMAT: date illisible « demain ». Écrivez 2026-03-14."
    )
    assert line(rejection, "content/", str) == (
        'content/2026/03/taux.txt:1: E_DATE_FORMAT: unreadable date "demain". Write 2026-03-14.'
    )


def test_a_file_as_a_whole_is_its_first_line():
    assert line(Rejection("a.txt", "E_VANISHED"), "content", str) == (
        "content/a.txt:1: E_VANISHED: it disappeared during the build. Run the build again."
    )


def test_numbers_are_grouped_as_the_language_does():
    rejection = Rejection("a.txt", "E_TOO_LARGE", 1, {"size": 104857600, "limit": 2097152})
    assert describe(rejection, str)[0] == "104,857,600 bytes, the limit is 2,097,152."
    assert describe(rejection, FRENCH)[0] == (
        "104\u202f857\u202f600 octets, la limite est de 2\u202f097\u202f152."
    )


def test_the_wording_fits_what_is_known():
    def told(code: str, **facts: str | int) -> str:
        return describe(Rejection("a.txt", code, 1, facts), str)[0]

    assert told("E_BINARY", kind="PNG") == "this is not text but PNG."
    assert told("E_BINARY", offset=312) == "this is not text: NUL byte at 312."
    assert told("E_DATE_FORMAT", suggestion="2026-02-01") == "no date follows the word date."
    assert told("E_UNREADABLE", reason="EIO") == "it cannot be read (EIO)."


def test_hostile_names_and_text_cannot_act_on_the_terminal():
    rejection = Rejection(
        "\u202etxt.\x1b[31m\udce9\n.txt", "E_DATE_MISSING", 1, {"found": "{x}\x1b[0m\u2066"}
    )
    shown = line(rejection, "content", str)
    assert shown.isprintable()
    assert shown.startswith("content/\\u202etxt.\\x1b[31m\\xe9\\x0a.txt:1: E_DATE_MISSING: ")
    assert 'found "{x}\\x1b[0m\\u2066"' in shown
    assert printable("Đèo Ngang, café") == "Đèo Ngang, café"


@pytest.mark.parametrize("lang", ["fr", "vi", "en"])
@pytest.mark.parametrize("code", sorted(MESSAGES))
def test_every_rejection_says_what_is_wrong_and_what_to_do(code, lang):
    translate = i18n.translations(lang).gettext
    for facts in (FACTS, {name: FACTS[name] for name in FACTS if name not in _optional(code)}):
        text, hint = describe(Rejection("a.txt", code, 1, dict(facts)), translate)
        assert text.endswith(".")
        assert hint.endswith(".")
        assert "{" not in text + hint


def _optional(code: str) -> set[str]:
    return {need for message in MESSAGES[code] for need in message.needs}


@pytest.mark.parametrize("code", sorted(WARNINGS))
def test_every_warning_is_a_sentence(code):
    assert describe_warning(code, FRENCH).endswith(".")
    assert describe_warning(code, FRENCH, {"other": "a.txt", "suffix": "-2"}) != ""
    assert describe_warning(code, FRENCH) != describe_warning(code, str)


def test_exceptions_carry_their_exit_code_their_words_and_travel():
    assert [kind.exitcode for kind in (BuildError, StrictError, VerificationError)] == [1, 2, 3]
    error = StrictError("{count} files were rejected.", "Mend them.", count=1200)
    assert str(error) == "1,200 files were rejected. Mend them."
    copy = pickle.loads(pickle.dumps(error))
    assert (type(copy), copy.text(str), copy.exitcode) == (StrictError, str(error), 2)
    assert isinstance(error, LeFilError)


def test_languages_are_found_by_their_tags():
    assert i18n.translations("fr-CA").gettext("Run the build again.") == "Relancez la construction."
    assert i18n.translations("en").gettext("Run the build again.") == "Run the build again."


@pytest.mark.parametrize("source", CATALOGUES, ids=lambda path: path.parts[-3])
def test_compiled_catalogues_are_current(source):
    def messages(data: bytes) -> dict[str, str]:
        catalogue = gettext.GNUTranslations(io.BytesIO(data))
        # The header names the version of the compiler.
        return {msgid: text for msgid, text in catalogue._catalog.items() if msgid}

    assert messages(source.with_suffix(".mo").read_bytes()) == messages(
        i18n.compiled_catalogue(source)
    )


@pytest.mark.parametrize("source", CATALOGUES, ids=lambda path: path.parts[-3])
def test_every_msgid_of_the_code_is_translated_with_its_facts(source):
    used = {
        message
        for _, _, message, *_ in extract_from_dir(
            str(PLUGINS), [("**.py", "python")], keywords={"_": None, "gettext": None}
        )
    }
    with source.open("rb") as file:
        catalogue = {
            message.id: message.string
            for message in read_po(file)
            if message.id and message.string and not message.fuzzy
        }
    assert used - set(catalogue) == set()
    named = re.compile(r"\{\w+\}")
    assert [
        msgid for msgid in used if set(named.findall(msgid)) != set(named.findall(catalogue[msgid]))
    ] == []


def test_there_are_catalogues():
    assert [path.parts[-3] for path in CATALOGUES] == ["fr", "vi"]
