"""
What makes a job move on: moto's state manager, or a script of the job's own.

A course tells which state is next; what a state entails is `life`'s. moto's manual progression moves before an
answer, so that ``times=1`` never shows QUEUED; a script moves after it, so that every state is seen.
"""

from collections.abc import Sequence
from typing import ClassVar, Protocol

from moto.moto_api._internal.managed_state_model import ManagedState

from braket_jobs.testing.life import TERMINAL

MODEL_NAME = "braket::job"


class Course(Protocol):
    """
    The way of a job through its states.

    Attributes:
        start: The state it begins in.
    """

    start: str

    def before_answer(self) -> None:
        """
        Take note that GetJob is about to answer.
        """

    def after_answer(self) -> None:
        """
        Take note that GetJob has answered.
        """

    def state(self) -> str:
        """
        Return the state the job is in now.
        """
        ...

    def step(self) -> None:
        """
        Move on by hand.
        """

    def cancel(self) -> None:
        """
        Turn towards CANCELLED, by way of CANCELLING.
        """


class ManagedCourse(ManagedState):
    """
    Moves as ``state_manager.set_transition("braket::job", …)`` says; without it, to the end at the first GetJob.
    """

    start: str = "QUEUED"
    _WAYS: ClassVar[list[tuple[str | None, str]]] = [
        (start, "RUNNING"),
        ("RUNNING", "COMPLETED"),
        ("CANCELLING", "CANCELLED"),
    ]

    def __init__(self) -> None:
        super().__init__(MODEL_NAME, self._WAYS)

    def before_answer(self) -> None:
        """
        Count an answer.
        """
        self.advance()

    def after_answer(self) -> None:
        """
        Do nothing: the state manager moves before an answer.
        """

    def state(self) -> str:
        """
        Return the state, after the transition that is due, if one is.
        """
        return str(self.status)

    def step(self) -> None:
        """
        Refuse: what the state manager moves is not moved by hand.

        Raises:
            ValueError: Always.
        """
        raise ValueError("this job moves as moto's state manager says; to move it by hand, create it with states")

    def cancel(self) -> None:
        """
        Go on from CANCELLING, as if no answer had been counted and no time gone by.
        """
        super().__init__(MODEL_NAME, self._WAYS)
        self.status = "CANCELLING"


class ScriptedCourse:
    """
    Moves through a list of states, and stays in the last.

    Args:
        states: The states, at least one. Any text is a state; nothing follows one that ends a job.
        per_answer: Whether each answer moves on; else only `step` does.

    Raises:
        ValueError: If there is no state, or one after the end.
    """

    def __init__(self, states: Sequence[str], *, per_answer: bool) -> None:
        if not states or not TERMINAL.isdisjoint(states[:-1]):
            raise ValueError(f"states must not be empty, and only the last may end the job, got {list(states)}")
        self.start: str = states[0]
        self._states = list(states)
        self._per_answer = per_answer

    def before_answer(self) -> None:
        """
        Do nothing: a script moves after an answer.
        """

    def after_answer(self) -> None:
        """
        Move on, if answers do that.
        """
        if self._per_answer:
            self.step()

    def state(self) -> str:
        """
        Return the state.
        """
        return self._states[0]

    def step(self) -> None:
        """
        Move on to the next state, if there is one.
        """
        if len(self._states) > 1:
            del self._states[0]

    def cancel(self) -> None:
        """
        Forget the script: CANCELLING comes next, then CANCELLED.
        """
        self._states = ["CANCELLING", "CANCELLED"]
