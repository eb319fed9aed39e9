"""
``python -m braket_jobs`` is ``braket-jobs``.
"""

from braket_jobs.cli import main

main()
