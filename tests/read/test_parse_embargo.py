"""Embargo lines: held to the minute, taken off the text; what is not understood is rejected by name."""

from __future__ import annotations

import pytest
from wire import LEDE, MORE, NOW, TITLE, copy, read, refuse, texts

END = "2026-02-03T06:00+01:00"


@pytest.mark.parametrize(
    "line",
    [
        "Embargo : 3 février 2026 à 6h00",
        "EMBARGO JUSQU'AU MARDI 3 FÉVRIER 2026, 06H00",
        "Sous embargo jusqu’au 3 février 2026 à 6 heures",
        "*** Embargo strict jusqu'au 03/02/2026 06:00 ***",
        "Communiqué sous embargo jusqu'au 3 février 2026 6h",
        "Ne pas publier avant le 3 février 2026 à 6h",
        "Embargoed until 5:00 GMT on 3 February 2026",
        "STRICTLY EMBARGOED UNTIL 0500 GMT TUESDAY 3 FEBRUARY 2026",
        "This story is embargoed until 3 February 2026, 05:00 GMT",
        "Not for publication before 05:00 GMT, 3 February 2026.",
        "Cấm phát hành trước 6 giờ ngày 3/2/2026",
        "Đề nghị cấm công bố trước 6h00 ngày 3 tháng 2 năm 2026",
        "[Embargo : 2026-02-03 06:00]",
    ],
)
def test_an_embargo_is_held_to_the_minute_and_is_no_text(line: str) -> None:
    article = read(copy(line, LEDE, MORE))
    assert article.embargo is not None
    assert article.embargo.astimezone(NOW.tzinfo).isoformat() == "2026-02-03T05:00:00+00:00"
    assert (article.status, article.warnings[:1]) == ("draft", ("W_EMBARGO",))
    assert (article.headline, texts(article)) == (TITLE, [LEDE, MORE])
    assert article.iso_date == "2026-01-05"


@pytest.mark.parametrize(
    "text",
    [
        f"EMBARGO JUSQU'AU 3 FÉVRIER 2026 6H\ndate 2026-01-05 {TITLE}\n\n{LEDE}\n\n{MORE}\n",
        f"date 2026-01-05 Embargo : 3 février 2026 6h\n{TITLE}\n\n{LEDE}\n\n{MORE}\n",
        f"date 2026-01-05 {TITLE} (sous embargo jusqu'au 3 février à 6h)\n\n{LEDE}\n\n{MORE}\n",
        f"date 2026-01-05 {TITLE} - sous embargo jusqu'au 3 février 6h\n\n{LEDE}\n\n{MORE}\n",
        f"date 2026-01-05\nEmbargo : 3 février 2026 6h\n{TITLE}\n\n{LEDE}\n\n{MORE}\n",
        f"date 2026-01-05 {TITLE}\n\n{LEDE}\n\n{MORE}\n\nEmbargo : 3 février 2026 6h\n",
    ],
)
def test_it_may_stand_above_the_date_in_the_headline_and_below_the_text(text: str) -> None:
    article = read(text)
    assert (article.headline, texts(article)) == (TITLE, [LEDE, MORE])
    assert article.embargo is not None
    assert article.embargo.isoformat(timespec="minutes") == END


@pytest.mark.parametrize(
    "line",
    [
        "Embargo : à confirmer",
        "Embargo",
        "Sous embargo jusqu'à nouvel ordre",
        "Embargo : 3 février, 6h heure locale",
        "Embargo : lundi 3 février 2026 à 6h",  # a Tuesday
        "Embargoed until further notice",
        "Embargoed until 02/03/2026",
        "Cấm phát hành trước khi có lệnh",
        "[SOUS EMBARGO]",
    ],
)
def test_one_that_is_not_understood_is_rejected_by_name(line: str) -> None:
    rejection = refuse(copy(line, LEDE))
    assert (rejection.code, rejection.facts["found"]) == ("E_EMBARGO", line)


@pytest.mark.parametrize(
    "line",
    [
        "Sous embargo jusqu'à nouvel ordre",
        "Embargo : demain à l'aube",
        "Embargoed until further notice",
        "Cấm phát hành trước khi có lệnh",
    ],
)
def test_so_is_one_at_the_end_of_the_text(line: str) -> None:
    told = [f"{number} {MORE}" for number in range(6)]
    rejection = refuse(copy(LEDE, *told, line))
    assert (rejection.code, rejection.facts["found"]) == ("E_EMBARGO", line)


@pytest.mark.parametrize(
    "headline",
    [
        "Embargo : Cuba accuse Washington",
        "Embargo sur les armes : l'ONU vote la prolongation",
        "Cuba sous embargo jusqu'à la fin du mandat",
        "L'embargo levé, les ports rouvrent",
    ],
)
def test_news_of_an_embargo_is_news(headline: str) -> None:
    article = read(
        copy("L'embargo tient depuis 1962, dit le ministre aux journalistes.", title=headline)
    )
    assert (article.headline, article.status, article.embargo) == (headline, "published", None)


def test_the_headline_of_another_article_may_begin_with_the_word() -> None:
    article = read(copy(LEDE, ">> Embargo : 3 février 2026, le jour où tout change"))
    assert (article.related, article.status) == (
        ("Embargo : 3 février 2026, le jour où tout change",),
        "published",
    )


def test_of_two_ends_the_later_counts_and_one_that_is_over_holds_nothing() -> None:
    both = read(copy("Embargo : 3 février 2026 6h", "Embargo : 4 février 2026 6h", LEDE))
    assert both.embargo is not None
    assert both.embargo.day == 4
    over = read(copy("Embargo : 4 janvier 2026 6h", LEDE))
    assert (over.status, texts(over)) == ("published", [LEDE])
    assert read(copy("Embargo levé", LEDE)).embargo is None
