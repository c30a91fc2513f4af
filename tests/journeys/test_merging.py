"""People who are in the records twice, from the command line."""

from __future__ import annotations

import pytest

LIST = """First,Last,Agency,E-mail,POST license
Ana,Ito,Rolla PD,ana@example.org,0045
Bill,Okafor,Rolla PD,,77
"""
AGAIN = """First,Last,Agency,Phone,Note
Ana,Ito,Phelps Health,573-555-0100,Nights
"""


@pytest.fixture
def twice(cli, chapter, tmp_path):
    """Ana Ito came in two lists that share nothing but the name."""
    for name, text in (("a.csv", LIST), ("b.csv", AGAIN)):
        path = tmp_path / name
        path.write_text(text, encoding="utf-8")
        assert cli("import", chapter, path).code == 0
    return chapter


def ids(cli, file):
    return {row["first"]: row["id"] for row in cli("people", file, "--json").json["people"]}


def test_somebody_twice_is_found_merged_found_by_old_data_and_parted(cli, twice):
    told = cli("duplicates", twice)
    assert told.lines == ["perhaps\t1 Ito, Ana\t3 Ito, Ana\tsame name"]
    dry = cli("merge", twice, 1, 3, "--dry-run")
    assert "Phone\t\t5735550100\t5735550100" in dry.lines
    told = cli("merge", twice, 1, 3, "--take", "work=other")
    assert told.out.startswith("Ana Ito (3) is one with Ana Ito (1) now.")
    assert cli("duplicates", twice).lines == ["Nobody seems to be in the records twice."]
    [found] = cli("people", twice, "--find", "57355501", "--json").json["people"]
    assert (found["id"], found["agency"]) == (1, "Phelps Health")
    assert cli("unmerge", twice).lines == ["1\tAna Ito\t1 Ana Ito"]
    told = cli("unmerge", twice, 1)
    assert told.lines == ["Ana Ito (3) and Ana Ito (1) are two people again."]
    assert cli("unmerge", twice).lines == ["Nobody was merged."]
    assert len(cli("duplicates", twice).lines) == 1
    assert cli("check", twice).code == 0
    labels = [row["label"] for row in cli("history", twice, "--json").json["history"]]
    assert labels[:2] == ["Separate two people", "Merge two people"]


def test_a_backup_is_made_before_a_merge(cli, twice, home):
    cli("merge", twice, 1, 3)
    assert [path.name for path in home.rglob("*-merge.cit")] != []


def test_who_was_said_not_to_be_the_same_is_not_listed_again(cli, twice):
    assert cli("not-same", twice, 3, 1).out == "Ito, Ana and Ito, Ana will not be taken for one.\n"
    assert cli("duplicates", twice, "--json").json == {"duplicates": [], "total": 0, "notes": []}
    assert cli("merge", twice, 1, 3, "--dry-run", "--json").json["remarks"] == [
        "Somebody said that these two are not the same person.",
        "Both have a current employment: the one that is not chosen ends yesterday.",
    ]


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (("merge", 1, 99), 1, "no longer in the records"),
        (("merge", 1, 1), 1, "one person"),
        (("merge", 1, 3, "--take", "email"), 2, "FIELD=SIDE"),
        (("merge", 1, 3, "--take", "email=both"), 1, "E-mail can be keep"),
        (("unmerge", 7), 1, "merged person is no longer"),
        (("not-same", 1, 99), 1, "no longer in the records"),
    ],
)
def test_what_cannot_be_merged_is_said(cli, twice, arguments, code, words):
    command, *rest = arguments
    told = cli(command, twice, *rest)
    assert (told.code, words in told.err) == (code, True)
    assert cli("unmerge", twice).lines == ["Nobody was merged."]
