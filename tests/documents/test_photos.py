"""What may be handed in as a photo, and what comes out of it."""

import io
import struct
import zlib

import pytest
from PIL import Image

from saiwu.documents import photos
from saiwu.documents.photos import PhotoRefused, PhotoRule
from tests.documents.samples import photo


def opened(content: bytes) -> Image.Image:
    return Image.open(io.BytesIO(content))


def encoded(image: Image.Image, kind: str = "PNG") -> bytes:
    out = io.BytesIO()
    image.save(out, kind)
    return out.getvalue()


def bomb() -> bytes:
    """A PNG of 120 bytes that says it has 30,000 by 30,000 pixels."""

    def chunk(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    head = struct.pack(">IIBBBBB", 30_000, 30_000, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"\0" * 40)) + chunk(b"IEND", b"")


@pytest.mark.parametrize("kind", ["JPEG", "PNG"])
def test_a_photo_comes_out_as_jpeg_without_remarks(kind):
    accepted = photos.accept(photo(kind=kind))
    assert (opened(accepted.content).format, accepted.width, accepted.height, accepted.remarks) == (
        "JPEG",
        600,
        840,
        (),
    )


def test_a_photo_is_turned_upright_and_loses_what_the_camera_wrote():
    exif = Image.Exif()
    exif[0x0112] = 6  # lies on its side
    exif[0x010F] = "SecretCamera"
    lying = photo(840, 600, exif=exif)
    assert b"SecretCamera" in lying
    accepted = photos.accept(lying)
    assert (accepted.width, accepted.height, dict(opened(accepted.content).getexif())) == (600, 840, {})
    assert b"SecretCamera" not in accepted.content


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "这是空文件，不是照片。请另存为 JPG 或 PNG 后重新上传。"),
        (b"hello", "这个文件不是图片，或已损坏。请打开确认能看到照片，另存为 JPG 后重新上传。"),
        (b"%PDF-1.7", "这是 PDF 文件，不是照片。请另存为 JPG 或 PNG 后重新上传。"),
        (b"PK\x03\x04", "这是压缩包或 Office 文档，不是照片。请另存为 JPG 或 PNG 后重新上传。"),
        (
            b"\x00\x00\x00\x18ftypheic",
            "这是 HEIC 图片（苹果手机的默认格式），不是照片。请另存为 JPG 或 PNG 后重新上传。",
        ),
        (photo(kind="WEBP"), "这是 WebP 图片，不是照片。请另存为 JPG 或 PNG 后重新上传。"),
        (photo(kind="GIF"), "这是 GIF 动图，不是照片。请另存为 JPG 或 PNG 后重新上传。"),
        (photo()[:900], "照片文件不完整，可能没有传完。请打开原图确认能看到，再重新上传。"),
        (photo(kind="PNG")[:200], "照片文件不完整，可能没有传完。请打开原图确认能看到，再重新上传。"),
        (bomb(), "照片的像素太多，上限为 4000 万像素。请缩小后重新上传。"),
        (
            photo(100, 140),
            "照片只有 100×140 像素，至少应为 210×280 像素。请上传原图，不要用截图或缩略图。",
        ),
        (
            photo() + b"\0" * 6_000_000,
            "照片有 5.7 MB，上限为 5 MB。请用手机或画图软件缩小后重新上传。",
        ),
    ],
)
def test_what_cannot_be_used_is_refused_with_the_way_to_mend_it(content, message):
    with pytest.raises(PhotoRefused) as refused:
        photos.accept(content)
    assert str(refused.value) == message


@pytest.mark.parametrize(
    ("image", "colour"),
    [
        (Image.new("RGBA", (300, 400), (0, 0, 0, 0)), (255, 255, 255)),  # transparent becomes white, not black
        (Image.new("I;16", (300, 400), 65535), (255, 255, 255)),  # sixteen bits of grey
        (Image.new("L", (300, 400), 200), (200, 200, 200)),
        (Image.new("P", (300, 400), 0), (0, 0, 0)),
    ],
)
def test_every_kind_of_pixel_becomes_a_colour(image, colour):
    assert opened(photos.accept(encoded(image)).content).getpixel((150, 200)) == colour


def test_what_should_be_better_is_a_remark_and_no_refusal():
    wide = photos.accept(photo(800, 600))
    dark = photos.accept(encoded(Image.new("RGB", (300, 400), "#333"), "JPEG"))
    assert (wide.remarks, dark.remarks) == (
        ("照片为 800×600，不是竖向证件照的比例（约 3:4），打印时会裁去边缘。",),
        ("照片背景较暗，证件照一般用白色或浅蓝色背景。",),
    )


def test_limits_are_the_rules_not_the_codes():
    assert photos.accept(photo(100, 140), PhotoRule(least_width=50, least_height=70)).width == 100


def test_a_photo_for_a_form_has_the_size_of_its_frame_and_keeps_the_head():
    image = Image.new("RGB", (300, 800), "white")
    image.paste("black", (0, 0, 300, 100))
    fitted = opened(photos.fitted(encoded(image), width=300, height=400))
    # Of 400 rows too many, 100 go above: the black band is gone, and all below is white.
    assert (fitted.size, fitted.convert("L").getextrema()[0] > 240) == ((300, 400), True)
