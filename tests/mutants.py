"""Mutants: the tests are tested. A fault is put into a copy of the code; a test must notice.

    python -m tests.mutants [ROOM...] [--jobs 2] [--list]

Run by hand, when a room was changed much: about ten minutes for all on two cores. A mutant that no
test notices asks for a test, or for a word in `explained` on why nobody could notice. A mutant
whose text is not in its file any more stops the run: choose another one like it (before that
`tests/base/test_mutants.py` turns red).
"""

from __future__ import annotations

import argparse
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from queue import Queue
from typing import NamedTuple

from tests import card_mutants, feed_mutants, picture_mutants

ROOT = Path(__file__).resolve().parent.parent
CORE = "plugins/newsdigest"
# A fault may make the code turn for ever: that is noticed too. Seconds.
LONGEST = 900


class Mutant(NamedTuple):
    """`before` stands in the file once, `after` in its place; `why` is what is no more."""

    file: str
    before: str
    after: str
    why: str
    explained: str = ""


class Room(NamedTuple):
    """Mutants of one room, and the tests that must notice them, the quickest first."""

    tests: tuple[str, ...]
    mutants: tuple[Mutant, ...]


SOURCES = "read/sources.py"
SCAN = "read/scan.py"
FORMATS = "read/formats.py"
INGEST = "ingest.py"
FILES = "archive/update/files.py"
KEPT = "archive/update/kept.py"
GUARDS = "archive/update/guards.py"
COPIES = "archive/update/copies.py"
STORIES = "archive/update/stories.py"
SUGGESTIONS = "archive/update/suggestions.py"
LINKS = "archive/update/links.py"
EMBARGOES = "archive/update/embargoes.py"
UNNAMED = "archive/update/unnamed.py"
RETAGGING = "archive/update/retagging.py"
NEIGHBOURS = "archive/neighbours.py"
LEAKS = "site/leaks.py"
MOMENTS = "text/moments.py"
BUILD = "build.py"
RENDERING = "rendering.py"
OUTPUT = "publish/output.py"
MANIFEST = "publish/manifest.py"
LIVE = "publication.py"
VERIFY = "publish/verify.py"
PAGE_LINKS = "publish/page_links.py"
TOUCHED = "site/touched.py"
ENTITY_KIND = "site/kinds/entity.py"
PLAN = "site/plan.py"
PLANNING = "planning.py"
MARKUP = "text/markup.py"
ESCAPING = "text/escaping.py"
DATED = "text/dated/"
LIKE = "relate/copies.py"
WINDOW = "relate/stories/window.py"
LIKENESS = "relate/stories/likeness.py"
RESOLVE = "relate/links.py"

ROOMS = {
    "scan": Room(
        (
            *("tests/read/test_sources.py", "tests/build/test_kept.py"),
            *("tests/build/test_names_of_files.py", "tests/build/test_clock.py"),
            *("tests/archive/test_settle.py", "tests/archive/test_store.py"),
        ),
        (
            Mutant(
                SCAN,
                "if seen == now and path not in restless:",
                "if seen == now:",
                "a draft is looked at again when its day has come",
            ),
            Mutant(SCAN, "new += not seen", "new += seen is not None", "the new files are counted"),
            Mutant(
                SCAN,
                "tuple(sorted(path for path in known if path not in earlier)),",
                "(),",
                "a deleted file is gone",
            ),
            Mutant(
                SCAN,
                'found += 1\n        if seen != "ignored"',
                'if seen != "ignored"',
                "what lies out of sight is counted",
            ),
            Mutant(
                SCAN,
                'fault.code != "E_CONFLICT_COPY"',
                'fault.code != "E_UNREADABLE"',
                "a folder that cannot be listed hides its files",
            ),
            Mutant(
                SCAN,
                "while folder and folder not in faults:",
                "while False and folder not in faults:",
                "a folder hides what is deep below it",
            ),
            Mutant(
                SCAN,
                "else:\n                mended.append((path, now))",
                "elif False:\n                mended.append((path, now))",
                "a folder is in sight again",
            ),
            Mutant(
                SOURCES,
                "if not _is_inside(target, root):\n            return _outside(path, target)",
                "if False:\n            return _outside(path, target)",
                "a link swapped in since the walk leads nowhere else",
            ),
            Mutant(
                SOURCES,
                "elif not entry.is_dir(follow_symlinks=False):",
                "elif not entry.is_dir(follow_symlinks=True):",
                "a link to a folder is not entered",
            ),
            Mutant(
                SOURCES,
                "and entry.is_file(follow_symlinks=False)",
                "and entry.is_file(follow_symlinks=True)",
                "a link to a file elsewhere is not read",
            ),
            Mutant(
                SOURCES,
                "if self.is_one and _is_plain(entry) and not",
                "if _is_plain(entry) and not",
                "two spellings of a folder's name hold one section's files",
            ),
            Mutant(
                FORMATS,
                "return suffix if stem and suffix.lower() in FORMATS else",
                "return suffix if stem and suffix in FORMATS else",
                "A.TXT is an article",
            ),
            Mutant(
                SOURCES,
                "if not prefix and (entry.name in _EDITORS_FILES or _is_ledger(entry)):",
                "if entry.name in _EDITORS_FILES or (not prefix and _is_ledger(entry)):",
                "decisions.toml deeper down is a file like others",
            ),
            Mutant(
                SOURCES,
                'return not path.endswith(PLAIN), not is_normalized("NFC", path), path',
                'return path.endswith(PLAIN), not is_normalized("NFC", path), path',
                "of two files of one id the plain .txt stands",
            ),
            Mutant(
                INGEST,
                "max(*changed, *pictures) < TOO_FRESH_NS",
                "max(*changed, *pictures) < 0",
                "a file saved twice within its stamp's grain is read again",
            ),
            Mutant(
                SOURCES,
                "if status.st_size > most:\n            return status.st_size",
                "if status.st_size > most + 10:\n            return status.st_size",
                "a file one byte too large is refused by its size",
                explained="its bytes are counted again when they are read",
            ),
        ),
    ),
    "settle": Room(
        (
            *("tests/archive/test_settle.py", "tests/build/test_removals.py"),
            *("tests/build/test_kept.py", "tests/build/test_clock.py"),
            *("tests/archive/test_settle_threads.py", "tests/build/test_names_of_files.py"),
            *("tests/relate/test_series.py", "tests/build/test_arrival_orders.py"),
        ),
        (
            Mutant(
                FILES,
                "if article_id == leader and state not in STANDING:",
                'if article_id == leader and state == "held":',
                "a twin takes the place of the one removed",
            ),
            Mutant(
                FILES,
                "if row and row[0] in STANDING:\n            self.deleted",
                "if False:\n            self.deleted",
                "which copy takes a removed file's place is said",
            ),
            Mutant(
                FILES,
                "was_draft, is_draft = state == DRAFT, article.state == DRAFT",
                "was_draft, is_draft = False, False",
                "a draft whose day has come is published",
            ),
            Mutant(
                FILES,
                'for table in ("articles", "feed_entries", "vectors", "pictures"):',
                'for table in ("articles", "vectors", "pictures"):',
                "the feed entry of an article that is gone goes with it",
                explained="no number is given twice: only the size of the store tells",
            ),
            Mutant(
                FILES,
                "if self.update.after.pop(article_id, None) is None:",
                "if True:",
                "what came and went within one build was never there",
            ),
            Mutant(
                FILES,
                "            changes.days.add(before.day)\n",
                "",
                "the day an article left is told anew",
            ),
            Mutant(
                FILES,
                "                    changes.moved.add(article_id)\n",
                "",
                "the page at the earlier address goes",
            ),
            Mutant(
                NEIGHBOURS,
                "found = (_nearest(db, label, sort, side) for side in (_BEFORE, _AFTER))",
                "found = (_nearest(db, label, sort, side) for side in (_BEFORE,))",
                "the article after a change has a new neighbour",
            ),
            Mutant(
                FILES,
                "return sorted(ids, key=lambda id_: (is_copy_of_one(id_, others), id_))",
                "return sorted(ids)",
                "a copy comes after its original",
            ),
            Mutant(
                RETAGGING,
                "if state == HELD:\n            continue",
                "if False:\n            continue",
                "an article read in this build need not be tagged again",
                explained="tagged by the same names twice it comes out the same: only slower",
            ),
            Mutant(
                KEPT,
                'if outcome != "kept" and (state == DRAFT or self._is_the_clocks(fault, record)):',
                'if outcome != "kept" and self._is_the_clocks(fault, record):',
                "a spoilt draft is not kept: it was never published",
            ),
            Mutant(
                KEPT,
                'sound = stamp if outcome == "article" else stamp.partition(OUT_OF_SIGHT)[2]',
                "sound = stamp",
                "a file hidden twice and found again is not read",
            ),
            Mutant(
                KEPT,
                "if row is None or row[0]:\n                found.append",
                "if row is None:\n                found.append",
                "a kept conflict copy goes when its original can be read",
            ),
            Mutant(
                EMBARGOES,
                "if article != known.article:",
                "if True:",
                "what is kept is filed again only when the clock turned it",
            ),
            Mutant(
                GUARDS,
                "if last and is_earlier(store, settings) and not settings.allow_clock_back:",
                "if False:",
                "an earlier clock is refused",
            ),
            Mutant(
                GUARDS,
                "few = len(changes.removed - changes.retracted) <= settings.removals_most",
                "few = True",
                "many removals are counted",
            ),
            Mutant(
                GUARDS,
                "count > settings.removals_most and count * 100 >",
                "count > settings.removals_most or count * 100 >",
                "few of a large archive, or most of a small one, go unasked",
            ),
            Mutant(
                GUARDS,
                "if not articles and not ids:",
                "if False:",
                "an empty content folder is told as such",
            ),
            Mutant(
                GUARDS,
                "sum(id_ not in ids and file not in files for id_, file in published)",
                "sum(id_ not in ids for id_, file in published)",
                "files that were only renamed do not count as removed",
            ),
            Mutant(
                COPIES,
                "if head in self.update.before or head in self.update.after:",
                "if False:",
                "an edited leader changes what its copies add",
            ),
            Mutant(
                COPIES,
                "touched |= {id_ for pair in pairs for id_ in pair if not update.fresh}",
                "pass",
                "editors set copies apart",
            ),
            Mutant(
                COPIES,
                "if id_ in touched or id_ in before or come.best(order, sketch, split):",
                "if id_ in touched or id_ in before:",
                "an earlier dispatch that comes late becomes the leader",
            ),
            Mutant(
                COPIES,
                "for step in range(-WITHIN_DAYS, WITHIN_DAYS + 1)",
                "for step in range(-1, 2)",
                "a copy three days later is found",
            ),
            Mutant(
                STORIES,
                "reached = shifted(sort[:10], WINDOW_DAYS + 1)",
                "reached = shifted(sort[:10], 1)",
                "what came late is followed within a week",
            ),
            Mutant(
                STORIES,
                "if id_ not in asked:\n                asked |= self._gather_around(id_, came)",
                "if not asked:\n                asked |= self._gather_around(id_, came)",
                "every story that changed is gathered",
            ),
            Mutant(
                STORIES,
                "changes.stories_aged = newest[:7] != self.newest_before[:7]",
                "changes.stories_aged = False",
                "a new month moves the quiet stories",
            ),
            Mutant(
                SUGGESTIONS,
                "if len(ranked) < KEPT or score >= ranked[-1][1] or any(o == n for o, _ in ranked):",
                "if len(ranked) < KEPT or any(o == n for o, _ in ranked):",
                "a better suggestion that comes late is taken",
            ),
            Mutant(
                SUGGESTIONS,
                "room = max(0, SHOWN - len(linked))",
                "room = SHOWN",
                "an article's own links take the room of suggestions",
            ),
            Mutant(
                LINKS,
                "same = (found.state, found.target) == (line.state, line.target)",
                "same = found.state == line.state",
                "a line that means another article now is shown so",
            ),
            Mutant(
                LINKS,
                "room = links.MOST_NEAR + 1 + refused",
                "room = links.MOST_NEAR - 5",
                "a line is called ambiguous by the same count, however many are read",
            ),
        ),
    ),
    "plan": Room(
        (
            *(
                "tests/site/test_plan.py",
                "tests/site/test_kinds.py",
                "tests/archive/test_settle.py",
            ),
            *("tests/archive/test_settle_threads.py", "tests/archive/test_names_archive.py"),
            "tests/build/test_arrival_orders.py",
        ),
        (
            Mutant(
                PLAN,
                "stale.setdefault(Page(kind.name, name), reason)",
                "stale[Page(kind.name, name)] = reason",
                "the first reason is told",
            ),
            Mutant(
                PLAN,
                "key=lambda page: (kinds.rank(page.kind), page.name)",
                "key=lambda page: (-kinds.rank(page.kind), page.name)",
                "pages come before the lists that name them",
            ),
            Mutant(
                PLANNING,
                "page.kind in build.kinds and build.kinds[page.kind].has(build.archive, page.name)",
                "page.kind in build.kinds",
                "a page that is no more is not made",
            ),
            *(
                Mutant(
                    TOUCHED,
                    f'            (changes.{what}, _("{reason}")),\n',
                    "",
                    f"{why} makes its page again",
                )
                for what, reason, why in (
                    ("relinked", "a headline it cites changed", "a line that leads elsewhere"),
                    ("retagged", "the entities it names changed", "an article of other names"),
                )
            ),
            Mutant(
                TOUCHED,
                "days = reach.days_of(changes.retagged) | self._days_citing(self.relisted)",
                "days = reach.days_of(changes.retagged)",
                "the days that name a renamed entity are told anew",
            ),
            Mutant(
                TOUCHED,
                "found.setdefault(near, False)",
                "pass",
                "the month before links the new month after it",
            ),
            Mutant(
                TOUCHED,
                "return bool(self.stories or changes.gone_stories or changes.stories_aged)",
                "return bool(self.stories or changes.stories_aged)",
                "the list of stories loses a story that is none any more",
            ),
            Mutant(
                TOUCHED,
                "return bool(self.changes.gone_entities) or any(card.url for _, card, _ in self.entities)",
                "return any(card.url for _, card, _ in self.entities)",
                "the list of names loses a name that no article holds",
            ),
            Mutant(
                ENTITY_KIND,
                "listed != (change.before >= least)",
                "False",
                "the list of feeds gains a feed that opens",
            ),
        ),
    ),
    "publish": Room(
        (
            *("tests/publish/test_manifest.py", "tests/build/test_output.py"),
            *("tests/build/test_damaged_store.py", "tests/build/test_links_to_come.py"),
            "tests/product/test_output_site.py",
        ),
        (
            Mutant(
                LIVE,
                "made.file.path in written or known.get(made.file.path) != made.file",
                "made.file.path in written",
                "the manifest names a file whose page is another, though its bytes are the same",
            ),
            Mutant(
                LIVE,
                'return output.size_of(f"{self.folder}/{file.path}") == size',
                "return True",
                "a published file that was cut since is written again",
            ),
            Mutant(
                LIVE,
                "gone = sorted(self.files.at(strays).keys() - set(paths))",
                "gone = sorted(set(strays) - set(paths))",
                "a file that is not ours is not deleted",
            ),
            Mutant(
                LIVE,
                "self._refuse_to_destroy(changed, known)",
                "pass",
                "a file of others in a page's place stops the build",
            ),
            Mutant(
                LIVE,
                "key=lambda file: (self._replaces(file, known), self._rank(file.kind), file.path)",
                "key=lambda file: (not self._replaces(file, known), self._rank(file.kind), file.path)",
                "new pages stand before the old ones that link to them are replaced",
            ),
            Mutant(
                LIVE,
                "manifest.write_journal(self.folder, _unsure([*changed, *strays]))",
                "pass",
                "a killed build's files are known to be ours, though the store is lost",
            ),
            Mutant(
                LIVE,
                'if noted and noted == self._found and (self.folder / "index.html").is_file():',
                'if noted and (self.folder / "index.html").is_file():',
                "a site built by another store is looked at anew",
            ),
            Mutant(
                LIVE,
                'if file.path not in ours and file.digest in ("", _digest_of(folder / file.path)):',
                "if file.path not in ours:",
                "of a site without a manifest only what is as we wrote it is ours",
            ),
            Mutant(
                OUTPUT,
                "if folder == output:\n                break",
                "if False:\n                break",
                "the site's own folder stays when it is empty",
            ),
            Mutant(
                OUTPUT,
                "deleted += 1\n",
                "deleted += 2\n",
                "deletions are counted",
            ),
            Mutant(
                OUTPUT,
                "if error.errno != errno.EXDEV:",
                "if True:",
                "a folder of the site may be on another disk",
            ),
            Mutant(
                OUTPUT,
                "fcntl.lockf(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)\n        except OSError as error:",
                "pass\n        except OSError as error:",
                "one build at a time",
            ),
            Mutant(
                MANIFEST,
                "if place and firsts[place] == path:",
                "if False:",
                "a shard whose first file is gone joins the one before",
            ),
            Mutant(
                MANIFEST,
                'return data if digest(data) == shard.digest else b""',
                "return data",
                "a damaged shard names no file",
            ),
            Mutant(
                MANIFEST,
                "if not last or last != digest(data[: len(data) - len(last)]):",
                "if not last:",
                "an altered index is noticed",
            ),
            Mutant(
                MANIFEST,
                "elif digest(file.read_bytes()) != entry.digest:",
                "elif False:",
                "check names a file that is not as built",
            ),
        ),
    ),
    "embargoes": Room(
        (
            "tests/site/test_leaks.py",
            "tests/text/test_moments.py",
            "tests/read/test_parse_embargo.py",
            "tests/build/test_embargo.py",
        ),
        (
            Mutant(
                LEAKS,
                "if path.endswith(_PICTURES) or (not self._sought and not len(self._every)):",
                "if True:",
                "a leak is found before it is published",
            ),
            Mutant(
                LEAKS,
                '        yield _Sought(secret, _words(secret.address), "", secret.address, False)',
                "        pass",
                "an address is sought",
            ),
            Mutant(
                RENDERING,
                "_stop_on_leaks([*ours.leaks, *theirs.leaks, *left], build.settings.rules.timezone)",
                "pass",
                "a leak stops the build",
            ),
            Mutant(
                EMBARGOES,
                "by_twin[row[0]] = max(end, by_twin.get(row[0], end))",
                "by_twin[id_] = end",
                "copies are held with it",
            ),
            Mutant(
                EMBARGOES, "ends.pop(id_, None)", "pass", "the editors' decision has the last word"
            ),
            Mutant(
                UNNAMED,
                "if key in self._keys and not same_key:",
                "if False:",
                "a line that cites it is not shown",
            ),
            Mutant(
                UNNAMED,
                "if key in self._keys and not same_key:",
                "if key in self._keys:",
                "a headline that another article has is no secret",
            ),
            Mutant(KEPT, "or fault.code in NEVER_KEPT", "", "an embargo misspelt takes it off"),
            Mutant(
                MOMENTS,
                "if match is None:\n            return None\n        if isinstance",
                "if match is None:\n            at += 1\n            continue\n        if isinstance",
                "every word must be understood",
            ),
        ),
    ),
    "verify": Room(
        (
            *("tests/publish/test_verify.py", "tests/build/test_links_to_come.py"),
            *("tests/build/test_output.py", "tests/product/test_refusals.py"),
        ),
        (
            Mutant(
                VERIFY, 'data.rstrip().endswith(b"</html>")', "True", "a page cut short is seen"
            ),
            Mutant(
                VERIFY,
                "if len(ids) != len(set(ids)):",
                "if False:",
                "an id used twice is seen",
            ),
            Mutant(
                VERIFY,
                "if told.count(one) > 1",
                "if told.count(one) > 0",
                "the ids used twice are named, no others",
            ),
            Mutant(
                VERIFY,
                "missing = self._missing(unknown) if unknown else set()",
                "missing: set[str] = set()",
                "a link that leads nowhere is seen",
            ),
            Mutant(
                VERIFY,
                "if usual and not astray:\n            self._known |= links",
                "if usual:\n            self._known |= links",
                "a dead link is seen on every page",
            ),
            Mutant(
                VERIFY,
                "self._lost |= self._look_for(sound)",
                "pass",
                "a file that was lost from the site is made again",
            ),
            Mutant(
                VERIFY,
                "%b=(?<=\\s%b=)",
                "%b=(?<=%b=)",
                "what is called data-href is no link",
            ),
            Mutant(
                VERIFY,
                "return tag.startswith(b\"<link\") or b':url\"' in tag or b':image\"' in tag",
                "return True",
                "an article may cite a page of ours that is gone",
            ),
            Mutant(
                VERIFY,
                "return member.rpartition(b'\"')[2] in _MEMBERS",
                "return False",
                "structured data leads to what there is",
            ),
            Mutant(
                VERIFY,
                '_RARE = (b"=\'", b"efresh")',
                '_RARE = (b"efresh",)',
                "an id in other quotes is seen",
            ),
            Mutant(
                VERIFY,
                "usual and all(link.startswith(_USUAL) for link in new)",
                "usual",
                "a relative link is seen",
            ),
            Mutant(
                VERIFY,
                "if self._foreign or usual:",
                "if True:",
                "a page with unusual links is read by a real parser",
            ),
            Mutant(
                VERIFY,
                "return file_of(path[len(root) :]) if path.startswith(root) else OUTSIDE + path[1:]",
                "return file_of(path[len(root) :])",
                "a link that leaves the site's folder is seen",
            ),
            Mutant(
                VERIFY,
                'return [f"not well-formed: {error}"], None',
                "return [], None",
                "a feed that is not well-formed is seen",
            ),
            Mutant(
                PAGE_LINKS,
                'if element.get("rel") not in ("related", "via"):',
                "if True:",
                "a feed's article may cite a page of ours that is gone",
            ),
            Mutant(
                PAGE_LINKS,
                "path = urljoin(base, parts.path) if parts.path else base",
                'path = urljoin("/", parts.path) if parts.path else base',
                "a relative link is read from its page",
            ),
            Mutant(
                BUILD,
                "if not report.adds_up:",
                "if False:",
                "counts that do not add up stop the build",
            ),
            Mutant(
                BUILD,
                "if self.settings.strict and (report.rejections or report.kept):",
                "if self.settings.strict and report.rejections and report.kept:",
                "a strict build stops at one rejected file",
            ),
            Mutant(
                RENDERING,
                "unmade = coming - {made.file.path for made in staged}",
                "unmade: set[str] = set()",
                "a planned page of which nothing came is linked nowhere",
            ),
        ),
    ),
    "dated": Room(
        ("tests/text/test_dated_words.py", "tests/text/test_markup.py"),
        (
            Mutant(
                DATED + "copy.py",
                'return self.shifted(away - 7) if tense == "past" else None',
                "return self.shifted(away - 7)",
                "a weekday without a verb is left alone",
            ),
            Mutant(
                DATED + "copy.py",
                "if contradicted or far else found",
                "if contradicted else found",
                "a day far off without its year is left alone",
            ),
            Mutant(
                DATED + "copy.py",
                "return self.own[at] != self.text[at]",
                "return False",
                "what somebody says is of another moment",
            ),
            Mutant(
                DATED + "french.py",
                "return weekday is None or day.weekday() == WEEKDAYS[weekday.lower()]",
                "return True",
                "a date whose weekday is not its own is left alone",
            ),
            Mutant(
                DATED + "tenses.py",
                """        return "unsure"
    return verb.tense""",
                """        return verb.tense
    return verb.tense""",
                "what was announced may be of another day",
            ),
            Mutant(
                DATED + "times.py",
                "if not any(link.start < one.end and one.start < link.end for link in links)",
                "if True",
                "a date inside a link stays plain",
            ),
            Mutant(
                DATED + "times.py",
                "self.has_stop = True",
                "self.has_stop = False",
                "one stop of the keyboard an article",
            ),
        ),
    ),
    "markup": Room(
        ("tests/text/test_markup.py", "tests/site/test_feeds_texts.py", "tests/site/test_feeds.py"),
        (
            Mutant(
                ESCAPING,
                """if "&" in text or "<" in text or ">" in text or "'" in text or '"' in text:""",
                """if "<" in text or ">" in text or "'" in text or '"' in text:""",
                "an ampersand is escaped",
            ),
            Mutant(
                ESCAPING,
                """if "&" in text or "<" in text or ">" in text or "'" in text or '"' in text:""",
                """if "&" in text or "<" in text or ">" in text or "'" in text:""",
                "a quotation mark is escaped",
            ),
            Mutant(
                MARKUP,
                'href="{_escaped(url)}">',
                'href="{url}">',
                "an entity's address is escaped",
            ),
            Mutant(
                MARKUP,
                "linked.add(url)\n                break",
                "break",
                "two names of one address are linked once",
            ),
            Mutant(
                MARKUP,
                "if at and links[at - 1][1] > link[0]:",
                "if at and links[at - 1][1] > link[1]:",
                "links do not overlap",
            ),
            Mutant(
                MARKUP,
                "if at < len(links) and links[at][0] < link[1]:",
                "if False:",
                "a link does not reach into the next",
            ),
            Mutant(
                MARKUP,
                'and "\\n" not in words',
                "and True",
                "a name that spans two items is not linked",
            ),
            Mutant(
                MARKUP,
                "text[mention.start : mention.end] == words",
                "True",
                "a mention that is not where it says is not linked",
            ),
            Mutant(
                MARKUP,
                "offset += len(item) + 1",
                "offset += len(item)",
                "a name in a later item is linked where it stands",
            ),
            Mutant(
                MARKUP,
                "offset += len(cell) + 1",
                "offset += len(cell)",
                "a name in a later cell is linked where it stands",
            ),
            Mutant(
                MARKUP,
                'cells += ["<td></td>"] * (width - len(row))',
                "pass",
                "short rows of a table are filled up",
            ),
            Mutant(
                MARKUP,
                "max(1, (words + WORDS_A_MINUTE // 2) // WORDS_A_MINUTE)",
                "max(1, words // WORDS_A_MINUTE)",
                "reading minutes are rounded",
            ),
            Mutant(
                "text/shorten.py",
                "if cut < limit // 2:",
                "if cut < 0:",
                "one endless word is cut, not lost",
            ),
            Mutant(
                MARKUP,
                "if link is None:\n            return words",
                "if link is None:\n            return headline",
                "a headline without a link is escaped",
            ),
            Mutant(
                "text/tables.py",
                "if not _YEAR.fullmatch(cell) or _YEAR.fullmatch(under):",
                "if not _YEAR.fullmatch(cell):",
                "a first row of years over years is no header",
            ),
            Mutant(
                MARKUP,
                "body = writer.blocks(article.blocks, 1 if article.lede else 0)",
                "body = writer.blocks(article.blocks, 0)",
                "the lede is told once",
            ),
        ),
    ),
    "relate": Room(
        (
            *("tests/relate/test_duplicates.py", "tests/relate/test_stories.py"),
            *("tests/relate/test_links.py", "tests/relate/test_links_fuzzy.py"),
            *("tests/relate/test_series.py", "tests/archive/test_settle_threads.py"),
        ),
        (
            Mutant(
                LIKE,
                "pairs = pairs[_figures_apart(known, rows, pairs) <= most]",
                "pass",
                "a report of a series is no copy of another",
            ),
            Mutant(
                LIKE,
                "if best and (found is None or best[0] > found[0]):",
                "if best and (found is None or best[0] >= found[0]):",
                "of equal copies the earliest is followed",
            ),
            Mutant(
                LIKE,
                "if other < order and (min(order[1], other[1]), max(order[1], other[1])) not in split",
                "if (min(order[1], other[1]), max(order[1], other[1])) not in split",
                "a copy follows an earlier article",
            ),
            Mutant(
                LIKE,
                "small: Flags = part < np.where(same_title, LEAST_PART_SAME_TITLE, LEAST_PART)",
                "small: Flags = part < 0",
                "a brief is no copy of the synthesis that retells it",
            ),
            Mutant(
                LIKE,
                "alike |= (share >= INSIDE_COPY) & (begins >= INSIDE_OPENING)",
                "alike |= share >= INSIDE_COPY",
                "two dispatches with one background stay two",
            ),
            Mutant(
                LIKE,
                'place = np.where(pairs["small"][number], at, place)',
                "place = at + 0 * place",
                "openings are compared in the smaller text",
            ),
            Mutant(
                LIKENESS,
                "capped = np.minimum(product, (product - told.max(0, initial=0)) * 3 // 2)",
                "capped = product",
                "one subject in common is no event",
            ),
            Mutant(
                LIKENESS,
                "common.astype(np.int64) * (count + NAMELESS_TENTHS) * _SCALE",
                "common.astype(np.int64) * (count + 10) * _SCALE",
                "the same words without a name in common count for less",
            ),
            Mutant(
                LIKENESS,
                "scores = np.where(alone, 0, scores)",
                "pass",
                "a town in common is no story",
            ),
            Mutant(
                LIKENESS,
                "inside[row[word], columns[columns >= 0]] = True",
                "pass",
                "words inside a name that the other article writes so count once",
            ),
            Mutant(
                LIKENESS,
                "inside[row[word]] |= shared[row[name]]",
                "pass",
                "words inside a name that both have count once",
            ),
            Mutant(
                LIKENESS,
                "elif filed[len(filed) // 2] < first:",
                "elif False:",
                "a long series of articles does not fill the memory",
                explained="what is filed too long is passed over: only memory tells",
            ),
            Mutant(
                WINDOW,
                "best = int(np.flatnonzero(scores == scores.max())[-1])",
                "best = int(scores.argmax())",
                "of articles cited alike the latest is followed",
            ),
            Mutant(
                RESOLVE,
                'end = bisect_left(places, (day + 2, ""))',
                "end = len(places)",
                "a line leads to no article that came later",
            ),
            Mutant(
                RESOLVE,
                "if len(last) == 1 and last[0][0] <= _ordinal(citing_day):",
                "if len(last) == 1:",
                "of namesakes tomorrow's is not taken for the nearest",
            ),
            Mutant(
                RESOLVE,
                "for n in alike if same_numbers(numbers, n)]",
                "for n in self._places]",
                "a headline of other figures is another headline",
            ),
            Mutant(
                RESOLVE,
                "if not places or places == [own]:",
                "if not places:",
                "a line of its own headline may mean one with figures hung on it",
            ),
            Mutant(
                RESOLVE,
                "known = end - (at < end and places[at] == own)",
                "known = end",
                "the citing article is none of its namesakes",
            ),
            Mutant(
                RESOLVE,
                'start = bisect_left(places, (day - NAMESAKE_WINDOW, "")) if known > 1 else 0',
                "start = 0",
                "of several namesakes the one near in time is meant",
            ),
        ),
    ),
    "cards": Room(card_mutants.TESTS, tuple(Mutant(*one) for one in card_mutants.MUTANTS)),
    "pictures": Room(picture_mutants.TESTS, tuple(Mutant(*one) for one in picture_mutants.MUTANTS)),
    "feeds": Room(feed_mutants.TESTS, tuple(Mutant(*one) for one in feed_mutants.MUTANTS)),
}


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("rooms", nargs="*", metavar="ROOM", help=", ".join(ROOMS))
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--list", action="store_true", help="name the mutants, run nothing")
    options = parser.parse_args(arguments)
    rooms = {name: ROOMS[name] for name in options.rooms or ROOMS}
    mutants = [(name, mutant) for name, room in rooms.items() for mutant in room.mutants]
    outdated = [mutant for _, mutant in mutants if _source(ROOT, mutant).count(mutant.before) != 1]
    for mutant in outdated:
        print(f"not once in {mutant.file}: {mutant.before!r}", file=sys.stderr)
    if outdated:
        return 2
    if options.list:
        for name, mutant in mutants:
            print(f"{name:8} {mutant.file:32} {mutant.why}")
        return 0
    with tempfile.TemporaryDirectory() as folder:
        copies: Queue[Path] = Queue()
        for number in range(options.jobs):
            copies.put(_copy(Path(folder) / str(number)))
        if failing := _failing_as_it_is(copies, rooms):
            print(f"the tests fail without a mutant: {failing}", file=sys.stderr)
            return 2
        survivors = 0
        with ThreadPoolExecutor(options.jobs) as pool:
            runs = pool.map(lambda one: _run(copies, rooms[one[0]].tests, one[1]), mutants)
            for (name, mutant), killer in zip(mutants, runs, strict=True):
                survivors += not (killer or mutant.explained)
                told = killer or mutant.explained or "SURVIVED"
                print(f"{name:8} {mutant.file:32} {mutant.why:66} {told}", flush=True)
    print(f"\n{len(mutants)} mutants, {survivors} survived without an explanation")
    return 1 if survivors else 0


def _source(root: Path, mutant: Mutant) -> str:
    return (root / CORE / mutant.file).read_text(encoding="utf-8")


def _copy(folder: Path) -> Path:
    """The working tree, without what git ignores."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        check=True,
    )
    for name in listed.stdout.decode().split("\0"):
        if name and (ROOT / name).exists():
            target = folder / name
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(ROOT / name, target)
    # Compiled now, for no run writes: a mutant's bytecode would outlive it.
    subprocess.run([sys.executable, "-m", "compileall", "-q", "plugins", "tests"], cwd=folder)
    return folder


def _failing_as_it_is(copies: Queue[Path], rooms: dict[str, Room]) -> str:
    tests = dict.fromkeys(test for room in rooms.values() for test in room.tests)
    copy = copies.get()
    failing = _first_failure(copy, [*tests])
    copies.put(copy)
    return failing


def _run(copies: Queue[Path], tests: Sequence[str], mutant: Mutant) -> str:
    """The first test that fails with the mutant, "" when it survives."""
    copy = copies.get()
    file = copy / CORE / mutant.file
    sound = file.read_text(encoding="utf-8")
    file.write_text(sound.replace(mutant.before, mutant.after), encoding="utf-8")
    try:
        return _first_failure(copy, tests)
    finally:
        file.write_text(sound, encoding="utf-8")
        copies.put(copy)


def _first_failure(copy: Path, tests: Sequence[str]) -> str:
    command = [sys.executable, "-m", "pytest", "-x", "-q", "--no-header", "-p", "no:cacheprovider"]
    environment = {
        **os.environ,
        "PYTHONPATH": str(copy / "plugins"),
        "PYTHONDONTWRITEBYTECODE": "1",
    }
    try:
        run = subprocess.run(
            [*command, *tests],
            cwd=copy,
            env=environment,
            capture_output=True,
            text=True,
            errors="replace",
            timeout=LONGEST,
        )
    except subprocess.TimeoutExpired:
        return "ran for ever"
    if run.returncode == 0:
        return ""
    failed = re.search(r"^(?:FAILED|ERROR) (\S+)", run.stdout, re.MULTILINE)
    return failed[1] if failed else f"pytest ended with {run.returncode}: {run.stdout[-300:]}"


if __name__ == "__main__":
    sys.exit(main())
