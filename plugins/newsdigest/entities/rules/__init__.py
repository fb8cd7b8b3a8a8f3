"""The tagger by rules: one text -> spans. Start with `reader.py`."""
