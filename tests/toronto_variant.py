"""Toronto of 2018 at evidence level 2, with profiles and projects that are ASSUMED by open rules.

None of it is a fact or a deed of Toronto: it is what a review at level 2 might have stood on, made
to see which proposals depend on it. Every row says so (basis illustrative, source ASSUMED).
"""

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from toolkit.files.shipped import ROOT
from toolkit.files.template import write_workbook
from toolkit.files.workbook import open_workbook
from toolkit.model.policy import Policy
from toolkit.model.portfolio import Portfolio

Row = dict[str, str]
RECORD = ROOT / "data" / "sources" / "toronto-2018" / "Agreements.csv"
INDICATORS = "corpus/toronto/toronto_partner_indicators_derived.csv"
OLD_BY = 1993  # signed 25 years before the review or earlier
NAMED_SECTORS = {"T-11": "music", "T-12": "film and screen industries"}  # by the public record


@dataclass(frozen=True)
class Assumptions:
    """One set of assumptions: each field is one rule, told in `docs/backtest.md`.

    trade_share
        Yearly trade is this share of the partner city's product at 1,000 km, and falls with
        distance.
    sectors
        Sectors shared where the public record names none.
    projects
        Projects done in 2018: of a Partnership, of a Friendship, of any other instrument.
    community_here
        Host community of a Friendship, and of the others.
    sponsor, non_city_share
        Of a Friendship: whether a sponsor confirmed in 2018, and who bears the cost.
    """

    name: str
    trade_share: float
    sectors: str
    projects: tuple[int, int, int]
    community_here: tuple[str, str]
    sponsor: bool
    non_city_share: str


MIDDLE = Assumptions(
    "middle", 0.01, "tourism", (2, 1, 1), ("y", ""), sponsor=False, non_city_share=""
)
HOPEFUL = Assumptions(
    "hopeful", 0.1, "tourism; education", (4, 2, 2), ("y", "y"), sponsor=True, non_city_share="50"
)
DOUBTFUL = Assumptions(
    "doubtful", 0.001, "none", (1, 0, 0), ("", ""), sponsor=False, non_city_share="0"
)
SETS = (MIDDLE, HOPEFUL, DOUBTFUL)


def documented_rows() -> list[Row]:
    """Return the agreements of Toronto's public record as they are typed."""
    with RECORD.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def assumed_portfolio(
    folder: Path, shared: Path, policy: Policy, assumed: Assumptions
) -> Portfolio:
    """Return the public record with assumed profiles and projects, read from a workbook."""
    rows = documented_rows()
    in_force = [row for row in rows if row["status"] != "historical"]
    path = folder / f"toronto-2018-assumed-{assumed.name}.xlsx"
    sheets = {
        "Agreements": [_agreement(row, assumed) for row in rows],
        "Profiles": [_profile(row, assumed, city_products(shared)) for row in in_force],
        "Projects": [project for row in in_force for project in _projects(row, assumed)],
    }
    write_workbook(path, policy, title=f"Toronto 2018, ASSUMED ({assumed.name})", rows=sheets)
    return open_workbook(path, policy)


def city_products(shared: Path) -> Mapping[str, tuple[float, float]]:
    """Return by city its product in USD (the country's per head times residents) and km away."""
    with (shared / INDICATORS).open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    return {
        row["city"]: (
            float(row["country_gdp_usd"])
            / float(row["country_population"])
            * float(row["city_population_geonames"]),
            float(row["distance_km_from_toronto"]),
        )
        for row in rows
    }


def _agreement(row: Row, assumed: Assumptions) -> Row:
    """Records are assumed complete; a sponsor, where assumed, has no name."""
    sponsor = {"community_sponsor": "ASSUMED", "sponsor_confirmed": "2018"}
    return (
        row
        | {"records_complete_to": "2018-12", "basis": "illustrative"}
        | (sponsor if assumed.sponsor and row["classification"] == "Friendship" else {})
    )


def _profile(row: Row, assumed: Assumptions, products: Mapping[str, tuple[float, float]]) -> Row:
    is_friend = row["classification"] == "Friendship"
    return {
        "subject_id": row["agreement_id"],
        "sectors_shared": NAMED_SECTORS.get(row["agreement_id"], assumed.sectors),
        "yearly_trade": _trade(row["partner"], assumed, products),
        "historic_link": "y" if int(row["signed"][:4]) <= OLD_BY else "",
        "host_community": assumed.community_here[0 if is_friend else 1],
        "non_city_share": assumed.non_city_share if is_friend else "",
        "source": "ASSUMED, see docs/backtest.md",
        "dated": "2018",
        "confidence": "low",
    }


def _trade(partner: str, assumed: Assumptions, products: Mapping[str, tuple[float, float]]) -> str:
    """Return the rule of thumb in whole units; blank for a partner without figures."""
    if partner not in products:
        return ""
    product, distance = products[partner]
    return f"{assumed.trade_share * product * 1000 / distance:.0f}"


def _projects(row: Row, assumed: Assumptions) -> list[Row]:
    kinds = ("Partnership", "Friendship")
    word = row["classification"]
    count = assumed.projects[kinds.index(word) if word in kinds else 2]
    return [
        {
            "project_id": f"{row['agreement_id']}-{number}",
            "agreement_id": row["agreement_id"],
            "name": "ASSUMED",
            "state": "done",
            "starts": "2018",
            "ends": "2018",
        }
        for number in range(1, count + 1)
    ]
