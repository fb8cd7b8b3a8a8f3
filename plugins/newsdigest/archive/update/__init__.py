"""Settling: these files changed, so what does the archive now say? Start with `settle.py`."""
