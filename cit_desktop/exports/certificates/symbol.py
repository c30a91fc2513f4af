"""The code that proves a certificate, as an image of one bit a module.

A path of the same code takes five times the bytes of all the rest of a page.
"""

from __future__ import annotations

from functools import lru_cache

import segno

_MASK = 3  # any of the eight is valid; looking for the prettiest takes eight times as long
_SHORT = 152  # bytes up to which the sturdier code is still coarse enough for a scan at 150 dpi
_QUIET = 4


@lru_cache(maxsize=64)
def operators(text: str, side: float) -> str:
    """Operators that draw the code with the white around it into a square at the origin."""
    error = "m" if len(text.encode()) <= _SHORT else "l"
    rows = segno.make_qr(text, error=error, mask=_MASK, boost_error=False).matrix
    count, module = len(rows), side / (len(rows) + 2 * _QUIET)
    digits = -(-count // 8) * 2
    data = "".join(
        f"{int(''.join(map(str, row)).ljust(digits * 4, '0'), 2):0{digits}x}" for row in rows
    )
    edge, size = _QUIET * module, count * module
    return (
        f"q 1 g 0 0 {side:.2f} {side:.2f} re f 0 g "
        f"{size:.3f} 0 0 {size:.3f} {edge:.3f} {edge:.3f} cm\n"
        f"BI /W {count} /H {count} /IM true /BPC 1 /D [1 0] /F /AHx ID\n{data}>\nEI Q"
    )
