"""The directory of liaisons: whom to call, in which county, and where nobody answers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, ClassVar, cast

from PySide6.QtWidgets import QLineEdit, QWidget
from typing_extensions import override

from cit_desktop.papers import field_papers
from cit_desktop.services import chapters, liaisons
from cit_desktop.services.liaisons import LiaisonDraft, LiaisonFilter, LiaisonRow, LiaisonSort
from ui import format as fmt
from ui.context import Context
from ui.pages.directory_page import DirectoryPage
from ui.pages.filter_chip import Choice, FilterChip
from ui.pages.filter_row import FilterRow
from ui.pages.liaisons.form import LiaisonForm
from ui.pages.liaisons.pane import LiaisonPane
from ui.pages.list_sources import LiveSource
from ui.previewing import PaperDrawing
from ui.saving import FileDialogs, Saver
from ui.widgets.banner import Banner
from ui.widgets.button import button
from ui.widgets.record_table import Column, Filter, Sort
from ui.widgets.saved_banner import SavedBanner

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from cit_desktop.journal import Changes

TITLE = "Directory of liaisons"
_NAMED = 6
COLUMNS = (
    Column("name", "Liaison", bold=True, width=150),
    Column("kind", "Kind", width=62, soft=True),
    Column("served", "Counties", width=158, sortable=False),
    Column("phone", "Phone", text=fmt.phone, width=130, sortable=False),
    Column("employer", "Organization", width=0, soft=True, spare=True),
)


def liaison_ids(session: Session, sort: Sort | None, filter: Filter) -> Sequence[int]:
    """The liaisons of the list, in its order."""
    order = sort or Sort("name")
    wanted = LiaisonFilter(**cast(dict[str, Any], dict(filter)))
    return liaisons.ids(session, wanted, cast(LiaisonSort, order.key), order.descending)


def _rows(session: Session, ids: Sequence[int]) -> Mapping[int, LiaisonRow]:
    return liaisons.rows(session, ids)


class LiaisonFilters(FilterRow):
    """A line for words, and a chip for each way of narrowing the list."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        self._context = context
        words = QLineEdit(placeholderText="Filter by name or phone")
        words.setAccessibleName("Filter liaisons by name, organization or phone")
        words.setClearButtonEnabled(True)
        words.setFixedWidth(200)
        self.kind = FilterChip("&Kind", "All kinds", lambda: self._choices(liaisons.kinds))
        self.county = FilterChip("C&ounty", "All counties", lambda: self._choices(liaisons.served))
        self.archived = FilterChip("A&rchived")
        super().__init__(words, (self.kind, self.county, self.archived), parent)

    def filter(self) -> dict[str, object]:
        """What the source is asked for."""
        return {
            "text": self.text(),
            "kinds": (self.kind.value,) if self.kind.value else (),
            "counties": (self.county.value,) if self.county.value else (),
            "archived": bool(self.archived.value),
        }

    def _choices(self, read: Any) -> Sequence[Choice]:
        with self._context.db.read() as session:
            return [(name, name) for name in read(session)]


class LiaisonsPage(DirectoryPage):
    """The list of liaisons with a pane for the one that is chosen.

    Attributes:
        gaps: Says which counties of the chapter nobody serves.
        papers: Draws the directory and shows it.
    """

    service = liaisons
    watches: ClassVar[frozenset[str]] = frozenset(
        {"liaison", "liaison_county", "chapter", "chapter_county"}
    )
    help_topic = "liaisons"
    new_text = "New liaison…"
    print_text = "Print directory of liaisons…"
    noun = ("liaison", "liaisons")
    none_matches = "No liaison matches"
    nothing = (
        "phone",
        "No liaisons yet",
        "Liaisons answer officers’ questions, find beds and follow up. Enter whom to call and the "
        "counties they serve; the directory and the referral form print them.",
        "&New liaison…",
    )
    pane_width = 356

    def __init__(
        self,
        context: Context,
        dialogs: FileDialogs | None = None,
        parent: QWidget | None = None,
    ) -> None:
        self.filters: LiaisonFilters = LiaisonFilters(context)
        source = LiveSource(context, liaison_ids, _rows, liaisons.count)
        super().__init__("Liaisons", context, COLUMNS, source, self.filters, parent)
        self.saver = Saver(context, self, dialogs)
        self.papers = PaperDrawing(context, self, self.saver)
        self.saved_banner = SavedBanner(self.saver.opener, gap=10)
        self.saver.saved.connect(self.saved_banner.tell)
        self.gaps = Banner(gap=10)
        place = self.column.indexOf(self.undo_banner) + 1
        self.column.insertWidget(place, self.saved_banner)
        self.column.insertWidget(place + 1, self.gaps)
        self.liaison_form = LiaisonForm(context)
        self.use_panes(self.liaison_form, LiaisonPane(context), self.filters.archived)
        self.forms_button = button("For&ms", lambda: self.go.emit("forms", None))
        self.forms_button.setToolTip("Field forms, some with the liaisons of a county")
        self.excel_button = button("Save E&xcel…", self.save_excel, icon="export")
        self.print_button = button("&Print…", self.print_preview, icon="print", tip="Ctrl+P")
        buttons = [self.forms_button, self.excel_button, self.print_button]
        self.set_actions(buttons, self.new_button)

    @override
    def wanted(self) -> dict[str, object]:
        return self.filters.filter()

    @override
    def draft(self, values: dict[str, Any]) -> LiaisonDraft:
        return LiaisonDraft(**{key: "" if v is None else v for key, v in values.items()})

    @override
    def refresh(self, changes: Changes | None) -> None:
        super().refresh(changes)
        with self.context.db.read() as session:
            chapter = chapters.current(session)
            known, without = liaisons.count(session), liaisons.uncovered(session)
        for made in (self.excel_button, self.print_button):
            made.setEnabled(known > 0)
        if known and without and chapter is not None:
            self.gaps.say(gap_text(without, len(chapter.counties), chapter.word))
        else:
            self.gaps.clear()

    @override
    def print_preview(self) -> None:
        self.papers.draw("Draw directory", TITLE, field_papers.directory_pdf)

    def save_excel(self) -> None:
        """Save the directory as a workbook, a row for each liaison in each county."""
        db = self.context.db
        self.saver.save_file(
            f"Save {TITLE.lower()}",
            TITLE,
            ".xlsx",
            lambda progress: field_papers.directory_workbook(db, progress),
        )


def gap_text(without: Sequence[str], served: int, word: str) -> str:
    """Which counties nobody serves, as a sentence."""
    if len(without) == served:
        return f"Nobody on record serves any of the {word}’s {served} counties."
    named = list(without[:_NAMED])
    more = len(without) - len(named)
    last = f"{fmt.count(more)} more" if more else named.pop()
    listed = f"{', '.join(named)} and {last}" if named else last
    return f"No liaison on record serves {listed}."
