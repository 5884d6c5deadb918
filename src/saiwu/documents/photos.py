"""Photos of persons: what may be handed in, and how it is made ready for forms.

Refused is only what cannot be used: no picture, a format that printers do not read, too many bytes or pixels, too few
pixels. What is merely not as it should be (ratio, background) is a remark, since units hand in what they have.
What comes out is turned upright and carries no EXIF: no place, no camera, no date.
"""

from __future__ import annotations

import io
import struct
import zlib
from dataclasses import dataclass

from PIL import Image, ImageOps, ImageStat, UnidentifiedImageError

_FORMATS = ("JPEG", "PNG")  # JPEG covers MPO, which many phones write and call .jpg: its first picture is taken.
_BROKEN = (OSError, SyntaxError, ValueError, EOFError, struct.error, zlib.error)
_OTHERS = (
    (b"GIF8", "GIF 动图"),
    (b"BM", "BMP 图片"),
    (b"%PDF", "PDF 文件"),
    (b"PK\x03\x04", "压缩包或 Office 文档"),
    (b"\xd0\xcf\x11\xe0", "旧版 Office 文档"),
    (b"II*\x00", "TIFF 图片"),
    (b"MM\x00*", "TIFF 图片"),
)
_HEIF_BRANDS = (b"heic", b"heix", b"hevc", b"mif1", b"msf1", b"heim", b"heis")
_QUALITY = 90


class PhotoRefused(ValueError):  # noqa: N818
    """A photo that cannot be used; the message is Chinese and says how to mend it."""


@dataclass(frozen=True, slots=True)
class PhotoRule:
    """What is asked of a photo. Pixels; `ratio` is width over height, lowest and highest without a remark."""

    most_bytes: int = 5 * 1024 * 1024
    most_pixels: int = 40_000_000
    least_width: int = 210
    least_height: int = 280
    ratio: tuple[float, float] = (0.68, 0.82)
    brightest_ground: int = 150

    @property
    def most_megabytes(self) -> str:
        """For the message: 5 MB."""
        return f"{self.most_bytes / 1024 / 1024:g} MB"


DEFAULT_RULE = PhotoRule()


@dataclass(frozen=True, slots=True)
class Photo:
    """A photo that can be used: JPEG, upright, without EXIF. `remarks`: Chinese sentences on what should be better."""

    content: bytes
    width: int
    height: int
    remarks: tuple[str, ...]


def accept(content: bytes, rule: PhotoRule = DEFAULT_RULE) -> Photo:
    """The photo made ready; raises PhotoRefused. At most `rule.most_pixels` are ever unpacked."""
    image = _opened(content, rule)
    upright = _upright(image)
    width, height = upright.size
    if width < rule.least_width or height < rule.least_height:
        raise PhotoRefused(
            f"照片只有 {width}×{height} 像素，至少应为 {rule.least_width}×{rule.least_height} 像素。"
            "请上传原图，不要用截图或缩略图。"
        )
    return Photo(_jpeg(upright), width, height, _remarks(upright, rule))


def fitted(content: bytes, *, width: int, height: int) -> bytes:
    """The photo as JPEG of exactly that size: scaled, and what is too much cut off evenly, rather above than below.

    Raises PhotoRefused as `accept` does, except that small photos are enlarged.
    """
    upright = _upright(_opened(content, DEFAULT_RULE))
    # Heads stand in the upper half: of what is too high, a quarter goes above and three quarters below.
    return _jpeg(ImageOps.fit(upright, (width, height), Image.Resampling.LANCZOS, centering=(0.5, 0.25)))


def _opened(content: bytes, rule: PhotoRule) -> Image.Image:
    """The picture with its pixels loaded, or PhotoRefused."""
    if len(content) > rule.most_bytes:
        size = f"{len(content) / 1024 / 1024:.1f} MB"
        raise PhotoRefused(f"照片有 {size}，上限为 {rule.most_megabytes}。请用手机或画图软件缩小后重新上传。")
    if other := _other_format(content):
        raise PhotoRefused(f"这是{other}，不是照片。请另存为 JPG 或 PNG 后重新上传。")
    try:
        image = Image.open(io.BytesIO(content), formats=_FORMATS)
    except UnidentifiedImageError:
        raise PhotoRefused("这个文件不是图片，或已损坏。请打开确认能看到照片，另存为 JPG 后重新上传。") from None
    except Image.DecompressionBombError:
        raise _too_large(rule) from None
    except _BROKEN:
        raise _broken() from None
    if image.width * image.height > rule.most_pixels:
        raise _too_large(rule)
    try:
        image.load()
    except _BROKEN:
        raise _broken() from None
    return image


def _too_large(rule: PhotoRule) -> PhotoRefused:
    return PhotoRefused(f"照片的像素太多，上限为 {rule.most_pixels // 10_000} 万像素。请缩小后重新上传。")


def _broken() -> PhotoRefused:
    return PhotoRefused("照片文件不完整，可能没有传完。请打开原图确认能看到，再重新上传。")


def _other_format(content: bytes) -> str | None:
    if not content:
        return "空文件"
    if content[4:8] == b"ftyp" and content[8:12] in _HEIF_BRANDS:
        return " HEIC 图片（苹果手机的默认格式）"
    if content[:4] == b"RIFF" and content[8:12] == b"WEBP":
        return " WebP 图片"
    return next(
        (f" {name}" if name[0].isascii() else name for magic, name in _OTHERS if content.startswith(magic)), None
    )


def _upright(image: Image.Image) -> Image.Image:
    """Turned as EXIF says, in RGB, what is transparent as white."""
    turned = ImageOps.exif_transpose(image)
    if turned.mode in ("RGBA", "LA", "PA") or "transparency" in turned.info:
        coloured = turned.convert("RGBA")
        ground = Image.new("RGB", coloured.size, "white")
        ground.paste(coloured, mask=coloured.getchannel("A"))
        return ground
    if turned.mode.startswith("I;16") or turned.mode == "I":
        # Sixteen bits of grey: Pillow would clip them, not scale them.
        return turned.convert("I").point(lambda grey: grey / 257).convert("L").convert("RGB")
    return turned.convert("RGB")


def _jpeg(image: Image.Image) -> bytes:
    bare = Image.new("RGB", image.size)
    bare.paste(image)
    out = io.BytesIO()
    bare.save(out, "JPEG", quality=_QUALITY, optimize=True)
    return out.getvalue()


def _remarks(image: Image.Image, rule: PhotoRule) -> tuple[str, ...]:
    remarks = []
    low, high = rule.ratio
    if not low <= image.width / image.height <= high:
        remarks.append(f"照片为 {image.width}×{image.height}，不是竖向证件照的比例（约 3:4），打印时会裁去边缘。")
    corner = max(1, image.width // 20)
    corners = (image.crop((0, 0, corner, corner)), image.crop((image.width - corner, 0, image.width, corner)))
    if min(min(ImageStat.Stat(part).mean[1:]) for part in corners) < rule.brightest_ground:
        remarks.append("照片背景较暗，证件照一般用白色或浅蓝色背景。")
    return tuple(remarks)
