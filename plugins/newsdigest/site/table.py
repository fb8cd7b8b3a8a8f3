"""The table of page kinds in `docs/architecture.md`: `python -m newsdigest.site.table` prints it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from newsdigest.archive.facts import Fact
from newsdigest.site.kind import Bundle, Feed, Html, PageKind
from newsdigest.site.kinds import KINDS


def table(kinds: Iterable[PageKind]) -> str:
    """The kinds in the order of publication, as Markdown."""
    rows = (f"| {' | '.join(_cells(kind))} |" for kind in kinds)
    return "\n".join(("| kind | form | address | reads | mapped |", "|---|---|---|---|---|", *rows))


def _cells(kind: PageKind) -> Iterator[str]:
    yield f"`{kind.name}`"
    yield f"template `{kind.template}`" if isinstance(kind, Html) else _form(kind)
    yield ", ".join(f"`{address.pattern or '/'}`" for address in kind.addresses) or "their names"
    yield _facts(kind.reads)
    yield "yes" if PageKind.__dataclass_fields__["mapped"].default is not kind.mapped else ""


def _form(kind: PageKind) -> str:
    return "feed" if isinstance(kind, Feed) else "files" if isinstance(kind, Bundle) else "data"


def _facts(facts: frozenset[Fact]) -> str:
    """By name; what is left out where that is shorter."""
    missing = [fact.name.lower() for fact in Fact if fact not in facts]
    if len(missing) < len(facts):
        return "all but " + ", ".join(missing) if missing else "all"
    return ", ".join(fact.name.lower() for fact in Fact if fact in facts)


if __name__ == "__main__":
    print(table(KINDS))
