"""KitError: the root of what the kit of the screen applications can raise."""

from typing import ClassVar


class KitError(Exception):
    """Something that belongs to the kit is missing or wrong; ``code`` is stable, the rest names the place."""

    code: ClassVar[str] = "kit"

    def __init__(self, **placeholders: object) -> None:
        super().__init__(self.code, placeholders)
        self.placeholders = placeholders


class TokensError(KitError):
    """``tokens.toml`` lacks a table or a value: the path of keys is in ``key``."""

    code = "kit-tokens"


class FontError(KitError):
    """A bundled font file could not be loaded: its name is in ``file``."""

    code = "kit-font"


class TranslationError(KitError):
    """Translations could not be compiled or loaded: ``file`` and ``reason``."""

    code = "kit-translation"


class ScreenError(KitError):
    """The QML of a screen application could not be loaded: ``module`` and the messages of the engine."""

    code = "kit-screen"
