#!/usr/bin/env python3
"""Where the configuration is read from, what counts more, and what is not read: a table, on the program itself. Each row lays files
into an empty folder, and says what `mailwhy config` then makes of `top`.

usage: places.py MAILWHY
"""
import json
import os
import pathlib
import subprocess
import sys
import tempfile

MAILWHY = os.path.abspath(sys.argv[1])
HOME, XDG, ETC = "home/.config/mailwhy/mailwhy.conf", "xdg/mailwhy/mailwhy.conf", "etc/mailwhy/mailwhy.conf"
OTHERS = "others than its owner may write it"
NAMED = {"MAILWHY_CONFIG": "{}/named"}
AT_HOME = {"HOME": "{}/home"}

# what it is; files with what they hold ("-> X": a link to X), and folders; what others may write too; the environment; options; then
# `top` (None: the default) and the file that it came from, or the words with which it is refused
ROWS = [
    ("nothing", {}, (), AT_HOME, (), None, ""),
    ("the user's", {HOME: "top: 2"}, (), AT_HOME, (), 2, HOME),
    ("the user's, in the place of .config", {XDG: "top: 2", HOME: "top: 3"}, (), {**AT_HOME, "XDG_CONFIG_HOME": "{}/xdg"}, (), 2, XDG),
    ("a relative place of .config leads nowhere", {XDG: "top: 2", HOME: "top: 3"}, (), {**AT_HOME, "XDG_CONFIG_HOME": "xdg"}, (), 3, HOME),
    ("the system's", {ETC: "top: 4"}, (), AT_HOME, (), 4, "/" + ETC),
    ("the user's counts more than the system's", {ETC: "top: 4", HOME: "top: 2"}, (), AT_HOME, (), 2, HOME),
    ("of what the user's does not say, the system's counts", {ETC: "top: 4", HOME: "color: never"}, (), AT_HOME, (), 4, "/" + ETC),
    ("options count most", {ETC: "top: 4", HOME: "top: 2"}, (), AT_HOME, ("--top", "9"), 9, None),
    ("--no-config leaves both unread", {ETC: "top: 4", HOME: "top: 2"}, (), AT_HOME, ("--no-config",), None, ""),
    ("--no-config leaves wrong ones unread", {ETC: "top: x", HOME: "tops: 2"}, (), AT_HOME, ("--no-config",), None, ""),
    ("the system's is wrong, the user's right", {ETC: "top: x", HOME: "top: 2"}, (), AT_HOME, (), None, "/" + ETC + ":1:6: `top` takes a number"),
    ("the user's is wrong, the system's right", {ETC: "top: 4", HOME: "top: x"}, (), AT_HOME, (), None, HOME + ":1:6: `top` takes a number"),
    ("a named folder is the only one", {"named/mailwhy.conf": "top: 5", HOME: "top: 2"}, (), {**AT_HOME, **NAMED}, (), 5, "named/mailwhy.conf"),
    ("a named folder without one", {"named/x": "", HOME: "top: 2"}, (), {**AT_HOME, **NAMED}, (), None, ""),
    ("an empty name: there is none", {ETC: "top: 4", HOME: "top: 2"}, (), {**AT_HOME, "MAILWHY_CONFIG": ""}, (), None, ""),
    ("a relative name is refused", {"named/mailwhy.conf": "top: 5"}, (), {**AT_HOME, "MAILWHY_CONFIG": "named"}, (), None, "MAILWHY_CONFIG: it names no folder from / on"),
    ("and so is the current folder", {"mailwhy.conf": "top: 5"}, (), {**AT_HOME, "MAILWHY_CONFIG": "."}, (), None, "MAILWHY_CONFIG: it names no folder from / on"),
    ("never from the current folder", {"mailwhy.conf": "top: 5", ".config/mailwhy/mailwhy.conf": "top: 6", "mailwhy/mailwhy.conf": "top: 7"}, (), AT_HOME, (), None, ""),
    ("a relative HOME leads nowhere, and is told", {HOME: "top: 2", ".config/mailwhy/mailwhy.conf": "top: 6"}, (), {"HOME": "home"}, (), None, "?HOME names no folder from / on"),
    ("nor does one of a dot", {".config/mailwhy/mailwhy.conf": "top: 6"}, (), {"HOME": "."}, (), None, "?HOME names no folder from / on"),
    ("nor an empty one", {".config/mailwhy/mailwhy.conf": "top: 6"}, (), {"HOME": ""}, (), None, "?HOME names no folder from / on"),
    ("no HOME is told, and the system's read", {ETC: "top: 4"}, (), {}, (), 4, "/" + ETC),
    ("others may write it", {HOME: "top: 2"}, (HOME,), AT_HOME, (), None, f"mailwhy.conf: not read: {OTHERS}"),
    ("others may write into its folder", {HOME: "top: 2"}, ("home/.config/mailwhy",), AT_HOME, (), None, f".config/mailwhy: not read: {OTHERS}"),
    ("others may write the system's", {ETC: "top: 4", HOME: "top: 2"}, (ETC,), AT_HOME, (), None, f"/{ETC}: not read: {OTHERS}"),
    ("a link", {HOME: "-> ../../kept.conf", "home/kept.conf": "top: 8"}, (), AT_HOME, (), 8, HOME),
    ("a link to what others may write", {HOME: "-> ../../kept.conf", "home/kept.conf": "top: 8"}, ("home/kept.conf",), AT_HOME, (), None, OTHERS),
    ("a link into a folder that others may write into", {HOME: "-> {}/shared/kept.conf", "shared/kept.conf": "top: 8"}, ("shared",), AT_HOME, (), None, f"its folder: {OTHERS}"),
    ("two links, the second of others", {HOME: "-> {}/a", "a": "-> {}/shared/b", "shared/b": "top: 8"}, ("shared",), AT_HOME, (), None, f"its folder: {OTHERS}"),
    ("a link to nothing is none", {HOME: "-> gone.conf"}, (), AT_HOME, (), None, ""),
    ("a link to itself", {HOME: "-> mailwhy.conf"}, (), AT_HOME, (), None, "Too many levels of symbolic links"),
    ("a link to a device", {HOME: "-> /dev/zero"}, (), AT_HOME, (), None, "it is no regular file"),
    ("a linked folder", {"home/.config/mailwhy": "-> {}/kept", "kept/mailwhy.conf": "top: 8"}, (), AT_HOME, (), 8, HOME),
    ("a linked folder that others may write into", {"home/.config/mailwhy": "-> {}/kept", "kept/mailwhy.conf": "top: 8"}, ("kept",), AT_HOME, (), None, OTHERS),
    ("rules.d: a link into a folder of others", {"named/rules.d/a.yaml": "-> {}/shared/a.yaml", "shared/a.yaml": "replies: []"}, ("shared",), NAMED, (), None, f"its folder: {OTHERS}"),
    ("rules.d: a link", {"named/rules.d/a.yaml": "-> {}/kept/a.yaml", "kept/a.yaml": "replies: []"}, (), NAMED, (), None, ""),
    ("rules: a link into a folder of others", {"named/mailwhy.conf": "rules: a.yaml", "named/a.yaml": "-> {}/shared/a.yaml", "shared/a.yaml": "replies: []"}, ("shared",), NAMED, (), None, f"1: `rules` names {{}}/named/a.yaml: its folder: {OTHERS}"),
    ("own: an address of a host is no domain", {HOME: "own: 192.0.2.1"}, (), AT_HOME, (), None, ":1:6: `own` takes a domain or a mail address"),
    ("own: nor is a dot", {HOME: "own: [example.org, .]"}, (), AT_HOME, (), None, ":1:20: `own` takes a domain or a mail address"),
    ("own: nor is a top-level domain", {HOME: "own: com"}, (), AT_HOME, (), None, ":1:6: `own` takes a domain or a mail address"),
    ("own: nor is a registry's", {HOME: "own: co.uk"}, (), AT_HOME, (), None, ":1:6: `own` takes a domain or a mail address"),
    ("own: nor is nothing", {HOME: "own: ~"}, (), AT_HOME, (), None, ":1:6: `own` takes a domain or a mail address"),
    ("trust: part of an address is no host", {HOME: "trust: 192.0.2"}, (), AT_HOME, (), None, ":1:8: `trust` takes a host, an address or a CIDR range"),
    ("trust: nor is half the world", {HOME: "trust: ['::/1']"}, (), AT_HOME, (), None, ":1:9: `trust` takes a host, an address or a CIDR range"),
    ("trust: nor is everybody", {HOME: "trust: [0.0.0.0/0]"}, (), AT_HOME, (), None, ":1:9: `trust` takes a host, an address or a CIDR range"),
    ("tz: no path is a zone", {HOME: "tz: /etc/passwd"}, (), AT_HOME, (), None, ":1:5: `tz` takes a zone such as"),
    ("tz: nor a way out of the zones", {HOME: "tz: Europe/../../../../etc/passwd"}, (), AT_HOME, (), None, ":1:5: `tz` takes a zone such as"),
]


def lay(root, files, writable):
    (root / "home").mkdir()
    (root / "etc").mkdir()
    for name, text in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        if text.startswith("-> "):
            path.symlink_to(text[3:].replace("{}", str(root)))
        else:
            path.write_text(text + "\n")
    for name in writable:
        (root / name).chmod(0o777)


def command(root, files, options):
    """With a folder of its own for /etc, where the row lays something there."""
    call = [MAILWHY, "config", "-f", "json", *options]
    if not any(name.startswith("etc/") for name in files):
        return call
    return ["unshare", "-rm", "sh", "-c", 'mount --bind "$1" /etc && shift && exec "$@"', "sh", str(root / "etc"), *call]


def check(row):
    what, files, writable, environment, options, top, says = row
    with tempfile.TemporaryDirectory() as name:
        root = pathlib.Path(name)
        lay(root, files, writable)
        env = {"PATH": os.environ["PATH"], **{k: v.replace("{}", name) for k, v in environment.items()}}
        done = subprocess.run(command(root, files, options), cwd=root, env=env, capture_output=True, text=True, timeout=60)
        says = (says or "").replace("{}", name)
        shown = f"{what}: status {done.returncode}\n{done.stderr}{done.stdout[-300:]}"
        if top is None and says and not says.startswith("?"):
            return None if done.returncode == 78 and says in done.stderr and not done.stdout else shown
        if done.returncode != 0 or "GLib" in done.stderr:
            return shown
        values = next(s["values"] for s in json.loads(done.stdout)["settings"] if s["name"] == "top")
        wanted = ("option", None) if row[6] is None else ("default", None) if top is None else ("configuration", says if says.startswith("/") else f"{name}/{says}")
        holds = [(v["from"], v.get("file")) for v in values] == [wanted] and (top is None or values[0]["value"] == str(top))
        is_told = "HOME names no folder" in done.stderr
        return None if holds and is_told == ("HOME" not in env and "MAILWHY_CONFIG" not in env or says.startswith("?")) else f"{shown}{values}"


def show_check():
    """A command that takes no configuration takes `rules.d`, and not from the current folder either."""
    with tempfile.TemporaryDirectory() as name:
        lay(pathlib.Path(name), {"named/rules.d/a.yaml": "replies: {"}, ())
        zone = os.path.abspath("samples/dns/two-domains.zone")
        done = subprocess.run([MAILWHY, "dns", "show", "--dns", zone], cwd=name, env={"MAILWHY_CONFIG": "named"}, capture_output=True, text=True)
    return None if done.returncode == 78 and "it names no folder from / on" in done.stderr else f"dns show: {done.returncode} {done.stderr}"


def main():
    has_etc = subprocess.run(["unshare", "-rm", "true"], capture_output=True).returncode == 0
    failures = left_out = 0
    for row in ROWS:
        if not has_etc and any(name.startswith("etc/") for name in row[1]):
            left_out += 1
            continue
        wrong = check(row)
        failures += wrong is not None
        if wrong:
            print(wrong)
    wrong = show_check()
    if wrong:
        failures += 1
        print(wrong)
    print(f"{len(ROWS)} rows, {failures} failures" + (f"; {left_out} left out: no folder can be mounted here" if left_out else ""))
    sys.exit(failures > 0)


main()
