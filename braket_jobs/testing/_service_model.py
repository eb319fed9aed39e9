"""
Braket as the installed botocore models it: shapes and operations.

Nothing here makes a request or reads the environment.
"""

from functools import cache

from botocore.loaders import Loader
from botocore.model import ServiceModel


@cache
def service_model() -> ServiceModel:
    """
    Return the installed botocore's model of Braket.
    """
    return ServiceModel(Loader().load_service_model("braket", "service-2"), "braket")
