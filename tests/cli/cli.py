#!/usr/bin/env python3
"""The command line: options, inputs of every kind, exit statuses, and what must never reach a terminal.

usage: cli.py MAILWHY
"""
import bz2
import gzip
import io
import json
import lzma
import os
import pathlib
import pty
import re
import subprocess
import sys
import tarfile
import tempfile
import unittest
import unittest.mock

MAILWHY = os.path.abspath(sys.argv.pop(1))
SPAMHAUS = pathlib.Path("samples/bounces/spamhaus.eml")


def run(*args, stdin=b"", env=None):
    return subprocess.run([MAILWHY, *map(str, args)], input=stdin, capture_output=True, env={**os.environ, **(env or {})})


def causes(result):
    return [json.loads(line).get("cause") for line in result.stdout.decode().splitlines()]


class Inputs(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.TemporaryDirectory()
        self.path = pathlib.Path(self.folder.name)
        self.bytes = SPAMHAUS.read_bytes()

    def tearDown(self):
        self.folder.cleanup()

    def explain(self, *args, **kw):
        return run("-f", "ndjson", *args, **kw)

    def test_standard_input(self):
        for args in ([], ["-"]):
            result = self.explain(*args, stdin=self.bytes)
            self.assertEqual((result.returncode, causes(result)), (0, ["blocklist.spamhaus"]))

    def test_logs_among_mails_are_one_report_behind_theirs(self):
        names = [self.path / name for name in ("a.log", "b.eml", "c.log", "d.eml")]
        for name, source in zip(names, ("samples/logs/postfix.log", SPAMHAUS, "samples/logs/exim.log", SPAMHAUS)):
            name.write_bytes(pathlib.Path(source).read_bytes())
        alone = json.loads(run("-f", "json", names[0], names[2]).stdout)
        for jobs in ("1", "3"):
            result = run("-f", "json", "-j", jobs, self.path)
            *mails, log = json.loads(result.stdout)
            self.assertEqual((result.returncode, [m["input"]["name"] for m in mails]), (0, [str(names[1]), str(names[3])]))
            self.assertEqual((log["input"]["kind"], log["input"]["names"]), ("log", [str(names[0]), str(names[2])]))
            self.assertEqual(log["outcomes"], alone["outcomes"])
        lines = self.explain(self.path).stdout.splitlines()
        self.assertEqual(lines[2:], self.explain(names[0], names[2]).stdout.splitlines())
        brief = run("-q", names[0], names[1]).stdout.decode().splitlines()
        self.assertEqual([line.split(": ")[0] for line in brief], [str(names[1]), str(names[0])])
        self.assertIn("did not get their mail", brief[1])
        for reader in ("customer", "receiver"):
            page = run("--for", reader, names[0], names[1]).stdout.decode()
            self.assertEqual(page.count("kim@example.org was not delivered") + page.count("mail to kim@example.org\n"), 1, page)
        self.assertEqual(len(json.loads(run("-f", "json", names[1], names[3]).stdout)), 2)

    def test_what_is_no_stage_is_not_empty(self):
        for words in (["log", "--merge", "samples/logs/postfix.log"], ["log", "--from", "events", "samples/logs/postfix.log"]):
            result = run(*words)
            self.assertEqual((result.returncode, result.stderr.count(b"\n")), (65, 1), words)
            self.assertIn(b"is not what a stage of mailwhy wrote", result.stderr)
            self.assertNotIn(b"empty", result.stdout + result.stderr)

    def test_a_folder_without_files_is_told(self):
        says = f"mailwhy: {self.path}: there is no file in this folder to read\n".encode()
        for words, status in (([], 0), (["-f", "json"], 0), (["--summary"], 0), (["log"], 66)):
            result = run(*words, self.path)
            self.assertEqual((result.returncode, result.stderr), (status, says), words)
        self.assertEqual(run("-q", self.path).stderr, b"")
        self.assertEqual(run(self.path, SPAMHAUS).returncode, 0)

    def test_compressed(self):
        zstd = subprocess.run(["zstd", "-c"], input=self.bytes, capture_output=True, check=True).stdout
        for packed in (gzip.compress(self.bytes), bz2.compress(self.bytes), lzma.compress(self.bytes), zstd,
                       gzip.compress(self.bytes[:900]) + gzip.compress(self.bytes[900:])):
            result = self.explain(stdin=packed)
            self.assertEqual((result.returncode, causes(result)), (0, ["blocklist.spamhaus"]))

    def test_cut_compression_gives_what_came_before_and_65(self):
        packed = gzip.compress(self.bytes, compresslevel=0)
        result = self.explain(stdin=packed[:-200])
        self.assertEqual((result.returncode, causes(result)), (65, ["blocklist.spamhaus"]))
        problems = " ".join(problem["text"] for problem in json.loads(result.stdout)["problems"])
        self.assertIn("cut off", problems)
        self.assertIn("the last boundary is missing", problems)

    def test_mbox_and_maildir_and_folder(self):
        result = self.explain("samples/mailbox.mbox")
        self.assertEqual(causes(result), ["recipient.unknown", None])
        for folder in ("cur", "new", "tmp"):
            (self.path / folder).mkdir()
            (self.path / folder / "1.eml:2,S").write_bytes(self.bytes)
        result = self.explain(self.path)
        self.assertEqual((result.returncode, causes(result)), (0, ["blocklist.spamhaus"] * 2))

    def test_order_is_the_same_with_many_threads(self):
        for i in range(200):
            (self.path / f"{i:03}.eml").write_bytes(self.bytes if i % 3 else b"Subject: x\n\nhello\n")
        one = self.explain("-j", "1", self.path)
        four = self.explain("-j", "4", self.path)
        self.assertEqual(one.stdout, four.stdout)
        self.assertEqual(len(one.stdout.splitlines()), 200)

    def test_an_archive_is_no_mail_whatever_is_in_it(self):
        packed = io.BytesIO()
        with tarfile.open(fileobj=packed, mode="w") as archive:
            archive.add(SPAMHAUS)
        result = run(stdin=packed.getvalue())
        self.assertEqual(result.returncode, 65)
        self.assertIn(b"TAR archive", result.stdout)

    def test_a_mail_that_quotes_a_refusal_says_where_that_is_explained(self):
        for words, is_told in ((b"> 550-5.7.26 Your email has been blocked\n> 550 5.7.26 no\n", True), (b"550 5.1.1 no such user", True), (b"550 grams of flour", False),
                               (b"version 5.1.1 is out", False), (b"450 5.1.1 x", False), (b"we sold 550 5.1.1 of them", False)):
            mail = b"From: a@example.net\nTo: b@example.net\nSubject: x\nDate: x\n\nHello\n" + words + b"\n"
            self.assertEqual(b"`mailwhy reply`" in run(stdin=mail).stdout, is_told, words)

    def test_failure_reports_are_told_in_words(self):
        sample = pathlib.Path("samples/reports/dmarc-failure.eml").read_bytes()
        for field, was, now, says in ((b"Auth-Failure", b"dmarc", b"bodyhash", b"the body was changed after DKIM signed it"),
                                      (b"Auth-Failure", b"dmarc", b"SPF", b"SPF failed for a message"), (b"Auth-Failure", b"dmarc", b"new", b"report: new for"),
                                      (b"Delivery-Result", b"reject", b"spam", b"it was put into the spam folder"), (b"Delivery-Result", b"reject", b"none", b"none"),
                                      (b"Identity-Alignment", b"none", b"none", b"neither SPF nor DKIM passed")):
            self.assertIn(says, run(stdin=sample.replace(field + b": " + was, field + b": " + now)).stdout)

    def test_a_mailbox_of_one_message_is_headed_as_a_message(self):
        path = self.path / "one.mbox"
        path.write_bytes(b"From MAILER-DAEMON Tue Nov 24 09:14:02 2026\n" + self.bytes)
        self.assertTrue(run(path).stdout.startswith(b"Not delivered to kim@example.org"))
        path.write_bytes(path.read_bytes() + b"\n" + path.read_bytes())
        self.assertIn(b"\n==> ", run(path).stdout)

    def test_lines_in_an_mbox_are_those_of_the_file(self):
        lines = pathlib.Path("samples/mailbox.mbox").read_text().splitlines()
        evidence = json.loads(self.explain("samples/mailbox.mbox").stdout.splitlines()[0])["evidence"]
        self.assertIn("Diagnostic-Code:", lines[evidence[0]["line"] - 1])


class Statuses(unittest.TestCase):
    def check(self, status, *args, stdin=b"", says=None):
        result = run(*args, stdin=stdin)
        self.assertEqual(result.returncode, status, result.stderr)
        if says:
            self.assertIn(says, result.stderr.decode() + result.stdout.decode())
        return result

    def test_causes_in_every_format(self):
        listed = json.loads(run("explain", "-f", "json").stdout)
        self.assertIn("blocklist.spamhaus", [c["cause"] for c in listed])
        both = [json.loads(line) for line in run("explain", "-f", "ndjson", "auth.spf", "blocklist.spamhaus").stdout.splitlines()]
        self.assertEqual([c["cause"] for c in both], ["auth.spf", "blocklist.spamhaus"])
        self.assertTrue(both[0]["remedy"] and both[1]["blocklists"])
        self.assertEqual(json.loads(run("explain", "-f", "json", "auth.spf").stdout), both[0])
        self.assertIn(b">auth.spf</td>", run("explain", "-f", "html").stdout)

    def test_explain_takes_what_people_hold(self):
        rows = [("S3150", {"code": "S3150", "cause": "blocklist.microsoft"}), ("5.7.26", {"code": "5.7.26"}), ("550 5.7.1", {"code": "550 5.7.1"}),
                ("zen.spamhaus.org", {"list": "spamhaus-zen"}), ("gmail", {"provider": "gmail"}), ("hotmail.com", {"provider": "outlook.com"}),
                ("spamhaus-css", {"list": "spamhaus-css"}), ("auth-required-gmail", {"rule": "auth-required-gmail"}), ("reverse-dns", {"topic": "reverse-dns"}), ("ptr", {"topic": "reverse-dns"}),
                ("550 5.1.1 No such user here", {"cause": "recipient.unknown"}), ("auth.spf", {"cause": "auth.spf"})]
        for word, expected in rows:
            for form in ("text", "markdown", "html"):
                self.check(0, "explain", "-f", form, word)
            page = json.loads(self.check(0, "explain", "-f", "json", word).stdout)
            self.assertEqual(expected, {key: page[key] for key in expected})
        for word, key in (("auth", "cause"), ("topics", "topic"), ("providers", "provider"), ("lists", "list"), ("causes", "cause")):
            self.assertTrue(all(key in entry for entry in json.loads(self.check(0, "explain", "-f", "json", word).stdout)), word)
        self.check(64, "explain", "gmale", says="did you mean `gmail`")
        for words, says in ((["junk", "folder"], b"spam-folder"), (["relay", "access", "denied"], b"relay.denied"), (["greylisting"], b"rate.greylisted"),
                            (["too", "many", "lookups"], b"spf"), (["uceprotect", "level", "3"], b"uceprotect-3"), (["arc"], b"auth.arc"), (["css"], b"spamhaus-css")):
            self.assertTrue(self.check(0, "explain", *words).stdout.startswith(says + b":"), words)
        self.check(64, "explain", "gmail", "nonsense", says="nothing here is called `nonsense`")
        self.assertIn(b"Topics", self.check(0, "explain").stdout)
        self.assertEqual(run("explain", "550", "5.7.1").stdout, run("explain", "550 5.7.1").stdout)

    def test_draft_is_a_rule_that_wins(self):
        for sample in sorted(pathlib.Path("samples/bounces").glob("*.eml")):
            with tempfile.TemporaryDirectory() as name:
                own = pathlib.Path(name, "own.yaml")
                done = run("rules", "draft", sample, "--cause", "content.policy", "-o", own)
                if done.returncode == 65:  # its words are too few
                    self.assertIn(b"nothing to draft", done.stderr)
                    continue
                self.assertEqual(done.returncode, 0, f"{sample}: {done.stderr}")
                text = own.read_text()
                for kept in (b"rules", b"check"), (b"rules", b"test"):
                    self.assertEqual(run(*map(bytes.decode, kept), own).returncode, 0, f"{sample}: {text}")
                done = run("-f", "ndjson", "--rules", own, sample)
                underlying = [json.loads(line).get("underlying") for line in done.stdout.decode().splitlines()]
                self.assertIn("content.policy", causes(done) + underlying, f"{sample}: {text}")
                for word in ("kim@", "shop@", "198.51.100", "4Fq2xR"):
                    self.assertNotIn(word, text, sample)
        with tempfile.TemporaryDirectory() as name:
            hostile = pathlib.Path(name, "hostile.txt")
            hostile.write_bytes(b"550 5.7.1 a \x1b[31mred\xff\xfe word that nobody knows: {x} [y] *(+?)^$ |\n")
            own = pathlib.Path(name, "own.yaml")
            self.assertEqual(run("rules", "draft", hostile, "--cause", "content.policy", "-o", own).returncode, 0)
            self.assertEqual(run("rules", "test", own).returncode, 0)
            self.assertIn("content.policy", causes(run("-f", "ndjson", "--rules", own, hostile)), own.read_text())
        self.check(64, "rules", "draft", SPAMHAUS, says="expected --cause")
        self.check(64, "rules", "draft", SPAMHAUS, "--cause", "auth.spff", says="did you mean `auth.spf`?")
        self.check(0, "rules", "draft", SPAMHAUS, "--cause", "blocklist.spamhaus", says="have this cause already")
        self.check(65, "rules", "draft", "--cause", "auth.spf", stdin=b"From: a@example.org\n\nhello\n", says="no reply was found")

    def test_rules_folder(self):
        def rule(cause):
            return f"replies:\n- id: moon\n  cause: {cause}\n  text: moon is full\n  examples: ['550 moon is full']\n"

        def cause(*args, status=0):
            done = run("reply", "-f", "ndjson", *args, "550 the moon is full today", env=env)
            self.assertEqual(done.returncode, status, done.stderr)
            return json.loads(done.stdout)["cause"] if status == 0 else done.stderr.decode()

        with tempfile.TemporaryDirectory() as name:
            env = {"MAILWHY_CONFIG": name}
            folder = pathlib.Path(name, "rules.d")
            without = cause()
            folder.mkdir(mode=0o755)
            (folder / "20.yaml").write_text(rule("rate.limited"))
            self.assertEqual(cause(), "rate.limited")
            (folder / "10.yaml").write_text(rule("recipient.full"))
            (folder / "notes.txt").write_text("replies: {")
            self.assertEqual(cause(), "recipient.full")
            self.assertEqual(cause("--no-config"), without)
            own = pathlib.Path(name, "own.yaml")
            own.write_text(rule("content.virus"))
            self.assertEqual(cause("--rules", own), "content.virus")
            (folder / "30.yaml").write_text("providers:\n- id: t-online\n  name: Pink Post\n  hosts: [.t-online.de]\n  page: https://new.example/\n"
                                            "topics:\n- id: spf\n  title: Our SPF\n  summary: s\n  parts:\n  - {title: t, text: [x], source: [y], seen: 2027-01, how: guide}\n"
                                            "blocklists:\n- id: spamcop\n  name: SpamCop\n  cause: blocklist.spamcop\n  who: our postmaster\n  lists: addresses\n")
            self.assertIn(b"Pink Post", run("explain", "t-online", env=env).stdout)
            self.assertIn(b"Our SPF", run("explain", "spf", env=env).stdout)
            self.assertIn(b"our postmaster", run("explain", "blocklist.spamcop", env=env).stdout)
            self.assertEqual(run("rules", "check", env=env).returncode, 0)
            self.assertIn(b"10.yaml", run("rules", "list", env=env).stdout)
            self.assertIn(b"1 rules, 1 examples, 0 failures", run("rules", "test", folder / "10.yaml", env=env).stdout)
            os.mkfifo(folder / "05.yaml")
            self.assertIn("05.yaml: not read: it is no regular file", cause(status=78))
            (folder / "05.yaml").unlink()
            (folder / "10.yaml").chmod(0o666)
            self.assertIn("10.yaml: not read: others than its owner may write it", cause(status=78))
            self.assertEqual(run("rules", "check", env=env).returncode, 78)
            self.assertEqual(run("--pipe", stdin=pathlib.Path(SPAMHAUS).read_bytes(), env=env).returncode, 75)
            self.assertEqual(cause("--no-config"), without)
            (folder / "10.yaml").chmod(0o644)
            (folder / "10.yaml").write_text("replies:\n- id: x\n  cause: no.such\n  text: y\n  examples: [y]\n")
            self.assertIn("10.yaml:2:3: no such cause", cause(status=78))

    def test_configuration(self):
        with tempfile.TemporaryDirectory() as name:
            env = {"MAILWHY_CONFIG": name}
            file = pathlib.Path(name, "mailwhy.conf")
            file.write_text("format: json\ntrust: [mx.example.com, 192.0.2.0/24]\nrules: own.yaml\n")
            pathlib.Path(name, "own.yaml").write_text("replies: []\n")
            for mode in (0o644, 0o600):
                file.chmod(mode)
                self.assertEqual(json.loads(run("reply", "550 5.1.1 no such user", env=env).stdout)["cause"], "recipient.unknown")
            self.assertIn(b"Not delivered", run("-f", "text", SPAMHAUS, env=env).stdout)
            self.assertNotEqual(run("--no-config", "reply", "550 no", env=env).stdout[:1], b"{")
            page = json.loads(run("config", "--trust", "a.example", env=env).stdout)
            values = {s["name"]: s["values"] for s in page["settings"]}
            self.assertEqual([(v["value"], v["from"], v.get("line")) for v in values["trust"]],
                             [("a.example", "option", None), ("mx.example.com", "configuration", 2), ("192.0.2.0/24", "configuration", 2)])
            self.assertEqual(values["rules"][0]["value"], str(pathlib.Path(name, "own.yaml")))
            self.assertEqual(page["files"], [{"name": str(file), "read": True}])
            self.assertIn(b"mailwhy.conf:2", run("config", "-f", "text", env=env).stdout)
            file.write_text("tzz: UTC\n")
            for words in (["reply", "550 no"], ["config"], ["log", "samples/logs/postfix.log"]):
                done = run(*words, env=env)
                self.assertEqual(done.returncode, 78, words)
                self.assertIn(b"mailwhy.conf:1:1: unknown key `tzz`; did you mean `tz`?", done.stderr)
            self.assertEqual(run("--pipe", stdin=pathlib.Path(SPAMHAUS).read_bytes(), env=env).returncode, 75)
            file.write_text("dns: gone.zone\nrules:\n  - own.yaml\n  - lost.yaml\n")
            done = run(SPAMHAUS, env=env)
            self.assertEqual(done.returncode, 78)
            self.assertIn(b"mailwhy.conf:1: `dns` names " + name.encode() + b"/gone.zone: No such file", done.stderr)
            self.assertIn(b"mailwhy.conf:4: `rules` names " + name.encode() + b"/lost.yaml: No such file", done.stderr)
            self.assertEqual(run("verify", "--server", "127.0.0.1#1", "reply.none", env=env).stderr.count(b"gone.zone"), 0)
            file.write_text("lang: de\n")
            self.assertIn("nicht zugestellt", run("--for", "customer", SPAMHAUS, env=env).stdout.decode())
            self.assertNotIn("nicht zugestellt", run("--for", "customer", "--lang", "en", SPAMHAUS, env=env).stdout.decode())
            self.assertIn(b"LC_ALL", run("config", "-f", "text", env={"MAILWHY_CONFIG": ""}).stdout)
            for words in (["--version"], ["--help"], ["help", "log"], ["config", "--no-config"]):
                self.assertEqual(run(*words, env=env).returncode, 0, words)
            file.unlink()
            file.mkdir()
            self.assertEqual(run("reply", "550 no", env=env).returncode, 78)

    def test_redacted_configuration_names_its_file_and_no_user(self):
        with tempfile.TemporaryDirectory() as name, unittest.mock.patch.dict(os.environ):
            os.environ.pop("MAILWHY_CONFIG", None)
            folder = pathlib.Path(name, ".config", "mailwhy")
            folder.mkdir(parents=True)
            (folder / "mailwhy.conf").write_text("format: text\nredact: yes\nrules: own.yaml\n")
            (folder / "own.yaml").write_text("replies: []\n")
            env = {"HOME": name, "XDG_CONFIG_HOME": ""}
            for shown, more in (("~/.config/mailwhy/mailwhy.conf", {}),
                                ("$XDG_CONFIG_HOME/mailwhy/mailwhy.conf", {"XDG_CONFIG_HOME": str(folder.parent)}),
                                ("$MAILWHY_CONFIG/mailwhy.conf", {"MAILWHY_CONFIG": str(folder)})):
                page = run("config", env={**env, **more}).stdout.decode()
                self.assertIn(f"{shown}: read", page)
                self.assertIn(f"{shown}:2", page)
                self.assertNotIn(name, page)
                files = json.loads(run("config", "-f", "json", env={**env, **more}).stdout)["files"]
                self.assertEqual(files[0], {"name": shown, "read": True})

    def test_configured_files_and_wishes(self):
        """What the configuration names is as safe as it has to be itself, and what it wishes stops nothing that cannot have it."""
        with tempfile.TemporaryDirectory() as name:
            folder, env = pathlib.Path(name), {"MAILWHY_CONFIG": name}
            open_to_all, fifo, shared = folder / "open.zone", folder / "fifo", folder / "shared"
            open_to_all.write_text("")
            open_to_all.chmod(0o666)
            os.mkfifo(fifo)
            shared.mkdir()
            shared.chmod(0o777)
            (shared / "own.yaml").write_text("replies: []\n")
            verify = ("verify", "-q", "--server", "127.0.0.1#1", "--save", folder / "s.zone", SPAMHAUS)
            rows = [  # the file, the command, status, words of standard error, and of standard output
                ("dns: open.zone\n", (SPAMHAUS,), 78, ":1: `dns` names " + str(open_to_all) + ": others than its owner may write it", ""),
                ("top: 5\ndns: fifo\n", (SPAMHAUS,), 78, ":2: `dns` names " + str(fifo) + ": it is no regular file", ""),
                ("dns: /dev/zero\n", (SPAMHAUS,), 78, "/dev/zero: it is no regular file", ""),
                ("rules: shared/own.yaml\n", (SPAMHAUS,), 78, "own.yaml: its folder: others than its owner may write it", ""),
                ("redact: yes\nredact-key: fifo\n", (SPAMHAUS,), 78, ":2: `redact-key` names", ""),
                ("redact-key: fifo\n", (SPAMHAUS,), 0, "", "Not delivered"),  # nothing is to be redacted
                ("dns: fifo\n", ("reply", "550 5.1.1 no such user"), 0, "", "recipient.unknown"),  # which takes no snapshot
                ("server: nonsense\n", (SPAMHAUS,), 78, "mailwhy.conf:1:9: `server` takes an address such as", ""),
                ("top: 5\n---\ntop: 6\n", (SPAMHAUS,), 78, "mailwhy.conf:3:1: a second document begins here", ""),
                ('own: "a\\0b"\n', (SPAMHAUS,), 78, "mailwhy.conf:1:6: a text cannot hold a NUL", ""),
                ("format: json\n", ("--for", "customer", SPAMHAUS), 0, "", "was not delivered"),
                ("format: json\n", ("--for", "customer", "-f", "json", SPAMHAUS), 64, "--for customer is of pages", ""),
                ("redact: yes\n", ("dns", "needs", SPAMHAUS), 0, "", "5.2.0.192.in-addr.arpa. PTR"),
                ("redact: yes\n", verify, 66, "what --save keeps is not: it holds names", "@example.org"),
                ("redact: yes\n", ("--redact", *verify), 64, "--save cannot be redacted", ""),
                ("redact: yes\n", ("log", "--partial", "samples/logs/postfix.log"), 0, "", ""),
            ]
            for text, words, status, says, prints in rows:
                (folder / "mailwhy.conf").write_text(text)
                done = run(*words, env=env)
                self.assertEqual(done.returncode, status, (text, words, done.stderr))
                self.assertIn(says, done.stderr.decode(), (text, words))
                self.assertIn(prints, done.stdout.decode(errors="replace"), (text, words))

    def test_config_init(self):
        with tempfile.TemporaryDirectory() as name:
            file = pathlib.Path(name, "mailwhy.conf")
            self.check(0, "config", "init", "samples/logs/postfix.log", SPAMHAUS, "-o", file)
            text = file.read_text()
            self.assertIn("  - mail.example.com  # it received mail on the mailbox's side: 1×\n", text)
            self.assertIn("  - example.net  # accounts here sent from it: 3×\n", text)
            settings = json.loads(run("config", "-f", "json", env={"MAILWHY_CONFIG": name}).stdout)["settings"]
            values = {s["name"]: [v["value"] for v in s["values"]] for s in settings}
            self.assertEqual(values["trust"], ["mail.example.com"])
            self.assertEqual(set(values["own"]), {"example.com", "example.net"})
            audit = run("audit", "--ip", "192.0.2.5", "--dns", "samples/dns/two-domains.zone", "-f", "json", env={"MAILWHY_CONFIG": name})
            self.assertEqual({page["input"]["domain"] for page in json.loads(audit.stdout)}, {"example.com", "example.net"})
            own = pathlib.Path(name, "mailwhy.conf")
            for entries, domains in (("[.example.com, example.net, EXAMPLE.NET]", ["example.com", "example.net"]), ("[.example.com]", ["example.com"]), ("[kim@example.com]", [])):
                own.write_text(f"own: {entries}\nip: 192.0.2.5\ndns: {os.getcwd()}/samples/dns/two-domains.zone\n")
                audit = run("audit", "-f", "json", env={"MAILWHY_CONFIG": name})
                pages = json.loads(audit.stdout or "[]")
                self.assertEqual([page["input"]["domain"] for page in (pages if isinstance(pages, list) else [pages])], domains)
                self.assertEqual(b"`own` names addresses and no domain" in audit.stderr, not domains)
        kept = b"From a@example.com Tue Nov 24 09:00:00 2026\n" + pathlib.Path("samples/messages/ordinary.eml").read_bytes().rstrip() + b"\n\n"
        other = kept.replace(b"by mail.example.com", b"by mail.example.net")
        self.assertIn("# - mail.example.net  # rare, so in doubt", self.check(0, "config", "init", stdin=kept * 25 + other).stdout.decode())
        self.check(65, "config", "init", stdin=b"From: a@example.org\n\nhello\n")
        line = b"Nov 24 09:40:02 mail postfix/%s[1]: 4Fq3Bb0000z9rN: "
        handed_in = line % b"pickup" + b"uid=0 from=<root@mail.example.com>\n" + line % b"qmgr" + b"from=<root@mail.example.com>, size=1, nrcpt=1 (queue active)\n"
        sent = line % b"smtp" + b"to=<x@y.example>, relay=mail.evil.example[192.0.2.1]:25, delay=1, delays=0/0/0/1, dsn=2.0.0, status=sent (250 ok)\n"
        local = line % b"lmtp" + b"to=<x@y.example>, relay=mail.example.com[private/dovecot-lmtp], delay=1, delays=0/0/0/1, dsn=2.0.0, status=sent (250 2.0.0 <x@y.example> Saved)\n"
        written = line % b"cleanup" + b"message-id=<20261124094002.4Fq3Bb0000z9rN@mail.example.com>\n"
        not_ours = line % b"cleanup" + b"message-id=<20261124094002.4Fq3Bb0000z9rM@mail.evil.example>\n"
        from_outside = line % b"smtpd" + b"client=x.evil.example[192.0.2.1]\n" + written.replace(b"example.com", b"evil.example")
        alone = b"\n# trust:  # hosts of your own: what they wrote is believed\n# - mail  # "
        for log, host in ((written + sent, b"\n  - mail.example.com  #"), (not_ours + sent, alone), (from_outside + sent, alone), (handed_in + sent, b"\n  - mail.example.com  #"), (local, b"\n  - mail.example.com  #"), (sent, alone)):
            out = self.check(0, "config", "init", stdin=log).stdout
            self.assertIn(host, out)
            self.assertNotIn(b"evil", out)
            self.assertEqual(out.count(b"# - mail  "), host.count(b"# - mail  "))
        self.assertIn(b"\n# trust: nothing in the inputs names a host of yours.\n", self.check(0, "config", "init", "samples/logs/exim.log").stdout)
        self.check(64, "config", "initt", says="did you mean `init`?")
        self.check(64, "config", "mail.log", says="takes no input")

    def test_large_snapshot(self):
        """What the DNS data takes is not of the input, which alone has a limit."""
        with tempfile.TemporaryDirectory() as name:
            zone = pathlib.Path(name, "large.zone")
            zone.write_text("".join(f"n{i}.example.net. 60 IN A 192.0.2.5\n" for i in range(200000)))
            for inputs in ((SPAMHAUS,), (SPAMHAUS, "samples/bounces/gmail-two-domains.eml")):
                self.assertNotIn(b"took more memory", self.check(0, "--dns", zone, *inputs).stdout)

    def test_certain_only_where_the_reply_is(self):
        for reply, cause, is_certain in (
                ("554 5.7.1 Your IP is not listed on Spamhaus, but the content looks like spam", "content.spam", True),
                ('550 5.7.1 Subject contains banned phrase "mailbox full"', "content.policy", False),
                ("421 4.7.0 Your IP may be listed at Spamhaus or sends too fast", "blocklist.spamhaus", False),
                ("550 5.2.1 The email account that you tried to reach is disabled or over quota", "recipient.disabled", False),
                ("550 5.1.1 Empf\u00e4nger unbekannt oder Postfach voll", "recipient.unknown", False),
                ("452 the mailbox might be over quota", "recipient.full", False),
                ("550 5.7.1 If you are not listed at Spamhaus, contact us", "blocklist.spamhaus", False),
                ("550 5.7.1 This is not because of SPF: your sender address is blacklisted", "sender.refused", True),
                ("250 2.1.5 Recipient OK, mailbox full soon", "notice.delivered", True),
                ("250 2.0.0 Accepted; SPF fail ignored", "notice.delivered", True),
                ("550 5.1.1 User unknown", "recipient.unknown", True),
                ("552 5.2.2 The email account that you tried to reach is over quota", "recipient.full", True),
                ("554 5.7.1 Service unavailable; Client host [192.0.2.5] blocked using zen.spamhaus.org", "blocklist.spamhaus", True)):
            found = json.loads(self.check(0, "reply", "-f", "json", reply).stdout)
            self.assertEqual((found["cause"], found["confidence"] == "certain"), (cause, is_certain), reply)

    def test_no_queue_behind_a_program(self):
        """What a mail program or script was told is not tried again, and the server that told it is its own outgoing one."""
        for reply, cause, fixer in (
                ('SMTP Error (450): Failed to add recipient "kim@example.org" (4.2.0 <kim@example.org>: Recipient address rejected: Greylisted).', "rate.greylisted", "author"),
                ("An error occurred while sending mail. The mail server responded: 4.3.1 Insufficient system storage. Please check the message and try again.", "receiver.storage-full", "sender-operator"),
                ("Fehler beim Senden der Nachricht. Der Mail-Server antwortete: 4.3.5 Server configuration error. Bitte \u00fcberpr\u00fcfen Sie die Nachricht.", "receiver.error", "sender-operator"),
                ("smtplib.SMTPRecipientsRefused: {'kim@example.org': (450, b'4.1.8 <pat@example.com>: Sender address rejected: Domain not found')}", "sender.domain-not-found", "sender-operator"),
                ("Diese Nachricht konnte nicht gesendet werden. Versuchen Sie sp\u00e4ter, die Nachricht nochmals zu senden. Fehler ist [0x80070005-00000000-00000000].", "sender.spoofed", "author")):
            found = json.loads(self.check(0, "reply", "-f", "json", reply).stdout)
            self.assertEqual((found["cause"], found["fixer"], found["permanent"]), (cause, fixer, True), reply)
            page = b" ".join(self.check(0, "reply", "--for", "customer", reply).stdout.split())
            self.assertIn(b"was not delivered", page)
            self.assertNotIn(b"is tried again by itself", page)
            self.assertNotIn(b"turn of the recipient's mail provider", page)
        page = b" ".join(run("reply", "--for", "customer", "Senden der Nachricht fehlgeschlagen. Die Nachricht konnte aus unbekanntem Grund nicht gesendet werden.").stdout.split())
        self.assertIn(b"could not send the message, and we do not know the reason", page)

    def test_a_bounce_of_somebody_elses_mail(self):
        """Offline the report says how to learn whose it was; where that is verified, there is nothing to do for the reader."""
        bounce = b"""Return-Path: <>
Received: from mx.moon.example (mx.moon.example [203.0.113.200]) by mx.example.net (Postfix) with ESMTP id 9A
\tfor <info@example.com>; Fri, 27 Nov 2026 03:00:01 +0100 (CET)
From: Mail Delivery System <Mailer-Daemon@mx.moon.example>
To: info@example.com
Subject: Mail delivery failed: returning message to sender
Date: Fri, 27 Nov 2026 02:59:59 +0100

This message was created automatically by mail delivery software.

A message that you sent could not be delivered to one or more of its
recipients. This is a permanent error. The following address(es) failed:

  pat@moon.example
    mailbox is full: retry timeout exceeded

------ This is a copy of the message, including all the headers. ------

Return-path: <info@example.com>
Received: from [198.51.100.99] (helo=pc)
\tby mx.moon.example with esmtp (Exim 4.96)
\t(envelope-from <info@example.com>)
\tid 1abcdd-000000-00
\tfor pat@moon.example; Tue, 24 Nov 2026 02:59:50 +0100
From: info@example.com
To: pat@moon.example
Subject: Your parcel

x
"""
        with tempfile.TemporaryDirectory() as name:
            zone = pathlib.Path(name, "own.zone")
            zone.write_text(';! complete\nexample.com. TXT "v=spf1 ip4:192.0.2.5 -all"\n')
            offline, verified = (b" ".join(self.check(0, *options, stdin=bounce).stdout.split()) for options in ((), ("--dns", zone)))
            self.assertIn(b"asks the DNS whether the mail was yours", offline)
            self.assertNotIn(b"Nothing, where nobody of yours", offline)
            self.assertIn(b"What to do 1. Nothing, where nobody of yours wrote this mail", verified)
            self.assertIn(b"This report backscatter:", verified)
        of_ours = b" ".join(self.check(0, "--own", "example.com", "--trust", "mx.example.net", stdin=bounce).stdout.split())
        self.assertIn(b"Whose mail it is not yours", of_ours)
        self.assertNotIn(b"asks the DNS whether the mail was yours", of_ours)

    def test_a_forwarded_mail(self):
        """Whoever forwards does not belong into the sender's SPF record: neither a step nor a record says so."""
        bounce = b"""Return-Path: <>
Date: Fri, 27 Nov 2026 09:05:00 +0100 (CET)
From: MAILER-DAEMON@mail.example.net (Mail Delivery System)
Subject: Undelivered Mail Returned to Sender
To: news@shop.example
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="b"

--b
Content-Type: message/delivery-status

Reporting-MTA: dns; mail.example.net
X-Postfix-Queue-ID: 6F1A21203A2
X-Postfix-Sender: rfc822; news@shop.example

Final-Recipient: rfc822; pat@gmail.com
Original-Recipient: rfc822;info@%s
Action: failed
Status: 5.7.26
Remote-MTA: dns; gmail-smtp-in.l.google.com
Diagnostic-Code: smtp; 550-5.7.26 Your email has been blocked because the sender is unauthenticated. Gmail requires all senders to
    authenticate with either SPF or DKIM. SPF [shop.example] with ip: [198.51.100.47] = did not pass
--b
Content-Type: text/rfc822-headers

Return-Path: <news@shop.example>
From: Shop <news@shop.example>
To: info@example.org
Subject: Sale

--b--
"""
        with tempfile.TemporaryDirectory() as name:
            zone = pathlib.Path(name, "shop.zone")
            zone.write_text(';! complete\nshop.example. TXT "v=spf1 ip4:192.0.2.80 -all"\n')
            for first, is_forwarded in ((b"example.org", True), (b"gmail.com", False)):
                report = b" ".join(self.check(0, "--dns", zone, stdin=bounce % first).stdout.split())
                self.assertEqual(b"This mail was forwarded" in report, is_forwarded)
                self.assertEqual(b"ip4:198.51.100.47" in report, not is_forwarded)
                self.assertEqual(b"Who can fix it whoever forwards it" in report, is_forwarded)
            ours = b" ".join(self.check(0, "--own", "example.org", "--trust", "mail.example.net", stdin=bounce % b"example.org").stdout.split())
            self.assertIn(b"You only forwarded this mail", ours)

    def test_was_it_fixed(self):
        before, bounce = "samples/dns/two-domains.zone", "samples/bounces/gmail-two-domains.eml"
        with tempfile.TemporaryDirectory() as name:
            after = pathlib.Path(name, "after.zone")
            text = pathlib.Path(before).read_text()
            after.write_text(text.replace("ip4:203.0.113.17", "ip4:192.0.2.5").replace("5.2.0.192.in-addr.arpa.        3600 IN PTR", "6.2.0.192.in-addr.arpa. 3600 IN PTR"))
            page = json.loads(self.check(0, "--dns", before, "--dns-after", after, "-f", "json", bounce).stdout)
            page = page[0] if isinstance(page, list) else page
            states = {(c["check"], c.get("subject")): c["state"] for c in page["was_fixed"]}
            self.assertEqual([states["spf", "example.net"], states["dkim", "example.net"], states["ptr", "192.0.2.5"], states["mx", "gmail.com"]],
                             ["fixed", "open", "broken", "unchanged"])
            self.assertEqual(page["auth"]["checks"]["spf"]["result"], "fail")  # of then
            self.assertEqual(page["verdicts"][0]["reason_now"], "fixed")  # Gmail asks for one of the two
            spamhaus, listed = "samples/bounces/spamhaus.eml", "5.2.0.192.zen.spamhaus.org."
            self.assertIn(b"  Was it fixed?      No: ", self.check(0, "--dns", before, "--dns-after", before, spamhaus).stdout)
            gone = "".join(line + "\n" for line in text.splitlines() if not line.startswith(listed))
            after.write_text(gone.replace(";! complete\n", ""))
            self.assertIn(b"  Was it fixed?      Not known: ", self.check(0, "--dns", before, "--dns-after", after, spamhaus).stdout)
            after.write_text(gone)
            fixed = self.check(0, "--dns", before, "--dns-after", after, spamhaus).stdout
            self.assertIn(b"  Was it fixed?      Yes: ", fixed)
            for_customer = self.check(0, "--for", "customer", "--dns", before, "--dns-after", after, spamhaus).stdout
            self.assertIn(b"It is your turn.", for_customer)
            self.assertNotIn(b"once we", for_customer)  # it has been put right
            for_receiver = b" ".join(self.check(0, "--for", "receiver", "--dns", before, "--dns-after", after, spamhaus).stdout.split())
            self.assertIn(b"Nothing, if they take the mail now", for_receiver)
            self.assertNotIn(b"we have to put that right", for_receiver)
            self.assertNotIn(b"is listed by Spamhaus", for_receiver)
            self.assertNotIn(b"older", fixed)
            swapped = self.check(0, "--dns", after, "--dns-after", before, spamhaus).stdout
            self.assertNotIn(b"before the first one", b" ".join(swapped.split()))  # both are of one time
            after.write_text(gone.replace(";! taken 2026", ";! taken 2025"))
            self.assertIn(b"before the first one", b" ".join(self.check(0, "--dns", before, "--dns-after", after, spamhaus).stdout.split()))
            older = json.loads(self.check(0, "--dns", before, "--dns-after", after, "-f", "json", spamhaus).stdout)
            older = older[0] if isinstance(older, list) else older
            self.assertEqual((older["after_is_older"], older["verdicts"][0]["reason_now"]), (True, "unknown"))
            self.assertIn(b"  Was it fixed?      Not known: ", self.check(0, "--dns", before, "--dns-after", after, spamhaus).stdout)
            audit = ("audit", "--domain", "example.net", "--ip", "192.0.2.5", "--dns")
            after.write_text(";! taken 2026-11-20T00:00:00Z\n")  # which answers nothing
            found = self.check(0, *audit, after, "--dns-after", before).stdout
            self.assertIn(b"0 newly wrong, 4 wrong now and not known before", b" ".join(found.split()))
            both = json.loads(self.check(0, *audit, after, "--dns-after", before, "-f", "json").stdout)
            both = both[0] if isinstance(both, list) else both
            for text, key in ((b"Rules for bulk senders\n", "bulk_senders"), (b"Rules for bulk senders, by the later snapshot\n", "bulk_senders_after")):
                table = found.split(text)[1]
                for row in both[key]:
                    if row["met"] == "no":
                        self.assertIn(row["requirement"].encode(), b" ".join(table.split(b"Sources")[0].split()))
            self.assertNotEqual([row["met"] for row in both["bulk_senders"]], [row["met"] for row in both["bulk_senders_after"]])
            after.write_text(gone)
            self.assertIn(b"  What to do         1. Send the mail again. ", fixed)
            after.write_text(gone + "5.2.0.192.bl.spamcop.net. 3600 IN A 127.0.0.2\n")  # a list that the reply does not name
            self.assertIn(b"  Was it fixed?      Yes: ", self.check(0, "--dns", before, "--dns-after", after, spamhaus).stdout)
            after.write_text(gone)
            self.assertNotIn(b"Send the mail again", self.check(0, "--dns", before, "--dns-after", before, spamhaus).stdout)
            self.assertIn(b"send the message again", b" ".join(self.check(0, "--for", "customer", "--dns", before, "--dns-after", after, spamhaus).stdout.split()))
            audit = self.check(0, "audit", "--dns", before, "--dns-after", after, "--ip", "192.0.2.5", "--domain", "example.net").stdout
            self.assertIn(b"Was it fixed?\n", audit)
            self.assertIn(b"  Still to do        1. ", audit)
            after.write_text(";! nonsense\nexample.com. IN TXT\n")
            self.check(78, "--dns", before, "--dns-after", after, bounce, says="after.zone:")
            self.check(78, "--dns", before, "--dns-after", pathlib.Path(name, "none.zone"), bounce, says="none.zone: No such file")
        self.check(64, "--dns-after", before, bounce, says="--dns-after needs --dns")

    def test_said_once(self):
        """What is to be done stands once; who refused is told, or that it is not known."""
        one = "Final-Recipient: rfc822; {}\nAction: failed\nStatus: 5.1.1\nRemote-MTA: dns; mx.example.org\nDiagnostic-Code: smtp; {}\n\n"
        report = ("From: MAILER-DAEMON@mail.example.com\nTo: a@example.com\nSubject: Undelivered\nMIME-Version: 1.0\n"
                  'Content-Type: multipart/report; report-type=delivery-status; boundary="b"\n\n--b\n\nIt failed.\n\n'
                  "--b\nContent-Type: message/delivery-status\n\nReporting-MTA: dns; mail.example.com\n\n"
                  + one.format("kim@example.org", "550 5.1.1 no such user kim") + one.format("bob@example.org", "550 5.1.1 no such user bob")
                  + one.format("eve@example.org", "552 5.2.2 mailbox full") + "--b--\n")
        text = self.check(0, stdin=report.encode()).stdout.decode()
        self.assertEqual(text.count("What to do         1. "), 2)
        self.assertEqual(text.count("What to do         as for kim@example.org, above"), 1)
        self.assertIn("Who refused it     not known: what was given names no server", self.check(0, "reply", "550 5.1.1 no such user").stdout.decode())
        self.assertIn("Who refused it     mx1.example.org [198.51.100.25] refused it",
                      self.check(0, "log", "--recipient", "kim@example.org", "samples/logs/postfix.log").stdout.decode())
        self.assertIn("asks the DNS", self.check(0, "samples/messages/ordinary.eml").stdout.decode())

    def test_usage(self):
        self.check(64, "--nonsense", says="mailwhy --help")
        self.check(64, "-f", "pdf", SPAMHAUS, says="text, markdown, html, json or ndjson, not `pdf`")
        self.check(64, "-j", "0", SPAMHAUS, says="from 1 to 1024")
        self.check(64, "--trust", "a b", SPAMHAUS, says="mailwhy --help")
        self.check(64, "rules", "frobnicate", says="expected check, test, list, missing or draft, not `frobnicate`")
        self.check(64, "rules", says="mailwhy rules --help")
        self.check(64, "reply", "--log", "x", "550 no", says="mailwhy reply --help")
        self.check(64, "explain", "no.such-cause", says="mailwhy explain --help")
        self.check(64, "audit", "--domain", "example.com", "--dns", "x", says="--domain and --ip")
        self.check(64, "audit", "--domain", "example.com", "--ip", "192.0.2.5", says="--dns FILE")
        self.check(64, "audit", "--domain", "example.com", "--ip", "192.0.2.5", "--dns", "x", "x.eml", says="takes no input")
        self.check(64, "dns", "needs", "--domain", "example.com", SPAMHAUS, says="mailwhy dns needs --help")

    def test_options_stand_before_or_after_the_command(self):
        before = self.check(0, "-f", "json", "reply", "550 5.1.1 no such user")
        self.assertEqual(before.stdout, self.check(0, "reply", "550 5.1.1 no such user", "--format=json").stdout)
        self.assertIn(b"usage: mailwhy log ", self.check(0, "--help", "log").stdout)
        self.assertEqual(self.check(0, "log", "-V").stdout, self.check(0, "--version").stdout)

    def test_data(self):
        self.check(65, stdin=b"", says="empty")
        self.check(65, stdin=b"no mail at all\n", says="no mail message")
        self.check(65, "reply", "", says="a text is empty")
        self.check(65, "reply", stdin=b"\n", says="there is no text")
        self.assertEqual(self.check(0, "reply", stdin=b"550 5.1.1 no such user\n").stdout, self.check(0, "reply", "-", stdin=b"550 5.1.1 no such user\n").stdout)
        self.check(0, stdin=SPAMHAUS.read_bytes())

    def test_log(self):
        log = "samples/logs/postfix.log"
        self.assertEqual(run("log", log).returncode, 0)
        self.assertEqual(run(log).stdout, run("log", log).stdout)
        self.assertEqual(run("log", "/nonexistent").returncode, 66)
        self.assertEqual(run("log", "README.md").returncode, 65)
        text = pathlib.Path(log).read_bytes()
        for piped in (text, gzip.compress(text), text.decode().encode("utf-16")):  # what it is, is found out by itself
            self.assertEqual(run(stdin=piped).stdout, run("log", "-", stdin=piped).stdout)
        self.assertEqual(run("log", "--since", "lately", log).returncode, 64)
        self.assertEqual(run("log", "--top", "0", log).returncode, 64)
        some = run("log", "-f", "ndjson", "--sender", "news@example.net", "--until", "2026-11-24T10:00:00", log)
        self.assertEqual(causes(some), ["auth.required", "auth.required", "queue.expired"])
        misspelt = run("log", "--cause", "blocklist.spamhous", log)
        self.assertEqual(misspelt.returncode, 64)
        self.assertIn(b"blocklist.spamhaus", misspelt.stderr)
        self.assertEqual(run("log", "--tz", "Europe/Nowhere", log).returncode, 64)
        nothing = json.loads(run("log", "-f", "json", "--recipient", "nobody@example.org", log).stdout)
        self.assertIn("Nothing in the log matches", nothing["problems"][0]["text"])
        self.assertIn(b"nothing in the log matches", run("log", "-f", "ndjson", "--recipient", "nobody@example.org", log).stderr)
        there = json.loads(run("log", "-f", "json", "--tz", "Europe/Berlin", log).stdout)["input"]
        self.assertEqual(there["zone"], {"name": "Europe/Berlin", "from": "option"})
        self.assertTrue(there["first"].endswith("T08:14:02Z"))
        self.assertIn("T09:14:02+01:00", run("log", "--tz", "Europe/Berlin", log).stdout.decode())
        cut = gzip.compress(pathlib.Path(log).read_bytes() * 50)[:-40]
        result = run("log", "-f", "ndjson", "-", stdin=cut)
        self.assertEqual(result.returncode, 65)
        self.assertGreater(len(causes(result)), 10)

    def test_a_line_of_a_log_that_tells_of_no_delivery(self):
        """It was pasted for the refusal in it, which `log` does not count: it is read as `reply` reads it."""
        stamp = b"Nov 24 08:14:02 mx postfix/smtp[1]: "
        line = stamp + b"7DCA06: host mx01.example.net[192.0.2.2] refused to talk to me: 554 5.7.1 Blocked using zen.spamhaus.org\n"
        told = json.loads(run("-f", "json", stdin=line).stdout)
        self.assertEqual(told["input"]["kind"], "transcript")
        (verdict,) = told["verdicts"]
        self.assertEqual(verdict["cause"], "blocklist.spamhaus")
        self.assertEqual(verdict["rejected_by"]["host"], "mx01.example.net")
        self.assertEqual(verdict["reply"]["command"], "CONNECT")
        with tempfile.NamedTemporaryFile() as file:
            file.write(line)
            file.flush()
            self.assertEqual(json.loads(run("-f", "json", file.name).stdout)["verdicts"][0]["cause"], "blocklist.spamhaus")
        for silent in stamp + b"7DCA06: removed\n", line * 60:  # nothing was refused, and too long for a paste
            self.assertEqual(json.loads(run("-f", "json", stdin=silent).stdout)["input"]["kind"], "log")

    def test_logs_in_any_order(self):
        """Each delivery names the log that it stands in, whatever the order in which they were given."""
        line = "Nov 24 1{0}:00:00 mx postfix/smtp[1]: 4Fq2xR6hLmz9r{0}: to=<r{0}@example.org>, relay=mx.example.org[192.0.2.1]:25, delay=1, dsn=2.0.0, status=sent (ok)\n"
        with tempfile.TemporaryDirectory() as folder:
            logs = [pathlib.Path(folder) / f"{n}.log" for n in (2, 0, 1)]
            for log in logs:
                log.write_text(line.format(log.stem))
            for order in logs, logs[::-1], sorted(logs):
                found = [json.loads(text) for text in run("log", "-f", "ndjson", *order).stdout.splitlines()]
                self.assertEqual([(d["recipient"][1], pathlib.Path(d["source"]["file"]).stem) for d in found], [(n, n) for n in "012"])

    def test_bounce_in_a_log(self):
        report = json.loads(run("-f", "json", "--log", "samples/logs/postfix.log", SPAMHAUS).stdout)
        story = report["verdicts"][0]["log"][0]
        self.assertEqual((story["confirmed"], story["queue_id"]), (True, "4Fq2xR6hLmz9rJ"))
        self.assertIn("zen.spamhaus.org", story["attempts"][0]["reply"])
        other = json.loads(run("-f", "json", "--log", "samples/logs/exim.log", "samples/bounces/mailbox-full.eml").stdout)
        story = other["verdicts"][0]["log"][0]  # the same mail was refused there for another reason
        self.assertFalse(story["confirmed"])
        self.assertIn("but no such reply", story["text"])

    def test_no_input(self):
        self.check(66, "/nonexistent/file", says="/nonexistent/file")
        result = self.check(66, "-f", "ndjson", "/nonexistent/file", SPAMHAUS)
        self.assertEqual(causes(result), ["blocklist.spamhaus"])

    def test_output(self):
        self.check(74, "-o", "/nonexistent/folder/report", SPAMHAUS)
        with open("/dev/full", "w") as device:
            full = subprocess.run([MAILWHY, SPAMHAUS], stdout=device, stderr=subprocess.PIPE)
        self.assertEqual(full.returncode, 74)
        with tempfile.TemporaryDirectory() as folder:
            path = pathlib.Path(folder) / "report.txt"
            self.check(0, "-o", path, SPAMHAUS)
            self.assertIn("Spamhaus", path.read_text())
            self.assertEqual(os.listdir(folder), ["report.txt"])

    def test_rules(self):
        with tempfile.TemporaryDirectory() as folder:
            path = pathlib.Path(folder) / "own.yaml"

            def rules(text):
                path.write_text(text)
                return path

            self.check(78, "--rules", rules("replies:\n- id: x\n  cause: no.such\n  text: a\n"), SPAMHAUS, says="own.yaml:2:")
            self.check(78, "rules", "check", rules("replies:\n- id: x\n  cuase: y\n"), says="own.yaml:3:3: unknown key `cuase`")
            self.check(78, "rules", "check", rules("replies:\n- id: x\n  cause: content.spam\n  text: '('\n"), says="own.yaml:4:9: not a valid regular")
            self.check(78, "rules", "check", rules("replies: [\n"), says="own.yaml:")
            self.check(78, "rules", "test", rules("replies:\n- id: x\n  cause: content.spam\n  text: never\n  examples: ['550 this']\n"))
            self.check(78, "--rules", pathlib.Path(folder) / "missing.yaml", SPAMHAUS)

    def test_own_rules_win_and_override_by_id(self):
        with tempfile.TemporaryDirectory() as folder:
            path = pathlib.Path(folder) / "own.yaml"
            path.write_text("replies:\n- id: spamhaus-zen\n  cause: content.policy\n  text: 'blocked using zen.{0,99}'\n  level: exact\n"
                            "  examples: ['554 blocked using zen.spamhaus.org; see https://www.spamhaus.org/query/ip/192.0.2.5']\n"
                            "- id: moon\n  cause: receiver.error\n  text: 'moon is in the wrong (?<limit>\\w+)'\n"
                            "  examples: ['550 the moon is in the wrong quarter']\n")
            self.check(0, "rules", "test", path, says="0 failures")
            self.assertEqual(causes(run("-f", "ndjson", "--rules", path, SPAMHAUS)), ["content.policy"])
            moon = run("-f", "ndjson", "--rules", path, "reply", "550 the moon is in the wrong quarter")
            self.assertEqual(json.loads(moon.stdout)["entities"]["limit"], "quarter")

    def test_a_pattern_without_end_is_stopped_and_told(self):
        with tempfile.TemporaryDirectory() as folder:
            path = pathlib.Path(folder) / "bomb.yaml"
            path.write_text("replies:\n- id: bomb\n  cause: content.spam\n  text: '(?:a+)+!'\n  code: ['5xx']\n  level: exact\n  examples: ['550 aa!']\n")
            result = run("-f", "json", "--rules", path, stdin=SPAMHAUS.read_bytes().replace(b"zen.spamhaus.org; ", b"zen.spamhaus.org; " + b"a" * 60 + b" ! "))
            report = json.loads(result.stdout)
            self.assertEqual((result.returncode, report["verdicts"][0]["cause"]), (0, "blocklist.spamhaus"))
            self.assertTrue(any("stopped" in p["text"] for p in report.get("problems", [])), report.get("problems"))

    def test_missing_rules_are_grouped_with_a_skeleton_that_loads(self):
        for inputs, words in (("samples", b"The moon is in the wrong quarter"), (SPAMHAUS, b"they have 0 shapes")):
            result = self.check(0, "rules", "missing", inputs)
            self.assertIn(words, result.stdout)
            with tempfile.NamedTemporaryFile(suffix=".yaml") as file:
                file.write(result.stdout)
                file.flush()
                self.check(0, "rules", "check", file.name)


class Terminal(unittest.TestCase):
    HOSTILE = (b"From: <MAILER-DAEMON@example.com>\nSubject: failure notice \033]0;pwned\007\n\n"
               b"Hi. This is the qmail-send program at \033[31mevil.\nI'm afraid I wasn't able to deliver your message to the following addresses.\n\n"
               b"<bob@example.org>:\n550 5.1.1 <script>alert(1)</script> \033[2J\x9b31m\x85 user unknown `x` [l](http://e) \xff\xfe\n")

    def test_no_control_characters(self):
        for form in ("text", "markdown", "html", "json", "ndjson"):
            out = run("-f", form, stdin=self.HOSTILE).stdout
            bad = [c for c in out.decode("utf-8") if (ord(c) < 32 and c not in "\n") or 127 <= ord(c) < 160]
            self.assertEqual(bad, [], form)
            self.assertIn("user unknown", out.decode())

    def test_no_script_in_html_no_links_in_markdown(self):
        html = run("-f", "html", stdin=self.HOSTILE).stdout.decode()
        self.assertEqual(html.count("<script"), 1)  # our own, which the policy names by its digest
        self.assertIn("&lt;script&gt;", html)
        self.assertIn("default-src 'none'", html)
        markdown = run("-f", "markdown", stdin=self.HOSTILE).stdout.decode()
        outside = re.sub(r"(?ms)^(`{3,})$.*?^\1$", "", markdown)  # of code
        self.assertNotRegex(re.sub(r"(`+)(?!`).*?(?<!`)\1(?!`)", "", outside), r"\]\(http|<script|\x1b")

    def test_color(self):
        self.assertNotIn(b"\033", run(SPAMHAUS).stdout)
        self.assertIn(b"\033", run("--color", "always", SPAMHAUS).stdout)
        self.assertNotIn(b"\033", run("--color", "never", SPAMHAUS).stdout)

    def in_terminal(self, *args, env=None):
        parent, child = pty.openpty()
        process = subprocess.Popen([MAILWHY, *map(str, args)], stdin=child, stdout=child, stderr=child,
                                   env={**os.environ, "TERM": "xterm", "PAGER": "", **(env or {})})
        os.close(child)
        out = b""
        try:
            while chunk := os.read(parent, 65536):
                out += chunk
        except OSError:  # Linux says EIO when the other side is closed
            pass
        os.close(parent)
        return process.wait(), out

    def test_terminal(self):
        status, out = self.in_terminal()
        self.assertEqual((status, out.count(b"\n")), (64, 5), out)
        self.assertIn(b"\033[", self.in_terminal(SPAMHAUS)[1])
        self.assertNotIn(b"\033[", self.in_terminal(SPAMHAUS, env={"NO_COLOR": "1"})[1])

    def test_keyboard(self):
        """Who types, and gave nothing to read, is told that it waits for them; not who gave something, or asked for quiet."""
        for args, typed, is_told in ((("verify", "--dns", "samples/dns/two-domains.zone", "--server", "127.0.0.1#1"), b"x\n\x04\x04", True), (("reply",), b"550 no\n\x04", True),
                                     (("reply", "-q"), b"550 no\n\x04", False), (("-",), b"x\n\x04\x04", True), (("config", "init"), b"\x04", True),
                                     (("reply", "550 no"), b"", False), (("dns", "needs", "--domain", "a.example", "--ip", "192.0.2.5"), b"", False)):
            parent, child = pty.openpty()
            os.write(parent, typed)
            process = subprocess.run([MAILWHY, *args], stdin=child, stdout=subprocess.DEVNULL, stderr=child, timeout=60)
            os.close(child)
            out = b""
            try:
                while chunk := os.read(parent, 65536):
                    out += chunk
            except OSError:
                pass
            os.close(parent)
            self.assertEqual(b"reading what you type" in out, is_told, (args, out, process.returncode))

    def test_nothing_for_programs_on_a_terminal(self):
        for words in (("--emit", "events"), ("--partial",)):
            status, out = self.in_terminal("log", *words, "samples/logs/postfix.log")
            self.assertEqual((status, b"not for a terminal" in out), (64, True), out)

    def test_fits_80_columns(self):
        for path in sorted(pathlib.Path("samples").rglob("*.eml")):
            for line in run(path).stdout.decode().splitlines():
                long_word = any(len(word) > 50 for word in line.split())
                self.assertTrue(len(line) <= 80 or long_word, f"{path}: {line}")


class Brief(unittest.TestCase):
    """-q: a line for each recipient."""

    def lines(self, *args, **kw):
        return run("-q", "--no-config", *args, **kw).stdout.decode().splitlines()

    def test_lines(self):
        refused = "Listed by Spamhaus (blocklist.spamhaus)"
        self.assertEqual(self.lines(SPAMHAUS), [f"Not delivered to kim@example.org: {refused}"])
        self.assertEqual(self.lines("reply", "550 5.7.1 blocked using zen.spamhaus.org"), [refused])
        self.assertEqual(len(self.lines("samples/bounces/qmail-two-recipients.eml")), 2)
        self.assertEqual(self.lines("samples/logs/postfix.log"), ["4 of 7 recipients did not get their mail"])
        self.assertEqual(len(self.lines("log", "--recipient", "*@gmail.com", "samples/logs/postfix.log")), 4)
        several = self.lines(SPAMHAUS, "samples/bounces/relayed.eml")
        self.assertEqual([line.split(": ")[0] for line in several], [str(SPAMHAUS), "samples/bounces/relayed.eml"])
        self.assertEqual(self.lines("-f", "json", SPAMHAUS)[0][0], "{")
        hidden = self.lines("--redact", SPAMHAUS)
        self.assertEqual(len(hidden), 1)
        self.assertNotIn("kim@", hidden[0])


class Launcher(unittest.TestCase):
    """./mailwhy runs what is built, and asks for packages only where something has changed."""

    def test_what_is_built(self):
        with tempfile.TemporaryDirectory() as folder:
            tree = pathlib.Path(folder)
            for name in ("analyze", "parsers", "rules", "po", "cmake", "tests", "build-release"):
                (tree / name).mkdir()
            for name in ("CMakeLists.txt", "CMakePresets.json", "packages.txt", "analyze/x.c"):
                (tree / name).write_text("")
            (tree / "tests/install-packages.sh").write_text("install_packages() { echo asked >&2; return 1; }\n")
            (tree / "mailwhy").write_bytes(pathlib.Path("mailwhy").read_bytes())
            built = tree / "build-release/mailwhy"
            built.write_text("#!/bin/sh\necho ran \"$@\"\n")
            built.chmod(0o755)
            later = built.stat().st_ctime + 10
            os.utime(built, (later, later))
            start = lambda: subprocess.run(["sh", tree / "mailwhy", "a b"], capture_output=True, text=True)
            self.assertEqual((start().stdout, start().stderr), ("ran a b\n", ""))
            os.utime(built, (1, 1))  # older than all else
            note = "asked\nmailwhy: it cannot be built anew here: this is what was built last\n"
            self.assertEqual((start().stdout, start().stderr), ("ran a b\n", note))
            built.unlink()
            self.assertEqual((start().stdout, start().returncode), ("", 70))


class WrongLines(unittest.TestCase):
    """What is wrong with a command line is said once, with what was meant."""

    def test_answers(self):
        log = "samples/logs/postfix.log"
        for args, says in (
            (("--recipient", "", SPAMHAUS), "--recipient is empty: it takes ADDRESS (mailwhy --help)"),
            (("log", "--queue-id", "", log), "log: --queue-id is empty: it takes ID (mailwhy log --help)"),
            (("log", "--client=", log), "log: --client is empty: it takes HOST (mailwhy log --help)"),
            (("-o", "", SPAMHAUS), "--output is empty: it takes FILE (mailwhy --help)"),
            (("log", "--cause", "blocklst", log), "log: there is no cause `blocklst`; did you mean `blocklist`? (mailwhy log --help)"),
            (("log", "--cause", "blocklist.spamhause", log), "log: there is no cause `blocklist.spamhause`; did you mean `blocklist.spamhaus`? (mailwhy log --help)"),
            (("--cause", "blocklst", log), "there is no cause `blocklst`; did you mean `blocklist`? (mailwhy --help)"),
            (("--cause", "blocklst", log, SPAMHAUS), "there is no cause `blocklst`; did you mean `blocklist`? (mailwhy --help)"),
            (("verify", "--cause", "blocklst", log), "verify: there is no cause `blocklst`; did you mean `blocklist`? (mailwhy verify --help)"),
            (("log", "--partial", "-f", "html", log), "log: what --partial and --emit events write is no report: give --format html to the step that writes one (mailwhy log --help)"),
            (("--trust", "192.0.2", SPAMHAUS), "--trust takes a host, an address or a CIDR range, not `192.0.2` (mailwhy --help)"),
            (("--own", "co.uk", SPAMHAUS), "--own takes a domain or a mail address, not `co.uk` (mailwhy --help)"),
            *((("explain", "-f", f, "nosuch"), "explain: nothing here is called `nosuch`; `mailwhy explain` lists what is (mailwhy explain --help)")
              for f in ("json", "ndjson", "html", "markdown", "text")),
            (("audit", "--domain", "info@example.com"), "audit: --domain takes a domain such as example.com, not `info@example.com` (mailwhy audit --help)"),
            (("550", "5.1.1", "no", "such", "user"), "there is no file of this name; a reply is explained by: mailwhy reply TEXT (mailwhy --help)"),
            (("user", "unknown"), "there is no file of this name; a reply is explained by: mailwhy reply TEXT (mailwhy --help)"),
            (("550 5.1.1 no such user",), "there is no file of this name; a reply is explained by: mailwhy reply TEXT (mailwhy --help)"),
            ((SPAMHAUS, "verify"), f"there is no file `verify`; a command stands first: mailwhy verify {SPAMHAUS} (mailwhy --help)"),
            (("version",), "there is no file and no command `version`; did you mean `mailwhy --version`? (mailwhy --help)"),
            (("redact", SPAMHAUS), "there is no file and no command `redact`; did you mean `mailwhy --redact`? (mailwhy --help)"),
            (("verify", "--save", SPAMHAUS, SPAMHAUS), f"verify: --save {SPAMHAUS} would overwrite the input {SPAMHAUS} (mailwhy verify --help)"),
            (("verify", "-o", "x", "--save", "x", SPAMHAUS), "verify: -o and --save name the same file, x (mailwhy verify --help)"),
            (("--json", SPAMHAUS), "unknown option --json; did you mean --format json? (mailwhy --help)"),
            (("reply", SPAMHAUS), f"reply: `{SPAMHAUS}` is a file: `mailwhy {SPAMHAUS}` explains a bounce, `mailwhy reply < {SPAMHAUS}` replies, a line each (mailwhy reply --help)"),
            (("--sender", "kim@example.org", SPAMHAUS), "filters such as --sender are for logs, and this is none (mailwhy --help)"),
            (("dns", "show", "-f", "html", "samples/dns/two-domains.zone"), "dns show: there is no page of a snapshot: --format takes text, json or ndjson here (mailwhy dns show --help)"),
        ):
            done = run(*args)
            self.assertEqual((done.stderr.decode(), done.returncode), (f"mailwhy: {says}\n", 64))
            self.assertEqual(done.stdout, b"")

    def test_no_snapshot(self):
        for path in (SPAMHAUS, "samples/logs/postfix.log", "samples/replies.txt"):
            done = run("--dns", path, SPAMHAUS)
            self.assertEqual((done.returncode, done.stdout, done.stderr.decode().count("is this a DNS snapshot?")), (78, b"", 1))
            self.assertEqual(len(done.stderr.splitlines()), 2)


class Pager(unittest.TestCase):
    """On a terminal, and nowhere else; nothing but what the user named is run."""

    def on_terminal(self, *args, **env):
        pid, terminal = pty.fork()
        if pid == 0:
            here = {k: v for k, v in os.environ.items() if k not in ("PAGER", "MAILWHY_PAGER", "TERM")}
            os.execve(MAILWHY, [MAILWHY, "--no-config", *map(str, args)], {**here, "TERM": "xterm", **env})
        shown = b""
        while True:
            try:
                more = os.read(terminal, 65536)
            except OSError:
                break
            if not more:
                break
            shown += more
        os.close(terminal)
        return shown.decode().replace("\r\n", "\n"), os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])

    def test_signs(self):
        args = ("--no-pager", "-v", "samples/bounces/spamhaus.eml", "samples/logs/postfix.log")
        for form, signs in (("text", "→█"), ("markdown", "→")):
            known = self.on_terminal(*args, "-f", form, LC_ALL="C.UTF-8")[0]
            plain = self.on_terminal(*args, "-f", form, LC_ALL="C")[0]
            for sign in signs:
                self.assertIn(sign, known)
                self.assertNotIn(sign, plain)
            self.assertIn("->", plain)
        self.assertIn("→", run("-v", SPAMHAUS, env={"LC_ALL": "C"}).stdout.decode())

    def test_what_is_started(self):
        line = "Not delivered to kim@example.org: Listed by Spamhaus (blocklist.spamhaus)\n"
        for env, expected in (
            ({"PAGER": "sed s/^/1:/"}, "1:" + line),
            ({"MAILWHY_PAGER": "sed s/^/2:/", "PAGER": "sed s/^/1:/"}, "2:" + line),
            ({"MAILWHY_PAGER": "", "PAGER": "sed s/^/1:/"}, line),
            ({"PAGER": "cat"}, line),
            ({"PAGER": "sed 's/^/x"}, line),
            ({"PAGER": "sed s/^/1:/", "TERM": "dumb"}, line),
            ({"PAGER": "no-such-pager"}, "mailwhy: no-such-pager: the pager cannot be started: No such file or directory\n" + line),
        ):
            self.assertEqual(self.on_terminal("-q", SPAMHAUS, **env), (expected, 0), env)
        self.assertEqual(self.on_terminal("-q", "--no-pager", SPAMHAUS, PAGER="sed s/^/1:/"), (line, 0))

    def test_no_shell(self):
        with tempfile.TemporaryDirectory() as folder:
            made = pathlib.Path(folder, "made")
            shown, status = self.on_terminal("-q", SPAMHAUS, PAGER=f"sed s/^/1:/ $(touch {made}); touch {made}")
            self.assertFalse(made.exists())
            self.assertEqual(status, 0)

    def test_statuses(self):
        self.assertEqual(self.on_terminal("/nonexistent", PAGER="sed s/^/1:/")[1], 66)
        self.assertEqual(self.on_terminal("samples/bounces", PAGER="head -n 1")[1], 0)  # left early
        self.assertEqual(self.on_terminal("-o", os.devnull, SPAMHAUS, PAGER="sed s/^/1:/"), ("", 0))

    def test_no_terminal(self):
        self.assertNotIn(b"1:Not", run("-q", SPAMHAUS, env={"PAGER": "sed s/^/1:/", "TERM": "xterm"}).stdout)


class Redaction(unittest.TestCase):
    def test_local_parts_and_subjects_go_domains_stay(self):
        for form in ("text", "json", "ndjson", "html", "markdown"):
            out = run("--redact", "-f", form, "samples/bounces/user-unknown.eml").stdout.decode()
            for secret in ("kimm", "Your order", "shop@", "Example Shop"):
                self.assertNotIn(secret, out, form)
            self.assertIn("example", out)
        again = run("--redact", "samples/bounces/user-unknown.eml").stdout
        self.assertNotEqual(again, run("--redact", "samples/bounces/user-unknown.eml").stdout)

    def test_a_key_makes_reports_agree(self):
        key = ("--redact-key", "tests/redact/redact.key")
        once, again = (run(*key, "samples/bounces/user-unknown.eml").stdout for _ in range(2))
        self.assertEqual(once, again)
        self.assertNotIn(b"kimm", once)

    def test_keys_that_are_none(self):
        with tempfile.TemporaryDirectory() as folder:
            for name, size in (("short", 15), ("long", 4097)):
                pathlib.Path(folder, name).write_bytes(b"x" * size)
            os.mkfifo(f"{folder}/fifo")
            for name, why in (("short", b"16 bytes"), ("long", b"4096 bytes"), ("fifo", b"regular file"), ("none", b"No such file"), (".", b"regular file")):
                done = run("--redact-key", f"{folder}/{name}", "samples/bounces/user-unknown.eml")
                self.assertEqual((done.returncode, done.stdout), (78, b""), name)
                self.assertIn(why, done.stderr)


if __name__ == "__main__":
    unittest.main()
