from __future__ import annotations

import pytest

from cit_desktop.services import settings


def test_a_setting_keeps_what_json_can_hold_and_has_a_default(db):
    value = {"b": [1, None, "é"], "a": True}
    with db.operation("Set") as session:
        settings.put(session, "view", value)
    with db.read() as session:
        assert settings.get(session, "view") == value
        assert settings.get(session, "other", 7) == 7
        assert settings.everything(session) == {"view": value}


def test_the_same_value_again_leaves_no_trace(db):
    heard = []
    with db.operation("Set") as session:
        settings.put(session, "x", {"a": 1, "b": 2})
    db.committed.append(heard.append)
    with db.operation("Set") as session:
        settings.put(session, "x", {"b": 2, "a": 1})
    assert heard == []


def test_a_removed_setting_has_its_default_again(db):
    with db.operation("Set") as session:
        settings.put(session, "x", 1)
        settings.put(session, "x", 2)
    with db.operation("Remove") as session:
        settings.remove(session, "x")
        settings.remove(session, "never put")
    with db.read() as session:
        assert settings.get(session, "x") is None


def test_what_json_cannot_hold_is_a_mistake_of_the_program(db):
    with pytest.raises(ValueError), db.operation("Set") as session:
        settings.put(session, "x", float("nan"))
