"""Whole articles beside their expected records; the shared samples and the seed where they are laid."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import Any

import pytest
from newsdigest.archive.rows import normalised_body
from newsdigest.base.records import Article
from wire import LEDE, MORE, copy, kinds, photos, read, texts

ARTICLES = Path(__file__).parents[1] / "data" / "articles"
PATHS = sorted(ARTICLES.rglob("*.txt"))


@pytest.mark.parametrize("path", PATHS, ids=lambda path: path.stem)
def test_an_article_is_read_as_expected(path):
    article = read(path.read_bytes(), path.relative_to(ARTICLES).as_posix())
    assert record(article) == json.loads(path.with_suffix(".json").read_text(encoding="utf-8"))


def record(article: Article) -> dict[str, Any]:
    """The article as JSON, the fields of a block that are empty left out."""
    fields = asdict(article)
    fields["published"] = article.published.isoformat()
    fields["blocks"] = [
        {name: value for name, value in block.items() if value} for block in fields["blocks"]
    ]
    fields["photos"] = [{"caption": one.caption, "credit": one.credit} for one in article.photos]
    del fields["sha256"], fields["plain_path"], fields["slug"], fields["pictures"]
    return json.loads(json.dumps(fields))


def test_the_samples_are_read_as_their_editors_expect(samples):
    expected = json.loads((samples / "expected.json").read_text(encoding="utf-8"))
    assert {
        name: _said(read((samples / name).read_bytes(), name), fields)
        for name, fields in expected.items()
    } == (expected)


def _said(article: Article, asked: dict[str, Any]) -> dict[str, Any]:
    said = {
        "title": article.headline,
        "date": article.iso_date,
        "paragraphs": kinds(article).count("paragraph"),
        "list_items": sum(len(block.items) for block in article.blocks if block.type == "list"),
        "table_rows": sum(len(block.rows) for block in article.blocks),
        "subheads": texts(article, "subheading"),
        "questions": texts(article, "question"),
        "related": list(article.related),
        "photos": [{"caption": caption, "credit": credit} for caption, credit in photos(article)],
        "agencies": list(article.agencies),
        "authors": list(article.authors),
        "lang": article.lang,
        "date_precision": article.date_precision,
        "kicker": article.kicker,
        "update": article.update,
        "dateline": article.dateline,
        "warnings": sorted(article.warnings),
    }
    return {name: said[name] for name in asked}


def test_the_seed_gives_its_headline_its_links_and_its_credits(seed):
    article = read(seed.read_bytes(), seed.name)
    assert article.headline.startswith("La dernière rencontre entre Poutine et Witkoff")
    assert article.lede.endswith("le conseiller présidentiel russe Iouri Ouchakov.")
    assert kinds(article) == ["paragraph", "related", "photo"] + ["paragraph"] * 5
    assert len(article.blocks[1].items) == 3
    assert photos(article) == [("", "AFP/VNA/CVN")]
    assert (article.agencies, article.authors) == (("Xinhua", "VNA", "CVN"), ())
    assert (article.iso_date, article.lang, article.warnings) == ("2026-01-23", "fr", ())


def test_copies_of_one_text_have_one_body():
    one = read(copy(LEDE, "« L'eau monte », dit-on.", ">> Un titre"))
    other = read(copy(LEDE.replace("'", "’"), "«\u00a0L’eau  monte\u00a0», dit-on.", "Photo : AFP"))
    assert normalised_body(one) == normalised_body(other)
    assert normalised_body(one) != normalised_body(read(copy(LEDE, MORE)))
