#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""check_cli_docs.py ENTENTE ROOT: fails if the manual or a completion misses a command, an option or a value that
`entente --help` has, or has one that is gone."""
import pathlib
import re
import subprocess
import sys

binary, root = sys.argv[1], pathlib.Path(sys.argv[2])
bad = []


def help_of(*command):
    return subprocess.run([binary, *command, '--help'], capture_output=True, text=True, check=True).stdout


def options_of(text):
    """Long option -> its values, where the help lists them."""
    found = {}
    for line in text.splitlines():
        if match := re.match(r'  ((?:-\w,)?--[\w-]+)(?: \S+?:\{(.*?)\})?', line):
            found[match[1].split('--')[1]] = match[2].split(',') if match[2] else []
    return found


top = help_of()
commands = re.findall(r'^  ([a-z]\w*)  ', top.split('Subcommands:')[1], re.M)
wanted = {command: options_of(help_of(command)) for command in commands}
# The forms of the output and the layers are checked by the program itself; it names them in its messages.
for option, word in (('to', 'Known are '), ('show', 'known are ')):
    said = subprocess.run([binary, 'code', '--' + option, '-', '/dev/null'], capture_output=True, text=True).stderr
    if word in said and 'code' in wanted:
        wanted['code'][option] = said.split(word)[1].strip().split(', ')


def compare(place, command, have):
    """`have`: option -> values that the file gives it."""
    for option, values in wanted[command].items():
        if option == 'help' and place.endswith('.1'):
            continue  # said once for all
        if option not in have:
            bad.append(f'{place}: {command} --{option} is missing')
        elif values and sorted(have[option]) != sorted(values):
            bad.append(f'{place}: {command} --{option} takes {" ".join(values)}, not {" ".join(have[option])}')
    for option in have:
        if option not in wanted[command]:
            bad.append(f'{place}: {command} has no --{option}')


def sections(place, found):
    for command in commands:
        if command not in found:
            bad.append(f'{place}: the command {command} is missing')
    for command in found:
        if command not in commands:
            bad.append(f'{place}: there is no command {command}')
    return [c for c in commands if c in found]


def manual():
    place = 'docs/entente.1'
    text = (root / place).read_text().split('.Sh COMMANDS')[1].split('\n.Sh ')[0]
    parts = dict(re.findall(r'\.Ss (\w+)\n(.*?)(?=\.Ss |\Z)', text, re.S))
    for command in sections(place, parts):
        have = {}
        for line in re.findall(r'^\.It (Fl .*)$', parts[command], re.M):
            name = re.search(r'(?:Fl|,) -([a-z][\w-]+)', line)[1]
            values = line.split(' Cm ')[1].split(' | ') if ' Cm ' in line else []
            have[name] = values
        compare(place, command, have)


def bash():
    place = 'deploy/completions/entente.bash'
    text = (root / place).read_text()
    sections(place, re.search(r"commands='(.*?)'", text)[1].split())
    values = {}
    for labels, words in re.findall(r"^    ('?\S.*?)\) values='(.*?)'", text, re.M):
        for label in labels.split(' | '):
            command, option = label.replace("'", '').rsplit(' ', 1)
            values[command, option] = words.split()
    found = dict(re.findall(r"^    (\w+)\) options='(.*?)'", text, re.M))
    for command in sections(place, found):
        have = {}
        for option in found[command].split():
            have[option[2:]] = values.get((command, option)) or values.get(('*', option)) or []
        compare(place, command, have)


def zsh():
    place = 'deploy/completions/_entente'
    text = (root / place).read_text()
    parts = dict(re.findall(r'^_entente_(\w+)\(\) \{\n(.*?)^\}', text, re.M | re.S))
    sections(place, re.findall(r"^        '(\w+):", text, re.M))
    for command in sections(place, parts):
        have = {}
        for line in parts[command].splitlines():
            if name := re.search(r'--([\w-]+)[\[}]', line):
                values = re.search(r":\(([^()]*)\)'", line)
                have[name[1]] = values[1].split() if values else []
        compare(place, command, have)


def fish():
    place = 'deploy/completions/entente.fish'
    text = (root / place).read_text()
    sections(place, re.search(r'set -l commands (.*)', text)[1].split())
    for command in sections(place, re.findall(r'-f -a (\w+) -d', text)):
        have = {'help': []}
        for line in re.findall(rf"^complete .*_from {command}' (.*)$", text, re.M):
            if name := re.search(r'-l ([\w-]+)', line):
                values = re.search(r"-a '([^(']*)'", line)
                have[name[1]] = values[1].split() if values else []
        compare(place, command, have)


manual()
bash()
zsh()
fish()
if 'help' not in (root / 'docs/entente.1').read_text():
    bad.append('docs/entente.1: --help is missing')
print('\n'.join(bad))
sys.exit(1 if bad else 0)
