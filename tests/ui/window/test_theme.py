import pytest
from PySide6.QtGui import QColor, QFontInfo, QPalette
from PySide6.QtWidgets import QApplication, QPushButton

from ui import style_sheet, theme
from ui.theme import Scheme

PAIRS = [
    ("text", "background"),
    ("text", "surface"),
    ("text", "rail"),
    ("text", "accent_ground"),
    ("text", "hover"),
    ("text", "current"),
    ("soft", "background"),
    ("soft", "surface"),
    ("soft", "rail"),
    ("soft", "hover"),
    ("soft", "accent_ground"),
    ("accent", "surface"),
    ("accent", "background"),
    ("accent", "accent_ground"),
    ("on_accent", "accent"),
    ("good", "surface"),
    ("good", "good_ground"),
    ("care", "surface"),
    ("care", "care_ground"),
    ("wrong", "surface"),
    ("wrong", "wrong_ground"),
]


def luminance(color: QColor) -> float:
    parts = (color.redF(), color.greenF(), color.blueF())
    r, g, b = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * r + 0.7152 * g + 0.0722 * b


def contrast(one: QColor, other: QColor) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("roles", [theme.LIGHT, theme.DARK], ids=["light", "dark"])
@pytest.mark.parametrize(("ink", "ground"), PAIRS)
def test_every_text_can_be_read_on_its_ground(roles, ink, ground):
    assert contrast(roles.role(ink), roles.role(ground)) >= 4.5


def test_the_palette_is_the_one_that_was_decided():
    assert theme.LIGHT.accent.name() == "#0b6e6e"
    assert theme.LIGHT.care_ground.name() == "#fcf1dc"
    assert theme.DARK.background.name() == "#14181c"
    assert theme.DARK.wrong.name() == "#f28b82"


def test_choosing_dark_changes_the_colors_at_run_time(the_theme, qtbot):
    with qtbot.waitSignal(the_theme.changed):
        the_theme.choose(Scheme.DARK)
    assert theme.colors() is theme.DARK
    assert theme.is_dark()
    window = QApplication.palette().color(QPalette.ColorRole.Window)
    assert window == theme.DARK.background


def test_choosing_light_again_brings_the_light_colors_back(the_theme):
    the_theme.choose(Scheme.DARK)
    the_theme.choose("light")
    assert theme.colors() is theme.LIGHT
    assert not theme.is_dark()


def test_following_a_system_that_says_nothing_is_light(the_theme):
    the_theme.choose(Scheme.SYSTEM)
    assert the_theme.scheme is Scheme.SYSTEM
    assert theme.colors() is theme.LIGHT


def test_compact_rows_are_lower(the_theme):
    assert theme.row_height() == 34
    the_theme.choose(Scheme.LIGHT, compact=True)
    assert (theme.row_height(), the_theme.compact) == (28, True)


def test_strong_contrast_uses_only_the_colors_of_the_system(the_theme):
    the_theme.choose(Scheme.LIGHT, high_contrast=True)
    roles = theme.colors()
    assert roles.good == roles.care == roles.wrong == roles.text
    assert roles.good_ground == roles.surface
    assert roles not in (theme.LIGHT, theme.DARK)


def test_a_widget_made_before_takes_the_new_colors(the_theme, qtbot):
    button = QPushButton("Save")
    qtbot.addWidget(button)
    button.ensurePolished()
    the_theme.choose(Scheme.DARK)
    text = button.palette().color(QPalette.ColorRole.ButtonText)
    assert text.name() == "#e8ecef"


def test_a_mix_lies_between_its_colors():
    black, white = QColor("#000000"), QColor("#ffffff")
    assert theme.mix(black, white, 0.5).name() == "#808080"
    assert theme.mix(black, white, 0) == black
    assert theme.mix(black, white, 1) == white


def test_fonts_are_sized_in_points_of_the_screen(qapp):
    body, small = theme.font(), theme.font(theme.SMALL, bold=True)
    assert QFontInfo(body).pixelSize() == 13
    assert small.bold()
    assert not body.bold()
    assert small.pointSizeF() < body.pointSizeF()


def test_the_style_sheet_has_no_place_left_open():
    sheet = style_sheet.build(theme.LIGHT.names(), small=8.5, compact=False)
    assert "$" not in sheet
    assert sheet.count("{") == sheet.count("}")


def test_a_check_mark_is_dark_on_a_light_accent():
    light = style_sheet.build(theme.LIGHT.names(), small=8.5, compact=False)
    dark = style_sheet.build(theme.DARK.names(), small=8.5, compact=False)
    assert "check-light.svg" in light
    assert "check-dark.svg" in dark


def test_pictures_of_the_style_sheet_exist():
    import re
    from pathlib import Path

    sheet = style_sheet.build(theme.LIGHT.names(), small=8.5, compact=True)
    files = set(re.findall(r'url\("([^"]+)"\)', sheet))
    assert len(files) >= 4
    assert [file for file in files if not Path(file).is_file()] == []


def test_a_file_that_is_no_font_gives_no_family(tmp_path, qtlog):
    nothing = tmp_path / "nothing.ttf"
    nothing.write_bytes(b"no font")
    before = QApplication.font().family()
    with qtlog.disabled():
        assert theme.register_fonts([str(nothing)]) == []
    assert QApplication.font().family() == before


def test_the_system_of_the_tests_has_fonts(qapp):
    assert theme.has_fonts()
