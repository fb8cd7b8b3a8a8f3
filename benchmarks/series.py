"""Dispatches of one day that are nearly the same: does an article cost more, the more there are?

    python -m benchmarks.series [--counts 300,600,1200,2400] [--cases bulletin,table] [--profile]

Weather bulletins, exchange rates, results: an agency's machine sends hundreds a day that differ in
a place and some figures. Each case is a first build and one in which twenty more come in, all in
this process, with the tests' plain host: CPU milliseconds an article, by stage. They must not grow
with the count. The cases:

    bulletin    other place, other figures
    headlines   the very same body under other headlines
    number      one figure of a long body differs
    name        one name of a long body differs
    table       the same long table, with one other row
    notice      the same long legal text below a notice of its own
    cited       bulletins that cite four others of the day
    waiting     bulletins that cite headlines like those of the day, of none of them
    namesakes   bulletins of one headline, each of which cites it
"""

from __future__ import annotations

import argparse
import cProfile
import pstats
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from random import Random
from time import process_time, sleep

sys.path.insert(0, str(Path(__file__).parent.parent / "tests"))

from newsdigest.ingest import TOO_FRESH_NS
from newsroom import Newsroom

COUNTS = (300, 600, 1200, 2400)
MORE = 20
DAY = "2026-01-15"
COLUMN = "Le bulletin météo de la journée"

_SYLLABLES = [
    "ba",
    "be",
    "bo",
    "ca",
    "cor",
    "da",
    "del",
    "fa",
    "fon",
    "ga",
    "gre",
    "la",
    "lan",
    "ma",
    "mon",
    "na",
    "nor",
    "pa",
    "per",
    "ra",
    "ri",
    "sa",
    "sol",
    "ta",
    "tour",
    "va",
    "ver",
    "vi",
]
_ENDS = ["bourg", "court", "fontaine", "lieu", "mont", "nac", "ville", "rive", "val", "vert"]
_SKIES = ["dégagé", "voilé", "couvert", "changeant", "nuageux", "brumeux"]
_SENTENCES = (
    "Le service a relevé les valeurs à sept heures précises, comme chaque matin de la saison.",
    "Les équipes de la voirie restent mobilisées sur les axes les plus exposés du canton.",
    "Aucune perturbation n'est attendue sur les lignes de cars qui desservent les vallées.",
    "Les abonnés reçoivent ce relevé par courrier, par affichage et sur simple demande.",
    "Le prochain point sera diffusé dans la soirée, sauf changement notable de la situation.",
    "Les promeneurs sont invités à la prudence aux abords des cours d'eau et des berges.",
)


def place(number: int) -> str:
    """An invented town, another for every number."""
    count, name = len(_SYLLABLES), ""
    rest = number
    for _ in range(3):
        rest, at = divmod(rest, count)
        name += _SYLLABLES[at]
    return name.capitalize() + _ENDS[(number + rest) % len(_ENDS)]


def headline(number: int) -> str:
    return f"Le bulletin météo de {place(number)} pour la journée"


def bulletin(number: int) -> str:
    random = Random(number)
    low, wind, rain = random.randint(-6, 9), random.randint(5, 70), random.randint(0, 30)
    return (
        f"Le ciel sera {random.choice(_SKIES)} sur {place(number)}, avec {low} degrés au lever du"
        f" jour et {low + random.randint(2, 9)} degrés l'après-midi. Le vent de secteur ouest"
        f" soufflera à {wind} km/h et il tombera {rain} mm de pluie.\n\n" + " ".join(_SENTENCES[:3])
    )


def long_body(figure: str, name: str) -> str:
    first = f"Le relevé quotidien compte {figure} foyers raccordés, a indiqué {name} à la presse."
    return "\n\n".join((first, *_SENTENCES))


def table(number: int) -> str:
    rows = [f"{place(at)} | {at * 7 % 31} | {at * 11 % 43} | {at * 13 % 29}" for at in range(60)]
    rows[number % 60] = f"{place(number)} | {number} | {number % 97} | {number % 89}"
    return _SENTENCES[0] + "\n\n" + "\n".join(("Ville | Matin | Soir | Vent", *rows))


def raw(title: str, body: str, cited: Sequence[str] = ()) -> str:
    lines = [f"date {DAY} {title}", body, *(f">> {line}" for line in cited), "AFP/VNA/CVN"]
    return "\n\n".join(lines) + "\n"


def _cited(number: int) -> str:
    others = [headline(number - step) for step in (1, 2, 5, 9) if number >= step]
    return raw(headline(number), bulletin(number), others)


def notice(number: int) -> str:
    random = Random(number)
    told = " ".join(
        " ".join(place(random.randrange(20_000)).lower() for _ in range(12)).capitalize() + "."
        for _ in range(5)
    )
    return "\n\n".join((told, *_SENTENCES, *(s.replace(" les ", " tous les ") for s in _SENTENCES)))


def _waiting(number: int) -> str:
    return raw(headline(number), bulletin(number), [f"{headline(number + 30_000)} à venir"])


CASES: dict[str, Callable[[int], str]] = {
    "bulletin": lambda n: raw(headline(n), bulletin(n)),
    "headlines": lambda n: raw(headline(n), long_body("412", "Odile Vernay")),
    "number": lambda n: raw("Le relevé quotidien du réseau", long_body(str(1000 + n), "la régie")),
    "name": lambda n: raw(headline(n), long_body("412", f"Odile {place(n)}")),
    "table": lambda n: raw(headline(n), table(n)),
    "notice": lambda n: raw(headline(n), notice(n)),
    "cited": _cited,
    "waiting": _waiting,
    "namesakes": lambda n: raw(COLUMN, bulletin(n), [COLUMN]),
}


def measure(case: str, count: int, profile: bool) -> tuple[dict[str, float], dict[str, float]]:
    """CPU milliseconds by stage: an article of the first build, one of those that came later."""
    with tempfile.TemporaryDirectory() as folder:
        newsroom = Newsroom(Path(folder))
        _write(newsroom, case, 0, count)
        with _profiled(profile):
            first = _build(newsroom, count)
        _write(newsroom, case, count, count + MORE)
        with _profiled(profile):
            return first, _build(newsroom, MORE)


def _write(newsroom: Newsroom, case: str, start: int, end: int) -> None:
    for number in range(start, end):
        newsroom.write(f"{DAY}/{number:05}.txt", CASES[case](number))
    # A file this young may change without a trace, and would be read again.
    sleep(TOO_FRESH_NS / 1e9)


def _build(newsroom: Newsroom, articles: int) -> dict[str, float]:
    began = process_time()
    seconds = newsroom.build().report.seconds
    every = {"all": process_time() - began, **seconds}
    return {stage: 1000 * spent / articles for stage, spent in every.items()}


@contextmanager
def _profiled(wanted: bool) -> Iterator[None]:
    if not wanted:
        yield
        return
    profile = cProfile.Profile()
    profile.enable()
    yield
    profile.disable()
    pstats.Stats(profile).sort_stats("tottime").print_stats(22)


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--counts", default=",".join(map(str, COUNTS)))
    parser.add_argument("--cases", default=",".join(CASES))
    parser.add_argument("--profile", action="store_true", help="where the time goes")
    options = parser.parse_args(arguments)
    stages = ("all", "parse", "settle", "plan", "articles", "render", "publish")
    for case in options.cases.split(","):
        print(f"\n{case:10}" + "".join(f"{stage:>14}" for stage in stages))
        for count in map(int, options.counts.split(",")):
            for label, spent in zip(
                ("first", "+20"), measure(case, count, options.profile), strict=True
            ):
                print(f"{count:5} {label:>5}" + "".join(f"{spent.get(s, 0):14.2f}" for s in stages))


if __name__ == "__main__":
    main()
