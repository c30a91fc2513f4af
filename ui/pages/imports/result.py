"""Saving what came of an import: the list itself, marked where something is to be mended."""

from __future__ import annotations

from pathlib import Path

from cit_desktop.exports import result_xlsx
from cit_desktop.imports import result
from cit_desktop.imports.apply import Result
from cit_desktop.imports.planned import Plan
from cit_desktop.progress import Progress
from ui.context import Context
from ui.pages.imports.work import Done
from ui.saving import Saver


def save_result(saver: Saver, context: Context, done: Done | None) -> None:
    """Ask for a name and save the result workbook of an import that was written."""
    if done is None or not isinstance(done.plan, Plan) or not isinstance(done.result, Result):
        return
    plan, people = done.plan, done.result.person_ids

    def make(progress: Progress) -> bytes:
        with context.db.read() as session:
            document = result.document(session, plan, people)
        return result_xlsx.workbook(document, progress)

    saver.save_file("Save the result", f"Result of {Path(plan.source).stem}", ".xlsx", make)
