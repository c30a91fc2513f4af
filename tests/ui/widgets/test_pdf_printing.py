import io

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QPageRanges, qGray
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QPushButton
from reportlab.pdfgen.canvas import Canvas

from cit_desktop.exports.certificate_pdf import draw_certificates
from tests.exports.certificate_contents import short
from ui.widgets.pdf_pages import PdfPages
from ui.widgets.pdf_preview import PdfPreview
from ui.widgets.pdf_printing import Printing, copies, fit_paper, wanted_pages

SHADES = ("#ff0000", "#00ff00", "#0000ff", "#ffff00")
NARROWEST = 416  # the pane of a class in a window of 1280


def document(shades=SHADES, sizes=()):
    stream = io.BytesIO()
    canvas = Canvas(stream, pagesize=(792, 612))
    for place, shade in enumerate(shades):
        across, up = sizes[place] if sizes else (792, 612)
        canvas.setPageSize((across, up))
        canvas.setFillColor(shade)
        canvas.rect(0, 0, across, up, stroke=0, fill=1)
        canvas.showPage()
    canvas.save()
    return stream.getvalue()


def shades_of(path):
    pages = PdfPages(path)
    found = [pages.image(n, 0.1).pixelColor(39, 30).name() for n in range(pages.count())]
    pages.close()
    return found


@pytest.fixture
def out(tmp_path):
    return tmp_path / "out.pdf"


@pytest.fixture
def printer(qapp, out):
    made = QPrinter()
    made.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    made.setOutputFileName(str(out))
    made.setResolution(72)
    return made


@pytest.fixture
def preview(qtbot):
    made = PdfPreview()
    qtbot.addWidget(made)
    made.resize(800, 600)
    made.show()
    made.load(document(), "Certificates")
    return made


def test_without_a_range_every_page_prints(printer):
    assert wanted_pages(printer, 3) == [0, 1, 2]


def test_only_the_pages_asked_for_print(printer):
    ranges = QPageRanges()
    ranges.addRange(1, 2)
    ranges.addPage(4)
    printer.setPageRanges(ranges)
    assert wanted_pages(printer, 6) == [0, 1, 3]


def test_the_current_page_can_print_alone(printer):
    printer.setPrintRange(QPrinter.PrintRange.CurrentPage)
    assert wanted_pages(printer, 6, current=4) == [4]


def test_the_last_page_can_come_first(printer):
    printer.setPageOrder(QPrinter.PageOrder.LastPageFirst)
    assert wanted_pages(printer, 3) == [2, 1, 0]


def test_copies_are_collated_where_the_printer_cannot_make_them(printer):
    assert not printer.supportsMultipleCopies()
    printer.setCopyCount(2)
    printer.setCollateCopies(True)
    assert copies(printer, [0, 1]) == [0, 1, 0, 1]
    printer.setCollateCopies(False)
    assert copies(printer, [0, 1]) == [0, 0, 1, 1]


def test_the_paper_holds_just_the_pages_of_the_range(preview, printer, qtbot, out):
    printer.setFromTo(2, 3)
    with qtbot.waitSignal(preview.printed) as blocker:
        preview.print_on(printer)
    assert blocker.args == [[1, 2]]
    assert shades_of(out) == ["#00ff00", "#0000ff"]


def test_two_copies_are_two_papers_but_one_page_each(preview, printer, qtbot, out):
    printer.setFromTo(1, 1)
    printer.setCopyCount(2)
    with qtbot.waitSignal(preview.printed) as blocker:
        preview.print_on(printer)
    assert blocker.args == [[0]]
    assert shades_of(out) == ["#ff0000", "#ff0000"]


def test_the_bar_says_how_far_printing_is(preview, printer, qtbot):
    said = []
    preview.print_on(printer)
    preview.printing.progressed.connect(lambda *_: said.append(preview.place.text()))
    assert preview.cancel_button.isVisible()
    assert not preview.print_button.isEnabled()
    fits = preview.bar.minimumSize().width() <= NARROWEST
    with qtbot.waitSignal(preview.printed):
        pass
    assert said == [f"Printing page {n} of 4" for n in range(1, 5)]
    assert fits
    qtbot.waitUntil(lambda: preview.place.text() == "Page 1 of 4")
    assert not preview.cancel_button.isVisible()
    assert preview.print_button.isEnabled()


def test_printing_can_be_stopped(preview, printer, qtbot):
    preview.print_on(printer)
    printing = preview.printing
    printed = []
    preview.printed.connect(printed.append)
    with qtbot.waitSignal(printing.progressed):
        pass
    with qtbot.waitSignal(printing.cancelled):
        qtbot.mouseClick(preview.cancel_button, Qt.MouseButton.LeftButton)
    assert printed == []
    assert preview.printing is None


def test_a_document_shown_meanwhile_does_not_disturb_the_paper(preview, printer, qtbot, out):
    preview.print_on(printer)
    preview.load(document(("#000000",)), "Another")
    with qtbot.waitSignal(preview.printed):
        pass
    assert shades_of(out) == list(SHADES)
    assert preview.sheets.pages.count() == 1


def test_a_printer_that_does_not_answer_is_told(qapp, qtbot, printer):
    pages = PdfPages(document())
    printer.setFromTo(9, 9)
    printing = Printing(pages, printer)
    with qtbot.waitSignal(printing.failed) as blocker:
        printing.start()
    assert blocker.args[0].message.startswith("Nothing was printed")
    pages.close()


def test_print_asks_for_a_printer_and_prints_on_it(preview, qtbot, out, monkeypatch):
    qtbot.mouseClick(preview.print_button, Qt.MouseButton.LeftButton)
    dialog = preview.dialog
    assert isinstance(dialog, QPrintDialog)
    assert (dialog.minPage(), dialog.maxPage()) == (1, 4)
    assert (dialog.fromPage(), dialog.toPage()) == (1, 4)
    printer = dialog.printer()
    assert printer.docName() == "Certificates"
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(out))
    printer.setResolution(72)
    with qtbot.waitSignal(preview.printed):
        dialog.done(QPrintDialog.DialogCode.Accepted)
    assert len(shades_of(out)) == 4


def test_whoever_asks_first_is_told_that_print_was_pressed(qtbot):
    preview = PdfPreview(asks_first=True)
    qtbot.addWidget(preview)
    preview.show()
    preview.load(document())
    with qtbot.waitSignal(preview.print_requested):
        qtbot.mouseClick(preview.print_button, Qt.MouseButton.LeftButton)
    assert not hasattr(preview, "dialog")


def test_a_draft_is_marked_and_cannot_be_printed(preview):
    white = document(("#ffffff",))
    preview.load(white, "Certificate")
    plain = preview.sheets.viewport().grab().toImage()
    preview.load(white, "Draft", "Draft")
    marked = preview.sheets.viewport().grab().toImage()
    assert plain != marked
    assert not preview.print_button.isEnabled()
    preview.ask_printer()
    assert not hasattr(preview, "dialog")
    preview.load(white, "Certificate")
    assert preview.print_button.isEnabled()


def test_one_page_needs_no_turning(preview):
    preview.load(document(("#ffffff",)))
    assert not any(part.isVisible() for part in (preview.previous, preview.next, preview.place))
    preview.load(document())
    assert all(part.isVisible() for part in (preview.previous, preview.next, preview.place))


def test_keys_turn_pages_and_zoom(preview, qtbot):
    for key, page in (
        (Qt.Key.Key_PageDown, 1),
        (Qt.Key.Key_End, 3),
        (Qt.Key.Key_PageDown, 3),
        (Qt.Key.Key_PageUp, 2),
        (Qt.Key.Key_Home, 0),
    ):
        qtbot.keyClick(preview.sheets, key)
        assert preview.sheets.current_page() == page
    before = preview.sheets.zoom
    qtbot.keyClick(preview.sheets, Qt.Key.Key_Plus)
    assert preview.sheets.zoom > before
    qtbot.keyClick(preview.sheets, Qt.Key.Key_Minus)
    assert preview.sheets.zoom == pytest.approx(before)


def test_every_button_of_the_bar_can_be_reached_and_named(preview):
    for made in preview.findChildren(QPushButton):
        assert made.focusPolicy() & Qt.FocusPolicy.TabFocus
        assert made.accessibleName() or made.text()


@pytest.mark.parametrize("paper", ["letter", "a4"])
def test_the_paper_looks_as_the_preview_did(preview, printer, qtbot, out, paper):
    preview.load(draw_certificates([short("modern", paper)], {}), "Certificate")
    fit_paper(printer, preview.sheets.pages.sizes[0])
    with qtbot.waitSignal(preview.printed):
        preview.print_on(printer)
    printed = PdfPages(out)
    assert printed.sizes[0].toSize() == preview.sheets.pages.sizes[0].toSize()
    seen, drawn = (preview.sheets.pages.image(0, 0.5), printed.image(0, 0.5))
    printed.close()
    places = [(x, y) for x in range(0, seen.width(), 3) for y in range(0, seen.height(), 3)]
    apart = [abs(_gray(seen, *at) - _gray(drawn, *at)) for at in places]
    assert sum(apart) / len(apart) < 4


def test_a_lying_page_among_standing_ones_is_turned_and_not_made_smaller(
    preview, printer, qtbot, out
):
    preview.load(document(SHADES[:2], [(612, 792), (792, 612)]), "Sign-in sheets")
    fit_paper(printer, preview.sheets.pages.sizes[0])
    with qtbot.waitSignal(preview.printed):
        preview.print_on(printer)
    printed = PdfPages(out)
    image = printed.image(1, 0.5)
    printed.close()
    assert image.height() > image.width()
    for x, y in ((4, 4), (image.width() - 5, image.height() - 5)):
        assert image.pixelColor(x, y).name() == SHADES[1]


def _gray(image, x, y):
    return qGray(image.pixel(x, y))
