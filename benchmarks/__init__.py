"""What the house costs: a generator of raw articles, a meter, and what is measured with them.

generate.py           raw articles by the thousand, the same ones every time
names.py vocabulary.py sentences.py       what they are made of
measure.py            CPU, wall time and peak memory of a command
parser.py             articles parsed and tagged a second
against_pelican.py    the full build beside stock Pelican's
build.py              builds of all kinds as the archive grows, beside the peers'
peers.py peer_sites/  the same articles, settings and a plain theme for Hugo, Pelican and Nikola
search.py             what the search costs, and whether it finds what is meant
pages.py              pages of each kind as browsers, checkers and Lighthouse judge them
"""
