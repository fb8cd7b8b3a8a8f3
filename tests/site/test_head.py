"""What every page starts with: titles, addresses, languages, data; and how numbers are written."""

from __future__ import annotations

from newsdigest.base.addresses import Addresses
from newsdigest.site.head import About, feed_links, lang_attrs, navigation, page_head, short
from newsdigest.site.json_ld import collection
from newsdigest.site.shapes import Image
from newsdigest.site.words import number, own_name, section_title
from samples import ADDRESSES, SITE, article, article_view, card, data


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


def test_every_canonical_address_is_absolute() -> None:
    head = article_view(article()).head
    assert (head.path, head.canonical) == (
        "/2026/01/23/quai.html",
        "https://lefil.example/2026/01/23/quai.html",
    )


def test_another_language_than_the_sites_tells_its_direction_where_it_differs() -> None:
    assert lang_attrs("vi", "fr") == ' lang="vi"'
    assert lang_attrs("ar", "fr") == ' lang="ar" dir="rtl"'
    assert lang_attrs("fr", "ar") == ' lang="fr" dir="ltr"'
    assert lang_attrs('x" onclick="', "fr") == ""


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
    own = Addresses((("ARCHIVES_URL", "archive/"), ("TAGS_URL", "names/")))
    urls = [item.url for item in navigation(SITE, own) if not item.foot]
    assert urls == ["/", "/dossiers/", "/names/", "/archive/", "/feeds/"]


def test_a_feed_is_what_it_is_whatever_its_address_ends_in() -> None:
    found = feed_links(SITE, "Quai", ["/flux/quai.xml", "/flux/quai-rss.xml"])
    assert [(feed.format, feed.type, feed.url) for feed in found] == [
        ("Atom", "application/atom+xml", "/flux/quai.xml"),
        ("RSS", "application/rss+xml", "/flux/quai-rss.xml"),
    ]


def test_an_article_in_several_languages_leads_to_each_by_its_own_name() -> None:
    twins = (card("sommet", lang="en"), card("hoi-nghi", lang="vi"))
    view = article_view(article(lang="fr"), twins=twins)
    assert [(twin.name, str(twin.attrs)) for twin in view.twins] == [
        ("English", ' lang="en"'),
        ("Tiếng Việt", ' lang="vi"'),
    ]
    assert view.head.versions == (
        ("en", f"https://lefil.example{twins[0].url}"),
        ("fr", view.head.canonical),
        ("vi", f"https://lefil.example{twins[1].url}"),
    )
    assert article_view(article()).head.versions == ()


def test_a_language_calls_itself_by_its_name() -> None:
    names = [own_name(code) for code in ("fr-CA", "pt-BR", "ar", "de", "qqq", "x y", "")]
    assert names == ["Français", "Português", "العربية", "Deutsch", "qqq", "x y", ""]


QUAI = Image("https://lefil.example/photos/quai.jpg", 1200, 800, 'Le "quai" <nord>')


def test_a_page_with_a_picture_tells_machines_its_address_size_and_what_is_to_be_seen() -> None:
    about = About("/", "Port", "Le port.", collection(SITE, "/", "Port"), image=QUAI)
    head = page_head(SITE, ADDRESSES, about)
    assert head.image == QUAI
    assert data(head)["image"] == {
        "@type": "ImageObject",
        "url": "https://lefil.example/photos/quai.jpg",
        "width": 1200,
        "height": 800,
        "caption": 'Le "quai" <nord>',
    }


def test_a_page_without_a_picture_says_nothing_of_one() -> None:
    assert article_view(article()).head.image is None
    assert "image" not in data(article_view(article()).head)
