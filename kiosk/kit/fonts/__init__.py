"""The bundled fonts (SIL Open Font Licence, see ``OFL.txt``): nothing is taken from the machine.

Families: ``Noto Sans`` and ``Noto Sans Arabic`` (400, 500, 600, 700), ``Noto Sans SemiCondensed`` (700, ticket
codes) and ``Noto Sans Condensed SemiBold`` (600, codes in the call list of a board).
"""

import os
from pathlib import Path

from PySide6.QtGui import QFontDatabase

from kiosk.kit.errors import FontError

FOLDER = Path(__file__).parent
FAMILY = "Noto Sans"
FAMILY_CODE = "Noto Sans SemiCondensed"
FAMILY_LIST = "Noto Sans Condensed SemiBold"


def isolate() -> None:
    """Hide the fonts of the machine. Before the QGuiApplication; a FONTCONFIG_FILE that is set already stays."""
    os.environ.setdefault("FONTCONFIG_FILE", str(FOLDER / "fonts.conf"))


def load() -> None:
    """Register the bundled files. After the QGuiApplication; a second call does nothing."""
    if FAMILY_CODE in QFontDatabase.families():
        return
    for file in sorted(FOLDER.glob("*.ttf")):
        if QFontDatabase.addApplicationFont(str(file)) < 0:
            raise FontError(file=file.name)


def font_file(family: str, weight: int) -> Path:
    """The file of one face, for those who draw without Qt (paper): ``font_file("Noto Sans Arabic", 600)``."""
    name = {
        (FAMILY, 400): "NotoSans-Regular",
        (FAMILY, 500): "NotoSans-Medium",
        (FAMILY, 600): "NotoSans-SemiBold",
        (FAMILY, 700): "NotoSans-Bold",
        (FAMILY_CODE, 700): "NotoSans-SemiCondensedBold",
        (FAMILY_LIST, 600): "NotoSans-CondensedSemiBold",
        ("Noto Sans Arabic", 400): "NotoSansArabic-Regular",
        ("Noto Sans Arabic", 500): "NotoSansArabic-Medium",
        ("Noto Sans Arabic", 600): "NotoSansArabic-SemiBold",
        ("Noto Sans Arabic", 700): "NotoSansArabic-Bold",
    }.get((family, weight))
    if name is None:
        raise FontError(file=f"{family} {weight}")
    return FOLDER / f"{name}.ttf"
