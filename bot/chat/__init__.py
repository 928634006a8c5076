"""网关：OneBot v11 / v12 的接入，只有这里和 `bot.app` 认识 NoneBot。

这里不导出任何东西：`connected` 与 `receiving` 要等 uniseg 作为插件载入之后才能导入。
"""
