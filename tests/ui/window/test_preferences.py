import json

import pytest

from ui.preferences import Preferences


def test_what_was_set_is_there_after_a_restart(tmp_path):
    path = tmp_path / "deep" / "window.json"
    Preferences(path).set("table/people/widths", {"name": 220})
    assert Preferences(path).get("table/people/widths") == {"name": 220}


def test_without_a_file_values_last_as_long_as_the_program():
    preferences = Preferences()
    preferences.set("theme", "dark")
    assert preferences.get("theme") == "dark"
    assert Preferences().get("theme") is None


@pytest.mark.parametrize("content", ["", "{", "[1, 2]", "\x00\x01", '"text"'])
def test_a_damaged_file_means_nothing_is_remembered(tmp_path, content):
    path = tmp_path / "window.json"
    path.write_text(content, encoding="utf-8")
    assert Preferences(path).get("theme", "system") == "system"


def test_a_file_in_another_encoding_means_nothing_is_remembered(tmp_path):
    path = tmp_path / "window.json"
    path.write_bytes('{"a": "é"}'.encode("utf-16"))
    assert Preferences(path).get("a") is None


def test_a_value_of_another_type_is_not_taken(tmp_path):
    path = tmp_path / "window.json"
    path.write_text(json.dumps({"widths": "wide"}), encoding="utf-8")
    assert Preferences(path).get("widths", {}) == {}


def test_none_forgets(tmp_path):
    path = tmp_path / "window.json"
    preferences = Preferences(path)
    preferences.set("page", "people")
    preferences.set("page", None)
    assert Preferences(path).get("page") is None


def test_a_folder_one_may_not_write_to_costs_only_the_memory(tmp_path):
    blocker = tmp_path / "file"
    blocker.write_text("", encoding="utf-8")
    preferences = Preferences(blocker / "window.json")
    preferences.set("page", "people")
    assert preferences.get("page") == "people"


def test_the_same_value_again_does_not_write(tmp_path):
    path = tmp_path / "window.json"
    preferences = Preferences(path)
    preferences.set("page", "people")
    path.unlink()
    preferences.set("page", "people")
    assert not path.exists()


def test_no_part_of_a_file_is_left_behind(tmp_path):
    path = tmp_path / "window.json"
    Preferences(path).set("name", "Ánh")
    assert [file.name for file in tmp_path.iterdir()] == ["window.json"]
    assert "Ánh" in path.read_text(encoding="utf-8")
