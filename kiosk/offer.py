"""Turns the server's catalogue into what this kiosk can offer: in the languages that it has translations of."""

from collections.abc import Collection

from kiosk.journey.offer import FALLBACK, Offer
from kiosk.journey.page import Language
from queue_server.contract.messages import ServicesAnswer

#: How each language calls itself (specs: people.md): never a flag, never a name in another language.
ENDONYMS = {
    "en": "English",
    "fr": "Français",
    "es": "Español",
    "pt": "Português",
    "ar": "العربية",
    "fa-AF": "دری",
    "ps": "پښتو",
    "am": "አማርኛ",
    "ti": "ትግርኛ",
    "bn": "বাংলা",
    "ne": "नेपाली",
    "my": "မြန်မာ",
    "uk": "Українська",
    "sw": "Kiswahili",
    "so": "Soomaali",
}


def offer_of(catalogue: ServicesAnswer | None, translated: Collection[str]) -> Offer:
    """Give the offer; without a catalogue nothing but the languages of the kiosk itself."""
    asked = tuple(ENDONYMS) if catalogue is None else catalogue.centre.languages
    codes = [code for code in asked if code in translated] or [FALLBACK]
    languages = tuple(Language(code, ENDONYMS.get(code, code)) for code in codes)
    if catalogue is None:
        return Offer(languages=languages)
    return Offer(
        languages=languages,
        centre=catalogue.centre.name,
        governments=catalogue.governments,
        kinds=catalogue.kinds,
        services=catalogue.services,
    )
