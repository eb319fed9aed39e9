"""
The peers are other people's clients, unchanged. They bring their own botocore, so they have an environment of their
own, `make peers`; where they aren't installed, nothing here is collected.
"""

from importlib.util import find_spec

collect_ignore_glob = [] if find_spec("awscli") else ["test_*.py"]
