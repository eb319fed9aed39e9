"""
A job to look at: one line, an HTML card, a panel for the terminal, plain lines for a pipe.

`_content` and `_timeline` decide what is shown and where; `line`, `plain`, `html` and `terminal` write it, each
escaping job text for where it goes. Nothing here reads the clock: who has just read a job says what time it is. Only
`terminal` imports rich, and nobody imports `terminal` unless they want a panel.
"""
