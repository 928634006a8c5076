"""名录文件：内容齐全，读得严格。"""

import csv
import shutil
from pathlib import Path

import pytest

from bot.directory import Directory, check
from bot.errors import KnowledgeError

from .conftest import FOLDER


def test_counts(files: Directory) -> None:
    catalogue = files.snapshot.catalogue
    sizes = [len(catalogue.in_batch(number)) for number in (1, 2, 3)]
    assert sizes == [6, 10, 76]
    assert len(catalogue.certificates) == 92
    assert len(catalogue.organisations) == 73
    assert check(FOLDER) == "名录：92 个证书，73 家机构，90 处联系方式"


def test_every_certificate_has_a_field_and_somebody_to_call(files: Directory) -> None:
    catalogue = files.snapshot.catalogue
    for certificate in catalogue.certificates.values():
        assert certificate.fields, certificate.name
        contact = catalogue.contacts_of(certificate.name)[0]
        assert contact.people, certificate.name
        assert contact.mobiles, certificate.name
        assert contact.emails, certificate.name


def test_swapped_organisations_are_right_and_the_printed_ones_kept(
    files: Directory,
) -> None:
    certificates = files.snapshot.catalogue.certificates
    elderly, logistics = certificates["老年照护"], certificates["物流管理"]
    assert "中福长者" in elderly.organisation
    assert elderly.printed_organisation == "北京中物联物流采购培训中心"
    assert logistics.organisation == "北京中物联物流采购培训中心"
    assert "中福长者" in logistics.printed_organisation


def test_second_batch_has_fax_address_and_postcode(files: Directory) -> None:
    catalogue = files.snapshot.catalogue
    for certificate in catalogue.in_batch(2):
        older = catalogue.contacts_of(certificate.name)[-1]
        assert older.as_of.isoformat() == "2019-09-11"
        assert older.fax
        assert older.address
        assert len(older.postcode) == 6


def test_levels_always_come_with_a_source(files: Directory) -> None:
    with_levels = [
        certificate
        for certificate in files.snapshot.catalogue.certificates.values()
        if certificate.levels
    ]
    assert len(with_levels) == 21
    assert all(c.level_source and c.evidence for c in with_levels)


def edited(tmp_path: Path, name: str, old: str, new: str) -> Path:
    """名录的副本，改一处。"""
    folder = tmp_path / "directory"
    shutil.copytree(FOLDER, folder)
    text = (folder / name).read_text(encoding="utf-8")
    assert old in text
    (folder / name).write_text(text.replace(old, new, 1), encoding="utf-8")
    return folder


@pytest.mark.parametrize(
    ("name", "old", "new", "problem"),
    [
        ("contacts.csv", "13581841651", "1358184165", "contacts.csv 第 15 行 手机"),
        ("contacts.csv", "fuzhijiaoyu@qq.com", "fuzhijiaoyu@qq.con", "写错了"),
        ("contacts.csv", "传真", "传 真", "不认识的列「传 真」"),
        ("contacts.csv", "20-1-02", "20-1-01", "contacts.csv 第 3 行 编号"),
        ("contacts.csv", ",物流管理,", ",物流管里,", "没有「物流管里」这一项"),
        (
            "certificates.csv",
            "BIM；",
            "BIM；物流管理；",
            "与「建筑信息模型（BIM）」的相同",
        ),
        ("certificates.csv", ",养老；", ",养老院；", "没有「养老院」这一项"),
        (
            "certificates.csv",
            "平台公开查询2026-08-30，第三方副本 https://github.com/gqy20/hiro2/blob/a208c4aa/data/processed/certs/cert-catalog.jsonl",
            "",
            "写了等级就要写来源",
        ),
        (
            "certificates.csv",
            "云计算开发与运维,3,15",
            "云计算开发与运维,3,14",
            "机构不同",
        ),
        ("certificates.csv", "初级；中级；高级", "初级；特级", "「特级」只能是"),
        ("batches.csv", ",6,", ",7,", "batches.csv 第 2 行 证书数：写的是 7，数出来 6"),
        ("organisations.csv", "华为技术有限公司,", "华为,", "certificates.csv 第"),
        ("sources.csv", "2019-09-11", "2019年9月", "请写成 2020-04-14"),
    ],
)
def test_mistakes_are_told_with_file_and_line(
    tmp_path: Path, name: str, old: str, new: str, problem: str
) -> None:
    with pytest.raises(KnowledgeError) as caught:
        check(edited(tmp_path, name, old, new))
    assert problem in "\n".join(caught.value.problems)


def test_missing_file_is_told(tmp_path: Path) -> None:
    with pytest.raises(KnowledgeError) as caught:
        check(tmp_path)
    assert len(caught.value.problems) == 6


def test_all_mistakes_at_once(tmp_path: Path) -> None:
    folder = edited(tmp_path, "contacts.csv", "13581841651", "x")
    text = (folder / "certificates.csv").read_text(encoding="utf-8")
    (folder / "certificates.csv").write_text(
        text.replace("老年照护,1,3", "老年照护,一,3"), encoding="utf-8"
    )
    with pytest.raises(KnowledgeError) as caught:
        check(folder)
    assert len(caught.value.problems) == 2


def test_no_alias_equals_another_name(files: Directory) -> None:
    with (FOLDER / "certificates.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    names = {row["证书"] for row in rows}
    for row in rows:
        assert not names & set(row["别名"].split("；")), row["证书"]
