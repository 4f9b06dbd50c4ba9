# SPDX-License-Identifier: Apache-2.0
"""What the end-to-end tests share: they call the built program as a user does and look at bytes, messages and exit
statuses. ENTENTE_PROGRAM and ENTENTE_SOURCE say where it is and where the repository is."""
import json
import os
import pathlib
import subprocess
import sys
import unittest

PROGRAM = os.environ['ENTENTE_PROGRAM']
SOURCE = pathlib.Path(os.environ['ENTENTE_SOURCE'])
AMERICAS = str(SOURCE / 'examples' / 'americas')
WORLD = str(SOURCE / 'examples' / 'world')
SENTENCE = 'Paraguay severed diplomatic relations with Venezuela on Thursday.\n'


class Ran:
    def __init__(self, process):
        self.status = process.returncode
        self.out = process.stdout
        self.message = process.stderr.decode('utf8', 'replace')

    def events(self):
        return [json.loads(line) for line in self.out.decode('utf8').splitlines()]


def entente(*arguments, stdin=b'', environment=None, timeout=600):
    """Runs the program to its end; nothing of it may hang."""
    if isinstance(stdin, str):
        stdin = stdin.encode('utf8')
    variables = dict(os.environ, ENTENTE_DATA=str(SOURCE), LC_ALL='C.UTF-8')
    variables.update(environment or {})
    return Ran(subprocess.run([PROGRAM, *map(str, arguments)], input=stdin, capture_output=True, env=variables,
                              timeout=timeout, check=False))


class TestCase(unittest.TestCase):
    maxDiff = 4000

    def expect(self, ran, status, message=''):
        """The status, and that the message on stderr holds this text. A crash is never right."""
        self.assertEqual(ran.status, status, ran.message[-2000:])
        self.assertIn(message, ran.message)


def main():
    unittest.main(argv=[sys.argv[0], *sys.argv[1:]], verbosity=1)
