from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import QObject
from shiboken6 import delete

from cit_desktop.documents.design import Design
from cit_desktop.errors import NotFound, Refused
from cit_desktop.models import Enrollment, Person
from cit_desktop.progress import Cancelled
from cit_desktop.services import certificate_designs, certificates, chapters
from tests.ui.certificate_field import world  # noqa: F401 - a fixture
from ui.pages.certificates.issuing import counted
from ui.pages.certificates.preview import CertificatePreview
from ui.receiving import while_alive
from ui.widgets.pdf_pages import PdfPages
from ui.work import certificate_files, document_files


def pages(content):
    made = PdfPages(content)
    count = made.count()
    made.close()
    return count


@pytest.fixture
def everybody(world):  # noqa: F811
    return world.read(certificates.eligible, world.classes["done"])


@pytest.fixture
def ready(everybody):
    return [one for one in everybody if one.ready and not one.on_wish]


def rename(world, last, new):  # noqa: F811
    def run(f):
        f.session.get_one(Person, world.people[last]).last = new

    world.work(run)


# Drawing


def test_issued_ones_are_drawn_a_page_each(world):  # noqa: F811
    assert pages(certificate_files.drawn(world.context.db, world.issue())) == 3


def test_the_same_certificate_is_drawn_alike_whatever_changed_since(world):  # noqa: F811
    ids = world.issue()
    before = certificate_files.drawn(world.context.db, ids)
    rename(world, "Ito", "Married")
    assert certificate_files.drawn(world.context.db, ids) == before


def design(world, **values):  # noqa: F811
    with world.context.db.operation("Design certificates") as session:
        chapter = chapters.current(session)
        certificate_designs.save(session, chapter.id, Design(**values))


def test_text_on_pre_printed_stock_is_moved_as_the_chapter_chooses_when_it_is_printed(world):  # noqa: F811
    design(world, template="plain")
    ids = world.issue()
    before = certificate_files.drawn(world.context.db, ids)
    design(world, template="plain", right=5)
    moved = certificate_files.drawn(world.context.db, ids)
    design(world, template="plain")
    assert moved != before
    assert certificate_files.drawn(world.context.db, ids) == before


def test_drafts_look_as_designed_with_a_code_in_its_place(world, ready):  # noqa: F811
    plain = certificate_files.drafted(world.context.db, world.classes["done"], ready[:1])
    design(world, accent="#7A1F2B")
    colored = certificate_files.drafted(world.context.db, world.classes["done"], ready[:1])
    assert plain != colored
    assert b"/Keywords (Draft)" in colored


def test_drafts_are_drawn_without_issuing(world, ready):  # noqa: F811
    content = certificate_files.drafted(world.context.db, world.classes["done"], ready)
    assert pages(content) == 3
    assert world.read(certificates.ids) == []


def test_a_check_names_everybody_who_cannot_be_drawn(world, ready):  # noqa: F811
    rename(world, "Ito", "伊藤")
    rename(world, "Cruz", "克魯斯")
    seen = world.read(certificates.eligible, world.classes["done"])
    chosen = [one for one in seen if one.ready and not one.on_wish]
    told = []
    with pytest.raises(Refused) as caught:
        certificate_files.checked(
            world.context.db, world.classes["done"], chosen, lambda *step: told.append(step)
        )
    assert set(caught.value.fields) == {"伊藤, Ana", "克魯斯, Eva"}
    assert caught.value.message.startswith("2 of these certificates cannot be printed.")
    assert told[-1][:2] == (3, 3)


def test_a_check_of_good_names_says_nothing(world, ready):  # noqa: F811
    assert certificate_files.checked(world.context.db, world.classes["done"], ready) == []


# Reissuing


def test_a_reissue_is_worded_as_chosen_or_as_usual(world):  # noqa: F811
    ids, db = world.issue(), world.context.db
    class_id, usual = certificate_files.reissue_candidate(db, ids[2])
    assert (class_id, usual.kind) == (world.classes["done"], "officer")
    assert usual.ready
    assert certificate_files.reissue_candidate(db, ids[2], "community")[1].kind == "community"


def test_somebody_who_left_the_class_gets_no_new_one(world):  # noqa: F811
    ids = world.issue()

    def leave(f):
        old = world.row(ids[0])
        other = f.enroll(world.classes["open"], world.people["Abbott"])
        from sqlalchemy import update

        from cit_desktop.models import Certificate

        f.session.execute(
            update(Certificate).where(Certificate.id == old.id).values(enrollment_id=other)
        )
        assert f.session.get_one(Enrollment, other)

    world.work(leave)
    with pytest.raises(NotFound, match="not in the class any more"):
        certificate_files.reissue_candidate(world.context.db, ids[0])


# Names of files


@pytest.fixture
def row(world):  # noqa: F811
    return world.row(world.issue()[2])


@pytest.mark.parametrize(
    ("pattern", "name"),
    [
        (certificate_files.PATTERN, "Ito_Ana_CIT40_2026-03-03"),
        ("{Class} {Last}", "CIT40-2026-1 Ito"),
        ("{First}/{Last}", "Ana-Ito"),
    ],
)
def test_files_are_named_by_the_pattern(row, pattern, name):
    assert certificate_files.file_name(pattern, row, "CIT40") == name


def test_every_field_that_is_offered_can_be_used(row):
    pattern = "".join(f"{{{field}}}" for field in certificate_files.FIELDS)
    assert certificate_files.file_name(pattern, row, "CIT40")


def test_a_name_without_a_day_leaves_no_loose_ends(row):
    bare = replace(row, completed=None)
    assert certificate_files.file_name(certificate_files.PATTERN, bare, "CIT40") == "Ito_Ana_CIT40"


def test_separate_files_stop_between_two_when_cancelled(world, tmp_path):  # noqa: F811
    ids, written = world.issue(), []

    def progress(done, total, what=""):
        if done == 2:
            raise Cancelled

    with pytest.raises(Cancelled):
        certificate_files.save_each(
            world.context.db, ids, "{Number}", tmp_path, written.append, progress
        )
    assert len(written) == 2
    assert sorted(path for path in tmp_path.glob("*.pdf")) == sorted(written)
    assert [path for path in tmp_path.iterdir() if path.suffix == ".tmp"] == []


def test_people_of_one_name_get_a_file_each(world, tmp_path):  # noqa: F811
    ids, written = world.issue(), []
    certificate_files.save_each(world.context.db, ids, "Same", tmp_path, written.append)
    assert [path.name for path in written] == ["Same.pdf", "Same (2).pdf", "Same (3).pdf"]


def test_kinds_are_counted_in_words(ready):
    assert counted(ready) == "1 community, 1 responder, 1 officer"


# Rosters


def test_preflights_count_rows_and_what_is_rejected(world):  # noqa: F811
    found = document_files.preflights(world.context.db, world.classes["done"])
    by_id = {one.profile_id: one for one in found}
    assert list(by_id)[-1] == "generic_full"
    assert set(by_id) == {"mo_clee", "mo_cit", "mo_911", "generic_full"}
    roster = document_files.state_roster(world.context.db, "mo_clee", world.classes["done"])
    assert by_id["mo_clee"].rows == len(roster.document.rows)
    assert by_id["mo_clee"].errors == len({problem.row for problem in roster.errors})


# A preview that is asked twice


@pytest.fixture
def preview(world, qtbot):  # noqa: F811
    made = CertificatePreview(world.context)
    qtbot.addWidget(made)
    made.show()
    yield made
    world.context.commands.jobs.wait()


def test_only_the_last_question_is_answered(preview, world, qtbot):  # noqa: F811
    ids = world.issue()
    for certificate_id in ids:
        preview.show_issued([certificate_id])
    qtbot.waitUntil(lambda: preview.shown != (), timeout=10_000)
    assert preview.shown == (ids[2],)


def test_an_answer_to_an_older_question_is_dropped(preview, world, qtbot):  # noqa: F811
    ids = world.issue()
    preview.show_issued(ids, lambda: pytest.fail("an old answer was used"))
    job = world.context.commands.jobs.running[-1]
    preview.say("Nothing is chosen.")
    with qtbot.waitSignal(job.done, timeout=10_000):
        pass
    assert preview.shown == ()
    assert preview.stack.currentWidget() is preview.note


def test_a_refusal_is_said_where_the_page_would_stand(preview, qtbot):
    preview.show_issued([99])
    qtbot.waitUntil(lambda: "not in the records" in preview.note.text(), timeout=10_000)


def test_an_answer_for_something_that_is_gone_is_not_delivered(qapp):
    owner, heard = QObject(), []
    hear = while_alive(owner, heard.append)
    hear(1)
    delete(owner)
    hear(2)
    assert heard == [1]


def test_a_preview_may_be_taken_away_while_it_is_drawn(world, qtbot):  # noqa: F811
    ids = world.issue()
    made = CertificatePreview(world.context)
    made.show_issued(ids, lambda: None)
    job = world.context.commands.jobs.running[-1]
    delete(made)
    with qtbot.waitSignal(job.done, timeout=10_000):
        pass
