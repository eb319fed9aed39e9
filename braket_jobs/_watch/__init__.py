"""
Many jobs over time: which is polled when, and the threads that poll.

The two clients import `base`, `get_job` and `wait_for_job` import `shared`, and the embedded Braket puts its own engine
there. Imports everything below.
"""
