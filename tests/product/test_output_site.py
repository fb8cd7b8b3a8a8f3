"""`invoke check`, `invoke repair` and `invoke clean` as an editor types them."""

from __future__ import annotations

from publication import Publication

ARTICLE = """ date 2026-01-12 Le pont rouvre

Le pont de Corvanne a rouvert lundi, a annoncé la préfecture.

AFP
"""


def test_a_site_is_checked_repaired_and_cleaned(publication: Publication) -> None:
    publication.write("pont.txt", ARTICLE)
    theirs = publication.output / "shop/index.html"
    theirs.parent.mkdir(parents=True)
    theirs.write_bytes(b"<p>La boutique")
    assert publication.build().code == 0
    before, times = publication.site, publication.times()
    page = publication.output / "2026/01/12/le-pont-rouvre.html"
    page.write_bytes(page.read_bytes()[:-9])
    (publication.output / "404.html").unlink()
    check = publication.run("invoke", "check")
    assert check.code == 1
    assert [line.split(":")[0] for line in check.out.splitlines()[:2]] == [
        "2026/01/12/le-pont-rouvre.html",
        "404.html",
    ]
    assert publication.run("invoke", "repair").code == 0
    assert publication.site == before
    rewritten = {path for path, time in publication.times().items() if time != times[path]}
    assert rewritten == {"2026/01/12/le-pont-rouvre.html", "404.html"}
    assert publication.run("invoke", "check").code == 0
    assert publication.run("invoke", "clean").code == 0
    assert publication.site == {"shop/index.html": b"<p>La boutique"}


def test_nothing_to_repair_is_said_where_nothing_was_built(publication: Publication) -> None:
    run = publication.run("invoke", "repair")
    assert run.code == 1
    assert "invoke build" in run.err


def test_a_file_of_others_in_the_way_is_named_in_one_line(publication: Publication) -> None:
    publication.write("pont.txt", ARTICLE)
    publication.output.mkdir()
    (publication.output / "index.html").write_bytes(b"bientot")
    run = publication.build()
    assert run.code == 1
    (line,) = run.err.splitlines()
    assert line.startswith("Arrêt : ")
    assert "index.html" in line
    assert publication.site == {"index.html": b"bientot"}
