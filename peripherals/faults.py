"""What ails a device, by what it last said of itself."""

from peripherals.device import DeviceState, DeviceStatus, HealthAnswer
from peripherals.errors import (
    AnswerTimeoutError,
    BusyError,
    CoverOpenError,
    NotConnectedError,
    PaperOutError,
    PrinterError,
)
from peripherals.printers.port import PaperState, PrinterStatus


def fault_of(status: DeviceStatus) -> str:
    """Give the failure code of what a device says of itself, empty where it is well or nobody can know."""
    if isinstance(status, PrinterStatus) and (code := _printer_fault(status)):
        return code
    match status.state:
        case DeviceState.DEVICE_BUSY:
            return BusyError.code
        case DeviceState.ONLINE | DeviceState.UNKNOWN | DeviceState.STARTING:
            return ""
    return NotConnectedError.code


def _printer_fault(status: PrinterStatus) -> str:
    if status.paper is PaperState.OUT:
        return PaperOutError.code
    if status.cover_open is HealthAnswer.YES:
        return CoverOpenError.code
    if HealthAnswer.YES in {status.cutter_error, status.mechanical_error}:
        return PrinterError.code
    if status.state is DeviceState.UNKNOWN:
        # A printer always answers; one that does not is not well.
        return AnswerTimeoutError.code
    # It answers, and says that it prints nothing.
    return PrinterError.code if status.state is DeviceState.OFFLINE and status.paper is not PaperState.UNKNOWN else ""
