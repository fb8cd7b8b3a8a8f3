"""Putting files into the live site (`output`), after a last look at each (`verify`)."""
