"""What the editor asks at the terminal, apart from building; `tasks.py` calls these.

inspect      `invoke inspect`: what the reader sees in raw files
importing    `invoke import`: files of any format as raw text, and what that loses
show         `invoke show`: what the archive knows of an article
links_review `invoke links`: `>>` lines, those that wait, those that need an editor
names_review `invoke entities`: names that may be one, and why an article has a tag
stories_review  `invoke story`, `invoke doubles`
check        `invoke check`: the whole site on disk
desk         the ledger's line that an editor means, and its change: what the desk's commands share
kill         `invoke kill`: an article is retracted with its copies, and brought back
move         `invoke move`: another address for an article, its former one leads there
correct      `invoke correct`: what an editor says of an edit of a published article
texts        `invoke texts`: the texts beside the news, for the editors to make their own
clean        `invoke clean`: away with all that builds made
edition      `invoke edition`: a day to send; edition_day: which, and what is in it; edition_mail,
             edition_epub: how it is written
doctor       `invoke doctor`: whether this machine can build; doctor_checks, doctor_desk: what it
             looks at
preview      `invoke serve`, `invoke watch`, `invoke preview`: the site here; marks: what a preview says
rollback     `invoke rollback`: an earlier publication put back; readable: pages and feeds as text
status       `invoke status`: what the next publication would meet; status_screen: as the editor sees it
diff         `invoke diff`: what the next publication would change, in words
sent         `invoke publish`: what was sent, or would be
screen       the terminal as it is: encodings, pipes, JSON
"""
