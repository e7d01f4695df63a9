"""The German register of twin towns, from the corpus, as rows of the workbook."""

import csv
from pathlib import Path

FILE = "corpus/cities/germany_TwinTowns_clean_rgre.csv"
WORDS = {"p": "twinning", "f": "Friendship", "k": "cooperation agreement"}


def register_rows(shared: Path, municipality: str | None = None) -> list[dict[str, str]]:
    """Return the agreements of one municipality or of all, each with its row as its relationship.

    A Partnerschaft is a town twinning and no class of the framework; what has no form on record is
    unknown.
    """
    with (shared / FILE).open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    return [
        {
            "agreement_id": f"R-{number}",
            "relationship_id": f"R-{number}",
            "partner": row["partnergemeinde"],
            "country": row["country"],
            "classification": WORDS.get(row["form"], "unknown"),
            "signed": row["seit"] if row["seit"].isdigit() and len(row["seit"]) == 4 else "",
            "source": "RGRE register of twin towns",
        }
        for number, row in enumerate(rows, start=1)
        if municipality in (None, row["municipality"])
    ]
