"""What a team lead sees on the page of the team."""

from tests.queue_server.web.page_client import PageClient


def test_a_lead_sees_figures_of_teams_alone_and_serves_nowhere(client: PageClient) -> None:
    page = client.enter("lea.brunet")
    assert page.address.endswith("/team")
    assert "Served today" not in page.all(".team-table thead")[0].text
    assert "Today: nobody served yet" in page.texts(".team-line")[0]
    client.get("/counter", status=403)
    client.get("/manager", status=403)
