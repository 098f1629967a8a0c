"""What was found of a seal on paper, in words for whoever serves: which paper, what it came to, and what to do.

Where a seal needs no words of its own those of documents hold (``counter.document_words``). Nobody is accused.
"""

from markupsafe import Markup

from queue_server.web.wording import MarkupTranslations

type Told = tuple[Markup, Markup]


def kind(_: MarkupTranslations, code: str) -> Markup:
    """Name the paper that a seal stands on (``peripherals.documents.seals.reading.kind``)."""
    return {
        "visa": _("Visa"),
        "residence-permit": _("Residence permit"),
        "residence-document": _("Residence paper"),
        "supplementary-sheet": _("Sheet of a residence permit"),
        "arrival-attestation": _("Proof of arrival"),
        "emergency-travel-document": _("Emergency travel document"),
        "travel-document": _("Travel document"),
        "temporary-passport": _("Temporary passport"),
        "substitute-passport": _("Replacement for a passport"),
        "substitute-identity-document": _("Replacement for an identity card"),
        "temporary-identity-card": _("Temporary identity card"),
        "address-of-identity-card": _("Address on an identity card"),
        "residence-of-passport": _("Place of residence in a passport"),
        "social-insurance-card": _("Social insurance card"),
        "health-certificate": _("Health certificate"),
    }.get(code, _("Paper with a seal"))


def standing(_: MarkupTranslations, code: str) -> Told:
    """Say what all verdicts come to, and what to do."""
    paper = _("Compare what is printed with the lines of the seal and with the person.")
    return {
        "unchanged": (
            _("Seal read: a state signed it, and nothing was changed"),
            _("It does not prove that this is the paper it was made for. Compare what is printed with the person."),
        ),
        "issuer-unknown": (_("Seal read, not checked: nobody here knows who signed it"), paper),
        "refused": (
            _("Seal: look at the paper closely"),
            _("A check did not pass. A mistake of the issuer looks like this too. Read below what it was."),
        ),
        "expired": (_("Seal read: the paper has expired"), _("See whether the service takes expired documents.")),
    }.get(code, (_("Seal read: not all could be checked"), paper))


def check(_: MarkupTranslations, code: str) -> Markup | None:
    """Name a check where its name for chips would mislead."""
    return {
        "signature": _("Signature in the seal"),
        "content": _("Content of the seal"),
        "printed": _("Print and seal agree"),
    }.get(code)


def passed(_: MarkupTranslations, code: str) -> Markup | None:
    """Say that a check passed, where the words for chips would mislead."""
    return {
        "signature": _("The signature in the seal holds."),
        "printed": _("The printed lines are those in the seal."),
    }.get(code)


def reason(_: MarkupTranslations, code: str) -> Markup | None:
    """Say what a reason means, where the words for chips would mislead."""
    return {
        "signature-wrong": _("The signature does not fit what is in the seal."),
        "printed-differs": _("What is printed is not what the seal says."),
    }.get(code)
