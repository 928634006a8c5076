"""答疑的全部入口，各文件往里登记。"""

from bot.routing import Routes

routes = Routes()
