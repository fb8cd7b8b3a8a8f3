"""`invoke build --explain`: of each page, in the editor's language, why it is made again."""

from __future__ import annotations

import re

from publication import Publication, Run

ENTITY = "Anna Korvat a rencontré la presse."
FIRST = f" date 2026-01-20 Sommet à Genève\n\n{ENTITY}\n\nAFP\n"
SECOND = f" date 2026-01-21 La suite\n\n{ENTITY}\n\n>> L'origine\n\nAFP\n"
THIRD = " date 2026-01-10 L'origine\n\nLe début de tout.\n\nAFP\n"


def explained(run: Run) -> dict[str, str]:
    assert run.code == 0, run.screen
    return dict(re.findall(r"^  ([a-z_]+(?: [^\s:]+)?): (.+)$", run.out, re.MULTILINE))


def test_a_first_build_makes_every_page_for_one_reason(publication: Publication) -> None:
    publication.write("sommet.txt", FIRST)
    run = publication.build("--explain")
    reasons = explained(run)
    assert set(reasons.values()) == {"le site n'a jamais été construit ici"}
    # A feed's page stands for its two files, the site's for its JSON too, an article's formats for both of
    # them; every other one for its own.
    feeds = [page for page in reasons if page.endswith("_feed") or "_feed " in page]
    counts = run.report["pages"]["written"], run.report["feeds"]["written"]
    assert counts == (len(reasons) - len(feeds) + 1, 2 * len(feeds) + 1)


def test_each_page_that_changes_says_why(publication: Publication) -> None:
    publication.write("sommet.txt", FIRST)
    publication.write("suite.txt", SECOND)
    publication.build()
    before = publication.times()
    publication.write("origine.txt", THIRD)
    reasons = explained(publication.build("--explain"))
    assert reasons == {
        **dict.fromkeys(["article origine", "article_formats origine"], "nouvel article"),
        **dict.fromkeys(["article suite", "article_formats suite"], "un titre qu'il cite a changé"),
        "article sommet": "l'article d'avant ou d'après a changé",
        "day 2026-01-10": "ses articles ont changé",
        "day 2026-01-20": "le jour d'avant ou d'après a changé",
        "month 2026-01": "ses jours ont changé",
        "year 2026": "ses jours ont changé",
        "sitemap 2026-01": "ses jours ont changé",
        **dict.fromkeys(["agency afp", "agency_feed afp"], "ses articles ont changé"),
        "editions_feed": "ses articles ont changé",
        **dict.fromkeys(["feeds", "opml"], "la liste des flux a changé"),
        **dict.fromkeys(
            [
                *("archives", "not_found", "front", "all_feed", "sitemaps", "sitemap_of_news"),
                *("feed_page all", "feed_page editions"),
            ],
            "les archives ont changé",
        ),
        "sitemap pages": "les archives ont changé",
    }
    changed = {path for path, time in publication.times().items() if before.get(path) != time}
    assert {path for path in changed if path.startswith("2026/")} == {
        "2026/01/10/index.html",
        *(f"2026/01/10/lorigine.{suffix}" for suffix in ("html", "txt", "ninjs.json")),
        "2026/01/20/index.html",
        *(f"2026/01/21/la-suite.{suffix}" for suffix in ("html", "txt", "ninjs.json")),
        "2026/01/index.html",
        "2026/index.html",
    }


def test_nothing_to_do_has_nothing_to_explain(publication: Publication) -> None:
    publication.write("sommet.txt", FIRST)
    publication.build()
    assert explained(publication.build("--explain")) == {}
