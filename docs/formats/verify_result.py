"""Digest, signature, totals and order of a saiwu-result/1: python3 verify_result.py BUNDLE. Plain Python; see result.md."""

# ruff: noqa: E401, I001, N817, SIM115
# fmt: off
import hashlib, json, sys
from fractions import Fraction as F
P, L, D = 2**255 - 19, 2**252 + 27742317777372353535851937790883648493, -121665 * pow(121666, -1, 2**255 - 19)
def add(a, b):
    k = D * a[0] * b[0] * a[1] * b[1]
    return (a[0] * b[1] + b[0] * a[1]) * pow(1 + k, -1, P) % P, (a[1] * b[1] + a[0] * b[0]) * pow(1 - k, -1, P) % P
def times(n, a):
    return (0, 1) if n == 0 else add(times(n - 1, a), a) if n % 2 else times(n // 2, add(a, a))
def point(raw):
    sign, y = divmod(int.from_bytes(raw, "little"), 2**255)
    root = pow(square := (y * y - 1) * pow(D * y * y + 1, -1, P) % P, (P + 3) // 8, P)
    x = next((r for r in (root, root * pow(2, (P - 1) // 4, P) % P) if r * r % P == square), 0)  # 0: no such point
    return (x if x % 2 == sign else P - x), y
def signed(key, message, value):  # Ed25519, RFC 8032
    h, s = (int.from_bytes(raw, "little") for raw in (hashlib.sha512(value[:32] + key + message).digest(), value[32:]))
    base = point((4 * pow(5, -1, P) % P).to_bytes(32, "little"))
    return s < L and times(s, base) == add(point(value[:32]), times(h % L, point(key)))

def total(entry, rules, parts, named):  # thousandths before rounding; marks of components as published, before penalties
    given = [(rules["penalties"][one["id"]], one["times"]) for one in entry["penalties"]]
    def less(mark, part):
        own = [(p, n) for p, n in given if named.get(p.get("part")) == part]
        off = sum(min(F(p.get("cap", 10**6)), F(p["points"]) * (n if p.get("each") == "是" else 1)) * 1000
                  for p, n in own if p["effect"] == "扣分")
        return 0 if any(p["effect"] == "零分" for p, _ in own) else None if mark is None else max(mark - off, 0)
    stage = rules.get("stages", {}).get("final", {}).get("ranks_by", {})
    share = {named[n]: s for n, s in stage.items() if n[0] != "$"} or {
        k: t.get("weight") for k, t in parts.items() if t.get("stage", "final") in ("final", "决赛")}
    marks = {k: less(entry["components"][k]["mark"], k) for k in share}
    weigh = {k: F(s.strip("%")) * (1 if "%" in s else 100) / F(parts[k].get("full", 100)) if s else 1 for k, s in share.items()}
    out = entry["state"] != "normal" or {p["effect"] for p, _ in given} & {"弃权", "取消成绩", "取消资格"}
    return None if out or None in marks.values() else less(sum(m * weigh[k] for k, m in marks.items()), "")

def checks(b, text=lambda v: json.dumps(v, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()):
    own, message = b["signature"], text({key: value for key, value in b.items() if key != "signature"})
    yield "rulebook_sha256", b["rulebook_sha256"], hashlib.sha256(text(b["rulebook"])).hexdigest()
    yield "signature", True, signed(bytes.fromhex(own["key"]), message, bytes.fromhex(own["value"]))
    rules, entries, better = b["rulebook"]["rules"], {e["code"]: e for e in b["entries"]}, (0, 10**9)
    parts, term = {k: t for k, t in rules["components"].items() if k[0] != "$"}, rules.get("ranking", {})
    names = {"theory": "理论知识", "practical": "技能操作"} | {k: t["name"] for k, t in parts.items() if "name" in t}
    named = {None: "", **{k: k for k in parts}, **{name: k for k, name in names.items()}}
    unit, up = 10 ** (3 - int(term.get("decimals", 3))), {"舍去": 0, "进一": 1 - F(1, 10**9)}.get(term.get("rounding"), F(1, 2))
    for place, row in enumerate(b["result"], 1):
        entry, shown = entries[row["code"]], row["total"]
        told = (exact := total(entry, rules, parts, named)) and int((exact / unit + up) // 1 * unit)
        if {"modules", "judge"} & set(json.dumps(entry).split('"')) and None not in (told, shown):
            told = shown if entry["penalties"] or abs(told - shown) <= unit else told  # finer marks are shown rounded
        yield f"{row['code']}.total", shown, told
        if row["rank"] is not None and (row["rank"], shown or 0) != better:  # not shared: each place its number, going down
            yield f"{row['code']}.rank", row["rank"], place if (shown or 0) <= better[1] else "a better one"
        better = (row["rank"], shown or 0)

if __name__ == "__main__":
    wrong = [check for check in checks(json.load(open(sys.argv[1], encoding="utf-8"))) if check[1] != check[2]]
    print("\n".join(f"{path}: published {said}, recomputed {found}" for path, said, found in wrong) or "相符")
    sys.exit(bool(wrong))
