"""Printers for tests: they write a file, and one of them passes for paper."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtPrintSupport import QPrinter


def file_printer(path: Path) -> QPrinter:
    """What the dialog gives when somebody chooses to print to a file."""
    return _writing(QPrinter(), path)


def paper_printer(path: Path) -> QPrinter:
    """A printer as the system has them; what would be on paper is in a file."""
    return _writing(Paper(), path)


class Paper(QPrinter):
    """Says of itself that it takes the printer's own language."""

    def outputFormat(self) -> QPrinter.OutputFormat:
        return QPrinter.OutputFormat.NativeFormat


def _writing(printer: QPrinter, path: Path) -> QPrinter:
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(path))
    printer.setResolution(72)
    return printer
