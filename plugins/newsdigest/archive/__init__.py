"""What is known of all articles: one SQLite file. No other folder knows SQL.

store        the one writer's hold on the file, in parts; start here to write. The parts:
raw_files    the raw files as last read; site_files: the site's own files, and what stands in them
underway     what the build has to do, until it is done (feed entries: entries)
ledger       which of the ledger's files are known, and which must be written
schema       the tables and views; opening: the store found, or made anew; faults: whose an error is
connections  the writer's, a reader's, copies; store_files: the seal, stores put by
rows         what a row holds: an article packed and unpacked
readers      all the readers over one connection; start here to read. Each marks what it tells:
articles     articles, as their own pages and feeds show them
periods      days, months, years, and who comes before and after
pictures     which pictures articles show; which files are none's, or cannot be shown
entities     one name: its articles, and who stands beside it
places       the places that a day or a story names, and where they are
index        all names: the A-Z index, its parts, who has a feed
labels       what articles are sorted under besides: agencies, sections; sections: these, by language
languages    who is in which; what a feed of one language holds
neighbours   who comes before and after an article for who reads on, in its language
stories      stories, their members; ties: one article's story, what followed it there (older articles
             say so), its copies, what it suggests
stream       how far back the feed of everything goes, so that nothing older comes up; its documents
retractions  what was retracted, and what proves that nothing tells of it
moves        former addresses, and where each leads
entries      feed entries kept between builds; views: what pages show, kept likewise
manifest     which files the site has, by page
reach        who shows what changed
embargoes    what is under embargo now; corrections: what readers are told of edits
standing     the editors' texts beside the news
unpublished  what readers have not, for `invoke status`
reviews      what the editors' commands ask; counts: how many of what, for the report
cards        rows as the cards that lists show; facts: the words of `@reads`; asked: what is known already
changes      what an update changed, in the words the plan reasons with
update/      the one writer: files changed, so what does the archive now say? (An address given for good:
             files.assign_slugs, by ledger; which version of a dispatch lists show: copies, newest)
"""
