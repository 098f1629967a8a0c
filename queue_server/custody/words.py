"""What staff and auditors read of custody."""

from typing import Final

from markupsafe import Markup

from queue_server.framework.words import PageTranslations, Vocabulary


def refusals(_: PageTranslations) -> dict[str, Markup]:
    """Say what a refusal means to the person at a page."""
    return {
        "item-unknown": _("There is no such document here. Scan its label again."),
        "item-state": _("That cannot happen to this document now. Look at what happened to it."),
        "item-place": _("The document is somewhere else. Take it out first."),
        "place-taken": _("Another document lies in this place. Take another place."),
        "place-unknown": _("There is no such place here. Read its name again."),
        "item-claim": _("Somebody is just taking this document. Wait until they are done."),
        "witness-needed": _("Two members of staff are needed for this."),
        "witness-same": _("The second person has to be somebody else."),
        "witness-unproven": _("Name or password of the second person is wrong."),
        "item-government": _("Say for which government the document is."),
        "parcel-unknown": _("The carrier does not have this document, or has it anew."),
        "bag-unknown": _("There is no such bag here. Scan its number again."),
        "bag-state": _("That cannot happen to this bag now."),
        "bag-empty": _("Nothing is in this bag."),
        "bag-government": _("The document is for another government than this bag."),
        "seal-used": _("A bag with this number was used before. Take another bag, and tell a manager."),
    }


def deeds(_: PageTranslations) -> dict[str, Markup]:
    """Say what was done with a document, a bag or a drawer."""
    return {
        "item-received": _("Document handed in"),
        "item-given-back": _("Document given back"),
        "item-shelved": _("Document laid in its place"),
        "item-taken": _("Document taken in hand"),
        "item-bagged": _("Document put into a bag"),
        "item-unbagged": _("Document taken out of a bag"),
        "item-dispatched": _("Document left with its bag"),
        "item-acknowledged": _("Authority has the document"),
        "item-returned": _("Document came back"),
        "item-damaged": _("Condition of a document noted"),
        "item-readied": _("Document ready"),
        "item-loaded": _("Document laid in a locker"),
        "item-unloaded": _("Document taken out of a locker"),
        "item-claimed": _("Somebody proved that a document is theirs"),
        "claim-released": _("Document not taken after all"),
        "item-handed-over": _("Document handed over"),
        "item-sent": _("Document given to a carrier"),
        "item-refused": _("Document brought back by the carrier"),
        "item-called-back": _("Document called back"),
        "item-expired": _("Nobody came for the document in time"),
        "item-missed": _("Document not where it should be"),
        "item-lost": _("Document declared lost"),
        "item-destroyed": _("Document destroyed"),
        "bag-opened": _("Bag begun or opened"),
        "bag-item-added": _("Document scanned at a bag"),
        "bag-item-removed": _("Document out of a bag again"),
        "bag-sealed": _("Bag sealed"),
        "bag-dispatched": _("Bag given to a carrier"),
        "bag-acknowledged": _("Authority has the bag"),
        "bag-emptied": _("Bag emptied"),
        "stock-taken": _("Drawer counted"),
    }


VOCABULARY: Final = Vocabulary(refusals=refusals, deeds=deeds)
