"""A story's page: its dispatches, with what each says that is new, and what stands around them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from newsdigest.archive.places import Place
from newsdigest.base.records import Count, EntityCard, Membership, StoryCard
from newsdigest.entities.coordinates import Spot
from newsdigest.relate.stories.sentences import Published, digest, new_sentences
from newsdigest.relate.stories.threads import rhythm
from newsdigest.relate.stories.timeline import KeyDate
from newsdigest.site.kinds.story import (
    Passage,
    StoryDispatch,
    StoryView,
    Thread,
    passages,
    story_page,
)
from samples import ADDRESSES, SITE, card, data, entity

STORY = StoryCard("Port de Valmer", "quai", "/dossiers/quai/", 4, "2025-12-20", "2026-01-23")
OPENS, CITES = Membership(STORY, ""), Membership(STORY, "cited")
ALIKE = Membership(STORY, "similar", ("Valmer", "Marchetti"), ("quai",))


def dispatch(
    day: str, *passages: Passage, membership: Membership = CITES, **changes: object
) -> StoryDispatch:
    told = card("port", headline=f"Le port, le {day}", day=day, **{"iso_date": day, **changes})
    return StoryDispatch(told, membership, passages)


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


def page(dispatches: Sequence[StoryDispatch] = DISPATCHES, **more: object) -> StoryView:
    thread = Thread(STORY, dispatches, **more)  # type: ignore[arg-type]
    return story_page(SITE, ADDRESSES, thread)


# -- the dispatches ------------------------------------------------------------------------------


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
    assert passages(new_sentences([text, "", "Le maire rit."], told)) == (
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
    view = page(
        older=[
            card("c", iso_date="2025-12-01", day="2025-12-01"),
            card("d", iso_date="2025-11", day="2025-11-20"),
        ]
    )
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


# -- around them ---------------------------------------------------------------------------------


def test_a_story_runs_until_it_is_quiet() -> None:
    assert (page().quiet, page(quiet=True).quiet) == (False, True)


def test_the_rhythm_counts_days_and_its_table_only_those_with_articles() -> None:
    chart = page(
        days=rhythm(["2025-12-20", "2026-01-22", "2026-01-23", "2026-01-23", "2026-01-23"])
    ).chart
    assert chart is not None
    assert (len(chart.bars), chart.rows[0], len(chart.rows)) == (3, ("23 janvier 2026", "3"), 3)
    assert chart.axis == ("20 décembre", "6 janvier", "23 janvier")
    assert chart.description == (
        "Du 20 décembre 2025 au 23 janvier 2026. Maximum\u00a0: 3 le 23 janvier 2026."
    )
    assert page(days=[Count("2026-01-23", 3)]).chart is None
    assert page(days=DAYS).chart is None, "no day had three dispatches"


def test_a_story_of_two_days_stands_at_the_end_of_a_dozen() -> None:
    chart = page(days=[Count("2026-01-22", 1), Count("2026-01-23", 3)]).chart
    assert chart is not None
    assert (chart.axis[0], chart.axis[-1]) == ("12 janvier", "23 janvier")
    assert [float(bar.x) > chart.width * 0.8 for bar in chart.bars] == [True, True]


def test_key_dates_lead_to_their_article_and_say_what_was_only_announced() -> None:
    newest = DISPATCHES[0].card
    view = page(
        key_dates=[
            KeyDate("2025-12-20", "Titre", DISPATCHES[2].card.id),
            KeyDate("2026-01-10", "Le 10 janvier, il pleut.", newest.id),
            KeyDate("2026-03-01", "Rendez-vous le 1er mars.", newest.id),
            KeyDate("2026-03-02", "Ailleurs.", "inconnu"),
        ]
    )
    assert [(d.day, d.text, d.url, d.announced) for d in view.dates] == [
        ("20 décembre 2025", "Titre", "/2025/12/20/port.html", False),
        ("10 janvier 2026", "Le 10\u00a0janvier, il pleut.", newest.url, False),
    ]
    assert [(d.day, d.text, d.url, d.announced) for d in view.coming] == [
        ("1er mars 2026", "Rendez-vous le 1er\u00a0mars.", newest.url, True),
        ("2 mars 2026", "Ailleurs.", "", False),
    ]


def test_of_many_key_dates_the_newest_four_stand_open() -> None:
    many = [KeyDate(f"2026-01-{at:02}", "x", "y") for at in range(1, 13)]
    view = page(key_dates=many)
    assert [d.iso for d in view.earlier_dates] == [f"2026-01-{at:02}" for at in range(1, 9)]
    assert (len(view.dates), view.dates[-1].iso) == (4, "2026-01-12")


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
    told = data(view.head)
    assert (told["@type"], told["datePublished"], told["dateModified"]) == (
        "CollectionPage",
        "2025-12-20",
        "2026-01-23",
    )
    assert [thing["name"] for thing in told["about"]] == ["Valmer", "Élise Marchetti", "AVL"]
    assert told["mainEntity"]["numberOfItems"] == 3


def test_the_storys_own_feeds_come_first() -> None:
    view = page(feeds=["/feeds/dossiers/quai.atom", "/feeds/dossiers/quai.rss"])
    assert [feed.format for feed in view.feeds] == ["Atom", "RSS"]
    assert view.head.feeds[:2] == view.feeds


# -- at its head ---------------------------------------------------------------------------------


def test_a_story_comes_to_three_sentences_each_with_its_dispatch() -> None:
    told = [
        dispatch("2026-01-23", Passage("Le conseil municipal a voté les travaux jeudi soir.")),
        dispatch(
            "2026-01-22", Passage("Une enquête publique a réuni deux cents habitants du port.")
        ),
        dispatch("2026-01-21", Passage("La mairie de Valmer veut doubler le quai des pêcheurs.")),
    ]
    assert [(point.text, point.url, point.day) for point in page(told).essentials] == [
        (
            "La mairie de Valmer veut doubler le quai des pêcheurs.",
            "/2026/01/21/port.html",
            "21 janvier 2026",
        ),
        (
            "Une enquête publique a réuni deux cents habitants du port.",
            "/2026/01/22/port.html",
            "22 janvier 2026",
        ),
        (
            "Le conseil municipal a voté les travaux jeudi soir.",
            "/2026/01/23/port.html",
            "23 janvier 2026",
        ),
    ]


def test_what_an_item_of_a_list_opens_with_is_left_out_of_the_essentials() -> None:
    told = [
        dispatch("2026-01-23", Passage("– Le conseil municipal a voté les travaux jeudi soir.")),
        dispatch("2026-01-21", Passage("La mairie de Valmer veut doubler le quai des pêcheurs.")),
    ]
    assert page(told).essentials[1].text == "Le conseil municipal a voté les travaux jeudi soir."


def test_a_long_story_tells_its_newest_dispatches_and_how_much_the_others_say() -> None:
    long = Passage("Le port est grand. " * 180)
    told = [dispatch(f"2026-01-{day}", long) for day in (23, 22, 21)]
    views = page(told).dispatches
    assert [(bool(view.paragraphs), bool(view.why), view.new) for view in views] == [
        (True, True, 180),
        (False, False, 180),
        (False, False, 180),
    ]
    assert page(told[:1]).dispatches[0].paragraphs, "the newest is told however long it is"


def test_the_first_dispatch_is_one_touch_away() -> None:
    oldest = card("ancien", day="2025-11-01", iso_date="2025-11-01")
    assert (page(older=[oldest]).begins.url, page().begins.url) == (
        "/2025/11/01/ancien.html",
        "/2025/12/20/port.html",
    )
    assert page(older=[oldest], hidden=3).begins is None, "it is too old to be told here"


def test_a_dispatch_counts_its_new_sentences_and_keeps_its_lists() -> None:
    texts = new_sentences(["Le maire signe. Il part.", "le quai nord\nle quai sud"], Published())
    view = page([dispatch("2026-01-23", *passages(texts, {1}))])
    assert view.dispatches[0].new == 4
    assert view.dispatches[0].paragraphs[1] == "le quai nord\nle quai sud"


def test_a_story_that_began_in_a_month_without_a_day_never_began_on_its_first() -> None:
    story = replace(STORY, first="2025-12")
    old = Passage("", (("2025-12", "Le port est né en 1900."),))
    thread = Thread(
        story, [dispatch("2026-01-23", old), dispatch("2025-12-01", iso_date="2025-12")]
    )
    view = story_page(SITE, ADDRESSES, thread)
    assert view.story.span == "de décembre 2025 au 23 janvier 2026"
    assert view.dispatches[0].said == "Déjà publié en décembre 2025"
    assert "de décembre 2025 au 23 janvier 2026" in view.head.description
    assert data(view.head)["datePublished"] == "2025-12"
    assert rhythm(["2025-12", "2026-01-22"])[0] == Count("2025-12", 1)


# -- the map -------------------------------------------------------------------------------------


def test_a_story_shows_where_it_happens_and_tells_fewer_dispatches_for_it() -> None:
    long = [dispatch(f"2026-01-{at:02}", Passage("Le quai. " * 200)) for at in (23, 22, 21, 20)]
    spots = {"Valmer": Spot(48.85, 2.35), "Osque": Spot(36.2, 37.2)}
    places = [Place(entity(name, "place"), spot) for name, spot in spots.items()]
    plain, mapped = page(long), page(long, places=places)
    assert plain.map is None
    assert mapped.map is not None
    assert [chip.name for chip in mapped.map.places] == ["Valmer", "Osque"]
    assert [bool(told.paragraphs) for told in plain.dispatches] == [True, True, True, False]
    assert [bool(told.paragraphs) for told in mapped.dispatches] == [True, True, False, False]
