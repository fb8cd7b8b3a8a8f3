"""The tagger by rules: one text -> spans. Start with `reader`.

reader       the order of the rules
runs         how far a name runs from its first capital
context      what the words around it say of it
miscased     text whose capitals mean nothing
"""
