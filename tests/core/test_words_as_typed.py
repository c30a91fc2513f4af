"""Codes, numbers and lines as people type them, and the form in which they are kept."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from cit_desktop.errors import Refused
from cit_desktop.models import Certificate
from cit_desktop.services import certificates, names, numbering, records
from cit_desktop.services.chapter_codes import suggest_code
from cit_desktop.text import clean, clean_lines, fold, letters, sort_key

CODES = {
    "Ozark Ridge CIT Council": "OR",
    "Kansas City": "KC",
    "St. Louis Area CIT": "SLA",
    "Rolla": "ROL",
    "The CIT Council of Greene County": "GC",
    "CIT": "CIT",
    "O'Fallon Team": "OFA",
    "Ste. Geneviève": "SG",
    "Ünion Ärea": "UA",
    "": "CIT",
    "東京": "CIT",
    "101st Airborne": "1A",
    "North East South West Central": "NESW",
    "A": "A",
    "East-Central Missouri CIT Council": "ECM",
    "Kansas City & Jackson": "KCJ",
}


@pytest.mark.parametrize(("name", "code"), CODES.items())
def test_a_code_is_made_of_the_telling_words(name, code):
    assert suggest_code(name) == code


@settings(max_examples=25)
@given(st.text(max_size=40))
def test_any_name_gives_a_code_that_numbers_can_begin_with(name):
    code = suggest_code(name)
    assert 1 <= len(code) <= 8
    assert code.isascii()
    assert code.isalnum()
    assert code == code.upper()


GOOD = {
    "{chapter}-{year}-{seq:04}": "OR-2026-0007",
    "{chapter}-{year}-{seq}": "OR-2026-7",
    "{year}/{seq:3}": "2026/007",
    "CIT {year} {chapter}{seq:09}": "CIT 2026 OR000000007",
    "{seq:04}-{year}": "0007-2026",
    "{year}-{year}-{seq}": "2026-2026-7",
    "Nº {year}.{seq:02}": "Nº 2026.07",
    "{chapter}{chapter}{year}{seq:1}": "OROR20267",
    "{year}-R0{seq}": "2026-R07",
}
BAD = (
    *("", "{year}", "{seq}", "{chapter}", "{chapter}-{seq:04}", "{year}{seq:0}", "{year}{seq:x}"),
    *("{year}{seq}{seq}", "{year}{seq}{", "{year}{seq}}", "{year}{seq}{name}", "{Year}{seq}"),
    *("{year}{seq}\n", "{year}\t{seq}", "{year}-R{seq}", "{seq}-R{year}", "{year}{seq:10}"),
    *("{year}{seq}{}", "{{year}}{{seq}}"),
)


@pytest.mark.parametrize(("pattern", "number"), GOOD.items())
def test_a_pattern_is_taken_and_filled(pattern, number):
    numbering.check_pattern(pattern)
    assert numbering.rendered(pattern, "OR", 2026, 7) == number


@pytest.mark.parametrize("pattern", BAD)
def test_a_pattern_is_refused_by_its_field_with_an_example(pattern):
    with pytest.raises(Refused) as caught:
        numbering.check_pattern(pattern)
    assert set(caught.value.fields) == {"pattern"}
    assert "OR-2026-0001" in caught.value.hint


@pytest.mark.parametrize("pattern", GOOD)
@settings(max_examples=25)
@given(st.integers(1, 10**6), st.integers(1, 10**6))
def test_two_certificates_of_a_year_never_have_one_number(pattern, one, other):
    numbers = {numbering.rendered(pattern, "OR", 2026, seq) for seq in (one, other)}
    assert len(numbers) == len({one, other})


def issue_again(session, world, times):
    certificate, numbers = world.certificate, []
    for _ in range(times):
        certificate = certificates.reissue(session, certificate, "Name was wrong")
        numbers.append(session.get_one(Certificate, certificate).number)
    return numbers


@pytest.mark.parametrize(
    "pattern", ["{chapter}-{year}-{seq:04}", "{year}.{seq}", "{seq:02}/{year}"]
)
def test_reissues_count_on_from_the_first_number(world_db, world, pattern):
    with world_db.operation("Reissue", undoable=False) as session:
        numbering.set_pattern(session, pattern)
        first = session.get_one(Certificate, world.certificate).number
        assert issue_again(session, world, 3) == [f"{first}-R{n}" for n in (1, 2, 3)]


def test_reissues_take_no_number_of_the_series(world_db, world):
    with world_db.operation("Reissue", undoable=False) as session:
        before = numbering.upcoming(session, world.chapter, 2026, 3)
        issue_again(session, world, 2)
        assert numbering.upcoming(session, world.chapter, 2026, 3) == before
        assert numbering.gaps(session) == []
        assert numbering.ahead(session) == []


@pytest.mark.parametrize("count", [1, 2, 499, 500, 501, 1200])
def test_many_numbers_are_given_in_order_without_a_gap(world_db, world, count):
    with world_db.operation("Number", undoable=False) as session:
        numbers = numbering.take(session, world.second_chapter, 2030, count)
    assert numbers == [f"KC-2030-{n:04}" for n in range(1, count + 1)]


def test_no_numbers_are_no_numbers(world_db, world):
    with world_db.operation("Number", undoable=False) as session:
        assert numbering.take(session, world.chapter, 2031, 0) == []
        assert numbering.upcoming(session, world.chapter, 2031, 0) == []


def test_the_numbers_of_all_certificates_differ(world_db, world):
    with world_db.operation("Issue", undoable=False) as session:
        certificates.issue(session, world.done_class, [world.done_enrolled[1]])
        issue_again(session, world, 2)
        numbers = session.scalars(select(Certificate.number)).all()
    assert len(numbers) == len(set(numbers)) == 4


PHONES = {
    "573-555-0100": "5735550100",
    "(573) 555-0100": "5735550100",
    "573.555.0100": "5735550100",
    "+1 573 555 0100": "5735550100",
    "1-573-555-0100": "5735550100",
    "5735550100": "5735550100",
    "+44 20 7946 0958": "+44 20 7946 0958",
    "555-0100": "555-0100",
    "573-555-0100 x12": "573-555-0100 x12",
    "": "",
}


@pytest.mark.parametrize(("typed", "kept"), PHONES.items())
def test_a_phone_number_is_kept_in_one_form(typed, kept):
    assert records.phone("phone", typed) == kept
    assert records.phone("phone", kept) == kept


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("ANA@Example.ORG", "ana@example.org"),
        (" a@b ", "a@b"),
        ("", ""),
        ("a.b+c@d-e.f", "a.b+c@d-e.f"),
    ],
)
def test_an_address_is_kept_in_small_letters(typed, kept):
    assert records.email("email", typed) == kept


@pytest.mark.parametrize("typed", ["a", "@", "a@", "@b", "a b@c", "a@b c", "a@@b", "a@b@c"])
def test_what_is_no_address_is_refused_by_its_field(typed):
    with pytest.raises(Refused, match="is not an e-mail address") as caught:
        records.email("email", typed)
    assert set(caught.value.fields) == {"email"}


@pytest.mark.parametrize(("length", "fits"), [(0, True), (1, True), (200, True), (201, False)])
def test_a_line_has_two_hundred_characters_at_most(length, fits):
    if fits:
        assert records.line("x", "é" * length) == "é" * length
    else:
        with pytest.raises(Refused, match="at most 200"):
            records.line("x", "é" * length)


@settings(max_examples=30)
@given(st.text(max_size=60))
def test_a_kept_text_is_clean_and_found_by_itself(text):
    kept = clean(text)
    assert clean(kept) == kept
    assert "\n" not in kept
    assert kept == kept.strip()
    assert fold(kept) == fold(fold(kept))
    assert letters(kept) == letters(fold(kept))
    assert all(char.isalnum() for char in letters(kept))
    assert sort_key(kept, "").count("\x1f") == 1


@settings(max_examples=30)
@given(st.text(max_size=60))
def test_a_note_keeps_its_lines_and_nothing_invisible(text):
    kept = clean_lines(text)
    assert clean_lines(kept) == kept
    assert kept.replace("\n", "").isprintable()


@settings(max_examples=30)
@given(st.integers(0, 100_000))
def test_hours_are_written_without_needless_zeros(minutes):
    text = names.hours(minutes)
    assert abs(float(text.replace(",", "")) * 60 - minutes) <= 0.3
    assert not text.endswith((".", ".0", ".00"))
    assert text != ""


@pytest.mark.parametrize(
    ("minutes", "text"),
    [
        (0, "12:00 AM"),
        (1, "12:01 AM"),
        (480, "8:00 AM"),
        (719, "11:59 AM"),
        (720, "12:00 PM"),
        (780, "1:00 PM"),
        (1439, "11:59 PM"),
        (1440, "12:00 AM"),
    ],
)
def test_a_time_of_day_is_written_as_on_a_clock(minutes, text):
    assert names.clock_time(minutes) == text
