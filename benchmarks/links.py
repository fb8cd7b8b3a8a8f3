"""How well, and how fast, a `>>` line that is not quite the headline finds its article.

    python -m benchmarks.links [--count 100000] [--queries 20000] [--seed 1]

A year of generated French headlines, most of them twins: one pattern, another number, month, place,
name, thing, or the other turn ("hausse", "baisse"). Each query is a headline changed in one of
thirteen ways. The articles of three in five are absent while their twins are there: those must stay
text. Looked up as the store does, in a table of words; times are this process's CPU time.

A cut line that several headlines of its 45 days begin with means none of them: it is drawn again. So
is a line that has become another article's very headline, or the beginning of one.
"""

from __future__ import annotations

import argparse
import time
from collections import Counter, defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random
from statistics import median, quantiles

from newsdigest.base.records import Resolution
from newsdigest.relate.links import (
    Candidate,
    NearCandidate,
    posting_words,
    probe_words,
    resolve,
    shared_needed,
    window,
)
from newsdigest.text.headline_key import headline_key, headline_numbers

from benchmarks.misquotes import CHANGES, KINDS
from benchmarks.names import entities
from benchmarks.vocabulary import forms_of

BEGIN, DAYS = date(2025, 1, 1), 365
# Of all queries, those whose article is absent.
ABSENT = 0.6
MOST_TWINS = 4


def main(count: int = 100_000, queries: int = 20_000, seed: int = 1) -> None:
    archive, asked = make(count, queries, seed)
    print(f"seed {seed}: {len(archive.headlines)} headlines, {len(asked)} queries,")
    print(f"{sum(query.target is None for query in asked)} of them on absent articles\n")
    for _ in (1, 2):  # the first round loads what is loaded once
        results, seconds = [], []
        for query in asked:
            began = time.process_time()
            results.append(archive.resolve(query.line, query.day))
            seconds.append(time.process_time() - began)
    print("| change | recall | absent linked |")
    print("|---|---:|---:|")
    for kind in KINDS:
        found = [(q, r) for q, r in zip(asked, results, strict=True) if q.kind == kind]
        present = [(q, r) for q, r in found if q.target is not None]
        right = sum(r.target == q.target for q, r in present)
        wrong = sum(r.target is not None for q, r in found if q.target is None)
        print(f"| {kind} | {right / len(present):.3f} | {wrong} of {len(found) - len(present)} |")
    pairs = list(zip(asked, results, strict=True))
    linked = [(q, r) for q, r in pairs if r.target is not None]
    absent = [r for q, r in pairs if q.target is None]
    precision = sum(q.target == r.target for q, r in linked) / len(linked)
    near = 1000 * sum(r.target is not None for r in absent) / len(absent)
    print(f"\nprecision {precision:.4f}, absent ones linked {near:.2f} of 1,000,")
    print(f"ambiguous {sum(r.state == 'ambiguous' for r in results)}")
    fuzzy = [s for (q, r), s in zip(pairs, seconds, strict=True) if r.method != "exact"]
    for name, lot in (("all", seconds), ("not exact", fuzzy)):
        print(
            f"{name}: median {1e3 * median(lot):.2f} ms, p95 {1e3 * quantiles(lot, n=20)[-1]:.2f}"
        )
    for query, result in linked:
        if query.target != result.target:
            print(f"  wrong: {query.line} -> {archive.headlines[int(result.target or 0)]}")


@dataclass(slots=True)
class Archive:
    """Headlines by number, and the two tables a store keeps of them."""

    headlines: list[str] = field(default_factory=list)
    days: list[str] = field(default_factory=list)
    by_key: dict[str, list[int]] = field(default_factory=lambda: defaultdict(list))
    by_word: dict[str, list[tuple[str, int]]] = field(default_factory=lambda: defaultdict(list))

    def file(self, headline: str, day: str) -> int:
        number = len(self.headlines)
        self.headlines.append(headline)
        self.days.append(day)
        self.by_key[headline_key(headline)].append(number)
        for word in posting_words(headline):
            self.by_word[word].append((day, number))
        return number

    def resolve(self, line: str, day: str) -> Resolution:
        same = [
            Candidate(str(n), self.days[n], headline_numbers(self.headlines[n]))
            for n in self.by_key.get(headline_key(line), ())
        ]
        found = resolve(line, "citing", day, same)
        return (
            found
            if found.state != "waiting"
            else resolve(line, "citing", day, same, self.near(line, day))
        )

    def near(self, line: str, day: str) -> list[NearCandidate]:
        first, last = window(day)
        probe = probe_words(line)
        shared: Counter[int] = Counter()
        needed = shared_needed(probe)
        for word in probe:
            weight = needed if word[0] == "^" else 1
            for dated, number in self.by_word.get(word, ()):
                if first <= dated <= last:
                    shared[number] += weight
        return [
            NearCandidate(str(n), self.days[n], self.headlines[n])
            for n, times in shared.items()
            if times >= needed
        ]


@dataclass(frozen=True, slots=True)
class Query:
    kind: str
    line: str
    day: str
    target: str | None


@dataclass(frozen=True, slots=True)
class Told:
    """A headline as drawn: its pattern and what fills it, so that a twin can be drawn."""

    pattern: str
    filling: dict[str, str]

    def __str__(self) -> str:
        text = self.pattern.format_map(self.filling)
        return text[:1].upper() + text[1:]


def make(count: int, queries: int, seed: int) -> tuple[Archive, list[Query]]:
    """The archive and the queries: the same for the same arguments."""
    draw = Random(f"links {seed}")
    writer = Writer(draw)
    drafts: list[tuple[str, str]] = []
    targets: list[tuple[str, str, bool]] = []
    while len(targets) < queries * 1.4:
        told = writer.headline()
        day = draw.randrange(DAYS)
        present = draw.random() >= ABSENT
        targets.append((str(told), _day(day), present))
        if present:
            drafts.append((str(told), _day(day)))
        for _ in range(draw.randint(1, MOST_TWINS)):
            near = max(0, min(DAYS - 1, day + draw.randint(-12, 3)))
            drafts.append((str(writer.twin(told)), _day(near)))
    while len(drafts) < count * 1.3:
        drafts.append((str(writer.headline()), _day(draw.randrange(DAYS))))

    archive = Archive()
    missing = {headline_key(text) for text, _, present in targets if not present}
    kept: set[str] = set()
    for text, day in drafts:
        key = headline_key(text)
        if key not in missing and key not in kept and len(kept) < count:
            kept.add(key)
            archive.file(text, day)
    by_text = {text: str(number) for number, text in enumerate(archive.headlines)}
    begun: dict[str, list[int]] = defaultdict(list)
    for number, text in enumerate(archive.headlines):
        begun[headline_key(text)[:12]].append(number)

    asked = []
    for text, day, present in targets:
        if present and text not in by_text:
            continue
        kind = KINDS[len(asked) % len(KINDS)]
        line = CHANGES[kind](text, draw)
        if present:  # drawn twice, it stands where it was drawn first
            day = archive.days[int(by_text[text])]
        later = (date.fromisoformat(day) + timedelta(days=draw.randint(4, 30))).isoformat()
        if line is None or _is_anothers(line, text, archive, begun):
            continue
        asked.append(Query(kind, line, later, by_text[text] if present else None))
        if len(asked) == queries:
            break
    return archive, asked


def _is_anothers(line: str, text: str, archive: Archive, begun: dict[str, list[int]]) -> bool:
    key = headline_key(line)
    return any(
        archive.headlines[number] != text
        and headline_key(archive.headlines[number]).startswith(key)
        for number in begun.get(key[:12], ())
    )


def _day(number: int) -> str:
    return (BEGIN + timedelta(days=number)).isoformat()


# -- the headlines -------------------------------------------------------------------------------

# Slots in capitals are what twins differ by; {TURN1} and so on are the pairs of `TURNS`.
PATTERNS = """
les exportations {OFNOUN} {TURN1} de {PCT} en {MONTH}
{PLACE} : les exportations {OFNOUN} {TURN1} de {PCT}
{PLACE} : le prix {OFNOUN} {TURN2} pour le {NTH} mois consécutif
le prix {OFNOUN} {TURN2} de {PCT} en {MONTH} {IN}
{PERSON} {TURN3} la réforme {OFNOUN}
{PERSON} en visite officielle {IN} {TURN4} le sommet de {MONTH}
{PERSON} {TURN5} un projet de loi sur {NOUN} {adj_m}
{IN}, {N} personnes blessées dans un accident de {vehicle} {TURN4} la fête {OFNOUN}
un incendie fait {N} morts dans un entrepôt {OF}
le port {OF} {TURN6} {TURN4} la tempête de {MONTH}
{ORG} {TURN2} ses prévisions de croissance à {PCT} pour {YEAR}
{ORG} : {PERSON} {TURN7} la présidence
{ORG} lance {un} {adj_m} pour {inf} {les_f} {adj_fp} {IN}
{le} {adj_m} {OF} {TURN6} ses portes en {MONTH}
{PLACE} : {N} {people} {TURN8} {la} {adj_f}
{people2} {OF} votent {TURN9} {la} {adj_f}
football : {PLACE} {TURN10} {N}-{N2} contre {PLACE2}
{PLACE} et {PLACE2} signent un accord sur {NOUN}
{PLACE} : {la} {adj_f} {TURN2} de {PCT} au {NTH} trimestre
plus de {MANY} {people} attendus {IN} pour {la} {adj_f}
{PERSON} appelle {PLACE} à {inf} {les_m} {adj_mp}
{PERSON} : « {la} {adj_f} doit {inf} {NOUN} »
{un} {adj_m} {adv} {pp} {IN} par {ORG}
{la} {adj_f} {OF} face au défi {OFNOUN}
{MANY} {people} privés d'électricité {IN} {TURN4} le passage du typhon
typhon : {PLACE} évacue {MANY} {people}
{ORG} {TURN5} {la} {adj_f} de {PERSON}
{PLACE} : ce que l'on sait {du} {adj_m} et {dela} {adj_f}
pourquoi {les_f} {adj_fp} {TURN8} {NOUN} {IN}
{le} {adj_m} : {ORG} {TURN3} le plan de {PERSON}
le gouvernement {TURN5} {un} {adj_m} de {N} milliards pour {NOUN}
{les_m} {adj_mp} {OF} de plus en plus {adj2_mp}
culture : {le} {adj_m} {OF} rend hommage à {PERSON}
{PERSON} remporte {la} {adj_f} {OF} pour la {NTH_F} fois
{PERSON}, {role}, {TURN7} {ORG}
météo : {TURN2} des températures {IN} en {MONTH}
{PLACE} {TURN5} les {N} mesures {dela} {adj_f}
en {YEAR}, {les_f} {adj_fp} ont {adv} {pp} {NOUN}
{les_f} {adj_fp} {TURN8} {adv} {le} {adj_m} {OF}
{IN}, {des_m} {adj_mp} pour {inf} {la} {adj_f}
le tribunal {OF} {TURN11} {PERSON} dans l'affaire {OFNOUN}
tourisme : {MANY} visiteurs {IN} en {MONTH}, {PCT} de {TURN12} qu'en {YEAR}
le chantier {dela} {adj_f} {OF} {TURN13} en {MONTH}
{PERSON} et {PERSON2} {TURN14} à {inf} {le} {adj_m}
{ORG} annonce {N} suppressions de postes {IN}
séisme de magnitude {N},{N2} {IN} : {les_m} {adj_mp} mobilisés
""".strip().splitlines()
TURNS = {
    "TURN1": ("en hausse", "en baisse", "stables"),
    "TURN2": ("augmente", "recule", "relève", "abaisse"),
    "TURN3": ("soutient", "critique", "accepte", "rejette"),
    "TURN4": ("avant", "après"),
    "TURN5": ("adopte", "rejette", "présente", "retire"),
    "TURN6": ("ouvre", "rouvre", "ferme"),
    "TURN7": ("quitte", "rejoint", "prend"),
    "TURN8": ("défendent", "contestent", "freinent", "relancent"),
    "TURN9": ("pour", "contre"),
    "TURN10": ("bat", "perd"),
    "TURN11": ("condamne", "relaxe"),
    "TURN12": ("plus", "moins"),
    "TURN13": ("commence", "s'achève", "reprend", "s'interrompt"),
    "TURN14": ("s'engagent", "renoncent"),
}
_MONTHS = str.split(
    """janvier février mars avril mai juin juillet août septembre octobre novembre décembre"""
)
_THINGS = str.split(
    """riz|café|poivre|acajou|acier|blé|cacao|thé|coton|caoutchouc|sucre|maïs|soja|cuivre|gaz|pétrole|
    charbon|logement|crabe|crevettes|thon|textile|ciment|miel|vin|lait|bœuf|porc|chaussures|meubles|
    jouets|litchis|mangues|bananes|fromage|bois|papier|verre|sel|huile d'olive|eau potable|tourisme|
    transport aérien|jeu vidéo|travail de nuit|cinéma d'auteur|livre numérique|riz parfumé""".replace(
        "\n", ""
    ).replace("    ", ""),
    "|",
)
_PEOPLE = str.split(
    "habitants agriculteurs étudiants visiteurs salariés pêcheurs élèves riverains touristes lecteurs"
)
_SUBJECTS = ("economie", "societe", "culture")


class Writer:
    """Draws headlines and their twins."""

    def __init__(self, draw: Random) -> None:
        self.draw = draw
        self.forms = [forms_of(subject) for subject in _SUBJECTS]
        known = entities()[:6000]
        self.people = [name for name in known if name.type == "person"]
        self.places = [name for name in known if name.type == "place"]
        self.bodies = [name for name in known if name.type == "organisation"]

    def headline(self) -> Told:
        pattern = self.draw.choice(PATTERNS)
        return Told(pattern, self._fill(pattern))

    def twin(self, told: Told) -> Told:
        """The same with one telling slot drawn anew, seldom two."""
        slots = [slot for slot in told.filling if slot.isupper() or slot[:4] == "TURN"]
        changed = self.draw.sample(slots, min(len(slots), self.draw.choice((1, 1, 1, 2))))
        filling = dict(told.filling)
        for slot in changed:
            for _ in range(9):
                drawn = self._draw(slot, self.draw.choice(self.forms))
                if drawn != filling[slot]:
                    filling[slot] = drawn
                    break
        return Told(told.pattern, filling)

    def _fill(self, pattern: str) -> dict[str, str]:
        forms = self.draw.choice(self.forms)
        slots = [part.split("}")[0] for part in pattern.split("{")[1:]]
        return {slot: self._draw(slot, forms) for slot in slots}

    def _draw(self, slot: str, forms: dict[str, tuple[str, ...]]) -> str:
        draw = self.draw
        if slot in TURNS:
            return draw.choice(TURNS[slot])
        if slot in forms:
            return draw.choice(forms[slot])
        if slot in ("PERSON", "PERSON2"):
            return draw.choice(self.people).bare
        if slot in ("PLACE", "PLACE2", "IN", "OF"):
            # Half of the time one of the fifty best known.
            lot = self.places[:50] if draw.random() < 0.5 else self.places
            place = draw.choice(lot)
            return {"IN": place.inside, "OF": place.of}.get(slot, place.bare)
        if slot == "ORG":
            return draw.choice(self.bodies).bare
        plain: dict[str, Callable[[], str]] = {
            "PCT": lambda: f"{draw.randint(1, 39)},{draw.randint(1, 9)} %",
            "N": lambda: str(draw.randint(2, 60)),
            "N2": lambda: str(draw.randint(0, 9)),
            "MANY": lambda: f"{draw.randint(2, 90)}.{draw.choice((100, 250, 500, 800))}",
            "YEAR": lambda: str(draw.randint(2019, 2030)),
            "MONTH": lambda: draw.choice(_MONTHS),
            "NTH": lambda: draw.choice(("premier", "deuxième", "troisième", "quatrième")),
            "NTH_F": lambda: draw.choice(("première", "deuxième", "troisième", "quatrième")),
            "NOUN": lambda: _with_article("le ", draw.choice(_THINGS)),
            "OFNOUN": lambda: _with_article("de ", draw.choice(_THINGS)),
            "people": lambda: draw.choice(_PEOPLE),
            "people2": lambda: "les " + draw.choice(_PEOPLE),
            "adj2_mp": lambda: draw.choice(forms["adj_mp"]),
            "vehicle": lambda: draw.choice(("car", "train", "bus", "bateau", "tramway")),
            "role": lambda: draw.choice(("économiste", "ancien ministre", "députée", "juriste")),
        }
        return plain[slot]()


def _with_article(before: str, noun: str) -> str:
    if noun[0] in "aeéhio":
        return before[0] + "'" + noun
    return ("les " if before == "le " and noun.endswith("s") else before) + noun


if __name__ == "__main__":
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("--count", type=int, default=100_000)
    parser.add_argument("--queries", type=int, default=20_000)
    parser.add_argument("--seed", type=int, default=1)
    main(**vars(parser.parse_args()))
