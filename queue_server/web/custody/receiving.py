"""Turns what was read into the page on which documents are handed in. Pure."""

from queue_server.custody.values import ItemKind
from queue_server.web import wording
from queue_server.web.audit.page import SelectOption
from queue_server.web.custody import words
from queue_server.web.custody.contact_form import languages
from queue_server.web.custody.item_detail import item_detail
from queue_server.web.custody.item_list import governments
from queue_server.web.custody.item_rows import item_row
from queue_server.web.custody.page import ReceiveDesk
from queue_server.web.custody.reading import ItemChain, Lying
from queue_server.web.view_context import StaffView

#: The kinds in the order of their numbers on the page.
KINDS = tuple(ItemKind)


def receive_desk(look: StaffView, last: ItemChain | None, lying: Lying, api: str) -> ReceiveDesk:
    """Show what can be handed in, and what was handed in last."""
    _ = look.words
    return ReceiveDesk(
        kinds=tuple(
            SelectOption(one, wording.plain(words.kind(_, one)), number == 0) for number, one in enumerate(KINDS)
        ),
        marks=words.mark_options(_, ()),
        governments=governments(
            look, look.known.catalogue.governments[0].id if look.known.catalogue.governments else ""
        ),
        languages=languages(look),
        last=None if last is None else item_detail(look, last, api),
        lying=tuple(item_row(look, one, lying.named) for one in lying.items),
        lying_total=lying.total,
    )
