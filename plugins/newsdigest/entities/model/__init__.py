"""The trained tagger. Start with `overlay`.

overlay      a model's names in the place of the rules', under the house's own decisions
features     what it looks at; decoder: the likeliest labels (CRF)
weights      what it learnt; sums: the same, added up for a text's tokens
bounds       where a model's name really begins and ends
spacy        a spaCy model in its place
"""
