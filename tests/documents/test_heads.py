"""题目、文号、抬头挤在一行的，也认得出各是什么。"""

from pathlib import Path

import pytest

from bot.reading import read_file

TITLE = "关于做好示例省2027年1+X证书制度试点申报工作的通知"
NUMBER = "云示教职〔2027〕12号"
OFFICES = "云岭示例省教育厅\n云岭示例省发展和改革委员会\n"
BODY = """\
各示例市教育局，各高等职业学校：
为做好2027年度1+X证书制度试点工作，结合我省实际，现就申报有关事项通知如下：
一、申报范围
（一）本年度可申报第一批至第五批的全部证书，每所学校最多申报十五个证书。
"""
OPENINGS = {
    "文号在后": f"{TITLE} {NUMBER}\n",
    "文号在前": f"{NUMBER} {TITLE}\n",
    "文号在括号里": f"{TITLE}（{NUMBER}）\n",
    "红头": f"云岭示例省教育厅文件\n{NUMBER}\n{TITLE[:20]}\n{TITLE[20:]}\n",
    "全挤在一起": f"云岭示例省教育厅文件{NUMBER}{TITLE}",
    "几家联合": f"{OFFICES}{TITLE}\n{NUMBER}\n",
    "网页上的": f"首页 > 通知公告\n{TITLE}\n{NUMBER}\n"
    "发布时间：2027-03-05 来源：示例省教育厅 浏览次数：128\n",
}


@pytest.mark.parametrize("opening", OPENINGS.values(), ids=OPENINGS.keys())
async def test_a_head_is_told_apart(opening: str, tmp_path: Path) -> None:
    path = tmp_path / "通知.txt"
    path.write_text(f"{opening}{BODY}", "utf-8")
    reading = await read_file(path)
    document = reading.document
    assert document.title == TITLE
    assert document.number == NUMBER
    assert document.addressees == ("各示例市教育局", "各高等职业学校")
    assert [p.label for p in reading.passages] == ["", "一（一）"]
    assert reading.passages[0].text.startswith("为做好")


async def test_offices_that_issue_together(tmp_path: Path) -> None:
    path = tmp_path / "通知.txt"
    path.write_text(f"{OPENINGS['几家联合']}{BODY}", "utf-8")
    document = (await read_file(path)).document
    assert document.issuer == "云岭示例省教育厅、云岭示例省发展和改革委员会"


async def test_a_notice_cited_in_the_text_is_not_a_head(tmp_path: Path) -> None:
    path = tmp_path / "通知.txt"
    cited = "根据《关于开展试点的通知》（国示〔2026〕3号）要求，现将有关事项通知如下："
    path.write_text(f"{TITLE}\n{cited}\n一、按时报送材料。\n", "utf-8")
    reading = await read_file(path)
    assert reading.document.title == TITLE
    assert reading.passages[0].text == cited
