"""
What was asked for, for errors and log lines to tell.
"""

import attrs


@attrs.frozen
class Asked:
    """
    Which operation was asked for, and for what.

    Attributes:
        operation: AWS's name of it.
        job_arn: The job; None if it was not one job that was asked for.
        subject: What was asked for instead, as the end of a sentence: ``the name 'vqe-h2' in us-east-1``. Else None.
    """

    operation: str = "GetJob"
    job_arn: str | None = None
    subject: str | None = None

    @property
    def method(self) -> str:
        """
        boto3's name of the operation.
        """
        return "".join(f"_{char.lower()}" if char.isupper() else char for char in self.operation).lstrip("_")

    @property
    def action(self) -> str:
        """
        What a policy has to allow.
        """
        return f"braket:{self.operation}"
