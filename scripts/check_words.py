#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Fails if code knows what belongs into data: event codes, country codes, language tags as string literals."""
import pathlib, re, sys
root = pathlib.Path(sys.argv[1])
rows = [l.split('\t') for l in (root / 'data/ontology/plover.tsv').read_text().splitlines()[1:]]
events = {r[0] for r in rows} | {r[1] for r in rows if '-' in r[1]}
countries = {p.stem.upper() for p in (root / 'data/actors').glob('???.rec')}
tags = {p.name for p in (root / 'data/languages').iterdir()}
allowed_tags = {'src/cli'}  # the option's list of languages and its default
bad = 0
for source in sorted((root / 'src').rglob('*.cpp')) + sorted((root / 'src').rglob('*.h')):
    if source.name.endswith(('_test.cpp', '_testing.h', '_testing.cpp')) or source.name == 'testing.h': continue
    folder = '/'.join(source.relative_to(root).parts[:2])
    for number, line in enumerate(source.read_text().splitlines(), 1):
        code = line.split('//')[0]
        for text in re.findall(r'"((?:[^"\\]|\\.)*)"', code):
            if text in events or text in countries or (text in tags and folder not in allowed_tags):
                print(f'{source.relative_to(root)}:{number}: `{text}` belongs into data'); bad += 1
sys.exit(1 if bad else 0)
