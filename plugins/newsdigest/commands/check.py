"""`invoke check`: the whole site on disk, compared with its manifest and read as a stranger would.

Files missing or not as built; then internal links and their anchors, duplicate ids, feeds and maps
well-formed: what `newsdigest.publish.verify` asks of each build's pages, asked of all, with a real
HTML parser. Files of others are counted, not judged.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Collection, Iterator
from pathlib import Path

from lxml import etree

from newsdigest.base.errors import printable
from newsdigest.base.i18n import translations
from newsdigest.base.settings import Settings
from newsdigest.publish import manifest
from newsdigest.publish.output import one_writer
from newsdigest.publish.page_links import OUTSIDE, Link, feed_links, read_page
from newsdigest.publish.verify import FEEDS, malformed


def check_site(settings: Settings) -> int:
    """Print each fault; 0 when there is none, 1 otherwise (or without a site)."""
    gettext = translations(settings.editor_lang).gettext
    output = Path(settings.output)
    ours = manifest.read(output)
    own = manifest.damaged(output)
    if not (ours or own):
        print(gettext("Nothing was built yet: run invoke build."), file=sys.stderr)
        return 1
    wrong = dict(manifest.wrong_files(output, ours))
    found = [
        f"{file.path}: {gettext('not as built') if there else gettext('missing')}"
        for file, there in wrong.items()
    ]
    found += [f"{path}: {gettext('not as built')}" for path in own]
    paths = {file.path for file in ours}
    sound = paths - {file.path for file in wrong}
    faults = [*found, *site_faults(output, sound, paths, settings.site.url)]
    for fault in faults:
        print(printable(fault))
    if found:
        print(gettext("invoke repair makes again what is missing or not as built."))
    foreign = _files(output) - paths - {file.path for file in manifest.read_journal(output)}
    if foreign:
        print(gettext("{count} files of others, left alone.").format(count=len(foreign)))
    files, count = len(ours), len(faults)
    print(gettext("{files} files checked, {count} faults.").format(files=files, count=count))
    return 1 if faults else 0


def repair_site(settings: Settings) -> int:
    """Have the next build make again what is not as built, and say how much; 1 without a site.

    Raises BuildError while a build is running.
    """
    gettext = translations(settings.editor_lang).gettext
    output = Path(settings.output)
    if not (manifest.read(output) or manifest.damaged(output)):
        print(gettext("Nothing was built yet: run invoke build."), file=sys.stderr)
        return 1
    with one_writer(output / manifest.FOLDER):
        count = manifest.have_repaired(output)
    print(gettext("{count} files missing or not as built.").format(count=count))
    return 0


def _files(output: Path) -> set[str]:
    """Every file in the site's folder, apart from what is in our own folder there."""
    return {
        os.path.relpath(os.path.join(folder, name), output)
        for folder, _folders, names in os.walk(output)
        for name in names
        if Path(os.path.relpath(folder, output)).parts[:1] != (manifest.FOLDER,)
    }


def site_faults(
    output: Path, paths: Collection[str], promised: Collection[str], site_url: str
) -> Iterator[str]:
    """Every fault of the files at these paths, `path: what is wrong`, by path.

    Links to the `promised` ones are sound, whatever stands there.
    """
    anchors: dict[str, set[str]] = {}
    links: dict[str, set[Link]] = {}
    for path in sorted(paths):
        data = (output / path).read_bytes()
        if path.endswith(".html"):
            page = read_page(path, data, site_url)
            links[path] = page.links | page.cited
            anchors[path] = set(page.ids)
            yield from (f"{path}: {fault}" for fault in page.faults)
            for twice in sorted({i for i in page.ids if page.ids.count(i) > 1}):
                yield f"{path}: id used twice: {twice}"
        elif faults := malformed(path, data):
            yield from (f"{path}: {fault}" for fault in faults)
        elif path.endswith(FEEDS):
            links[path] = feed_links(etree.fromstring(data), site_url)
    for path, targets in links.items():
        for target, anchor in sorted(targets):
            if target.startswith(OUTSIDE):
                address = target.removeprefix(OUTSIDE)
                yield f"{path}: link to /{address}, outside the site's folder"
            elif target not in promised and not (output / target).is_file():
                yield f"{path}: link to /{target}, which is not there"
            elif anchor and target in anchors and anchor not in anchors[target]:
                yield f"{path}: link to /{target}#{anchor}, which has no such anchor"
