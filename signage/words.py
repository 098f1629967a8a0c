"""The prepared sentences of notices, in every language there is one of.

Those of an emergency stand on a screen all at once. They have ``.ts`` files of their own (``ui/emergency``): a board
whose labels are not translated to Amharic can still tell people in Amharic to leave the building. All but English are
drafts until somebody who grew up with them has read them.
"""

from pathlib import Path

from kiosk.kit.translations import Translations
from queue_server.domain.values import NoticeText
from signage.page import Words

FOLDER = Path(__file__).parent / "ui" / "emergency"
_LABELS = FOLDER.with_name("translations")

_SENTENCES = {
    NoticeText.LEAVE_BUILDING: "Leave the building now",
    NoticeText.STAY_INSIDE: "Stay inside the building",
    NoticeText.OWN: "Emergency: do as staff say",
}

_ANNOUNCED = {
    NoticeText.DELAY: "Waiting takes longer than usual today.",
    NoticeText.CLOSING_SOON: "The centre closes soon.",
    NoticeText.SYSTEM_FAULT: "A system does not work now. Your place is safe.",
    NoticeText.DOCUMENTS_READY: "Documents that have arrived can be collected today.",
}


def announcement_words() -> Words:
    """Read the sentences of announcements, in the languages of the labels. Raises TranslationError."""
    spoken = Translations(_LABELS, "signage")
    return {
        name: {code: spoken.translate(code, "BoardNotice", sentence) for code in spoken.languages}
        for name, sentence in _ANNOUNCED.items()
    }


def emergency_words() -> Words:
    """Read the sentences of emergencies. Raises TranslationError."""
    spoken = Translations(FOLDER, "emergency")
    # English stands before the rest where a centre has no other of these.
    languages = ["en", *(code for code in spoken.languages if code != "en")]
    return {
        name: {code: spoken.translate(code, "Emergency", sentence) for code in languages}
        for name, sentence in _SENTENCES.items()
    }
