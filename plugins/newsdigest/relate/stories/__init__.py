"""Stories: the threads that articles of one unfolding event form over days. Pure.

`threads` finds the article each article follows and what they make together, `titles` names a
story, `sentences` tells what is new in a dispatch, `timeline` the dates that matter in it.
"""
