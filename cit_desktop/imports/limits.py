"""What the reading process may use: the operating system stops it where it takes more."""

from __future__ import annotations

import sys

from cit_desktop.errors import FileProblem

MEMORY = 1 << 30
SECONDS = 30
ROWS = 20_000
MARGIN = 200  # titles above a table and notes below it
COLUMNS = 64
CELLS = 2_000_000  # of a sheet, blank ones included; more are not even looked at
LONGEST_CELL = 32_767  # characters; no spreadsheet program holds more
TEXT = 60 << 20  # of all that is read, as it is handed over


def long_cell(name: str, what: str) -> FileProblem:
    """The refusal of a file with a cell that is longer than any is, of which ``what`` tells."""
    return FileProblem(
        f"“{name}”, {what}; at most {LONGEST_CELL:,} fit in a cell.",
        "Shorten or remove that text, save the file and choose it again.",
    )


def limit_memory() -> None:
    """Let the operating system stop this process at 1 GB and 30 s of work, where it can."""
    if sys.platform == "win32":
        _limit_windows()
    else:
        _limit_posix()


if sys.platform == "win32":
    import ctypes
    from ctypes import wintypes

    _EXTENDED_LIMITS = 9
    _PROCESS_MEMORY = 0x100

    class _Basic(ctypes.Structure):
        _fields_ = (
            ("per_process_time", wintypes.LARGE_INTEGER),
            ("per_job_time", wintypes.LARGE_INTEGER),
            ("flags", wintypes.DWORD),
            ("least_set", ctypes.c_size_t),
            ("most_set", ctypes.c_size_t),
            ("most_processes", wintypes.DWORD),
            ("affinity", ctypes.c_size_t),
            ("priority", wintypes.DWORD),
            ("scheduling", wintypes.DWORD),
        )

    class _Extended(ctypes.Structure):
        _fields_ = (
            ("basic", _Basic),
            ("counters", ctypes.c_ulonglong * 6),
            ("process_memory", ctypes.c_size_t),
            ("job_memory", ctypes.c_size_t),
            ("peak_process", ctypes.c_size_t),
            ("peak_job", ctypes.c_size_t),
        )

    def _limit_windows() -> None:
        """Put this process into a job of its own; the parent's clock limits the time."""
        kernel = ctypes.WinDLL("kernel32", use_last_error=True)
        kernel.CreateJobObjectW.restype = wintypes.HANDLE
        kernel.GetCurrentProcess.restype = wintypes.HANDLE
        job = wintypes.HANDLE(kernel.CreateJobObjectW(None, None))
        wanted = _Extended()
        wanted.basic.flags = _PROCESS_MEMORY
        wanted.process_memory = MEMORY
        size = ctypes.sizeof(wanted)
        kernel.SetInformationJobObject(job, _EXTENDED_LIMITS, ctypes.byref(wanted), size)
        kernel.AssignProcessToJobObject(job, wintypes.HANDLE(kernel.GetCurrentProcess()))

else:
    import resource

    def _limit_posix() -> None:
        for which, amount in (
            (resource.RLIMIT_AS, MEMORY),
            (resource.RLIMIT_CPU, SECONDS),
            (resource.RLIMIT_CORE, 0),
        ):
            try:
                resource.setrlimit(which, (amount, amount))
            except (ValueError, OSError):
                continue
