"""`./run`: one command on any machine, wherever the project's folder went since."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from publication import ROOT

# Answers as a Python does, and as the one of the environment it makes; notes what pip was asked.
FAKE_PYTHON = """#!/bin/bash
case "$*" in
    "-c "*) exit 0 ;;
    "-m venv "*)
        mkdir -p "$3/bin"; cp "$0" "$3/bin/python"; echo "command = python -m venv $3" > "$3/pyvenv.cfg" ;;
    "-m pip install "*) echo "$*" >> "$PIP_LOG" ;;
    "-m invoke "*) echo "invoke $*" ;;
esac
"""
SHIM = '#!/bin/bash\necho "shim: $(basename "$0"): command not found" >&2\nexit 127\n'
TASKS = """
from invoke import task

@task
def where(c, file=""):
    print(__file__, open(file).read() if file else "")
"""


def project(folder: Path) -> Path:
    folder.mkdir(parents=True)
    for name in ("run", "pyproject.toml", "constraints.txt"):
        shutil.copy(ROOT / name, folder / name)
    (folder / "tasks.py").write_text(TASKS, encoding="utf-8")
    return folder


def run(
    folder: Path, *command: str, cwd: Path | None = None, **environment: str
) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [str(folder / "run"), *command],
        cwd=cwd or folder,
        env={
            **{name: text for name, text in os.environ.items() if name != "PYTHONPATH"},
            **environment,
        },
        capture_output=True,
        text=True,
        check=False,
    )


def script(file: Path, text: str) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")
    file.chmod(0o755)


@pytest.fixture
def machine(tmp_path: Path) -> dict[str, str]:
    """A machine whose newer Pythons are only named, and whose pip tells what it was asked."""
    script(tmp_path / "bin/python3.13", SHIM)
    script(tmp_path / "bin/python3.12", FAKE_PYTHON)
    return {
        "PATH": f"{tmp_path}/bin:{os.environ['PATH']}",
        "PIP_LOG": str(tmp_path / "pip.log"),
    }


def asked(machine: dict[str, str]) -> list[str]:
    log = Path(machine["PIP_LOG"])
    return log.read_text(encoding="utf-8").splitlines() if log.exists() else []


def test_a_fresh_machine_is_set_up_once_without_noise(
    tmp_path: Path, machine: dict[str, str]
) -> None:
    folder = project(tmp_path / "le fil")
    for _ in range(2):
        done = run(folder, "build", **machine)
        assert (done.returncode, done.stderr) == (0, "")
        assert done.stdout.strip().endswith("build")
    (install,) = asked(machine)
    assert f"-c {folder}/constraints.txt -e {folder}" in install


def test_other_pins_are_installed_and_may_be_ignored(
    tmp_path: Path, machine: dict[str, str]
) -> None:
    folder = project(tmp_path / "fil")
    run(folder, "build", **machine)
    with open(folder / "constraints.txt", "a", encoding="utf-8") as pins:
        pins.write("one-more==1.0\n")
    run(folder, "build", **machine)
    run(folder, "build", **machine, LEFIL_NEWEST="1")
    run(folder, "build", **machine)
    pinned, again, newest, back = asked(machine)
    assert ["constraints.txt" in line for line in (pinned, again, newest, back)] == [
        *(True, True, False, True)
    ]
    assert "--upgrade" in newest


def test_an_environment_whose_python_is_gone_is_made_anew(
    tmp_path: Path, machine: dict[str, str]
) -> None:
    folder = project(tmp_path / "fil")
    run(folder, "build", **machine)
    (folder / ".venv/bin/python").unlink()
    (folder / ".venv/bin/python").symlink_to("/nowhere/python3.9")
    done = run(folder, "build", **machine)
    assert (done.returncode, done.stderr, len(asked(machine))) == (0, "", 2)


@pytest.fixture
def bare(tmp_path: Path, machine: dict[str, str]) -> dict[str, str]:
    """The same machine, with nothing on it but a shell and its closest company."""
    for name in [
        "bash",
        "basename",
        "cat",
        "cksum",
        "cp",
        "dirname",
        "env",
        "grep",
        "head",
        "mkdir",
        "rm",
    ]:
        (tmp_path / "bin" / name).symlink_to(str(shutil.which(name)))
    return {**machine, "PATH": f"{tmp_path}/bin"}


# Installs a command of each package's name, but one that its lists do not hold; notes what it was asked.
FAKE_APT = """#!/bin/bash
echo "$*" >> "$APT_LOG"
[[ "$1" = update ]] && exit 0
[[ " $* " = *" newsboat "* ]] && exit 100
for package in "$@"; do
    [[ "$package" = -* || "$package" = install ]] || cp "$0" "$(dirname "$0")/$package"
done
"""


def test_what_the_tests_need_of_the_machine_is_asked_for_at_once_then_one_by_one(
    tmp_path: Path, bare: dict[str, str]
) -> None:
    script(tmp_path / "bin/apt-get", FAKE_APT)
    script(tmp_path / "bin/id", "#!/bin/bash\necho 0\n")
    log = tmp_path / "apt.log"
    done = run(project(tmp_path / "fil"), "test", **bare, APT_LOG=str(log))
    assert "newsboat is not here and cannot be installed: its tests are left out." in done.stderr
    assert "chromium" not in done.stderr
    assert "rsync" not in done.stderr
    invoked = [line.split(" ", 1)[1] for line in done.stdout.splitlines()]
    assert [line.rpartition(" ")[2] for line in invoked] == ["lint", "test"]
    installs = [
        set(line.split()) & {"chromium", "rsync", "newsboat"}
        for line in log.read_text(encoding="utf-8").splitlines()
        if line.startswith("install")
    ]
    assert installs[0] == {"chromium", "rsync", "newsboat"}
    assert [one for one in installs[1:] if one] == [{"chromium"}, {"rsync"}, {"newsboat"}]


def test_without_chromium_the_browser_tests_are_left_out(
    tmp_path: Path, bare: dict[str, str]
) -> None:
    done = run(project(tmp_path / "fil"), "test", **bare)
    assert "chromium is not here" in done.stderr
    assert done.stdout.splitlines()[-1].endswith("test --no-browser")


@pytest.fixture
def installed(tmp_path: Path) -> Path:
    """A project with a true environment, as pip leaves it: its paths are absolute."""
    folder = project(tmp_path / "before" / "le fil")
    venv = folder / ".venv"
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", str(venv)], check=True)
    (packages,) = venv.glob("lib/python*/site-packages")
    here = [path for path in sys.path if path.endswith("site-packages")]
    (packages / "here.pth").write_text("\n".join(here), encoding="utf-8")
    (packages / "__editable__.lefil-0.1.0.pth").write_text(f"{folder}/plugins\n", encoding="utf-8")
    script(
        venv / "bin/invoke",
        f"#!/bin/sh\n'''exec' '{venv}/bin/python' \"$0\" \"$@\"\n' '''\n"
        "from invoke.main import program\nprogram.run()\n",
    )
    base = subprocess.run(
        "cat pyproject.toml constraints.txt | cksum",
        shell=True, cwd=folder, capture_output=True, text=True, check=True,
    ).stdout.strip()  # fmt: skip
    (venv / "lefil-setup").write_text(f"{base} \nextras \n", encoding="utf-8")
    return folder


@pytest.mark.parametrize("moves", [0, 1, 2])
def test_a_moved_project_still_runs(installed: Path, tmp_path: Path, moves: int) -> None:
    folder = installed
    for move in range(moves):
        if move:
            run(folder, "where")
        folder = folder.rename(tmp_path / f"ailleurs {move}")
    done = run(folder, "where")
    assert (done.returncode, done.stderr, done.stdout.strip()) == (0, "", f"{folder}/tasks.py")
    by_hand = subprocess.run(
        [str(folder / ".venv/bin/invoke"), "where"], cwd=folder, capture_output=True, text=True
    )
    assert by_hand.stdout.strip() == f"{folder}/tasks.py", by_hand.stderr
    (editable,) = folder.glob(".venv/lib/python*/site-packages/__editable__*")
    assert editable.read_text(encoding="utf-8") == f"{folder}/plugins\n"


def test_a_copied_project_leaves_the_first_alone(installed: Path, tmp_path: Path) -> None:
    copy = Path(shutil.copytree(installed, tmp_path / "copie", symlinks=True))
    for folder in (copy, installed):
        assert run(folder, "where").stdout.strip() == f"{folder}/tasks.py"
        assert str(folder) in (folder / ".venv/bin/invoke").read_text(encoding="utf-8")


def test_paths_are_the_callers_wherever_the_project_is(installed: Path, tmp_path: Path) -> None:
    (tmp_path / "note.txt").write_text("lundi", encoding="utf-8")
    done = run(installed, "where", "--file", "note.txt", cwd=tmp_path)
    assert done.stdout.split()[-1] == "lundi", done.stderr


# -- the pins -------------------------------------------------------------------------------------

PINS = dict(
    line.split("==")
    for line in (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()
    if not line.startswith("#")
)


def test_pins_are_names_and_versions_only() -> None:
    assert {name: version for name, version in PINS.items()
            if not re.fullmatch(r"[A-Za-z0-9._-]+", name) or not re.fullmatch(r"[0-9][\w.+]*", version)} == {}  # fmt: skip


def test_every_declared_package_is_pinned_within_its_bounds() -> None:
    declared = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    pins = {canonicalize_name(name): version for name, version in PINS.items()}
    lists = [declared["dependencies"], *declared["optional-dependencies"].values()]
    wanted = [Requirement(line) for lines in lists for line in lines]
    assert [
        str(need)
        for need in wanted
        if not need.specifier.contains(pins.get(canonicalize_name(need.name), "0"))
    ] == []
