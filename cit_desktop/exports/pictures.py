"""Logos and signatures, checked against the hash that a document names them by."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from io import BytesIO
from typing import Any

from reportlab.lib.utils import ImageReader

from cit_desktop.errors import FileProblem
from cit_desktop.exports.certificates.page import Picture


class Pictures:
    """Pictures by their SHA-256, each read once."""

    def __init__(self, images: Mapping[str, bytes]) -> None:
        self._images = images
        self._readers: dict[str, Any] = {}

    def reader(self, sha256: str) -> Any:
        """The picture ready to draw.

        Raises:
            FileProblem: It is missing, altered, or no picture.
        """
        if sha256 not in self._readers:
            content = self._images.get(sha256)
            if content is None:
                raise _problem("is not in the chapter's file")
            if hashlib.sha256(content).hexdigest() != sha256:
                raise _problem("is no longer what it was when the certificate was issued")
            try:
                self._readers[sha256] = ImageReader(BytesIO(content))
            except (OSError, ValueError, SyntaxError) as error:
                raise _problem("cannot be read") from error
        return self._readers[sha256]

    def draw(self, canvas: Any, place: Picture) -> None:
        """Draw a picture as large as it fits its box."""
        reader, box = self.reader(place.sha256), place.box
        across, up = reader.getSize()
        room, height = box.right - box.left, box.top - box.bottom
        scale = min(room / across, height / up)
        form = f"i{place.sha256[:16]}"
        if not canvas.hasForm(form):  # reportlab hashes all pixels each time
            canvas.beginForm(form, 0, 0, across, up)
            canvas.drawImage(reader, 0, 0, across, up, mask="auto")
            canvas.endForm()
        canvas.saveState()
        left = box.left + (room - across * scale) * place.across
        canvas.translate(left, box.bottom + (height - up * scale) * place.below)
        canvas.scale(scale, scale)
        canvas.doForm(form)
        canvas.restoreState()


def _problem(what: str) -> FileProblem:
    return FileProblem(
        f"A logo or signature of the certificate {what}.",
        hint="Check the file under Settings, or restore a backup made before the picture changed.",
    )
