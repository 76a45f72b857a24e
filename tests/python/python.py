#!/usr/bin/env python3
"""The Python package: a wheel is built of the tree against the library as it is installed, into an environment of its
own, and runs its tests there. usage: python.py MAILWHY BUILD_DIR"""
import os
import pathlib
import subprocess
import sys
import tempfile

BUILD = sys.argv[2]
NEEDED = ["cffi", "setuptools", "wheel", "ensurepip", "venv"]


def run(*args, **more):
    done = subprocess.run([str(a) for a in args], capture_output=True, text=True, **more)
    if done.returncode:
        sys.exit(f"{' '.join(map(str, args))}: {done.returncode}\n{done.stdout}{done.stderr}")
    return done


def main():
    missing = [n for n in NEEDED if subprocess.run([sys.executable, "-c", f"import {n}"], capture_output=True).returncode]
    if missing or not pathlib.Path("python").is_dir():
        print(f"skipped: the Python package (this Python has no {', '.join(missing)})")
        return 77
    with tempfile.TemporaryDirectory() as name:
        root = pathlib.Path(name)
        run("cmake", "--install", BUILD, "--prefix", root / "prefix")
        environment = dict(os.environ, PKG_CONFIG_PATH=str(next(root.rglob("mailwhy.pc")).parent), PIP_NO_INDEX="1",
                           PIP_DISABLE_PIP_VERSION_CHECK="1")
        run(sys.executable, "-m", "venv", "--system-site-packages", root / "venv")
        run("cp", "-r", "python", root / "source")
        pip = (root / "venv/bin/python", "-m", "pip")
        run(*pip, "wheel", "--no-deps", "--no-build-isolation", "-w", root, root / "source", env=environment)
        run(*pip, "install", "--no-deps", next(root.glob("*.whl")), env=environment)
        tested = subprocess.run([root / "venv/bin/python", "python/tests/test_mailwhy.py"], env=environment)
        return tested.returncode


if __name__ == "__main__":
    sys.exit(main())
