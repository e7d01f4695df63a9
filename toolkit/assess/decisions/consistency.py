"""Whether people decided as the rules propose, or said why not (practice B1).

Source: domain, section 10.
"""

import pandas as pd

from toolkit.assess.record.results import joined, make_result
from toolkit.model.decisions import Agrees


def count_consistent(compared: pd.DataFrame) -> pd.DataFrame:
    """Return how many decisions agree with the rules or say why not (practice B1).

    Only decisions that the rules have a proposal beside are counted.

    Returns
    -------
    DataFrame with one row indexed by measure: decision (n of N, or n/a), reason, consistent,
    counted, overrides, neither (ids of those without reason code or rationale), cells.
    """
    counted = compared[compared.agrees.isin([Agrees.YES, Agrees.OVERRIDE])]
    neither = counted[(counted.agrees == Agrees.OVERRIDE) & ~counted.logged.astype(bool)]
    n, total = len(counted) - len(neither), len(counted)
    record = {
        "measure": "B1",
        "decision": f"{n} of {total}" if total else "n/a",
        "reason": "Decisions that agree with the rules, or give a reason code and a rationale.",
        "consistent": n,
        "counted": total,
        "overrides": int((counted.agrees == Agrees.OVERRIDE).sum()),
        "neither": tuple(neither.index),
        "cells": joined("; ".join(counted.cells).split("; ")),
    }
    return make_result([record], tuple(record), "measure")
