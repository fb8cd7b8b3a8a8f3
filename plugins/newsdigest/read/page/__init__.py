"""Saved web pages: what a page says of its article, as plain text. Nothing is fetched.

page         a page's bytes -> an article, or why it is none: start here
saved        how browsers save pages: encodings, MHTML, the address they note
facts        headline, date, authors, language: linked data, then meta, then what is seen
linked       JSON-LD: which of a page's objects is its article
seen         the day and the headline as a reader sees them, where nothing marks them
body         the article's text among all the rest
boxes        what stands between its paragraphs: teasers, link lines, newsletters
furniture    what a page adds to its text: invitations, buttons, related headlines
walls        cookie walls, paywalled stubs, pages that are not there
"""
