"""`invoke move`: a published article gets another address; its former one leads there."""

from __future__ import annotations

import msgspec

from newsdigest.base.addresses import (
    RESERVED_SLUGS,
    Addresses,
    article,
    file_of,
    slug_in,
    slugify,
)
from newsdigest.base.errors import BuildError, _
from newsdigest.base.i18n import translations
from newsdigest.base.ledger import Entry
from newsdigest.base.settings import Settings
from newsdigest.commands.desk import change_entry, entries, find_entry


def move_article(settings: Settings, typed: str, slug: str) -> int:
    """Note the article's new address in the ledger, and say what becomes of the old one.

    Raises BuildError where no article is meant, or another one stands or stood there.
    """
    gettext = translations(settings.editor_lang).gettext
    entry = find_entry(settings, typed)
    address = new_address(settings.addresses, entry, slug)
    if address == entry.address:
        print(gettext("it stands at /{address} already: nothing to move.").format(address=address))
        return 0
    for other in entries(settings):
        if other.id != entry.id and file_of(address) in map(file_of, other.addresses):
            raise BuildError(
                _("/{address} is the address of {id}, now or formerly: it stays so."),
                _("Choose another one."),
                address=address,
                id=other.id,
            )
    change_entry(settings, entry.id, lambda line: moved_to(line, address))
    told = gettext("moved: /{old} leads to /{new} from the next build on.")
    print(told.format(old=entry.address, new=address))
    print(
        gettext(
            "Its id in feeds is the same. If your host reads redirections, it finds them in"
            " output/_redirects, redirects.nginx and redirects.caddy (docs/hosting.md)."
        )
    )
    return 0


def new_address(addresses: Addresses, entry: Entry, typed: str) -> str:
    """Where the article will stand, in the folder it stands in. Raises BuildError for no slug."""
    slug = slugify(typed, fallback="")
    if not slug or slug in RESERVED_SLUGS:
        raise BuildError(
            _('"{typed}" makes no address.'),
            _("Write a few words, with letters or digits in them."),
            typed=typed,
        )
    file = file_of(entry.address)
    for folder in (entry.published[:10], entry.month):
        if slug_in(addresses, folder, file):
            return article(addresses, folder, slug)
    # The addresses were of another form when it was published.
    rest, slash, name = entry.address.rstrip("/").rpartition("/")
    ending = "/" if entry.address.endswith("/") else name[name.rfind(".") :] if "." in name else ""
    return f"{rest}{slash}{slug}{ending}"


def moved_to(entry: Entry, address: str) -> Entry:
    """The article's line with this address; all it had lead there."""
    former = dict.fromkeys((*entry.moved, entry.address))
    former.pop(address, None)
    return msgspec.structs.replace(entry, address=address, moved=tuple(former))
