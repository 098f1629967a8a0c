"""Who may open which page of forms. Pure."""

from queue_server.framework.permissions import EVERYBODY, Permission

#: Everybody: there is no account.
FORM_PAGE = Permission("form-page", EVERYBODY)
