"""Any marks in any order: what the grid says is what they come to."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cit_desktop.db import Database
from cit_desktop.errors import Refused
from cit_desktop.models import Enrollment
from cit_desktop.services import attendance, classes, enrollment, finalize, hours, state_rosters
from cit_desktop.services import profiles as roster_profiles
from cit_desktop.services.attendance import MARKS
from cit_desktop.services.classes import ClassDraft
from tests.core.helpers.world import NEW

BLOCK = 240
STEPS = st.lists(
    st.one_of(
        st.tuples(
            st.just("mark"),
            st.integers(0, 1),
            st.integers(0, 1),
            st.sampled_from(MARKS),
            st.none() | st.integers(-5, BLOCK + 5),
        ),
        st.tuples(st.just("clear"), st.integers(0, 1), st.integers(0, 1)),
        st.tuples(st.just("fill"), st.integers(0, 1), st.sampled_from(("present", "absent"))),
        st.tuples(st.just("overwrite"), st.integers(0, 1), st.sampled_from(("late", "excused"))),
        st.tuples(st.just("all")),
        st.tuples(st.just("makeup"), st.integers(0, 1), st.integers(0, 1), st.integers(1, 300)),
    ),
    max_size=12,
)


@pytest.fixture(scope="module")
def shared(made_world, tmp_path_factory) -> Iterator[Database]:
    """One copy for a whole property; each example is taken back."""
    path = tmp_path_factory.mktemp("shared") / "world.cit"
    shutil.copyfile(made_world[0], path)
    database = Database.open(path)
    yield database
    database.close()


class TakenBackError(Exception):
    """Ends an example, so that nothing of it stays."""


def expected(kind, minutes, before):
    """What a mark comes to, said once more in the plainest way; None: it is refused."""
    if minutes is not None and not 0 <= minutes <= BLOCK:
        return None
    if kind in ("absent", "excused"):
        return (kind, 0) if minutes in (None, 0) else None
    if kind == "present":
        return (kind, BLOCK) if minutes in (None, BLOCK) else None
    if kind in ("late", "left early"):
        return kind, BLOCK if minutes is None else minutes
    if minutes is None:
        return None
    if before in ("late", "left early") and minutes:
        return before, minutes
    return ({0: "absent", BLOCK: "present"}.get(minutes, "partial"), minutes)


class Model:
    """The two people and two blocks of the open class, in a dictionary."""

    def __init__(self, session, world):
        self.session, self.world = session, world
        ana = world.open_enrolled[0]
        first, second = world.open_blocks
        self.marks = {(ana, first): ("present", BLOCK), (ana, second): ("absent", 0)}
        self.made_up = {}

    def keys(self, block):
        return [(person, self.world.open_blocks[block]) for person in self.world.open_enrolled]

    def key(self, person, block):
        return self.world.open_enrolled[person], self.world.open_blocks[block]

    def fits(self, key, mark):
        return mark is not None and mark[1] + self.made_up.get(key, 0) <= BLOCK

    def tried(self, work, *given):
        try:
            work(self.session, *given)
        except Refused:
            return False
        return True

    def mark(self, person, block, kind, minutes):
        key = self.key(person, block)
        mark = expected(kind, minutes, self.marks.get(key, ("", 0))[0])
        done = self.tried(attendance.mark, key[1], key[0], kind, minutes)
        assert done == self.fits(key, mark)
        if done:
            self.marks[key] = mark

    def clear(self, person, block):
        key = self.key(person, block)
        done = self.tried(attendance.clear, key[1], key[0])
        assert done == (key not in self.made_up)
        if done:
            self.marks.pop(key, None)

    def fill(self, block, kind):
        assert self.tried(attendance.fill_blanks, self.world.open_blocks[block], kind)
        for key in self.keys(block):
            self.marks.setdefault(key, expected(kind, None, None))

    def overwrite(self, block, kind):
        mark = expected(kind, None, None)
        done = self.tried(attendance.overwrite, self.world.open_blocks[block], kind)
        assert done == all(self.fits(key, mark) for key in self.keys(block) if key in self.made_up)
        if done:
            self.marks.update(dict.fromkeys(self.keys(block), mark))

    def all(self):
        assert self.tried(attendance.all_present, self.world.open_class)
        for key in self.keys(0) + self.keys(1):
            self.marks.setdefault(key, ("present", BLOCK))

    def makeup(self, person, block, minutes):
        key = self.key(person, block)
        left = BLOCK - self.marks[key][1] - self.made_up.get(key, 0) if key in self.marks else -1
        done = self.tried(attendance.add_makeup, *key, minutes, NEW, "R")
        assert done == (minutes <= left)
        if done:
            self.made_up[key] = self.made_up.get(key, 0) + minutes

    def check(self):
        grid = hours.grid(self.session, self.world.open_class)
        found = {key: (mark.mark, mark.minutes) for key, mark in grid.marks.items()}
        assert found == self.marks
        for person in self.world.open_enrolled:
            own = [key for key in self.marks if key[0] == person]
            minutes = sum(self.marks[key][1] + self.made_up.get(key, 0) for key in own)
            summary = grid.summaries[person]
            assert summary.minutes == minutes
            assert summary.blanks == 2 - len(own)
            assert sum(summary.by_area.values()) == minutes
            assert (summary.state == "ready") == (minutes == 2 * BLOCK)
            assert hours.summary(self.session, person) == summary


@settings(max_examples=12)
@given(steps=STEPS)
def test_the_grid_is_what_the_marks_come_to(shared, made_world, steps):
    with pytest.raises(TakenBackError):
        with shared.operation("Try") as session:
            model = Model(session, made_world[1])
            for name, *given_ in steps:
                getattr(model, name)(*given_)
            model.check()
            raise TakenBackError


def percent_class(session, world, percent, minutes):
    """The open class under a rule, with Ana there for so many minutes of its 480."""
    version = classes.view(session, world.open_class).version
    classes.update(session, world.open_class, version, min_attendance=percent)
    first, second = world.open_blocks
    ana, ben = world.open_enrolled
    there = min(minutes, BLOCK)
    attendance.mark(session, first, ana, "partial", there)
    attendance.mark(session, second, ana, "partial", minutes - there)
    attendance.all_present(session, world.open_class)
    session.flush()
    return ana, ben


@pytest.mark.parametrize(
    ("percent", "minutes", "result"),
    [
        (100, 480, "completed"),
        (100, 479, "partial"),
        (90, 432, "completed"),
        (90, 431, "partial"),
        (99, 476, "completed"),
        (99, 475, "partial"),
        (50, 240, "completed"),
        (50, 239, "partial"),
        (1, 5, "completed"),
        (1, 4, "partial"),
        (0, 0, "completed"),
    ],
)
def test_the_rule_of_the_class_decides_to_the_minute(world_db, world, percent, minutes, result):
    with world_db.operation("Finish") as session:
        ana, ben = percent_class(session, world, percent, minutes)
        finalize.finalize(session, world.open_class)
        found = session.get_one(Enrollment, ana)
        assert (found.result, found.credited_minutes) == (result, minutes)
        assert (found.completed_on is not None) == (result == "completed")
        assert session.get_one(Enrollment, ben).result == "completed"


@pytest.mark.parametrize("made_up", [(480 - 432, 1), (20, 2), (1, 1)])
def test_time_made_up_completes_and_moves_the_day_of_completion(world_db, world, made_up):
    missed, times = made_up
    later = date(2025, 6, 20)
    with world_db.operation("Finish") as session:
        ana, _ = percent_class(session, world, 100, 480 - missed * times)
        for _ in range(times):
            attendance.add_makeup(session, ana, world.open_blocks[1], missed, later, "R")
        finalize.finalize(session, world.open_class)
        found = session.get_one(Enrollment, ana)
        assert (found.result, found.credited_minutes, found.completed_on) == (
            "completed",
            480,
            later,
        )


def test_reopening_makes_every_result_open_and_finalizing_again_gives_it_back(world_db, world):
    with world_db.operation("Look") as session:
        before = [
            (row.result, row.credited_minutes, row.completed_on)
            for row in (session.get_one(Enrollment, key) for key in world.done_enrolled)
        ]
        finalize.reopen(session, world.done_class, "Looked again")
        for key in world.done_enrolled:
            assert session.get_one(Enrollment, key).result == "open"
        finalize.finalize(session, world.done_class)
        assert before == [
            (row.result, row.credited_minutes, row.completed_on)
            for row in (session.get_one(Enrollment, key) for key in world.done_enrolled)
        ]


def test_who_withdrew_neither_completes_nor_holds_the_class_up(world_db, world):
    with world_db.operation("Finish") as session:
        enrollment.withdraw(session, world.open_enrolled[1])
        attendance.mark(session, world.open_blocks[1], world.open_enrolled[0], "present")
        outcome = finalize.finalize(session, world.open_class)
        assert (outcome.completed, outcome.partial) == (1, 0)
        assert session.get_one(Enrollment, world.open_enrolled[1]).result == "withdrawn"


def test_an_observer_is_credited_but_never_completes(world_db, world):
    with world_db.operation("Finish") as session:
        enrollment.set_role(session, world.open_enrolled[0], "observer")
        attendance.all_present(session, world.open_class)
        finalize.finalize(session, world.open_class)
        found = session.get_one(Enrollment, world.open_enrolled[0])
        assert (found.result, found.credited_minutes) == ("open", 240)


def test_a_class_over_the_end_of_winter_time_keeps_its_minutes(world_db, world):
    """Blocks are days and minutes of the day: no clock is put forward within them."""
    with world_db.operation("Spring") as session:
        made = classes.create(
            session, world.chapter, ClassDraft("DST", date(2025, 3, 7), course_code="CORR16")
        )
        enrolled = enrollment.enroll(session, made, world.ana)
        attendance.all_present(session, made)
        assert hours.summary(session, enrolled).minutes == 960


def test_a_class_on_a_leap_day_stands_on_it(world_db, world):
    with world_db.operation("Leap") as session:
        made = classes.create(
            session, world.chapter, ClassDraft("", date(2024, 2, 29), course_code="CORR16")
        )
        shown = classes.view(session, made)
    assert [block.day for block in shown.blocks] == [
        *[date(2024, 2, 29)] * 2,
        *[date(2024, 3, 1)] * 2,
    ]


def test_a_roster_of_the_finished_class_lists_who_completed(world_db, world):
    with world_db.read() as session:
        profile = roster_profiles.get(session, "mo_cit")
        roster = state_rosters.state_roster(session, profile, world.done_class)
    assert set(roster.row_people) <= {world.ana, world.ben}
    assert roster.class_codes == ("INS8-2025-02",)
