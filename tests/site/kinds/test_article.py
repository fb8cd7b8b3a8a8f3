"""An article's page: what is printed of it, and what machines are told."""

from __future__ import annotations

from gazette import Gazette
from markupsafe import Markup
from newsdigest.base.records import Photo
from newsdigest.site.kinds.article import ArticleParts, article_page
from newsdigest.site.kinds.article import article_view as article_view_of
from samples import ADDRESSES, SITE, article, article_view, card, data, entity, filed


def test_an_article_states_its_facts_for_machines_as_it_prints_them() -> None:
    view = article_view(article(dateline="VALMER (AVL)"), [entity("Élise Marchetti")])
    found = data(view.head)
    assert found["@type"] == "NewsArticle"
    assert found["headline"] == view.headline == "Le port double son quai"
    assert found["datePublished"] == view.iso_date == "2026-01-23"
    assert found["author"] == {"@type": "Organization", "name": view.credit}
    assert view.credit == "AVL/CVN"
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
