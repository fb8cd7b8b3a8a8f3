"""The store's tables, indexes and views.

An article is known by its number `n` in every table. The order of articles is that of their
`sort`: date, then id. What an article's state means is said once, by the views `live`, `folded`,
`standing` and `apart`: whoever reads asks these. Whoever changes it has the words below.
"""

# An article's state: in the lists; folded under one that is; not published because one that is
# says the very same; not to be published yet; read, and not yet chosen.
PUBLISHED, FOLDED, DUPLICATE, DRAFT, HELD = "published", "folded", "duplicate", "draft", "held"
# Those that have a page.
STANDING = (PUBLISHED, FOLDED)

# Bump when the tables or the records kept in them change: the store is then rebuilt.
SCHEMA_VERSION = 26

SCHEMA = """
CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
-- The raw files as last read: what became of each, and of which article. A file of several articles is
-- a `package`, its `line` counts them; each of them has a row too, and `package` is their file.
CREATE TABLE files (
    path TEXT PRIMARY KEY, stamp TEXT NOT NULL, sha TEXT NOT NULL, outcome TEXT NOT NULL, article TEXT,
    code TEXT, line INTEGER, facts BLOB, warnings TEXT NOT NULL DEFAULT '',
    package TEXT NOT NULL DEFAULT ''
) WITHOUT ROWID;
CREATE INDEX files_package ON files (package) WHERE package != '';
CREATE INDEX files_kept ON files (article) WHERE outcome = 'kept';
CREATE INDEX files_others ON files (outcome) WHERE outcome != 'article';
CREATE INDEX files_code ON files (code) WHERE code IS NOT NULL;
CREATE INDEX files_warnings ON files (warnings) WHERE warnings != '';
-- `item`, `version`: a wire item's name everywhere, and a version that can be compared; `outdone`:
-- another file has a higher one. `same_text` is equal for articles equal in headline, date and
-- body; `duplicate_of` is which of them stands, or the leader of a folded copy; `plain_slug` is the slug before any number.
CREATE TABLE articles (
    n INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE, sort TEXT NOT NULL,
    day TEXT NOT NULL, folder TEXT NOT NULL, section TEXT NOT NULL, state TEXT NOT NULL,
    same_text TEXT NOT NULL, duplicate_of TEXT, headline TEXT NOT NULL,
    headline_key TEXT NOT NULL, numbers TEXT NOT NULL, plain_slug TEXT NOT NULL,
    slug TEXT NOT NULL DEFAULT '', url TEXT NOT NULL DEFAULT '',
    card BLOB NOT NULL, record BLOB NOT NULL, parts BLOB NOT NULL,
    path TEXT NOT NULL, sha TEXT NOT NULL, text TEXT NOT NULL,
    item TEXT NOT NULL DEFAULT '', version TEXT NOT NULL DEFAULT '',
    outdone INTEGER NOT NULL DEFAULT 0
);
CREATE INDEX articles_item ON articles (item) WHERE item != '';
-- The versions of a wire item that are not the article of their own name: which they are instead.
CREATE TABLE stand_ins (path TEXT PRIMARY KEY, id TEXT NOT NULL, item TEXT NOT NULL) WITHOUT ROWID;
CREATE INDEX stand_ins_item ON stand_ins (item);
CREATE INDEX articles_path ON articles (path);
CREATE INDEX articles_text ON articles (text);
-- The pictures of articles, each at its place; the picture files that were looked at for an article's file,
-- or that it `named`, with what is wrong with them.
CREATE TABLE pictures (
    n INTEGER NOT NULL, place INTEGER NOT NULL, sha TEXT NOT NULL, path TEXT NOT NULL,
    width INTEGER NOT NULL, height INTEGER NOT NULL, PRIMARY KEY (n, place)
) WITHOUT ROWID;
CREATE INDEX pictures_sha ON pictures (sha);
CREATE TABLE picture_files (
    file TEXT NOT NULL, path TEXT NOT NULL, named INTEGER NOT NULL, code TEXT, facts BLOB,
    PRIMARY KEY (file, path)
) WITHOUT ROWID;
-- In the lists; folded under one that is; with a page, that is either, and which of them the lists
-- show for it; not in the lists.
CREATE VIEW live AS SELECT * FROM articles WHERE state = 'published';
CREATE VIEW folded AS SELECT * FROM articles WHERE state = 'folded';
CREATE VIEW standing AS
    SELECT *, coalesce(duplicate_of, id) AS leader FROM articles WHERE state IN ('published', 'folded');
CREATE VIEW apart AS SELECT * FROM articles WHERE state != 'published';
CREATE UNIQUE INDEX articles_published ON articles (sort) WHERE state = 'published';
CREATE INDEX articles_day ON articles (day, folder) WHERE state = 'published';
CREATE INDEX articles_standing_day ON articles (day) WHERE state IN ('published', 'folded');
CREATE INDEX articles_folder ON articles (folder, plain_slug);
CREATE INDEX articles_same_text ON articles (same_text);
CREATE INDEX articles_folded ON articles (sort) WHERE state = 'folded';
CREATE INDEX articles_key ON articles (headline_key);
CREATE INDEX articles_copies ON articles (duplicate_of) WHERE duplicate_of IS NOT NULL;
CREATE INDEX articles_apart ON articles (state, id) WHERE state != 'published';
CREATE INDEX articles_renumbered ON articles (id) WHERE state = 'published' AND slug != plain_slug;
CREATE INDEX articles_url ON articles (url);
-- What an article's own text says of its embargo; who is under one now, whoever says so: in UTC.
CREATE TABLE embargoes (id TEXT PRIMARY KEY, until TEXT NOT NULL) WITHOUT ROWID;
CREATE INDEX embargoes_until ON embargoes (until);
CREATE TABLE embargoed (id TEXT PRIMARY KEY, until TEXT NOT NULL) WITHOUT ROWID;
-- Which articles editors put first on a day: on that one only, or whatever day they are of ('').
CREATE TABLE picks (
    day TEXT NOT NULL, place INTEGER NOT NULL, id TEXT NOT NULL, PRIMARY KEY (day, place)
) WITHOUT ROWID;
CREATE INDEX picks_article ON picks (id);
-- The `>>` lines, and what each means.
CREATE TABLE refs (
    n INTEGER NOT NULL, position INTEGER NOT NULL, headline TEXT NOT NULL,
    headline_key TEXT NOT NULL, state TEXT NOT NULL DEFAULT '', target TEXT, method TEXT,
    reason TEXT NOT NULL DEFAULT '', PRIMARY KEY (n, position)
) WITHOUT ROWID;
-- By which words a headline is found that a line cites otherwise than it is, and the lines that wait
-- for one.
CREATE TABLE headline_words (
    word TEXT NOT NULL, day TEXT NOT NULL, n INTEGER NOT NULL, PRIMARY KEY (word, day, n)
) WITHOUT ROWID;
CREATE TABLE probes (
    word TEXT NOT NULL, day TEXT NOT NULL, n INTEGER NOT NULL, position INTEGER NOT NULL,
    PRIMARY KEY (word, day, n, position)
) WITHOUT ROWID;
CREATE INDEX refs_key ON refs (headline_key);
CREATE INDEX refs_unlinked ON refs (state) WHERE state != 'linked';
CREATE INDEX refs_target ON refs (target) WHERE target IS NOT NULL;
CREATE TABLE entities (
    entity INTEGER PRIMARY KEY, key TEXT NOT NULL, kind TEXT NOT NULL, type TEXT NOT NULL,
    name TEXT NOT NULL, plain_slug TEXT NOT NULL, slug TEXT NOT NULL, articles INTEGER NOT NULL,
    page_from INTEGER NOT NULL DEFAULT 0, first TEXT NOT NULL, first_type TEXT NOT NULL DEFAULT '',
    initials TEXT NOT NULL, link TEXT NOT NULL, at TEXT NOT NULL DEFAULT '',
    UNIQUE (key, kind)
);
CREATE INDEX entities_initials ON entities (initials, articles)
    WHERE articles >= page_from AND articles > 0;
CREATE INDEX entities_articles ON entities (articles);
CREATE INDEX entities_types ON entities (type) WHERE articles > 0;
CREATE INDEX entities_plain_slug ON entities (plain_slug);
CREATE INDEX entities_slug ON entities (slug);
-- Who is named where: `name` as shown there, `live` if the article is in the lists.
CREATE TABLE mentions (
    entity INTEGER NOT NULL, sort TEXT NOT NULL, n INTEGER NOT NULL, position INTEGER NOT NULL,
    mentions INTEGER NOT NULL, live INTEGER NOT NULL, joined INTEGER NOT NULL, name TEXT NOT NULL,
    tagged TEXT NOT NULL, type TEXT NOT NULL, before TEXT NOT NULL, mention TEXT NOT NULL,
    after TEXT NOT NULL, PRIMARY KEY (entity, sort)
) WITHOUT ROWID;
CREATE INDEX mentions_article ON mentions (n);
-- Whose a surname may be.
CREATE TABLE surnames (
    short TEXT NOT NULL, entity INTEGER NOT NULL, PRIMARY KEY (short, entity)
) WITHOUT ROWID;
CREATE INDEX surnames_entity ON surnames (entity);
-- Acronyms that an article spells out, and whose they are there.
CREATE TABLE spelled_out (
    short TEXT NOT NULL, entity INTEGER NOT NULL, sort TEXT NOT NULL,
    PRIMARY KEY (short, entity, sort)
) WITHOUT ROWID;
CREATE INDEX spelled_out_entity ON spelled_out (entity);
-- Surnames and acronyms that stand alone in an article: whose they are is settled.
CREATE TABLE short_forms (
    kind TEXT NOT NULL, short TEXT NOT NULL, sort TEXT NOT NULL, n INTEGER NOT NULL,
    position INTEGER NOT NULL, PRIMARY KEY (kind, short, sort)
) WITHOUT ROWID;
CREATE TABLE roles (
    entity INTEGER NOT NULL, sort TEXT NOT NULL, key TEXT NOT NULL, role TEXT NOT NULL,
    PRIMARY KEY (entity, sort, key)
) WITHOUT ROWID;
CREATE TABLE forms (
    entity INTEGER NOT NULL, form TEXT NOT NULL, articles INTEGER NOT NULL,
    PRIMARY KEY (entity, form)
) WITHOUT ROWID;
CREATE TABLE months (
    entity INTEGER NOT NULL, month TEXT NOT NULL, articles INTEGER NOT NULL,
    PRIMARY KEY (entity, month)
) WITHOUT ROWID;
-- What articles are sorted under besides: the agencies that sign them, their sections.
CREATE TABLE labels (
    kind TEXT NOT NULL, label TEXT NOT NULL, sort TEXT NOT NULL, n INTEGER NOT NULL,
    PRIMARY KEY (kind, label, sort)
) WITHOUT ROWID;
CREATE INDEX labels_article ON labels (n);
CREATE TABLE label_months (
    kind TEXT NOT NULL, label TEXT NOT NULL, month TEXT NOT NULL, articles INTEGER NOT NULL,
    PRIMARY KEY (kind, label, month)
) WITHOUT ROWID;
-- What an article is about, who is like it, and which of these it suggests.
CREATE TABLE vectors (
    n INTEGER PRIMARY KEY, sketch BLOB NOT NULL, terms BLOB NOT NULL,
    ranked BLOB NOT NULL DEFAULT x'', chosen BLOB NOT NULL DEFAULT x''
);
CREATE TABLE postings (
    term TEXT NOT NULL, month TEXT NOT NULL, block BLOB NOT NULL, PRIMARY KEY (term, month)
) WITHOUT ROWID;
-- Which dispatch is a copy of which.
CREATE TABLE copies (id TEXT PRIMARY KEY, of TEXT NOT NULL) WITHOUT ROWID;
CREATE INDEX copies_of ON copies (of);
-- The articles of stories, each with the one it follows, and why.
CREATE TABLE members (
    id TEXT PRIMARY KEY, sort TEXT NOT NULL, story TEXT NOT NULL, parent TEXT, kind TEXT NOT NULL,
    names TEXT NOT NULL, words TEXT NOT NULL
) WITHOUT ROWID;
CREATE INDEX members_parent ON members (parent) WHERE parent IS NOT NULL;
CREATE INDEX members_story ON members (story, sort);
-- The names of headlines by which an affair is known again.
CREATE TABLE affairs (
    term TEXT NOT NULL, sort TEXT NOT NULL, id TEXT NOT NULL, PRIMARY KEY (term, sort)
) WITHOUT ROWID;
CREATE INDEX affairs_id ON affairs (id);
-- `kept`: the slug is the one it was published under, not its first headline's. `lang`: the language of
-- the title, '' for the site's.
CREATE TABLE stories (
    story TEXT PRIMARY KEY, title TEXT NOT NULL, plain_slug TEXT NOT NULL, slug TEXT NOT NULL,
    first TEXT NOT NULL, last TEXT NOT NULL, articles INTEGER NOT NULL, kept INTEGER NOT NULL,
    lang TEXT NOT NULL
) WITHOUT ROWID;
CREATE INDEX stories_slug ON stories (slug);
CREATE INDEX stories_plain_slug ON stories (plain_slug);
CREATE INDEX stories_last ON stories (last);
CREATE INDEX stories_first ON stories (first);
CREATE TABLE feed_entries (n INTEGER PRIMARY KEY, entry BLOB NOT NULL);
-- What pages show, packed.
CREATE TABLE views (kind TEXT NOT NULL, name TEXT NOT NULL, view BLOB NOT NULL, PRIMARY KEY (kind, name));
-- The site's own files, by the page each belongs to; a digest of '': what stands there is not known.
CREATE TABLE pages (
    path TEXT PRIMARY KEY, kind TEXT NOT NULL, name TEXT NOT NULL, digest TEXT NOT NULL
) WITHOUT ROWID;
CREATE INDEX pages_page ON pages (kind, name);
CREATE INDEX pages_unsure ON pages (path) WHERE digest = '';
CREATE INDEX pages_article ON pages (name) WHERE kind = 'article';
-- What the build under way makes and deletes, and which files it adds (`live`) or takes away.
CREATE TABLE pending (
    kind TEXT NOT NULL, name TEXT NOT NULL, reason TEXT NOT NULL, PRIMARY KEY (kind, name)
) WITHOUT ROWID;
-- The ledger: `line` is its JSON. A month is unwritten while it says more than its file.
CREATE TABLE ledger (
    id TEXT PRIMARY KEY, file TEXT NOT NULL, text TEXT NOT NULL, month TEXT NOT NULL,
    line TEXT NOT NULL, retracted INTEGER NOT NULL
) WITHOUT ROWID;
CREATE INDEX ledger_retracted ON ledger (id) WHERE retracted;
CREATE INDEX ledger_file ON ledger (file);
CREATE INDEX ledger_text ON ledger (text);
CREATE INDEX ledger_month ON ledger (month);
CREATE TABLE ledger_addresses (
    address TEXT PRIMARY KEY, id TEXT NOT NULL, former INTEGER NOT NULL
) WITHOUT ROWID;
CREATE INDEX ledger_addresses_id ON ledger_addresses (id);
CREATE INDEX ledger_addresses_former ON ledger_addresses (address) WHERE former;
-- The stories each article was published in, by their slugs; one is the latest.
CREATE TABLE ledger_stories (
    slug TEXT NOT NULL, id TEXT NOT NULL, latest INTEGER NOT NULL, PRIMARY KEY (slug, id)
) WITHOUT ROWID;
CREATE INDEX ledger_stories_id ON ledger_stories (id);
CREATE TABLE ledger_months (
    month TEXT PRIMARY KEY, stamp TEXT NOT NULL, unwritten INTEGER NOT NULL
) WITHOUT ROWID;
-- What readers are told of edits: which correction of its article it is, when, on which day of theirs.
CREATE TABLE corrections (
    id TEXT NOT NULL, number INTEGER NOT NULL, at TEXT NOT NULL, day TEXT NOT NULL,
    PRIMARY KEY (id, number)
) WITHOUT ROWID;
CREATE INDEX corrections_at ON corrections (at);
CREATE INDEX corrections_day ON corrections (day);
-- The records of published texts that have been edited since: what readers still see.
CREATE TABLE last_published (id TEXT PRIMARY KEY, record BLOB NOT NULL) WITHOUT ROWID;
-- The articles that came, went or changed since the ledger was last written, and such stories. `was`:
-- what an article was to readers then, 'listed', 'folded' or '' for not there; `again`: which article
-- that is gone it is the same dispatch as.
CREATE TABLE unpublished (
    id TEXT PRIMARY KEY, was TEXT NOT NULL DEFAULT '', again TEXT NOT NULL DEFAULT ''
) WITHOUT ROWID;
CREATE TABLE unpublished_stories (story TEXT PRIMARY KEY) WITHOUT ROWID;
-- The headlines that standing articles were published under and have no more, and their words as
-- `headline_words` has those of today's.
CREATE TABLE former_headlines (
    n INTEGER NOT NULL, headline TEXT NOT NULL, headline_key TEXT NOT NULL, numbers TEXT NOT NULL,
    PRIMARY KEY (n, headline)
) WITHOUT ROWID;
CREATE INDEX former_headlines_key ON former_headlines (headline_key);
CREATE TABLE former_words (
    word TEXT NOT NULL, day TEXT NOT NULL, n INTEGER NOT NULL, headline TEXT NOT NULL,
    PRIMARY KEY (word, day, n, headline)
) WITHOUT ROWID;
-- What articles say in the very words of a retracted one: these are theirs to say.
CREATE TABLE quotes (
    id TEXT NOT NULL, of TEXT NOT NULL, quoted BLOB NOT NULL, PRIMARY KEY (id, of)
) WITHOUT ROWID;
CREATE TABLE coming (path TEXT PRIMARY KEY, live INTEGER NOT NULL) WITHOUT ROWID;
"""
