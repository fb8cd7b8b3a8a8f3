"""What each template is shown: records in, frozen views out, every word and order decided here.

    front.py     the front page and the day pages
    archive.py   a month's calendar, a year, all the years
    article.py   one article, with its NewsArticle metadata
    entity.py    a person, place or organisation; the A-Z index
    story.py     a story, dispatch by dispatch; the index of stories
    chart.py     articles over time, as columns
    service.py   the feeds page and the page of a wrong address
    head.py      titles, descriptions, structured data, the main navigation
    words.py     the few words titles and lists need, by language
    views.py     the shapes the templates rely on

Pages stay append-only: an article's page is told nothing that the rest of the archive changes
(no counts, no latest list), and an entity's full older pages show neither totals nor charts.
"""

from newsdigest.site.kinds.article import article_page
from newsdigest.site.kinds.entity import (
    entity_index,
    entity_index_cut,
    entity_index_part,
    entity_page,
)
from newsdigest.site.kinds.front import day_page, front_page
from newsdigest.site.kinds.periods import archives_page, month_page, year_page
from newsdigest.site.kinds.service import feeds_page, not_found_page
from newsdigest.site.kinds.story import (
    Passage,
    StoryDispatch,
    passages,
    story_feed,
    story_index,
    story_page,
)
from newsdigest.site.shapes import (
    ArchivesView,
    ArticleView,
    DayView,
    EntityIndexView,
    EntityView,
    FeedEntry,
    FeedLink,
    FeedsView,
    FrontView,
    Head,
    MonthView,
    NotFoundView,
    StoryIndexView,
    StoryView,
    View,
    YearView,
)

__all__ = [
    "ArchivesView",
    "ArticleView",
    "DayView",
    "EntityIndexView",
    "EntityView",
    "FeedEntry",
    "FeedLink",
    "FeedsView",
    "FrontView",
    "Head",
    "MonthView",
    "NotFoundView",
    "Passage",
    "StoryDispatch",
    "StoryIndexView",
    "StoryView",
    "View",
    "YearView",
    "archives_page",
    "article_page",
    "day_page",
    "entity_index",
    "entity_index_cut",
    "entity_index_part",
    "entity_page",
    "feeds_page",
    "front_page",
    "month_page",
    "not_found_page",
    "passages",
    "story_feed",
    "story_index",
    "story_page",
    "year_page",
]
