"""Where a model's name really begins and ends, and what is no name at all.

A model learns its bounds from one hand's annotations, in one decade's news. What French itself
settles is settled here, the same for every model: articles stand before a name, a nationality or an
office is not part of it, two people joined by "et" are two, a clause is no organisation.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from newsdigest.base.records import EntityType
from newsdigest.entities.capitals import UPPER
from newsdigest.entities.clauses import stands_alone
from newsdigest.entities.gazetteer import Gazetteer, load_gazetteer
from newsdigest.entities.keys import entity_key
from newsdigest.entities.names import ARTICLE_PREFIXES, CIVIL_TITLES, ROLES
from newsdigest.entities.official import is_official_head, official_end
from newsdigest.entities.rules.context import (
    announced_kind,
    belongs_to_event,
    opens_as_a_word,
    words_before,
)
from newsdigest.entities.words import (
    CALENDAR,
    EPONYMS,
    FUNCTION_WORDS,
    LOWER_OPENERS,
    ORGANISATION_HEADS,
    ORGANISATION_OPENERS,
    PLACE_HEADS,
    PLAIN_ACRONYMS,
    word_list,
)

Bounds = tuple[int, int]
Named = tuple[int, int, EntityType]

# Two people, or the end of a sentence and the beginning of the next.
_AND = re.compile(rf" (?:et|and|&) (?=[{UPPER}])")
_LAST_INITIAL = re.compile(rf" [{UPPER}]\.(?= [a-zà-ÿ(]|[,;)])")
_AND_BODY = re.compile(r" et (l'|la |le |les |du |de la |de l'|des )?([^\W\d_][\w-]*)")
_FULL_STOP = re.compile(rf"(?<=\w\w\w)\s?\. (?=[{UPPER}])|\s\. |\s/ ")
_WORD = re.compile(r"[ld]'|[^\s']+(?:'[^\s']+)*'?", re.IGNORECASE)

_CAPITAL = re.compile(rf"(?<![\w-])[{UPPER}]")
_LEADS_ON = (" de", " du", " des", " d'")
_COMPLEMENT = re.compile(r" ?[^\W\d_][\w-]*(?: \d{4})?(?!\w)")
_ARTICLES = frozenset({"le", "la", "les", "l'", "un", "une", "ce", "cette", "the"})
_PREPOSITIONS = frozenset({"de", "du", "des", "d'", "à", "au", "aux", "en"})
# What may stand in an organisation's name in lower case beside nouns and adjectives.
_JOINTS = _PREPOSITIONS | word_list("et pour sur contre sans dans par entre of for and the on in")
# A capital that opens the next sentence where the copy lost its full stop.
_NEXT_SENTENCE = word_list(
    "Comme Mais Selon Pour Avec Dans Après Avant Puis Lors Les Il Elle Ils Elles Ce Cette Ces "
    "Cependant Ensuite Enfin Depuis Toutefois Aujourd'hui Hier"
)
# Offices as a name's first word, where no name begins with them.
_OFFICES = word_list(
    "Président Présidente President Ministre Sénateur Sénatrice Député Députée Maire Pape Pope "
    "Cardinal Monseigneur Mgr Évêque Archevêque Abbé Général Colonel Commandant Capitaine Lieutenant "
    "Amiral Maréchal Ambassadeur Docteur Professeur Monsieur Madame Maître Cheikh Sheikh Sheik"
)
_OFFICIAL_BODIES = word_list(
    "ministère conseil commission secrétariat assemblée parlement sénat gouvernement parti"
)
# "le général de Gaulle", but not "le directeur général de Fjordel".
_RANKS = word_list("général maréchal colonel comte duc marquis baron amiral commandant capitaine")
_GENERAL_OFFICES = frozenset(
    word
    for word in ROLES
    if word.startswith(("directeur", "directrice", "secrétaire", "procureur"))
) | {"présidente", "président", "avocat", "avocate", "inspecteur", "administrateur", "délégué"}
# Whose departments are no bodies: "le ministre russe des Affaires étrangères".
_PORTFOLIO = re.compile(
    r"(?<!premier )(?<!première )(?:ministres?|ministère|secrétaires? d'état|portefeuille|chargée?)"
    r"(?: [a-zà-ÿ-]+){0,2} (?:du|des|aux?|de la|de l'|à la|à l')\s?$",
    re.IGNORECASE,
)
PORTFOLIO_REACH = 60
_CHAMPIONS = word_list("champion champions championne championnes record reste bout fin")
_BEFORE_PLANET = (["sur"], ["de"], ["vers"], ["planète"])
_AFTER_ARTICLE = (["le"], ["la"], ["l'"], ["les"], ["du"], ["des"], ["au"], ["aux"])
_FEMININE = ("ienne", "iennes", "éenne", "éennes", "aise", "aises", "oise", "oises")


def tidied(
    text: str, start: int, end: int, kind: EntityType, lexicon: Gazetteer
) -> Iterator[Named]:
    """The names a stretch holds once it is cut right: mostly itself, seldom none or two.

    `text` has plain signs (`context.plain_signs`).
    """
    name = text[start:end]
    listed = listed_kind(name, lexicon)
    if listed is not None or name in lexicon.kinds:
        yield start, end, announced_kind(text, start, end, listed or kind)
        return
    for part_start, part_end in _parts(text, start, end, kind):
        yield from _tidied_part(text, part_start, part_end, kind, lexicon)


def _tidied_part(
    text: str, start: int, end: int, kind: EntityType, lexicon: Gazetteer
) -> Iterator[Named]:
    """`kind` is the stretch's; what one part turns out to be tells nothing of the next."""
    begin, stop = _without_signs(text, start, end)
    bare = _without_lead(text, begin, stop, kind, lexicon)
    if kind != "person" and _is_nationality(text[begin:bare].strip(), lexicon):
        kind = "person"
    begin, kind = _after_noun(text, bare, stop, kind, lexicon)
    kind = announced_kind(text, begin, stop, kind)
    holder = stop
    if kind == "organisation":
        stop = _before_verb(text, begin, stop, lexicon)
        stop = _before_clause(text, begin, stop)
        stop = official_end(text, begin, stop)
        holder = _before_holder(text, begin, stop, lexicon)
    elif kind == "person":
        stop = holder = _with_initials_dot(text, _before_next_sentence(text, begin, stop))
    first, last = _without_signs(text, begin, holder)
    if first < last:
        yield first, last, kind
    if holder < stop:
        first, last = _without_signs(text, holder, stop)
        yield first, last, "person"


def listed_kind(name: str, lexicon: Gazetteer) -> EntityType | None:
    """What the lists say of a name too long to be anything else, in any of its spellings."""
    if " " not in name and "-" not in name:
        return None
    known = lexicon.kinds.get(name) or lexicon.alike.get(entity_key(name))
    return known if known == "place" or known == "organisation" else None


def is_no_name(text: str, start: int, end: int, kind: EntityType, lexicon: Gazetteer) -> bool:
    """A nationality, a century, a ministry's portfolio, a word of every day with a capital."""
    name = text[start:end]
    known = lexicon.kinds.get(name)
    if known is not None and name.lower() not in CALENDAR:
        return known == "thing" or opens_as_a_word(text, start, end)
    if " " in name:
        article, _, rest = name.partition(" ")
        if article.lower() in _ARTICLES and _is_nationality(rest, lexicon):
            return True
        if listed_kind(name, lexicon) is not None:
            return False
        return not _is_capitalised(name, kind) or (
            kind == "organisation" and _is_portfolio(text, start)
        )
    lower = name.lower()
    if len(name) == 1 or not name.strip("IVX") or not name.strip("IVXes").strip("-"):
        return True
    if lower in CALENDAR:
        # "sur Mars", the planet.
        return name != "Mars" or words_before(text, start)[-1:] not in _BEFORE_PLANET
    if kind == "organisation" and (name in lexicon.articled or name in ORGANISATION_OPENERS):
        # "l'Assemblée", "un journaliste du Monde", but "les champions du Monde".
        before = words_before(text, start)
        won = belongs_to_event(before) or not _CHAMPIONS.isdisjoint(before[-2:-1])
        return won or before[-1:] not in _AFTER_ARTICLE
    if _is_nationality(name, lexicon) or _is_inhabitant(text, start, end):
        return True
    if _is_lower(name) or not any(map(str.isupper, name)):
        return True
    if _is_eponym(words_before(text, start)):
        return True
    if kind == "person":
        return lower in lexicon.common_words and not (
            name in lexicon.given_names or name in lexicon.family_names
        )
    if _is_portfolio(text, start):
        return True
    if name.isupper():
        return name in PLAIN_ACRONYMS
    return lower in lexicon.common_words or lower in FUNCTION_WORDS


# -- cutting ---------------------------------------------------------------------------------------


def _parts(text: str, start: int, end: int, kind: EntityType) -> Iterator[Bounds]:
    """`Blake et Ashmeade` are two people; a full stop inside a name ended a sentence."""
    at = start
    cuts = [match.span() for match in _FULL_STOP.finditer(text, start, end)]
    if kind == "organisation" and " et " in text[start:end]:
        cuts = sorted([*cuts, *_between_bodies(text, start, end)])
    if kind == "person":
        cuts = sorted([*cuts, *(match.span() for match in _AND.finditer(text, start, end))])
    for cut_start, cut_end in cuts:
        if cut_start > at:
            yield at, cut_start
        at = max(at, cut_end)
    if at < end:
        yield at, end


def _between_bodies(text: str, start: int, end: int) -> Iterator[Bounds]:
    """`l'Union européenne et l'Organisation mondiale du commerce` are two: after "et" another body's
    name begins. "la Fondation pour la nature et l'homme" is one."""
    for match in _AND_BODY.finditer(text, start, end):
        word = match[2]
        begins = word in ORGANISATION_OPENERS or word in ORGANISATION_HEADS or word in LOWER_OPENERS
        if match[1] and match[1][0] == "d":
            # "le Conseil du travail et des comités" is one, "... et du Centre X" is another's.
            begins = word in ORGANISATION_OPENERS
        named = text[match.start(2) : end] in load_gazetteer().kinds
        if (begins and (match[1] or is_official_head(text[start:].partition(" ")[0]))) or named:
            yield match.start(), match.start(2)


def bare_name(text: str, start: int, end: int) -> Bounds:
    """An event's or a product's name without its article, and with what "de" at its end leads to:
    `la Coupe du monde de` of "la Coupe du monde de rugby"."""
    start, end = _without_signs(text, start, end)
    first = _WORD.match(text, start, end)
    if first is not None and first.group().lower() in _ARTICLES and _is_noun_next(text, first, end):
        start = _after_space(text, first.end())
    complement = _COMPLEMENT.match(text, end) if text[start:end].endswith(_LEADS_ON) else None
    return start, complement.end() if complement else end


def _is_noun_next(text: str, article: re.Match[str], end: int) -> bool:
    """`le Tour de France`, but "Le Chant du delta": a capital article opens a title."""
    return article.group()[0].islower() or text[article.end() : end].strip()[:1].islower()


def _without_signs(text: str, start: int, end: int) -> Bounds:
    while start < end and not text[start].isalnum():
        start += 1
    while start < end and not text[end - 1].isalnum():
        last = text[end - 1]
        if last in "!+" or (last == ")" and "(" in text[start:end]):
            break
        if last == "." and text[max(start, end - 2) : end - 1].isupper():
            break
        end -= 1
    return start, end


def _without_lead(text: str, start: int, end: int, kind: EntityType, lexicon: Gazetteer) -> int:
    """Where the name begins after articles, offices, nationalities."""
    while True:
        first = _WORD.match(text, start, end)
        if first is None or first.end() >= end:
            return start
        word = first.group()
        following = _WORD.match(text, _after_space(text, first.end()), end)
        if following is None:
            return start
        given = following.group() in lexicon.given_names
        if (
            word in _ARTICLES
            or (word in _PREPOSITIONS and _is_loose(text, start, end, kind))
            or (kind == "person" and word in _OFFICES)
            or (
                _is_nationality(word, lexicon) and word[0].isupper() and (kind == "person" or given)
            )
            or (given and lexicon.kinds.get(word) in ("organisation", "thing") and kind == "person")
        ):
            start = following.start()
        else:
            return start


def _after_noun(
    text: str, start: int, end: int, kind: EntityType, lexicon: Gazetteer
) -> tuple[int, EntityType]:
    """`aéroport de Roissy` is Roissy, `hôtel Dayah` is Dayah; `université de Metz` stays whole."""
    if kind == "person" or not text[start:end] or _is_capitalised(text[start:end], kind):
        return start, kind
    capital = _CAPITAL.search(text, start, end)
    if capital is None:
        return start, kind
    begin = capital.start()
    if text[begin:end] in lexicon.kinds:
        kind = "place" if lexicon.kinds[text[begin:end]] != "organisation" else "organisation"
    elif kind == "organisation" and _WORD.findall(text, start, begin)[-1:][0] in _PREPOSITIONS:
        # "la police de Bourg-Neuf": a body without a name of its own, in a place.
        return start, kind
    return begin, kind


def _is_loose(text: str, start: int, end: int, kind: EntityType) -> bool:
    """A preposition before the name and not its particle: "le directeur général de Fjordel"."""
    if kind != "person":
        return True
    before = text[max(0, start - 40) : start].replace(".", " ").split()
    if not before:
        return False
    if before[-1] in CIVIL_TITLES:
        return False
    if before[-1].lower() in _RANKS:
        return len(before) > 1 and before[-2].lower() in _GENERAL_OFFICES
    return before[-1].lower() in ROLES


def _before_clause(text: str, start: int, end: int) -> int:
    """`Parlement hier`, `Tribunal où siègent`: an organisation ends where a sentence goes on."""
    last = start
    joined = True
    for match in _WORD.finditer(text, start, end):
        word = match.group()
        if word in _ARTICLES:
            if not joined:
                return last
        elif word in _JOINTS:
            joined = True
        elif word in FUNCTION_WORDS:
            return last
        else:
            joined = False
            last = match.end()
    return last if joined and last > start else end


def _before_verb(text: str, start: int, end: int, lexicon: Gazetteer) -> int:
    """`Lumatis embauche`: after one coined word, a word without a capital goes on with the sentence."""
    first, _, rest = text[start:end].partition(" ")
    coined = first[:1].isupper() and first.lower() not in lexicon.common_words
    second = rest.partition(" ")[0]
    goes_on = second.isalpha() and second.islower() and first not in ORGANISATION_OPENERS
    if coined and goes_on and (second == rest or not _may_follow(second, lexicon)):
        return start + len(first)
    return start + stands_alone(text[start:end])


def _may_follow(word: str, lexicon: Gazetteer) -> bool:
    """After a coined word, within a longer name: a particle, a preposition, a nationality."""
    return len(word) < 4 or word in _JOINTS or word in lexicon.demonyms


def _before_holder(text: str, start: int, end: int, lexicon: Gazetteer) -> int:
    """`ministère de l'Intérieur Gérard Collomb`: an office's name ends where its holder's begins."""
    words = [match.span() for match in _WORD.finditer(text, start, end)]
    if len(words) < 3 or text[slice(*words[0])].lower() not in _OFFICIAL_BODIES:
        return end
    for at in range(2, len(words) - 1):
        word, before = text[slice(*words[at])], text[slice(*words[at - 1])]
        if (
            word in lexicon.given_names
            and before not in _JOINTS
            and before not in _ARTICLES
            and text[words[at + 1][0]].isupper()
        ):
            return words[at][0]
    return end


def _before_next_sentence(text: str, start: int, end: int) -> int:
    space = text.rfind(" ", start, end)
    return space if space > start and text[space + 1 : end] in _NEXT_SENTENCE else end


def _with_initials_dot(text: str, end: int) -> int:
    """`Karavel N. est sorti`: a list's initial, and no sentence's end."""
    return end + 1 if _LAST_INITIAL.match(text, max(0, end - 2)) else end


def _after_space(text: str, at: int) -> int:
    return at + 1 if text[at : at + 1] == " " else at


# -- no names --------------------------------------------------------------------------------------


def _is_capitalised(name: str, kind: EntityType) -> bool:
    """A name that begins without a capital begins with its noun: "armée syrienne", "île de Ré"."""
    if name[0].isupper() or name[0].isdigit():
        return any(map(str.isupper, name))
    head = name.partition(" ")[0]
    if kind == "organisation":
        return head in LOWER_OPENERS or head in ORGANISATION_HEADS
    return kind == "person" or head in PLACE_HEADS or head.startswith(ARTICLE_PREFIXES)


def _is_lower(name: str) -> bool:
    """`anti-Girod`, `outre-Atlantique`; not `el-Assad`, nor a brand like `iTrivane`."""
    return name[0].islower() and not name[1:2].isupper() and not name.startswith(ARTICLE_PREFIXES)


def _is_nationality(word: str, lexicon: Gazetteer) -> bool:
    """`Christian` is a faith in English and a first name everywhere."""
    return word.lower() in lexicon.demonyms and word not in lexicon.given_names


def _is_inhabitant(text: str, start: int, end: int) -> bool:
    """`la Bermudienne Flora Duffy`: a nationality no list holds, by its ending and what it leads to."""
    return (
        text[start:end].lower().endswith(_FEMININE)
        and words_before(text, start)[-1:] in (["la"], ["l'"], ["une"])
        and text[end : end + 1] == " "
        and text[end + 1 : end + 2].isupper()
    )


def _is_eponym(before: list[str]) -> bool:
    """`la maladie de Parkinson`, which is nobody's."""
    return before[-1:] in (["de"], ["d'"]) and before[-2:-1] != [] and before[-2] in EPONYMS


def _is_portfolio(text: str, start: int) -> bool:
    return _PORTFOLIO.search(text[max(0, start - PORTFOLIO_REACH) : start]) is not None
