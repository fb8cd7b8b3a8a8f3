"""How right a `>>` line is where the archive holds near-twins of its headline, and of absent ones.

    python -m benchmarks.twins [FILE...] [--generated 6000] [--seed 1] [--show 20]

FILE: JSON Lines {"id" that begins with a date, "text" or "title"}, such as Wikinews. Each headline
gets one to three twins within twelve days, which differ in one thing that tells news apart: a
number, a place or name, a day or month, a turn ("hausse", "ferme"), a negation, "pour" or "contre",
the last words. Of every second headline the article is absent: only its twins are there. Each is
cited once in every way of `benchmarks.misquotes`, four to thirty days later.

Unlike `benchmarks.links`, lines that the twins begin with too are kept: those are ambiguous where
the article is there, and wrong if linked where it is not.

    recall      of present articles, ambiguous lines not counted
    ambiguous   of present articles
    wrong       linked to another article: of present ones, of absent ones
"""

from __future__ import annotations

import argparse
import json
import re
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from random import Random
from statistics import median

from newsdigest.base.records import Resolution
from newsdigest.text.headline_key import headline_key

from benchmarks.links import TURNS, Archive, Query, Writer
from benchmarks.misquotes import CHANGES, HUNG, SAME

_MONTHS = str.split("janvier février mars avril mai juin juillet août septembre octobre novembre")
_DAYS = str.split("lundi mardi mercredi jeudi vendredi samedi dimanche")
_PLACES = str.split(
    "Hanoï Paris Lyon Tokyo Séoul Bruxelles Genève Dakar Rabat Lima Oslo Madrid Rome Berlin Pékin"
)
_TURNS = (
    *(set_of for set_of in TURNS.values()),
    *(("hausse", "baisse"), ("gagne", "perd"), ("victoire", "défaite"), ("avant", "après")),
    *(("pour", "contre"), ("avec", "sans"), ("début", "fin"), ("ouvre", "ferme"), ("oui", "non")),
    *(("premier", "dernier"), ("nord", "sud"), ("homme", "femme"), ("accepte", "refuse")),
)
_CUTS = frozenset({"truncated at a word", "truncated within one"})
_EVERY = {**CHANGES, **HUNG, **SAME}
# Headlines of the kinds that `SAME` respells; twins draw the slots anew.
_PATTERNS = (
    "Ouverture du {R} congrès du parti à {P}",
    "Le {R} sommet de la francophonie se tient à {P}",
    "Une fresque du {R} siècle retrouvée à {P}",
    "Décret n°{N} sur la pêche au thon à {P}",
    "La ligne n°{N} du métro de {P} entre en service",
    "Mme {S} reçue par le maire de {P}",
    "M. {S} nommé ambassadeur à {P}",
    "{P} : {N} marins secourus au large",
)
_SURNAMES = str.split("Dorval Marsac Bellane Orvane Salvi Trennec Quilien Hardane Vossart Imbrel")


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("files", type=Path, nargs="*")
    parser.add_argument("--generated", type=int, default=6000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument(
        "--show", type=int, default=0, help="wrong and missed lines shown, of each kind"
    )
    options = parser.parse_args(arguments)
    draw = Random(f"twins {options.seed}")
    told = [headline for file in options.files for headline in read_headlines(file)]
    if told:
        measure(", ".join(file.name for file in options.files), told, draw, options.show)
    if options.generated:
        measure("generated", list(generated(options.generated, draw)), draw, options.show)


Dated = tuple[str, date]


def read_headlines(file: Path) -> Iterator[Dated]:
    for line in file.read_text("utf-8").splitlines():
        found = json.loads(line)
        title = found.get("title") or found["text"].partition("\n")[0]
        day = found.get("date") or "-".join(re.findall(r"\d+", found["id"])[:3])
        yield title.strip(), date.fromisoformat(day[:10])


def generated(count: int, draw: Random) -> Iterator[Dated]:
    writer = Writer(draw)
    for at in range(count):
        if at % 4:
            text = str(writer.headline())
        else:
            text = draw.choice(_PATTERNS).format(
                R=draw.choice(("IIe", "IIIe", "IVème", "VIe", "XIIᵉ", "XIVe", "XVe", "XXIe")),
                N=draw.randint(2, 16),
                P=draw.choice(writer.places).bare,
                S=draw.choice(_SURNAMES),
            )
        yield text, date(2025, 1, 1) + timedelta(draw.randrange(365))


@dataclass(slots=True)
class Tally:
    counts: Counter[str] = field(default_factory=Counter)
    examples: list[str] = field(default_factory=list)


def measure(name: str, told: Sequence[Dated], draw: Random, show: int) -> None:
    archive, queries = make(told, draw)
    print(f"\n{name}: {len(told)} headlines, {len(archive.headlines)} in the archive,")
    print(f"{len(queries)} lines, {sum(q.target is None for q in queries)} on absent articles\n")
    tallies: dict[str, Tally] = defaultdict(Tally)
    spent = []
    for query in queries:
        began = time.process_time()
        found = archive.resolve(query.line, query.day)
        spent.append(time.process_time() - began)
        _count(tallies[query.kind], query, found, archive)
    print("| change | recall | ambiguous | wrong, present | wrong, absent |")
    print("|---|---:|---:|---:|---:|")
    for kind in _EVERY:
        if kind in tallies:
            print(f"| {kind} | {_row(tallies[kind].counts)} |")
    for lot, kinds in (("all", set(_EVERY)), ("without cut lines", set(_EVERY) - _CUTS)):
        total = sum((tallies[kind].counts for kind in kinds), Counter[str]())
        linked = total["right"] + total["other"] + total["absent linked"]
        print(f"precision, {lot}: {total['right'] / max(1, linked):.4f} of {linked}")
    print(f"median {1e3 * median(spent):.2f} ms")
    for kind, tally in tallies.items():
        for example in tally.examples[:show]:
            print(f"  {kind}: {example}")


def _count(tally: Tally, query: Query, found: Resolution, archive: Archive) -> None:
    present = query.target is not None
    tally.counts["present" if present else "absent"] += 1
    linked = archive.headlines[int(found.target)] if found.target is not None else ""
    if linked and found.target == query.target:
        tally.counts["right"] += 1
    elif linked:
        tally.counts["other" if present else "absent linked"] += 1
        tally.examples.insert(0, f"WRONG {query.line} -> {linked}")
    elif present and found.state == "ambiguous":
        tally.counts["ambiguous"] += 1
    elif present:
        tally.examples.append(f"missed {query.line} <- {archive.headlines[int(query.target or 0)]}")


def _row(counts: Counter[str]) -> str:
    decided = max(1, counts["present"] - counts["ambiguous"])
    return " | ".join(
        (
            f"{counts['right'] / decided:.3f}",
            f"{counts['ambiguous'] / max(1, counts['present']):.3f}",
            f"{counts['other']} of {counts['present']}",
            f"{counts['absent linked']} of {counts['absent']}",
        )
    )


def make(told: Sequence[Dated], draw: Random) -> tuple[Archive, list[Query]]:
    archive = Archive()
    names = sorted({word for text, _ in told for word in _NAME.findall(text)})
    originals = {headline_key(text) for text, _ in told}
    kept: set[str] = set()
    targets: list[tuple[str, date, str | None]] = []
    for at, (text, day) in enumerate(told):
        if headline_key(text) in kept:
            continue
        kept.add(headline_key(text))
        present = at % 2 == 0
        targets.append((text, day, str(archive.file(text, str(day))) if present else None))
        for _ in range(draw.randint(1, 3)):
            twin = twin_of(text, names, draw)
            if twin and headline_key(twin) not in originals | kept:
                kept.add(headline_key(twin))
                archive.file(twin, str(day + timedelta(draw.randint(-12, 0))))
    queries = []
    for text, day, target in targets:
        for kind, change in _EVERY.items():
            line = change(text, draw)
            if line is not None and headline_key(line) not in kept - {headline_key(text)}:
                later = str(day + timedelta(draw.randint(4, 30)))
                queries.append(Query(kind, line, later, target))
    return archive, queries


# -- twins -----------------------------------------------------------------------------------------

_NAME = re.compile(r"(?<=[a-zé] )[A-ZÉ][\w-]{3,}")


def twin_of(text: str, names: Sequence[str], draw: Random) -> str | None:
    """The headline with one telling thing changed."""
    twists: list[Callable[[str, Sequence[str], Random], str]] = [
        *(_other_number, _other_name, _other_day, _other_turn, _negated, _other_end)
    ]
    draw.shuffle(twists)
    for twist in twists:
        changed = twist(text, names, draw)
        if headline_key(changed) != headline_key(text):
            return changed
    return None


def _other_number(text: str, names: Sequence[str], draw: Random) -> str:
    return re.sub(r"\d+", lambda m: str(int(m[0]) + draw.randint(1, 9)), text, count=1)


def _other_name(text: str, names: Sequence[str], draw: Random) -> str:
    found = [match.group() for match in _NAME.finditer(text)]
    return text.replace(draw.choice(found), draw.choice(names or _PLACES), 1) if found else text


def _other_day(text: str, names: Sequence[str], draw: Random) -> str:
    for lot in (_DAYS, _MONTHS):
        text = re.sub(rf"\b(?:{'|'.join(lot)})\b", lambda m, lot=lot: draw.choice(lot), text)
    return text


def _other_turn(text: str, names: Sequence[str], draw: Random) -> str:
    for turns in draw.sample(_TURNS, len(_TURNS)):
        pattern = rf"\b(?:{'|'.join(turns)})\b"
        if re.search(pattern, text):
            return re.sub(pattern, lambda m, turns=turns: draw.choice(turns), text, count=1)
    return text


def _negated(text: str, names: Sequence[str], draw: Random) -> str:
    return re.sub(
        r" (est|a|sont|ont|va|sera|peut|doit|veut) ",
        lambda m: f" {'n’' if m[1][0] in 'aeo' else 'ne '}{m[1]} pas ",
        text,
        count=1,
    )


def _other_end(text: str, names: Sequence[str], draw: Random) -> str:
    """Another end, or one more: "... à Tokyo", "... en mars", "... : 12 morts"."""
    ends = (
        *(f" à {draw.choice(_PLACES)}", f" en {draw.choice(_MONTHS)}", f" {draw.choice(_DAYS)}"),
        *(f" : {draw.randint(2, 30)} blessés", f" sans {draw.choice(names or _PLACES)}"),
    )
    words = text.split()
    keep = len(words) if draw.random() < 0.5 else max(4, len(words) - 2)
    return " ".join(words[:keep]) + draw.choice(ends)


if __name__ == "__main__":
    main()
