"""不属于哪个功能、由路由说的话。"""

SECRETARIAT_ONLY = "「{word}」只有秘书处能用。需要的话请联系管理员授权。"
SUPERUSER_ONLY = "「{word}」只有超级管理员能用。"
TOO_LONG = "这条太长了，我没有看。请用一两句话说。"
