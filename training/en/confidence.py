# SPDX-License-Identifier: Apache-2.0
"""Fits data/languages/en/confidence.tsv: how likely an event is right in event, actor and recipient.

    python3 training/en/confidence.py EVENTS.ndjson JUDGED.tsv... > data/languages/en/confidence.tsv

EVENTS.ndjson: events coded with a confidence.tsv that holds no weights, so that `confidence` is the coder's own estimate.
JUDGED.tsv: a line an event, tab-separated: number, id, event, actor, recipient (1 right, 0 wrong), reason.
A logistic regression with a quadratic penalty, by gradient descent; five-fold figures and a reliability table go to
stderr. The features are those of src/resolver/confidence.cpp, by the same names.

    python3 training/en/confidence.py --scale confidence.tsv EVENTS.ndjson JUDGED.tsv...

Keeps the order of the weights in confidence.tsv, with which EVENTS.ndjson was coded, and fits only how sure they are to be
(a slope and an offset, as Platt 1999): for when the coder has become better."""
import json
import math
import sys

PENALTY, RATE, ROUNDS, FOLDS = 10.0, 0.05, 2500, 5


def side(name, parties, out):
    code = sector = False
    for party in parties:
        code |= bool(party.get('code'))
        sector |= bool(party.get('sector'))
        if party.get('how'):
            out[f'{name}_{party["how"]}'] = 1.0
    known = 'none' if not parties else 'code' if code else 'sector' if sector else 'words'
    out[f'{name}_{known}'] = 1.0
    if len({tuple(party.get('span', [])) for party in parties}) > 1:
        out[f'{name}_several'] = 1.0


def features(event):
    out = {'bias': 1.0, 'raw': event['confidence']}
    side('actor', event.get('actor', []), out)
    side('recipient', event.get('recipient', []), out)
    for name in event.get('auxiliary', []):
        out[name] = 1.0
    if any(step.endswith(')') for step in event.get('steps', [])):
        out['composed'] = 1.0
    if event.get('said_by'):
        out['said'] = 1.0
    out['verbal' if event['quad'].startswith('verbal') else 'material'] = 1.0
    if event.get('mode'):
        out['mode'] = 1.0
    out['event_' + event['event']] = 1.0
    return out


def probability(weights, found):
    return 1 / (1 + math.exp(-sum(weights.get(name, 0.0) * value for name, value in found.items())))


def fit(rows):
    weights = {}
    for _ in range(ROUNDS):
        slope = {name: PENALTY * weight / len(rows) for name, weight in weights.items() if name != 'bias'}
        for found, right in rows:
            error = (probability(weights, found) - right) / len(rows)
            for name, value in found.items():
                slope[name] = slope.get(name, 0.0) + error * value
        for name, change in slope.items():
            weights[name] = weights.get(name, 0.0) - RATE * 10 * change
    return weights


def scale(path, rows):
    """The weights of the file for the confidences and judgements of rows."""
    logits = [(math.log(said / (1 - said)), right) for said, right in rows]
    slope, offset = 1.0, 0.0
    for _ in range(20000):
        errors = [1 / (1 + math.exp(-(slope * logit + offset))) - right for logit, right in logits]
        slope -= 0.5 * sum(error * logit for error, (logit, _) in zip(errors, logits)) / len(rows)
        offset -= 0.5 * sum(errors) / len(rows)
    before = sum((said - right) ** 2 for said, right in rows) / len(rows)
    after = sum((1 / (1 + math.exp(-(slope * logit + offset))) - right) ** 2 for logit, right in logits) / len(rows)
    print(f'{len(rows)} events judged; slope {slope:.3f}, offset {offset:.3f}; Brier {before:.4f} before, {after:.4f} after', file=sys.stderr)
    weights = {}
    for line in open(path, encoding='utf8'):
        cells = line.rstrip('\n').split('\t')
        if len(cells) == 2 and cells[0] != 'feature':
            weights[cells[0]] = slope * float(cells[1])
    weights['bias'] += offset
    return weights


def main():
    old = None
    if sys.argv[1] == '--scale':
        old = sys.argv[2]
        del sys.argv[1:3]
    events = {}
    for line in open(sys.argv[1], encoding='utf8'):
        event = json.loads(line)
        events[event['id']] = event
    rows = []
    for path in sys.argv[2:]:
        for line in open(path, encoding='utf8'):
            cells = line.rstrip('\n').split('\t')
            if len(cells) >= 5 and cells[1] in events:
                event = events[cells[1]]
                rows.append((event['confidence'] if old else features(event), int(cells[2] == cells[3] == cells[4] == '1')))
    if old:
        show(scale(old, rows))
        return
    guesses = []
    for fold in range(FOLDS):
        weights = fit([row for i, row in enumerate(rows) if i % FOLDS != fold])
        guesses += [(probability(weights, found), right) for i, (found, right) in enumerate(rows) if i % FOLDS == fold]
    base = sum(right for _, right in rows) / len(rows)
    brier = sum((guess - right) ** 2 for guess, right in guesses) / len(guesses)
    print(f'{len(rows)} events judged, {base:.3f} right; Brier {brier:.4f} held out, {base * (1 - base):.4f} of the mean', file=sys.stderr)
    guesses.sort()
    for low in (0, 0.2, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9):
        kept = [right for guess, right in guesses if guess >= low]
        band = [(guess, right) for guess, right in guesses if low <= guess < low + (0.2 if low < 0.4 else 0.1)]
        if kept and band:
            print(f'from {low:.1f}: {len(kept)} kept, {sum(kept) / len(kept):.3f} right; band of {len(band)}: said '
                  f'{sum(guess for guess, _ in band) / len(band):.2f}, right {sum(right for _, right in band) / len(band):.2f}', file=sys.stderr)
    show(fit(rows))


def show(weights):
    print('# SPDX-License-Identifier: Apache-2.0')
    print('# Weights of the logistic regression that says how likely an event is right (src/resolver/confidence.h). Fitted by')
    print('# training/en/confidence.py on judged events; not edited by hand.')
    print('feature\tweight')
    for name, weight in sorted(weights.items()):
        print(f'{name}\t{weight:.4f}')



main()
