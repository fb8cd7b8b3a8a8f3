"""What is known of all articles: one SQLite file, and nobody else writes SQL.

store        the file: its tables, opening, what is noted of the site's files
articles     the readers: what a page shows, by bounded look-ups; stories: of stories and ties
update/      the one writer: files changed, so what does the archive now say? start with `settle`
changes      what an update changed, in the words the plan reasons with
"""
