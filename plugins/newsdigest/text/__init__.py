"""Text as readers see it: pure functions from text to text.

typography   French (and other) spacing and signs; spacing: what copy lacks of it
dates        dates in words, calendars
moments      the instant that words name, in any form wires use; hours: the hour a dispatch bears
dated/       words of a text that date, found and marked: "mardi soir", "la semaine dernière"
alphabet     where a name stands in an A-Z index
folding      case and accents set aside; headline_key: what spellings of one headline share
decoration   what a page hangs on a cited headline; spellings: "huit" and "8" made one
sentences    where they end, as far as a headline or a summary asks
shorten      the beginning of a text that is too long
lexicon      frozen counts of words, of the language at large
known_names  the places, organisations and things that shipped lists know
word_lists   how the lists of words beside the code are read
markup       an article's blocks -> HTML; everything is escaped there; reading minutes
tables       what a table's cells say of its rows and columns; escaping: plain text as HTML
"""
