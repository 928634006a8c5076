"""工作簿怎样打印：横向、各列放进一页宽、每页重复表头。"""

from xlsxwriter.worksheet import Worksheet

A4 = 9


def print_on_wide_pages(sheet: Worksheet, header: int) -> None:
    """一页的打印安排。

    参数:
        header: 表头在第几行，从 0 数起；它与上面的各行每页重复
    """
    sheet.set_landscape()
    sheet.set_paper(A4)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0, header)
