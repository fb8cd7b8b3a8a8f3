"""Articles parsed and tagged a second, on one core.

    python -m benchmarks.parser [--count 2000] [--runs 5]

CPU seconds of this process on generated articles of the seed's size, read beforehand: the parser
alone, then the tagger, then the share of parsing that deciding the language takes. The median of
the runs is shown with the fastest and the slowest. A French archive and the generator's own mix
(6 % English and Vietnamese) are told apart, because the classifier is loaded for the latter only.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from statistics import mean, median

from newsdigest.base.records import Article
from newsdigest.base.settings import ParseRules
from newsdigest.entities.tagger import rule_tagger
from newsdigest.read.article import parse_article
from newsdigest.read.language import detect

from benchmarks.generate import articles

RULES = ParseRules(now=datetime(2026, 2, 1, tzinfo=UTC))


def main(count: int = 2000, runs: int = 5) -> None:
    raw = [(path, text.encode()) for path, text in articles(count)]
    parsed = [parse_article(data, path, RULES) for path, data in raw]  # loads what is loaded once
    records = [article for article in parsed if isinstance(article, Article)]
    french = [one for one, article in zip(raw, parsed, strict=True) if is_french(article)]
    tagger = rule_tagger()
    tagger.tag(records[0])
    texts = ["\n".join((a.headline, *(block.tagged_text for block in a.blocks))) for a in records]

    print(f"{count} articles, {mean(len(data) for _, data in raw):.0f} bytes on average,")
    print(f"{mean(len(text.split()) for text in texts):.0f} words, {runs} runs\n")
    print("| on one core | median | fastest | slowest |")
    print("|---|---:|---:|---:|")
    parse = timed(lambda: [parse_article(data, path, RULES) for path, data in raw], runs)
    rate("parsed a second, all languages", parse, len(raw))
    rate(
        "parsed a second, French only",
        timed(lambda: [parse_article(data, path, RULES) for path, data in french], runs),
        len(french),
    )
    tag = timed(lambda: [tagger.tag(article) for article in records], runs)
    rate("tagged a second", tag, len(records))
    each("ms to tag one", tag, len(records))
    detection = timed(lambda: [detect(text, RULES.langs) for text in texts], runs)
    each("ms to decide one's language", detection, len(texts))
    share = median(detection) / median(parse)
    print(f"\nDeciding the language takes {share:.0%} of parsing.")
    entities = mean(len(tagger.tag(article)) for article in records)
    print(f"{len(raw) - len(records)} rejected; {entities:.1f} entities found in an article.")


def is_french(article: object) -> bool:
    return isinstance(article, Article) and article.lang == "fr"


def timed(job: Callable[[], object], runs: int) -> list[float]:
    """CPU seconds of each run, in order of length."""
    seconds = []
    for _ in range(runs):
        began = time.process_time()
        job()
        seconds.append(time.process_time() - began)
    return sorted(seconds)


def rate(label: str, seconds: Sequence[float], count: int) -> None:
    values = (count / median(seconds), count / seconds[0], count / seconds[-1])
    print(f"| {label} | " + " | ".join(f"{value:,.0f}" for value in values) + " |")


def each(label: str, seconds: Sequence[float], count: int) -> None:
    values = (median(seconds), seconds[0], seconds[-1])
    print(f"| {label} | " + " | ".join(f"{v / count * 1e3:.3f}" for v in values) + " |")


if __name__ == "__main__":
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--count", type=int, default=2000)
    options.add_argument("--runs", type=int, default=5)
    main(**vars(options.parse_args()))
