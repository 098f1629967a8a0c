"""ICAO 9303-11, appendix D: the worked example of Basic Access Control and secure messaging, value by value."""

import pytest

from peripherals.documents.emrtd.access_key import MrzKey
from peripherals.documents.emrtd.apdu import CommandApdu, ResponseApdu
from peripherals.documents.emrtd.bac import open_bac
from peripherals.documents.emrtd.channel import PlainChannel
from peripherals.documents.emrtd.secure_messaging import SecureMessaging
from peripherals.documents.emrtd.suites import CODE, ENCRYPTION, CipherSuite
from peripherals.errors import ChipAccessError
from tests.peripherals.emrtd.replay import Replay, drawn

K_ENC = bytes.fromhex("AB94FDECF2674FDFB9B391F85D7F76F2")
K_MAC = bytes.fromhex("7962D9ECE03D1ACD4C76089DCE131543")
E_IFD = bytes.fromhex("72C29C2371CC9BDB65B779B8E8D37B29ECC154AA56A8799FAE2F498F76ED92F2")
E_IC = bytes.fromhex("46B9342A41396CD7386BF5803104D7CEDC122B9132139BAF2EEDC94EE178534F")
CHALLENGE = ("0084000008", "4608F91988702212 9000")
AUTHENTICATE = "0082000028" + E_IFD.hex() + "5F1448EEA8AD90A7" + "28"
MUTUAL = (AUTHENTICATE, E_IC.hex() + "2F2D235D074D7449 9000")
DRAWN = {"octets": ("781723860C06C226", "0B795240CB7049B01C19B33E32804F0B")}
SECURED = (
    ("0CA4020C158709016375432908C044F68E08BF8B92D635FF24F800", "990290008E08FA855A5D4C50A8ED9000"),
    ("0CB000000D9701048E08ED6705417E96BA5500", "8709019FF0EC34F9922651990290008E08AD55CC17140B2DED9000"),
    (
        "0CB000040D9701128E082EA28A70F3C7B53500",
        "871901FB9235F4E4037F2327DCC8964F1F9B8C30F42C8E2FFF224A990290008E08C8B2787EAEA07D749000",
    ),
)


def key() -> MrzKey:
    return MrzKey.of("L898902C<", "690806", "940623")


def test_d2_keys_of_the_zone() -> None:
    assert key().information == b"L898902C<369080619406236"
    assert key().seed.hex() == "239ab9cb282daf66231dc5a4df6bfbae"
    assert CipherSuite.DES3.derive(key().seed, ENCRYPTION) == K_ENC
    assert CipherSuite.DES3.derive(key().seed, CODE) == K_MAC


def test_d2_a_long_number_of_td1() -> None:
    assert MrzKey.of("D23145890734", "340712", "950712").information == b"D23145890734934071279507122"


def test_d3_the_parts_of_the_exchange() -> None:
    opened = bytes.fromhex("781723860C06C2264608F919887022120B795240CB7049B01C19B33E32804F0B")
    assert CipherSuite.DES3.encrypt(K_ENC, opened) == E_IFD
    assert CipherSuite.DES3.mac(K_MAC, E_IFD).hex() == "5f1448eea8ad90a7"
    answered = bytes.fromhex("4608F91988702212781723860C06C2260B4F80323EB3191CB04970CB4052790B")
    assert CipherSuite.DES3.decrypt(K_ENC, E_IC) == answered
    assert CipherSuite.DES3.mac(K_MAC, E_IC).hex() == "2f2d235d074d7449"


def test_d3_session_keys() -> None:
    seed = bytes.fromhex("0036D272F5C350ACAC50C3F572D23600")
    assert CipherSuite.DES3.derive(seed, ENCRYPTION).hex() == "979ec13b1cbfe9dcd01ab0fed307eae5"
    assert CipherSuite.DES3.derive(seed, CODE).hex() == "f1cb1f1fb5adf208806b89dc579dc1f8"


def test_d4_intermediate_values_of_the_first_command() -> None:
    suite, encryption = CipherSuite.DES3, bytes.fromhex("979EC13B1CBFE9DCD01AB0FED307EAE5")
    code = bytes.fromhex("F1CB1F1FB5ADF208806B89DC579DC1F8")
    assert suite.pad(bytes.fromhex("011E")).hex() == "011e800000000000"
    assert suite.encrypt(encryption, bytes.fromhex("011E800000000000")).hex() == "6375432908c044f6"
    counted = bytes.fromhex("887022120C06C2270CA4020C800000008709016375432908C044F6")
    assert suite.mac(code, counted).hex() == "bf8b92d635ff24f8"


def test_the_whole_example_by_its_commands() -> None:
    chip = Replay(CHALLENGE, MUTUAL, *SECURED)
    channel = open_bac(PlainChannel(chip), key(), drawn(**DRAWN))
    assert channel.send(CommandApdu(0x00, 0xA4, 0x02, 0x0C, data=b"\x01\x1e")) == ResponseApdu(b"", 0x9000)
    assert channel.send(CommandApdu(0x00, 0xB0, 0x00, 0x00, le=4)).data.hex() == "60145f01"
    rest = channel.send(CommandApdu(0x00, 0xB0, 0x00, 0x04, le=18))
    assert rest.data.hex() == "04303130365f36063034303030305c026175"
    assert chip.left == 0


def test_d4_the_counter_along_the_example() -> None:
    messaging = SecureMessaging.from_secret(
        CipherSuite.DES3, bytes.fromhex("0036D272F5C350ACAC50C3F572D23600"), bytes.fromhex("887022120C06C226")
    )
    messaging.protect(CommandApdu(0x00, 0xA4, 0x02, 0x0C, data=b"\x01\x1e"))
    messaging.unprotect(ResponseApdu.decode(bytes.fromhex(SECURED[0][1])))
    assert messaging.counter.hex() == "887022120c06c228"


@pytest.mark.parametrize(
    ("exchanges", "step"),
    [
        ([("0084000008", "6D00")], "challenge"),
        ([("0084000008", "4608F919887022 9000")], "challenge"),
        ([CHALLENGE, (AUTHENTICATE, "6300")], "authenticate"),
        ([CHALLENGE, (AUTHENTICATE, "9000")], "authenticate"),
        ([CHALLENGE, (AUTHENTICATE, E_IC.hex() + "2F2D235D074D7448 9000")], "answer"),
        # A chip that gives back what it was sent knows nothing of the key.
        ([CHALLENGE, (AUTHENTICATE, E_IFD.hex() + "5F1448EEA8AD90A7 9000")], "answer"),
    ],
)
def test_a_chip_that_does_not_know_the_key_opens_nothing(exchanges: list[tuple[str, str]], step: str) -> None:
    with pytest.raises(ChipAccessError) as refused:
        open_bac(PlainChannel(Replay(*exchanges)), key(), drawn(**DRAWN))
    assert refused.value.placeholders == {"protocol": "bac", "step": step}
