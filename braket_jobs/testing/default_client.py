"""
What `braket_jobs.get_job` asks with while moto mocks AWS.

`get_job` keeps its client for the life of the process. One that was built outside a mock may not be mocked inside it,
or hold no credentials; one that was built inside would take its fake credentials out. So each mock gets a client of
its own, as moto gives it a default session of its own.
"""

from weakref import WeakKeyDictionary

from moto.core.models import DEFAULT_ACCOUNT_ID, botocore_stubber

from braket_jobs._call.caller import Caller
from braket_jobs._watch import callers as _callers
from braket_jobs._watch.callers import Callers
from braket_jobs._watch.threads import Lookout
from braket_jobs.testing.braket.models import braket_backends


class MockAwareCallers(Callers):
    """
    The process's callers outside a mock, and callers of its own inside each.
    """

    def __init__(self, outside: Callers) -> None:
        """
        Begin outside.

        Args:
            outside: Asks while nothing is mocked.
        """
        super().__init__()
        self._outside = outside
        self._inside: WeakKeyDictionary[object, Callers] = WeakKeyDictionary()

    def here(self) -> Caller:
        """
        Return this process's caller in the mock that is running, or outside.
        """
        return self._current().here()

    def lookout(self) -> Lookout:
        """
        Return what watches jobs in the mock that is running, with quotas of its own, or outside.
        """
        return self._current().lookout()

    def _current(self) -> Callers:
        if not botocore_stubber.enabled:
            return self._outside
        # moto makes this object anew whenever a mock starts, so it stands for the mock.
        mock = braket_backends[DEFAULT_ACCOUNT_ID]["us-east-1"]
        return self._inside.get(mock) or self._inside.setdefault(mock, Callers())


def install() -> None:
    """
    Let `get_job` know about mocks.
    """
    _callers.default = MockAwareCallers(_callers.default)
