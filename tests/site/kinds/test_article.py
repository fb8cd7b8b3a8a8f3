"""An article's page: what is printed of it, and what machines are told."""

from __future__ import annotations

from dataclasses import replace

from gazette import Gazette
from markupsafe import Markup
from newsdigest.base.records import Block, Photo, Suggestion
from newsdigest.site.kinds.article import ArticleParts, article_page
from newsdigest.site.kinds.article import article_view as article_view_of
from samples import ADDRESSES, SITE, article, article_view, card, data, entity, filed


def test_an_article_states_its_facts_for_machines_as_it_prints_them() -> None:
    view = article_view(article(dateline="VALMER (AVL)"), [entity("Élise Marchetti")])
    found = data(view.head)
    assert found["@type"] == "NewsArticle"
    assert found["headline"] == view.headline == "Le port double son quai"
    assert found["datePublished"] == view.iso_date == "2026-01-23"
    assert [one["name"] for one in found["author"]] == view.credit.split("/") == ["AVL", "CVN"]
    assert found["dateline"] == "VALMER"
    assert found["about"] == [
        {
            "@type": "Person",
            "name": "Élise Marchetti",
            "url": "https://lefil.example/entites/élise-marchetti/",
        }
    ]


def test_an_article_page_shows_no_count_that_the_archive_could_change() -> None:
    view = article_view(article(), [entity("A", articles=9), entity("B", "place")])
    assert [(group.label, [chip.articles for chip in group.chips]) for group in view.chips] == [
        ("Personnes", [""]),
        ("Lieux", [""]),
    ]


def test_the_lede_is_a_paragraph_once() -> None:
    bare = article_view(article()).body
    assert bare == Markup('<p class="lede">Le port.</p><p>La suite.</p>')
    wrapped = ArticleParts(filed(article()), "<p>Le port.</p>", "")
    assert article_page(SITE, ADDRESSES, wrapped).body == "<p>Le port.</p>"


def test_a_month_precision_article_dates_itself_by_its_month() -> None:
    view = article_view(article(date_precision="month"))
    assert (view.date.label, view.date.url, view.time) == ("janvier 2026", "/2026/01/", "")


def test_a_copy_leads_to_the_day_whose_list_holds_its_leader() -> None:
    leader = card("port", day="2026-01-20")
    view = article_view(article(), leader=leader)
    assert (view.date.label, view.date.url) == ("23 janvier 2026", "/2026/01/20/")
    assert view.copy_of is not None
    assert view.copy_of.url == leader.url


def test_a_leader_names_its_copies_and_what_each_says_more(gazette: Gazette) -> None:
    leader, copy = (article_view_of(gazette.context, id_) for id_ in ("fregate", "journal"))
    assert [teaser.headline for teaser in leader.copies] == ["Un journal de bord"]
    (block,) = copy.additions
    assert "".join(piece.text for piece in block if piece.new).strip() == "Le musée exulte."
    assert (leader.additions, copy.copies) == ((), ())


def test_who_cites_it_and_came_next_in_its_story_stands_once_newest_first() -> None:
    first, last = card("a", day="2026-01-24"), card("b", day="2026-01-26")
    view = article_view(article(), cited_by=(first,), followers=(last, first))
    assert [teaser.headline for teaser in view.followed] == ["b", "a"]
    assert view.overtaken is not None
    assert (view.overtaken.headline, view.overtaken_by) == ("b", 2)


def test_a_source_that_is_no_web_address_is_not_linked() -> None:
    sources = ("javascript:alert(1)", "https://avl.example/a", None)
    assert [article_view(article(source_url=source)).source_url for source in sources] == [
        "",
        "https://avl.example/a",
        "",
    ]


def test_photo_credits_are_named_once() -> None:
    photos = (Photo("a", "AVL"), Photo("b", "AVL"), Photo("c", "CVN"))
    assert article_view(article(photos=photos)).photo_credit == "AVL, CVN"


def test_another_language_than_the_sites_is_told() -> None:
    assert article_view(article(lang="vi")).attrs == ' lang="vi"'
    assert article_view(article()).attrs == ""


def test_a_photo_credit_that_stands_with_its_caption_is_not_told_again() -> None:
    shown = Block("photo", caption="Le quai", credit="AVL")
    photos = (Photo("Le quai", "AVL"), Photo("", "CVN"))
    record = article(photos=photos, blocks=(Block("paragraph", "Le port."), shown))
    assert article_view(record).photo_credit == "CVN"


def test_only_three_minutes_and_more_are_told() -> None:
    told = [
        article_view(article(), card=replace(card("a"), minutes=minutes)).reading
        for minutes in (1, 2, 3)
    ]
    assert told == ["", "", "3\u00a0min de lecture"]


def test_suggestions_are_the_three_best_by_date() -> None:
    days = ("2026-01-10", "2026-01-20", "2026-01-15", "2026-01-22")
    found = tuple(Suggestion(card(day, day=day), (), ()) for day in days)
    view = article_view(article(), suggestions=found)
    assert [one.teaser.headline for one in view.suggested] == [
        "2026-01-20",
        "2026-01-15",
        "2026-01-10",
    ]


def test_what_stands_in_the_story_beside_it_is_not_suggested_as_well() -> None:
    beside, other = card("a"), card("b")
    found = (Suggestion(beside, (), ()), Suggestion(other, (), ()))
    view = article_view(article(), suggestions=found, predecessors=(beside,))
    assert [one.teaser.headline for one in view.suggested] == ["b"]


def test_an_article_says_how_to_cite_it() -> None:
    assert [
        "|".join(article_view(record).cite)
        for record in (
            article(),
            article(headline="Qui paie ?", lang="fr"),
            article(agencies=(), date_precision="month"),
        )
    ] == [
        "AVL/CVN (23 janvier 2026). |Le port double son quai|. Le Fil.",
        "AVL/CVN (23 janvier 2026). |Qui paie\u202f?| Le Fil.",
        "|Le port double son quai| (janvier 2026). Le Fil.",
    ]


def test_what_came_before_in_its_story_stands_oldest_first() -> None:
    cards = (card("a", day="2026-01-20"), card("b", day="2026-01-21"))
    view = article_view(article(), predecessors=cards)
    assert [(one.headline, one.date) for one in view.before] == [
        ("a", "20 janvier 2026"),
        ("b", "21 janvier 2026"),
    ]
