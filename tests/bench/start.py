"""How long the window takes to show, and the first page to be filled in, against Qt alone.

Run by hand: ``python -m tests.bench.start [RUNS]``. Each figure is the median over processes that
are started in turn; the ratios are of the same run. Modules are compiled before, as those of an
installed program are, even where Python is told to keep nothing compiled.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

TOP = Path(__file__).parents[2]


def main() -> None:
    """Start the three kinds of process in turn and print medians and ratios."""
    runs = int(sys.argv[1]) if len(sys.argv) > 1 else 9
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        sample = home / "sample.cit"
        make = "from cit_desktop import sample; from pathlib import Path; sample.make(Path(r'%s'))"
        subprocess.run([sys.executable, "-c", make % sample], check=True, cwd=TOP)
        floor, shown, filled = [], [], []
        for number in range(runs + 1):
            first = _start("floor", home, sample)[0]
            ours = _start("ours", home, sample)
            if number:  # the first of each warms the disk cache
                floor.append(first)
                shown.append(ours[0])
                filled.append(ours[1])
    base = statistics.median(floor)
    for name, times in (("Qt alone", floor), ("window shown", shown), ("page filled in", filled)):
        middle = statistics.median(times)
        low, high = min(times), max(times)
        print(f"{name:16}{middle:8.0f} ms  ({low:.0f}–{high:.0f})   {middle / base:.2f} x")


def _start(kind: str, home: Path, sample: Path) -> list[float]:
    environment = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"} | {
        "QT_QPA_PLATFORM": "offscreen",
        "CIT_DESKTOP_HOME": str(home),
        "BENCH_START": repr(time.time()),
    }
    code = f"from tests.bench import start; start.{kind}({str(sample)!r})"
    ended = subprocess.run(
        [sys.executable, "-c", code],
        env=environment,
        cwd=TOP,
        check=True,
        capture_output=True,
        text=True,
    )
    return [float(word) for word in ended.stdout.split()]


def _since_start() -> float:
    return (time.time() - float(os.environ["BENCH_START"])) * 1000


def floor(_sample: str) -> None:
    """Show the furnished window and say when it is painted."""
    from tests.bench import floor_window

    app = floor_window.application()
    window = floor_window.build()
    window.show()
    app.processEvents()
    window.grab()
    print(_since_start())


def ours(sample: str) -> None:
    """Show our window, then open the sample chapter, and say when each is painted."""
    from PySide6.QtCore import QTimer

    from ui.app import make_application, make_program

    app = make_application()
    program = make_program(app)
    window = program.window
    window.show()
    app.processEvents()
    window.grab()
    print(_since_start())

    def filled() -> None:
        app.processEvents()
        window.grab()
        print(_since_start())
        sys.stdout.flush()
        os._exit(0)

    program.filled.connect(lambda: QTimer.singleShot(0, filled))
    program.open(Path(sample))
    app.exec()


if __name__ == "__main__":
    main()
