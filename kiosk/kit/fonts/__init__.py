"""The bundled fonts (SIL Open Font Licence, see ``OFL.txt``): nothing is taken from the machine.

Families: ``Noto Sans`` and ``Noto Sans Arabic`` (400, 500, 600, 700), ``Noto Sans SemiCondensed`` (700, ticket
codes) and ``Noto Sans Condensed SemiBold`` (600, codes in the call list of a board); ``Noto Sans Ethiopic`` and
``Noto Sans Bengali`` (700, what a board says in an emergency).
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
