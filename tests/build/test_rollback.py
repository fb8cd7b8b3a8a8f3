"""An earlier publication can be put back; what was retracted or embargoed since stays away."""

from __future__ import annotations

import shutil
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from newsdigest.base.errors import BuildError
from newsdigest.base.settings import ParseRules
from newsdigest.commands.kill import Kill, kill_article
from newsdigest.commands.rollback import Restored, list_publications, put_back
from newsdigest.sending import Sent, kept_of
from newsroom import NOW, Newsroom, article, site


@pytest.fixture(params=["target", "here"])
def newsroom(request: pytest.FixtureRequest, tmp_path: Path) -> Newsroom:
    """One that publishes to a folder, or one whose site is read where it is built."""
    target = str(tmp_path / "public") if request.param == "target" else ""
    return Newsroom(tmp_path / "newsroom", target=target, publications_kept=4)


def later(hours: float) -> ParseRules:
    return ParseRules(now=NOW + timedelta(hours=hours))


def publish(newsroom: Newsroom, hours: float, **changes: Any) -> Sent:
    given = {"rules": later(hours), "publishes": True, "releases": True, "allow_removals": True}
    sent = newsroom.build(**{**given, **changes}).sent
    assert sent
    return sent


def back(newsroom: Newsroom, number: int, hours: float) -> Restored:
    return put_back(replace(newsroom.settings, rules=later(hours)), number)


def seen(newsroom: Newsroom) -> dict[str, bytes]:
    """What readers find."""
    files = site(Path(newsroom.settings.target or newsroom.settings.output))
    return {path: data for path, data in files.items() if not path.startswith(".lefil/")}


def days(newsroom: Newsroom) -> list[dict[str, bytes]]:
    """Four publications, and what readers found after each."""
    steps = [
        {"a.txt": article("Un"), "z.txt": article("Vieux")},
        {"b.txt": article("Deux", related=("Un",)), "z.txt": ""},
        {"a.txt": article("Un", text="Anna Korvat corrige."), "c.txt": article("Trois")},
        {"d.txt": article("Quatre", "2026-01-20"), "b.txt": ""},
    ]
    found = []
    for hour, step in enumerate(steps):
        for path, text in step.items():
            if text:
                newsroom.write(path, text)
            else:
                (newsroom.content / path).unlink()
        if newsroom.settings.target:
            newsroom.build(rules=later(hour), allow_removals=True)  # what it replaces is kept too
        publish(newsroom, hour)
        found.append(seen(newsroom))
    return found


@pytest.mark.parametrize("number", [1, 2, 3])
def test_readers_find_the_site_of_that_day(newsroom: Newsroom, number: int) -> None:
    found = days(newsroom)
    restored = back(newsroom, number, 5)
    assert seen(newsroom) == found[number - 1]
    assert (restored.withheld, restored.lost) == ((), ())
    assert restored.sent.release
    assert (restored.sent.release.number, restored.sent.release.back_to) == (5, number)
    if newsroom.settings.target:
        assert {k: v for k, v in newsroom.site.items() if k[0] != "."} == seen(newsroom)


def test_the_next_publication_goes_forward_from_the_content(newsroom: Newsroom) -> None:
    found = days(newsroom)
    back(newsroom, 1, 5)
    sent = publish(newsroom, 6)
    assert seen(newsroom) == found[3]
    assert newsroom.site == newsroom.clean_build(rules=later(6))
    assert sent.release
    assert sent.release.number == 6


def test_going_back_can_be_gone_back_on(newsroom: Newsroom) -> None:
    found = days(newsroom)
    back(newsroom, 1, 5)
    back(newsroom, 4, 6)
    assert seen(newsroom) == found[3]
    back(newsroom, 2, 7)
    assert seen(newsroom) == found[1]


def test_builds_that_were_not_published_are_gone_back_on_too(newsroom: Newsroom) -> None:
    found = days(newsroom)
    if not newsroom.settings.target:
        pytest.skip("a build is a publication there")
    newsroom.write("e.txt", article("Cinq", "2026-01-21"))
    newsroom.write("a.txt", article("Un", text="Encore autre chose."))
    newsroom.build(rules=later(5))
    back(newsroom, 3, 6)
    assert seen(newsroom) == found[2]
    publish(newsroom, 7)
    assert seen(newsroom).keys() == {*found[3], "2026/01/21/cinq.html", "2026/01/21/index.html"}


def test_an_address_published_stays_the_articles(newsroom: Newsroom) -> None:
    newsroom.write("a.txt", article("Un"))
    publish(newsroom, 0)
    newsroom.write("b.txt", article("Deux"))
    publish(newsroom, 1)
    back(newsroom, 1, 2)
    newsroom.write("b.txt", article("Deux corrigé"))
    publish(newsroom, 3)
    assert "2026/01/15/deux.html" in seen(newsroom)


def test_what_is_under_embargo_now_stays_away(newsroom: Newsroom) -> None:
    held = "Le barrage de Saint-Orens sera fermé lundi matin"
    newsroom.write("a.txt", article("Un"))
    newsroom.write("b.txt", article(held))
    publish(newsroom, 0)
    newsroom.write("c.txt", article("Trois"))
    publish(newsroom, 1)
    (newsroom.content / "decisions.toml").write_text(
        '[[embargo]]\narticle = "b"\nuntil = "2026-03-01 06:00"\n', "utf-8"
    )
    publish(newsroom, 2)
    assert not any(held.encode() in data for data in seen(newsroom).values())
    restored = back(newsroom, 1, 3)
    assert not any(held.encode() in data for data in seen(newsroom).values())
    assert "2026/01/15/le-barrage-de-saint-orens-sera-ferme-lundi-matin.html" in restored.withheld
    assert "2026/01/15/trois.html" not in seen(newsroom)


def test_what_was_retracted_since_stays_away(newsroom: Newsroom) -> None:
    text = "Le barrage de Saint-Orens sera fermé lundi matin, a dit à tort la préfecture."
    newsroom.write("a.txt", article("Un"))
    newsroom.write("b.txt", article("Le barrage ferme", text=text))
    newsroom.write("c.txt", article("Bref", text="Il pleut."))
    publish(newsroom, 0)
    newsroom.write("d.txt", article("Trois"))
    publish(newsroom, 1)
    for id_ in ("b", "c"):
        assert kill_article(newsroom.settings, id_, Kill("C'était faux.")) == 0
    publish(newsroom, 2)
    restored = back(newsroom, 1, 3)
    assert {"2026/01/15/le-barrage-ferme.html", "2026/01/15/bref.html"} <= set(restored.withheld)
    for word in (b"lundi matin", "C'était faux.".encode()):
        told = [
            path
            for path, data in seen(newsroom).items()
            if word in data.replace(b"\xe2\x80\x99", b"'")
        ]
        assert bool(told) == (word != b"lundi matin")
    assert "2026/01/15/trois.html" not in seen(newsroom)


def test_only_so_many_are_kept_and_no_bytes_beyond_them(newsroom: Newsroom) -> None:
    for hour in range(8):
        newsroom.write("a.txt", article("Un", text=f"Le texte numéro {hour}."))
        publish(newsroom, hour)
    kept = kept_of(newsroom.settings)
    assert [release.number for release in kept.can_be_undone()] == [7, 6, 5, 4]
    texts = [file.read_bytes() for file in kept.folder.glob("bytes/*/*")]
    for hour, is_there in enumerate([False, False, False, True, True, True, True, False]):
        page = f"Le texte numéro {hour}.".encode()
        assert any(page in text for text in texts) is is_there, hour
    with pytest.raises(BuildError, match="publication 3 is not kept"):
        back(newsroom, 3, 9)
    found = back(newsroom, 4, 9)
    assert found.lost == ()
    assert b"Le texte num\xc3\xa9ro 3." in seen(newsroom)["2026/01/15/un.html"]


def test_what_was_lost_is_named_and_the_rest_put_back(newsroom: Newsroom) -> None:
    days(newsroom)
    shutil.rmtree(kept_of(newsroom.settings).folder / "bytes")
    restored = back(newsroom, 3, 5)
    assert "2026/01/15/deux.html" in restored.lost
    assert "2026/01/20/quatre.html" not in seen(newsroom)


@pytest.mark.parametrize(
    "left",
    [b"", b"{", b'{"number":3,"at":"\xff"}', None],
    ids=["empty", "cut", "no text", "lines cut"],
)
def test_past_a_publication_whose_file_is_damaged_none_is_gone_back(
    newsroom: Newsroom, left: bytes | None
) -> None:
    found = days(newsroom)
    file = kept_of(newsroom.settings).folder / "releases" / "000003.jsonl"
    file.write_bytes(file.read_bytes()[:-9] if left is None else left)
    newsroom.write("e.txt", article("Cinq"))
    publish(newsroom, 5)
    with pytest.raises(BuildError, match="publication 2 is not kept"):
        back(newsroom, 2, 6)
    back(newsroom, 4, 7)
    assert seen(newsroom) == found[3]


def test_bytes_that_no_publication_needs_go_in_time(newsroom: Newsroom) -> None:
    days(newsroom)
    folder = kept_of(newsroom.settings).folder / "bytes"
    for turn in ("05", "06"):
        (folder / turn).mkdir(exist_ok=True)
        (folder / turn / ("f" * 30)).write_bytes(b"no page's")
    newsroom.write("e.txt", article("Cinq"))
    publish(newsroom, 5)
    assert [place.parent.name for place in folder.glob(f"*/{'f' * 30}")] == ["06"]
    newsroom.write("e.txt", article("Six"))
    publish(newsroom, 6)
    assert not list(folder.glob(f"*/{'f' * 30}"))


def test_a_store_that_does_not_know_todays_ledger_is_not_trusted(newsroom: Newsroom) -> None:
    days(newsroom)
    before = seen(newsroom)
    file = newsroom.content / "ledger" / "2026-01.jsonl"
    file.write_bytes(file.read_bytes() + b"\n")
    with pytest.raises(BuildError, match="invoke build"):
        back(newsroom, 2, 5)
    assert seen(newsroom) == before


def test_the_publications_are_listed(
    newsroom: Newsroom, capsys: pytest.CaptureFixture[str]
) -> None:
    settings = replace(newsroom.settings, editor_lang="fr")
    assert list_publications(settings) == 1
    assert "invoke publish" in capsys.readouterr().err
    days(newsroom)
    back(newsroom, 2, 5)
    capsys.readouterr()
    assert list_publications(settings) == 0
    lines = capsys.readouterr().out.splitlines()
    assert [line.split("  ")[0] for line in lines[:-1]] == ["n° 5", "n° 4", "n° 3", "n° 2", "n° 1"]
    assert "invoke rollback 4" in lines[-1]


def test_subscribers_are_told_of(newsroom: Newsroom) -> None:
    days(newsroom)
    restored = back(newsroom, 3, 5)
    assert [e.title for i, e in restored.before.items() if i not in restored.after] == ["Quatre"]
    assert [e.title for i, e in restored.after.items() if i not in restored.before] == ["Deux"]


BAD = "Le trésorier de Belrive arrêté mardi matin"
BAD_PAGE = "2026/01/15/le-tresorier-de-belrive-arrete-mardi-matin.html"
TEXT = (
    "Le trésorier de Belrive, Anselme Corvault, a été arrêté mardi à son domicile de la rue Haute.\n\n"
    "Il aurait détourné quarante mille euros de la caisse des écoles en trois ans, selon une source."
)


def telling(newsroom: Newsroom) -> set[str]:
    """The files in which a word of the text can be read: readers', and what is kept beside the site."""
    folders = (
        kept_of(newsroom.settings).folder,
        Path(newsroom.settings.target or newsroom.settings.output),
    )
    return {
        file.name
        for folder in folders
        for file in folder.rglob("*")
        if file.is_file() and any(w.encode() in file.read_bytes() for w in ("domicile", "détourné"))
    }


def test_what_was_retracted_stays_away_and_is_kept_nowhere(newsroom: Newsroom) -> None:
    newsroom.settings = replace(newsroom.settings, publications_kept=9)
    newsroom.write("a.txt", article("Un"))
    publish(newsroom, 0)
    newsroom.write("bad.txt", article(BAD, text=TEXT))
    publish(newsroom, 1)
    newsroom.write("c.txt", article("Trois"))  # what it changes is kept, the bad one's feed with it
    publish(newsroom, 2)
    assert telling(newsroom)
    settings = replace(newsroom.settings, rules=later(3))
    assert kill_article(settings, "bad", Kill("L'information était fausse.")) == 0
    newsroom.build(rules=later(3), publishes=not newsroom.settings.target)
    publish(newsroom, 4)
    assert telling(newsroom) == set()
    tombstone = seen(newsroom)[BAD_PAGE]
    for hour, number in enumerate((3, 2, 1), 5):
        assert BAD_PAGE not in back(newsroom, number, hour).lost
        assert telling(newsroom) == set(), number
        assert seen(newsroom)[BAD_PAGE] == tombstone
    assert "2026/01/15/trois.html" not in seen(newsroom)
    publish(newsroom, 9)
    assert "2026/01/15/trois.html" in seen(newsroom)
    assert telling(newsroom) == set()
