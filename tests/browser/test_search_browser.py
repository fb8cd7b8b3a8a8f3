"""The search as a reader has it: in chromium, under the policy that ships, in a folder of its host."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from newsdigest.commands.preview import Preview
from newsroom import article
from publication import ROOT, Publication

axe = pytest.importorskip("axe_playwright_python.sync_playwright")

pytestmark = pytest.mark.browser

# What is typed: the phrases and the words that are looked for.
NORMAL = {
    "l'accord": [[], ["accord"]],
    "L’ACCORD": [[], ["accord"]],
    "d'État": [[], ["état"]],
    "qu'il": [[], ["il"]],
    "jusqu'au bout": [[], ["au", "bout"]],
    "lorsqu’elle": [[], ["elle"]],
    "n'importe d'un": [[], ["importe", "un"]],
    "aujourd'hui": [[], ["aujourd'hui"]],
    "aujourd’hui": [[], ["aujourd'hui"]],
    "quelqu'un": [[], ["quelqu'un"]],
    "prud'homme": [[], ["prud'homme"]],
    "O'Brien": [[], ["o'brien"]],
    "Vietnam's": [[], ["vietnam's"]],
    "Saint-Denis": [[], ["saint-denis"]],
    "« accord de Paris » climat": [["accord de paris"], ["climat"]],
    "\"l'accord d'État\"": [["accord état"], []],
    '"non fermé': [[], ["non", "fermé"]],
    '"" vide': [[], ["vide"]],
    "1 250 000 voix": [[], ["1250000", "voix"]],
    "1\u202f250": [[], ["1250"]],
    "1.250": [[], ["1250"]],
    "en 2026 300 élus": [[], ["en", "2026", "300", "élus"]],
    "Đặng Thị": [[], ["dặng", "thị"]],
    "cœur d'œuvre": [[], ["coeur", "oeuvre"]],
    "co\u00adopé\u200bration": [[], ["coopération"]],
    "e\u0301cole": [[], ["école"]],
    "  ; ? — ": [[], []],
    "<b>": [[], ["<b>"]],
}
TEXTS = {
    "tramway": ("Le tramway s’arrête à Saint-Denis", "2026-01-15", "La ligne dessert l’hôpital. L’économie du trajet reste à faire."),
    "soie": ("La tisserande Đặng Thị Mai Hoa expose", "2026-01-16", "Soixante métiers venus de Đà Nẵng, d’où viennent ses œuvres."),
    "petition": ("1 250 000 signatures pour les passages à niveau", "2026-01-17", "Le ministère n’en fermera aucun sans l’accord du maire."),
    "accord": ("Un accord est signé à Genève", "2026-01-18", "L’accord de pêche vaut cinq ans, jusqu’au bout du bail."),
    "monde/traite": ("Le traité reste au tiroir", "2025-11-02", "Faute d’accord, le traité de Valdenne attend depuis l’été."),
    "monde/nguyen": ("Nguyễn Văn Tâm répond", "2025-11-03", "Interrogé à Hanoï, Nguyễn Văn Tâm a répondu non."),
    "en/harbour": (
        "The harbour light is lit again",
        "2026-01-12",
        "The old harbour light was lit again on Monday, and fishermen who had asked for it said so.",
    ),
    "piano": ("L’accordeur est passé", "2026-01-19", "Le piano de la salle des fêtes sonne juste."),
    "hostile": ("L’inégalité « 1 < 2 » & les autres", "2026-01-13", "Il écrit que 2 < 3 & que 4 > 3, en gras."),
}  # fmt: skip


@pytest.fixture(scope="module")
def fil(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a small paper in a folder of its host."""
    paper = Publication(tmp_path_factory.mktemp("search"), search=True)
    for name, (headline, date, text) in TEXTS.items():
        paper.write(f"{name}.txt", article(headline, date, text))
    for file in sorted((ROOT / "content" / "economie").glob("2026-01-*port*.txt")):
        paper.write(f"economie/{file.name}", file.read_bytes())
    paper.settings("SITEURL = 'https://lefil.example/fil'\n")
    run = paper.build()
    assert run.code == 0, run.screen
    host = paper.folder / "host"
    host.mkdir()
    (host / "fil").symlink_to(paper.output)
    with Preview(str(host), "127.0.0.1", 0, reloading=False) as preview:
        yield preview.address.rstrip("/") + "/fil"


@pytest.fixture
def page(browser: Any) -> Iterator[Any]:
    with browser.new_context(viewport={"width": 390, "height": 844}) as context:
        page = context.new_page()
        page.heard = []
        page.on("console", lambda message: page.heard.append(message.text))
        page.on("pageerror", lambda error: page.heard.append(str(error)))
        yield page


def told(page: Any) -> str:
    """What the page says of its results, once they are there."""
    for _ in range(400):
        text = str(page.inner_text("[role=status]"))
        if text and not text.endswith("…"):
            page.wait_for_load_state("networkidle")
            return text
        time.sleep(0.05)
    raise AssertionError(f"no answer: {page.heard}")


def headlines(page: Any) -> list[str]:
    return [str(text) for text in page.locator("#found h2").all_inner_texts()]


def asked(page: Any, fil: str, query: str) -> list[str]:
    page.goto(f"{fil}/recherche/?{query}")
    told(page)
    return headlines(page)


def test_a_query_is_read_as_the_indexes_have_it(page: Any, fil: str) -> None:
    page.goto(f"{fil}/recherche/")
    found = page.evaluate("some => some.map(document.asked)", list(NORMAL))
    assert dict(zip(NORMAL, found, strict=True)) == NORMAL


@pytest.mark.parametrize(
    ("query", "first"),
    [
        ("q=economie", "Le tramway s’arrête à Saint-Denis"),
        ("q=saint+denis", "Le tramway s’arrête à Saint-Denis"),
        ("q=Saint-Denis", "Le tramway s’arrête à Saint-Denis"),
        (f"q={quote('l’hopital')}", "Le tramway s’arrête à Saint-Denis"),
        ("q=dang+thi", "La tisserande Đặng Thị Mai Hoa expose"),
        (f"q={quote('Đà Nẵng')}", "La tisserande Đặng Thị Mai Hoa expose"),
        ("q=oeuvres", "La tisserande Đặng Thị Mai Hoa expose"),
        ("q=1250000", "1\xa0250\xa0000 signatures pour les passages à niveau"),
        ("q=nguyen+van+tam", "Nguyễn Văn Tâm répond"),
        (f"q={quote('« accord de pêche »')}", "Un accord est signé à Genève"),
        ("q=harbour", "The harbour light is lit again"),
        ("q=accord&annee=2025", "Le traité reste au tiroir"),
        ("q=accord&rubrique=monde", "Le traité reste au tiroir"),
        (
            "q=accord&tri=date&agence=afp",
            "Port-Hallier\u00a0: les grues redémarrent, trente et un navires attendent",
        ),
        ("rubrique=monde", "Nguyễn Văn Tâm répond"),
    ],
)
def test_what_is_meant_comes_first(page: Any, fil: str, query: str, first: str) -> None:
    assert asked(page, fil, query)[:1] == [first]
    assert page.heard == []


def test_a_word_is_found_in_its_forms_and_not_as_the_beginning_of_others(
    page: Any, fil: str
) -> None:
    found = asked(page, fil, "q=accords")
    assert "Un accord est signé à Genève" in found
    assert "L’accordeur est passé" not in found
    assert asked(page, fil, "q=accordeu")[:1] == ["L’accordeur est passé"]


@pytest.mark.parametrize("query", ["%22", "%2A", "?!", quote("😀"), "zz", "zzsc", "zza"])
def test_what_is_no_word_is_answered_as_well(page: Any, fil: str, query: str) -> None:
    """Signs alone; the beginning of the words that the filters go by."""
    asked(page, fil, f"q={query}")
    assert re.search("article", page.inner_text("[role=status]"))
    assert page.heard == []


def test_a_result_is_shown_as_text_with_what_was_found_in_it(page: Any, fil: str) -> None:
    assert asked(page, fil, "q=gras") == ["L’inégalité «\xa01 < 2\xa0» & les autres"]
    assert "2 < 3 & que 4 > 3, en gras" in page.inner_text("#found .dek")
    asked(page, fil, "q=bail")
    assert page.locator("#found mark").all_inner_texts() == ["bail."]
    assert "jusqu’au bout du bail" in page.inner_text("#found .dek")
    # What begins with a short word is found by it too, and not marked beside a longer one.
    asked(page, fil, "q=vaut+du+bail")
    assert page.locator("#found mark").all_inner_texts() == ["vaut", "bail."]
    assert not re.search(r"zz\w", page.inner_text("main"))
    assert page.locator("#found time").get_attribute("datetime") == "2026-01-18"


def test_a_result_leads_to_its_article_and_says_its_language(page: Any, fil: str) -> None:
    asked(page, fil, "q=harbour")
    link = page.locator("#found a")
    assert link.get_attribute("lang") == "en"
    assert link.get_attribute("dir") == "auto", "it may run from right to left"
    link.click()
    assert page.url == f"{fil}/2026/01/12/the-harbour-light-is-lit-again.html"


def test_a_name_narrows_and_can_be_taken_back(page: Any, fil: str) -> None:
    every = asked(page, fil, "q=dockers")
    page.get_by_role("link", name="+ Jean-Baptiste Lormeau").click()
    told(page)
    some = headlines(page)
    assert set(some) < set(every)
    page.get_by_role("link", name="✕ Jean-Baptiste Lormeau").click()
    told(page)
    assert headlines(page) == every


def test_the_key_leads_to_the_field_from_anywhere_but_another_field(page: Any, fil: str) -> None:
    page.goto(f"{fil}/2026/01/18/un-accord-est-signe-a-geneve.html")
    page.keyboard.press("/")
    page.locator("#q:focus").wait_for()
    assert page.url == f"{fil}/recherche/"
    page.keyboard.type("et/ou")
    assert page.input_value("#q") == "et/ou"
    page.fill("#q", "tisserande")
    page.keyboard.press("Enter")
    assert told(page) == "1 article"
    assert page.url == f"{fil}/recherche/?q=tisserande"
    page.goto(f"{fil}/feeds/")
    page.locator("input").first.focus()
    page.keyboard.press("/")
    assert page.url == f"{fil}/feeds/"


def test_going_back_shows_what_was_found_before(page: Any, fil: str) -> None:
    asked(page, fil, "q=tisserande")
    page.fill("#q", "tramway")
    page.keyboard.press("Enter")
    page.wait_for_url(f"{fil}/recherche/?q=tramway")
    told(page)
    page.go_back()
    told(page)
    assert (page.input_value("#q"), headlines(page)) == (
        *("tisserande", ["La tisserande Đặng Thị Mai Hoa expose"]),
    )
    page.select_option("[name=annee]", "2025")
    page.wait_for_url("**annee=2025")
    assert told(page) == "Aucun article trouvé."


def test_older_articles_are_asked_for_when_the_newest_do_not_do(page: Any, fil: str) -> None:
    """As if each index held half of what is asked at first."""

    def crowded(route: Any) -> None:
        answer = route.fetch()
        text = re.sub(r"(&#34;,)\d+(?=\])", r"\g<1>9000", answer.text())
        route.fulfill(response=answer, body=text)

    page.route("**/recherche/?*", crowded)
    assert len(asked(page, fil, "q=port-hallier&tri=date")) == 7
    asked(page, fil, "q=valdenne")
    assert headlines(page) == ["Le traité reste au tiroir"]


def test_the_page_of_a_wrong_address_searches(page: Any, fil: str) -> None:
    page.goto(f"{fil}/404.html")
    page.keyboard.press("/")
    page.keyboard.type("tramway")
    page.keyboard.press("Enter")
    page.wait_for_url(f"{fil}/recherche/?q=tramway")
    assert told(page) == "1 article"


def test_results_bar_nobody(page: Any, fil: str) -> None:
    asked(page, fil, "q=accord")
    for width, scheme in ((390, "light"), (390, "dark"), (1280, "light"), (1280, "dark")):
        page.set_viewport_size({"width": width, "height": 900})
        page.emulate_media(color_scheme=scheme)
        found = axe.Axe().run(page)
        assert found.violations_count == 0, found.generate_report()
        assert not page.evaluate("document.documentElement.scrollWidth > innerWidth")


def test_a_search_that_fails_says_so_and_may_be_tried_again(page: Any, fil: str) -> None:
    page.route("**/pf_index", lambda route: route.abort())
    page.route("**/*.pf_meta", lambda route: route.abort())
    page.goto(f"{fil}/recherche/?q=accord")
    assert told(page).startswith("La recherche ne répond pas.")
    page.unroute("**/*.pf_meta")
    page.get_by_role("button", name="Rechercher").click()
    assert "articles" in told(page)


def test_nothing_is_asked_for_before_a_search_and_of_nobody_else(page: Any, fil: str) -> None:
    seen: list[str] = []
    page.on("request", lambda request: seen.append(request.url))
    page.goto(f"{fil}/recherche/", wait_until="networkidle")
    assert len(seen) <= 4
    asked(page, fil, "q=accord")
    assert [url for url in seen if not url.startswith(fil)] == []
    assert page.heard == []


def test_the_scripts_of_the_page_are_light(page: Any, fil: str, tmp_path: Path) -> None:
    page.goto(f"{fil}/recherche/")
    src = page.locator("script[src]").get_attribute("src").removeprefix("/fil")
    size = int(page.evaluate("async src => (await (await fetch(src)).blob()).size", f"{fil}{src}"))
    assert size <= 7 * 1024, "what every page has, and 6 KB"
