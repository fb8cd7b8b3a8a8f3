"""An article's spans -> its entities: one person under all the forms the article gives the name.

In this order: the article's evidence settles the types, words the rules left loose are taken when
they are a form of a name the article gives in full, short forms join the one full name they end,
acronyms their expansion, and a headline in the wrong case takes the names of the body.
"""

from __future__ import annotations

import re
from collections import Counter
from functools import cache
from operator import attrgetter

from newsdigest.base.records import SHOWN_TYPES, Entity, EntityType, Mention
from newsdigest.entities.acronyms import acronym_beside
from newsdigest.entities.capitals import UPPER
from newsdigest.entities.clauses import before_verb
from newsdigest.entities.forms import (
    Form,
    display_form,
    folded,
    folded_name,
    folded_word,
    is_initialed,
    shorter_forms,
)
from newsdigest.entities.gazetteer import load_gazetteer
from newsdigest.entities.keys import entity_key
from newsdigest.entities.names import is_vietnamese_surname
from newsdigest.entities.official import is_generic
from newsdigest.entities.one_thing import key_of, person_key, thing_key
from newsdigest.entities.rules.context import (
    goes_on,
    opens_sentence,
)
from newsdigest.entities.rules.miscased import Surfaces, project, words_of
from newsdigest.entities.spans import Reading, Span
from newsdigest.entities.words import (
    CALENDAR,
    EVENT_THINGS,
    FAMILIAR_THINGS,
    FUNCTION_WORDS,
    MADE_THINGS,
    ORGANISATION_OPENERS,
    REIGNING,
    STANDING_ALONE,
)
from newsdigest.text.folding import fold
from newsdigest.text.word_lists import folded_list

HEADLINE = -1
# Strong evidence (a title, "à") outweighs any number of mentions a wire article holds.
STRONG = 100
# No article a person wrote has more names with one word in common; a hostile one costs no more.
MOST_CANDIDATES = 40

_LETTERS = re.compile(r"[^\W\d_]{2}")

# What a model takes a lone surname for.
_MAY_BE_SURNAMES = frozenset({"place", "organisation"})

Forms = dict[Form, set[str]]


def assemble(
    texts: dict[int, str], readings: dict[int, Reading], miscased: frozenset[int]
) -> tuple[Entity, ...]:
    """The entities of an article, in reading order of their first mention.

    `texts` and `readings` are by block (-1 the headline); blocks in `miscased` have no reading
    worth having: they only take the names the others hold.
    """
    read = {block: reading for block, reading in sorted(readings.items()) if block not in miscased}
    spans = {block: _settled(list(reading.spans)) for block, reading in read.items()}
    _settle_types(spans)
    told = _with_acronyms(texts, spans)
    spans = _widened(texts, spans)
    spans = _without_things(texts, _unglued(_without_generic(spans, told)))
    forms = _short_forms(spans)
    openings = {form[0] for form in forms}
    known = _known_names(spans, {word for reading in read.values() for _, _, word in reading.loose})
    for block, reading in read.items():
        spans[block] = _with_loose(
            texts[block], spans[block], reading.loose, forms, openings, known
        )
    expansions: dict[str, str] = {}
    for reading in read.values():
        for acronym, long_form in reading.expansions.items():
            expansions.setdefault(acronym, long_form)
    expansions = told | expansions
    groups = _grouped(spans, forms, expansions, _reigning(texts))
    groups = {at: group for at, group in groups.items() if not _is_only_a_capital(group, texts)}
    for block in sorted(miscased):
        project(texts[block], block, _surfaces(groups, forms))
    return _entities(groups)


# -- types -------------------------------------------------------------------------------------


def _settled(spans: list[Span]) -> list[Span]:
    """Without letters alone, which name nobody (`M. L`, `U.S.` for a person), and flags: `URGENT`."""
    return [
        span
        for span in map(before_verb, spans)
        if ((span.type != "person" and len(span.text) > 1) or _LETTERS.search(span.text))
        and not (span.text.isupper() and fold(span.text) in folded_list("flags.txt"))
    ]


def _without_generic(spans: dict[int, list[Span]], told: dict[str, str]) -> dict[int, list[Span]]:
    """Without bodies that every town has; one that the article gives an acronym is somebody."""
    known = set(told.values())
    return {
        block: [
            span
            for span in found
            if span.type != "organisation" or span.text in known or not is_generic(span.text)
        ]
        for block, found in spans.items()
    }


def _unglued(spans: dict[int, list[Span]]) -> dict[int, list[Span]]:
    """`suivi de Marc Yatveset Paul Girod`: where the copy lost the space before "et", a name that
    the article also gives without it."""
    people = {s.text for found in spans.values() for s in found if s.type == "person"}
    return {
        block: [
            span._replace(end=span.end - 2, text=span.text[:-2])
            if span.text.endswith("et") and " " in span.text and span.text[:-2] in people
            else span
            for span in found
        ]
        for block, found in spans.items()
    }


def _widened(texts: dict[int, str], spans: dict[int, list[Span]]) -> dict[int, list[Span]]:
    """Where a name that the article gives in full stands, nothing shorter does: `Anh-Thu`, read for
    a whole name in the headline, is `Anh-Thu d'Estrées` there too."""
    longer: dict[str, list[str]] = {}
    for text in sorted({s.text for found in spans.values() for s in found if s.type == "person"}):
        first, space, _ = text.partition(" ")
        if space:
            longer.setdefault(first, []).append(text)
    if not longer:
        return spans
    return {block: _whole(texts[block], found, longer) for block, found in spans.items()}


def _whole(text: str, spans: list[Span], longer: dict[str, list[str]]) -> list[Span]:
    kept: list[Span] = []
    for span in spans:
        if kept and span.start < kept[-1].end:
            continue
        names = longer.get(span.text.partition(" ")[0], ())
        for name in reversed(names[:MOST_CANDIDATES]):
            end = span.start + len(name)
            if end > span.end and text.startswith(name, span.start) and not goes_on(text, end):
                span = span._replace(end=end, text=name, type="person")
                break
        kept.append(span)
    return kept


def _without_things(texts: dict[int, str], spans: dict[int, list[Span]]) -> dict[int, list[Span]]:
    """Without what the article calls a probe, a ship or a storm somewhere: `la sonde Cassini`."""
    kinds = load_gazetteer().kinds
    things = {
        found[1]
        for text in texts.values()
        for found in _thing().finditer(text)
        if found[1] not in kinds
    }
    if not things:
        return spans
    return {
        block: [
            span
            for span in found
            if span.text not in things or span.told or span.type not in SHOWN_TYPES
        ]
        for block, found in spans.items()
    }


@cache
def _thing() -> re.Pattern[str]:
    return _after((EVENT_THINGS | MADE_THINGS) - FAMILIAR_THINGS)


@cache
def _reign() -> re.Pattern[str]:
    return _after(REIGNING)


def _after(nouns: frozenset[str]) -> re.Pattern[str]:
    """One of these nouns and the name of one word after it, which is the group."""
    names = rf"[{UPPER}][^\W\d_]+(?!-?\w)"
    return re.compile(rf"(?<![\w-])(?:{'|'.join(sorted(nouns))}) ({names})")


def _settle_types(spans: dict[int, list[Span]]) -> None:
    """A name of two types in one article takes the one its context vouches for, or the commoner; of
    as many, a person's where a given name and another word are its words."""
    if not _are_types_disputed(spans):
        return
    lexicon = load_gazetteer()
    kinds, given = lexicon.kinds, lexicon.given_names
    votes: dict[str, Counter[EntityType]] = {}
    people: set[str] = set()
    for found in spans.values():
        for span in found:
            weight = STRONG if span.titled or span.told else 1
            # "à Thanh Lâm" says more than "Thanh Lâm" alone, which the rules take for a person.
            if weight == 1 and span.type == "place" and " " in span.text:
                weight = 2
            key = fold(span.text)
            votes.setdefault(key, Counter())[span.type] += weight
            first, space, _ = span.text.partition(" ")
            if space and first in given:
                people.add(key)
    disputed = {
        key: max(sorted(count), key=lambda kind: (count[kind], kind == "person" and key in people))
        for key, count in votes.items()
        if len(count) > 1
    }
    for found in spans.values():
        for at, span in enumerate(found):
            kind = disputed.get(fold(span.text))
            if span.type == "place" and kinds.get(span.text) == "place":
                continue
            if kind is not None and kind != span.type and not (span.titled or span.told):
                found[at] = span._replace(type=kind)


def _with_acronyms(texts: dict[int, str], spans: dict[int, list[Span]]) -> dict[str, str]:
    """The acronyms that stand in brackets beside a body's name, which become spans as well."""
    told: dict[str, str] = {}
    for block, found in spans.items():
        text = texts[block]
        if "(" not in text:
            continue
        added: list[Span] = []
        for span in found:
            at = acronym_beside(text, span.start, span.end) if span.type == "organisation" else None
            if at is not None:
                start, end = at
                told.setdefault(text[start:end], span.text)
                added.append(Span(start, end, text[start:end], "organisation", told=True))
        if added:
            taken = {span.start for span in added}
            found[:] = sorted([*(span for span in found if span.start not in taken), *added])
    return told


def _are_types_disputed(spans: dict[int, list[Span]]) -> bool:
    types: dict[str, EntityType] = {}
    return any(
        types.setdefault(fold(span.text), span.type) != span.type
        for found in spans.values()
        for span in found
    )


# -- forms of a person's name --------------------------------------------------------------------


def _short_forms(spans: dict[int, list[Span]]) -> Forms:
    """Every shorter form of the article's full names, and the keys of the names it may stand for."""
    names: dict[str, tuple[Form, ...]] = {}
    for found in spans.values():
        for span in found:
            if span.type == "person":
                shorter = shorter_forms(span.text)
                if shorter is not None:
                    names.setdefault(person_key(span.text), shorter)
    forms: Forms = {}
    for key, shorter in names.items():
        for form in shorter:
            forms.setdefault(form, set()).add(key)
    _join_initialed(spans, forms)
    _join_surname_first(spans, forms)
    # A full name that itself ends a longer one is that one: "ben Salmane" through "Mohammed ben".
    for form, keys in forms.items():
        if 1 < len(keys) <= MOST_CANDIDATES:
            longest = {k for k in keys if not any(o != k and o.endswith(" " + k) for o in keys)}
            forms[form] = longest
    return forms


def _join_initialed(spans: dict[int, list[Span]], forms: Forms) -> None:
    """`E. Macron` bears no surname beside the one Emmanuel Macron whom the article names in full."""
    initialed = {s.text for found in spans.values() for s in found if is_initialed(s.text)}
    for text in initialed:
        key, meant = person_key(text), forms.get(folded_name(text), set())
        if len(meant) == 1:
            for form in shorter_forms(text) or ():
                forms[form] = forms.get(form, set()) - {key} or meant


def _join_surname_first(spans: dict[int, list[Span]], forms: Forms) -> None:
    """`Mme Takaichi` beside the one Takaichi Sanae: nobody has a civil title and a first name alone."""
    people = [span for found in spans.values() for span in found if span.type == "person"]
    titled = {folded_name(span.text) for span in people if span.titled and " " not in span.text}
    titled -= forms.keys()
    if not titled:
        return
    given = load_gazetteer().given_names
    meant: Forms = {}
    for text in {span.text for span in people}:
        first, space, _ = text.partition(" ")
        form = (folded_word(first),)
        if space and form in titled and first not in given and not is_vietnamese_surname(first):
            meant.setdefault(form, set()).add(person_key(text))
    forms.update((form, keys) for form, keys in meant.items() if len(keys) == 1)


def _known_names(
    spans: dict[int, list[Span]], loose: set[str]
) -> dict[str, list[tuple[str, EntityType]]]:
    """By first word, where one of the loose words is it, the names the article's spans give."""
    known: dict[str, dict[str, EntityType]] = {}
    for found in spans.values():
        for span in found:
            first = span.text.partition(" ")[0]
            if first not in loose or len(span.text) <= 2:
                continue
            if span.type != "person" or " " in span.text:
                known.setdefault(first, {}).setdefault(span.text, span.type)
    return {
        first: sorted(names.items(), key=lambda item: (-len(item[0]), item[0]))[:MOST_CANDIDATES]
        for first, names in known.items()
    }


def _with_loose(
    text: str,
    spans: list[Span],
    loose: list[tuple[int, int, str]],
    forms: Forms,
    openings: set[str],
    known: dict[str, list[tuple[str, EntityType]]],
) -> list[Span]:
    """The spans, the loose words that the article explains, and the places that are surnames."""
    taken: list[Span] = []
    for span in spans:
        if span.type in _MAY_BE_SURNAMES and not span.told and " " not in span.text:
            candidates = forms.get((folded_word(span.text),))
            if candidates and not span.text.isupper() and not _stands_as_place(text, span):
                span = span._replace(type="person")
        elif span.type == "person" and " " not in span.text:
            span = _with_particle(text, span, forms)
        taken.append(span)
    reached, starts = 0, {start for start, _, _ in loose}
    for at, (start, end, word) in enumerate(loose):
        if start < reached:
            continue
        found = _explained(text, start, end, word, known)
        if found is None:
            found = _short_form_at(text, loose, at, forms, openings)
        if found is None or found.end in starts:
            continue
        taken.append(found)
        reached = found.end
    if len(taken) > len(spans):
        taken.sort()
        kept: list[Span] = []
        for span in taken:
            if not kept or span.start >= kept[-1].end:
                kept.append(span)
        return kept
    return taken


def _stands_as_place(text: str, span: Span) -> bool:
    """A known place after a preposition stays one, whoever else is called so."""
    if load_gazetteer().kinds.get(span.text) not in ("place", "organisation"):
        return False
    return text.endswith(
        (" de ", " d'", " d’", " du ", " des ", " l'", " l’", " le ", " les ", "(", " au ", " en "),
        0,
        span.start,
    )


def _explained(
    text: str, start: int, end: int, word: str, known: dict[str, list[tuple[str, EntityType]]]
) -> Span | None:
    for name, kind in known.get(word, ()):
        if text.startswith(name, start):
            stop = start + len(name)
            if not goes_on(text, stop):
                return Span(start, stop, text[start:stop], kind)
    return None


def _short_form_at(
    text: str, loose: list[tuple[int, int, str]], at: int, forms: Forms, openings: set[str]
) -> Span | None:
    """`openings` are the first words of `forms`."""
    start, end, word = loose[at]
    opening = folded_word(word)
    words = _joined_words(text, loose, at) if opening in openings else []
    while words:
        if folded(words) in forms and not _opens_plainly(text, start, words):
            end = loose[at + len(words) - 1][1]
            lead = _particle_before(text, start, words, forms)
            return Span(start - lead, end, text[start - lead : end], "person")
        words.pop()
    alone = Span(start, end, text[start:end], "person")
    whole = _with_particle(text, alone, forms)
    return whole if whole is not alone else None


_LEADING_PARTICLES = ("ben ", "bin ", "ibn ", "ould ", "von der ", "van der ", "de la ", "de ")


def _with_particle(text: str, span: Span, forms: Forms) -> Span:
    """`Gaulle` after "de" is "de Gaulle" where the article's full name is "Charles de Gaulle"."""
    word = folded_word(span.text)
    if text.endswith(_LEADING_PARTICLES, 0, span.start):
        for particle in _LEADING_PARTICLES:
            if text.endswith(particle, 0, span.start) and (*particle.split(), word) in forms:
                begin = span.start - len(particle)
                return span._replace(start=begin, text=text[begin : span.end])
    return span


def _joined_words(text: str, loose: list[tuple[int, int, str]], at: int) -> list[str]:
    """The loose word and up to three that follow it, one space apart."""
    last = at
    words = [loose[at][2]]
    while (
        last + 1 < len(loose) and last - at < 3 and text[loose[last][1] : loose[last + 1][0]] == " "
    ):
        last += 1
        words.append(loose[last][2])
    return words


def _particle_before(text: str, start: int, words: list[str], forms: Forms) -> int:
    for particle in ("von der ", "van der ", "de la ", "de ", "van ", "von "):
        if text.endswith(particle, 0, start) and folded([*particle.split(), *words]) in forms:
            return len(particle)
    return 0


def _opens_plainly(text: str, start: int, words: list[str]) -> bool:
    """A common word that opens a sentence is that word, even if somebody here is called so."""
    if len(words) > 1 or words[0].lower() not in load_gazetteer().common_words:
        return words[0].lower() in FUNCTION_WORDS and len(words) == 1
    head = text[max(0, start - 4) : start].rstrip(' «"“(–—-•')
    return not head or head[-1] in ".!?:…\n"


# -- groups --------------------------------------------------------------------------------------


class _Group:
    """The mentions of one entity while the article is put together."""

    __slots__ = ("key", "kind", "mentions", "name")

    def __init__(self, key: str, kind: EntityType, name: str) -> None:
        self.key = key
        self.kind = kind
        self.name = name
        self.mentions: list[Mention] = []


Groups = dict[tuple[EntityType, str], _Group]


def _reigning(texts: dict[int, str]) -> dict[str, str]:
    """First names whose title makes them known: François, "pape François"."""
    given = load_gazetteer().given_names
    found: dict[str, str] = {}
    for text in texts.values():
        for match in _reign().finditer(text):
            if match[1] in given:
                found.setdefault(match[1], match[0])
    return found


def _grouped(
    spans: dict[int, list[Span]], forms: Forms, expansions: dict[str, str], reigning: dict[str, str]
) -> Groups:
    groups: Groups = {}
    present = {
        entity_key(span.text): span.text
        for found in spans.values()
        for span in found
        if span.type != "person"
    }
    long_forms = _long_forms(present, expansions)
    bodies = _bodies_opened(spans)
    articled = load_gazetteer().articled
    for block in sorted(spans):
        for span in spans[block]:
            kind = span.type
            key, name = key_of(span.text, kind), display_form(span.text, kind)
            spelled = entity_key(span.text)
            if span.type == "person":
                candidates = forms.get(folded_name(span.text))
                if candidates is not None and len(candidates) == 1:
                    key = next(iter(candidates))
                elif is_vietnamese_surname(span.text):
                    continue
                elif span.text in reigning:
                    name = reigning[span.text]
                    key = person_key(name)
            elif span.type == "organisation" and span.text in ORGANISATION_OPENERS:
                body = _body_meant(span.text, bodies)
                if body is None:
                    continue
                key, name = thing_key(body), display_form(body, span.type)
            elif span.text in articled and spelled not in long_forms:
                name = articled[span.text]
                key, kind = thing_key(name), _listed(name, kind)
            elif span.type == "place" and spelled.startswith("iles ") and spelled[5:] in present:
                key = thing_key(present[spelled[5:]])
            elif spelled in long_forms:
                name = display_form(long_forms[spelled], span.type)
                key = thing_key(name)
            group = groups.get((kind, key))
            if group is None:
                group = groups[kind, key] = _Group(key, kind, name)
            if len(name) > len(group.name) and (kind == "place" or key_of(name, kind) == key):
                group.name = name
            group.mentions.append(Mention(block, span.start, span.end, span.text))
    return groups


def _listed(name: str, kind: EntityType) -> EntityType:
    known = load_gazetteer().kinds.get(name)
    return known if known == "place" or known == "organisation" else kind


def _bodies_opened(spans: dict[int, list[Span]]) -> dict[str, dict[str, str]]:
    """By first word the longer names of the article's organisations, each under its key."""
    bodies: dict[str, dict[str, str]] = {}
    for found in spans.values():
        for span in found:
            first, _, rest = span.text.partition(" ")
            if rest and span.type == "organisation" and first in ORGANISATION_OPENERS:
                bodies.setdefault(first, {}).setdefault(entity_key(span.text), span.text)
    return bodies


def _body_meant(word: str, bodies: dict[str, dict[str, str]]) -> str | None:
    """`la Ligue` is the one league the article names in full; else any league, and nobody's page."""
    named = bodies.get(word, {})
    if len(named) == 1:
        return next(iter(named.values()))
    return word if word in STANDING_ALONE or load_gazetteer().kinds.get(word) else None


def _long_forms(present: dict[str, str], expansions: dict[str, str]) -> dict[str, str]:
    """Acronym's key -> the long form it stands for here: spelled out, or known and present."""
    long_forms = {entity_key(short): long for short, long in expansions.items()}
    known = load_gazetteer().expansions
    for key, text in sorted(present.items()):
        if key in long_forms or text not in known:
            continue
        written = [present[entity_key(name)] for name in known[text] if entity_key(name) in present]
        if written:
            longest = max(written, key=len)
            long_forms[key] = longest
            for other in written:
                if other != longest:
                    long_forms[entity_key(other)] = longest
    return long_forms


def _entities(groups: Groups) -> tuple[Entity, ...]:
    entities = []
    for group in groups.values():
        group.mentions.sort(key=_place)
        entities.append(Entity(group.name, group.kind, tuple(group.mentions)))
    entities.sort(key=lambda entity: _place(entity.mentions[0]))
    return tuple(entities)


_place = attrgetter("block", "start")


def _is_only_a_capital(group: _Group, texts: dict[int, str]) -> bool:
    """One word that no list knows and that only ever opens a sentence: any word looks like that."""
    if group.kind == "person" or " " in group.name or group.name.isupper():
        return False
    lexicon = load_gazetteer()
    if group.name in lexicon.kinds or group.name in lexicon.articled:
        return False
    return all(opens_sentence(texts[m.block], m.start) for m in group.mentions)


def _surfaces(groups: Groups, forms: Forms) -> Surfaces:
    """Each way to write one of the article's names, and the mentions of whom it is; None if of two."""
    surfaces: Surfaces = {}
    for (kind, key), group in groups.items():
        written = {words_of(mention.text) for mention in group.mentions}
        written.add(words_of(group.name))
        if kind == "person":
            written |= {
                tuple(part for word in form for part in words_of(word))
                for form, keys in forms.items()
                if keys == {key}
            }
        for surface in written:
            if len(surface) == 1 and (surface[0] in FUNCTION_WORDS or surface[0] in CALENDAR):
                continue
            mentions = group.mentions
            surfaces[surface] = (
                None if surfaces.get(surface, mentions) is not mentions else mentions
            )
    return surfaces
