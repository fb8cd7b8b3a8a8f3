"""`invoke publish`: a build that ends where readers are; and what the next one would change.

Undeclared edits are asked about while nothing is noted yet: who says no has lost nothing.
"""

from __future__ import annotations

import logging
import os
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from newsdigest.base.errors import BuildError, _
from newsdigest.base.i18n import translations
from newsdigest.base.ledger import Entry
from newsdigest.base.settings import Settings
from newsdigest.build import Outcome
from newsdigest.commands import rollback
from newsdigest.commands.diff import Versions, show_diff
from newsdigest.commands.screen import Screen
from newsdigest.commands.sent import show_sent
from newsdigest.commands.show import shown
from newsdigest.rehearsal import PUBLISH, Rehearsal, rehearsal
from newsdigest.releases.compare import Change
from newsdigest.releases.named import target_named
from newsdigest.sending import kept_of
from newsdigest.site.kind import load_kinds
from newsdigest.site.settings import settings_from
from pelican.log import init as init_logging

from incremental_build import LeFil, interruption, refuse
from incremental_build.command import read, read_values, run_build


@dataclass(frozen=True, slots=True)
class Publishing:
    """How a publication differs from a build."""

    full: bool = False

    def __call__(self, settings: Settings) -> Settings:
        return replace(settings, publishes=True, releases=True, compares=self.full, command=PUBLISH)


def publish(
    settings_file: str,
    overrides: Mapping[str, Any],
    full: bool = False,
    yes: bool = False,
    json_file: str = "",
) -> int:
    """Build, and send what changed to the target; the exit code."""
    settings = read(settings_file)
    console = Screen()
    try:
        _need_tool(settings)
    except BuildError as error:
        return refuse(error, settings.editor_lang, console)
    gate = Asking(settings.editor_lang, yes, console)
    return run_build(settings_file, overrides, json_file, adjust=Publishing(full), gate=gate)


def rehearse(settings_file: str, overrides: Mapping[str, Any], full: bool = False) -> int:
    """Say what a publication would do; nothing is written anywhere. The exit code."""
    console = Screen()
    edited: list[Entry] = []

    def tell(settings: Settings, outcome: Outcome, _place: Rehearsal) -> int:
        gettext = translations(settings.editor_lang).gettext
        assert outcome.sent
        show_sent(outcome.sent, settings, console, gettext)
        if edited:
            list_edited(edited, console, settings.editor_lang)
            console.print(gettext("invoke publish will ask about them."))
        return 0

    return in_rehearsal(settings_file, overrides, tell, edited.extend, full)


def roll_back(settings_file: str, number: str) -> int:
    """Put an earlier publication back, or list them for ""; the exit code."""
    settings = read(settings_file)
    try:
        if not number:
            return rollback.list_publications(settings)
        _need_tool(settings)
        return rollback.roll_back(settings, rollback.number_of(number))
    except BuildError as error:
        return refuse(error, settings.editor_lang, Screen())


def diff(settings_file: str, typed: str) -> int:
    """Say in words what the next publication would change; nothing is written. The exit code."""

    def tell(settings: Settings, outcome: Outcome, place: Rehearsal) -> int:
        kept = kept_of(settings)

        def read_both(change: Change) -> Versions:
            before = after = b""
            if change.before:
                before = kept.bytes_of(change.before.digest) or place.before(change.path)
            if change.after:
                after = place.read(change.path)
            return Versions(change, before, after)

        assert outcome.sent
        feed = settings.addresses.of(load_kinds(settings.kinds)["all_feed"].addresses[0])
        return show_diff(settings, outcome.sent.changes, read_both, feed, typed)

    return in_rehearsal(settings_file, {}, tell)


def in_rehearsal(
    settings_file: str,
    overrides: Mapping[str, Any],
    then: Callable[[Settings, Outcome, Rehearsal], int],
    gate: Callable[[Sequence[Entry]], None] = lambda edited: None,
    full: bool = False,
) -> int:
    """Rehearse the next publication and do something with its outcome; the exit code."""
    init_logging(level=logging.WARNING)
    settings = read(settings_file)
    console = Screen(stderr=True)
    try:
        _need_tool(settings)
        with rehearsal(settings) as place:
            host = LeFil(read_values(settings_file, {**overrides, **place.places}))
            rehearsed = place(settings_from(host.settings, os.environ))
            rehearsed = replace(rehearsed, compares=full)
            return then(rehearsed, host.build(rehearsed, console, gate), place)
    except BuildError as error:
        return refuse(error, settings.editor_lang, console)
    except KeyboardInterrupt:
        return refuse(interruption(), settings.editor_lang, console)


def _need_tool(settings: Settings) -> None:
    """Raise TargetError, before anything is built, where what leads to the target is missing."""
    if settings.target:
        target_named(settings.target)


class Asking:
    """Whether to publish edits of which nobody said what they are."""

    def __init__(self, lang: str, yes: bool, console: Screen) -> None:
        self.lang = lang
        self.yes = yes
        self.console = console

    def __call__(self, edited: Sequence[Entry]) -> None:
        """Raises BuildError where the answer is no, or nobody is there to give one."""
        if not edited:
            return
        gettext = translations(self.lang).gettext
        list_edited(edited, self.console, self.lang)
        if self.yes:
            return
        if not (sys.stdin.isatty() and sys.stdout.isatty()):
            raise BuildError(
                _("{count} edits of published articles are undeclared: nothing was published."),
                _("Declare each (invoke correct ID), or type: invoke publish --yes"),
                count=len(edited),
            )
        question = gettext("Publish them as they are? Subscribers get them as updated. [y/N] ")
        if answer_to(question) not in gettext("y yes").split():
            raise BuildError(
                _("nothing was published."),
                _("Declare each edit (invoke correct ID), then type: invoke publish"),
            )


def answer_to(question: str) -> str:
    """What was typed, "" for who left instead (Ctrl-D)."""
    try:
        return input(question).strip().lower()
    except EOFError:
        print()
        return ""


def list_edited(edited: Sequence[Entry], console: Screen, lang: str) -> None:
    """Each article that was edited without a word, with the wording that changed."""
    gettext = translations(lang).gettext
    console.print(gettext("Edited since they were published, and undeclared:"), style="bold")
    for entry in edited:
        lines = [f"  {entry.id}  {entry.headline}"]
        lines += [f"    « {old} » → « {new} »" for old, new in entry.edits[-1].changes[:3]]
        console.print("\n".join(map(shown, lines)), markup=False, soft_wrap=True)
