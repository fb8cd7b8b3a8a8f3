"""What the next publication would change, in words: what a reader reads, what a subscriber gets."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from newsdigest.base.errors import BuildError
from newsdigest.base.settings import ParseRules
from newsdigest.build import build
from newsdigest.commands.diff import Versions, show_diff, unified
from newsdigest.commands.readable import feed_entries, page_lines
from newsdigest.rehearsal import rehearsal
from newsdigest.releases.compare import Change
from newsdigest.sending import kept_of
from newsroom import HOST, NOW, Newsroom, article


@pytest.fixture(params=["target", "here"])
def newsroom(request: pytest.FixtureRequest, tmp_path: Path) -> Newsroom:
    target = str(tmp_path / "public") if request.param == "target" else ""
    return Newsroom(tmp_path / "newsroom", target=target, publications_kept=4)


def later(hours: float) -> ParseRules:
    return ParseRules(now=NOW + timedelta(hours=hours))


def diff(newsroom: Newsroom, typed: str = "", hours: float = 5) -> None:
    settings = replace(newsroom.settings, rules=later(hours), editor_lang="fr")
    with rehearsal(settings) as place:
        rehearsed = place(settings)
        sent = build(rehearsed, HOST).sent
        assert sent
        kept = kept_of(rehearsed)

        def read(change: Change) -> Versions:
            before = change.before and (
                kept.bytes_of(change.before.digest) or place.before(change.path)
            )
            return Versions(change, before or b"", place.read(change.path) if change.after else b"")

        assert show_diff(rehearsed, sent.changes, read, "feeds/all.atom", typed) == 0


@pytest.fixture
def published(newsroom: Newsroom) -> Newsroom:
    for name, day in (("Gelée", "2025-01-10"), ("Braise", "2025-06-10"), ("Chaume", "2025-09-10")):
        newsroom.write(f"{name[0].lower()}.txt", article(name, day))
    for name in ("a", "z"):
        newsroom.write(
            f"{name}.txt", article(f"Titre {name}", text=f"Le texte de {name} reste là.")
        )
    newsroom.build(publishes=True, releases=True)
    return newsroom


def test_nothing_would_change(published: Newsroom, capsys: pytest.CaptureFixture[str]) -> None:
    diff(published)
    assert capsys.readouterr().out == "Rien ne changerait.\n"


def test_the_summary_names_pages_and_entries(
    published: Newsroom, capsys: pytest.CaptureFixture[str]
) -> None:
    published.write("n.txt", article("Nouveau venu"))
    published.write("a.txt", article("Titre a", text="Le texte de a change ici."))
    (published.content / "z.txt").unlink()
    if published.settings.target:
        published.build(rules=later(1))  # what was built meanwhile is not what readers have
    diff(published)
    out = capsys.readouterr().out
    assert "  + /2026/01/15/nouveau-venu.html" in out
    assert "  ~ /2026/01/15/titre-a.html" in out
    assert "  - /2026/01/15/titre-z.html" in out
    assert "Articles de feeds/all.atom : nouveaux 1, mis à jour 1, sortis 2" in out
    assert "  + Nouveau venu\n  ~ Titre a\n  - Titre z\n" in out


@pytest.mark.parametrize(
    "typed",
    [
        "a",
        "a.txt",
        "content/a.txt",
        "/2026/01/15/titre-a.html",
        "https://x.example/2026/01/15/titre-a.html",
        "titre a",
    ],
)
def test_one_article_is_shown_word_by_word(
    published: Newsroom, capsys: pytest.CaptureFixture[str], typed: str
) -> None:
    published.write("a.txt", article("Titre a", text="Le texte de a reste ailleurs."))
    diff(published, typed)
    out = capsys.readouterr().out
    assert out.startswith("--- /2026/01/15/titre-a.html\n+++ /2026/01/15/titre-a.html\n")
    assert "[-là.-]{+ailleurs.+}" in out
    _page, entry = out.split("Dans feeds/all.atom :\n")
    assert "[-là.-]{+ailleurs.+}" in entry
    assert "updated" in entry


def test_one_that_stays_as_it_is(published: Newsroom, capsys: pytest.CaptureFixture[str]) -> None:
    published.write("a.txt", article("Titre a", text="Le texte de a reste ailleurs."))
    diff(published, "g")
    assert "Rien ne changerait dans sa page." in capsys.readouterr().out


def test_one_that_is_none_is_refused(published: Newsroom) -> None:
    with pytest.raises(BuildError, match="no published article"):
        diff(published, "nulle part")


def test_lines_and_words() -> None:
    before = ["Un titre", "Trois blessés dans la rue.", "Fin", "Une ligne qui part"]
    after = ["Un titre", "Quatre blessés dans la rue.", "Fin", "Tout autre chose ici"]
    assert list(unified(before, after)) == [
        "~ [-Trois-]{+Quatre+} blessés dans la rue.",
        "- Une ligne qui part",
        "+ Tout autre chose ici",
    ]
    assert list(unified([], ["Neuf"])) == ["+ Neuf"]
    assert list(unified(["Vieux"], [])) == ["- Vieux"]
    long = [" ".join(f"mot{n}" for n in range(40))]
    edited = [long[0].replace("mot20", "autre")]
    assert list(unified(long, edited)) == [
        "~ … mot14 mot15 mot16 mot17 mot18 mot19 [-mot20-]{+autre+} mot21 mot22 mot23 mot24 mot25 mot26 …"
    ]


def test_what_a_reader_sees_of_a_page() -> None:
    page = (
        b"<!doctype html><html><head><title>Le pont</title><style>x</style></head><body><nav>Menu</nav>"
        b"<main><h1>Le&nbsp;pont <em>rouvre</em></h1><p>Un<br>deux.<script>y</script></p><ul><li>a<li>b</ul>"
        b"</main></body></html>"
    )
    assert page_lines(page, main=True) == ["Le pont", "Le pont rouvre", "Un", "deux.", "a", "b"]
    assert page_lines(page)[1] == "Menu"
    assert page_lines(b"") == []
    assert feed_entries(b"no feed") == {}
