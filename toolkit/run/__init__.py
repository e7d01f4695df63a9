"""Running notebooks: papermill to HTML, one report or many."""

import sys

# Where they are installed, jsonschema loads what checks international addresses and durations: a
# second of CPU in each process that makes reports, for formats that no notebook has.
for checker in ("rfc3987_syntax", "isoduration"):
    sys.modules.setdefault(checker, None)  # type: ignore[arg-type]  # is not imported then

import papermill  # noqa: E402, F401 - loads the engine of this package as it is loaded itself
