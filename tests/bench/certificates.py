"""How fast certificates are drawn, against the plain way: everything anew on each page.

Run by hand: ``python -m tests.bench.certificates [HOW_MANY [PLAIN]]``. Logo, two signatures,
three embedded fonts and a QR code each; the ratios are of the same run. The plain way is drawn
for fewer (``PLAIN``), since it takes the same time for each.
"""

from __future__ import annotations

import base64
import hashlib
import io
import math
import resource
import statistics
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import date

from PIL import Image, ImageDraw
from reportlab.graphics import renderPDF
from reportlab.graphics.barcode.qr import QrCodeWidget
from reportlab.graphics.shapes import Drawing
from reportlab.lib.utils import ImageReader

from cit_desktop.documents.certificates import CertificateSnapshot, Signer
from cit_desktop.exports import engraving
from cit_desktop.exports.certificate_pdf import draw_certificates, draw_separately
from cit_desktop.exports.certificates.art import numbers
from cit_desktop.exports.certificates.compose import compose
from cit_desktop.exports.certificates.page import Code, Line, Medal, Page, Picture, Stroke
from cit_desktop.exports.certificates.preview import picture
from cit_desktop.exports.certificates.templates import TEMPLATES
from cit_desktop.exports.pdf import new_canvas

NAMES = ("Ana Ito", "Łukasz Šimić-O'Brien Jr.", "Nguyễn Thị Ánh", "Maria José García Ñuñez")


def main() -> None:
    """Draw both ways and print pages, files, ratios, bytes a page, memory and one warm."""
    many = int(sys.argv[1]) if len(sys.argv) > 1 else 1000
    few = int(sys.argv[2]) if len(sys.argv) > 2 else 40
    people, images = certificates(many)
    draw_certificates(people[:4], images)
    plain_pages = per_second(few, lambda: plain(people[:few], images))
    plain_files = per_second(few, lambda: [plain([one], images) for one in people[:few]])
    one, batch = draw_certificates(people[:1], images), b""

    def draw() -> None:
        nonlocal batch
        batch = draw_certificates(people, images)

    pages = per_second(many, draw)
    before = memory()
    files = per_second(many, lambda: sum(len(pdf) for pdf in draw_separately(people, images)))
    size = (len(batch) - len(one)) / max(many - 1, 1)
    print(f"one PDF       {pages:7.0f} pages/s   {pages / plain_pages:5.1f} x the plain way")
    print(f"single files  {files:7.0f} files/s   {files / plain_files:5.1f} x the plain way")
    print(f"the plain way {plain_pages:7.0f} pages/s, {plain_files:.0f} files/s")
    print(f"bytes a page in the batch {size:.0f}; {memory() - before:+.0f} MB for the single files")
    print(f"one warm {warm(people, images, draw_alone):.1f} ms")
    print(f"a sample while designing {warm(people, images, show):.1f} ms")


def certificates(many: int) -> tuple[list[CertificateSnapshot], dict[str, bytes]]:
    """So many certificates, and their pictures."""
    pictures = [_logo(), _signature(1), _signature(5)]
    images = {hashlib.sha256(content).hexdigest(): content for content in pictures}
    logo, first, second = images
    base = CertificateSnapshot(
        number="", kind="officer", chapter="Heartland CIT Council", recipient="",
        council="Missouri Crisis Intervention Team Council", agency="Cole County Sheriff",
        course="Crisis Intervention Team 40-Hour Course", course_code="CIT40",
        class_code="CIT40-2026-01", starts=date(2026, 3, 2), ends=date(2026, 3, 6),
        completed=date(2026, 3, 6), issued=date(2026, 3, 9), minutes=2400, logo=logo,
        areas=(("Legal Studies", 390), ("Skill Development", 2010)),
        signers=(Signer("Robert Mbeki", "Coordinator", first), Signer("Ewa Nowak", "", second)),
        provider="Central Academy is a POST Approved Provider", control_number="26-1184",
    )  # fmt: skip
    return [
        replace(
            base,
            recipient=f"{NAMES[number % len(NAMES)]} {number}",
            number=f"HL-2026-{number:04}",
            code=_digest(number)[:5] + "-" + _digest(number)[5:10],
            proof="CIT1." + _digest(number) * 3,
        )
        for number in range(many)
    ], images


def per_second(count: int, work: Callable[[], object]) -> float:
    """How many are done in a second of the processor, whatever else it has to do."""
    start = time.process_time()
    work()
    return count / (time.process_time() - start)


def warm(
    people: list[CertificateSnapshot],
    images: dict[str, bytes],
    work: Callable[[CertificateSnapshot, dict[str, bytes]], object],
) -> float:
    """Milliseconds for one certificate in a program that drew some before; the median."""
    times = []
    for person in people[:15]:
        start = time.process_time()
        work(person, images)
        times.append((time.process_time() - start) * 1000)
    return statistics.median(times)


def draw_alone(person: CertificateSnapshot, images: dict[str, bytes]) -> object:
    """A file of one."""
    return draw_certificates([person], images)


def show(person: CertificateSnapshot, images: dict[str, bytes]) -> object:
    """A picture of one, as wide as the designer shows it."""
    return picture(person, images, 840)


def memory() -> float:
    """The most memory so far, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def plain(people: list[CertificateSnapshot], images: dict[str, bytes]) -> bytes:
    """The same pages by the plain way: no form, no picture kept, reportlab's own QR code."""
    buffer = io.BytesIO()
    canvas = new_canvas(buffer, "Certificates", "Chapter", "Course", date(2026, 3, 9))
    for person in people:
        _plain_page(canvas, compose(person), images)
        canvas.showPage()
    canvas.save()
    return buffer.getvalue()


def _plain_page(canvas: object, page: Page, images: dict[str, bytes]) -> None:
    canvas.setPageSize((page.width, page.height))
    beneath = TEMPLATES[page.template].art
    if beneath:
        canvas.addLiteral(beneath(page.width, page.height, page.palette))
    for element in page.elements:
        match element:
            case Line():
                canvas.setFillColor(element.color)
                canvas.setFont(element.face.value, element.size)
                place = (element.left, element.baseline)
                canvas.drawString(*place, element.text, charSpace=element.tracking)
            case Picture():
                left, bottom, right, top = element.box
                reader = ImageReader(io.BytesIO(images[element.sha256]))
                canvas.drawImage(
                    reader, left, bottom, right - left, top - bottom,
                    mask="auto", preserveAspectRatio=True,
                )  # fmt: skip
            case Stroke():
                canvas.setStrokeColor(element.color)
                canvas.line(element.left, element.y, element.right, element.y)
            case Medal():
                rosette = engraving.rosette(36, 0.86, 24, 6)
                canvas.addLiteral(f"q {numbers(element.color)} RG {rosette} Q")
            case Code():
                side = element.box.right - element.box.left
                widget = QrCodeWidget(element.text, barWidth=side, barHeight=side, barLevel="L")
                drawing = Drawing(side, side)
                drawing.add(widget)
                renderPDF.draw(drawing, canvas, element.box.left, element.box.bottom)


def _digest(number: int) -> str:
    return base64.b32encode(hashlib.sha512(str(number).encode()).digest()).decode().rstrip("=")


def _logo() -> bytes:
    picture = Image.new("RGBA", (600, 600), (0, 0, 0, 0))
    pen = ImageDraw.Draw(picture)
    pen.ellipse((10, 10, 590, 590), fill=(16, 60, 90, 255))
    pen.polygon([(300, 90), (480, 170), (300, 510), (120, 170)], fill=(240, 240, 235, 255))
    return _png(picture)


def _signature(kind: int) -> bytes:
    picture = Image.new("RGBA", (700, 200), (0, 0, 0, 0))
    points = [
        (40 + step * 3.1, 110 - 60 * math.sin(step / (7 + kind)) * math.cos(step / (23 - kind)))
        for step in range(200)
    ]
    ImageDraw.Draw(picture).line(points, fill=(20, 25, 90, 255), width=6)
    return _png(picture)


def _png(picture: Image.Image) -> bytes:
    buffer = io.BytesIO()
    picture.save(buffer, "PNG")
    return buffer.getvalue()


if __name__ == "__main__":
    main()
