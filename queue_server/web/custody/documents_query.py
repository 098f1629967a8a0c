"""What the addresses of documents behind a figure ask for. Pure; what no link of ours says stands for nothing."""

import re
from collections.abc import Mapping
from enum import StrEnum
from typing import Final
from urllib.parse import urlencode

import msgspec

from queue_server.custody.values import ItemKind
from queue_server.web.figures import figures_query
from queue_server.web.figures.figures_query import FiguresQuery
from queue_server.web.paging import read_skip

PATH: Final = f"{figures_query.PATH}/documents"
_GOVERNMENT: Final = re.compile(r"[A-Za-z0-9-]{2,64}", re.ASCII)


class DocumentMove(StrEnum):
    """What happened to a document in the time that is looked at."""

    HANDED_IN = "handed-in"
    GIVEN_BACK = "given-back"
    HANDED_OVER = "handed-over"


class DocumentsQuery(msgspec.Struct, frozen=True):
    """The documents behind one number of a time; "" is every government, or every kind."""

    of: FiguresQuery
    move: DocumentMove = DocumentMove.HANDED_IN
    government: str = ""
    kind: str = ""
    skip: int = 0

    def written(self, skip: int | None = None) -> str:
        """Write what ``read`` reads."""
        passed = self.skip if skip is None else skip
        fields = {"what": self.move.value, "government": self.government, "kind": self.kind}
        said = {name: value for name, value in fields.items() if value} | ({"skip": str(passed)} if passed else {})
        return f"{self.of.written()}&{urlencode(said)}"

    def address(self, skip: int | None = None) -> str:
        return f"{PATH}?{self.written(skip)}"


def read(fields: Mapping[str, str]) -> DocumentsQuery:
    """Read an address."""
    government = fields.get("government", "")
    return DocumentsQuery(
        of=figures_query.read(fields),
        move=next((one for one in DocumentMove if one == fields.get("what")), DocumentMove.HANDED_IN),
        government=government if _GOVERNMENT.fullmatch(government) else "",
        kind=next((one.value for one in ItemKind if one == fields.get("kind")), ""),
        skip=read_skip(fields),
    )
