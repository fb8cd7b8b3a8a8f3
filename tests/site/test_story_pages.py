"""A story as its page prints it."""

from __future__ import annotations

from sample_views import PAGES


def test_a_quiet_story_says_since_when() -> None:
    assert 'since <time datetime="2026-01-23">23 January 2026</time>' in PAGES["en", "story, quiet"]


def test_hostile_copy_stays_text_wherever_a_story_prints_it() -> None:
    html = PAGES["fr", "story, hostile"]
    assert html.count("&lt;b onclick") >= 6
    assert "<b onclick" not in html


def test_what_was_published_stands_in_one_fold_for_each_dispatch() -> None:
    html = PAGES["fr", "story"]
    thread = html[html.index('<ol class="thread">') :]
    thread = thread[: thread.index("</ol>")]
    assert thread.count("<details>") == 1
    assert "Le quai avance." in thread[: thread.index("<details>")]
    assert "Le port est grand." in thread[thread.index("<details>") :]


def test_an_older_article_in_another_language_says_so() -> None:
    html = PAGES["fr", "story"]
    assert '<a href="/2026/01/23/article-5.html" lang="ar" dir="rtl">' in html
