#!/usr/bin/env python3
"""Verifies what a register gives to the world, as docs/verify.md says it. Python 3.8 or later, nothing else.
  verify.py checkpoint KEYS NOTE          a checkpoint is signed
  verify.py record KEYS BLOB PROOF        a record is in the register
  verify.py grew KEYS KEPT PROOF          the register only grew since a checkpoint that was kept
  verify.py register KEYS NOTE RECORDS    all records, one on a line, give the signed root
KEYS is a file with one verifier key on each line. Exit code 0: it is so. 1: it is not, or cannot be read.
"""
import base64, json, re, sys
from datetime import datetime
from hashlib import sha256, sha512
P, L = 2**255 - 19, 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, -1, P) % P
def need(condition, words):
    if not condition: raise ValueError(words)
def hashed(*parts):
    return sha256(b"".join(parts)).digest()

def add(p, q):
    (a, b), (c, d) = p, q
    t = D * a * b * c * d
    return (a * d + b * c) * pow(1 + t, -1, P) % P, (b * d + a * c) * pow(1 - t, -1, P) % P
def times(n, p):
    q = 0, 1
    while n:
        q, p, n = add(q, p) if n & 1 else q, add(p, p), n >> 1
    return q
def point(data):
    y, sign = int.from_bytes(data, "little") % 2**255, data[31] >> 7
    xx = (y * y - 1) * pow(D * y * y + 1, -1, P) % P
    x = pow(xx, (P + 3) // 8, P)
    x = x if (x * x - xx) % P == 0 else x * pow(2, (P - 1) // 4, P) % P
    need(y < P and (x * x - xx) % P == 0 and (x or not sign), "a point is not written as it has to be")
    p = (P - x if x & 1 != sign else x, y)
    need(times(8, p) != (0, 1), "a point is of small order")
    return p
BASE = point((4 * pow(5, -1, P) % P).to_bytes(32, "little"))
def check_signature(key, text, signature):
    need(len(signature) == 64, "the signature has not 64 bytes")
    r, s = point(signature[:32]), int.from_bytes(signature[32:], "little")
    k = int.from_bytes(sha512(signature[:32] + key + text).digest(), "little") % L
    need(s < L and times(s, BASE) == add(r, times(k, point(key))), "the signature is wrong")
def unbase64(text, length=None):
    data = base64.b64decode(text, validate=True)
    need(base64.b64encode(data).decode() == text and length in (None, len(data)), "base 64 is not as it has to be")
    return data
def number(text, low=0, high=2**64):
    need(str(int(text)) == text and low <= int(text) < high, f"`{text}` is not such a number")
    return int(text)
def read_keys(path):
    for line in open(path, "rb").read().decode().rstrip("\n").split("\n"):
        name, key_id, key = line.split("+", 2)
        made = hashed(name.encode(), b"\n", key := unbase64(key, 33))[:4]
        need(key[0] == 1 and made.hex() == key_id, f"`{line}` is not a verifier key")
        yield name, made, key[1:]
def open_checkpoint(note, keys):
    text, blank, signatures = note.rpartition("\n\n")
    plain = note.endswith("\n") and all(c >= " " or c == "\n" for c in note) and len(note.encode()) <= 2**18
    need(blank and plain and signatures.count("\n") <= 32, "this is not a signed note")
    text, signers = text + "\n", set()
    for line in signatures[:-1].split("\n"):
        dash, name, signature = line.split(" ")
        signature = unbase64(signature)
        need(dash == "—" and name.split() == [name] and "+" not in name and signature[4:], f"no signature: `{line}`")
        for _, _, key in (known for known in keys if known[:2] == (name, signature[:4])):
            check_signature(key, text.encode(), signature[4:])
            signers.add(name)
    origin, size, root, end = text.split("\n")
    need(origin in signers and not end, f"no key of `{origin}` signed its checkpoint")
    return origin, number(size), unbase64(root, 32)
def open_proof(text, keys, start):
    need(text.startswith(start), "the proof is not of this kind")
    body, _, note = text[len(start):].partition("\n\n")
    value, *hashes = body.split("\n")
    return number(value), [unbase64(line, 32) for line in hashes], open_checkpoint(note, keys)
def climb(at, last, known, hashes):  # to the roots of the old tree and the new (RFC 9162, 2.1.3.2 and 2.1.4.2)
    old = new = known
    for step in hashes:
        need(last, "the proof is too long")
        if at & 1 or at == last:
            old, new = hashed(b"\1", step, old), hashed(b"\1", step, new)
            while at and not at & 1:
                at, last = at >> 1, last >> 1
        else:
            new = hashed(b"\1", new, step)
        at, last = at >> 1, last >> 1
    need(not last, "the proof is too short")
    return old, new
def grew(old, new, hashes):
    (size, root), (new_size, new_root) = old, new
    need(size <= new_size, "the register is shorter than it was")
    if size in (0, new_size):
        return need(not hashes and root == (new_root if size else hashed()), "another history")
    first, hashes = (root, hashes) if size & (size - 1) == 0 else (hashes[0], hashes[1:])
    low = size & -size  # the old tree is made of whole parts of this size
    need(climb((size - 1) // low, (new_size - 1) // low, first, hashes) == (root, new_root), "another history")
def root_over(leaves):
    half = 1 << max(len(leaves) - 1, 0).bit_length() >> 1
    return hashed(b"\1", root_over(leaves[:half]), root_over(leaves[half:])) if half else (leaves or [hashed()])[0]
WORDS = {"act": "[0-7][0-9a-hjkmnp-tv-z]{25}", "command": "[a-z0-9-]{1,64}", "kind": "[A-Z][A-Za-z0-9]{0,63}", "rules": "[0-9a-f]{64}",
         "salt": "[0-9a-f]{32}", "at": r"\d{4}(-\d\d){2}T\d\d(:\d\d){2}\.\d{3}Z", "effective": r"[A-Za-z0-9+:./?~%,{}\[\]-]{1,64}"}
def is_plain(value, depth=64):  # not nested too deep, and its keys are ASCII
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else None
    plain = not isinstance(value, dict) or "".join(value).isascii()
    return inner is None or depth > 0 and plain and all(is_plain(part, depth - 1) for part in inner)
def is_record(record):
    words = WORDS.keys() - {"effective"} | record.keys() & {"effective"}
    return (record.keys() == {*words, "actor", "body", "origin", "ordinal", "position", "version"} and is_plain(record)
            and all(re.fullmatch(WORDS[key], record[key], re.ASCII) for key in words)
            and datetime.strptime(record["at"], "%Y-%m-%dT%H:%M:%S.%fZ")
            and all(isinstance(record[key], dict) for key in ("actor", "body", "origin"))
            and all(type(record[key]) is int and 0 <= record[key] < 2**32 for key in ("ordinal", "version")))
def check_records(blobs, size, root):
    need(not blobs.pop() and len(blobs) == size, f"there are not {size} lines")
    integer, before, seen = lambda text: number(text, 1 - 2**53, 2**53), "", set()
    for position, blob in enumerate(blobs):
        record = json.loads(blob, parse_int=integer, parse_float=integer, parse_constant=integer)
        written = json.dumps(record, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
        need(written.encode() == blob and is_record(record), f"record {position} is not canonical, or not of its form")
        own = {record["position"], record["act"], (record["command"], record["ordinal"])}
        follows = position in own and seen.isdisjoint(own) and before <= record["at"]
        need(follows, f"record {position} stands elsewhere or twice, or is before the one above")
        before = record["at"]
        seen |= own
    need(root_over([hashed(b"\0", blob) for blob in blobs]) == root, "the records do not give the signed root")

def main(command, keys, *paths):
    keys = list(read_keys(keys))
    first, last = (open(path, "rb").read() for path in (paths[0], paths[-1]))
    if command == "record":
        at, hashes, (origin, size, root) = open_proof(last.decode(), keys, "c2sp.org/tlog-proof@v1\nindex ")
        need(at < size and climb(at, size - 1, hashed(b"\0", first), hashes)[1] == root, "another record")
    elif command == "grew":
        old_origin, old_size, old_root = open_checkpoint(first.decode(), keys)
        start, hashes, (origin, size, root) = open_proof(last.decode(), keys, "old ")
        need((old_origin, old_size) == (origin, start), "the proof is not from the checkpoint that was kept")
        grew((old_size, old_root), (size, root), hashes)
    else:
        origin, size, root = open_checkpoint(first.decode(), keys)
        if command == "register":
            check_records(last.split(b"\n"), size, root)
    print(f"good: {command}, {origin}, size {size}, root {root.hex()}")

if __name__ == "__main__":
    if len(sys.argv) != {"checkpoint": 4, "record": 5, "grew": 5, "register": 5}.get((sys.argv + [""])[1]):
        sys.exit(__doc__)
    try:
        main(*sys.argv[1:])
    except (ValueError, KeyError, TypeError, IndexError, OSError, RecursionError) as error:
        sys.exit(f"bad: {error}")
