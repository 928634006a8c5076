"""1+X 助手：答疑、名录、申报窗口与登记，与聊天框架无关的核心。"""

import os

# 矩阵都不大，一个线程最快；后台重新学习时也不会占满小机器的全部核心
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

# 只按单字注音，用不着词组表：省四十多兆内存和大半秒启动时间
os.environ.setdefault("PYPINYIN_NO_PHRASES", "true")
os.environ.setdefault("PYPINYIN_NO_DICT_COPY", "true")

HOMEPAGE = "https://github.com/onex-assistant/onex-assistant"
"""插件资料里的主页。"""
