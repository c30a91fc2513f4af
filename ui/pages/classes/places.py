"""The tabs of a class, and on which of them somebody mends what prevents finalizing."""

from __future__ import annotations

from typing import Final

TITLES: Final = ("Roster", "Schedule", "Attendance", "Certificates", "Documents")
ROSTER, SCHEDULE, ATTENDANCE, CERTIFICATES, DOCUMENTS = range(len(TITLES))
OF_OBSTACLES: Final = {
    "blank": ATTENDANCE,
    "future": ATTENDANCE,
    "score": ROSTER,
    "scenario": ROSTER,
    "empty": ROSTER,
    "blocks": SCHEDULE,
    "hours": SCHEDULE,
}
