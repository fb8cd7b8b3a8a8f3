"""Settling: these files changed, so what does the archive now say? Start with `settle`.

guards       what no build does untold, called by `build.py` around the settling: go back in time
             (exit 1), take many articles away (exit 4)
earlier      the store of another version: how files that cannot be read now were last read; called
             by `build.py` for each result
settle       the order of the steps; update: what they share; lots: rows that join tables
             together. Then, in its order:
kept         a published article stays as last read while its file cannot be read
packages     a file of several articles: each is filed as a file of its own would be
files        which article each file became, which of two twins (equal articles) has a page, where
ledger       its lines, and where an article stands for good; identities: whose a file is;
             published: what this publication adds to the lines; edits: how a line goes on
versions     of a wire item's files the highest version stands; the others are its duplicates
retractions  what was retracted leaves with its copies, and who quotes it; retracted: which is one
embargoes    what is held until its time, with its twins; what the clock turns
retagging    the editors' names applied anew to the articles that may hold one that changed
copies       which dispatch stands for its copies: they keep page and address, and leave the lists;
             newest: which version of it lists tell
remarks      what is odd in an article beside the others, told once
subscribers  what they will see in the feeds: new, updated, gone, once more
names        which mention is whose, under which name and address; short_forms: a lone `M. Ouchakov`
links        what each `>>` line means that may have been answered; unnamed: which none may see
stories      whom each article follows (those it follows are told: `Changes.followed`), and what
             hangs together; story_addresses: where stories stand for good
picks        which articles editors put first on a day
suggestions  which earlier articles each one is like
"""
