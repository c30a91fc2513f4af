import io

import pytest
from PySide6.QtCore import QPoint, QPointF, QSizeF, Qt
from PySide6.QtGui import QPageLayout, QPageRanges, QWheelEvent
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QApplication
from reportlab.pdfgen.canvas import Canvas

from cit_desktop.errors import FileProblem
from ui import theme
from ui.widgets.pdf_pages import KEPT, PdfPages
from ui.widgets.pdf_preview import PdfPreview
from ui.widgets.pdf_printing import fit_paper


def document(pages=3, size=(792, 612)):
    stream = io.BytesIO()
    canvas = Canvas(stream, pagesize=size)
    for _ in range(pages):
        canvas.setFillColorRGB(1, 0, 0)
        canvas.rect(0, 0, size[0] / 2, size[1], stroke=0, fill=1)
        canvas.showPage()
    canvas.save()
    return stream.getvalue()


@pytest.fixture
def preview(qtbot):
    made = PdfPreview()
    qtbot.addWidget(made)
    made.resize(800, 600)
    made.show()
    made.load(document(), "Certificates")
    return made


def test_pages_are_pictures_of_their_size_and_colors(qapp):
    pages = PdfPages(document())
    image = pages.image(0, 0.5)
    assert (pages.count(), image.width(), image.height()) == (3, 396, 306)
    assert image.pixelColor(50, 100).name() == "#ff0000"
    assert image.pixelColor(350, 100).name() == "#ffffff"
    pages.close()


def test_only_the_last_pictures_are_kept(qapp):
    pages = PdfPages(document(KEPT + 3, (72, 72)))
    for number in range(KEPT + 3):
        pages.image(number, 1)
    assert len(pages._images) == KEPT
    assert pages.image(KEPT, 1) is pages.image(KEPT, 1)
    pages.close()


def test_a_file_is_shown_as_well(qapp, tmp_path):
    path = tmp_path / "Nguyễn certificate.pdf"
    path.write_bytes(document(1))
    pages = PdfPages(path)
    assert pages.count() == 1
    pages.close()


@pytest.mark.parametrize("content", [b"", b"no pdf at all", b"%PDF-1.4 broken"])
def test_what_is_no_document_is_refused_with_a_hint(qapp, content):
    with pytest.raises(FileProblem) as caught:
        PdfPages(content)
    assert caught.value.hint


def test_a_missing_file_is_refused_with_a_hint(qapp, tmp_path):
    with pytest.raises(FileProblem):
        PdfPages(tmp_path / "gone.pdf")


def test_it_opens_with_the_whole_first_page_in_sight(preview):
    assert preview.place.text() == "Page 1 of 3"
    size = preview.sheets.pages.sizes[0]
    assert size.height() * preview.sheets.zoom <= preview.sheets.viewport().height()
    assert size.width() * preview.sheets.zoom <= preview.sheets.viewport().width()


def test_the_sheet_is_drawn_on_the_ground(preview):
    image = preview.sheets.viewport().grab().toImage()
    sheet = preview.sheets._sheet(0, preview.sheets.pages.sizes[0])
    middle = round(sheet.center().y())
    assert image.pixelColor(round(sheet.left()) + 20, middle).name() == "#ff0000"
    assert image.pixelColor(round(sheet.right()) - 20, middle).name() == "#ffffff"
    assert image.pixelColor(3, middle) == theme.LIGHT.background


def test_one_can_go_from_page_to_page(preview, qtbot):
    qtbot.mouseClick(preview.next, Qt.MouseButton.LeftButton)
    assert preview.place.text() == "Page 2 of 3"
    qtbot.mouseClick(preview.previous, Qt.MouseButton.LeftButton)
    qtbot.mouseClick(preview.previous, Qt.MouseButton.LeftButton)
    assert preview.place.text() == "Page 1 of 3"
    preview.sheets.go_to(99)
    assert preview.place.text() == "Page 1 of 3"


def test_zooming_stays_on_the_page(preview, qtbot):
    preview.sheets.go_to(2)
    before = preview.sheets.zoom
    qtbot.mouseClick(preview.larger, Qt.MouseButton.LeftButton)
    assert preview.sheets.zoom == pytest.approx(before * 1.25)
    assert preview.place.text() == "Page 3 of 3"
    qtbot.mouseClick(preview.whole, Qt.MouseButton.LeftButton)
    assert preview.sheets.zoom == pytest.approx(before)


def test_zoom_has_limits(preview):
    preview.sheets.set_zoom(99)
    assert preview.sheets.zoom == 6
    preview.sheets.set_zoom(0)
    assert preview.sheets.zoom == 0.1


def turn(preview, modifiers):
    view = preview.sheets.viewport()
    place = QPointF(50, 50)
    turned = QWheelEvent(
        place,
        QPointF(view.mapToGlobal(QPoint(50, 50))),
        QPoint(0, 0),
        QPoint(0, 120),
        Qt.MouseButton.NoButton,
        modifiers,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(view, turned)


def test_ctrl_and_the_wheel_zoom(preview):
    before = preview.sheets.zoom
    turn(preview, Qt.KeyboardModifier.NoModifier)
    assert preview.sheets.zoom == before
    turn(preview, Qt.KeyboardModifier.ControlModifier)
    assert preview.sheets.zoom > before


def test_a_fitting_page_fits_after_the_window_changed(preview):
    before = preview.sheets.zoom
    preview.resize(500, 400)
    QApplication.processEvents()
    assert preview.sheets.zoom < before


def test_nothing_to_show_offers_nothing_to_do(preview):
    preview.clear()
    assert preview.place.text() == ""
    buttons = (preview.next, preview.larger, preview.print_button)
    assert not any(made.isEnabled() for made in buttons)
    preview.print_on(QPrinter())
    preview.load(document(1))
    assert preview.print_button.isEnabled()


def test_a_bad_document_leaves_the_shown_one(preview):
    with pytest.raises(FileProblem):
        preview.load(b"no pdf")
    assert preview.place.text() == "Page 1 of 3"


def to_file(path):
    printer = QPrinter()
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(path))
    printer.setResolution(72)
    return printer


def test_printing_puts_every_page_on_paper_in_its_size(preview, qtbot, tmp_path):
    printer = to_file(tmp_path / "out.pdf")
    fit_paper(printer, preview.sheets.pages.sizes[0])
    with qtbot.waitSignal(preview.printed) as blocker:
        preview.print_on(printer)
    assert blocker.args == [[0, 1, 2]]
    printed = PdfPages(tmp_path / "out.pdf")
    assert printed.count() == 3
    assert printed.sizes[0].width() == pytest.approx(792, abs=1)
    image = printed.image(0, 0.25)
    assert image.pixelColor(20, 80).name() == "#ff0000"
    assert image.pixelColor(170, 80).name() == "#ffffff"
    printed.close()


def test_a_range_of_pages_can_be_printed(preview, qtbot, tmp_path):
    printer = to_file(tmp_path / "out.pdf")
    printer.setPageRanges(QPageRanges.fromString("2-3"))
    with qtbot.waitSignal(preview.printed) as blocker:
        preview.print_on(printer)
    assert blocker.args == [[1, 2]]


@pytest.mark.parametrize(
    ("size", "way"),
    [
        (QSizeF(792, 612), QPageLayout.Orientation.Landscape),
        (QSizeF(612, 792), QPageLayout.Orientation.Portrait),
    ],
)
def test_paper_lies_or_stands_as_the_document_does(qapp, tmp_path, size, way):
    printer = to_file(tmp_path / "out.pdf")
    fit_paper(printer, size)
    assert printer.pageLayout().orientation() == way
    assert printer.pageLayout().pageSize().sizePoints().width() == 612
