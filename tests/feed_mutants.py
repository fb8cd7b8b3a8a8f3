"""Mistakes one may make in the code of feeds, each of which turns a feed test red: see `tests.mutants`.

python -m tests.mutants feeds
"""

from __future__ import annotations

BYTES = "site/feed_bytes.py"
JSON = "site/feed_json.py"
ENTRIES = "site/entries.py"
KINDS = "site/kinds/feeds.py"
EDITIONS = "site/kinds/editions.py"
CORRECTIONS = "site/kinds/corrections.py"
ENTITY = "site/kinds/entity.py"
STORY = "site/kinds/story.py"
STREAM = "archive/stream.py"
MARKUP = "text/markup.py"
ESCAPING = "text/escaping.py"
DATES = "text/dates.py"

# The quickest first: together less than a minute.
TESTS = (
    "tests/build/test_names_feeds.py",
    *("tests/site/test_feeds_texts.py", "tests/build/test_feeds_whole.py"),
    *("tests/site/test_feeds.py", "tests/build/test_feed_formats.py"),
    *("tests/build/test_feeds_sorted.py", "tests/site/test_feeds_valid.py"),
    *("tests/build/test_feed_history.py", "tests/build/test_copies_published.py"),
)

# (file, what stands in it once, what is put in its place, what is no more)
MUTANTS: tuple[tuple[str, str, str, str], ...] = (
    # -- who an entry is, and when ------------------------------------------------------------------
    (
        BYTES,
        "self.id(entry.feed_id or tag_uri(authority, entry.id))",
        "self.id(tag_uri(authority, entry.url))",
        "an article's id is not its address",
    ),
    (
        BYTES,
        "self.id(entry.feed_id or tag_uri(authority, entry.id))",
        "self.id(tag_uri(authority, entry.title))",
        "an article's id is not its headline",
    ),
    (
        ENTRIES,
        'id=files[0].rpartition(".")[0],',
        'id="feeds/all",',
        "each feed has an id of its own",
    ),
    (
        BYTES,
        'f"{{{_ATOM}}}updated").text = self.updated_at.isoformat()',
        'f"{{{_ATOM}}}updated").text = self.published_at.isoformat()',
        "RSS tells of an edit",
    ),
    (
        BYTES,
        "self.updated(self.updated_at)",
        "self.updated(self.published_at)",
        "Atom tells of an edit",
    ),
    (
        ENTRIES,
        "edited = [one.sent for one in (line, filed.version_line) if one and one.sent]",
        "edited = [edit.at for one in (line, filed.version_line) if one for edit in one.edits]",
        "a minor edit sends nothing again",
    ),
    (
        ENTRIES,
        "published = datetime.fromisoformat(line.published) if line else article.published",
        "published = article.published",
        "another date in the file does not make an article new",
    ),
    (
        ENTRIES,
        "return published, told_apart(updated, article.id)",
        "return published, updated",
        "articles of one day are told apart",
    ),
    (
        BYTES,
        "return max(entry.updated for entry in newest_first)",
        "return newest_first[0].updated",
        "a feed is as young as its youngest edit",
    ),
    (
        BYTES,
        "self.updated(moment)",
        "self.updated(datetime.now(moment.tzinfo))",
        "a feed's date is not the present",
    ),
    (
        DATES,
        "local = moment.astimezone(UTC).astimezone(zone)",
        "local = moment",
        "a date has the offset of the site's zone at that instant",
    ),
    (
        BYTES,
        "self.published_at = aware(entry.published, timezone)",
        'self.published_at = aware(entry.published, "UTC")',
        "a date is that of the site's clock",
    ),
    # -- what an entry says -------------------------------------------------------------------------
    (
        ENTRIES,
        "lang=article.lang,\n                feed_id",
        "lang=site.lang,\n                feed_id",
        "an entry is in its article's language",
    ),
    (
        ENTRIES,
        "categories=tuple(categories(filed, site)),",
        "categories=(),",
        "an entry is sorted under what it names",
    ),
    (
        BYTES,
        "scheme=tag_uri(authority, sort) if sort else None",
        "scheme=None",
        "a category says what it is",
    ),
    (
        ENTRIES,
        'source=article.source_url or "",',
        'source="",',
        "an entry says where its copy is from",
    ),
    (
        BYTES,
        "for name in self.authors:  # RSS",
        "for name in ():  # RSS",
        "RSS names who signed",
    ),
    (
        BYTES,
        'for name in ("rel", "type"):',
        'for name in ("type",):',
        "an entry's links say what they lead to",
    ),
    (
        BYTES,
        'self.content(html, type="html")',
        'self.content(html, type="CDATA")',
        "Atom's text is HTML",
    ),
    (
        BYTES,
        "self.description(str(escape(summary)))",
        "self.description(summary)",
        "a summary's angle brackets are text in RSS",
    ),
    (
        ESCAPING,
        "return str(escape(text))",
        "return text",
        "a hostile dispatch brings no markup into feeds",
    ),
    (
        BYTES,
        'return _UNWANTED.sub("", text)',
        "return text",
        "a control character does not stop the feeds",
    ),
    (
        MARKUP,
        'ReferenceLink(urljoin(site_url + "/", link.url.removeprefix("/")), link.iso_date)',
        "link",
        "the texts' addresses are absolute",
    ),
    (
        MARKUP,
        'urljoin(site_url + "/", link.url.removeprefix("/"))',
        "urljoin(site_url, link.url)",
        "a site's folder is in the texts' addresses",
    ),
    (
        ENTRIES,
        "full = full and site.summaries_only.isdisjoint(article.agencies)",
        "pass",
        "a licence leaves the summary alone",
    ),
    # -- what a feed holds --------------------------------------------------------------------------
    (
        BYTES,
        "ordered = sorted(entries, key=lambda entry: entry.order, reverse=True)",
        "ordered = sorted(entries, key=lambda entry: entry.order)",
        "the newest comes first",
    ),
    (
        BYTES,
        "if room < 0 and kept:",
        "if False:",
        "a feed stays short enough to be read",
    ),
    (
        "archive/languages.py",
        '" WHERE m.entity = ? AND m.live ORDER BY m.sort DESC"',
        '" WHERE m.entity = ? AND m.live ORDER BY m.sort"',
        "a name's feed has the newest articles",
    ),
    (
        "archive/languages.py",
        '" WHERE m.story = ? ORDER BY m.sort DESC"',
        '" WHERE m.story = ? ORDER BY m.sort"',
        "a story's feed has the newest articles",
    ),
    (
        "archive/languages.py",
        "kept = found.setdefault(lang, [])",
        "kept = found.setdefault(self.own, [])",
        "a feed is in one language",
    ),
    (
        ENTITY,
        'f"{shown.name} – {context.site.name}",\n        card.url,',
        'f"{shown.name} – {context.site.name}",\n        "/",',
        "a name's feed leads to its page",
    ),
    (
        ENTRIES,
        "every = sorted((*entries, *cancelled), key=",
        "every = sorted(entries, key=",
        "what left a name's feed does not come back with a retraction",
    ),
    (
        ENTRIES,
        'extent = extent if len(recent) == len(entries) else "newest"',
        "entries = recent",
        "a name's feed that was cut does not say that this is all",
    ),
    (
        STORY,
        "return FeedSource(title, card.url, newest, most=most)",
        'return FeedSource(title, "/", newest, most=most)',
        "a story's feed leads to its page",
    ),
    (
        ENTITY,
        'yield card_.slug, _("an article it holds changed")',
        "pass",
        "a name's feed follows an edit",
    ),
    (
        STREAM,
        '"SELECT n FROM live WHERE sort >= ? ORDER BY sort DESC"',
        '"SELECT n FROM standing WHERE sort >= ? ORDER BY sort DESC"',
        "a copy has no entry beside that of what it copies",
    ),
    (
        "archive/update/copies.py",
        "leading = self._published_first(leaders(copies, split), split)",
        "leading = leaders(copies, split)",
        "a copy dated earlier does not send the dispatch again",
    ),
    (
        "archive/update/published.py",
        "folded=now.folded,",
        "folded=False,",
        "a copy's line does not make it a dispatch that readers have",
    ),
    (
        BYTES,
        'self_url = info.atom_url if form == "atom" else info.rss_url',
        "self_url = info.atom_url",
        "a feed says where it stands itself",
    ),
    (
        BYTES,
        'self.link(href=clean(info.page_url), rel="alternate", type="text/html")',
        "pass",
        "a feed leads to a page",
    ),
    # -- its history --------------------------------------------------------------------------------
    (
        STREAM,
        'return min(by_days, published[-1]) if len(published) == least else ""',
        'return published[-1] if len(published) == least else ""',
        "the last days are whole, however many articles they have",
    ),
    (
        STREAM,
        "published = sorted((*newest, *gone), reverse=True)[:least]",
        "published = newest",
        "what is taken away brings nothing older in",
    ),
    (
        STREAM,
        '" LIMIT ? OFFSET ?"',
        '" DESC LIMIT ? OFFSET ?"',
        "documents are filled from the month's first article on",
    ),
    (
        STREAM,
        "part * ARCHIVED)",
        "part * (ARCHIVED - 1))",
        "each article is in one document",
    ),
    (
        KINDS,
        "before = href(ALL_ARCHIVE.files(archive, names[at - 1])[0]) if at else",
        "before = href(ALL_ARCHIVE.files(archive, names[0])[0]) if at else",
        "each document leads to the one before it",
    ),
    (
        KINDS,
        "before = href(ALL_ARCHIVE.files(context.archive, names[-1])[0]) if names else",
        "before = href(ALL_ARCHIVE.files(context.archive, names[0])[0]) if names else",
        "the live feed leads to the newest document",
    ),
    (
        BYTES,
        'complete = extent == "all" and len(newest_first) == len(entries)',
        "complete = True",
        "a feed with a part of all does not say that it is all",
    ),
    (
        BYTES,
        'complete = extent == "all" and len(newest_first) == len(entries)',
        "complete = False",
        "a feed that holds all says so",
    ),
    (
        BYTES,
        'self.history.mark = "archive" if info.archived else "complete" if complete else ""',
        'self.history.mark = "complete" if complete else ""',
        "a closed document says that it is one",
    ),
    # -- what else there is of it -------------------------------------------------------------------
    (
        JSON,
        '"date_modified": atom.findtext("updated"),',
        '"date_modified": atom.findtext("published"),',
        "JSON Feed tells of an edit",
    ),
    (
        JSON,
        '"date_published": atom.findtext("published"),',
        '"date_published": atom.findtext("updated"),',
        "JSON Feed says when an article came out",
    ),
    (
        ENTRIES,
        'hub="" if history and history.live else site.hub,',
        'hub=site.hub or "https://hub.example/",',
        "no hub is named that no setting names",
    ),
    (
        ENTRIES,
        "feed_id=line.feed,\n            ),",
        'feed_id=f"{line.feed}:annule",\n            ),',
        "what was cancelled keeps its id",
    ),
    (
        CORRECTIONS,
        'feed_id=f"{line.feed}:correction:{one.number}",',
        "feed_id=line.feed,",
        "a correction is an entry of its own",
    ),
    (
        EDITIONS,
        'name = f"editions/{day}"',
        "name = path",
        "an edition's id is its day, not its address",
    ),
    (
        "site/kinds/feed_lists.py",
        "folders.setdefault(line.folder, []).append(found)",
        "folders[line.folder] = [found]",
        "the list for feed readers has them all",
    ),
)
