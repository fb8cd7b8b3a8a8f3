"""The editors' own names (`content/entities.tsv`): read by `file.py`, applied by `apply.py`."""
