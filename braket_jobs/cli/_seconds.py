"""
How long, as the commands' options take it.
"""

from math import isnan
from typing import Any

import click


class Seconds(click.FloatRange):
    """
    A number of seconds within bounds. Every comparison lets "nan" pass, so it is refused here.
    """

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> float:
        """
        Return `value` as a number; what is none, or out of bounds, ends the command as wrongly called.
        """
        seconds = float(super().convert(value, param, ctx))
        return self.fail(f"{value!r} is not a number of seconds.", param, ctx) if isnan(seconds) else seconds
