"""One certificate: its facts, where they lead, and how it prints."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from cit_desktop.services.certificates import CertificateView
from ui import format as fmt
from ui.context import Context
from ui.pages.certificates import words
from ui.pages.certificates.preview import CertificatePreview
from ui.widgets.banner import Banner
from ui.widgets.button import button
from ui.widgets.card import Card
from ui.widgets.label import ElidedLabel, TextLabel, plain_tip

_LINK_WIDTH = 226

Fact = tuple[str, str, tuple[str, int] | None]


class CertificateDetail(QWidget):
    """The pane beside the register."""

    go = Signal(str, object)

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.view: CertificateView | None = None
        self.number = ElidedLabel("", points=12, bold=True)
        self.reissue = button("&Reissue…")
        self.revoke = button("Revo&ke…", kind="danger")
        self.flaw = Banner()
        self.links: dict[str, QPushButton] = {}
        self.grid = QGridLayout()
        self.grid.setContentsMargins(16, 4, 12, 10)
        self.grid.setHorizontalSpacing(12)
        self.grid.setVerticalSpacing(2)
        self.grid.setColumnStretch(1, 1)
        self.grid.setColumnMinimumWidth(0, 84)
        self.preview = CertificatePreview(context)
        head = QHBoxLayout()
        head.setContentsMargins(16, 10, 12, 4)
        head.setSpacing(8)
        head.addWidget(self.number, 1)
        head.addWidget(self.reissue)
        head.addWidget(self.revoke)
        card = Card()
        card.body.addLayout(head)
        card.body.addWidget(self.flaw)
        card.body.addLayout(self.grid)
        card.body.addWidget(self.preview, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(card)
        self.setMinimumWidth(360)

    def show_certificate(self, view: CertificateView) -> None:
        """Show one."""
        self.view = view
        self.number.setText(view.row.number)
        self._show_facts(view)
        valid = view.row.status == "issued"
        self.reissue.setVisible(valid)
        self.revoke.setVisible(view.row.status in ("issued", "on record"))
        if view.flaw:
            text = f"It is not as it was issued. {view.flaw} Restore a backup to repair it."
            self.flaw.say(text, "wrong")
        elif view.row.outdated:
            self.flaw.say(words.why(view.row), "care")
        else:
            self.flaw.clear()
        if view.snapshot is not None and not view.flaw:
            mark = "" if valid else words.status(view.row).text
            self.preview.show_issued([view.row.id], mark=mark)
        elif view.flaw:
            self.preview.say("It cannot be shown or printed as long as it is not as issued.")
        else:
            self.preview.say("Entered from old papers: there is nothing to draw it from.")

    def _show_facts(self, view: CertificateView) -> None:
        while (item := self.grid.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
        self.links = {}
        for line, (label, text, target) in enumerate(facts(view)):
            name = TextLabel(label, role="soft")
            top = Qt.AlignmentFlag.AlignTop if target is None else Qt.AlignmentFlag.AlignVCenter
            self.grid.addWidget(name, line, 0, top)
            if target is None:
                shown = TextLabel(text, wrap=True)
                shown.setContentsMargins(4, 0, 0, 0)
                shown.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
                self.grid.addWidget(shown, line, 1)
            else:
                self.grid.addWidget(self._link(label, text, target), line, 1)

    def _link(self, label: str, text: str, target: tuple[str, int]) -> QWidget:
        made = button("", lambda: self.go.emit(*target), kind="link", tip=plain_tip(text))
        short = made.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, _LINK_WIDTH)
        made.setText(short.replace("&", "&&"))
        made.setAccessibleName(f"{label}: {text}")
        self.links[label] = made
        box = QWidget()
        row = QHBoxLayout(box)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(made)
        row.addStretch(1)
        return box


def facts(view: CertificateView) -> Iterator[Fact]:
    """Label, text, and the page it leads to, of everything that is known of a certificate."""
    row, snapshot = view.row, view.snapshot
    yield "Person", row.name, ("person", row.person_id)
    if snapshot is not None and snapshot.agency:
        yield "Agency", snapshot.agency, None
    yield "Class", f"{row.class_code}, {row.class_title}", ("class", row.class_id)
    hours = "" if row.minutes is None else f", {fmt.hours_long(row.minutes)}"
    yield "Kind", f"{words.kind(row.kind)}{hours}", None
    yield "Completed", fmt.day(row.completed), None
    if row.issued is not None:
        yield "Issued", fmt.day(row.issued.astimezone().date()), None
    yield "Printed", fmt.moment(row.printed) or "Not yet", None
    yield "State", _state(view), None
    if view.replaces_id is not None:
        yield "Replaces", view.replaces, ("certificates", view.replaces_id)
    if view.replaced_by_id is not None:
        yield "Replaced by", view.replaced_by, ("certificates", view.replaced_by_id)
    if view.code:
        yield "Code", view.code, None


def _state(view: CertificateView) -> str:
    state = words.status(view.row).text
    if view.revoked is not None:
        state += f" on {fmt.day(view.revoked.astimezone().date())}"
    return f"{state}: {view.reason}" if view.reason else state
