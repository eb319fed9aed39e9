"""
How Sphinx builds these pages.
"""

from braket_jobs import __version__

project = "braket-jobs"
author = "The braket-jobs maintainers"
release = __version__
version = release

extensions = ["myst_parser", "sphinx.ext.autodoc", "sphinx.ext.napoleon"]
exclude_patterns = ["_build"]
html_theme = "furo"
html_title = "braket-jobs"
default_role = "code"
nitpicky = True
# The inventories of other projects are not fetched, so that the documentation builds without a network.
nitpick_ignore_regex = [
    ("py:.*", r"(attrs?|boto3|botocore|collections|datetime|enum|hypothesis|moto|threading|typing)\..*"),
    ("py:class", r"(P|T|.*\.(P|T))"),  # type variables
    ("py:class", "Config"),  # botocore's, which only type checkers import
]

autodoc_member_order = "bysource"
autodoc_typehints = "signature"
napoleon_google_docstring = True
napoleon_numpy_docstring = False
napoleon_use_ivar = True

myst_enable_extensions = ["deflist"]
myst_heading_anchors = 2
