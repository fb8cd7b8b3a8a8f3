"""A build on one screen: what came in, what it became, what was written, what to mend.

Each part is a function of the report, `""` or no lines where there is nothing to tell; `NOTICES`,
`ROWS` and `LISTS` are the screen from top to bottom.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import groupby
from typing import get_args

from rich.console import Console
from rich.text import Text

from newsdigest.base.errors import (
    BuildError,
    Gettext,
    _,
    describe_warning,
    line,
    printable,
)
from newsdigest.base.records import SHOWN_TYPES, EntityType, Page, Remark
from newsdigest.entities.curated.file import FILE as NAMES
from newsdigest.relate.decisions import FILE as DECISIONS
from newsdigest.report import Report

# One screen: beyond this many lines of a kind only their number is told (the JSON has them all).
MOST_LINES = 40
# Of a remark that more files have than this, so few are told: it is the source's way.
MOST_OF_A_KIND, TOLD_OF_A_KIND = 5, 3


def show(report: Report, console: Console, gettext: Gettext, content: str) -> None:
    """Print the screen. `content` is how paths are prefixed in messages ("content")."""
    for notices in NOTICES:
        for text, style in notices(report, content, gettext):
            console.print(Text(text, style), soft_wrap=True)
    for label, row in ROWS:
        if text := row(report, gettext):
            shown = Text.assemble("  ", (f"{gettext(label):<10}", "bold"), " ", text)
            console.print(shown, soft_wrap=True)
    for title, lines_of in LISTS:
        _list(console, gettext(title), lines_of(report, content, gettext))


def _list(console: Console, title: str, lines: list[str]) -> None:
    """`lines` are safe to print."""
    if lines:
        console.print(Text(f"\n{title}", "bold"))
    for text in lines[:MOST_LINES]:
        console.print(Text(f"  {text}"), soft_wrap=True)
    if len(lines) > MOST_LINES:
        console.print(Text(f"  … +{len(lines) - MOST_LINES}"))


# -- first, what the whole build hangs on: (line, style) ------------------------------------------


def unreadable(report: Report, content: str, gettext: Gettext) -> list[tuple[str, str]]:
    still = gettext("Until then what it said when it was last read stands.")
    return [
        (printable(f"{content}/{error.text(gettext)} {still}"), "bold")
        for error in report.unreadable
    ]


def made_anew(report: Report, _content: str, gettext: Gettext) -> list[tuple[str, str]]:
    why = {
        "tagger": gettext("The tagger is another version: every article is tagged again."),
        "version": gettext("The store was made by another version: it is made anew."),
        "corrupt": gettext("The store was damaged: it is made anew."),
    }
    return [(why[report.made_anew], "")] if report.made_anew in why else []


def cannot_search(report: Report, _content: str, gettext: Gettext) -> list[tuple[str, str]]:
    text = gettext(
        "The site has no search: pagefind is not installed here (pip install 'pagefind[bin]', or SEARCH = False)."
    )
    return [(text, "")] if report.cannot_search else []


# -- then a row each: what came in, what it became, what was written -------------------------------


def received(report: Report, gettext: Gettext) -> str:
    text = gettext("files {found}: new {new}, changed {changed}, removed {removed}")
    if report.packages:
        text = gettext(
            "files {files} ({packages} of several articles), to publish {found}: new {new},"
            " changed {changed}, removed {removed}"
        )
    return text.format(
        found=report.found,
        files=report.files,
        packages=report.packages,
        new=report.new,
        changed=report.changed,
        removed=report.removed,
    )


def outcome(report: Report, gettext: Gettext) -> str:
    text = gettext(
        "published {published} + drafts {draft} + duplicates {duplicate} + kept {kept}"
        " + rejected {rejected} + ignored {ignored} = {found}"
    )
    if report.retracted:
        text = gettext(
            "published {published} + drafts {draft} + duplicates {duplicate} + kept {kept}"
            " + rejected {rejected} + ignored {ignored} + retracted {retracted} = {found}"
        )
    if report.pictures.used:
        told = gettext("pictures {pictures}").format(pictures=report.pictures.used)
        text = text.replace(" = {found}", f" + {told} = {{found}}")
    return text.format(
        retracted=report.retracted,
        published=report.published,
        draft=report.draft,
        duplicate=report.duplicate,
        kept=report.kept,
        rejected=report.rejected,
        ignored=report.ignored,
        found=report.accounted_for,
    )


def embargoes(report: Report, gettext: Gettext) -> str:
    return report.embargoes.text(gettext)


def links(report: Report, gettext: Gettext) -> str:
    return gettext(
        "linked {linked}, ambiguous {ambiguous}, waiting {waiting}, refused {refused},"
        " healed {healed}"
    ).format(
        linked=report.linked,
        ambiguous=report.ambiguous,
        waiting=report.waiting,
        refused=report.refused,
        healed=len(report.healed),
    )


def entities(report: Report, gettext: Gettext) -> str:
    counts = {kind: report.entities.get(kind, 0) for kind in get_args(EntityType)}
    text = gettext("people {person}, places {place}, organisations {organisation}")
    if report.entities.keys() - SHOWN_TYPES:
        text += f", {gettext('events {event}, products {product}')}"
    return text.format(**counts)


def stories(report: Report, gettext: Gettext) -> str:
    text = gettext("with a page {stories}, folded copies {folded}")
    return text.format(stories=report.stories, folded=report.folded)


def nothing(report: Report, gettext: Gettext) -> str:
    return gettext("nothing changed: nothing was written") if report.nothing_changed else ""


def pages(report: Report, gettext: Gettext) -> str:
    text = gettext("written {written}, unchanged {kept}, deleted {deleted}")
    counts = (report.pages_written, report.pages_kept, report.pages_deleted)
    facts = dict(zip(("written", "kept", "deleted"), counts, strict=True))
    return "" if report.nothing_changed else text.format(**facts)


def feeds(report: Report, gettext: Gettext) -> str:
    text = gettext("written {written}, unchanged {kept}")
    told = text.format(written=report.feeds_written, kept=report.feeds_kept)
    return "" if report.nothing_changed else told


def subscribers(report: Report, gettext: Gettext) -> str:
    seen = report.subscribers
    counts = (seen.new, seen.updated, seen.withdrawn, len(seen.reappearing))
    return ", ".join(
        gettext(many if count > 1 else one).format(count=count)
        for count, (one, many) in zip(counts, _SUBSCRIBERS, strict=True)
    )


# Of one (or none, in French) and of several.
_SUBSCRIBERS = (
    (_("{count} new entry"), _("{count} new entries")),
    (_("{count} update"), _("{count} updates")),
    (_("{count} withdrawn"), _("{count} withdrawn ones")),
    (_("{count} reappearance"), _("{count} reappearances")),
)


def time(report: Report, _gettext: Gettext) -> str:
    return f"{sum(report.seconds.values()):.1f} s"


# -- last, a list each: what was done on its own, what to look at, what to mend ------------------------


def healed(report: Report, _content: str, _gettext: Gettext) -> list[str]:
    return [printable(f"{citing} >> {headline}") for citing, headline in report.healed]


def renumbered(report: Report, _content: str, _gettext: Gettext) -> list[str]:
    return [printable(f"W_SLUG: {id_}: /{url}") for id_, url in report.renumbered]


def remarks(report: Report, content: str, gettext: Gettext) -> list[str]:
    return remark_lines(report.remarks, content, gettext)


def remark_lines(found: Sequence[Remark], content: str, gettext: Gettext) -> list[str]:
    """A line each, the rarest kind first; of a frequent kind a few, and how many others."""
    by_kind = sorted(found, key=lambda one: (one.code, one.path))
    kinds = [list(group) for _code, group in groupby(by_kind, key=lambda one: one.code)]
    lines: list[str] = []
    for kind in sorted(kinds, key=lambda kind: (len(kind), kind[0].code)):
        told = kind if len(kind) <= MOST_OF_A_KIND else kind[:TOLD_OF_A_KIND]
        lines += [
            printable(f"{content}/{one.path}: {one.code}: ")
            + describe_warning(one.code, gettext, one.facts)
            for one in told
        ]
        if len(kind) > len(told):
            others = gettext("and {count} others").format(count=len(kind) - len(told))
            lines.append(f"{kind[0].code}: {others}")
    return lines


def reappearing(report: Report, _content: str, _gettext: Gettext) -> list[str]:
    return [printable(f"{was} -> {now}") for was, now in report.subscribers.reappearing]


def succeeded(report: Report, content: str, gettext: Gettext) -> list[str]:
    text = gettext("removed; its copy {copy} is published in its place")
    return [
        printable(f"{content}/{gone}: " + text.format(copy=f"{content}/{by}"))
        for gone, by in report.succeeded
    ]


def duplicates(report: Report, _content: str, _gettext: Gettext) -> list[str]:
    return [printable(f"W_DUPLICATE: {id_} = {of}") for id_, of in report.duplicates]


def conflict_copies(report: Report, content: str, _gettext: Gettext) -> list[str]:
    return [printable(f"W_COPY: {content}/{path} = {content}/{of}") for path, of in report.copies]


def editors_names(report: Report, content: str, gettext: Gettext) -> list[str]:
    place = f"{content}/{NAMES}"
    unused = gettext("unused: no article names {name}")
    return [printable(fault.report(gettext, place)) for fault in report.name_faults] + [
        printable(f"{place}:{one.line}: " + unused.format(name=one.name))
        for one in report.unused_names
    ]


def kept(report: Report, content: str, gettext: Gettext) -> list[str]:
    return [line(fault, content, gettext) for fault in report.kept_files]


def decisions(report: Report, content: str, gettext: Gettext) -> list[str]:
    unknown = gettext('no article "{id}" in the archive.')
    elsewhere = gettext('the article "{id}" is not of {day}.')
    told = [(named, unknown) for named in report.unknown_ids]
    told += [(named, elsewhere) for named in report.of_other_days]
    return [
        printable(
            f"{content}/{DECISIONS}:{named.line}: [[{named.kind}]]: "
            + words.format(id=named.id, day=named.day)
        )
        for named, words in sorted(told, key=lambda one: one[0].line)
    ]


def rejected(report: Report, content: str, gettext: Gettext) -> list[str]:
    return [line(found, content, gettext) for found in report.rejections]


# -- the screen, from top to bottom ----------------------------------------------------------------

NOTICES = (unreadable, made_anew, cannot_search)
ROWS = (
    (_("Received"), received),
    (_("Outcome"), outcome),
    (_("Embargo"), embargoes),
    (_("Links"), links),
    (_("Entities"), entities),
    (_("Stories"), stories),
    (_("Site"), nothing),
    (_("Pages"), pages),
    (_("Feeds"), feeds),
    (_("Subscribers"), subscribers),
    (_("Time"), time),
)
LISTS = (
    (_("Healed"), healed),
    (_("Same headline, same day"), renumbered),
    (_("To look at"), remarks),
    (_("Sent to subscribers once more"), reappearing),
    (_("Removed, but published all the same"), succeeded),
    (_("Published once"), duplicates),
    (_("Named like copies"), conflict_copies),
    (_("The editors' names"), editors_names),
    (_("Kept as last read"), kept),
    (_("The editors' decisions"), decisions),
    (_("Rejected"), rejected),
)


# -- what else a build says ------------------------------------------------------------------------


def refusal(error: BuildError, gettext: Gettext) -> str:
    """Why nothing was published: one line, or one for each setting at fault; what a line lists
    stands below it, indented."""
    stopped = gettext("Stopped: {reason}")
    return "\n".join(
        line if line.startswith("  ") else stopped.format(reason=line)
        for line in error.text(gettext).split("\n")
    )


def explain(reasons: Mapping[Page, str], console: Console, gettext: Gettext) -> None:
    """Each stale page with its reason, in the order of publication."""
    for page, reason in reasons.items():
        label = f"{page.kind} {page.name}".rstrip()
        console.print(Text(f"  {printable(label)}: {gettext(reason)}"), soft_wrap=True)
