"""一段下面的：冒号引出的各项同它一段；接着的表，点到哪几行要哪几行。"""

from pathlib import Path

from bot.documents.shelf import Stored
from bot.documents.tables import Tables
from bot.reading import read_file

LISTED = """示例省2027年申报指南

一、账号
（一）新开账号
首次申报的学校须提交：
（1）十八位统一社会信用代码；
（2）事业单位或民办非企业单位法人证书的扫描件一份；
（3）加盖公章的申请表。
交到示例处邮箱，当日办理。
（二）密码
1.忘记密码的，由管理员用手机验证码自己重置，不再由示例处人工办理，也不必来函。
2.密码每半年更换一次，不得与上一次相同，不得告诉他人，发现被人改过要及时报告。
"""


async def test_an_introduced_list_is_one_passage(tmp_path: Path) -> None:
    path = tmp_path / "指南.txt"
    path.write_text(LISTED, encoding="utf-8")
    texts = [passage.text for passage in (await read_file(path)).passages]
    whole = next(text for text in texts if "须提交" in text)
    assert all(part in whole for part in ("信用代码", "扫描件", "申请表", "当日办理"))
    assert sum("验证码" in text or "每半年" in text for text in texts) == 2


def _stored(number: int, text: str, *, is_row: bool = False) -> Stored:
    return Stored(number, 1, "一（三）", "联络", text, 0, is_row)


CLAUSE = (
    "（三）联络\n原来的群已经解散，请按类型加入新群。\n表2联络渠道\n别的表放在网站。"
)
PASSAGES = (
    _stored(1, CLAUSE),
    _stored(2, "渠道：QQ群（高职组）；号码：9902027108", is_row=True),
    _stored(3, "渠道：QQ群（中职组）；号码：9902027208", is_row=True),
    _stored(4, "渠道：示例网站；号码：https://gx.example.cn/", is_row=True),
)


def test_rows_beside_a_clause_are_those_asked_for() -> None:
    tables = Tables(PASSAGES)
    after = "原来的群已经解散，请按类型加入新群。"
    rows = tables.seen_in(after, "工作QQ群的群号是多少？", whole=CLAUSE)
    assert [row[-10:] for row in rows] == ["9902027108", "9902027208"]
    assert tables.seen_in(after, "说明会在哪里看预告？", whole=CLAUSE) == []
    assert len(tables.seen_in(CLAUSE, "说明会在哪里看预告？")) == 3
