"""What a build did, counted, and as JSON; report_screen.py shows it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, field
from datetime import datetime
from operator import attrgetter
from typing import Any
from zoneinfo import ZoneInfo

from newsdigest.archive.changes import Changes, Subscribers
from newsdigest.archive.counts import Counts
from newsdigest.archive.reviews import Reviews
from newsdigest.base.clock import WITHHELD
from newsdigest.base.errors import (
    EditorsFileError,
    Gettext,
    describe,
    describe_warning,
)
from newsdigest.base.records import Rejection, Remark, SiteFile
from newsdigest.base.settings import ParseRules
from newsdigest.editors_files import InForce
from newsdigest.entities.curated.file import CuratedEntity, Fault
from newsdigest.read.scan import Scan
from newsdigest.relate.decisions import Named
from newsdigest.relate.stories.threads import PAGE_FROM


@dataclass(frozen=True, slots=True)
class Embargoes:
    """How many articles are under embargo, and when the next may be published: both moments are
    told in the site's zone. `at` is the build's."""

    count: int = 0
    next: datetime | None = None
    at: datetime | None = None

    def as_json(self) -> dict[str, Any]:
        return {"count": self.count, "next": self.next.isoformat() if self.next else None}

    def text(self, gettext: Gettext) -> str:
        """« 3 sous embargo, le prochain demain 06:00 »; "" for none."""
        if self.next is None or self.at is None:
            return ""
        days = (self.next.date() - self.at.date()).days
        near = {0: gettext("today {time}"), 1: gettext("tomorrow {time}")}
        when = near.get(days, gettext("{day} at {time}"))
        return gettext("{count} under embargo, the next {when}").format(
            count=self.count,
            when=when.format(day=f"{self.next:%Y-%m-%d}", time=f"{self.next:%H:%M}"),
        )


@dataclass(frozen=True, slots=True)
class Pictures:
    """How many picture files an article shows, cannot show, and how many are no article's."""

    used: int = 0
    rejected: int = 0
    unused: int = 0


@dataclass(slots=True)
class Report:
    """The counts of one build. All that is found is in exactly one of the seven outcomes: every file,
    and instead of each of the `packages` among the `files` the articles that it holds.

    A kept article counts as kept, not as published, though it is on the site. A picture that an article
    shows counts as such; one that cannot be shown is rejected too, one of no article ignored.
    """

    found: int = 0
    files: int = 0
    packages: int = 0
    published: int = 0
    draft: int = 0
    duplicate: int = 0
    kept: int = 0
    rejected: int = 0
    ignored: int = 0
    retracted: int = 0
    new: int = 0
    changed: int = 0
    removed: int = 0
    folded: int = 0
    stories: int = 0
    rejections: list[Rejection] = field(default_factory=list)
    kept_files: list[Rejection] = field(default_factory=list)
    duplicates: list[tuple[str, str]] = field(default_factory=list)
    succeeded: list[tuple[str, str]] = field(default_factory=list)
    renumbered: list[tuple[str, str]] = field(default_factory=list)
    copies: list[tuple[str, str]] = field(default_factory=list)
    name_faults: list[Fault] = field(default_factory=list)
    unused_names: list[CuratedEntity] = field(default_factory=list)
    unreadable: list[EditorsFileError] = field(default_factory=list)
    unknown_ids: list[Named] = field(default_factory=list)
    of_other_days: list[Named] = field(default_factory=list)
    remarks: list[Remark] = field(default_factory=list)
    subscribers: Subscribers = field(default_factory=Subscribers)
    warnings: dict[str, int] = field(default_factory=dict)
    linked: int = 0
    ambiguous: int = 0
    waiting: int = 0
    refused: int = 0
    healed: list[tuple[str, str]] = field(default_factory=list)
    entities: dict[str, int] = field(default_factory=dict)
    pages_written: int = 0
    pages_kept: int = 0
    pages_deleted: int = 0
    feeds_written: int = 0
    feeds_kept: int = 0
    edition: str = ""
    pictures: Pictures = field(default_factory=Pictures)
    embargoes: Embargoes = field(default_factory=Embargoes)
    made_anew: str = ""
    cannot_search: bool = False
    nothing_changed: bool = False
    seconds: dict[str, float] = field(default_factory=dict)

    @property
    def accounted_for(self) -> int:
        apart = self.draft + self.duplicate + self.kept + self.rejected + self.ignored
        return self.published + apart + self.retracted + self.pictures.used

    @property
    def adds_up(self) -> bool:
        return self.found == self.accounted_for

    def tell_of_editors_files(self, editors: InForce, asked: Reviews) -> None:
        """Add what is wrong with the editors' files, and what in them has no effect."""
        self.unreadable = list(editors.unreadable)
        self.name_faults = list(editors.name_faults)
        self.unused_names = asked.names.unused(editors.meaning.curated)
        self.unknown_ids = asked.articles.unknown_ids(editors.meaning.decisions)
        self.of_other_days = asked.articles.of_other_days(editors.meaning.decisions)

    def tell_of_embargoes(self, ends: Sequence[datetime], rules: ParseRules) -> None:
        """Add how many articles are under embargo; `ends` are their ends, the next first."""
        zone = ZoneInfo(rules.timezone)
        # What has no end is a draft, of an agency's or the editors': there is nothing to wait for.
        ends = [end for end in ends if end < WITHHELD]
        next_ = ends[0].astimezone(zone) if ends else None
        self.embargoes = Embargoes(len(ends), next_, rules.now.astimezone(zone))

    def count_published(
        self,
        staged: Iterable[SiteFile],
        feeds: set[str],
        others: set[str],
        written: set[str],
        deleted: int,
    ) -> None:
        """Add what publication did: files written, files whose bytes were already right.

        `feeds` are the kinds that are feeds, `others` those that are neither feeds nor pages.
        """
        for file in staged:
            new = file.path in written
            if file.kind in feeds:
                self.feeds_written += new
                self.feeds_kept += not new
            elif file.kind not in others:
                self.pages_written += new
                self.pages_kept += not new
        self.pages_deleted = deleted

    def as_json(self, gettext: Gettext) -> dict[str, Any]:
        """The report's fixed form; `message` and `hint` are translated."""
        return {
            **{name: getattr(self, name) for name in _COUNTS},
            "rejections": [rejection_json(rejection, gettext) for rejection in self.rejections],
            "kept_files": [rejection_json(fault, gettext) for fault in self.kept_files],
            "duplicates": [{"path": path, "of": of} for path, of in self.duplicates],
            "succeeded": [{"path": gone, "by": by} for gone, by in self.succeeded],
            "renumbered": [{"id": id_, "url": f"/{url}"} for id_, url in self.renumbered],
            "copies": [{"path": path, "original": of} for path, of in self.copies],
            "warnings": self.warnings,
            "remarks": [
                {
                    "path": remark.path,
                    "code": remark.code,
                    "message": describe_warning(remark.code, gettext, remark.facts),
                }
                for remark in self.remarks
            ],
            "embargoes": self.embargoes.as_json(),
            "pictures": asdict(self.pictures),
            "links": {
                "linked": self.linked,
                "ambiguous": self.ambiguous,
                "waiting": self.waiting,
                "healed": len(self.healed),
            },
            "healed": [{"id": citing, "headline": headline} for citing, headline in self.healed],
            "refused": self.refused,
            "entities": self.entities,
            "stories": self.stories,
            "pages": {
                "written": self.pages_written,
                "kept": self.pages_kept,
                "deleted": self.pages_deleted,
            },
            "feeds": {"written": self.feeds_written, "kept": self.feeds_kept},
            "names": {
                "faults": [
                    {"line": fault.line, "code": fault.code, "message": fault.text(gettext)}
                    for fault in self.name_faults
                ],
                "unused": [{"line": line.line, "name": line.name} for line in self.unused_names],
            },
            "editors_files": [
                {"file": error.facts["file"], "line": error.line, "message": message, "hint": hint}
                for error in self.unreadable
                for message, hint in [error.told(gettext)]
            ],
            "decisions": {
                "unknown": [
                    {"kind": named.kind, "id": named.id, "line": named.line}
                    for named in self.unknown_ids
                ],
                "of_other_days": [
                    {"kind": named.kind, "id": named.id, "line": named.line, "day": named.day}
                    for named in self.of_other_days
                ],
            },
            "subscribers": {
                "new": self.subscribers.new,
                "updated": self.subscribers.updated,
                "withdrawn": self.subscribers.withdrawn,
                "reappearing": len(self.subscribers.reappearing),
            },
            "seconds": {stage: round(spent, 3) for stage, spent in self.seconds.items()},
        }


_COUNTS = (
    "found", "files", "packages", "published", "draft", "duplicate", "kept", "rejected", "ignored", "retracted", "folded",
    "new", "changed", "removed",
)  # fmt: skip


def tally(
    counts: Counts,
    pictures_of: Sequence[tuple[str, Rejection | None]],
    scan: Scan,
    changes: Changes,
    made_anew: str,
    seconds: dict[str, float],
) -> Report:
    """Count the archive as it stands after settling; `pictures_of` are the picture files of articles."""
    outcomes, states, links = counts.outcomes(), counts.states(), counts.links()
    duplicates, renumbered = counts.duplicates(), counts.renumbered()
    packages, in_packages = counts.packages()

    pictures, faults = _pictures(scan, pictures_of)

    def read(state: str) -> int:
        """How many articles of this state have a file that was read."""
        return states[state].articles - states[state].kept if state in states else 0

    return Report(
        found=scan.found - packages + in_packages,
        files=scan.found,
        packages=packages,
        published=read("published") + read("folded"),
        folded=states["folded"].articles if "folded" in states else 0,
        draft=read("draft"),
        duplicate=read("duplicate"),
        kept=outcomes.get("kept", 0),
        rejected=outcomes.get("rejected", 0) + pictures.rejected,
        ignored=outcomes.get("ignored", 0) + pictures.unused,
        pictures=pictures,
        retracted=outcomes.get("retracted", 0),
        new=scan.new + changes.items_came,
        changed=changes.read_anew,
        removed=len(scan.gone) + changes.items_went,
        rejections=sorted([*counts.faults("rejected"), *faults], key=attrgetter("path")),
        kept_files=counts.faults("kept"),
        duplicates=duplicates,
        succeeded=changes.succeeded,
        remarks=sorted(changes.remarks, key=attrgetter("path", "code")),
        subscribers=changes.subscribers,
        renumbered=renumbered,
        copies=list(scan.copies),
        warnings=_warnings(counts, len(duplicates), len(renumbered), len(scan.copies)),
        linked=links.get("linked", 0),
        ambiguous=links.get("ambiguous", 0),
        waiting=links.get("waiting", 0),
        refused=links.get("refused", 0),
        healed=changes.healed,
        entities=counts.entities(),
        stories=counts.stories(PAGE_FROM),
        made_anew=made_anew,
        seconds=seconds,
    )


def _pictures(
    scan: Scan, files: Sequence[tuple[str, Rejection | None]]
) -> tuple[Pictures, list[Rejection]]:
    """The picture files of the walk, and why some are not shown."""
    found = {path: fault for path, fault in files if path in scan.pictures}
    faults = [fault for fault in found.values() if fault]
    used = len(found) - len(faults)
    return Pictures(used, len(faults), len(scan.pictures) - len(found)), faults


def _warnings(counts: Counts, duplicates: int, renumbered: int, copies: int) -> dict[str, int]:
    told = {
        **counts.warnings(),
        "W_DUPLICATE": duplicates,
        "W_SLUG": renumbered,
        "W_COPY": copies,
    }
    return {code: count for code, count in sorted(told.items()) if count}


def rejection_json(rejection: Rejection, gettext: Gettext) -> dict[str, Any]:
    """A rejection in the report's fixed form."""
    message, hint = describe(rejection, gettext)
    return {
        "path": rejection.path,
        "line": rejection.line,
        "code": rejection.code,
        "message": message,
        "hint": hint,
    }
