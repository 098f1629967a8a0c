"""Changes to a sound file that a fuzzer makes: what is nearly right gets further into a parser than noise does."""

from hypothesis import strategies as st


@st.composite
def mutations(draw: st.DrawFn, sample: bytes) -> bytes:
    """Change, cut, double or insert a few stretches of ``sample``."""
    data = bytearray(sample)
    for _ in range(draw(st.integers(1, 4))):
        at = draw(st.integers(0, max(0, len(data) - 1)))
        match draw(st.sampled_from(["set", "flip", "cut", "drop", "double", "insert"])):
            case "set" if data:
                data[at] = draw(st.sampled_from([0, 1, 0x7F, 0x80, 0x81, 0x82, 0x84, 0xFF]))
            case "flip" if data:
                data[at] ^= 1 << draw(st.integers(0, 7))
            case "cut":
                del data[at:]
            case "drop":
                del data[at : at + draw(st.integers(1, 40))]
            case "double":
                data[at:at] = data[at : at + draw(st.integers(1, 200))]
            case "insert":
                data[at:at] = draw(st.binary(min_size=1, max_size=20))
    return bytes(data)
