"""The site: `make site` builds it into build/site; each warning is an error."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from click import Context
    from sphinx.application import Sphinx

project = "codepaint"
author = "The codepaint developers"
copyright = author
extensions = [
    "myst_nb",
    "sphinx.ext.autodoc",
    "sphinx.ext.napoleon",
    "sphinx.ext.viewcode",
    "sphinx_click",
    "sphinx_copybutton",
]

# The pages lie where readers of the repository find them, so the source is the repository, and links lead on in both.
root_doc = "docs/index"
include_patterns = [
    "README.md",
    "CONTRIBUTING.md",
    "CHANGELOG.md",
    "LICENSES.md",
    "docs/**",
    "examples/*.ipynb",
    "reference_pool/README.md",
    "src/codepaint_env/study/probes/README.md",
]
exclude_patterns = ["docs/training/runs", "**/.*"]
myst_enable_extensions = ["colon_fence"]
myst_ref_domains = ["std"]  # a link to a page is not one to a module of the same name
nb_execution_mode = "off"  # the tests run the notebooks
suppress_warnings = ["myst.header"]
myst_heading_anchors = 4

autodoc_typehints = "description"
autodoc_typehints_description_target = "documented"
autodoc_member_order = "bysource"
autodoc_default_options = {"members": True, "show-inheritance": False}
autodoc_mock_imports = [
    "torch",
    "transformers",
    "trl",
    "verifiers",
    "openenv",
    "gepa",
    "stable_baselines3",
    "verl",
]
default_role = "code"
smartquotes = False  # what is in quotes is mostly to be typed
add_module_names = False

html_theme = "furo"
html_title = "codepaint"
html_show_sphinx = False
html_static_path = ["site/static"]
html_favicon = "site/static/favicon.png"
html_css_files = ["narrow.css"]
html_theme_options = {"sidebar_hide_name": False, "navigation_with_keys": True}
templates_path = ["site"]
html_additional_pages = {"index": "to_index.html"}  # the source is the repository, whose pages lie in docs
linkcheck_ignore = [r"http://(localhost|127\.0\.0\.1|HOST|paint)"]


def setup(app: Sphinx) -> None:
    """Shows the examples of `--help` as they are typed."""
    app.connect("sphinx-click-process-description", _examples_as_code)


def _examples_as_code(app: Sphinx, context: Context, lines: list[str]) -> None:
    r"""Makes code of what stands behind a \b, which sphinx-click takes for lines of a poem."""
    shown: list[str] = []
    for line in lines:
        poem = line.startswith("| ")
        if poem and not (shown and shown[-1].startswith("   ")):
            shown += ["", ".. code-block:: text", ""]
        shown.append(f"   {line[2:]}" if poem else line)
    lines[:] = shown
