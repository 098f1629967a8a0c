"""Addresses at push services are hostile: only those of known services are sent to, read in one way alone."""

import hypothesis.strategies as st
import pytest
from hypothesis import example, given
from yarl import URL

from queue_server.push.endpoint import MAX_LENGTH, read_endpoint
from queue_server.push.errors import PushEndpointRefusedError
from queue_server.push.sender import is_open
from queue_server.push.settings import PushSettings

SETTINGS = PushSettings(private_hosts=("push.house:8443",))

GOOD = {
    "https://fcm.googleapis.com/fcm/send/dA2-x_Y:APA91b": "https://fcm.googleapis.com",
    "https://fcm.googleapis.com:443/wp/abc": "https://fcm.googleapis.com",
    "https://updates.push.services.mozilla.com/wpush/v2/gAAAA=": "https://updates.push.services.mozilla.com",
    "https://web.push.apple.com/QGf4_-": "https://web.push.apple.com",
    "https://wns2-by3p.notify.windows.com/w/?token=BQYAAAB%2f": "https://wns2-by3p.notify.windows.com",
    "https://push.house:8443/up?token=1": "https://push.house:8443",
}
BAD = [
    "",
    "https://",
    "http://fcm.googleapis.com/send/1",
    "ftp://fcm.googleapis.com/send/1",
    "//fcm.googleapis.com/send/1",
    "https://fcm.googleapis.com",
    "https://fcm.googleapis.com/",
    "https://fcm.googleapis.com:8443/send/1",
    "https://fcm.googleapis.com:99999/send/1",
    "https://fcm.googleapis.com.elsewhere.example/send/1",
    "https://elsewhere.example/fcm.googleapis.com/send/1",
    "https://fcm.googleapis.com@elsewhere.example/send/1",
    "https://elsewhere.example#fcm.googleapis.com/send/1",
    "https://elsewhere.example\\.googleapis.com/send/1",
    "https://fcm.googleapis.com\\@elsewhere.example/send/1",
    "https://user:secret@fcm.googleapis.com/send/1",
    "https://notify.windows.com/w/1",
    "https://evilnotify.windows.com/w/1",
    "https://push.house/up",
    "https://push.house:8444/up",
    "https://127.0.0.1/send/1",
    "https://[::1]/send/1",
    "https://2130706433/send/1",
    "https://localhost/send/1",
    "https://fcm.googleapis.com/send/1#part",
    "https://fcm.googleapis.com/send/1\r\nHost: elsewhere.example",
    "https://fcm.googleapis.com/send/1 ",
    " https://fcm.googleapis.com/send/1",
    "https://fcm.googleapis.com/send/\u0660",
    "HTTPS://FCM.GOOGLEAPIS.COM/send/1",
    "https://fcm\u3002googleapis.com/send/1",
    "https://fcm.googleapis.com/" + "a" * MAX_LENGTH,
]


@pytest.mark.parametrize("text", GOOD)
def test_services_that_are_known_are_sent_to(text: str) -> None:
    found = read_endpoint(text, SETTINGS)
    assert (found.origin, found.address) == (GOOD[text], text)
    assert "send" not in repr(found)


@pytest.mark.parametrize("text", BAD)
def test_all_others_are_not(text: str) -> None:
    with pytest.raises(PushEndpointRefusedError):
        read_endpoint(text, SETTINGS)


@given(
    st.text(max_size=60)
    | st.builds(
        "https://{}{}{}".format,
        st.sampled_from(["", "a@", "fcm.googleapis.com", "elsewhere.example"]),
        st.text(alphabet="@:/\\#?.%[]\t\n", max_size=4),
        st.sampled_from(["fcm.googleapis.com/1", "elsewhere.example/1", "/x"]),
    )
)
@example("https://fcm.googleapis.com/%2e%2e/x")
def test_whoever_sends_reads_what_was_checked(text: str) -> None:
    try:
        found = read_endpoint(text, SETTINGS)
    except PushEndpointRefusedError:
        return
    url = URL(text, encoded=True)
    assert (url.scheme, url.host, url.port, url.user) == ("https", found.host, found.port, None)
    assert url.host in {"fcm.googleapis.com", "push.house"} or str(url.host).endswith(".notify.windows.com")


@pytest.mark.parametrize(
    ("address", "open_"),
    [
        ("142.250.185.74", True),
        ("2a00:1450:4001:82a::200a", True),
        ("127.0.0.1", False),
        ("10.1.2.3", False),
        ("172.16.0.1", False),
        ("192.168.1.1", False),
        ("169.254.169.254", False),
        ("100.64.0.1", False),
        ("0.0.0.1", False),
        ("224.0.0.1", False),
        ("255.255.255.255", False),
        ("192.0.2.1", False),
        ("::1", False),
        ("::", False),
        ("fe80::1", False),
        ("fd00::1", False),
        ("ff02::1", False),
        ("::ffff:10.0.0.1", False),
        ("::ffff:142.250.185.74", True),
        ("64:ff9b::a00:1", False),
        ("2002:a00:1::", False),
        ("2001:0:4136:e378:8000:63bf:3fff:fdd2", False),
    ],
)
def test_only_addresses_of_the_open_internet_are_connected_to(address: str, open_: bool) -> None:
    assert is_open(address) is open_
