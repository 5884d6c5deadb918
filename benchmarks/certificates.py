"""How long certificates take, beside what typst and the QR library need for the same pages, and whether memory grows.

`ratio` is the time of `batch` over the time that the two libraries alone need, on the same machine, in turns; it should
stay under 1.5. `growth_mb` is what the process grew by between the first tenth of the certificates and the last.
"""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import typst
import zxingcpp

from saiwu.documents import award_certificate, fonts, typeset
from saiwu.documents.award_certificate import AwardCertificate

COUNT = 1000
ROUNDS = 10
_SURNAMES = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜"
_GIVEN = "子浩欣怡明轩雨桐俊杰思远佳琪宇航晨曦博文静雯志强"


def certificates(count: int) -> Iterator[AwardCertificate]:
    """Invented certificates, each with a name, a number and a QR code of its own."""
    for number in range(count):
        name = _SURNAMES[number % 32] + _GIVEN[number // 32 % 24] + _GIVEN[number // 7 % 24]
        yield AwardCertificate(
            number=f"SC1-2025-03-S-{number:05d}",
            names=(name,),
            unit="某某职业技术学院",
            competition="某某市第一届职业技能竞赛",
            event="数字孪生应用技术员",
            division="学生组",
            prize="优胜奖",
            hosts=("某某市经济和信息化委员会", "某某市人力资源和社会保障局"),
            issued_on=date(2025, 11, 14),
            check_url=f"https://saiwu.example/certificates/SC1-2025-03-S-{number:05d}",
        )


def ours(count: int, first: int = 0) -> float:
    """Seconds that the iterator takes."""
    values = list(certificates(first + count))[first:]
    start = time.perf_counter()
    for _, pdf in award_certificate.batch(values):
        assert pdf.startswith(b"%PDF")
    return time.perf_counter() - start


def libraries(count: int, first: int = 0) -> float:
    """Seconds that typst and the QR library take for the same pages when all else is ready beforehand."""
    values = list(certificates(first + count))[first:]
    ready = []
    for value in values:
        sheet = {"ridge": award_certificate.printed_ridge(), "certificates": [award_certificate.sheet(value)]}
        ready.append((value.check_url, typeset.inputs(sheet, dated=value.issued_on)))
    compiler = typst.Compiler(
        input=str(typeset.TEMPLATES / f"{award_certificate.TEMPLATE}.typ"),
        root=str(typeset.TEMPLATES),
        font_paths=[str(fonts.folder())],
        ignore_system_fonts=True,
    )
    start = time.perf_counter()
    for url, inputs in ready:
        zxingcpp.create_barcode(url, zxingcpp.BarcodeFormat.QRCode, ec_level="M").to_svg(add_quiet_zones=True)
        compiler.compile(format="pdf", sys_inputs=inputs, timestamp=0, pdf_standards="a-2b")
    return time.perf_counter() - start


def resident_mb() -> float:
    """Memory that the process holds now (Linux)."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    found = re.search(r"VmRSS:\s+(\d+) kB", status)
    assert found is not None
    return int(found[1]) / 1024


def main() -> dict[str, float]:
    """Measure and print; the two take turns, so that neither has the quieter half of the machine's time."""
    share = COUNT // ROUNDS
    ours(10), libraries(10)
    mine = theirs = 0.0
    at_first = 0.0
    for turn in range(ROUNDS):
        mine += ours(share, first=turn * share)
        theirs += libraries(share, first=turn * share)
        at_first = at_first or resident_mb()
    figures = {
        "certificates": float(COUNT),
        "milliseconds_each": 1000 * mine / COUNT,
        "libraries_milliseconds_each": 1000 * theirs / COUNT,
        "ratio": mine / theirs,
        "growth_mb": resident_mb() - at_first,
    }
    for name, value in figures.items():
        print(f"certificates.{name} {value:.3f}")
    return figures


if __name__ == "__main__":
    main()
