"""No text an editor may save as decisions.toml breaks the reading of it: it is read, or refused in words."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from newsdigest.base.errors import EditorsFileError
from newsdigest.relate.decisions import KINDS, Decisions, Named, read_decisions

GOOD = """
[[never]]
article = "monde/cafe\u0301"
target = "monde/b"

[[link]]
article = "monde/a"
headline = "Deux chalutiers"
target = "monde/caf\u00e9"

  [[ title ]]
article = "monde/b"
title = " Les\\tchalutiers\\u0000 de la\\nbaie "
"""

ORDER = "decisions.toml: every [[order]] must have just a day and a list of articles."
FAULTY = {
    "[[link]\n": "decisions.toml, line 1: this is not TOML",
    "\n\n[[never]]\narticle = monde": "decisions.toml, line 4: this is not TOML",
    'a = "': "decisions.toml, line 1: this is not TOML",
    "[[never]]\narticle = '\x00'\n": "decisions.toml, line 2: this is not TOML",
    "x = " + "[" * 5000: "decisions.toml: brackets stand too deep in each other.",
    "x = " + "{a=" * 5000: "decisions.toml: brackets stand too deep in each other.",
    "x = " + "9" * 5000: "decisions.toml: a number or a date in it cannot be read.",
    "[[links]]\narticle = 'a'": "decisions.toml: there is no decision [[links]].",
    "link = 3": "decisions.toml: every [[link]] must have just article, headline, target, as texts.",
    "[link]\narticle = 'a'": "decisions.toml: every [[link]] must have just",
    "split = ['a']": "decisions.toml: every [[split]] must have just article, as texts.",
    "[[split]]\narticle = 2026-01-01": "decisions.toml: every [[split]] must have just article",
    "[[split]]\narticle = ['a']": "decisions.toml: every [[split]] must have just article",
    "[[split]]\narticle = ''": "decisions.toml: every [[split]] must have just article",
    "[[split]]\narticle = 'a'\nother = 'b'": "decisions.toml: every [[split]] must have just",
    "[[lead]]\nday = 2026-01-12": "decisions.toml: every [[lead]] must have just article, as texts.",
    "[[order]]\nday = 'lundi'\narticles = ['a']": ORDER,
    "[[order]]\nday = '2026-02-30'\narticles = ['a']": ORDER,
    "[[order]]\nday = 2026-01-12T08:00:00\narticles = ['a']": ORDER,
    "[[order]]\nday = 3\narticles = ['a']": ORDER,
    "[[order]]\nday = '2026-01-12'\narticles = 'a'": ORDER,
    "[[order]]\nday = '2026-01-12'\narticles = []": ORDER,
    "[[order]]\nday = '2026-01-12'\narticles = ['a', '']": ORDER,
    "[[order]]\nday = '2026-01-12'\narticles = ['a', ['b']]": ORDER,
    "[[order]]\narticles = ['a']": ORDER,
    '[[title]]\narticle = "a"\ntitle = "\\u0001"': "decisions.toml: every [[title]] must have just",
}


@pytest.mark.parametrize("text", FAULTY)
def test_what_cannot_be_read_is_refused_in_words(text: str) -> None:
    with pytest.raises(EditorsFileError) as found:
        read_decisions(text)
    message, hint = found.value.told(str)
    assert message.startswith(FAULTY[text])
    assert hint


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("\n[[split]]\narticle = 'a'\n\n[[split]]\narticle = 3\n", 5),
        ("# [[link]]\n\n  [[ linked ]]\n", 3),
        ("\n\nlink = []\nnever = 5\n", 4),
        ("[[split]]\r\narticle = 'a'\r\n[[split]\r\n", 3),
    ],
)
def test_the_line_at_fault_is_told(text: str, line: int) -> None:
    with pytest.raises(EditorsFileError) as found:
        read_decisions(text)
    assert found.value.line == line


def test_ids_are_composed_and_titles_are_what_can_be_shown() -> None:
    found = read_decisions(GOOD)
    assert found.never == {("monde/caf\u00e9", "monde/b")}
    assert list(found.links.values()) == ["monde/caf\u00e9"]
    assert found.stories.titles == {"monde/b": "Les chalutiers de la baie"}
    assert found.named == (
        Named("link", "monde/a", 6),
        Named("link", "monde/caf\u00e9", 6),
        Named("never", "monde/caf\u00e9", 2),
        Named("never", "monde/b", 2),
        Named("title", "monde/b", 11),
    )


def is_read_or_refused(text: str) -> None:
    found: object
    try:
        found = read_decisions(text)
    except EditorsFileError as error:
        found = error
    assert isinstance(found, Decisions) or str(found)


pieces = st.sampled_from(
    [*KINDS, "[[", "]]", "[", "]", "{", "}", "=", ".", ",", "#", "\n", "\r\n", "\r", "\x00", '"', "'",
     '"""', "'''", "article", "headline", "target", "other", "to", "title", "\\u0000", "\\ud800", "é",
     "9" * 5000, "1e999999", "-inf", "nan", "0x", "true", "2026-01-01", "25:61:61", "+99:99", "[" * 700,
     "{a=" * 700, "\ufeff", "\udc80", "\ufffe", " ", "\t"]
)  # fmt: skip


@settings(max_examples=300, deadline=None)
@given(st.lists(pieces, max_size=14).map("".join) | st.text(max_size=60))
def test_any_text_is_read_or_refused(text: str) -> None:
    is_read_or_refused(text)


values = st.recursive(
    st.sampled_from(
        ['"a"', "'é'", "1", "1.5", "true", "2026-01-01", '""', '"\\u0000"', "07:30:00"]
    ),
    lambda inner: (
        st.lists(inner, max_size=3).map(lambda some: f"[{', '.join(some)}]")
        | st.lists(inner, max_size=2).map(
            lambda some: "{" + ", ".join(f"k{at} = {one}" for at, one in enumerate(some)) + "}"
        )
    ),
    max_leaves=6,
)


@settings(max_examples=300, deadline=None)
@given(
    st.lists(
        st.tuples(
            st.sampled_from([*KINDS, "linked"]),
            st.sampled_from(["[[{}]]", "[{}]", "{} = ", "[[{}.x]]"]),
            st.dictionaries(
                st.sampled_from(["article", "headline", "target", "other", "to", "title"]), values
            ),
        ),
        max_size=4,
    )
)
def test_values_of_any_type_are_read_or_refused(
    lists: list[tuple[str, str, dict[str, str]]],
) -> None:
    lines = []
    for kind, header, entry in lists:
        lines.append(
            header.format(kind) + (next(iter(entry.values()), "1") if "=" in header else "")
        )
        lines += [f"{name} = {value}" for name, value in entry.items()]
    is_read_or_refused("\n".join(lines))


@settings(max_examples=200, deadline=None)
@given(st.integers(0, len(GOOD)), st.integers(0, 40), pieces)
def test_a_good_file_cut_or_scribbled_in_is_read_or_refused(at: int, cut: int, piece: str) -> None:
    is_read_or_refused(GOOD[:at] + piece + GOOD[at + cut :])


def test_who_stands_first_is_told_by_day_and_line() -> None:
    found = read_decisions(
        "[[order]]\nday = 2026-01-12\narticles = ['monde/b', 'monde/cafe\u0301', 'monde/b']\n"
        "[[lead]]\narticle = 'monde/a'\n[[order]]\nday = '2026-01-13'\narticles = ['c']\n"
    )
    assert found.picks == (
        ("", 0, "monde/a"),
        ("2026-01-12", 1, "monde/b"),
        ("2026-01-12", 2, "monde/caf\u00e9"),
        ("2026-01-13", 3, "c"),
    )
    assert Named("order", "monde/caf\u00e9", 1, "2026-01-12") in found.named
    assert Named("lead", "monde/a", 4) in found.named
