"""Two programs issue certificates into one file at the same time.

``CIT_ISSUES`` says how many each of them issues, one by one; 200 each take about a minute.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from cit_desktop.db import Database
from cit_desktop.proving.verdicts import judge
from cit_desktop.services import certificates, check, trust
from tests.journeys.issuing import prepared

TOP = Path(__file__).parents[2]
ISSUES = int(os.environ.get("CIT_ISSUES", "6"))


def test_two_processes_never_give_a_number_twice_and_leave_none_out(chapter):
    prepared(chapter, 2 * ISSUES)
    command = [sys.executable, "-m", "tests.journeys.issuing", str(chapter)]
    working = [
        subprocess.Popen([*command, half, str(ISSUES)], cwd=TOP, stdout=subprocess.PIPE, text=True)
        for half in ("first", "second")
    ]
    given = [process.communicate(timeout=600)[0].split() for process in working]
    assert [process.returncode for process in working] == [0, 0]
    assert [len(numbers) for numbers in given] == [ISSUES, ISSUES]
    together = sorted(given[0] + given[1])
    assert [int(number[-4:]) for number in together] == list(range(1, 2 * ISSUES + 1))

    db = Database.open(chapter)
    with db.read() as session:
        assert check.run(session) == []
        ids = certificates.ids(session)
        (known,) = trust.key_lists(session).values()
        for snapshot in certificates.snapshots(session, ids):
            assert judge(snapshot.proof, [known])[0].status == "valid"
    db.close()
