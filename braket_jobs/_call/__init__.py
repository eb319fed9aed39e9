"""
One request with its retries, from the ARN to the `Job`.

Rooms above import `door`, which imports the rest when it is first needed. Imports everything below; the only door to
tenacity.
"""
