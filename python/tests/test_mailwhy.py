"""The package as it is installed. Run by tests/python/python.py in the repository's root; also: python3 -m unittest."""
import collections
import gc
import inspect
import pathlib
import re
import threading
import unittest

import mailwhy

ROOT = pathlib.Path(__file__).resolve().parents[2]
BOUNCE = (ROOT / "samples/bounces/spamhaus.eml").read_bytes()
LOG = ROOT / "samples/logs/postfix.log"
ZONE = ROOT / "samples/dns/two-domains.zone"
README = (ROOT / "python/README.md").read_text()
CAUSES = set(re.findall(r"^- id: ([a-z-]+\.[a-z-]+)$", (ROOT / "rules/causes.yaml").read_text(), re.M))

# The names of files in lib/sisimai/reason of github.com/sisimai/rb-sisimai, as they were found 2026-11.
SISIMAI = """authfailure badreputation blocked contenterror delivered emailtoolarge exceedlimit expired failedstarttls feedback filtered
hasmoved hostunknown mailboxfull mailererror mesgtoobig networkerror norelaying notaccept notcompliantrfc onhold policyviolation
ratelimited rejected requireptr securityerror spamdetected speeding suppressed suspend syntaxerror systemerror systemfull toomanyconn
undefined userunknown vacation virusdetected""".split()


class Messages(unittest.TestCase):
    def setUp(self):
        self.why = mailwhy.Mailwhy()

    def test_a_bounce(self):
        (verdict,) = self.why.explain(BOUNCE, "b.eml")
        self.assertEqual((verdict.kind, verdict.cause, verdict.outcome), ("bounce", "blocklist.spamhaus", "failed"))
        self.assertEqual(verdict.recipient, verdict.json["recipient"])
        self.assertEqual(verdict.json["input"]["name"], "b.eml")

    def test_the_customers_page_in_their_language(self):
        german = mailwhy.Mailwhy(reader="customer", language="de")
        self.assertIn("Ihre Nachricht an kim@example.org wurde nicht zugestellt", german.report(BOUNCE))
        with self.assertRaisesRegex(mailwhy.Error, "no language is called xx"):
            mailwhy.Mailwhy(language="xx")

    def test_all_that_the_header_offers(self):
        struct = re.search(r"struct mailwhy_options \{(.*?)\n\};", (ROOT / "analyze/mailwhy.h").read_text(), re.S)[1]
        members = set(re.findall(r"(\w+)(?=[;,])", re.sub(r"/\*.*?\*/", "", struct, flags=re.S)))
        ours = {"rule_files": "rules", "no_builtin_rules": "builtin_rules", "redact_key_file": "redact_key", "dns_files": "dns",
                "dns_after_files": "dns_after"}
        named = {ours.get(m, m) for m in members if not m.endswith(("_count", "_length"))} - {"size", "complain", "context", "color"}
        self.assertEqual(named, set(inspect.signature(mailwhy.Mailwhy).parameters))

    def test_what_is_no_bounce(self):
        (verdict,) = self.why.explain(b"From: a@example.com\nTo: b@example.org\nSubject: x\n\nHello\n")
        self.assertEqual((verdict.kind, verdict.cause, verdict.code, verdict.permanent), ("message", None, None, None))
        (nothing,) = self.why.explain(b"")
        self.assertIsNone(nothing.cause)

    def test_replies(self):
        for text, cause, permanent, action in [("550 5.1.1 No such user", "recipient.unknown", True, "suppress"),
                                               (b"452 4.2.2 mailbox full", "recipient.full", False, "retry"),
                                               ("550 xyzzy caf\u00e9", "access.denied", True, "contact")]:
            verdict = self.why.reply(text)
            self.assertEqual((verdict.cause, verdict.permanent), (cause, permanent), text)
            self.assertEqual(verdict.action, action, text)

    def test_texts_that_no_mail_can_hold(self):
        self.assertEqual(self.why.reply("550 5.1.1 No such user \udcff\0").cause, "recipient.unknown")
        self.assertEqual(self.why.explain(b"\xff\xfe\0\n\n", "\udcff")[0].kind, "none")

    def test_reports(self):
        for name, start in [("text", "Not delivered to"), ("json", '{"mailwhy"'), ("html", "<!"), ("markdown", "#")]:
            self.assertTrue(self.why.report(BOUNCE, name).lstrip().startswith(start), name)
        with self.assertRaises(ValueError):
            self.why.report(BOUNCE, "docx")

    def test_threads_and_their_end(self):
        seen = []
        threads = [threading.Thread(target=lambda: seen.extend(self.why.explain(BOUNCE)[0].cause for _ in range(20))) for _ in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        self.assertEqual(collections.Counter(seen), {"blocklist.spamhaus": 80})
        verdict = mailwhy.Mailwhy().reply("550 5.1.1 No such user")
        gc.collect()
        self.assertEqual(verdict.reply, "No such user")

    def test_it_hides(self):
        text = "550 5.1.1 <kim.secret@example.org> unknown user"
        self.assertIn("kim.secret", self.why.reply(text).record)
        self.assertNotIn("kim.secret", mailwhy.Mailwhy(redact=True).reply(text).record)


class Logs(unittest.TestCase):
    def setUp(self):
        self.why = mailwhy.Mailwhy()

    def test_files_and_bytes(self):
        found = self.why.deliveries(LOG)
        self.assertEqual(len(found), 9)
        self.assertIn("blocklist.spamhaus", [d.cause for d in found])
        from_bytes = self.why.deliveries(LOG.read_bytes(), jobs=2)
        self.assertCountEqual([(d.queue_id, d.recipient, d.line) for d in found],
                              [(d.queue_id, d.recipient, d.line) for d in from_bytes])
        self.assertEqual(self.why.deliveries([str(LOG)], tz="UTC", cause="relay")[0].cause, "relay.denied")
        self.assertEqual(self.why.log(LOG)["input"]["kind"], "log")

    def test_what_goes_wrong(self):
        with self.assertRaises(FileNotFoundError):
            self.why.deliveries("/nonexistent.log")
        with self.assertRaises(mailwhy.Error):
            self.why.deliveries(LOG, tz="Nowhere/Land")
        with self.assertRaises(TypeError):
            self.why.log(LOG, sendre="x")
        for call in (self.why.explain, self.why.report):
            with self.assertRaisesRegex(TypeError, "bytes are wanted"):
                call("bounce.eml")
        with self.assertRaisesRegex(TypeError, "since is a number"):
            self.why.deliveries(LOG, since="yesterday")
        with self.assertRaisesRegex(mailwhy.Error, "there is no such cause: no.such"):
            self.why.deliveries(LOG, cause="no.such")
        with self.assertRaises(ZeroDivisionError):
            self.why.each_delivery(LOG, lambda d: 1 // 0)
        with self.assertRaises(RuntimeError):
            self.why.each_delivery(LOG, lambda d: self.why.reply("550 no"))
        seen, other = [], mailwhy.Mailwhy()
        self.why.each_delivery(LOG, lambda d: seen.append(other.reply("550 5.1.1 No such user").cause))
        self.assertEqual(set(seen), {"recipient.unknown"})
        self.assertEqual(self.why.reply("550 5.1.1 No such user").cause, "recipient.unknown")


class World(unittest.TestCase):
    def test_an_audit(self):
        for why in (mailwhy.Mailwhy(dns=ZONE), mailwhy.Mailwhy(dns_text=ZONE.read_text())):
            audits = why.audit(["example.com", "example.net"], "192.0.2.5")
            self.assertEqual([a["input"]["domain"] for a in audits], ["example.com", "example.net"])
        with self.assertRaises(mailwhy.Error):
            mailwhy.Mailwhy().audit("example.com", "192.0.2.5")

    def test_wrong_files(self):
        with self.assertRaises(mailwhy.Error) as raised:
            mailwhy.Mailwhy(rules=["/nonexistent.yaml", LOG])
        self.assertGreaterEqual(len(raised.exception.errors), 2)
        self.assertIn("/nonexistent.yaml", raised.exception.errors[0])

    def test_trust(self):
        owned = mailwhy.Mailwhy(trusted="mail.example.com").explain(BOUNCE)[0].json
        self.assertNotEqual({e["trust"] for e in owned["evidence"]}, {"unverified"})


class Documentation(unittest.TestCase):
    def test_the_table_of_sisimai(self):
        rows = dict(re.findall(r"^\| `(\w+)` \| (.*) \|$", README, re.M))
        self.assertEqual(sorted(rows), sorted(SISIMAI))
        for reason, causes in rows.items():
            for cause in re.findall(r"`([a-z-]+\.[a-z*-]+)`", causes):
                self.assertTrue(cause in CAUSES or cause == "blocklist.*", f"{reason}: {cause}")

    def test_the_five_lines(self):
        code = re.search(r"```python\n(import collections.*?)```", README, re.S).group(1)
        code = code.replace("bounce.eml", str(ROOT / "samples/bounces/spamhaus.eml")).replace("/var/log/mail.log", str(LOG))
        self.assertEqual(len(code.splitlines()), 5)
        exec(code, {"print": lambda *what: None})

    def test_flufl(self):
        code = re.search(r"```python\n(verdicts = .*?)```", README, re.S).group(1)
        for name, temporary, permanent in [("spamhaus", set(), {"kim@example.org"}), ("yahoo-deferred", {"kim@yahoo.com"}, set())]:
            names = {"why": mailwhy.Mailwhy(), "message": (ROOT / f"samples/bounces/{name}.eml").read_bytes()}
            exec(code, names)
            self.assertEqual((names["temporary"], names["permanent"]), (temporary, permanent))

    def test_everything_is_told_and_typed(self):
        for name in mailwhy.__all__:
            thing = getattr(mailwhy, name)
            self.assertTrue(thing.__doc__, name)
        for name, method in inspect.getmembers(mailwhy.Mailwhy, inspect.isfunction):
            if not name.startswith("_"):
                self.assertTrue(method.__doc__, name)
                hints = inspect.signature(method)
                untyped = [p for p in list(hints.parameters.values())[1:] if p.annotation is p.empty]
                self.assertFalse(untyped or hints.return_annotation is hints.empty, name)


if __name__ == "__main__":
    unittest.main()
