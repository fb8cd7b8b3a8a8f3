"""What ties articles to each other: pure rules, given candidates.

links        which article a `>>` headline means; crowds: when it may mean hundreds
headlines    a headline as compared; aligner, closed_words: how nearly two tell the same;
             beginnings: lines cut off
copies       which dispatch is a copy of which; sketch: what it is told by (which of them lists show:
             `archive.update.copies`, `newest`)
wording      the words in a row of a text, hashed: what a retracted one is known by
worddiff     what another version of a dispatch adds; rewordings: what an edit changed; newer: whether
             a version is one that lists should show
stories/     which articles make one story; its title, new sentences, key dates (what followed an
             article there is looked up in `archive.ties`)
suggestions  earlier articles on the same matters; terms: an article as weighed words
decisions    what the editors decided of all these (`content/decisions.toml`)
"""
