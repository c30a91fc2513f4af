import json
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cit_desktop.documents.certificates import (
    CertificateSnapshot,
    Signer,
    canonical_json,
    snapshot_from_json,
    usual_heading,
    usual_wording,
    verification_code,
)
from cit_desktop.documents.tables import (
    ROSTER_COLUMNS,
    RosterRow,
    TableColumn,
    TableDocument,
    class_roster,
)
from cit_desktop.errors import FileProblem, TooNew

LINES = st.text(st.characters(exclude_categories=("Cs",)), max_size=20)
PAIRS = st.tuples(LINES, st.integers(0, 10_000))
SNAPSHOTS = st.builds(
    CertificateSnapshot,
    number=LINES,
    kind=st.sampled_from(["officer", "responder", "community", "instructor", "letter"]),
    chapter=LINES,
    recipient=LINES,
    course=LINES,
    starts=st.dates(),
    ends=st.dates(),
    completed=st.dates(),
    issued=st.dates(),
    minutes=st.integers(0, 100_000),
    agency=LINES,
    areas=st.lists(PAIRS, max_size=4).map(tuple),
    wording=st.lists(LINES, max_size=4).map(tuple),
    signers=st.lists(st.builds(Signer, LINES, LINES, LINES), max_size=3).map(tuple),
    logo=LINES,
    seal=LINES,
    hidden=st.lists(LINES, max_size=2).map(tuple),
)


@pytest.fixture
def snapshot():
    return CertificateSnapshot(
        number="0042",
        kind="officer",
        chapter="Heartland",
        recipient="Ewa Łukasz",
        course="CIT",
        starts=date(2026, 3, 2),
        ends=date(2026, 3, 6),
        completed=date(2026, 3, 6),
        issued=date(2026, 3, 9),
        minutes=2400,
        areas=(("Legal", 120),),
        signers=(Signer("Bo Li", "Chair", "ab12"), Signer("Cy")),
        logo="cd34",
    )


@given(SNAPSHOTS)
def test_a_snapshot_comes_back_from_its_text_as_it_was(snapshot):
    text = canonical_json(snapshot)
    assert snapshot_from_json(text) == snapshot
    assert canonical_json(snapshot_from_json(text)) == text


def test_the_text_is_sorted_and_has_neither_spaces_nor_escapes(snapshot):
    text = canonical_json(snapshot)
    assert list(json.loads(text)) == sorted(json.loads(text))
    assert '"recipient":"Ewa Łukasz","seal":"","signers":[{"image":"ab12","name":"Bo Li"' in text
    assert '"starts":"2026-03-02"' in text


def test_what_an_older_text_lacks_gets_its_default(snapshot):
    values = json.loads(canonical_json(snapshot))
    del values["heading"], values["provider"], values["areas"]
    assert snapshot_from_json(json.dumps(values)) == replace(snapshot, areas=())


def test_the_text_of_a_newer_version_is_too_new(snapshot):
    values = json.loads(canonical_json(snapshot)) | {"version": 2, "hologram": "x"}
    with pytest.raises(TooNew, match="newer version"):
        snapshot_from_json(json.dumps(values))


@pytest.mark.parametrize(
    "change",
    [
        {"hologram": "x"},
        {"version": "1"},
        {"version": None},
        {"starts": "yesterday"},
        {"minutes": 12.5},
        {"minutes": True},
        {"kind": "general"},
        {"areas": [["Legal", "many"]]},
        {"signers": [{"nickname": "Bo"}]},
    ],
)
def test_an_altered_text_is_refused(snapshot, change):
    values = json.loads(canonical_json(snapshot)) | change
    with pytest.raises(FileProblem, match="cannot be read"):
        snapshot_from_json(json.dumps(values))


@pytest.mark.parametrize("text", ["", "no json", "[]", "{}", "null", '{"version":1}'])
def test_a_text_that_is_no_snapshot_is_refused(text):
    with pytest.raises(FileProblem, match="cannot be read"):
        snapshot_from_json(text)


def test_the_code_follows_from_all_else_and_not_from_itself(snapshot):
    code = verification_code(snapshot)
    assert len(code) == 11
    assert code[5] == "-"
    assert verification_code(replace(snapshot, code=code)) == code
    assert verification_code(replace(snapshot, minutes=2399)) != code


def test_a_snapshot_knows_the_pictures_it_needs(snapshot):
    assert snapshot.images() == {"ab12", "cd34"}
    assert replace(snapshot, logo="", signers=()).images() == frozenset()


def test_every_kind_has_a_heading_and_words_around_the_name():
    for kind in ("officer", "responder", "community", "instructor", "letter"):
        assert usual_heading(kind)
        assert all(usual_wording(kind)[:2])


def test_a_row_of_another_length_is_a_mistake():
    with pytest.raises(ValueError, match="Row 2 has 1 values for 2 columns"):
        TableDocument("T", (TableColumn("a", "A"), TableColumn("b", "B")), ((1, 2), (3,)))


def test_two_columns_of_one_key_are_a_mistake():
    with pytest.raises(ValueError, match="same key"):
        TableDocument("T", (TableColumn("a", "A"), TableColumn("a", "B")), ())


def test_a_roster_has_a_column_for_each_value_of_a_person():
    assert tuple(column.key for column in ROSTER_COLUMNS) == RosterRow._fields
    person = RosterRow(
        1, "Ito", "Ana", "", "", "Cole", "", "", "007", "", "", 2400, 2400, "Passed", ""
    )
    roster = class_roster("CIT 40", [person], header=(("Code", "CIT40"),))
    assert roster.rows == (tuple(person),)
    assert roster.sheet_name == "Roster"
