"""A surname alone, or one with an initial, and the only person of the archive who bears it: for an
editor to say whether they are one ("Trump" and "Donald Trump")."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from newsdigest.entities.forms import folded_name, is_initialed
from newsdigest.entities.names import is_vietnamese_surname
from newsdigest.entities.short import is_given_name, short_forms_of


def only_bearers(people: Iterable[str]) -> Iterator[tuple[str, str]]:
    """(full name, short form) of each short form among the names that one full name alone bears.

    Never a first name, nor a Vietnamese family name: half of the country shares a dozen of them.
    """
    names = sorted(set(people))
    bearers: dict[str, set[str]] = {}
    for name in names:
        for short in short_forms_of(name):
            bearers.setdefault(short, set()).add(name)
    for name in names:
        if is_given_name(name) or is_vietnamese_surname(name):
            continue
        if short_forms_of(name) and not is_initialed(name):
            continue
        meant = bearers.get(" ".join(folded_name(name)), set()) - {name}
        if len(meant) == 1:
            yield meant.pop(), name
