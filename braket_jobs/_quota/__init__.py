"""
How many requests an account may still make in a region: token buckets, with the time as an argument.

Rooms above import `bucket`. Imports `model` and `policies`.
"""
