"""What the columns of real lists are called, and what the program takes each for."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cit_desktop.imports import headings

WRITTEN = {
    "first": [
        *(
            "First",
            "FIRST NAME",
            "first_name",
            "FirstName",
            "fname",
            "Given Name",
            "Legal First Name",
        ),
        *("First Name:", "First Name*", " first  name ", "Officer First Name", "Name (First)"),
        "Legal First Name",
    ],
    "middle": ["MI", "M.I.", "Middle", "middle initial", "Middle_Name", "Middle Name (optional)"],
    "last": [
        *("Last", "LAST NAME", "lastName", "Surname", "Family Name", "Last Name *", "LName"),
        "Legal last name",
    ],
    "suffix": ["Suffix", "Name Suffix", "Jr./Sr.", "Suffix (Jr, Sr, III)"],
    "full_name": [
        *("Name", "NAME", "Full Name", "Officer", "Officer's Name", "Attendee Name", "Student"),
        *("Participant", "Your name", "Print Name", "Name (Last, First)", "Last, First"),
        *("Last Name, First Name", "Name (Last, First MI)", "Full Name (as on certificate)"),
        *("Name as it should appear on certificate", "Trainee", "Graduates"),
    ],
    "agency": [
        *("Agency", "AGENCY NAME", "Department", "Dept.", "Organization", "Organisation"),
        *("Employer", "Agency/Department", "Agency or Organization", "Employing Agency"),
        *("Law Enforcement Agency", "Company", "What agency do you work for?", "Police Department"),
    ],
    "title": ["Title", "Rank", "Rank/Title", "Job Title", "Position", "Role", "Current Position"],
    "discipline": ["Discipline", "Profession", "Type of Agency", "Agency type"],
    "county": ["County", "COUNTY", "Agency County", "County of employment", "County/Parish"],
    "state_number": [
        *("POST #", "POST License", "POST License #", "POST License No.", "License Number"),
        *("PSID", "PSID#", "PID", "TCOLE PID", "DPSST No", "Peace Officer License #", "POST ID"),
        *("CLEET number", "State number", "Acadis ID", "MO POST Number"),
    ],
    "email": [
        *("Email", "E-mail", "E-Mail Address", "EMAIL ADDRESS", "email_address", "Work email"),
        *("Your e-mail", "Agency Email"),
    ],
    "phone": [
        *("Phone", "Phone #", "Phone Number", "Cell", "Cell Phone", "Mobile", "Work Phone"),
        *("Telephone No.", "Contact number", "Daytime phone"),
    ],
    "completed": [
        *("Completed", "Date Completed", "Completion Date", "Class Date", "Date of Completion"),
        *("Graduation date", "Training Date", "CIT Date", "End Date", "Date Issued"),
        "Class dates",
    ],
    "minutes": ["Hours", "HRS", "Total Hours", "Hours Attended", "Training Hours", "Credit hours"],
    "certificate": ["Certificate #", "Cert No.", "Certificate Number", "Certification Number"],
    "note": ["Notes", "Comments", "Remarks", "Additional comments"],
    headings.IGNORED: [
        *("#", "No.", "Timestamp", "Signature", "Badge", "Badge #", "DOB", "Date of Birth", "SSN"),
        *("Supervisor", "Supervisor's Email", "Emergency contact", "Emergency Contact Phone"),
        *("Dietary restrictions", "Shirt size", "Start Date", "Hire Date", "Expiration Date"),
        *("Instructor", "How did you hear about us?", "Address", "City", "State", "Zip Code"),
        *("Mon AM", "Day 1", "Thursday PM", "IP Address", "Total", "License expiration"),
    ],
}
CASES = [(field, heading) for field, all_ in WRITTEN.items() for heading in all_]


@pytest.mark.parametrize(("field", "heading"), CASES, ids=[heading for _, heading in CASES])
def test_a_heading_is_taken_for_what_it_means(field, heading):
    assert headings.best(heading)[0] == field


@pytest.mark.parametrize(("field", "heading"), CASES[::6], ids=[h for _, h in CASES[::6]])
def test_case_and_signs_around_a_heading_make_no_difference(field, heading):
    if heading == heading.upper():
        return
    for written in (heading.upper(), f"  {heading} ", f"{heading}:", f"*{heading}*"):
        if "FirstName" not in heading and "lastName" not in heading:
            assert headings.best(written)[0] == field, written


@pytest.mark.parametrize("heading", ["", "  ", "???", "Zzyzx", "Favorite color", "Col 17"])
def test_what_means_nothing_known_is_taken_for_nothing(heading):
    field, score = headings.best(heading)
    assert field is None or score < headings.SURE


@pytest.mark.parametrize(
    "heading",
    [
        *("Supervisor Name", "Chief's Email", "Emergency Contact Name", "Instructor Name"),
        *("Agency Address", "Agency Phone", "School Name", "Course Name", "Years in position"),
        *("Driver's License #", "Hours missed", "Certificate mailed"),
    ],
)
def test_what_is_about_somebody_or_something_else_is_no_such_field(heading):
    wrong = {
        *("full_name", "first", "last", "agency", "state_number", "minutes", "certificate"),
        "title",
    }
    field, score = headings.best(heading)
    assert field not in wrong or score < headings.SURE


def test_the_email_of_a_supervisor_is_not_that_of_the_person():
    assert headings.best("Supervisor Email")[0] != "email"
    assert headings.best("Emergency phone")[0] != "phone"


@pytest.mark.parametrize(
    ("heading", "first"),
    [
        ("Name (Last, First MI)", True),
        ("Last, First", True),
        ("LAST NAME, FIRST NAME", True),
        ("First and Last Name", False),
        ("Name", False),
        ("First Last", False),
        ("Last", False),
    ],
)
def test_a_heading_says_whether_the_family_name_comes_first(heading, first):
    assert headings.is_family_first(heading) is first


@settings(max_examples=25)
@given(st.text(max_size=40))
def test_any_heading_is_scored_between_nothing_and_all(heading):
    scores = headings.scores(heading)
    assert all(0 < score <= 1 for score in scores.values())
    field, score = headings.best(heading)
    assert (field is None) == (score == 0)


@settings(max_examples=25)
@given(st.text(max_size=40))
def test_a_plain_heading_is_plain_already(heading):
    once = headings.plain(heading)
    assert once == " ".join(once.split())
    assert once == once.casefold()
