"""Settings of those who sign certificates, and of the logo."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QGridLayout, QLineEdit, QWidget
from typing_extensions import override

from cit_desktop.errors import FileProblem
from cit_desktop.services import chapters
from cit_desktop.services.chapters import ChapterView, SignerDraft
from ui import theme
from ui.context import Context
from ui.pages.settings.picture import MOST, PictureField, media_type
from ui.pages.settings.section import Section, card
from ui.widgets.button import button, icon_button
from ui.widgets.label import TextLabel

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from cit_desktop.journal import Changes

MOST_SIGNERS = 4
_SIGNERS = (
    "Their names and titles stand on new certificates from left to right. Those that were issued "
    "keep who signed them."
)
_LOGO = "PNG or JPEG, up to 5 MB. It stands on new certificates and sign-in sheets."


def sign_with(
    session: Session, chapter_id: int, drafts: Sequence[SignerDraft], place: int, picture: Any
) -> None:
    """Keep a picture and give it to one of those who sign."""
    asset_id = chapters.add_asset(session, *picture)
    signers = list(drafts)
    signers[place] = replace(signers[place], signature_id=asset_id)
    chapters.set_signers(session, chapter_id, signers)


def put_logo(session: Session, chapter_id: int, picture: Any) -> None:
    """Keep a picture and make it the logo."""
    chapters.set_logo(session, chapter_id, chapters.add_asset(session, *picture))


class SignersSection(Section):
    """Who signs, in order, with signatures; and the logo."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self.chapter: ChapterView | None = None
        self.names: list[QLineEdit] = []
        self.titles: list[QLineEdit] = []
        self.signatures: list[PictureField] = []
        self.ups: list[QWidget] = []
        self.removers: list[QWidget] = []
        signers = card("Who signs certificates", _SIGNERS)
        self.grid = QGridLayout()
        self.grid.setHorizontalSpacing(12)
        self.grid.setVerticalSpacing(8)
        self.grid.setColumnStretch(0, 3)
        self.grid.setColumnStretch(1, 3)
        for place, title in enumerate(("Name", "Title", "Signature")):
            self.grid.addWidget(TextLabel(title, role="soft", points=theme.SMALL), 0, place)
        signers.body.addLayout(self.grid)
        self.add_button = button("&Add somebody who signs", self._add, icon="plus")
        signers.body.addSpacing(6)
        signers.body.addWidget(self.add_button, 0, Qt.AlignmentFlag.AlignLeft)
        for place in range(MOST_SIGNERS):
            self._build_row(place)
        logo = card("Logo", _LOGO)
        self.logo = PictureField("the logo", QSize(150, 96))
        self.logo.picked.connect(self._pick_logo)
        self.logo.removed.connect(self._remove_logo)
        logo.body.addWidget(self.logo)
        self.column.addWidget(signers)
        self.column.addWidget(logo)
        self.column.addStretch(1)

    def _build_row(self, place: int) -> None:
        name, title = QLineEdit(), QLineEdit(placeholderText="Title, such as Coordinator")
        name.setAccessibleName(f"Name of signer {place + 1}")
        title.setAccessibleName(f"Title of signer {place + 1}")
        signature = PictureField(f"the signature of signer {place + 1}", QSize(150, 44))
        up = icon_button("up", f"Move signer {place + 1} to the left", partial(self._up, place))
        gone = icon_button("close", f"Remove signer {place + 1}", partial(self._remove, place))
        for field in (name, title):
            field.editingFinished.connect(self._keep)
        signature.picked.connect(partial(self._pick, place))
        signature.removed.connect(partial(self._unsign, place))
        for column, widget in enumerate((name, title, signature, up, gone)):
            self.grid.addWidget(widget, place + 1, column)
        self.names.append(name)
        self.titles.append(title)
        self.signatures.append(signature)
        self.ups.append(up)
        self.removers.append(gone)

    @override
    def refresh(self, changes: Changes | None) -> None:
        with self.context.db.read() as session:
            self.chapter = chapters.current(session)
            signers = self.chapter.signers if self.chapter is not None else ()
            wanted = {s.signature_id for s in signers if s.signature_id is not None}
            logo_id = self.chapter.logo_id if self.chapter is not None else None
            wanted |= {logo_id} if logo_id is not None else set()
            data = {key: chapters.asset(session, key).data for key in wanted}
        for place in range(MOST_SIGNERS):
            signer = signers[place] if place < len(signers) else None
            self.names[place].setText(signer.name if signer else "")
            self.titles[place].setText(signer.title if signer else "")
            picture = data.get(signer.signature_id or 0, b"") if signer else b""
            self.signatures[place].show_data(picture)
            self.ups[place].setEnabled(place > 0)
        self._show_rows(max(1, len(signers)))
        self.logo.show_data(data.get(logo_id or 0, b""))
        self.setEnabled(self.chapter is not None and not self.context.db.readonly)

    def _show_rows(self, count: int) -> None:
        self.shown = min(count, MOST_SIGNERS)
        for place in range(MOST_SIGNERS):
            for widgets in (self.names, self.titles, self.signatures, self.ups, self.removers):
                widgets[place].setVisible(place < self.shown)
        self.add_button.setVisible(self.shown < MOST_SIGNERS)

    def drafts(self) -> list[SignerDraft]:
        """Those who sign, as the fields say."""
        known = self.chapter.signers if self.chapter is not None else ()
        found = []
        for place in range(self.shown):
            signature = known[place].signature_id if place < len(known) else None
            name, title = self.names[place].text().strip(), self.titles[place].text().strip()
            if name or title:
                found.append(SignerDraft(name, title, signature))
        return found

    def _stored(self) -> list[SignerDraft]:
        known = self.chapter.signers if self.chapter is not None else ()
        return [SignerDraft(s.name, s.title, s.signature_id) for s in known]

    def _keep(self) -> None:
        drafts = self.drafts()
        unnamed = any(not draft.name for draft in drafts)
        if self.chapter is None or drafts == self._stored() or unnamed:
            return  # a title alone waits for its name
        self.act("Change who signs", chapters.set_signers, self.chapter.id, drafts)

    def _set(self, label: str, drafts: Sequence[SignerDraft]) -> None:
        if self.chapter is not None:
            self.act(label, chapters.set_signers, self.chapter.id, drafts)

    def _add(self) -> None:
        self._show_rows(self.shown + 1)
        self.names[self.shown - 1].setFocus()

    def _up(self, place: int) -> None:
        drafts = self._stored()
        if 0 < place < len(drafts):
            drafts.insert(place - 1, drafts.pop(place))
            self._set("Change the order of signing", drafts)

    def _remove(self, place: int) -> None:
        drafts = self._stored()
        if place >= len(drafts):
            self.refresh(None)
            return
        gone = drafts.pop(place)
        self._set("Remove who signs", drafts)
        self.done.emit(f"{gone.name} no longer signs certificates.")

    def _unsign(self, place: int) -> None:
        drafts = self._stored()
        if place < len(drafts):
            drafts[place] = replace(drafts[place], signature_id=None)
            self._set("Remove signature", drafts)
            self.done.emit(f"The signature of {drafts[place].name} was removed.")

    def _pick(self, place: int, path: Path) -> None:
        picture = self._read(path)
        if picture is None or self.chapter is None:
            return
        if place >= len(self._stored()):
            self.said.emit("Type the name of whoever signs first.", "care")
            return
        args = (self.chapter.id, self._stored(), place, picture)
        self.act("Choose signature", sign_with, *args)

    def _pick_logo(self, path: Path) -> None:
        picture = self._read(path)
        if picture is not None and self.chapter is not None:
            self.act("Choose logo", put_logo, self.chapter.id, picture)

    def _remove_logo(self) -> None:
        if self.chapter is not None:
            self.act("Remove logo", chapters.set_logo, self.chapter.id, None)
            self.done.emit("The logo was removed. Certificates that were issued keep it.")

    def _read(self, path: Path) -> tuple[bytes, str, str] | None:
        try:
            with path.open("rb") as file:
                return file.read(MOST), media_type(path), path.name
        except OSError as error:
            sentence = f"“{path.name}” cannot be read: {error.strerror}."
            self.refused.emit(FileProblem(sentence, "Choose another picture."))
            return None
