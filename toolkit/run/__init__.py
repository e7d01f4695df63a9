"""Running notebooks: papermill to HTML, one report or many."""
