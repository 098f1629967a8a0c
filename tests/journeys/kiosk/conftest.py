"""Qt without a display, and the folders of kiosks and servers."""

import tests.kiosk.conftest  # noqa: F401 - it prepares Qt
from tests.kiosk.app.conftest import folder  # noqa: F401 - a fixture
from tests.queue_server.conftest import data, template  # noqa: F401 - fixtures
