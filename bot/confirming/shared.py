"""秘书处共用的几类事：谁提的，秘书处的人都看得到。"""

from bot.access import Access, Role
from bot.messages import Person

from .models import Kind, Proposal


class SecretariatKind(Kind):
    """秘书处里一个人提的，别人也可以接着办；办不办得了看 `refusal`。"""

    def __init__(self, access: Access) -> None:
        self._access = access

    def sees(self, proposal: Proposal, by: Person) -> bool:
        """提出的人与秘书处的人。"""
        is_author = by == proposal.author
        return is_author or self._access.rights(by).role >= Role.SECRETARIAT
