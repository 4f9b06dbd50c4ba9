# SPDX-License-Identifier: Apache-2.0
"""The ledger from the command line: reports in, kept once; killed and gone on; asked; what cannot be is said."""
import csv
import io
import json
import os
import pathlib
import random
import signal
import subprocess
import tempfile
import time

from program import PROGRAM, SOURCE, TestCase, entente, main

os.environ['ENTENTE_DATA'] = str(SOURCE)
ACTS = [
    ('Paraguay severed diplomatic relations with Venezuela on Thursday.', 'PRY', 'VEN'),
    ('Colombia announced its withdrawal from Unasur.', 'COL', 'UNASUR'),
    ('The United States imposed sanctions on Venezuela.', 'USA', 'VEN'),
    ('Russia and China held talks in Moscow.', 'RUS', 'CHN'),
    ('Peru recalled its ambassador from Caracas.', 'PER', 'VEN'),
    ('Argentina condemned the arrest of opposition leaders by Venezuela.', 'ARG', 'VEN'),
]


def run(*words, status=0):
    ran = entente(*words)
    assert ran.status == status, f'{words}: exit status {ran.status}, expected {status}\n{ran.out[-2000:]}\n{ran.message}'
    return ran


def rows(*words):
    return run(*words).events()


def everything(store):
    """All that the store answers, as bytes."""
    out = run('events', '--store', store, '--why', '--to', 'ndjson').out
    for code in ('VEN', 'USA', 'UNASUR'):
        out += run('ledger', '--store', store, '--actor', code, '--why', '--to', 'ndjson').out
    return out


def make_reports(folder, count):
    path = folder / 'news.ndjson'
    generator = random.Random(1)
    with path.open('w') as file:
        for number in range(count):
            sentences = [generator.choice(ACTS)[0] for _ in range(3)]
            file.write(json.dumps({'id': f'n{number}', 'date': f'2019-01-{10 + number % 15}', 'source': f'paper {number % 4}',
                                   'title': f'Report {number}', 'text': ' '.join(sentences) + f' This is report {number}.'}) + '\n')
    return path


class Ledger(TestCase):
    @classmethod
    def setUpClass(cls):
        cls.temporary = tempfile.TemporaryDirectory()
        cls.folder = pathlib.Path(cls.temporary.name)
        cls.store = cls.folder / 'one.db'
        cls.news = make_reports(cls.folder, 300)
        run('ingest', cls.news, '--store', cls.store, '-q')
        cls.first = everything(cls.store)
        cls.shuffled = cls.folder / 'shuffled.ndjson'
        lines = cls.news.read_text().splitlines()
        random.Random(2).shuffle(lines)
        cls.shuffled.write_text('\n'.join(lines) + '\n')

    @classmethod
    def tearDownClass(cls):
        cls.temporary.cleanup()

    def test_states_of_one_report(self):
        # What is sworn, denied, suspended, demanded and promised, each with its sentence.
        report = self.folder / 'states.txt'
        report.write_text('Leaders at odds\n\n2019-01-12\n\nNicolas Maduro was sworn in Thursday. Argentina declared that Maduro was a '
                          'usurper. On 20 April 2018 Brazil suspended its participation in Unasur. Peru demanded that Ecuador withdraw '
                          'from Unasur. Bolivia threatened to leave Mercosur. Uruguay called for a summit of presidents to debate '
                          'migration.\n')
        store = self.folder / 'states.db'
        run('ingest', report, '--store', store, '-q', '--date-order', 'ymd')
        told = [row for kind in ('office', 'recognition', 'membership', 'meeting')
                for row in rows('ledger', '--store', store, '--kind', kind, '--as-of', '2019-01-12', '--why', '--to', 'ndjson')
                if row['events'] or row.get('pressure')]
        found = {(row['kind'], row['state']): row for row in told if row['events']}
        sworn = found['office', 'sworn in']
        assert (sworn['holder'], sworn['of'], sworn['role'], sworn['since']) == ('Nicolás Maduro', 'VEN', 'head of state', '2019-01-10')
        assert 'sworn in Thursday' in sworn['why'][0]['sentence']
        denied = found['recognition', 'denied']
        assert (denied['by'], denied['of'], denied['holder']) == ('ARG', 'VEN', 'Nicolás Maduro')
        suspended = found['membership', 'participation suspended']
        assert (suspended['member'], suspended['since']) == ('BRA', '2018-04-20')
        pressed = {(row['member'], row['of'], one['force'], one['state'])
                   for row in told if row['kind'] == 'membership' for one in row.get('pressure', [])}
        assert ('ECU', 'UNASUR', 'demand', 'withdrawn') in pressed, pressed
        assert ('BOL', 'MERCOSUR', 'threat', 'withdrawn') in pressed, pressed
        # No event of the codebook: the ledger shows it by its id alone.
        assert all(event['event'] for event in rows('events', '--store', store, '--to', 'ndjson'))
        assert rows('events', '--store', store, '--id', sworn['events'][0], '--to', 'ndjson')[0]['state'] == 'office=sworn in'

    def test_order_and_repetition(self):
        # The same reports again, in another order, on another number of threads: nothing changes.
        done = run('ingest', self.shuffled, '--store', self.store, '--threads', 1)
        assert '0 reports kept, 300 known before' in done.message, done.message
        assert everything(self.store) == self.first
        other = self.folder / 'two.db'
        run('ingest', self.shuffled, '--store', other, '-q')
        assert everything(other) == self.first, 'the ledger depends on the order of the reports'
        run('ledger', 'rebuild', '--store', other, '-q')
        assert everything(other) == self.first, 'a rebuild changes the ledger'

    def test_same_content_under_two_names(self):
        text = '# Ties cut\n\n2019-01-11\n\nParaguay severed diplomatic relations with Venezuela on Thursday. Peru recalled its ambassador from Caracas.\n'
        other = '# Talks\n\n2019-01-12\n\nRussia and China held talks in Moscow.\n'
        files = []
        for name, content in (('b', text), ('a', text), ('c', text), ('other', other)):
            files.append(self.folder / f'{name}.md')
            files[-1].write_text(content)
        coded = [rows('code', file, '--to', 'ndjson') for file in files[:3]]
        assert coded[0] and all([e['id'] for e in events] == [e['id'] for e in coded[0]] for events in coded), coded
        answers = set()
        for number, order in enumerate([(0, 1, 2, 3), (3, 2, 1, 0), (1, 3, 0, 2)]):
            store = self.folder / f'names{number}.db'
            for at in order:
                run('ingest', files[at], '--store', store, '-q')
            answers.add(everything(store) + run('sql', '--store', store, '-c', 'SELECT r.id, r.name, r.path, c.record FROM reports r '
                                                'JOIN records c ON c.mention / 1048576 = r.number ORDER BY r.id, c.mention').out)
        assert len(answers) == 1, answers

    def test_killed(self):
        # Killed at some moment, and gone on.
        killed = self.folder / 'killed.db'
        generator = random.Random(3)
        for _ in range(4):
            process = subprocess.Popen([PROGRAM, 'ingest', str(self.news), '--store', str(killed), '-q'], stderr=subprocess.DEVNULL)
            time.sleep(generator.uniform(0.05, 0.6))
            process.send_signal(signal.SIGKILL)
            process.wait()
        run('ingest', self.news, '--store', killed, '-q')
        assert everything(killed) == self.first, 'a killed run leaves another ledger'

    def test_two_at_once(self):
        # Two at once into one file.
        both = self.folder / 'both.db'
        processes = [subprocess.Popen([PROGRAM, 'ingest', str(path), '--store', str(both), '-q']) for path in (self.news, self.shuffled)]
        assert [process.wait() for process in processes] == [0, 0]
        assert everything(both) == self.first, 'two ingests at once leave another ledger'

    def test_unreadable(self):
        # An input that cannot be read is told, recorded, and does not stop the rest.
        mixed = self.folder / 'mixed.ndjson'
        mixed.write_text('{"id": "good", "date": "2019-01-11", "text": "Peru recalled its ambassador from Caracas."}\n{"id": broken\n')
        done = run('ingest', mixed, '--store', self.folder / 'mixed.db', status=1)
        assert '1 reports kept' in done.message and '1 could not be read' in done.message, done.message
        failures = rows('sql', '--store', self.folder / 'mixed.db', '-c', 'SELECT place, reason FROM failures', '--to', 'ndjson')
        assert len(failures) == 1 and failures[0]['reason'], failures

    def test_questions(self):
        # Questions.
        row = [r for r in rows('ledger', '--store', self.store, '--kind', 'relations', '--actor', 'PRY', '--why', '--to', 'ndjson') if 'VEN' in r['between']][0]
        assert row['state'] == 'severed' and row['origin'] == 'reports' and row['between'] == ['PRY', 'VEN'] and row['why'][0]['sentence'], row
        event = rows('events', '--store', self.store, '--id', row['events'][0], '--to', 'ndjson')[0]
        assert event['id'] == row['events'][0] and event['ledger']['reports'] > 1, event
        early = rows('ledger', '--store', self.store, '--kind', 'relations', '--actor', 'PRY', '--known-at', '2019-01-01', '--to', 'ndjson')
        assert all(r['origin'] == 'facts' for r in early), early
        table = list(csv.DictReader(io.StringIO(run('events', '--store', self.store, '--actor', 'USA', '--to', 'csv').out.decode())))
        assert table and all('USA' in r['actor'] for r in table), table

    def test_what_was_learnt(self):
        # The answer of a day, with what was learnt since, is the answer of now.
        def by_id(*words):
            return {row['id']: row for row in rows('events', '--store', self.store, '--to', 'ndjson', *words)}
        kept, now = by_id('--known-at', '2019-01-15'), by_id()
        changes = rows('events', '--store', self.store, '--since-known', '2019-01-15', '--to', 'ndjson')
        kinds = {row['change'] for row in changes}
        assert kinds >= {'new', 'confirmed'} and kinds <= {'new', 'confirmed', 'corrected', 'withdrawn'}, kinds
        for row in changes:
            change = row.pop('change')
            for name in ('was', 'from', 'into'):
                row.pop(name, None)
            assert (row['id'] in kept) == (change != 'new'), row
            kept.pop(row['id'], None)
            if change != 'withdrawn':
                kept[row['id']] = row
        assert kept == now, 'the feed does not lead to the answer of now'
        table = list(csv.DictReader(io.StringIO(run('events', '--store', self.store, '--since-known', '2019-01-15', '--to', 'csv').out.decode())))
        assert [row['id'] for row in table] == [row['id'] for row in changes]
        states = rows('ledger', '--store', self.store, '--since-known', '2019-01-10', '--kind', 'relations', '--actor', 'PRY', '--to', 'ndjson')
        assert all(row['change'] in ('new', 'corrected', 'confirmed', 'withdrawn') for row in states), states
        assert not rows('ledger', '--store', self.store, '--since-known', '2019-02-01', '--to', 'ndjson')
        assert 'later than --known-at' in run('events', '--store', self.store, '--since-known', '2019-01-15', '--known-at', '2019-01-14', status=2).message
        run('events', '--store', self.store, '--since-known', '2019-01-15', '--to', 'gexf', status=2)
        run('ledger', 'diff', '2019-01-01', '2019-01-15', '--store', self.store, '--since-known', '2019-01-15', status=2)

    def test_messages(self):
        # What cannot be is said.
        assert 'entente ingest' in run('ledger', '--store', self.folder / 'none.db', status=3).message
        assert 'unknown kind' in run('ledger', '--store', self.store, '--kind', 'friendship', status=2).message
        assert 'not a date' in run('ledger', '--store', self.store, '--as-of', 'yesterday', status=2).message
        assert 'did you mean SANCTION' in run('events', '--store', self.store, '--event', 'SANCTON', status=2).message
        for words, said in ((['events', '--actor', 'Venezuela'], 'did you mean VEN?'), (['events', '--party', 'ven'], 'did you mean VEN?'),
                            (['ledger', '--of', 'no such bloc'], 'unknown party'), (['ledger', '--actor', 'nicolás maduro'], 'did you mean Nicolás Maduro?'),
                            (['ledger', '--kind', 'relations', '--state', 'severd'], 'did you mean severed?'),
                            (['ledger', 'diff', '2019-02-01', '2019-01-01'], 'the earlier day comes first'),
                            (['events', '--since', '2019-06', '--until', '2019-05'], 'later than --until'),
                            (['ledger', '--why', '--to', 'csv'], 'no column')):
            assert said in run(*words, '--store', self.store, status=2).message, words
        assert 'has the id' in run('events', '--store', self.store, '--id', 'e-0', status=3).message
        run('ledger', '--store', self.store, '--actor', 'Nicolás Maduro', '--to', 'csv')
        run('sql', '--store', self.store, '-c', 'DELETE FROM events', status=2)
        run('sql', '--store', self.store, '-c', 'SELECT nonsense', status=2)
        run('sql', '--store', self.store, '-c', 'SELECT 1; SELECT 2', status=2)
        text = self.folder / 'text.db'
        text.write_text('no database at all, but long enough to be taken for the header of one by a careless program\n' * 20)
        assert 'no Entente store' in run('ingest', self.news, '--store', text, status=3).message
        assert text.read_text().startswith('no database')
        if os.geteuid() != 0:
            self.store.chmod(0o444)
            self.folder.chmod(0o555)
            assert 'read-only' in run('ingest', self.news, '--store', self.store, status=2).message
            self.folder.chmod(0o755)


if __name__ == '__main__':
    main()
