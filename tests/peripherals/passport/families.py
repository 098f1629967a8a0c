"""Families of profiles that differ in protocol, cipher and group: few of them have each cipher and each group."""

from collections.abc import Iterable, Iterator

FAMILIES = ("pace-gm-", "pace-im-", "pace-cam-", "ca-3des-", "ca-aes")


def each_part_once(names: Iterable[str]) -> Iterator[str]:
    """Yield the names that have a part, such as a cipher, which no earlier name of their protocol has."""
    seen: set[tuple[str, str]] = set()
    for name in names:
        protocol = "-".join(name.split("-")[:2]) if name.startswith("pace-") else name.partition("-")[0]
        parts = {(protocol, part) for part in name.split("-")}
        if not parts <= seen:
            seen |= parts
            yield name


def few(names: Iterable[str]) -> list[str]:
    """Leave out the members of the families whose parts other members have."""
    names = list(names)
    members = [name for name in names if name.startswith(FAMILIES)]
    left_out = set(members) - set(each_part_once(members))
    return [name for name in names if name not in left_out]
