"""The files that editors copy onto a host say what the site is, and the workflows build it."""

from __future__ import annotations

import os
import re
import shutil
import site
import subprocess
import sys
import venv
from pathlib import Path
from typing import Any

import pytest
from newsdigest.publish.media_types import TYPES, caching
from publication import NOW, ROOT

HOSTING = ROOT / "docs" / "hosting"
NGINX = ("nginx.conf", "nginx-folder.conf")
_POLICY = re.compile(r"Content-Security-Policy\"? (?:content=)?\"([^\"]+)\"")


def text(name: str) -> str:
    return (HOSTING / name).read_text(encoding="utf-8")


def workflow(name: str) -> dict[str, Any]:
    yaml = pytest.importorskip("ruamel.yaml")
    found: dict[str, Any] = yaml.YAML(typ="safe").load(text(name))
    return found


# -- the policy, the types, how long -----------------------------------------------------------------


def policies(text: str) -> set[str]:
    """The policies in a file, whatever its signs for what the search page has more."""
    plain = re.sub(r"\{%.*?%\}|\$lefil_wasm| 'wasm-unsafe-eval'", "", text)
    return set(_POLICY.findall(plain))


def test_the_policy_of_the_pages_is_that_of_the_hosts() -> None:
    base = (ROOT / "theme" / "templates" / "base.html").read_text(encoding="utf-8")
    (own,) = policies(base)
    for name in (*NGINX, "Caddyfile"):
        assert (name, policies(text(name))) == (name, {f"{own}; frame-ancestors 'none'"})
    # A second policy can only forbid more: this one forbids nothing that the pages' own allows.
    of_headers = re.search(r"Content-Security-Policy: (.+)", text("_headers"))
    assert of_headers
    for rule in of_headers[1].split("; "):
        assert rule in own or rule in ("object-src 'none'", "frame-ancestors 'none'")
    assert "script-src" not in of_headers[1]


def test_nginx_is_told_every_type_as_it_is() -> None:
    for name in NGINX:
        block = re.search(r"types \{(.*?)\}", text(name), re.DOTALL)
        assert block
        told = {f".{end}": kind for kind, end in re.findall(r"(\S+) (\w+);", block[1])}
        whole = {end: kind.partition(";")[0] for end, kind in TYPES.items()}
        assert {end: told.get(end) for end in whole} == whole
        charset = re.search(r"charset_types ([^;]+);", text(name))
        assert charset
        utf_8 = {told[end] for end, kind in TYPES.items() if "utf-8" in kind} - {"text/html"}
        assert utf_8 <= set(charset[1].split())


@pytest.mark.parametrize(
    "path",
    [
        "static/site.0123456789ab.css",
        "static/icon.0123456789ab.svg",
        "images/0123456789abcdef-640.avif",
        "images/0123456789abcdef-1280.jpg",
        "static/site.css",
        "favicon.ico",
        "2026/01/22/index.html",
        "cartes/site.png",
        "site.webmanifest",
    ],
)
def test_what_is_kept_for_good_is_so_on_every_host(path: str) -> None:
    for_good = "immutable" in caching(path)
    for name, folder in (("nginx.conf", ""), ("nginx-folder.conf", "/fil")):
        rules = re.findall(r'"~(\^\S+)" "public', text(name))
        assert any(re.search(rule, f"{folder}/{path}") for rule in rules) == for_good
    for rule in re.findall(r"path_regexp (\^\S+)", text("Caddyfile")):
        assert bool(re.search(rule, f"/{path}")) == for_good
    kept = re.findall(r"^(/\w+/)\*$", text("_headers"), re.MULTILINE)
    assert any(f"/{path}".startswith(start) for start in kept) or not for_good


def test_no_two_rules_of_headers_set_one_header_for_one_file() -> None:
    rules = re.split(r"^(?=/)", text("_headers"), flags=re.MULTILINE)[1:]
    named = [set(re.findall(r"^  ([\w-]+):", rule, re.MULTILINE)) for rule in rules]
    assert [names & named[0] for names in named[1:]] == [set(), set()]
    assert len(rules) == 3


def test_every_file_is_told_of() -> None:
    page = (ROOT / "docs" / "hosting.md").read_text(encoding="utf-8")
    assert [file.name for file in HOSTING.iterdir() if f"(hosting/{file.name})" not in page] == []


# -- the workflows ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "schema"),
    [("github-pages.yml", "vendor.github-workflows"), ("gitlab-ci.yml", "vendor.gitlab-ci")],
)
def test_a_workflow_is_valid_by_its_hosts_schema(name: str, schema: str) -> None:
    pytest.importorskip("check_jsonschema")
    command = [sys.executable, "-m", "check_jsonschema", "--builtin-schema", schema]
    done = subprocess.run([*command, str(HOSTING / name)], capture_output=True, check=False)
    assert done.returncode == 0, done.stdout.decode()


def test_a_workflow_may_do_no_more_than_it_must() -> None:
    github, plain = workflow("github-pages.yml"), text("github-pages.yml")
    assert github["permissions"] == {}
    assert {name: job["permissions"] for name, job in github["jobs"].items()} == {
        "build": {"contents": "write", "pages": "read"},
        "deploy": {"pages": "write", "id-token": "write"},
    }
    used = re.findall(r"uses: (\S+)", plain)
    assert len(used) == 5
    assert [one for one in used if not re.fullmatch(r"actions/[\w-]+@[0-9a-f]{40}", one)] == []
    for name in ("github-pages.yml", "gitlab-ci.yml"):
        assert "secrets." not in text(name)
    assert re.fullmatch(r"python:3\.\d+-slim-\w+", workflow("gitlab-ci.yml")["pages"]["image"])


@pytest.fixture(scope="module")
def clone(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A newsroom's repository as a host's machine clones it, its packages in place; nothing is downloaded."""
    if not shutil.which("git"):
        pytest.skip("git is not here")
    folder = tmp_path_factory.mktemp("forge")
    first = folder / "first"
    (first / "content" / "monde").mkdir(parents=True)
    for name in ("run", "pyproject.toml", "constraints.txt", "tasks.py", "pelicanconf.py"):
        shutil.copy(ROOT / name, first / name)
    with open(first / "pelicanconf.py", "a", encoding="utf-8") as settings:
        settings.write("\nCARDS = False\n")
    for name in ("plugins", "theme"):
        (first / name).symlink_to(ROOT / name)
    shutil.copy(ROOT / "content/monde/2026-01-22-accord-peche-signe.txt", first / "content/monde")
    (first / ".gitignore").write_text("/output/\n/cache/\n/public/\n.venv/\n", encoding="utf-8")
    git(first, "init", "--quiet", "--initial-branch=main")
    git(first, "add", "--all")
    git(first, "commit", "--quiet", "--message", "Une dépêche")
    git(folder, "clone", "--quiet", "--bare", str(first), "origin.git")
    git(folder, "clone", "--quiet", str(folder / "origin.git"), "clone")
    environment(folder / "clone" / ".venv", folder / "clone")
    return folder / "clone"


def git(folder: Path, *command: str) -> str:
    who = ["-c", "user.name=essai", "-c", "user.email=essai@lefil.example"]
    done = subprocess.run(
        ["git", *who, *command], cwd=folder, capture_output=True, check=True, env=surroundings()
    )
    return done.stdout.decode()


def environment(place: Path, root: Path) -> None:
    """What `./run` would have set up there, of the packages that are here."""
    venv.create(place, with_pip=False)
    (packages,) = place.glob("lib/python*/site-packages")
    here = [*site.getsitepackages(), str(root / "plugins")]
    (packages / "here.pth").write_text("\n".join(here) + "\n", encoding="utf-8")
    both = (root / "pyproject.toml").read_bytes() + (root / "constraints.txt").read_bytes()
    sum_ = subprocess.run(["cksum"], input=both, capture_output=True, check=True).stdout.decode()
    (place / "lefil-setup").write_text(f"{sum_.strip()} \nextras \n", encoding="utf-8")


def surroundings(**more: str) -> dict[str, str]:
    """A host's machine that reaches no registry."""
    own = {
        name: value for name, value in os.environ.items() if name not in ("PYTHONPATH", "SITEURL")
    }
    nowhere = {"PIP_NO_INDEX": "1", "PIP_CONFIG_FILE": os.devnull, "GIT_CONFIG_GLOBAL": os.devnull}
    return {**own, **nowhere, "RAW_NOW": NOW, **more}


def play(folder: Path, script: str, **more: str) -> str:
    done = subprocess.run(
        ["bash", "-e", "-o", "pipefail", "-c", script],
        cwd=folder,
        env=surroundings(**more),
        capture_output=True,
        check=False,
        timeout=100,
    )
    assert done.returncode == 0, (done.stdout + done.stderr).decode()
    return (done.stdout + done.stderr).decode()


def test_the_workflows_build_and_keep_the_ledger_without_a_network(clone: Path) -> None:
    steps = [
        step for step in workflow("github-pages.yml")["jobs"]["build"]["steps"] if "run" in step
    ]
    assert next(step["run"].strip() for step in steps) in (ROOT / "README.md").read_text("utf-8")
    for step in steps:
        play(clone, step["run"], SITEURL="https://user.example/fil")
    front = (clone / "output" / "index.html").read_text(encoding="utf-8")
    assert 'href="/fil/' in front
    assert 'href="/2026' not in front
    assert git(clone, "log", "--format=%s", "origin/main").splitlines() == ["Ledger", "Une dépêche"]

    job = workflow("gitlab-ci.yml")["pages"]
    origin = git(clone, "remote", "get-url", "origin").strip()
    for line in job["script"]:  # in the same clone: the ledger stands, nothing is to be kept
        place = {"SITEURL": "https://user.example/fil", "LEDGER_TO": origin}
        play(clone, line, CI_COMMIT_BRANCH="main", **place)
    assert git(clone, "log", "--format=%s", "origin/main").splitlines() == ["Ledger", "Une dépêche"]
    assert (clone / "public" / "index.html").read_text(encoding="utf-8") == front
    with open(clone / "content/ledger/2026-01.jsonl", "rb") as ledger:
        assert ledger.read().count(b"\n") == 1


def test_gitlabs_own_way_keeps_a_new_line_of_the_ledger(clone: Path) -> None:
    lines = workflow("gitlab-ci.yml")["pages"]["script"][1:3]
    (clone / "content/ledger").mkdir(exist_ok=True)
    (clone / "content/ledger/2025-12.jsonl").write_text("{}\n", encoding="utf-8")
    for line in lines:
        play(
            clone,
            line,
            LEDGER_TO=git(clone, "remote", "get-url", "origin").strip(),
            CI_COMMIT_BRANCH="main",
        )
    git(clone, "fetch", "--quiet")
    assert git(clone, "log", "--format=%s", "origin/main").splitlines()[0] == "Ledger [skip ci]"
