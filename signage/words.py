"""The sentences of an emergency, in every language there is one of: they stand on a screen all at once.

They have ``.ts`` files of their own (``ui/emergency``): a board whose labels are not translated to Amharic can still
tell people in Amharic to leave the building. All but English are drafts until somebody who grew up with them has
read them.
"""

from pathlib import Path

from kiosk.kit.translations import Translations
from queue_server.values import NoticeText
from signage.page import Words

FOLDER = Path(__file__).parent / "ui" / "emergency"

_SENTENCES = {
    NoticeText.LEAVE_BUILDING: "Leave the building now",
    NoticeText.STAY_INSIDE: "Stay inside the building",
    NoticeText.OWN: "Emergency: do as staff say",
}


def emergency_words() -> Words:
    """Read them all. Raises TranslationError."""
    spoken = Translations(FOLDER, "emergency")
    # English stands before the rest where a centre has no other of these.
    languages = ["en", *(code for code in spoken.languages if code != "en")]
    return {
        name: {code: spoken.say(code, "Emergency", sentence) for code in languages}
        for name, sentence in _SENTENCES.items()
    }
