"""An affair named again after more than a week: the same story, not two events alike.

What tells it from those is a rare name in both headlines, or two names, and a likeness well above
what makes a story within the week.
"""

from __future__ import annotations

from collections.abc import Sequence

from newsdigest.base.arrays import np
from newsdigest.entities.gazetteer import load_gazetteer
from newsdigest.entities.keys import entity_key
from newsdigest.relate.headlines import read
from newsdigest.relate.stories.bulletins import is_of_one_form
from newsdigest.relate.stories.likeness import Postings, Signature, enough, is_named
from newsdigest.relate.stories.window import Member, Parent, explained
from newsdigest.relate.terms import Term, tells

# How long an affair may rest; of those of its names the newest are looked at.
AFFAIR_DAYS = 30
MOST_EARLIER = 30
# In 1/64 bit: in one article of some 75, and of 25. A country is told less of.
RARE, TELLING = 400, 300
# How many times as alike as within the week, in tenths: where both headlines have a rare name that is
# no town's or company's, among so many terms they share; a rare one that is; any two names.
WITH_NAME, WITH_PLACE, WITH_TWO = 10, 25, 35
TERMS_WITH_NAME, TERMS_WITH_PLACE = 2, 3


def affair_terms(member: Member) -> tuple[str, ...]:
    """The names of the headline that tell an affair, which later articles are looked up by."""
    lang = read(member.headline).lang
    return tuple(term.term for term in member.terms if _names_affair(term, lang, TELLING))


def resumed(member: Member, earlier: Sequence[Member]) -> Parent | None:
    """Of articles of more than a week before the one whose affair `member` takes up again, the
    likest, of equals the latest; None if there is none."""
    announced = _announced(member)
    newest = sorted(earlier, key=lambda one: one.order)[-MOST_EARLIER:]
    # Most share one name alone: nothing more need be known of them.
    others = [one for one in newest if len(announced & _announced(one)) >= TERMS_WITH_NAME]
    if not others:
        return None
    signature, postings = Signature.of(member.id, member.terms), Postings()
    lang = read(member.headline).lang
    asked: list[tuple[Member, Signature, int]] = []
    for one in others:
        other = Signature.of(one.id, one.terms)
        wanted = _wanted(member, signature, other, lang)
        if wanted is not None:
            postings.file(len(asked), other)
            asked.append((one, other, wanted))
    if not asked:
        return None
    numbers, scores = postings.alike(signature)
    for at in np.lexsort((-numbers, -scores)):
        one, other, wanted = asked[int(numbers[at])]
        score = int(scores[at])
        if 10 * score < wanted * enough(signature, other):
            continue
        both = len(signature.names & other.names)
        if not is_of_one_form(member.headline, one.headline, both):
            return explained(signature, other, "similar", score)
    return None


def _announced(member: Member) -> set[str]:
    return {term.term for term in member.terms if term.headline}


def _wanted(member: Member, one: Signature, other: Signature, lang: str) -> int | None:
    """In tenths, how many times what makes a story they must be alike; None for no affair."""
    both = one.headline.keys() & other.headline.keys()
    # What a name is made of tells nothing more.
    both -= {part for name in both for side in (one, other) for part in side.parts.get(name, ())}
    names = both & one.names & other.names
    rare = [
        _is_known(term)
        for term in member.terms
        if term.term in names and _names_affair(term, lang, RARE)
    ]
    if False in rare and len(both) >= TERMS_WITH_NAME:
        return WITH_NAME
    if rare and len(both) >= TERMS_WITH_PLACE:
        return WITH_PLACE
    return WITH_TWO if len(names) > 1 else None


def _is_known(term: Term) -> bool:
    """Whether the world knows the name: of a town or a company there is other news."""
    known = load_gazetteer()
    return term.surface in known.kinds or entity_key(term.surface) in known.alike


def _names_affair(term: Term, lang: str, least: int) -> bool:
    return term.headline and is_named(term) and tells(term, lang) >= least
