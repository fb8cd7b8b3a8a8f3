"""Social cards: the pictures that stand for pages where these are shared.

said       what a card says, out of the archive's records; the same as text
days       what that of a day says
which      which pages have one of their own, where it stands; the others' is the site's
look       its colours and fonts, as the theme has them
lettering  a text in the letters that a font has, in lines of a measured width
drawing    the picture's bytes

fonts/     Gelasio, cut down to what headlines are written in: FONTS.md
"""
