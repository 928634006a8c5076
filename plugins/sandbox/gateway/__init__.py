"""模拟网关：经真实的 WebSocket 连到助手，扮演 QQ 或微信的那一侧。"""

from .base import SimulatedGateway
from .faults import FaultMode, Faults
from .listening import Call, Counters
from .v11 import V11Gateway
from .v12 import V12Gateway

__all__ = [
    "Call",
    "Counters",
    "FaultMode",
    "Faults",
    "SimulatedGateway",
    "V11Gateway",
    "V12Gateway",
]
