"""What subscribers' own readers show, build after build, whatever editors and files do."""

from __future__ import annotations

import re
import shutil
import unicodedata
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace
from datetime import timedelta
from hashlib import sha256
from pathlib import Path

import pytest
from newsdigest import versions
from newsdigest.base.records import Site
from newsdigest.base.settings import ParseRules
from newsdigest.commands.correct import correct_article
from newsdigest.commands.kill import Kill, kill_article, undo_kill
from newsroom import LIMITS, NOW, Newsroom, article
from subscribers import (
    Client,
    FeedparserClient,
    Newsboat,
    ReaderClient,
    Served,
    has_newsboat,
    import_opml,
    serving,
)

PONT = "Le pont de Saint-Orens rouvre"
VIADUC = "Le viaduc de Saint-Orens rouvre"
ENFIN = "Saint-Orens : le viaduc rouvre enfin"
TEXT = "Les premières voitures passeront lundi, a dit la préfecture."
BAC = (
    "Le bac qui relie Lestrane à l'île d'Aurvec a coulé dans la nuit de mercredi à jeudi, sans faire de"
    " blessé : les douze passagers avaient quitté le bord à vingt-deux heures, dit la capitainerie."
)
SITE = Site(url="https://journal.example", tagline="L’essai")
SETTINGS = {"site": SITE, "limits": replace(LIMITS, feed_entries=50), "publishes": True}


def tag(id_: str) -> str:
    return f"tag:lefil.example,2026:{id_}"


A, B, C, D, E, F, G = (tag(id_) for id_ in ("monde/a", "b", "c", "d", "e", "f", "g"))


@pytest.fixture
def newsroom(tmp_path: Path) -> Newsroom:
    return Newsroom(tmp_path / "newsroom", **SETTINGS)


@pytest.fixture
def served(newsroom: Newsroom, monkeypatch: pytest.MonkeyPatch) -> Iterator[Served]:
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    with serving(newsroom.folder / "output") as served:
        yield served


@pytest.fixture
def clients(tmp_path: Path, served: Served) -> Iterator[dict[str, Client]]:
    """All there are, each asking the same site."""
    url = f"{served.url}/feeds/all.atom"
    for name in ("reader", "newsboat"):
        (tmp_path / name).mkdir()
    with closing(ReaderClient(tmp_path / "reader", url)) as reader:
        found: dict[str, Client] = {"reader": reader, "feedparser": FeedparserClient(url)}
        if has_newsboat():
            found["newsboat"] = Newsboat(tmp_path / "newsboat", url)
        yield found


@pytest.mark.skipif(not has_newsboat(), reason="newsboat is not installed (apt install newsboat)")
def test_newsboat_is_asked_too(clients: dict[str, Client]) -> None:
    assert set(clients) == {"reader", "feedparser", "newsboat"}


class Life:
    """A newsroom's builds, each looked at by subscribers."""

    def __init__(self, newsroom: Newsroom, served: Served, clients: dict[str, Client]) -> None:
        self.newsroom, self.served, self.clients = newsroom, served, clients
        self.hours = 0

    def write(
        self, path: str, headline: str, text: str = TEXT, *related: str, date: str = "2026-01-15"
    ) -> None:
        self.newsroom.write(path, article(headline, date, text, related))

    def move(self, path: str, to: str) -> None:
        content = self.newsroom.content
        (content / to).parent.mkdir(parents=True, exist_ok=True)
        (content / path).rename(content / to)

    def tells(self, new: set[str] = frozenset(), updated: set[str] = frozenset()) -> None:  # type: ignore[assignment]
        """A build an hour later tells each subscriber this and nothing else."""
        self.hours += 1
        rules = ParseRules(now=NOW + timedelta(hours=self.hours))
        self.newsroom.build(rules=rules, allow_removals=True)
        for name, client in self.clients.items():
            told = client.fetch()
            assert (name, set(told.new), set(told.updated)) == (name, set(new), set(updated))
        assert self.newsroom.site == self.newsroom.clean_build(rules=rules, publishes=False)
        for name, client in self.clients.items():
            again = client.fetch()
            assert (name, again.new, again.updated) == (name, frozenset(), frozenset())

    @property
    def titles(self) -> dict[str, str]:
        """The headlines that all subscribers see, by id."""
        first, *others = (
            {id_: unicodedata.normalize("NFKC", title) for id_, title in client.titles().items()}
            for client in self.clients.values()
        )
        assert all(titles == first for titles in others)
        return first

    @property
    def address(self) -> bytes:
        """Where the article on the bridge stands, as the line that cites it says."""
        page = self.newsroom.site["2026/01/15/reactions-a-saint-orens.html"]
        found = re.findall(rb"/2026/[\w/-]*saint-orens-rouvre[\w-]*\.html", page)
        assert len(set(found)) == 1
        return found[0]


def live(
    newsroom: Newsroom,
    served: Served,
    clients: dict[str, Client],
    newer: Callable[[], object] = lambda: None,
) -> None:
    """An article mended twice, renamed, moved and restored, among others: all that may happen; `newer`
    puts other code in the place of ours."""
    life = Life(newsroom, served, clients)
    life.write("monde/a.txt", PONT)
    life.write("b.txt", "Réactions à Saint-Orens", "Tous s'en réjouissent.", PONT)
    life.tells(new={A, B})
    life.tells()  # the same once more
    life.write("c.txt", "Grève au port", "Les dockers cessent le travail.")
    life.tells(new={C})
    place = life.address
    for headline in (VIADUC, ENFIN):
        life.write("monde/a.txt", headline)
        life.tells(updated={A})
        assert life.titles[A] == headline
        assert life.address == place
    life.move("monde/a.txt", "monde/pont.txt")
    life.tells()
    life.move("monde/pont.txt", "economie/pont.txt")
    life.tells()
    assert life.address == place
    life.move("economie/pont.txt", "monde/a.txt")
    life.tells()
    assert life.address == place
    (newsroom.content / "c.txt").rename(newsroom.folder / "apart")
    life.tells()
    (newsroom.folder / "apart").rename(newsroom.content / "c.txt")
    life.tells()
    life.write("c.txt", "Grève au port", "Les dockers reprennent le travail jeudi.")
    life.tells(updated={C})
    life.write(
        "c.txt", "Grève au port", "Les dockers reprennent le travail jeudi.", date="2026-01-14"
    )
    life.tells()  # under the day it came out
    newsroom.restyle("body{color:navy}")
    life.tells()
    newer()
    life.tells()
    shutil.rmtree(newsroom.folder / "cache")
    life.tells()
    life.write("d.txt", "Suites de la grève", "Trois navires attendent.", "Le port rouvre", VIADUC)
    life.tells(new={D})
    life.write("e.txt", "Le port rouvre", "Les navires déchargent.")
    life.tells(new={E}, updated={D})  # its line leads somewhere now
    assert place in newsroom.site["2026/01/15/suites-de-la-greve.html"]
    life.write("f.txt", "Le bac de Lestrane coule", BAC)
    life.write("g.txt", "Le stade de Belrive ouvre", "Dix mille places.")
    life.write("e.txt", "Le port a rouvert", "Les navires déchargent.")
    life.tells(new={F, G}, updated={E})
    # Another agency's copy of what they have, dated before it.
    life.write("h.txt", "Naufrage d'un bac à Lestrane", BAC, date="2026-01-14")
    life.tells()
    elsewhere = newsroom.folder.with_name("elsewhere")
    newsroom.folder.rename(elsewhere)
    life.newsroom = Newsroom(elsewhere, **SETTINGS)
    life.newsroom.restyle("body{color:navy}")
    served.root = elsewhere / "output"
    life.tells()
    assert life.address == place
    assert set(life.titles) == {A, B, C, D, E, F, G}


def test_a_subscriber_is_told_what_is_new_and_what_changed_and_never_a_ghost(
    newsroom: Newsroom,
    served: Served,
    clients: dict[str, Client],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def newer() -> None:
        """Every page and feed is made anew, by code that says the same."""
        installed = versions.installed
        monkeypatch.setattr(
            versions, "installed", lambda name: "99.9" if name == "feedgen" else installed(name)
        )

    live(newsroom, served, clients, newer)


_ENTRY = re.compile(rb"<entry.*?</entry>", re.DOTALL)
_ID = re.compile(rb"<id>(.*?)</id>")
_TITLE = re.compile(rb"<title.*?</title>", re.DOTALL)


def from_the_title(entry: bytes, _place: int) -> bytes:
    return _TITLE.findall(entry)[0]  # type: ignore[no-any-return]


def from_the_place_in_the_feed(_entry: bytes, place: int) -> bytes:
    return str(place).encode()


def from_all_it_says(entry: bytes, _place: int) -> bytes:
    return entry


@pytest.mark.parametrize("derive", [from_the_title, from_the_place_in_the_feed, from_all_it_says])
@pytest.mark.parametrize("name", ["reader", "feedparser", "newsboat"])
def test_ids_made_by_the_build_would_be_noticed(
    newsroom: Newsroom,
    served: Served,
    clients: dict[str, Client],
    name: str,
    derive: Callable[[bytes, int], bytes],
) -> None:
    """The control. What is first told of an article is told under its own id, so that only a later
    build can tell a ghost."""
    ids: dict[bytes, bytes] = {}

    def spoil(data: bytes) -> bytes:
        entries = _ENTRY.findall(data)
        for place, entry in enumerate(entries):
            real = _ID.findall(entry)[0]
            made = sha256(derive(entry, len(entries) - place)).hexdigest().encode()
            if real not in ids.values():
                ids.setdefault(made, real)
            data = data.replace(real, ids.get(made, made))
        return data

    if name not in clients:
        pytest.skip("newsboat is not installed (apt install newsboat)")
    served.spoil = spoil
    with pytest.raises(AssertionError):
        live(newsroom, served, {name: clients[name]})
    assert len(ids) >= 2  # the first builds told nothing wrong


def test_a_correction_is_one_new_item_among_the_corrections_and_the_article_is_updated_once(
    newsroom: Newsroom, served: Served, tmp_path: Path
) -> None:
    for folder in ("all", "corrections"):
        (tmp_path / folder).mkdir()
    reader = ReaderClient(tmp_path / "all", f"{served.url}/feeds/all.atom")
    life = Life(newsroom, served, {"reader": reader})
    life.write("monde/a.txt", PONT, "La panne a fait douze blessés mardi.")
    life.tells(new={A})
    life.write("monde/a.txt", PONT, "La panne a fait treize blessés mardi.")
    correct_article(newsroom.settings, "monde/a", "Treize personnes, et non douze.", minor=False)
    life.tells(updated={A})
    url = f"{served.url}/feeds/corrections.atom"
    with closing(ReaderClient(tmp_path / "corrections", url)) as corrections:
        (told,) = corrections.fetch().new
        assert told.startswith(A)
        updated = reader.entries()[A].updated
        life.write("monde/a.txt", PONT, "La panne a fait treize blessés, mardi.")
        correct_article(newsroom.settings, "monde/a", "", minor=True)
        life.tells(updated={A})  # its words, not its date
        assert reader.entries()[A].updated == updated
        assert corrections.fetch() == (frozenset(), frozenset())
        life.write("monde/a.txt", PONT, "La panne a fait quatorze blessés, mardi.")
        correct_article(newsroom.settings, "monde/a", "Quatorze, finalement.", minor=False)
        life.tells(updated={A})
        told_again = corrections.fetch()
        assert len(told_again.new) == 1
        assert told not in told_again.updated
    reader.close()


def test_a_retracted_dispatch_is_replaced_under_its_id_and_comes_back_under_it(
    newsroom: Newsroom, served: Served, clients: dict[str, Client]
) -> None:
    life = Life(newsroom, served, clients)
    life.write("monde/a.txt", PONT)
    life.write("b.txt", "Réactions à Saint-Orens", "Tous s'en réjouissent.", PONT)
    life.write("c.txt", "Grève au port", "Les dockers cessent le travail.")
    life.tells(new={A, B, C})
    kill_article(newsroom.settings, "monde/a", Kill("L'information était fausse."))
    life.tells(updated={A, B})  # the one that cites it says so
    assert PONT not in life.titles[A]
    undo_kill(newsroom.settings, "monde/a")
    life.tells(updated={A, B})
    assert life.titles[A] == PONT


def test_a_feed_that_did_not_change_is_answered_with_304(
    newsroom: Newsroom, served: Served, tmp_path: Path
) -> None:
    newsroom.write("a.txt", article(PONT))
    newsroom.build()
    reader = ReaderClient(tmp_path, f"{served.url}/feeds/all.atom")
    reader.fetch()
    newsroom.restyle("p{}")
    newsroom.build()
    reader.fetch()
    newsroom.write("b.txt", article(VIADUC))
    newsroom.build()
    reader.fetch()
    reader.close()
    assert served.answers == [200, 304, 200]


@pytest.mark.skipif(not has_newsboat(), reason="newsboat is not installed (apt install newsboat)")
def test_newsboat_takes_the_list_of_feeds(
    newsroom: Newsroom, served: Served, tmp_path: Path
) -> None:
    for number in range(3):
        newsroom.write(f"monde/{number}.txt", article(f"Hanoï, jour {number}", text="À Hanoï."))
    newsroom.build()
    list_ = newsroom.folder / "output" / "feeds" / "index.opml"
    taken = {line.split()[0].strip('"') for line in import_opml(tmp_path, list_)}
    feeds = {path for path in newsroom.site if path.endswith(".atom") and "archives" not in path}
    assert "feeds/entites/hanoi.atom" in feeds
    assert taken == {f"{SITE.url}/{path}" for path in feeds}
