"""Verify a saiwu-draw/1 transcript: python3 verify_draw.py TRANSCRIPT. Plain Python, no installation; see draw.md."""

import hashlib
import hmac
import json
import sys
import unicodedata


def nfc(text):
    return unicodedata.normalize("NFC", text)


def drawn(t):
    """The list's digest, the commitment and the order, recomputed from the list, the secret and the public input."""
    codes = [nfc(code) for code in t["list"]]
    if len(set(codes)) != len(codes) or not all(codes) or any("\n" in code for code in [*codes, t["purpose"]]):
        raise ValueError("list or purpose: a code twice, an empty one, or a line feed")
    secret = bytes.fromhex(t["secret"])
    if len(secret) != 32:
        raise ValueError("secret: not 32 bytes")
    list_sha256 = hashlib.sha256("".join(code + "\n" for code in codes).encode()).hexdigest()
    message = "\n".join(["saiwu-draw/1", nfc(t["purpose"]), list_sha256, nfc(t["public_input"])])
    seed = hmac.new(secret, message.encode(), hashlib.sha256).digest()
    keys = sorted((hmac.new(seed, code.encode(), hashlib.sha256).hexdigest(), code) for code in codes)
    order = []
    for p, (key, code) in enumerate(keys, 1):
        row = {"position": p, "code": code, "key": key}
        if t["stations"] is not None:
            row["session"] = (p - 1) // t["stations"] + 1
            row["station"] = (p - 1) % t["stations"] + 1
        order.append(row)
    return {"list_sha256": list_sha256, "commitment": hashlib.sha256(secret).hexdigest(), "order": order}


def main(path):
    with open(path, encoding="utf-8") as file:
        t = json.load(file)
    if t.get("format") != "saiwu-draw/1":
        print("format: not saiwu-draw/1")
        return 1
    try:
        recomputed = drawn(t)
    except (KeyError, TypeError, ValueError, ZeroDivisionError) as error:
        print(f"cannot be recomputed: {error}")
        return 1
    for key, value in recomputed.items():
        if nfc(json.dumps(t.get(key), ensure_ascii=False, sort_keys=True)) != json.dumps(
            value, ensure_ascii=False, sort_keys=True
        ):
            print(f"{key}: published {t.get(key)}, recomputed {value}")
            return 1
    print("相符")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
