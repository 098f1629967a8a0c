"""Qt without a display, with the bundled fonts alone."""

import os

from kiosk.kit import fonts

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ.setdefault("QT_QUICK_BACKEND", "software")
fonts.isolate()
