"""What is promised of speed, in CPU seconds, both sides in one run."""

import time

import pytest
from factory import results_of

from toolkit.files.template import write_workbook
from toolkit.files.workbook import open_workbook

pytestmark = pytest.mark.long
AGREEMENTS, OBJECTIVES, INDICATORS, RESULTS = 26, 150, 400, 3000
OF_THE_YEAR = (
    "indicators", "objectives", "achievement", "like_unit_sums", "named_outcomes",
    "named_failures", "costs", "cost_per_outcome", "programme_money", "missions_by_tier",
)  # fmt: skip


def cpu(action):
    """Return what an action gives, and its CPU seconds."""
    start = time.process_time()
    found = action()
    return found, time.process_time() - start


def test_evaluating_the_year_takes_less_cpu_than_reading_and_five_years_at_most_twice_that(
    tmp_path, policy
):
    path = tmp_path / "large.xlsx"
    write_workbook(path, policy, title="Large", rows=large())
    portfolio, reading = cpu(lambda: open_workbook(path, policy))
    results = results_of(portfolio, policy, as_of=policy.year_end(2025))
    found, of_year = cpu(lambda: [getattr(results, name) for name in OF_THE_YEAR])
    _, earlier = cpu(lambda: results.history)  # it evaluates the four years before, too
    assert len(found[0]) == INDICATORS
    assert of_year < reading
    assert of_year + earlier < 2 * reading


def large():
    """Return the rows of a workbook of the promised size."""
    years = range(2018, 2026)
    return {
        "Agreements": [
            {
                "agreement_id": f"A-{i}",
                "partner": f"City {i}",
                "country": "Italy",
                "classification": "Partnership",
            }
            for i in range(AGREEMENTS)
        ],
        "Objectives": [
            {
                "objective_id": f"O-{i}",
                "agreement_id": f"A-{i % AGREEMENTS}",
                "statement": "Grow trade",
            }
            for i in range(OBJECTIVES)
        ],
        "Indicators": [
            {
                "indicator_id": f"I-{i}",
                "objective_id": f"O-{i % OBJECTIVES}",
                "name": "Missions",
                "kind": "flow",
                "direction": "increase",
                "accumulation": "incremental",  # one that does not say it is read twice
                "unit": "missions",
            }
            for i in range(INDICATORS)
        ],
        "Results": [
            {
                "indicator_id": f"I-{i % INDICATORS}",
                "period": str(years[i // INDICATORS]),
                "target": "10",
                "actual": str(i % 13),
                "state": "approved",
            }
            for i in range(RESULTS)
        ],
    }
