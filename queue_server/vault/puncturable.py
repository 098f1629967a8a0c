"""A key that can forget: one secret for every place of a tree, any of which can be destroyed for ever. Pure.

The tree of Goldreich, Goldwasser and Micali ("How to construct random functions", J. ACM 33, 1986): a node's secret
gives its two children's by HMAC-SHA256 over one byte, 0 or 1; nobody gets from a child to its parent or its sibling.
Whoever holds the root can make all 2^80 leaves. A leaf is destroyed by keeping, instead of the node above it, the
siblings on the way down: everything else can still be made, this leaf cannot.

A leaf's number is 80 bits: the hour at which its data end (24 bits, hours since 1970-01-01T00:00Z), then 56 bits of
SHA-256 over what it is for. So all that has ended is one range at the left edge, and dropping it needs no list:
at most 24 nodes stay at that edge. Destroying one leaf leaves at most 80 more, some 90 bytes each in the file, until
its hour is over. Making a secret costs 80 HMACs, some tenths of a millisecond, so what was made is kept with the nodes
that it was made of: whoever has those has it anyway, and it goes when they go.
"""

import hmac
from collections.abc import Mapping
from functools import cached_property
from hashlib import sha256

import msgspec

from queue_server.domain.values import HOUR, Micros

DEPTH = 80
_HOUR_BITS = 24
_NAME_BYTES = (DEPTH - _HOUR_BITS) // 8

#: So many made secrets are kept: the keys of the tickets of a minute, and of their hours.
MAX_MADE = 512

#: Depth and the bits that lead there, as a number.
Node = tuple[int, int]


def hour_of(ends_at: Micros) -> int:
    """Tell the hour by whose end an instant is over: hours since the epoch, rounded up."""
    return -(-ends_at // HOUR)


def leaf(hour: int, kind: str, name: str) -> int:
    """Number the leaf of what is called ``name`` and ends with ``hour``.

    An hour before 1970 or after 3883 was written by hand, and counts as the first or the last: nothing opens with it.
    """
    digest = sha256(f"{kind}\0{name}".encode()).digest()[:_NAME_BYTES]
    within = min(max(hour, 0), (1 << _HOUR_BITS) - 1)
    return int.from_bytes(within.to_bytes(_HOUR_BITS // 8) + digest)


def _child(secret: bytes, bit: int) -> bytes:
    return hmac.digest(secret, bytes((bit,)), "sha256")


def _walk(secret: bytes, above: Node, wanted: Node) -> bytes:
    """Make the secret of a node from that of a node above it."""
    (depth, _), (bottom, prefix) = above, wanted
    for level in range(depth + 1, bottom + 1):
        secret = _child(secret, prefix >> (bottom - level) & 1)
    return secret


class PuncturableKey(msgspec.Struct, frozen=True, dict=True):
    """What is left of the tree: ``nodes`` whose subtrees can still be made, none above another.

    ``id`` names the tree and stays the same whatever is destroyed. Never printed.
    """

    id: str
    nodes: Mapping[Node, bytes]

    def __repr__(self) -> str:
        return f"PuncturableKey({self.id!r}, ...)"

    def reaches(self, number: int) -> bool:
        """Tell whether a leaf can be made."""
        return self._above(number) is not None

    def reaches_before(self, hour: int) -> bool:
        """Tell whether any leaf of an earlier hour can be made."""
        first = hour << (DEPTH - _HOUR_BITS)
        return any(prefix << (DEPTH - depth) < first for depth, prefix in self.nodes)

    def derive(self, number: int) -> bytes | None:
        """Make the secret of a leaf (32 bytes); None where it was destroyed."""
        wanted = (DEPTH, number)
        made = self._made.get(wanted)
        if made is None and (above := self._above(number)) is not None:
            if len(self._made) >= MAX_MADE:
                self._made.clear()
            secret = self.nodes[above]
            # What is stored at about the same time ends in the same few hours, and shares the way down to them.
            hour = (_HOUR_BITS, number >> (DEPTH - _HOUR_BITS))
            if above[0] < _HOUR_BITS:
                secret = self._made[hour] = self._made.get(hour) or _walk(secret, above, hour)
                above = hour
            made = self._made[wanted] = _walk(secret, above, wanted)
        return made

    @cached_property
    def _made(self) -> dict[Node, bytes]:
        return {}

    def puncture(self, number: int) -> "PuncturableKey":
        """Destroy a leaf."""
        found = self._above(number)
        if found is None:
            return self
        nodes = dict(self.nodes)
        secret = nodes.pop(found)
        for level in range(found[0] + 1, DEPTH + 1):
            path = number >> (DEPTH - level)
            nodes[level, path ^ 1] = _child(secret, path & 1 ^ 1)
            secret = _child(secret, path & 1)
        return PuncturableKey(self.id, nodes)

    def drop_before(self, hour: int) -> "PuncturableKey":
        """Destroy every leaf whose hour is earlier."""
        first = hour << (DEPTH - _HOUR_BITS)
        nodes: dict[Node, bytes] = {}
        for (depth, prefix), kept in self.nodes.items():
            below = DEPTH - depth
            if prefix << below >= first:
                nodes[depth, prefix] = kept
            elif (prefix + 1) << below > first:
                # The one node that lies on both sides: what is right of the way down to ``first`` stays.
                secret, path = kept, prefix
                while path << below != first:
                    below -= 1
                    path = first >> below
                    if not path & 1:
                        nodes[DEPTH - below, path ^ 1] = _child(secret, 1)
                    secret = _child(secret, path & 1)
                nodes[DEPTH - below, path] = secret
        return PuncturableKey(self.id, nodes)

    def meet(self, other: "PuncturableKey") -> "PuncturableKey":
        """Keep what both can still make: whatever one of them has forgotten stays forgotten.

        Raises:
            ValueError: they are not of the same tree.
        """
        if self.id != other.id:
            msg = "keys of two trees have nothing in common"
            raise ValueError(msg)
        mine = {node: secret for node, secret in self.nodes.items() if other.holds(node)}
        theirs = {node: secret for node, secret in other.nodes.items() if self.holds(node)}
        return PuncturableKey(self.id, mine | theirs)

    def holds(self, node: Node) -> bool:
        """Tell whether all leaves below a node can be made."""
        depth, prefix = node
        return any((depth - up, prefix >> up) in self.nodes for up in range(depth + 1))

    def _above(self, number: int) -> Node | None:
        ways = ((level, number >> (DEPTH - level)) for level in range(DEPTH + 1))
        return next((node for node in ways if node in self.nodes), None)


def whole(root: bytes) -> PuncturableKey:
    """Begin with the root, from which everything can be made; ``root`` is 32 random bytes."""
    return PuncturableKey(sha256(b"consular-key people\0" + root).hexdigest(), {(0, 0): root})
