"""Which results are handed out, in the order of their files."""

TABLES = (
    "review", "withdrawn", "reclassification", "seats", "seat_counts", "terms",
    "decision_calendar", "money", "open_requests", "scores", "firmness", "rules", "ranks",
    "dominance", "choices_at_the_cap",
    "seat_exchange", "sequence", "priorities", "sunset_paths", "what_would_change", "renewals",
    "renewal_rules", "overdue", "proposals", "readiness", "partner_suggestions",
    "purpose_suggestions", "planning_costs", "candidates", "scenarios", "money_steps", "uplifts",
    "programme_trend", "decisions", "decisions_on_record", "decisions_followed_up",
    "partner_owned", "project_leads", "engagements", "partners", "partner_kinds", "publication",
    "publication_counts", "activity_goals", "year_plan", "goals_served", "scorecard",
    "scorecard_changes", "indicators", "objectives", "achievement", "like_unit_sums",
    "named_outcomes", "named_failures", "costs", "cost_per_outcome", "programme_money",
    "missions_by_tier", "history",
)  # fmt: skip
