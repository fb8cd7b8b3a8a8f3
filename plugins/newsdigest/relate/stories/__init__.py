"""The threads that articles of one unfolding event form over days. Pure.

threads      which earlier article each one follows; window: the candidates of a week; likeness: how
             alike two articles are; bulletins: what is no story;
             affairs: what is named again after a week
titles       what a story is called: the headline of one of its dispatches
sentences    what is new in a dispatch
timeline     the dates that matter; essentials: what a story comes to, in three sentences
"""
