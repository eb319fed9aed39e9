"""
Makes moto know Braket, without patching any of its functions.

Two edits, in place: the backend becomes the module ``moto.braket``, where moto looks for a service's backends, and
Braket's hosts go to the front of moto's list of URL patterns. The in-process mock and moto's server share that list.
`braket_jobs.get_job` learns about mocks, too. Should moto have a Braket of its own one day, this one takes its place.
"""

import re
import sys
from threading import Lock

import moto
from moto import backend_index

from braket_jobs.testing import braket, default_client
from braket_jobs.testing.braket.urls import url_bases

_lock = Lock()


def register() -> None:
    """
    Make moto know Braket; to do it again changes nothing.
    """
    with _lock:
        if sys.modules.get("moto.braket") is braket:
            return
        sys.modules["moto.braket"] = braket
        moto.__dict__["braket"] = braket
        patterns = backend_index.backend_url_patterns
        default_client.install()
        patterns[:0] = [("braket", re.compile(base)) for base in url_bases]


def clear() -> None:
    """
    Empty Braket in every account and region: jobs, client tokens and faults. Other services keep what they have.
    """
    braket.braket_backends.clear()
