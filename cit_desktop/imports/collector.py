"""Python's search for circles of objects, held off while an import makes a million without any.

Each search looks at all objects there are and holds up the window meanwhile.
"""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager

_MANY = 50_000


@contextmanager
def paused() -> Iterator[None]:
    """No search until the end; work within work pauses once.

    Many new objects are left out of later searches, too, until the next pause: the first search
    after it would be as long as all that were saved.
    """
    was_on = gc.isenabled()
    gc.disable()
    if was_on and gc.get_freeze_count():
        gc.unfreeze()
    try:
        yield
    finally:
        if was_on:
            if gc.get_count()[0] > _MANY:
                gc.freeze()
            gc.enable()
