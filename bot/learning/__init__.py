"""学把握：各来源的凭据值多少，由例子学来。"""

from .gathering import learn_confidence as learn_confidence
