"""Issues tickets from the outbox at a path, and prints the code of each, until it is killed."""

import sys
from datetime import UTC, datetime
from pathlib import Path

from kiosk.tickets.outbox import Outbox


def main(path: Path) -> None:
    box = Outbox(path)
    while True:
        print(box.issue(("renewal",), "en", datetime.now(UTC)).code, flush=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
