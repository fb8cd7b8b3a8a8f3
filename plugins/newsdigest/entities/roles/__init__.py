"""What the copy says a person is: "le ministre", "présidente de la régie".

roles        how the copy is read; words: what roles are made of, by language
"""
