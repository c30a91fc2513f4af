"""Pictures that drawn pages are held against; they were judged by eye before they were kept.

A change that is meant: run the tests with ``CIT_REFERENCES=write``, and look at every picture.
"""

from __future__ import annotations

import os
from pathlib import Path

from PIL import Image, ImageChops

FOLDER = Path(__file__).parents[1] / "reference"
DOTS = 60
_SEEN = 64  # of 255: less is how another version smooths edges
_MOST = 0.001  # of all pixels


def held_against(drawn: Image.Image, name: str, aside: Path) -> str:
    """What is wrong with a drawn page, as a sentence, or an empty text.

    Args:
        name: Of the picture in ``tests/reference``, without its ending.
        aside: Where the drawn page is put to be looked at.
    """
    kept = FOLDER / f"{name}.png"
    if os.environ.get("CIT_REFERENCES") == "write":
        drawn.quantize(64, dither=Image.Dither.NONE).save(kept, optimize=True)
        return ""
    with Image.open(kept) as opened:
        reference = opened.convert("RGB")
    if reference.size != drawn.size:
        return f"{name} is {drawn.size} large, not {reference.size}."
    apart = ImageChops.difference(reference, drawn.convert("RGB")).convert("L")
    seen = sum(apart.histogram()[_SEEN:]) / (drawn.width * drawn.height)
    if seen <= _MOST:
        return ""
    drawn.save(aside / f"{name}.png")
    return f"{seen:.2%} of {name} looks otherwise; see {aside / f'{name}.png'}."
