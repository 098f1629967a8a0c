"""Custody in words: what an item is, how far, who has it, what is wrong with it, and why something was done."""

from markupsafe import Markup

from queue_server.custody.values import (
    BagState,
    ConditionMark,
    DestroyReason,
    GiveBackReason,
    HandOverProof,
    Holder,
    ItemKind,
    ItemState,
    RecallReason,
)
from queue_server.framework.words import PageTranslations
from queue_server.web import wording
from queue_server.web.audit.page import SelectOption
from queue_server.web.custody.custody_query import CustodyAge
from queue_server.web.wording import MarkupTranslations


def kind(_: PageTranslations, value: ItemKind) -> Markup:
    return {
        ItemKind.PASSPORT: _("Passport"),
        ItemKind.IDENTITY_CARD: _("Identity card"),
        ItemKind.RESIDENCE_PERMIT: _("Residence permit"),
        ItemKind.TRAVEL_DOCUMENT: _("Travel document"),
        ItemKind.BIRTH_CERTIFICATE: _("Birth certificate"),
        ItemKind.MARRIAGE_CERTIFICATE: _("Marriage certificate"),
        ItemKind.DEATH_CERTIFICATE: _("Death certificate"),
        ItemKind.COURT_DOCUMENT: _("Court document"),
        ItemKind.DIPLOMA: _("Diploma"),
        ItemKind.TRANSLATION: _("Translation"),
        ItemKind.PHOTOGRAPH: _("Photograph"),
        ItemKind.FORM: _("Form"),
        ItemKind.OTHER: _("Other paper"),
    }[value]


def mark(_: MarkupTranslations, value: ConditionMark) -> Markup:
    return {
        ConditionMark.TORN: _("torn"),
        ConditionMark.STAINED: _("stained"),
        ConditionMark.WET: _("wet"),
        ConditionMark.LOOSE_PAGES: _("loose pages"),
        ConditionMark.MISSING_PAGES: _("pages missing"),
        ConditionMark.COVER_DAMAGED: _("cover damaged"),
        ConditionMark.PHOTO_DAMAGED: _("photo damaged"),
        ConditionMark.UNREADABLE: _("cannot be read"),
        ConditionMark.OTHER: _("damaged otherwise"),
    }[value]


def mark_options(_: MarkupTranslations, chosen: tuple[ConditionMark, ...]) -> tuple[SelectOption, ...]:
    """List all marks, those that an item has as chosen."""
    return tuple(SelectOption(one, wording.plain(mark(_, one)), one in chosen) for one in ConditionMark)


def condition(_: MarkupTranslations, marks: tuple[ConditionMark, ...]) -> Markup:
    return _(", ").join(mark(_, one) for one in marks) if marks else _("good")


def state(_: MarkupTranslations, value: ItemState) -> Markup:
    return {
        ItemState.KEPT: _("Kept here"),
        ItemState.SENT: _("On the way to the authority"),
        ItemState.AT_AUTHORITY: _("With the authority"),
        ItemState.BACK: _("Back, not ready yet"),
        ItemState.READY: _("Ready to be collected"),
        ItemState.WITH_CARRIER: _("With a carrier to the person"),
        ItemState.CALLED_BACK: _("Called back"),
        ItemState.EXPIRED: _("Not collected in time"),
        ItemState.HANDED_OVER: _("Handed over"),
        ItemState.GIVEN_BACK: _("Given back"),
        ItemState.SURRENDERED: _("At the authority for good"),
        ItemState.DESTROYED: _("Destroyed"),
        ItemState.LOST: _("Lost"),
    }[value]


def holder(_: MarkupTranslations, value: Holder) -> Markup:
    """Name who has it, as it stands in a list."""
    return {
        Holder.DESK: _("At a desk"),
        Holder.SHELF: _("On the shelf"),
        Holder.BAG: _("In a bag"),
        Holder.AUTHORITY: _("The authority"),
        Holder.COMPARTMENT: _("In a locker"),
        Holder.CARRIER: _("A carrier"),
        Holder.PERSON: _("The person"),
        Holder.UNKNOWN: _("Place not known"),
        Holder.NOBODY: _("Nobody"),
    }[value]


def age(_: MarkupTranslations, value: CustodyAge) -> Markup:
    return {
        CustodyAge.TODAY: _("today"),
        CustodyAge.DAYS_3: _("1–3 days"),  # noqa: RUF001 - a range is written with a dash
        CustodyAge.DAYS_7: _("4–7 days"),  # noqa: RUF001 - the same
        CustodyAge.DAYS_14: _("8–14 days"),  # noqa: RUF001 - the same
        CustodyAge.OLDER: _("over 14 days"),
    }[value]


def days(_: MarkupTranslations, count: int) -> Markup:
    return _("today") if count <= 0 else _.ngettext("%(count)s day", "%(count)s days", count)


def proof(_: MarkupTranslations, value: HandOverProof) -> Markup:
    return {
        HandOverProof.DOCUMENT: _("their own document"),
        HandOverProof.CHIP: _("their own document, and its chip"),
        HandOverProof.CODE: _("the code that was sent to them"),
        HandOverProof.REPRESENTATIVE: _("a letter of authority, and the document of who is named in it"),
        HandOverProof.GUARDIAN: _("the document of the guardian of a minor"),
        HandOverProof.WITNESSED: _("two members of staff know the person"),
        HandOverProof.CARRIER: _("a carrier says so"),
    }[value]


def recall(_: MarkupTranslations, value: RecallReason) -> Markup:
    return {
        RecallReason.AUTHORITY: _("the authority wants it"),
        RecallReason.COURT: _("a court wants it"),
        RecallReason.APPLICANT: _("the person wants it before the authority is done"),
    }[value]


def recall_options(_: MarkupTranslations) -> tuple[SelectOption, ...]:
    return tuple(
        SelectOption(one, wording.plain(recall(_, one)), one is RecallReason.AUTHORITY) for one in RecallReason
    )


def give_back(_: MarkupTranslations, value: GiveBackReason) -> Markup:
    return {
        GiveBackReason.NOT_NEEDED: _("it is not needed"),
        GiveBackReason.NOT_ACCEPTED: _("it is not accepted"),
        GiveBackReason.COPY_IS_ENOUGH: _("a copy is enough"),
        GiveBackReason.CHANGED_MIND: _("the person wants it back"),
    }[value]


def destroy(_: MarkupTranslations, value: DestroyReason) -> Markup:
    return {
        DestroyReason.NEVER_COLLECTED: _("never collected"),
        DestroyReason.REPLACED: _("replaced by a new one"),
        DestroyReason.COURT: _("a court has ordered it"),
    }[value]


def bag_state(_: MarkupTranslations, value: BagState, *, comes: bool) -> Markup:
    return {
        BagState.OPEN: _("being emptied") if comes else _("being filled"),
        BagState.SEALED: _("sealed, waits for the carrier"),
        BagState.DISPATCHED: _("on the way"),
        BagState.ACKNOWLEDGED: _("the authority has it"),
        BagState.EMPTIED: _("emptied"),
    }[value]
