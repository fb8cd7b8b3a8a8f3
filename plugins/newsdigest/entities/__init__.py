"""The entities room: which people, places and organisations an article names.

Start with `tagger.py`; a file for each step stands beside it: `gazetteer.py` (what is known),
`rules.py` (one text -> spans), `document.py` (an article's spans -> its entities).
"""
