"""
Many jobs over time: which is polled when, and the threads that poll.

The two clients import from here. Imports everything below.
"""
