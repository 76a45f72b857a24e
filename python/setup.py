"""The wheel of mailwhy: its C part is made by mailwhy_build.py, of the header of the installed library."""
from setuptools import setup

setup(cffi_modules=["mailwhy_build.py:ffi"])
