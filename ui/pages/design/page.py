"""Design of certificates: all of it in one form, with a sample that follows, saved at once."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from PySide6.QtCore import QTimer
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QSplitter, QWidget
from typing_extensions import override

from cit_desktop.documents import design as certificate_design
from cit_desktop.documents.design import Design
from cit_desktop.errors import CitError, FileProblem, Refused
from cit_desktop.services import assets, certificate_designs, chapters
from ui import errors
from ui.context import Context
from ui.pages.design import draft as drafts
from ui.pages.design.draft import Draft
from ui.pages.design.form import DesignForm
from ui.pages.design.preview import DesignPreview
from ui.pages.settings.picture import MOST, media_type
from ui.pages.settings.section import scrolling
from ui.receiving import while_alive
from ui.saving import FileDialogs, Saver
from ui.widgets.button import button
from ui.widgets.page import Page
from ui.widgets.saved_banner import SavedBanner
from ui.work import certificate_design_work as work
from ui.work.certificate_design_work import Asked, Seal

if TYPE_CHECKING:
    from cit_desktop.journal import Changes

_SUBTITLE = "New certificates look like this; those that were issued stay as they are"
_BAR = 14  # the scroll bar
_CHANGED = "Not saved yet"
_HERE_AGAIN = "What was changed here and not saved is here again. Save it, or discard the changes."
_KEEP_MS = 300
_MEND = "The picture follows once what is marked is corrected."


class DesignPage(Page):
    """How certificates of the chapter look from now on.

    Attributes:
        stored: The design as it is kept.
    """

    watches: ClassVar[frozenset[str]] = frozenset({"chapter", "setting", "signer", "asset"})
    help_topic: ClassVar[str] = "design"

    def __init__(
        self,
        context: Context,
        dialogs: FileDialogs | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__("Design of certificates", parent)
        self.context = context
        self.stored = Design()
        self._chapter_id = 0
        self._chapter = ""  # its uid
        self._seal: Seal | None = None
        self._seal_path: Path | None = None
        self._draft = QTimer(self, singleShot=True, interval=_KEEP_MS)
        self._draft.timeout.connect(self._keep_draft)
        self.saver = Saver(context, self, dialogs)
        self.saved_banner = SavedBanner(self.saver.opener, gap=10)
        self.column.insertWidget(self.column.indexOf(self.undo_banner), self.saved_banner)
        self.form, self.preview = DesignForm(), DesignPreview(context)
        self.area = scrolling(self.form)
        self.back = button("Settings", lambda: self.go.emit("settings", "certificates"))
        self.back.setAccessibleName("Back to the settings")
        self.usual = button("Use the usual desig&n", self._reset)
        self.discard = button("Dis&card changes", self._discard)
        self.save = button("&Save design", self._save)
        self.add_tool(self.back)
        self.set_actions([self.usual, self.discard], self.save)
        self.area.setMinimumWidth(self.form.minimumSizeHint().width() + _BAR)
        split = QSplitter()
        split.setHandleWidth(12)
        split.setChildrenCollapsible(False)
        split.addWidget(self.area)
        split.addWidget(self.preview)
        split.setStretchFactor(1, 1)
        split.setSizes([480, 560])
        self.add_content(split)
        self._connect()

    def _connect(self) -> None:
        self.form.edited.connect(self._edited)
        self.form.wording.turned.connect(self._edited)
        self.form.seal_picked.connect(self._pick_seal)
        self.form.seal_removed.connect(self._remove_seal)
        self.form.test_page.clicked.connect(self._save_test_page)
        self.preview.name_edited.connect(self._edited)
        self.saver.saved.connect(self.saved_banner.tell)

    # What is shown --------------------------------------------------------------------------

    @override
    def refresh(self, changes: Changes | None) -> None:
        """Show what is kept; changes that are not saved yet stay."""
        self._keep_typed()
        before, changed = (self._chapter_id, self.stored), self.is_changed()
        self._read()
        another = self._chapter_id != before[0]
        if another or (not changed and (changes is None or self.stored != before[1])):
            self._show(self.stored)
        if another:
            self._take_draft(drafts.kept(self.context.preferences, self._chapter))
        self._edited()

    def _take_draft(self, draft: Draft | None) -> None:
        """Show what was typed when the program was open last."""
        if draft is None or self.context.db.readonly or draft == Draft(self.stored):
            return
        design = draft.design
        if draft.seal is not None:
            design = replace(design, seal=self.stored.seal)  # until its picture is read
        self._show(design)
        self.banner.say(_HERE_AGAIN, "info", closable=True)
        if draft.seal is not None:
            self._pick_seal(draft.seal)

    def _keep_typed(self) -> None:
        if self._draft.isActive():
            self._draft.stop()
            self._keep_draft()

    def _keep_draft(self) -> None:
        if not self._chapter or self.context.db.readonly:
            return
        preferences = self.context.preferences
        if self.is_changed() or self._seal_path is not None:
            drafts.keep(preferences, self._chapter, Draft(self.form.design(), self._seal_path))
        else:
            drafts.drop(preferences, self._chapter)

    @override
    def hideEvent(self, event: QHideEvent) -> None:
        self._keep_typed()
        super().hideEvent(event)

    def _read(self) -> None:
        with self.context.db.read() as session:
            chapter = chapters.current(session)
            self._chapter_id = chapter.id if chapter is not None else 0
            self._chapter = chapter.uid if chapter is not None else ""
            try:
                found = certificate_designs.of(session, chapter.id) if chapter else Design()
            except FileProblem as error:
                errors.show(error, self.banner)
                found = Design()
        self.stored = found

    def _show(self, design: Design) -> None:
        self._seal = self._seal_path = None
        with self.context.db.read() as session:
            pictures = assets.images(session, {design.seal} - {""})
        self.form.show_design(design, pictures.get(design.seal, b""))

    def is_changed(self) -> bool:
        """Whether something is not saved yet."""
        design, problems = self._checked()
        return bool(problems) or design != self.stored

    def _checked(self) -> tuple[Design, dict[str, str]]:
        design = self.form.design()
        try:
            return certificate_design.checked(design), {}
        except Refused as refusal:
            return design, refusal.fields

    def _edited(self) -> None:
        design, problems = self._checked()
        self._draft.start()
        self.form.show_problems(problems)
        writable = bool(self._chapter_id) and not self.context.db.readonly
        changed = bool(problems) or design != self.stored
        self.form.setEnabled(writable)
        self.save.setEnabled(writable and changed and not problems)
        self.discard.setEnabled(changed)
        self.usual.setEnabled(writable and (changed or self.stored != Design()))
        self.subtitle.setText(_CHANGED if changed and writable else _SUBTITLE)
        if problems:
            self.preview.say(_MEND)
        elif self._chapter_id:
            name, kind = self.preview.sample_name(), self.form.wording.current()
            seals = {self._seal.sha256: self._seal.made} if self._seal else {}
            self.preview.show_sample(Asked(self._chapter_id, design, name, kind, seals))

    @override
    def panes(self) -> list[QWidget]:
        return [self.form, self.preview, self.search]

    # What is done ---------------------------------------------------------------------------

    def _save(self) -> None:
        design, _problems = self._checked()
        label = "Change the design of certificates"
        args = (self._chapter_id, design, self._seal)
        result = self.context.commands.do(label, work.save, *args)
        if result.error is not None:
            fields = result.error.fields if isinstance(result.error, Refused) else {}
            self.form.show_problems(dict(fields))
            return
        self._kept("The design was saved. New certificates have it.")

    def _reset(self) -> None:
        if self.stored == Design():
            self._discard()
            return
        label = "Go back to the usual design of certificates"
        if self.context.commands.do(label, certificate_designs.reset, self._chapter_id):
            self._kept("Certificates have the usual design again.")

    def _kept(self, sentence: str) -> None:
        self.banner.clear()
        self._discard()
        self.undo_banner.done(sentence)

    def _discard(self) -> None:
        self._read()
        self._show(self.stored)
        self._edited()

    def _pick_seal(self, path: Path) -> None:
        self._seal_path = path
        try:
            with path.open("rb") as file:
                data = file.read(MOST)
        except OSError as error:
            text = f"“{path.name}” cannot be read: {error.strerror}."
            self._refuse_seal(FileProblem(text, "Choose another picture."))
            return
        jobs = self.context.commands.jobs
        job = jobs.start("Read picture", work.seal_of, data, media_type(path), path.name)
        job.done.connect(while_alive(self, self._take_seal))
        job.failed.connect(while_alive(self, self._refuse_seal))

    def _take_seal(self, seal: Seal) -> None:
        self._seal = seal
        self.form.show_seal(seal.sha256, seal.made)
        self._edited()

    def _refuse_seal(self, error: CitError) -> None:
        self._seal_path = None
        self._draft.start()
        self.form.show_problems({"seal": str(error)})

    def _remove_seal(self) -> None:
        self._seal = self._seal_path = None
        self.form.show_seal("", b"")
        self._edited()

    def _save_test_page(self) -> None:
        design, problems = self._checked()
        if problems:
            return
        db, chapter_id = self.context.db, self._chapter_id
        name = "Test page for pre-printed stock"
        self.saver.save_file(
            "Save test page",
            name,
            ".pdf",
            lambda _progress: work.calibration_page(db, chapter_id, design),
        )
