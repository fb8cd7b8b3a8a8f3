"""Files by their names: what nobody meant as content, copies, and the forms of one name."""

from __future__ import annotations

import io
import json
import os
from dataclasses import replace
from pathlib import Path

import pytest
from newsdigest.base.i18n import translations
from newsdigest.build import Outcome
from newsdigest.commands.inspect import inspect_paths
from newsdigest.commands.show import show_articles
from newsdigest.report_screen import show
from newsroom import Newsroom, article
from rich.console import Console

COMPOSED, DECOMPOSED = "caf\u00e9", "cafe\u0301"


@pytest.fixture
def newsroom(tmp_path: Path) -> Newsroom:
    return Newsroom(tmp_path)


def screen(outcome: Outcome) -> str:
    text = io.StringIO()
    show(outcome.report, Console(file=text, width=200), translations("en").gettext, "content")
    return text.getvalue()


def outcomes(outcome: Outcome) -> tuple[int, ...]:
    report = outcome.report
    return report.found, report.published, report.duplicate, report.rejected, report.ignored


def test_an_old_version_in_a_hidden_folder_takes_nothing_from_the_article(newsroom):
    newsroom.write("pont.txt", article("Le pont rouvre", text="Le texte juste."))
    newsroom.write(".stversions/pont.txt", article("Le pont rouvre", text="Le vieux texte."))
    newsroom.write("#recycle/pont.txt", article("Le pont rouvre", text="Le vieux texte."))
    newsroom.write("~$pont.txt", article("Le pont rouvre", text="Le vieux texte."))
    assert outcomes(newsroom.build()) == (4, 1, 0, 0, 3)
    assert b"Le texte juste" in newsroom.site["2026/01/15/le-pont-rouvre.html"]
    assert not any(b"vieux texte" in data for data in newsroom.site.values())


def test_a_section_that_is_ignored_from_now_on_leaves_the_site(newsroom):
    newsroom.write("notes/a.txt", article("Une note"))
    newsroom.write("pont.txt", article("Le pont rouvre"))
    newsroom.build()
    outcome = newsroom.build(ignored=("notes",))
    assert outcomes(outcome) == (2, 1, 0, 0, 1)
    assert newsroom.site == newsroom.clean_build(ignored=("notes",))


def test_a_conflict_copy_is_named_on_the_screen_and_published_nowhere(newsroom):
    newsroom.write("pont.txt", article("Le pont rouvre", text="Le texte juste."))
    name = "pont (Copie en conflit de Nadia 2026-01-02).txt"
    newsroom.write(name, article("Le pont rouvre", text="Le texte de Nadia."))
    outcome = newsroom.build()
    assert outcomes(outcome) == (2, 1, 0, 1, 0)
    assert (
        f"content/{name}:1: E_CONFLICT_COPY: a sync tool kept this copy beside pont.txt: it is not"
        " published. Bring what is right in it into pont.txt, then delete it, or rename it."
    ) in screen(outcome)
    (newsroom.content / "pont.txt").unlink()
    assert outcomes(newsroom.build()) == (1, 1, 0, 0, 0)
    assert b"de Nadia" in newsroom.site["2026/01/15/le-pont-rouvre.html"]
    newsroom.write("pont.txt", article("Le pont rouvre", text="Le texte juste."))
    assert outcomes(newsroom.build()) == (2, 1, 0, 1, 0)
    assert b"Le texte juste" in newsroom.site["2026/01/15/le-pont-rouvre.html"]
    assert newsroom.site == newsroom.clean_build()


def test_a_section_that_turns_out_to_be_a_conflict_copy_leaves_the_site(newsroom):
    copied = "monde (conflicted copy 2026-01-02)"
    newsroom.write(f"{copied}/a.txt", article("Le pont rouvre", text="Le vieux texte."))
    assert outcomes(newsroom.build()) == (1, 1, 0, 0, 0)
    newsroom.write("monde/a.txt", article("Le pont rouvre", text="Le texte juste."))
    assert outcomes(newsroom.build()) == (2, 1, 0, 1, 0)
    assert b"Le texte juste" in newsroom.site["2026/01/15/le-pont-rouvre.html"]
    assert newsroom.site == newsroom.clean_build()


def test_a_second_copy_is_named_on_the_screen_and_in_the_report(newsroom):
    newsroom.write("pont.txt", article("Le pont rouvre"))
    newsroom.write("Copie de pont.txt", article("Le port ferme"))
    outcome = newsroom.build()
    assert "W_COPY: content/Copie de pont.txt = content/pont.txt" in screen(outcome)
    report = outcome.report.as_json(str)
    assert report["copies"] == [{"path": "Copie de pont.txt", "original": "pont.txt"}]
    assert report["warnings"]["W_COPY"] == 1
    assert outcomes(outcome) == (2, 2, 0, 0, 0)
    # Nothing changed since: it is named all the same.
    assert "Copie de pont.txt" in screen(newsroom.build())


def test_the_forms_of_one_name_never_collide_in_whatever_order_they_come_and_go(newsroom):
    names = [f"{COMPOSED}.txt", f"{DECOMPOSED}.txt", f"{DECOMPOSED}.TXT"]
    texts = {name: f"Le texte {at}." for at, name in enumerate(names)}
    newsroom.write("autre.txt", article("Une autre nouvelle"))
    for step in ("+2", "+1", "+0", "-0", "+0", "-1", "-2", "+2", "-0", "-2"):
        name = names[int(step[1])]
        if step[0] == "+":
            newsroom.write(name, article("Le café rouvre", text=texts[name]))
        else:
            (newsroom.content / name).unlink()
        newsroom.build()
        left = [name for name in names if (newsroom.content / name).exists()]
        page = newsroom.site.get("2026/01/15/le-cafe-rouvre.html", b"").decode()
        assert [text for text in texts.values() if text in page] == [texts[n] for n in left[:1]]
        assert newsroom.site == newsroom.clean_build()


def test_both_forms_are_named_and_told_apart_on_the_screen(newsroom):
    newsroom.write(f"{COMPOSED}/a.txt", article("Le café rouvre"))
    newsroom.write(f"{DECOMPOSED}/a.txt", article("Le café ferme"))
    assert (
        'E_SAME_ID: "cafe\\u0301/a.txt" and "caf\u00e9/a.txt" are one name, its accents encoded in two'
        " ways. Keep one of the two, or rename one."
    ) in screen(newsroom.build())


def test_a_byte_and_its_spelling_are_two_articles(newsroom):
    newsroom.write(r"caf\xe9.txt", article("Le port ferme"))
    with open(os.fsencode(newsroom.content) + b"/caf\xe9.txt", "w", encoding="utf-8") as file:
        file.write(article("Le pont rouvre"))
    assert outcomes(newsroom.build()) == (2, 2, 0, 0, 0)
    assert outcomes(newsroom.build()) == (2, 2, 0, 0, 0)


@pytest.mark.parametrize("typed", [COMPOSED, DECOMPOSED])
@pytest.mark.parametrize("kept", [COMPOSED, DECOMPOSED])
def test_show_and_inspect_find_an_article_by_either_form(newsroom, capsys, typed, kept):
    newsroom.write(f"{kept}/{kept}.txt", article("Le café rouvre"))
    newsroom.build()
    assert show_articles([f"{typed}/{typed}"], newsroom.settings, as_json=True) == 0
    assert json.loads(capsys.readouterr().out)["title"] == "Le café rouvre"
    path = str(newsroom.content / typed / f"{typed}.txt")
    assert inspect_paths([path], newsroom.settings, as_json=True) == 0
    found = json.loads(capsys.readouterr().out)
    assert (found["path"], found["status"], found["title"]) == (path, "published", "Le café rouvre")


def test_inspect_ignores_what_the_build_ignores(newsroom, capsys):
    paths = [".stversions/pont.txt", "a/#recycle/b/pont.txt", "~$pont.txt", "notes/pont.txt"]
    for path in paths:
        newsroom.write(path, article("Le pont rouvre"))
    given = [str(newsroom.content / path) for path in paths]
    inspect_paths(given, replace(newsroom.settings, ignored=("notes",)), as_json=True)
    found = [json.loads(line)["status"] for line in capsys.readouterr().out.splitlines()]
    assert found == ["ignored"] * 4
