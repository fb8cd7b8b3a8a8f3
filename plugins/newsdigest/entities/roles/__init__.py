"""What the copy says a person is: "le ministre", "présidente de la régie".

roles        how the copy is read; merged: those of many articles, an office once;
             words: what roles are made of, by language
"""
