#!/usr/bin/env python3
"""Files and exits: what is read and what is not, what is written and when it counts as written, and with which
status the program ends; also when a signal ends it, the disk is full or a file changes while it is read.

usage: files.py MAILWHY NO_TMPFILE

NO_TMPFILE is a library that, preloaded, makes the file system one without O_TMPFILE.
"""
import contextlib
import fcntl
import json
import os
import pathlib
import resource
import shutil
import signal
import stat
import subprocess
import sys
import tempfile
import termios
import threading
import time
import unittest

NO_TMPFILE = os.path.abspath(sys.argv.pop(2))
MAILWHY = os.path.abspath(sys.argv.pop(1))
SPAMHAUS = pathlib.Path("samples/bounces/spamhaus.eml").resolve()
LOG = pathlib.Path("samples/logs/postfix.log").resolve()
ZONE = pathlib.Path("samples/dns/two-domains.zone").resolve()
PATIENCE = 60  # seconds for what happens at once, unless something is wrong

COMMANDS = [  # each that prints something
    ["-V"], ["--help"], ["log", "--help"], [SPAMHAUS], ["-f", "html", SPAMHAUS], ["-f", "ndjson", SPAMHAUS],
    ["reply", "550 5.1.1 no such user"], ["log", LOG], ["log", "-f", "ndjson", LOG], ["explain"],
    ["explain", "blocklist.spamhaus"], ["rules", "check"], ["rules", "test"], ["rules", "list"],
    ["rules", "missing", SPAMHAUS], ["dns", "needs", SPAMHAUS], ["dns", "show", ZONE],
    ["audit", "--domain", "example.com", "--ip", "192.0.2.5", "--dns", ZONE],
]


def run(*args, stdin=b"", **more):
    return subprocess.run([MAILWHY, *map(str, args)], input=stdin, capture_output=True, timeout=PATIENCE, **more)


def open_files(pid):
    """What a process has open; not what it closes meanwhile."""
    for descriptor in pathlib.Path(f"/proc/{pid}/fd").iterdir():
        with contextlib.suppress(FileNotFoundError):
            yield os.readlink(descriptor)


def processes_of(session):
    """Those that run still, whoever is their parent by now."""
    for process in pathlib.Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(FileNotFoundError, ProcessLookupError, ValueError):
            state, _, _, its_session = (process / "stat").read_text().rpartition(")")[2].split()[:4]
            if int(its_session) == session and state != "Z":
                yield int(process.name)


def bytes_in(pipe):
    return int.from_bytes(fcntl.ioctl(pipe, termios.FIONREAD, bytes(4)), sys.byteorder)


def wait_until(holds):
    end = time.monotonic() + PATIENCE
    pause = threading.Event()
    while not holds():
        if time.monotonic() > end:
            return False
        pause.wait(0.005)
    return True


class Folder(unittest.TestCase):
    def setUp(self):
        self.temporary = tempfile.TemporaryDirectory()
        self.path = pathlib.Path(self.temporary.name)
        self.bounce = SPAMHAUS.read_bytes()

    def tearDown(self):
        self.temporary.cleanup()


class Writing(Folder):
    def test_a_full_disk_is_told_by_every_command(self):
        for args in COMMANDS:
            with open("/dev/full", "w") as full:
                done = subprocess.run([MAILWHY, *map(str, args)], stdout=full, stderr=subprocess.PIPE)
            self.assertEqual((done.returncode, done.stderr), (74, b"mailwhy: standard output: No space left on device\n"), args)

    def test_a_closed_pipe_ends_quietly(self):
        for ignored, status in (False, -signal.SIGPIPE), (True, 74):
            for args in COMMANDS:
                reader, writer = os.pipe()
                os.close(reader)
                action = signal.SIG_IGN if ignored else signal.SIG_DFL
                done = subprocess.run([MAILWHY, *map(str, args)], stdout=writer, stderr=subprocess.PIPE,
                                      restore_signals=False, preexec_fn=lambda: signal.signal(signal.SIGPIPE, action))
                os.close(writer)
                self.assertEqual((done.returncode, done.stderr), (status, b""), args)

    def test_what_is_no_file_is_written_to(self):
        before = os.stat("/dev/null")
        for name in "/dev/null", "null", "far":
            if name == "null":
                (self.path / "null").symlink_to("/dev/null")
            if name == "far":
                (self.path / "far").symlink_to("null")
            self.assertEqual(run("-o", self.path / name, SPAMHAUS).returncode, 0)
        after = os.stat("/dev/null")
        self.assertEqual((before.st_ino, before.st_mode), (after.st_ino, after.st_mode))
        self.assertTrue(stat.S_ISCHR(after.st_mode))
        self.assertEqual(run("-o", "/dev/full", SPAMHAUS).returncode, 74)
        self.assertEqual(run("-o", "/dev/stdout", SPAMHAUS).stdout, run(SPAMHAUS).stdout)

    def test_a_fifo_is_written_to(self):
        fifo, got = self.path / "fifo", []
        os.mkfifo(fifo)
        thread = threading.Thread(target=lambda: got.append(fifo.read_bytes()))
        thread.start()
        self.assertEqual(run("-o", fifo, SPAMHAUS).returncode, 0)
        thread.join(PATIENCE)
        self.assertEqual(got, [run(SPAMHAUS).stdout])
        self.assertTrue(stat.S_ISFIFO(fifo.stat().st_mode))

    def test_standard_output_by_name_keeps_what_is_there(self):
        for name in "/dev/stdout", "/dev/fd/1", "/proc/self/fd/1":
            with open(self.path / "log", "wb") as file:
                file.write(b"before\n")
                file.flush()
                self.assertEqual(subprocess.run([MAILWHY, "-o", name, SPAMHAUS], stdout=file).returncode, 0)
            self.assertEqual((self.path / "log").read_bytes(), b"before\n" + run(SPAMHAUS).stdout)

    def test_links_lead_to_what_is_replaced(self):
        (self.path / "to").symlink_to("real")
        for _ in range(2):  # it is not there; it is there
            self.assertEqual(run("-o", self.path / "to", SPAMHAUS).returncode, 0)
            self.assertEqual(os.readlink(self.path / "to"), "real")
            self.assertEqual((self.path / "real").read_bytes(), run(SPAMHAUS).stdout)
        self.assertEqual(sorted(os.listdir(self.path)), ["real", "to"])

    def test_a_full_disk_leaves_the_old_report(self):
        (self.path / "report").write_text("before")
        for environment in {}, {"LD_PRELOAD": NO_TMPFILE}:
            for form in "text", "html":
                done = run("-f", form, "-o", self.path / "report", SPAMHAUS, env={**os.environ, **environment},
                           preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000)))
                self.assertEqual((done.returncode, b"File too large" in done.stderr), (74, True), done)
                self.assertEqual(os.listdir(self.path), ["report"])
                self.assertEqual((self.path / "report").read_text(), "before")

    def test_what_is_appended_is_whole_or_taken_back(self):
        (self.path / "log").write_text("before\n")
        with open(self.path / "log", "ab") as file:
            done = subprocess.run([MAILWHY, "-f", "ndjson", SPAMHAUS], stdout=file, stderr=subprocess.PIPE,
                                  preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000)))
        self.assertEqual(done.returncode, 74)
        self.assertEqual((self.path / "log").read_text(), "before\n")

    def test_errors_of_output(self):
        (self.path / "folder").mkdir()
        for name, what in (self.path / "folder", "Is a directory"), (self.path / "no/x", "No such file"), ("x" * 300, "File name too long"), (
                "x/" * 5000, "File name too long"), (SPAMHAUS / "x", "Not a directory"):
            done = run("-o", name, SPAMHAUS)
            self.assertEqual((done.returncode, what in done.stderr.decode()), (74, True), done.stderr[-200:])

    def test_few_descriptors_leave_the_old_report(self):
        (self.path / "report").write_text("before")
        for few in range(4, 16):
            for args in [SPAMHAUS], [pathlib.Path("samples/mailbox.mbox").resolve()], ["audit", "--domain", "example.com", "--ip", "192.0.2.5", "--dns", ZONE]:
                for environment in {}, {"LD_PRELOAD": NO_TMPFILE}:
                    run(*args, "-o", self.path / "report", env={**os.environ, **environment},
                        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_NOFILE, (few, few)))
                    self.assertEqual(os.listdir(self.path), ["report"], (few, args))
                    self.assertTrue((self.path / "report").read_text(), (few, args))

    def test_read_only_files_and_folders(self):
        if os.geteuid() != 0:
            self.skipTest("needs root, to be somebody else")
        (self.path / "report").write_text("before")
        (self.path / "report").chmod(0o444)
        (self.path / "shut").mkdir()
        os.chown(self.path, 12345, 12345)

        def become():
            os.setgroups([])
            os.setgid(12345)
            os.setuid(12345)

        for name, what in ("report", "Permission denied"), ("shut/report", "no file can be made in its folder"):
            done = run("-o", self.path / name, stdin=self.bounce, preexec_fn=become)
            self.assertEqual((done.returncode, what in done.stderr.decode()), (74, True), done.stderr)
        self.assertEqual((self.path / "report").read_text(), "before")


class Signals(Folder):
    ENDING = [signal.SIGHUP, signal.SIGINT, signal.SIGQUIT, signal.SIGTERM, signal.SIGUSR1, signal.SIGUSR2, signal.SIGALRM,
              signal.SIGPIPE, signal.SIGXCPU, signal.SIGSEGV, signal.SIGBUS, signal.SIGABRT, signal.SIGFPE, signal.SIGILL]

    def begun(self, environment):
        """The program, waiting for the rest of its input; it has begun its output."""
        process = subprocess.Popen([MAILWHY, "-o", self.path / "report", "-"], stdin=subprocess.PIPE, stderr=subprocess.PIPE,
                                   env={**os.environ, **environment}, restore_signals=True)
        process.stdin.write(self.bounce[:100])
        process.stdin.flush()

        def has_begun():
            return os.listdir(self.path) or any(d.startswith(str(self.path)) and d.endswith(" (deleted)") for d in open_files(process.pid))

        self.assertTrue(wait_until(has_begun))
        return process

    def end(self, number, environment):
        with self.begun(environment) as process:
            process.send_signal(number)
            self.assertEqual(process.wait(PATIENCE), -number)
            self.assertEqual(os.listdir(self.path), [], number)

    @unittest.skipIf("asan" in MAILWHY, "the sanitizer catches some of them")
    def test_nothing_is_left(self):
        for number in self.ENDING:
            self.end(number, {})
            self.end(number, {"LD_PRELOAD": NO_TMPFILE})

    def test_nothing_is_left_when_it_is_killed(self):
        self.end(signal.SIGKILL, {})

    def test_no_process_is_left(self):
        """That waits for the rest of what the program was given."""
        mail = b"From a@example.org Thu Apr 29 23:34:45 2017\n" + self.bounce[:100]
        report = ["-o", self.path / "report"]
        for args in ([], ["-"], report, ["--isolate"], ["-", SPAMHAUS], ["--pipe"], ["--pipe", *report], ["log"], ["log", *report], ["--log", "-", SPAMHAUS],
                     ["dns", "needs"], ["rules", "missing"], ["rules", "missing", *report], ["config", "init"], ["verify", "--server", "127.0.0.1"]):
            for number in signal.SIGTERM, signal.SIGKILL:
                with subprocess.Popen([MAILWHY, *args], stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
                                      start_new_session=True) as process:
                    process.stdin.write(mail)
                    process.stdin.flush()
                    self.assertTrue(wait_until(lambda: bytes_in(process.stdin) == 0), args)
                    process.send_signal(number)
                    process.wait(PATIENCE)
                    self.assertTrue(wait_until(lambda: not list(processes_of(process.pid))), (args, number))

    def test_the_old_report_stays(self):
        (self.path / "report").write_text("before")
        with self.begun({}) as process:
            process.kill()
        self.assertEqual((self.path / "report").read_text(), "before")
        self.assertEqual(os.listdir(self.path), ["report"])


class Reading(Folder):
    def names(self, *args, status=0, **more):
        done = run("-f", "ndjson", *args, **more)
        self.assertEqual(done.returncode, status, done.stderr)
        return [pathlib.Path(json.loads(line)["input"]["name"]).name for line in done.stdout.splitlines()]

    def test_folders_give_regular_files_only(self):
        inside = self.path / "in"
        (inside / "below").mkdir(parents=True)
        (inside / "a.eml").write_bytes(self.bounce)
        (inside / "below/b.eml").write_bytes(self.bounce)
        (self.path / "secret.eml").write_bytes(self.bounce)
        (inside / "link").symlink_to("../secret.eml")
        (inside / "inner").symlink_to("a.eml")
        (inside / "up").symlink_to("..")
        os.mkfifo(inside / "fifo")  # nobody writes to it: who opens it waits
        if os.geteuid() == 0:
            os.mknod(inside / "zero", stat.S_IFCHR | 0o666, os.makedev(1, 5))
        self.assertEqual(self.names(inside), ["a.eml", "b.eml"])
        self.assertEqual(self.names(inside, inside / "link"), ["a.eml", "b.eml", "link"])
        self.assertIn(b"3 symbolic links in it were not followed", run(inside).stderr)
        self.assertEqual(run("-q", inside).stderr, b"")
        for args in ["log", inside], ["dns", "needs", inside], ["rules", "missing", inside], ["--log", LOG, inside]:
            self.assertNotIn(run(*args).returncode, (66, -9), args)

    def test_folders_that_cannot_be_read(self):
        if os.geteuid() != 0:
            self.skipTest("needs root, to be somebody else")
        (self.path / "shut").mkdir()
        (self.path / "shut/a.eml").write_bytes(self.bounce)
        (self.path / "b.eml").write_bytes(self.bounce)
        (self.path / "c.eml").write_bytes(self.bounce)
        (self.path / "shut").chmod(0)
        (self.path / "c.eml").chmod(0)
        self.path.chmod(0o755)
        done = run("-f", "ndjson", self.path, preexec_fn=lambda: os.setuid(12345))
        self.assertEqual(done.returncode, 66)
        self.assertEqual(done.stderr.count(b"Permission denied"), 2, done.stderr)
        self.assertEqual(len(done.stdout.splitlines()), 1)

    def test_races(self):
        """While a folder is read, its files are replaced by FIFOs and links, and put back."""
        secret = self.path / "secret.eml"
        secret.write_bytes(self.bounce.replace(b"kim@example.org", b"TOPSECRET@example.org"))
        folder = self.path / "in"
        folder.mkdir()
        for i in range(300):
            (folder / f"{i:03}.eml").write_bytes(b"Subject: x\n\nhello\n")
        is_over = threading.Event()

        def replace():
            made = self.path / "made"
            while not is_over.is_set():
                for i in range(300):
                    if i % 3 == 0:
                        os.mkfifo(made)
                    elif i % 3 == 1:
                        made.symlink_to(secret)
                    else:
                        made.write_bytes(b"Subject: x\n\nhello\n")
                    os.replace(made, folder / f"{i:03}.eml")
                for i in range(300):
                    made.write_bytes(b"Subject: x\n\nhello\n")
                    os.replace(made, folder / f"{i:03}.eml")

        thread = threading.Thread(target=replace)
        thread.start()
        try:
            for _ in range(20):
                done = run("-f", "ndjson", folder)
                self.assertIn(done.returncode, (0, 66))
                self.assertNotIn(b"TOPSECRET", done.stdout)
        finally:
            is_over.set()
            thread.join()

    def test_a_fifo_that_is_named_is_read(self):
        fifo = self.path / "fifo"
        os.mkfifo(fifo)
        for args in [fifo], ["--log", LOG, fifo], ["-f", "ndjson", fifo, SPAMHAUS]:
            thread = threading.Thread(target=fifo.write_bytes, args=(self.bounce,))
            thread.start()
            done = run(*args)
            thread.join(PATIENCE)
            self.assertEqual((done.returncode, b"spamhaus" in done.stdout), (0, True), (args, done.stderr))

    def test_a_file_that_is_cut_while_it_is_read(self):
        mail = b"From a@example.org Thu Apr 29 23:34:45 2017\n" + self.bounce + b"\n"
        kinds = {"mail": mail * 300, "log": LOG.read_bytes() * 100, "zone": ZONE.read_bytes() * 100,
                 "rules": b"replies:\n" + b"".join(b"- {id: x%d, cause: content.spam, text: moon %d}\n" % (i, i) for i in range(3000))}
        whole = {name: [content, 0] for name, content in kinds.items()}
        is_over = threading.Event()
        for name, content in kinds.items():
            (self.path / name).write_bytes(content)

        def cut():
            while not is_over.is_set():
                for name, content in kinds.items():
                    with open(self.path / name, "r+b") as file:
                        file.truncate(100)
                        file.seek(0)
                        file.write(content)
                    whole[name][1] += 1

        thread = threading.Thread(target=cut)
        thread.start()
        try:
            for i in range(25):
                for args, statuses in (([self.path / "mail"], (0, 65)), (["log", self.path / "log"], (0, 65)),
                                       (["--dns", self.path / "zone", SPAMHAUS], (0, 78)),
                                       (["--rules", self.path / "rules", "--log", self.path / "log", SPAMHAUS], (0, 65, 78))):
                    self.assertIn(run(*args).returncode, statuses, args)
        finally:
            is_over.set()
            thread.join()

    def test_closed_descriptors(self):
        def closes(*numbers):
            return lambda: [os.close(n) for n in numbers]

        for args in COMMANDS:
            for numbers, status in ((0,), 0), ((1,), 74), ((0, 1), 74), ((2,), 0), ((0, 1, 2), 74):
                with open(self.path / "out", "wb") as out:
                    done = subprocess.run([MAILWHY, *map(str, args)], stdin=subprocess.DEVNULL, stdout=out, stderr=subprocess.PIPE,
                                          preexec_fn=closes(*numbers))
                self.assertEqual(done.returncode, status, (args, numbers))
        for args in [], ["log", "-"], ["rules", "missing"], ["dns", "needs"], ["reply"]:
            done = subprocess.run([MAILWHY, *args], stdout=subprocess.PIPE, stderr=subprocess.PIPE, preexec_fn=closes(0))
            self.assertEqual((done.returncode, b"standard input: Bad file descriptor" in done.stderr), (66, True), (args, done))
        # a file that is opened does not become standard output
        report = self.path / "report"
        done = subprocess.run([MAILWHY, "-o", report, SPAMHAUS], preexec_fn=closes(0, 1, 2))
        self.assertEqual((done.returncode, report.read_bytes()), (0, run(SPAMHAUS).stdout))

    def test_wrong_kinds_of_files(self):
        folder = self.path
        for args, status in ((["--rules", folder, SPAMHAUS], 78), (["--dns", folder, SPAMHAUS], 78), (["--log", folder, SPAMHAUS], 66),
                             (["rules", "check", folder], 78), (["dns", "show", folder], 78), (["log", folder / "no"], 66),
                             (["x" * 300], 66), (["x/" * 5000], 66), ([SPAMHAUS / "x"], 66)):
            done = run(*args)
            self.assertEqual(done.returncode, status, (args, done.stderr))
            self.assertNotEqual(done.stderr, b"")
        for args in [], ["reply"], ["log", "-"]:
            descriptor = os.open("/", os.O_RDONLY)
            done = subprocess.run([MAILWHY, *args], stdin=descriptor, capture_output=True)
            os.close(descriptor)
            self.assertEqual((done.returncode, b"Is a directory" in done.stderr), (66, True))

    def test_logs_that_were_not_read_prove_nothing(self):
        cut = self.path / "cut.gz"
        cut.write_bytes(subprocess.run(["gzip", "-c", LOG], capture_output=True).stdout[:200])
        words = "the logs contain nothing about this message"
        exim = pathlib.Path("samples/bounces/exim.eml").resolve()
        for log, is_read in (LOG, True), (self.path / "no", False), (SPAMHAUS, False), (cut, False), (self.path, False):
            for more in ([],) if log == SPAMHAUS else ([], ["--log", LOG]):
                done = run("--log", log, *more, exim)
                is_told = words in " ".join(done.stdout.decode().split())
                self.assertEqual(is_told, is_read, (log, more))

    def test_names_in_messages_are_clean(self):
        bad = "a\nmailwhy: forged\x1b[31m\x1b]0;title\x07\x9b"
        name = self.path / bad
        (self.path / "rules.yaml").write_text('replies:\n- id: "i\\e[31m"\n  cause: "c\\e[2J\\n"\n  text: q\n')
        for args in ([name], ["log", name], ["--log", name, SPAMHAUS], ["--rules", name, SPAMHAUS], ["--dns", name, SPAMHAUS],
                     ["-o", name / "x", SPAMHAUS], ["dns", "needs", name], ["rules", "missing", name], ["-f", bad, SPAMHAUS],
                     ["explain", bad.replace("forged", "forgedqq")], ["rules", bad], [f"--{bad}"], ["rules", "check", self.path / "rules.yaml"]):
            done = run(*args)
            text = done.stderr.decode()
            self.assertNotEqual(done.returncode, 0)
            self.assertEqual([c for c in text if c != "\n" and (ord(c) < 32 or 127 <= ord(c) < 160)], [], text)
            self.assertFalse(any(line.startswith("mailwhy: forged") for line in text.splitlines()), text)

    def test_many_files_and_few_descriptors(self):
        for i in range(400):
            (self.path / f"{i:03}.eml").write_bytes(b"Subject: x\n\nhello\n")
        done = run("-f", "ndjson", "-j", "8", self.path, preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_NOFILE, (64, 64)))
        self.assertEqual((done.returncode, len(done.stdout.splitlines())), (0, 400), done.stderr)


class Pipe(Folder):
    """--pipe: 0 and 75, and nothing else."""

    def check(self, status, *args, stdin=b"", **more):
        done = run("--pipe", *args, stdin=stdin, **more)
        self.assertEqual(done.returncode, status, (args, done.stderr))
        return done

    def test_whatever_the_input_is(self):
        for mail in (self.bounce, b"", b"no mail at all\n", b"\0" * 5000, self.bounce[:700], b"\x1f\x8b\x08cut", LOG.read_bytes(), os.urandom(20000)):
            self.assertTrue(self.check(0, stdin=mail).stdout)
            json.loads(self.check(0, "-f", "json", stdin=mail).stdout)

    def test_failures(self):
        missing = self.path / "missing"
        wrong = self.path / "wrong.yaml"
        wrong.write_text("replies:\n- id: x\n  cuase: y\n")
        for args in (["--nonsense"], ["-f", "pdf"], ["-f"], ["-j", "0"], ["--trust", "a b"], ["reply"], ["rules"], ["--pipe=yes"], ["log", "--bad"],
                     ["--rules", missing], ["--rules", wrong], ["--dns", missing], ["--log", missing], ["-o", missing / "x"],
                     ["-o", "/dev/full"], [missing], [self.path / "no"]):
            self.check(75, *args, stdin=self.bounce)
        for args in ["--nonsense", "--pipe"], ["-f", "--pipe"], ["reply", "x", "--pipe"], ["-o", "/dev/full", "--pipe", "-"]:
            self.assertEqual(run(*args, stdin=self.bounce).returncode, 75, args)
        self.assertEqual(run("--nonsense", stdin=self.bounce).returncode, 64)

    def test_output(self):
        with open("/dev/full", "w") as full:
            self.assertEqual(subprocess.run([MAILWHY, "--pipe"], input=self.bounce, stdout=full, stderr=subprocess.DEVNULL).returncode, 75)
        for args in ["--pipe", "-V"], ["--pipe", "--help"]:
            with open("/dev/full", "w") as full:
                self.assertEqual(subprocess.run([MAILWHY, *args], stdout=full, stderr=subprocess.DEVNULL).returncode, 75)
            self.assertEqual(run(*args).returncode, 0)
        reader, writer = os.pipe()
        os.close(reader)
        self.assertEqual(subprocess.run([MAILWHY, "--pipe"], input=self.bounce, stdout=writer).returncode, 75)
        os.close(writer)
        for closed in (0,), (1,), (0, 1), (0, 1, 2):
            done = subprocess.run([MAILWHY, "--pipe"], stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
                                  stderr=subprocess.DEVNULL, preexec_fn=lambda: [os.close(n) for n in closed])
            self.assertEqual(done.returncode, 75)

    @unittest.skipIf("asan" in MAILWHY, "the sanitizer needs memory without limit")
    def test_memory(self):
        """From too little to start the program at all, which is for the shell to tell, to enough."""
        for megabytes in range(10, 160, 5):
            limit = megabytes << 20
            done = run("--pipe", stdin=self.bounce + b"x" * (20 << 20), preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_AS, (limit, limit)))
            self.assertIn(done.returncode, (127,) if b"error while loading shared libraries" in done.stderr else (0, 75), (megabytes, done.stderr))

    def test_modules(self):
        """A program that finds no modules, neither beside it nor where they are installed."""
        alone = self.path / "mailwhy"
        shutil.copy(MAILWHY, alone)
        shutil.copy(pathlib.Path(MAILWHY).parent / "libmailwhy.so.1", self.path)
        alone.chmod(0o755)
        plain = subprocess.run([alone], input=self.bounce, capture_output=True)
        piped = subprocess.run([alone, "--pipe"], input=self.bounce, capture_output=True)
        if plain.returncode == 0:
            self.skipTest("modules are installed, or linked in")
        self.assertEqual(piped.returncode, 75)

    def waiting(self, **more):
        """The guard and its child, which waits for the rest of its input."""
        process = subprocess.Popen([MAILWHY, "--pipe", "-o", self.path / "report"], stdin=subprocess.PIPE, stderr=subprocess.DEVNULL, **more)
        process.stdin.write(self.bounce[:100])
        process.stdin.flush()
        children = pathlib.Path(f"/proc/{process.pid}/task/{process.pid}/children")
        self.assertTrue(wait_until(lambda: children.read_text().split()))
        child = int(children.read_text().split()[0])

        def reads():
            return any(d.startswith(str(self.path)) for d in open_files(child))

        self.assertTrue(wait_until(reads))
        return process, child

    def test_killed(self):
        numbers = [*Signals.ENDING, signal.SIGKILL]
        for number in numbers:
            process, child = self.waiting()
            os.kill(child, number)
            self.assertEqual(process.wait(PATIENCE), 75, number)
            process.stdin.close()
            if number != signal.SIGKILL:
                process, _ = self.waiting()
                process.send_signal(number)
                self.assertEqual(process.wait(PATIENCE), 75, number)
                process.stdin.close()
        self.assertEqual(os.listdir(self.path), [])

    def test_the_child_ends_with_its_guard(self):
        """Also where SIGTERM is ignored, as in what Exim starts."""
        for action in signal.SIG_DFL, signal.SIG_IGN:
            process, child = self.waiting(preexec_fn=lambda: signal.signal(signal.SIGTERM, action))
            process.kill()
            process.wait(PATIENCE)
            gone = lambda: not os.path.exists(f"/proc/{child}") or "Z" in pathlib.Path(f"/proc/{child}/stat").read_text().split()[2]  # noqa: E731
            self.assertTrue(wait_until(gone))
            process.stdin.close()
            process, _ = self.waiting(preexec_fn=lambda: signal.signal(signal.SIGTERM, action))
            process.terminate()
            self.assertEqual(process.wait(PATIENCE), 75)
            process.stdin.close()
        self.assertEqual(os.listdir(self.path), [])

    def test_signals_that_are_ignored(self):
        process, _ = self.waiting(preexec_fn=lambda: signal.signal(signal.SIGHUP, signal.SIG_IGN))
        process.send_signal(signal.SIGHUP)
        process.stdin.close()
        self.assertEqual(process.wait(PATIENCE), 0)

    def test_ignored_children(self):
        self.check(0, stdin=self.bounce, preexec_fn=lambda: signal.signal(signal.SIGCHLD, signal.SIG_IGN))


if __name__ == "__main__":
    unittest.main()
