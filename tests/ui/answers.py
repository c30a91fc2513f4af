"""What answers in place of the system: file dialogs, and the program that opens a file."""

from __future__ import annotations

from pathlib import Path

from ui.saving import FileDialogs


class Answers(FileDialogs):
    """File dialogs that choose what a test says; ``None`` is Cancel."""

    def __init__(self, answer: Path | None = None) -> None:
        self.answer = answer
        self.asked: list[tuple[str, Path]] = []

    def save(self, parent, title, suggested, chosen):
        self.asked.append((title, suggested))
        if self.answer is not None:
            chosen(self.answer)

    def folder(self, parent, title, start, chosen):
        self.asked.append((title, start))
        if self.answer is not None:
            chosen(self.answer)
