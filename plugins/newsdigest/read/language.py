"""Which language an article is in, among the site's.

Most copy gives itself away by its function words, by the letters only Vietnamese has, or by words
that no neighbour of French has. Only what does not goes to the classifier, which is loaded then and
not before: it takes half a second and 85 MB.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any

from newsdigest.text.word_lists import listed

_FEWEST_LETTERS = 40

# Words that make up more of their language than of its neighbours (all of "que", "les", "des",
# "par" together stay under one word in twelve in Catalan, Spanish or Romanian).
_FUNCTION_WORDS: dict[str, frozenset[str]] = {
    "fr": frozenset(
        str.split(
            "dans pour avec une est sur aux été cette ces ont mais selon leur leurs qui plus sont"
            " il elle être avait où après depuis contre entre lors fait deux ans"
            " du des au les et ce par pas que"
        )
    ),
    "en": frozenset(
        str.split(
            "the of and to was were that for with by from is has have had at said this which their"
            " his its be been will are not but"
        )
    ),
}
# Enough for a line whose other words are names.
_TELLING_WORDS = {
    "fr": _FUNCTION_WORDS["fr"] | frozenset(str.split("à et de le un ont ses")),
    "en": _FUNCTION_WORDS["en"] | frozenset(str.split("in at on an he she met")),
}
_OPENING = "«“\"'’‘([–—-"
_VIETNAMESE = re.compile("[ăđơưạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹ]")
_SIGNS = '.,;:!?()[]«»“”"…–—-'
_SAMPLE = 1200
_CLASSIFIED = 4000  # enough to tell; the classifier composes what it reads, not in linear time
_FEWEST_WORDS = 8
_WORD_SHARE = 10  # at least one word in ten
_RIVAL_SHARE = 8  # at least eight times the rival's
_FEWEST_OWN, _OWN_SHARE = 3, 5  # so many different ones, and to each word of a neighbour
_VIETNAMESE_SHARE = 16  # at least one character in sixteen

# Languages the site does not publish, so that their copy is not taken for one it does.
_DECOYS = (
    "ar",
    "ca",
    "de",
    "el",
    "en",
    "es",
    "fr",
    "it",
    "ja",
    "ko",
    "nl",
    "pt",
    "ro",
    "ru",
    "th",
    "zh",
)


def detect(text: str, langs: tuple[str, ...]) -> str | None:
    """The language of the text if it is one of `langs`; None if it is too short or another's."""
    if not (_is_enough(text[: 3 * _FEWEST_LETTERS]) or _is_enough(text)):
        return None
    if _VIETNAMESE.search(text, 0, _SAMPLE):
        text = _without_names(text)
    sample = text[:_SAMPLE].lower()
    plain = _by_its_words(sample, langs)
    if plain is None and len(sample) < _FEWEST_LETTERS:
        plain = _by_few_words(sample, langs)
    if plain is None and "fr" in langs and _has_own_words(sample):
        plain = "fr"
    if plain is not None:
        return plain
    lang, _ = _classifier(langs).classify(text[:_CLASSIFIED])
    return lang if lang in langs else None


def _by_its_words(sample: str, langs: tuple[str, ...]) -> str | None:
    """The language when nothing speaks against it, None to ask the classifier."""
    words = sample.split()
    counts = {lang: sum(map(known.__contains__, words)) for lang, known in _FUNCTION_WORDS.items()}
    best = max(counts, key=lambda lang: counts[lang])
    rival = max(count for lang, count in counts.items() if lang != best)
    if (
        best in langs
        and counts[best] >= max(_FEWEST_WORDS, rival * _RIVAL_SHARE)
        and counts[best] * _WORD_SHARE >= len(words)
    ):
        return best
    # One word in five leaves no doubt, even among names of another language.
    if best in langs and counts[best] * 5 >= len(words) and counts[best] >= 3 * rival + 20:
        return best
    marks = len(_VIETNAMESE.findall(sample))
    if "vi" in langs and marks * _VIETNAMESE_SHARE >= len(sample):
        return "vi"
    return None


def _by_few_words(sample: str, langs: tuple[str, ...]) -> str | None:
    """What a line of names leaves is little: one language has some of its words, no other any."""
    words = sample.split()
    told = [lang for lang in langs if not _TELLING_WORDS.get(lang, frozenset()).isdisjoint(words)]
    return told[0] if len(told) == 1 else None


def _has_own_words(sample: str) -> bool:
    """Whether several words of it are of French alone, and hardly one is of its neighbours: a short
    item has few words of any kind."""
    words = [word.strip(_SIGNS) for word in sample.replace("’", "'").split()]
    own, others = (frozenset(listed("own_words.txt", which)) for which in ("fr", "other"))
    return len(own.intersection(words)) >= max(
        _FEWEST_OWN, _OWN_SHARE * sum(map(others.__contains__, words))
    )


def _without_names(text: str) -> str:
    """The words no name is made of, where those tell that it only names Vietnamese people and places.

    Vietnamese has its letters in words of every day too, so that text is returned whole.
    """
    plain = [word for word in text.split() if not word.lstrip(_OPENING)[:1].isupper()]
    said = " ".join(plain)
    if not plain or len(_VIETNAMESE.findall(said)) * _VIETNAMESE_SHARE >= len(said):
        return text
    return said


def load_classifier(langs: tuple[str, ...]) -> None:
    """Load what some texts will need, before a process is forked into many."""
    _classifier(langs)


def forget_classifier() -> None:
    """Give back what it takes (70 MB), until a text needs it again."""
    _classifier.cache_clear()


def _is_enough(text: str) -> bool:
    return sum(map(str.isalpha, text)) >= _FEWEST_LETTERS


@lru_cache(maxsize=4)
def _classifier(langs: tuple[str, ...]) -> Any:
    # Loading it costs as much as parsing thousands of articles.
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    classifier = LanguageIdentifier.from_model_file(MODEL_FILE)
    wanted = set(langs).union(_DECOYS)
    classifier.set_languages(sorted(wanted.intersection(classifier.labels)))
    return classifier
