from __future__ import annotations

import pytest

from cit_desktop import backup
from cit_desktop.db import Database
from cit_desktop.models import Chapter, SigningKey
from cit_desktop.proving import keyring, verdicts
from cit_desktop.restore import restore
from cit_desktop.services import certificates, chapter_keys, kept_keys, signing, trust
from cit_desktop.services.kept_keys import KeptKey
from tests.core.field import Field, two_certificates
from tests.core.proofs import KEY

PASSPHRASE = "river stone lamp orchard"


@pytest.fixture(autouse=True)
def home(tmp_path, monkeypatch):
    monkeypatch.setenv("CIT_DESKTOP_HOME", str(tmp_path / "home"))


def restored_after(db, chapter_id, *acts):
    """The records after these acts, and after going back to a backup from before them."""
    with db.operation("Sign") as session:
        signing.key_for(session, chapter_id)
    chosen = backup.make(db.path, reason="by hand")
    for act, *arguments in acts:
        with db.operation("Act", undoable=False) as session:
            act(session, chapter_id, *arguments)
    db.close()
    restore(db.path, chosen)
    return Database.open(db.path)


def states(db, chapter_id):
    with db.read() as session:
        return [key.state for key in chapter_keys.keys(session, chapter_id)]


def test_a_key_made_since_the_backup_still_proves_what_it_signed(db, chapter_id):
    proofs = []

    def issue(session, chapter_id):
        ids = two_certificates(Field(session, chapter_id))
        proofs.extend(one.proof for one in certificates.snapshots(session, ids))

    after = restored_after(db, chapter_id, (chapter_keys.rotate,), (issue,))
    with after.read() as session:
        known = trust.key_list(session, chapter_id)
    assert [v.status for v in verdicts.judge(" ".join(proofs), [known])] == ["valid", "valid"]
    assert states(after, chapter_id) == ["open", "retired"]
    after.close()


def test_a_passphrase_set_since_the_backup_still_protects_the_key(db, chapter_id):
    after = restored_after(db, chapter_id, (chapter_keys.protect, PASSPHRASE))
    assert states(after, chapter_id) == ["locked"]
    with after.read() as session:
        chapter_keys.unlock(session, chapter_id, PASSPHRASE)
    after.close()


def test_a_restore_with_the_same_keys_changes_none(db, chapter_id):
    after = restored_after(db, chapter_id)
    with after.read() as session:
        assert len(chapter_keys.keys(session, chapter_id)) == 1
    after.close()


def kept(chapter_uid, keepings, private_key=KEY.private_key, retired=None):
    return KeptKey(
        chapter_uid, KEY.key_id, KEY.public_key, private_key, keepings, "2026-01-02T03:04:05Z",
        int(retired is not None), retired,
    )  # fmt: skip


def test_of_several_files_the_form_kept_last_counts_whatever_their_order(db, chapter_id):
    with db.operation("Keep") as session:
        uid = session.get_one(Chapter, chapter_id).uid
        wrapped = keyring.wrap(KEY.private_key, KEY.key_id, PASSPHRASE)
        found = [kept(uid, 0), kept(uid, 2, "", "2026-05-06T07:08:09Z"), kept(uid, 1, wrapped)]
        kept_keys.keep(session, found)
        (key,) = session.query(SigningKey).all()
        assert (key.private_key, key.keepings, key.retired) == ("", 2, True)
        assert key.retired_at.isoformat() == "2026-05-06T07:08:09+00:00"


def test_a_key_of_a_chapter_that_is_not_in_the_records_is_passed_over(db, chapter_id):
    with db.operation("Keep") as session:
        kept_keys.keep(session, [kept("nobody", 0)])
        assert session.query(SigningKey).count() == 0
