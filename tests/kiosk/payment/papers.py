"""Receipts that tests draw."""

from kiosk.kit.foot import NO_FOOT, PaperFoot
from kiosk.kit.slips import PaperBlock, PaperReceipt

WORDS = {
    "en": ("Consular Support Centre", "New passport", "Republic of Aldova", "EUR 85.00"),
    "fr": ("Centre d'assistance consulaire", "Nouveau passeport", "République d'Aldova", "EUR 85,00"),
    "ar": ("مركز الدعم القنصلي", "جواز سفر جديد", "جمهورية ألدوفا", "EUR 85.00"),
}


def receipt_of(
    language: str,
    lines: tuple[str, ...],
    *,
    code: str = "B042",
    services: int = 1,
    rows: tuple[tuple[str, str], ...] = (),
    card: str = "",
    by_hand: bool = False,
    copy: bool = False,
    foot: PaperFoot = NO_FOOT,
) -> PaperReceipt:
    centre, service, government, paid = WORDS[language]
    return PaperReceipt(
        language=language,
        centre=centre,
        lines=lines,
        code=code,
        blocks=tuple(PaperBlock(service, government, rows) for _ in range(services)),
        paid=paid,
        date="2026-11-24",
        time="13:44",
        number="1A2B-3C4D-5E6F",
        kiosk="Kiosk 3",
        card=card,
        by_hand=by_hand,
        copy=copy,
        foot=foot,
    )
