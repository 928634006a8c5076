"""把一页做成扫描件、拍的照片：歪的、有透视、光不匀、有噪点、压过的。"""

import io
from typing import Any

import numpy as np
from PIL import Image, ImageFilter

_SEED = 7


def scanned(page: Image.Image, angle: float = 0.7) -> Image.Image:
    """扫描的：略歪，略糊，有噪点。"""
    turned = page.convert("L").rotate(
        angle, fillcolor=255, resample=Image.Resampling.BICUBIC
    )
    blurred = np.asarray(turned.filter(ImageFilter.GaussianBlur(0.6)))
    return _pressed(_noisy(blurred.astype(float), 8), 55)


def photographed(page: Image.Image) -> Image.Image:
    """拍的：桌面露出来，斜着拍，一边暗，有噪点。"""
    margin = 120
    size = (page.width + 2 * margin, page.height + 2 * margin)
    desk = Image.new("RGB", size, (80, 70, 60))
    desk.paste(page.convert("RGB"), (margin, margin))
    wide, high = size
    # 四个角在照片里的位置
    corners = [(90, 60), (wide - 30, 10), (wide - 80, high - 40), (20, high - 110)]
    whole = [(0, 0), (wide, 0), (wide, high), (0, high)]
    seen = desk.transform(
        size,
        Image.Transform.PERSPECTIVE,
        _perspective(corners, whole),
        Image.Resampling.BICUBIC,
        fillcolor=(60, 55, 50),
    )
    light = np.linspace(0.55, 1.05, wide)[None, :, None]
    light = light * np.linspace(1, 0.75, high)[:, None, None]
    return _pressed(_noisy(np.asarray(seen) * light, 7), 60)


def _noisy(pixels: np.ndarray, strength: float) -> Image.Image:
    noise = np.random.default_rng(_SEED).normal(0, strength, pixels.shape)
    return Image.fromarray(np.clip(pixels + noise, 0, 255).astype("uint8"))


def _pressed(image: Image.Image, quality: int) -> Image.Image:
    kept = io.BytesIO()
    image.save(kept, "JPEG", quality=quality)
    return Image.open(kept)


def _perspective(
    seen: list[tuple[int, int]], whole: list[tuple[int, int]]
) -> list[float]:
    """照片上的四点各对原图的四点，变换的八个数。"""
    rows: list[list[float]] = []
    for (x, y), (u, v) in zip(seen, whole, strict=True):
        rows.append([x, y, 1, 0, 0, 0, -u * x, -u * y])
        rows.append([0, 0, 0, x, y, 1, -v * x, -v * y])
    wanted: Any = np.array(whole, dtype=float).reshape(8)
    return np.linalg.solve(np.array(rows, dtype=float), wanted).tolist()
