#!/usr/bin/env python3
"""Seeds for the fuzz targets of single fields: fields.py TARGET FOLDER INPUT..."""
import email
import hashlib
import pathlib
import sys

NAMES = {
    "received": ["received"],
    "auth_results": ["authentication-results", "received-spf", "arc-authentication-results"],
    "signature": ["dkim-signature", "arc-seal", "arc-message-signature"],
}


def main():
    target, folder = sys.argv[1], pathlib.Path(sys.argv[2])
    for path in (p for root in sys.argv[3:] for p in pathlib.Path(root).rglob("*.eml")):
        message = email.message_from_bytes(path.read_bytes())
        fields = [(k, str(v)) for k, v in message.raw_items()]
        if target == "trace":
            texts = ["".join(f"{k}: {v}\n" for k, v in fields) + "\n"]
        else:
            texts = [" ".join(v.split()) for k, v in fields if k.lower() in NAMES[target]]
        for text in texts:
            data = text.encode("utf-8", "replace")
            (folder / hashlib.sha1(data).hexdigest()).write_bytes(data)


if __name__ == "__main__":
    main()
