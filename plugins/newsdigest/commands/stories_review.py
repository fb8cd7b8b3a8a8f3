"""`invoke story` and `invoke doubles`: what the archive takes for one story, or for one dispatch."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from itertools import groupby

from newsdigest.archive.readers import Archive
from newsdigest.archive.stories import Member
from newsdigest.base.errors import Gettext, printable
from newsdigest.base.i18n import translations
from newsdigest.base.records import StoryCard
from newsdigest.base.settings import Settings
from newsdigest.commands.links_review import decision_lines
from newsdigest.commands.screen import asks_the_archive
from newsdigest.commands.show import built_archive, shown, why_member
from newsdigest.relate import copies
from newsdigest.relate.stories.threads import quiet_since
from newsdigest.text.dates import iso_day


@asks_the_archive
def review_stories(settings: Settings, slugs: Sequence[str]) -> int:
    """Print these stories, or the list of all that have a page; 1 if one is unknown."""
    gettext = translations(settings.editor_lang).gettext
    archive = built_archive(settings, gettext)
    if archive is None:
        return 1
    if not slugs:
        _print_stories(archive, gettext)
    code = 0
    for slug in slugs:
        found = archive.stories.known(slug)
        if found is None:
            message = gettext('no story "{slug}" in the archive.')
            print(message.format(slug=printable(slug)), file=sys.stderr)
            code = 1
        else:
            _print_story(archive, *found, gettext)
    return code


# -- all stories ---------------------------------------------------------------------------------


def _print_stories(archive: Archive, gettext: Gettext) -> None:
    cards = archive.stories.cards()
    every = archive.stories.count()
    text = gettext("Stories with a page: {count}; of two articles, without one: {pairs}")
    print(text.format(count=len(cards), pairs=every - len(cards)))
    newest = archive.periods.newest_day()
    for card in cards:
        print(shown(f"{card.slug}  {card.title}"))
        print(f"  {_life(card, newest, gettext)}")


def _life(card: StoryCard, newest: str, gettext: Gettext) -> str:
    quiet = quiet_since(iso_day(card.last), newest)
    state = gettext("quiet since {day}").format(day=quiet) if quiet else gettext("running")
    text = gettext("articles {count}, from {first} to {last}; {state}")
    return text.format(count=card.articles, first=card.first, last=card.last, state=state)


# -- one story -----------------------------------------------------------------------------------


def _print_story(archive: Archive, story: str, card: StoryCard, gettext: Gettext) -> None:
    print(shown(f"{card.slug}  {card.title}"))
    print(f"  {_life(card, archive.periods.newest_day(), gettext)}")
    if card.url:
        print(shown(f"  {card.url}"))
    members = archive.stories.members(story)
    parents = archive.stories.parents(story)
    for place, member in enumerate(members, start=1):
        head = member.card
        print(shown(f"  {place}. {head.day}  {head.id}  {head.headline}"))
        reason = why_member(member.membership, place == 1, gettext, parents[head.id])
        print(shown(f"     {reason}"))
    waiting = archive.stories.waiting_in(story)
    if waiting:
        print("  " + gettext("cited there, not published here:"))
    for headline, day in waiting:
        print(shown(f"    {day}  >> {headline}"))
    for text in _story_decisions(card, members, gettext):
        print(f"    {text}")


def _story_decisions(card: StoryCard, members: Sequence[Member], gettext: Gettext) -> list[str]:
    """What may be decided of the story, as lines of `decisions.toml` to be pasted and adapted."""
    first, last = members[0].card.id, members[-1].card.id
    return [
        "# " + gettext("this article begins a story of its own, with those that follow it"),
        *decision_lines("split", ("article", last)),
        "# " + gettext("the article of this id belongs to this story"),
        *decision_lines("join", ("article", "ID"), ("to", first)),
        "# " + gettext("how the story is called"),
        *decision_lines("title", ("article", first), ("title", card.title)),
    ]


# -- doubles -------------------------------------------------------------------------------------


@asks_the_archive
def review_doubles(settings: Settings) -> int:
    """Print the copies folded under each leader, the newest leader first."""
    gettext = translations(settings.editor_lang).gettext
    archive = built_archive(settings, gettext)
    if archive is None:
        return 1
    rows = archive.reviews.articles.folds()
    folds = [list(group) for _, group in groupby(rows, key=lambda fold: fold.leader.id)]
    text = gettext("Folded copies: {copies}; articles they are folded under: {leaders}")
    print(text.format(copies=len(rows), leaders=len(folds)))
    for fold in folds:
        head = fold[0].leader
        print(shown(f"{head.id}  {head.day}  {head.credit}  {head.headline}"))
        for folded in fold:
            card = folded.copy
            share = copies.containment(folded.leader_sketch, folded.copy_sketch)
            told = share_told(share, folded.like, gettext)
            print(shown(f"  {card.id}  {card.day}  {card.credit}  {told}"))
            for line in decision_lines("apart", ("article", card.id), ("other", head.id)):
                print(f"    {line}")
    return 0


def share_told(share: float, of: str, gettext: Gettext) -> str:
    """How much of the shorter text the other holds; a copy may be like another copy only."""
    if share:
        return gettext("in common: {percent} %").format(percent=round(share * 100))
    return gettext("by way of {article}").format(article=of)
