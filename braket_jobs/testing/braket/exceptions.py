"""
The errors the backend answers with: codes and statuses are those of botocore's service model.
"""

from moto.core.exceptions import JsonRESTError


class BraketClientError(JsonRESTError):
    """
    The base of the backend's errors; a subclass's name is its code on the wire.
    """

    code: int = 400

    def __init__(self, message: str) -> None:
        super().__init__(type(self).__name__, message)


class AccessDeniedException(BraketClientError):
    """
    The job belongs to another account.
    """

    code: int = 403


class ConflictException(BraketClientError):
    """
    The job has ended, or the client token was used for another request.
    """

    code: int = 409


class ResourceNotFoundException(BraketClientError):
    """
    There is no such job here.
    """

    code: int = 404


class ValidationException(BraketClientError):
    """
    The request is not what the service model asks for.
    """

    code: int = 400


class SerializationException(BraketClientError):
    """
    The body is not a JSON object. Not in the model: it is what AWS's JSON services answer.
    """

    code: int = 400


class NotImplementedException(BraketClientError):
    """
    The operation exists in Braket, and not here. An invention of ours.
    """

    code: int = 501
