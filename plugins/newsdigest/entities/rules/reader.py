"""One text -> the names in it, by rules and gazetteers.

Only capitalised words are looked at, from left to right, longest first: an acronym with its
expansion, a title and the person after it, a name the gazetteer knows, a run of capitals the words
around it explain. Cost is linear in the text; each word looks a bounded way around itself.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from newsdigest.base.records import EntityType
from newsdigest.entities.acronyms import acronym_pairs
from newsdigest.entities.capitals import UPPER, Token, capitalised_words
from newsdigest.entities.clauses import stands_alone
from newsdigest.entities.gazetteer import Gazetteer, load_gazetteer
from newsdigest.entities.names import (
    CAPITAL_ROLES,
    CIVIL_TITLES,
    DOTTED_TITLES,
    ELISIONS,
    TITLES_THAT_ARE_NAMES,
    VIETNAMESE_OFFICES,
    is_vietnamese_surname,
)
from newsdigest.entities.official import official_end
from newsdigest.entities.rules.context import (
    after_role,
    belongs_to_event,
    follows_place_noun,
    goes_on,
    head_before,
    is_currency,
    is_quoted,
    names_a_thing,
    opens_as_a_word,
    opens_sentence,
    plain_signs,
    tells_country,
    words_before,
)
from newsdigest.entities.rules.runs import (
    LOWER_WORD,
    bodies_without_capitals,
    formal_names,
    run_from,
    towns_with_title,
)
from newsdigest.entities.spans import Reading, Span
from newsdigest.entities.words import (
    CALENDAR,
    FUNCTION_WORDS,
    HOUSE_AGENCIES,
    LOWER_OPENERS,
    MELTED_ARTICLES,
    ORGANISATION_HEADS,
    ORGANISATION_NOUNS,
    ORGANISATION_OPENERS,
    ORGANISATION_WORDS,
    PLACE_ARTICLES,
    PLACE_PREPOSITIONS,
    PLACE_WORDS,
    PLAIN_ACRONYMS,
    THING_NOUNS,
)
from newsdigest.text.known_names import Kind

_ADJECTIVE = (
    r"(?!hier\b|premi|derni)[a-zéèêà-]{1,20}(?:al|ale|aux|ales|ique|iques|ien|ienne|iens|iennes|éen|éenne|aire|aires|isé"
    r"|isée|ain|aine|ais|aise|ier|ière|ives?|if)(?!\w)"
)
_COMPLEMENT = re.compile(
    rf"(?: {_ADJECTIVE}){{0,2}}"
    r"(?: (?:des |de la |de l'|du |de |d'|pour la |pour le |pour l'|pour les )"
    rf"[{UPPER}]?[\w-]+(?: [{UPPER}][\w-]+){{0,6}}"
    rf"(?: (?:et )?(?:de|du|des) (?:la |le |l')?[{UPPER}][\w-]+"
    rf"(?: [{UPPER}][\w-]+){{0,3}}){{0,3}}"
    rf"(?: {_ADJECTIVE})?)?"
)
_CAPITAL_COMPLEMENT = re.compile(rf" (?:de|du|d'|de la|de l'|des) ?[{UPPER}]")
_PARTICIPLES = frozenset({"Parti"})
_ENGLISH_COMPLEMENT = re.compile(
    rf"(?: [{UPPER}][\w-]+){{0,3}} (?:of|for)(?: the)?(?: [{UPPER}][\w-]+){{1,4}}"
)
_ARTICLES = frozenset(["le", "la", "les", "l", "the", "de", "du", "des", "un", "une", "et", "en"])
_BODY_OPENERS = LOWER_OPENERS | ORGANISATION_HEADS


def read_text(text: str, lang: str, lexicon: Gazetteer | None = None) -> Reading:
    """The names of one text. `lang` is the article's: "fr", "en" and "vi" have rules of their own."""
    return _Reader(text, lang, lexicon or load_gazetteer()).read()


@dataclass(frozen=True, slots=True)
class _Run:
    """Several capitalised words in a row, from one token to another, and what is seen around them."""

    index: int
    last: int
    words: list[str]
    before: list[str]
    known: Kind | None
    role: bool
    given: bool


class _Reader:
    """Reads one text once, word by word: every `_read_*` and `_take_*` returns the index of the next
    capitalised word to look at."""

    __slots__ = (
        "before",
        "before_at",
        "lang",
        "lexicon",
        "loose",
        "plain",
        "raw",
        "spans",
        "text",
        "tokens",
    )

    def __init__(self, text: str, lang: str, lexicon: Gazetteer) -> None:
        self.raw = text
        self.text = plain_signs(text)
        self.lang = lang
        self.lexicon = lexicon
        self.tokens = capitalised_words(self.text)
        self.spans: list[Span] = []
        self.loose: list[Token] = []
        # Acronyms this text spells out as something that is no body: "la fortune (ISF)".
        self.plain: set[str] = set()
        # The words before the capital in hand, and where it stands.
        self.before: list[str] = []
        self.before_at = 0

    def read(self) -> Reading:
        pairs = acronym_pairs(self.text)
        expansions = {}
        pending: list[tuple[int, int, EntityType]] = []
        for pair in pairs:
            first = LOWER_WORD.match(self.text, pair.start)
            if first is not None and first.group() not in _BODY_OPENERS:
                self.plain.add(pair.acronym)
                continue
            expansions[pair.acronym] = self.raw[pair.start : pair.end]
            known = self.lexicon.kinds.get(self.text[pair.start : pair.end])
            kind: EntityType = "place" if known == "place" else "organisation"
            pending.append((pair.start, pair.end, kind))
            short_end = pair.acronym_start + len(pair.acronym)
            pending.append((pair.acronym_start, short_end, kind))
        pending.extend(bodies_without_capitals(self.text, self.lexicon))
        pending.extend(towns_with_title(self.text, self.lexicon))
        pending.extend(formal_names(self.text))
        pending.sort(reverse=True)
        index, reached, tokens = 0, 0, self.tokens
        text, spans = self.text, self.spans
        while index < len(tokens):
            start, end, _ = tokens[index]
            while pending and pending[-1][1] <= start:
                self._take_pending(*pending.pop())
            if pending and pending[-1][0] < end:
                _, reached, _ = pending[-1]
                index += 1
                continue
            if start < reached or (start and text[start - 1].isalnum()):
                index += 1
                continue
            index = self._read_at(index)
            if spans and spans[-1].end > reached:
                reached = spans[-1].end
        while pending:
            self._take_pending(*pending.pop())
        return Reading(spans, self.loose, expansions)

    def _take_pending(self, start: int, end: int, kind: EntityType) -> None:
        if not self.spans or self.spans[-1].end <= start:
            self._take(start, end, kind)

    def _read_at(self, index: int) -> int:
        """Reads the name that begins at a word; the index of the next word to look at."""
        start, end, word = self.tokens[index]
        text, lexicon = self.text, self.lexicon
        follower = text[end : end + 1]
        if self.lang == "vi" and word in VIETNAMESE_OFFICES:
            return index + 1
        if follower == "'" and (word in ELISIONS or len(word) == 1):
            return self._after_elision(index)
        if word in CIVIL_TITLES and (word not in DOTTED_TITLES or follower == "."):
            return self._after_title(index)
        lower = word.lower()
        if lower in CALENDAR and not self._is_planet(word, start):
            return index + 1
        known_end, known = self._longest_known(start, end, word)
        long_name = known is not None and known_end > end
        initial = opens_sentence(text, start)
        if not long_name and known != "organisation":
            if word in CAPITAL_ROLES:
                self.loose.append(self.tokens[index])
                return index + 1
            article = lower in FUNCTION_WORDS and (initial or lower in _ARTICLES)
            # "la Suisse", "en Suisse": some nationalities are countries too.
            if (article or lower in lexicon.demonyms) and not (
                known == "place" and self._words_before(start)[-1:] in (["en"], ["la"])
            ):
                self.loose.append(self.tokens[index])
                return index + 1
        last = run_from(text, self.tokens, index, lexicon)
        if long_name:
            run_end = self.tokens[last][1]
            if run_end <= known_end or word not in lexicon.given_names or known == "organisation":
                return self._take_known(index, known_end, known)
        if initial and known is None and lower in lexicon.common_words:
            named = word in lexicon.given_names or is_vietnamese_surname(word)
            if last == index or not named:
                return self._read_opening(index, last)
        if last > index:
            return self._read_run(index, last, known)
        return self._read_single(index, known)

    def _words_before(self, start: int) -> list[str]:
        if self.before_at != start:
            self.before, self.before_at = words_before(self.text, start), start
        return self.before

    def _is_planet(self, word: str, start: int) -> bool:
        return word == "Mars" and self._words_before(start)[-1:] in (
            ["sur"],
            ["de"],
            ["vers"],
            ["planète"],
        )

    def _read_opening(self, index: int, last: int) -> int:
        """A common word that opens a sentence: an organisation's first word, or just that word."""
        opened = self._organisation_from(index, last)
        if opened is not None and opened > self.tokens[index][1]:
            return self._take_until(index, opened, "organisation")
        self.loose.append(self.tokens[index])
        return index + 1

    # -- runs of several capitals ------------------------------------------------------------

    def _read_run(self, index: int, last: int, known: Kind | None) -> int:
        start, _end, first = self.tokens[index]
        run_end = self.tokens[last][1]
        lexicon = self.lexicon
        whole = lexicon.kinds.get(self.text[start:run_end])
        if whole is not None and whole != "weak place":
            return self._take_known(index, run_end, whole)
        before = self._words_before(start)
        words = [token[2] for token in self.tokens[index : last + 1]]
        if words[0].lower() in THING_NOUNS:
            return last + 1
        if words[1] in lexicon.given_names and self._is_inhabitant(first):
            return index + 1
        if is_quoted(self.text, start, run_end) and first not in lexicon.given_names:
            return last + 1
        role = after_role(before, lexicon.demonyms)
        run = _Run(index, last, words, before, known, role, self._is_given(first))
        for reading in (self._run_by_noun, self._run_of_person, self._run_by_what_leads):
            taken = reading(run)
            if taken is not None:
                return taken
        return self._run_by_itself(run)

    def _is_given(self, word: str) -> bool:
        given_names = self.lexicon.given_names
        return (word in given_names and word.lower() not in FUNCTION_WORDS) or (
            word.isupper() and word.capitalize() in given_names
        )

    def _run_by_noun(self, run: _Run) -> int | None:
        """What a noun in or before the run says it is."""
        start, run_end = self.tokens[run.index][0], self.tokens[run.last][1]
        opened = self._organisation_from(run.index, run.last)
        if not run.role and not ORGANISATION_WORDS.isdisjoint(run.words):
            return self._take_until(run.index, max(run_end, opened or 0), "organisation")
        if opened is not None and not run.given:
            if is_quoted(self.text, start, max(run_end, opened)):
                return self._next_after(run.index, opened)
            return self._take_until(run.index, max(run_end, opened), "organisation")
        head = head_before(self.text, start, run.before)
        if head is not None:
            return self._take_until(run.index, run_end, head[1], head[0])
        return run.last + 1 if names_a_thing(run.before) else None

    def _run_of_person(self, run: _Run) -> int | None:
        """A given name, a Vietnamese surname or a role before it makes the run a person's name."""
        in_place = bool(run.before) and run.before[-1] in PLACE_PREPOSITIONS
        if (
            run.given
            and (run.known != "place" or run.role or len(run.words) == 2)
            and not (run.known == "place" and in_place)
        ):
            return self._take_person(run.index, run.last, run.role)
        if (
            is_vietnamese_surname(run.words[0])
            and (len(run.words) > 2 or not in_place)
            and not follows_place_noun(run.before)
        ):
            return self._take_person(run.index, run.last, run.role)
        return self._take_person(run.index, run.last, True) if run.role else None

    def _run_by_what_leads(self, run: _Run) -> int | None:
        """What the word before the run says, or what its first word is known as."""
        end, run_end = self.tokens[run.index][1], self.tokens[run.last][1]
        noun = follows_place_noun(run.before)
        if run.before and (run.before[-1] in PLACE_PREPOSITIONS or noun):
            if run.known == "place":
                return self._take_known(run.index, end, run.known)
            if run.words[-1] in self.lexicon.family_names and not noun:
                return self._take_person(run.index, run.last, False)
            return self._take_until(run.index, run_end, "place")
        if run.before and run.before[-1] in ORGANISATION_NOUNS:
            return self._take_until(run.index, run_end, "organisation")
        if run.known in ("organisation", "thing", "place"):
            return self._take_known(run.index, end, run.known)
        return None

    def _run_by_itself(self, run: _Run) -> int:
        """Nothing around it tells: its own words may."""
        text, (start, _end, first) = self.text, self.tokens[run.index]
        run_end = self.tokens[run.last][1]
        if opens_sentence(text, start) and first.lower() in self.lexicon.common_words:
            self.loose.append(self.tokens[run.index])
            return run.index + 1
        if text[run_end : run_end + 2] == " (" and text[run_end + 2 : run_end + 4].isupper():
            return self._take_until(run.index, run_end, "organisation")
        if not PLACE_WORDS.isdisjoint(run.words):
            return self._take_until(run.index, run_end, "place")
        if self.lang != "vi" and all(self._may_be_a_persons(word) for word in run.words):
            return self._take_person(run.index, run.last, False)
        self.loose.extend(self.tokens[run.index : run.last + 1])
        return run.last + 1

    def _is_inhabitant(self, word: str) -> bool:
        """`la Bermudienne Flora Duffy`: a nationality the list lacks, before a given name."""
        return word not in self.lexicon.given_names and word.lower().endswith(
            ("ien", "ienne", "ais", "aise", "ain", "aine", "éen", "éenne", "ois", "oise")
        )

    def _may_be_a_persons(self, word: str) -> bool:
        lexicon = self.lexicon
        return (
            not (word.isupper() and len(word) > 3)
            and word.lower() not in lexicon.demonyms
            and (word.lower() not in lexicon.common_words or word in lexicon.family_names)
            and not any(char.isdigit() for char in word)
        )

    def _take_person(self, index: int, last: int, titled: bool) -> int:
        start = self.tokens[index][0]
        self._take(start, self.tokens[last][1], "person", titled)
        return last + 1

    # -- titles ------------------------------------------------------------------------------

    def _after_title(self, index: int) -> int:
        """`M. Poutine`, `MM. Poutine et Witkoff`: the persons after a civil title."""
        tokens, text = self.tokens, self.text
        plural = tokens[index][2] in {"MM", "Mmes", "Mes", "Drs", "Prs", "Messrs", "Messieurs"}
        end, current = tokens[index][1], index + 1
        while current < len(tokens):
            gap = text[end : tokens[current][0]].lstrip(".")
            if gap.strip() not in ("", "de", "d'", "van", "von", "al", "el", "von der", "du", "le"):
                break
            last = self._titled_run(current)
            start = tokens[current][0]
            particle = gap.strip()
            if particle:
                start -= len(gap.lstrip())
            word = tokens[current][2]
            if word.lower() in CALENDAR or (
                word in CIVIL_TITLES and word not in TITLES_THAT_ARE_NAMES
            ):
                break
            self._take(start, tokens[last][1], "person", True)
            end, current = tokens[last][1], last + 1
            if not plural or current >= len(tokens):
                break
            joint = text[end : tokens[current][0]]
            if joint not in (", ", " et ", " and ", " & ", ", et "):
                break
            end = tokens[current][0]
        return max(current, index + 1)

    def _titled_run(self, index: int) -> int:
        last = run_from(self.text, self.tokens, index, self.lexicon)
        tokens, text = self.tokens, self.text
        # A title makes the particle sure: "Mme Ladreit de Lacharrière" — but not before a place.
        if last == index and last + 1 < len(tokens):
            start, _, word = tokens[last + 1]
            gap = text[tokens[last][1] : start]
            if gap == " " and word.isupper() and len(word) > 2 and word not in self.lexicon.kinds:
                return last + 1
        return last

    def _after_elision(self, index: int) -> int:
        """`L'Équipe` is a name of its own; else the article only leads to the next word."""
        start, end, _ = self.tokens[index]
        if index + 1 < len(self.tokens) and self.tokens[index + 1][0] == end + 1:
            name_end = self.tokens[index + 1][1]
            kind = self.lexicon.kinds.get(self.text[start:name_end])
            if kind is not None:
                return self._take_known(index, name_end, kind)
        return index + 1

    # -- single capitals -----------------------------------------------------------------------

    def _read_single(self, index: int, known: Kind | None) -> int:
        start, end, word = self.tokens[index]
        before = self._words_before(start)
        previous = before[-1] if before else ""
        if word in HOUSE_AGENCIES:
            return index + 1
        if names_a_thing(before):
            return index + 1
        head = head_before(self.text, start, before)
        if head is not None:
            return self._take_until(index, end, head[1], head[0])
        opened = self._organisation_from(index, index)
        if opened is not None and opened > end:
            if is_quoted(self.text, start, opened):
                return self._next_after(index, opened)
            return self._take_until(index, opened, "organisation")
        if known == "organisation":
            return self._take_known(index, end, known)
        if known == "thing":
            return index + 1
        if (
            after_role(before, self.lexicon.demonyms, near=True)
            and known != "place"
            and self._looks_named(word)
        ):
            self._take(start, end, "person", True)
            return index + 1
        if known == "place":
            if (
                is_currency(self.text, end)
                or belongs_to_event(before)
                or opens_as_a_word(self.text, start, end)
            ):
                return index + 1
            return self._take_known(index, end, known, previous in PLACE_PREPOSITIONS)
        if word.isupper() and len(word) > 1:
            return self._read_acronym(index, previous)
        if known is None and tells_country(before) and self._looks_named(word):
            self._take(start, end, "place", told=True)
            return index + 1
        if previous in MELTED_ARTICLES and self._is_without_article(word):
            self._take(start, end, "place", told=True)
            return index + 1
        in_place = previous in PLACE_PREPOSITIONS or follows_place_noun(before)
        if in_place and self._looks_named(word):
            self._take(start, end, "place", told=previous != "à")
            return index + 1
        if known == "weak place" and previous in PLACE_ARTICLES:
            self._take(start, end, "place", told=True)
            return index + 1
        if previous in ORGANISATION_NOUNS and self._looks_named(word):
            return self._take_until(index, end, "organisation")
        self.loose.append(self.tokens[index])
        return index + 1

    def _is_without_article(self, word: str) -> bool:
        """`Mans`, after "au": what is left of "Le Mans"."""
        lexicon = self.lexicon
        whole = lexicon.articled.get(word)
        if whole is None or lexicon.kinds.get(whole) != "place":
            return False
        return word.lower() not in lexicon.common_words and word not in lexicon.given_names

    def _read_acronym(self, index: int, previous: str) -> int:
        start, end, word = self.tokens[index]
        articled = previous in {"l'", "la", "le", "du", "au", "les", "des", "the", "aux", "d'"}
        plain = word.strip(".") in PLAIN_ACRONYMS or len(word) > 8 or any(map(str.isdigit, word))
        plain = plain or word in self.plain
        glossed = bool(self.spans) and self.spans[-1].end == start - 2
        glossed = glossed and self.spans[-1].type == "organisation"
        if not plain and (articled or glossed):
            self._take(start, end, "organisation")
        else:
            self.loose.append(self.tokens[index])
        return index + 1

    def _looks_named(self, word: str) -> bool:
        return (
            word.lower() not in self.lexicon.common_words
            and word.lower() not in FUNCTION_WORDS
            and word.lower() not in CALENDAR
            and not (word.isupper() and (len(word) < 4 or not word.strip("IVX")))
            and not any(map(str.isdigit, word))
            and word.rstrip("e").strip("IVX") != ""
        )

    def _organisation_from(self, index: int, last: int) -> int | None:
        """Where an organisation that opens at this word ends, or None if none does."""
        _, end, word = self.tokens[index]
        if word not in ORGANISATION_OPENERS and word not in self.lexicon.kinds:
            return None
        if self.lang == "en":
            match = _ENGLISH_COMPLEMENT.match(self.text, end)
            return match.end() if match and word in ORGANISATION_OPENERS else None
        if word not in ORGANISATION_OPENERS:
            return None
        match = _COMPLEMENT.match(self.text, self.tokens[last][1])
        if match is None:
            return None
        start = self.tokens[index][0]
        if stands_alone(self.text[start : match.end()]) < match.end() - start:
            return None
        complement = match.group()
        if word in _PARTICIPLES and opens_sentence(self.text, self.tokens[index][0]):
            # "Parti du Caire à midi".
            return None if _CAPITAL_COMPLEMENT.match(complement) else match.end()
        return official_end(self.text, start, match.end())

    def _longest_known(self, start: int, end: int, word: str) -> tuple[int, Kind | None]:
        lexicon, text = self.lexicon, self.text
        longer = lexicon.longer.get(text[start : end + 2])
        if longer is not None:
            for name in longer:
                if text.startswith(name, start):
                    name_end = start + len(name)
                    if not goes_on(text, name_end):
                        return name_end, lexicon.kinds[name]
        return end, lexicon.kinds.get(word.replace(".", "") if word[-1] == "." else word)

    # -- taking --------------------------------------------------------------------------------------

    def _take_known(self, index: int, end: int, kind: Kind | None, told: bool = False) -> int:
        if kind == "thing" or kind is None:
            start = self.tokens[index][0]
            head = head_before(self.text, start, self._words_before(start))
            if head is not None and head[1] == "organisation":
                return self._take_until(index, end, head[1], head[0])
            return self._next_after(index, end)
        if kind == "organisation":
            if self.tokens[index][2] in ORGANISATION_OPENERS:
                adjective = LOWER_WORD.match(self.text, end + 1)
                if adjective is not None and adjective.group() in self.lexicon.demonyms:
                    end = adjective.end() if self.text[end] == " " else end
            return self._take_until(index, end, "organisation")
        start = self.tokens[index][0]
        before = self._words_before(start)
        if not told:
            told = bool(before) and before[-1] in ("la", "l'", *PLACE_PREPOSITIONS)
        head = head_before(self.text, start, before)
        if head is not None:
            return self._take_until(index, end, head[1], head[0])
        return self._take_until(index, end, "place", told=told)

    def _take_until(
        self, index: int, end: int, kind: EntityType, start: int = -1, told: bool = False
    ) -> int:
        begin = self.tokens[index][0] if start < 0 else start
        if self.spans and self.spans[-1].end > begin:
            begin = self.tokens[index][0]
        self._take(begin, end, kind, told=told)
        return self._next_after(index, end)

    def _next_after(self, index: int, end: int) -> int:
        index += 1
        while index < len(self.tokens) and self.tokens[index][0] < end:
            index += 1
        return index

    def _take(
        self, start: int, end: int, kind: EntityType, titled: bool = False, told: bool = False
    ) -> None:
        self.spans.append(Span(start, end, self.raw[start:end], kind, titled, told))
