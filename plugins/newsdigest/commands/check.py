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
from urllib.parse import unquote, urlsplit

from lxml import etree
from lxml import html as lxml_html

from newsdigest.base.addresses import file_of, site_folder
from newsdigest.base.errors import printable
from newsdigest.base.i18n import translations
from newsdigest.base.settings import Settings
from newsdigest.publish import manifest
from newsdigest.publish.output import one_writer

# What a link leads to that leaves the folder of its host that the site stands in.
_OUTSIDE = "../"


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
    links: dict[str, set[tuple[str, str]]] = {}
    for path in sorted(paths):
        file = output / path
        if file.suffix == ".html":
            ids, links[path] = _read_page(file, path, site_url)
            anchors[path] = set(ids)
            for twice in sorted({i for i in ids if ids.count(i) > 1}):
                yield f"{path}: id used twice: {twice}"
        elif file.suffix in (".xml", ".atom", ".rss", ".opml"):
            try:
                etree.parse(file)
            except etree.XMLSyntaxError as error:
                yield f"{path}: not well-formed: {error}"
    for path, targets in links.items():
        for target, anchor in sorted(targets):
            if target.startswith(_OUTSIDE):
                address = target.removeprefix(_OUTSIDE)
                yield f"{path}: link to /{address}, outside the site's folder"
            elif target not in promised and not (output / target).is_file():
                yield f"{path}: link to /{target}, which is not there"
            elif anchor and target in anchors and anchor not in anchors[target]:
                yield f"{path}: link to /{target}#{anchor}, which has no such anchor"


def _read_page(file: Path, own: str, site_url: str) -> tuple[list[str], set[tuple[str, str]]]:
    """The ids in order and the internal links, as (file, anchor), of the page at `own`."""
    page = lxml_html.parse(file, lxml_html.HTMLParser(encoding="utf-8")).getroot()
    ids = [str(value) for value in page.xpath("//@id")]
    root = site_folder(site_url) + "/"
    links = set()
    for address in page.xpath("//@href | //@src"):
        text = str(address)
        if text.startswith(site_url + "/"):
            text = site_folder(site_url) + text[len(site_url) :]
        parts = urlsplit(text)
        if parts.scheme or parts.netloc:
            continue
        if parts.path.startswith(root):
            links.add((file_of(unquote(parts.path[len(root) :])), unquote(parts.fragment)))
        elif parts.path.startswith("/"):
            links.add((_OUTSIDE + unquote(parts.path[1:]), ""))
        elif not parts.path and parts.fragment:
            links.add((own, unquote(parts.fragment)))
    return ids, links
