"""What can go wrong, and how the editor is told.

    LeFilError                  anything this house raises on purpose
    └── BuildError              the build stops; the old site stays (exit code 1)
        ├── EditorsFileError    decisions.toml or entities.tsv cannot be read, and never could
        ├── SettingsError       settings that cannot be used, a line each
        ├── StrictError         --strict, and something was rejected (exit code 2)
        ├── VerificationError   the counts or the pages do not add up (exit code 3)
        ├── LeakError           a file would tell of what is under embargo, or was retracted (exit code 3)
        ├── RemovalsError       more would leave the site than the settings allow (exit code 4)
        └── ResendingError      more would come to subscribers once more (exit code 4)

A file that cannot become an article is no exception: it is a `Rejection`, a value the build
collects. `MESSAGES` says for every code what is wrong and what to do, `WARNINGS` what was mended
or is odd in an article that is published all the same.

Sentences are English msgids with {named} facts, marked by `_` for extraction, and translated when
they are shown, in the editor's language (`newsdigest.base.i18n`). Here stand those of E_ and W_
codes; those of what stops a build (BuildError, a setting's fault) where it is raised; those of lines of entities.tsv (E_ENTITY_) in
`newsdigest.entities.curated.file`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

from newsdigest.base.records import Rejection

Gettext = Callable[[str], str]


def _(message: str) -> str:
    """Mark a msgid for extraction; it is translated later, where it is shown."""
    return message


class LeFilError(Exception):
    """`message` and `hint` are msgids, `facts` fill their {named} places."""

    def __init__(self, message: str, hint: str = "", **facts: str | int) -> None:
        super().__init__(message, hint)
        self.message = message
        self.hint = hint
        self.facts = facts

    def __str__(self) -> str:
        return self.text(str)

    def text(self, gettext: Gettext) -> str:
        """One line: what is wrong, what to do."""
        parts = (_fill(part, self.facts, gettext) for part in (self.message, self.hint) if part)
        return " ".join(parts)


class BuildError(LeFilError):
    exitcode = 1


class EditorsFileError(BuildError):
    """A file the editors keep cannot be read; the facts hold its name as `file`."""

    @property
    def line(self) -> int:
        """The line at fault, 1 for the file as a whole."""
        return int(self.facts.get("line", 1))

    def told(self, gettext: Gettext) -> tuple[str, str]:
        """(what is wrong, what to do), translated."""
        return _fill(self.message, self.facts, gettext), _fill(self.hint, self.facts, gettext)


class SettingsError(BuildError):
    """Settings that cannot be used: one fault each, one line each."""

    def __init__(self, faults: Sequence[LeFilError]) -> None:
        super().__init__("")
        self.faults = tuple(faults)

    def text(self, gettext: Gettext) -> str:
        return "\n".join(fault.text(gettext) for fault in self.faults)


class StrictError(BuildError):
    exitcode = 2


class VerificationError(BuildError):
    exitcode = 3


class LeakError(BuildError):
    exitcode = 3


class RemovalsError(BuildError):
    exitcode = 4


class ResendingError(BuildError):
    exitcode = 4


class Message(NamedTuple):
    """A wording that may be used when the rejection holds all the facts it `needs`."""

    text: str
    hint: str = ""
    needs: tuple[str, ...] = ()


_AS_TEXT = _("Export the article as plain text.")
_AS_UTF8 = _("Save the file as UTF-8.")
_NOT_SHOWN = _(
    "Export it as JPEG, PNG, WebP, AVIF, GIF or TIFF. Until then its article stands without it."
)

# For each code the wordings from the most to the least particular; the last one always fits.
MESSAGES: dict[str, tuple[Message, ...]] = {
    "E_EMPTY": (Message(_("the file is empty."), _("Delete it or paste the article again.")),),
    "E_BINARY": (
        Message(
            _("this is an Outlook message."),
            _("Save it from Outlook as plain text, or drag it into another mail program: .eml."),
            ("outlook",),
        ),
        Message(_("this is not text but {kind}."), _AS_TEXT, ("kind",)),
        Message(_("this is not text: NUL byte at {offset}."), _AS_TEXT, ("offset",)),
        Message(
            _("this is not text: {percent} bytes in 100 are controls."), _AS_TEXT, ("percent",)
        ),
        Message(_("this is not text."), _AS_TEXT),
    ),
    "E_ENCODING": (
        Message(
            _(
                "byte {byte} at {offset} (line {line}) is neither UTF-8"
                " nor consistent Windows-1252."
            ),
            _AS_UTF8,
            ("byte",),
        ),
        Message(_("the file claims to be UTF-16 but is not from byte {offset} on."), _AS_UTF8),
    ),
    "E_WRONG_KIND": (Message(_("this looks like {kind}."), _("Rename the file {suffix}.")),),
    "E_TOO_LARGE": (
        Message(_("{size} bytes, the limit is {limit}."), _("Put one article in each file.")),
    ),
    "E_UNREADABLE": (
        Message(
            _("permission to read it is denied."),
            _("Give the build the right to read it."),
            ("denied",),
        ),
        Message(
            _("it cannot be read ({reason})."),
            _("Check the disk, then run the build again."),
        ),
    ),
    "E_VANISHED": (Message(_("it disappeared during the build."), _("Run the build again.")),),
    "E_NOT_FILE": (
        Message(
            _("this is not a regular file."),
            _("Put a text file in its place, or take it out of the content folder."),
        ),
    ),
    "E_OUTSIDE": (
        Message(
            _("the link leads outside the content folder, to {target}."),
            _("Copy the file here instead of linking to it."),
        ),
    ),
    "E_CONFLICT_COPY": (
        Message(
            _("a sync tool kept this copy beside {original}: it is not published."),
            _("Bring what is right in it into {original}, then delete it, or rename it."),
        ),
    ),
    "E_SAME_ID": (
        Message(
            _('"{this}" and "{other}" are one name, its accents encoded in two ways.'),
            _("Keep one of the two, or rename one."),
            ("this",),
        ),
        Message(
            _("only the suffix sets this file apart from {other}."),
            _("Rename one of the two."),
        ),
    ),
    "E_PICTURE": (
        Message(_("the picture's file is empty."), _NOT_SHOWN, ("empty",)),
        Message(
            _("the picture is broken or cut short."),
            _("Export it once more. Until then its article stands without it."),
            ("broken",),
        ),
        Message(_("a picture cannot be shown as {kind}."), _NOT_SHOWN, ("kind",)),
        Message(_("this is no picture that can be shown."), _NOT_SHOWN),
    ),
    "E_PICTURE_SIZE": (
        Message(
            _("a picture of {size} bytes, the limit is {limit}."),
            _("Make it smaller, or see PICTURE_MEGABYTES. Its article stands without it."),
            ("limit",),
        ),
        Message(
            _("a picture of {width} × {height} pixels, the limit is {most} million."),
            _("Make it smaller, or see PICTURE_MEGAPIXELS. Its article stands without it."),
            ("most",),
        ),
        Message(
            _("a picture of {width} × {height} pixels, and {least} each way are the least."),
            _NOT_SHOWN,
            ("least",),
        ),
        Message(
            _("a picture of {width} × {height} pixels: one side more than {slim} times the other."),
            _("Crop it. Until then its article stands without it."),
            ("slim",),
        ),
        Message(_("the picture is too large."), _NOT_SHOWN),
    ),
    "E_PICTURE_TWICE": (
        Message(
            _("{other} is the picture of that name: this one is not shown."),
            _("Delete one of the two, or number it: -2, -3."),
        ),
    ),
    "E_PAGE": (
        Message(
            _("this page says that what it should show is not there (404)."),
            _("Take the file out, or save the article's own page."),
            ("missing",),
        ),
        Message(
            _("a cookie banner stands in the article's place."),
            _("Answer it in the browser, then save the page again."),
            ("cookies",),
        ),
        Message(
            _("the beginning of an article for subscribers: the rest is not in the page."),
            _("Sign in, then save the page again; or put in the text by hand."),
            ("sold",),
        ),
        Message(
            _("a check for robots stands in the article's place."),
            _("Save the page again from a browser."),
        ),
    ),
    "E_ITEM_KIND": (
        Message(
            _("{format}: a picture and its caption, without a text."),
            _("Take the file out, or ask the agency for the text."),
            ("picture",),
        ),
        *(
            Message(text, _("Take the file out, or put in the text it goes with."), (kind,))
            for kind, text in (
                ("video", _("{format}: this is a video, not an article.")),
                ("audio", _("{format}: this is a sound recording, not an article.")),
                ("graphic", _("{format}: this is a graphic, not an article.")),
                ("package", _("{format}: this is a list of other items, not an article.")),
                ("planning", _("{format}: this is an announcement of coverage, not an article.")),
                ("concept", _("{format}: this is an entry of a vocabulary, not an article.")),
            )
        ),
        Message(
            _("{format}: this is a {kind}, not an article."),
            _("Take the file out, or put in the text it goes with."),
        ),
    ),
    "E_NOT_NEWS": (
        Message(
            _("{format} that is of no news format."),
            _("Export the article as ninjs, NewsML, NITF or plain text."),
        ),
    ),
    "E_MARKUP": (
        Message(
            _("this {format} declares entities of its own, which are never opened."),
            _("Export the article again, without them."),
            ("entities",),
        ),
        Message(
            _("this {format} is nested deeper than any article."),
            _("Export the article again."),
            ("depth",),
        ),
        Message(_("{format}: {said}"), _("Correct that line."), ("said",)),
        Message(_("this {format} is broken."), _("Export the article again.")),
    ),
    "E_SEVERAL": (
        Message(
            _("{format}: {articles} articles in one file."),
            _("Split it: invoke import FILE --to FOLDER writes one text for each."),
        ),
    ),
    "E_DATE_MISSING": (
        Message(
            _("{format}: no date in the metadata."),
            _("Write one there, such as Date: 2026-01-23 14:30."),
            ("metadata",),
        ),
        Message(
            _("{format}: no date with a year in it."),
            _("Name the file by its day, such as {example}."),
            ("format", "example"),
        ),
        Message(
            _(
                'the first line must begin with "date YYYY-MM-DD headline"; found "{found}",'
                " and a date on line {later}."
            ),
            _("Put line {later} first."),
            ("later",),
        ),
        Message(
            _('the first line must begin with "date YYYY-MM-DD headline"; found "{found}".'),
            _("Write the date and the headline above the text."),
        ),
    ),
    "E_DATE_FORMAT": (
        Message(_('unreadable date "{found}".'), _("Write {suggestion}."), ("found",)),
        Message(_("no date follows the word date."), _("Write {suggestion}.")),
    ),
    "E_DATE_IMPOSSIBLE": (
        Message(
            _("the archive begins in 1900; this article is dated {date}."),
            _("Correct the year."),
            ("early",),
        ),
        Message(_("{date} does not exist."), _("Correct the date.")),
    ),
    "E_DATE_FUTURE": (Message(_("{date} is more than a year ahead."), _("Correct the year.")),),
    "E_EMBARGO": (
        Message(
            _('an embargo that cannot be understood: "{found}".'),
            _("Write it on a line of its own, with a day and an hour: {suggestion}."),
        ),
    ),
    "E_TITLE_MISSING": (
        Message(_("{format}: no headline."), _("Give the item a headline."), ("format",)),
        Message(
            _('no headline after the date, but "{found}".'),
            _("Write the headline on the date's line."),
            ("found",),
        ),
        Message(_("no headline after the date."), _("Write the headline on the date's line.")),
    ),
    "E_NO_BODY": (
        Message(
            _("{format}: an item without a text."),
            _("Take the file out, or ask the agency for the text."),
            ("format",),
        ),
        Message(_("no text below the headline."), _("Paste the article's text again.")),
    ),
    "E_TWO_ARTICLES": (
        Message(
            _('a second "date" line stands at line {second}.'),
            _("Split the file: one article in each."),
        ),
    ),
}

WARNINGS: dict[str, tuple[Message, ...]] = {
    "W_IGNORED": (Message(_("of no format that is read, or not meant as content: left out.")),),
    "W_COPY": (Message(_("named like a copy of what stands beside it: read all the same.")),),
    "W_FORMAT": (
        Message(_("this is plain text, saved as {suffix}: read as text."), "", ("plain", "suffix")),
        Message(
            _("this is {format}, saved as {suffix}: read as what it is."), "", ("format", "suffix")
        ),
        Message(_("of another format than its name says: read as what it is.")),
    ),
    "W_ENCODING": (Message(_("not UTF-8: read in its own encoding.")),),
    "W_TRUNCATED": (Message(_("cut in the middle of its last character.")),),
    "W_MOJIBAKE": (Message(_("accents twice encoded: mended.")),),
    "W_MOJIBAKE_KEPT": (Message(_("accents twice encoded in places: left as they are.")),),
    "W_INVISIBLE": (Message(_("invisible characters removed.")),),
    "W_CONTROL": (Message(_("control characters removed.")),),
    "W_HTML": (Message(_("remains of HTML removed.")),),
    "W_DATE_MONTH": (Message(_("the date has no day.")),),
    "W_DATE_FUTURE": (Message(_("dated ahead: kept as a draft.")),),
    "W_EMBARGO": (Message(_("under embargo: nothing of it is published until it ends.")),),
    "W_CANCELED": (Message(_("withdrawn by its agency: nothing of it is published.")),),
    "W_DRAFT": (Message(_("a draft: not published as long as its status says so.")),),
    "W_WITHHELD": (Message(_("withheld by its agency: nothing of it is published.")),),
    "W_MARKUP_MENDED": (Message(_("broken markup: mended.")),),
    "W_SUMMARY_ONLY": (Message(_("no text but a summary: published as a brief.")),),
    "W_CHROME": (Message(_("no headline on the date's line: looked for below.")),),
    "W_TITLE_DOUBT": (Message(_("the headline may be another line: see the one below or above.")),),
    "W_TITLE_DERIVED": (Message(_("no headline: taken from the first sentence.")),),
    "W_BOILERPLATE": (Message(_("page furniture removed.")),),
    "W_WRAPPED": (Message(_("lines cut at one width: joined again.")),),
    "W_ENDED": (Message(_("text below the closing credit: left out.")),),
    "W_CREDIT_INSIDE": (
        Message(_("a closing credit inside the text: kept, with what follows it.")),
    ),
    "W_CAPTION_LONG": (Message(_("too long for a caption: kept as text.")),),
    "W_RELATED_LONG": (Message(_("too long for a related headline: its text is kept.")),),
    "W_RELATED_EMPTY": (Message(_("a related headline is empty.")),),
    "W_DUP_PARA": (Message(_("a repeated paragraph was removed.")),),
    "W_NO_CREDIT": (Message(_("neither agency nor author is named.")),),
    "W_WEEKDAY": (
        Message(_('"{written}" is no such day: it is {right}.'), "", ("written", "right")),
        Message(_("a weekday that is not that of its date.")),
    ),
    "W_AGENCY_UNKNOWN": (
        Message(_('the agency "{agency}" is not known: see RAW_AGENCIES.'), "", ("agency",)),
        Message(_("an agency that is not known.")),
    ),
    "W_PHOTO_CREDIT": (Message(_("a photo that nobody signs.")),),
    "W_PICTURE_ALT": (
        Message(
            _("{file} has no caption: nobody who cannot see it knows what it shows."), "", ("file",)
        ),
        Message(_("a picture without a caption.")),
    ),
    "W_PICTURE_MISSING": (
        Message(
            _("the photo line names {file}, and there is no such file beside it."), "", ("file",)
        ),
        Message(_("a photo line names a file that is not there.")),
    ),
    "W_RELATED_SELF": (Message(_("a related headline is the article's own: left out.")),),
    "W_TINY": (
        Message(_('{words} words in all: "{text}".'), "", ("words", "text")),
        Message(_("a text of a few words.")),
    ),
    "W_DATE_FAR": (
        Message(
            _("dated {date}, and the archive ends with {end}: {meant}?"),
            "",
            ("date", "end", "meant"),
        ),
        Message(_("dated {date}, and the archive ends with {end}."), "", ("date", "end")),
        Message(_("dated far from the archive's end.")),
    ),
    "W_HEADLINE_TWICE": (
        Message(
            _("{other} of {date} has the same headline: `>>` lines may mean either."),
            "",
            ("other", "date"),
        ),
        Message(_("another article has the same headline.")),
    ),
    "W_HEADLINE_EDITED": (
        Message(
            _('published as "{before}": if readers should know, invoke correct {id} -m "…".'),
            "",
            ("before", "id"),
        ),
        Message(_("the headline is not the one published.")),
    ),
    "W_NEAR_COPY": (
        Message(
            _("nearly the text of {leader}: folded under it. See invoke doubles."), "", ("leader",)
        ),
        Message(
            _("{copy} has nearly its text: folded under it. See invoke doubles."), "", ("copy",)
        ),
        Message(_("the very text of {other} of {date}: published twice."), "", ("other", "date")),
        Message(_("nearly the text of another article.")),
    ),
    "W_GONE": (
        Message(
            _(
                "published, and its file is gone: so is its page. Bring it back or, to retract it,"
                ' invoke kill {id} -m "…".'
            ),
            "",
            ("id",),
        ),
        Message(_("published, and its file is gone.")),
    ),
    "W_WITHDRAWN": (
        Message(
            _(
                "withdrawn by its agency: retracted, its page and feeds say so. To take that back:"
                ' invoke kill --undo "{id}".'
            ),
            "",
            ("id",),
        ),
        Message(_("withdrawn by its agency: retracted.")),
    ),
    "W_RETRACTED_COPY": (
        Message(
            _(
                "held: it is a copy of {of}, which was retracted. To publish it all the same, declare"
                " the two [[apart]] in decisions.toml."
            ),
            "",
            ("of",),
        ),
        Message(_("held: a copy of a retracted dispatch.")),
    ),
    "W_RETRACTED_EDITED": (
        Message(
            _(
                "its article was retracted, and stays so whatever the file says. To publish it again:"
                ' invoke kill --undo "{id}"; another text belongs into another file.'
            ),
            "",
            ("id",),
        ),
        Message(_("the file of a retracted dispatch was edited: it stays retracted.")),
    ),
    "W_QUOTES_RETRACTED": (
        Message(
            _(
                "{words} words in a row are those of {of}, which was retracted: they stand. If they"
                ' must go, edit this file, or invoke kill "{id}".'
            ),
            "",
            ("words", "of", "id"),
        ),
        Message(_("it quotes a retracted dispatch.")),
    ),
    "W_LANG": (Message(_("the language could not be told: the site's is assumed.")),),
    "W_DUPLICATE": (
        Message(_("same headline, date and text as {other}: published once."), "", ("other",)),
        Message(_("same headline, date and text as another: published once.")),
    ),
    "W_SLUG": (
        Message(
            _("another article has this headline and date: its address ends in {suffix}."),
            "",
            ("suffix",),
        ),
        Message(_("another article has this headline and date: its address has a number.")),
    ),
}

# How thousands are grouped: translate this number, only its second character is used.
_GROUPED = _("1,234")


# Before what is wrong with one article of several in a file.
_NTH = _("article {nth} of the file:")


def describe(rejection: Rejection, gettext: Gettext) -> tuple[str, str]:
    """(what is wrong, what to do), translated, safe to print on one line."""
    message = _best(MESSAGES[rejection.code], rejection.facts)
    text = _fill(message.text, rejection.facts, gettext)
    if "nth" in rejection.facts:
        text = f"{_fill(_NTH, rejection.facts, gettext)} {text}"
    return text, _fill(message.hint, rejection.facts, gettext)


def describe_warning(
    code: str, gettext: Gettext, facts: Mapping[str, str | int] | None = None
) -> str:
    """One translated sentence for a W_ code; without the facts, its general wording."""
    facts = facts or {}
    return _fill(_best(WARNINGS[code], facts).text, facts, gettext)


def line(rejection: Rejection, content_root_label: str, gettext: Gettext) -> str:
    """`path:line: CODE: what is wrong. What to do.`; a file as a whole is its line 1."""
    text, hint = describe(rejection, gettext)
    label = content_root_label.rstrip("/")
    path = f"{label}/{rejection.path}" if label else rejection.path
    return f"{printable(path)}:{rejection.line or 1}: {rejection.code}: {text} {hint}".rstrip()


def shortened(value: object, most: int = 80) -> str:
    """A value somebody wrote, as it is shown in a message: cut where it is long, whatever it is."""
    try:
        text = repr(value)
    except Exception:  # a number of thousands of digits, an object of whoever's making
        text = type(value).__name__
    return text if len(text) <= most else text[: most - 1] + "…"


def printable(text: str) -> str:
    """Show what a terminal would act on (controls, bidi marks, bytes that are no character)."""
    if text.isprintable():
        return text
    return "".join(char if char.isprintable() else _escape(char) for char in text)


def _escape(char: str) -> str:
    code = ord(char)
    if 0xDC80 <= code <= 0xDCFF:  # a byte of a file name that is not UTF-8
        return f"\\x{code - 0xDC00:02x}"
    if code <= 0xFF:
        return f"\\x{code:02x}"
    return f"\\u{code:04x}" if code <= 0xFFFF else f"\\U{code:08x}"


def _best(messages: tuple[Message, ...], facts: Mapping[str, str | int]) -> Message:
    for message in messages:
        if all(need in facts for need in message.needs):
            return message
    return messages[-1]


def _fill(msgid: str, facts: Mapping[str, str | int], gettext: Gettext) -> str:
    if not msgid:
        return ""
    separator = gettext(_GROUPED)[1:2]
    shown = {
        name: printable(fact) if isinstance(fact, str) else f"{fact:,}".replace(",", separator)
        for name, fact in facts.items()
    }
    return gettext(msgid).format_map(shown)
