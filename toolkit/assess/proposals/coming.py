"""Which proposals and drafts would take a seat of their own if what is proposed were adopted."""

from collections.abc import Collection, Mapping

from toolkit.assess.proposals.readiness import DraftReadiness
from toolkit.assess.proposals.screened import ScreenedProposal
from toolkit.assess.record.relationships import relationship_key
from toolkit.model.policy import Policy
from toolkit.model.portfolio import Portfolio
from toolkit.model.results import Table
from toolkit.model.sheets import Agreement
from toolkit.model.vocabulary import Evidence, ProposalWord


def find_coming(
    portfolio: Portfolio,
    policy: Policy,
    proposals: Table[ScreenedProposal],
    readiness: Table[DraftReadiness],
    *,
    seated: Collection[str],
) -> Mapping[str, bool]:
    """Return what may proceed or be signed and needs a seat, by name: whether it is provisional.

    A proposal that became a draft is counted with the draft.

    Parameters
    ----------
    seated
        The relationships that hold a seat already, in lower case.
    """
    signing = (row for row in readiness if row.decision == ProposalWord.SIGN)
    drafts = {row.agreement_id: f"{row.partner} ({row.agreement_id})" for row in signing}
    became = {key for row in readiness for key in row.proposals}
    proceeding = proposals.where(
        lambda row: (
            row.decision == ProposalWord.PROCEED
            and bool(row.needs_seat)
            and row.proposal_id not in became
        )
    )
    found = {
        f"{row.partner} ({row.proposal_id})": row.evidence == Evidence.PROVISIONAL
        for row in proceeding
    }
    for agreement in portfolio.rows(Agreement):
        cls = policy.class_named(agreement.classification)
        is_free = relationship_key(agreement) not in seated
        if agreement.agreement_id in drafts and cls is not None and cls.seats and is_free:
            found[drafts[agreement.agreement_id]] = False
    return found
