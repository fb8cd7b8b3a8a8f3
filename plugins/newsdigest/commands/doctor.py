"""`invoke doctor`: whether this machine can build, and what to mend where it cannot. It reads only.

A check is a function of the ground to findings; `CHECKS` is the screen from top to bottom. The
checks of files and of the machine are in `doctor_checks`, those of the editors' files, the ledger and
of when things were last done in `doctor_desk`.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path

from newsdigest.base.errors import Gettext, _, printable
from newsdigest.base.i18n import translations
from newsdigest.base.settings import Settings
from newsdigest.commands import doctor_checks as checks
from newsdigest.commands import doctor_desk as desk
from newsdigest.commands.doctor_checks import BAD, GOOD, WARN, Finding

Check = Callable[[Settings, Path], Iterator[Finding]]

CHECKS: tuple[Check, ...] = (
    checks.python,
    checks.packages,
    checks.folders,
    checks.space,
    checks.file_system,
    checks.locks,
    checks.store,
    desk.editors_files,
    desk.standing_texts,
    desk.ledger_lines,
    checks.clock,
    desk.last_times,
    checks.terminal,
    checks.tools,
)
_STATES = {GOOD: _("well"), WARN: _("look"), BAD: _("bad")}


def examine(settings: Settings, root: Path, as_json: bool = False) -> int:
    """Print a line a finding; 1 if something must be mended before a build, else 0.

    `root` is the project's folder, where `constraints.txt` lies.
    """
    gettext = translations(settings.editor_lang).gettext
    found = [finding for check in CHECKS for finding in check(settings, root)]
    for one in found:
        told, mend = one.told(gettext)
        if as_json:
            record = {"check": one.check, "state": one.state, "message": told, "mend": mend}
            print(json.dumps(record, ensure_ascii=False))
        else:
            print(printable(f"{gettext(_STATES[one.state]):<10} {told} {mend}".rstrip()))
    bad = sum(one.state == BAD for one in found)
    if not as_json:
        print(_verdict(found, gettext))
    return 1 if bad else 0


def _verdict(found: list[Finding], gettext: Gettext) -> str:
    bad = sum(one.state == BAD for one in found)
    look = sum(one.state == WARN for one in found)
    if bad:
        text = gettext("{bad} to mend before the next build, {look} to look at.")
    elif look:
        text = gettext("Nothing to mend, {look} to look at: invoke build.")
    else:
        text = gettext("All is well: invoke build.")
    return text.format(bad=bad, look=look)
