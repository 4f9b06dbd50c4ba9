# SPDX-License-Identifier: Apache-2.0
"""Runs the commands of README.md and docs/: every fenced block marked ```sh run. In it, lines after `$ ` are commands,
run by sh in the repository with the built program as `entente`; the lines below a command are what it prints, where
`...` stands for any text, within a line or for whole lines. A command without lines below it must only succeed;
`# exit N` at its end names another status. Links between the pages must lead somewhere."""
import os
import pathlib
import re
import subprocess
import tempfile

from program import PROGRAM, SOURCE, TestCase, main


def pages():
    return sorted([SOURCE / 'README.md', SOURCE / 'CONTRIBUTING.md', SOURCE / 'ARCHITECTURE.md',
                   *(SOURCE / 'docs').rglob('*.md'), *(SOURCE / 'examples').glob('*.md')])


def commands(page):
    """Line number, command, expected lines."""
    inside = False
    found = []
    for number, line in enumerate(page.read_text(encoding='utf8').splitlines(), 1):
        if line.startswith('```'):
            inside = line.strip() == '```sh run'
        elif inside and line.startswith('$ '):
            found.append((number, line[2:], []))
        elif inside and found:
            found[-1][2].append(line)
    return found


def as_pattern(lines):
    """A regular expression of the expected lines."""
    parts = []
    for line in lines:
        if line.strip() == '...':
            parts.append(r'(?:.*\n)*?')
        else:
            parts.append(r'.*?'.join(re.escape(piece) for piece in line.rstrip().split('...')) + r' *\n')
    return re.compile(''.join(parts))


class Docs(TestCase):
    def test_commands(self):
        with tempfile.TemporaryDirectory() as folder:
            bin_folder = pathlib.Path(folder) / 'bin'
            bin_folder.mkdir()
            (bin_folder / 'entente').symlink_to(PROGRAM)
            environment = dict(os.environ, PATH='%s:%s' % (bin_folder, os.environ['PATH']), ENTENTE_DATA=str(SOURCE),
                               TMPDIR=folder, LC_ALL='C.UTF-8', COLUMNS='120')
            count = 0
            for page in pages():
                for number, command, expected in commands(page):
                    count += 1
                    where = '%s:%d: %s' % (page.relative_to(SOURCE), number, command)
                    status = re.search(r'# exit (\d+)$', command)
                    with self.subTest(where):
                        ran = subprocess.run(['sh', '-c', command], cwd=SOURCE, env=environment, stdin=subprocess.DEVNULL,
                                             capture_output=True, text=True, timeout=600, check=False)
                        self.assertEqual(ran.returncode, int(status.group(1)) if status else 0, where + '\n' + ran.stderr)
                        while expected and not expected[-1].strip():
                            expected.pop()
                        if expected:
                            got = ran.stdout + ran.stderr
                            self.assertTrue(as_pattern(expected).fullmatch(got),
                                            where + '\nwanted:\n' + '\n'.join(expected) + '\ngot:\n' + got)
            self.assertGreater(count, 10)

    def test_scores_are_those_of_the_card(self):
        card = (SOURCE / 'models' / 'en' / 'MODEL.rec').read_text(encoding='utf8')
        readme = (SOURCE / 'README.md').read_text(encoding='utf8')
        for name, upos, uas, las in re.findall(r'^\| (\w+) test \| ([\d.]+) \| ([\d.]+) \| ([\d.]+) \|$', readme, re.M):
            self.assertRegex(card, r'test: en/test-%s\S* UPOS %s .*UAS %s LAS %s' % (name.lower(), upos, uas, las),
                             'the scores in README.md are not those of models/en/MODEL.rec')

    def test_links(self):
        for page in [*pages(), *(SOURCE / 'src').rglob('README.md'), *(SOURCE / 'data').rglob('README.md')]:
            text = re.sub(r'```.*?```', '', page.read_text(encoding='utf8'), flags=re.S)
            for link in re.findall(r'\]\(([^)\s]+)\)', text):
                if re.match(r'[a-z]+:|#', link):
                    continue
                target = page.parent / link.split('#')[0]
                self.assertTrue(target.exists(), '%s links to %s, which is not there' % (page.relative_to(SOURCE), link))


if __name__ == '__main__':
    main()
