"""数据库：连接、会话与迁移；以及由文件算出来、存在缓存里的。"""

from .database import Database as Database
from .derived import Derived as Derived
