"""A terminal and a driver that tests share, and who stands before them."""

import uuid
from dataclasses import dataclass, field, replace

from peripherals.device import Timings, open_device
from peripherals.money import Amount
from peripherals.payment.nexo.device import NexoTerminal
from peripherals.payment.nexo.simulator.server import NexoSimulator
from peripherals.payment.port import Order, Progress, Transaction

TIMINGS = Timings(
    reopen_first_s=0.02, reopen_max_s=0.1, connect_s=2, answer_s=1, poll_s=0.02, payment_s=0.6, terminal_poll_s=0.2
)
FEE = Amount(1234, "EUR")


@dataclass
class Flow:
    """Hears what goes on, and decides."""

    goods: bool = True
    fails: bool = False
    heard: list[Progress] = field(default_factory=list)
    asked: list[Transaction] = field(default_factory=list)

    def follow(self, progress: Progress) -> None:
        self.heard.append(progress)

    async def decide(self, transaction: Transaction) -> bool:
        self.asked.append(transaction)
        if self.fails:
            raise OSError("disk full")
        return self.goods


def order(amount: Amount = FEE, language: str = "fr-CA") -> Order:
    return Order(str(uuid.uuid4()), amount, language)


async def marked(device: NexoTerminal) -> Order:
    """Make an order as somebody does who may crash."""
    return replace(order(), mark=await device.mark())


def driver(simulator: NexoSimulator, timings: Timings | None = None, /, **options: str) -> NexoTerminal:
    query = "&".join(f"{name}={value}" for name, value in {**simulator.options, **options}.items())
    device = open_device(f"nexo+https://{simulator.address}?{query}", timings or TIMINGS)
    assert isinstance(device, NexoTerminal)
    return device


async def pay(device: NexoTerminal, wanted: Order, flow: Flow | None = None) -> Transaction:
    flow = flow or Flow()
    return await device.pay(wanted, follow=flow.follow, decide=flow.decide)
