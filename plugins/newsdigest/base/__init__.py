"""What every room passes on, and nothing that imports another room.

records      the records of an article's life; frozen, comparable, the same on every machine
link_reasons why a `>>` line means what it was found to mean
settings     a settings dictionary -> `Settings`
addresses    slugs, addresses, and the file that serves each
errors       exceptions, and every message for the editor
i18n         the editor's language: catalogues, their loading and compiling
fingerprint  digests of bytes, files and code
clock        a draft until it is due
conflict_copies  how copies that tools make of a file are called
"""
