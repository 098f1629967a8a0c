"""What is loaded by the first request that needs it may be loaded on the loop: it reads no file there."""

import subprocess
import sys

import pytest

#: Each in a process of its own, in which nothing has loaded it before.
FIRST_USES = {
    "address": "from queue_server.notices.contact import read_email as use; given = ('a@example.com',)",
    "telephone": "from queue_server.information.telephone import read_telephone as use; given = ('+35621234567', 1)",
    "page": "from queue_server.information.markdown import check as use; given = ('*a*', 'en')",
    "drawn page": "from queue_server.information.rendering import _renderer as use; given = ()",
    "form": "from queue_server.forms.answers import _validator as use; given = (b'{}',)",
    "proof": (
        "from queue_server.web.booking.proof_of_work import ProofOfWork; "
        "use = ProofOfWork(lambda: (b'key',), 10, 10).challenge; given = ('s', 10)"
    ),
    "barcode": "from queue_server.web.custody.barcode import code_128 as use; given = ('A1',)",
    "paper": "from queue_server.web.reception.paper import qr as use; given = ('https://a.example/t',)",
    "postgres": (
        "from pathlib import Path; from queue_server.database import open_database as use, parse_url; "
        "given = (parse_url('postgresql+asyncpg:///d?host=/s', Path()),)"
    ),
}


@pytest.mark.fresh
@pytest.mark.parametrize("kind", FIRST_USES)
def test_the_first_request_of_a_kind_works_and_the_loop_reads_no_file(kind: str) -> None:
    program = (
        f"import asyncio; from blockbuster import blockbuster_ctx; {FIRST_USES[kind]}\n"
        "async def main():\n"
        "    with blockbuster_ctx():\n"
        "        use(*given)\n"
        "asyncio.run(main())"
    )
    ran = subprocess.run((sys.executable, "-c", program), capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stderr
