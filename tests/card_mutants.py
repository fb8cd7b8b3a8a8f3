"""Mutants of social cards (`python -m tests.mutants cards`): what must be noticed if it were no more."""

from __future__ import annotations

TESTS = (
    "tests/site/cards/test_lettering.py",
    "tests/site/cards/test_drawing.py",
    "tests/site/kinds/test_card.py",
)

WHICH = "site/cards/which.py"
KIND = "site/kinds/card.py"
SAID = "site/cards/said.py"
LETTERING = "site/cards/lettering.py"
DRAWING = "site/cards/drawing.py"
RENDERER = "site/renderer.py"
TOUCHED = "site/touched.py"
ARTICLE = "site/kinds/article.py"
PERIODS = "site/kinds/periods.py"

# (file, what stands there once, what stands in its place, what is no more)
MUTANTS = (
    (WHICH, "1 - archive.limits.card_days", "-archive.limits.card_days", "the days are as many as asked for"),
    (WHICH, "for id_, _day, pictured in found if not pictured", "for id_, _day, pictured in found", "a picture stands for the card"),
    (WHICH, 'if len(day) == len("2026-01-23")', "if day", "a month has no card"),
    (WHICH, "?v={version}", "", "a corrected headline is shown anew"),
    (WHICH, "entity.articles >= limits.entity_card_from", "entity.articles > limits.entity_card_from", "the threshold is what it says"),
    (WHICH, "if not slug or not archive.limits.cards:", "if not slug:", "without cards no page tells of one"),
    (TOUCHED, "return there.symmetric_difference(which.recent(self.archive))", "return set(which.recent(self.archive)) - there", "cards of days that leave are gone"),
    (ARTICLE, '(touched.recent_of(cards.ARTICLE), _("other days are recent")),', "", "the pages of days that leave say so"),
    (PERIODS, "for day in touched.recent_of(which.DAY):", "for day in ():", "a day that leaves has the site's card"),
    (KIND, "crossed = (card.articles >= least) != (change.before >= least)", "crossed = True", "an entity's card is not made with each article"),
    (KIND, "for id_ in sorted(touched.reworded | touched.leading | changes.cited):", "for id_ in ():", "a corrected headline is on the card"),
    (SAID, "card.kicker or section", "section", "the kicker stands before the section"),
    (SAID, "leads[:LEADS]", "leads", "three headlines lead a day"),
    (LETTERING, "if missing * _MISSING > letters:", "if missing > letters:", "another script is not written in scraps"),
    (LETTERING, '        if kind[0] in "CM":\n            return ""\n', "", "nothing turns the text around"),
    (LETTERING, '_EMPTY.sub("", "".join(kept))', '"".join(kept)', "no empty brackets are left"),
    (LETTERING, "if len(lines) > most:", "if False:", "what has no room is cut"),
    (DRAWING, 'or bold.writable(said.instead) or name', "or name", "the section stands for what cannot be written"),
    (DRAWING, 'info.add_itxt("Description", words)', "pass", "what a card says is looked at"),
    (DRAWING, "told_by(look), ", "", "other colours are drawn"),
    (RENDERER, " and digest(data) == told", "", "another's picture in the place is none of ours"),
    (RENDERER, "        if told:\n            try:\n                data", "        if not told:\n            try:\n                data", "what stands is not drawn again"),
)  # fmt: skip
