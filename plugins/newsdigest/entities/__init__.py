"""Which people, places and organisations an article names. Start with `tagger`.

tagger       `tagger_named(name)`, and the promises of whatever stands behind it
rules/       one text -> spans, by rules and gazetteers
model/       the same, by a trained model under the rules' decisions
document     an article's spans -> its entities, one person under all its forms
quotes       the sentence that names one, as its page shows it
one_thing    names that are of one thing beyond doubt; clauses: where a sentence goes on
official     long official names: how far they go, and bodies that are nobody's
acronyms     `Long Form (ABC)`; short: forms that stand alone, left for the archive
curated/     the editors' own names (`content/entities.tsv`): that two are one, that two of a name are two
             (file), obeyed in apply; names that may be one
roles/       what a person is said to be
gazetteer    what is known before reading; words: closed lists the rules read by
capitals     where a name can begin; spans: what is found in one text
names        what the wire writes around a name; titles: a name without it
forms        what an article's names are compared by
filing       where a list of names files one: a person under the surname
coordinates  where places are, for maps
keys         when two spellings are one name in the archive (accents, case, hyphens do not count)
"""
