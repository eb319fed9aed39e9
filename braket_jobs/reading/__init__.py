"""
Answers read from a job's parts: pure functions, no I/O, None where the answer is not known.

They take members of a job, never the job itself, so that `Job` can stand above them. They hold for whatever the
service model allows: any optional member may be absent, times may be missing, repeated or out of order.
"""
