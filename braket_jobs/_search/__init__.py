"""
Finding jobs: what is searched for, which page is asked for next, and who waits for it.

The two clients import `search`, `get_job`'s neighbours `search_jobs` and `latest_job` too. Imports everything below.
"""
