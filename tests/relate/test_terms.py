"""What an article is about: its names and telling words, weighed in whole numbers."""

from __future__ import annotations

from datetime import UTC, datetime

from newsdigest.base.records import Article, Block, Entity, Mention
from newsdigest.relate.terms import TERMS, UNIT, WORDS, article_terms

BRIDGE = Article(
    id="2026/pont",
    path="2026/pont.txt",
    headline="Le pont de Valmorin rouvre après les crues",
    published=datetime(2026, 1, 23, tzinfo=UTC),
    date_precision="day",
    lang="fr",
    blocks=(
        Block("paragraph", "Le pont rouvre samedi, a annoncé la maire Odile Sarrazac."),
        Block("list", items=("Une voie pour les piétons", "Deux voies pour les camions")),
        Block("photo", caption="Le carrousel illuminé", credit="Studio Brindille"),
        Block("related", items=("Les ouvriers réclament une passerelle",)),
    ),
)
MAYOR = Entity("Odile Sarrazac", "person", (Mention(0, 42, 56, "Odile Sarrazac"),))


def terms_of(headline, *paragraphs, lang="fr", entities=()):
    blocks = tuple(Block("paragraph", text) for text in paragraphs)
    article = Article("a", "a.txt", headline, BRIDGE.published, "day", lang, blocks)
    return article_terms(article, entities)


def weights(terms):
    return {term.term: term.weight for term in terms}


def test_headline_paragraphs_and_lists_count_and_nothing_else():
    surfaces = {term.surface for term in article_terms(BRIDGE, [MAYOR])}
    assert surfaces >= {"pont", "Valmorin", "crues", "maire", "piétons", "camions"}
    assert not surfaces & {"carrousel", "Studio", "Brindille", "passerelle", "ouvriers"}
    assert not surfaces & {"Le", "les", "samedi", "a", "annoncé", "Deux"}


def test_a_name_is_a_term_of_its_own_under_its_key():
    name = next(term for term in article_terms(BRIDGE, [MAYOR]) if term.is_name)
    assert (name.term, name.surface) == ("@odile sarrazac", "Odile Sarrazac")


def test_a_word_of_the_headline_weighs_more_than_the_same_word_below():
    above = weights(terms_of("Grève des chauffeurs", "Une navette circule."))
    below = weights(terms_of("Une navette circule", "Grève des chauffeurs."))
    assert above["grev"] > below["grev"]


def test_singular_and_plural_are_one_term():
    exports = terms_of("Les exportations de riz", "L'exportation du riz vietnamien.")
    assert [term.term for term in exports if term.term.startswith("export")] == ["export"]


def test_stems_are_those_that_stores_hold():
    """Whatever computes them: those of the Snowball project's French, without accents."""
    found = terms_of("Nationalisations", "Mutuellement, les négociatrices évoqueraient ses aïeux.")
    assert {term.surface: term.term for term in found} == {
        "Nationalisations": "nationalis", "Mutuellement": "mutuel", "négociatrices": "negoci",
        "évoqueraient": "evoqu", "aïeux": "aieux",
    }  # fmt: skip


def test_english_is_stemmed_as_english():
    assert weights(terms_of("Miners injured as mines flooded", lang="en")).keys() == {
        "miner", "injur", "mine", "flood",
    }  # fmt: skip


def test_vietnamese_goes_by_pairs_of_syllables():
    found = weights(terms_of("Cầu Long Biên được sửa chữa", lang="vi"))
    assert found.keys() == {"cầu long", "long biên", "sửa chữa"}


def test_a_headline_alone_makes_a_vector_of_full_length():
    found = terms_of("Un séisme secoue l'archipel des Brumes")
    assert {term.surface for term in found} == {"séisme", "secoue", "archipel", "Brumes"}
    assert abs(sum(term.weight**2 for term in found) - UNIT**2) < UNIT**2 // 500


def test_the_heaviest_come_first_and_no_more_than_forty():
    many = " ".join(f"mot{chr(97 + i // 26)}{chr(97 + i % 26)}" for i in range(200))
    found = terms_of("Inventaire", many)
    assert len(found) == TERMS
    assert [(-term.weight, term.term) for term in found] == sorted(
        (-term.weight, term.term) for term in found
    )


def test_readers_see_the_word_as_written_without_the_capital_of_a_sentence():
    found = {
        term.term: term.surface for term in terms_of("Exportations record", "Des exportations.")
    }
    assert found["export"] == "exportations"


def test_a_name_made_of_stop_words_is_a_name_all_the_same():
    who = Entity("WHO", "organisation", (Mention(-1, 0, 3, "WHO"),))
    assert "@who" in weights(terms_of("WHO warns of measles", lang="en", entities=[who]))


def test_one_key_in_two_types_is_one_term():
    man = Entity(
        "Vauclair", "person", (Mention(-1, 0, 8, "Vauclair"), Mention(0, 0, 8, "Vauclair"))
    )
    city = Entity("Vauclair", "place", (Mention(0, 20, 28, "Vauclair"),))
    both = terms_of("Vauclair élu", "Vauclair est maire de Vauclair.", entities=[man, city])
    assert [term.term for term in both].count("@vauclair") == 1
    assert both == terms_of("Vauclair élu", "Vauclair est maire de Vauclair.", entities=[city, man])


def test_an_article_that_says_nothing_has_no_terms():
    assert terms_of("Et pourtant…", "12,8 % !") == ()


def test_only_so_many_words_are_read():
    flood = " ".join(f"mot{n}" for n in range(WORDS))
    assert weights(terms_of("Inventaire", flood + " typhon")).keys() == (
        weights(terms_of("Inventaire", flood)).keys()
    )
    assert "typhon" in weights(terms_of("Inventaire", "mot " * (WORDS - 1) + "typhon"))
