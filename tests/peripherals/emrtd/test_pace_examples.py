"""ICAO 9303-11, appendices G, H and I: the worked examples of PACE, value by value."""

from itertools import product

import pytest

from peripherals.documents.curves import CURVES, Domain, EcDomain
from peripherals.documents.emrtd import mapping, security_infos
from peripherals.documents.emrtd.access_key import Can
from peripherals.documents.emrtd.suites import PASSWORD, CipherSuite
from peripherals.documents.modp import MODP
from peripherals.errors import ChipAccessError
from tests.peripherals.emrtd.pace_examples import CHIP_KEY_I1, EXAMPLES, G1, G2, H1, H2, I1, I1_POINT, general, hexed

P256 = CURVES["brainpoolP256r1"]
AES = CipherSuite.AES128


@pytest.mark.parametrize("name", EXAMPLES)
def test_a_whole_example_by_its_commands(name: str) -> None:
    example = EXAMPLES[name]
    messaging = example.run().channel._messaging
    assert messaging._encryption == hexed(example.encryption)
    assert messaging._code == hexed(example.code)
    assert messaging.counter == bytes(16)


@pytest.mark.parametrize("name", EXAMPLES)
def test_the_nonce_opens_with_the_password(name: str) -> None:
    example = EXAMPLES[name]
    assert AES.decrypt(AES.derive(example.key.secret, PASSWORD), hexed(example.sealed_nonce)) == hexed(example.nonce)


@pytest.mark.parametrize("name", EXAMPLES)
def test_the_secret_gives_the_keys(name: str) -> None:
    example = EXAMPLES[name]
    domain: Domain = example.choice.domain
    private = int(example.private[-1], 16)
    chips = hexed(example.ephemeral[1])
    if isinstance(domain, EcDomain):
        secret = domain.secret(private, domain.decode(chips))
    else:
        secret = domain.secret(private, domain.decode(chips))
    assert secret == hexed(example.secret)
    assert AES.derive(secret, 1) == hexed(example.encryption)
    assert AES.derive(secret, 2) == hexed(example.code)


def test_g1_the_mapped_generator() -> None:
    agreed = P256.multiply(int(G1.private[0], 16), P256.decode(hexed(G1.mapping_keys[1])))
    assert P256.encode(agreed).hex().upper() == (
        "0460332EF2450B5D247EF6D3868397D398852ED6E8CAF6FFEEF6BF85CA57057FD5"
        "0840CA7415BAF3E43BD414D35AA4608B93A2CAF3A4E3EA4E82C9C13D03EB7181"
    )
    assert P256.encode(mapping.generic(P256, hexed(G1.nonce), agreed)).hex().upper() == (
        "048CED63C91426D4F0EB1435E7CB1D74A46723A0AF21C89634F65A9AE87A9265E2"
        "8C879506743F8611AC33645C5B985C80B5F09A0B83407C1B6A4D857AE76FE522"
    )


def test_g2_the_mapped_generator() -> None:
    group = MODP[0]
    agreed = group.multiply(int(G2.private[0], 16), group.decode(hexed(G2.mapping_keys[1])))
    assert f"{agreed:X}".startswith("5BABEBEF5B74E5BA94B5C063FDA15F1F")
    assert f"{mapping.generic(group, hexed(G2.nonce), agreed):X}" == (
        "7C9CBFE98F9FBDDA8D143506FA7D9306F4CB17E3C71707AFF5E1C1A123702496"
        "84D64EE37AF44B8DBD9D45BF6023919CBAA027AB97ACC771666C8E98FF483301"
        "BFA4872DEDE9034EDFACB70814166B7F360676829B826BEA57291B5AD69FBC84"
        "EF1E779032A305803F74341793E869742D401325B37EE8565FFCDEE618342DC5"
    )


def test_h1_the_point_of_the_nonces() -> None:
    number = mapping.pseudo_random(AES, hexed(H1.nonce), hexed(H1.own_nonce), P256.p)
    assert f"{number:X}" == "A2F8FF2DF50E52C6599F386ADCB595D229F6A167ADE2BE5F2C3296ADD5B7430E"
    assert P256.encode(mapping.integrated_curve(P256, number)).hex().upper() == (
        "048E82D31559ED0FDE92A4D0498ADD3C23BABA94FB77691E31E90AEA77FB17D427"
        "4C1AE14BD0C3DBAC0C871B7F3608169364437CA30AC243A089D3F266C1E60FAD"
    )


def test_h2_the_generator_of_the_nonces() -> None:
    group = MODP[0]
    number = mapping.pseudo_random(AES, hexed(H2.nonce), hexed(H2.own_nonce), group.p)
    assert f"{number:X}".startswith("A0C7C50C002061A51CC87D254EF38068607417B6EE1B36473CFB800D2D2E5FA2")
    assert f"{mapping.integrated_modp(group, number):X}" == (
        "1D7D767F11E333BCD6DBAEF40E799E7A926B96973550656FF3C830726D118D61"
        "C276CDCC61D475CF03A98E0C0E79CAEBA5BE25578BD4551D0B10903236F0B0F9"
        "76852FA78EEA14EA0ACA87D1E91F688FE0DFF897BBE35A472621D343564B262F"
        "34223AE8FC59B664BFEDFA2BFE7516CA5510A6BBB633D517EC25D4E0BBAA16C2"
    )


def test_i_the_chip_proves_itself() -> None:
    proof = I1.run().proof
    assert proof is not None
    assert proof.data.hex().upper() == "85DC3FA93D0952BFA82F5FD189EE75BD82F11D1F0B8ED4BF5319AC9B53C426B3"
    assert proof.holds(security_infos.parse(hexed(CHIP_KEY_I1)).chip_keys)


def test_i_a_proof_by_another_key_does_not_hold() -> None:
    proof = I1.run().proof
    assert proof is not None
    infos = security_infos.parse(hexed(CHIP_KEY_I1.replace(I1_POINT, G1.mapping_keys[0])))
    assert [info.key_id for info in infos.chip_keys] == [13]
    assert not proof.holds(infos.chip_keys)
    assert not proof.holds(())


def test_h_a_can_of_the_appendix_gives_its_key() -> None:
    assert AES.derive(Can.of("123456").secret, PASSWORD).hex().upper() == "591468CDA83D65219CCCB8560233600F"


def test_an_answer_that_is_none_stops_it(subtests: pytest.Subtests) -> None:
    cases: list[tuple[int, str]] = [(1, "nonce"), (2, "map"), (3, "agree"), (4, "token")]
    for name, (at, step), answer in product(EXAMPLES, cases, ("6A80", "9000", "7C049000", "7C0580033132 9000", "6300")):
        with subtests.test(name=name, at=at, step=step, answer=answer):
            example = EXAMPLES[name]
            exchanges = example.exchanges[: at + 1]
            exchanges[-1] = (exchanges[-1][0], answer)
            with pytest.raises(ChipAccessError) as refused:
                example.run(exchanges)
            assert refused.value.placeholders == {"protocol": "pace", "step": step}


#: MSE:Set AT of G1 with the only set of parameters named (tag 84).
NAMED = f"0022C1A412800A{G1.oid}8301018401{G1.parameter}"


@pytest.mark.parametrize("answer", ["6A87", "6A80", "6985"])
def test_a_chip_that_wants_its_only_parameters_named_is_told_them(answer: str) -> None:
    assert G1.run([(G1.exchanges[0][0], answer), (NAMED, "9000"), *G1.exchanges[1:]]).proof is None


@pytest.mark.parametrize("answer", ["6A80", "6A88", "6983", "6300"])
def test_a_chip_that_does_not_take_the_protocol_stops_it(answer: str) -> None:
    with pytest.raises(ChipAccessError) as refused:
        G1.run([(G1.exchanges[0][0], answer), (NAMED, answer)])
    assert refused.value.placeholders == {"protocol": "pace", "step": "select"}


def test_a_password_tried_in_vain_before_does_not_stop_it() -> None:
    assert G1.run([(G1.exchanges[0][0], "63C1"), *G1.exchanges[1:]]).proof is None


@pytest.mark.parametrize("name", EXAMPLES)
def test_a_token_of_another_key_opens_nothing(name: str) -> None:
    example = EXAMPLES[name]
    exchanges = example.exchanges
    exchanges[-1] = (exchanges[-1][0], exchanges[-1][1].replace(example.tokens[1], example.tokens[0]))
    with pytest.raises(ChipAccessError) as refused:
        example.run(exchanges)
    assert refused.value.placeholders == {"protocol": "pace", "step": "token"}


@pytest.mark.parametrize("name", ["G.1", "G.2", "I"])
def test_a_chip_that_gives_the_readers_own_key_back_is_refused(name: str) -> None:
    example = EXAMPLES[name]
    mapped = general("10", "81", (example.mapping_keys[0],) * 2)
    with pytest.raises(ChipAccessError) as refused:
        example.run([*example.exchanges[:2], mapped])
    assert refused.value.placeholders == {"protocol": "pace", "step": "map"}
    agreed = general("10", "83", (example.ephemeral[0],) * 2)
    with pytest.raises(ChipAccessError) as refused:
        example.run([*example.exchanges[:3], agreed])
    assert refused.value.placeholders == {"protocol": "pace", "step": "agree"}


def test_a_point_off_the_curve_is_refused() -> None:
    bad = G1.mapping_keys[1][:-2] + "55"
    with pytest.raises(ChipAccessError) as refused:
        G1.run([*G1.exchanges[:2], general("10", "81", (G1.mapping_keys[0], bad))])
    assert refused.value.placeholders == {"protocol": "pace", "step": "map"}


def test_an_element_outside_the_subgroup_is_refused() -> None:
    # Two generates more than the subgroup: who takes it gives away bits of the private key.
    bad = "02".rjust(256, "0")
    with pytest.raises(ChipAccessError) as refused:
        G2.run([*G2.exchanges[:2], general("10", "81", (G2.mapping_keys[0], bad))])
    assert refused.value.placeholders == {"protocol": "pace", "step": "map"}
