"""What can be wrong with a page of information.

``ConsularError``
    ``InformationError``                root
        ``InformationSyntaxError``      its file is not TOML
        ``InformationInvalidError``     unknown or missing key, wrong type, out of bounds: ``field`` and ``reason``
        ``InformationMarkdownError``    something that pages do not show: ``what``, in ``language`` on ``line``
        ``InformationPlaceholderError`` a ``placeholder`` that says nothing here, in ``language``
        ``InformationTelephoneError``   a number of a contact (``contact`` counts from 1) that nobody can dial
        ``InformationReferenceError``   a government, service or centre that is not set up
    ``InformationUnknownError``         there is no such page
    ``InformationConflictError``        somebody else has stored the page since it was opened
    ``InformationUnreadableError``      its file cannot be read
"""

from queue_server.domain.values import ConsularError


class InformationError(ConsularError):
    code = "information"


class InformationSyntaxError(InformationError):
    code = "information-syntax"


class InformationInvalidError(InformationError):
    code = "information-invalid"


class InformationMarkdownError(InformationError):
    code = "information-markdown"


class InformationPlaceholderError(InformationError):
    code = "information-placeholder"


class InformationTelephoneError(InformationError):
    code = "information-telephone"


class InformationReferenceError(InformationError):
    code = "information-reference"


class InformationUnknownError(ConsularError):
    code = "information-unknown"


class InformationConflictError(ConsularError):
    """Somebody else has stored this page since it was opened; ``version`` is what it is now."""

    code = "information-changed"


class InformationUnreadableError(ConsularError):
    """The file of the pages cannot be read."""

    code = "information-unreadable"
