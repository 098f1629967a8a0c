"""A screen under test, a kiosk's or a board's: shows frames, finds items, touches them as a finger does."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from PySide6.QtCore import QObject, QPointF, QRectF, Qt, QUrl
from PySide6.QtGui import QGuiApplication
from PySide6.QtQuick import QQuickItem
from PySide6.QtTest import QTest

from kiosk.kit.engine import LoadedScreen
from kiosk.kit.frame import PageFrame
from kiosk.kit.translations import Translations

#: The window is small, so that a picture is quick; the page is laid out in its 1080 x 1920 all the same.
WIDTH, HEIGHT = 270, 480


class Stage:
    def __init__(self, app: QGuiApplication, screen: LoadedScreen, *, width: int = WIDTH, height: int = HEIGHT) -> None:
        self.app, self.screen = app, screen
        self.acts: list[tuple[str, str]] = []
        self.folder = screen.window.property("folder")
        self._still: _Still | None = None
        screen.window.resize(width, height)
        screen.window.show()
        screen.window.requestActivate()
        screen.bridge.acted.connect(lambda name, argument: self.acts.append((name, argument)))

    def reset(self, *, debounce_ms: int = 0) -> None:
        self.acts.clear()
        self.screen.bridge._all_closed, self.screen.bridge._closed = 0.0, ("", 0.0)
        self.debounce(debounce_ms)
        self.screen.bridge.speak = self.translations.translate
        self.pages_from(self.folder)

    def debounce(self, milliseconds: int) -> None:
        self.screen.bridge.debounce_ms = milliseconds

    def pages_from(self, folder: QUrl | Path) -> None:
        url = QUrl.fromLocalFile(f"{folder}/") if isinstance(folder, Path) else folder
        self.screen.window.setProperty("folder", url)

    @property
    def translations(self) -> Translations:
        return self.screen.translations

    def show(self, frame: PageFrame) -> None:
        self.screen.bridge.show(frame)
        self.settle()

    def settle(self) -> None:
        """Until everything that is queued was done and everything is laid out."""
        for _ in range(2):
            self.app.processEvents()
            self.screen.window.grabWindow()

    @contextmanager
    def still(self) -> Iterator[None]:
        """Look each item up once within the block: it touches nothing, so the page does not change."""
        self._still = _Still(self.page)
        try:
            yield
        finally:
            self._still = None

    @property
    def page(self) -> QQuickItem:
        """The page that is shown, in its design size."""
        if self._still is not None:
            return self._still.page
        loader = self.screen.window.findChild(QObject, "pages")
        assert isinstance(loader, QQuickItem)
        page = loader.property("item")
        assert isinstance(page, QQuickItem)
        return page

    def items(self) -> Iterator[QQuickItem]:
        """Everything visible on the page, in the order of the tree."""
        yield from visible(self.page) if self._still is None else self._still.items

    def targets(self) -> list[QQuickItem]:
        return [item for item in self.items() if is_target(item)]

    def rect(self, item: QQuickItem) -> QRectF:
        """Where an item lies on the page, in design pixels; what only moves the ink of a text is left out."""
        if self._still is None:
            return _place(item, self.page)
        found = self._still.places.get(item)
        if found is None:
            found = self._still.places[item] = _place(item, self._still.page)
        return QRectF(found)

    def point(self, item: QQuickItem) -> QPointF:
        return item.mapToScene(QPointF(item.width() / 2, item.height() / 2))

    def press(self, item: QQuickItem) -> None:
        QTest.mousePress(self.screen.window, Qt.MouseButton.LeftButton, pos=self.point(item).toPoint())

    def release(self, item: QQuickItem) -> None:
        QTest.mouseRelease(self.screen.window, Qt.MouseButton.LeftButton, pos=self.point(item).toPoint())

    def tap(self, item: QQuickItem) -> None:
        self.press(item)
        self.release(item)
        self.settle()

    def key(self, key: Qt.Key) -> None:
        QTest.keyClick(self.screen.window, key)

    def focused(self) -> QQuickItem | None:
        item = self.screen.window.activeFocusItem()
        return item if item is not None and is_target(item) else None


class _Still:
    """What was found on a page that does not change meanwhile."""

    def __init__(self, page: QQuickItem) -> None:
        self.page = page
        self.items = list(visible(page))
        self.places: dict[QQuickItem, QRectF] = {}


def _place(item: QQuickItem, page: QQuickItem) -> QRectF:
    parent = item.parentItem()
    inside = QRectF(item.x(), item.y(), item.width(), item.height())
    return parent.mapRectToItem(page, inside) if parent else inside


def visible(item: QQuickItem) -> Iterator[QQuickItem]:
    if item.isVisible() and item.opacity() > 0:
        yield item
        for child in item.childItems():
            yield from visible(child)


def is_target(item: QQuickItem) -> bool:
    return item.inherits("QQuickAbstractButton")


def is_text(item: QQuickItem) -> bool:
    return item.inherits("QQuickText") and bool(item.property("text"))


def is_kind(item: QQuickItem, kind: str) -> bool:
    """Whether an item is of a QML type of the kit (``KSteps``)."""
    return item.metaObject().className().startswith(f"{kind}_QMLTYPE")


def ancestors(item: QQuickItem) -> Iterator[QQuickItem]:
    parent = item.parentItem()
    while parent is not None:
        yield parent
        parent = parent.parentItem()
