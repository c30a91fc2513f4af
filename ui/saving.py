"""Saving what was made: asking where to, the work itself, and saying how it went."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Qt, QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QDialog, QFileDialog, QWidget

from cit_desktop import paths
from cit_desktop.progress import Progress
from ui import format as fmt
from ui.context import Context
from ui.jobs import Job
from ui.receiving import while_alive

OPENABLE = frozenset({".pdf", ".xlsx", ".csv"})
_KINDS = {
    ".pdf": "PDF document (*.pdf)",
    ".xlsx": "Excel workbook (*.xlsx)",
    ".csv": "Comma-separated values (*.csv)",
    ".html": "Web page (*.html)",
}
_FOLDER = "saving/folder"

Make = Callable[[Progress], bytes]
WriteEach = Callable[[Path, Callable[[Path], object], Progress], object]


@dataclass(frozen=True)
class Saved:
    """How saving went.

    Attributes:
        paths: What was written, in order.
        text: The sentence to show.
        whole: False when it was cancelled or failed halfway.
    """

    paths: tuple[Path, ...]
    text: str
    whole: bool = True


Then = Callable[[Saved], object]


class FileDialogs:
    """The system's own dialogs, opened without blocking; tests answer in their place."""

    def save(
        self, parent: QWidget, title: str, suggested: Path, chosen: Callable[[Path], object]
    ) -> None:
        """Ask for a file to write; the dialog itself asks before one is replaced."""
        dialog = QFileDialog(parent, title, str(suggested.parent), _KINDS[suggested.suffix])
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix(suggested.suffix[1:])
        dialog.selectFile(suggested.name)
        self._open(dialog, chosen)

    def folder(
        self, parent: QWidget, title: str, start: Path, chosen: Callable[[Path], object]
    ) -> None:
        """Ask for a folder."""
        dialog = QFileDialog(parent, title, str(start))
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.setOption(QFileDialog.Option.ShowDirsOnly)
        self._open(dialog, chosen)

    def _open(self, dialog: QFileDialog, chosen: Callable[[Path], object]) -> None:
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(lambda text: chosen(Path(text)))
        QDialog.open(dialog)  # QFileDialog's own wants an old-style slot


class Opener:
    """Opens documents, and their folders, that this program has written since it started."""

    def __init__(self, open_url: Callable[[QUrl], bool] = QDesktopServices.openUrl) -> None:
        self._open_url = open_url
        self._written: set[Path] = set()

    def add(self, written: Iterable[Path]) -> None:
        """These files were written just now."""
        self._written.update(path.resolve() for path in written)

    def open(self, path: Path) -> bool:
        """Show a document in the program that is made for it; false when it may not or cannot."""
        found = path.resolve()
        known = found in self._written and found.suffix.lower() in OPENABLE and found.is_file()
        return known and self._open_url(QUrl.fromLocalFile(str(found)))

    def open_folder(self, path: Path) -> bool:
        """Show the folder that a written file is in."""
        found = path.resolve()
        known = found in self._written and found.parent.is_dir()
        return known and self._open_url(QUrl.fromLocalFile(str(found.parent)))


class Saver(QObject):
    """Asks where to save, writes on the job thread, and tells what was written.

    Refusals and files that cannot be written are told by the commands, as of any other work.
    """

    saved = Signal(object)  # Saved

    def __init__(
        self,
        context: Context,
        parent: QWidget,
        dialogs: FileDialogs | None = None,
        opener: Opener | None = None,
    ) -> None:
        super().__init__(parent)
        self._context = context
        self._parent = parent
        self.dialogs = dialogs or FileDialogs()
        self.opener = opener or Opener()

    def save_file(
        self,
        label: str,
        name: str,
        suffix: str,
        make: Make,
        note: str = "",
        then: Then | None = None,
        parent: QWidget | None = None,
    ) -> None:
        """Ask for a place and write what ``make`` gives there, whole or not at all.

        Args:
            label: What the work is called: "Save class roster".
            name: The name to offer, which need not be fit for a file.
            note: Added to the sentence that tells of it.
            then: Called when it was written.
            parent: The window that asks, where it is not that of the page.
        """
        from cit_desktop.exports import files

        suggested = self.folder() / (files.safe_name(name) + suffix)

        def chosen(path: Path) -> None:
            self._write_file(label, _with_suffix(path, suffix), make, note, then)

        self.dialogs.save(parent or self._parent, label, suggested, chosen)

    def save_each(
        self, label: str, write: WriteEach, what: tuple[str, str], then: Then | None = None
    ) -> None:
        """Ask for a folder and let ``write`` put files into it, which it tells one by one.

        Args:
            what: What one file and several files hold: "certificate", "certificates".
            then: Called when it is over, also where only some were written.
        """

        def chosen(folder: Path) -> None:
            self._write_each(label, folder, write, what, then)

        self.dialogs.folder(self._parent, label, self.folder(), chosen)

    def folder(self) -> Path:
        """Where files were saved last, or the documents of the program."""
        last = Path(self._context.preferences.get(_FOLDER, "") or paths.documents_folder())
        return last if last.is_dir() else Path.home()

    def _write_file(self, label: str, path: Path, make: Make, note: str, then: Then | None) -> None:
        from cit_desktop.exports import files

        def work(progress: Progress) -> Path:
            files.write_bytes(path, make(progress))
            return path

        job = self._run(label, work)
        text = f"Saved “{path.name}” in {path.parent.name or path.parent}. {note}".strip()
        job.done.connect(while_alive(self, lambda _path: self._tell(Saved((path,), text), then)))

    def _write_each(
        self,
        label: str,
        folder: Path,
        write: WriteEach,
        what: tuple[str, str],
        then: Then | None,
    ) -> None:
        written: list[Path] = []
        job = self._run(label, lambda progress: write(folder, written.append, progress))
        place = folder.name or str(folder)

        def say(start: str, whole: bool) -> None:
            if written or whole:
                text = f"{start}{fmt.plural(len(written), *what)} saved in {place}."
                self._tell(Saved(tuple(written), text, whole), then)

        job.done.connect(while_alive(self, lambda _value: say("", True)))
        job.cancelled.connect(while_alive(self, lambda: say("Cancelled: ", False)))
        job.failed.connect(while_alive(self, lambda _error: say("Stopped halfway: ", False)))

    def _run(self, label: str, work: Callable[..., Any]) -> Job:
        return self._context.commands.run(label, work, wants_progress=True)

    def _tell(self, saved: Saved, then: Then | None) -> None:
        self.opener.add(saved.paths)
        if saved.paths:
            self._context.preferences.set(_FOLDER, str(saved.paths[0].parent))
        self.saved.emit(saved)
        if then is not None:
            then(saved)


def _with_suffix(path: Path, suffix: str) -> Path:
    """The path with its ending; where that is another file, a name that is still free."""
    from cit_desktop.exports import files

    if path.suffix.lower() == suffix:
        return path
    return files.FreeNames(path.parent).path(path.name, suffix)
