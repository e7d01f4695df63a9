"""How a policy of an earlier edition is read: what no rule asks any more, and what it lacks.

A report can be run again under the policy that it names. A setting that came later has the
toolkit's own value, and its reason says so; one that went is set aside.
"""

from collections.abc import Mapping

WENT: Mapping[str, tuple[str, ...]] = {
    "": ("repair",),
    "thresholds": ("revive_market", "duties_met", "duties_cap"),
}
CAME: Mapping[str, Mapping[str, float]] = {
    "thresholds": {"keep_results": 50, "keep_record": 50},
    "periods": {"unanswered_months": 12, "on_notice_months": 12, "notice_valid_months": 24},
}
WHY = "came after this edition: the toolkit's own value until the city sets it"


def of_this_edition(data: Mapping[str, object]) -> dict[str, object]:
    """Return the parsed file as if it had been written for the rules of now."""
    found = {key: value for key, value in data.items() if key not in WENT[""]}
    for table in {*WENT, *CAME} & found.keys():
        held = found[table]
        if isinstance(held, Mapping):
            kept = {key: value for key, value in held.items() if key not in WENT.get(table, ())}
            later = {
                name: {"value": value, "rationale": WHY}
                for name, value in CAME.get(table, {}).items()
            }
            found[table] = later | kept
    return found
