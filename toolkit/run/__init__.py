"""Running notebooks: papermill to HTML, one report or many."""

import papermill  # noqa: F401 - first, for it loads the engine of this package as it is loaded
