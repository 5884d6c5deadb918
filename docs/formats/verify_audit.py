"""Follow a saiwu-audit/1 trail: python3 verify_audit.py FILE [HEAD]. Plain Python, nothing installed.

Prints how many records hold and the head (the newest hash), or the number of the first bad record. A chain cannot show
that its tail was cut off: give the head that you hold from elsewhere (the committee's page, a print, a mail) as HEAD.
"""

import hashlib
import json
import sys
import unicodedata

KEYS = {"n", "at", "actor", "role", "verb", "object", "facts", "previous", "hash"}


def hash_of(record):
    """SHA-256 of the canonical JSON (RFC 8785) of the record without its hash, in normal form C."""
    rest = {key: value for key, value in record.items() if key != "hash"}
    text = json.dumps(rest, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False)
    return hashlib.sha256(unicodedata.normalize("NFC", text).encode()).hexdigest()


def main(path, head=None):
    """Read line by line; return the exit code."""
    previous, n, seen = "0" * 64, 0, head is None
    with open(path, encoding="utf-8-sig") as lines:
        for line in lines:
            if not line.strip():
                continue
            n += 1
            try:
                record = json.loads(line)
                holds = set(record) == KEYS and record["n"] == n and record["previous"] == previous
                holds = holds and record["hash"] == hash_of(record)
            except (ValueError, TypeError, RecursionError):
                holds = False
            if not holds:
                print(f"第 {n} 条有误")
                return 1
            previous = record["hash"]
            seen = seen or previous == head
    if not seen:
        print(f"共 {n} 条，到不了所给的链首，末尾可能被截去")
        return 1
    print(f"记录 {n} 条\n链首 {previous}")
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:3]))
