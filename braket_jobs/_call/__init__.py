"""
One call with its retries, from its arguments to what Braket answers.

Rooms above import `door`, which imports the rest when it is first needed. Imports everything below; the only door to
tenacity.
"""
