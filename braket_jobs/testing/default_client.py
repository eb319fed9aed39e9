"""
What `braket_jobs.get_job` asks with while moto mocks AWS.

`get_job` keeps its client for the life of the process. One that was built outside a mock may not be mocked inside it,
or hold no credentials; one that was built inside would take its fake credentials out. So each mock gets a client of
its own, as moto gives it a default session of its own.
"""

from weakref import WeakKeyDictionary

from moto.core.models import DEFAULT_ACCOUNT_ID, botocore_stubber

from braket_jobs._watch import shared
from braket_jobs._watch.engine import Engine
from braket_jobs.testing.braket.models import braket_backends

_IN_MOCKS: WeakKeyDictionary[object, Engine] = WeakKeyDictionary()
_OUTSIDE = shared.default


def install() -> None:
    """
    Let `get_job` know about mocks.
    """
    shared.default = _engine


def _engine() -> Engine:
    """
    Return the engine of the mock that is running, or the process's.
    """
    if not botocore_stubber.enabled:
        return _OUTSIDE()
    # moto makes this object anew whenever a mock starts, so it stands for the mock.
    mock = braket_backends[DEFAULT_ACCOUNT_ID]["us-east-1"]
    return _IN_MOCKS.get(mock) or _IN_MOCKS.setdefault(mock, shared.new_engine())
