"""The routes of forms. No code stands in an address: those are written into logs."""

from queue_server.contract import forms as m
from queue_server.forms import api
from queue_server.forms import permissions as may
from queue_server.framework.routing import CENTRE, Route, get, post

ROUTES: tuple[Route, ...] = (
    get("forms", "/services/{service}/forms", may.FILL_FORMS, api.forms, m.FormsAnswer, "The forms for a service"),
    Route(
        "save-form",
        "POST",
        CENTRE + "/forms",
        may.FILL_FORMS,
        api.save,
        m.SavedFormAnswer,
        "Save a form that somebody has filled in",
        m.SaveFormRequest,
        status=201,
    ),
    post(
        "open-form",
        "/forms/open",
        may.FILL_FORMS,
        api.open_form,
        m.OpenedFormAnswer,
        "Open a form with its code and PIN",
        m.OpenFormRequest,
    ),
    post(
        "change-form",
        "/forms/change",
        may.FILL_FORMS,
        api.change,
        m.OpenedFormAnswer,
        "Change what was answered, with code and PIN",
        m.ChangeFormRequest,
    ),
    post(
        "withdraw-consent",
        "/forms/withdraw",
        may.FILL_FORMS,
        api.withdraw,
        m.ConsentWithdrawnAnswer,
        "Consent no more: wipe what was answered for it",
        m.WithdrawConsentRequest,
    ),
    get(
        "visit-forms",
        "/visits/{visit}/forms",
        may.READ_FORMS,
        api.of_visit,
        m.VisitFormsAnswer,
        "Which forms were filled in for a visit",
    ),
    get(
        "visit-form",
        "/visits/{visit}/forms/{filled}",
        may.READ_FORMS,
        api.read,
        m.OpenedFormAnswer,
        "What was answered for a visit; it is recorded",
    ),
    post(
        "answer-visit-form",
        "/visits/{visit}/forms/{filled}",
        may.READ_FORMS,
        api.answer,
        m.OpenedFormAnswer,
        "Change what was answered, together with its person",
        m.AnswerVisitFormRequest,
    ),
)
