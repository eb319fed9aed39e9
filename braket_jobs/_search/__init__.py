"""
Finding jobs: what is searched for, which page is asked for next, and who waits for it.

The two clients and `functions` import `query` and `search`. Imports everything below.
"""
