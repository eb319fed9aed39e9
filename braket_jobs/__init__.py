"""
A typed client for Amazon Braket hybrid jobs.
"""
