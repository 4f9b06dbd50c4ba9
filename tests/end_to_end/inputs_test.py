# SPDX-License-Identifier: Apache-2.0
"""Hostile and odd inputs: nothing crashes, hangs or goes unsaid, and what can be read is read."""
import bz2
import gzip
import json
import lzma
import os
import pathlib
import tempfile

from program import SENTENCE, TestCase, entente, main

PLAIN = 'Iran attacked Israel on Monday.\n'


class Inputs(TestCase):
    def setUp(self):
        self.folder = tempfile.TemporaryDirectory()
        self.addCleanup(self.folder.cleanup)

    def file(self, name, content):
        path = pathlib.Path(self.folder.name) / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode('utf8'))
        return path

    def code(self, name, content, *more):
        return entente('code', '-q', *more, self.file(name, content))

    def expect_attack(self, ran):
        self.expect(ran, 0)
        events = ran.events()
        self.assertEqual([event['event'] for event in events], ['ASSAULT'], ran.message)
        self.assertEqual(events[0]['actor'][0]['code'], 'IRN')

    def test_encodings(self):
        for name, encoding in (('utf16', 'utf-16'), ('utf16le', 'utf-16-le'), ('bom', 'utf-8-sig'), ('utf8', 'utf-8')):
            self.expect_attack(self.code(name + '.txt', PLAIN.encode(encoding)))

    def test_line_ends(self):
        for end in ('\n', '\r\n', '\r', ''):
            self.expect_attack(self.code('ends.txt', 'Iran attacked Israel on Monday.' + end))

    def test_packed(self):
        self.expect_attack(self.code('a.txt.gz', gzip.compress(PLAIN.encode())))
        self.expect_attack(self.code('a.txt.xz', lzma.compress(PLAIN.encode())))

    def test_packed_and_broken(self):
        for name, pack in (('a.txt.gz', gzip.compress), ('a.txt.xz', lzma.compress)):
            whole = pack(os.urandom(4000).hex().encode())
            ran = self.code(name, whole[:len(whole) // 2])
            self.expect(ran, 1, name)

    def test_nul_bytes(self):
        ran = entente('code', self.file('nul.txt', b'Iran attacked\0 Israel on Monday.\0\n'))
        self.expect(ran, 0, 'note')
        self.assertEqual(len(ran.events()), 1)

    def test_invalid_utf8(self):
        ran = entente('code', self.file('bad.txt', b'Iran attacked Israel on Monday. \xff\xfe\xc3( \xf0\x80\n'))
        self.expect(ran, 0, 'note')
        self.assertEqual(len(ran.events()), 1)

    def test_binary(self):
        for content in (bytes(range(256)) * 300, b'\x7fELF' + os.urandom(20000), bz2.compress(PLAIN.encode() * 50)):
            self.expect(self.code('binary.txt', content), 1, 'binary.txt')

    def test_one_long_line(self):
        # 20 MB without a space, and a megabyte of one line of text.
        self.expect(self.code('letters.txt', b'x' * 20_000_000), 0)
        ran = self.code('line.txt', 'The weather was fine, and nobody spoke of it; the sea was calm. ' * 3_000)
        self.expect(ran, 0)
        self.assertEqual(ran.out, b'')

    def test_too_large(self):
        with open(pathlib.Path(self.folder.name) / 'large.txt', 'wb') as large:
            for _ in range(100):
                large.write(b'y' * 1_000_000)
        self.expect(entente('code', large.name), 1, 'larger than the limit')

    def test_a_sentence_without_end(self):
        ran = self.code('endless.txt', 'Iran attacked Israel and ' * 2_000)
        self.expect(ran, 0)
        self.assertGreater(len(ran.events()), 0)

    def test_nesting(self):
        self.expect(self.code('deep.html', '<html><body>' + '<div>' * 200_000 + '<p>' + PLAIN + '</p>'), 0)
        self.assertIn(self.code('deep.ndjson', '[' * 200_000 + ']' * 200_000 + '\n').status, (0, 1))
        self.assertIn(self.code('deep.txt', '(' * 100_000 + PLAIN).status, (0, 1))
        self.assertIn(self.code('deep.xml', '<rss>' + '<item>' * 100_000).status, (0, 1))
        self.assertIn(self.code('quotes.md', '> ' * 50_000 + PLAIN).status, (0, 1))

    def test_text_that_looks_like_something_else(self):
        for text in ('<script>alert(1)</script> Iran attacked Israel.', '{"text": broken', '%s%n%s%n', '../../etc/passwd',
                     "'; DROP TABLE events; --", '\u202eIran attacked Israel.\u202c', '\U0001f525' * 1000, '\n' * 100_000):
            self.assertIn(self.code('odd.txt', text + '\n').status, (0, 1), text[:40])

    def test_output_is_always_json(self):
        ran = self.code('json.txt', 'Iran attacked Israel\'s "base" \\ on Monday.\nIran\u2028 attacked "Israel\u0007".\n')
        self.expect(ran, 0)
        self.assertGreater(len(ran.events()), 0)

    def test_offsets_count_code_points(self):
        text = 'Señor — “Iran” 🔥 said so. Paraguay severed diplomatic relations with Venezuela.'
        ran = entente('code', '-q', '--from', 'ndjson', '-', stdin=json.dumps({'id': 'x', 'text': text}) + '\n')
        self.expect(ran, 0)
        event = [e for e in ran.events() if e['event'] == 'SANCTION'][0]
        begin, end = event['actor'][0]['span']
        self.assertEqual(text[begin:end], 'Paraguay')
        begin, end = event['span']
        self.assertEqual(text[begin:end], event['text'])

    def test_pairs(self):
        report = {'id': 'x', 'date': '2019-01-11', 'text': 'Paraguay met with Venezuela, and Peru praised Chile.',
                  'pairs': [{'id': 'p1', 'actor': [0, 8], 'recipient': [18, 27]},
                            {'id': 'p2', 'actor': [33, 37], 'recipient': [46, 51]}]}
        ran = entente('code', '-q', '--from', 'ndjson', '-', stdin=json.dumps(report) + '\n')
        self.expect(ran, 0)
        found = {event.get('pair'): event['event'] for event in ran.events()}
        self.assertEqual(found.get('p1'), 'CONSULT')
        self.assertEqual(found.get('p2'), 'SUPPORT')

    def test_wrong_pairs(self):
        for pair in ({'id': 'p', 'actor': [5, 2]}, {'id': 'p', 'actor': 'Iran'}, 7):
            report = {'id': 'x', 'text': SENTENCE, 'pairs': [pair]}
            ran = entente('code', '--from', 'ndjson', '-', stdin=json.dumps(report) + '\n')
            self.assertIn(ran.status, (0, 1), pair)
            self.assertNotEqual(ran.message, '', pair)


if __name__ == '__main__':
    main()
