"""The forms of a catalogue as messages of the API. Pure."""

from msgspec.structs import replace

from queue_server.catalogue.forms import FormDefinition, FormQuestion, IntegerQuestion, StringQuestion
from queue_server.contract import forms as m
from queue_server.domain.forms import FormFieldId, FormFieldKind


def form_view(form: FormDefinition) -> m.FormView:
    required = frozenset(form.schema.required)
    return m.FormView(
        id=form.id,
        services=form.services,
        title=form.title,
        purposes=tuple(m.FormPurposeView(one.id, one.text, one.required) for one in form.purposes),
        fields=tuple(
            _field(form, name, question, required=name in required) for name, question in form.schema.properties.items()
        ),
        retention_days=form.retention_days,
    )


def _field(form: FormDefinition, name: FormFieldId, question: FormQuestion, *, required: bool) -> m.FormFieldView:
    text = question if isinstance(question, StringQuestion) else None
    number = question if isinstance(question, IntegerQuestion) else None
    plain = m.FormFieldView(
        id=name,
        kind=question.kind,
        title=question.title,
        purpose=form.purpose_of(name),
        required=required,
        help=question.help,
        from_chip=question.from_chip,
    )
    if number is not None:
        return replace(plain, minimum=number.minimum, maximum=number.maximum)
    if text is None:
        return plain
    return replace(
        plain,
        max_length=text.max_length if text.kind is FormFieldKind.TEXT else None,
        lines=text.lines,
        signs=text.signs,
        dates=text.dates,
        choices=tuple(m.FormChoiceView(one.const, one.title) for one in text.one_of),
    )
