"""What the reader's browser and feed reader are given of an article."""

import time
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import html as lxml_html
from newsdigest.base.records import Article, Block, Entity, EntityType, Mention
from newsdigest.text.markup import (
    Labels,
    ReferenceLink,
    dek,
    feed_html,
    figure_columns,
    has_header,
    plain_text,
    reading_minutes,
    render_blocks,
    summary,
)
from newsdigest.text.shorten import shorten

SEED = Path(__file__).parents[3] / "shared" / "seeds"


def article(*blocks: Block, lang: str = "fr") -> Article:
    return Article(
        id="2026/01/pont",
        path="content/2026/01/pont.txt",
        headline="Un pont à Bac Lieu",
        published=datetime(2026, 1, 23, tzinfo=ZoneInfo("Europe/Paris")),
        date_precision="day",
        lang=lang,
        blocks=blocks,
    )


def p(text: str) -> Block:
    return Block("paragraph", text)


def named(name: str, *mentions: tuple[int, int, str], kind: EntityType = "person") -> Entity:
    return Entity(name, kind, tuple(Mention(b, s, s + len(t), t) for b, s, t in mentions))


def test_the_lede_stands_apart_from_the_body() -> None:
    rendered = render_blocks(article(p("Le pont est ouvert."), p("Il fait 12 000 mètres.")))
    assert rendered.lede == "Le pont est ouvert."
    assert rendered.body == "<p>Il fait 12\u00a0000 mètres.</p>"


def test_words_that_date_are_times_and_the_first_can_be_focused() -> None:
    rendered = render_blocks(
        article(
            p("Il a plu jeudi 22 janvier, comme le 3 mars 2024."),
            Block("list", items=("Le col a fermé hier soir.", "Il rouvrira la semaine prochaine.")),
        )
    )
    assert rendered.lede == (
        'Il a plu <time datetime="2026-01-22" title="22 janvier 2026" tabindex="0">jeudi 22\u00a0janvier</time>,'
        ' comme le <time datetime="2024-03-03">3\u00a0mars 2024</time>.'
    )
    assert rendered.body == (
        '<ul><li>Le col a fermé <time datetime="2026-01-22" title="22 janvier 2026">hier soir</time>.</li>'
        '<li>Il rouvrira <time datetime="2026-W05" title="semaine du 26 janvier 2026">la semaine'
        " prochaine</time>.</li></ul>"
    )


def test_a_date_inside_a_link_or_a_related_headline_stays_plain() -> None:
    story = article(
        p("Le Forum du 22 janvier a ouvert jeudi."),
        Block("related", items=("Il a plu le 3 mars 2024",)),
    )
    forum = named("Forum du 22 janvier", (0, 3, "Forum du 22 janvier"), kind="organisation")
    rendered = render_blocks(story, [forum], {("Forum du 22 janvier", "organisation"): "/f/"})
    assert rendered.lede == (
        'Le <a class="entity" href="/f/">Forum du 22\u00a0janvier</a> a ouvert'
        ' <time datetime="2026-01-22" title="22 janvier 2026" tabindex="0">jeudi</time>.'
    )
    assert "<time" not in rendered.body


def test_what_feeds_and_interviews_and_headings_say_is_not_marked() -> None:
    words = "Il a plu mardi et le 3 janvier."
    assert "<time" in render_blocks(article(p(words))).lede
    assert "<time" not in feed_html(article(p(words)), "https://lefil.example")
    asked = article(Block("question", text="Quand a-t-il plu ?"), p(words))
    assert "<time" not in render_blocks(asked).body
    heading = article(p("Le pont."), Block("subheading", text="Le 3 janvier 2026"))
    assert "<time" not in render_blocks(heading).body


def test_an_article_without_a_paragraph_has_no_lede() -> None:
    rendered = render_blocks(article(Block("list", items=("un", "deux"), ordered=True)))
    assert rendered.lede == ""
    assert rendered.body == "<ol><li>un</li><li>deux</li></ol>"


def test_every_kind_of_block_has_its_element() -> None:
    rendered = render_blocks(
        article(
            p("Lede."),
            Block("subheading", "Les travaux"),
            Block("question", "Qui paie ?"),
            Block("list", items=("du riz", "du sel")),
            Block("photo", caption="Le pont d'en haut", credit="Lê Na/CVN"),
            Block("photo", credit="VNA"),
            Block("photo"),
        )
    )
    assert rendered.body.split("\n") == [
        "<h2>Les travaux</h2>",
        '<p class="question"><strong>Qui paie\u202f?</strong></p>',
        "<ul><li>du riz</li><li>du sel</li></ul>",
        "<figure><figcaption>Le pont d’en haut "
        '<span class="credit">Photo\u00a0: Lê Na/CVN</span></figcaption></figure>',
        '<figure><figcaption><span class="credit">Photo\u00a0: VNA</span></figcaption></figure>',
    ]


def test_a_table_scrolls_in_a_named_region_of_its_own() -> None:
    rows = (("Pays", "Riz"), ("Vietnam", "43"), ("Laos",))
    table = (
        '<table><thead><tr><th scope="col">Pays</th><th scope="col" class="num">Riz</th></tr></thead>'
        '<tbody><tr><td>Vietnam</td><td class="num">43</td></tr>'
        "<tr><td>Laos</td><td></td></tr></tbody></table>"
    )
    one = render_blocks(article(p("Lede."), Block("table", rows=rows)))
    region = '<div class="table" role="region" aria-label="Tableau" tabindex="0">'
    assert one.body == f"{region}{table}</div>"
    two = render_blocks(article(p("Lede."), Block("table", rows=rows), Block("table", rows=rows)))
    assert 'aria-label="Tableau 1"' in two.body
    assert 'aria-label="Tableau 2"' in two.body


@pytest.mark.parametrize(
    ("rows", "header"),
    [
        ((("Pays", "Capitale"), ("Laos", "Vientiane")), True),
        ((("Année", "2024", "2025"), ("Riz", "43", "44")), True),
        ((("2024", "Hanoï"), ("2025", "Huê")), False),
        ((("Laos", "12 %"), ("Vietnam", "14 %")), False),
        ((("", "Riz"), ("Laos", "3")), True),
        ((("Seule", "ligne"),), False),
    ],
)
def test_a_first_row_of_names_is_a_header(rows: tuple[tuple[str, ...], ...], header: bool) -> None:
    assert has_header(rows) is header


def test_an_empty_corner_is_no_header_cell() -> None:
    body = render_blocks(article(p("L."), Block("table", rows=(("", "Riz"), ("Laos", "3"))))).body
    assert '<tr><td></td><th scope="col" class="num">Riz</th></tr>' in body


def test_related_headlines_are_linked_where_the_target_is_known() -> None:
    rendered = render_blocks(
        article(p("Lede."), Block("related", items=("L'eau monte", "Le riz baisse", "Rien"))),
        references={
            "L'eau monte": ReferenceLink("/2026/01/22/eau.html", "2026-01-22"),
            "Le riz baisse": ReferenceLink("/2025/08/riz.html", "2025-08"),
            "Rien": None,
        },
        labels=Labels(related="À lire aussi"),
    )
    assert rendered.body == (
        '<aside class="related"><h2>À lire aussi</h2>\n<ul>'
        '<li><a href="/2026/01/22/eau.html">L’eau monte</a> '
        '<time datetime="2026-01-22">22 janvier 2026</time></li>'
        '<li><a href="/2025/08/riz.html">Le riz baisse</a> '
        '<time datetime="2025-08">août 2025</time></li>'
        "<li>Rien</li></ul></aside>"
    )


def test_two_boxes_of_related_headlines_have_names_of_their_own() -> None:
    box = Block("related", items=("Rien",))
    body = render_blocks(article(p("Lede."), box, p("Suite."), box)).body
    assert 'aria-label="À lire aussi 1"' in body
    assert 'aria-label="À lire aussi 2"' in body


def test_the_first_mention_of_an_entity_is_linked_and_no_other() -> None:
    text = 'L\'ingénieure "Mai Lan" et Mai Lan : Huê.'
    rendered = render_blocks(
        article(p(text), p("Mai Lan revient.")),
        [
            named("Mai Lan", (-1, 0, "Mai Lan"), (0, 14, "Mai Lan"), (1, 0, "Mai Lan")),
            named("Huê", (0, text.index("Huê"), "Huê"), kind="place"),
            named("Inconnue", (1, 0, "Mai")),
        ],
        {("Mai Lan", "person"): "/entites/mai-lan/", ("Huê", "place"): "/entites/hue/"},
    )
    assert rendered.lede == (
        "L’ingénieure «\u00a0"
        '<a class="entity" href="/entites/mai-lan/">Mai Lan</a>'
        "\u00a0» et Mai Lan\u00a0: "
        '<a class="entity" href="/entites/hue/">Huê</a>.'
    )
    assert rendered.body == "<p>Mai Lan revient.</p>"


def test_two_names_of_one_entity_page_are_linked_once() -> None:
    rendered = render_blocks(
        article(p("Huê, l'ancienne Phu Xuân.")),
        [named("Huê", (0, 0, "Huê")), named("Phu Xuân", (0, 16, "Phu Xuân"))],
        {("Huê", "person"): "/h/", ("Phu Xuân", "person"): "/h/"},
    )
    assert rendered.lede == '<a class="entity" href="/h/">Huê</a>, l’ancienne Phu Xuân.'


def test_a_mention_inside_another_link_waits_for_the_next() -> None:
    rendered = render_blocks(
        article(p("L'Université de Huê est à Huê.")),
        [
            named("Université de Huê", (0, 2, "Université de Huê"), kind="organisation"),
            named("Huê", (0, 16, "Huê"), (0, 26, "Huê"), kind="place"),
        ],
        {("Université de Huê", "organisation"): "/u/", ("Huê", "place"): "/h/"},
    )
    assert rendered.lede == (
        'L’<a class="entity" href="/u/">Université de Huê</a> est à '
        '<a class="entity" href="/h/">Huê</a>.'
    )


def test_mentions_in_lists_and_tables_are_counted_across_the_items() -> None:
    rendered = render_blocks(
        article(
            p("Lede."),
            Block("list", items=("le riz de Huê", "le sel de Vinh")),
            Block("table", rows=(("Ville", "Pont"), ("Dà Lat", "2"))),
        ),
        [
            named("Vinh", (1, 24, "Vinh"), kind="place"),
            named("Dà Lat", (2, 11, "Dà Lat"), kind="place"),
        ],
        {("Vinh", "place"): "/v/", ("Dà Lat", "place"): "/d/"},
    )
    assert '<li>le sel de <a class="entity" href="/v/">Vinh</a></li>' in rendered.body
    assert '<td><a class="entity" href="/d/">Dà Lat</a></td>' in rendered.body


def test_a_mention_that_is_not_where_it_says_is_not_linked() -> None:
    rendered = render_blocks(
        article(p("Huê.")),
        [named("Vinh", (0, 0, "Vinh"), (7, 0, "Vinh"), (0, 400, "Vinh"), (0, -3, "Vinh"))],
        {("Vinh", "person"): "/v/"},
    )
    assert rendered.lede == "Huê."


HOSTILE = '<script>alert(\'x\')</script> & ]]> <b onclick="y"> "><img src=x>'


def test_a_link_does_not_reach_into_one_that_stands_after_it() -> None:
    text = "Le pont de Bac Lieu Nord rouvre."
    far = named("Bac Lieu Nord", (0, 11, "Bac Lieu Nord"), kind="place")
    near = named("pont de Bac", (0, 3, "pont de Bac"), kind="organisation")
    urls = {("Bac Lieu Nord", "place"): "/a/", ("pont de Bac", "organisation"): "/b/"}
    lede = render_blocks(article(p(text)), [far, near], urls).lede
    assert lede == 'Le pont de <a class="entity" href="/a/">Bac Lieu Nord</a> rouvre.'


def test_a_name_that_spans_two_items_is_not_linked() -> None:
    block = Block("list", items=("Anna", "Korvat"))
    spanning = named("Anna Korvat", (0, 0, "Anna\nKorvat"))
    body = render_blocks(article(block), [spanning], {("Anna Korvat", "person"): "/a/"}).body
    assert body == "<ul><li>Anna</li><li>Korvat</li></ul>"


def test_a_name_that_spans_two_items_is_linked_where_it_next_stands() -> None:
    names = article(Block("list", items=("Anna", "Korvat")), p("Anna Korvat rit."))
    korvat = named("Anna Korvat", (0, 0, "Anna\nKorvat"), (1, 0, "Anna Korvat"))
    body = render_blocks(names, [korvat], {("Anna Korvat", "person"): "/a/"}).body
    assert '<a class="entity" href="/a/">Anna Korvat</a> rit.' in body


def test_an_address_never_ends_its_attribute() -> None:
    anna = named("Anna", (0, 0, "Anna"))
    rendered = render_blocks(article(p("Anna rit.")), [anna], {("Anna", "person"): '/x"y/'})
    assert rendered.lede == '<a class="entity" href="/x&#34;y/">Anna</a> rit.'


def test_a_headline_that_leads_nowhere_is_text_and_typeset() -> None:
    block = Block("related", items=("Le pont <b> : rouvert ?",))
    body = render_blocks(article(p("Un mot."), block)).body
    assert "<li>Le pont &lt;b&gt;\u00a0: rouvert\u202f?</li>" in body


def test_text_never_becomes_markup() -> None:
    evil = article(
        p(HOSTILE),
        Block("subheading", HOSTILE),
        Block("question", HOSTILE),
        Block("list", items=(HOSTILE,)),
        Block("table", rows=((HOSTILE, HOSTILE),)),
        Block("photo", caption=HOSTILE, credit=HOSTILE),
        Block("related", items=(HOSTILE,)),
    )
    references = {HOSTILE: ReferenceLink('/a"><script>')}
    rendered = render_blocks(
        evil,
        [named("x", (0, 0, "<script>"))],
        {("x", "person"): '/"><script>'},
        references,
        Labels(related=HOSTILE, table=HOSTILE, photo=HOSTILE),
    )
    for html in (rendered.lede + rendered.body, feed_html(evil, "https://a.example", references)):
        tree = lxml_html.fromstring(f"<div>{html}</div>")
        tags = {element.tag for element in tree.iter()}
        assert tags <= {
            *("div", "p", "h2", "strong", "ul", "li", "table", "tbody", "tr", "td"),
            *("figure", "figcaption", "span", "aside", "a", "time"),
        }
        attributes = {name for element in tree.iter() for name in element.attrib}
        assert attributes <= {"class", "href", "datetime", "role", "aria-label", "tabindex"}


def test_feeds_get_the_page_s_words_with_absolute_addresses_and_plain_tags() -> None:
    story = article(
        p("Le pont de Huê."),
        Block("question", "Qui ?"),
        Block("table", rows=(("Pays", "Riz"), ("Laos", "3"))),
        Block("photo", caption="Le pont", credit="VNA"),
        Block("related", items=("L'eau monte", "Rien")),
    )
    references = {"L'eau monte": ReferenceLink("/2026/01/22/eau.html", "2026-01-22")}
    fed = feed_html(story, "https://lefil.example", references)
    assert fed.split("\n") == [
        "<p>Le pont de Huê.</p>",
        "<p><strong>Qui\u202f?</strong></p>",
        "<table><thead><tr><th>Pays</th><th>Riz</th></tr></thead>"
        "<tbody><tr><td>Laos</td><td>3</td></tr></tbody></table>",
        "<figure><figcaption>Le pont Photo\u00a0: VNA</figcaption></figure>",
        "<h2>À lire aussi</h2>",
        '<ul><li><a href="https://lefil.example/2026/01/22/eau.html">L’eau monte</a>'
        " 22 janvier 2026</li><li>Rien</li></ul>",
    ]
    page = render_blocks(story, references=references)

    def words(html: str) -> list[str]:
        return "".join(lxml_html.fromstring(f"<div>{html}</div>").itertext()).split()

    assert words(fed) == words(f"{page.lede}\n{page.body}")


def test_a_site_in_a_folder_keeps_its_folder_in_feeds() -> None:
    story = article(p("L."), Block("related", items=("Eau",)))
    fed = feed_html(story, "https://x.example/fil", {"Eau": ReferenceLink("eau.html")})
    assert 'href="https://x.example/fil/eau.html"' in fed


def test_reading_time_is_never_nothing() -> None:
    assert reading_minutes(article(p("Un mot."))) == 1
    assert reading_minutes(article(p("mot " * 230 * 3))) == 3
    assert reading_minutes(article(p("mot " * 345))) == 2
    assert reading_minutes(article(p("mot " * 344))) == 1


def test_plain_text_leaves_out_other_articles_headlines() -> None:
    story = article(p("Lede."), Block("related", items=("Autre",)), Block("list", items=("a", "b")))
    assert plain_text(story) == "Lede.\n\na\nb"


def test_one_endless_word_is_cut_and_not_lost() -> None:
    assert shorten("à " + "b" * 50, 20) == "à " + "b" * 17 + "…"


def test_the_dek_is_cut_at_a_word() -> None:
    assert dek(article(p("Le pont est ouvert."))) == "Le pont est ouvert."
    assert dek(article(p("Le pont, enfin ouvert à tous.")), 12) == "Le pont…"
    assert dek(article(Block("list", items=("du riz", "du sel")))) == "du riz du sel"
    assert dek(article()) == ""


def test_a_summary_ends_where_a_sentence_does() -> None:
    two = "Le pont est ouvert. Les piétons le passent depuis midi."
    assert summary(article(p(two))) == two
    assert summary(article(p(two)), 30) == "Le pont est ouvert."
    long = "Le pont " + "qui franchit la rade " * 15 + "est ouvert."
    assert summary(article(p(long))) == long, "one sentence is kept whole"
    endless = "Le pont " + "qui franchit la rade " * 40 + "est ouvert."
    assert summary(article(p(endless))).endswith("…")
    assert len(summary(article(p(endless)))) <= 450


@settings(max_examples=200, deadline=None)
@given(st.text(alphabet="ab é.,«\u00a0", max_size=80), st.integers(min_value=2, max_value=60))
def test_a_shortened_text_fits(text: str, limit: int) -> None:
    assert len(shorten(text, limit)) <= limit


def test_a_thousand_entities_in_one_list_take_no_square_time() -> None:
    items = tuple(f"ville{n:05d}" for n in range(20_000))
    entities = [named(item, (1, n * 11, item), kind="place") for n, item in enumerate(items)]
    urls = {(item, "place"): f"/{item}/" for item in items}
    began = time.process_time()
    body = render_blocks(article(p("L."), Block("list", items=items)), entities, urls).body
    assert time.process_time() - began < 4.0
    assert body.count("<a ") == 20_000


@pytest.mark.parametrize(
    ("rows", "columns"),
    [
        ((("Lyon", "4 200", "3,5 %"), ("Nice", "–", "12 %")), {1, 2}),
        ((("1", "Lyon"), ("2", "12e")), {0}),
        ((("Lyon", "2-1"), ("Nice", "3-0")), {1}),
        ((("Lyon", ""), ("Nice", "-")), set()),
        ((("Lyon", "12 pts"), ("Nice", "9 pts")), set()),
        ((("Lyon",), ("Nice", "4", "5")), {1, 2}),
        ((), set()),
    ],
)
def test_a_column_of_figures_alone_is_known(
    rows: tuple[tuple[str, ...], ...], columns: set[int]
) -> None:
    assert figure_columns(rows) == columns


def test_a_related_headline_that_is_not_here_says_so_on_the_page_and_in_no_feed() -> None:
    text = article(p("Lede."), Block("related", items=("Ailleurs", "Peut-être")))
    links = {"Ailleurs": ReferenceLink("", absent=True), "Peut-être": None}
    assert '<li>Ailleurs <span class="meta">(non publié ici)</span></li><li>Peut-être</li>' in (
        render_blocks(text, references=links).body
    )
    assert "<li>Ailleurs</li>" in feed_html(text, "https://lefil.example", links)


def test_one_photo_credit_stands_once_on_a_page() -> None:
    photos = [Block("photo", caption=caption, credit="AVL") for caption in ("Le quai", "La grue")]
    assert render_blocks(article(p("L."), *photos)).body.count("AVL") == 1
    assert feed_html(article(p("L."), *photos), "https://lefil.example").count("AVL") == 2
