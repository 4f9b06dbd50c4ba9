# SPDX-License-Identifier: Apache-2.0
"""The same events in every format, the same bytes for any number of threads, and layers that can be shown."""
import csv
import io

from program import AMERICAS, PROGRAM, SENTENCE, WORLD, TestCase, entente, main

assert PROGRAM


class Formats(TestCase):
    def test_same_bytes_for_any_number_of_threads(self):
        for form in ('ndjson', 'csv'):
            first = entente('code', '-q', '--to', form, '--threads', '1', AMERICAS, WORLD)
            self.expect(first, 0)
            for threads in ('2', '4', '13'):
                again = entente('code', '-q', '--to', form, '--threads', threads, AMERICAS, WORLD)
                self.expect(again, 0)
                self.assertTrue(again.out == first.out, threads + ' threads give other bytes than one')

    def test_same_bytes_again(self):
        self.assertEqual(entente('code', '-q', WORLD).out, entente('code', '-q', WORLD).out)

    def test_csv_and_tsv_hold_what_ndjson_holds(self):
        events = entente('code', '-q', WORLD).events()
        for form, separator in (('csv', ','), ('tsv', '\t')):
            text = entente('code', '-q', '--to', form, WORLD).out.decode('utf8')
            quoting = csv.QUOTE_MINIMAL if form == 'csv' else csv.QUOTE_NONE
            rows = list(csv.DictReader(io.StringIO(text), delimiter=separator, quoting=quoting))
            self.assertEqual([row['id'] for row in rows], [event['id'] for event in events])
            for row, event in zip(rows, events):
                self.assertEqual(row['event'], event['event'])
                self.assertEqual(row['mode'], event.get('mode', ''))
                self.assertEqual(row['cameo'], event.get('cameo', ''))
                self.assertEqual([row['span_begin'], row['span_end']], [str(number) for number in event['span']])

    def test_ids_differ(self):
        ids = [event['id'] for event in entente('code', '-q', AMERICAS, WORLD).events()]
        self.assertEqual(len(ids), len(set(ids)))

    def test_other_layouts(self):
        for form in ('table', 'polecat', 'icews', 'petrarch', 'gdelt'):
            ran = entente('code', '-q', '--to', form, WORLD)
            self.expect(ran, 0)
            self.assertGreater(ran.out.count(b'\n'), 30, form)

    def test_layers(self):
        for layer in ('tokens', 'conllu', 'mentions', 'events', 'notes'):
            ran = entente('code', '-q', '--show', layer, '-', stdin=SENTENCE)
            self.expect(ran, 0)
            if layer == 'conllu':
                rows = [line.split('\t') for line in ran.out.decode().splitlines() if line[:1].isdigit()]
                self.assertTrue(rows and all(len(row) == 10 for row in rows))
                self.assertEqual(sum(row[6] == '0' for row in rows if row[0].isdigit()), 1)

    def test_explain_says_why_and_why_not(self):
        why = entente('explain', '--date', '2019-01-11', SENTENCE.strip())
        self.expect(why, 0)
        for part in (b'tree', b'mentions', b'predicates', b'SANCTION', b'PRY GOV', b'VEN GOV'):
            self.assertIn(part, why.out)
        why_not = entente('explain', 'The committee painted Venezuela.')
        self.expect(why_not, 0)
        self.assertIn(b'painted', why_not.out)
        self.assertIn(b'none', why_not.out)

    def test_eval_events(self):
        gold = ('{"text": "Paraguay severed relations with Venezuela.", "events": [{"event": "SANCTION/discontinue", '
                '"actor": ["PRY GOV"], "recipient": ["VEN"]}]}\n')
        import tempfile
        with tempfile.NamedTemporaryFile('w', suffix='.ndjson') as file:
            file.write(gold)
            file.flush()
            ran = entente('eval', 'events', file.name)
        self.expect(ran, 0)
        self.assertIn(b'+roles     P 1.000 R 1.000 F1 1.000', ran.out)


if __name__ == '__main__':
    main()
