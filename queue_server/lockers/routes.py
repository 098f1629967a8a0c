"""The routes of banks of lockers."""

from queue_server.contract import banks as m
from queue_server.framework.routing import CENTRE, Parameter, Route, get, post
from queue_server.lockers import permissions as may
from queue_server.lockers.api import banks, link

_BANK = "/lockers/{locker_bank}"

ROUTES: tuple[Route, ...] = (
    get(
        "order-key",
        "/locker-link/key",
        may.LINK_BANK,
        link.key,
        m.BankKeyAnswer,
        "By which key this bank of lockers knows orders",
    ),
    post(
        "describe-bank",
        "/locker-link/describe",
        may.LINK_BANK,
        link.describe,
        m.BankLinkAnswer,
        "Say what this bank of lockers is",
        m.DescribeBankRequest,
    ),
    post(
        "report-bank-events",
        "/locker-link/events",
        may.LINK_BANK,
        link.report,
        m.BankLinkAnswer,
        "Tell what happened at this bank of lockers",
        m.BankEventsRequest,
    ),
    get(
        "locker-banks",
        "/lockers",
        may.SEE_BANKS,
        banks.banks,
        m.LockerBanksAnswer,
        "Banks of lockers, and how their compartments are",
    ),
    get("locker-bank", _BANK, may.SEE_BANKS, banks.bank, m.LockerBankAnswer, "A bank of lockers"),
    Route(
        "free-compartment",
        "GET",
        f"{CENTRE}{_BANK}/free",
        may.SEE_BANKS,
        banks.free,
        m.FreeCompartmentAnswer,
        "Where the next item could be laid",
        parameters=(Parameter("size", "query", "How large the compartment is at least; `small` where left out."),),
    ),
    post(
        "load-compartment",
        f"{_BANK}/load",
        may.HANDLE_BANKS,
        banks.load,
        m.OrderAnswer,
        "Open a free compartment so that an item is laid into it",
        m.LoadCompartmentRequest,
    ),
    post(
        "unload-compartment",
        f"{_BANK}/unload",
        may.HANDLE_BANKS,
        banks.unload,
        m.OrderAnswer,
        "Open a compartment so that staff take out what lies in it",
        m.UnloadCompartmentRequest,
    ),
    post(
        "inspect-compartment",
        f"{_BANK}/inspect",
        may.HANDLE_BANKS,
        banks.inspect,
        m.OrderAnswer,
        "Open a compartment so that staff look",
        m.CompartmentRequest,
    ),
    post(
        "settle-compartments",
        f"{_BANK}/settle",
        may.HANDLE_BANKS,
        banks.settle,
        m.OrdersAnswer,
        "Say what was found in compartments",
        m.SettleCompartmentsRequest,
    ),
    get(
        "locker-order",
        f"{_BANK}/orders/{{order}}",
        may.SEE_BANKS,
        banks.order,
        m.OrderAnswer,
        "What became of an order to a bank",
    ),
    post(
        "give-up-locker-order",
        f"{_BANK}/orders/{{order}}/give-up",
        may.HANDLE_BANKS,
        banks.give_up,
        m.OrderAnswer,
        "Wait no longer for what a silent bank has to tell of an order",
    ),
)
