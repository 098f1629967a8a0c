"""What signing in says to people who have no role."""

from tests.queue_server.web.page_client import PageClient
from tests.queue_server.web.person import hire
from tests.queue_server.web.test_account import staff


def test_signing_in_says_what_is_wrong_where_there_is_nowhere_to_work(client: PageClient) -> None:
    centre = client.centre
    login, password = hire(centre, "Amal Haddad", "cashier")
    other = next(known for known in centre.server.kiosks if known != centre.id)

    def refusal(where: str) -> str:
        client.get(f"/sign-in?centre={where}")
        sent = {"centre": where, "login": login, "password": password}
        return client.post("/sign-in", sent, 403).one("#error").text

    assert "You have no role at this centre. Choose one of yours:" in refusal(other)
    staff(centre.server, "disable", login)
    assert "This account is closed." in refusal(centre.id)
    staff(centre.server, "enable", login)
    staff(centre.server, "roles", login, "--centre", centre.id, "--none")
    assert "You have no role at any centre. Ask your manager." in refusal(centre.id)
    staff(centre.server, "roles", login, "--centre", centre.id, "--role", "cashier")
    assert client.enter(login, password).address.endswith("/cash")
