"""A story published once keeps its address, whatever becomes of its headlines and its dispatches."""

from __future__ import annotations

import json
import random
import re
from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path

import pytest
from newsdigest.base.settings import ParseRules
from newsroom import NOW, Newsroom, article
from nightly import rounds

TRAMWAY = [
    (
        "Douze blessés dans le tramway de Corvanne",
        "Le tramway de Corvanne a déraillé aux Tanneries.",
    ),
    (
        "Corvanne : la régie du tramway enquête",
        "La régie de Corvanne a visité la rame des Tanneries.",
    ),
    ("Le tramway de Corvanne à l'arrêt", "La ligne des Tanneries restera fermée, dit la régie."),
    ("Corvanne : le tramway repart", "Les rames des Tanneries roulent de nouveau à Corvanne."),
]
SAFRAN = [
    ("Le safran de Lorvat noyé par les pluies", "Les bulbes de safran de Lorvat ont pourri en terre."),
    ("Lorvat : le prix du safran double", "Les acheteurs de safran de Lorvat craignent une pénurie."),
    ("Lorvat replante son safran", "Les producteurs de Lorvat portent leur safran aux collines."),
]  # fmt: skip
PAGE = "dossiers/douze-blesses-dans-le-tramway-de-corvanne/index.html"
FEED = "feeds/dossiers/douze-blesses-dans-le-tramway-de-corvanne.atom"


class Desk:
    """A newsroom in which each dispatch of an affair cites the one before, a day later."""

    def __init__(self, newsroom: Newsroom) -> None:
        self.newsroom = newsroom
        self.hours = 0
        self.led: dict[str, str] = {}  # pages of former stories, and where they lead

    def write(self, affair: str, told: Sequence[tuple[str, str]], first: int = 0) -> None:
        for at, (headline, text) in enumerate(told):
            related = (told[at - 1][0],) if at else ()
            day = date(2026, 1, 10) + timedelta(days=first + at)
            raw = article(headline, f"{day}", text, related)
            self.newsroom.write(f"{affair}{at}.txt", raw)

    def mend(self, path: str, headline: str) -> None:
        file = self.newsroom.content / path
        head, rest = file.read_text(encoding="utf-8").split("\n", 1)
        dated = " ".join(head.split()[:2])
        file.write_text(f" {dated} {headline}\n{rest}", encoding="utf-8")

    def remove(self, path: str) -> str:
        text = (self.newsroom.content / path).read_text(encoding="utf-8")
        (self.newsroom.content / path).unlink()
        return text

    def decide(self, text: str) -> None:
        self.newsroom.write("decisions.toml", text)

    def build(self, publishes: bool = True) -> set[str]:
        """The addresses of the stories' pages after a build that equals a clean one."""
        self.hours += 1
        rules = ParseRules(now=NOW + timedelta(hours=self.hours))
        self.newsroom.build(rules=rules, publishes=publishes, allow_removals=True)
        site = self.newsroom.site
        assert site == self.newsroom.clean_build(rules=rules, publishes=False)
        there = {path for path in site if path.startswith("dossiers/") and path.count("/") == 2}
        assert {f"feeds/{path.removesuffix('/index.html')}.atom" for path in there} <= set(site)
        self.led = {path: led_to(site[path]) for path in there if led_to(site[path])}
        return there - self.led.keys()

    def title(self, page: str) -> str:
        site = self.newsroom.site[page].decode()
        return site.split("title='", 1)[1].split("'", 1)[0]

    def noted(self) -> dict[str, list[str]]:
        """The stories that the ledger's lines name, by article."""
        files = sorted((self.newsroom.content / "ledger").glob("*.jsonl"))
        lines = [json.loads(line) for file in files for line in file.open(encoding="utf-8")]
        return {line["id"]: line.get("stories", []) for line in lines}


def led_to(page: bytes) -> str:
    """Where a page of a former story leads, "" for any other."""
    text = page.decode()
    return text.split("Target(url='/")[1].split("'")[0] + "index.html" if "Target(" in text else ""


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(Newsroom(tmp_path / "newsroom", publishes=True))


def test_a_mended_first_headline_moves_neither_the_page_nor_the_feed_nor_the_title(
    desk: Desk,
) -> None:
    desk.write("t", TRAMWAY[:3])
    assert desk.build() == {PAGE}
    title = desk.title(PAGE)
    for headline in (
        "Treize blessés dans le tramway de Corvanne",
        "Un accident aux Tanneries",
        "Index",
        TRAMWAY[0][0],
    ):
        desk.mend("t0.txt", headline)
        assert desk.build() == {PAGE}
        assert desk.title(PAGE) == title
    assert FEED in desk.newsroom.site


def test_a_headline_mended_before_there_was_a_page_gave_no_address_away(desk: Desk) -> None:
    desk.write("t", TRAMWAY[:2])
    assert desk.build() == set()
    desk.mend("t0.txt", "Un accident aux Tanneries")
    assert desk.build() == set()
    desk.write("t", [("Un accident aux Tanneries", TRAMWAY[0][1]), *TRAMWAY[1:3]])
    assert desk.build() == {PAGE}


def test_a_story_whose_first_dispatch_is_removed_stays_where_it_is(desk: Desk) -> None:
    desk.write("t", TRAMWAY)
    desk.build()
    first = desk.remove("t0.txt")
    assert desk.build() == {PAGE}
    desk.newsroom.write("t0.txt", first)
    assert desk.build() == {PAGE}


def test_a_dispatch_that_comes_late_and_is_the_earliest_does_not_rename_the_story(
    desk: Desk,
) -> None:
    desk.write("t", TRAMWAY[1:])
    (page,) = desk.build()
    desk.newsroom.write("late.txt", article(*TRAMWAY[0][:1], "2026-01-09", TRAMWAY[0][1]))
    desk.decide('[[join]]\narticle = "t0"\nto = "late"\n')
    assert desk.build() == {page}
    assert desk.noted()["late"] == [page.split("/")[1]]


def test_of_a_story_cut_in_two_the_larger_part_keeps_the_address(desk: Desk) -> None:
    desk.write("t", [*TRAMWAY, ("Corvanne paie", "La régie du tramway de Corvanne indemnise.")])
    desk.build()
    desk.decide('[[split]]\narticle = "t2"\n')
    assert desk.build() == {PAGE}
    site = desk.newsroom.site[PAGE].decode()
    assert "corvanne-paie" in site
    assert "douze-blesses-dans-le-tramway-de-corvanne.html" not in site
    desk.decide("")
    assert desk.build() == {PAGE}


def test_of_two_stories_made_one_the_address_of_the_larger_stays(desk: Desk) -> None:
    desk.write("t", TRAMWAY)
    desk.write("s", SAFRAN)
    both = desk.build()
    assert len(both) == 2
    desk.decide('[[join]]\narticle = "s0"\nto = "t0"\n')
    assert desk.build() == {PAGE}
    assert desk.noted()["s1"][-1] == PAGE.split("/")[1]
    desk.decide("")
    assert PAGE in desk.build()


SAFRAN_PAGE = "dossiers/le-safran-de-lorvat-noye-par-les-pluies/index.html"
SAFRAN_FEED = "feeds/dossiers/le-safran-de-lorvat-noye-par-les-pluies.atom"
JOINED = '[[join]]\narticle = "s0"\nto = "t0"\n'


def test_the_address_of_a_story_taken_into_another_leads_there(desk: Desk) -> None:
    desk.write("t", TRAMWAY)
    desk.write("s", SAFRAN)
    assert desk.build() == {PAGE, SAFRAN_PAGE}
    assert desk.led == {}
    desk.decide(JOINED)
    assert desk.build(publishes=False) == {PAGE}
    assert desk.led == {SAFRAN_PAGE: PAGE}
    assert desk.build() == {PAGE}
    assert desk.led == {SAFRAN_PAGE: PAGE}
    lines = desk.newsroom.site["redirects.nginx"].decode().splitlines()
    assert f"/{SAFRAN_PAGE.removesuffix('index.html')} /{PAGE.removesuffix('index.html')};" in lines
    assert f"/{SAFRAN_FEED} /{FEED};" in lines
    desk.decide("")
    assert desk.build() == {PAGE, SAFRAN_PAGE}
    assert desk.led == {}
    assert "redirects.nginx" not in desk.newsroom.site


def test_who_reads_the_feed_of_a_story_taken_into_another_is_told_of_that_one(desk: Desk) -> None:
    desk.write("t", TRAMWAY[:3])
    desk.write("s", SAFRAN[:3])
    desk.build()
    smaller, larger = sorted((SAFRAN_FEED, FEED), key=lambda path: path == FEED)
    desk.decide(JOINED)
    desk.build()
    desk.write("t", TRAMWAY)
    desk.build()
    ids = {
        path: re.findall("<id>(tag:[^<]*?:[ts]\\d)</id>", desk.newsroom.site[path].decode())
        for path in (smaller, larger)
    }
    assert ids[smaller] == ids[larger]
    assert any(id_.endswith(":t3") for id_ in ids[smaller])


def test_it_leads_to_the_story_with_most_of_its_dispatches_and_nowhere_without_any(
    desk: Desk,
) -> None:
    desk.write("t", TRAMWAY)
    desk.write("s", SAFRAN)
    desk.build()
    desk.decide(JOINED)
    desk.build()
    for at in range(3):
        desk.remove(f"s{at}.txt")
        desk.decide(JOINED.replace("s0", f"s{at + 1}"))
        assert desk.build() == {PAGE}
        assert desk.led == ({SAFRAN_PAGE: PAGE} if at < 2 else {})


def test_a_headline_of_the_larger_story_is_mended_and_the_former_page_says_so(desk: Desk) -> None:
    desk.write("t", TRAMWAY)
    desk.write("s", SAFRAN)
    desk.build()
    desk.decide(JOINED)
    desk.build()
    desk.decide(f'{JOINED}[[title]]\narticle = "t0"\ntitle = "Les Tanneries"\n')
    desk.build()
    assert "headline='Les Tanneries'" in desk.newsroom.site[SAFRAN_PAGE].decode()


def test_a_new_story_never_stands_where_another_stood(desk: Desk) -> None:
    desk.write("t", TRAMWAY[:3])
    desk.build()
    for at in range(3):
        desk.remove(f"t{at}.txt")
    assert desk.build() == set()
    desk.write("n", [(TRAMWAY[0][0], SAFRAN[0][1]), *SAFRAN[1:]], first=10)
    (page,) = desk.build()
    assert page == PAGE.replace("corvanne/", "corvanne-2/")


def test_two_stories_of_one_headline_keep_the_addresses_they_got_first(desk: Desk) -> None:
    """The earlier one is published later."""
    desk.write("t", TRAMWAY[:3], first=10)
    desk.build()
    desk.write("a", [(TRAMWAY[0][0], SAFRAN[0][1]), *SAFRAN[1:]], first=-60)
    assert desk.build() == {PAGE, PAGE.replace("corvanne/", "corvanne-2/")}
    assert "lorvat" not in desk.newsroom.site[PAGE].decode().lower()


def test_what_no_story_shows_is_noted_in_no_line(desk: Desk) -> None:
    desk.write("t", TRAMWAY[:2])
    desk.newsroom.write("z.txt", article("Grève au port"))
    desk.build()
    assert set(map(tuple, desk.noted().values())) == {()}
    desk.write("t", TRAMWAY[:3])
    desk.build(publishes=False)
    assert set(map(tuple, desk.noted().values())) == {()}
    desk.build()
    slug = PAGE.split("/")[1]
    assert desk.noted() == {"t0": [slug], "t1": [slug], "t2": [slug], "z": []}


@pytest.mark.parametrize("seed", rounds(3, 80))
def test_whatever_editors_do_a_page_of_a_story_is_never_another_story_s(
    desk: Desk, seed: int
) -> None:
    """Held at random: the addresses never lead to another affair, and each build equals a clean one."""
    draw = random.Random(seed)
    affairs = {"t": TRAMWAY, "s": SAFRAN}
    headlines = {
        "t": ["Aux Tanneries, on attend", "Tanneries 2", "Aux Tanneries, on attend 2"],
        "s": ["À Lorvat, on attend", "Lorvat 2", "Index"],
    }
    apart: dict[str, str] = {}
    for affair, told in affairs.items():
        desk.write(affair, told)
    known: dict[str, str] = {}
    for _step in range(14):
        affair = draw.choice("ts")
        name = f"{affair}{draw.randrange(len(affairs[affair]))}.txt"
        action = draw.choice(["mend", "mend", "remove", "restore", "split", "undecided"])
        if action == "restore" or name in apart:
            for path, text in apart.items():
                desk.newsroom.write(path, text)
            apart.clear()
        elif action == "mend":
            desk.mend(name, draw.choice(headlines[affair]))
        elif action == "remove":
            apart[name] = desk.remove(name)
        elif action == "split":
            desk.decide(f'[[split]]\narticle = "{name[:-4]}"\n')
        else:
            desk.decide("")
        for page in desk.build(publishes=draw.random() < 0.8):
            text = desk.newsroom.site[page].decode()
            told = {name for name in ("Tanneries", "safran") if name in text}
            assert len(told) == 1, page
            if page.split("/")[1] in {slug for noted in desk.noted().values() for slug in noted}:
                assert known.setdefault(page, *told) in told


def test_a_storys_feed_tells_a_name_without_a_page_as_editors_call_it_now(tmp_path: Path) -> None:
    """Its entries tell all who are in an article; pages list those alone that have one."""
    newsroom = Newsroom(tmp_path)
    desk = Desk(newsroom)
    told = [*TRAMWAY]
    told[3] = (told[3][0], f"{told[3][1]} M. Benoît Morvère, ministre de la Mer, le regrette.")
    desk.write("tramway", told)
    desk.build()
    assert 'term="Benoît Morvère"' in newsroom.site[FEED].decode()
    newsroom.write("entities.tsv", "person\tBenoît Morvère\t\tlabel=B. Morvère\n")
    desk.build()
    assert 'term="B. Morvère"' in newsroom.site[FEED].decode()
