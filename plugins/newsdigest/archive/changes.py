"""What differs in the archive since the last build, in the words the plan reasons with."""

from __future__ import annotations

from dataclasses import dataclass, field

from newsdigest.base.records import Remark


@dataclass(slots=True)
class EntityChange:
    """What happened to one entity's list of mentions.

    `shift` is the first position (an article's sort key) from which mentions moved along, None if
    none did; `touched` are positions whose entry alone changed. `renamed`: its name or address is
    another than pages that name it show. `paged`: it has a page now and had none, or has none any more.
    One that is new without a page is neither: who names it is new too, or retagged. `before` counts
    its articles as they were. `retyped`: lists that sort by type show it elsewhere now. `placed`: the
    editors put it elsewhere on maps.
    """

    shift: str | None = None
    touched: set[str] = field(default_factory=set)
    renamed: bool = False
    paged: bool = False
    retyped: bool = False
    placed: bool = False
    before: int = 0


@dataclass(slots=True)
class Subscribers:
    """What subscribers will see, in entries of feeds: `updated` ones say another time of update,
    `undeclared` of these because of an edit that nobody declared; `reappearing` are (id before,
    article) of those that readers will show once more as new; `moved` articles stand elsewhere though
    nobody moved them. `missing` are the withdrawn that nobody retracted.
    """

    new: int = 0
    updated: int = 0
    withdrawn: int = 0
    undeclared: int = 0
    reappearing: list[tuple[str, str]] = field(default_factory=list)
    moved: list[str] = field(default_factory=list)
    missing: set[str] = field(default_factory=set)


@dataclass(slots=True)
class Changes:
    """Articles by id, entities by number, days as `YYYY-MM-DD`; a site never built has no past.

    `edited` articles show other words or links than before, `moved` ones only another address;
    `retagged` articles are the same and name other entities, or by another type; `relinked` have a
    `>>` line that changed state; `cited` have another list of citing articles or copies;
    `restoried` are in another story, or in one called otherwise; `followed` have others just after
    or before them in theirs; `resuggested` suggest others. `stories` are ids of stories whose page may differ,
    `gone_stories` slugs given up, `story_slugs` those of which others changed what the ledger says,
    `story_months` the first months of stories whose page came, went, was renamed or begins otherwise,
    `stories_aged` that the archive's newest month is another. `listed` are the articles that are in
    another story with a page than before, or in one called otherwise: lists and feeds, and the pages of
    whom they name, tell it.
    `picked` are the days on which editors put others first.
    `neighbours` follow or precede another article than before. `initials` are the parts of a large
    A-Z index in which a name came, went or changed. `labels` are the (kind, label) of articles that
    came, went, or are shown otherwise in lists. `healed` are (citing article,
    headline) of `>>` lines that waited in an earlier build and are now linked. `succeeded` are (file
    deleted, its exact copy that is published in its place). `corrections` are the months (`YYYY-MM`) in
    which one came, went or is told otherwise. `remarks` are of the files that are new or
    differ. `readdressed` are addresses in lines of the ledger that others wrote or took away. `retracted`
    are the articles retracted since; `feeds`, as (kind, name), those in which some was, or no longer is;
    `retracted_months` those (`YYYY-MM`) in which what is said of a retraction differs was first published.
    `pictures` are the digests of those that standing articles have now, or had, and did not or do not.
    `standing` are the texts beside the news that the editors changed.
    `undeclared` are the published articles of whose edit nobody said what it is. `read_anew` counts known files whose
    content differs; `items_came` and `items_went` by how many articles more than their files packages
    came and went. `knew_files`: the store held some, so that what was removed is told here.
    """

    added: set[str] = field(default_factory=set)
    edited: set[str] = field(default_factory=set)
    removed: set[str] = field(default_factory=set)
    moved: set[str] = field(default_factory=set)
    relinked: set[str] = field(default_factory=set)
    retagged: set[str] = field(default_factory=set)
    cited: set[str] = field(default_factory=set)
    restoried: set[str] = field(default_factory=set)
    followed: set[str] = field(default_factory=set)
    resuggested: set[str] = field(default_factory=set)
    stories: set[str] = field(default_factory=set)
    gone_stories: set[str] = field(default_factory=set)
    story_slugs: set[str] = field(default_factory=set)
    story_months: set[str] = field(default_factory=set)
    stories_aged: bool = False
    listed: set[str] = field(default_factory=set)
    neighbours: set[str] = field(default_factory=set)
    days: set[str] = field(default_factory=set)
    picked: set[str] = field(default_factory=set)
    entities: dict[int, EntityChange] = field(default_factory=dict)
    initials: set[str] = field(default_factory=set)
    labels: set[tuple[str, str]] = field(default_factory=set)
    gone_entities: set[str] = field(default_factory=set)
    healed: list[tuple[str, str]] = field(default_factory=list)
    succeeded: list[tuple[str, str]] = field(default_factory=list)
    corrections: set[str] = field(default_factory=set)
    remarks: list[Remark] = field(default_factory=list)
    readdressed: set[str] = field(default_factory=set)
    undeclared: list[str] = field(default_factory=list)
    subscribers: Subscribers = field(default_factory=Subscribers)
    retracted: set[str] = field(default_factory=set)
    standing: set[str] = field(default_factory=set)
    feeds: set[tuple[str, str]] = field(default_factory=set)
    retracted_months: set[str] = field(default_factory=set)
    pictures: set[str] = field(default_factory=set)
    read_anew: int = 0
    items_came: int = 0
    items_went: int = 0
    knew_files: bool = True

    def entity(self, number: int) -> EntityChange:
        """The change of this entity, to be filled in."""
        return self.entities.setdefault(number, EntityChange())

    def __bool__(self) -> bool:
        return bool(self.added or self.edited or self.removed or self.moved or self.relinked)
