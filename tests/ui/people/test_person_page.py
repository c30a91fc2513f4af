from datetime import UTC, date, datetime

import pytest
from pypdfium2 import PdfDocument
from PySide6.QtCore import Qt

from cit_desktop import clock
from cit_desktop.papers import person_papers
from cit_desktop.services import agencies, certificates, people, transcript, undo
from cit_desktop.services.certification import Standing
from cit_desktop.services.people import EmploymentDraft
from tests.ui.keys import press
from tests.ui.people.forms import problem, type_into
from ui.dialogs.erase import EraseDialog
from ui.pages.people import words
from ui.pages.people.page import CERTIFICATES, CHANGES, HOURS, RECORD, PersonPage


class Answers:
    """Chooses a file in place of the system's dialog."""

    def __init__(self, path):
        self.path = path

    def save(self, parent, title, suggested, chosen):
        self.suggested = suggested
        chosen(self.path)


@pytest.fixture
def page(trained, show):
    made = show(PersonPage(trained.context))
    made.open_record(trained.people["Allen"])
    return made


def row(tab, number=0):
    records = tab.table.records
    return [records.text(number, place) for place in range(records.columnCount())]


def at(day):
    clock.set_source(lambda: datetime(day.year, day.month, day.day, 15, tzinfo=UTC))


# Heading and standing


def test_the_heading_says_who_and_where(page):
    assert page.title.text() == "Margaret Allen"
    assert page.subtitle.text() == "Rolla Police Department · Officer · Municipal police"


@pytest.mark.parametrize(
    ("day", "state", "part"),
    [
        (date(2026, 11, 20), "Current", "Basic course completed Oct 16, 2026"),
        (date(2029, 1, 10), "Refresher due", "refresher due since Oct 16, 2028"),
    ],
)
def test_the_standing_is_that_of_the_day_with_its_reason(page, day, state, part):
    at(day)
    page.refresh(None)
    assert page.standing.pill.text == state
    assert part in page.why.text()


def test_somebody_without_a_class_is_not_trained(page, trained):
    page.open_record(trained.people["Young"])
    assert page.standing.pill.text == "Not trained"
    assert page.subtitle.text() == "No agency · Discipline not set"
    assert page.training.stack.currentIndex() == 1
    assert page.hours.stack.currentIndex() == 1
    assert page.certificates.stack.currentIndex() == 1


@pytest.mark.parametrize(
    ("standing", "sentence"),
    [
        (Standing(), "No basic course completed yet."),
        (
            Standing("current", date(2026, 3, 6)),
            "Basic course completed Mar 6, 2026; does not expire.",
        ),
        (
            Standing("current", date(2026, 3, 6), date(2028, 3, 6), date(2029, 3, 6)),
            "Basic course completed Mar 6, 2026; refresher due from Mar 6, 2028; "
            "expires Mar 6, 2029.",
        ),
        (
            Standing("expired", date(2020, 3, 6), date(2022, 3, 6), date(2023, 3, 6)),
            "Basic course completed Mar 6, 2020; expired Mar 6, 2023.",
        ),
    ],
)
def test_why_names_the_days(standing, sentence):
    assert words.why(standing) == sentence


@pytest.mark.parametrize(
    ("result", "status", "text"),
    [
        ("completed", "finalized", "Completed"),
        ("partial", "finalized", "In part"),
        ("withdrawn", "open", "Withdrawn"),
        ("open", "open", "Enrolled"),
        ("open", "cancelled", "Cancelled"),
    ],
)
def test_a_result_is_said_in_words(result, status, text):
    assert words.result_pill(result, status).text == text


# Tabs


def test_training_lists_the_class_with_what_came_of_it(page, trained):
    shown = row(page.training)
    assert shown[:5] == [
        "40-hour CIT, October 2026",
        "Oct 12, 2026",
        "Trainee",
        "40",
        "Completed",
    ]
    assert shown[5].startswith("OR")
    assert shown[6] == "Rolla Police Department · Officer"


def test_a_class_opens_from_the_history(page, trained):
    page.training.table.choose(0)
    press(page.training.table, Qt.Key.Key_Return)
    assert page.went == [("class", trained.class_id)]


def test_hours_are_summed_by_year_and_area(page):
    page.tabs.setCurrentIndex(HOURS)
    shown = row(page.hours)
    assert shown[0] == "2026"
    assert shown[6] == "40"
    assert sum(float(part or 0) for part in shown[1:6]) == 40
    assert "in which it was completed" in page.hours.note.text()


def test_certificates_are_listed_and_open(page, trained):
    page.tabs.setCurrentIndex(CERTIFICATES)
    shown = row(page.certificates)
    assert shown[1:3] == ["Officer", "Issued"]
    page.certificates.table.choose(0)
    press(page.certificates.table, Qt.Key.Key_Return)
    certificate = page.certificates.item(0)
    assert page.went == [("certificate", certificate.id)]


def test_a_revoked_certificate_says_so_at_once(page, trained):
    certificate = page.certificates.item(0)
    trained.context.commands.do("Revoke", certificates.revoke, certificate.id, "wrong name")
    assert row(page.certificates)[2] == "Revoked"


def test_changes_tell_who_changed_what_from_what_to_what(page, trained, qtbot):
    view = trained.person("Allen")
    trained.context.commands.do(
        "Change phone", people.update, view.id, view.version, phone="5735550000"
    )
    with qtbot.waitSignal(page.changes.ready):
        page.tabs.setCurrentIndex(CHANGES)
    items = page.changes.source.items
    phone = next(item for item in items if item.label == "Change phone")
    assert (phone.field, phone.before, phone.after) == ("Phone", "(empty)", "5735550000")
    assert phone.actor
    assert phone.at == clock.now()
    fields = {item.field for item in items}
    assert {"Enrollment: Result", "Certificate: Number"} <= fields


def test_changes_are_read_again_when_something_changed(page, trained, qtbot):
    with qtbot.waitSignal(page.changes.ready):
        page.tabs.setCurrentIndex(CHANGES)
    count = len(page.changes.source.items)
    with qtbot.waitSignal(page.changes.ready):
        type_into(page.facts.record.form, "county", "Dent")
    assert len(page.changes.source.items) == count + 1


def test_a_change_leads_to_its_step_in_the_history(page, trained, qtbot):
    with qtbot.waitSignal(page.changes.ready):
        page.tabs.setCurrentIndex(CHANGES)
    page.changes.table.choose(0)
    press(page.changes.table, Qt.Key.Key_Return)
    assert page.went == [("history", page.changes.item(0).operation_id)]


def test_another_person_begins_on_the_first_tab(page, trained):
    page.tabs.setCurrentIndex(RECORD)
    page.open_record(trained.people["Allen"])
    assert page.tabs.currentIndex() == RECORD
    page.open_record(trained.people["Davis"])
    assert page.tabs.currentIndex() == 0


def test_a_person_that_is_gone_leads_back_to_the_list(page):
    page.open_record(999)
    assert page.went == [("people", None)]
    assert page.view is None


# Record


def test_a_fact_is_saved_in_place_and_the_heading_follows(page, trained):
    page.tabs.setCurrentIndex(RECORD)
    type_into(page.facts.record.form, "last", "Allen-Hill")
    assert trained.person("Allen").last == "Allen-Hill"
    assert page.title.text() == "Margaret Allen-Hill"


def test_a_wrong_fact_is_said_under_its_field(page):
    page.tabs.setCurrentIndex(RECORD)
    type_into(page.facts.record.form, "email", "nonsense")
    assert "not an e-mail address" in problem(page.facts.record.form, "email")


def edit_employment(page, place, **texts):
    line = page.facts.employments.rows[place]
    for key, text in texts.items():
        editor = line.editors[key]
        (editor.line if hasattr(editor, "line") else editor.widget).setText(text)
    editor.line.editingFinished.emit()


def test_an_employment_is_added_with_its_days(page, trained):
    page.tabs.setCurrentIndex(RECORD)
    edit_employment(
        page, 1, starts="1/1/2015", ends="12/31/2019", title="Cadet", agency="Phelps Health"
    )
    added = trained.person("Allen").employments[-1]
    assert (added.agency, added.title) == ("Phelps Health", "Cadet")
    assert (added.starts, added.ends) == (date(2015, 1, 1), date(2019, 12, 31))
    assert len(page.facts.employments.rows) == 3


def test_an_employment_is_corrected_in_place(page, trained):
    page.tabs.setCurrentIndex(RECORD)
    edit_employment(page, 0, starts="2/3/2019")
    assert trained.person("Allen").current.starts == date(2019, 2, 3)
    assert page.facts.employments.rows[0].editors["starts"].value() == date(2019, 2, 3)


def test_an_employment_that_ends_before_it_begins_is_refused_and_stays_typed(page, trained):
    page.tabs.setCurrentIndex(RECORD)
    edit_employment(page, 0, ends="1/1/2001")
    editor = page.facts.employments
    assert "before the first one" in editor.problem.text()
    assert editor.rows[0].editors["ends"].line.text() == "Jan 1, 2001"
    assert trained.person("Allen").current.ends is None
    assert not page.banner.isVisible()


def test_an_employment_needs_its_agency(page, trained):
    page.tabs.setCurrentIndex(RECORD)
    edit_employment(page, 0, agency="")
    assert "needs an agency" in page.facts.employments.problem.text()
    assert trained.person("Allen").current.agency == "Rolla Police Department"


def test_an_employment_is_removed_with_undo(page, trained):
    page.tabs.setCurrentIndex(RECORD)
    view = trained.person("Allen")
    trained.do(people.add_employment, view.id, EmploymentDraft(trained.agencies["Phelps Health"]))
    page.refresh(None)
    page.facts.employments.removed.emit(view.employments[0].id)
    assert [e.agency for e in trained.person("Allen").employments] == ["Phelps Health"]
    assert "removed" in page.undo_banner.label.text()
    undo.undo(trained.context.db)
    assert len(trained.person("Allen").employments) == 2


def test_a_new_agency_of_an_employment_is_added(page, trained):
    page.tabs.setCurrentIndex(RECORD)
    edit_employment(page, 1, agency="Salem Police Department")
    names = [name for _id, name in trained.ask(agencies.all_names)]
    assert "Salem Police Department" in names


# Archive


def test_archiving_can_be_taken_back_here(page, trained):
    page.archive_button.click()
    assert trained.person("Allen").archived
    assert page.subtitle.text().endswith("Archived")
    assert page.archive_button.text() == "T&ake up again"
    assert "was archived" in page.undo_banner.label.text()
    page.archive_button.click()
    assert not trained.person("Allen").archived


# Erasing


def test_erasing_somebody_with_records_says_that_they_are_made_nameless(page):
    page.tabs.setCurrentIndex(RECORD)
    page.facts.erase_button.click()
    text = " ".join(page.erase_dialog.points)
    assert "Attendance, results and hours stay" in text
    assert "can never be printed again" in text
    assert "Backups" in text
    page.erase_dialog.reject()


def test_erasing_somebody_without_records_removes_them(page, trained, qtbot):
    page.open_record(trained.people["Young"])
    page.ask_erase()
    text = " ".join(page.erase_dialog.points)
    assert "are removed" in text
    assert "Erased person" not in text
    page.erase_dialog.reason.setText("asked for in writing")
    page.erase_dialog.erase.click()
    qtbot.waitUntil(lambda: ("people", None) in page.went)
    with trained.context.db.read() as session:
        assert trained.people["Young"] not in people.ids(session)


def test_a_person_is_made_nameless_and_the_class_stays_true(page, trained, qtbot):
    page.ask_erase()
    page.erase_dialog.reason.setText("asked for in writing")
    page.erase_dialog.erase.click()
    qtbot.waitUntil(lambda: page.banner.isVisible())
    assert page.title.text() == "Erased person"
    assert page.banner.label.text().startswith("The person was made nameless.")
    found = trained.ask(transcript.of, trained.people["Allen"])
    assert found.total == 40 * 60
    assert trained.person("Allen").numbers == ()


def test_a_reason_that_names_the_person_is_refused(page, trained, qtbot):
    page.ask_erase()
    page.erase_dialog.reason.setText("Margaret asked for it")
    page.erase_dialog.erase.click()
    qtbot.waitUntil(lambda: page.banner.isVisible())
    assert "names the person" in page.banner.label.text()
    assert trained.person("Allen").last == "Allen"


def test_the_dialog_waits_for_a_reason_and_enter_does_not_erase(qtbot):
    dialog = EraseDialog("Ana <b>Ito", nameless=False)
    qtbot.addWidget(dialog)
    told = []
    dialog.chosen.connect(told.append)
    dialog.open()
    assert not dialog.erase.isEnabled()
    dialog.reason.setText("   ")
    assert not dialog.erase.isEnabled()
    dialog.reason.setText("  asked   for it ")
    press(dialog.reason, Qt.Key.Key_Return)
    assert told == []


def test_the_dialog_gives_the_reason_in_one_line(qtbot):
    dialog = EraseDialog("Ana Ito", nameless=True)
    qtbot.addWidget(dialog)
    dialog.open()
    dialog.reason.setText("  asked   for it ")
    with qtbot.waitSignal(dialog.chosen) as blocker:
        dialog.erase.click()
    assert blocker.args == ["asked for it"]


# Transcript


def text_of(content):
    pdf = PdfDocument(content)
    return "\n".join(page.get_textpage().get_text_range() for page in pdf)


def test_the_transcript_holds_classes_standing_and_sums(trained):
    text = text_of(person_papers.transcript(trained.context.db, trained.people["Allen"]))
    for part in (
        "Margaret Allen",
        "Ozark Ridge CIT Council",
        "Basic course completed October 16, 2026",
        "40-hour CIT, October 2026",
        "MO POST license 0000001",
        "Credited as a trainee: 40 hours",
        "as of November 20, 2026",
    ):
        assert part in text


def test_the_transcript_is_shown_before_it_is_printed(page, qtbot):
    page.print_button.click()
    qtbot.waitUntil(lambda: page.papers.dialog is not None)
    assert page.papers.dialog.windowTitle() == "Transcript of Margaret Allen"
    assert page.papers.dialog.pdf.place.text() == "Page 1 of 1"
    page.papers.dialog.reject()


def test_the_transcript_can_be_saved_from_the_preview(trained, show, qtbot, tmp_path):
    answers = Answers(tmp_path / "allen.pdf")
    page = show(PersonPage(trained.context, answers))
    page.open_record(trained.people["Allen"])
    page.print_preview()
    qtbot.waitUntil(lambda: page.papers.dialog is not None)
    page.papers.dialog.save_button.click()
    qtbot.waitUntil(lambda: page.saved_banner.isVisible())
    assert answers.suggested.name == "Transcript of Margaret Allen.pdf"
    assert "Margaret Allen" in text_of((tmp_path / "allen.pdf").read_bytes())
    page.papers.dialog.reject()


def test_a_person_without_classes_has_an_empty_transcript(trained):
    text = text_of(person_papers.transcript(trained.context.db, trained.people["Young"]))
    assert "No class is on record." in text
    assert "Not trained" in text


# Keys


def test_tabs_are_changed_with_the_keyboard(page, qtbot):
    page._step_tab(1)
    assert page.tabs.currentIndex() == HOURS
    page._step_tab(-1)
    page._step_tab(-1)
    assert page.tabs.currentIndex() == CHANGES
    qtbot.waitUntil(lambda: bool(page.changes.source.items))


def test_nothing_is_done_while_no_person_is_shown(trained, show):
    page = show(PersonPage(trained.context))
    page.open_record("not an id")
    page.archive()
    page.ask_erase()
    page.print_preview()
    page.refresh(None)
    assert page.went == []
    assert page.erase_dialog is None
