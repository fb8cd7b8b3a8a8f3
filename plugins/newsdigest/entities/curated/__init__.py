"""The editors' own names (`content/entities.tsv`).

file         how the list is read
apply        its names in the place of the tagger's, in one article
surfaces     finding any number of known names in one pass
lookalikes   two names that may be one: proposed, never done
lone_surnames  a surname and its only bearer, proposed as well
"""
