"""Colors, fonts and row heights of the window, in light, dark and high contrast."""

from __future__ import annotations

from dataclasses import dataclass, fields
from enum import StrEnum
from typing import Any

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontDatabase, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication, QStyleFactory

from ui import style_sheet

RAIL_WIDTH = 196
STATUS_HEIGHT = 26
MARGIN_X, MARGIN_Y = 28, 20
BODY, SMALL, TITLE, BRAND = 10.0, 8.5, 17.0, 11.5

_PALETTE = {  # role: light, dark
    "background": ("#F7F8F9", "#14181C"),
    "surface": ("#FFFFFF", "#1B2026"),
    "rail": ("#F0F2F4", "#101417"),
    "line": ("#E1E5E9", "#2E363F"),
    "text": ("#1B2127", "#E8ECEF"),
    "soft": ("#5B6672", "#A0ABB6"),
    "accent": ("#0B6E6E", "#4FB8B0"),
    "accent_ground": ("#E3F1F0", "#173B3A"),
    "on_accent": ("#FFFFFF", "#06201F"),
    "good": ("#1E7B4A", "#69C792"),
    "good_ground": ("#E5F4EB", "#16301F"),
    "care": ("#8A5A00", "#E6B45A"),
    "care_ground": ("#FCF1DC", "#382B12"),
    "wrong": ("#B3261E", "#F28B82"),
    "wrong_ground": ("#FBE9E7", "#3B1F1D"),
}


class Scheme(StrEnum):
    """Which colors a person asked for."""

    SYSTEM = "system"
    LIGHT = "light"
    DARK = "dark"


@dataclass(frozen=True)
class Colors:
    """The color of each role; a ``…_ground`` is what its role is written on."""

    background: QColor
    surface: QColor
    rail: QColor
    line: QColor
    text: QColor
    soft: QColor
    accent: QColor
    accent_ground: QColor
    on_accent: QColor
    good: QColor
    good_ground: QColor
    care: QColor
    care_ground: QColor
    wrong: QColor
    wrong_ground: QColor
    hover: QColor
    current: QColor

    def role(self, name: str) -> QColor:
        """The color of a role by its name, for what is described as data."""
        color: QColor = getattr(self, name)
        return color

    def names(self) -> dict[str, str]:
        """Role to ``#rrggbb``, for the style sheet."""
        return {field.name: self.role(field.name).name() for field in fields(self)}


def mix(one: QColor, other: QColor, part: float) -> QColor:
    """``one`` with ``part`` (0 to 1) of ``other`` in it."""
    return QColor(
        round(one.red() + (other.red() - one.red()) * part),
        round(one.green() + (other.green() - one.green()) * part),
        round(one.blue() + (other.blue() - one.blue()) * part),
    )


def _own(number: int) -> Colors:
    roles = {name: QColor(pair[number]) for name, pair in _PALETTE.items()}
    surface, line = roles["surface"], roles["line"]
    return Colors(**roles, hover=mix(surface, line, 0.35), current=mix(surface, line, 0.6))


def _from_system(palette: QPalette) -> Colors:
    """Only the system's own colors, for people who need strong contrast."""
    window, text = palette.window().color(), palette.windowText().color()
    base, strong = palette.base().color(), palette.highlight().color()
    roles = dict.fromkeys(_PALETTE, text) | {
        "background": window,
        "surface": base,
        "rail": window,
        "accent": strong,
        "accent_ground": base,
        "on_accent": palette.highlightedText().color(),
        "good_ground": base,
        "care_ground": base,
        "wrong_ground": base,
    }
    return Colors(**roles, hover=mix(base, strong, 0.2), current=mix(base, strong, 0.3))


LIGHT = _own(0)
DARK = _own(1)

_colors = LIGHT
_row_height = 34


def colors() -> Colors:
    """The roles in force now; read them when painting, never keep them."""
    return _colors


def row_height() -> int:
    """Height of a table row in pixels."""
    return _row_height


def is_dark() -> bool:
    """Whether light text stands on dark ground."""
    return _colors.background.lightness() < 128


def font(points: float = BODY, *, bold: bool = False) -> QFont:
    """The interface font in a size given in points of 1/72 inch at 96 dpi."""
    made = QFont(QApplication.font())
    made.setPointSizeF(points * _point_scale())
    made.setBold(bold)
    return made


def _point_scale() -> float:
    """macOS counts 72 points to its inch of pixels, so 10 pt would be tiny there."""
    screen = QGuiApplication.primaryScreen()
    return 96.0 / screen.logicalDotsPerInch() if screen is not None else 1.0


def _wants_high_contrast() -> bool:
    hints: Any = QGuiApplication.styleHints()
    if not hasattr(hints, "accessibility"):  # before Qt 6.10
        return False
    return str(hints.accessibility().contrastPreference().name) == "HighContrast"


def palette(roles: Colors) -> QPalette:
    """The roles as Qt's palette, so that unstyled widgets fit in."""
    made = QPalette()
    role = QPalette.ColorRole
    pairs = {
        role.Window: roles.background,
        role.WindowText: roles.text,
        role.Base: roles.surface,
        role.AlternateBase: roles.hover,
        role.Text: roles.text,
        role.PlaceholderText: roles.soft,
        role.Button: roles.surface,
        role.ButtonText: roles.text,
        role.BrightText: roles.wrong,
        role.Highlight: roles.accent,
        role.HighlightedText: roles.on_accent,
        role.Accent: roles.accent,
        role.Link: roles.accent,
        role.LinkVisited: roles.accent,
        role.ToolTipBase: roles.surface,
        role.ToolTipText: roles.text,
        role.Light: roles.surface,
        role.Midlight: roles.hover,
        role.Mid: roles.line,
        role.Dark: mix(roles.line, roles.text, 0.3),
        role.Shadow: mix(roles.line, roles.text, 0.5),
    }
    for name, color in pairs.items():
        made.setColor(name, color)
    disabled = mix(roles.soft, roles.surface, 0.35)
    for name in (role.WindowText, role.Text, role.ButtonText):
        made.setColor(QPalette.ColorGroup.Disabled, name, disabled)
    return made


class Theme(QObject):
    """Puts colors, font and row height on the program, and again whenever they change."""

    changed = Signal()

    def __init__(self, app: QApplication) -> None:
        super().__init__(app)
        self._app = app
        self._scheme = Scheme.SYSTEM
        self._compact = False
        self._high_contrast: bool | None = None
        app.setStyle(QStyleFactory.create("Fusion"))
        self._set_font()
        app.styleHints().colorSchemeChanged.connect(self._system_changed)

    @property
    def scheme(self) -> Scheme:
        """What was chosen, which may be to follow the system."""
        return self._scheme

    @property
    def compact(self) -> bool:
        """Whether rows are 28 pixels high instead of 34."""
        return self._compact

    def choose(
        self, scheme: Scheme | str, *, compact: bool = False, high_contrast: bool | None = None
    ) -> None:
        """Take colors and row height; ``high_contrast=None`` follows the system."""
        self._scheme = Scheme(scheme)
        self._compact = compact
        self._high_contrast = high_contrast
        wanted = {Scheme.LIGHT: Qt.ColorScheme.Light, Scheme.DARK: Qt.ColorScheme.Dark}
        hints = self._app.styleHints()
        hints.setColorScheme(wanted.get(self._scheme, Qt.ColorScheme.Unknown))
        self._apply()

    def _system_changed(self) -> None:
        if self._scheme is Scheme.SYSTEM:
            self._apply()

    def _roles(self) -> Colors:
        contrast = self._high_contrast
        if _wants_high_contrast() if contrast is None else contrast:
            self._app.setPalette(QPalette())
            return _from_system(self._app.palette())
        dark = self._app.styleHints().colorScheme() == Qt.ColorScheme.Dark
        if self._scheme is not Scheme.SYSTEM:
            dark = self._scheme is Scheme.DARK
        return DARK if dark else LIGHT

    def _apply(self) -> None:
        global _colors, _row_height
        _colors = self._roles()
        _row_height = 28 if self._compact else 34
        self._app.setPalette(palette(_colors))
        small = SMALL * _point_scale()
        sheet = style_sheet.build(_colors.names(), small=small, compact=self._compact)
        self._app.setStyleSheet(sheet)
        self.changed.emit()

    def _set_font(self) -> None:
        base = QFontDatabase.systemFont(QFontDatabase.SystemFont.GeneralFont)
        base.setPointSizeF(BODY * _point_scale())
        base.setFeature(QFont.Tag("tnum"), 1)
        self._app.setFont(base)


def register_fonts(files: list[str]) -> list[str]:
    """Make bundled TrueType files usable where the system has no fonts; their families."""
    families: list[str] = []
    for file in files:
        number = QFontDatabase.addApplicationFont(file)
        if number >= 0:
            families += QFontDatabase.applicationFontFamilies(number)
    if families:
        base = QApplication.font()
        base.setFamilies([*families, *base.families()])
        QApplication.setFont(base)
    return families


def has_fonts() -> bool:
    """Whether the system offers any font at all."""
    return bool(QFontDatabase.families())
