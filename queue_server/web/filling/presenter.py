"""Turns a form and what was typed into it into what pages show. Pure."""

from collections.abc import Mapping
from datetime import date
from typing import Final

from babel.core import Locale
from babel.dates import format_date
from markupsafe import Markup

from queue_server.catalogue.forms import FormDefinition, FormQuestion, IntegerQuestion, StringQuestion
from queue_server.domain.forms import FormAnswer, FormFieldId, FormFieldKind, FormPurposeId, FormSigns
from queue_server.forms.answers import AnswerProblem, Reason, cleaned
from queue_server.web.filling.page import ChoicePart, FormPart, InputPart, PurposePart, QuestionPart
from queue_server.web.filling.typed import NO, YES, TypedForm, answers, field_names
from queue_server.web.site import choose_language
from queue_server.web.view_context import name_in
from queue_server.web.wording import MarkupTranslations

_MODES: Final = {
    FormSigns.DIGITS: "numeric",
    FormSigns.TELEPHONE: "tel",
    FormSigns.EMAIL: "email",
}
#: What browsers know of the person themselves (HTML standard, autofill): by what a document says.
_AUTOFILL: Final = {"surname": "family-name", "given-names": "given-name"}
_MAX_WORD: Final = 60


def form_part(  # noqa: PLR0917 - a form, what was typed, and for whom
    form: FormDefinition,
    typed: TypedForm,
    problems: Mapping[str, AnswerProblem],
    unsaid: frozenset[FormPurposeId],
    words: MarkupTranslations,
    language: str,
    *,
    rtl: bool,
) -> FormPart:
    """Show a form; ``unsaid`` are purposes of which something has to be said yet, ``problems`` stand by question."""
    given = cleaned(form, answers(form, typed))
    purposes = tuple(
        PurposePart(
            id=one.id,
            text=name_in(one.text, language, one.id),
            required=one.required,
            said=typed.said.get(one.id, ""),
            error=_unsaid(words, required=one.required) if one.id in unsaid else Markup(),
            questions=tuple(
                _question(form, field, typed, problems.get(field), given.get(field), words, language)
                for field in form.schema.properties
                if form.purpose_of(field) == one.id
            ),
        )
        for one in form.purposes
    )
    return FormPart(
        id=form.id,
        title=name_in(form.title, language, form.id),
        language=language,
        rtl=rtl,
        purposes=purposes,
        hidden=tuple((f"c-{purpose}", said) for purpose, said in typed.said.items()) + tuple(typed.fields.items()),
        errors=tuple(_errors(purposes)),
    )


def _unsaid(_: MarkupTranslations, *, required: bool) -> Markup:
    return _("Without your yes we cannot keep this form.") if required else _("Say yes or no.")


def _errors(purposes: tuple[PurposePart, ...]) -> list[tuple[str, str]]:
    """List what is wrong: where it is on the page, and the words of the question."""
    found = list[tuple[str, str]]()
    for purpose in purposes:
        if purpose.error:
            found.append((f"c-{purpose.id}", _short(purpose.text)))
        found += ((one.inputs[0].name, one.title) for one in purpose.questions if one.error)
    return found


def _short(text: str) -> str:
    return text if len(text) <= _MAX_WORD else text[:_MAX_WORD].rsplit(" ", 1)[0] + "\N{HORIZONTAL ELLIPSIS}"


def _question(  # noqa: PLR0917 - a question in all its parts
    form: FormDefinition,
    field: FormFieldId,
    typed: TypedForm,
    problem: AnswerProblem | None,
    answer: FormAnswer | None,
    words: MarkupTranslations,
    language: str,
) -> QuestionPart:
    question = form.schema.properties[field]
    text = question if isinstance(question, StringQuestion) else None
    return QuestionPart(
        id=field,
        kind=question.kind.value,
        title=name_in(question.title, language, field),
        help=name_in(question.help, language, ""),
        required=field in form.schema.required,
        error=Markup() if problem is None else error_words(words, question, problem.reason),
        inputs=_inputs(question, field_names(form, field), typed, words),
        choices=_choices(question, typed.fields.get(f"f-{field}", ""), words, language),
        lines=text is not None and text.lines,
        ltr=question.kind is FormFieldKind.NUMBER or (text is not None and text.signs is not FormSigns.ANY),
        shown=shown(question, answer, words, language),
    )


def _inputs(
    question: FormQuestion, names: tuple[str, ...], typed: TypedForm, words: MarkupTranslations
) -> tuple[InputPart, ...]:
    values = [typed.fields.get(name, "") for name in names]
    if question.kind is FormFieldKind.DATE:
        labels = (words("Year"), words("Month"), words("Day"))
        is_birth = question.from_chip == "birth-date"
        parts = [
            InputPart(
                name, value, label, 4 if name.endswith("-year") else 2, "numeric", f"bday-{part}" if is_birth else "off"
            )
            for name, value, label, part in zip(names, values, labels, ("year", "month", "day"), strict=True)
        ]
        return tuple(reversed(parts))
    if isinstance(question, StringQuestion):
        fill = _AUTOFILL.get(question.from_chip or "", "off")
        # A little longer than is taken: what is pasted with spaces is put right, not cut off.
        longest = 0 if question.max_length is None else question.max_length + 20
        return (InputPart(names[0], values[0], "", longest, _MODES.get(question.signs, "text"), fill),)
    return (InputPart(names[0], values[0], "", 12, "numeric"),)


def _choices(question: FormQuestion, given: str, words: MarkupTranslations, language: str) -> tuple[ChoicePart, ...]:
    if question.kind is FormFieldKind.YES_NO:
        said = ((YES, words("Yes")), (NO, words("No")))
        return tuple(ChoicePart(value, text, given == value) for value, text in said)
    if isinstance(question, StringQuestion):
        return tuple(
            ChoicePart(one.const, name_in(one.title, language, one.const), given == one.const)
            for one in question.one_of
        )
    return ()


def shown(
    question: FormQuestion | None, answer: FormAnswer | None, words: MarkupTranslations, language: str
) -> str | Markup:
    """Write an answer for people; empty where there is none."""
    if answer is None:
        return ""
    if isinstance(answer, bool):
        return words("Yes") if answer else words("No")
    if isinstance(question, StringQuestion):
        chosen = next((one for one in question.one_of if one.const == answer), None)
        if chosen is not None:
            return name_in(chosen.title, language, chosen.const)
        if question.kind is FormFieldKind.DATE:
            return _shown_date(str(answer), choose_language((language,)))
    return str(answer)


def _shown_date(answer: str, locale: str) -> str:
    try:
        day = date.fromisoformat(answer)
    except ValueError:
        return answer
    return format_date(day, "d MMMM y", locale=Locale.parse(locale))


def error_words(_: MarkupTranslations, question: FormQuestion, reason: Reason) -> Markup:
    """Say what to do about an answer that cannot be taken."""
    plain = {
        Reason.MISSING: _("Please answer this."),
        Reason.CHOICE: _("Choose one of these."),
        Reason.DATE: _("This is no day. Write it in digits, such as 12, 8 and 1974."),
        Reason.PAST: _("This day is still to come."),
        Reason.FUTURE: _("This day is over."),
    }
    if reason in plain:
        return plain[reason]
    if isinstance(question, IntegerQuestion):
        return _("A number from %(least)s to %(most)s.", least=question.minimum, most=question.maximum)
    if isinstance(question, StringQuestion) and reason is Reason.LONG:
        return _.ngettext("At most %(count)s sign.", "At most %(count)s signs.", question.max_length or 0)
    if isinstance(question, StringQuestion) and reason is Reason.SIGNS:
        return _sign_words(_, question.signs)
    return _("This cannot be taken. Please write it anew.")


def _sign_words(_: MarkupTranslations, signs: FormSigns) -> Markup:
    match signs:
        case FormSigns.DIGITS:
            return _("Only digits.")
        case FormSigns.DOCUMENT:
            return _("Only letters from A to Z and digits, as on the document.")
        case FormSigns.TELEPHONE:
            return _("Begin with + and the code of the country, such as +33.")
        case FormSigns.EMAIL:
            return _("This is no e-mail address. It looks like name@example.org.")
        case FormSigns.ANY:
            return _("Some signs in it cannot be taken. Please write it anew.")
