"""Everything that peripherals raise. One root, a stable code each, third-party errors translated at the edge.

::

    PeripheralError                 peripheral
    +-- DriverUnknownError          device-unknown-driver
    +-- UrlInvalidError             device-url-invalid
    +-- SettingInvalidError         device-setting-invalid
    +-- LifeCycleError              device-state
    +-- NotConnectedError           device-not-connected
    +-- BusyError                   device-busy
    +-- AnswerTimeoutError          device-timeout
    +-- AnswerInvalidError          device-answer-invalid
    +-- ImageInvalidError           printer-image-invalid
    +-- PrinterError                printer-error
    |   +-- PaperOutError           printer-paper-out
    |   +-- CoverOpenError          printer-cover-open
    |   +-- NotProvedError          printer-not-proved
    +-- FrameInvalidError           reader-frame-invalid
    +-- ScanInvalidError            scanner-code-invalid
    +-- MrzError                    mrz-invalid
    +-- ChipError                   chip
    |   +-- DocumentRemovedError    document-removed
    |   +-- ChipAbsentError         chip-absent
    |   +-- ChipReservedError       chip-reserved
    |   +-- ChipAccessError         chip-access-refused
    |   +-- ChipAnswerError         chip-answer-invalid
    |   +-- ChipChannelError        chip-channel-broken
    |   +-- ChipDataError           chip-data-invalid
    +-- AmountInvalidError          amount-invalid
    +-- TerminalKeyError            terminal-key-unusable
    +-- EnvelopeError               terminal-envelope-invalid
    +-- SlipInvalidError            payment-slip-invalid
    +-- TerminalRefusedError        terminal-refused
    +-- ZvtInvalidError             zvt-invalid
    +-- TrustError                  trust-invalid
    |   +-- TrustOutdatedError      trust-outdated
    +-- SealError                   seal-invalid
    +-- WiringInvalidError          locker-wiring
    +-- CompartmentUnknownError     locker-compartment-unknown
    +-- BoardRefusedError           locker-board-refused
    +-- LockerSettingsError         locker-settings
    +-- LockerJournalError          locker-journal
    +-- LockerIdentityError         locker-identity
    +-- OrderRefusedError           locker-order-refused
    +-- DeskError                   desk
        +-- DeskSettingsError       desk-settings
        +-- DeskOriginError         desk-origin
        +-- DeskRequestError        desk-request
        +-- DeskRateLimitedError          desk-rate-limited
        +-- UnpairedError           desk-unpaired
        +-- PairingCodeError        desk-code-wrong
        +-- PairingOverError        desk-code-expired

Placeholders hold addresses, numbers and enumerations, never a byte of what a device read.
"""

from typing import ClassVar


class PeripheralError(Exception):
    """Root of the errors of this package.

    ``code`` is stable: ``docs/failure-codes.md`` explains it and translations are keyed by it.
    """

    code: ClassVar[str] = "peripheral"

    def __init__(self, **placeholders: str | float) -> None:
        super().__init__(self.code, placeholders)
        self.placeholders = placeholders

    def __str__(self) -> str:
        details = ", ".join(f"{key}={value}" for key, value in self.placeholders.items())
        return f"{self.code} ({details})" if details else self.code


class DriverUnknownError(PeripheralError):
    """No driver is registered for the scheme. Placeholders: ``scheme``."""

    code = "device-unknown-driver"


class UrlInvalidError(PeripheralError):
    """The device address cannot be used. Placeholders: ``part`` and ``value``."""

    code = "device-url-invalid"


class SettingInvalidError(PeripheralError):
    """A setting is out of bounds. Placeholders: ``key``, ``value``, ``low``, ``high``."""

    code = "device-setting-invalid"


class LifeCycleError(PeripheralError):
    """A call that the life cycle does not allow now. Placeholders: ``call``, ``stage``."""

    code = "device-state"


class NotConnectedError(PeripheralError):
    """The device cannot be reached, or was lost before anything was handed to it. Placeholders: ``reason``."""

    code = "device-not-connected"


class BusyError(PeripheralError):
    """Someone else owns the port. Placeholders: ``port``."""

    code = "device-busy"


class AnswerTimeoutError(PeripheralError):
    """The device was asked and stayed silent. Placeholders: ``seconds``."""

    code = "device-timeout"


class AnswerInvalidError(PeripheralError):
    """The device answered with something its protocol does not know."""

    code = "device-answer-invalid"


class ImageInvalidError(PeripheralError):
    """An image that this printer cannot print. Placeholders: ``part``, ``value``, ``wanted``."""

    code = "printer-image-invalid"


class PrinterError(PeripheralError):
    """The printer reports a fault; nothing was printed. Placeholders: ``fault``."""

    code = "printer-error"


class PaperOutError(PrinterError):
    """There was no paper before the job began; nothing was printed."""

    code = "printer-paper-out"


class CoverOpenError(PrinterError):
    """The cover was open before the job began; nothing was printed."""

    code = "printer-cover-open"


class NotProvedError(PrinterError):
    """The job was sent and no proof came in time: whether it is on paper is unknown.

    Placeholders: ``fault``, one of paper-out, cover-open, cutter, mechanism, offline, silent, or why the
    connection ended.
    """

    code = "printer-not-proved"


class FrameInvalidError(PeripheralError):
    """A reader sent bytes that are no frame of its envelope. Placeholders: ``fault``."""

    code = "reader-frame-invalid"


class ScanInvalidError(PeripheralError):
    """What a barcode reader sent is no code that is taken. Placeholders: ``fault``."""

    code = "scanner-code-invalid"


class MrzError(PeripheralError):
    """Text that has not the form of any machine-readable zone. Placeholders: ``part``."""

    code = "mrz-invalid"


class ChipError(PeripheralError):
    """Root of what can go wrong while a chip is read."""

    code = "chip"


class DocumentRemovedError(ChipError):
    """The document was taken away before everything was read."""

    code = "document-removed"


class ChipAbsentError(ChipError):
    """What lies there has no chip that speaks, or none with a travel document on it. Placeholders: ``reason``."""

    code = "chip-absent"


class ChipReservedError(ChipError):
    """The chip gives its data to inspection systems alone, as German identity cards and residence permits do."""

    code = "chip-reserved"


class ChipAccessError(ChipError):
    """The chip does not open: wrong zone or number, or its protocol failed. Placeholders: ``protocol``, ``step``."""

    code = "chip-access-refused"


class ChipAnswerError(ChipError):
    """The chip answered a command otherwise than its standard allows. Placeholders: ``command``, ``status``."""

    code = "chip-answer-invalid"


class ChipChannelError(ChipError):
    """An answer was not protected as agreed: forged, replayed or garbled. Placeholders: ``fault``."""

    code = "chip-channel-broken"


class ChipDataError(ChipError):
    """A file of the chip is not what its standard says. Placeholders: ``file``, ``fault``."""

    code = "chip-data-invalid"


class TrustError(PeripheralError):
    """A list of trusted authorities, a certificate or a revocation list cannot be used. Placeholders: ``fault``."""

    code = "trust-invalid"


class TrustOutdatedError(TrustError):
    """A list of authorities or a revocation list is due: a newer one should be here, or soon."""

    code = "trust-outdated"


class SealError(PeripheralError):
    """What was read is no visible digital seal. Placeholders: ``fault``."""

    code = "seal-invalid"


class AmountInvalidError(PeripheralError):
    """What was given is no amount of money of a known currency. Placeholders: ``part``, ``value``."""

    code = "amount-invalid"


class TerminalRefusedError(PeripheralError):
    """A payment terminal does not do what it was asked; no money has moved. Placeholders: ``reason``."""

    code = "terminal-refused"


class ZvtInvalidError(PeripheralError):
    """Bytes that are not what ZVT says. Placeholders: ``fault``, ``at`` (how many bytes were sound)."""

    code = "zvt-invalid"


class TerminalKeyError(PeripheralError):
    """A key or certificate for a payment terminal cannot be used. Placeholders: ``file``, ``fault``."""

    code = "terminal-key-unusable"


class EnvelopeError(PeripheralError):
    """An encrypted message of a payment terminal was not made with our key, or was changed."""

    code = "terminal-envelope-invalid"


class SlipInvalidError(PeripheralError):
    """What staff gave to confirm a payment is no number of its slip. Placeholders: ``fault``."""

    code = "payment-slip-invalid"


class WiringInvalidError(PeripheralError):
    """The wiring of a bank of lockers cannot be used. Placeholders: ``section``, ``key``, ``wanted``."""

    code = "locker-wiring"


class CompartmentUnknownError(PeripheralError):
    """A bank of lockers has no such compartment. Placeholders: ``compartment``."""

    code = "locker-compartment-unknown"


class BoardRefusedError(PeripheralError):
    """A board of a bank of lockers does not do what it was asked. Placeholders: ``board``, ``reason``."""

    code = "locker-board-refused"


class LockerSettingsError(PeripheralError):
    """Settings of the agent of a bank of lockers cannot be used. Placeholders: ``section``, ``key``, ``wanted``."""

    code = "locker-settings"


class LockerJournalError(PeripheralError):
    """The journal of a bank of lockers cannot be read, believed or written: no door opens. Placeholders: ``reason``."""

    code = "locker-journal"


class LockerIdentityError(PeripheralError):
    """Nobody knows who this bank of lockers is: it is not enrolled, or what it keeps of that cannot be used.

    Placeholders: ``reason``.
    """

    code = "locker-identity"


class OrderRefusedError(PeripheralError):
    """An order to a bank of lockers is not carried out, and never is. Placeholders: ``reason``, a code of its own."""

    code = "locker-order-refused"

    def __init__(self, reason: str) -> None:
        super().__init__(reason=reason)


class DeskError(PeripheralError):
    """Root of what the program beside a browser refuses."""

    code = "desk"


class DeskSettingsError(DeskError):
    """Its settings or its folder cannot be used. Placeholders: ``section``, ``key``, ``wanted``."""

    code = "desk-settings"


class DeskOriginError(DeskError):
    """A request came from another page than those of its server, or by another name than its own."""

    code = "desk-origin"


class DeskRequestError(DeskError):
    """A request has not the form that it should have, or is too long."""

    code = "desk-request"


class DeskRateLimitedError(DeskError):
    """More requests came than a page of staff ever sends."""

    code = "desk-rate-limited"


class UnpairedError(DeskError):
    """The browser is not paired, or not any more."""

    code = "desk-unpaired"


class PairingCodeError(DeskError):
    """The code for pairing is another one. Placeholders: ``left``, how often one may still be tried."""

    code = "desk-code-wrong"


class PairingOverError(DeskError):
    """No code for pairing is waited for: it was used, its time is over, or it was wrong too often."""

    code = "desk-code-expired"
