import struct
import zlib
from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from cit_desktop import backup
from cit_desktop.catalogs import Module
from cit_desktop.db import Database
from cit_desktop.services import chapters, courses, numbering, settings
from cit_desktop.services.chapters import SignerDraft
from cit_desktop.services.findings import Finding
from tests.ui.keys import press, type_text
from ui.context import Context
from ui.opening import backup_list
from ui.pages.settings.outline_model import AREA, DAY, HOURS, TITLE, OutlineModel, parse_hours
from ui.pages.settings.page import TABS, SettingsPage
from ui.pages.settings.picture import media_type


@pytest.fixture(autouse=True)
def home(tmp_path, monkeypatch):
    monkeypatch.setenv("CIT_DESKTOP_HOME", str(tmp_path / "home"))


@pytest.fixture
def chapter_id(db):
    with db.operation("Begin the records") as session:
        draft = chapters.ChapterDraft(
            name="Ozark Ridge CIT Council",
            word="council",
            state="MO",
            counties=["Phelps", "Dent"],
            signers=[SignerDraft("Dana Reyes", "Coordinator"), SignerDraft("Omar Diaz")],
        )
        made = chapters.create(session, draft)
        courses.seed(session)
    return made


@pytest.fixture
def page(context, chapter_id, qtbot):
    made = SettingsPage(context)
    qtbot.addWidget(made)
    made.resize(1084, 740)
    made.refresh(None)
    context.commands.changed.connect(
        lambda changes: made.refresh(changes) if changes.touches(made.watches) else None
    )
    made.show()
    made.activateWindow()
    yield made
    qtbot.waitUntil(lambda: not context.commands.jobs.running, timeout=10_000)


def chapter(page):
    with page.context.db.read() as session:
        return chapters.current(session)


def show(page, tab):
    page.tabs.setCurrentIndex(TABS.index(tab))
    return page.section()


def replace_text(field, text):
    field.setFocus()
    field.selectAll()
    type_text(field, text)
    press(field, Qt.Key.Key_Return)


def png(path, width=6, height=4):
    def part(kind, data):
        body = kind + data
        return struct.pack(">I", len(data)) + body + struct.pack(">I", zlib.crc32(body))

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    rows = b"".join(b"\x00" + b"\x20\x60\x90" * width for _ in range(height))
    data = part(b"IHDR", head) + part(b"IDAT", zlib.compress(rows)) + part(b"IEND", b"")
    path.write_bytes(b"\x89PNG\r\n\x1a\n" + data)
    return path


# The page


def test_every_tab_can_be_opened_by_its_name(page):
    for number, name in enumerate(TABS):
        page.open_record(name)
        assert page.tabs.currentIndex() == number
        assert not page.grab().isNull()


def test_a_section_that_was_hidden_is_read_when_it_is_turned_to(page):
    with page.context.db.operation("Change pattern") as session:
        numbering.set_pattern(session, "{year}-{seq}")
    assert show(page, "certificates").pattern.text() == "{year}-{seq}"


def test_turning_a_tab_clears_what_was_wrong_before(page):
    page.signers.said.emit("Type the name first.", "care")
    assert page.banner.isVisible()
    show(page, "about")
    assert not page.banner.isVisible()


# Chapter


def test_a_name_is_saved_when_enter_is_pressed(page):
    replace_text(page.chapter.view.editor("name"), "Gateway CIT")
    assert chapter(page).name == "Gateway CIT"


def test_a_refused_value_is_told_beside_its_field_and_nowhere_else(page):
    code = page.chapter.view.editor("code")
    replace_text(code, "not a code")
    row = page.chapter.view.rows["code"]
    assert "one to eight letters" in row.problem.text()
    assert row.problem.isVisible()
    assert not page.banner.isVisible()
    assert chapter(page).code == "OR"
    replace_text(code, "KC2")
    assert not row.problem.isVisible()
    assert chapter(page).code == "KC2"


def test_counties_are_ticked_and_saved_at_once(page):
    counties = page.chapter.counties
    names = [counties.list.item(row).text() for row in range(counties.list.count())]
    counties.list.setCurrentRow(names.index("Pulaski"))
    press(counties.list, Qt.Key.Key_Space)
    assert chapter(page).counties == ("Dent", "Phelps", "Pulaski")
    counties.list.setCurrentRow(names.index("Dent"))
    press(counties.list, Qt.Key.Key_Space)
    assert chapter(page).counties == ("Phelps", "Pulaski")


def test_another_state_offers_its_counties_and_keeps_the_chosen_ones(page):
    box = page.chapter.view.editor("state")
    box.setCurrentIndex(box.findData("WY"))
    box.activated.emit(box.currentIndex())
    assert chapter(page).state == "WY"
    assert page.chapter.counties.typed.text() == "Dent, Phelps"


def test_records_without_a_chapter_get_one_with_its_name(context, qtbot):
    page = SettingsPage(context)
    qtbot.addWidget(page)
    page.refresh(None)
    page.show()
    assert not page.chapter.counties.isEnabled()
    page.chapter.view.editor("phone").setText("573 555 0142")
    replace_text(page.chapter.view.editor("name"), "Dent County CIT")
    assert chapter(page).name == "Dent County CIT"
    assert chapter(page).phone == "5735550142"


def test_records_for_reading_only_cannot_be_changed(db, chapter_id, qtbot, context):
    reading = Database.open(db.path, readonly=True)
    page = SettingsPage(Context(reading, context.commands, context.preferences))
    qtbot.addWidget(page)
    for tab in TABS:
        show(page, tab).refresh(None)
    assert page.chapter.view.editor("name").isReadOnly()
    assert page.certificates.pattern.isReadOnly()
    assert not page.signers.isEnabled()
    assert not page.courses.new.isEnabled()
    assert not page.about.add.isEnabled()
    qtbot.waitUntil(lambda: not context.commands.jobs.running, timeout=10_000)
    reading.close()


# Signers and logo


def test_a_signer_is_added_with_name_and_title(page, qtbot):
    section = show(page, "signers")
    qtbot.mouseClick(section.add_button, Qt.MouseButton.LeftButton)
    assert section.names[2].hasFocus()
    replace_text(section.names[2], "Ruth Vance")
    replace_text(section.titles[2], "Sheriff")
    assert [(s.name, s.title) for s in chapter(page).signers] == [
        ("Dana Reyes", "Coordinator"),
        ("Omar Diaz", ""),
        ("Ruth Vance", "Sheriff"),
    ]


def test_a_title_waits_for_its_name(page, qtbot):
    section = show(page, "signers")
    qtbot.mouseClick(section.add_button, Qt.MouseButton.LeftButton)
    replace_text(section.titles[2], "Sheriff")
    assert len(chapter(page).signers) == 2
    assert section.titles[2].text() == "Sheriff"


def test_the_order_of_signing_can_be_changed(page, qtbot):
    section = show(page, "signers")
    assert not section.ups[0].isEnabled()
    qtbot.mouseClick(section.ups[1], Qt.MouseButton.LeftButton)
    assert [s.name for s in chapter(page).signers] == ["Omar Diaz", "Dana Reyes"]
    assert section.names[0].text() == "Omar Diaz"


def test_whoever_no_longer_signs_goes_with_an_undo(page, qtbot):
    section = show(page, "signers")
    qtbot.mouseClick(section.removers[1], Qt.MouseButton.LeftButton)
    assert [s.name for s in chapter(page).signers] == ["Dana Reyes"]
    assert page.undo_banner.label.text() == "Omar Diaz no longer signs certificates."
    with qtbot.waitSignal(page.undo_banner.undo):
        qtbot.mouseClick(page.undo_banner.link, Qt.MouseButton.LeftButton)


def test_the_same_name_twice_is_refused(page):
    section = show(page, "signers")
    replace_text(section.names[1], "dana reyes")
    assert "twice" in page.banner.label.text()
    assert section.names[1].text() == "Omar Diaz"


def test_a_signature_is_chosen_from_a_picture_and_removed(page, tmp_path, qtbot):
    section = show(page, "signers")
    section.signatures[1].picked.emit(png(tmp_path / "omar.png"))
    assert chapter(page).signers[1].signature_id is not None
    assert not section.signatures[1].picture.pixmap.isNull()
    qtbot.mouseClick(section.signatures[1].remove, Qt.MouseButton.LeftButton)
    assert chapter(page).signers[1].signature_id is None
    assert section.signatures[1].picture.pixmap.isNull()


def test_a_logo_is_chosen_and_removed(page, tmp_path, qtbot):
    section = show(page, "signers")
    section.logo.picked.emit(png(tmp_path / "logo.png"))
    assert chapter(page).logo_id is not None
    assert section.logo.remove.isVisible()
    qtbot.mouseClick(section.logo.remove, Qt.MouseButton.LeftButton)
    assert chapter(page).logo_id is None
    assert "keep it" in page.undo_banner.label.text()


def test_what_is_no_picture_is_refused(page, tmp_path):
    section = show(page, "signers")
    wrong = tmp_path / "logo.png"
    wrong.write_bytes(b"hello")
    section.logo.picked.emit(wrong)
    assert "is not a PNG or JPEG picture" in page.banner.label.text()
    section.logo.picked.emit(tmp_path / "missing.png")
    assert "cannot be read" in page.banner.label.text()
    section._add()
    section.signatures[2].picked.emit(png(tmp_path / "a.png"))
    assert page.banner.label.text() == "Type the name of whoever signs first."
    assert media_type(Path("A.JPEG")) == "image/jpeg"
    assert media_type(Path("a.gif")) == ""


# Courses


def course(page):
    with page.context.db.read() as session:
        return courses.view(session, page.courses.course.id)


@pytest.fixture
def forty(page):
    section = show(page, "courses")
    with page.context.db.read() as session:
        section.table.choose(courses.by_code(session, "CIT40"))
    return section


def test_a_course_is_shown_with_its_rules_and_outline(page, forty):
    assert forty.heading.text().startswith("CIT40 · ")
    values = forty.view.values()
    assert values["minutes"] == "40"
    assert values["min_attendance"] == course(page).min_attendance
    assert forty.outline.sum.text().endswith("parts, 40 hours")


def test_a_rule_is_saved_when_its_field_is_left(page, forty):
    spin = forty.view.editor("min_attendance")
    spin.setValue(90)
    spin.editingFinished.emit()
    assert course(page).min_attendance == 90
    check = forty.view.editor("scenario_required")
    check.setFocus()
    before = check.isChecked()
    press(check, Qt.Key.Key_Space)
    assert course(page).scenario_required is not before


def test_never_is_kept_as_no_number_at_all(page, forty):
    spin = forty.view.editor("validity_months")
    spin.setValue(24)
    spin.editingFinished.emit()
    assert course(page).validity_months == 24
    spin.setValue(spin.minimum())
    spin.editingFinished.emit()
    assert spin.text() == "Never"
    assert course(page).validity_months is None


def test_a_code_that_is_taken_is_told_beside_it(page, forty):
    replace_text(forty.view.editor("code"), "REF8")
    assert "belongs to" in forty.view.rows["code"].problem.text()
    assert course(page).code == "CIT40"


def test_a_new_course_is_made_and_its_title_waits_to_be_typed(page, qtbot):
    section = show(page, "courses")
    qtbot.mouseClick(section.new, Qt.MouseButton.LeftButton)
    assert course(page).code == "NEW"
    assert section.view.editor("title").hasFocus()
    type_text(section.view.editor("title"), "Scenario day")
    press(section.view.editor("title"), Qt.Key.Key_Return)
    assert course(page).title == "Scenario day"
    replace_text(section.view.editor("minutes"), "6,5")
    assert course(page).minutes == 390
    replace_text(section.view.editor("minutes"), "much")
    assert section.view.rows["minutes"].problem.text() == "Write hours, such as 40 or 1.5."
    qtbot.mouseClick(section.new, Qt.MouseButton.LeftButton)
    assert course(page).code == "NEW2"


def test_hours_follow_the_outline_where_there_is_one(page, forty):
    assert forty.view.editor("minutes").isReadOnly()


def test_a_course_is_archived_and_taken_back(page, forty, qtbot):
    count = forty.table.count()
    qtbot.mouseClick(forty.archive, Qt.MouseButton.LeftButton)
    assert forty.table.count() == count - 1
    assert page.undo_banner.label.text() == "CIT40 was archived."
    qtbot.mouseClick(forty.archived, Qt.MouseButton.LeftButton)
    assert forty.table.count() == count
    with page.context.db.read() as session:
        forty.table.choose(courses.by_code(session, "CIT40"))
    assert forty.archive.text() == "Take back"
    qtbot.mouseClick(forty.archive, Qt.MouseButton.LeftButton)
    assert not course(page).archived


# Outline


def cell(outline, row, column, value):
    return outline.model.setData(outline.model.index(row, column), value)


def test_cells_of_the_outline_are_saved(page, forty):
    forty.sides.setCurrentIndex(1)
    assert forty.outline.isVisible()
    cell(forty.outline, 0, TITLE, "  Welcome   and pre-test ")
    cell(forty.outline, 0, HOURS, "1.5")
    cell(forty.outline, 0, AREA, "legal")
    first = course(page).modules[0]
    assert (first.title, first.minutes, first.area) == ("Welcome and pre-test", 90, "legal")
    assert course(page).minutes == 2430
    assert forty.outline.sum.text().endswith("40.5 hours")


def test_an_outline_is_edited_by_keyboard(page, forty, qtbot):
    forty.sides.setCurrentIndex(1)
    table = forty.outline.table
    table.setFocus()
    table.setCurrentIndex(forty.outline.model.index(0, TITLE))
    press(table, Qt.Key.Key_Return)
    editor = table.viewport().findChild(type(forty.view.editor("title")))
    editor.selectAll()
    type_text(editor, "Opening")
    with qtbot.waitSignal(forty.outline.changed):
        press(editor, Qt.Key.Key_Return)
    assert course(page).modules[0].title == "Opening"
    count = len(course(page).modules)
    press(table, Qt.Key.Key_Delete)
    assert len(course(page).modules) == count - 1


def test_a_part_is_added_below_the_chosen_one(page, forty, qtbot):
    forty.sides.setCurrentIndex(1)
    forty.outline.table.setCurrentIndex(forty.outline.model.index(2, TITLE))
    qtbot.mouseClick(forty.outline.add, Qt.MouseButton.LeftButton)
    assert course(page).modules[3] == Module(1, "New part", 60, "lecture", "technical")
    assert forty.outline.table.currentIndex().row() == 3


def test_a_day_that_leaves_a_gap_is_refused(page, forty):
    cell(forty.outline, 0, DAY, "9")
    assert "without a gap" in page.banner.label.text()
    assert forty.outline.model.modules == course(page).modules
    assert course(page).modules[0].day == 1


def test_what_is_no_time_changes_nothing(page, forty):
    assert not cell(forty.outline, 0, HOURS, "long")
    assert not cell(forty.outline, 0, DAY, "x")


def test_parts_move_and_carry_the_choice_with_them(page, forty, qtbot):
    forty.sides.setCurrentIndex(1)
    titles = [m.title for m in course(page).modules[:2]]
    forty.outline.table.setCurrentIndex(forty.outline.model.index(1, TITLE))
    qtbot.mouseClick(forty.outline.up, Qt.MouseButton.LeftButton)
    assert [m.title for m in course(page).modules[:2]] == titles[::-1]
    assert forty.outline.table.currentIndex().row() == 0
    assert not forty.outline.up.isEnabled()


def outline(*days):
    model = OutlineModel()
    model.show_modules([Module(day, f"M{n}", 60, "", "legal") for n, day in enumerate(days)])
    return model


def test_the_last_part_of_a_day_moves_into_the_next():
    assert [m.day for m in outline(1, 1, 2).moved(1, 1)] == [1, 2, 2]
    assert outline(1, 2).moved(0, 1) is None
    assert outline(1, 2).moved(0, -1) is None


def test_days_close_up_behind_a_part_that_goes():
    assert [m.day for m in outline(1, 2, 3).without(1)] == [1, 2]


def test_a_part_for_an_empty_outline_is_on_the_first_day():
    (made,) = OutlineModel().with_new(-1)
    assert made.day == 1


@pytest.mark.parametrize(
    ("text", "minutes"),
    [
        ("1.5", 90),
        ("1,5", 90),
        ("90 min", 90),
        ("45m", 45),
        ("2 hours", 120),
        ("2h", 120),
        ("0", None),
        ("25", None),
        ("", None),
        ("nan", None),
        ("-1", None),
    ],
)
def test_hours_are_read_as_people_write_them(text, minutes):
    assert parse_hours(text) == minutes


def test_the_model_keeps_qts_rules(qtmodeltester):
    qtmodeltester.check(outline(1, 1, 2))


# Certificates


def test_the_next_number_is_shown_while_typing(page):
    section = show(page, "certificates")
    section.pattern.setFocus()
    section.pattern.selectAll()
    type_text(section.pattern, "{year}/{chapter}/{seq:03}")
    assert section.example.text().endswith("/OR/001")
    press(section.pattern, Qt.Key.Key_Return)
    with page.context.db.read() as session:
        assert numbering.pattern(session) == "{year}/{chapter}/{seq:03}"
    section.usual.click()
    assert section.pattern.text() == numbering.USUAL
    assert not section.usual.isVisible()


def test_a_pattern_that_would_repeat_numbers_is_refused(page):
    section = show(page, "certificates")
    replace_text(section.pattern, "{chapter}-{seq}")
    assert "lacks {year}" in section.problem.text()
    assert section.example.text() == "–"
    with page.context.db.read() as session:
        assert numbering.pattern(session) == numbering.USUAL


# Backups


@pytest.fixture
def backed_up(page, qtbot):
    made = [backup.make(page.context.db.path, reason=why) for why in ("by hand", "import")]
    section = show(page, "backups")
    qtbot.waitUntil(lambda: len(section.source.backups) == 2, timeout=10_000)
    return section, made


def test_without_backups_the_section_says_when_they_are_made(page, qtbot):
    section = show(page, "backups")
    qtbot.waitUntil(lambda: section.empty.isVisible(), timeout=10_000)
    assert not section.restore.isEnabled()


def test_backups_are_listed_with_why_and_how_much(backed_up):
    section, _made = backed_up
    rows = section.source.rows([1, 2])
    assert {row.reason for row in rows.values()} == {"By hand", "Before an import"}
    assert section.newest.text() == "2 backups, the newest just now"
    assert rows[1].state.text == "Proven when made"


def test_verifying_tells_which_backup_is_not_whole(page, backed_up, qtbot):
    section, made = backed_up
    qtbot.mouseClick(section.verify_all, Qt.MouseButton.LeftButton)
    with qtbot.waitSignal(section.said) as said:
        pass
    assert said.args == ["All 2 backups are whole.", "good"]
    data = bytearray(made[0].path.read_bytes())
    data[-1] ^= 1
    made[0].path.write_bytes(data)
    qtbot.waitUntil(lambda: section.verify_all.isEnabled(), timeout=10_000)
    with qtbot.waitSignal(section.said) as said:
        qtbot.mouseClick(section.verify_all, Qt.MouseButton.LeftButton)
    assert said.args[0].startswith("1 backup cannot be used.")
    states = [row.state.text for row in section.source.rows([1, 2]).values()]
    assert sorted(states) == ["Not usable", "Verified now"]


def test_restoring_is_asked_of_the_program_with_the_chosen_backup(page, backed_up, qtbot):
    section, _made = backed_up
    section.table.choose(2)
    with qtbot.waitSignal(page.asked) as asked:
        qtbot.mouseClick(section.restore, Qt.MouseButton.LeftButton)
    assert asked.args == ["restore", section.source.backups[1]]
    with qtbot.waitSignal(page.asked) as asked:
        qtbot.mouseClick(section.make, Qt.MouseButton.LeftButton)
    assert asked.args == ["back up", None]


def test_a_second_folder_is_kept_in_the_records(page, tmp_path, qtbot):
    section = show(page, "backups")
    with qtbot.waitSignal(page.asked):
        section.set_second(str(tmp_path))
    with page.context.db.read() as session:
        assert settings.get(session, "backup/second") == str(tmp_path)
    assert section.second_label.text() == str(tmp_path)
    section.forget.click()
    assert section.second_label.text() == "None is chosen"
    section.set_second(str(tmp_path / "unplugged"))
    assert section.second_label.text().endswith("(cannot be reached now)")


def test_backups_of_the_second_folder_are_listed_and_those_of_other_files_are_not(page, tmp_path):
    path = page.context.db.path
    backup.make(path, backup_list.second_folder(path, str(tmp_path)))
    other = path.with_name("chapter-2.cit")
    other.write_bytes(path.read_bytes())
    backup.make(other, backup_list.second_folder(path, str(tmp_path)))
    names = [made.path.name for made in backup_list.backups_of(path, str(tmp_path))]
    assert len(names) == 1
    assert names[0].startswith("chapter-2")
    assert not names[0].startswith("chapter-2-")


# Appearance


def test_colors_and_rows_are_asked_of_the_program(page, qtbot):
    section = show(page, "appearance")
    with qtbot.waitSignal(page.asked) as asked:
        section.schemes["dark"].click()
    assert asked.args == ["appearance", ("dark", False)]
    with qtbot.waitSignal(page.asked) as asked:
        section.compact.click()
    assert asked.args == ["appearance", ("dark", True)]


def test_the_choice_of_the_menu_is_followed(page):
    page.context.preferences.set("theme/scheme", "light")
    page.context.preferences.set("theme/compact", True)
    section = show(page, "appearance")
    assert section.schemes["light"].isChecked()
    assert section.compact.isChecked()


# About


def test_checking_sound_records_says_so(page, qtbot):
    page.open_record("check")
    section = page.section()
    assert section is page.about
    assert not section.check.isEnabled()
    qtbot.waitUntil(lambda: section.outcome.text() == "The records are sound", timeout=10_000)
    qtbot.waitUntil(lambda: section.check.isEnabled())


def test_findings_are_listed_with_what_to_do(page):
    section = show(page, "about")
    wrong = Finding("error", "Two people have the number 0142.", "Open both and compare.")
    odd = Finding("warning", "A class has no blocks.", "Add them.")
    section._show_findings([wrong, odd])
    assert [label.text() for label in section.findings] == [
        "Error: Two people have the number 0142. Open both and compare.",
        "Look at it: A class has no blocks. Add them.",
    ]
    assert section.outcome.text() == "2 findings"
    section._show_findings([odd] * 150)
    assert len(section.findings) == 100
    assert section.outcome.text() == "150 findings, the first 100 are listed"
    section._show_findings([])
    assert section.findings == []


def test_another_chapter_is_added_and_can_be_worked_for(page, qtbot):
    section = show(page, "about")
    type_text(section.new_name, "Gateway CIT")
    press(section.new_name, Qt.Key.Key_Return)
    assert page.undo_banner.label.text() == "Gateway CIT was added."
    assert section.new_name.text() == ""
    assert chapter(page).name == "Ozark Ridge CIT Council"
    (choose,) = [
        section.chapters.itemAt(place).widget()
        for place in range(section.chapters.count())
        if section.chapters.itemAt(place).widget().accessibleName() == "Work for Gateway CIT"
    ]
    qtbot.mouseClick(choose, Qt.MouseButton.LeftButton)
    assert chapter(page).name == "Gateway CIT"


def test_a_chapter_without_a_name_is_not_added(page, qtbot):
    section = show(page, "about")
    qtbot.mouseClick(section.add, Qt.MouseButton.LeftButton)
    assert section.new_name.hasFocus()
    with page.context.db.read() as session:
        assert len(chapters.chapters(session)) == 1
