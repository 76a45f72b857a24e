"""Messages signed by others: opendkim-testmsg, dkimpy and Mail::DKIM, all from Debian."""
import base64
import subprocess

import dkim

FIELDS = ["from", "to", "subject", "date", "message-id", "mime-version", "content-type"]

PERL_DKIM = r"""
use Mail::DKIM::Signer; use Mail::DKIM::PrivateKey;
my ($algorithm, $method, $domain, $selector, $key) = @ARGV;
my $dkim = Mail::DKIM::Signer->new(Algorithm => $algorithm, Method => $method, Domain => $domain, Selector => $selector, KeyFile => $key);
local $/; my $text = <STDIN>; $dkim->PRINT($text); $dkim->CLOSE;
print $dkim->signature->as_string, "\r\n", $text;
"""

PERL_ARC = r"""
use Mail::DKIM::ARC::Signer;
my ($domain, $selector, $key, $chain, $srvid) = @ARGV;
my $arc = Mail::DKIM::ARC::Signer->new(Algorithm => 'rsa-sha256', Domain => $domain, SrvId => $srvid, Selector => $selector, KeyFile => $key, Chain => $chain, Timestamp => time());
local $/; my $text = <STDIN>; $arc->PRINT($text); $arc->CLOSE;
die $arc->result_detail unless $arc->result eq 'sealed';
print join("\r\n", $arc->as_strings), "\r\n", $text;
"""


def run(command, text):
    done = subprocess.run(command, input=text, capture_output=True)
    if done.returncode:
        raise SystemExit(f"{command[0]}: {done.stderr.decode()}")
    return done.stdout


class Key:
    """A key pair, in files where the signers want it, and its record."""

    def __init__(self, folder, name, bits=2048):
        self.path, self.name = folder / f"{name}.pem", name
        run(["openssl", "genrsa", "-traditional", "-out", str(self.path), str(bits)], b"")
        der = run(["openssl", "rsa", "-in", str(self.path), "-pubout", "-outform", "DER"], b"")
        self.public = base64.b64encode(der).decode()
        self.private = self.path.read_bytes()

    def private_base64(self):
        return "".join(self.private.decode().split("\n")[1:-2])

    def record(self, tags="v=DKIM1; k=rsa;", public=None):
        return f"{tags} p={self.public if public is None else public}"


def zone_line(selector, domain, text):
    pieces = " ".join(f'"{text[i : i + 200]}"' for i in range(0, len(text), 200))
    return f"{selector}._domainkey.{domain}. 300 IN TXT {pieces}"


def opendkim(message, key, domain):
    """It knows rsa-sha1 and relaxed/simple only."""
    signed = run(["opendkim-testmsg", "-C", "-s", key.name, "-d", domain, "-k", str(key.path)], message)
    return signed.replace(b"\r\n", b"\n").replace(b"\n", b"\r\n")


def dkimpy(message, key, domain, canon="relaxed/relaxed", algorithm=b"rsa-sha256", fields=None, **more):
    header, body = (c.encode() for c in canon.split("/"))
    signature = dkim.DKIM(message, signature_algorithm=algorithm).sign(
        key.name.encode(), domain.encode(), key.private, canonicalize=(header, body),
        include_headers=[f.encode() for f in fields or FIELDS if f.encode() in message.lower()], **more)
    return signature + message


def mail_dkim(message, key, domain, canon="relaxed/relaxed", algorithm="rsa-sha256"):
    return run(["perl", "-e", PERL_DKIM, algorithm, canon, domain, key.name, str(key.path)], message)


def results(srv, chain):
    return f"Authentication-Results: {srv}; spf=pass smtp.mailfrom=a.example; arc={chain}\r\n".encode()


def dkimpy_arc(message, key, domain, srv, chain):
    message = results(srv, chain) + message
    fields = dkim.ARC(message).sign(key.name.encode(), domain.encode(), key.private, srv.encode(),
                                    include_headers=[f.encode() for f in FIELDS])
    if len(fields) != 3:
        raise SystemExit("dkimpy did not seal")
    return b"".join(fields) + message


def mail_dkim_arc(message, key, domain, srv, chain):
    message = results(srv, chain) + message
    return run(["perl", "-e", PERL_ARC, domain, key.name, str(key.path), chain, srv], message)
