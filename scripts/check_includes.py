#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Fails if a folder of src/ includes another that its entente_module(... DEPENDS ...) does not name."""
import pathlib, re, sys
root = pathlib.Path(sys.argv[1]) / 'src'
bad = 0
for cmake in sorted(root.glob('*/CMakeLists.txt')):
    name = cmake.parent.name
    m = re.search(r'entente_module\(\s*NAME\s+\w+(?:\s+DEPENDS\s+([^)]*?))?\s*(?:LIBRARIES[^)]*)?\)', cmake.read_text(), re.S)
    allowed = {name} | set((m.group(1) or '').split()) if m else {name}
    for source in sorted(cmake.parent.glob('*.[ch]*')):
        for number, line in enumerate(source.read_text().splitlines(), 1):
            inc = re.match(r'#include "(\w+)/', line)
            if inc and inc.group(1) not in allowed:
                print(f'{source}:{number}: {name} may not include {inc.group(1)}'); bad += 1
sys.exit(1 if bad else 0)
