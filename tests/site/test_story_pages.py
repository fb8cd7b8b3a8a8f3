"""A story as its page prints it."""

from __future__ import annotations

from sample_views import PAGES


def test_a_quiet_story_says_since_when() -> None:
    assert 'since <time datetime="2026-01-23">23 January 2026</time>' in PAGES["en", "story, quiet"]


def test_hostile_copy_stays_text_wherever_a_story_prints_it() -> None:
    html = PAGES["fr", "story, hostile"]
    assert html.count("&lt;b onclick") >= 6
    assert "<b onclick" not in html


def test_a_dispatch_is_a_line_and_what_it_says_a_fold_with_what_was_published_in_another() -> None:
    html = PAGES["fr", "story"]
    thread = html[html.index('<ol class="told"') :]
    first, old, *_ = thread[: thread.index("</ol>")].split("<details>")[1:]
    assert "Le quai avance." in first
    assert "Le port est grand." in old
    assert "phrase" in first[: first.index("</summary>")]


def test_an_older_article_in_another_language_says_so() -> None:
    html = PAGES["fr", "story"]
    assert '<a href="/2026/01/23/article-5.html" lang="ar" dir="rtl">' in html
