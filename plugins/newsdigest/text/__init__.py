"""Text as readers see it: pure functions from text to text.

typography   French (and other) spacing and signs
dates        dates in words, calendars
alphabet     where a name stands in an A-Z index
lexicon      frozen counts of words, of the language at large
known_names  the places, organisations and things that shipped lists know
markup       an article's blocks -> HTML; everything is escaped there
"""
