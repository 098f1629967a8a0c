"""Turns an item and what happened to it into its page. Pure."""

from markupsafe import Markup

from queue_server.custody import labels
from queue_server.custody.model import Item
from queue_server.custody.values import (
    ENDED,
    FOR_GOOD,
    DestroyReason,
    GiveBackReason,
    HandOverProof,
    Holder,
    ItemState,
)
from queue_server.notices.contacts import KnownContact
from queue_server.web import wording
from queue_server.web.audit.page import SelectOption
from queue_server.web.audit.presenter import done, who
from queue_server.web.counter.page import ActionKey
from queue_server.web.custody import telling_words, words
from queue_server.web.custody.contact_form import contact_form
from queue_server.web.custody.item_rows import days_since, ltr, moment, needs_somebody, reference_of, short_hash, where
from queue_server.web.custody.item_verbs import can, why_not
from queue_server.web.custody.page import ChainLine, ItemDetail, VerbLine
from queue_server.web.custody.reading import ItemChain
from queue_server.web.view_context import StaffView
from queue_server.web.wording import MarkupTranslations

#: Proofs that staff look at; what a carrier says, and what two people know, is said in other places.
_AT_DESK = tuple(one for one in HandOverProof if one not in {HandOverProof.CARRIER, HandOverProof.WITNESSED})


def item_detail(look: StaffView, read: ItemChain, api: str) -> ItemDetail:
    """Show an item: where it is, what can be done with it, and everything that happened to it."""
    _, item = look.words, read.item
    return ItemDetail(
        id=item.id,
        url=f"{api}/custody/items/{item.id}",
        label=labels.shown(item.label),
        barcode=labels.barcode(item.label),
        what=words.kind(_, item.kind),
        state=words.state(_, item.state),
        place=where(look, item, read.named.bags),
        next=next_step(_, item),
        is_bad=needs_somebody(item),
        facts=_facts(look, item, reference_of(item, read.named), read.contact),
        chain=_chain(look, read),
        verbs=_seldom(_, item, api),
        marks=words.mark_options(_, item.condition),
        proofs=_options([(one, words.proof(_, one)) for one in _AT_DESK]),
        recalls=words.recall_options(_),
        give_backs=_options([(one, words.give_back(_, one)) for one in GiveBackReason]),
        destroys=_options([(one, words.destroy(_, one)) for one in DestroyReason]),
        contact=contact_form(look, f"{api}/custody/items/{item.id}", read.contact),
    )


def _options(choices: list[tuple[str, Markup]]) -> tuple[SelectOption, ...]:
    return tuple(
        SelectOption(str(value), wording.plain(text), number == 0) for number, (value, text) in enumerate(choices)
    )


def _facts(
    look: StaffView, item: Item, reference: str, contact: KnownContact | None
) -> tuple[tuple[Markup, Markup], ...]:
    _ = look.words
    since = _(
        "%(days)s, since %(time)s",
        days=words.days(_, days_since(look, item.state_since)),
        time=moment(look, item.state_since),
    )
    facts = [
        (_("For"), Markup.escape(look.government_name(item.government))),
        (_("Case"), ltr(reference) if reference else _("none")),
        (_("So since"), since),
        (_("Handed in"), moment(look, item.received_at)),
        (_("Condition"), words.condition(_, item.condition)),
    ]
    if item.state not in ENDED:
        facts.append((_("They are told"), telling_words.contact(look, contact)))
    if item.pages is not None:
        facts.append((_("Pages"), Markup.escape(item.pages)))
    if item.recall is not None:
        facts.append((_("Wanted back"), words.recall(_, item.recall)))
    if item.claim is not None:
        facts.append((_("Claimed"), _("somebody is just taking it")))
    return tuple(facts)


def _chain(look: StaffView, read: ItemChain) -> tuple[ChainLine, ...]:
    """Tell what happened, the newest first."""
    return tuple(
        ChainLine(
            when=moment(look, event.at),
            what=done(look, event.type),
            who=who(look, event.actor, read.names),
            holder=where(look, after, read.named.bags),
            hash=short_hash(event.hash.hex()),
        )
        for event, after in reversed(read.events)
    )


def next_step(_: MarkupTranslations, item: Item) -> Markup:
    """Say what to do with an item now."""
    if item.holder is Holder.UNKNOWN and item.state is not ItemState.LOST:
        return _("Look for it where it was last. Found: scan the place in which you lay it, or press F6.")
    if item.state is ItemState.WITH_CARRIER and item.holder is not Holder.CARRIER:
        return _("It is here again. Say so under F9: the carrier brought it back.")
    by_state = {
        ItemState.SENT: _("It is with the carrier. Once the authority has the bag, say so at the bag."),
        ItemState.AT_AUTHORITY: _("Wait for it. The bag that comes back is opened under Bags."),
        ItemState.WITH_CARRIER: _("Wait for word of the carrier: delivered or brought back, under F9."),
        ItemState.HANDED_OVER: _("It is with its owner. Nothing is left to do."),
        ItemState.GIVEN_BACK: _("It was given back. Nothing is left to do."),
        ItemState.SURRENDERED: _("The authority keeps it. Nothing is left to do."),
        ItemState.DESTROYED: _("It is destroyed. Nothing is left to do."),
        ItemState.LOST: _("Two people have said that it will not be found."),
    }
    if item.state in by_state:
        return by_state[item.state]
    if item.holder is Holder.BAG:
        return _("It is in a bag. Take it out there, or seal the bag.")
    if item.holder is Holder.COMPARTMENT:
        return _("It waits in a locker.")
    at_hand = {
        ItemState.KEPT: _("Scan the place in which you lay it, or scan it into a bag."),
        ItemState.BACK: _("Look at it. Once it can be collected, press F3."),
        ItemState.READY: _(
            "Hand it over to whoever proves that it is theirs: F2. Or scan the place in which it waits."
        ),
        ItemState.CALLED_BACK: (
            _("Nobody else gets it: scan it into a bag for the authority.")
            if item.recall in FOR_GOOD
            else _("The person wants it back: F7.")
        ),
        ItemState.EXPIRED: _("Nobody came for it: scan it into a bag for the authority."),
    }
    return at_hand[item.state]


def _seldom(_: MarkupTranslations, item: Item, api: str) -> tuple[VerbLine, ...]:
    """List what is seldom done, in an order that stays."""
    known = (
        ("hand-over-two", "hand-over", _("Hand over without a proof, two people"), "hand-over-two"),
        ("send", "send", _("Give to a carrier"), "send"),
        ("delivered", "delivered", _("The carrier has delivered it"), ""),
        ("refused", "refused", _("The carrier brought it back"), ""),
        ("miss", "miss", _("It is not where it should be"), ""),
        ("give-up", "give-up", _("It will not be found, two people"), "give-up"),
        ("destroy", "destroy", _("Destroy, two people"), "destroy"),
    )
    lines = tuple(
        VerbLine(
            act=act,
            label=label,
            note=why_not(_, item, verb),
            ready=can(item, verb),
            dialog=dialog,
            url="" if dialog else f"{api}/custody/items/{item.id}/{verb}",
            slot=f"{verb}:{item.id}:{item.seq}",
        )
        for act, verb, label, dialog in known
    )
    return (*lines, *_notifying(_, item, api))


def _notifying(_: MarkupTranslations, item: Item, api: str) -> tuple[VerbLine, ...]:
    """List what is done so that whoever waits for an item knows of it."""
    is_ready, url = item.state is ItemState.READY, f"{api}/custody/items/{item.id}/contact/notified"
    now = _("now: %(what)s", what=words.state(_, item.state))
    is_over = item.state in ENDED
    return (
        VerbLine("contact", _("How they are told"), now if is_over else Markup(), not is_over, dialog="contact"),
        VerbLine(
            "notified",
            _("We told them that it is ready"),
            Markup() if is_ready else now,
            is_ready,
            url=url,
            slot=f"notified:{item.id}:{item.seq}",
        ),
    )


def keys(_: MarkupTranslations, item: Item, api: str) -> tuple[ActionKey, ...]:
    """Give the keys of an item; one that does nothing now says why."""
    first = "hand-over" if item.state is ItemState.READY else "ready" if item.state is ItemState.BACK else ""

    def key(verb: str, icon: str, label: Markup, note: Markup, cap: str, *, opens: bool) -> ActionKey:
        ready = can(item, verb)
        return ActionKey(
            verb,
            icon,
            label,
            note if ready else why_not(_, item, verb),
            cap,
            cap,
            ready=ready,
            primary=ready and verb == first,
            dialog=verb if opens else "",
            url="" if opens else f"{api}/custody/items/{item.id}/{verb}",
            slot="" if opens else f"{verb}:{item.id}:{item.seq}",
        )

    return (
        key("hand-over", "collect", _("Hand over…"), _("on a proof"), "F2", opens=True),
        key("ready", "okc", _("Ready"), _("it can be collected"), "F3", opens=False),
        key("condition", "pen", _("Condition…"), words.condition(_, item.condition), "F4", opens=True),
        key("take", "hand", _("Take in hand"), _("out of its place"), "F6", opens=False),
        key("give-back", "undo", _("Give it back…"), _("with a reason"), "F7", opens=True),
        key("call-back", "recall", _("Call back…"), _("with a reason"), "F8", opens=True),
        ActionKey("more", "dots", _("Other…"), _("carrier, missing, lost"), "F9", "F9", dialog="more"),
    )
