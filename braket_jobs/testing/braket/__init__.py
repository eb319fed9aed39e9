"""
Braket as a moto service: hybrid jobs, in moto's usual four files.

moto finds a service's backends by their name in the service's package. Nothing here knows that braket-jobs exists
but for the neighbours that hold no state: `life`, `faults`, `validation`.
"""

from braket_jobs.testing.braket.models import braket_backends

__all__ = ["braket_backends"]
