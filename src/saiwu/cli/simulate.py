"""saiwu simulate --notice N --seed S --out DIR: rehearse a competition with invented people, from notice to bulletin."""

from __future__ import annotations

import argparse
import os
import sys
from fractions import Fraction
from pathlib import Path

from saiwu.cli.arguments import Arguments
from saiwu.cli.installation import say, set_up
from saiwu.cli.notice import open_notice
from saiwu.rules.rulebook import Rulebook

SUMMARY = "用虚构人员把一场竞赛从头演练到尾"
_LARGEST = 10


def run(argv: list[str]) -> int:
    """Exit 0 when all is written; 2 where the notice cannot be played, or the folder is not empty."""
    parser = Arguments(prog="saiwu simulate", description=SUMMARY)
    parser.add_argument("--notice", required=True, metavar="通知", help="随软件提供的通知的标识，或规则文件夹")
    parser.add_argument("--seed", required=True, metavar="种子", help="任意文字；同一种子得到逐字节相同的文件")
    parser.add_argument("--out", required=True, type=Path, metavar="目录", help="写到这里；须为空目录或尚不存在")
    parser.add_argument(
        "--scale", type=scale_of, default=Fraction(1), metavar="比例", help="演练规模，如 1/5（缺省 1）"
    )
    options = parser.parse_args(argv)
    book = open_notice(options.notice)
    target: Path = options.out.absolute()
    if target.is_symlink() or (target.exists() and (not target.is_dir() or any(target.iterdir()))):
        say(f"{target} 已存在且不是空目录。请换一个目录。")
        return 2
    from saiwu.simulation.scratch import scratch

    # Beside the target, or above it where its folders are still to be made: a rehearsal that is stopped makes none.
    beside = next(place for place in target.parents if place.is_dir())
    try:
        with scratch(None, beside) as (installation, staging):
            return _simulate(book, options.seed, options.scale, installation, staging, target)
    except OSError as error:
        say(f"不能写 {error.filename or target}：{error.strerror}。")
        return 2


def _simulate(book: Rulebook, seed: str, scale: Fraction, installation: Path, staging: Path, target: Path) -> int:
    """Play in a database of its own, write beside the target, and rename when whole."""
    os.environ["SAIWU_DATA"] = str(installation)
    os.environ.pop("SAIWU_DATABASE", None)
    set_up()
    from saiwu.privacy import chance, keys
    from saiwu.simulation import database
    from saiwu.simulation.competition import play
    from saiwu.simulation.output.outcomes import as_json
    from saiwu.simulation.output.writing import write
    from saiwu.simulation.supplement import CannotPlay, supplemented

    try:
        played = supplemented(book)
    except CannotPlay as error:
        say(f"{error}。")
        return 2
    if played.keys:
        say(f"通知没有写、演练时补充：{'、'.join(played.keys)}")
    database.make()
    with chance.seeded(seed), keys.using(keys.fresh()):
        world = play(played.book, seed, scale=scale, say=say)
        summary = write(world, staging, seed=seed, scale=scale, supplemented=played.keys)
    staging.chmod(0o755)
    target.parent.mkdir(parents=True, exist_ok=True)
    staging.rename(target)
    sys.stdout.write(as_json(summary).decode())
    return 0


def scale_of(text: str) -> Fraction:
    """A scale as an option says it: 1, 0.5, 1/5."""
    try:
        scale = Fraction(text)
    except (ValueError, ZeroDivisionError):
        scale = Fraction(0)
    if not 0 < scale <= _LARGEST:
        raise argparse.ArgumentTypeError(f"“{text}”不是大于 0、不超过 {_LARGEST} 的数，如 1 或 1/5。")
    return scale
