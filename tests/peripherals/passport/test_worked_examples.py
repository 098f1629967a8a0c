"""The chip answers the worked examples of ICAO Doc 9303-11, appendices D, G, H and I, byte for byte.

The chip's random numbers and keys are those of the standard; so are the answers that are expected.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import pytest

from peripherals.documents.curves import CURVES, STANDARDISED
from peripherals.documents.emrtd.apdu import CommandApdu, ResponseApdu
from peripherals.documents.passport import chip_bac
from peripherals.documents.passport.chip import Secrets, SimulatedChip
from peripherals.documents.passport.chip_authentication import StaticKey
from peripherals.documents.passport.chip_channel import SecureSession
from peripherals.documents.passport.chip_pace import (
    Pace,
    Protocol,
    SimulatedMapping,
    chip_authentication_data,
    hidden_chip_authentication_data,
)
from peripherals.documents.passport.ciphers import SessionKeys, SimulatedCipher
from peripherals.documents.passport.file_system import COM, Files, SimulatedFile
from peripherals.documents.passport.pace_mapping import SimulatedGroup, integrated, pseudo_random
from peripherals.documents.passport.security_infos import Parameters, chip_authentication_key, set_of

CURVE, FIELD = STANDARDISED[13], STANDARDISED[0]


def drawn(*values: str) -> chip_bac.Random:
    """Give the standard's random numbers, one after the other."""
    left: Iterator[str] = iter(values)
    return lambda length: bytes.fromhex(next(left).rjust(2 * length, "0"))


def exchange(chip: SimulatedChip, *pairs: tuple[str, str]) -> None:
    for command, response in pairs:
        assert chip.transmit(bytes.fromhex(command)).hex().upper() == response.replace(" ", "")


def test_appendix_d_basic_access_and_secure_messaging() -> None:
    com = bytes.fromhex("60145F0104303130365F36063034303030305C026175")
    chip = SimulatedChip(
        Files((), (SimulatedFile(COM, com),)),
        Secrets("L898902C<369080619406236"),
        random=drawn("4608F91988702212", "0B4F80323EB3191CB04970CB4052790B"),
    )
    exchange(
        chip,
        ("00A4040C07A0000002471001", "9000"),
        ("0084000008", "4608F91988702212 9000"),
        (
            "008200002872C29C2371CC9BDB65B779B8E8D37B29ECC154AA56A8799FAE2F498F76ED92F25F1448EEA8AD90A728",
            "46B9342A41396CD7386BF5803104D7CEDC122B9132139BAF2EEDC94EE178534F2F2D235D074D7449 9000",
        ),
        ("0CA4020C158709016375432908C044F68E08BF8B92D635FF24F800", "990290008E08FA855A5D4C50A8ED 9000"),
        ("0CB000000D9701048E08ED6705417E96BA5500", "8709019FF0EC34F9922651990290008E08AD55CC17140B2DED 9000"),
        (
            "0CB000040D9701128E082EA28A70F3C7B53500",
            "871901FB9235F4E4037F2327DCC8964F1F9B8C30F42C8E2FFF224A990290008E08C8B2787EAEA07D74 9000",
        ),
    )


def test_appendix_d_access_keys() -> None:
    keys = chip_bac.basic_keys("L898902C<369080619406236")
    assert keys.encryption.hex().upper() == "AB94FDECF2674FDFB9B391F85D7F76F2"
    assert keys.checksum.hex().upper() == "7962D9ECE03D1ACD4C76089DCE131543"


@dataclass(frozen=True)
class Example:
    protocol: Protocol
    oid: str
    random: tuple[str, ...]
    exchanges: tuple[tuple[str, str], ...]


APPENDIX_G1 = Example(
    Protocol(SimulatedMapping.GENERIC, SimulatedCipher.AES128, SimulatedGroup(CURVE), 13),
    "04007F00070202040202",
    (
        "3F00C4D39D153F2B2A214A078D899B22",
        "498FF49756F2DC1587840041839A85982BE7761D14715FB091EFA7BCE9058560",
        "107CF58696EF6155053340FD633392BA81909DF7B9706F226F32086C7AFF974A",
    ),
    (
        ("10860000027C0000", "7C12801095A3A016522EE98D01E76CB6B98B42C3 9000"),
        (
            (
                "10860000457C438141047ACF3EFC982EC45565A4B155129EFBC74650DCBFA6362D896FC70262E0C2CC5E"
                "544552DCB6725218799115B55C9BAA6D9F6BC3A9618E70C25AF71777A9C4922D00"
            ),
            (
                "7C43824104824FBA91C9CBE26BEF53A0EBE7342A3BF178CEA9F45DE0B70AA601651FBA3F57"
                "30D8C879AAA9C9F73991E61B58F4D52EB87A0A0C709A49DC63719363CCD13C54 9000"
            ),
        ),
        (
            (
                "10860000457C438341042DB7A64C0355044EC9DF190514C625CBA2CEA48754887122F3A5EF0D5EDD301C"
                "3556F3B3B186DF10B857B58F6A7EB80F20BA5DC7BE1D43D9BF850149FBB3646200"
            ),
            (
                "7C438441049E880F842905B8B3181F7AF7CAA9F0EFB743847F44A306D2D28C1D9EC65DF6DB"
                "7764B22277A2EDDC3C265A9F018F9CB852E111B768B326904B59A0193776F094 9000"
            ),
        ),
        ("008600000C7C0A8508C2B0BD78D94BA86600", "7C0A86083ABB9674BCE93C08 9000"),
    ),
)
APPENDIX_G2 = Example(
    Protocol(SimulatedMapping.GENERIC, SimulatedCipher.AES128, SimulatedGroup(FIELD), 0),
    "04007F00070202040102",
    (
        "FA5B7E3E49753A0DB9178B7B9BD898C8",
        "66DDAFEAC1609CB5B963BB0CB3FF8B3E047F336C",
        "A5B780126B7C980E9FCEA1D4539DA1D27C342DFA",
    ),
    (
        ("10860000027C0000", "7C128010854D8DF5827FA6852D1A4FA701CDDDCA 9000"),
        (
            (
                "10860000867C818381818023FB3749EA030D2A25B278D2A562047ADE3F01B74F17A15402CB7352CA7D2B3E"
                "B71C343DB13D1DEBCE9A3666DBCFC920B49174A602CB47965CAA73DC702489A44D41DB914DE9613DC5E98C94"
                "160551C0DF86274B9359BC0490D01B03AD54022DCB4F57FAD6322497D7A1E28D46710F461AFE710FBBBC5F8B"
                "A166F4311975EC6C00"
            ),
            (
                "7C818382818078879F57225AA8080D52ED0FC890A4B25336F699AA89A2D3A189654AF70729E623EA5738B263"
                "81E4DA19E004706FACE7B235C2DBF2F38748312F3C98C2DD4882A41947B324AA1259AC22579DB93F7085655A"
                "F30889DBB845D9E6783FE42C9F2449400306254C8AE8EE9DD812A804C0B66E8CAFC14F84D8258950A91B4412"
                "6EE6 9000"
            ),
        ),
        (
            (
                "10860000867C8183838180907D89E2D425A178AA81AF4A7774EC8E388C115CAE67031E85EECE520BD911551B"
                "9AE4D04369F29A02626C86FBC6747CC7BC352645B6161A2A42D44EDA80A08FA8D61B76D3A154AD8A5A51786B"
                "0BC07147057871A922212C5F67F43173172236B7747D1671E6D692A3C7D40A0C3C5CE397545D015C175EB513"
                "0551EDBC2EE5D400"
            ),
            (
                "7C8183848180075693D9AE941877573E634B6E644F8E60AF17A0076B8B123D9201074D36152BD8B3A213F538"
                "20C42ADC79AB5D0AEEC3AEFB91394DA476BD97B9B14D0A65C1FC71A0E019CB08AF55E1F729005FBA7E3FA5DC"
                "41899238A250767A6D46DB974064386CD456743585F8E5D90CC8B4004B1F6D866C79CE0584E49687FF61BC29"
                "AEA1 9000"
            ),
        ),
        ("008600000C7C0A8508B46DD9BD4D98381F00", "7C0A8608917F37B5C0E6D8D1 9000"),
    ),
)


@pytest.mark.parametrize("example", [APPENDIX_G1, APPENDIX_G2], ids=["ecdh", "dh"])
def test_appendix_g_generic_mapping(example: Example) -> None:
    secrets = Secrets("T22000129364081251010318", basic=False, pace=(example.protocol,))
    chip = SimulatedChip(Files((), ()), secrets, random=drawn(*example.random))
    exchange(chip, (f"0022C1A40F800A{example.oid}830101", "9000"), *example.exchanges)


def run(protocol: Protocol, key: str, random: tuple[str, ...], *exchanges: tuple[str, str]) -> Pace:
    """Run PACE with a given key of the nonce, which is all that the appendix tells of the password."""
    pace = Pace(protocol, bytes.fromhex(key), drawn(*random))
    for data, answer in exchanges:
        given = pace.step(bytes.fromhex(data))
        assert given is not None
        assert given.hex().upper() == answer
    return pace


APPENDIX_H_KEY = "591468CDA83D65219CCCB8560233600F"


def test_appendix_h_integrated_mapping_over_a_curve() -> None:
    pace = run(
        Protocol(SimulatedMapping.INTEGRATED, SimulatedCipher.AES128, SimulatedGroup(CURVE), 13),
        APPENDIX_H_KEY,
        (
            "2923BE84E16CD6AE529049F1F1BBE9EB",
            "107CF58696EF6155053340FD633392BA81909DF7B9706F226F32086C7AFF974A",
        ),
        ("", "8010143DC40C08C8E891FBED7DEDB92B64AD"),
        ("81105DD4CBFC96F5453B130D890A1CDBAE32", "8200"),
        (
            (
                "83410489CBA23FFE96AA18D824627C3E934E54A9FD0B87A95D1471DC1C0ABFDCD640D4"
                "6755DE9B7B778280B6BEBD57439ADFEB0E21FD4ED6DF42578C13418A59B34C37"
            ),
            (
                "84410467F78E5F7F7686082B293E8D087E056916D0F74BC01A5F8957D0DE45691E51E8"
                "932B69A962B52A0985AD2C0A271EE6A13A8ADDDCD1A3A994B9DED257F4D22753"
            ),
        ),
        ("8508450F02B86F6A0909", "860875D4D96E8D5B0308"),
    )
    assert pace.channel is not None


def test_appendix_h_mapped_generator() -> None:
    nonces = [bytes.fromhex(each) for each in ("2923BE84E16CD6AE529049F1F1BBE9EB", "5DD4CBFC96F5453B130D890A1CDBAE32")]
    mapped = integrated(SimulatedGroup(CURVE), SimulatedCipher.AES128, *nonces)
    assert mapped.public(1).hex().upper() == (
        "048E82D31559ED0FDE92A4D0498ADD3C23BABA94FB77691E31E90AEA77FB17D427"
        "4C1AE14BD0C3DBAC0C871B7F36081693 64437CA30AC243A089D3F266C1E60FAD".replace(" ", "")
    )


def test_appendix_h_integrated_mapping_over_a_prime_field() -> None:
    pace = run(
        Protocol(SimulatedMapping.INTEGRATED, SimulatedCipher.AES128, SimulatedGroup(FIELD), 0),
        APPENDIX_H_KEY,
        (
            "FA5B7E3E49753A0DB9178B7B9BD898C8",
            (
                "020F018C7284B047FA7721A337EFB7ACB1440BB30C5252BD41C97C30C994BB78E9F0C5B32744D84017D21FFA6878396A"
                "6469CA283EF5C000DAF7D261A39AB8860ED4610AB5343390897AAB5A7787E4FAEFA0649C6A94FDF82D991E8E3FC332F5"
                "142729E7040A3F7D5A4D3CD75CBEE1F043C1CAD2DD484FEB4ED22B597D36688E"
            ),
        ),
        ("", "80109ABB8864CA0FF1551E620D1EF4E13510"),
        ("8110B3A6DB3C870C3E99245E0D1C06B747DE", "8200"),
        (
            (
                "8381800F0CC62945A8029251FB7EF3C094E12EC68E4EF07F27CB9D9CD04C5C4250FAE0E4F8A951557E929AEB48E5C6DD"
                "47F2F5CD7C351A9BD2CD722C07EDE166770F08FFCB370262CF308DD7B07F2E0DA9CAAA1492344C852906919538C98A4B"
                "A4187E76CE9D87832386D319CE2E043C3343AEAE6EDBA1A9894DC5094D22F7FE1351D5"
            ),
            (
                "848180928D9A0F9DBA450F13FC859C6F290D1D36E42431138A4378500BEB4E0401854CFF111F71CB6DC1D0335807A113"
                "88CC8EAA87B07907AAD9FBA6B169AF6D8C26AF8DDDC39ADC3AD2E3FF882B84D23E9768E95A80E4746FB07A9767679FE9"
                "2133B4D379935C771BD7FBED6C7BB4B1708B275EA75679524CDC9C6A91370CC662A2F3"
            ),
        ),
        ("850855D61977CBF5307E", "8608C2F04230187E1525"),
    )
    assert pace.channel is not None


@pytest.mark.parametrize("suite", list(SimulatedCipher))
def test_numbers_of_integrated_mapping_are_below_the_prime_for_every_cipher(suite: SimulatedCipher) -> None:
    length = 32 if suite.key_length > 16 else 16
    prime = CURVES["brainpoolP512r1"].p
    found = pseudo_random(suite, b"\x5a" * length, b"\xa5" * suite.key_length, prime)
    assert prime >> 40 < found < prime


#: Appendix I names the public key alone; this private one follows from it: CA = SK^-1 SK_map (9303-11, 4.4.3.5.1).
APPENDIX_I_STATIC = 0x86C88A4579CE48135878E6348A734B5D47CE5BC1E54C0E8978687B49FDE2E2C2
APPENDIX_I_MAPPING = 0x9E56A6B59C95D06ECE5CD10F983BB2F4F1943528E577F23881D89D8C3BBEE0AA
APPENDIX_I_KEYS = SessionKeys(
    SimulatedCipher.AES128,
    bytes.fromhex("0A9DA4DB03BDDE39FC5202BC44B2E89E"),
    bytes.fromhex("4B1C06491ED5140CA2B537D344C6C0B1"),
)
APPENDIX_I_INFO = (
    "3062060904007F0007020201023052300C060704007F0007010202010D034200041872709494399E7470A6431BE25E83EE"
    "E24FEA568C2ED28DB48E05DB3A610DC884D256A40E35EFCB59BF6753D3A489D28C7A4D973C2DA138A6E7A4A08F68E16F02010D"
)


def test_appendix_i_chip_authentication_mapping() -> None:
    static = StaticKey(CURVE, APPENDIX_I_STATIC, SimulatedCipher.AES128, 13)
    protocol = Protocol(SimulatedMapping.AUTHENTICATING, SimulatedCipher.AES128, SimulatedGroup(CURVE), 13)
    # The appendix keeps the chip's last private key to itself. The agreement is the same from both sides, so that
    # the terminal's stands in here: the answer is then what the terminal sends in the appendix, and the other way.
    random = drawn(
        "658B860BC94DF6F044FCE6D5C82CF8E5",
        f"{APPENDIX_I_MAPPING:X}",
        "76ECFDAA9841C323A3F5FC5E88B88DB3EFF7E35EBF57A7E6946CB630006C2120",
    )
    secrets = Secrets("C11T002JM496081222310314", basic=False, pace=(protocol,), static=(static,))
    exchange(
        SimulatedChip(Files((), ()), secrets, random=random),
        ("0022C1A40F800A04007F00070202040602830101", "9000"),
        ("10860000027C0000", "7C128010CB60E8E0D85B76A9BD304747C2AD42E2 9000"),
        (
            (
                "10860000457C438141047F1D410ADB7DDB3B84BF1030800981A9105D7457B4A3ADE002384F3086C67EDE"
                "1AB889104A27DB6D842B019020FBF3CEACB0DC627F7BDCAC29969E19D0E553C100"
            ),
            (
                "7C43824104A234236AA9B9621E8EFB73B5245C0E09D2576E5277183C1208BDD55280CAE8B3"
                "04F365713A356E65A451E165ECC9AC0AC46E3771342C8FE5AEDD092685338E23 9000"
            ),
        ),
        (
            (
                "10860000457C4383410402AD566F3C6EC7F9324509AD50A51FA52030782A4968FCFEDF737DAEA9933331"
                "11C3B9B4C2287789BD137E7F8AA882E2A3C633CCD6ECC2C63C57AD401A09C2E100"
            ),
            (
                "7C43844104446C934084D9DAB863944F219520076C29EE3F7AE6722B11FF319EC1C7728F95"
                "5483400BFF60BF0C5929270009277DC2A515E12575010AD9BA916CF1BF86FEFC 9000"
            ),
        ),
        (
            "008600000C7C0A85088596CF055C67C1A300",
            (
                "7C3C8608E86BD06018A1CD3B8A301EEA964DAAE372AC990E3EFDE6333353BFC89A6704D93DA8798CF77F5B7A54BD"
                "10CBA372B42BE0B9B5F28AA8DE2F4F92 9000"
            ),
        ),
    )


def test_appendix_i_chip_authentication_data() -> None:
    data = chip_authentication_data(APPENDIX_I_STATIC, APPENDIX_I_MAPPING, CURVES["brainpoolP256r1"].order)
    assert data.hex().upper() == "85DC3FA93D0952BFA82F5FD189EE75BD82F11D1F0B8ED4BF5319AC9B53C426B3"
    hidden = hidden_chip_authentication_data(APPENDIX_I_KEYS, data)
    assert hidden.hex().upper() == (
        "1EEA964DAAE372AC990E3EFDE6333353BFC89A6704D93DA8798CF77F5B7A54BD10CBA372B42BE0B9B5F28AA8DE2F4F92"
    )


def test_appendix_i_public_key_info() -> None:
    static = StaticKey(CURVE, APPENDIX_I_STATIC, SimulatedCipher.AES128, 13)
    assert chip_authentication_key(static, Parameters.STANDARDISED).hex().upper() == APPENDIX_I_INFO


def test_secure_messaging_with_aes_over_the_keys_of_appendix_i() -> None:
    """The commands and answers were computed by another implementation, which reads the key of the appendix."""
    content = set_of(bytes.fromhex(APPENDIX_I_INFO))
    channel = SecureSession(APPENDIX_I_KEYS)
    pairs = (
        ("0CA4020C1D8711013824F3CB16CAA40DDFF8459C215CC4988E08158449671FCC718300", "990290008E085E007CA87260A77F9000"),
        (
            "0CB000000D9701048E081049244EED15563D00",
            "8711017B0085CFF0A3845B7F1B02E72BBE6395990290008E083CF26FAD48F7888B9000",
        ),
        (
            "0CB000040D9701628E08D3FB753D695A16FE00",
            (
                "877101E7E1E51C85C8F09209C59CA459305EC2CC23FD0E6938F3915F74CAAC06794A8518FEB0A11CD8A7C0A26B88F3DA56"
                "7A803DBDD79AA853FE272A9C02690017EC95CDCDB0FEB944E1B63FC8F293552F32B663B16E929871E785D164B72DF076B8"
                "9C480537A5B4B80EAAAAF5E786D89A3814990290008E080CBFD5F7F43CC3619000"
            ),
        ),
    )
    for command, expected in pairs:
        plain = channel.unwrap(CommandApdu.decode(bytes.fromhex(command)))
        offset, le = plain.p1 << 8 | plain.p2, plain.le or 0
        data = content[offset : offset + le] if plain.ins == 0xB0 else b""
        assert channel.wrap(ResponseApdu(data, 0x9000), odd=False).encode().hex().upper() == expected
