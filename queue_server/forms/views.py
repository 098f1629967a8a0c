"""Forms as messages of the API. Pure."""

from queue_server.contract import forms as m
from queue_server.domain.forms import FormAnswer, FormCode
from queue_server.domain.values import to_datetime
from queue_server.forms.model import FilledForm


def saved_answer(filled: FilledForm, code: FormCode | None) -> m.SavedFormAnswer:
    return m.SavedFormAnswer(filled.id, to_datetime(filled.ends_at), code)


def opened_answer(filled: FilledForm, answers: dict[str, FormAnswer]) -> m.OpenedFormAnswer:
    return m.OpenedFormAnswer(
        id=filled.id,
        form=filled.form,
        answers=answers,
        consents=filled.consents,
        language=filled.language,
        saved_at=to_datetime(filled.saved_at),
        until=to_datetime(filled.ends_at),
    )


def filled_view(filled: FilledForm) -> m.FilledFormView:
    return m.FilledFormView(
        filled.id, filled.form, filled.consents, to_datetime(filled.saved_at), to_datetime(filled.ends_at)
    )
