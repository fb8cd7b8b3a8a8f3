"""The site on this machine: served as a static host would, and reloaded after each build.

Nothing of this is in the site: a page served here carries one more script, which waits for the
next build.
"""

from __future__ import annotations

import os
import socket
import sys
import threading
from collections.abc import Callable
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from types import TracebackType

from newsdigest.base.errors import BuildError, _
from newsdigest.commands.marks import MARK_PATH, MARK_STYLE, Marks
from newsdigest.publish.media_types import TYPES

RELOAD_PATH = "/__reload"
SCRIPT_PATH = "/__reload.js"
# No file of a site has a longer one.
LONGEST_PATH = 4096
# Under a strict Content-Security-Policy: a script and a connection of the same origin.
SCRIPT = b"new EventSource('/__reload').onmessage = function () { location.reload(); };\n"


def serve_site(output: str, bind: str, port: int, folder: str = "") -> None:
    """Serve the site until Ctrl-C, below `folder` where it stands in one of its host."""
    with Preview(output, bind, port, reloading=False, folder=folder) as preview:
        preview.wait()


class Preview:
    """A local server of the site; `reload` makes every open page load itself again.

    Raises BuildError where it cannot listen.
    """

    def __init__(
        self,
        output: str,
        bind: str,
        port: int,
        reloading: bool = True,
        folder: str = "",
        marks: Marks | None = None,
    ) -> None:
        self.folder = folder
        self.builds = threading.Condition()
        self.built = 0
        handler = partial(
            _Handler,
            preview=self if reloading else None,
            directory=output,
            folder=folder,
            bind=bind,
            marks=marks,
        )
        self.server = _open_server(bind, port, handler)
        self.thread = threading.Thread(target=self.server.serve_forever, daemon=True)

    @property
    def address(self) -> str:
        host, port = self.server.server_address[:2]
        name = f"[{host!s}]" if ":" in str(host) else str(host)
        return f"http://{name}:{port}{self.folder}/"

    def __enter__(self) -> Preview:
        self.thread.start()
        print(self.address, flush=True)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.server.shutdown()
        self.server.server_close()

    def wait(self) -> None:
        """Until Ctrl-C."""
        try:
            self.thread.join()
        except KeyboardInterrupt:
            print()

    def reload(self) -> None:
        """A build has been published."""
        with self.builds:
            self.built += 1
            self.builds.notify_all()


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, *args: object) -> None:
        """A reader who leaves in the middle of a page is no fault."""
        if not isinstance(sys.exc_info()[1], ConnectionError):
            super().handle_error(*args)  # type: ignore[arg-type]


class _Server6(_Server):
    address_family = socket.AF_INET6


def _open_server(bind: str, port: int, handler: Callable[..., _Handler]) -> _Server:
    try:
        return (_Server6 if ":" in bind else _Server)((bind, port), handler)
    except (OSError, OverflowError) as error:
        raise BuildError(
            _("the site cannot be shown at {bind}, port {port}: {reason}."),
            _("Choose another port: --port 8001."),
            bind=bind,
            port=str(port),
            reason=(getattr(error, "strerror", "") or str(error)).rstrip("."),
        ) from error


class _Handler(SimpleHTTPRequestHandler):
    """A static host's manners: folders by their index, the site's own 404 page, exact types."""

    def __init__(
        self,
        *args: object,
        preview: Preview | None,
        directory: str,
        folder: str,
        bind: str,
        marks: Marks | None = None,
    ) -> None:
        self.preview = preview
        self.marks = marks
        self.bind = bind
        self.folder = folder
        super().__init__(*args, directory=directory)  # type: ignore[arg-type]

    def do_GET(self) -> None:
        path = self.path.partition("?")[0]
        if not self._is_meant_for_us():
            self.send_error(421)
        elif len(path) > LONGEST_PATH:
            self.send_error(414)
        elif self.preview and path == RELOAD_PATH and self.command == "GET":
            self._tell_builds(self.preview)
        elif self.preview and path == SCRIPT_PATH:
            self._send(200, TYPES[".js"], SCRIPT)
        elif self.marks and path == MARK_PATH:
            self._send(200, TYPES[".css"], MARK_STYLE)
        elif self.folder and path in ("/", self.folder):
            self._send_to(self.folder + "/")
        else:
            self._send_file(path)

    def do_HEAD(self) -> None:
        self.do_GET()  # `_send` leaves out the body

    def _is_meant_for_us(self) -> bool:
        """Whether the page was asked for under a name of this machine.

        Any other name that leads here is a trick to let a foreign page read this one.
        """
        asked = self.headers.get("Host", "localhost").strip().lower()
        name = asked[: asked.find("]") + 1] if asked[:1] == "[" else asked.partition(":")[0]
        name = name.strip("[]").removesuffix(".")
        return name in {
            "localhost",
            "127.0.0.1",
            "::1",
            self.bind,
            self.connection.getsockname()[0],
        }

    def guess_type(self, path: str) -> str:  # type: ignore[override]
        return TYPES.get(Path(path).suffix) or super().guess_type(path)

    def translate_path(self, path: str) -> str:
        return super().translate_path(path.removeprefix(self.folder))

    def log_message(self, *args: object) -> None:
        """The editor's terminal is for the builds."""

    def _send_file(self, path: str) -> None:
        if not path.startswith(self.folder + "/"):
            self._send_not_found()
            return
        file = self.translate_path(path)
        if os.path.isdir(file) and path.endswith("/"):
            file = os.path.join(file, "index.html")
        # os.path, not pathlib: a name that no disk can hold is no file, and no fault.
        as_it_is = self.preview is None and self.marks is None
        if (as_it_is and os.path.isfile(file)) or os.path.isdir(file):
            (super().do_HEAD if self.command == "HEAD" else super().do_GET)()
        elif os.path.isfile(file):
            self._send(200, self.guess_type(file), self._with_more(Path(file)))
        else:
            self._send_not_found()

    def _send_not_found(self) -> None:
        page = Path(self.directory) / "404.html"
        self._send(404, TYPES[".html"], self._with_more(page) if page.is_file() else b"404\n")

    def _with_more(self, file: Path) -> bytes:
        """The file, if it is a page with what is not the site's: marks, or the script that reloads."""
        data = file.read_bytes()
        if file.suffix != ".html":
            return data
        if self.marks:
            data = self.marks.on(file.relative_to(self.directory).as_posix(), data)
        if self.preview is None:
            return data
        script = f'<script src="{SCRIPT_PATH}"></script>'.encode()
        return data.replace(b"</head>", script + b"</head>", 1)

    def _send(self, status: int, type_: str, data: bytes) -> None:
        self.send_response(status)
        self.send_header("Content-Type", type_)
        self.send_header("Content-Length", str(len(data)))
        self.send_header("Cache-Control", "no-cache")
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(data)

    def _send_to(self, address: str) -> None:
        self.send_response(302)
        self.send_header("Location", address)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def _tell_builds(self, preview: Preview) -> None:
        """Server-sent events: one a build, and a comment now and then to notice who left."""
        seen = preview.built
        self.send_response(200)
        self.send_header("Content-Type", "text/event-stream")
        self.end_headers()
        try:
            while True:
                with preview.builds:
                    preview.builds.wait(timeout=15)
                    message = b": still here\n\n" if preview.built == seen else b"data: built\n\n"
                    seen = preview.built
                self.wfile.write(message)
                self.wfile.flush()
        except OSError:
            return
