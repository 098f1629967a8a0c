"""The words of what the engine and the devices only enumerate, for managers."""

from markupsafe import Markup

from queue_server.contract.devices import PartStatus
from queue_server.domain.values import NoticePlace, NoticeText
from queue_server.web.wording import MarkupTranslations


def device_kind(_: MarkupTranslations, kind: str) -> Markup:
    return {
        "kiosk": _("Kiosk"),
        "screen": _("Board"),
        "locker": _("Locker"),
        "integration": _("Integration"),
    }[kind]


def device_kinds(_: MarkupTranslations, kind: str) -> Markup:
    return {
        "kiosk": _("Kiosks"),
        "screen": _("Boards"),
        "locker": _("Lockers"),
        "integration": _("Integrations"),
    }[kind]


def part_name(_: MarkupTranslations, name: str) -> Markup:
    """Name a part of a device; one that is not known keeps its own name."""
    return {
        "printer": _("Printer"),
        "reader": _("Document reader"),
        "chip": _("Chip reader"),
        "scanner": _("Barcode reader"),
        "terminal": _("Card terminal"),
        "sound": _("Sound"),
        "lockers": _("Doors"),
        "disk": _("Disk"),
        "outbox": _("Disk"),
        "program": _("Program"),
    }.get(name) or Markup.escape(name)


def _codes(_: MarkupTranslations) -> dict[str, tuple[Markup, Markup]]:
    """What is wrong, and what to do, by failure code (docs/failure-codes.md)."""
    line = _("Look at its cable and its power.")
    strange = (
        _("was sent orders that are not its server's"),
        _("It opened no door for them. Somebody may be in the network: call a technician."),
    )
    return {
        "printer-paper-out": (_("no paper"), _("Load paper.")),
        "printer-cover-open": (_("cover open"), _("Close the cover.")),
        "printer-error": (_("fault"), _("Open the printer, free the cutter, switch it off and on.")),
        "printer-not-proved": (_("does not confirm"), _("Look whether the last ticket was printed whole.")),
        "printer-image-invalid": (_("paper too narrow"), _("A technician sets the width of the paper.")),
        "device-not-connected": (_("not connected"), line),
        "device-timeout": (_("does not answer"), line),
        "device-answer-invalid": (_("answers wrongly"), line),
        "device-busy": (_("used by another program"), _("Restart the kiosk.")),
        "reader-frame-invalid": (_("reads badly"), _("Clean the glass.")),
        "scanner-code-invalid": (_("reads badly"), _("Clean the glass.")),
        "terminal-refused": (_("takes no money"), _("A technician looks at the card terminal.")),
        "kiosk-day-open": (_("its day cannot be ended"), _("Look at its screen, and call a technician.")),
        "kiosk-day-refused": (
            _("the end of its day was refused"),
            _("Does the card terminal belong to another kiosk? Is the kiosk's clock right? Call a technician."),
        ),
        "kiosk-disk-low": (
            _("almost full"),
            _("A technician makes room on it. When it is full no ticket can be given."),
        ),
        "kiosk-record-damaged": (
            _("a ticket or a payment on it is damaged"),
            _(
                "Somebody may hold a number that nobody calls: give them a new ticket at reception."
                " Look at the payments that are not certain. A technician exchanges the disk."
            ),
        ),
        "work-stalled": (
            _("does not do all that it should"),
            _("Restart the kiosk. If it comes back, call a technician."),
        ),
        "trust-outdated": (
            _("its lists of authorities are due"),
            _("A technician brings its list of authorities up to date."),
        ),
        "locker-order-invalid": strange,
        "locker-other-bank": strange,
        "trust-invalid": (_("knows no authorities"), _("A technician brings its list of authorities up to date.")),
    }


def part_trouble(_: MarkupTranslations, part: PartStatus) -> tuple[Markup, Markup]:
    """Say what is wrong with a part, and what to do. A code without words of its own is told by the part's state."""
    by_state = {
        "offline": _("not connected"),
        "noDevice": _("not there"),
        "hardwareError": _("fault"),
        "userError": _("needs a hand"),
        "fraudAttempt": _("was tampered with"),
        "unknown": _("does not say how it is"),
        "deviceBusy": _("busy"),
        "starting": _("starting"),
        "online": _("fault"),
    }
    known = _codes(_).get(part.code)
    return known or (by_state[part.state], _("Call a technician."))


def notice_text(_: MarkupTranslations, value: NoticeText) -> Markup:
    """The prepared sentences, as kiosks and boards show them in their own languages."""
    return {
        NoticeText.DELAY: _("Waiting takes longer than usual today."),
        NoticeText.CLOSING_SOON: _("The centre closes soon."),
        NoticeText.SYSTEM_FAULT: _("A system does not work now. Your place is safe."),
        NoticeText.DOCUMENTS_READY: _("Documents that have arrived can be collected today."),
        NoticeText.LEAVE_BUILDING: _("Leave the building now. Follow the green exit signs. Do not use the lift."),
        NoticeText.STAY_INSIDE: _("Stay inside the building. Keep away from doors and windows. Wait for staff."),
        NoticeText.OWN: _("Own text"),
    }[value]


def notice_place(_: MarkupTranslations, value: NoticePlace) -> Markup:
    return {
        NoticePlace.BOARDS: _("on boards"),
        NoticePlace.KIOSKS: _("at kiosks"),
        NoticePlace.EVERYWHERE: _("everywhere"),
    }[value]
