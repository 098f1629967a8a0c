"""The QR code of an address (ISO/IEC 18004, level M): the screen shows the one that the paper bears."""

from functools import lru_cache

import segno


# Kept for the one ticket that is on its way: to find the best of eight masks takes longer than to draw the paper.
@lru_cache(1)
def qr_code(text: str) -> segno.QRCode:
    return segno.make(text, error="m", micro=False)
