"""Blank forms of the field, to be printed, or saved and filled in on the screen."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget
from typing_extensions import override

from cit_desktop.documents.forms import BLANK, Form
from cit_desktop.papers import field_papers
from cit_desktop.progress import Progress
from cit_desktop.services import field_forms, form_copies, liaisons
from ui import format as fmt
from ui.context import Context
from ui.pages.classes.document_row import DocumentRow
from ui.pages.filter_chip import Choice, FilterChip
from ui.pages.liaisons.form_copies import FormCopies
from ui.previewing import PaperDrawing, Then
from ui.saving import FileDialogs, Saver
from ui.widgets.button import button
from ui.widgets.card import Card
from ui.widgets.label import TextLabel
from ui.widgets.page import Page
from ui.widgets.saved_banner import SavedBanner

if TYPE_CHECKING:
    from cit_desktop.journal import Changes

EVERY, NO_COUNTY = "A copy for each county", "No county"
NOTE = (
    "CIT Desktop keeps nothing of what is filled in. A filled form belongs to the agency’s own "
    "files, under its own rules."
)
_ICONS = {"contact-report": "edit", "liaison-referral": "phone", "hold-worksheet": "file"}


class FormsPage(Page):
    """A row for each form.

    Attributes:
        rows: The rows in sight, by the key of the form.
        county: Whose liaisons stand on the forms that show them.
        papers: Draws the forms and shows them.
    """

    watches: ClassVar[frozenset[str]] = frozenset(
        {"liaison", "liaison_county", "chapter", "chapter_county", "setting"}
    )
    help_topic = "forms"
    print_text = "Print contact report…"

    def __init__(
        self,
        context: Context,
        dialogs: FileDialogs | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__("Field forms", parent)
        self.context = context
        self.rows: dict[str, DocumentRow] = {}
        self.subtitle.setText("Blank, to be filled in on the screen or by hand")
        self.saver = Saver(context, self, dialogs)
        self.papers = PaperDrawing(context, self, self.saver)
        self.saved_banner = SavedBanner(self.saver.opener, gap=10)
        self.saver.saved.connect(self.saved_banner.tell)
        self.column.insertWidget(self.column.indexOf(self.undo_banner) + 1, self.saved_banner)
        self.county = FilterChip("Co&unty of the referral", EVERY, self._counties)
        self.county.changed.connect(self._say_county)
        self.back = button("&Liaisons", lambda: self.go.emit("liaisons", None))
        self.back.setAccessibleName("Back to the liaisons")
        self.add_tool(self.back)
        self.add_tool(self.county)
        self.copies = FormCopies(context, self)
        self.copies.done.connect(self.undo_banner.done)
        self._build()

    def _build(self) -> None:
        content = QWidget()
        column = QVBoxLayout(content)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        card = Card()
        with self.context.db.read() as session:
            forms = form_copies.forms(session)
        for form in forms:
            self.rows[form.key] = DocumentRow(
                _ICONS.get(form.key, "file"), form.title, form.about, tuple(self._buttons(form))
            )
            card.body.addWidget(self.rows[form.key])
        self.by_county = [form.key for form in forms if field_forms.by_county(form)]
        column.addWidget(card)
        note = TextLabel(NOTE, role="soft", wrap=True)
        column.addWidget(note)
        column.addStretch(1)
        self.add_content(content)

    def _buttons(self, form: Form) -> Sequence[QPushButton]:
        return [
            button("Print…", partial(self.show_form, form.key, then_print=True)),
            button("Preview…", partial(self.show_form, form.key)),
            button("Save PDF…", partial(self.save_form, form.key)),
            *self.copies.buttons(form.key, form.title),
        ]

    # What is shown --------------------------------------------------------------------------

    @override
    def refresh(self, changes: Changes | None) -> None:
        with self.context.db.read() as session:
            for form in form_copies.forms(session):
                own = form_copies.has_own(session, form.key)
                self.rows[form.key].title.setText(form.title)
                self.rows[form.key].text.setText(f"Own layout: {form.about}" if own else form.about)
                self.copies.show_own(form.key, own)
        self._say_county()

    def _counties(self) -> Sequence[Choice]:
        with self.context.db.read() as session:
            known = field_forms.counties(session)
        return [*((name, name) for name in known), ("", NO_COUNTY)]

    def _say_county(self) -> None:
        """How many copies there will be, and how many liaisons stand on one."""
        chosen = self.county.value
        with self.context.db.read() as session:
            own = liaisons.of_chapter(session)
            found = liaisons.for_county(session, chosen) if isinstance(chosen, str) else []
        if chosen is None:
            said = fmt.plural(max(len(own), 1), "copy", "copies")
        elif chosen:
            said = fmt.plural(len(found), "liaison") if found else "Nobody on record"
        else:
            said = "Liaison left blank"
        for key in self.by_county:
            self.rows[key].say(said, "care" if chosen and not found else "soft")

    # Previews and files ---------------------------------------------------------------------

    def _asked(self, key: str) -> str | None:
        county = self.county.value
        return county if isinstance(county, str) and key in self.by_county else None

    def _name(self, key: str) -> str:
        title, county = self.rows[key].title.text(), self._asked(key)
        return f"{title} {county}" if county else title

    @override
    def print_preview(self) -> None:
        self.show_form(next(iter(self.rows)))

    def show_form(self, key: str, *, then_print: bool = False) -> None:
        """Show a form as it prints, and perhaps ask for a printer at once."""
        title, args = self._name(key), (key, self._asked(key))
        ask: Then | None = (lambda shown: shown.pdf.ask_printer()) if then_print else None
        self.papers.draw("Draw form", title, field_papers.form_pdf, *args, then=ask)

    def save_form(self, key: str) -> None:
        """Save a form as PDF that can be filled in."""
        db, county = self.context.db, self._asked(key)

        def make(progress: Progress) -> bytes:
            return field_papers.form_pdf(db, key, county, progress=progress)

        self.saver.save_file("Save form", self._name(key), ".pdf", make, BLANK)
