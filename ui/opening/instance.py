"""One window a file on one computer: a second start raises the first."""

from __future__ import annotations

import getpass
import hashlib
import os
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtNetwork import QLocalServer, QLocalSocket

_WAIT_MS = 1000


def _name(records: Path) -> str:
    full = str(records.absolute())
    if os.name == "nt":
        full = full.casefold()
    mark = f"{getpass.getuser()}\n{full}"
    return "cit-desktop-" + hashlib.sha256(mark.encode()).hexdigest()[:24]


def raise_other(records: Path) -> bool:
    """Ask the window that has these records open to come to the front; false if there is none."""
    socket = QLocalSocket()
    socket.connectToServer(_name(records))
    if not socket.waitForConnected(_WAIT_MS):
        return False
    socket.write(b"raise\n")
    socket.waitForBytesWritten(_WAIT_MS)
    socket.disconnectFromServer()
    return True


class Doorbell(QObject):
    """Rings when the program is started again with the records that are open here."""

    rung = Signal()

    def __init__(self, records: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._server.newConnection.connect(self._answer)
        name = _name(records)
        if not self._server.listen(name):  # left by a program that was killed
            QLocalServer.removeServer(name)
            self._server.listen(name)

    def _answer(self) -> None:
        while (socket := self._server.nextPendingConnection()) is not None:
            socket.disconnected.connect(socket.deleteLater)
            self.rung.emit()

    def close(self) -> None:
        """Stop listening."""
        self._server.close()
