"""Receipts that tests draw."""

from kiosk.kit.papers import NO_FOOT, PaperBlock, PaperFoot, PaperReceipt, PaperRow
from peripherals.money import Amount

WORDS = {
    "en": ("Consular Support Centre", "New passport", "Republic of Aldova"),
    "fr": ("Centre d'assistance consulaire", "Nouveau passeport", "République d'Aldova"),
    "ar": ("مركز الدعم القنصلي", "جواز سفر جديد", "جمهورية ألدوفا"),
}


def receipt_of(
    language: str,
    lines: tuple[str, ...],
    *,
    code: str = "B042",
    services: int = 1,
    rows: tuple[PaperRow, ...] = (),
    card: str = "",
    by_hand: bool = False,
    copy: bool = False,
    foot: PaperFoot = NO_FOOT,
) -> PaperReceipt:
    centre, service, government = WORDS[language]
    return PaperReceipt(
        language=language,
        centre=centre,
        lines=lines,
        code=code,
        blocks=tuple(PaperBlock(service, government, rows) for _ in range(services)),
        paid=Amount(8500, "EUR"),
        date="2026-11-24",
        time="13:44",
        number="1A2B-3C4D-5E6F",
        kiosk="Kiosk 3",
        card=card,
        by_hand=by_hand,
        copy=copy,
        foot=foot,
    )
