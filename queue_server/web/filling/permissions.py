"""Who may open which page of forms. Pure."""

from queue_server.framework.permissions import EVERYBODY, Permission, PrincipalKind

#: Everybody: there is no account.
FORM_PAGE = Permission("form-page", EVERYBODY)
#: Where staff read forms of a visit, and fill them in together with its people.
VISIT_FORMS_PAGE = Permission(
    "visit-forms-page", frozenset({PrincipalKind.RECEPTION, PrincipalKind.COUNTER, PrincipalKind.MANAGER})
)
