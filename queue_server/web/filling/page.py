"""What pages show of a form, as frozen values: built by the presenter beside, drawn by the templates."""

import msgspec
from markupsafe import Markup


class ChoicePart(msgspec.Struct, frozen=True):
    """One of the answers to choose from; ``text`` is in the language of the form where ``own`` is set."""

    value: str
    text: str | Markup
    chosen: bool


class InputPart(msgspec.Struct, frozen=True):
    """A field of a page: ``label`` is empty where the question is the label."""

    name: str
    value: str
    label: str | Markup = ""
    length: int = 0
    mode: str = "text"
    autocomplete: str = "off"


class QuestionPart(msgspec.Struct, frozen=True):
    """A question: ``kind`` is how it is answered, ``shown`` its answer in words."""

    id: str
    kind: str
    title: str
    help: str
    required: bool
    error: Markup
    inputs: tuple[InputPart, ...]
    choices: tuple[ChoicePart, ...] = ()
    lines: bool = False
    ltr: bool = False
    shown: str | Markup = ""


class PurposePart(msgspec.Struct, frozen=True):
    """What answers are wanted for, and the questions of that purpose."""

    id: str
    text: str
    required: bool
    said: str
    error: Markup
    questions: tuple[QuestionPart, ...]


class FormPart(msgspec.Struct, frozen=True):
    """A form as it is asked: ``language`` and ``rtl`` are those of its own words."""

    id: str
    title: str
    language: str
    rtl: bool
    purposes: tuple[PurposePart, ...]
    hidden: tuple[tuple[str, str], ...]
    errors: tuple[tuple[str, str], ...]
