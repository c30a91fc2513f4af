import pytest
from PySide6.QtCore import Qt

from ui import theme
from ui.widgets.banner import Banner, UndoBanner
from ui.widgets.card import Card
from ui.widgets.empty_state import EmptyState


@pytest.fixture
def banner(qtbot):
    made = Banner()
    qtbot.addWidget(made)
    made.resize(700, 32)
    return made


def test_a_banner_is_hidden_until_it_has_something_to_say(banner):
    assert not banner.isVisible()
    banner.say("Five marks are still blank.")
    assert banner.isVisible()
    assert banner.accessibleName() == "Five marks are still blank."
    banner.clear()
    assert not banner.isVisible()


@pytest.mark.parametrize("tone", ["info", "good", "care", "wrong"])
def test_the_ground_goes_with_the_tone(banner, tone):
    banner.say("Something.", tone)
    role = "accent_ground" if tone == "info" else f"{tone}_ground"
    assert banner.grab().toImage().pixelColor(340, 4) == theme.LIGHT.role(role)


def test_the_link_does_what_it_says(banner, qtbot):
    banner.say("Five marks are still blank.", link="Show them")
    with qtbot.waitSignal(banner.acted):
        qtbot.mouseClick(banner.link, Qt.MouseButton.LeftButton)


def test_without_a_link_there_is_none_to_click(banner):
    banner.say("Saved.")
    assert not banner.link.isVisible()
    assert not banner.close_button.isVisible()


def test_a_closable_banner_can_be_dismissed(banner, qtbot):
    banner.say("Saved.", closable=True)
    with qtbot.waitSignal(banner.dismissed):
        qtbot.mouseClick(banner.close_button, Qt.MouseButton.LeftButton)
    assert not banner.isVisible()


def test_a_banner_for_a_while_goes_by_itself(banner, qtbot):
    banner.say("Saved.", seconds=0.02)
    qtbot.waitUntil(lambda: not banner.isVisible())


def test_a_later_sentence_stays_although_the_first_was_short(banner, qtbot):
    banner.say("Saved.", seconds=0.02)
    banner.say("Five marks are still blank.")
    qtbot.wait(60)
    assert banner.isVisible()


def test_a_gap_goes_with_the_banner(qtbot):
    plain, spaced = Banner(), Banner(gap=10)
    for made in (plain, spaced):
        qtbot.addWidget(made)
    assert spaced.minimumHeight() == plain.minimumHeight() + 10


def test_undo_is_offered_and_asked_for_once(qtbot):
    made = UndoBanner()
    qtbot.addWidget(made)
    made.done("Carter, Andrew was archived.")
    with qtbot.waitSignal(made.undo):
        qtbot.mouseClick(made.link, Qt.MouseButton.LeftButton)
    assert not made.isVisible()


def test_an_empty_page_says_what_it_is_for_and_offers_the_first_step(qtbot):
    text = "People come in from a roster file, or are added one by one when they enroll in a class."
    made = EmptyState("people", "No people yet", text, "Add a person…")
    qtbot.addWidget(made)
    made.resize(800, 500)
    made.show()
    assert made.text.height() >= made.text.heightForWidth(made.text.width())
    with qtbot.waitSignal(made.acted):
        qtbot.mouseClick(made.action, Qt.MouseButton.LeftButton)


def test_an_empty_page_can_offer_nothing(qtbot):
    made = EmptyState("people", "No people yet", "They come with the first class.")
    qtbot.addWidget(made)
    made.show()
    assert not made.action.isVisible()
    made.say("No results", "The filter “Dispatch” hides 26 people.", "Clear the filter")
    assert made.action.isVisible()
    assert made.title.text() == "No results"


def test_a_card_is_a_surface_with_round_corners(qtbot):
    card = Card()
    qtbot.addWidget(card)
    card.resize(100, 60)
    image = card.grab().toImage()
    assert image.pixelColor(50, 30) == theme.LIGHT.surface
    assert image.pixelColor(50, 0) == theme.LIGHT.line
    assert image.pixelColor(0, 0) != theme.LIGHT.line
