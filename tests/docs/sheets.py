"""Pictures of several pages side by side, as the documentation shows them."""

from collections.abc import Sequence
from pathlib import Path
from typing import Final

from PIL import Image

PICTURES: Final = Path(__file__).parents[2] / "docs" / "pictures"
_GAP: Final = 16
_BEHIND: Final = (216, 220, 224)


def sheet(pages: Sequence[Image.Image], columns: int, size: tuple[int, int], *, rtl: bool) -> Image.Image:
    """Lay pages side by side, each ``size`` pixels large; from right to left where that is how people read."""
    width, height = size
    rows = -(-len(pages) // columns)
    made = Image.new("RGB", (columns * (width + _GAP) + _GAP, rows * (height + _GAP) + _GAP), _BEHIND)
    for at, page in enumerate(pages):
        column = columns - 1 - at % columns if rtl else at % columns
        place = (_GAP + column * (width + _GAP), _GAP + at // columns * (height + _GAP))
        made.paste(page.convert("RGB").resize(size, Image.Resampling.LANCZOS), place)
    return made


def save(made: Image.Image, name: str) -> None:
    file = PICTURES / name
    made.quantize(48, dither=Image.Dither.NONE).save(file, optimize=True)
    print(f"{file}: {file.stat().st_size // 1024} KiB")
