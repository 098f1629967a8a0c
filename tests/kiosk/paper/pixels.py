"""What is drawn for the printer, as its pixels."""

from PIL import Image

from peripherals.printers.port import MonoImage


def picture(image: MonoImage) -> Image.Image:
    """Give it as it lies on the paper: black on white."""
    return Image.frombytes("1", (image.width, image.height), bytes(byte ^ 0xFF for byte in image.rows)).convert("L")


def fits(image: MonoImage) -> None:
    """Find its margins empty."""
    left, top, right, bottom = picture(image).point(lambda value: 255 - value).getbbox() or (0, 0, 0, 0)
    assert left >= 18
    assert right <= image.width - 18
    assert top >= 16
    assert bottom <= image.height - 10
