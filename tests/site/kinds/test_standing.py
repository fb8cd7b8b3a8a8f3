"""The texts beside the news: ours or the editors', with what the settings tell and nothing half said."""

from __future__ import annotations

from dataclasses import replace

import pytest
from newsdigest.base.addresses import Addresses
from newsdigest.base.records import STANDING, Site
from newsdigest.site.kinds.standing import standing_page, standing_text
from newsdigest.site.standing import TextError, check
from sample_views import TOLD

SITE = Site(told=TOLD, corrections="/corrections/")
BARE = Site()


def body(source: str, site: Site = SITE) -> str:
    return str(standing_page(site, Addresses(), "legal", source).body)


def test_what_the_settings_tell_stands_in_its_place_and_leads_where_it_can() -> None:
    assert body(
        "[[site]] : [[publisher]], [[contact]].\n\nVoir [[corrections]] ; le [[checked]]."
    ) == (
        "<p>Le Fil\u00a0: Association Le Fil, 1 rue du Quai, 44000 Nantes,"
        ' <a href="mailto:redaction@lefil.example">redaction@lefil.example</a>.</p>\n'
        '<p>Voir <a href="/corrections/">Corrections</a>\u202f; le 23\u00a0janvier 2026.</p>'
    )


def test_what_is_not_told_is_left_out_with_the_heading_that_has_nothing_below_it() -> None:
    text = (
        "## Éditeur\n\nPublié par [[publisher]].\n\n## Hébergeur\n\n- [[host]]\n- [[director]]\n\n"
        "### Où\n\n[[contact]]\n\n## Droits\n\n- À [[publisher]]\n- À tous\n\n## Fin\n\n> [[host]]"
    )
    assert body(text, BARE) == "<h2>Droits</h2>\n<ul>\n\n<li>À tous</li>\n</ul>"
    assert "[[" not in body(text, BARE)
    assert body(text).count("<h2>") == 4


@pytest.mark.parametrize("lang", ["fr", "fr-CA", "en", "vi", "de", "ar"])
def test_our_own_texts_say_nothing_half(lang: str) -> None:
    for site in (replace(SITE, lang=lang), replace(BARE, lang=lang)):
        for name in STANDING:
            page = standing_page(site, Addresses(), name, "")
            assert page.title
            assert page.head.description
            assert len(page.body) > 400
            assert "[[" not in page.body + page.title + page.head.description
            assert not standing_text(site, Addresses(), name, "").unknown
    assert page.attrs == (
        ' lang="en"' if lang == "de" else ' lang="en" dir="ltr"' if lang == "ar" else ""
    )


def test_a_text_does_nothing_to_the_reader() -> None:
    hostile = (
        "Title: <img src=x onerror=alert(1)>\n\n# Grand titre\n\n<script>alert(1)</script>\n\n"
        '<a href="javascript:alert(1)" onclick="x()" style="y">un</a> [deux](javascript:alert(1))'
        " [trois](data:text/html,x) [quatre](//loin.example/) [cinq](#la) [six](voisin.html)"
        ' ![vue](https://loin.example/p.png)\n\n<iframe src="https://loin.example/"></iframe>\n\n'
        "<form><input></form>\n\n<p class=x id=y>sept</p>"
    )
    page = standing_page(SITE, Addresses(), "about", hostile)
    assert page.title == "<img src=x onerror=alert(1)>"  # for the template to escape
    assert "".join(str(page.body).split()) == (
        "<h2>Grandtitre</h2><p>undeuxtroisquatrecinqsix</p><p>sept</p>"
    )


def test_links_lead_to_the_site_and_out_of_it() -> None:
    text = "[a](/entites/) [b](https://loin.example/?a=1&b=2) [c](https://lefil.example/x/) [[[legal]]](/feeds/)"
    assert body(text) == (
        '<p><a href="https://lefil.example/entites/">a</a>'
        ' <a href="https://loin.example/?a=1&amp;b=2" rel="external noopener">b</a>'
        ' <a href="https://lefil.example/x/">c</a>'
        ' <a href="https://lefil.example/feeds/">Mentions légales</a></p>'
    )


def test_code_and_quotations_are_as_written_and_as_printed() -> None:
    assert body('Il dit "non !" `"non !" [[site]]`') == (
        "<p>Il dit «\u00a0non\u202f!\u00a0» <code>&#34;non !&#34; [[site]]</code></p>"
    )


def test_a_name_that_nothing_has_stands_as_written_and_is_told() -> None:
    text = standing_text(SITE, Addresses(), "legal", "Le [[siège]] et le [[bureau]].")
    assert (str(text.body), text.unknown) == ("<p>Le [[siège]] et le [[bureau]].</p>", ("bureau",))


@pytest.mark.parametrize("source", ["> " * 400 + "x", "*" * 5000 + "x", "[" * 3000, "a" * 100_001])
def test_what_is_no_text_is_refused_in_time(source: str) -> None:
    with pytest.raises(TextError):
        check(source)
