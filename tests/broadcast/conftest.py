"""广播的测试用发送的那一套：可拨的钟、装好的发送。"""

from tests.outbox.conftest import hands as hands
from tests.outbox.conftest import office as office
