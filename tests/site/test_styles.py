"""The style sheets as one: small, and to a browser the same."""

from __future__ import annotations

import pytest
from newsdigest.site.styles import one_sheet


def test_lines_and_comments_do_not_ship() -> None:
    sheets = ["/* One. */\na{color:red}\n", "/* Two,\nlong. */\nb,\ni{color:blue}\n"]
    assert one_sheet(sheets) == "a{color:red}b,i{color:blue}"


@pytest.mark.parametrize(
    ("written", "shipped"),
    [
        ("a{margin-block-start:1rem}", "a{margin-top:1rem}"),
        ("a{color:red;padding-block-end:0}", "a{color:red;padding-bottom:0}"),
        ("a{border-block-start-width:3px}", "a{border-top-width:3px}"),
        ("a{inset-block-start:-6rem}", "a{top:-6rem}"),
        ("a{margin-block:1rem 0}", "a{margin-block:1rem 0}"),
        ("a{border-inline-start:0}", "a{border-inline-start:0}"),
        ("a{scroll-margin-block-start:0}", "a{scroll-margin-block-start:0}"),
        (
            "a{writing-mode:vertical-rl;margin-block-start:0}",
            "a{writing-mode:vertical-rl;margin-block-start:0}",
        ),
    ],
)
def test_a_block_starts_at_the_top_where_lines_run_across(written: str, shipped: str) -> None:
    assert one_sheet([written]) == shipped


def test_a_constant_stands_in_the_place_of_its_name() -> None:
    assert one_sheet([":root{--gap:1rem}a{gap:var(--gap)}"]) == ":root{}a{gap:1rem}"


@pytest.mark.parametrize(
    "css",
    [
        ":root{--gap:1rem}@media print{:root{--gap:2rem}}a{gap:var(--gap)}",
        ":root{--gap:1rem}.tight{--gap:0}a{gap:var(--gap)}",
        ":root{--line:1px solid var(--rule)}a{border:var(--line)}",
        ":root{--gap:1rem}a{gap:var(--gap,0)}",
        ".wide{--gap:1rem}a{gap:var(--gap)}",
    ],
)
def test_what_may_differ_from_place_to_place_keeps_a_name(css: str) -> None:
    assert one_sheet([css]) == css.replace("--gap", "--a").replace("--line", "--a")


def test_the_most_used_name_is_the_shortest_and_names_from_elsewhere_stay() -> None:
    css = ":root{--ink:#000}.dark{--ink:#fff;--rare:1}a{color:var(--ink);gap:var(--host)}"
    assert one_sheet([css]) == (
        ":root{--a:#000}.dark{--a:#fff;--b:1}a{color:var(--a);gap:var(--host)}"
    )


def test_no_name_changes_within_another_in_text_or_where_a_script_asks_for_it() -> None:
    css = ".x{--s:1;--s-wide:2;--s:3}a::after{content:'--s';gap:var(--s-wide)}"
    assert one_sheet([css]) == ".x{--a:1;--b:2;--a:3}a::after{content:'--s';gap:var(--b)}"
    assert one_sheet([css], 'style.getPropertyValue("--s")') == css


def test_classes_that_look_like_names_stay() -> None:
    assert one_sheet([".box--wide{--wide:1;top:var(--wide)}"]) == ".box--wide{--a:1;top:var(--a)}"
