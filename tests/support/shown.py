"""
Jobs to look at, and what they look like.
"""

from datetime import datetime
from html.parser import HTMLParser
from io import BytesIO, TextIOWrapper

from rich.console import Console

from braket_jobs import Job, job_from_dict
from braket_jobs.display.terminal import JobPanel
from support.samples import sample


def the(name: str, **changes: object) -> Job:
    """
    Return the sample called `name` as a job, with members of its document changed.
    """
    return job_from_dict({**sample(name), **changes})


def unknown_job() -> Job:
    """
    Return a job with a status and an event that nobody knows yet.
    """
    events = sample("composed_running")["events"]
    hibernating = {"eventType": "HIBERNATING", "timeOfEvent": "2025-05-16T17:24:10Z", "message": "Job hibernates"}
    return the("composed_running", status="PAUSED", events=[*events, hibernating])


def panel(
    job: Job, now: datetime | None = None, *, width: int = 100, encoding: str = "utf-8", colours: bool = False
) -> str:
    """
    Return what a terminal of this width, encoding and colourfulness gets for `job`, without spaces at line ends.
    """
    file = TextIOWrapper(BytesIO(), encoding=encoding, newline="\n")
    console = Console(file=file, width=width, force_terminal=True, color_system="standard" if colours else None)
    console.print(JobPanel(job, now))
    file.seek(0)
    return "\n".join(line.rstrip() for line in file.read().splitlines())


class Page(HTMLParser):
    """
    What a browser would find in some HTML: elements in order, and their text.
    """

    def __init__(self, html: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.texts: list[str] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.texts.append(data)
