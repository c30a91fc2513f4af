"""Options of the commands: what each takes, what it answers when it is given something wrong."""

from __future__ import annotations

import json

import pytest

from cit_desktop import clock
from cit_desktop.cli import passphrases, plumbing
from cit_desktop.db import Database
from cit_desktop.errors import Locked, NotFound, Refused
from cit_desktop.services import chapters

CLASS = "CIT40-2026-01"
DAY = "2026-10-12"


@pytest.fixture
def people(cli, chapter, tmp_path):
    """Three people, two of one last name."""
    file = tmp_path / "people.csv"
    file.write_text(
        "Last name,First name,Agency,State number\n"
        "Ito,Ana,Rolla PD,0045\nIto,Ben,Salem PD,\nLi,Bo,,0077\n",
        encoding="utf-8",
    )
    assert cli("import", chapter, file).code == 0
    return chapter


# Wrong input, option by option: 2 and a sentence, and nothing is written


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("import", "a.cit", "b.csv", "--class", CLASS, "--history"), "Give either --class CODE"),
        (
            ("import", "a.cit", "b.csv", "--completed", "10/12/2026"),
            "“10/12/2026” is no date; write it like 2026-10-12.",
        ),
        (("import", "a.cit", "b.csv", "--day-order", "ymd"), "'--day-order'"),
        (("import", "a.cit", "b.csv", "--conflicts", "both"), "'--conflicts'"),
        (("import", "a.cit"), "Missing argument"),
        (("edit", "a.cit", "o.xlsx"), "--list"),
        (("edit", "a.cit", "o.xlsx", "--list", "courses"), "'--list'"),
        (("merge", "a.cit", "1"), "Missing argument"),
        (("merge", "a.cit", "one", "2"), "'KEEP'"),
        (("merge", "a.cit", "1", "2", "--take", "email"), "“email” is not FIELD=SIDE."),
        (("merge", "a.cit", "1", "2", "--take", "email=mine"), "the sides are keep, other and"),
        (("merge", "a.cit", "1", "2", "--take", "shoe=keep"), "“shoe=keep” is not FIELD=SIDE."),
        (("duplicates", "a.cit", "--most", "0"), "'--most'"),
        (("unmerge", "a.cit", "first"), "'ID'"),
        (("transcript", "a.cit", "o.pdf"), "--person"),
        (("packet", "a.cit", "o.pdf"), "Give one of --class CODE, --person WHO, or both"),
        (("packet", "a.cit", "o.pdf", "--from", DAY), "Give one of --class CODE"),
        (("packet", "a.cit", "o.pdf", "--class", "C", "--person", "1"), "Give one of --class CODE"),
        (("key", "a.cit", "--protect", "--rotate"), "Give one of these options at a time."),
        (("key", "a.cit", "--restore", "--recovery", "o.pdf"), "Give one of these options"),
        (("renewals", "a.cit", "--by", "soon"), "“soon” is no date"),
        (
            ("renewals", "a.cit", "--pdf", "o.pdf", "--eml", "drafts"),
            "Only one of --pdf, --merge and --eml at a time.",
        ),
        (("verify", "nothing at all"), "There is no code of a certificate in it."),
        (("class", "a.cit", "--course", "C", "--title", "T", "--start", ""), "“” is no date"),
        (
            ("class", "a.cit", "--course", "C", "--title", "T", "--start", "2026-02-30"),
            "is no date",
        ),
    ],
)
def test_what_cannot_be_meant_is_not_understood(cli, tmp_path, monkeypatch, arguments, sentence):
    monkeypatch.chdir(tmp_path)
    told = cli(*arguments)
    assert (told.code, told.out) == (2, "")
    assert sentence in " ".join(told.err.split())
    assert list(tmp_path.glob("*.*")) == []


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("import", "nothere.csv", "--history"), "There is no file “nothere.csv”"),
        (("edit", "nowhere/o.xlsx", "--list", "people"), "There is no folder"),
        (("packet", "nowhere/o.pdf", "--person", "1"), "There is no folder"),
        (("transcript", "nowhere/o.pdf", "--person", "1"), "There is no folder"),
        (("key", "--recovery", "nowhere/o.pdf"), "There is no folder"),
        (("renewals", "--pdf", "nowhere/o.pdf"), "There is no folder"),
        (("transcript", "o.pdf", "--person", "999"), "Nobody in the records has the id"),
        (("packet", "o.pdf", "--class", "CIT40-2026-9"), "There is no class with the code"),
        (("merge", "1", "999"), "no longer"),
        (("not-same", "1", "999"), "no longer"),
        (("unmerge", "999"), ""),
        (("state-roster", "o.xlsx", "--profile", "mo_cit", "--from", "2026-02-01",
          "--to", "2026-01-01"), "The period ends on Jan 1, 2026, before it begins."),
    ],
)  # fmt: skip
def test_what_is_not_there_ends_with_1_a_sentence_and_no_file(
    cli, people, tmp_path, monkeypatch, arguments, sentence
):
    monkeypatch.chdir(tmp_path)
    before = sorted(path.name for path in tmp_path.iterdir())
    told = cli(arguments[0], people, *arguments[1:])
    assert (told.code, told.out) == (1, "")
    assert sentence in told.err
    assert told.err.endswith(".\n")
    after = sorted(path.name for path in tmp_path.iterdir())
    assert [name for name in after if name != "home"] == [n for n in before if n != "home"]


def test_a_refusal_is_told_to_machines_with_its_hint(cli, chapter):
    told = cli("class", chapter, "--course", "CITX", "--title", "T", "--start", DAY, "--json")
    assert told.code == 1
    error = told.json["error"]
    assert error["message"] == "There is no course with the code “CITX”."
    assert error["hint"].startswith("Perhaps CIT40")
    assert told.err == f"{error['message']} {error['hint']}\n"


# What each option changes in the answer


def test_people_are_found_by_any_part_that_the_list_finds(cli, people):
    assert cli("people", people).lines == [
        "Ito, Ana\tRolla PD\t0045", "Ito, Ben\tSalem PD", "Li, Bo\t\t0077",
    ]  # fmt: skip
    assert cli("people", people, "--find", "be it").lines == ["Ito, Ben\tSalem PD"]
    assert cli("people", people, "--find", "0077").lines == ["Li, Bo\t\t0077"]
    assert cli("people", people, "--find", "nobody").lines == ["Nobody is found."]
    found = cli("people", people, "--find", "li bo", "--json").json["people"]
    assert [(one["last"], one["agency"], one["state_number"]) for one in found] == [
        ("Li", "", "0077")
    ]


def test_the_history_is_cut_where_it_is_asked_to_be(cli, people):
    assert len(cli("history", people, "--last", "1").lines) == 1
    assert "Import people.csv" in cli("history", people, "--last", "1").out
    cli("undo", people)
    newest, before = cli("history", people, "--last", "2").lines
    assert before.endswith("Import people.csv (undone)")
    assert not newest.endswith("(undone)")
    steps = cli("history", people, "--json").json["history"]
    assert [step["undone"] for step in steps][:2] == [False, True]
    assert steps[1]["changes"]["Person"] == 3


def test_no_duplicates_and_nobody_merged_are_said(cli, chapter):
    assert cli("duplicates", chapter).out == "Nobody seems to be in the records twice.\n"
    assert cli("unmerge", chapter).out == "Nobody was merged.\n"
    assert cli("unmerge", chapter, "--json").json == {"merged": []}
    assert cli("people", chapter).out == "Nobody is found.\n"


def test_a_dry_merge_shows_fields_and_writes_nothing(cli, people):
    before = people.read_bytes()
    told = cli("merge", people, "1", "2", "--dry-run", "--take", "first=other", "--json")
    assert told.code == 0
    assert told.json["fields"]["first"] == {"keep": "Ana", "other": "Ben", "result": "Ben"}
    assert people.read_bytes() == before


def test_who_is_kept_apart_is_named_by_both(cli, people):
    told = cli("not-same", people, "1", "2")
    assert told.out == "Ito, Ana and Ito, Ben will not be taken for one.\n"
    assert cli("not-same", people, "1", "2", "--json").json == {"apart": [1, 2]}


def test_courses_are_told_with_their_hours(cli, chapter):
    found = cli("courses", chapter, "--json").json["courses"]
    assert {"code": "CIT40", "title": "Crisis Intervention Team, 40-hour course",
            "minutes": 2400} in found  # fmt: skip


@pytest.mark.parametrize(
    ("state", "word", "called"), [("mo", "council", "council"), ("TN", "Program", "program")]
)
def test_a_chapter_is_begun_in_its_state_under_its_own_word(cli, tmp_path, state, word, called):
    file = tmp_path / "a.cit"
    told = cli("new", file, "--chapter", "Test CIT", "--state", state, "--word", word)
    assert told.out == f"{file} is ready for the records of Test CIT.\n"
    db = Database.open(file, readonly=True)
    with db.read() as session:
        found = chapters.current(session)
    db.close()
    assert found is not None
    assert (found.name, found.state, found.word) == ("Test CIT", state.upper(), called)


def test_renewals_of_nobody_say_the_day(cli, chapter, tmp_path):
    told = cli("renewals", chapter, "--by", "2026-12-31")
    assert told.out == "Nobody is due by 2026-12-31.\n"
    out = tmp_path / "letters.pdf"
    told = cli("renewals", chapter, "--by", "2026-12-31", "--pdf", out)
    assert told.out == "No letter was made for a renewal due by 2026-12-31.\n"
    assert not out.exists()


def test_a_key_that_was_never_needed_is_said_to_come(cli, chapter):
    told = cli("key", chapter)
    assert told.out == ("There is no key yet: it is made when the first certificate is issued.\n")
    assert cli("key", chapter, "--json").json == {"keys": []}


# What commands share


def test_records_without_a_chapter_cannot_have_classes(cli, tmp_path):
    file = tmp_path / "empty.cit"
    Database.create(file).close()
    told = cli("class", file, "--course", "CIT40", "--title", "T", "--start", DAY)
    assert (told.code, told.out) == (1, "")
    assert told.err == "These records have no chapter yet. Add it in the window's Settings.\n"
    db = Database.open(file, readonly=True)
    with db.read() as session, pytest.raises(NotFound):
        plumbing.chapter_id(session)
    db.close()


def test_an_answer_for_machines_writes_days_as_they_are_typed(capsys):
    plumbing.say("text", {"day": clock.today(), "name": "Łukasz"}, as_json=True)
    told = json.loads(capsys.readouterr().out)
    assert told == {"day": clock.today().isoformat(), "name": "Łukasz"}
    plumbing.say("", {}, as_json=False)
    assert capsys.readouterr().out == ""


def test_a_new_passphrase_comes_from_the_environment_or_the_keyboard(monkeypatch):
    monkeypatch.setenv(passphrases.NEW, "correct horse battery staple")
    assert passphrases.new() == "correct horse battery staple"
    monkeypatch.setenv(passphrases.NEW, "short")
    with pytest.raises(Refused):
        passphrases.new()
    monkeypatch.delenv(passphrases.NEW)
    monkeypatch.setattr("sys.stdin.isatty", lambda: False, raising=False)
    with pytest.raises(Locked) as caught:
        passphrases.new()
    assert caught.value.hint == f"Put it into the variable {passphrases.NEW}."


def test_a_passphrase_typed_in_two_ways_changes_nothing(monkeypatch):
    typed = iter(["correct horse battery staple", "correct horse battery stable"])
    monkeypatch.delenv(passphrases.NEW, raising=False)
    monkeypatch.setattr("sys.stdin.isatty", lambda: True, raising=False)
    monkeypatch.setattr(passphrases, "getpass", lambda _question: next(typed))
    with pytest.raises(Refused, match="The two passphrases differ"):
        passphrases.new()
