"""The site on this machine: served as a static host would, and reloaded after each build.

Nothing of this is in the site: a page served here carries one more script, which waits for the
next build.
"""

from __future__ import annotations

import threading
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from types import TracebackType

RELOAD_PATH = "/__reload"
SCRIPT_PATH = "/__reload.js"
# Under a strict Content-Security-Policy: a script and a connection of the same origin.
SCRIPT = b"new EventSource('/__reload').onmessage = function () { location.reload(); };\n"
TYPES = {
    ".atom": "application/atom+xml; charset=utf-8",
    ".rss": "application/rss+xml; charset=utf-8",
    ".opml": "text/x-opml; charset=utf-8",
    ".html": "text/html; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".xml": "application/xml; charset=utf-8",
}


def serve_site(output: str, bind: str, port: int, folder: str = "") -> None:
    """Serve the site until Ctrl-C, below `folder` where it stands in one of its host."""
    with Preview(output, bind, port, reloading=False, folder=folder) as preview:
        preview.wait()


class Preview:
    """A local server of the site; `reload` makes every open page load itself again."""

    def __init__(
        self, output: str, bind: str, port: int, reloading: bool = True, folder: str = ""
    ) -> None:
        self.folder = folder
        self.builds = threading.Condition()
        self.built = 0
        handler = partial(
            _Handler, preview=self if reloading else None, directory=output, folder=folder
        )
        self.server = ThreadingHTTPServer((bind, port), handler)
        self.server.daemon_threads = True
        self.thread = threading.Thread(target=self.server.serve_forever, daemon=True)

    @property
    def address(self) -> str:
        host, port = self.server.server_address[:2]
        return f"http://{host!s}:{port}{self.folder}/"

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


class _Handler(SimpleHTTPRequestHandler):
    """A static host's manners: folders by their index, the site's own 404 page, exact types."""

    def __init__(self, *args: object, preview: Preview | None, directory: str, folder: str) -> None:
        self.preview = preview
        self.folder = folder
        super().__init__(*args, directory=directory)  # type: ignore[arg-type]

    def do_GET(self) -> None:
        path = self.path.partition("?")[0]
        if self.preview and path == RELOAD_PATH:
            self._tell_builds(self.preview)
        elif self.preview and path == SCRIPT_PATH:
            self._send(200, TYPES[".js"], SCRIPT)
        elif self.folder and path in ("/", self.folder):
            self._send_to(self.folder + "/")
        else:
            self._send_file(path)

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
        file = Path(self.translate_path(path))
        if file.is_dir() and path.endswith("/"):
            file /= "index.html"
        if (self.preview is None and file.is_file()) or file.is_dir():
            super().do_GET()
        elif file.is_file():
            self._send(200, self.guess_type(str(file)), self._reloading(file))
        else:
            self._send_not_found()

    def _send_not_found(self) -> None:
        page = Path(self.directory) / "404.html"
        self._send(404, TYPES[".html"], page.read_bytes() if page.is_file() else b"404\n")

    def _reloading(self, file: Path) -> bytes:
        data = file.read_bytes()
        if file.suffix != ".html":
            return data
        script = f'<script src="{SCRIPT_PATH}"></script>'.encode()
        return data.replace(b"</head>", script + b"</head>", 1)

    def _send(self, status: int, type_: str, data: bytes) -> None:
        self.send_response(status)
        self.send_header("Content-Type", type_)
        self.send_header("Content-Length", str(len(data)))
        self.send_header("Cache-Control", "no-cache")
        self.end_headers()
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
