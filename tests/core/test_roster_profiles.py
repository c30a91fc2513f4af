from __future__ import annotations

import pytest

from cit_desktop import catalogs
from cit_desktop.errors import FileProblem, NotFound, Refused
from cit_desktop.models import RosterProfile
from cit_desktop.services import profiles


def changed(profile_id: str, old: str, new: str) -> str:
    text = catalogs.profile_text(profile_id)
    assert old in text
    return text.replace(old, new)


def test_without_copies_the_shipped_profiles_are_given(db):
    with db.read() as session:
        assert profiles.all(session) == catalogs.profiles()
        assert profiles.get(session, "tn_post") == catalogs.profile("tn_post")
        assert profiles.own_ids(session) == frozenset()


def test_the_own_copy_wins(db):
    text = changed("tn_post", '"Rank"', '"Grade"')
    with db.operation("Change profile") as session:
        profiles.save_copy(session, "tn_post", text)
    with db.read() as session:
        labels = [column.label for column in profiles.get(session, "tn_post").columns]
        listed = next(p for p in profiles.all(session) if p.id == "tn_post")
        assert "Grade" in labels
        assert listed == profiles.get(session, "tn_post")
        assert profiles.own_ids(session) == {"tn_post"}
        assert profiles.text(session, "tn_post") == text


def test_the_profiles_of_some_states_are_all_theirs_and_the_own_copies(db):
    own = changed("tn_post", 'id = "tn_post"', 'id = "own"').replace('"TN"', '"MO"')
    with db.operation("Add profile") as session:
        profiles.save_copy(session, "own", own)
        every = profiles.all(session)
        assert profiles.of_states(session, {"MO", "OK"}) == tuple(
            profile for profile in every if profile.state in ("MO", "OK")
        )
        assert "own" in [profile.id for profile in profiles.of_states(session, {"MO"})]
        assert profiles.of_states(session, {""}) == ()


def test_a_second_copy_replaces_the_first(db):
    with db.operation("Change profile") as session:
        profiles.save_copy(session, "tn_post", changed("tn_post", '"Rank"', '"Grade"'))
        profiles.save_copy(session, "tn_post", changed("tn_post", '"Rank"', '"Title"'))
        assert session.query(RosterProfile).count() == 1


def test_a_reverted_profile_is_the_shipped_one_again(db):
    with db.operation("Change profile") as session:
        profiles.save_copy(session, "tn_post", changed("tn_post", '"Rank"', '"Grade"'))
        profiles.revert(session, "tn_post")
        assert profiles.get(session, "tn_post") == catalogs.profile("tn_post")
        assert profiles.text(session, "tn_post") == catalogs.profile_text("tn_post")


def test_a_profile_of_the_chapters_own_joins_the_list(db):
    text = changed("tn_post", 'id = "tn_post"', 'id = "ks_own"')
    with db.operation("Add profile") as session:
        profiles.save_copy(session, "ks_own", text)
        assert "ks_own" in [profile.id for profile in profiles.all(session)]


def test_a_text_with_a_mistake_is_refused_with_its_place(db):
    with (
        pytest.raises(FileProblem, match=r"tn_post.*“field”"),
        db.operation("Change profile") as session,
    ):
        profiles.save_copy(session, "tn_post", changed("tn_post", '"title"', '"rank"'))


def test_the_text_of_another_profile_is_refused(db):
    with pytest.raises(Refused, match="“mn_post”") as caught, db.operation("Change") as session:
        profiles.save_copy(session, "tn_post", catalogs.profile_text("mn_post"))
    assert "toml" in caught.value.fields


def test_without_a_copy_there_is_nothing_to_revert(db):
    with pytest.raises(NotFound, match="no copy"), db.operation("Revert") as session:
        profiles.revert(session, "tn_post")


def test_an_unknown_profile_is_said_to_be(db):
    with db.read() as session, pytest.raises(NotFound, match="“zz”"):
        profiles.get(session, "zz")


def test_a_copy_that_cannot_be_read_leaves_the_shipped_one_in_the_list(db):
    with db.operation("Add copy") as session:
        session.add(RosterProfile(profile="tn_post", toml="future = true"))
    with db.read() as session:
        assert profiles.all(session) == catalogs.profiles()
        with pytest.raises(FileProblem):
            profiles.get(session, "tn_post")
