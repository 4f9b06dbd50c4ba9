# SPDX-License-Identifier: Apache-2.0
"""Events of a store as maps, counts of dyads and networks: other programs must be able to load them."""
import collections
import csv
import io
import json
import pathlib
import tempfile
import xml.etree.ElementTree as xml

from program import AMERICAS, TestCase, entente, main

GEXF = '{http://gexf.net/1.3}'
GRAPHML = '{http://graphml.graphdrawing.org/xmlns}'
QUADS = ['verbal_cooperation', 'material_cooperation', 'verbal_conflict', 'material_conflict']


class Exports(TestCase):
    @classmethod
    def setUpClass(cls):
        cls.temporary = tempfile.TemporaryDirectory()
        cls.folder = pathlib.Path(cls.temporary.name)
        cls.store = cls.folder / 'one.db'
        ran = entente('ingest', AMERICAS, '--store', cls.store, '-q')
        assert ran.status == 0, ran.message

    @classmethod
    def tearDownClass(cls):
        cls.temporary.cleanup()

    def ask(self, *words, status=0):
        ran = entente('events', '--store', self.store, *words)
        self.expect(ran, status)
        return ran.out.decode('utf8')

    def table(self, *words):
        return list(csv.DictReader(io.StringIO(self.ask('--to', 'csv', *words))))

    def test_geojson(self):
        collection = json.loads(self.ask('--to', 'geojson'))
        self.assertEqual(list(collection), ['type', 'features'])
        self.assertEqual(collection['type'], 'FeatureCollection')
        rows = {row['id']: row for row in self.table()}
        self.assertEqual([f['id'] for f in collection['features']], list(rows))
        placed = 0
        for feature in collection['features']:
            self.assertEqual(list(feature), ['type', 'id', 'geometry', 'properties'])
            properties = feature['properties']
            for name, value in rows[feature['id']].items():
                self.assertEqual('' if properties[name] is None else str(properties[name]), value, name)
            geometry = feature['geometry']
            self.assertEqual(geometry is None, properties['point'] is None)
            if geometry:
                placed += 1
                self.assertEqual(geometry['type'], 'Point')
                longitude, latitude = geometry['coordinates']
                self.assertTrue(-180 <= longitude <= 180 and -90 <= latitude <= 90)
                self.assertIn(properties['point'], ('place', 'capital'))
        self.assertGreater(placed, 0)
        self.assertLess(placed, len(rows))
        self.assertEqual(json.loads(self.ask('--to', 'geojson', '--since', '2050')), {'type': 'FeatureCollection', 'features': []})

    def test_dyads(self):
        months, all_time = self.table('--by', 'dyad'), self.table('--by', 'dyad', '--per', 'all')
        self.assertEqual(list(months[0])[:2], ['month', 'actor'])
        for row in months + all_time:
            self.assertEqual(sum(int(row[q]) for q in QUADS), int(row['total']))
            self.assertEqual(row['actor'], ' '.join(filter(None, [row['actor_code'], row['actor_sector']])))
        total = collections.Counter()
        for row in months:
            total[row['actor'], row['recipient']] += int(row['total'])
        self.assertEqual(total, {(row['actor'], row['recipient']): int(row['total']) for row in all_time})
        # A dyad is what the filters of its actor and recipient find.
        busiest = max(all_time, key=lambda row: int(row['total']))
        events = self.table('--actor', busiest['actor'], '--recipient', busiest['recipient'])
        happened = [e for e in events if not set(e['auxiliary'].split(';')) & {'negation', 'hypothetical', 'future'}]
        self.assertLessEqual(int(busiest['total']), len(events))
        self.assertGreaterEqual(int(busiest['total']), len(happened))
        # Without sectors the state is one.
        merged = self.table('--by', 'dyad', '--no-sectors', '--per', 'all')
        self.assertTrue(all(not row['actor_sector'] and ' ' not in row['actor'] for row in merged))
        self.assertLess(len(merged), len(all_time))
        # Filters apply.
        some = self.table('--by', 'dyad', '--event', 'SANCTION', '--since', '2019-01-01', '--until', '2019-12-31')
        self.assertTrue(some and all(row['material_conflict'] == row['total'] and row['month'].startswith('2019') for row in some))

    def same_network(self, nodes, edges):
        rows = self.table('--by', 'dyad', '--per', 'all')
        self.assertEqual({(e['source'], e['target']): int(e['total']) for e in edges},
                         {(row['actor'], row['recipient']): int(row['total']) for row in rows})
        self.assertEqual(set(nodes), {row[side] for row in rows for side in ('actor', 'recipient')})

    def test_gexf(self):
        text = self.ask('--to', 'gexf')
        self.assertEqual(text, self.ask('--to', 'gexf', '--by', 'dyad'))
        root = xml.fromstring(text)
        self.assertEqual(root.tag, GEXF + 'gexf')
        graph = root.find(GEXF + 'graph')
        self.assertEqual(graph.get('timeformat'), 'date')
        declared = {c.get('class'): {a.get('id'): a.get('type') for a in c} for c in graph.findall(GEXF + 'attributes')}
        nodes, edges = {}, []
        for kind, found in (('node', graph.iter(GEXF + 'node')), ('edge', graph.iter(GEXF + 'edge'))):
            for one in found:
                values = {v.get('for'): v.get('value') for v in one.iter(GEXF + 'attvalue')}
                self.assertLessEqual(set(values), set(declared[kind]))
                if one.get('start'):
                    self.assertRegex(one.get('start'), r'^\d{4}-\d\d-\d\d$')
                    self.assertLessEqual(one.get('start'), one.get('end'))
                if kind == 'node':
                    self.assertNotIn(one.get('id'), nodes)
                    nodes[one.get('id')] = values
                else:
                    self.assertEqual(one.get('weight'), values['total'])
                    edges.append(dict(values, source=one.get('source'), target=one.get('target'), id=one.get('id')))
        self.assertEqual(len({e['id'] for e in edges}), len(edges))
        self.same_network(nodes, edges)

    def test_graphml(self):
        root = xml.fromstring(self.ask('--to', 'graphml'))
        self.assertEqual(root.tag, GRAPHML + 'graphml')
        keys = {key.get('id'): key for key in root.findall(GRAPHML + 'key')}
        graph = root.find(GRAPHML + 'graph')
        self.assertEqual(graph.get('edgedefault'), 'directed')
        nodes, edges = {}, []
        for one in graph:
            values = {}
            for data in one:
                key = keys[data.get('key')]
                self.assertEqual(GRAPHML + key.get('for'), one.tag)
                values[key.get('attr.name')] = {'string': str, 'int': int, 'double': float}[key.get('attr.type')](data.text)
            if one.tag == GRAPHML + 'node':
                nodes[one.get('id')] = values
            else:
                edges.append(dict(values, source=one.get('source'), target=one.get('target')))
        self.same_network(nodes, edges)
        self.assertIn('label', next(iter(nodes.values())))

    def test_networkx(self):
        try:
            import networkx
        except ImportError:
            self.skipTest('networkx is not installed')
        for form, read in (('gexf', networkx.read_gexf), ('graphml', networkx.read_graphml)):
            path = self.folder / ('network.' + form)
            path.write_text(self.ask('--to', form))
            graph = read(path)
            self.assertTrue(graph.is_directed())
            self.same_network(graph.nodes, [dict(values, source=a, target=b) for a, b, values in graph.edges(data=True)])

    def test_what_cannot_go_together(self):
        for words in (['--to', 'gexf', '--why'], ['--to', 'csv', '--why'], ['--by', 'dyad', '--limit', '3'], ['--per', 'month'],
                      ['--to', 'graphml', '--by', 'dyad', '--per', 'year'], ['--by', 'dyad', '--to', 'geojson'], ['--no-sectors'],
                      ['--by', 'dyad', '--per', 'week'], ['--by', 'actor']):
            self.assertTrue(entente('events', '--store', self.store, *words).status == 2, words)


if __name__ == '__main__':
    main()
