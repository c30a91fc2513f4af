import pypdfium2
import pytest

from cit_desktop.services import chapters, liaisons
from cit_desktop.services.liaisons import LiaisonDraft
from tests.exports import form_reading
from tests.ui.answers import Answers
from ui.pages.liaisons.forms import NO_COUNTY, FormsPage

REFERRAL, REPORT, HOLD = "liaison-referral", "contact-report", "hold-worksheet"
PRINT, PREVIEW, SAVE, LAYOUT = -5, -4, -3, -2


@pytest.fixture
def answers(tmp_path):
    return Answers(tmp_path / "out.pdf")


@pytest.fixture
def page(council, show, answers):
    return show(FormsPage(council.context, answers))


def choose(page, county):
    known = dict(page.county._choices())
    page.county.choose(county, known[county])


def state(page):
    return page.rows[REFERRAL].state.text()


def text_of(path):
    pdf = pypdfium2.PdfDocument(path)
    texts = [" ".join(page.get_textpage().get_text_range().split()) for page in pdf]
    pdf.close()
    return texts


def saved(page, qtbot, key):
    with qtbot.waitSignal(page.saver.saved) as told:
        page.rows[key].buttons[SAVE].click()
    return told.args[0]


def test_there_is_a_row_for_each_form_as_the_state_calls_it(page):
    assert [row.title.text() for row in page.rows.values()] == [
        "CIT contact report",
        "Liaison referral",
        "Fact worksheet for a 96-hour hold",
    ]


def test_in_another_state_the_worksheet_has_its_general_name(page, council):
    seen = council.ask(chapters.view, council.chapter_id)
    council.context.commands.do(
        "Move", chapters.update, council.chapter_id, seen.version, state="KS"
    )
    assert page.rows[HOLD].title.text() == "Fact worksheet for an emergency hold"


@pytest.mark.parametrize(
    ("county", "said"),
    [
        ("Phelps", "2 liaisons"),
        ("Dent", "1 liaison"),
        ("Pulaski", "Nobody on record"),
        ("", "Liaison left blank"),
    ],
)
def test_the_row_says_whom_the_chosen_county_has(page, county, said):
    assert state(page) == "2 copies"
    choose(page, county)
    assert state(page) == said


def test_the_counties_of_the_council_are_offered_before_others_and_none(page):
    assert [text for _value, text in page.county._choices()] == [
        "Phelps",
        "Pulaski",
        "Dent",
        NO_COUNTY,
    ]


def test_a_new_liaison_is_counted_at_once(page, council):
    choose(page, "Pulaski")
    draft = LiaisonDraft("Ann Bell", counties=("Pulaski",))
    council.context.commands.do("Add", liaisons.add, draft)
    assert state(page) == "1 liaison"


def test_a_council_without_counties_gets_one_copy(page, council):
    council.context.commands.do("Leave", chapters.set_counties, council.chapter_id, [])
    assert state(page) == "1 copy"


@pytest.mark.parametrize("key", [REPORT, REFERRAL, HOLD])
def test_each_form_is_shown_as_it_prints(page, qtbot, key):
    page.rows[key].buttons[PREVIEW].click()
    qtbot.waitUntil(lambda: page.papers.dialog is not None)
    assert page.papers.dialog.windowTitle() == page.rows[key].title.text()
    assert page.papers.dialog.pdf.sheets.pages.count() == (1 if key == HOLD else 2)
    page.papers.dialog.close()


def test_printing_asks_for_a_printer_at_once(page, qtbot):
    page.rows[HOLD].buttons[PRINT].click()
    qtbot.waitUntil(lambda: page.papers.dialog is not None)
    assert page.papers.dialog.pdf.dialog.isVisible()
    page.papers.dialog.pdf.dialog.close()
    page.papers.dialog.close()


def test_the_print_key_prints_the_contact_report(page, qtbot):
    page.print_preview()
    qtbot.waitUntil(lambda: page.papers.dialog is not None)
    assert page.papers.dialog.windowTitle() == "CIT contact report"
    page.papers.dialog.close()


def test_a_saved_form_can_be_filled_in_and_is_named_after_the_county(page, qtbot, answers):
    choose(page, "Phelps")
    told = saved(page, qtbot, REFERRAL)
    assert answers.asked[0][1].name == "Liaison referral Phelps.pdf"
    assert "keeps nothing of what is filled in" in told.text
    [path] = told.paths
    [text] = text_of(path)
    assert "Marisol Okafor" in text
    assert "Tomás Elgin" in text
    assert any(one.name == "c1_person_name" for one in form_reading.fields(path.read_bytes()))


def test_without_a_county_chosen_there_is_a_copy_for_each(page, qtbot):
    phelps, pulaski = text_of(saved(page, qtbot, REFERRAL).paths[0])
    assert "Phelps County" in phelps
    assert "Pulaski County" in pulaski
    assert "nobody on record" in pulaski


def test_a_chosen_county_is_not_asked_of_other_forms(page, qtbot, answers):
    choose(page, "Phelps")
    saved(page, qtbot, REPORT)
    assert answers.asked[0][1].name == "CIT contact report.pdf"


def test_nothing_of_a_form_is_written_to_the_records(page, council, qtbot):
    before = council.steps()
    for key in page.rows:
        saved(page, qtbot, key)
    assert council.steps() == before


def test_the_way_back_leads_to_the_liaisons(page):
    page.back.click()
    assert page.went == [("liaisons", None)]


def test_an_own_layout_is_edited_used_and_given_up(page, council):
    edit, revert = page.rows[REPORT].buttons[LAYOUT:]
    assert not revert.isVisible()
    edit.click()
    page.copies.dialog.editor.setPlainText(
        page.copies.dialog.editor.toPlainText().replace('"CIT contact report"', '"Our report"')
    )
    page.copies.dialog.action.click()
    assert page.rows[REPORT].title.text() == "Our report"
    assert page.rows[REPORT].text.text().startswith("Own layout: ")
    assert "is used from now on" in page.undo_banner.label.text()
    revert.click()
    assert page.rows[REPORT].title.text() == "CIT contact report"
    assert not revert.isVisible()
    assert "as it was shipped" in page.undo_banner.label.text()


def test_a_layout_with_a_mistake_cannot_be_saved(page):
    page.rows[HOLD].buttons[LAYOUT].click()
    dialog = page.copies.dialog
    assert dialog.said.text() == "✓ The form can be used."
    dialog.editor.setPlainText("key = 1")
    dialog._say()
    assert not dialog.action.isEnabled()
    assert "“key” must be a text in quotes" in dialog.said.text()
    dialog.close()


def test_drawing_a_form_says_how_far_it_is_and_can_be_cancelled(page, council, qtbot):
    page.rows[REFERRAL].buttons[PREVIEW].click()
    job = council.context.commands.jobs.running[0]
    with qtbot.waitSignal(job.progressed):
        qtbot.waitUntil(lambda: page.papers.dialog is not None)
    page.papers.dialog.close()
