"""A signed message of 10 KB for the bench, and how many of it dkimpy verifies in a second.

usage: dkimpy_bench.py FOLDER     writes FOLDER/signed.eml and FOLDER/keys.zone; prints messages a second
"""
import pathlib
import sys
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "signing"))
import dkim
from signers import Key, dkimpy, zone_line

folder = pathlib.Path(sys.argv[1])
key = Key(folder, "bench")
header = (b"From: Ann <ann@sender.example>\r\nTo: bob@receiver.example\r\nSubject: ten kilobytes\r\n"
          b"Date: Tue, 24 Nov 2026 09:14:02 +0000\r\nMessage-ID: <1@sender.example>\r\n\r\n")
signed = dkimpy(header + b"A line of text, as people write them, with some  blanks in it.\r\n" * 158, key, "sender.example")
(folder / "signed.eml").write_bytes(signed)
(folder / "keys.zone").write_text(zone_line("bench", "sender.example", key.record()) + "\n")
record = key.record().encode()
start, count = time.perf_counter(), 0
while time.perf_counter() - start < 2:
    assert dkim.verify(signed, dnsfunc=lambda name, timeout=5: record)
    count += 1
print(count / (time.perf_counter() - start))
