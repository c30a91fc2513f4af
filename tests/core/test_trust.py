from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import delete

from cit_desktop import clock
from cit_desktop.errors import FileProblem, NotFound
from cit_desktop.models import Certificate, Person
from cit_desktop.proving import known_keys, verdicts
from cit_desktop.services import certificates, chapter_keys, signing, trust
from tests.core.field import Field, two_certificates

NOW = datetime(2026, 3, 9, 15, tzinfo=UTC)


@pytest.fixture(autouse=True)
def in_march(tmp_path, monkeypatch):
    monkeypatch.setenv("CIT_DESKTOP_HOME", str(tmp_path / "home"))
    clock.set_source(lambda: NOW)
    yield
    clock.set_source(None)


@pytest.fixture
def issued(db, chapter_id) -> list[int]:
    with db.operation("Issue certificates", undoable=False) as session:
        return two_certificates(Field(session, chapter_id))


def do(db, act, *arguments):
    with db.operation("Act", undoable=False) as session:
        return act(session, *arguments)


def judged(db, chapter_id, certificate_id):
    with db.read() as session:
        (snapshot,) = certificates.snapshots(session, [certificate_id])
        known = trust.key_list(session, chapter_id)
        (verdict,) = verdicts.judge(snapshot.proof, [known])
        return trust.compared(session, verdict)


def test_every_certificate_that_is_issued_proves_itself(db, chapter_id, issued):
    for certificate_id in issued:
        verdict = judged(db, chapter_id, certificate_id)
        assert verdict.status == "valid"
        assert verdict.chapter == "Ozark Ridge CIT Council"
        assert verdict.notes == ()
        with db.read() as session:
            shown = certificates.view(session, certificate_id)
        assert verdict.record.number == shown.row.number
        assert verdict.record.code == shown.code
        assert verdict.record.recipient == shown.snapshot.recipient


def test_a_revoked_certificate_is_on_the_list_with_day_and_reason(db, chapter_id, issued):
    clock.set_source(lambda: NOW + timedelta(days=30))
    do(db, certificates.revoke, issued[0], "Issued by mistake")
    verdict = judged(db, chapter_id, issued[0])
    assert verdict.status == "revoked"
    assert "revoked it on April 8, 2026. Reason: Issued by mistake." in verdict.sentence
    assert judged(db, chapter_id, issued[1]).status == "valid"


def test_a_certificate_replaced_after_a_change_of_name_points_to_the_new_one(
    db, chapter_id, issued
):
    with db.operation("Marry") as session:
        person_id = certificates.rows(session, issued)[issued[0]].person_id
        session.get_one(Person, person_id).last = "Vance"
    new = do(db, certificates.reissue, issued[0], "Married")
    old = judged(db, chapter_id, issued[0])
    assert (old.status, old.withdrawn.by) == ("replaced", f"{old.record.number}-R1")
    verdict = judged(db, chapter_id, new)
    assert verdict.status == "valid"
    assert "Vance" in verdict.record.recipient
    assert verdict.record.number == f"{old.record.number}-R1"


def test_what_is_published_tells_no_reason(db, chapter_id, issued):
    do(db, certificates.revoke, issued[0], "Failed the background check")
    with db.read() as session:
        known = trust.key_list(session, chapter_id, reasons=False)
    assert "background" not in verdicts.to_json(known)
    assert [one.status for one in known.withdrawn] == ["revoked"]


def test_certificates_of_a_retired_key_stay_valid(db, chapter_id, issued):
    do(db, chapter_keys.rotate, chapter_id)
    assert judged(db, chapter_id, issued[0]).status == "valid"
    with db.read() as session:
        assert len(trust.key_list(session, chapter_id).keys) == 2


def test_a_list_holds_no_secret(db, chapter_id, issued):
    with db.operation("Look") as session:
        key = signing.key_for(session, chapter_id)
        assert key.private_key not in verdicts.to_json(trust.key_list(session, chapter_id))


def test_a_signed_certificate_that_is_not_in_the_records_is_suspected(db, chapter_id, issued):
    with db.read() as session:
        (snapshot,) = certificates.snapshots(session, issued[1:])
    with db.operation("Lose it") as session:
        session.execute(delete(Certificate).where(Certificate.id == issued[1]))
    with db.read() as session:
        (verdict,) = verdicts.judge(snapshot.proof, [trust.key_list(session, chapter_id)])
        (note,) = trust.compared(session, verdict).notes
    assert f"no certificate {snapshot.number}" in note


def test_another_certificate_under_a_number_of_the_records_is_suspected(db, chapter_id, issued):
    with db.operation("Tamper") as session:
        session.get_one(Certificate, issued[0]).code = "AAAAA-AAAAA"
    assert "has the code AAAAA-AAAAA" in judged(db, chapter_id, issued[0]).notes[0]


@pytest.mark.parametrize("written", ["{number}", " {number} ", "{code}", "{lower}"])
def test_a_certificate_is_found_by_its_number_and_its_code(db, issued, written):
    with db.read() as session:
        (snapshot,) = certificates.snapshots(session, issued[:1])
        lower = snapshot.code.lower().replace("-", " ")
        text = written.format(number=snapshot.number, code=snapshot.code, lower=lower)
        assert trust.proof_of(session, text) == snapshot.proof


@pytest.mark.parametrize("text", ["OR-2026-9999", "", "AAAAA-BBBBB"])
def test_a_number_of_nobody_is_not_found(db, issued, text):
    with db.read() as session, pytest.raises(NotFound, match="neither"):
        trust.proof_of(session, text)


# What an account remembers


def test_the_keys_of_chapters_are_remembered(db, chapter_id, issued):
    assert known_keys.remembered() == []
    with db.read() as session:
        lists = trust.key_lists(session)
    known_keys.remember(lists)
    known_keys.remember(lists)
    assert known_keys.remembered() == list(lists.values())
    assert [known.chapter for known in lists.values()] == ["Ozark Ridge CIT Council"]


def test_a_list_that_cannot_be_read_is_passed_over(db, chapter_id, issued, tmp_path, caplog):
    with db.read() as session:
        known_keys.remember(trust.key_lists(session))
    (tmp_path / "home" / "keys" / "broken.json").write_text("{", encoding="ascii")
    assert len(known_keys.remembered()) == 1
    assert "cannot be read" in caplog.text
    caplog.clear()


def test_a_folder_that_cannot_be_written_to_is_no_obstacle(
    db, chapter_id, issued, tmp_path, caplog
):
    (tmp_path / "home").mkdir(exist_ok=True)
    (tmp_path / "home" / "keys").write_text("", encoding="ascii")
    with db.read() as session:
        known_keys.remember(trust.key_lists(session))
    assert known_keys.remembered() == []
    assert "could not be remembered" in caplog.text
    caplog.clear()


def test_a_file_that_holds_no_list_is_refused(tmp_path):
    (tmp_path / "page.html").write_text("<html>", encoding="ascii")
    with pytest.raises(FileProblem, match="no list"):
        known_keys.read(tmp_path / "page.html")
    with pytest.raises(FileProblem, match="cannot be read"):
        known_keys.read(tmp_path / "missing.html")
