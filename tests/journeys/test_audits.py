import pypdfium2
import pytest

from cit_desktop.db import Database
from cit_desktop.services import enrollment, people
from cit_desktop.services.people import PersonDraft
from cit_desktop.services.state_numbers import NumberDraft


def text_of(path):
    with pypdfium2.PdfDocument(path) as pdf:
        return " ".join(" ".join(page.get_textpage().get_text_range().split()) for page in pdf)


@pytest.fixture
def taught(cli, chapter):
    """A finished class of one, whose id is 1."""
    made = cli("class", chapter, "--course", "INS8", "--title", "Basics", "--start", "2025-10-13")
    db = Database.open(chapter)
    numbers = (NumberDraft("POST", "0045"),)
    with db.operation("Enroll") as session:
        ana = people.add(
            session, PersonDraft("Ito", "Ana", email="ana@example.org", numbers=numbers)
        )
        enrollment.enroll_many(session, 1, [ana])
    db.close()
    code = made.lines[0]
    assert cli("attendance", chapter, "--class", code, "--all-present").code == 0
    assert cli("finalize", chapter, "--class", code).code == 0
    return chapter, code


def test_a_transcript_is_written_for_an_id_that_people_tells(cli, taught, tmp_path):
    file, _ = taught
    (person,) = cli("people", file, "--json").json["people"]
    out = tmp_path / "ana.pdf"
    told = cli("transcript", file, "--person", person["id"], out)
    assert (told.code, told.lines) == (0, [str(out)])
    text = text_of(out)
    assert "Training transcript" in text
    assert "Basics" in text
    assert "example.org" not in text


@pytest.mark.parametrize("who", ["1", "id:1", "004-5", " Ana@Example.org"])
def test_a_person_is_named_by_id_state_number_or_e_mail(cli, taught, tmp_path, who):
    file, _ = taught
    out = tmp_path / "ana.pdf"
    assert cli("transcript", file, "--person", who, out).code == 0
    assert "Ana Ito" in text_of(out)


def test_what_leads_to_two_people_is_refused_with_both(cli, taught, tmp_path):
    file, _ = taught
    db = Database.open(file)
    with db.operation("Add") as session:
        people.add(session, PersonDraft("Moss", "Bo", numbers=(NumberDraft("POST", "1"),)))
    db.close()
    told = cli("packet", file, "--person", "1", tmp_path / "out.pdf")
    assert told.code == 1
    assert "“1” leads to 2 people: Ito, Ana, id 1; Moss, Bo, id 2. Give the id" in told.err
    assert cli("packet", file, "--person", "id:1", tmp_path / "out.pdf").code == 0


@pytest.mark.parametrize("who", ["99", "id:Ito", "9" * 40, "ito@example.org", "Ito", "²"])
def test_who_is_nobody_is_told_without_a_list_to_refresh(cli, chapter, tmp_path, who):
    told = cli("transcript", chapter, "--person", who, tmp_path / "out.pdf")
    assert told.code == 1
    assert f"Nobody in the records has the id, state number or e-mail “{who}”." in told.err
    assert "Refresh" not in told.err


def test_a_packet_is_written_of_a_class_a_person_or_a_period(cli, taught, tmp_path):
    file, code = taught
    for number, scope in enumerate(
        (
            ("--class", code),
            ("--person", 1),
            ("--from", "2025-01-01", "--to", "2025-12-31"),
        )
    ):
        out = tmp_path / f"{number}.pdf"
        found = cli("packet", file, *scope, out, "--json").json
        assert found == {"file": str(out)}
        text = text_of(out)
        assert "Audit packet of" in text
        assert "history and records whole" in text
        assert "Ito" in text
        assert "example.org" not in text


def test_the_same_records_give_the_same_packet(cli, taught, tmp_path):
    file, code = taught
    first, second = tmp_path / "1.pdf", tmp_path / "2.pdf"
    for out in (first, second):
        assert cli("packet", file, "--class", code, out).code == 0
    assert first.read_bytes() == second.read_bytes()


@pytest.mark.parametrize(
    "scope",
    [
        (),
        ("--class", "X", "--person", "1"),
        ("--from", "2025-01-01"),
        ("--to", "2025-01-01"),
        ("--from", "soon", "--to", "2025-01-01"),
    ],
)
def test_a_scope_that_is_none_or_two_is_not_understood(cli, chapter, tmp_path, scope):
    assert cli("packet", chapter, *scope, tmp_path / "out.pdf").code == 2
    assert not (tmp_path / "out.pdf").exists()


@pytest.mark.parametrize(
    "arguments",
    [
        ("transcript", "--person", "99"),
        ("packet", "--person", "99"),
        ("packet", "--class", "GONE"),
        ("packet", "--from", "2026-01-01", "--to", "2025-01-01"),
    ],
)
def test_what_is_not_there_is_refused_in_a_sentence(cli, chapter, tmp_path, arguments):
    command, *rest = arguments
    told = cli(command, chapter, *rest, tmp_path / "out.pdf")
    assert told.code == 1
    assert told.err
    assert not (tmp_path / "out.pdf").exists()
