"""`invoke check`: the whole site on disk, read as a stranger would.

Internal links and their anchors, duplicate ids, feeds and maps well-formed:
what `newsdigest.publish.verify` asks of each build's pages, asked of all, with a real HTML parser.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote, urlsplit

from lxml import etree
from lxml import html as lxml_html

from newsdigest.base.addresses import file_of, site_folder
from newsdigest.base.i18n import translations
from newsdigest.base.settings import Settings

# What a link leads to that leaves the folder of its host that the site stands in.
_OUTSIDE = "../"


def check_site(settings: Settings) -> int:
    """Print each fault; 0 when there is none, 1 otherwise (or without a site)."""
    gettext = translations(settings.editor_lang).gettext
    output = Path(settings.output)
    if not (output / "index.html").is_file():
        print(gettext("Nothing was built yet: run invoke build."), file=sys.stderr)
        return 1
    count = 0
    for fault in site_faults(output, settings.site.url):
        print(fault)
        count += 1
    files = sum(1 for file in output.rglob("*") if file.is_file())
    print(gettext("{files} files checked, {count} faults.").format(files=files, count=count))
    return 1 if count else 0


def site_faults(output: Path, site_url: str) -> Iterator[str]:
    """Every fault of the site, `path: what is wrong`, by path."""
    anchors: dict[str, set[str]] = {}
    links: dict[str, set[tuple[str, str]]] = {}
    for file in sorted(output.rglob("*")):
        path = file.relative_to(output).as_posix()
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
            elif not (output / target).is_file():
                yield f"{path}: link to /{target}, which is not there"
            elif anchor and target.endswith(".html") and anchor not in anchors[target]:
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
