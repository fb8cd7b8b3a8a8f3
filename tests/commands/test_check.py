"""`invoke check` reads the whole site as a stranger would: every link, anchor, id, feed and map."""

from __future__ import annotations

from pathlib import Path

import pytest
from newsdigest.commands.check import site_faults

SITE = "https://lefil.example"
MAP = (
    '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"><url><loc>{}</loc></url></urlset>'
)


def faults(folder: Path, files: dict[str, str]) -> list[str]:
    for path, text in {"a/index.html": '<p id="un">', **files}.items():
        file = folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    return list(site_faults(folder, [*files], [*files, "a/index.html"], SITE))


@pytest.mark.parametrize(
    "link",
    [
        '<a href="/perdu/">x</a>',
        "<a href=/perdu/>x</a>",
        "<a href='../perdu/'>x</a>",
        '<A HREF = "/perdu/">x</A>',
        '<a href="https://lefil.example/perdu/" rel="external">x</a>',
        '<meta http-equiv="refresh" content="3; url=/perdu/">',
        '<meta property="og:url" content="https://lefil.example/perdu/">',
        '<img srcset="/perdu/ 2x">',
        '<script type="application/ld+json">[{"a":{"item":"https://lefil.example/perdu/"}}]</script>',
    ],
)
def test_a_dead_link_is_named_in_any_form(tmp_path: Path, link: str) -> None:
    found = faults(tmp_path, {"b/c.html": link})
    assert found == ["b/c.html: link to /perdu/index.html, which is not there"]


def test_an_anchor_that_is_not_there_is_named(tmp_path: Path) -> None:
    page = '<a href="#deux"></a><a href="/a/#un"></a><a href="../a/#trois"></a><p id="un">'
    found = faults(tmp_path, {"b/c.html": page, "a/index.html": '<p id="un">'})
    assert found == [
        "b/c.html: link to /a/index.html#trois, which has no such anchor",
        "b/c.html: link to /b/c.html#deux, which has no such anchor",
    ]


def test_feeds_lists_and_maps_lead_somewhere(tmp_path: Path) -> None:
    found = faults(
        tmp_path,
        {
            "sitemap.xml": MAP.format(f"{SITE}/a/"),
            "other.xml": MAP.format(f"{SITE}/perdu/"),
            "cut.rss": "<rss>",
        },
    )
    assert found[0].startswith("cut.rss: not well-formed")
    assert found[1:] == ["other.xml: link to /perdu/index.html, which is not there"]


def test_ids_used_twice_and_data_that_cannot_be_read_are_named(tmp_path: Path) -> None:
    page = '<p id="un"><p id=\'un\'><script type="application/ld+json">{</script>'
    found = faults(tmp_path, {"b.html": page})
    assert found[0].startswith("b.html: structured data cannot be read")
    assert found[1:] == ["b.html: id used twice: un"]


def test_an_empty_page_is_no_page(tmp_path: Path) -> None:
    assert faults(tmp_path, {"b.html": ""}) == ["b.html: no page at all"]
