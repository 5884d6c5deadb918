"""Run the benchmarks and print each ratio beside the one it is to reach.

Each module has `main() -> dict[str, float]`: named ratios (or counts) of one run. What two programs take on the same
machine in the same minute compares; seconds of one machine do not.
"""

from __future__ import annotations

import subprocess
import sys

REACH = {
    "roster": "a roster of 50,000 rows checked, JSON written: within 6 times reading the file alone (then 3)",
    "ranking": "100,000 entries ranked and awarded: at most 4 times a plain sorted by the same keys",
    "preregistration": "one pre-registration: at most 12 SQL statements",
    "preregistration_post": "its submit: CPU within 1.5 times a plain form page; 16 clients on SQLite: p99 within 3 times p50",
    "certificates": "1,000 certificates with QR: within 1.5 times typst and the QR library alone",
    "results_page": "the public results page, warm: at most 1.5 times a view that returns kept bytes, no SQL",
}


def main(names: list[str]) -> int:
    """Each in a process of its own, so that none warms the other. Exit 1 where one fails."""
    failed = 0
    for name in names or REACH:
        print(f"\n== {name}: {REACH.get(name, '')}", flush=True)
        failed += subprocess.run([sys.executable, "-m", f"benchmarks.{name}"], check=False).returncode != 0
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
