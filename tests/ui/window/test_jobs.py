import threading

import pytest
import shiboken6
from PySide6.QtCore import QThread

from cit_desktop.errors import Refused
from cit_desktop.progress import Cancelled
from ui.jobs import Job, Jobs


@pytest.fixture
def jobs(qapp):
    made = Jobs()
    yield made
    made.cancel_all()
    assert made.wait()
    made.deleteLater()


def test_the_value_arrives_when_the_work_is_done(jobs, qtbot):
    job = jobs.start("Add", lambda a, b: a + b, 2, b=3)
    with qtbot.waitSignal(job.done) as blocker:
        pass
    assert blocker.args == [5]


def test_the_work_is_not_on_the_thread_of_the_window_but_its_signals_are(jobs, qtbot):
    threads = {}
    job = jobs.start("Look", threading.get_ident)
    job.done.connect(lambda ident: threads.update(work=ident, signal=threading.get_ident()))
    with qtbot.waitSignal(job.finished):
        pass
    assert threads["signal"] == threading.get_ident() != threads["work"]


def test_a_refusal_is_told_as_failed(jobs, qtbot):
    def refuse():
        raise Refused("No.", "Ask again.")

    job = jobs.start("Refuse", refuse)
    with qtbot.waitSignal(job.failed) as blocker:
        pass
    assert str(blocker.args[0]) == "No. Ask again."


def test_any_other_error_is_told_as_a_crash(jobs, qtbot):
    job = jobs.start("Divide", lambda: 1 / 0)
    with qtbot.waitSignal(job.crashed) as blocker:
        pass
    assert isinstance(blocker.args[0], ZeroDivisionError)


def test_progress_is_passed_on_and_its_end_always(jobs, qtbot):
    def count(progress):
        for number in range(1, 101):
            progress(number, 100, f"Row {number}")

    seen = []
    job = jobs.start("Count", count, wants_progress=True)
    job.progressed.connect(lambda *step: seen.append(step))
    with qtbot.waitSignal(job.finished):
        pass
    assert seen[-1] == (100, 100, "Row 100")
    assert len(seen) < 100


def test_cancelling_stops_the_work_at_its_next_report(jobs, qtbot):
    started, go_on = threading.Event(), threading.Event()
    reached = []

    def work(progress):
        started.set()
        go_on.wait(5)
        progress(1, 2)
        reached.append("after")

    job = jobs.start("Work", work, wants_progress=True)
    assert started.wait(5)
    with qtbot.waitSignals([job.cancelled, job.finished]):
        job.cancel()
        go_on.set()
    assert reached == []


def test_one_job_runs_after_the_other(jobs, qtbot):
    order = []
    first = jobs.start("First", lambda: order.append(1))
    second = jobs.start("Second", lambda: order.append(2))
    assert jobs.running == [first, second]
    with qtbot.waitSignal(jobs.idle):
        pass
    assert order == [1, 2]
    assert jobs.running == []


def test_starting_is_announced(jobs, qtbot):
    with qtbot.waitSignal(jobs.started) as blocker:
        job = jobs.start("Export", int)
    assert blocker.args == [job]
    with qtbot.waitSignal(job.finished):
        pass


def test_a_report_after_cancelling_raises_on_the_spot(qapp):
    job = Job("Work")
    job.cancel()
    assert job.is_cancelled()
    with pytest.raises(Cancelled):
        job.report(1, 2)


def test_a_job_run_here_announces_here(qapp):
    job, told = Job("Work"), []
    job.done.connect(lambda value: told.append((value, QThread.currentThread() is job.thread())))
    job.finished.connect(lambda: told.append("finished"))
    job.run(lambda: "value")
    assert told == [("value", True), "finished"]


def test_a_job_outlives_the_sending_of_its_last_signal(qtbot, jobs):
    first = jobs.start("First", lambda: 1)
    with qtbot.waitSignal(first.finished):
        pass
    qtbot.waitUntil(first.left.is_set)
    assert first.label == "First"
    with qtbot.waitSignal(jobs.start("Second", lambda: 2).finished):
        pass
    qtbot.waitUntil(lambda: not shiboken6.isValid(first))


def test_many_jobs_come_and_go(qtbot, jobs):
    done: list[int] = []
    for number in range(300):
        jobs.start("Count", lambda number=number: number).done.connect(done.append)
    qtbot.waitUntil(lambda: len(done) == 300, timeout=10_000)
    assert done == list(range(300))
