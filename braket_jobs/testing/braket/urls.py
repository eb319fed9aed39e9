"""
Where moto finds Braket: the hosts of every endpoint, and the path of every operation in the service model.

Operations that aren't implemented are listed too, so that they are answered with an error that says so.
"""

from braket_jobs.testing.braket.responses import BraketResponse
from braket_jobs.testing.braket.routes import routes

url_bases = [
    r"https?://braket(?:-fips)?\.[^.]+\.amazonaws\.com",
    r"https?://braket(?:-fips)?\.[^.]+\.api\.aws",
]

url_paths = {f"{{0}}{route.path}$": BraketResponse.dispatch for route in routes()}
