# SPDX-License-Identifier: Apache-2.0
"""Learns data/languages/en/antecedents.tsv: which phrase before a pronoun it stands for.

    python3 training/en/antecedents.py AGENTS.rec TRAIN.conllu[.xz] DEV.conllu[.xz]... > data/languages/en/antecedents.tsv

AGENTS.rec: data/languages/en/agents.rec, which says what nouns name people, bodies and things. The treebanks are those
of training/en/README.md: the documents of UD English GUM, whose MISC column holds the coreference; conversations are
left out. A logistic choice among the phrases before the pronoun and nobody, by AdaGrad with a quadratic penalty; how
often the choice is right in the other files goes to stderr. The features are those of src/linker/antecedents.cpp, by
the same names; a name that the lexicon would know is one in three of five, by a hash of its letters."""
import bisect
import collections
import lzma
import math
import random
import re
import sys
import zlib

ROUNDS, PENALTY, RATE, SEED = 12, 5e-3, 0.15, 1
SENTENCES_BACK, MOST_PHRASES, TOKENS_SAID = 3, 40, 400
LEFT_OUT = ('conversation', 'vlog')
# Below these a pronoun stays without; of those whom it may mean the news tell more often than the treebank.
LEAST = {'he_least': 0.3, 'it_least': 0.4, 'they_least': 0.35}
NOBODY = {'he_none': -0.7, 'it_none': -0.3, 'they_none': -0.3}
NO_PHRASE = {'compound', 'flat', 'fixed', 'goeswith', 'det', 'case', 'amod'}
LINKS = {'ccomp', 'advcl', 'acl', 'xcomp', 'conj', 'parataxis', 'obj', 'obl', 'nsubj'}
ROLES = {'obj', 'iobj', 'conj', 'appos', 'root', 'dislocated', 'vocative', 'parataxis'}
MANY_ONLY = {'pron_it', 'pron_they', 'groups', 'things', 'nouns', 'persons', 'number', 'name_plural'}


class Token:
    pass


def read_agents(path):
    kinds, plural, gender = {}, set(), {}
    text = re.sub(r'\n\+ ?', ' ', open(path, encoding='utf-8').read())
    for block in text.split('\n\n'):
        nouns = re.search(r'^noun: (.*)$', block, re.M)
        if not nouns:
            continue
        animacy = re.search(r'^animacy: (\w+)', block, re.M)
        sex = re.search(r'^gender: (\w+)', block, re.M)
        for noun in (word.strip() for word in nouns.group(1).split('|')):
            kinds[noun] = animacy.group(1) if animacy else 'person'
            if sex:
                gender[noun] = sex.group(1)
            if re.search(r'^number: plural', block, re.M):
                plural.add(noun)
    return kinds, plural, gender


def read_documents(path):
    """The GUM documents of a file, each a list of tokens."""
    documents, tokens, sentence, bank, name, paragraph, count = [], None, [], '', '', 0, 0
    opener = lzma.open if path.endswith('.xz') else open
    for line in opener(path, 'rt', encoding='utf-8'):
        line = line.rstrip('\n')
        if line.startswith('# treebank = '):
            bank = line[13:]
        elif line.startswith('# newdoc id = '):
            name, tokens, paragraph, count = line[14:], [], 0, 0
            if bank == 'GUM' and name.split('_')[1] not in LEFT_OUT:
                documents.append((name, tokens))
        elif line.startswith('# newpar') and not line.startswith('# newpar_'):
            paragraph += 1
        elif line and line[0].isdigit():
            cells = line.split('\t')
            if '-' in cells[0] or '.' in cells[0]:
                continue
            token = Token()
            token.form, token.lemma, token.upos, token.feats = cells[1], cells[2].lower(), cells[3], cells[5]
            token.head = int(cells[6]) - 1
            token.rel, _, token.sub = cells[7].partition(':')
            token.misc, token.sentence, token.paragraph = cells[9], count, paragraph
            sentence.append(token)
        elif not line and sentence:
            if tokens is not None and bank == 'GUM':
                base = len(tokens)
                for token in sentence:
                    token.head = token.head + base if token.head >= 0 else -1
                    token.at = len(tokens)
                    token.document, token.children, token.entities, token.kind = name, [], set(), None
                    tokens.append(token)
                count += 1
            sentence = []
    for _, tokens in documents:
        finish(tokens)
    return [tokens for _, tokens in documents]


def finish(tokens):
    """Children, quotations, and of each entity the token that governs it."""
    quoted, paragraph, still_open = False, None, {}

    def close(entity, begin, end, kind):
        for token in tokens[begin:end + 1]:
            if (token.head < begin or token.head > end) and token.upos != 'PUNCT':
                token.entities.add(entity)
                token.kind = token.kind or kind
                return

    for token in tokens:
        if token.head >= 0:
            tokens[token.head].children.append(token)
        if token.paragraph != paragraph:
            quoted, paragraph = False, token.paragraph
        if token.form in ('"', '``', "''"):
            quoted = not quoted
        elif token.form in '\u201c\u201d':
            quoted = token.form == '\u201c'
        token.quoted = quoted
        found = re.search(r'(?:^|\|)Entity=([^|]*)', token.misc)
        for part in re.findall(r'\([^()]*\)?|[^()]*\)', found.group(1)) if found else []:
            fields = part.strip('()').split('-')
            if part.startswith('('):
                still_open.setdefault(fields[0], []).append((token.at, fields[1]))
            if part.endswith(')') and still_open.get(fields[0]):
                begin, kind = still_open[fields[0]].pop()
                close(fields[0], begin, token.at, kind)


def pronoun_class(token):
    personal = token.upos == 'PRON' and 'PronType=Prs' in token.feats and 'Reflex=Yes' not in token.feats
    if not personal or 'Person=1' in token.feats or 'Person=2' in token.feats:
        return None
    return {'he': 'he', 'she': 'he', 'his': 'he', 'her': 'he', 'it': 'it', 'its': 'it', 'they': 'they',
            'their': 'they'}.get(token.lemma)


def is_phrase(token):
    if token.rel in NO_PHRASE:
        return False
    if token.upos == 'PRON':
        return pronoun_class(token) is not None and token.rel != 'expl'
    return token.upos in ('NOUN', 'PROPN') or (token.upos == 'NUM' and token.rel in ('nsubj', 'obj'))


def several(token):
    return any(child.rel == 'conj' for child in token.children)


def kind_of(token, agents):
    kinds, plurals, _ = agents
    if token.upos == 'PRON':
        return 'pron_' + pronoun_class(token)
    if token.upos == 'NUM':
        return 'number'
    plural = 'Number=Plur' in token.feats
    if token.upos == 'PROPN':
        known = {'person': 'person_name', 'organization': 'body_name', 'place': 'place_name'}
        if zlib.crc32((token.document + token.form).encode()) % 100 < 60 and token.kind in known:
            return known[token.kind]
        if plural:
            return 'name_plural'
        return 'name_full' if any(child.rel == 'flat' for child in token.children) else 'name'
    kind = None
    for child in token.children:
        if child.at == token.at - 1 and child.rel in ('compound', 'amod'):
            kind = kinds.get(child.lemma + ' ' + token.lemma)
    kind = kind or kinds.get(token.lemma, 'noun')
    return kind + ('s' if plural or token.lemma in plurals else '')


def role_of(token):
    if token.rel == 'nsubj':
        return 'nsubj_pass' if token.sub == 'pass' else 'nsubj'
    if token.rel == 'nmod':
        return 'poss' if token.sub == 'poss' else 'nmod'
    if token.rel == 'obl':
        return 'agent' if token.sub == 'agent' else 'obl'
    return token.rel if token.rel in ROLES else 'other'


def place_of(role):
    return 's' if role in ('nsubj', 'nsubj_pass') else 'o'


def above(tokens, at):
    """The token and all that govern it."""
    out = []
    while at >= 0 and len(out) < 100:
        out.append(at)
        at = tokens[at].head
    return out


def link_name(token):
    return token.rel if token.rel in LINKS else 'other'


def features(tokens, pronoun, phrase, between, agents):
    of, role = pronoun_class(pronoun), role_of(phrase)
    possessive = role_of(pronoun) == 'poss'
    suffix = 'p' if possessive else ''
    out = {'kind_' + kind_of(phrase, agents) + ('_and' if of == 'they' and several(phrase) else ''): 1.0,
           'role_' + role: 1.0}
    if role == 'conj':
        first = phrase
        while first.rel == 'conj':
            first = tokens[first.head]
        out['conj_' + role_of(first)] = 1.0
    out['roles_' + ('p' if possessive else place_of(role_of(pronoun))) + place_of(role)] = 1.0
    back = pronoun.sentence - phrase.sentence
    out[f'back_{back}{suffix}'] = 1.0
    if pronoun.paragraph != phrase.paragraph:
        out['other_paragraph'] = 1.0
    out['between'] = math.log1p(between)
    out['tokens'] = math.log1p(pronoun.at - phrase.at) / 2
    if place_of(role) == 's' and phrase.head >= 0 and tokens[phrase.head].rel == 'root':
        out['main_subject'] = 1.0
    if phrase.upos == 'NOUN':
        articles = [child.feats for child in phrase.children if child.rel == 'det']
        if any('Definite=Def' in feats or 'PronType=Dem' in feats for feats in articles):
            out['definite'] = 1.0
        elif any('Definite=Ind' in feats for feats in articles):
            out['indefinite'] = 1.0
        else:
            owned = any(child.rel == 'nmod' and child.sub == 'poss' for child in phrase.children)
            out['owned' if owned else 'bare'] = 1.0
    if back == 0:
        over = above(tokens, pronoun.at)
        if phrase.head >= 0 and phrase.head in over:
            at = over.index(phrase.head)
            out['under_' + link_name(tokens[over[at - 1]]) + suffix if at > 0 else 'same_clause'] = 1.0
        if phrase.at in over:
            out['above'] = 1.0
        if pronoun.head >= 0 and not possessive:
            over = above(tokens, phrase.at)
            if pronoun.head in over and over.index(pronoun.head) > 1:
                out['below_' + link_name(tokens[over[over.index(pronoun.head) - 1]]) + place_of(role)] = 1.0
    if pronoun.quoted and not phrase.quoted:
        out['into_quote'] = 1.0
    if phrase.quoted and not pronoun.quoted:
        out['out_of_quote'] = 1.0
    if phrase.upos in ('NOUN', 'PROPN'):
        said = sum(token.lemma == phrase.lemma and token.upos == phrase.upos
                   for token in tokens[max(0, phrase.at - TOKENS_SAID):phrase.at])
        out['said'] = float(min(said, 3))
    return [(f'{of}_{name}', value) for name, value in out.items()]


def fits(tokens, pronoun, phrase, agents):
    if pronoun.head >= 0 and pronoun.head == phrase.head and pronoun.rel != 'nmod':
        return False
    for at in above(tokens, pronoun.head):
        if tokens[at].upos in ('VERB', 'AUX'):
            break
        if at == phrase.at:
            return False
    of, kind = pronoun_class(pronoun), kind_of(phrase, agents)
    female = pronoun.lemma in ('she', 'her')
    if of == 'he':
        if kind in MANY_ONLY or kind in ('group', 'thing', 'body_name', 'place_name'):
            return False
        if kind == 'pron_he':
            return (phrase.lemma in ('she', 'her')) == female
        sex = agents[2].get(phrase.lemma)
        return sex is None or (sex == 'f') == female
    if of == 'it':
        return kind == 'pron_it' or kind not in MANY_ONLY and kind not in ('pron_he', 'person_name', 'person')
    one = kind in ('person', 'thing', 'noun', 'person_name', 'name', 'name_full')
    return kind not in ('pron_he', 'pron_it') and (not one or several(phrase) or phrase.rel == 'conj')


def instances(tokens, agents):
    """For each pronoun the phrases that it may stand for, each with its features and whether it does; nobody last."""
    phrases = [token for token in tokens if is_phrase(token)]
    places = [token.at for token in phrases]
    for pronoun in tokens:
        of = pronoun_class(pronoun)
        if of is None:
            continue
        rows = []
        for phrase in reversed(phrases[:bisect.bisect_left(places, pronoun.at)]):
            if pronoun.sentence - phrase.sentence > SENTENCES_BACK or len(rows) >= MOST_PHRASES:
                break
            if fits(tokens, pronoun, phrase, agents):
                rows.append((features(tokens, pronoun, phrase, len(rows), agents), bool(phrase.entities & pronoun.entities)))
        role = role_of(pronoun)
        nobody = [(f'{of}_none', 1.0), (f'{of}_none_' + ('p' if role == 'poss' else place_of(role)), 1.0)]
        if len(rows) < 2:
            nobody.append((f'{of}_none_few', 1.0))
        if pronoun.rel == 'expl':
            nobody.append((f'{of}_none_expl', 1.0))
        rows.append((nobody, not any(right for _, right in rows)))
        yield of, rows


def chances(rows, weights):
    scores = [sum(weights[name] * value for name, value in names) for names, _ in rows]
    best = max(scores)
    powers = [math.exp(score - best) for score in scores]
    return [power / sum(powers) for power in powers]


def train(data):
    weights, squares = collections.defaultdict(float), collections.defaultdict(lambda: 1e-3)
    shuffle, order = random.Random(SEED), list(range(len(data)))
    for _ in range(ROUNDS):
        shuffle.shuffle(order)
        for index in order:
            rows = data[index][1]
            chance = chances(rows, weights)
            right = sum(c for c, (_, good) in zip(chance, rows) if good)
            slope = collections.defaultdict(float)
            for c, (names, good) in zip(chance, rows):
                for name, value in names:
                    slope[name] += (c - (c / right if good else 0)) * value
            for name, value in slope.items():
                value += PENALTY * weights[name]
                squares[name] += value * value
                weights[name] -= RATE * value / math.sqrt(squares[name])
    return weights


def report(path, data, weights):
    for of in ('he', 'it', 'they'):
        pronouns = linked = right = kept = kept_right = 0
        for other, rows in data:
            if other != of:
                continue
            chance = chances(rows, weights)
            best = max(range(len(rows)), key=lambda i: chance[i])
            pronouns += not rows[-1][1]
            if best == len(rows) - 1:
                continue
            linked += 1
            right += rows[best][1]
            if chance[best] >= LEAST[of + '_least']:
                kept += 1
                kept_right += rows[best][1]
        sys.stderr.write(f'{path} {of}: {pronouns} with an antecedent, linked {linked}, right {right / max(1, linked):.3f}; '
                         f'above the least chance {kept}, right {kept_right / max(1, kept):.3f}\n')


def main():
    agents = read_agents(sys.argv[1])
    weights = train([x for tokens in read_documents(sys.argv[2]) for x in instances(tokens, agents)])
    for name, value in NOBODY.items():
        weights[name] += value
    for path in sys.argv[3:]:
        report(path, [x for tokens in read_documents(path) for x in instances(tokens, agents)], weights)
    print('# SPDX-License-Identifier: Apache-2.0')
    print('# Weights of what a pronoun may stand for (src/linker/antecedents.h), learned by training/en/antecedents.py from the')
    print('# coreference of UD English GUM (annotation CC BY 4.0); not edited by hand.')
    print('feature\tweight')
    for name, value in sorted([*weights.items(), *LEAST.items()]):
        if abs(value) >= 0.005:
            print(f'{name}\t{value:.3f}')


if __name__ == '__main__':
    main()
