"""The question whether a payment stands, asked once."""

import structlog

from peripherals.payment.port import Decide, Transaction

log = structlog.get_logger()


async def decided(decide: Decide, transaction: Transaction) -> bool:
    """Ask. A caller that fails at it has written nothing down, so the payment must not stand."""
    try:
        return await decide(transaction)
    except Exception as error:  # noqa: BLE001 - whatever it is, money is at stake
        log.error("payment-not-decided", error=type(error).__name__)  # noqa: TRY400 - its text could hold anything
        return False
