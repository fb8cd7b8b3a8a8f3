"""The pages as readers and machines judge them: accessibility, weight, errors, overflow, validity, Lighthouse.

    invoke bench.pages --sites SITE,SITE [--tools FOLDER] [--runs 3]

One page of each kind, the fullest, of built sites (`invoke demo`, `invoke demo --dense`, then `invoke build`), at 390 and
1280 px, by day and by night: axe, errors on the console under the policy of the page, what sticks out (320 px, 200 %,
WCAG's text spacing, right to left), sheets of paper, bytes as a host packs them. With `--tools` naming a folder
where `npm install lighthouse vnu-jar` was run: the HTML checker (needs java) and Lighthouse, the median of `--runs`.
Prints a Markdown table; the exit code is 1 where a page fails.
"""

from __future__ import annotations

import argparse
import contextlib
import gzip
import json
import os
import re
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from newsdigest.commands.preview import Preview

CHROMIUM = "/usr/bin/chromium"
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"]
ACCESSIBLE = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
SIZES = {390: 844, 1280: 900}
SPACING = (
    "* { line-height: 1.5 !important; letter-spacing: .12em !important;"
    " word-spacing: .16em !important } p { margin-bottom: 2em !important }"
)
# The kinds of pages, and what the fullest of each may weigh with the styles, in packed bytes.
KINDS = {
    "front": ("index.html", 10_000),
    "day": ("[0-9]*/[0-9]*/[0-9]*/index.html", 10_000),
    "month": ("[0-9]*/[0-9]*/index.html", None),
    "year": ("[0-9]*/index.html", None),
    "archives": ("archives/index.html", None),
    "article": ("[0-9]*/[0-9]*/[0-9]*/[!i]*.html", 9_000),
    "entity": ("entites/*/index.html", None),
    "entities": ("entites/index.html", None),
    "story": ("dossiers/*/index.html", 12_000),
    "stories": ("dossiers/index.html", None),
    "section": ("rubriques/*/index.html", None),
    "sections": ("rubriques/index.html", None),
    "agency": ("agences/*/index.html", None),
    "corrections": ("corrections/index.html", None),
    "feeds": ("feeds/index.html", 20_000),
    "standing": ("accessibilite/index.html", None),
    "search": ("recherche/index.html", None),
    "404": ("404.html", None),
}
AUDITED = ("accessibility", "best-practices", "seo", "performance")
LEAST = {"accessibility": 100, "best-practices": 100, "seo": 100, "performance": 99}
_SHEET = re.compile(rb"/Type\s*/Page\b(?!s)")


class Judged(NamedTuple):
    """A page: `faults` in words, `scores` of Lighthouse in its order, () where it was not asked."""

    site: str
    kind: str
    packed: int
    budget: int | None
    sheets: int
    faults: list[str]
    scores: tuple[int, ...] = ()


def fullest(site: Path) -> dict[str, Path]:
    """The heaviest page of each kind there is."""
    found = {kind: list(site.glob(pattern)) for kind, (pattern, _) in KINDS.items()}
    return {
        kind: max(pages, key=lambda page: (page.stat().st_size, page))
        for kind, pages in found.items()
        if pages
    }


def judge(site: Path, browser: Any, tools: Path | None, runs: int) -> Iterator[Judged]:
    """Each kind's page of one site, as all of these see it."""
    (style,) = (site / "static").glob("*.css")
    css = len(gzip.compress(style.read_bytes(), 9))
    pages = fullest(site)
    invalid = html_errors(list(pages.values()), tools) if tools else {}
    with Preview(str(site), "127.0.0.1", 0, reloading=False) as preview:
        for kind, page in pages.items():
            path = page.relative_to(site).as_posix().removesuffix("index.html")
            address = f"{preview.address.rstrip('/')}/{path}"
            faults, sheets = in_browser(browser, address)
            packed = len(gzip.compress(page.read_bytes(), 9)) + css
            budget = KINDS[kind][1]
            if budget and packed > budget:
                faults.append(f"{packed:,} bytes, {budget:,} allowed")
            faults += invalid.get(str(page), [])
            scores = lighthouse(address, tools, runs) if tools and kind != "404" else ()
            faults += [
                f"{name} {score}"
                for name, score in zip(AUDITED, scores, strict=False)
                if score < LEAST[name]
            ]
            yield Judged(site.name, kind, packed, budget, sheets, faults, scores)


def in_browser(browser: Any, address: str) -> tuple[list[str], int]:
    """What is wrong with a page in chromium, and how many sheets of A4 it prints on."""
    from axe_playwright_python.sync_playwright import Axe

    faults: list[str] = []
    for width, height in SIZES.items():
        for scheme in ("light", "dark"):
            with browser.new_context(
                viewport={"width": width, "height": height},
                color_scheme=scheme,
                reduced_motion="reduce",
            ) as context:
                page = context.new_page()
                said: list[str] = []
                page.on("console", lambda it, said=said: said.append(f"{it.type}: {it.text}"))
                page.goto(address)
                found = Axe().run(page, options={"runOnly": ACCESSIBLE})
                rules = [one["id"] for one in found.response["violations"]]
                faults += [f"axe {rule} at {width} {scheme}" for rule in rules]
                faults += [one for one in said if one.startswith("error")]
    with browser.new_context(viewport={"width": 320, "height": 800}) as context:
        page = context.new_page()
        page.goto(address)
        faults += [f"overflow: {what}" for what in _overflow(page)]
        page.set_viewport_size({"width": 1280, "height": 900})
        return faults, len(_SHEET.findall(page.pdf(format="A4", prefer_css_page_size=True)))


def _overflow(page: Any) -> Iterator[str]:
    """At 320 px, which is 200 % of 640; with WCAG's spacing; from right to left; in forced colours."""
    sticks_out = "document.documentElement.scrollWidth > innerWidth"
    if page.evaluate(sticks_out):
        yield "320 px"
    page.evaluate(
        "text => { const s = new CSSStyleSheet(); s.replaceSync(text);"
        " document.adoptedStyleSheets = [s] }",
        SPACING,
    )
    if page.evaluate(sticks_out):
        yield "text spacing"
    page.evaluate("document.adoptedStyleSheets = []; document.documentElement.dir = 'rtl'")
    for width in (320, 1280):
        page.set_viewport_size({"width": width, "height": 800})
        if page.evaluate(sticks_out):
            yield f"right to left at {width}"
    page.evaluate("document.documentElement.dir = ''")
    page.set_viewport_size({"width": 320, "height": 800})
    page.emulate_media(forced_colors="active")
    if page.evaluate(sticks_out):
        yield "forced colours"
    page.emulate_media(forced_colors="none")


def html_errors(pages: list[Path], tools: Path) -> dict[str, list[str]]:
    """What the HTML checker says against each page."""
    (jar,) = tools.glob("node_modules/vnu-jar/build/dist/vnu.jar")
    command = ["java", "-jar", str(jar), "--format", "json", "--stdout", *map(str, pages)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    found: dict[str, list[str]] = {}
    for one in json.loads(done.stdout)["messages"]:
        # A file has no origin, so that the checker finds nothing to be of "self".
        if "Content Security Policy" in one["message"]:
            continue
        if one["type"] == "error" or one.get("subType") == "warning":
            path = Path(one["url"].removeprefix("file:"))
            line = f"HTML: {one['message']} (line {one.get('lastLine', '?')})"
            found.setdefault(str(path), []).append(line)
    return found


def lighthouse(address: str, tools: Path, runs: int) -> tuple[int, ...]:
    """The median scores of a telephone, in the order of `AUDITED`."""
    told = [_audit(address, tools) for _ in range(runs)]
    return tuple(int(statistics.median(run[at] for run in told)) for at in range(len(AUDITED)))


def _audit(address: str, tools: Path) -> tuple[int, ...]:
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder) / "report.json"
        command = [
            *(str(tools / "node_modules" / ".bin" / "lighthouse"), address, "--quiet"),
            *("--output=json", f"--output-path={report}"),
            f"--only-categories={','.join(AUDITED)}",
            f"--chrome-flags={' '.join(['--headless=new', *ARGUMENTS])}",
        ]
        subprocess.run(
            command, check=True, capture_output=True, env={**os.environ, "CHROME_PATH": CHROMIUM}
        )
        scores = json.loads(report.read_text("utf-8"))["categories"]
    return tuple(round(100 * (scores[name]["score"] or 0)) for name in AUDITED)


def table(pages: list[Judged]) -> str:
    """The pages in Markdown, one a line."""
    lines = [
        "| site | page | HTML + CSS, packed | sheets | Lighthouse (a11y, practices, SEO, speed) | faults |",
        "|---|---|---|---|---|---|",
    ]
    for one in pages:
        weight = f"{one.packed:,}" + (f" of {one.budget:,}" if one.budget else "")
        scores = " ".join(map(str, one.scores)) or "–"
        faults = "; ".join(dict.fromkeys(one.faults)) or "0"
        lines.append(f"| {one.site} | {one.kind} | {weight} | {one.sheets} | {scores} | {faults} |")
    return "\n".join(lines)


def main(arguments: list[str]) -> int:
    """Judge the sites, print the table; 1 where a page fails."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("sites", nargs="+", type=Path)
    parser.add_argument("--tools", type=Path)
    parser.add_argument("--runs", type=int, default=3)
    options = parser.parse_args(arguments)
    from playwright.sync_api import sync_playwright

    with sync_playwright() as started, contextlib.ExitStack() as stack:
        browser = started.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        stack.callback(browser.close)
        pages = [
            page
            for site in options.sites
            for page in judge(site, browser, options.tools, options.runs)
        ]
    print(table(pages))
    if not options.tools:
        print("\nNot asked: the HTML checker and Lighthouse (--tools FOLDER).", file=sys.stderr)
    return int(any(page.faults for page in pages))


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
