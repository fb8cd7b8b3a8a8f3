"""What every room passes on, and nothing that imports another room.

records      the records of an article's life; frozen, comparable, the same on every machine
settings     a settings dictionary -> `Settings`; `Limits`: thresholds and lengths of lists
settings_check  what is wrong with the settings, a line each; address_check: with address patterns;
             folder_check: with the folders of a build
addresses    slugs, addresses, and the file that serves each; a site in a folder of its host
agencies     the news agencies known without a setting, and what they sign with
ledger       what was published, under which id, at which address: its lines read and written
errors       exceptions, and the wordings of rejections and warnings (E_, W_); a `BuildError` is worded
             where it is raised, E_ENTITY_ lines in `entities/curated/file.py`
link_reasons why a `>>` line means what it was found to mean
i18n         the editor's language: catalogues, their loading and compiling
fingerprint  digests of bytes, files and code
plain        any value of a setting as text, the same in every process
clock        a draft until it is due
arrays       NumPy, loaded with the first array; late: patterns, compiled when they are first asked
conflict_copies  how copies that tools make of a file are called
"""
