"""The keys with which somebody types an answer: which there are for what is asked. Pure; ``KKeyboard.qml`` draws them.

Letters are where people know them from their telephones. Of each board the signs are listed that it can type, so that
nothing comes in that no key has.
"""

from typing import Final, Literal

from queue_server.contract.forms import FormFieldView
from queue_server.domain.forms import FormFieldKind, FormSigns

#: ``words``: letters of all layers; ``email`` and ``document`` have one layer, the others are digits alone.
type Board = Literal["words", "email", "document", "telephone", "digits"]
#: The layers of ``words``, and the one that is shown first.
type Layer = Literal["latin", "accents", "arabic", "signs"]

_DIGITS: Final = "0123456789"
_LATIN: Final = "qwertyuiopasdfghjkl-zxcvbnm'"
_ACCENTS: Final = "àáâäãåæçèéêëìíîïñòóôöõøœùúûüýÿščžłğş"
_ARABIC: Final = "ضصثقفغعهخحشسيبلاتنمكئءؤرىةوزظدجطذأإآ"
_SIGNS: Final = "1234567890@.,:;/-_+()'\"&#%°?!*"

LAYERS: Final[dict[Layer, str]] = {"latin": _LATIN, "accents": _ACCENTS, "arabic": _ARABIC, "signs": _SIGNS}
_KEYS: Final[dict[Board, frozenset[str]]] = {
    "words": frozenset("".join(LAYERS.values()) + (_LATIN + _ACCENTS).upper() + " "),
    "email": frozenset(_DIGITS + "qwertyuiopasdfghjklzxcvbnm@._-+"),
    "document": frozenset(_DIGITS + "QWERTYUIOPASDFGHJKLZXCVBNM"),
    "telephone": frozenset(_DIGITS + "+"),
    "digits": frozenset(_DIGITS),
}
_BOARDS: Final[dict[FormSigns, Board]] = {
    FormSigns.ANY: "words",
    FormSigns.DIGITS: "digits",
    FormSigns.DOCUMENT: "document",
    FormSigns.TELEPHONE: "telephone",
    FormSigns.EMAIL: "email",
}
#: Languages that are written with the letters of the Arabic layer.
_ARABIC_LANGUAGES: Final = frozenset({"ar", "fa-AF", "ps"})


def board(field: FormFieldView) -> Board:
    """Name the board of a question that is typed."""
    match field.kind:
        case FormFieldKind.TEXT:
            return _BOARDS[field.signs]
        case FormFieldKind.CHOICE:
            return "words"
    return "digits"


def first_layer(language: str) -> Layer:
    """Name the layer that somebody of this language sees first."""
    return "arabic" if language in _ARABIC_LANGUAGES else "latin"


def has_key(shown: Board, sign: str) -> bool:
    return sign in _KEYS[shown]
