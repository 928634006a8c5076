"""别人打的字，说给他听时最多当作一个短名字。"""

import pytest

from bot.text.echoing import as_name, quoted_name


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("数控车铣", "数控车铣"), ("1+X 大数据", "1+X 大数据"), ("2021年", "2021年"),
        ("加微信abc买包过", ""), ("http://x.cn/a", ""), ("上 x1y.com 看", ""),
        ("打 13800138000", ""),
        ("陈示例138.0013.8000", ""), ("陈示例一三八零零一三八零零零", ""),
        ("示例路12号3栋的示例证书", ""),
        ("QQ：12345", ""), ("薇信 abc", ""), ("a@b.c", ""),
        ("网络安全评估运维与应急响应处置", "网络安全评估运维与应急响应处置"),
        ("很" * 30, "很" * 16 + "…"), ("一\n二", "一 二"),
    ],
)  # fmt: skip
def test_only_a_short_name_is_repeated(text: str, name: str) -> None:
    assert as_name(text) == name


def test_what_is_not_a_name_is_called_something_else() -> None:
    assert quoted_name("加微信abc", "这一项") == "这一项"
    assert quoted_name("数控", "这一项") == "「数控」"
