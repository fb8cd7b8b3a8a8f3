"""How well stories come out, against articles whose stories somebody wrote down.

    python -m benchmarks.stories --gold benchmarks/data/wikinews_stories.tsv train.jsonl dev.jsonl
    python -m benchmarks.stories --articles articles.jsonl > found.jsonl

The gold file has `id<TAB>story` lines; the texts are JSON Lines, `{"id", "text"}` with the headline
in the first line and the date in the id (`YYYY_MM_DD-nnn`), as WiNER-fr gives them, or `{"id",
"date", "title", "text"}`. B-cubed is told for whole texts and for headlines alone, by year, and
with the dates pressed together, so that more articles are at hand to be mistaken for one another;
"in stories" counts only the articles that are not alone in theirs.

These are not held-out figures: the form of the likeness and its thresholds were chosen with both
years in view. The French lexicon's counts come from nine in ten of these
very articles, and one reader labelled them. Three articles in four are alone in their story, so
that everything alone already scores about .91: look at "in stories" and at precision.

The second form shows what the product makes of any articles, for others to judge: JSON Lines
`{"id", "date", "title", "text", "gold_story"?}` in, `{"id", "suggestions", "duplicate_of", "story"}`
out, in the order read.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any

from newsdigest.base.records import Article, Block
from newsdigest.entities.tagger import Tagger, load_tagger
from newsdigest.read.language import detect
from newsdigest.relate import copies, suggestions
from newsdigest.relate.sketch import sketch
from newsdigest.relate.stories.affairs import AFFAIR_DAYS, affair_terms
from newsdigest.relate.stories.threads import find_parent, story_ids
from newsdigest.relate.stories.window import WINDOW_DAYS, Member, Window, ordinal
from newsdigest.relate.terms import Terms, article_terms

LANGS = ("fr", "en", "vi")
# A text of fewer letters does not tell its language; the others of its file do.
TELLING_LETTERS = 200
# Days pressed into one: a week, a month.
DENSITIES = (1, 7, 30)


@dataclass(frozen=True, slots=True)
class Read:
    """An article as judged: its record and what the product knows it by."""

    article: Article
    terms: Terms


# -- against gold ----------------------------------------------------------------------------------


def main(gold: Path | None, texts: Sequence[Path]) -> int:
    """Prints the comparison; the exit code."""
    if gold is None or not gold.is_file() or not texts:
        print("Give a gold file and the texts it speaks of.", file=sys.stderr)
        return 1
    stories = read_gold(gold)
    articles = [a for a in as_articles(read_lines(texts)) if a.id in stories]
    known = {article.id: stories[article.id] for article in articles}
    sizes = Counter(known.values())
    together = [id_ for id_ in known if sizes[known[id_]] > 1]
    print(
        f"{len(articles)} articles, {sum(size > 1 for size in sizes.values())} stories of"
        f" {len(together)}, the others alone"
    )
    tagger = load_tagger("crf")
    for name, as_read in (
        ("whole texts", [_read(article, tagger) for article in articles]),
        ("headlines", [_read(replace(article, blocks=()), tagger) for article in articles]),
    ):
        for density in DENSITIES:
            began = time.process_time()
            found, window = thread(_pressed(as_read, density))
            took = 1000 * (time.process_time() - began) / len(articles)
            rows = [("all", list(known)), ("in stories", together)]
            rows += [
                (year, [id_ for id_ in known if id_.startswith(year)]) for year in ("2016", "2017")
            ]
            scores = "  ".join(
                "{} P {:.3f} R {:.3f} F {:.3f}".format(row, *bcubed(found, known, ids))
                for row, ids in rows
                if ids
            )
            print(f"{name}, {density:2} days as one ({window} in view, {took:.2f} ms): {scores}")
    return 0


def thread(read: Sequence[Read]) -> tuple[dict[str, str], int]:
    """(story by article, most articles in view at once)."""
    members = sorted(
        (
            Member(one.article.id, one.article.order[0], one.terms, one.article.headline)
            for one in read
        ),
        key=lambda member: member.order,
    )
    window, most = Window(), 0
    parents: dict[str, str | None] = {}
    affairs: defaultdict[str, list[Member]] = defaultdict(list)
    for member in members:
        parent = find_parent(member, window, of_affair=partial(_of_affair, member, affairs))
        for term in affair_terms(member):
            affairs[term].append(member)
        parents[member.id] = parent.id if parent else None
        window.add(member)
        most = max(most, len(window))
    return story_ids(parents, {m.id: f"{m.when} {m.id}" for m in members}), most


def _of_affair(member: Member, affairs: Mapping[str, Sequence[Member]]) -> list[Member]:
    """The articles that share a name of the headline, of the weeks before the window."""
    today = ordinal(member.when)
    found = {
        other.id: other
        for term in affair_terms(member)
        for other in affairs.get(term, ())
        if WINDOW_DAYS < today - ordinal(other.when) <= AFFAIR_DAYS
    }
    return [*found.values()]


def bcubed(
    found: Mapping[str, str], gold: Mapping[str, str], ids: Iterable[str]
) -> tuple[float, float, float]:
    """(precision, recall, F) averaged over `ids`; the clusters are those of all of `gold`."""
    ours, theirs = defaultdict(set), defaultdict(set)
    for id_ in gold:
        ours[found[id_]].add(id_)
        theirs[gold[id_]].add(id_)
    precision = recall = count = 0.0
    for id_ in ids:
        right = len(ours[found[id_]] & theirs[gold[id_]])
        precision += right / len(ours[found[id_]])
        recall += right / len(theirs[gold[id_]])
        count += 1
    precision, recall = precision / count, recall / count
    return precision, recall, 2 * precision * recall / (precision + recall)


def _pressed(read: Sequence[Read], density: int) -> list[Read]:
    """The same articles with every `density` days on one."""
    first = min(one.article.published for one in read)
    return [
        replace(
            one,
            article=replace(
                one.article,
                published=first + timedelta(days=(one.article.published - first).days // density),
            ),
        )
        for one in read
    ]


def read_gold(file: Path) -> dict[str, str]:
    lines = file.read_text("utf-8").split("\n")
    return dict(line.split("\t") for line in lines if line and line[0] != "#")


# -- any articles ----------------------------------------------------------------------------------


def articles_mode(path: Path) -> int:
    """Prints what the product makes of the articles of a JSON Lines file; the exit code.

    With `gold_story` on every line, B-cubed goes to the standard error as well.
    """
    lines = read_lines([path])
    articles = as_articles(lines)
    tagger = load_tagger("crf")
    read = sorted(
        (_read(article, tagger) for article in articles), key=lambda one: one.article.order
    )
    stories, _ = thread(read)
    leaders = folded_copies(read)
    suggested = suggest(read, leaders)
    for article in articles:
        found = {
            "id": article.id,
            "suggestions": suggested[article.id],
            "duplicate_of": leaders.get(article.id),
            "story": stories[article.id],
        }
        print(json.dumps(found, ensure_ascii=False))
    if all("gold_story" in line for line in lines):
        gold = {str(line["id"]): str(line["gold_story"]) for line in lines}
        scores = bcubed(stories, gold, gold)
        print("stories: P {:.3f} R {:.3f} F {:.3f}".format(*scores), file=sys.stderr)
    return 0


def folded_copies(read: Sequence[Read]) -> dict[str, str]:
    """Each copy -> the dispatch it is folded under. `read` in the house order."""
    window = copies.CopyWindow()
    found: dict[str, str] = {}
    for one in read:
        order, sketched = one.article.order, sketch(one.article)
        copy = window.best(order, sketched)
        if copy is not None:
            found[one.article.id] = copy.of
        window.add(order, sketched)
    return copies.leaders(found)


def suggest(read: Sequence[Read], leaders: Mapping[str, str]) -> dict[str, list[str]]:
    """Each article's five most alike, best first. `read` in the house order.

    What is measured is the ranking: a page shows no more than two of one story, whose other
    articles stand beside them.
    """
    index = suggestions.Index()
    ids = [one.article.id for one in read]
    found: dict[str, list[str]] = {}
    for n, one in enumerate(read):
        index.add(n, one.article.order[0][:10], one.terms)
        ranked = [(ids[other], score) for other, score in index.earlier(n, one.terms)]
        found[ids[n]] = suggestions.choose(ranked, {ids[n]}, leaders, {})
    return found


# -- reading ---------------------------------------------------------------------------------------


def read_lines(files: Iterable[Path]) -> list[dict[str, Any]]:
    return [
        json.loads(line)
        for file in files
        for line in file.read_text("utf-8").split("\n")
        if line.strip()
    ]


def as_articles(lines: Iterable[dict[str, Any]]) -> list[Article]:
    """The lines as records: a paragraph a line of text, in the language the words tell."""
    drafts = []
    for line in lines:
        id_, text = str(line["id"]), str(line.get("text") or "")
        title, rest = (str(line["title"]), text) if line.get("title") else text.partition("\n")[::2]
        day = str(line.get("date") or id_[:10].replace("_", "-"))
        drafts.append((id_, day, title, rest))
    # Other articles' headlines, alone in a paragraph, are the links of the page it was taken from.
    titles = {title for _, _, title, _ in drafts}
    told = [
        detect(f"{title}\n{text}", LANGS)
        if sum(map(str.isalpha, title + text)) >= TELLING_LETTERS
        else None
        for _, _, title, text in drafts
    ]
    counts = Counter(lang for lang in told if lang)
    if not counts:
        counts.update([detect("\n".join(title for _, _, title, _ in drafts), LANGS) or LANGS[0]])
    usual = max(sorted(counts), key=lambda lang: counts[lang])
    return [
        Article(
            id=id_,
            path="",
            headline=title,
            published=_moment(day),
            date_precision="day",
            lang=lang or usual,
            blocks=tuple(
                Block("paragraph", text=paragraph.strip())
                for paragraph in text.split("\n")
                if paragraph.strip() and paragraph.strip() not in titles
            ),
        )
        for (id_, day, title, text), lang in zip(drafts, told, strict=True)
    ]


def _moment(day: str) -> datetime:
    if len(day) > 10:
        return datetime.fromisoformat(day).replace(tzinfo=UTC)
    return datetime.combine(date.fromisoformat(day), datetime.min.time(), UTC)


def _read(article: Article, tagger: Tagger) -> Read:
    return Read(article, article_terms(article, tagger.tag(article)))


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("texts", type=Path, nargs="*", help="JSON Lines files, with --gold")
    parser.add_argument("--gold", type=Path, help="`id<TAB>story` lines")
    parser.add_argument("--articles", type=Path, help="show what is made of these instead")
    options = parser.parse_args()
    sys.exit(
        articles_mode(options.articles) if options.articles else main(options.gold, options.texts)
    )
