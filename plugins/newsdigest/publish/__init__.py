"""Putting files into the live site, after a last look at each.

output       the locks, the staging folder, files put in place and deleted
manifest     which files of the site are ours: the list in `output/.lefil/`, and repair
media_types  what hosts are told of a file
verify       what must hold of each file; page_links: what it leads to within the site

The order of it all, and what finishes a build that was killed: `newsdigest/publication.py`, `planning.py`.
"""
