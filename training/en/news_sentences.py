#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Makes trees of news sentences that web treebanks hardly have: "Paraguay severed ties with Caracas", headlines,
bare plurals as objects, countries and titled names as subjects, verbs with two objects, passives with a by-phrase.
The words are our own lexicon's (data/actors, data/languages/en); the frames are written below.
  news_sentences.py ROOT COUNT SEED > news.conllu
The same arguments give the same bytes."""
import pathlib, random, re, sys

root, count, seed = pathlib.Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3])
rng = random.Random(seed)

# ---------------------------------------------------------------- words
def records(path):
    out = []
    for block in re.split(r'\n\s*\n', path.read_text(encoding='utf8')):
        rec = {}
        for line in block.splitlines():
            if line.startswith('#') or ':' not in line or line.startswith('%'): continue
            key, value = line.split(':', 1); rec.setdefault(key, []).append(value.strip())
        if rec: out.append(rec)
    return out

countries, people, orgs = [], [], []
for path in sorted((root / 'data/actors').glob('*.rec')):
    for rec in records(path):
        kind = rec.get('kind', [''])[0]
        names = [n.strip() for v in rec.get('name', []) for n in v.split('|')]
        if kind == 'country' and 'adjective' in rec:
            caps = [c.split('|')[0].strip() for c in rec.get('capital', [])]
            countries.append((names[0], rec['adjective'][0].split('|')[0].strip(), caps[0] if caps else names[0]))
        elif kind == 'person' and names and 2 <= len(names[0].split()) <= 3 and re.fullmatch(r"[A-Z][^\s.]+( [A-Z][^\s.]+)+", names[0]):
            people.append(names[0])
        elif kind in ('organisation', 'group', 'agency') and names:
            for n in names:
                if re.fullmatch(r'[A-Z][A-Za-z]{2,12}', n): orgs.append(n)
# in news the big ones come up most
big = [c for c in countries if c[0] in ('Russia', 'China', 'United States', 'Iran', 'Israel', 'Turkey', 'France', 'Germany', 'Britain', 'India',
       'Pakistan', 'Japan', 'Venezuela', 'Colombia', 'Brazil', 'Mexico', 'Egypt', 'Syria', 'Ukraine', 'North Korea', 'South Korea', 'Nigeria', 'Spain')]

IRREGULAR = {'cut': 'cut', 'expel': 'expelled', 'spend': 'spent', 'transfer': 'transferred', 'send': 'sent', 'give': 'gave given', 'take': 'took taken', 'hold': 'held', 'break': 'broke broken', 'lead': 'led', 'meet': 'met',
 'put': 'put', 'seek': 'sought', 'win': 'won', 'lose': 'lost', 'make': 'made', 'leave': 'left', 'lend': 'lent', 'build': 'built', 'fight': 'fought', 'shoot': 'shot',
 'sell': 'sold', 'buy': 'bought', 'bring': 'brought', 'tell': 'told', 'say': 'said', 'hit': 'hit', 'kill': 'killed', 'ban': 'banned', 'drop': 'dropped', 'free': 'freed',
 'agree': 'agreed', 'free': 'freed', 'quit': 'quit', 'withdraw': 'withdrew withdrawn', 'overthrow': 'overthrew overthrown', 'begin': 'began begun', 'shut': 'shut', 'beat': 'beat beaten',
 'strike': 'struck', 'stop': 'stopped', 'grant': 'granted', 'deny': 'denied', 'offer': 'offered', 'award': 'awarded', 'promise': 'promised', 'pledge': 'pledged', 'hand': 'handed'}
VOWELS = 'aeiou'
def past(v):
    if v in IRREGULAR: p = IRREGULAR[v].split(); return p[0], p[-1]
    if v.endswith('e'): p = v + 'd'
    elif v.endswith('y') and v[-2] not in VOWELS: p = v[:-1] + 'ied'
    else: p = v + 'ed'
    return p, p
def third(v):
    if v.endswith('y') and v[-2] not in VOWELS: return v[:-1] + 'ies'
    return v + ('es' if re.search(r'(s|x|z|ch|sh)$', v) else 's')
def ing(v):
    if v in ('cut', 'put', 'hit', 'ban', 'drop', 'stop', 'quit', 'shut', 'win', 'begin', 'expel', 'transfer'): return v + v[-1] + 'ing'
    return (v[:-1] if v.endswith('e') and not v.endswith('ee') else v) + 'ing'
def plural(n):
    if n in ('troops', 'forces', 'police', 'authorities', 'talks', 'ties', 'sanctions', 'aircraft', 'elections'): return n
    if n == 'policeman': return 'policemen'
    if n.endswith('y') and n[-2] not in VOWELS: return n[:-1] + 'ies'
    return n + ('es' if re.search(r'(s|x|ch|sh)$', n) else 's')

# verb: objects that go with it (singular lemma; * marks a noun that stands bare in the singular), preposition after it
T = '''sever|relation tie link|with
cut|tie aid* relation contact|with
restore|relation tie link|with
suspend|aid* talks membership cooperation* flight|with
impose|sanction tariff curfew embargo visa|on
lift|sanction embargo restriction curfew blockade|on
ease|restriction sanction tension curb|on
reject|offer proposal plan demand claim|by
accept|offer proposal invitation plan|from
deploy|troops warship missile tank soldier policeman|to
send|troops aid* envoy weapon food* helicopter|to
supply|weapon gas* food* fuel* missile|to
transfer|money* fund prisoner weapon technology*|to
provide|assistance* shelter* training* fund base|to
train|soldier officer rebel pilot policeman|in
arm|rebel militia fighter group|in
expel|diplomat ambassador journalist envoy|over
recall|ambassador envoy diplomat troops|from
summon|ambassador envoy diplomat|over
arrest|activist protester journalist suspect leader student|in
detain|activist protester lawyer tourist worker|in
release|prisoner hostage detainee journalist soldier|from
free|prisoner hostage detainee captive|in
kill|soldier civilian rebel militant protester|in
attack|base convoy village embassy checkpoint soldier|in
bomb|airport village target position camp|in
shell|town village position camp|near
shoot|protester soldier reporter|in
seize|ship tanker weapon territory town land*|from
block|website road access* convoy resolution|in
ban|protest import flight rally party newspaper|in
close|border embassy airport consulate|with
open|embassy border talks consulate investigation|in
sign|agreement treaty deal pact accord|with
ratify|treaty agreement accord|with
denounce|attack coup sanction killing|in
condemn|attack killing arrest violence* crackdown|in
criticise|plan decision law government|over
criticize|plan decision law government|over
praise|effort decision reform role|in
back|plan proposal bid rebel government|in
support|plan proposal bid reform government|in
demand|apology answer reform payment|from
threaten|retaliation* war* sanction|against
accuse|rebel government minister army|of
blame|rebel government neighbour army|for
investigate|killing attack corruption* abuse|in
withdraw|troops ambassador force soldier|from
win|election vote seat|in
seek|talks asylum* help* support*|from
hold|talks election drill exercise|with
legalise|party union|in
legalize|party union|in
dissolve|parliament* party council|in
postpone|talks visit election summit|with
cancel|visit talks summit contract exercise|with
boycott|talks election summit vote|in
join|alliance coalition talks union|in
quit|alliance coalition talks union|over
freeze|asset account fund|of
pardon|prisoner rebel activist|in
extradite|suspect trafficker|to
deport|migrant worker refugee|to
evacuate|citizen diplomat soldier|from
recruit|fighter soldier|in
hand|power* weapon|to
build|base wall road port|in
raise|tariff price tax|on
halt|shipment talks flight work*|to
resume|talks flight aid* attack|with
violate|ceasefire truce airspace* treaty|in
protest|arrest decision election|in
mediate|talks conflict dispute|between
spend|million|on'''.splitlines()
TRANSITIVE = []
for row in T:
    verb, objects, prep = row.split('|')
    TRANSITIVE.append((verb, objects.split(), prep))
DITRANSITIVE = [(v, o) for v in 'give offer promise pledge lend grant send sell award hand'.split()
                for o in 'helicopter weapon loan aid* tank visa asylum* missile vaccine food* concession support* independence* guarantee jet refuge*'.split()]
ADJ = 'new joint military economic diplomatic humanitarian financial nuclear strategic bilateral foreign peaceful senior secret dozens-of'.split()[:-1]
AGENT = 'police troops forces soldier rebel militant official minister lawmaker diplomat authorities prosecutor protester court army government parliament president premier envoy'.split()
AGENT_PERSON = 'soldier rebel militant official minister lawmaker diplomat prosecutor protester envoy reporter student'.split()
TITLE = 'President Chancellor Senator General Ambassador'.split()
DAYS = 'Monday Tuesday Wednesday Thursday Friday Saturday Sunday'.split()
MONTHS = 'January February March April May June July August September October November December'.split()
SAY = 'say report announce confirm warn insist claim'.split()
CONTROL = 'agree refuse decide vow plan threaten promise want try offer pledge'.split()
URGE = 'urge ask order press tell call'.split()

# ---------------------------------------------------------------- trees: a phrase is a list of [form, lemma, upos, feats, head, rel]; head None = the phrase's head
def tok(form, lemma, upos, feats='_'): return [[form, lemma, upos, feats, None, None]]
def head_of(p): return next(i for i, t in enumerate(p) if t[4] is None)
def join(parts):
    """parts: list of (phrase, rel); exactly one rel is None: the head. All others hang on it."""
    out, offsets = [], []
    for phrase, _ in parts:
        offsets.append(len(out))
        for t in phrase: out.append(t[:4] + [None if t[4] is None else t[4] + offsets[-1], t[5]])
    main = next(i for i, (_, r) in enumerate(parts) if r is None)
    main_head = offsets[main] + head_of(parts[main][0])
    for i, (phrase, rel) in enumerate(parts):
        if i == main: continue
        h = offsets[i] + head_of(phrase); out[h][4] = main_head; out[h][5] = rel
    return out
def hang(sub, p, rel, after=True):
    return join([(p, None), (sub, rel)] if after else [(sub, rel), (p, None)])

def name(words):
    """Several capitalised words as UD writes names: flat for people, compound for the rest is not used here."""
    out = [[words[0], words[0], 'PROPN', 'Number=Sing', None, None]]
    for w in words[1:]: out.append([w, w, 'PROPN', 'Number=Sing', 0, 'flat'])
    return out
def country(capital=False):
    c = rng.choice(big if rng.random() < .5 else countries); n = c[2] if capital else c[0]
    words = n.split()
    if len(words) == 1: return tok(n, n, 'PROPN', 'Number=Sing')
    if words[0] in ('North', 'South', 'East', 'Saudi', 'Central', 'United', 'New', 'Equatorial', 'Dominican', 'Czech', 'Solomon', 'Marshall'):
        first = 'ADJ' if words[0] not in ('New',) else 'ADJ'
        p = [[w, 'State' if w == 'States' else w, 'PROPN' if i == len(words) - 1 else 'ADJ', ('Number=Plur' if w.endswith('s') else 'Number=Sing') if i == len(words) - 1 else 'Degree=Pos', None if i == len(words) - 1 else len(words) - 1, None if i == len(words) - 1 else 'amod'] for i, w in enumerate(words)]
        for t in p[:-1]: t[2] = 'PROPN' if t[0] in ('Saudi',) else 'ADJ'
        return p
    return country(capital)
def adjective():
    a = rng.choice(big if rng.random() < .5 else countries)[1]
    if ' ' in a or '-' in a: return adjective()
    return tok(a, a, 'ADJ', 'Degree=Pos')
def det(n): return tok('the', 'the', 'DET', 'Definite=Def|PronType=Art') if rng.random() < .6 or n == 'pl' else tok('a', 'a', 'DET', 'Definite=Ind|PronType=Art')
def noun(lemma, pl):
    bare = lemma.rstrip('*')
    if bare in ('troops', 'forces', 'authorities', 'talks', 'ties', 'sanctions', 'elections'):
        return tok(bare, {'forces': 'force', 'authorities': 'authority', 'talks': 'talk', 'ties': 'tie', 'sanctions': 'sanction', 'troops': 'troops', 'elections': 'election'}[bare], 'NOUN', 'Number=Ptan' if bare == 'troops' else 'Number=Plur'), 'pl'
    if bare == 'police': return tok('police', 'police', 'NOUN', 'Number=Plur'), 'pl'
    if lemma.endswith('*') or not pl: return tok(bare, bare, 'NOUN', 'Number=Sing'), 'mass' if lemma.endswith('*') else 'sg'
    return tok(plural(bare), bare, 'NOUN', 'Number=Plur'), 'pl'
def agent(headline=False):
    lemma = rng.choice(AGENT)
    n, number = noun(lemma, rng.random() < .5 and lemma in AGENT_PERSON)
    r = rng.random()
    if r < .55:
        n = hang(adjective(), n, 'amod', False)
    elif r < .7:
        c = tok(*rng.choice([('US', 'US', 'PROPN', 'Number=Sing'), ('UN', 'UN', 'PROPN', 'Number=Sing'), ('U.S.', 'U.S.', 'PROPN', 'Number=Sing'), ('NATO', 'NATO', 'PROPN', 'Number=Sing'), ('EU', 'EU', 'PROPN', 'Number=Sing')]))
        n = hang(c, n, 'compound', False)
    if number == 'sg' and not headline and rng.random() < .95 or (number == 'pl' and rng.random() < .25):
        n = hang(det(number), n, 'det', False)
    return n
def person():
    words = rng.choice(people).split()
    r = rng.random()
    if r < .35: return tok(words[-1], words[-1], 'PROPN', 'Number=Sing')
    if r < .6: return name(words)
    if r < .8:
        title = rng.choice(TITLE)
        t = tok(title, title, 'PROPN', 'Number=Sing')
        if rng.random() < .4: t = hang(adjective(), t, 'amod', False)
        return hang(t, name(words if rng.random() < .5 else words[-1:]), 'nmod:desc', False)
    t = tok('minister', 'minister', 'NOUN', 'Number=Sing')
    t = hang(rng.choice([tok('foreign', 'foreign', 'ADJ', 'Degree=Pos'), tok('prime', 'prime', 'ADJ', 'Degree=Pos')]), t, 'amod', False)
    if rng.random() < .5: return hang(adjective(), t, 'amod', False) if rng.random() < .5 else hang(join([(country(), None), (tok("'s", "'s", 'PART'), 'case')]), t, 'nmod:poss', False)
    return hang(tok('the', 'the', 'DET', 'Definite=Def|PronType=Art'), t, 'det', False)
def org():
    o = rng.choice(orgs); p = tok(o, o, 'PROPN', 'Number=Sing')
    return hang(tok('the', 'the', 'DET', 'Definite=Def|PronType=Art'), p, 'det', False) if rng.random() < .3 else p
def simple_actor(headline=False):
    r = rng.random()
    return country() if r < .45 else country(True) if r < .55 else agent(headline) if r < .75 else person() if r < .9 else org()
def actor(headline=False):
    p = simple_actor(headline)
    if rng.random() < .1:
        q = hang(tok('and', 'and', 'CCONJ'), simple_actor(headline), 'cc', False)
        p = hang(q, p, 'conj')
    return p
def obj(lemma, headline=False):
    if lemma == 'million':
        n = tok('dollars', 'dollar', 'NOUN', 'Number=Plur')
        m = hang(tok(str(rng.choice([5, 20, 90, 300])), '20', 'NUM', 'NumForm=Digit|NumType=Card'), tok('million', 'million', 'NUM', 'NumForm=Word|NumType=Card'), 'compound', False)
        m[0][1] = m[0][0]
        return hang(m, n, 'nummod', False)
    n, number = noun(lemma, rng.random() < .7)
    r = rng.random()
    if r < .3: n = hang((lambda a: tok(a, a, 'ADJ', 'Degree=Pos'))(rng.choice(ADJ)), n, 'amod', False)
    elif r < .42: n = hang(adjective(), n, 'amod', False)
    elif r < .5: n = hang((lambda a: tok(a, a, 'NOUN', 'Number=Sing'))(rng.choice('trade peace border opposition oil army gas security weapons'.split()[:-1])), n, 'compound', False)
    if rng.random() < .12 and number == 'pl':
        k = rng.choice(['two', 'three', 'five', 'six', 'dozens', '12', '40'])
        if k != 'dozens': n = hang(tok(k, k, 'NUM', 'NumForm=Digit|NumType=Card' if k.isdigit() else 'NumForm=Word|NumType=Card'), n, 'nummod', False); return n
    if number == 'sg' and not headline: n = hang(det('sg'), n, 'det', False)
    elif rng.random() < .15: n = hang(tok('the', 'the', 'DET', 'Definite=Def|PronType=Art'), n, 'det', False)
    return n
def pp(prep, np): return hang(tok(prep, prep, 'ADP'), np, 'case', False)
def when():
    r = rng.random()
    if r < .6: return pp('on', (lambda d: tok(d, d, 'PROPN', 'Number=Sing'))(rng.choice(DAYS))), 'obl'
    if r < .8: return pp('in', (lambda d: tok(d, d, 'PROPN', 'Number=Sing'))(rng.choice(MONTHS))), 'obl'
    return hang(tok('last', 'last', 'ADJ', 'Degree=Pos'), tok(*rng.choice([('week', 'week', 'NOUN', 'Number=Sing'), ('year', 'year', 'NOUN', 'Number=Sing'), ('month', 'month', 'NOUN', 'Number=Sing')])), 'amod', False), 'obl:unmarked'
def is_plural(np):
    h = head_of(np)
    return 'Number=Plur' in np[h][3] or 'Number=Ptan' in np[h][3] or any(t[5] == 'conj' and t[4] == h for t in np)
def finite(verb, headline, np):
    """verb token(s) as a list of (phrase, rel) with the head last; tense by style"""
    ps, pp_ = past(verb)
    r = rng.random()
    person3 = 'Mood=Ind|Number={}|Person=3|Tense={}|VerbForm=Fin'
    num = 'Plur' if is_plural(np) else 'Sing'
    if headline and r < .75:
        form = verb if is_plural(np) else third(verb)
        return [(tok(form, verb, 'VERB', person3.format(num, 'Pres')), None)]
    if r < .72: return [(tok(ps, verb, 'VERB', person3.format(num, 'Past')), None)]
    if r < .80: return [(tok('has' if num == 'Sing' else 'have', 'have', 'AUX', person3.format(num, 'Pres')), 'aux'), (tok(pp_, verb, 'VERB', 'Tense=Past|VerbForm=Part'), None)]
    if r < .86: return [(tok('will', 'will', 'AUX', 'VerbForm=Fin'), 'aux'), (tok(verb, verb, 'VERB', 'VerbForm=Inf'), None)]
    if r < .92: return [(tok('is' if num == 'Sing' else 'are', 'be', 'AUX', person3.format(num, 'Pres')), 'aux'), (tok(ing(verb), verb, 'VERB', 'Tense=Pres|VerbForm=Part'), None)]
    aux = 'did' if not headline else 'does'
    return [(tok(aux, 'do', 'AUX', person3.format(num, 'Past')), 'aux'), (tok('not', 'not', 'PART', 'Polarity=Neg'), 'advmod'), (tok(verb, verb, 'VERB', 'VerbForm=Inf'), None)]
def object_with_pp(verb, headline):
    v, objects, prep = verb
    return obj(rng.choice(objects), headline), (pp(prep, simple_actor(headline)) if rng.random() < .55 else None)
NOUN_PP = {'with', 'on', 'over', 'between', 'against', 'of'}
def tail(parts, verb, headline):
    o, p = object_with_pp(verb, headline)
    if p is not None and verb[2] in NOUN_PP and verb[0] in ('sever', 'cut', 'restore', 'sign', 'impose', 'lift', 'ease', 'suspend', 'hold', 'ratify', 'resume', 'postpone', 'cancel', 'close', 'raise', 'freeze'):
        nominal = verb[0] not in ('impose', 'spend')
        if nominal: o = hang(p, o, 'nmod')
        else: parts += [(o, 'obj'), (p, 'obl')]; return parts
        p = None
    parts.append((o, 'obj'))
    if p is not None: parts.append((p, 'obl'))
    return parts
def when_maybe(parts, chance):
    if rng.random() < chance:
        w, rel = when(); parts.append((w, rel))
    return parts
PERIOD = tok('.', '.', 'PUNCT')
def svo(headline=False, embed=False):
    verb = rng.choice(TRANSITIVE); s = actor(headline)
    parts = [(s, 'nsubj')] + finite(verb[0], headline, s)
    if rng.random() < .1 and not headline: parts.insert(1, (tok(*rng.choice([('also', 'also', 'ADV', '_'), ('reportedly', 'reportedly', 'ADV', '_'), ('later', 'late', 'ADV', 'Degree=Cmp')])), 'advmod'))
    parts = tail(parts, verb, headline)
    return when_maybe(parts, .0 if embed else .35)
def two_objects(headline=False):
    v, o = rng.choice(DITRANSITIVE); s = actor(headline)
    r = simple_actor(headline)
    return when_maybe([(s, 'nsubj')] + finite(v, headline, s) + [(r, 'iobj'), (obj(o, headline), 'obj')], .2)
def transitive_actor(headline=False):
    v = rng.choice('attack criticise criticize accuse condemn praise visit invade bomb recognise recognize warn thank defend back arm sue threaten support sanction expel arrest'.split())
    s = actor(headline)
    parts = [(s, 'nsubj')] + finite(v, headline, s) + [(actor(headline), 'obj')]
    if rng.random() < .3: parts.append((pp(rng.choice(['over', 'for', 'in']), obj(rng.choice('attack killing plan law border election'.split()))), 'obl'))
    return when_maybe(parts, .3)
def passive(headline=False):
    verb = rng.choice(TRANSITIVE); s = obj(rng.choice(verb[1])) if rng.random() < .6 else actor(headline); _, part = past(verb[0])
    num = 'Plur' if is_plural(s) else 'Sing'
    parts = [(s, 'nsubj:pass')]
    if not headline: parts.append((tok('were' if num == 'Plur' else 'was', 'be', 'AUX', f'Mood=Ind|Number={num}|Person=3|Tense=Past|VerbForm=Fin'), 'aux:pass'))
    parts.append((tok(part, verb[0], 'VERB', 'Tense=Past|VerbForm=Part|Voice=Pass'), None))
    if rng.random() < .5 or headline: parts.append((pp('by', actor(headline)), 'obl:agent'))
    if rng.random() < .4: parts.append((pp('in', country(True)), 'obl'))
    return when_maybe(parts, .3)
def control(headline=False):
    v = rng.choice(CONTROL); s = actor(headline); verb = rng.choice(TRANSITIVE)
    inner = [(tok('to', 'to', 'PART'), 'mark'), (tok(verb[0], verb[0], 'VERB', 'VerbForm=Inf'), None)]
    inner = join(tail(inner, verb, headline))
    return [(s, 'nsubj')] + finite(v, headline, s) + [(inner, 'xcomp')]
def urge(headline=False):
    v = rng.choice(URGE); s = actor(headline); verb = rng.choice(TRANSITIVE)
    inner = join(tail([(tok('to', 'to', 'PART'), 'mark'), (tok(verb[0], verb[0], 'VERB', 'VerbForm=Inf'), None)], verb, headline))
    if v == 'call': return [(s, 'nsubj')] + finite(v, headline, s) + [(pp('on', actor(headline)), 'obl'), (inner, 'xcomp')]
    return [(s, 'nsubj')] + finite(v, headline, s) + [(actor(headline), 'obj'), (inner, 'xcomp')]
def intransitive(headline=False):
    v, prep = rng.choice([('withdraw', 'from'), ('meet', 'with'), ('talk', 'with'), ('clash', 'with'), ('agree', 'with'), ('arrive', 'in'), ('surrender', 'to'), ('appeal', 'to'), ('apologise', 'to'), ('retreat', 'from'), ('rally', 'in'), ('resign', 'over'), ('march', 'in'), ('protest', 'against')])
    s = actor(headline)
    return when_maybe([(s, 'nsubj')] + finite(v, headline, s) + [(pp(prep, simple_actor(headline)), 'obl')], .4)
def embedded(headline=False):
    s = actor(headline); v = rng.choice(SAY)
    inner = join(rng.choice([svo, transitive_actor, passive, intransitive])(False) if False else svo(False, True) if rng.random() < .6 else intransitive())
    if rng.random() < .5: inner = hang(tok('that', 'that', 'SCONJ'), inner, 'mark', False)
    verb = finite(v, headline, s) if rng.random() < .3 else [(tok(third(v) if headline else past(v)[0], v, 'VERB', 'Mood=Ind|Number=Sing|Person=3|Tense=' + ('Pres' if headline else 'Past') + '|VerbForm=Fin'), None)]
    return [(s, 'nsubj')] + verb + [(inner, 'ccomp')]
def conjoined(headline=False):
    first = svo(headline); verb = rng.choice(TRANSITIVE)
    form = past(verb[0])[0]
    second = join(tail([(tok('and', 'and', 'CCONJ'), 'cc'), (tok(form, verb[0], 'VERB', 'Mood=Ind|Number=Sing|Person=3|Tense=Past|VerbForm=Fin'), None)], verb, headline))
    return first + [(second, 'conj')]
FRAMES = [(svo, 34), (transitive_actor, 14), (two_objects, 8), (passive, 10), (control, 9), (urge, 8), (intransitive, 8), (embedded, 6), (conjoined, 3)]
def sentence():
    frame = rng.choices([f for f, _ in FRAMES], [w for _, w in FRAMES])[0]
    headline = rng.random() < .3
    parts = frame(headline)
    if not headline or rng.random() < .1: parts.append((PERIOD, 'punct'))
    return join(parts)
seen = set(); made = 0
while made < count:
    s = sentence(); s[0][0] = s[0][0][0].upper() + s[0][0][1:]
    text = ' '.join(t[0] for t in s).replace(" 's", "'s").replace(' .', '.')
    if text in seen or len(s) > 40: continue
    seen.add(text); made += 1
    print('# treebank = NEWS'); print(f'# sent_id = news-{made}'); print('# text = ' + text)
    for i, t in enumerate(s):
        nxt = s[i + 1][0] if i + 1 < len(s) else ''
        misc = 'SpaceAfter=No' if nxt in ('.', "'s") else '_'
        print('\t'.join([str(i + 1), t[0], t[1], t[2], '_', t[3], str(0 if t[4] is None else t[4] + 1), 'root' if t[4] is None else t[5], '_', misc]))
    print()
