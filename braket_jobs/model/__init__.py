"""
What a job is and what it answers: frozen values without I/O.

The public names are exported by `braket_jobs`; folders above import from the modules. Imports `errors` alone, and
`display` only when a notebook or rich shows a job.
"""
