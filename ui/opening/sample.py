"""The sample chapter that can be looked at from the welcome."""

from __future__ import annotations

from pathlib import Path

from cit_desktop.paths import data_folder
from cit_desktop.progress import Progress


def sample_path() -> Path:
    """Where the sample chapter is kept."""
    return data_folder() / "Sample chapter.cit"


def make_sample(progress: Progress) -> Path:
    """Make the sample chapter anew, unless another window has it open."""
    from cit_desktop import holder, sample

    path = sample_path()
    if holder.read(path) is not None:
        return path
    for old in (path, path.with_name(path.name + "-journal")):
        old.unlink(missing_ok=True)
    sample.make(path, progress)
    return path
