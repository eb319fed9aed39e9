"""
The tests that docs/testing.md shows are tests, and pass.
"""

import re
import subprocess
import sys
from pathlib import Path

PAGE = Path(__file__).parents[2] / "docs" / "testing.md"


def test_the_pages_tests_pass(tmp_path: Path) -> None:
    """
    Each that is shown is run by pytest, with the fixtures that an installation brings.
    """
    code = "\n".join(re.findall(r"```python\n(.*?)```", PAGE.read_text(), re.DOTALL))
    (tmp_path / "pytest.ini").write_text("[pytest]\n")
    (tmp_path / "test_page.py").write_text(code)

    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)

    assert f"{code.count('def test_')} passed" in done.stdout
    assert code.count("def test_") == 7
