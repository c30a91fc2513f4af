from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import func, select

from cit_desktop.documents.packets import sha256, verdict
from cit_desktop.errors import NotFound, Refused
from cit_desktop.models import (
    Attendance,
    Block,
    BlockPart,
    Certificate,
    Enrollment,
    Makeup,
    Operation,
)
from cit_desktop.progress import Cancelled
from cit_desktop.services import certificates, history, layout, merge, packets, people
from tests.core.audit_reading import TODAY, everything, june, rows, section, tamper
from tests.core.field import Field


@pytest.fixture
def taught(db, chapter_id):
    """A finalized class: Ito completed, Moss in part with time made up, Diaz taught."""
    with june():
        with db.operation("Add a class") as session:
            field = Field(session, chapter_id)
            class_id = field.training(status="finalized", min_attendance=90)
            ito = field.person("Ito", email="ito@example.org", phone="5735550100", number="0045")
            field.complete(class_id, ito, title="Sergeant", score=88, scenario_passed=1)
            moss = field.enroll(
                class_id, field.person("Moss", "Dan"), result="partial", credited_minutes=600
            )
            first, second, third, _ = field.blocks(class_id)
            for block_id, mark, minutes in ((first, "late", 180), (second, "absent", 0)):
                field.add(
                    Attendance(enrollment_id=moss, block_id=block_id, mark=mark, minutes=minutes)
                )
            field.add(
                Makeup(
                    enrollment_id=moss, block_id=second, minutes=120, day=date(2026, 3, 20),
                    other_block_id=third, approved_by="Lt. Reyes",
                )
            )  # fmt: skip
            field.teach(class_id, field.person("Diaz", "Cara"), blocks=2)
        with db.operation("Issue certificates", undoable=False) as session:
            (issued,) = certificates.issue(session, class_id)
        with db.operation("Revoke a certificate", undoable=False) as session:
            certificates.revoke(session, issued, "Never attended")
        yield class_id


def packet_of(db, class_id=1):
    with db.read() as session:
        return packets.of_class(session, class_id, TODAY)


def test_the_roster_has_everybody_with_agency_number_result_and_hours(db, taught):
    found = rows(section(packet_of(db), "Roster"))
    assert [row["Name"] for row in found] == ["Ito, Ana", "Moss, Dan", "Diaz, Cara"]
    assert found[0] == {
        "#": "1",
        "Name": "Ito, Ana",
        "Agency": "Rolla Police Department",
        "Title": "Sergeant",
        "Discipline": "Municipal police",
        "State number": "0045",
        "Role": "Trainee",
        "Result": "Completed",
        "Completed": date(2026, 3, 3),
        "Certificate no.": "",
        "Required": 864,
        "Hours": 960,
    }
    assert (found[1]["Result"], found[2]["Role"], found[2]["Hours"]) == (
        "In part",
        "Instructor",
        480,
    )


def test_attendance_stands_in_minutes_with_marks_and_what_was_made_up(db, taught):
    shown = section(packet_of(db), "Attendance")
    ito, moss = shown.tables[0].rows
    assert ito == ("Ito, Ana", "240", "240", "240", "240", 960)
    assert moss == ("Moss, Dan", "180 late", "absent +120", "–", "–", 300)
    assert rows(shown, 1) == [
        {
            "Name": "Moss, Dan",
            "Class": "CIT40-2026-1",
            "Block missed": "Mar 2, 2026, 1:00 PM, Basics",
            "Made up on": date(2026, 3, 20),
            "Made up in": "CIT40-2026-1, Mar 3, 2026, 8:00 AM, Basics",
            "Approved by": "Lt. Reyes",
            "Minutes": 120,
        }
    ]


def test_minutes_of_the_packet_are_those_of_the_records(db, taught):
    packet = packet_of(db)
    with db.read() as session:
        marked = session.scalar(select(func.sum(Attendance.minutes)))
        made_up = session.scalar(select(func.sum(Makeup.minutes)))
    totals = [row["All blocks"] for row in rows(section(packet, "Attendance"))]
    assert sum(totals) == marked + made_up
    for row in rows(section(packet, "Hours by credit area")):
        assert (row["Legal"] or 0) + (row["Technical"] or 0) == row["Attended"]


def test_hours_have_areas_credit_tests_and_what_was_missed(db, taught):
    ito, moss = rows(section(packet_of(db), "Hours by credit area"))
    assert ito == {
        "Name": "Ito, Ana",
        "Legal": 240,
        "Technical": 720,
        "Attended": 960,
        "Credited": 960,
        "Score": "88",
        "Scenario": "Passed",
        "Missed": "",
    }
    assert (moss["Attended"], moss["Credited"]) == (300, 600)
    assert moss["Missed"] == "Mon 8:00–9:00, 2 h of Mon 1:00–5:00"


def test_instructors_stand_with_their_blocks_and_hours(db, taught):
    shown = section(packet_of(db), "Instructors")
    blocks = rows(shown)
    assert blocks[0] == {
        "Day": date(2026, 3, 2),
        "Time": "8:00 AM–12:00 PM",
        "Block": "Basics",
        "Hours by credit area": "Technical 3, Legal 1",
        "Taught by": "Cara Diaz, Sergeant",
        "Hours": 240,
    }
    assert [row["Taught by"] for row in blocks[2:]] == ["", ""]
    assert rows(shown, 1) == [
        {
            "Instructor": "Cara Diaz",
            "Agency": "Rolla Police Department",
            "Blocks": 2,
            "Hours taught": 480,
        }
    ]


def test_every_module_of_every_block_stands_with_its_area_and_minutes(db, taught):
    modules = rows(section(packet_of(db), "Instructors"), 2)
    assert len(modules) == 8
    assert modules[1] == {
        "Day": date(2026, 3, 2),
        "Time": "8:00 AM–12:00 PM",
        "Module": "legal",
        "Credit area": "Legal",
        "Minutes": 60,
    }


def test_a_block_that_counts_its_modules_is_told_by_all_of_them(db, taught):
    first = "Welcome, pre-test and an overview of the whole course of forty hours"
    titles = [first, "Signs of mental illness", "Laws"]
    with db.operation("Name what is taught") as session:
        block = session.get_one(Block, Field(session, 1).blocks(1)[0])
        for old in session.scalars(select(BlockPart).filter_by(block_id=block.id)):
            session.delete(old)
        for position, title in enumerate(titles):
            session.add(
                BlockPart(
                    block_id=block.id, position=position + 9, title=title, minutes=80, area="legal"
                )
            )
        block.title = layout.block_title(titles)
        assert block.title.endswith("+ 2 more")
    assert rows(section(packet_of(db), "Instructors"))[0]["Block"] == "; ".join(titles)


def test_an_instructor_who_is_not_enrolled_stands_with_the_agency_of_then(world_db, world):
    with world_db.operation("Let Cara teach") as session:
        field = Field(session, world.chapter)
        field.add(_teaching(world.open_blocks[0], world.cara))
    with world_db.read() as session:
        view = packets.of_class(session, world.open_class, TODAY)
    (found,) = rows(section(view, "Instructors"), 1)
    assert found["Instructor"] == "Cara Diaz"
    assert found["Agency"] == "Phelps Health Hospital"


def _teaching(block_id, person_id):
    from cit_desktop.models import BlockInstructor

    return BlockInstructor(block_id=block_id, person_id=person_id)


def test_a_revoked_certificate_stands_as_revoked_with_day_reason_key_and_hash(db, taught):
    packet = packet_of(db)
    shown = section(packet, "Certificates")
    (found,) = rows(shown)
    with db.read() as session:
        record = session.scalars(select(Certificate)).one()
    assert shown.sentences == ("1 certificate: 1 revoked.",)
    assert found["State"] == "Revoked June 1, 2026: Never attended"
    assert found["Issued to"] == "Ana Ito"
    assert found["Key"] == record.key_id
    assert str(found["SHA-256 of the signed text"]).replace(" ", "") == record.snapshot_sha256
    assert packet.parts[-1].sections[0].tables[1].rows == (
        (record.number, "Revoked", record.snapshot_sha256, "As issued; the signature holds."),
    )
    assert dict(packet.counts)["Certificates in force"] == "0"


def test_a_certificate_that_was_altered_is_told(db, path, taught):
    tamper(path, "UPDATE certificate SET snapshot = replace(snapshot, 'Ana Ito', 'Ina Ito')")
    (found,) = packet_of(db).parts[-1].sections[0].tables[1].rows
    assert found[3] == "ALTERED: Its text is not the one that was issued."


def test_the_history_has_every_step_and_what_was_changed_later(db, taught):
    shown = section(packet_of(db), "History")
    assert [(row["Step"], row["What"]) for row in rows(shown)] == [
        ("2", "Add a class"),
        ("3", "Issue certificates"),
        ("4", "Revoke a certificate"),
    ]
    first = rows(shown)[0]
    assert first["When (UTC)"] == "2026-06-01 15:00"
    assert first["Who"] == db.actor
    assert "Attendance 6" in first["Records changed"]
    assert rows(shown, 1) == [
        {
            "Step": "4",
            "Record": "Certificate: Ana Ito, Basic class changed",
            "Before → after": "Status: issued → revoked; Revoked: nothing → Jun 1, 2026, 3:00 PM; "
            "Revoked reason: nothing → Never attended",
        }
    ]


def test_steps_about_other_classes_stay_out(world_db, world):
    with world_db.read() as session:
        labels = [
            row["What"]
            for row in rows(section(packets.of_class(session, world.open_class, TODAY), "History"))
        ]
    assert labels == ["Build"]


def test_what_was_removed_and_undone_is_in_the_history(db, taught):
    with db.operation("Remove a mark") as session:
        session.delete(session.scalars(select(Attendance).filter_by(mark="absent")).one())
    with db.operation("Move on") as session:
        people.update(session, 2, 1, last="Mossman")
    shown = section(packet_of(db), "History")
    assert [row["Step"] for row in rows(shown)] == ["2", "3", "4", "5"]
    removed = rows(shown, 1)[-1]
    assert removed["Record"] == "Attendance: Dan Mossman, Basic class removed"
    assert "Mark: absent" in removed["Before → after"]


def test_neither_phone_nor_e_mail_is_in_a_packet(db, taught):
    with db.operation("Change contacts") as session:
        people.update(session, 1, 1, phone="573 555 0199", email="new@example.org")
    with db.read() as session:
        packet = packets.of_person(session, 1, TODAY)
    told = everything(packet) + everything(packet_of(db))
    assert "Phone (left out)" in told
    for secret in ("5550100", "555-0100", "0199", "example.org"):
        assert secret not in told


def test_the_chain_is_told_as_whole_with_its_seal(db, taught):
    packet = packet_of(db)
    with db.read() as session:
        last = session.get_one(Operation, 4)
    assert packet.chain.whole
    assert packet.chain.seal == f"4-{last.hash[:8]}"
    assert section(packet, "Hashes", 1).facts[2] == ("Chain of hashes", "Whole")
    assert last.hash in section(packet, "Hashes", 1).sentences[1]


def test_an_edited_history_is_told_as_broken(db, path, taught):
    tamper(path, "UPDATE operation SET actor = 'somebody else' WHERE id = 3")
    packet = packet_of(db)
    assert packet.chain.first_altered == 3
    assert "ALTERED outside CIT Desktop, first in operation 3" in verdict(packet.chain)
    assert section(packet, "Hashes", 1).facts[2] == ("Chain of hashes", "BROKEN")


def test_a_record_edited_behind_the_history_is_told(db, path, taught):
    tamper(path, "UPDATE attendance SET minutes = 240 WHERE minutes = 0")
    packet = packet_of(db)
    assert packet.chain.first_altered is None
    assert "1 record is NOT as the history left them" in verdict(packet.chain)
    assert not packet.chain.whole


def test_each_section_has_its_hash_and_another_figure_another_one(db, taught):
    before = packet_of(db)
    hashes = dict(row[1:] for row in section(before, "Hashes", 1).tables[0].rows)
    assert hashes == {shown.name: sha256(shown) for shown in before.parts[0].sections}
    assert packet_of(db) == before
    with db.operation("Correct") as session:
        session.scalars(select(Enrollment).filter_by(score=88)).one().score = 98
    after = dict(row[1:] for row in section(packet_of(db), "Hashes", 1).tables[0].rows)
    differing = {name for name in hashes if hashes[name] != after[name]}
    assert differing == {"Hours by credit area", "History"}


def test_an_empty_class_says_what_there_is_none_of(db, chapter_id):
    with db.operation("Add a class") as session:
        class_id = Field(session, chapter_id).training(days=0)
    packet = packet_of(db, class_id)
    said = {shown.name: shown.sentences[:1] for shown in packet.parts[0].sections[1:-1]}
    assert said == {
        "Roster": ("Nobody is in this class.",),
        "Attendance": ("No attendance by block is on record for this class.",),
        "Instructors": ("No blocks are on record for this class.",),
        "Hours by credit area": ("No trainee is in this class.",),
        "Certificates": ("No certificate is on record.",),
    }
    assert dict(packet.counts)["Trainees"] == "0"


def test_a_class_or_person_that_is_gone_has_no_packet(db):
    with db.read() as session:
        for gather in (packets.of_class, packets.of_person):
            with pytest.raises(NotFound):
                gather(session, 99, TODAY)


def test_a_persons_packet_holds_training_attendance_and_teaching(db, taught):
    with db.read() as session:
        moss = packets.of_person(session, 2, TODAY)
        diaz = packets.of_person(session, 3, TODAY)
    attended = [row["Minutes present"] for row in rows(section(moss, "Attendance"))]
    assert attended == ["180 late", "absent +120"]
    assert dict(moss.counts)["Hours credited"] == "10"
    taught_rows = rows(section(diaz, "Teaching"))
    assert sum(row["Hours"] for row in taught_rows) == 480
    assert section(diaz, "Attendance").sentences == ("No attendance by block is on record.",)
    assert [row["What"] for row in rows(section(diaz, "History"))] == ["Add a class"]


def test_a_persons_blocks_stand_class_by_class_each_in_the_order_it_was_taught(db, chapter_id):
    with db.operation("Two classes") as session:
        field = Field(session, chapter_id)
        diaz = field.person("Diaz", "Cara")
        for code, day in (("OLD-1", date(2025, 3, 3)), ("NEW-1", date(2026, 3, 2))):
            field.teach(field.training(code=code, starts=day), diaz, blocks=4)
    with db.read() as session:
        taught = rows(section(packets.of_person(session, diaz, TODAY), "Teaching"))
    assert [row["Class"] for row in taught] == ["NEW-1"] * 4 + ["OLD-1"] * 4
    days = [row["Day"] for row in taught]
    assert days == sorted(days[:4]) + sorted(days[4:])
    assert days[0] < days[3]


def test_somebody_merged_has_the_packet_of_who_they_are_now(world_db, world):
    with world_db.operation("Merge") as session:
        merge.merge(session, world.ana, world.dan)
    with world_db.read() as session:
        packet = packets.of_person(session, world.dan, TODAY)
    assert packet.subject == "Ana María Ito"


def test_a_period_lists_its_classes_and_then_each_of_them(db, chapter_id):
    with db.operation("Add classes") as session:
        field = Field(session, chapter_id)
        for year in (2024, 2025, 2026):
            class_id = field.training(f"C-{year}", starts=date(year, 1, 5), status="finalized")
            field.complete(class_id, field.person(f"Ito{year}"))
    with db.read() as session:
        packet = packets.of_period(session, date(2025, 1, 1), date(2026, 12, 31), TODAY)
    assert packet.subject == "2025–2026"
    assert [part.name for part in packet.parts] == [
        "Classes of the period",
        "C-2025, Basic class",
        "C-2026, Basic class",
        "History of these classes",
        "Hashes",
    ]
    listed = rows(section(packet, "Classes"))
    assert [(row["Class"], row["Trainees"], row["Completed"]) for row in listed] == [
        ("C-2025", 1, 1),
        ("C-2026", 1, 1),
    ]
    steps = rows(section(packet, "History", 3))
    assert [(row["What"], row["Classes"]) for row in steps] == [("Add classes", "C-2025, C-2026")]
    counts = dict(packet.counts)
    assert (counts["Trainees"], counts["Hours credited"]) == ("2", "32")
    assert "Ito2024" not in everything(packet)


def test_a_period_is_called_by_its_days_unless_it_is_of_whole_years(db, chapter_id):
    with db.read() as session:
        some = packets.of_period(session, date(2025, 2, 1), date(2025, 3, 31), TODAY)
        year = packets.of_period(session, date(2025, 1, 1), date(2025, 12, 31), TODAY)
    assert some.subject == "February 1 – March 31, 2025"
    assert year.subject == "2025"
    assert section(year, "Classes").sentences == ("No class ended within these days.",)


def test_a_period_that_ends_before_it_begins_is_refused(db, chapter_id):
    with db.read() as session, pytest.raises(Refused, match="before it begins"):
        packets.of_period(session, date(2026, 1, 1), date(2025, 1, 1), TODAY)


def test_gathering_a_period_tells_its_classes_and_can_be_stopped(db, taught):
    told = []

    def stop(done, total, what=""):
        told.append((done, total, what))
        if what == "History":
            raise Cancelled

    with db.read() as session, pytest.raises(Cancelled):
        packets.of_period(session, date(2026, 1, 1), date(2026, 12, 31), TODAY, stop)
    assert told == [(0, 2, "CIT40-2026-1"), (1, 2, "History")]


def test_steps_of_the_history_are_checked_in_the_same_look(db, taught):
    with db.read() as session:
        assert history.verify(session).operations == packet_of(db).chain.operations == 4
