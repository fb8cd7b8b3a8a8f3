"""Which language an article is in, among the site's.

Most copy gives itself away by its function words, or by the letters only Vietnamese has. Only
what does not goes to the classifier, which is loaded then and not before.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any

_LETTER = re.compile(r"[^\W\d_]")
_FEWEST_LETTERS = 40

# Words that the neighbouring languages do not share.
_FUNCTION_WORDS: dict[str, frozenset[str]] = {
    "fr": frozenset(
        str.split(
            "dans pour avec une est sur aux été cette ces ont mais selon leur leurs qui plus sont il"
            " elle être avait où après depuis contre entre lors fait deux ans"
        )
    ),
    "en": frozenset(
        str.split(
            "the of and to was were that for on with as by from is has have had at said this which"
            " their his its be been will are not but"
        )
    ),
}
_VIETNAMESE = re.compile("[ăđơưạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹ]")
_SAMPLE = 1200
_FEWEST_WORDS = 8
_WORD_SHARE = 12  # at least one word in twelve
_RIVAL_SHARE = 8  # at least eight times the rival's
_VIETNAMESE_SHARE = 8  # at least one letter in eight

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
    sample = text[:_SAMPLE].lower()
    if len(_LETTER.findall(sample, 0, 400)) < _FEWEST_LETTERS and (
        len(_LETTER.findall(text)) < _FEWEST_LETTERS
    ):
        return None
    plain = _by_its_words(sample, langs)
    if plain is not None:
        return plain
    lang, _ = _classifier(langs).classify(text)
    return lang if lang in langs else None


def _by_its_words(sample: str, langs: tuple[str, ...]) -> str | None:
    """The language when nothing speaks against it, None to ask the classifier."""
    marks = len(_VIETNAMESE.findall(sample))
    if marks * _VIETNAMESE_SHARE >= len(sample):
        return "vi" if "vi" in langs else None
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
    return None


@lru_cache(maxsize=4)
def _classifier(langs: tuple[str, ...]) -> Any:
    # Loading it costs as much as parsing thousands of articles.
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    classifier = LanguageIdentifier.from_model_file(MODEL_FILE)
    wanted = set(langs).union(_DECOYS)
    classifier.set_languages(sorted(wanted.intersection(classifier.labels)))
    return classifier
