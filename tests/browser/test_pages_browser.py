"""The pages in a reader's browser: on a telephone and a desk, by day and night, on paper, by keyboard."""

from __future__ import annotations

import gzip
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from newsdigest.commands.preview import Preview
from newsdigest.site.kind import Html
from newsdigest.site.kinds import KINDS
from publication import ROOT, Publication, folded, json_ld

axe = pytest.importorskip("axe_playwright_python.sync_playwright")

pytestmark = pytest.mark.browser

CORRECTED, RETRACTED = "culture/2026-01-22-viole-concert", "culture/2026-01-12-viole-suspects"
# A browser leaves a page that leads elsewhere at once.
TEMPLATES = [
    template
    for template in dict.fromkeys(kind.template for kind in KINDS if isinstance(kind, Html))
    if template != "redirect"
]
SIZES = {390: 844, 1280: 900}
ACCESSIBLE = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
# WCAG 1.4.12: what a reader may set without losing anything.
SPACING = """* { line-height: 1.5 !important; letter-spacing: .12em !important;
word-spacing: .16em !important } p { margin-bottom: 2em !important }"""


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Publication:
    """The demonstration after a day at the desk: an article is corrected, another retracted."""
    paper = Publication(
        tmp_path_factory.mktemp("desk"), ROOT / "content", publishes=True, search=True
    )
    acts = (
        ("correct", CORRECTED, "-m", "Le concert est à 20 heures."),
        ("kill", RETRACTED, "-m", "La dépêche était fausse.", "--only"),
    )
    for run in (paper.build(), *(paper.run("invoke", *act) for act in acts)):
        assert run.code == 0, run.screen
    return paper


@pytest.fixture(scope="module")
def addresses(demo: Publication) -> dict[str, str]:
    """One page of each template: the fullest article, the fullest entity with a chart."""

    def fullest(pattern: str, holding: bytes = b"<main") -> str:
        found = [file for file in demo.output.glob(pattern) if holding in file.read_bytes()]
        file = max(found, key=lambda file: (file.stat().st_size, file))
        return "/" + file.relative_to(demo.output).as_posix().removesuffix("index.html")

    return {
        "index": "/",
        "article": fullest("2026/01/*/[!i]*.html"),
        "day": "/2026/01/22/",
        "month": "/2026/01/",
        "year": "/2026/",
        "archives": "/archives/",
        "entity": fullest("entites/*/index.html", b"<svg"),
        "entities": "/entites/",
        "stories": "/dossiers/",
        "story": fullest("dossiers/*/index.html", b"<details"),
        "agency": fullest("agences/*/index.html"),
        "section": fullest("rubriques/*/index.html"),
        "sections": "/rubriques/",
        "feeds": "/feeds/",
        "feed": fullest("feeds/suivre/*/index.html"),
        "search": "/recherche/",
        "404": "/rien/de/tel",
        "standing": "/accessibilite/",
        "corrections": "/corrections/",
        "retraction": next(
            f"/{json.loads(line)['address']}"
            for file in sorted((demo.content / "ledger").glob("*.jsonl"))
            for line in file.read_text("utf-8").splitlines()
            if json.loads(line)["id"] == RETRACTED
        ),
    }


@pytest.fixture(scope="module")
def served(demo: Publication) -> Iterator[str]:
    """The site's address on this machine, served as a static host would."""
    with Preview(str(demo.output), "127.0.0.1", 0, reloading=False) as preview:
        yield preview.address.rstrip("/")


@pytest.fixture
def page(browser: Any) -> Iterator[Any]:
    with browser.new_context(viewport={"width": 1280, "height": 900}) as context:
        yield context.new_page()


@pytest.mark.parametrize("template", TEMPLATES)
def test_a_page_bars_nobody(
    browser: Any, served: str, addresses: dict[str, str], template: str
) -> None:
    """axe finds nothing, on a telephone and on a desk, by day and by night."""
    violations = {}
    with browser.new_context(reduced_motion="reduce") as context:
        page = context.new_page()
        page.goto(served + addresses[template])
        for width, height in SIZES.items():
            page.set_viewport_size({"width": width, "height": height})
            for scheme in ("light", "dark"):
                page.emulate_media(color_scheme=scheme)
                found = axe.Axe().run(page, options={"runOnly": ACCESSIBLE})
                if found.violations_count:
                    violations[width, scheme] = found.generate_report()
    assert violations == {}


@pytest.mark.parametrize("template", TEMPLATES)
def test_a_page_asks_for_little_and_of_nobody_else(
    page: Any, served: str, addresses: dict[str, str], template: str
) -> None:
    requests: list[str] = []
    faults: list[str] = []
    page.on("request", lambda request: requests.append(request.url))
    page.on("console", lambda message: faults.append(message.text))
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.goto(served + addresses[template], wait_until="networkidle")
    expected = ["Failed to load resource: the server responded with a status of 404 (Not Found)"]
    assert faults == (expected if template == "404" else [])
    assert len(requests) <= 4
    assert [url for url in requests if not url.startswith(served + "/")] == []
    assert page.context.cookies() == []
    assert page.evaluate("Object.keys(localStorage)") == []


@pytest.mark.parametrize("template", TEMPLATES)
def test_a_page_needs_no_script(
    browser: Any, served: str, addresses: dict[str, str], template: str
) -> None:
    seen = {}
    for scripted in (True, False):
        with browser.new_context(java_script_enabled=scripted) as context:
            page = context.new_page()
            page.goto(served + addresses[template])
            main = page.locator("main")
            links = [a.get_attribute("href") for a in page.locator("a").all()]
            text = folded(main.inner_text())
            # What only a script can do has a button, or a form, only where there is one.
            asked = page.locator("form:visible, :not(form) > button:visible:not(header *, form *)")
            for button in asked.all_inner_texts():
                text = text.replace(f" {folded(button)}", "", 1)
            seen[scripted] = (text, links)
            assert page.locator("#theme").is_visible() is scripted
    assert seen[False] == seen[True]
    assert seen[False][0]


@pytest.mark.parametrize("template", TEMPLATES)
def test_a_page_fits_the_narrowest_screen_and_the_widest_spacing(
    browser: Any, served: str, addresses: dict[str, str], template: str
) -> None:
    with browser.new_context(viewport={"width": 320, "height": 640}, bypass_csp=True) as context:
        page = context.new_page()
        page.goto(served + addresses[template])
        width = "document.documentElement.scrollWidth"
        assert page.evaluate(width) <= 320
        page.set_viewport_size({"width": 390, "height": 844})
        page.evaluate("document.documentElement.style.fontSize = '200%'")
        assert page.evaluate(width) <= 390, "with letters twice as large"
        page.evaluate("document.documentElement.style.fontSize = ''")
        page.set_viewport_size({"width": 320, "height": 640})
        page.add_style_tag(content=SPACING)
        assert page.evaluate(width) <= 320
        # Nothing is cut off where it cannot be scrolled to.
        assert (
            page.evaluate(
                """[...document.querySelectorAll("main *, header *, footer *")].filter(e => {
                const style = getComputedStyle(e);
                return style.overflow === "hidden" && !e.closest(".vh")
                    && (e.scrollWidth > e.clientWidth + 1 || e.scrollHeight > e.clientHeight + 1);
            }).map(e => e.outerHTML.slice(0, 80))"""
            )
            == []
        )


@pytest.mark.parametrize("template", TEMPLATES)
def test_a_target_is_large_enough_for_a_finger(
    browser: Any, served: str, addresses: dict[str, str], template: str
) -> None:
    """24 px, but for links inside a sentence."""
    with browser.new_context(viewport={"width": 390, "height": 844}) as context:
        page = context.new_page()
        page.goto(served + addresses[template])
        assert (
            page.evaluate(
                """[...document.querySelectorAll("a, button, summary")].filter(e => {
                const box = e.getBoundingClientRect();
                if (e.closest("p:not(.brand), td, dd, .quote") || e.matches(".skip")) return false;
                return box.width && box.height < 23.5;
            }).map(e => e.outerHTML.slice(0, 100))"""
            )
            == []
        )


def test_the_keyboard_comes_first_to_the_text(
    page: Any, served: str, addresses: dict[str, str]
) -> None:
    page.goto(served + addresses["article"])
    page.keyboard.press("Tab")
    focused = "document.activeElement"
    assert page.evaluate(f"{focused}.className") == "skip"
    assert page.locator("a.skip").is_visible()
    page.keyboard.press("Enter")
    assert page.evaluate(f"{focused}.id") == "contenu"
    page.keyboard.press("Tab")
    assert page.evaluate(f"{focused}.closest('main') !== null")


def test_the_keyboard_goes_everywhere_and_is_seen(
    page: Any, served: str, addresses: dict[str, str]
) -> None:
    page.goto(served + addresses["article"])
    stops = page.locator("a[href]:visible, button:visible, [tabindex='0']").count()
    visited: list[str] = []
    for _ in range(stops):
        page.keyboard.press("Tab")
        outline, place = page.evaluate(
            """(() => { const e = document.activeElement, s = getComputedStyle(e);
            window.stops = window.stops || new Set(); window.stops.add(e);
            return [s.outlineStyle + " " + s.outlineWidth, e.outerHTML.slice(0, 80)]; })()"""
        )
        assert outline == "solid 3px", place
        visited.append(place)
    assert page.evaluate("window.stops.size") == stops


def test_the_reader_chooses_night_and_keeps_it(
    page: Any, served: str, addresses: dict[str, str]
) -> None:
    page.goto(served + "/")
    button = page.locator("#theme")
    background = "getComputedStyle(document.body).backgroundColor"
    day = page.evaluate(background)
    assert button.inner_text() == "Mode sombre"
    button.focus()
    page.keyboard.press("Enter")
    night = page.evaluate(background)
    assert (button.inner_text(), night != day) == ("Mode clair", True)
    page.goto(served + addresses["article"])
    assert page.evaluate(background) == night
    page.locator("#theme").click()
    page.reload()
    assert page.evaluate(background) == day


def test_a_page_shows_no_flash_of_the_other_theme(
    page: Any, served: str, addresses: dict[str, str]
) -> None:
    """The choice is applied before anything of the body is there to be seen."""
    page.goto(served + "/")
    page.locator("#theme").click()
    page.add_init_script(
        """new MutationObserver(() => { if (document.body && !window.first)
        window.first = document.documentElement.dataset.theme || "none"; })
        .observe(document, {childList: true, subtree: true});"""
    )
    page.goto(served + addresses["article"])
    assert page.evaluate("window.first") == "dark"


def test_forced_colours_leave_everything_readable(
    browser: Any, served: str, addresses: dict[str, str]
) -> None:
    with browser.new_context(forced_colors="active") as context:
        page = context.new_page()
        page.goto(served + addresses["entity"])
        fill, ground = page.evaluate(
            """[getComputedStyle(document.querySelector("svg.chart rect")).fill,
            getComputedStyle(document.body).backgroundColor]"""
        )
        assert fill != ground
        assert page.locator("h1").is_visible()


def test_a_page_turns_around_for_a_right_to_left_language(
    browser: Any, served: str, addresses: dict[str, str]
) -> None:
    with browser.new_context(viewport={"width": 1280, "height": 900}) as context:
        page = context.new_page()
        page.goto(served + addresses["article"])
        page.evaluate("document.documentElement.dir = 'rtl'")
        assert page.evaluate("document.documentElement.scrollWidth") <= 1280
        rail, text = (page.locator(s).bounding_box()["x"] for s in (".rail", "article"))
        assert rail < text


def test_words_that_date_say_it_in_full_at_one_stop_of_the_keyboard_and_on_paper(
    page: Any, demo: Publication, served: str
) -> None:
    (file,) = demo.output.glob("2026/01/22/port-hallier-les-grues*.html")
    page.goto(f"{served}/{file.relative_to(demo.output).as_posix()}")
    dated = page.locator(".body time[title]")
    full = [f'" ({one.get_attribute("title")})"' for one in dated.all()]
    assert len(full) > 1
    contents = "all => all.map(one => getComputedStyle(one, '::after').content)"
    assert page.locator(".body [tabindex='0']").count() == 1
    dated.first.focus()
    assert dated.evaluate_all(contents) == full
    page.locator("main a").first.focus()
    assert set(dated.evaluate_all(contents)) == {"none"}
    page.emulate_media(media="print")
    assert dated.evaluate_all(contents) == full


def test_an_article_prints_on_two_sheets_with_its_sources(
    page: Any, served: str, addresses: dict[str, str]
) -> None:
    page.goto(served + addresses["article"])
    sheets = re.findall(rb"/Type\s*/Page\b(?!s)", page.pdf(format="A4", prefer_css_page_size=True))
    assert 1 <= len(sheets) <= 2
    page.emulate_media(media="print")
    for gone in ("nav", "#theme", ".rail", "a.skip"):
        assert all(not found.is_visible() for found in page.locator(gone).all()), gone
    for kept in ("h1", ".byline", ".permalink"):
        assert page.locator(kept).first.is_visible(), kept
    permalink = page.locator(".permalink")
    shown = page.evaluate(
        "getComputedStyle(document.querySelector('.permalink'), '::after').content"
    )
    assert permalink.get_attribute("href") in shown + permalink.inner_text()


def test_a_story_of_ten_prints_on_three_sheets_without_underlines(
    page: Any, served: str, addresses: dict[str, str]
) -> None:
    page.goto(served + addresses["story"])
    sheets = re.findall(rb"/Type\s*/Page\b(?!s)", page.pdf(format="A4", prefer_css_page_size=True))
    assert 1 <= len(sheets) <= 3
    page.emulate_media(media="print")
    lines = "a => [...a].map(one => getComputedStyle(one).textDecorationLine)"
    assert set(page.eval_on_selector_all("main a", lines)) == {"none"}


def test_the_heaviest_article_weighs_less_than_a_photograph(
    demo: Publication, addresses: dict[str, str]
) -> None:
    """Compressed as a host sends it, with the site's styles."""
    css = next(data for path, data in demo.site.items() if path.endswith(".css"))
    scripts = {path.split(".")[0]: data for path, data in demo.site.items() if path.endswith(".js")}
    script = scripts["static/site"]
    html = (demo.output / addresses["article"][1:]).read_bytes()
    assert len(gzip.compress(html, 9)) + len(gzip.compress(css, 9)) <= 14_000
    assert (len(css) <= 13 * 1024, len(script) <= 1024) == (True, True)


def test_a_strange_headline_is_read_out_not_acted_on(browser: Any, tmp_path: Path) -> None:
    paper = Publication(tmp_path / "paper")
    headline = "</script><script>document.title='pris'</script> <img src=x onerror=alert(1)> fin"
    paper.write(
        "a.txt", f" date 2026-01-15 {headline}\n\n{headline}. Le port rouvre lundi.\n\nAFP\n"
    )
    paper.build()
    url = paper.show()["a"]["url"]
    with (
        Preview(str(paper.output), "127.0.0.1", 0, reloading=False) as preview,
        browser.new_context() as context,
    ):
        page = context.new_page()
        page.on("dialog", lambda dialog: pytest.fail(f"alert: {dialog.message}"))
        page.goto(preview.address + url[1:])
        assert "pris" not in page.title().split(" ")
        assert page.locator("h1").inner_text() == json_ld(paper.page(url))["headline"]
        assert page.locator("img").count() == 0


def test_a_table_of_many_columns_is_whole_on_paper(browser: Any, tmp_path: Path) -> None:
    paper = Publication(tmp_path / "paper")
    rows = ["Commune", *(f"Candidature {n}" for n in range(12))], ["Orbise", *["1204"] * 12]
    table = "\n".join(" | ".join(row) for row in (rows[0], rows[1], rows[1]))
    paper.write(
        "a.txt", f" date 2026-01-15 Les voix\n\nVoici les voix de lundi.\n\n{table}\n\nAFP\n"
    )
    paper.build()
    sheet = {"width": 642, "height": 971}  # A4 within its margins
    with (
        Preview(str(paper.output), "127.0.0.1", 0, reloading=False) as preview,
        browser.new_context(viewport=sheet) as context,
    ):
        page = context.new_page()
        page.goto(preview.address + paper.show()["a"]["url"][1:])
        lost = "table => table.scrollWidth - table.clientWidth"
        assert page.eval_on_selector("[role=region]", lost) > 0
        page.emulate_media(media="print")
        assert page.eval_on_selector("[role=region]", lost) == 0


def test_what_follows_stands_off_on_the_smallest_front_and_at_a_wrong_address(
    browser: Any, tmp_path: Path
) -> None:
    """An archive of one article: nothing stands beside it."""
    paper = Publication(tmp_path / "paper", search=True)
    paper.write("a.txt", " date 2026-01-15 Le port rouvre\n\nLe port a rouvert lundi.\n\nAFP\n")
    paper.build()
    gap = """([above, below]) => document.querySelector(below).getBoundingClientRect().top
        - document.querySelector(above).getBoundingClientRect().bottom"""
    with (
        Preview(str(paper.output), "127.0.0.1", 0, reloading=False) as preview,
        browser.new_context(viewport={"width": 390, "height": 844}) as context,
    ):
        page = context.new_page()
        for path, *of in (("", ".lead", ".sec"), ("404.html", ".dek", "main form")):
            page.goto(preview.address + path)
            assert page.evaluate(gap, of) >= 16, of


def test_an_open_page_reloads_itself_after_a_build(
    browser: Any, demo: Publication, tmp_path: Path
) -> None:
    paper = Publication(tmp_path / "paper")
    text = " date 2026-01-15 Le port rouvre\n\nLe port a rouvert lundi.\n\nAFP\n"
    paper.write("a.txt", text)
    paper.build()
    with Preview(str(paper.output), "127.0.0.1", 0) as preview, browser.new_context() as context:
        page = context.new_page()
        faults: list[str] = []
        page.on("console", lambda message: faults.append(message.text))
        with page.expect_response("**/__reload"):
            page.goto(preview.address)
        assert page.locator("h2 a").inner_text() == "Le port rouvre"
        paper.write("a.txt", text.replace("rouvre\n", "ferme encore\n"))
        paper.build()
        with page.expect_navigation(timeout=10_000):
            preview.reload()
        assert page.locator("h2 a").inner_text() == "Le port ferme encore"
        assert faults == []
    assert b"__reload" not in paper.site["index.html"]


def test_an_article_of_weeks_ago_is_four_touches_away(browser: Any, served: str) -> None:
    """On a telephone, of a topic that is known, without its name or its day."""
    with browser.new_context(viewport={"width": 390, "height": 844}, has_touch=True) as context:
        page = context.new_page()
        page.goto(served)
        page.get_by_role("link", name="Recherche").first.tap()
        page.locator("#q:focus").wait_for()
        page.keyboard.type("tortues")
        page.get_by_role("button", name="Rechercher").tap()
        page.get_by_role("link", name="première ponte de tortues").tap()
        page.wait_for_url("**/2026/01/07/*.html")


def test_without_a_script_it_is_six_at_most(browser: Any, served: str) -> None:
    with browser.new_context(
        java_script_enabled=False, viewport={"width": 390, "height": 844}
    ) as context:
        page = context.new_page()
        page.goto(served)
        touched = ("Recherche", "Rubriques", "Environnement", "première ponte de tortues")
        for name in touched:
            page.locator("main, nav").get_by_role("link", name=name).last.click()
        page.wait_for_url("**/2026/01/07/*.html")
