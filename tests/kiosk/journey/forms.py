"""A made-up form with a question of each kind, for a service of the tests' centre."""

from queue_server.contract.forms import FormChoiceView, FormFieldView, FormPurposeView, FormView
from queue_server.domain.forms import (
    ChipField,
    FormDates,
    FormFieldId,
    FormFieldKind,
    FormId,
    FormPurposeId,
    FormSigns,
)
from queue_server.domain.values import ServiceId

READ = FormPurposeId("application")
WRITE = FormPurposeId("letters")


def field(ident: str, kind: FormFieldKind = FormFieldKind.TEXT, **more: object) -> FormFieldView:
    given = {
        "purpose": READ,
        "required": True,
        "title": {"en": f"What is your {ident}?", "ar": f"ما هو {ident}؟"},
        "max_length": 40 if kind is FormFieldKind.TEXT else None,
        **more,
    }
    return FormFieldView(id=FormFieldId(ident), kind=kind, **given)  # type: ignore[arg-type]


FIELDS = (
    field("surname", from_chip=ChipField.SURNAME),
    field("birth", FormFieldKind.DATE, dates=FormDates.PAST, from_chip=ChipField.BIRTH_DATE),
    field(
        "sex",
        FormFieldKind.CHOICE,
        choices=tuple(FormChoiceView(one, {"en": one.title()}) for one in ("female", "male", "other")),
        from_chip=ChipField.SEX,
    ),
    field("married", FormFieldKind.YES_NO),
    field("children", FormFieldKind.NUMBER, minimum=0, maximum=20, required=False),
    field("email", signs=FormSigns.EMAIL, required=False, purpose=WRITE),
)
FORM_VIEW = FormView(
    id=FormId("renewal-form"),
    services=(ServiceId("renewal"),),
    title={"en": "Renew a passport", "ar": "تجديد جواز سفر"},
    purposes=(
        FormPurposeView(READ, {"en": "Staff read it before they call you."}, required=True),
        FormPurposeView(WRITE, {"en": "We write to you when it is ready."}, required=False),
    ),
    fields=FIELDS,
    retention_days=30,
)
SECOND = FormView(
    id=FormId("second-form"),
    services=(ServiceId("renewal"),),
    title={"en": "Lost passport"},
    purposes=(FormPurposeView(READ, {"en": "Staff read it before they call you."}, required=True),),
    fields=(field("where"),),
    retention_days=30,
)
