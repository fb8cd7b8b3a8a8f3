"""Commands in processes of their own that need not import all of the product anew.

`Nursery.run` ends as `subprocess.run` of `python -m invoke ...` does: the same module is run, in the folder and
with the environment asked for, in a process that nothing outlives. It is forked from one that has imported what
commands import and has read what builds share between their workers, and nothing else: what a command costs is
mostly its start.
What the interpreter itself asks the environment for (its encodings, its hashes, where modules are) is asked when it
starts: `fit` tells whether a process may be forked, or must start from nothing.
"""

from __future__ import annotations

import atexit
import gc
import importlib
import json
import os
import runpy
import signal
import socket
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

LONGEST = 120.0  # seconds that a command may take
_AT_START = ("PYTHON", "LC_", "LANG", "TZ", "MALLOC")
IMPORTED = (
    *("invoke.main", "incremental_build.command", "incremental_build.desk", "rich.progress"),
    *("incremental_build.publishing", "incremental_build.previewing", "newsdigest.ingest"),
    *("newsdigest.commands.inspect", "newsdigest.commands.show", "newsdigest.commands.check"),
    *("article_reader", "digest_feeds", "entity_tagging", "related_headlines"),
    *("babel.dates", "babel.numbers", "bs4", "html5lib", "py3langid.langid", "pytz"),
)


def fit(command: tuple[str, ...], environment: Mapping[str, str]) -> bool:
    """Whether a process for this command, with these variables besides ours, may be a forked one."""
    return (
        sys.platform == "linux"
        and command[0] == "invoke"
        and not any(name.startswith(_AT_START) for name in environment)
    )


class Nursery:
    """The process that commands are forked from, started when it is first asked for."""

    def __init__(self) -> None:
        ours, theirs = socket.socketpair()
        with theirs:
            self.process = subprocess.Popen(
                [sys.executable, __file__, str(theirs.fileno())],
                stdin=subprocess.DEVNULL,
                pass_fds=[theirs.fileno()],
                start_new_session=True,
            )
        self.line = ours.makefile("rw", encoding="utf-8")
        ours.settimeout(LONGEST)
        self.socket = ours
        atexit.register(self.close)

    def run(
        self, command: tuple[str, ...], cwd: Path, environment: Mapping[str, str]
    ) -> tuple[int, bytes, bytes]:
        """Its exit code, what it printed, what it said to stderr.

        OSError: it did not end in time; then it is killed, and the nursery is closed.
        """
        with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
            streams = [f"/proc/{os.getpid()}/fd/{stream.fileno()}" for stream in (out, err)]
            asked = {"command": command, "cwd": str(cwd), "environment": dict(environment)}
            try:
                self.line.write(json.dumps({**asked, "streams": streams}) + "\n")
                self.line.flush()
                code = int(self.line.readline())
            except OSError:
                os.killpg(self.process.pid, signal.SIGKILL)
                self.close()
                raise
            return code, _whole(out), _whole(err)

    @property
    def open(self) -> bool:
        return self.process.poll() is None

    def close(self) -> None:
        with suppress(OSError):
            self.line.close()
        self.socket.close()
        self.process.wait()


def _whole(stream: tempfile._TemporaryFileWrapper[bytes]) -> bytes:
    stream.seek(0)
    return stream.read()


def read_ahead() -> None:
    """What a build reads before it forks its workers, for them to share: the package's own word lists."""
    from newsdigest.entities import tagger
    from newsdigest.read.language import load_classifier
    from newsdigest.text.lexicon import load_lexicon

    tagger.read_ahead("crf")
    load_lexicon()
    load_classifier(("fr", "en", "vi"))


def serve(line: int) -> None:
    """A process for each line asked, one after the other, until the tests hang up."""
    for name in IMPORTED:
        importlib.import_module(name)
    read_ahead()
    gc.collect()
    gc.freeze()
    with socket.socket(fileno=line).makefile("rw", encoding="utf-8") as asked:
        while request := asked.readline():
            child = os.fork()
            if child == 0:
                break
            _, status = os.waitpid(child, 0)
            asked.write(f"{os.waitstatus_to_exitcode(status)}\n")
            asked.flush()
        else:
            return
    become(**json.loads(request))


def become(command: list[str], cwd: str, environment: dict[str, str], streams: list[str]) -> None:
    """This process is the command from here to its end."""
    for number, stream in enumerate(streams, start=1):
        opened = os.open(stream, os.O_WRONLY | os.O_APPEND)
        os.dup2(opened, number)
        os.close(opened)
    os.chdir(cwd)
    os.environ.clear()
    os.environ.update(environment)
    sys.path[0] = cwd
    sys.argv = command
    runpy.run_module(command[0], run_name="__main__", alter_sys=True)


if __name__ == "__main__":
    serve(int(sys.argv[1]))
