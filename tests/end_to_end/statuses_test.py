# SPDX-License-Identifier: Apache-2.0
"""Exit statuses: 0 all well, 1 some inputs could not be read (the rest were), 2 wrong usage, 3 data or models broken.
Data go to stdout, everything else to stderr."""
import os
import pathlib
import shutil
import subprocess
import tempfile

from program import AMERICAS, PROGRAM, SENTENCE, SOURCE, WORLD, TestCase, entente, main


def copy_of_data(folder):
    """The data and models under another root: big folders and models as links, the patterns as files to break."""
    root = pathlib.Path(folder) / 'root'
    (root / 'data' / 'languages' / 'en').mkdir(parents=True)
    (root / 'models' / 'en').mkdir(parents=True)
    for entry in (SOURCE / 'data').iterdir():
        if entry.name != 'languages':
            (root / 'data' / entry.name).symlink_to(entry)
    for entry in (SOURCE / 'data' / 'languages').iterdir():
        if entry.name != 'en':
            (root / 'data' / 'languages' / entry.name).symlink_to(entry)
    for entry in (SOURCE / 'data' / 'languages' / 'en').iterdir():
        target = root / 'data' / 'languages' / 'en' / entry.name
        if entry.name == 'patterns':
            shutil.copytree(entry, target)
        else:
            target.symlink_to(entry)
    for entry in (SOURCE / 'models' / 'en').iterdir():
        shutil.copy(entry, root / 'models' / 'en' / entry.name)
    return root


class AllWell(TestCase):
    def test_a_report_from_stdin(self):
        ran = entente('code', '-q', '--date', '2019-01-11', '-', stdin=SENTENCE)
        self.expect(ran, 0)
        events = ran.events()
        self.assertEqual(len(events), 1)
        event = events[0]
        self.assertEqual(event['event'], 'SANCTION')
        self.assertEqual(event['actor'][0]['code'], 'PRY')
        self.assertEqual(event['recipient'][0]['code'], 'VEN')
        self.assertEqual(event['date'], '2019-01-10')

    def test_stdin_without_a_name(self):
        self.expect(entente('code', '-q', stdin=SENTENCE), 0)

    def test_no_event_is_no_mistake(self):
        ran = entente('code', '-q', '-', stdin='The weather was fine on Sunday.\n')
        self.expect(ran, 0)
        self.assertEqual(ran.out, b'')

    def test_help_and_version(self):
        for arguments in (['--help'], ['code', '--help'], ['explain', '--help'], ['eval', '--help'], ['lint', '--help'],
                          ['train', '--help']):
            ran = entente(*arguments)
            self.expect(ran, 0)
            self.assertIn(b'entente', ran.out)
            self.assertEqual(ran.message, '')
        self.assertRegex(entente('--version').out.decode(), r'^entente \d+\.\d+\.\d+\n$')

    def test_events_on_stdout_messages_on_stderr(self):
        ran = entente('code', '--stats', WORLD)
        self.expect(ran, 0, 'words/s')
        self.assertNotIn(b'words/s', ran.out)
        self.assertGreater(len(ran.events()), 30)

    def test_where_the_data_are(self):
        self.expect(entente('code', '-q', '--data', SOURCE, '-', stdin=SENTENCE, environment={'ENTENTE_DATA': ''}), 0)
        # Without any hint the program looks above its own folder.
        self.expect(entente('code', '-q', '-', stdin=SENTENCE, environment={'ENTENTE_DATA': ''}), 0)

    def test_lint_without_examples(self):
        self.expect(entente('lint', '--no-examples'), 0, 'no mistakes')


class SomeInputsUnreadable(TestCase):
    def test_missing_file_and_the_rest_goes_on(self):
        ran = entente('code', '-q', 'no-such-report.txt', WORLD)
        self.expect(ran, 1, 'no-such-report.txt: No such file or directory')
        self.assertGreater(len(ran.events()), 30)

    def test_empty_file(self):
        with tempfile.TemporaryDirectory() as folder:
            path = pathlib.Path(folder) / 'empty.txt'
            path.write_bytes(b'')
            self.expect(entente('code', path), 1, 'it is empty')

    def test_a_broken_line_of_json(self):
        lines = '{"id":"a","text":"Iran attacked Israel."}\nnot json\n{"id":"c","text":"Paraguay met with Venezuela."}\n'
        ran = entente('code', '--from', 'ndjson', '-', stdin=lines)
        self.expect(ran, 1, ':2: not JSON')
        self.assertEqual([event['report'] for event in ran.events()], ['a', 'c'])

    def test_no_permission(self):
        if os.geteuid() == 0 and shutil.which('setpriv') is None:
            self.skipTest('root may read everything, and there is no setpriv to be someone else')
        with tempfile.TemporaryDirectory() as folder:
            os.chmod(folder, 0o755)
            path = pathlib.Path(folder) / 'closed.txt'
            path.write_text(SENTENCE)
            path.chmod(0)
            command = [PROGRAM, 'code', str(path)]
            # Root without its power to read everything.
            if os.geteuid() == 0:
                drop = '-dac_override,-dac_read_search'
                command = ['setpriv', '--bounding-set', drop, '--inh-caps', drop, *command]
            ran = subprocess.run(command, capture_output=True, env=dict(os.environ, ENTENTE_DATA=str(SOURCE)), check=False)
            self.assertEqual(ran.returncode, 1, ran.stderr)
            self.assertIn(b'closed.txt: Permission denied', ran.stderr)


class WrongUsage(TestCase):
    def test_wrong_words(self):
        for arguments in ([], ['nonsense'], ['code', '--to', 'nonsense', WORLD], ['code', '--from', 'nonsense', WORLD],
                          ['code', '--date', '2019-02-30', WORLD], ['code', '--date-order', 'dym', WORLD],
                          ['code', '--threads', '0', WORLD], ['code', '--lang', 'xx', WORLD],
                          ['code', '--show', 'nonsense', WORLD], ['code', '--nonsense'], ['explain'], ['eval', 'syntax'],
                          ['eval', 'nonsense', 'x'], ['train']):
            ran = entente(*arguments)
            self.assertEqual(ran.status, 2, arguments)
            self.assertEqual(ran.out, b'', arguments)
            self.assertNotEqual(ran.message, '', arguments)

    def test_known_formats_are_named(self):
        self.expect(entente('code', '--to', 'nonsense', WORLD), 2, 'ndjson')


class BrokenDataOrModels(TestCase):
    def test_no_data(self):
        self.expect(entente('code', '--data', 'nowhere', WORLD), 3, 'nowhere')

    def test_missing_gold_and_recipe(self):
        for arguments in (['eval', 'syntax', 'nowhere.conllu'], ['eval', 'events', 'nowhere.ndjson'], ['train', 'nowhere.rec']):
            self.expect(entente(*arguments), 3, 'nowhere')

    def test_every_mistake_of_a_pattern_file_is_told_with_its_line(self):
        with tempfile.TemporaryDirectory() as folder:
            root = copy_of_data(folder)
            path = root / 'data' / 'languages' / 'en' / 'patterns' / 'sanction.rec'
            before = path.read_text(encoding='utf8').rstrip('\n') + '\n'
            line = before.count('\n')
            path.write_text(before + '\nid: broken-one\nverb: sever\nevent: SANCTOIN/withdraw\n'
                            'example: Peru severed ties.\nexpect: Peru | SANCTION | -\n'
                            '\nid: broken-two\nverb: sever\nnonsense: yes\nevent: SANCTION\n'
                            'example: Peru severed ties.\nexpect: Peru | SANCTION | -\n', encoding='utf8')
            for arguments in (['lint', '--no-examples'], ['code', '-']):
                ran = entente(*arguments, '--data', root, stdin=SENTENCE)
                self.assertEqual(ran.status, 3)
                told = ran.out.decode() + ran.message
                self.assertIn('sanction.rec:%d:' % (line + 4), told)
                self.assertIn('SANCTOIN', told)
                self.assertIn('sanction.rec:%d:' % (line + 10), told)
                self.assertIn('nonsense', told)

    def test_broken_models(self):
        with tempfile.TemporaryDirectory() as folder:
            root = copy_of_data(folder)
            for name in ('tagger.model', 'parser.model'):
                path = root / 'models' / 'en' / name
                whole = path.read_bytes()
                flipped = bytearray(whole)
                flipped[len(whole) // 2] ^= 0x40
                for broken in (b'', b'ENTENTEM', b'nonsense' * 100, whole[:len(whole) // 2], whole + b'more', bytes(flipped)):
                    path.write_bytes(broken)
                    ran = entente('code', '--data', root, '-', stdin=SENTENCE)
                    self.expect(ran, 3, name)
                    self.assertEqual(ran.out, b'')
                path.unlink()
                self.expect(entente('code', '--data', root, '-', stdin=SENTENCE), 3, name)
                path.write_bytes(whole)
            self.expect(entente('code', '--data', root, '-', stdin=SENTENCE), 0)


class Output(TestCase):
    def test_closed_pipe(self):
        """`entente code ... | head -1` ends soon and without a signal."""
        writer = subprocess.Popen([PROGRAM, 'code', '-q', AMERICAS], stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                                  env=dict(os.environ, ENTENTE_DATA=str(SOURCE)))
        with writer:
            writer.stdout.read(1)
            writer.stdout.close()
            message = writer.stderr.read().decode()
            self.assertIn(writer.wait(timeout=600), (0, 1), message)

    def test_full_disk(self):
        if not os.path.exists('/dev/full'):
            self.skipTest('no /dev/full here')
        with open('/dev/full', 'wb') as full:
            ran = subprocess.run([PROGRAM, 'code', '-q', WORLD], stdout=full, stderr=subprocess.PIPE,
                                 env=dict(os.environ, ENTENTE_DATA=str(SOURCE)), check=False)
        self.assertEqual(ran.returncode, 1)
        self.assertIn(b'No space left on device', ran.stderr)


if __name__ == '__main__':
    main()
