"""PDFium shows and parts PDFs, and may be used by one thread at a time.

Two threads inside it at once end the program. Whoever calls it does so ``with pdfium.turn:`` and
closes everything it opened before leaving; pages are given a turn each, so that nobody waits long.
"""

from __future__ import annotations

import threading
from typing import Final

turn: Final = threading.RLock()
