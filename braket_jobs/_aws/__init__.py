"""
Everything that knows boto3 and botocore: sessions, clients, reading a body, and what an exception means.

Rooms above import `clients` to ask, `translate` to say what went wrong, `protocols` for what may be passed in. Imports
`_process`, `errors`, `model` and `_wire`; the only door to boto3 and botocore, but for the embedded Braket, which
answers by botocore's model.
"""
