"""Whatever editors do, in whatever order: the incremental site is the clean build's, byte for byte."""

from __future__ import annotations

import errno
import json
import os
import re
import shutil
import sqlite3
import tempfile
import tomllib
import unicodedata
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, redirect_stderr, redirect_stdout
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import newsdigest.archive.entities
import newsdigest.archive.stories
import newsdigest.archive.ties
import newsdigest.archive.update.names
import newsdigest.archive.update.short_forms
import newsdigest.archive.update.stories
import newsdigest.archive.update.suggestions
import newsdigest.relate.links
import newsdigest.rendering
import newsdigest.site.kinds.article
import newsdigest.site.kinds.story
import pytest
from derived import derived
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    Bundle,
    RuleBasedStateMachine,
    consumes,
    initialize,
    invariant,
    multiple,
    rule,
    run_state_machine_as_test,
)
from moments import MOMENTS
from newsdigest.archive.store_files import seal
from newsdigest.base.addresses import FORMATS, Addresses
from newsdigest.base.errors import BuildError, RemovalsError
from newsdigest.base.records import STANDING_FILES, Site, package_of
from newsdigest.base.settings import ParseRules
from newsdigest.commands.check import repair_site
from newsdigest.publish import manifest
from newsdigest.relate.suggestions import Index
from newsdigest.site.cards import drawing
from newsroom import LIMITS, NOW, Newsroom, article
from photographs import photo
from sketches import sketch
from watching import dangling_links, half_files

PEOPLE = ["Anna Korvat", "Lucien Maréchal", "Ilse Brandon", "Pham Thi Nhàn"]
PLACES = ["Genève", "Hanoï", "Saint-Orens", "Norvège"]
GROUPS = [
    "l'Agence des eaux du delta (AED)",
    "l'AED",
    "l'ONU",
    "la Banque centrale des Orvennes (BCO)",
    "la BCO",
    "l'Association des enseignants du delta (AED)",
    "l'entreprise Saint-Orens",
    "la banque Norvège",
]
# Three affairs, told in paragraphs that dispatches share, copy and cut.
PARAGRAPHS = [
    "Le tramway de Corvanne a déraillé mardi soir dans le quartier des Tanneries, blessant douze"
    " voyageurs, a annoncé la préfecture. Les pompiers ont évacué deux rames immobilisées.",
    "Anna Korvat, qui dirige la régie des transports de Corvanne, a promis une enquête sur le"
    " tramway et sur l'aiguillage des Tanneries, changé au printemps.",
    "Les syndicats de la régie de Corvanne dénonçaient depuis un an l'usure des voies du tramway"
    " et réclamaient des contrôles plus fréquents. Le 12 janvier, ils avaient cessé le travail.",
    "La ligne des Tanneries restera fermée jusqu'au 20 janvier, le temps de redresser la rame et"
    " de remplacer cent mètres de rails, selon la régie.",
    "La récolte de safran des collines de Lorvat s'annonce la plus faible depuis dix ans, les"
    " pluies d'octobre ayant noyé les bulbes, selon la coopérative.",
    "Lucien Maréchal, président de la coopérative de Lorvat, demande une aide aux producteurs de"
    " safran et le report des échéances de leurs prêts.",
    "Le prix du safran de Lorvat a doublé en six semaines sur le marché de gros de Genève, où les"
    " acheteurs craignent une pénurie.",
    "Les producteurs de safran plantent plus haut dans les collines de Lorvat, où l'eau s'écoule"
    " mieux, mais les terrasses y sont étroites et chères.",
    "Le musée maritime de Belrive a retrouvé dans ses réserves le journal de bord de la frégate"
    " Aurélie, que l'on croyait perdu depuis le naufrage de 1811.",
    "Ilse Brandon, conservatrice du musée de Belrive, a montré les premières pages du journal de"
    " la frégate, rongées par le sel mais lisibles.",
    "Le journal de la frégate Aurélie raconte les quarante derniers jours de la traversée et nomme"
    " les marins que le musée de Belrive cherchait à identifier.",
    "Une exposition réunira à Belrive, au printemps prochain, le journal de la frégate et les"
    " objets remontés de l'épave par les plongeurs du musée.",
]
# The last has the slug of the first.
AGENCIES = ["AFP", "AFP/VNA/CVN", "Xinhua", "Reuters/CVN", "A.F.P./Xinhua"]
RULES = ParseRules(now=NOW, agencies=(("A.F.P.", "Agence fictive"),))
# Lines of the editors' names: another name, a label, a surname that means one, a name that is none, a
# place on maps.
NAMES = [
    "person\tAnna Korvat\tA. Korvat|Korvat\tshort=global",
    "person\tAnna Korvat\t\tlabel=Anna Korvat-Delme; link=https://korvat.example",
    "person\tLucien Maréchal\t\tshort=none",
    "organisation\tAgence des eaux du delta\tAED",
    "organisation\tBanque centrale des Orvennes\t\tlabel=Banque des Orvennes",
    "person\tIlse Brandon\tBrandon|la conservatrice\tnot=Brandon",
    "place\tCorvanne\tTanneries",
    "organisation\tCorvanne\t\tlabel=Ville de Corvanne",
    "place\tNorvège\tGenève",
    "organisation\tSaint-Orens\t\tnot=Genève",
    "place\tHanoï\t\tnotag=always",
    "place\tHanoï\t\tat=none",
    "place\tGenève\t\tat=-17.8,178",
    "lieu\tdelta",
    "rien du tout",
]
HEADLINES = [
    "Le pont de Saint-Orens rouvre",
    "Le pont de Saint-Orens rouvre !",
    "Le pont de Saint-Orens 2",
    "Les prix du riz montent de 1,2 %",
    "Les prix du riz montent de 12 %",
    "Anna Korvat quitte l'AED",
    "Index",
    '<b>Gros titre</b> & "guillemets"',
    "Grève au port",
    "Douze blessés dans le tramway de Corvanne aux Tanneries",
    "La récolte de safran de Lorvat noyée par les pluies d'octobre",
    "Le journal de la frégate Aurélie retrouvé à Belrive",
]
# How other articles cite them: as they stand, or not quite.
CITED = [
    *HEADLINES,
    "EN DIRECT : Douze blessés dans le tramway de Corvanne aux Tanneries",
    "Douze blessés dans le tramway de Corvanne…",
    "Douze blessés dans le tramwai de Corvanne aux Tanneries",
    "La récolte de safran de Lorvat noyée",
    "La récolte du safran de Lorvat noyée par les pluies d'octobre",
    "Le journal de la frégate Aurélie retrouvé…",
    "Le journal de la frégate Aurélie retrouve a Belrive",
]
DATES = [
    "2026-01-05",
    "2026-01-06",
    "2026-01-06 09:30",
    "2026-01-08",
    "2026-01-12",
    "2026-01-20",
    "2025-11-30",
    "2025-12",
    "2025-12-02",
    "2026-03-09",
    "2027-05-01",
    "2025-01-07",
    "2024-11-30",
    "2024-11",
]

# Files of others in the site's folder, in folders of ours and of theirs.
FOREIGN = [
    "google123.html",
    "CNAME",
    "shop/index.html",
    ".well-known/x",
    "2026/01/notes.txt",
    "entites/logo.svg",
    "feeds/theirs.atom",
]

# What takes many articles elsewhere takes few here.
FEW: list[tuple[Any, str, int]] = [
    (newsdigest.archive.update.names, "TYPE_VOTES", 3),
    (newsdigest.archive.update.short_forms, "SURNAME_USES", 2),
    (newsdigest.archive.update.short_forms, "MOST_USES", 4),
    (newsdigest.archive.update.short_forms, "MOST_BEARERS", 1),
    (newsdigest.archive.update.suggestions, "KEPT", 3),
    (newsdigest.archive.update.suggestions, "SHOWN", 2),
    (newsdigest.archive.update.stories, "FOLLOWERS", 2),
    (newsdigest.archive.ties, "FOLLOWERS", 2),
    (newsdigest.archive.stories, "ENTITY_WINDOW", 4),
    (newsdigest.archive.stories, "STORY_WINDOW", 4),
    (newsdigest.relate.links, "MOST_NEAR", 2),
    (newsdigest.site.kinds.story, "STORY_WINDOW", 4),
    (newsdigest.site.kinds.story, "TOLD", 2),
    (newsdigest.site.kinds.story, "REMEMBERED", 1),
    (newsdigest.archive.entities, "TOGETHER_WINDOW", 4),
]

names = st.sampled_from(PEOPLE)
sentences = st.lists(
    st.one_of(
        names.map(lambda n: f"Le ministre {n} a rencontré la presse lundi."),
        names.map(lambda n: f"M. {n.split()[-1]} n'a pas souhaité commenter cette décision."),
        st.sampled_from(PLACES).map(lambda p: f"La délégation est arrivée à {p} dans la matinée."),
        st.sampled_from(GROUPS).map(lambda g: f"Le rapport publié par {g} compte cent pages."),
        st.sampled_from(PLACES).map(lambda p: f"Selon {p}, l'accord a été signé par M. Maréchal."),
    ),
    min_size=1,
    max_size=4,
).map(" ".join)
# An affair's paragraphs stand together in the list: a dispatch tells one, or some of two.
affairs = st.integers(0, 2).flatmap(
    lambda affair: st.lists(
        st.sampled_from(PARAGRAPHS[4 * affair : 4 * affair + 4]),
        min_size=2,
        max_size=4,
        unique=True,
    )
)
bodies = st.one_of(
    sentences,
    affairs.map("\n\n".join),
    st.builds("{}\n\n{}".format, affairs.map("\n\n".join), sentences),
    st.lists(st.sampled_from(PARAGRAPHS), min_size=1, max_size=5, unique=True).map("\n\n".join),
)
# Half of all come close together, and cite each other inexactly.
headlines = st.sampled_from(HEADLINES) | st.sampled_from(HEADLINES[-3:])
dates = st.sampled_from(DATES) | st.sampled_from(DATES[:6])
related = st.lists(st.sampled_from(CITED) | st.sampled_from(CITED[-10:]), max_size=3).map(tuple)
articles = st.builds(article, headlines, dates, bodies, related)
paths = st.builds(
    "{}{}.txt".format,
    st.sampled_from(["", "monde/", "en/", "monde/asie/", "Monde/"]),
    st.sampled_from(["a", "b", "c", "é", "a-2"]),
)


# What a file of several articles holds: (name, version, headline, date, text) each.
items = st.tuples(
    st.sampled_from("pqrst"), st.integers(1, 2), headlines, st.sampled_from(DATES[:7]), bodies
)


def in_package(name: str, version: int, headline: str, date: str, body: str) -> dict[str, str]:
    """An article as ninjs has it."""
    day, _, time = date.partition(" ")
    month = day if len(day) > 7 else f"{day}-01"
    return {
        "uri": f"urn:fil:{name}",
        "version": str(version),
        "headline": headline,
        "versioncreated": f"{month}T{time or '10:00'}:00+01:00",
        "body_text": body,
        "by": "AFP",
    }


STANDING_TEXTS = [
    None,
    "",
    "Title: Nous\n\nNous sommes trois.\n",
    "[[site]] [[corrections]] [[x]]\n",
]
# The ids that decisions name: of articles that are there, were there, or never were.
ids = paths.map(lambda path: path.removesuffix(".txt"))


def in_toml(kind: str, **values: str) -> str:
    """One decision, as editors write it."""
    lines = [f"{key} = {json.dumps(value, ensure_ascii=False)}" for key, value in values.items()]
    return "\n".join([f"[[{kind}]]", *lines, ""])


_DATED = r" date \S+( \d\d:\d\d)?"
_CREDIT = re.compile(r"\n\n([^\n]*)\n$")


# What a copy beside `{}` is called.
COPIED = [
    "{} (Copie en conflit de Nadia 2026-01-02)",
    "{}.sync-conflict-20260102-101010-ABCDEFG",
    "{} (1)",
    "{} - Copie",
    "Copie de {}",
]


def _replace(file: Path, by: Callable[[Path], object]) -> None:
    file.unlink()
    by(file)


# What pictures are called after their article's name, and what they hold.
PICTURED = (".jpg", "-3.PNG")
PICTURES = (photo(seed=1), photo(700, 500, seed=2), photo(seed=3)[:-200])

# What makes a file one that cannot be read, for the superuser too.
SPOILT: dict[str, Callable[[Path], object]] = {
    "emptied": lambda file: file.write_bytes(b""),
    "its date misspelt": lambda file: file.write_text(
        file.read_text(encoding="utf-8").replace("date 2", "date l2", 1), encoding="utf-8"
    ),
    "its text lost": lambda file: file.write_bytes(file.read_bytes().split(b"\n")[0]),
    "a folder in its place": lambda file: _replace(file, Path.mkdir),
    "a link to nothing": lambda file: _replace(file, lambda f: f.symlink_to("nulle-part")),
    "a link to itself": lambda file: _replace(file, lambda f: f.symlink_to(f.name)),
}
STILL_FILES = {"emptied", "its date misspelt", "its text lost"}
_PLAIN = re.compile(r"(a|b|c|é|a-2|spoilt)\.txt")


def _moment(data: bytes) -> datetime:
    """When an article is due, as its first line says."""
    date = re.search(rb"(\d+)-(\d+)(?:-(\d+)(?: (\d+):(\d+))?)?", data)
    assert date is not None
    year, month, day, hour, minute = (int(part or 0) for part in date.groups())
    zone = ZoneInfo("Europe/Paris")
    return datetime(year, month, day or 1, hour, minute, tzinfo=zone).astimezone(UTC)


_EMBARGO = re.compile(rb"(?m)^Embargo : (.*)\n")


def _text_of(data: bytes) -> bytes:
    """What two files of one article share: the head and the text, without what is said around it."""
    head, *paragraphs = _EMBARGO.sub(b"", data).rstrip(b"\n").split(b"\n\n")
    told = (part for part in paragraphs[:-1] if not part.startswith(b">>"))
    return b"\n\n".join((head.strip(), *told)).lower()


def _stem(path: str) -> str:
    return unicodedata.normalize("NFC", path[:-4])


def _plainest(forms: list[str]) -> str:
    return min(
        forms, key=lambda p: (not p.endswith(".txt"), not unicodedata.is_normalized("NFC", p), p)
    )


class EditorsAtWork(RuleBasedStateMachine):
    """Files come, change and go; every so often a build, compared with a clean one."""

    files: Bundle[str] = Bundle("files")
    kinds = "newsdigest.site.kinds:WITHOUT_SEARCH"

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp(prefix="lefil-"))
        # No build is too small for a pool, should it have two workers.
        self.newsroom = Newsroom(
            self.folder,
            limits=replace(
                LIMITS,
                in_process_below=1,
                section_articles=2,
                cards=True,
                card_days=5,
                entity_card_from=3,
            ),
            site=Site(tagline="L’essai", sections=("asie", "monde"), card="/cartes/site.png"),
            addresses=Addresses(formats=tuple(FORMATS)),
            removals_most=3,
            removals_percent=10,
            rules=RULES,
            kinds=self.kinds,
        )
        # What the last build read of each article that stands in the site, by a rule of our own.
        self.good: dict[str, bytes] = {}
        # The pictures it had then, by what follows its name.
        self.pictures: dict[str, dict[str, bytes]] = {}
        self.unread: set[str] = set()
        self.broken: set[str] = set()
        self.hidden = ""
        self.last_clock: datetime | None = None
        self.latest = self.newsroom.settings.rules.now
        self.changed = True
        self.styles = 0
        self.workers = 1
        self.killed = False
        self.unbuilt = 0
        self.came = 0
        # What decisions.toml said before it was spoilt.
        self.good_decisions: str | None = None
        self.foreign: dict[str, bytes] = {}
        self.backed_up: dict[str, bytes] = {}

    @initialize(target=files, some=st.dictionaries(paths, articles, min_size=3, max_size=8))
    def open_the_archive(self, some: dict[str, str]):  # type: ignore[no-untyped-def]
        return self.add_some(some)

    @rule(target=files, some=st.dictionaries(paths, articles, min_size=2, max_size=4))
    def add_some(self, some: dict[str, str]):  # type: ignore[no-untyped-def]
        for path, text in some.items():
            self._write(path, text)
        self.changed = True
        return multiple(*some)

    @rule(target=files, path=paths, text=articles)
    def add(self, path: str, text: str) -> str:
        self._write(path, text)
        self.changed = True
        return path

    # The first rule by its name and arguments is the one that is taken whenever those drawn do not
    # apply: a fifth of all steps. So it is one that is worth a build.
    @rule()
    def a_dispatch_comes(self) -> None:
        """Another each time, new or in another's place."""
        n, self.came = self.came, self.came + 1
        folder, name = (
            ("", "monde/", "en/", "monde/asie/")[n % 4],
            ("a", "b", "c", "é", "a-2")[n % 5],
        )
        told = "\n\n".join(PARAGRAPHS[n * 5 % 12 :][:3])
        cited = (CITED[n * 7 % len(CITED)],)
        headline, date = HEADLINES[n * 5 % len(HEADLINES)], DATES[n * 3 % len(DATES)]
        self._write(f"{folder}{name}.txt", article(headline, date, told, cited))
        self.changed = True

    @rule(path=files, text=articles)
    def edit(self, path: str, text: str) -> None:
        if self._exists(path):
            self._write(path, text)
            self.changed = True

    @rule(path=files, sentence=sentences)
    def add_a_sentence(self, path: str, sentence: str) -> None:
        if self._exists(path):
            old = self._text(path)
            self._write(path, _CREDIT.sub(rf"\n\n{sentence}\n\n\1\n", old))
            self.changed = True

    @rule(
        target=files,
        path=files,
        new=paths,
        headline=headlines,
        agency=st.sampled_from(AGENCIES),
        date=st.none() | dates,
        cut=st.integers(0, 2),
    )
    def send_by_another_agency(  # type: ignore[no-untyped-def]
        self, path: str, new: str, headline: str, agency: str, date: str | None, cut: int
    ):
        """The same dispatch under another headline, sometimes cut, sometimes of another day."""
        if not self._exists(path) or path == new:
            return multiple()
        text = self._text(path)
        head, *paragraphs, _ = text.rstrip("\n").split("\n\n")
        when = f" date {date}" if date else re.match(_DATED, head).group()  # type: ignore[union-attr]
        kept = paragraphs[: max(1, len(paragraphs) - cut)]
        self._write(new, "\n\n".join([f"{when} {headline}", *kept, agency]) + "\n")
        self.changed = True
        return new

    @rule(
        path=files,
        words=st.sampled_from([("douze", "treize"), ("mardi", "jeudi"), (" a ", " avait ")]),
    )
    def correct_a_sentence(self, path: str, words: tuple[str, str]) -> None:
        if self._exists(path):
            head, rest = self._text(path).split("\n", 1)
            self._write(path, f"{head}\n{rest.replace(*words, 1)}")
            self.changed = True

    @rule(path=files, lines=related)
    def cite_others(self, path: str, lines: tuple[str, ...]) -> None:
        """The text stays, its `>>` lines change."""
        if self._exists(path):
            text = self._text(path)
            *told, credit = text.rstrip("\n").split("\n\n")
            told = [paragraph for paragraph in told if not paragraph.startswith(">>")]
            cited = [f">> {line}" for line in lines]
            self._write(path, "\n\n".join([*told, *cited, credit]) + "\n")
            self.changed = True

    @rule(path=files, date=dates)
    def change_the_date(self, path: str, date: str) -> None:
        self._edit_first_line(
            path, lambda head: re.sub(r"\d[\d-]+( \d\d:\d\d)?", date, head, count=1)
        )

    @rule(path=files, headline=headlines)
    def change_the_headline(self, path: str, headline: str) -> None:
        self._edit_first_line(path, lambda head: f"{re.match(_DATED, head).group()} {headline}")

    @rule(path=files, until=st.sampled_from([*DATES[:9], "2026-01-06 09:31", "2026-02-20 18:00"]))
    def put_under_embargo(self, path: str, until: str) -> None:
        if self._exists(path) and len(until) > 7:
            head, _, rest = self._text(path).partition("\n")
            rest = _EMBARGO.sub(b"", rest.encode()).decode()
            self._write(path, f"{head}\nEmbargo : {until}\n{rest}")
            self.changed = True

    @rule(path=files)
    def forget_the_embargo(self, path: str) -> None:
        if self._exists(path):
            self._write(path, _EMBARGO.sub(b"", self._bytes(path)).decode())
            self.changed = True

    @rule(path=files, until=st.sampled_from(["2026-01-07 08:00", "2026-02-10", "2026-03-01 06:00"]))
    def decide_on_an_embargo(self, path: str, until: str) -> None:
        """The editors have the last word, whatever the text says."""
        if self.good_decisions is None:
            decision = in_toml("embargo", article=path.removesuffix(".txt"), until=until)
            self._write("decisions.toml", f"{self._decisions}\n{decision}")
            self.changed = True

    @rule(
        name=st.sampled_from(["paquet.json", "fil.json"]),
        told=st.lists(items, min_size=1, max_size=4),
        broken=st.booleans(),
    )
    def send_a_package(self, name: str, told: list[Any], broken: bool) -> None:
        """Several articles in one file, in another order each time, some that it had before."""
        held = [in_package(*one) for one in told]
        if broken:
            held.insert(
                len(held) // 2, {"uri": "urn:fil:x", "headline": "Sans date", "body_text": "x"}
            )
        self._write(name, json.dumps(held))
        self.changed = True

    @rule(name=st.sampled_from(["paquet.json", "fil.json"]), turned=st.booleans())
    def turn_a_package(self, name: str, turned: bool) -> None:
        """What is on top comes last, or is not sent any more."""
        if self._exists(name) and len(held := json.loads(self._text(name))) > 2:
            first, *rest = sorted(held, key=lambda one: "versioncreated" not in one)
            self._write(name, json.dumps([*rest, first] if turned else [first, *rest[1:]]))
            self.changed = True

    @rule(name=st.sampled_from(["paquet.json", "fil.json"]))
    def delete_a_package(self, name: str) -> None:
        self._remove(name)
        self.changed = True

    @rule(path=consumes(files))
    def delete(self, path: str) -> None:
        self._remove(path)
        self.changed = True

    @rule(folder=st.sampled_from(["monde", "en"]), by_hand=st.booleans())
    def delete_a_section(self, folder: str, by_hand: bool) -> None:
        """Or its share is not mounted: the folder is there, and empty."""
        for file in sorted(self._raw_files()):
            if file.startswith(f"{folder}/"):
                self._remove(file)
        if not by_hand:
            (self.newsroom.content / folder).mkdir(exist_ok=True)
        self.changed = True

    @rule(path=files, how=st.sampled_from(sorted(SPOILT)))
    def spoil(self, path: str, how: str) -> None:
        """Its file cannot be read any more; where it is no file, nobody has, or may have, its name."""
        if self._exists(path) and (how in STILL_FILES or not self._has_relatives(path)):
            SPOILT[how](self.newsroom.content / path)
            self.broken.add(path)
            self.changed = True

    @rule(path=files, text=articles)
    def mend(self, path: str, text: str) -> None:
        if path in self.broken:
            self._write(path, text)
            self.changed = True

    @rule(path=files)
    def mend_as_it_was(self, path: str) -> None:
        if path in self.broken and path in self.good:
            self._write(path, self.good[path].decode())
            self.changed = True

    @rule(folder=st.sampled_from(["monde", "monde/asie", "en"]))
    def lose_sight_of(self, folder: str) -> None:
        """Listing the folder fails, for as many builds as it does."""
        if (self.newsroom.content / folder).is_dir():
            self.hidden = folder
            self.changed = True

    @rule()
    def see_everything_again(self) -> None:
        self.changed = self.changed or bool(self.hidden)
        self.hidden = ""

    @rule(path=files, ending=st.sampled_from(PICTURED), shown=st.sampled_from(PICTURES))
    def put_a_picture_beside_it(self, path: str, ending: str, shown: bytes) -> None:
        """Sound ones, one that several may have, one that is none."""
        if self._exists(path) and not self._is_hidden(path):
            (self.newsroom.content / f"{path[:-4]}{ending}").write_bytes(shown)
            self.changed = True

    @rule(path=files)
    def take_its_pictures_away(self, path: str) -> None:
        if not self._is_hidden(path):
            for ending in PICTURED:
                (self.newsroom.content / f"{path[:-4]}{ending}").unlink(missing_ok=True)
            self.changed = True

    @rule(target=files, path=consumes(files), new=paths)
    def rename(self, path: str, new: str):  # type: ignore[no-untyped-def]
        if not self._exists(path):
            return multiple()
        (self.newsroom.content / new).parent.mkdir(parents=True, exist_ok=True)
        if new != path:
            self._remove(new)
        os.replace(self.newsroom.content / path, self.newsroom.content / new)
        self.changed = True
        return new

    @rule(target=files, path=files, new=paths)
    def copy(self, path: str, new: str):  # type: ignore[no-untyped-def]
        if not self._exists(path) or path == new:
            return multiple()
        self._write(new, self._text(path))
        self.changed = True
        return new

    @rule(target=files, path=files, name=st.sampled_from(COPIED), text=articles, same=st.booleans())
    def keep_a_copy_beside_it(self, path: str, name: str, text: str, same: bool):  # type: ignore[no-untyped-def]
        """As sync tools and desktops do, of the same text or another."""
        folder, slash, stem = path.removesuffix(".txt").rpartition("/")
        copy = f"{folder}{slash}{name.format(stem)}.txt"
        if not self._exists(path) or len(copy) > 120:
            return multiple()
        self._write(copy, self._text(path) if same else text)
        self.changed = True
        return copy

    @rule(
        target=files,
        path=files,
        form=st.sampled_from(["NFC", "NFD"]),
        suffix=st.sampled_from(["txt", "TXT"]),
    )
    def write_it_in_another_form(self, path: str, form: Any, suffix: str):  # type: ignore[no-untyped-def]
        """The same name, its accents or its suffix written otherwise, and nearly the same text."""
        if not self._exists(path):
            return multiple()
        other = f"{unicodedata.normalize(form, path)[:-4]}.{suffix}"
        if not self._exists(other):
            self._write(other, self._text(path).replace(" a ", " avait ", 1))
            self.changed = True
        return other

    @rule(
        decided=st.lists(
            st.tuples(
                st.sampled_from(
                    ["link", "never", "apart", "split", "join", "title", "lead", "order"]
                ),
                files.map(lambda path: path.removesuffix(".txt")) | ids,
                files.map(lambda path: path.removesuffix(".txt")) | ids,
                st.sampled_from(CITED),
            ),
            min_size=1,
            max_size=3,
        ),
        anew=st.booleans(),
    )
    def decide(self, decided: list[tuple[str, str, str, str]], anew: bool) -> None:
        """The editors link a line or forbid it, fold, split, join or name; `anew`: what they said
        before is forgotten; or say who stands first on a day."""
        anew = anew or self.good_decisions is not None
        found = [] if anew else [self._decisions]
        self.good_decisions = None
        for kind, one, other, headline in decided:
            more = {
                "link": {"headline": headline, "target": other},
                "never": {"target": other},
                "apart": {"other": other},
                "join": {"to": other},
                "title": {"title": headline},
            }
            if kind == "order":
                day = f'day = "2026-01-1{len(one) % 10}"'
                found.append(f"[[order]]\n{day}\narticles = {json.dumps([one, other])}\n")
                continue
            found.append(in_toml(kind, article=one, **more.get(kind, {})))
        self._write("decisions.toml", "\n".join(found))
        self.changed = True

    @rule(citing=files, at=st.integers(0, 2), cited=files, never=st.booleans())
    def decide_on_a_line(self, citing: str, at: int, cited: str, never: bool) -> None:
        """One of an article's own lines means that article, or may not lead there."""
        lines = self._exists(citing) and re.findall("(?m)^>> (.*)", self._text(citing))
        if lines and self.good_decisions is None:
            one, other = citing.removesuffix(".txt"), cited.removesuffix(".txt")
            decision = (
                in_toml("never", article=one, target=other)
                if never
                else in_toml("link", article=one, headline=lines[at % len(lines)], target=other)
            )
            self._write("decisions.toml", f"{self._decisions}\n{decision}")
            self.changed = True

    @rule(
        text=st.sampled_from(["[[link]\n", "x = " + "[" * 5000, "link = 3\n", "\0", "[[lien]]\n"])
    )
    def spoil_the_decisions(self, text: str) -> None:
        """Nothing mends them but other ones, or none."""
        if self.good_decisions is None:
            self._build()
            self.good_decisions = self._decisions
        self._write("decisions.toml", text)
        self.changed = True

    @rule()
    def take_decisions_back(self) -> None:
        self.good_decisions = None
        (self.newsroom.content / "decisions.toml").unlink(missing_ok=True)
        self.changed = True

    @rule(lines=st.lists(st.sampled_from(NAMES), max_size=4))
    def curate(self, lines: list[str]) -> None:
        """The editors say who is who; an empty file says nothing any more."""
        self._write("entities.tsv", "\n".join(lines) + "\n")
        self.changed = True

    @rule(file=st.sampled_from(sorted(STANDING_FILES)), text=st.sampled_from(STANDING_TEXTS))
    def write_beside_the_news(self, file: str, text: str | None) -> None:
        """The editors make a text of ours their own, or give it up."""
        if text is None:
            (self.newsroom.content / file).unlink(missing_ok=True)
        else:
            self._write(file, text)
        self.changed = True

    @rule()
    def restyle(self) -> None:
        self.styles += 1
        self.newsroom.restyle(f"body{{order:{self.styles}}}")
        self.changed = True

    @rule(
        how=st.sampled_from(
            [
                "DELETE FROM views",
                "DELETE FROM views WHERE kind = 'article'",
                "UPDATE views SET view = x'789c00'",
                "UPDATE views SET view = (SELECT view FROM views WHERE kind = 'day')",
                "UPDATE meta SET value = 'another' WHERE name = 'views'",
            ]
        )
    )
    def spoil_what_is_kept_of_pages(self, how: str) -> None:
        """Lost, damaged or of another version: what pages show is worked out again."""
        store = self.folder / "cache" / "archive.sqlite"
        if store.exists():
            with closing(sqlite3.connect(store)) as db:
                db.execute(how)
                db.commit()
            seal(store)
            self.restyle()

    @rule()
    def spoil_one(self) -> None:
        self._write("spoilt.txt", "date 2026-99-99 Rien ne va\n\nCorps du texte.\n")
        self.broken.add("spoilt.txt")
        self.changed = True

    @rule()
    def touch_all(self) -> None:
        for path in self._raw_files() - self.broken:
            os.utime(self.newsroom.content / path)

    @rule(name=st.sampled_from(["Le Fil", "Le Fil du soir"]))
    def rename_the_site(self, name: str) -> None:
        settings = self.newsroom.settings
        self.newsroom.settings = replace(settings, site=replace(settings.site, name=name))
        self.changed = True

    @rule(days=st.integers(-40, 60), minutes=st.sampled_from([0, 0, 1, 570, 1439]))
    def turn_the_clock(self, days: int, minutes: int) -> None:
        """Forward or back, never so far that what was published is refused as far ahead."""
        settings = self.newsroom.settings
        now = settings.rules.now + timedelta(days, minutes=minutes)
        if now > self.latest - timedelta(300):
            self.latest = max(self.latest, now)
            self.newsroom.settings = replace(settings, rules=replace(settings.rules, now=now))
            self.changed = True

    @rule(steps=st.integers(2, 5))
    def work_without_building(self, steps: int) -> None:
        """Several things happen between two builds."""
        self.unbuilt = steps

    @rule()
    def hire_a_second_worker(self) -> None:
        self.workers = 2
        self.styles += 1
        self.newsroom.restyle(f"body{{order:{self.styles}}}")
        self.changed = True

    # -- what becomes of the site's folder and of the cache ------------------------------------

    @rule(path=st.sampled_from(FOREIGN), data=st.sampled_from([b"", b"<p>ailleurs", b"\xff"]))
    def leave_a_file_of_others(self, path: str, data: bytes) -> None:
        """Somebody else's file stays as it is, whatever is built around it."""
        file = self.newsroom.folder / "output" / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(data)
        self.foreign[path] = data

    @rule()
    def lose_the_cache(self) -> None:
        if self.good_decisions is not None:
            self.take_decisions_back()  # nobody would know what they said
        shutil.rmtree(self.newsroom.folder / "cache", ignore_errors=True)
        self.good = {path: data for path, data in self.good.items() if self._is_read(path)}
        self.unread = set()
        self.last_clock = None
        self.changed = True

    @rule(before_a_build=st.integers(0, 3))
    def bring_another_version(self, before_a_build: int) -> None:
        """Everything is read again; what cannot be is what the version before read."""
        self.unbuilt = max(self.unbuilt, before_a_build)
        settings = self.newsroom.settings
        chrome = (*settings.rules.chrome, "Partager…")
        self.newsroom.settings = replace(settings, rules=replace(settings.rules, chrome=chrome))
        self.changed = True

    @rule(picks=st.lists(st.integers(0, 10_000), min_size=1, max_size=4), how=st.integers(0, 2))
    def damage_the_site_and_repair_it(self, picks: list[int], how: int) -> None:
        """Files are deleted, emptied or altered; `invoke repair` and a build make them again."""
        output = self.newsroom.folder / "output"
        ours = manifest.read(output)
        for pick in picks if ours else ():
            file = output / ours[pick % len(ours)].path
            if how == 0 or not file.is_file():
                file.unlink(missing_ok=True)
            else:
                file.write_bytes(file.read_bytes()[::-1] if how == 1 else b"")
        with redirect_stdout(None), redirect_stderr(None):
            repair_site(self.newsroom.settings)
        self.changed = True

    @rule(back=st.booleans())
    def move_the_site(self, back: bool) -> None:
        """The folder is elsewhere for a build, or put back as it was before the last one."""
        output, before = self.newsroom.folder / "output", self.newsroom.folder / "backup"
        if not back:
            shutil.rmtree(before, ignore_errors=True)
            if output.is_dir():
                shutil.copytree(output, before)
                self.backed_up = dict(self.foreign)
        elif before.is_dir():
            shutil.rmtree(output, ignore_errors=True)
            os.rename(before, output)
            self.foreign = self.backed_up
            self.changed = True

    @rule(
        path=paths,
        text=articles,
        gone=files,
        restyled=st.booleans(),
        moment=st.sampled_from(sorted(MOMENTS)),
        calls=st.integers(min_value=0, max_value=30),
    )
    def kill_a_build(
        self, path: str, text: str, gone: str, restyled: bool, moment: str, calls: int
    ) -> None:
        """With an article that came, one that went, and sometimes a new style, still to publish."""
        before = self.newsroom.site
        self._write(path, text)
        if self._exists(gone) and gone != path:
            self._remove(gone)
        if restyled:
            self.styles += 1
            self.newsroom.restyle(f"body{{order:{self.styles}}}")
        known = self._known_files()
        with self._sight(), killed(moment, calls):
            self.newsroom.build(allow_removals=True, allow_clock_back=True)
        if self._known_files() != known:
            self._remember()
        self.last_clock = self._known_clock()
        left = self.newsroom.site
        lasting = set(before) & set(self._clean_build())
        assert half_files({path: left[path] for path in left.keys() - self.foreign.keys()}) == []
        assert self.foreign.items() <= left.items()
        assert lasting - set(left) == set()
        assert dangling_links(left, lasting) == []
        self.changed = self.killed = True

    @invariant()
    def the_site_is_the_clean_builds(self) -> None:
        self.unbuilt = max(0, self.unbuilt - 1)
        if self.killed or self.unbuilt or not self.changed:
            self.killed = False  # whatever the editors do next, the build after it mends all
            return
        self._build(workers=self.workers)
        self.changed, self.workers = False, 1
        incremental, clean = self.newsroom.site, self._clean_build()
        clean.update(self.foreign)
        assert sorted(incremental) == sorted(clean)
        for path, data in clean.items():
            assert incremental[path].decode("latin-1") == data.decode("latin-1"), path
        known, anew = (
            derived(self.folder / name / "archive.sqlite") for name in ("cache", "clean/cache")
        )
        known["files"] = self._as_if_read(known["files"])
        for table, rows in anew.items():
            assert known[table] == rows, table

    def _edit_first_line(self, path: str, edit: Callable[[str], str]) -> None:
        if self._exists(path):
            old = self._text(path)
            head, rest = old.split("\n", 1)
            self._write(path, f"{edit(head)}\n{rest}")
            self.changed = True

    # -- building ------------------------------------------------------------------------------

    def _build(self, **changes: Any) -> None:
        """As an editor does who means it: told that the clock went back, or that much would leave
        the site, they insist."""
        now, before = self.newsroom.settings.rules.now, self._pages()
        if self.last_clock and now < self.last_clock:
            with self._sight(), pytest.raises(BuildError) as refused:
                self.newsroom.build(**changes)
            assert (refused.value.exitcode, self._pages()) == (1, before)
            changes["allow_clock_back"] = True
        stood = manifest.articles(self.folder / "output")
        if self._is_much(changes):
            assert self._pages() == before
            with self._sight():
                self.newsroom.build(**changes, allow_removals=True)
            stand = manifest.articles(self.folder / "output")
            gone = [id_ for id_ in stood if stood[id_] not in stand.values()]
            assert len(gone) > self.newsroom.settings.removals_most or not stand
        self._remember()
        self.last_clock = now

    def _is_much(self, changes: dict[str, Any]) -> bool:
        """Whether so much would leave the site that the build stopped."""
        try:
            with self._sight():
                self.newsroom.build(**changes)
        except RemovalsError:
            return True
        return False

    def _pages(self) -> dict[str, bytes]:
        return {path: data for path, data in self.newsroom.site.items() if path.endswith(".html")}

    @contextmanager
    def _sight(self) -> Iterator[None]:
        """The folder that cannot be listed fails as a share does."""
        listed, blind = os.scandir, os.path.realpath(self.newsroom.content / self.hidden)

        def scandir(folder: Any = ".") -> Any:
            if self.hidden and folder == blind:
                raise OSError(errno.ESTALE, os.strerror(errno.ESTALE), folder)
            return listed(folder)

        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(os, "scandir", scandir)
            yield

    def _clean_build(self) -> dict[str, bytes]:
        """Of the content in which whatever cannot be read has its last good bytes, if it has any,
        with the last decisions that could be read."""
        folder = self.folder / "last-good"
        shutil.rmtree(folder, ignore_errors=True)
        raw = self._raw_files()
        texts = {path: self._bytes(path) for path in raw if self._is_sound(path)}
        # Dated too far ahead and never good, a file goes before others by its name all the same.
        texts.update((path, self._bytes(path)) for path in raw if self._is_far_ahead(path))
        unseen = {path: data for path, data in self.good.items() if not self._is_read(path)}
        for path in unseen:
            texts.pop(self._goes_before(path), None)
        there = texts.keys() | unseen.keys()
        for path in texts.keys() & self._asides():
            if self._goes_before(path) not in there:
                del texts[path]
        editors = {
            name: self._bytes(name)
            for name in (
                *("decisions.toml", "entities.tsv", "paquet.json", "fil.json"),
                *STANDING_FILES,
            )
            if self._exists(name)
        }
        if self.good_decisions is not None:
            editors["decisions.toml"] = self.good_decisions.encode()
        for path, data in {**texts, **unseen, **editors}.items():
            file = folder / path
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(data)
        for path in {**texts, **unseen}:
            found = self.pictures.get(path, {}) if path in unseen else self._pictures(path)
            for ending, data in found.items():
                (folder / f"{path[:-4]}{ending}").write_bytes(data)
        folder.mkdir(exist_ok=True)
        return self.newsroom.clean_build(content=str(folder))

    def _pictures(self, path: str) -> dict[str, bytes]:
        """What lies beside a file that is one of its pictures by its name."""
        beside = {ending: self.newsroom.content / f"{path[:-4]}{ending}" for ending in PICTURED}
        return {ending: file.read_bytes() for ending, file in beside.items() if file.is_file()}

    # -- what is remembered of the files, whatever the product does -----------------------------

    def _remember(self) -> None:
        """A build was settled: what it read stands, and what it could not read as it stood."""
        before = self.good
        there = {
            path
            for path in before
            if self._is_hidden(path) or os.path.lexists(self.newsroom.content / path)
        }
        unread = {path for path in there if not self._is_sound(path)}
        # Of what is too far ahead for this clock, what was read last may have been ahead as well.
        unread -= {
            path
            for path in unread - self.unread
            if self._is_far_ahead(path) and not self._is_due(before[path])
        }
        self.good = {path: before[path] for path in unread}
        # By its name it may not be read any more, but nothing that can be stands in its place.
        asides = {path for path in there - unread if path in self._asides()}
        asides = {path for path in asides if not self._has_article(self._goes_before(path))}
        self.good.update((path, before[path]) for path in asides)
        self.unread = unread | asides
        read = {path: self._bytes(path) for path in self._raw_files() if self._is_read(path)}
        self.pictures.update((path, self._pictures(path)) for path in read)
        held = self._held({**self.good, **read})
        self.good.update(
            (path, data)
            for path, data in read.items()
            if self._is_due(data) and _text_of(data) not in held
        )

    def _held(self, known: dict[str, bytes]) -> set[bytes]:
        """The texts under embargo, by a file that says so or by decision."""
        decided = self._decisions if self.good_decisions is None else self.good_decisions
        ends = {_stem(path): _EMBARGO.search(data) for path, data in known.items()}
        until = {id_: found[1] for id_, found in ends.items() if found}
        for entry in tomllib.loads(decided).get("embargo", []):
            until[unicodedata.normalize("NFC", entry["article"])] = entry["until"].encode()
        now = self.newsroom.settings.rules.now
        texts = {_stem(path): _text_of(data) for path, data in known.items()}
        return {texts[id_] for id_, end in until.items() if id_ in texts and _moment(end) > now}

    def _has_article(self, path: str) -> bool:
        return path in self.good or self._is_read(path)

    def _raw_files(self) -> set[str]:
        """Everything called as an article is, be it one or not."""
        content = self.newsroom.content
        found = (file for file in content.rglob("*") if file.name.lower().endswith(".txt"))
        return {file.relative_to(content).as_posix() for file in found}

    def _is_sound(self, path: str) -> bool:
        """It can be seen and read."""
        return self._exists(path) and not self._is_hidden(path) and not self._is_far_ahead(path)

    def _is_read(self, path: str) -> bool:
        return self._is_sound(path) and not self._goes_before(path)

    def _is_hidden(self, path: str) -> bool:
        return bool(self.hidden) and path.startswith(f"{self.hidden}/")

    def _is_far_ahead(self, path: str) -> bool:
        """Dated more than a year ahead: as wrong as any typing error."""
        if not self._exists(path) or self._is_hidden(path):
            return False
        return _moment(self._bytes(path)) > self.newsroom.settings.rules.now + timedelta(366)

    def _is_due(self, data: bytes) -> bool:
        return _moment(data) <= self.newsroom.settings.rules.now

    def _asides(self) -> set[str]:
        return {path for path in self._raw_files() if self._goes_before(path)}

    def _goes_before(self, path: str) -> str:
        """Who is there and, by its name, is read instead: another form of the name, or the
        original; "" if nobody."""
        beside = {p for p in self._raw_files() if os.path.dirname(p) == os.path.dirname(path)}
        stem = _stem(path)
        first = _plainest([p for p in beside | {path} if _stem(p) == stem])
        if path != first:
            return first
        for copied in COPIED[:2]:
            original = stem.removesuffix(copied.format(""))
            forms = [p for p in beside if _stem(p) == original]
            if original != stem and forms:
                return _plainest(forms)
        return ""

    def _has_relatives(self, path: str) -> bool:
        """Another form of the name is there, or a copy, or what it is a copy of."""
        stem = unicodedata.normalize("NFC", path[:-4]).lower()
        folder = os.path.dirname(path)
        others = {p for p in self._raw_files() if os.path.dirname(p) == folder} - {path}
        stems = {unicodedata.normalize("NFC", p[:-4]).lower() for p in others}
        return not _PLAIN.fullmatch(os.path.basename(path)) or any(
            other == stem or not _PLAIN.fullmatch(f"{os.path.basename(other)}.txt")
            for other in stems
        )

    def _as_if_read(self, rows: list[Any]) -> list[Any]:
        """Kept files as the articles they are; what nobody could read or keep is left out."""
        found = []
        for path, sha, outcome, article_id, *fault, warnings, package in rows:
            if outcome == "kept":
                outcome, fault = "article", [None, None, None]
            file = self.folder / "last-good" / (package_of(path) or path)
            if outcome != "rejected" or file.is_file():
                found.append((path, sha, outcome, article_id, *fault, warnings, package))
        return sorted(found, key=repr)

    def _known_files(self) -> list[Any]:
        return self._rows("SELECT * FROM files")

    def _known_clock(self) -> datetime | None:
        rows = self._rows("SELECT value FROM meta WHERE name = 'clock' AND value != ''")
        return datetime.fromisoformat(rows[0][0]) if rows else None

    def _rows(self, query: str) -> list[Any]:
        store = self.folder / "cache" / "archive.sqlite"
        if not store.exists():
            return []
        with closing(sqlite3.connect(store)) as db:
            return db.execute(query).fetchall()

    def _write(self, path: str, text: str) -> None:
        place = self.newsroom.content / path
        if place.is_symlink() or place.is_dir():
            self._remove(path)
        self.broken.discard(path)
        self.newsroom.write(path, text)

    def _remove(self, path: str) -> None:
        place = self.newsroom.content / path
        if place.is_dir() and not place.is_symlink():
            shutil.rmtree(place)
        else:
            place.unlink(missing_ok=True)
        self.broken.discard(path)

    def _bytes(self, path: str) -> bytes:
        return (self.newsroom.content / path).read_bytes()

    @property
    def _decisions(self) -> str:
        return self._text("decisions.toml") if self._exists("decisions.toml") else ""

    def _text(self, path: str) -> str:
        return (self.newsroom.content / path).read_text(encoding="utf-8")

    def _exists(self, path: str) -> bool:
        """It is there and can be read."""
        return (self.newsroom.content / path).is_file() and path not in self.broken

    def teardown(self) -> None:
        shutil.rmtree(self.folder, ignore_errors=True)


@contextmanager
def killed(moment: str, calls: int) -> Iterator[None]:
    """End whatever runs inside at that moment, as Ctrl-C would, after so many calls of its function.

    Fewer calls than that: what runs inside ends by itself.
    """
    owner, name = MOMENTS[moment]
    original = getattr(owner, name)
    left = calls if moment.startswith("while") and moment != "while settling" else 0

    def interrupted(*args: Any, **kwargs: Any) -> Any:
        nonlocal left
        if name == "delete_files":
            output, paths = args
            some = list(paths)
            original(output, some[:left])
            if left < len(some):
                raise KeyboardInterrupt
            return len(some)
        if not left:
            raise KeyboardInterrupt
        left -= 1
        return original(*args, **kwargs)

    setattr(owner, name, interrupted)
    try:
        yield
    except KeyboardInterrupt:
        pass
    finally:
        setattr(owner, name, original)


@pytest.mark.parametrize("seed", [0])
def test_an_incremental_build_equals_a_clean_one(
    seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    # A few articles are enough for the rules that count articles, and for lists to be full.
    for module, name, few in FEW:
        monkeypatch.setattr(module, name, few)
    monkeypatch.setattr(Index.earlier, "__defaults__", (3,))
    nightly = os.environ.get("LEFIL_NIGHTLY") == "1"
    # Drawing takes as long as all the rest.
    monkeypatch.setattr(drawing, "drawn", sketch)
    run_state_machine_as_test(
        EditorsAtWork,
        settings=settings(
            max_examples=100 if nightly else 2,
            stateful_step_count=20,
            deadline=None,
            derandomize=not nightly,
            # CI says which steps fail; finding the fewest of them may take minutes.
            phases=tuple(Phase) if nightly else (Phase.explicit, Phase.generate),
            suppress_health_check=list(HealthCheck),
        ),
    )


def test_what_a_killed_build_deleted_is_written_again(tmp_path: Path) -> None:
    newsroom = Newsroom(tmp_path)
    newsroom.write("pont.txt", article("Le pont rouvre"))
    newsroom.write("port.txt", article("Le port ferme"))
    newsroom.build()
    (newsroom.content / "pont.txt").unlink()
    with killed("at the very end", 0):
        newsroom.build()
    assert "2026/01/15/le-pont-rouvre.html" not in newsroom.site
    newsroom.write("pont.txt", article("Le pont rouvre"))
    newsroom.build()
    assert newsroom.site == newsroom.clean_build()
