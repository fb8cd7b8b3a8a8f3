"""A newsroom's days as files: what comes in, what the desk does, and what subscribers must be told.

Every dispatch is invented: affairs of some days with people, places and words of their own, whose
dispatches cite earlier ones. What a subscriber sees of an article (`Desk.shown`) is known here from
what was done to the files alone, never from what a build made of them.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from typing import NamedTuple

FIRST_DAY = datetime(2026, 1, 5, 21, tzinfo=UTC)
SECTIONS = ("monde", "economie", "culture", "sciences")
MONTHS = (
    *("janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre"),
    *("octobre", "novembre", "décembre"),
)
CREDITS = ("AFP", "AFP/VNA/CVN", "Xinhua/VNA/CVN", "Reuters/CVN")
FIRST_NAMES = ("Anselme", "Odile", "Ferdinand", "Solange", "Lucien", "Ilse", "Marceline", "Gaspard")
_SYLLABLES = (
    *("ba", "cor", "del", "fon", "gre", "lan", "mir", "nor", "pel", "qui", "ra", "sol", "tur"),
    *("val", "vi", "zan", "bri", "cla", "dro", "fel", "gui", "ho", "jal", "kor", "lu", "men"),
)
_SENTENCES = (
    "{person} a présenté lundi à {place} un {a} qui doit remplacer le {b} des années passées.",
    "Selon la mairie de {place}, le {a} coûterait moins cher que le {b} et que tout {c}.",
    "Les habitants demandent depuis l'automne que la {a} soit ouverte avant la {b} de l'été.",
    "« Nous n'avons ni {a} ni {b} », a répondu {person}, qui dirige la {c} de {place}.",
    "Un rapport sur la {a} et le {b} sera remis aux élus à la fin du trimestre.",
    "À {place}, trois {a} sur quatre ont rejoint la {b} fondée par {person}.",
    "La {a} avait été suspendue en mars, quand la {b} s'était opposée au {c}.",
    "Le tribunal entendra {person} au sujet du {a} et de la {b} dans dix jours.",
    "Aucun {a} n'a été retrouvé dans la {b}, ont dit les enquêteurs de {place}.",
    "Des {a} venues de toute la région ont défilé derrière le {b} jusqu'à la {c}.",
    "L'accord sur le {a} prévoit une {b} tous les cinq ans et un {c} commun.",
    "{person} espère vendre sa {a} avant que le {b} ne change de mains.",
)
_HEADLINES = (
    "{place} : le {a} et la {b} réunis",
    "{person} défend le {a} de la {b}",
    "La {a} du {b} ouvre à {place}",
    "Un {a} contesté, une {b} promise à {place}",
    "{place} renonce au {a} et garde sa {b}",
)

# Copies are looked for within three days; embargoes hold for three more.
_APART = 8


@dataclass
class Dispatch:
    """An article and its file. `state`: standing, held, removed or killed."""

    id: str
    path: str
    day: int
    hour: str
    headline: str
    sentences: list[str]
    credit: str
    cites: list[tuple[str, str]]  # (the line, the article it means)
    former: list[str] = field(default_factory=list)
    until: datetime | None = None
    state: str = "standing"
    reason: str = ""

    def text(self, date: str) -> str:
        head = [f" date {date} {self.hour} {self.headline}"]
        if self.until:
            moment = self.until
            head.append(f"Embargo : {moment.day} {MONTHS[moment.month - 1]} {moment.year} à 7h00")
        lines = [f">> {line}" for line, _target in self.cites]
        return "\n\n".join([*head, " ".join(self.sentences), *lines, self.credit]) + "\n"


@dataclass
class Affair:
    person: str
    place: str
    ends: int
    ids: list[str] = field(default_factory=list)


class Day(NamedTuple):
    """A day's end: when it is, and what the desk says of articles in the ledger, as (what,
    article, note): `correction` and `minor` before the build that publishes the edit, `kill`."""

    moment: datetime
    acts: tuple[tuple[str, str, str], ...]


class Desk:
    """All dispatches, and the files of those that are there."""

    def __init__(self, content: Path, draw: Random, few: int, many: int, kills: bool) -> None:
        self.content = content
        self.draw = draw
        self.few, self.many, self.kills = few, many, kills
        self.known: dict[str, Dispatch] = {}
        self.affairs: list[Affair] = []
        self.decisions: list[str] = []
        self.touched: set[str] = set()
        self._told: dict[str, object] = {}
        self.day = 0
        self._plans: dict[tuple[str, frozenset[str]], int] = {}  # and the day each was last used

    @property
    def count(self) -> int:
        """The articles that stand."""
        return sum(one.state == "standing" for one in self.known.values())

    def begin(self, number: int) -> Day:
        """Do the day's work in content/."""
        self.day, self.touched = number, set()
        moment = FIRST_DAY + timedelta(days=number)
        for one in self.known.values():
            if one.state == "held" and one.until and one.until <= moment:
                one.state = "standing"
        acts: list[tuple[str, str, str]] = []
        if number:
            self._edits(acts)
            self._files()
            self._decide()
        for _ in range(self.draw.randint(self.few, self.many)):
            self._arrive(moment)
        return Day(moment, tuple(acts))

    # -- what subscribers must be told -----------------------------------------------------------------

    def expected(self, feed: Collection[str]) -> tuple[set[str], set[str]]:
        """(new, updated): of the articles in the feed, those never told and those told otherwise."""
        new, updated = set(), set()
        for id_ in feed:
            shown = self.shown(self.known[id_])
            if id_ not in self._told:
                new.add(id_)
            elif self._told[id_] != shown:
                updated.add(id_)
            self._told[id_] = shown
        return new, updated

    def shown(self, one: Dispatch) -> object:
        """What the feed shows of an article."""
        if one.state == "killed":
            return one.reason
        lines = [(line, self.known[target].state) for line, target in one.cites]
        return one.headline, tuple(one.sentences), one.credit, tuple(lines)

    def in_feed(self) -> set[str]:
        """The articles that a feed without an end would hold."""
        return {id_ for id_, one in self.known.items() if one.state in ("standing", "killed")}

    # -- what comes in --------------------------------------------------------------------------------

    def _arrive(self, moment: datetime) -> None:
        draw = self.draw
        running = [affair for affair in self.affairs if affair.ends >= self.day]
        if not running or draw.random() < 0.5:
            person = f"{draw.choice(FIRST_NAMES)} {self._word().capitalize()}"
            running = [Affair(person, self._word().capitalize(), self.day + draw.randint(0, 9))]
            self.affairs += running
        affair = draw.choice(running)
        section = draw.choice(SECTIONS)
        id_ = f"{section}/{moment:%Y-%m-%d}/n{len(self.known):05}"
        hour = f"{draw.randint(6, 19):02}:{draw.randint(0, 59):02}"
        one = Dispatch(
            id_,
            f"{id_}.txt",
            self.day,
            hour,
            self._filled(draw.choice(_HEADLINES), affair),
            [self._filled(told, affair) for told in self._plan()],
            draw.choice(CREDITS),
            [self._cite(target) for target in affair.ids[-2:] if draw.random() < 0.7],
        )
        if draw.random() < 0.04:
            one.until = (moment + timedelta(days=draw.randint(1, 3))).replace(hour=6)
            one.state = "held"
        else:
            affair.ids.append(id_)
        self.known[id_] = one
        self._write(one)

    def _plan(self) -> list[str]:
        """Sentences to fill, as none of the last days' dispatches has them: two that begin alike and
        go on alike are one dispatch for the archive, whatever their invented words."""
        while True:
            plan = self.draw.sample(_SENTENCES, 4)
            told = (plan[0], frozenset(plan))
            if self.day - self._plans.get(told, -_APART) >= _APART:
                self._plans[told] = self.day
                return plan

    def _cite(self, target: str) -> tuple[str, str]:
        """A line as desks write them: the headline, one it had, or the headline under a label."""
        one = self.known[target]
        line = self.draw.choice([one.headline, one.headline, *one.former])
        if self.draw.random() < 0.1:
            line = f"EN DIRECT : {line}"
        return line, target

    def _word(self) -> str:
        return "".join(self.draw.choice(_SYLLABLES) for _ in range(3)) + self.draw.choice("sntr")

    def _filled(self, pattern: str, affair: Affair) -> str:
        words = {name: self._word() for name in "abc"}
        return pattern.format(person=affair.person, place=affair.place, **words)

    # -- what the desk does ---------------------------------------------------------------------------

    def _edits(self, acts: list[tuple[str, str, str]]) -> None:
        draw = self.draw
        for _ in range(draw.randint(1, 3)):
            self._on_one(self._mend_headline)
        for _ in range(draw.randint(0, 2)):
            self._on_one(self._mend_text)
        if draw.random() < 0.6:
            one = self._on_one(self._mend_text)
            acts += [("correction", one.id, "Un chiffre était faux.")] if one else []
        if draw.random() < 0.4:
            one = self._on_one(self._mend_text)
            acts += [("minor", one.id, "")] if one else []
        if self.kills and draw.random() < 0.3:
            one = self._on_one(lambda one: None)
            if one:
                one.state, one.reason = "killed", "L'information était fausse."
                acts.append(("kill", one.id, one.reason))

    def _files(self) -> None:
        draw = self.draw
        for _ in range(draw.randint(0, 3)):
            self._on_one(self._move)
        for one in [one for one in self.known.values() if one.state == "removed"]:
            if draw.random() < 0.5:
                one.state = "standing"
                self._write(one)
        if draw.random() < 0.5:
            self._on_one(self._remove)

    def _decide(self) -> None:
        draw = self.draw
        if draw.random() > 0.3:
            return
        ids = [one.id for one in self._recent()]
        if not ids:
            return
        one, other = draw.choice(ids), draw.choice(ids)
        kind = draw.choice(["split", "join", "title", "undo"])
        if kind == "undo":
            self.decisions = self.decisions[:-1]
        elif one != other:
            more = {
                "split": "",
                "join": f'to = "{other}"\n',
                "title": f'title = "{self._word()}"\n',
            }
            self.decisions.append(f'[[{kind}]]\narticle = "{one}"\n{more[kind]}\n')
        (self.content / "decisions.toml").write_text("".join(self.decisions), encoding="utf-8")

    def _recent(self) -> list[Dispatch]:
        """Those that stand, and of which nothing was done today: of the last days, and some older."""
        since = self.day - (4 if self.draw.random() < 0.8 else 30)
        return [
            one
            for one in self.known.values()
            if one.state == "standing"
            and one.day >= since
            and one.id not in self.touched
            and one.id in self._told
        ]

    def _on_one(self, act: Callable[[Dispatch], None]) -> Dispatch | None:
        recent = self._recent()
        if not recent:
            return None
        one = self.draw.choice(recent)
        self.touched.add(one.id)
        act(one)
        return one

    def _mend_headline(self, one: Dispatch) -> None:
        one.former.append(one.headline)
        words = one.headline.split()
        words[-1] = self._word().capitalize()
        one.headline = " ".join((*words, "enfin", self._word()))
        self._write(one)

    def _mend_text(self, one: Dispatch) -> None:
        at = self.draw.randrange(len(one.sentences))
        one.sentences[at] = f"Contrairement à ce qui était écrit, le {self._word()} tient toujours."
        self._write(one)

    def _move(self, one: Dispatch) -> None:
        before = self.content / one.path
        folder, _, name = one.path.rpartition("/")
        if self.draw.random() < 0.5:
            folder = f"{self.draw.choice(SECTIONS)}/rangé"
        one.path = f"{folder}/r{self.day}-{name.rpartition('-')[2]}"
        after = self.content / one.path
        after.parent.mkdir(parents=True, exist_ok=True)
        before.rename(after)

    def _remove(self, one: Dispatch) -> None:
        one.state = "removed"
        (self.content / one.path).unlink()

    def _write(self, one: Dispatch) -> None:
        file = self.content / one.path
        file.parent.mkdir(parents=True, exist_ok=True)
        date = FIRST_DAY + timedelta(days=one.day)
        file.write_text(one.text(f"{date:%Y-%m-%d}"), encoding="utf-8")
