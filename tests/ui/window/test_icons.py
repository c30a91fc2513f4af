import pytest
from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QColor, QIcon, QImage, QPainter

from ui import icons, theme
from ui.theme import Scheme

WANTED = [
    "today",
    "classes",
    "people",
    "agencies",
    "certificates",
    "rosters",
    "history",
    "settings",
    "search",
    "plus",
    "import",
    "print",
    "undo",
    "redo",
    "lock",
    "unlock",
    "warning",
    "check",
    "help",
    "more",
    "folder",
    "back",
    "download",
    "backup",
]


def picture(icon: QIcon, side: int = 20, ratio: float = 1.0) -> QImage:
    return icon.pixmap(QSize(side, side), ratio).toImage()


def ink(image: QImage) -> set[str]:
    spots = ((x, y) for x in range(image.width()) for y in range(image.height()))
    solid = (image.pixelColor(x, y) for x, y in spots)
    return {color.name() for color in solid if color.alpha() == 255}


def test_every_icon_that_pages_need_is_there():
    assert set(WANTED) <= set(icons.names())


@pytest.mark.parametrize("name", icons.names())
def test_each_icon_draws_something_within_its_grid(qapp, name):
    bounds = icons.path(name).boundingRect()
    grid = QRectF(1, 1, 18, 18)
    assert grid.contains(bounds.topLeft())
    assert grid.contains(bounds.bottomRight())
    assert max(bounds.width(), bounds.height()) > 8


def test_an_unknown_icon_is_refused_at_once():
    with pytest.raises(KeyError):
        icons.icon("no such icon")


def test_an_icon_is_drawn_in_the_color_of_its_role(qapp):
    assert theme.LIGHT.accent.name() in ink(picture(icons.icon("plus", "accent"), 40))


def test_an_icon_follows_a_change_of_theme(the_theme):
    icon = icons.icon("plus", "text")
    before = ink(picture(icon, 40))
    the_theme.choose(Scheme.DARK)
    after = ink(picture(icon, 40))
    assert theme.LIGHT.text.name() in before
    assert theme.DARK.text.name() in after


@pytest.mark.parametrize("ratio", [1.0, 1.25, 1.5, 2.0])
def test_an_icon_has_a_pixel_for_each_of_the_screen(qapp, ratio):
    image = picture(icons.icon("search"), 20, ratio)
    assert image.width() == round(20 * ratio)
    assert image.devicePixelRatio() == pytest.approx(ratio)


def test_a_disabled_icon_is_paler(qapp):
    icon = icons.icon("plus")
    plain = icon.pixmap(QSize(40, 40)).toImage()
    pale = icon.pixmap(QSize(40, 40), 1.0, QIcon.Mode.Disabled).toImage()
    assert plain.pixelColor(20, 20).lightness() < pale.pixelColor(20, 20).lightness()


def test_a_copied_icon_draws_the_same(qapp):
    icon = icons.icon("lock")
    assert picture(QIcon(icon)) == picture(icon)


def test_in_a_wide_place_the_icon_stands_at_the_left(qapp):
    image = QImage(40, 20, QImage.Format.Format_ARGB32)
    image.fill(0)
    painter = QPainter(image)
    icons.draw(painter, "plus", QRectF(0, 0, 40, 20), QColor("black"))
    painter.end()
    assert image.pixelColor(10, 10).alpha() == 255
    assert image.pixelColor(30, 10).alpha() == 0
