"""Qt without a display, with the bundled fonts alone."""

import tests.kiosk.conftest  # noqa: F401 - it prepares Qt
