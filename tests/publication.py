"""The product from outside: a folder with an editor's settings, commands and articles in it.

Nothing here knows the code: a build is `invoke build` in a process of its own, and the site is
what lies in output/ afterwards.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from lxml import html as lxml_html
from nursery import Nursery, fit

ROOT = Path(__file__).parent.parent
SITE = "https://lefil.example"
# The demonstration archive's newest article is ten days older.
NOW = "2026-02-01"


@dataclass(frozen=True)
class Run:
    """A command that ended: its exit code and what it printed; a build's report as well."""

    code: int
    out: str
    err: str
    report: dict[str, Any] = field(default_factory=dict)

    @property
    def screen(self) -> str:
        return self.out + self.err


_nurseries: list[Nursery] = []


def nursery() -> Nursery:
    """One for all the commands of a test process, unless one of them hangs."""
    if not _nurseries or not _nurseries[-1].open:
        _nurseries.append(Nursery())
    return _nurseries[-1]


class Publication:
    """pelicanconf.py, tasks.py, theme and plugins as they are, over a content folder of its own.

    Its builds are no publications unless asked: the ledger would make a site depend on its past. Nor
    do they draw social cards, that takes as long as all the rest, or have a search.
    """

    def __init__(
        self,
        folder: Path,
        content: Path | None = None,
        publishes: bool = False,
        cards: bool = False,
        search: bool = False,
    ) -> None:
        self.folder = folder
        self.content = folder / "content"
        self.output = folder / "output"
        folder.mkdir(parents=True, exist_ok=True)
        for name in ("pelicanconf.py", "tasks.py"):
            shutil.copy(ROOT / name, folder / name)
        for name in ("plugins", "theme"):
            (folder / name).symlink_to(ROOT / name)
        if not publishes:
            self.settings("\nBUILD_PUBLISHES = False\n")
        if not cards:
            self.settings("\nCARDS = False\n")
        if not search:
            self.settings("\nSEARCH = False\n")
        if content:
            shutil.copytree(content, self.content)
        else:
            self.content.mkdir()

    def write(self, path: str, text: str | bytes) -> None:
        file = self.content / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(text.encode() if isinstance(text, str) else text)

    def settings(self, lines: str) -> None:
        """Add lines to this publication's pelicanconf.py."""
        with open(self.folder / "pelicanconf.py", "a", encoding="utf-8") as file:
            file.write(lines)

    def run(self, *command: str, **environment: str) -> Run:
        """`python -m COMMAND` in the publication's folder."""
        surroundings = {**os.environ, "RAW_NOW": NOW, **environment}
        if fit(command, environment):
            code, out, err = nursery().run(command, self.folder, surroundings)
            return Run(code, out.decode("utf-8", "replace"), err.decode("utf-8", "replace"))
        done = subprocess.run(
            [sys.executable, "-m", *command],
            cwd=self.folder,
            env=surroundings,
            capture_output=True,
            check=False,
            timeout=120,
        )
        return Run(
            done.returncode,
            done.stdout.decode("utf-8", "replace"),
            done.stderr.decode("utf-8", "replace"),
        )

    def run_all(self, *commands: list[str], **environment: str) -> Run:
        """`invoke` with each, one after the other, in one process that starts as `run`'s do; its code is
        that of the first command that fails."""
        path = os.pathsep.join([str(ROOT / "tests"), os.environ.get("PYTHONPATH", "")])
        return self.run("commands_in_one", json.dumps(commands), PYTHONPATH=path, **environment)

    def start(self, *command: str) -> subprocess.Popen[bytes]:
        """The command as `run` runs it, under way in a process group of its own, to be ended."""
        return subprocess.Popen(
            [sys.executable, "-m", *command],
            cwd=self.folder,
            env={**os.environ, "RAW_NOW": NOW},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )

    def build(self, *options: str, **environment: str) -> Run:
        """`invoke build`; the report is empty when the build wrote none."""
        file = self.folder / "report.json"
        file.unlink(missing_ok=True)
        run = self.run("invoke", "build", "--json", str(file), *options, **environment)
        report = json.loads(file.read_text(encoding="utf-8")) if file.exists() else {}
        return Run(run.code, run.out, run.err, report)

    def show(self) -> dict[str, dict[str, Any]]:
        """`invoke show --json --all`, by article id."""
        lines = self.run("invoke", "show", "--json", "--all").out.splitlines()
        return {record["id"]: record for record in map(json.loads, lines)}

    @property
    def site(self) -> dict[str, bytes]:
        """Every published file by its path."""
        return {
            file.relative_to(self.output).as_posix(): file.read_bytes()
            for file in sorted(self.output.rglob("*"))
            if file.is_file()
        }

    def times(self) -> dict[str, int]:
        """When each published file was written, in nanoseconds."""
        return {
            file.relative_to(self.output).as_posix(): file.stat().st_mtime_ns
            for file in self.output.rglob("*")
            if file.is_file()
        }

    def page(self, path: str) -> lxml_html.HtmlElement:
        """The page at an address or file path of the site, parsed."""
        path = path.removeprefix("/")
        if path == "" or path.endswith("/"):
            path += "index.html"
        return parse(self.output / path)


def parse(file: Path) -> lxml_html.HtmlElement:
    return lxml_html.parse(file, lxml_html.HTMLParser(encoding="utf-8")).getroot()


def text_of(element: lxml_html.HtmlElement) -> str:
    """The words of an element, spaces of every width folded to one."""
    return folded(element.text_content())


def folded(text: str) -> str:
    return " ".join(text.split())


def json_ld(page: lxml_html.HtmlElement) -> dict[str, Any]:
    """The page's structured data."""
    (script,) = page.xpath('//script[@type="application/ld+json"]')
    data: dict[str, Any] = json.loads(script.text_content())
    return data
