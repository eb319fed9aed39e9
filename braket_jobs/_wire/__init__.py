"""
Documents to values and back: AWS's names, times, strict checks, and what is wrong by its path.

Rooms above import `structure` to make a job of an answer, `metadata` and `untrusted` to read what came with it.
Imports `errors` and `model`; the only door to cattrs.
"""
