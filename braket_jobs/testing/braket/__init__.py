"""
Braket as a moto service: hybrid jobs.

moto's usual four files, `models`, `responses`, `urls` and `exceptions`, and what they are made of: `routes` reads
requests, `jobs` and `course` are what is stored, `search` looks through it, `breaking` carries out faults. moto finds a
service's backends by their name in the service's package. Of braket-jobs they use the neighbours `life`, `faults` and
`validation`, the service model and the way times are read: no client, and nothing that holds state.
"""

from braket_jobs.testing.braket.models import braket_backends

__all__ = ["braket_backends"]
