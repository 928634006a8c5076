"""等人确认的事。"""

from .proposals import Proposal as Proposal
from .proposals import ProposalError as ProposalError
from .proposals import Proposals as Proposals
from .proposals import ProposalStatus as ProposalStatus
from .proposals import Then as Then
from .proposals import read_number as read_number
