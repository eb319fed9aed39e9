"""
A terminal to run a command on.
"""

import os
import pty
import subprocess
import sys
from pathlib import Path

COMMAND = str(Path(sys.executable).parent / "braket-jobs")


def on_a_terminal(*command: str, **environment: str) -> str:
    """
    Return what `command` writes on a terminal.
    """
    ours, theirs = pty.openpty()
    with subprocess.Popen(
        command, stdin=theirs, stdout=theirs, stderr=theirs, env={**os.environ, "COLUMNS": "80", **environment}
    ):
        os.close(theirs)
        written = b""
        while chunk := _read(ours):
            written += chunk
    os.close(ours)
    return written.decode()


def _read(terminal: int) -> bytes:
    try:
        return os.read(terminal, 65536)
    except OSError:  # Linux's way to say that the other end is closed
        return b""
