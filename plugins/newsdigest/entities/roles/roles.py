"""What a person is said to be: "ministre des Affaires étrangères", as the copy words it.

A role is read where the copy states it beside the full name: right before it ("le président russe
Vladimir Poutine"), around a comma ("le maire de Lyon, Paul Girod, ..."), or after one ("Paul
Girod, maire de Lyon, ..."). Where two people could be meant, nobody gets it: "le conseiller du
président russe X" may be either. Each mention looks a bounded way around itself.
"""

from __future__ import annotations

import re

from newsdigest.base.records import Article, Entity
from newsdigest.entities.gazetteer import load_gazetteer
from newsdigest.entities.keys import entity_key
from newsdigest.entities.names import CIVIL_TITLES
from newsdigest.entities.roles.words import (
    ADJECTIVES,
    ARTICLES,
    CLOSERS,
    ENGLISH_ADJECTIVES,
    ENGLISH_ARTICLES,
    ENGLISH_LINKS,
    ENGLISH_ROLES,
    ENGLISH_VERBS,
    HALVES,
    KIN,
    MODIFIERS,
    NEVER_A_NOUN,
    NOT_INFINITIVES,
    NOUNS,
    POSSESSIVES,
    PRENOMINAL,
    PREPOSITIONS,
    QUALIFIERS,
    UNHELD,
    VERBS,
    VIETNAMESE_OFFICE,
    VIETNAMESE_VERBS,
)
from newsdigest.entities.rules.context import plain_signs

# In code points; a longer one ends at an earlier complement.
LONGEST_ROLE = 80
# An article that gives one person more roles than these is a list.
MOST_ROLES = 3
REACH = 110
# How many words may stand between "ancien" and the office it speaks of.
UNHELD_REACH = 5

_TOKEN = re.compile(r"(?:[ldLD]|[Qq]u)['’]|[^\W_]+(?:[-'’.][^\W_]+)*\.?(?<!\.)|[^\w\s]")
# What no role reaches across.
_BEFORE = re.compile(r"[,.;:!?()\[\]«»“”\"…–—|\n]")
_AFTER = re.compile(r"[,;:!?()\[\]«»“”\"…–—|\n]|\.(?!\w)")
_ELIDED = re.compile(r"\b([dlDL]') ")
_ACRONYM = re.compile(r" \([^()\s]{2,12}\)$")
_AGE = re.compile(r"\s?\d{1,3} ans,? ")

_ADJECTIVE_ENDING = re.compile(
    r"[\w-]{2,20}(?:al|ale|ales|aux|ique|iques|ien|ienne|iens|iennes|éen|éenne|éens|éennes|aire|aires"
    r"|if|ive|ifs|ives|iste|istes|crate|crates|ain|aine|ains|aines|ais|aise|ois|oise)\Z"
)
_INFINITIVE = re.compile(r"\w+(?:er|ir|re|oir)$")
_PREFIX = re.compile(r"(?:ex|vice|sous|co)-")
_DIGITS = re.compile(r"\d+(?:er|ère|re|e|ᵉ)?")
_ENGLISH_BREAK = re.compile(r"[,;:!?()\[\]“”\"…–—|\n]|(?<!\b[A-Z])\.(?=\s)")


def roles(article: Article, entity: Entity) -> tuple[str, ...]:
    """The roles the article's text gives a person, in reading order, at most `MOST_ROLES`.

    Without article, in the copy's words, in lower case at the start; never longer than
    `LONGEST_ROLE`. A role that another one begins with is left out: "président", beside "président
    russe". Other entities than persons have none.
    """
    if entity.type != "person":
        return ()
    found: dict[str, str] = {}
    for mention in entity.mentions:
        if " " not in mention.text and mention.text != entity.name:
            continue
        # Items and cells have no room for one.
        text = article.blocks[mention.block].text if mention.block >= 0 else ""
        before = plain_signs(text[max(0, mention.start - REACH) : mention.start])
        after = plain_signs(text[mention.end : mention.end + REACH])
        for role in map(_shortened, _roles_beside(before, after, article.lang)):
            if role:
                found.setdefault(role_key(role), role)
        if len(found) > 4 * MOST_ROLES:
            break
    kept = [
        role
        for key, role in found.items()
        if not any(other != key and other.startswith(key + " ") for other in found)
    ]
    return tuple(kept[:MOST_ROLES])


def role_key(role: str) -> str:
    """What two spellings of a role share: accents, case and hyphens do not count."""
    return entity_key(role)


def _roles_beside(before: str, after: str, lang: str) -> list[str]:
    if lang == "vi":
        return list(filter(None, [_vietnamese_before(before), _vietnamese_after(after)]))
    if lang == "en":
        found = [_english_before(before), _english_around(before, after), _english_after(after)]
        return list(filter(None, found))
    found = [_french_before(before), _french_around(before, after), _french_after(after)]
    return list(filter(None, found))


def _shortened(role: str) -> str:
    """The role, or what is left of a long one without its last complements."""
    while len(role) > LONGEST_ROLE:
        cut = max(
            role.rfind(word) for word in (" de ", " du ", " des ", " d'", " et ", " of ", " à ")
        )
        if cut <= 0:
            return ""
        role = role[:cut].removesuffix(" et")
    return role


# -- French ----------------------------------------------------------------------------------------


def _french_before(before: str) -> str:
    """`le président russe ` | Vladimir Poutine."""
    segment = _last_segment(before)
    if not segment.endswith(" "):
        return ""
    tokens = _TOKEN.findall(segment)
    for at in range(len(tokens) - 1, -1, -1):
        if _is_role_at(tokens, at) and _complement_end(tokens, at + 1) == len(tokens):
            if tokens[at].lower() in KIN or _has_other_holder(tokens, at):
                return ""
            return _worded(tokens, at, len(tokens), segment)
    return ""


def _french_around(before: str, after: str) -> str:
    """`Le maire de Lyon, ` | Paul Girod | `, a remercié`."""
    if not before.endswith(", ") or not after.startswith((",", ".")):
        return ""
    before = _ACRONYM.sub("", before[:-2])
    segment = _last_segment(before)
    if after.startswith(", et ") and before.endswith("," + segment):
        # One of a list, or its apposition: "le préfet, Paul Girod, et".
        return ""
    tokens = _TOKEN.findall(segment)
    for at in range(len(tokens)):
        if _is_role_at(tokens, at) and _complement_end(tokens, at + 1) == len(tokens):
            at_article = _first_modifier(tokens, at) - 1
            if at_article < 0 or tokens[at].lower() in KIN:
                return ""
            if not _is_determiner(tokens[at_article]):
                return ""
            return _worded(tokens, at, len(tokens), segment)
    return ""


def _french_after(after: str) -> str:
    """Paul Girod | `, maire de Lyon, a remercié`."""
    if not after.startswith((", ", " (")):
        return ""
    rest = after[2:]
    if age := _AGE.match(rest):
        rest = rest[age.end() :]
    closed = _AFTER.search(rest)
    segment = rest[: closed.start()] if closed else rest
    tokens = _TOKEN.findall(segment)
    at = 0
    articled = bool(tokens) and tokens[0].lower() in ARTICLES - {"les"}
    at += articled
    while at < len(tokens) and tokens[at].lower() in MODIFIERS:
        at += 1
    if at >= len(tokens) or tokens[at].lower() in KIN or not _is_noun(tokens[at]):
        return ""
    end = _complement_end(tokens, at + 1)
    if end < len(tokens) and tokens[end].lower() not in CLOSERS:
        return ""
    if end == len(tokens) and closed is None:
        return ""
    listed = end == len(tokens) and closed is not None and rest.startswith(", et ", closed.start())
    if (articled and listed) or _names_somebody(tokens[at:end]):
        return ""
    return _worded(tokens, at, end, segment)


def _last_segment(before: str) -> str:
    cut = 0
    for sign in _BEFORE.finditer(before):
        if sign.group() != "." or not before[: sign.start()].endswith((" M", " MM", " St")):
            cut = sign.end()
    return before[cut:]


def _is_noun(token: str) -> bool:
    return token.lower().removeprefix("ex-") in NOUNS


def _is_role_at(tokens: list[str], at: int) -> bool:
    """A role, and no qualifier of the role before it: the "général" of "secrétaire général"."""
    token = tokens[at].lower()
    if token in QUALIFIERS:
        first = _first_modifier(tokens, at)
        return not first or _is_determiner(tokens[first - 1])
    return token in KIN or _is_noun(token)


def _complement_end(tokens: list[str], at: int) -> int:
    """Where what a role is followed by ends: adjectives, "de la Commission européenne"."""
    lexicon = load_gazetteer()
    state, complete, bare = "noun", at, False
    while at < len(tokens):
        token = tokens[at]
        lower = token.lower()
        if state == "preposition":
            if lower in ("la", "le", "les", "l'"):
                bare = False
            elif not token[0].isalnum() or lower in POSSESSIVES:
                return complete
            elif token[0].isupper() or _DIGITS.fullmatch(token):
                state = "capital"
            elif lower in PRENOMINAL:
                bare = False
            elif lower in NEVER_A_NOUN or (bare and _is_infinitive(lower)):
                return complete
            else:
                state = "noun"
        elif lower in PREPOSITIONS:
            state, bare = "preposition", lower in ("de", "d'", "à", "pour", "en")
        elif lower == "et" and at + 1 < len(tokens):
            following = tokens[at + 1].lower()
            if following not in ("de", "du", "des", "d'", "aux") and not _is_noun(following):
                return complete
            if _is_noun(following):
                at += 1
                state = "noun"
            else:
                state = "and"
        elif state == "and":
            return complete
        elif token[0].isupper():
            if state != "capital":
                return complete
        elif _is_adjective(lower) or lower in lexicon.demonyms:
            state = "noun"
        else:
            return complete
        at += 1
        if state in ("noun", "capital"):
            complete = at
    return complete


def _is_infinitive(word: str) -> bool:
    return _INFINITIVE.match(word) is not None and word not in NOT_INFINITIVES


def _is_adjective(word: str) -> bool:
    if word in ADJECTIVES or word in QUALIFIERS:
        return True
    return word not in VERBS and _ADJECTIVE_ENDING.match(word) is not None


def _has_other_holder(tokens: list[str], at: int) -> bool:
    """`le conseiller du président russe X`, `son conseiller X`: whose role it is, is open."""
    first = _first_modifier(tokens, at)
    before = [token.lower() for token in tokens[max(0, first - 6) : first]]
    if any(word in POSSESSIVES or word == "les" or word == "des" for word in before[-2:]):
        return True
    if not before:
        return False
    contracted = before[-1] in ("du", "au", "des", "aux", "de", "d'")
    joined = len(before) > 1 and before[-1] in ("la", "l'") and before[-2] in ("de", "à")
    if not contracted and not joined:
        return False
    return any(word in KIN or _is_noun(word) for word in before)


def _is_determiner(token: str) -> bool:
    """An article for one: `le`, `l'`, `du`."""
    lower = token.lower()
    return lower in ("du", "au") or (lower in ARTICLES and lower != "les")


def _first_modifier(tokens: list[str], at: int) -> int:
    while at > 0 and _PREFIX.sub("", tokens[at - 1].lower()) in MODIFIERS:
        at -= 1
    return at


def _first_word(tokens: list[str], at: int) -> int:
    """Where a role begins with all that says if it is held: `ancien` in `l'ancien très contesté ministre`."""
    first = _first_modifier(tokens, at)
    start = first
    for before in range(first - 1, max(-1, first - 1 - UNHELD_REACH), -1):
        token = tokens[before].lower()
        if token in ARTICLES or token in PREPOSITIONS or not token[0].isalnum():
            break
        if token in UNHELD or _PREFIX.match(token):
            start = before
    return start


def _names_somebody(tokens: list[str]) -> bool:
    """`ministre Anne Lemoine`: another person's name has got into it."""
    given = load_gazetteer().given_names
    return any(
        word in given and following[0].isupper() and before not in PREPOSITIONS
        for before, word, following in zip(tokens, tokens[1:], tokens[2:], strict=False)
    )


def _worded(tokens: list[str], at: int, end: int, segment: str) -> str:
    """The copy's own words from the role's first modifier on; "" for half a role, or a name's part."""
    first = _first_word(tokens, at)
    if end == at + 1 and tokens[at].lower() in HALVES:
        return ""
    if first and tokens[first][0].isupper() and not _is_determiner(tokens[first - 1]):
        # "le dessin animé Capitaine Flam".
        return ""
    places = [match.span() for match in _TOKEN.finditer(segment)]
    role = _ELIDED.sub(r"\1", segment[places[first][0] : places[end - 1][1]])
    return role[:1].lower() + role[1:] if role[1:2].islower() else role


# -- English ---------------------------------------------------------------------------------------


def _english_before(before: str) -> str:
    """`Russian presidential aide ` | Yuri Ushakov."""
    segment = _ENGLISH_BREAK.split(before)[-1]
    if not segment.endswith(" "):
        return ""
    words = segment.split()
    at = len(words) - 1
    if at < 0 or words[at].lower() not in ENGLISH_ROLES:
        return ""
    return _english_role(words, at)


def _english_role(words: list[str], at: int) -> str:
    """The role at a word with what leads to it; "" if it is somebody's: "his adviser"."""
    demonyms = load_gazetteer().demonyms
    first = at
    while first > 0 and at - first < 6:
        word = words[first - 1]
        lower = word.lower()
        if lower in demonyms or word in ("U.S.", "UK", "US", "EU", "UN", "U.N."):
            first -= 1
            break
        if lower in ("mr", "mr.", "the", "a", "an") or word in CIVIL_TITLES:
            break
        if lower in ENGLISH_ADJECTIVES or (word[0].isupper() and first > 1 and word.isalpha()):
            first -= 1
        else:
            break
    first = _english_first(words, first)
    if first and words[first - 1].lower() in ("his", "her", "their", "its", "our"):
        return ""
    return _english_case(words[first : at + 1])


def _english_first(words: list[str], first: int) -> int:
    """As `_first_word`: `former` in `former British Prime Minister`, in `ex-British minister`."""
    start = first
    for before in range(first - 1, max(-1, first - 1 - UNHELD_REACH), -1):
        word = words[before].lower()
        if word in UNHELD or _PREFIX.match(word):
            start = before
        elif word in ENGLISH_VERBS or word in ENGLISH_LINKS - {"and"}:
            break
    return start


def _english_around(before: str, after: str) -> str:
    """`said the UN mediator, ` | Beatriz Olmedo | `, a retired judge`."""
    if not before.endswith(", ") or not after.startswith((",", ".")):
        return ""
    before = _ACRONYM.sub("", before[:-2])
    segment = _ENGLISH_BREAK.split(before)[-1]
    if after.startswith(", and ") and before.endswith("," + segment):
        return ""
    words = segment.split()
    for at, word in enumerate(words):
        if word.lower() not in ENGLISH_ROLES:
            continue
        rest = words[at + 1 :]
        if rest and (rest[0].lower() not in ("of", "for") or ENGLISH_VERBS.intersection(rest)):
            continue
        if not any(word in ENGLISH_ARTICLES for word in words[max(0, at - 5) : at]):
            return ""
        role = _english_role(words[: at + 1], at)
        return " ".join([role, *rest]) if role else ""
    return ""


def _english_after(after: str) -> str:
    """Ursula von der Leyen | `, president of the European Commission, said`."""
    if not after.startswith(", "):
        return ""
    closed = _AFTER.search(after[2:])
    if closed is None:
        return ""
    words = after[2 : 2 + closed.start()].split()
    if words and words[0] in ENGLISH_ARTICLES:
        words = words[1:]
    if closed.group() == "," and after.startswith(", and ", 2 + closed.start()):
        return ""
    head = next((at for at, word in enumerate(words[:5]) if word.lower() in ENGLISH_ROLES), None)
    if head is None:
        return ""
    demonyms = load_gazetteer().demonyms
    for word in words[:head]:
        lower = word.lower()
        if lower not in ENGLISH_ADJECTIVES and lower not in demonyms and not word[0].isupper():
            return ""
    for at, word in enumerate(words):
        if word.lower() in ENGLISH_VERBS:
            words = words[:at]
            break
    rest = [word.lower() for word in words[head + 1 :]]
    if rest and rest[0] not in ENGLISH_LINKS and not ENGLISH_ROLES.issuperset(rest):
        return ""
    while words and words[-1].lower() in ENGLISH_LINKS:
        words.pop()
    return _english_case(words) if len(words) > head else ""


def _english_case(words: list[str]) -> str:
    """`Chinese Foreign Minister` is a "Chinese foreign minister"."""
    plain = ENGLISH_ROLES | ENGLISH_ADJECTIVES
    return " ".join(word.lower() if word.lower() in plain else word for word in words)


# -- Vietnamese ------------------------------------------------------------------------------------


def _vietnamese_before(before: str) -> str:
    """`Bộ trưởng Bộ Ngoại giao ` | Bùi Thanh Sơn."""
    segment = _BEFORE.split(before)[-1]
    offices = list(VIETNAMESE_OFFICE.finditer(segment))
    return _vietnamese_office(segment[offices[-1].start() :]) if offices else ""


def _vietnamese_after(after: str) -> str:
    """Huỳnh Văn Tâm | `, Giám đốc AED, cho biết`."""
    if not after.startswith(", ") or not VIETNAMESE_OFFICE.match(after, 2):
        return ""
    closed = _AFTER.search(after, 2)
    return _vietnamese_office(after[2 : closed.start()]) if closed else ""


def _vietnamese_office(segment: str) -> str:
    """An office and whose it is, as the segment's end gives it."""
    office = VIETNAMESE_OFFICE.match(segment)
    words = segment[office.end() :].split() if office else []
    if office is None or len(words) > 5 or VIETNAMESE_VERBS.intersection(map(str.lower, words)):
        return ""
    role = " ".join([office.group(), *words])
    return role[0].lower() + role[1:]
