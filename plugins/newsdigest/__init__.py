"""Le Fil's core: raw wire articles in, a news digest out. It never imports Pelican.

    base        what every room passes on: records, settings, addresses, messages
    text        French typography, dates in words, alphabets, HTML of a body      (base)
    read        content/ -> which files, and raw bytes -> an Article               (base, text)
    pictures    the editors' picture files -> what every browser shows             (base)
    entities    an article -> its people, places, organisations                    (base, text)
    relate      what links articles: `>>` lines, copies, stories, suggestions      (+ entities)
    archive     the store, the only folder that knows SQLite: its readers and its one writer
    site        the page kinds: what each shows, when it is stale                  (+ archive)
    publish     bytes -> output/, file by file, at no instant half a file          (base)
    releases    a site -> where readers find it; what it was is kept                   (base, publish)
    commands    what the editor asks at the terminal

    build.py    the flow, read first; its stages: ingest.py (files are read), planning.py (what is stale),
                rendering.py and, for the workers, render.py (pages are made), publication.py; sending.py (the target)
    looked_at.py                                         an article's pictures, as its file is read
    rehearsal.py                                         what a build would do, told without doing it
    workers.py, executors.py, progress.py                how jobs are run and shown
    report.py, report_screen.py                          what a build did, counted, and as the editor sees it
    collector.py                                         what keeps Python's collector out of their way
    resources.py, host.py, versions.py                   what a build works with, and depends on
    editors_files.py                                     the editors' decisions and names, as a build finds them
    ledger_files.py                                      the ledger's files: which changed, and their writing

A folder imports what stands above it, in brackets where that is less (tests/base/test_rooms.py).
"""
