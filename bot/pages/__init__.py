"""浏览器里的页面共用的：挂到网站上、谁能看、反复用到的小件。"""

from .elements import Button as Button
from .elements import Span as Span
from .elements import block as block
from .elements import label as label
from .elements import switch as switch
from .site import allowed as allowed
from .site import mount as mount
from .site import refusal as refusal
from .site import trust as trust
