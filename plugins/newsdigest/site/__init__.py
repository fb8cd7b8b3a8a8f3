"""The site: which pages there are, when each is stale, and what it shows.

kinds/       each kind of page, declared whole: address, reads, staleness, view
kind         what a declaration says (`PageKind`); table: all of them, for the documentation
touched      what changes touched, for the kinds to ask; plan: stale pages, with reasons
renderer     one page of the plan, from the archive to its bytes; packing: what it shows, to be kept
head         title, description, robots, navigation; json_ld: structured data; news_article: an article's
lists        articles and names as lists show them; chart: articles over time
places_map   the map of a page's places; geography: which part of the world it shows, and the coasts
edition      a day by rank; ranking: which of its articles leads
cards/       the pictures that stand for pages where these are shared
search       what of an article can be searched; spans: the articles searched as one; pagefind: the program
leaks        the proof that no file tells of what is under embargo or was retracted
notes        corrections as readers are told of them
pictures     an article's pictures as HTML, for pages and feeds
body         an article's text as HTML; entries: as a feed entry; feed_bytes: Atom, RSS, OPML; feed_json: JSON
feed_media   the picture of a feed's entry
formats      an article as plain text and as ninjs
feed_parts   the lists for feed readers, where all feeds are too many for one
standing     the texts beside the news (Markdown, `texts/`) as HTML
words        the words of titles and lists; shapes: what templates rely on
settings     the settings of a site, its kinds' addresses included
theme        the theme's own files; styles: its style sheets as one; web_manifest: what a home screen needs
compiled     how templates become Python
"""
