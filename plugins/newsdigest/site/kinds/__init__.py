"""What each kind of page shows, and `KINDS`: the site's table of contents.

article      one article: its text, what followed it (citing articles, the next of its story), what
             overtook it, its copies, what it suggests; formats: as plain text and ninjs
picture      the files of a picture that articles show
retraction   what stands where a retracted article stood
redirect     what stands at an article's former addresses, and the same for hosts
entity       a person, place or organisation; its older pages, its feeds
periods      a day, a month, a year, all years
index        the A-Z index of names
story        a story and its feeds; stories: the list of them
agency       a news agency and its feeds
section      a section of the news, its months; sections: all of them, and their feeds
front        the newest edition
corrections  the corrections, by month, and their feed
editions     the feed of editions, an entry a day
languages    the feeds of articles in other languages; feed_page: the pages that tell of a feed
feeds        the feed of everything and its archive, the page of feeds; feed_lists: OPML for readers
maps         the site maps, the news map
card         the social cards
standing     about, accessibility, legal
search       the search page, the indexes it reads
service      the page of a wrong address, robots.txt

The order of KINDS is the order of publication: what a page links to is in place before the page.
"""

from newsdigest.base.addresses import Address
from newsdigest.site.kind import PageKind
from newsdigest.site.kinds.agency import AGENCY, AGENCY_FEED
from newsdigest.site.kinds.article import ARTICLE
from newsdigest.site.kinds.card import CARD
from newsdigest.site.kinds.corrections import (
    CORRECTIONS,
    CORRECTIONS_FEED,
    CORRECTIONS_OF_MONTH,
)
from newsdigest.site.kinds.editions import EDITIONS_FEED
from newsdigest.site.kinds.entity import ENTITY, ENTITY_FEED, ENTITY_PAGE
from newsdigest.site.kinds.feed_lists import OPML, OPML_PART
from newsdigest.site.kinds.feed_page import FEED_PAGE
from newsdigest.site.kinds.feeds import ALL_ARCHIVE, ALL_FEED, FEEDS_PAGE
from newsdigest.site.kinds.formats import ARTICLE_FORMATS
from newsdigest.site.kinds.front import FRONT
from newsdigest.site.kinds.index import ENTITIES, INITIALS
from newsdigest.site.kinds.languages import LANGUAGE_FEED
from newsdigest.site.kinds.maps import SITEMAP, SITEMAP_OF_NEWS, SITEMAPS
from newsdigest.site.kinds.periods import ARCHIVES, DAY, MONTH, YEAR
from newsdigest.site.kinds.picture import PICTURE
from newsdigest.site.kinds.redirect import REDIRECT, REDIRECTS, STORY_REDIRECT
from newsdigest.site.kinds.retraction import RETRACTION
from newsdigest.site.kinds.search import SEARCH, SEARCH_INDEX
from newsdigest.site.kinds.section import SECTION, SECTION_MONTH
from newsdigest.site.kinds.sections import SECTION_FEED, SECTIONS
from newsdigest.site.kinds.service import NOT_FOUND, ROBOTS
from newsdigest.site.kinds.standing import ABOUT, ACCESSIBILITY, LEGAL
from newsdigest.site.kinds.stories import STORIES
from newsdigest.site.kinds.story import STORY, STORY_FEED

KINDS: tuple[PageKind, ...] = (
    PICTURE,
    ARTICLE_FORMATS,
    ARTICLE,
    RETRACTION,
    REDIRECT,
    ENTITY_PAGE,
    ENTITY,
    DAY,
    MONTH,
    YEAR,
    ARCHIVES,
    INITIALS,
    ENTITIES,
    STORY,
    STORY_REDIRECT,
    STORIES,
    AGENCY,
    SECTION_MONTH,
    SECTION,
    SECTIONS,
    CORRECTIONS_OF_MONTH,
    CORRECTIONS,
    FEED_PAGE,
    FEEDS_PAGE,
    ABOUT,
    ACCESSIBILITY,
    LEGAL,
    SEARCH,
    NOT_FOUND,
    FRONT,
    CARD,
    AGENCY_FEED,
    ENTITY_FEED,
    STORY_FEED,
    CORRECTIONS_FEED,
    SECTION_FEED,
    LANGUAGE_FEED,
    EDITIONS_FEED,
    ALL_ARCHIVE,
    ALL_FEED,
    OPML_PART,
    OPML,
    SEARCH_INDEX,
    REDIRECTS,
    SITEMAP,
    SITEMAP_OF_NEWS,
    SITEMAPS,
    ROBOTS,
)

# Those of a site that has no search, or no program to make one.
WITHOUT_SEARCH = tuple(kind for kind in KINDS if kind not in (SEARCH, SEARCH_INDEX))

# Where pages stand; settings may change some.
ADDRESSES: tuple[Address, ...] = tuple(address for kind in KINDS for address in kind.addresses)
