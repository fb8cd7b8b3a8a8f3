"""`invoke links`: what the archive's `>>` lines mean, which of them wait, and which need an editor."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from rapidfuzz import fuzz, process

from newsdigest.archive.reviews import AskedLines, Headline, Line
from newsdigest.base.errors import Gettext, printable
from newsdigest.base.i18n import translations
from newsdigest.base.link_reasons import Cause, Change
from newsdigest.base.settings import Settings
from newsdigest.commands.screen import asks_the_archive
from newsdigest.commands.show import built_archive, describe_reason, shown
from newsdigest.relate.decisions import Decisions, read_decisions
from newsdigest.relate.headlines import read
from newsdigest.relate.links import (
    NAMESAKE_WINDOW,
    Candidate,
    NearCandidate,
    probe_words,
    resolve,
    window,
)
from newsdigest.text.headline_key import headline_key, headline_numbers

# The newest lines of each state; `--why` shows the newest first.
MOST_NEWEST = 3
MOST_LINES = 40
# A headline less like the one that waits (0 to 100) is no help to an editor.
LEAST_LIKE = 70


@dataclass(frozen=True, slots=True)
class Waiting:
    """A headline that no article answers: the lines that have it, oldest first."""

    headline: str
    lines: tuple[Line, ...]


class Near(NamedTuple):
    """An article whose headline is like a line's."""

    id: str
    day: str
    headline: str


@asks_the_archive
def review_links(settings: Settings, waiting: bool, ambiguous: bool, why: str) -> int:
    """Print the review; 1 when there is no answer."""
    gettext = translations(settings.editor_lang).gettext
    archive = built_archive(settings, gettext)
    if archive is None:
        return 1
    asked = archive.reviews.lines
    if why:
        return _print_why(asked, why, gettext)
    if waiting:
        _print_waiting(asked, gettext)
    if ambiguous:
        _print_ambiguous(asked, gettext)
    if not (waiting or ambiguous):
        _print_states(asked, gettext)
    return 0


def decision_lines(kind: str, *entries: tuple[str, str]) -> list[str]:
    """An entry of `decisions.toml` as an editor would write it."""
    return [f"[[{kind}]]", *(f"{name} = {toml_text(value)}" for name, value in entries)]


def toml_text(text: str) -> str:
    """A TOML string that a terminal shows as it is, and a copy of it reads back the same."""
    return "".join(map(_escaped, json.dumps(text, ensure_ascii=False)))


def _escaped(char: str) -> str:
    if char.isprintable():
        return char
    code = ord(char)
    return f"\\u{code:04x}" if code <= 0xFFFF else f"\\U{code:08x}"


# -- all of them, by state -----------------------------------------------------------------------


def _print_states(asked: AskedLines, gettext: Gettext) -> None:
    found = asked.states()
    print(gettext("Lines: {count}").format(count=sum(found.values())))
    for (state, method), label in _labels(gettext).items():
        if not found.get((state, method)):
            continue
        print(gettext("{state}: {told}").format(state=label, told=found[state, method]))
        for line in asked.newest(state, method, MOST_NEWEST):
            print(f"  {_told(line, gettext)}")


def _labels(gettext: Gettext) -> dict[tuple[str, str | None], str]:
    """What each (state, method) is called, in the order they are shown."""
    return {
        ("linked", "exact"): gettext("linked, same headline"),
        ("linked", "prefix"): gettext("linked, headline cut off"),
        ("linked", "fuzzy"): gettext("linked, headline nearly the same"),
        ("linked", "decision"): gettext("linked by decision"),
        ("ambiguous", None): gettext("ambiguous"),
        ("waiting", None): gettext("waiting"),
        ("unnamed", None): gettext("not shown: under embargo"),
        ("retracted", None): gettext("retracted dispatches"),
        ("refused", "decision"): gettext("refused by decision"),
    }


def _told(line: Line, gettext: Gettext) -> str:
    """The line with its target and the reason, as far as they say more than its state."""
    text = f"{line.day}  {line.article}  >> {line.headline}"
    if line.target:
        text += f"  = {line.target}"
    if line.reason.cause not in (Cause.SAME_HEADLINE, Cause.UNKNOWN):
        text += f"  ({describe_reason(line.reason, gettext)})"
    return shown(text)


# -- why -----------------------------------------------------------------------------------------


def _print_why(asked: AskedLines, headline: str, gettext: Gettext) -> int:
    key = headline_key(headline)
    lines = asked.of_headline(key) if key else []
    if not lines:
        message = gettext('no ">>" line has this headline: "{headline}".')
        print(message.format(headline=printable(headline)), file=sys.stderr)
        return 1
    labels = _labels(gettext)
    for line in lines[:MOST_LINES]:
        print(shown(f"{line.day}  {line.article}  >> {line.headline}"))
        state = labels.get((line.state, line.method), line.state)
        reason = describe_reason(line.reason, gettext)
        print(shown("  " + gettext("{state}: {told}").format(state=state, told=reason)))
        if line.target:
            target = asked.article(line.target)
            print(shown(f"  = {target.id}  {target.day}  {target.headline}"))
    _print_rest(len(lines))
    return 0


def _print_rest(count: int) -> None:
    if count > MOST_LINES:
        print(f"  … +{count - MOST_LINES}")


# -- waiting -------------------------------------------------------------------------------------


def waiting_headlines(asked: AskedLines) -> list[Waiting]:
    """Each headline that waits, once: those of most articles first, then the newest."""
    found: dict[tuple[str, str], list[Line]] = {}
    for line in asked.waiting():
        known = headline_key(line.headline), headline_numbers(line.headline)
        found.setdefault(known, []).append(line)
    once = [Waiting(lines[-1].headline, tuple(lines)) for lines in found.values()]
    once.sort(key=lambda one: one.lines[-1].day, reverse=True)
    once.sort(key=lambda one: len({line.article for line in one.lines}), reverse=True)
    return once


def _print_waiting(asked: AskedLines, gettext: Gettext) -> None:
    once = waiting_headlines(asked)
    print(gettext("Waiting headlines: {count}").format(count=len(once)))
    headlines = asked.headlines()
    articles = [Near(found.id, found.day, found.headline) for found in headlines]
    keys = [found.key for found in headlines]
    for one in once:
        citing = {line.article for line in one.lines}
        print(shown(f">> {one.headline}"))
        text = gettext("articles that cite it: {count}, since {day}; the newest: {article}")
        first, last = one.lines[0], one.lines[-1]
        print("  " + text.format(count=len(citing), day=first.day, article=printable(last.article)))
        if any(line.reason.cause is Cause.DECIDED_UNPUBLISHED for line in one.lines):
            print("  " + gettext("decided by the editors, not published yet"))
            continue
        near = _nearest(one.headline, citing, articles, keys)
        if near:
            text = gettext("nearest headline: {article}")
            print(shown("  " + text.format(article="  ".join(near))))
            for obstacle in obstacles(last, near, gettext):
                print(shown(f"    {obstacle}"))


def _nearest(
    headline: str, citing: set[str], articles: Sequence[Near], keys: Sequence[str]
) -> Near | None:
    """The most like by letters, the newest of equals; an article's own headline does not count."""
    alike = process.extract(
        headline_key(headline),
        keys,
        scorer=fuzz.ratio,
        processor=None,
        score_cutoff=LEAST_LIKE,
        limit=1 + len(citing),
    )
    return next((articles[at] for _, _, at in alike if articles[at].id not in citing), None)


def obstacles(line: Line, near: Near, gettext: Gettext) -> Iterator[str]:
    """What keeps the line from meaning the article, as far as it can be told without the rules."""
    age = date.fromisoformat(line.day).toordinal() - date.fromisoformat(near.day).toordinal()
    same = headline_key(line.headline) == headline_key(near.headline)
    if age < (-1 if same else 0):
        yield gettext("it is dated after the article that cites it")
    elif age > NAMESAKE_WINDOW and not same:
        yield gettext("it is dated more than {days} days before").format(days=NAMESAKE_WINDOW)
    ours, theirs = read(line.headline), read(near.headline)
    if ours.numbers != theirs.numbers:
        yield gettext("the numbers differ: {line} / {article}").format(
            line=_listed(ours.numbers), article=_listed(theirs.numbers)
        )
    if ours.flags and theirs.flags and ours.flags != theirs.flags:
        yield gettext("the flags differ: {line} / {article}").format(
            line=_listed(sorted(map(" ".join, ours.flags))),
            article=_listed(sorted(map(" ".join, theirs.flags))),
        )
    ours_alone = [word for word in ours.words if word not in theirs.words + ours.numbers]
    theirs_alone = [word for word in theirs.words if word not in ours.words + theirs.numbers]
    if ours_alone or theirs_alone:
        yield gettext("the words differ: {line} / {article}").format(
            line=_listed(ours_alone), article=_listed(theirs_alone)
        )
    elif ours.numbers == theirs.numbers and ours.words != theirs.words:
        yield gettext("the words stand in another order")


def _listed(words: Iterable[str]) -> str:
    return " ".join(words) or "–"


# -- ambiguous -----------------------------------------------------------------------------------


def candidates(asked: AskedLines, decisions: Decisions, line: Line) -> list[Near]:
    """The articles an ambiguous line may mean, newest first; none where they are too many."""
    if line.reason.cause is Cause.TOO_MANY:
        return []
    ours = (line.headline, line.article, line.day)
    found: list[tuple[Near, bool]] = []
    namesakes = asked.namesakes(headline_key(line.headline))
    for one in _allowed(namesakes, decisions, line.article):
        if resolve(*ours, [Candidate(one.id, one.day, one.numbers)]).state == "linked":
            found.append((Near(one.id, one.day, one.headline), False))
    if found:
        return [near for near, _ in found]
    near = asked.near(frozenset(probe_words(line.headline)), *window(line.day))
    for one in _allowed(near, decisions, line.article):
        alone = resolve(*ours, (), [NearCandidate(one.id, one.day, one.headline)])
        if alone.state == "linked":
            flagged = alone.reason.differences[-1].change is Change.FLAG
            found.append((Near(one.id, one.day, one.headline), flagged))
    # The very words under another flag come before words that differ: so does `resolve` hold it.
    return [near for near, flagged in found if flagged] or [near for near, _ in found]


def _allowed(found: Sequence[Headline], decisions: Decisions, citing: str) -> Iterator[Headline]:
    """Neither copies of others among them, nor what is refused."""
    ids = {one.id for one in found}
    for one in found:
        if one.original not in ids and (citing, one.id) not in decisions.never:
            yield one


def _print_ambiguous(asked: AskedLines, gettext: Gettext) -> None:
    decisions = read_decisions(asked.decisions())
    lines = asked.ambiguous()
    print(gettext("Ambiguous lines: {count}").format(count=len(lines)))
    for line in lines:
        print(_told(line, gettext))
        found = candidates(asked, decisions, line)
        for near in found:
            print(shown("  " + "  ".join(near)))
        for text in _link_lines(line, found):
            print(f"    {text}")


def _link_lines(line: Line, found: Sequence[Near]) -> list[str]:
    """The decision for the newest candidate; the others stand in it as comments."""
    if not found:
        return []
    entries = ("article", line.article), ("headline", " ".join(line.headline.split()))
    return [
        *decision_lines("link", *entries, ("target", found[0].id)),
        *(f"# target = {toml_text(near.id)}" for near in found[1:]),
    ]
