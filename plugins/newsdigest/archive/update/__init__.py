"""Settling: these files changed, so what does the archive now say? Start with `settle`.

settle       the order of the steps; update: what they share. Then, in its order:
guards       what no build does untold: go back in time, take many articles away
kept         a published article stays as last read while its file cannot be read
earlier      the store of another version: how such files were last read
files        which article each file became, which of two equal ones stands, where; the editors'
             names applied anew
copies       which dispatch stands for its copies
names        which mention is whose, under which name and address; short_forms: a lone `M. Ouchakov`
links        what each `>>` line means that may have been answered
stories      whom each article follows, and what hangs together
suggestions  which earlier articles each one is like
"""
