"""
Where moto finds Braket: the hosts of every endpoint, and the path of every operation in the service model.

Operations that aren't implemented are listed too, so that they are answered with an error that says so.
"""

from collections.abc import Callable
from typing import Any

from braket_jobs.testing.braket.responses import BraketResponse
from braket_jobs.testing.braket.routes import routes

url_bases: list[str] = [
    r"https?://braket(?:-fips)?\.[^.]+\.amazonaws\.com",
    r"https?://braket(?:-fips)?\.[^.]+\.api\.aws",
]

# Short ones first: moto tries them in turn, and whichever matches leads to the same place. GetJob's comes early.
url_paths: dict[str, Callable[..., Any]] = {
    f"{{0}}{route.path}$": BraketResponse.dispatch for route in reversed(routes())
}
