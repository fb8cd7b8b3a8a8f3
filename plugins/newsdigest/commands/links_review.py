"""`invoke links`: what the archive's `>>` lines mean, which of them wait, and which need an editor."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from sqlite3 import Connection
from typing import NamedTuple

from rapidfuzz import fuzz, process

from newsdigest.base.errors import Gettext, printable
from newsdigest.base.i18n import translations
from newsdigest.base.link_reasons import Cause, Change, LinkReason
from newsdigest.base.settings import Settings
from newsdigest.commands.screen import asks_the_archive
from newsdigest.commands.show import built_store, describe_reason, shown
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

_LINES = (
    "SELECT a.id, a.day, r.headline, r.state, r.target, r.method, r.reason"
    " FROM refs r JOIN articles a USING (n)"
)
_STANDING = "state IN ('published', 'folded')"


class Line(NamedTuple):
    """A `>>` line of an article of that day, and what it means."""

    article: str
    day: str
    headline: str
    state: str
    target: str | None
    method: str | None
    packed_reason: str

    @property
    def reason(self) -> LinkReason:
        return LinkReason.unpacked(self.packed_reason)


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
    connection = built_store(settings, gettext)
    if connection is None:
        return 1
    if why:
        return _print_why(connection, why, gettext)
    if waiting:
        _print_waiting(connection, gettext)
    if ambiguous:
        _print_ambiguous(connection, gettext)
    if not (waiting or ambiguous):
        _print_states(connection, gettext)
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


def _print_states(connection: Connection, gettext: Gettext) -> None:
    found = {
        (state, method): count
        for state, method, count in connection.execute(
            "SELECT state, method, count(*) FROM refs GROUP BY state, method"
        )
    }
    print(gettext("Lines: {count}").format(count=sum(found.values())))
    for (state, method), label in _labels(gettext).items():
        if not found.get((state, method)):
            continue
        print(gettext("{state}: {told}").format(state=label, told=found[state, method]))
        rows = connection.execute(
            f"{_LINES} WHERE r.state = ? AND r.method IS ?"
            " ORDER BY a.sort DESC, r.position LIMIT ?",
            (state, method, MOST_NEWEST),
        )
        for row in rows:
            print(f"  {_told(Line(*row), gettext)}")


def _labels(gettext: Gettext) -> dict[tuple[str, str | None], str]:
    """What each (state, method) is called, in the order they are shown."""
    return {
        ("linked", "exact"): gettext("linked, same headline"),
        ("linked", "prefix"): gettext("linked, headline cut off"),
        ("linked", "fuzzy"): gettext("linked, headline nearly the same"),
        ("linked", "decision"): gettext("linked by decision"),
        ("ambiguous", None): gettext("ambiguous"),
        ("waiting", None): gettext("waiting"),
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


def lines_of(connection: Connection, headline: str) -> list[Line]:
    """The lines of this headline; where there are none, those that have it in them. Newest first."""
    key = headline_key(headline)
    if not key:
        return []
    for condition in ("r.headline_key = ?", "instr(r.headline_key, ?)"):
        rows = connection.execute(
            f"{_LINES} WHERE {condition} ORDER BY a.sort DESC, r.position", (key,)
        ).fetchall()
        if rows:
            return [Line(*row) for row in rows]
    return []


def _print_why(connection: Connection, headline: str, gettext: Gettext) -> int:
    lines = lines_of(connection, headline)
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
            print(shown(f"  = {_article(connection, line.target)}"))
    _print_rest(len(lines))
    return 0


def _article(connection: Connection, article_id: str) -> str:
    query = "SELECT day, headline FROM articles WHERE id = ?"
    day, headline = connection.execute(query, (article_id,)).fetchone()
    return f"{article_id}  {day}  {headline}"


def _print_rest(count: int) -> None:
    if count > MOST_LINES:
        print(f"  … +{count - MOST_LINES}")


# -- waiting -------------------------------------------------------------------------------------


def waiting_headlines(connection: Connection) -> list[Waiting]:
    """Each headline that waits, once: those of most articles first, then the newest."""
    found: dict[tuple[str, str], list[Line]] = {}
    for row in connection.execute(
        f"{_LINES} WHERE r.state = 'waiting' ORDER BY a.sort, r.position"
    ):
        line = Line(*row)
        known = headline_key(line.headline), headline_numbers(line.headline)
        found.setdefault(known, []).append(line)
    once = [Waiting(lines[-1].headline, tuple(lines)) for lines in found.values()]
    once.sort(key=lambda one: one.lines[-1].day, reverse=True)
    once.sort(key=lambda one: len({line.article for line in one.lines}), reverse=True)
    return once


def _print_waiting(connection: Connection, gettext: Gettext) -> None:
    once = waiting_headlines(connection)
    print(gettext("Waiting headlines: {count}").format(count=len(once)))
    articles, keys = _headlines(connection)
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


def _headlines(connection: Connection) -> tuple[list[Near], list[str]]:
    """The archive's articles, newest first, and their headlines' keys."""
    rows = connection.execute(
        f"SELECT id, day, headline, headline_key FROM articles WHERE {_STANDING} ORDER BY sort DESC"
    ).fetchall()
    return [Near(*row[:3]) for row in rows], [row[3] for row in rows]


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


def candidates(connection: Connection, decisions: Decisions, line: Line) -> list[Near]:
    """The articles an ambiguous line may mean, newest first; none where they are too many."""
    if line.reason.cause is Cause.TOO_MANY:
        return []
    asked = (line.headline, line.article, line.day)
    found: list[tuple[Near, bool]] = []
    rows = connection.execute(
        "SELECT id, day, headline, numbers, duplicate_of FROM articles"
        f" WHERE headline_key = ? AND {_STANDING} ORDER BY sort DESC",
        (headline_key(line.headline),),
    ).fetchall()
    for id_, day, headline, numbers in _allowed(rows, decisions, line.article):
        if resolve(*asked, [Candidate(id_, day, numbers)]).state == "linked":
            found.append((Near(id_, day, headline), False))
    if found:
        return [near for near, _ in found]
    near_rows = _near(connection, line.headline, line.day)
    for id_, day, headline in _allowed(near_rows, decisions, line.article):
        alone = resolve(*asked, (), [NearCandidate(id_, day, headline)])
        if alone.state == "linked":
            flagged = alone.reason.differences[-1].change is Change.FLAG
            found.append((Near(id_, day, headline), flagged))
    # The very words under another flag come before words that differ: so does `resolve` hold it.
    return [near for near, flagged in found if flagged] or [near for near, _ in found]


def _near(connection: Connection, headline: str, day: str) -> list[tuple[str, ...]]:
    """(id, day, headline, leader) of the articles that have a rare word of the line, newest first."""
    first, last = window(day)
    reached = {
        n
        for word in probe_words(headline)
        for (n,) in connection.execute(
            "SELECT n FROM headline_words WHERE word = ? AND day BETWEEN ? AND ?",
            (word, first, last),
        )
    }
    query = "SELECT sort, id, day, headline, duplicate_of FROM articles WHERE n = ?"
    rows = [connection.execute(query, (n,)).fetchone() for n in sorted(reached)]
    return [tuple(row[1:]) for row in sorted(rows, reverse=True)]


def _allowed(
    rows: Sequence[tuple[str, ...]], decisions: Decisions, citing: str
) -> Iterator[tuple[str, ...]]:
    """Rows without their last column, the leader: neither copies of others, nor what is refused."""
    ids = {row[0] for row in rows}
    for row in rows:
        if row[-1] not in ids and (citing, row[0]) not in decisions.never:
            yield row[:-1]


def _print_ambiguous(connection: Connection, gettext: Gettext) -> None:
    row = connection.execute("SELECT value FROM meta WHERE name = 'decisions.toml'").fetchone()
    decisions = read_decisions(row[0] if row else "")
    rows = connection.execute(
        f"{_LINES} WHERE r.state = 'ambiguous' ORDER BY a.sort DESC, r.position"
    ).fetchall()
    print(gettext("Ambiguous lines: {count}").format(count=len(rows)))
    for row in rows:
        line = Line(*row)
        print(_told(line, gettext))
        found = candidates(connection, decisions, line)
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
