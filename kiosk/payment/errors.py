"""Why a payment is not begun.

::

    KioskError                  kiosk
    +-- PaymentError            kiosk-payment
        +-- PaymentOpenError      kiosk-payment-open
        +-- OrderDiffersError     kiosk-payment-differs
"""

from kiosk.errors import KioskError


class PaymentNotBegunError(KioskError):
    """Root of why no payment is begun. Nothing was asked of the terminal."""

    code = "kiosk-payment"


class PaymentOpenError(PaymentNotBegunError):
    """An earlier payment is not settled. Placeholders: ``attempt``."""

    code = "kiosk-payment-open"


class OrderDiffersError(PaymentNotBegunError):
    """The same order was begun with another amount or service. Placeholders: ``order``."""

    code = "kiosk-payment-differs"
