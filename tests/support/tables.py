"""
Tables of the documentation.
"""


def rows(page: str, head: str) -> list[list[str]]:
    """
    Return the cells of the table whose first column is called `head`.
    """
    table = page.partition(f"| {head} |")[2].partition("\n\n")[0]
    found = [[cell.replace("`", "").strip() for cell in line.strip("|").split("|")] for line in table.splitlines()[2:]]
    assert found, head
    return found
