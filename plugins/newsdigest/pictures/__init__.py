"""Picture files: from bytes that anybody may have sent to files that every browser shows.

decode     is it a picture, how large, and its pixels: upright, in sRGB, on white, nothing else of it
making     what the site shows of one: its widths, its formats, what its files are called
cabinet    the files made of each picture, kept in the cache; made once

Nothing here knows of articles. Pillow is imported when the first picture is met.
"""
