#!/usr/bin/env python3
"""The Debian packages, on systems with nothing on them: built, checked by lintian, installed, used, upgraded, removed.

usage: debian.py [SUITE...]     bookworm trixie, if none is named; jammy and noble are Ubuntu's

For each suite a folder is made by debootstrap, once, and kept in $MAILWHY_DEBIAN (default: build-debian); copies of it are
worked in. Needs root, debootstrap, an archive ($MAILWHY_MIRROR) and the keys of that; takes some minutes, so that it is no
part of the suite: tests/run long. Where one of these is missing it says so, and ends with status 77.
"""
import contextlib
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

sys.path.insert(0, "tests")
import claims  # noqa: E402

SUITES = sys.argv[1:] or ["bookworm", "trixie"]
UBUNTU = ("jammy", "noble")
MIRROR = os.environ.get("MAILWHY_MIRROR")  # else debootstrap knows one
KEPT = pathlib.Path(os.environ.get("MAILWHY_DEBIAN", "build-debian")).absolute()
QUIET = "DEBIAN_FRONTEND=noninteractive"
APT = f"{QUIET} apt-get install -y -qq --no-install-recommends -o Dpkg::Options::=--force-confold -o Dpkg::Options::=--force-unsafe-io"
STANDARDS = "out-of-date-standards-version,newer-standards-version"  # one tree is for suites of different years
OWN_RULE = """replies:
- id: moon
  cause: receiver.storage-full
  text: 'the moon is full'
  examples:
    - '550 5.0.0 the moon is full tonight'
"""


class NoArchive(Exception):
    """A system cannot be had; the text says why."""


def run(*args, **more):
    return subprocess.run([str(a) for a in args], capture_output=True, text=True, **more)


def skip(why):
    print(f"skipped: the Debian packages ({why})")
    return 77


class System:
    """A folder with a system in it."""

    def __init__(self, folder):
        self.folder = folder

    def sh(self, command):
        """Run there, as root; status and what it said."""
        done = run("chroot", self.folder, "/usr/bin/env", "-i", "PATH=/usr/sbin:/usr/bin:/sbin:/bin", "HOME=/root", "LC_ALL=C.UTF-8",
                   "sh", "-c", command)
        return done.returncode, done.stdout + done.stderr

    def must(self, command):
        status, said = self.sh(command)
        if status:
            raise SystemExit(f"{self.folder}: {command}: {status}\n{said[-4000:]}")
        return said


@contextlib.contextmanager
def system_of(suite, name):
    """A copy of the suite's system, with /proc, for as long as it is used."""
    base = KEPT / suite
    if not (base / "ready").exists():
        KEPT.mkdir(parents=True, exist_ok=True)
        shutil.rmtree(base, ignore_errors=True)
        components = ["--components=main,universe"] if suite in UBUNTU else []
        made = run("debootstrap", "--variant=minbase", *components, suite, base, *([MIRROR] if MIRROR else []))
        if made.returncode:
            raise NoArchive(f"{suite}: {(made.stdout + made.stderr).strip().splitlines()[-1]}")
        run("umount", base / "proc")  # debootstrap may leave it there
        (base / "ready").touch()
    with tempfile.TemporaryDirectory(prefix=f"{suite}-{name}-", dir=KEPT) as folder:
        run("cp", "-ax", f"{base}/.", folder, check=True)
        shutil.copy("/etc/resolv.conf", f"{folder}/etc/resolv.conf")
        run("mount", "-t", "proc", "proc", f"{folder}/proc")
        try:
            yield System(pathlib.Path(folder))
        finally:
            run("umount", f"{folder}/proc")


def build(suite, packages):
    """Build as Debian does, and look at it with lintian; the packages are kept in a folder."""
    with system_of(suite, "build") as system:
        source = system.folder / "build/mailwhy"
        source.mkdir(parents=True)
        tree = subprocess.run(["git", "archive", "HEAD"], capture_output=True, check=True).stdout
        subprocess.run(["tar", "-x", "-C", source], input=tree, check=True)
        system.must(f"apt-get update -qq && {APT} build-essential lintian && cd /build/mailwhy && {QUIET} apt-get build-dep -y -qq --no-install-recommends ./")
        status, said = system.sh("cd /build/mailwhy && DEB_BUILD_OPTIONS=parallel=2 dpkg-buildpackage -us -uc 2>&1")
        yield f"{suite}: the packages are built", status == 0, said[-4000:]
        if status:
            return
        tags = STANDARDS + (",bad-distribution-in-changes-file" if suite in UBUNTU else "")  # the changelog's is Debian's
        status, said = system.sh(f"cd /build && useradd -m looker && su looker -c 'lintian --fail-on error,warning,info -I --suppress-tags {tags} mailwhy_*.changes'")
        yield f"{suite}: lintian finds nothing", status == 0, said
        print(f"{suite}: lintian: {said.strip() or 'clean'}")
        for package in (system.folder / "build").glob("*.deb"):
            shutil.copy(package, packages)


def install(system, packages):
    (system.folder / "packages").mkdir()
    for package in packages.glob("*.deb"):
        if "dbgsym" not in package.name:
            shutil.copy(package, system.folder / "packages")
    system.must(f"apt-get update -qq && {APT} /packages/*.deb gcc libc6-dev pkg-config man-db python3-cffi python3-dev python3-setuptools "
                "python3-venv python3-wheel")
    for folder in ("samples", "python", "rules"):
        shutil.copytree(folder, system.folder / "tree" / folder)


def use(suite, system):
    """The program, its modules, the library, the pages."""
    status, said = system.sh("mailwhy /tree/samples/bounces/spamhaus.eml")
    yield f"{suite}: a bounce is explained", status == 0 and "blocklist.spamhaus" in said, said
    status, said = system.sh("mailwhy --dns /tree/samples/dns/two-domains.zone -f ndjson /tree/samples/bounces/gmail-two-domains.eml")
    yield f"{suite}: a reply is verified", status == 0 and '"checks":' in said, said
    status, said = system.sh("mailwhy log /tree/samples/logs/postfix.log && mailwhy rules check")
    yield f"{suite}: a log is summed up, the rules are right", status == 0, said
    status, said = system.sh("mailwhy config")
    yield f"{suite}: its configuration is read", status == 0 and "/etc/mailwhy/mailwhy.conf" in said, said
    status, said = system.sh("cc -Wall -Werror /usr/share/doc/libmailwhy-dev/examples/why.c $(pkg-config --cflags --libs mailwhy) -pthread -o /why && /why /tree/samples/bounces/spamhaus.eml")
    yield f"{suite}: the example is built with the library, and runs", status == 0 and "blocklist.spamhaus" in said, said
    status, said = system.sh("cd /tmp && python3 -m venv --system-site-packages venv && cp -r /tree/python source && "
                             "venv/bin/pip -q wheel --no-index --no-deps --no-build-isolation ./source && "
                             "venv/bin/pip -q install --no-index --no-deps mailwhy-*.whl && venv/bin/python /tree/python/tests/test_mailwhy.py")
    yield f"{suite}: the wheel is built, and its tests hold", status == 0, said
    (system.folder / "etc/mailwhy/rules.d/own.yaml").write_text(OWN_RULE)
    status, said = system.sh("mailwhy reply '550 5.0.0 the moon is full'")
    yield f"{suite}: a rule of the administrator counts", "receiver.storage-full" in said, said


def upgrade(suite, system):
    """A next version, with another file of configuration: what the administrator wrote stays."""
    (system.folder / "etc/mailwhy/mailwhy.conf").write_text("trust: mx.example.com\n")
    script = """set -e
for deb in /packages/*.deb; do
    rm -rf /next && dpkg-deb -R $deb /next
    sed -i 's/^Version: .*/&+next/; s/(= \\([^)]*\\))/(= \\1+next)/' /next/DEBIAN/control
    [ ! -f /next/etc/mailwhy/mailwhy.conf ] || echo '# next' | tee -a /next/etc/mailwhy/mailwhy.conf >> /next/etc/mailwhy/rules.d/local.yaml
    dpkg-deb -b /next $deb >/dev/null
done"""
    system.must(script)
    status, said = system.sh(f"{APT} /packages/*.deb")
    yield f"{suite}: the next version is installed over it", status == 0, said
    status, said = system.sh("dpkg-query -W -f '${Version} ' mailwhy libmailwhy1 libmailwhy-dev; cat /etc/mailwhy/mailwhy.conf")
    yield f"{suite}: all of it", said.count("+next") == 3, said
    yield f"{suite}: what the administrator wrote stays", "trust: mx.example.com" in said, said
    status, said = system.sh("tail -n 1 /etc/mailwhy/rules.d/local.yaml; mailwhy config")
    yield f"{suite}: what nobody touched is new", said.startswith("# next"), said
    yield f"{suite}: and counts", status == 0 and "mx.example.com" in said, said


def remove(suite, system):
    status, said = system.sh(f"{QUIET} apt-get remove -y -qq mailwhy libmailwhy1 libmailwhy-dev")
    yield f"{suite}: it is removed", status == 0, said
    status, said = system.sh("ls /usr/bin/mailwhy /usr/lib/*/libmailwhy* /usr/lib/*/mailwhy* /usr/include/mailwhy.h /usr/share/mailwhy 2>&1 | grep -v 'No such'")
    yield f"{suite}: nothing of it is left", said == "", said
    yield f"{suite}: but the configuration", (system.folder / "etc/mailwhy/mailwhy.conf").exists(), ""
    system.must("rm /etc/mailwhy/rules.d/own.yaml")
    status, said = system.sh(f"{QUIET} apt-get purge -y -qq mailwhy; ls -d /etc/mailwhy 2>&1")
    yield f"{suite}: which goes when it is purged", "No such" in said, said


def life(suite):
    def steps(packages):
        packages = packages / suite
        packages.mkdir()
        yield from build(suite, packages)
        if not list(packages.glob("mailwhy_*.deb")):
            return
        with system_of(suite, "use") as system:
            install(system, packages)
            for step in (use, upgrade, remove):
                yield from step(suite, system)
    return steps


def main():
    if os.geteuid() != 0:
        return skip("it takes root to make systems in folders")
    if not shutil.which("debootstrap"):
        return skip("debootstrap is not installed")
    try:
        with tempfile.TemporaryDirectory() as name:
            return claims.check([life(s) for s in SUITES], pathlib.Path(name), "steps in the life of the packages")
    except NoArchive as error:
        return skip(f"no archive: {error}")


if __name__ == "__main__":
    sys.exit(main())
