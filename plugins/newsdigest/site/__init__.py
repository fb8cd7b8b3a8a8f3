"""The site: which pages there are, when each is stale, and what it shows.

plan         what changed -> stale pages, with reasons
renderer     one page of the plan, from the archive to its bytes
kinds/       what each kind of page shows
head, words, chart, shapes    what pages share; entries, feed_bytes: feeds
theme        the theme's own files
"""
