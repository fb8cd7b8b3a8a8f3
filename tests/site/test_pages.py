"""What each template is shown, decided in `newsdigest.site.pages`."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import datetime, timedelta, timezone

from markupsafe import Markup
from newsdigest.base.records import (
    Article,
    Block,
    Card,
    Count,
    EntityCard,
    EntityMention,
    Photo,
    Site,
)
from newsdigest.base.settings import Addresses
from newsdigest.site import pages
from newsdigest.site.head import DEFAULT_LIMITS, lang_attrs, short
from newsdigest.site.kinds.entity import initial
from newsdigest.site.kinds.front import editorial_score
from newsdigest.site.words import number, section_title

SITE = Site()
DAY = "2026-01-23"
PARIS = timezone(timedelta(hours=1))


def card(name: str, **changes: object) -> Card:
    day = str(changes.get("day", DAY))
    plain = Card(
        id=f"{day}/{name}",
        url=f"/{day.replace('-', '/')}/{name}.html",
        headline=name,
        dek=f"Résumé de {name}.",
        iso_date=day,
        day=day,
        lang="fr",
        section="",
        kicker="",
        update="",
        credit="AVL",
        minutes=2,
    )
    return replace(plain, **changes)  # type: ignore[arg-type]


def entity(name: str, kind: str = "person", articles: int = 5, url: str = "x") -> EntityCard:
    slug = name.lower().replace(" ", "-")
    return EntityCard(
        name,
        kind,  # type: ignore[arg-type]
        slug,
        f"/entites/{slug}/" if url else "",
        articles,
    )


def article(**changes: object) -> Article:
    plain = Article(
        id="2026/quai",
        path="content/2026/quai.txt",
        headline="Le port double son quai",
        published=datetime(2026, 1, 23, tzinfo=PARIS),
        date_precision="day",
        lang="fr",
        blocks=(Block("paragraph", "Le port va doubler son quai, a dit Élise Marchetti."),),
        agencies=("AVL", "CVN"),
    )
    return replace(plain, **changes)  # type: ignore[arg-type]


def article_view(record: Article, **more: object) -> pages.ArticleView:
    return pages.article_page(
        SITE,
        record,
        "/2026/01/23/quai.html",
        "Le port.",
        "<p>La suite.</p>",
        "AVL/CVN",
        2,
        **more,  # type: ignore[arg-type]
    )


def data(head: pages.Head) -> dict[str, object]:
    loaded = json.loads(str(head.json_ld))
    assert isinstance(loaded, dict)
    return loaded


# --- The front page ------------------------------------------------------------------------


def test_the_article_with_the_most_ties_leads_and_the_next_two_follow() -> None:
    cards = [card(name) for name in ("a", "b", "c", "d")]
    view = pages.front_page(SITE, DAY, cards, references={cards[2].id: 3, cards[1].id: 1})
    assert view.lead is not None
    assert view.lead.headline == "c"
    assert [teaser.headline for teaser in view.seconds] == ["b", "a"]
    assert [t.headline for group in view.groups for t in group.teasers] == ["d"]


def test_equal_articles_are_ranked_by_id_whatever_their_order() -> None:
    cards = [card(name) for name in ("b", "a", "c", "d")]
    views = [pages.front_page(SITE, DAY, order) for order in (cards, cards[::-1])]
    assert [view.lead.headline for view in views if view.lead] == ["a", "a"]


def test_a_tie_counts_for_two_minutes_of_reading() -> None:
    tied, long = card("a"), card("b", minutes=4)
    assert editorial_score(tied, {tied.id: 1}) == editorial_score(long, {})


def test_two_articles_make_a_lead_and_a_list_not_half_a_pair() -> None:
    view = pages.front_page(SITE, DAY, [card("a"), card("b")])
    assert view.seconds == ()
    assert [t.headline for group in view.groups for t in group.teasers] == ["b"]


def test_an_empty_archive_has_no_edition() -> None:
    view = pages.front_page(SITE, "", [])
    assert (view.day, view.lead, view.groups, view.head.path) == (None, None, (), "/")


def test_a_great_day_sends_the_reader_to_its_own_page() -> None:
    cards = [card(f"a{at:02}") for at in range(60)]
    view = pages.front_page(SITE, DAY, cards)
    shown = 1 + len(view.seconds) + sum(len(group.teasers) for group in view.groups)
    most = DEFAULT_LIMITS.front_cards
    assert (shown, view.hidden) == (most, 60 - most)
    assert view.day is not None
    assert (view.day.url, view.day.articles) == ("/2026/01/23/", "60")


def test_a_thin_day_is_filled_out_with_the_days_before() -> None:
    before = [card("hier", day="2026-01-22")]
    thin = pages.front_page(SITE, DAY, [card("a")], latest_before=before)
    full = pages.front_page(SITE, DAY, [card(c) for c in "abcdef"], latest_before=before)
    assert [(t.headline, t.date) for t in thin.before] == [("hier", "22 janvier 2026")]
    assert (thin.wire, full.before, len(full.wire)) == ((), (), 6)


def test_only_a_time_that_was_written_is_shown() -> None:
    cards = [card(name) for name in "abcde"] + [card("f", iso_date="2026-01-23T14:30+01:00")]
    view = pages.front_page(SITE, DAY, cards)
    assert [t.time for t in view.wire] == ["14:30", "", "", "", "", ""]


def test_sections_come_fullest_first_and_lone_articles_last() -> None:
    cards = [
        card("s", section="sport"),
        card("c1", section="culture"),
        card("e1", section="economie"),
        card("c2", section="culture"),
        card("e2", section="economie"),
        card("e3", section="economie"),
        card("x"),
    ]
    view = pages.day_page(SITE, DAY, cards)
    assert [(group.title, [t.headline for t in group.teasers]) for group in view.groups] == [
        ("Économie", ["e3", "e2", "e1"]),
        ("Culture", ["c2", "c1"]),
        ("", ["x", "s"]),
    ]
    assert [t.kicker for t in view.groups[2].teasers] == ["", "Sport"]


def test_a_chip_without_a_page_shows_no_count() -> None:
    view = pages.day_page(
        SITE, DAY, [], cited=[entity("Élise", articles=1204), entity("X", url="")]
    )
    assert [(chip.url, chip.articles) for chip in view.cited] == [
        ("/entites/élise/", "1\u202f204"),
        ("", ""),
    ]


def test_a_day_of_five_hundred_is_a_plain_list() -> None:
    view = pages.day_page(SITE, DAY, [card(str(at)) for at in range(500)], Count("2026-01-22", 3))
    assert (view.plain, view.day.count, view.next) == (True, 500, None)
    assert view.previous is not None
    assert (view.previous.url, view.previous.label) == ("/2026/01/22/", "Jeudi 22 janvier 2026")


# --- The archive ---------------------------------------------------------------------------


def test_a_month_is_a_calendar_from_monday_and_counts_what_has_no_day() -> None:
    undated = card("m", day="2026-01-01", iso_date="2026-01")
    view = pages.month_page(SITE, "2026-01", [Count("2026-01-01", 3), Count(DAY, 6)], [undated])
    first = view.weeks[0]
    assert first[:3] == (None, None, None)
    assert first[3] is not None
    assert (first[3].label, first[3].url, first[3].level) == ("1", "/2026/01/01/", 2)
    assert first[4] is not None
    assert (first[4].url, first[4].level) == ("", 0)
    assert (len(view.weeks), view.month.count, view.month.label) == (5, 10, "Janvier 2026")


def test_a_year_always_has_twelve_months() -> None:
    view = pages.year_page(SITE, "2025", [Count("2025-03", 4), Count("2025-12", 8)])
    assert [share for _, share in view.months] == [0, 0, 50, 0, 0, 0, 0, 0, 0, 0, 0, 100]
    assert [month.label for month, _ in view.months][:3] == ["Janvier", "Février", "Mars"]


def test_a_month_under_its_year_leaves_the_year_out_in_every_language() -> None:
    names = [
        pages.year_page(Site(lang=lang), "2025", []).months[7][0].label
        for lang in ("fr", "en", "vi")
    ]
    assert names == ["Août", "August", "Tháng 8"]


def test_the_newest_year_stands_open() -> None:
    view = pages.archives_page(SITE, [Count("2024", 1), Count("2025", 2)], [Count("2025-02", 2)])
    assert [(block.year.label, block.open) for block in view.years] == [
        ("2025", True),
        ("2024", False),
    ]
    assert view.total == 3


# --- An article ----------------------------------------------------------------------------


def test_an_article_states_its_facts_for_machines_as_it_prints_them() -> None:
    view = article_view(article(dateline="VALMER (AVL)"), entities=[entity("Élise Marchetti")])
    found = data(view.head)
    assert found["@type"] == "NewsArticle"
    assert found["headline"] == view.headline == "Le port double son quai"
    assert found["datePublished"] == view.iso_date == "2026-01-23"
    assert found["author"] == {"@type": "Organization", "name": "AVL/CVN"}
    assert found["dateline"] == "VALMER"
    assert found["about"] == [
        {
            "@type": "Person",
            "name": "Élise Marchetti",
            "url": "https://lefil.example/entites/élise-marchetti/",
        }
    ]


def test_an_article_page_shows_no_count_that_the_archive_could_change() -> None:
    view = article_view(article(), entities=[entity("A", articles=9), entity("B", "place")])
    assert [(group.label, [chip.articles for chip in group.chips]) for group in view.chips] == [
        ("Personnes", [""]),
        ("Lieux", [""]),
    ]


def test_the_lede_is_a_paragraph_once() -> None:
    bare = article_view(article()).body
    assert bare == Markup('<p class="lede">Le port.</p><p>La suite.</p>')
    wrapped = pages.article_page(SITE, article(), "/a.html", "<p>Le port.</p>", "", "", 1)
    assert wrapped.body == "<p>Le port.</p>"


def test_a_month_precision_article_dates_itself_by_its_month() -> None:
    view = article_view(article(date_precision="month"))
    assert (view.date.label, view.date.url, view.time) == ("janvier 2026", "/2026/01/", "")


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
    assert lang_attrs("ar", "fr") == ' lang="ar" dir="rtl"'
    assert lang_attrs("fr", "ar") == ' lang="fr" dir="ltr"'
    assert lang_attrs('x" onclick="', "fr") == ""


# --- Titles, numbers, data -----------------------------------------------------------------


def test_a_title_keeps_to_seventy_characters_and_to_whole_words() -> None:
    long = article_view(article(headline="Le port " + "double son quai nord " * 9)).head
    assert len(long.title) <= 70
    assert long.title == "Le port double son quai nord double son quai nord double son… – Le Fil"
    assert short("x" * 300, 70) == "x" * 69 + "…"


def test_a_title_cannot_be_turned_around() -> None:
    assert short("facture\u202efdp.exe\u2066", 70) == "facturefdp.exe"


def test_structured_data_cannot_leave_its_script() -> None:
    head = article_view(article(headline="</script><script>x & y\u2028z")).head
    assert not set("<>&\u2028") & set(str(head.json_ld))
    assert data(head)["headline"] == "</script><script>x & y\u2028z"


def test_every_canonical_address_is_absolute_and_the_own_feed_comes_first() -> None:
    view = pages.entity_page(SITE, entity("Élise"), [], [], feed_urls=["/feeds/entites/élise.atom"])
    assert view.head.canonical == "https://lefil.example/entites/élise/"
    assert [feed.url for feed in view.head.feeds] == [
        "/feeds/entites/élise.atom",
        "/feeds/all.atom",
        "/feeds/all.rss",
    ]


def test_numbers_and_sections_are_written_as_the_language_does() -> None:
    assert [number(1234567, lang) for lang in ("fr", "en", "vi")] == [
        "1\u202f234\u202f567",
        "1,234,567",
        "1.234.567",
    ]
    assert section_title("sciences-et-sante", "fr") == "Sciences et santé"
    assert section_title("economie", "fr-CA") == "Économie"
    assert section_title("world_news", "en") == "World news"


def test_the_settings_addresses_are_followed() -> None:
    addresses = Addresses(archives="archive/", entities="names/")
    view = pages.not_found_page(SITE, DAY, addresses=addresses)
    assert [item.url for item in view.nav] == ["/", "/dossiers/", "/names/", "/archive/", "/feeds/"]


def test_a_feed_without_a_description_says_what_it_carries() -> None:
    view = pages.feeds_page(
        SITE,
        [
            pages.FeedEntry("Le Fil", "", "/feeds/all.atom", page="/"),
            pages.FeedEntry("Élise", "", "/feeds/é.atom", "/feeds/é.rss", "/entites/é/"),
        ],
    )
    assert [row.about for row in view.rows] == [
        "Tous les articles, les plus récents d’abord.",
        "Les articles qui citent Élise.",
    ]
    assert (view.rows[1].rss, view.opml) == (
        "https://lefil.example/feeds/é.rss",
        "/feeds/index.opml",
    )


# --- Entities ------------------------------------------------------------------------------


def mention(name: str, day: str = DAY) -> EntityMention:
    return EntityMention(card(name, day=day), "Selon ", "Élise", ", le quai avance.")


def test_mentions_are_grouped_by_month_newest_first() -> None:
    mentions = [mention("b"), mention("a", "2025-12-30")]
    view = pages.entity_page(SITE, entity("Élise"), ["Élise", "E."], mentions)
    assert [(group.label, len(group.quotes)) for group in view.groups] == [
        ("Janvier 2026", 1),
        ("Décembre 2025", 1),
    ]
    assert view.forms == ("E.",)


def test_a_full_older_page_shows_nothing_that_would_change() -> None:
    months = [Count("2025-12", 30), Count("2026-01", 31)]
    together = [entity("Ana")]
    older = pages.entity_page(SITE, entity("Élise"), [], [], months, together, 1, 3)
    later = pages.entity_page(
        SITE, entity("Élise"), ["E."], [], [Count("2026-02", 9)], [], 1, 9, ["/feeds/x.atom"]
    )
    assert replace(older, forms=(), count=0) == replace(later, forms=(), count=0)
    assert (older.chart, older.first, older.together) == (None, None, ())
    assert older.newer is not None
    assert older.newer.url == "/entites/élise/page/2/"


def test_the_page_before_the_newest_leads_to_the_entitys_own_address() -> None:
    view = pages.entity_page(SITE, entity("Élise"), [], [], page=2, pages=3)
    assert view.older is not None
    assert view.newer is not None
    assert (view.older.url, view.newer.url) == ("/entites/élise/page/1/", "/entites/élise/")
    newest = pages.entity_page(SITE, entity("Élise"), [], [], page=3, pages=3)
    assert newest.older is not None
    assert (newest.older.url, newest.newer) == ("/entites/élise/page/2/", None)


def test_a_name_met_twice_is_not_offered_to_search_engines() -> None:
    noindex = [
        pages.entity_page(SITE, entity("Élise", articles=count), [], []).head.noindex
        for count in (2, 3)
    ]
    assert noindex == [True, False]


def test_a_chart_keeps_the_empty_months_and_turns_to_years_when_they_are_many() -> None:
    months = [Count("2025-11", 2), Count("2026-01", 4)]
    chart = pages.entity_page(SITE, entity("Élise"), [], [], months).chart
    assert chart is not None
    assert chart.rows == (("janvier 2026", "4"), ("décembre 2025", "0"), ("novembre 2025", "2"))
    assert [bar.newest for bar in chart.bars] == [False, True]
    years = pages.entity_page(
        SITE, entity("Élise"), [], [], [Count("2012-03", 1), Count("2026-01", 4)]
    ).chart
    assert years is not None
    assert (years.by_year, len(years.rows), years.rows[0]) == (True, 15, ("2026", "4"))


def test_the_index_files_names_under_their_plain_letter() -> None:
    names = ["Zoé", "Émile", "2e Régiment", "Đặng Lâm", "Эрмитаж", "Østerbro", "Œuvre", ""]
    assert [initial(name) for name in names] == ["Z", "E", "#", "D", "#", "O", "O", "#"]
    view = pages.entity_index(SITE, [entity(name) for name in names] + [entity("Ada", url="")])
    assert [letter.label for letter in view.letters] == ["D", "E", "O", "Z", "#"]
    assert (view.total, view.letters[-1].id) == (8, "lettre-0")
