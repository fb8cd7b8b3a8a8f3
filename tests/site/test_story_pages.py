"""What a story's page and the index of stories show, decided in `newsdigest.site.kinds.story`."""

from __future__ import annotations

import json
from dataclasses import replace

from newsdigest.base.records import Card, Count, EntityCard, Membership, Site, StoryCard
from newsdigest.relate.stories.sentences import Published, digest, new_sentences
from newsdigest.relate.stories.threads import rhythm
from newsdigest.relate.stories.timeline import KeyDate
from newsdigest.site import pages
from newsdigest.site.pages import Passage, StoryDispatch
from test_theme import EVIL, Checker, environment

SITE = Site()
STORY = StoryCard("Port de Valmer", "quai", "/dossiers/quai/", 4, "2025-12-20", "2026-01-23")
OPENS, CITES = Membership(STORY, ""), Membership(STORY, "cited")
ALIKE = Membership(STORY, "similar", ("Valmer", "Marchetti"), ("quai",))


def card(day: str, name: str = "port", **changes: object) -> Card:
    plain = Card(
        id=f"{day}/{name}",
        url=f"/{day.replace('-', '/')}/{name}.html",
        headline=f"Le port, le {day}",
        dek="Un résumé.",
        iso_date=day,
        day=day,
        lang="fr",
        section="",
        kicker="",
        update="",
        credit="AVL/CVN",
        minutes=2,
    )
    return replace(plain, **changes)  # type: ignore[arg-type]


def dispatch(
    day: str, *passages: Passage, membership: Membership = CITES, **changes: object
) -> StoryDispatch:
    return StoryDispatch(card(day, **changes), membership, passages)  # type: ignore[arg-type]


NEWEST = dispatch(
    "2026-01-23",
    Passage("Le maire a signé.", (("2026-01-22", "Le quai sera long."),)),
    Passage("", (("2025-12-20", "Le port est né en 1900."), ("2025-12-20", "Il est petit."))),
    Passage("Les travaux coûtent 5 %.", (("2026-01-22", "Il sera large."),)),
)
DISPATCHES = [
    NEWEST,
    dispatch("2026-01-22", Passage("Le quai sera long."), membership=ALIKE),
    dispatch("2025-12-20", Passage("Le port est né en 1900."), membership=OPENS),
]
DAYS = rhythm(["2025-12-20", "2026-01-22", "2026-01-23"])


def page(dispatches: list[StoryDispatch] = DISPATCHES, **more: object) -> pages.StoryView:
    return pages.story_page(SITE, STORY, dispatches, **more)  # type: ignore[arg-type]


# --- The dispatches ------------------------------------------------------------------------


def test_a_dispatch_shows_its_new_sentences_and_folds_the_old_ones_by_day() -> None:
    newest = page().dispatches[0]
    assert newest.paragraphs == ("Le maire a signé.", "Les travaux coûtent 5\u00a0%.")
    assert [(old.iso, old.paragraphs) for old in newest.old] == [
        ("2025-12-20", ("Le port est né en 1900. Il est petit.",)),
        ("2026-01-22", ("Le quai sera long.", "Il sera large.")),
    ]
    assert newest.said == "Déjà publié du 20 décembre 2025 au 22 janvier 2026"


def test_the_day_of_what_was_published_before_is_named_once() -> None:
    view = page([dispatch("2026-01-23", Passage("", (("2026-01-12", "Le quai."),)))])
    assert (view.dispatches[0].paragraphs, view.dispatches[0].said) == (
        (),
        "Déjà publié le 12 janvier 2026",
    )


def test_sentences_become_passages_and_a_cut_between_new_ones_is_shown() -> None:
    told = Published([("2026-01-12", digest(["Le port de Valmer est un petit port du nord."]))])
    text = "Le maire signe. Le port de Valmer est un petit port du nord. Il part demain. Il a dit."
    assert pages.passages(new_sentences([text, "", "Le maire rit."], told)) == (
        Passage(
            "Le maire signe. […] Il part demain. Il a dit.",
            (("2026-01-12", "Le port de Valmer est un petit port du nord."),),
        ),
        Passage("Le maire rit."),
    )


def test_a_dispatch_says_why_it_is_in_the_story() -> None:
    assert [d.why for d in page().dispatches] == [
        "Cite un article du dossier.",
        "Valmer, Marchetti en commun",
        "Ouvre le dossier.",
    ]


def test_a_week_without_an_article_is_told_to_the_older_articles_too() -> None:
    view = page(older=[card("2025-12-01"), card("2025-11-20", iso_date="2025-11")])
    assert [d.gap for d in view.dispatches] == [
        "",
        "32\u00a0jours sans article",
        "18\u00a0jours sans article",
    ]
    undated = page([dispatch("2026-01-01", iso_date="2026-01"), dispatch("2025-11-01")])
    assert undated.dispatches[0].gap == ""


def test_another_language_than_the_sites_is_told_and_typeset_as_its_own() -> None:
    english = dispatch("2026-01-23", Passage("It's 5 % : true"), lang="en")
    view = page([english, *DISPATCHES[1:]])
    assert (view.dispatches[0].teaser.attrs, view.attrs) == (' lang="en"', "")
    assert view.dispatches[0].paragraphs == ("It’s 5 % : true",)
    assert page([english]).attrs == ' lang="en"'


# --- Around them ---------------------------------------------------------------------------


def test_a_story_runs_until_it_is_quiet() -> None:
    assert (page().quiet, page(quiet_since="2026-01-23").quiet) == (False, True)
    assert 'since <time datetime="2026-01-23">23 January 2026</time>' in rendered("en")["rich"]


def test_the_rhythm_counts_days_and_its_table_only_those_with_articles() -> None:
    chart = page(days=DAYS).chart
    assert chart is not None
    assert (len(chart.bars), chart.rows[0], len(chart.rows)) == (3, ("23 janvier 2026", "1"), 3)
    assert chart.axis == ("20 décembre", "6 janvier", "23 janvier")
    assert chart.description == (
        "Du 20 décembre 2025 au 23 janvier 2026. Maximum\u00a0: 1 le 23 janvier 2026."
    )
    assert page(days=[Count("2026-01-23", 3)]).chart is None


def test_a_story_of_two_days_stands_at_the_end_of_a_dozen() -> None:
    chart = page(days=[Count("2026-01-22", 1), Count("2026-01-23", 2)]).chart
    assert chart is not None
    assert (chart.axis[0], chart.axis[-1]) == ("12 janvier", "23 janvier")
    assert [float(bar.x) > chart.width * 0.8 for bar in chart.bars] == [True, True]


def test_key_dates_lead_to_their_article_and_say_what_was_only_announced() -> None:
    newest = DISPATCHES[0].card
    view = page(
        key_dates=[
            KeyDate("2025-12-20", "dispatch", "Titre", DISPATCHES[2].card.id),
            KeyDate("2026-01-10", "named", "Le 10 janvier, il pleut.", newest.id),
            KeyDate("2026-03-01", "named", "Rendez-vous le 1er mars.", newest.id),
            KeyDate("2026-03-02", "named", "Ailleurs.", "inconnu"),
        ]
    )
    assert [(d.day, d.text, d.url, d.announced) for d in view.dates] == [
        ("20 décembre 2025", "Le port, le 2025-12-20", "/2025/12/20/port.html", False),
        ("10 janvier 2026", "Le 10\u00a0janvier, il pleut.", newest.url, False),
        ("1er mars 2026", "Rendez-vous le 1er\u00a0mars.", newest.url, True),
        ("2 mars 2026", "Ailleurs.", "", False),
    ]


def test_of_many_key_dates_the_newest_ten_stand_open() -> None:
    many = [KeyDate(f"2026-01-{at:02}", "named", "x", "y") for at in range(1, 13)]
    view = page(key_dates=many)
    assert [d.iso for d in view.earlier_dates] == ["2026-01-01", "2026-01-02"]
    assert (len(view.dates), view.dates[-1].iso) == (10, "2026-01-12")


def test_names_stand_by_type_and_machines_are_told_the_first() -> None:
    named = [
        EntityCard("Valmer", "place", "valmer", "/entites/valmer/", 4),
        EntityCard("Élise Marchetti", "person", "elise", "/entites/elise/", 3),
        EntityCard("AVL", "organisation", "avl", "", 2),
    ]
    view = page(named=named)
    assert [(g.label, [(c.name, c.articles) for c in g.chips]) for g in view.named] == [
        ("Personnes", [("Élise Marchetti", "3")]),
        ("Lieux", [("Valmer", "4")]),
        ("Organisations", [("AVL", "")]),
    ]
    data = json.loads(str(view.head.json_ld))
    assert (data["@type"], data["datePublished"], data["dateModified"]) == (
        "CollectionPage",
        "2025-12-20",
        "2026-01-23",
    )
    assert [thing["name"] for thing in data["about"]] == ["Valmer", "Élise Marchetti", "AVL"]
    assert data["mainEntity"]["numberOfItems"] == 3


def test_the_storys_own_feeds_come_first_and_have_a_row_on_the_feeds_page() -> None:
    view = page(feed_urls=["/feeds/dossiers/quai.atom", "/feeds/dossiers/quai.rss"])
    assert [feed.format for feed in view.feeds] == ["Atom", "RSS"]
    assert view.head.feeds[:2] == view.feeds
    row = pages.story_feed(SITE, STORY)
    assert (row.atom, row.rss, row.page) == (
        "/feeds/dossiers/quai.atom",
        "/feeds/dossiers/quai.rss",
        "/dossiers/quai/",
    )
    assert row.about == "Les articles du dossier «\u00a0Port de Valmer\u00a0»."


# --- The index -----------------------------------------------------------------------------


def story(slug: str, last: str, url: str = "x") -> StoryCard:
    return StoryCard(slug, slug, f"/dossiers/{slug}/" if url else "", 3, last, last)


STORIES = [
    story("a", "2026-01-23"),
    story("b", "2026-01-16"),
    story("c", "2026-01-15"),
    story("small", "2026-01-14", url=""),
    story("d", "2025-12-01"),
    story("e", "2025-01-31"),
    story("f", "2023-01-01"),
]


def test_stories_that_run_come_first_then_by_month_then_by_year() -> None:
    view = pages.story_index(SITE, STORIES, "2026-01-23")
    assert [entry.title for entry in view.running] == ["a", "b"]
    assert [(g.label, [e.title for e in g.entries]) for g in view.months] == [
        ("Janvier 2026", ["c"]),
        ("Décembre 2025", ["d"]),
    ]
    assert [(g.id, [e.title for e in g.entries]) for g in view.years] == [
        ("en-2025", ["e"]),
        ("en-2023", ["f"]),
    ]
    assert (view.total, view.stories) == (6, "6")


def test_an_archive_without_stories_has_an_index_too() -> None:
    view = pages.story_index(SITE, [], "")
    assert (view.running, view.months, view.years, view.total) == ((), (), (), 0)
    assert [item.current for item in view.nav if item.url == "/dossiers/"] == ["page"]


# --- On the page ---------------------------------------------------------------------------


def rendered(lang: str = "fr") -> dict[str, str]:
    site = Site(lang=lang)
    env = environment(site)
    evil = replace(STORY, title=EVIL)
    hostile = StoryDispatch(
        card("2026-01-23", headline=EVIL, credit=EVIL),
        Membership(evil, "similar", (EVIL,)),
        (Passage(EVIL, (("2026-01-01", EVIL),)),),
    )
    rich = pages.story_page(
        site,
        STORY,
        DISPATCHES,
        [card("2025-11-02", lang="ar")],
        DAYS,
        [KeyDate(f"2026-01-{at:02}", "named", "Le quai.", NEWEST.card.id) for at in range(1, 13)],
        [EntityCard("Valmer", "place", "valmer", "/entites/valmer/", 4)],
        [("Le port ferme", "2026-01-22")],
        "2026-01-23",
        ["/feeds/dossiers/quai.atom"],
    )
    bad = [KeyDate("2026-01-23", "named", EVIL, "2026-01-23/port")]
    views = {
        "rich": ("story", rich),
        "bare": ("story", pages.story_page(site, STORY, DISPATCHES[2:])),
        "hostile": ("story", pages.story_page(site, evil, [hostile], key_dates=bad)),
        "index": ("stories", pages.story_index(site, [*STORIES, evil], "2026-01-23")),
        "no stories": ("stories", pages.story_index(site, [], "")),
    }
    return {
        name: env.get_template(f"{template}.html").render(view=view)
        for name, (template, view) in views.items()
    }


def test_the_pages_are_well_nested_and_their_references_are_met() -> None:
    for lang in ("fr", "vi"):
        for name, html in rendered(lang).items():
            checker = Checker(html)
            assert (name, checker.faults, checker.open) == (name, [], [])
            assert [key for key, count in checker.ids.items() if count > 1] == []
            assert checker.wanted <= set(checker.ids)
            steps = zip(checker.headings, checker.headings[1:], strict=False)
            assert all(after <= before + 1 for before, after in steps)
            assert (checker.tags["h1"], checker.tags["main"]) == (1, 1)


def test_hostile_copy_stays_text() -> None:
    html = rendered()["hostile"]
    assert html.count("&lt;b onclick") >= 6
    assert "<b onclick" not in html


def test_what_was_published_stands_in_one_fold_for_each_dispatch() -> None:
    html = rendered()["rich"]
    thread = html[html.index('<ol class="thread">') :]
    thread = thread[: thread.index("</ol>")]
    assert thread.count("<details>") == 1
    assert "Le maire a signé." in thread[: thread.index("<details>")]
    assert "Le port est né en 1900." in thread[thread.index("<details>") :]
    assert '<a href="/2025/11/02/port.html" lang="ar" dir="rtl">' in html
