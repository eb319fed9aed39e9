"""
A fork may come while another thread makes its first call, and so imports what it needs.
"""

import logging
import os
import runpy
import subprocess
import sys
from pathlib import Path

import pytest
from support import forking

import braket_jobs
from braket_jobs import _process

_CODE = str(Path(braket_jobs.__file__).parent.parent)


@pytest.mark.parametrize(
    "module",
    [
        "braket_jobs._call.caller",
        "botocore.client",
        "urllib3",
        "encodings.idna",
        "braket_jobs._aws.translate",
        "braket_jobs._call.retry",
        "tenacity",
        "braket_jobs._wire.converter",
    ],
)
def test_a_child_forked_during_an_import_can_call(module: str) -> None:
    """
    The child's call ends by itself: the module that was being imported is whole, or nobody has begun with it.
    """
    keys = {"AWS_ACCESS_KEY_ID": "an-id", "AWS_SECRET_ACCESS_KEY": "a-secret", "PYTHONPATH": _CODE}
    ran = subprocess.run(
        [sys.executable, str(forking.__file__), module],
        env=os.environ | keys,
        check=True,
        capture_output=True,
        text=True,
        timeout=60,
    )

    assert ran.stdout == "0\n"


def test_a_system_without_fork_needs_no_handlers(monkeypatch: pytest.MonkeyPatch) -> None:
    """
    On Windows the lock is there, and nothing is registered.
    """
    monkeypatch.delattr(os, "register_at_fork")

    monkeypatch.setattr(logging.getLogger("braket_jobs"), "handlers", [])  # the module's own comes again
    names = runpy.run_path(_process.__file__)

    assert isinstance(names["importing"], type(_process.importing))
