"""What is refused of forms.

::

    ConsularError
    └── FormsError                    form
        ├── FormUnknownError          form-unknown
        ├── FilledFormUnknownError    filled-form-unknown
        ├── FormAppointmentError      form-appointment-unknown
        ├── FormAnswersError          form-answers
        ├── ConsentUnknownError       form-consent-unknown
        ├── ConsentMissingError       form-consent-missing
        ├── FormPinError              form-pin
        └── FormNotOpenedError        form-not-opened
"""

from queue_server.domain.values import ConsularError


class FormsError(ConsularError):
    code = "form"


class FormUnknownError(FormsError):
    """This centre has no such form."""

    code = "form-unknown"


class FilledFormUnknownError(FormsError):
    """No such form was filled in for this visit, or its answers are wiped."""

    code = "filled-form-unknown"


class FormAppointmentError(FormsError):
    """There is no such appointment at this centre, or nobody comes for it any more."""

    code = "form-appointment-unknown"


class FormAnswersError(FormsError):
    """The answer to ``field`` cannot be taken: ``reason`` says why (``answers.Reason``)."""

    code = "form-answers"


class ConsentUnknownError(FormsError):
    """The form knows no ``purpose`` of this name."""

    code = "form-consent-unknown"


class ConsentMissingError(FormsError):
    """Without consent to ``purpose`` nothing is stored."""

    code = "form-consent-missing"


class FormPinError(FormsError):
    """The PIN cannot be had: ``reason`` is ``missing``, ``shape`` or ``weak``."""

    code = "form-pin"


class FormNotOpenedError(FormsError):
    """Code and PIN open nothing: one of them is wrong, or the answers are wiped. Nobody is told which."""

    code = "form-not-opened"
