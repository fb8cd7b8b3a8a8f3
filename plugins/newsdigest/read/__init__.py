"""The content folder and its raw files: which are there, and what each says.

sources      the walk; which files count as articles, their bytes; left_out: which never do
scan         which are new, changed, gone or out of sight since the last build
formats      the suffixes of raw copy, and what parses each: a new format begins here
packages     files of several articles, each by itself, with a number for good
wire         newsroom formats (ninjs, NewsML, NITF, ANPA, IPTC 7901, RSS): a folder of its own
page         saved web pages: a folder of its own
piece        the editors' own pieces, Markdown or reStructuredText with metadata
mail         a mailed dispatch; looks: whether a file is a page or a mail, by its first bytes
raw_text     an article as raw text that reads back to it
composed     what such a file says of one article -> an `Article`
place        what a path says of its article: id, language, section
article      raw text -> an `Article` or a `Rejection`: start here. Then, in its order:
decode       bytes to text, encodings
normalise    line breaks, invisible characters, leftovers of HTML
embargo      embargo lines: until when nothing may be published
wrapped      hard-wrapped wire text rejoined
head         the date line
title        headline, kicker, update badge
page_words   menus, buttons, cookie banners of a copied page
furniture    a line by itself: `>>`, photos, page furniture; blocks: with its neighbours
credits      bylines, agencies, datelines
pictures     which picture files are whose
related      an article's `>>` headlines, without repeats
finish       second looks: interviews, subheadings, repeated paragraphs
remarks      what an editor may want to look at, told by the build that reads the file
language     the language of an article
agencies     how agencies sign, what is page furniture
"""
