"""
What goes wrong, as exceptions: the tree in `tree`, failures as values in `failure`, what was asked for in `asked`, text
made safe to show in `text`.

The public names are exported by `braket_jobs`; `text` is for whatever shows what a job or a service has said.
Imports nothing of ours.
"""
