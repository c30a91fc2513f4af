import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QHelpEvent
from PySide6.QtWidgets import QApplication, QToolTip

from ui import theme
from ui.widgets.button import button, icon_button, set_kind
from ui.widgets.label import ElidedLabel, TextLabel, plain_tip


def shown(qtbot, widget, width=None):
    qtbot.addWidget(widget)
    if width is not None:
        widget.resize(width, widget.sizeHint().height())
    widget.show()
    return widget


def test_a_name_that_looks_like_markup_stays_a_name(qtbot):
    label = shown(qtbot, TextLabel("<b>Torres</b>"))
    assert label.textFormat() == Qt.TextFormat.PlainText
    assert label.width() > label.fontMetrics().horizontalAdvance("Torres")


def test_a_label_can_change_its_role(qtbot):
    label = shown(qtbot, TextLabel("Saved"))
    label.set_role("wrong")
    assert label.palette().windowText().color() == theme.LIGHT.wrong


def test_a_long_text_is_elided_and_a_short_one_is_not(qtbot):
    label = shown(qtbot, ElidedLabel("Missouri State Highway Patrol, Troop I"), 90)
    assert label.is_elided()
    label.resize(400, 20)
    assert not label.is_elided()


def test_an_elided_label_may_become_narrow(qtbot):
    label = shown(qtbot, ElidedLabel("Missouri State Highway Patrol, Troop I"))
    assert label.minimumSizeHint().width() < label.sizeHint().width() / 3


def test_only_an_elided_text_has_a_tooltip(qtbot):
    label = shown(qtbot, ElidedLabel("Phelps County <911>"), 40)
    ask = QHelpEvent(QEvent.Type.ToolTip, QPoint(1, 1), label.mapToGlobal(QPoint(1, 1)))
    QApplication.sendEvent(label, ask)
    assert QToolTip.text() == "<span>Phelps County &lt;911></span>"
    QToolTip.hideText()


def test_a_label_narrower_than_its_text_draws_less_of_it(qtbot):
    label = shown(qtbot, ElidedLabel("Missouri State Highway Patrol"), 300)
    whole = label.grab().toImage()
    label.resize(60, label.height())
    part = label.grab().toImage()
    assert part.width() < whole.width()
    assert part != whole.copy(part.rect())


@pytest.mark.parametrize(
    ("text", "tip"),
    [
        ("", ""),
        ("<b>", "<span>&lt;b></span>"),
        ("A & B", "<span>A &amp; B</span>"),
        ("one\ntwo", "<span>one<br>two</span>"),
    ],
)
def test_a_tooltip_cannot_be_taken_for_markup(text, tip):
    assert plain_tip(text) == tip


def test_a_click_on_a_button_leaves_the_focus_where_it_was(qtbot):
    clicks = []
    made = shown(qtbot, button("&Save", lambda: clicks.append(1)))
    qtbot.mouseClick(made, Qt.MouseButton.LeftButton)
    assert clicks == [1]
    assert made.focusPolicy() == Qt.FocusPolicy.TabFocus


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space])
def test_enter_and_space_press_the_button_that_has_the_focus(qtbot, key):
    clicks = []
    made = shown(qtbot, button("&Begin", lambda: clicks.append(1)))
    made.setFocus()
    qtbot.keyClick(made, key)
    assert clicks == [1]


def test_a_filled_button_has_the_accent_as_ground(qtbot):
    made = shown(qtbot, button("Finalize class…", kind="primary", icon="lock"))
    image = made.grab().toImage()
    assert image.pixelColor(6, image.height() // 2) == theme.LIGHT.accent
    set_kind(made, "plain")
    image = made.grab().toImage()
    assert image.pixelColor(6, image.height() // 2) == theme.LIGHT.surface


def test_an_icon_button_has_a_name_for_screen_readers(qtbot):
    made = shown(qtbot, icon_button("close", "Dismiss"))
    assert made.accessibleName() == "Dismiss"
    assert made.toolTip() == "Dismiss"
    assert made.text() == ""
