"""The preview serves this machine's reader, and nobody who reaches it by a trick."""

from __future__ import annotations

import http.client
import socket
from collections.abc import Iterator
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import urlopen

import pytest
from newsdigest.base.errors import BuildError
from newsdigest.commands.marks import Marks
from newsdigest.commands.preview import Preview


@pytest.fixture(scope="module", params=[True, False], ids=["watch", "serve"])
def preview(
    tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest
) -> Iterator[Preview]:
    """One server for all questions: each waits half a second to be ended."""
    folder = tmp_path_factory.mktemp("preview")
    site = folder / "output"
    site.mkdir()
    (site / "index.html").write_text("<head></head>La une", encoding="utf-8")
    (site / "404.html").write_text("Introuvable", encoding="utf-8")
    (folder / "secret.txt").write_text("secret", encoding="utf-8")
    with Preview(str(site), "127.0.0.1", 0, reloading=request.param) as preview:
        yield preview


def ask(preview: Preview, path: str, host: str | None = None, method: str = "GET") -> int:
    connection = http.client.HTTPConnection("127.0.0.1", preview.server.server_address[1])
    connection.putrequest(method, path, skip_host=True)
    if host is not None:
        connection.putheader("Host", host)
    connection.endheaders()
    answer = connection.getresponse()
    answer.read()
    connection.close()
    return answer.status


@pytest.mark.parametrize(
    "host",
    [
        "localhost",
        "LOCALHOST:8000",
        "localhost.",
        "127.0.0.1",
        "127.0.0.1:8000",
        "[::1]:8000",
        None,
    ],
)
def test_the_names_of_this_machine_are_answered(preview: Preview, host: str | None) -> None:
    assert ask(preview, "/", host) == 200


@pytest.mark.parametrize(
    "host",
    [
        *("evil.example", "evil.example:8000", "localhost.evil.example", "127.0.0.1.evil.example"),
        *("192.0.2.7", "[2001:db8::1]", "", "localhost@evil.example", "127.0.0.1evil"),
    ],
)
@pytest.mark.parametrize("path", ["/", "/__reload.js", "/index.html"])
@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_other_names_that_lead_here_are_not(
    preview: Preview, host: str, path: str, method: str
) -> None:
    assert ask(preview, path, host, method) == 421


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/" + "a" * 6000, 414),
        ("/" + "a" * 300, 404),
        ("/" + "a/" * 1500, 404),
        ("/%00", 404),
        ("/index.html%00.txt", 404),
        ("/../secret.txt", 404),
        ("/%2e%2e/secret.txt", 404),
        ("/..%2fsecret.txt", 404),
        ("/%zz%", 404),
        ("/%ff%fe", 404),
        ("/index.html/", 404),
        ("/?" + "q" * 6000, 200),
    ],
    ids=["6000", "300", "deep", "NUL", "NUL2", "up", "up2", "up3", "%zz", "bytes", "/", "query"],
)
def test_strange_paths_are_answered_without_a_word_on_the_screen(
    preview: Preview, path: str, status: int, capfd: pytest.CaptureFixture[str]
) -> None:
    assert ask(preview, path, "localhost") == status
    assert ask(preview, path, "localhost", "HEAD") == status
    assert capfd.readouterr().err == ""


def test_a_taken_port_is_said_in_one_line() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(BuildError, match=f"port {port}"):
            Preview(".", "127.0.0.1", port)


@pytest.mark.parametrize(("bind", "port"), [("127.0.0.1", 70000), ("no.such.host.invalid", 0)])
def test_where_nobody_can_listen_is_said_too(bind: str, port: int) -> None:
    with pytest.raises(BuildError, match=bind):
        Preview(".", bind, port)


def test_a_preview_is_marked_on_every_page_and_serves_this_machine_only(tmp_path: Path) -> None:
    folder = tmp_path / "site"
    (folder / "2026").mkdir(parents=True)
    for name in ("index.html", "404.html", "2026/prix.html"):
        (folder / name).write_text("<head></head><body class='x'>Page</body>", encoding="utf-8")
    marks = Marks("Aperçu, pas le site", {"2026/prix.html": "Sous embargo <jusqu'au> 31"})
    with Preview(str(folder), "127.0.0.1", 0, reloading=False, marks=marks) as preview:
        address = preview.address
        for path in ("", "2026/prix.html", "nulle-part"):
            try:
                page = urlopen(address + path).read().decode()
            except HTTPError as error:
                page = error.read().decode()
            assert (
                '<body class=\'x\'><p class="apercu" role="status">Aperçu, pas le site</p>' in page
            )
            assert ("Sous embargo &lt;jusqu" in page) == (path == "2026/prix.html")
        assert b".apercu" in urlopen(f"{address}__preview.css").read()
        assert ask(preview, "/2026/prix.html", "127.0.0.1") == 200
        for host in ("evil.example", "localhost.evil.example", "192.168.1.7", ""):
            assert ask(preview, "/2026/prix.html", host) == 421
    assert "Aperçu" not in (folder / "index.html").read_text(encoding="utf-8")
