"""Faults put into what pictures are read, made and shown by (`python -m tests.mutants pictures`)."""

from __future__ import annotations

TESTS = (
    "tests/pictures",
    "tests/read/test_parse_pictures.py",
    "tests/site/test_pictures_shown.py",
    "tests/build/test_pictures.py",
)

DECODE = "pictures/decode.py"
MAKING = "pictures/making.py"
CABINET = "pictures/cabinet.py"
READ = "read/pictures.py"
SOURCES = "read/sources.py"
SHOWN = "site/pictures.py"
FILES = "archive/update/files.py"

# (file, before, after, what is no more)
MUTANTS = (
    (DECODE, "if most_pixels and width * height > most_pixels:", "if False:", "bombs are refused"),
    (DECODE, "    small.info = {}\n", "", "comments are left out"),
    (DECODE, "Size(height, width) if _orientation(found) > 4 else ", "", "a turned picture's size"),
    (DECODE, "8: Transpose.ROTATE_90,", "8: Transpose.ROTATE_270,", "the way a camera was held"),
    (DECODE, "            found.load()\n        except", "            pass\n        except", "cut ones"),
    (DECODE, "(*_WHITE, 255)", "(0, 0, 0, 255)", "white under what is transparent"),
    (DECODE, "data.count(b\"\\xff\\xda\") > _MOST_SCANS", "False", "few scans"),
    (DECODE, "max(size) > SLIMMEST * min(size)", "False", "no slim ones"),
    (MAKING, "if one <= width]", "]", "none is enlarged"),
    (CABINET, "    if told != digest(packed).encode():\n        return None\n", "", "what a disk spoiled"),
    (CABINET, "if sha256(data).hexdigest() == sha:", "if True:", "the picture that was read"),
    (READ, "        if stem in ids:", "        if False:", "its own name first"),
    (READ, "if read.path not in given]", "]", "a named one stands once"),
    (SOURCES, "stamp += f\" +", "stamp += f\"\" if True else f\" +", "a stamp tells of pictures"),
    (SHOWN, 'Markup(\' loading="lazy"\') if lazy else ""', '""', "lazy below the first"),
    (SHOWN, "if one.width <= widest or one is files[0]", "", "lists are light"),
    (FILES, '("articles", "feed_entries", "vectors", "pictures")', '("articles", "feed_entries", "vectors")', "pictures go with their article"),
)  # fmt: skip
