"""The content folder and its raw files: which are there, and what each says.

sources      the walk; which files count as articles, their bytes
scan         which are new, changed or gone since the last build
article      raw bytes -> an `Article` or a `Rejection`: start here; then, in its order:
decode, normalise, wrapped, head, title, page_words, furniture, blocks, credits, related, finish, language
sentences    where they end, for headlines and captions
agencies     known agencies and page furniture
"""
