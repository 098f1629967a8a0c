"""The answers of a simulated terminal that are long: receipts, and what a real one says of a card besides."""

from urllib.parse import urlencode

from peripherals.money import Amount
from peripherals.payment.nexo.messages import (
    OutputContent,
    OutputText,
    PaymentReceipt,
    PaymentResponse,
    Response,
)

#: The specimen number of card schemes' documentation; with ``plant`` a terminal shows it whole, as none may.
SPECIMEN = "4111111111111111"
TRACK = ";4111111111111111=99122010000000000000?"


class TalkativeResponse(Response, frozen=True):
    """With the field in which real terminals say much of a card."""

    additional_response: str | None = None


def card(*, plant: bool) -> dict[str, object]:
    number = SPECIMEN if plant else f"{SPECIMEN[:6]} **** {SPECIMEN[-4:]}"
    data = {"MaskedPan": number, "PaymentBrand": "visa", "EntryMode": ["ICC"]}
    return {"PaymentInstrumentType": "Card", "CardData": data}


def additional(*, plant: bool) -> str:
    number = SPECIMEN if plant else f"{SPECIMEN[:6]}%20****%20{SPECIMEN[-4:]}"
    return f"cardType=visa&PAN={number}" + (f"&track2={TRACK}" if plant else "")


def receipts(amount: Amount, reference: str, *, plant: bool, signature: bool, approved: bool) -> list[PaymentReceipt]:
    """Compose a receipt for each side, as Adyen's terminals do: a form a line."""
    number = SPECIMEN if plant else f"************{SPECIMEN[-4:]}"
    made = []
    for qualifier, title in (("CashierReceipt", "MERCHANT COPY"), ("CustomerReceipt", "CARDHOLDER COPY")):
        lines = [
            {"name": title, "key": "header1"},
            {"key": "filler"},
            {"name": "Card", "value": number, "key": "pan"},
            {"name": "AID", "value": "A0000000031010", "key": "aid"},
            {"name": "Tender", "value": reference.partition(".")[0], "key": "txRef"},
            {"name": "TOTAL", "value": str(amount), "key": "totalAmount"},
            {"name": "APPROVED" if approved else "DECLINED", "key": "result"},
        ]
        texts = [OutputText(text=urlencode(line)) for line in lines]
        if plant:
            texts += [OutputText(text=TRACK), OutputText(text=SPECIMEN[:9], end_of_line_flag=False)]
            texts += [OutputText(text=SPECIMEN[9:])]
        content = OutputContent(output_format="Text", output_text=tuple(texts))
        wanted = signature and qualifier == "CashierReceipt"
        made.append(PaymentReceipt(qualifier, content, wanted))
    return made


def refused(condition: str) -> PaymentResponse:
    return PaymentResponse(Response("Failure", condition))
