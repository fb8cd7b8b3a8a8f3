"""How common a word is: frozen counts, by language."""

from __future__ import annotations

from importlib import resources
from pathlib import Path

import pytest
from newsdigest.text.folding import fold
from newsdigest.text.lexicon import load_lexicon, words

LEXICON = load_lexicon()


def test_the_rarer_a_word_the_more_it_tells():
    assert (
        0
        < LEXICON.idf("france")
        < LEXICON.idf("president")
        < LEXICON.idf("accord")
        < LEXICON.idf("poutine")
        < LEXICON.idf("zzyzx")
    )
    assert 0 < LEXICON.idf("company", "en") < LEXICON.idf("earthquake", "en")


def test_a_word_never_seen_is_not_known():
    assert LEXICON.frequency("zzyzx") == 0
    assert not LEXICON.knows("zzyzx")
    assert LEXICON.frequency("accord") > 0
    assert LEXICON.knows("accord")
    assert LEXICON.knows("earthquake")
    assert LEXICON.knows("không")


@pytest.mark.parametrize(
    ("lang", "word"), [("fr", "desormais"), ("fr", "etes"), ("en", "whose"), ("vi", "những")]
)
def test_stop_words_tell_nothing_in_their_language(lang, word):
    assert LEXICON.idf(word, lang) == 0


def test_the_same_letters_may_tell_something_in_another_language():
    assert LEXICON.is_stop_word("son", "fr")
    assert LEXICON.idf("son", "en") > 0


def test_without_counts_all_words_but_stop_words_tell_the_same():
    assert LEXICON.idf("cầu", "vi") == LEXICON.idf("gạo", "vi") > LEXICON.idf("của", "vi") == 0


def test_vietnamese_accents_tell_words_apart():
    assert LEXICON.is_stop_word("chưa", "vi")
    assert not LEXICON.is_stop_word("chữa", "vi")


def test_words_are_folded_and_parted_at_apostrophes_and_hyphens():
    assert words("L’Élysée d'Œuvre, Đà Nẵng, Paris-Berlin : 12,8 %") == [
        "l", "elysee", "d", "oeuvre", "da", "nang", "paris", "berlin", "12", "8",
    ]  # fmt: skip


def test_a_site_may_bring_its_own_counts(tmp_path):
    own = tmp_path / "lexicon.tsv"
    own.write_text("# fr 1000\nriz\t400\npont\t10\n", "utf-8")
    lexicon = load_lexicon(own)
    assert lexicon.documents == 1000
    assert lexicon.frequency("riz") == 400
    assert lexicon.idf("riz") < lexicon.idf("pont") < lexicon.idf("accord")
    assert lexicon.idf("le") == 0
    assert lexicon.version != LEXICON.version


@pytest.mark.parametrize(
    ("text", "line"),
    [("riz\t4\n", 1), ("# fr 10\nriz 4\n", 2), ("# fr 10\nriz\tdeux\n", 2), ("# fr\n", 1)],
)
def test_a_file_of_another_form_is_refused_with_its_line(tmp_path, text, line):
    own = tmp_path / "lexicon.tsv"
    own.write_text(text, "utf-8")
    with pytest.raises(ValueError, match=f"line {line}:"):
        load_lexicon(own)


def test_the_shipped_words_are_folded_and_in_order():
    text = (resources.files("newsdigest") / "data/lexicon.tsv").read_text("utf-8")
    sections = [section.split("\n", 1)[1].split() for section in text.split("# ")[1:]]
    assert len(sections) == 2
    for fields in sections:
        listed = fields[::2]
        assert listed == sorted(set(listed))
        assert all(word == fold(word) for word in listed)


def test_every_list_tells_where_it_comes_from():
    folder = Path(str(resources.files("newsdigest") / "data"))
    notice = (folder / "NOTICE.md").read_text("utf-8")
    assert {file.name for file in folder.iterdir() if f"`{file.name}`" not in notice} == {
        "NOTICE.md"
    }
