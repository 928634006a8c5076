"""数据库：连接、会话与迁移。"""

from .database import Database as Database
