#!/usr/bin/env python3
"""Makes the golden files of this folder from docs/LIST.md alone, with nothing of the programs that they test.

Needs Python 3.9 and the package cryptography: python3 make.py [FOLDER]
"""
import hashlib, os, struct, sys
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

# The first key of RFC 8032, 7.1.
KEY = Ed25519PrivateKey.from_private_bytes(
    bytes.fromhex("9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60"))
NOON, QUARTER, DAY = 1_769_860_800_000, 900_000, 86_400_000  # 2026-01-31T12:00Z
YEAR_2000 = 946_684_800_000
DENIAL = 1 << 8


def digest(data):
    return hashlib.blake2b(data, digest_size=32).digest()


def key_id():
    raw = serialization.Encoding.Raw, serialization.PublicFormat.Raw
    return digest(KEY.public_key().public_bytes(*raw))[:8]


def mix(k):
    k = (k ^ k >> 30) * 0xBF58476D1CE4E5B9 % 2**64
    k = (k ^ k >> 27) * 0x94D049BB133111EB % 2**64
    return k ^ k >> 31


def number(system, digits):
    return (system << 60) + (10 ** len(digits) - 10) // 9 + int(digits)


def ata(text):
    bits = 0
    for character in text.ljust(10):
        bits = bits << 6 | ord(character) - 32
    return (0xC << 60) + bits


def tag(i):
    """Number i of the list: of each system some, with zeros in front too."""
    if i % 6 == 0: return number(0x0, "9578%015d" % (i * 7))
    if i % 6 == 1: return number(0xA, "10%08d" % i)
    if i % 6 == 2: return number(0xA, "20%014d" % (i * 11))
    if i % 6 == 3: return number(0xB, "%04d" % i)
    if i % 6 == 4: return ata("KING %d" % i)
    return number(0x0, "18%03d" % i)


def word(i):
    """What stands with number i: of each status, class and kind of validity some, and denials."""
    if i % 17 == 3: return DENIAL
    first = (NOON - YEAR_2000) // QUARTER + i if i % 3 == 1 else 0
    until = (NOON - YEAR_2000) // QUARTER + 96 * i + 1_000 if i % 4 == 2 else 0xFFFFFF
    return until << 40 | first << 16 | (i // 5 % 3) << 12 | 1 + i % 4


def issuers(texts):
    rows = []
    for text in texts:
        system, digits = text.split(":")
        code = {"pan": 0x0, "printed": 0xA, "agency": 0xB, "ata": 0xC}[system]
        rows.append(struct.pack("<BBH12s", code, len(digits), 0, digits.encode()))
    return b"".join(sorted(rows))


def buckets(entries):
    """The content without its issuers: each entry in its place."""
    n = (len(entries) * 5 + 13) // 14
    slots = []
    for m, w in sorted((mix(k), w) for k, w in entries.items()):
        first = (m * n >> 64) * 4
        while len(slots) < first: slots.append((0, 0))
        assert len(slots) - first < 68
        slots.append((m, w))
    while len(slots) < n * 4 or len(slots) % 4: slots.append((0, 0))
    return b"".join(struct.pack("<QQ", m, w) for m, w in slots)


def header(kind, version, content, words, issuers=0, base=None, part=(0, 0)):
    denials = sum(w == DENIAL for w in words)
    approvals = sum(w not in (0, DENIAL) for w in words)
    issued = NOON + version * DAY
    signed = bytes.fromhex("89424f4d4c53540a") + struct.pack("<HHHH32s", 1, 320, 2, kind, b"nordic")
    signed += struct.pack("<IIqqq", 9821, version, issued, issued + QUARTER, 3 * DAY)
    signed += struct.pack("<QQQQQQ", len(words), approvals, denials, 320, len(content), 0)
    signed += struct.pack("<QQQ", 1, 320 + len(content) - 16 * issuers if issuers else 0, issuers) + key_id()
    signed += digest(content) + (base[160:192] + base[48:56] if base else bytes(40))
    signed += struct.pack("<II", *part) + bytes(16)
    return signed + KEY.sign(signed)


def whole(version, entries, texts):
    table = issuers(texts)
    content = buckets(entries) + table
    return header(1, version, content, list(entries.values()), len(table) // 16) + content


def main(folder):
    names = ["pan:9578", "pan:18", "printed:10", "printed:20", "agency:", "ata:KING"]
    entries = {tag(i): word(i) for i in range(260)}
    first = whole(5, entries, names)
    changed = {tag(i): word(i + 1) for i in range(0, 60, 3)}                  # another word
    changed |= {tag(i): 0 for i in range(100, 130, 2)}                        # removed
    changed |= {tag(i): word(i) for i in range(260, 275)}                     # new
    changed = {k: w for k, w in changed.items() if entries.get(k, 0) != w}
    after = {k: w for k, w in {**entries, **changed}.items() if w}
    names = names[:-1]
    second = whole(6, after, names)
    operations = sorted((mix(k), w) for k, w in changed.items())
    content = second[:320] + issuers(names) + b"".join(struct.pack("<QQ", *row) for row in operations)
    change = header(2, 6, content, [w for _, w in operations], base=first) + content
    stretch = second[320:]
    content = second[:320] + stretch[len(stretch) // 3:len(stretch) * 2 // 3]
    part = header(3, 6, content, [], part=(2, 3)) + content
    for name, data in [("5.list", first), ("6.change", change), ("6.part-2-of-3", part)]:
        with open(os.path.join(folder, name), "wb") as file: file.write(data)
        print(name, len(data), digest(data).hex())
    print("6.list is not kept:", len(second), digest(second).hex())


main(sys.argv[1] if len(sys.argv) > 1 else os.path.dirname(os.path.abspath(__file__)))
