"""
A job for people: an HTML card, a panel, a table and a live board for the terminal, plain lines for a pipe.

`Job` imports `html` and `terminal` when a notebook or rich asks, the command all others; `_content` and
`_timeline` decide for all of them what is shown and where, and each escapes job text for where it goes. Imports
`errors` and `model`; the only door to rich, which `html` and `plain` do without.
"""
