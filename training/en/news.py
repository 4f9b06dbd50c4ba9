#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
# Writes news.conllu.xz: sentences of a small grammar of diplomatic news with their trees. The treebanks
# have few clauses of the kind "Country severed relations with Country", where the verb could as well be a
# participle; these sentences teach the reading that news mean. All words are ours; nothing is copied.
#   python3 training/en/news.py training/en/news.conllu.xz
import copy
import lzma
import random
import sys

random.seed(20190111)
pick = random.choice


class Node:
    """A word with its dependents, those before it and those after it, in their order."""

    def __init__(self, form, upos, rel="root", lemma=None, feats="_", left=(), right=()):
        self.form, self.upos, self.rel, self.feats = form, upos, rel, feats
        self.lemma = lemma if lemma is not None else (form if upos == "PROPN" else form.lower())
        self.left, self.right = list(left), list(right)
        self.number = "Plur" if ("Number=Plur" in feats or "Number=Ptan" in feats) else "Sing"

    def words(self):
        out = []
        for child in self.left:
            out += child.words()
        out.append(self)
        for child in self.right:
            out += child.words()
        return out


def rel(node, name):
    node.rel = name
    return node


COUNTRIES = """Paraguay Venezuela Colombia Brazil Argentina Chile Peru Ecuador Bolivia Uruguay Guyana Mexico Cuba
Honduras Nicaragua Guatemala Panama Canada Germany France Italy Spain Poland Hungary Romania Greece Turkey Russia
Ukraine Georgia Armenia Azerbaijan Serbia Kosovo Sweden Norway Finland Denmark Britain Ireland Belgium Austria China
Japan India Pakistan Bangladesh Myanmar Thailand Vietnam Indonesia Malaysia Australia Iran Iraq Syria Lebanon Jordan
Israel Egypt Libya Sudan Ethiopia Eritrea Kenya Somalia Rwanda Burundi Nigeria Ghana Mali Niger Chad Morocco Algeria
Tunisia Qatar Kuwait Yemen Oman Afghanistan Kazakhstan Uzbekistan Mongolia Nepal Taiwan""".split()
CAPITALS = """Caracas Bogota Lima Quito Asuncion Brasilia Santiago Havana Managua Moscow Kyiv Warsaw Berlin Paris London
Brussels Vienna Rome Madrid Athens Ankara Tehran Baghdad Damascus Cairo Khartoum Nairobi Abuja Beijing Tokyo Delhi
Islamabad Kabul Hanoi Jakarta Geneva""".split()
GROUPS = "NATO Unasur Mercosur ECOWAS ASEAN OPEC Hamas Hezbollah FARC ELN".split()
DEMONYMS = """Venezuelan Colombian Brazilian Peruvian Mexican Cuban Russian Ukrainian Turkish Syrian Iranian Iraqi Israeli
Egyptian Sudanese Ethiopian Nigerian Chinese Japanese Indian Afghan French German British Polish Serbian""".split()
FIRST = """Carlos Maria Juan Ana Ivan Olga Ahmed Fatima Omar Li Kofi Amina Peter Helen Marco Elena Viktor Hassan Luis
Rosa""".split()
LAST = """Herrera Quiroga Molina Petrov Ivanova Hassan Karimi Okoye Mbeki Tanaka Sharma Kowalski Novak Schmidt Laurent
Rossi Lindqvist Papadakis Demir Aydin Castaneda Valverde""".split()
DAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()
MONTHS = "January February March April June July August September October November December".split()
SING, PLUR = "Number=Sing", "Number=Plur"


def word(text, upos, rel_name, **more):
    return Node(text, upos, rel_name, **more)


def the():
    return Node("the", "DET", "det", feats="Definite=Def|PronType=Art")


def article(noun):
    form = "an" if noun[0] in "aeiou" else "a"
    return Node(form, "DET", "det", lemma="a", feats="Definite=Ind|PronType=Art")


def its(number):
    if number == "Plur":
        return Node("their", "PRON", "nmod:poss", feats="Case=Gen|Number=Plur|Person=3|Poss=Yes|PronType=Prs")
    return Node("its", "PRON", "nmod:poss",
                feats="Case=Gen|Gender=Neut|Number=Sing|Person=3|Poss=Yes|PronType=Prs")


def adjective(form):
    return Node(form, "ADJ", "amod", feats="Degree=Pos")


def case(form):
    return Node(form, "ADP", "case")


def proper(form):
    return Node(form, "PROPN", "root", feats=SING)


def country():
    return proper(pick(COUNTRIES))


def coordinate(make, several=False):
    first = make()
    rest = [make() for _ in range(2 if several else 1)]
    for i, node in enumerate(rest):
        if i == len(rest) - 1:
            node.left.insert(0, Node("and", "CCONJ", "cc"))
        else:
            node.left.insert(0, Node(",", "PUNCT", "punct"))
        first.right.append(rel(node, "conj"))
    first.number = "Plur"
    return first


def union():
    adj, noun = pick([("European", "Union"), ("African", "Union"), ("Arab", "League"), ("Andean", "Community")])
    return Node(noun, "PROPN", feats=SING, left=[the(), adjective(adj)])


def person():
    first = proper(pick(FIRST))
    first.right.append(Node(pick(LAST), "PROPN", "flat", feats=SING))
    if random.random() < 0.5:
        title = Node(pick(["President", "Minister", "Senator", "Ambassador", "General"]), "PROPN", "nmod:desc",
                     feats=SING)
        if random.random() < 0.5:
            title.left.append(adjective(pick(DEMONYMS)))
        first.left.append(title)
    elif random.random() < 0.3:
        return proper(pick(LAST))
    return first


AGENTS = [("troops", "troops", "Number=Ptan"), ("police", "police", SING), ("lawmakers", "lawmaker", PLUR),
          ("rebels", "rebel", PLUR), ("protesters", "protester", PLUR), ("officials", "official", PLUR),
          ("soldiers", "soldier", PLUR), ("diplomats", "diplomat", PLUR), ("militants", "militant", PLUR),
          ("authorities", "authority", PLUR), ("students", "student", PLUR), ("leaders", "leader", PLUR)]


def agents():
    form, lemma, feats = pick(AGENTS)
    node = Node(form, "NOUN", lemma=lemma, feats=feats)
    if random.random() < 0.7:
        node.left.append(adjective(pick(DEMONYMS)))
    return node


def government():
    form = pick(["government", "parliament", "president", "army", "court", "embassy", "opposition"])
    node = Node(form, "NOUN", feats=SING, left=[the()])
    if random.random() < 0.5:
        node.left.append(adjective(pick(DEMONYMS)))
    else:
        node.right.append(phrase("of", country(), "nmod"))
    return node


def numbered():
    count = pick(["two", "three", "four", "five", "six", "seven", "ten"])
    form, lemma = pick([("countries", "country"), ("governments", "government"), ("nations", "nation"),
                        ("states", "state"), ("members", "member")])
    node = Node(form, "NOUN", lemma=lemma, feats=PLUR,
                left=[Node(count, "NUM", "nummod", feats="NumForm=Word|NumType=Card")])
    if form == "members":
        node.right.append(phrase("of", proper(pick(GROUPS)), "nmod"))
    return node


def minister():
    owner = country()
    owner.right.append(Node("'s", "PART", "case"))
    return Node(pick(["minister", "ministry"]), "NOUN", feats=SING,
                left=[rel(owner, "nmod:poss"), adjective(pick(["foreign", "interior"]))])


def subject():
    kind = random.random()
    if kind < 0.42:
        return country()
    if kind < 0.5:
        return coordinate(country)
    if kind < 0.55:
        return coordinate(country, several=True)
    if kind < 0.63:
        return person()
    if kind < 0.72:
        return agents()
    if kind < 0.82:
        return government()
    if kind < 0.88:
        return numbered()
    if kind < 0.93:
        return minister()
    return proper(pick(GROUPS + CAPITALS)) if random.random() < 0.7 else union()


def phrase(preposition, node, rel_name):
    node = rel(node, rel_name)
    node.left.insert(0, case(preposition))
    return node


# verb: base, third person, past, participle, gerund
VERBS = {v[0]: v for v in (line.split() for line in """
sever severs severed severed severing
cut cuts cut cut cutting
suspend suspends suspended suspended suspending
condemn condemns condemned condemned condemning
accuse accuses accused accused accusing
expel expels expelled expelled expelling
recall recalls recalled recalled recalling
reject rejects rejected rejected rejecting
impose imposes imposed imposed imposing
lift lifts lifted lifted lifting
sign signs signed signed signing
ratify ratifies ratified ratified ratifying
denounce denounces denounced denounced denouncing
launch launches launched launched launching
attack attacks attacked attacked attacking
invade invades invaded invaded invading
shell shells shelled shelled shelling
bomb bombs bombed bombed bombing
deploy deploys deployed deployed deploying
withdraw withdraws withdrew withdrawn withdrawing
urge urges urged urged urging
recognize recognizes recognized recognized recognizing
criticize criticizes criticized criticized criticizing
free frees freed freed freeing
release releases released released releasing
arrest arrests arrested arrested arresting
detain detains detained detained detaining
host hosts hosted hosted hosting
visit visits visited visited visiting
join joins joined joined joining
leave leaves left left leaving
close closes closed closed closing
reopen reopens reopened reopened reopening
restore restores restored restored restoring
freeze freezes froze frozen freezing
seize seizes seized seized seizing
block blocks blocked blocked blocking
back backs backed backed backing
praise praises praised praised praising
summon summons summoned summoned summoning
break breaks broke broken breaking
hold holds held held holding
call calls called called calling
meet meets met met meeting
agree agrees agreed agreed agreeing
refuse refuses refused refused refusing
threaten threatens threatened threatened threatening
offer offers offered offered offering
pledge pledges pledged pledged pledging
vow vows vowed vowed vowing
decide decides decided decided deciding
want wants wanted wanted wanting
protest protests protested protested protesting
resign resigns resigned resigned resigning
fight fights fought fought fighting
send sends sent sent sending
extradite extradites extradited extradited extraditing
annex annexes annexed annexed annexing
mediate mediates mediated mediated mediating
approve approves approved approved approving
veto vetoes vetoed vetoed vetoing
say says said said saying
""".strip().split("\n"))}


def noun(form, lemma=None, plural=None, *adjectives):
    plural = form.endswith("s") and lemma is not None if plural is None else plural
    return Node(form, "NOUN", lemma=lemma or form, feats=PLUR if plural else SING,
                left=[adjective(a) for a in adjectives])


def definite(node):
    node.left.insert(0, the())
    return node


def some(node):
    first = node.left[0].form if node.left else node.form
    node.left.insert(0, article(first))
    return node


def relations():
    form, lemma = pick([("relations", "relation"), ("ties", "tie"), ("links", "link"), ("relations", "relation")])
    return noun(form, lemma, True, *random.sample(["diplomatic", "economic", "military", "bilateral", "all"][:4],
                                                   random.choice([0, 1, 1])))


def sanctions():
    return noun("sanctions", "sanction", True, pick(["economic", "new", "tough", "financial"]))


def pact():
    return (definite if random.random() < 0.6 else some)(
        noun(pick(["agreement", "treaty", "pact", "deal", "accord"]), None, False,
             *random.sample(["peace", "trade", "border"][:0] + ["bilateral", "nuclear", "historic"],
                            random.choice([0, 1]))))


def diplomats():
    count = pick(["two", "three", "five"])
    node = noun("diplomats", "diplomat", True, pick(DEMONYMS))
    node.left.insert(0, Node(count, "NUM", "nummod", feats="NumForm=Word|NumType=Card"))
    return node


def prisoners():
    form, lemma = pick([("prisoners", "prisoner"), ("activists", "activist"), ("journalists", "journalist"),
                        ("hostages", "hostage"), ("protesters", "protester")])
    node = noun(form, lemma, True)
    if random.random() < 0.5:
        node.left.append(Node(pick(["two", "dozens", "twelve", "six"][0:1] + ["twelve", "six"]), "NUM", "nummod",
                              feats="NumForm=Word|NumType=Card"))
    if random.random() < 0.5:
        node.left.append(adjective(pick(["political", "foreign"] + DEMONYMS)))
    return node


def own(thing):
    return lambda number="Sing": (lambda node: (node.left.insert(0, its(number)), node)[1])(thing())


def frames():
    """(verb, object or None, [(preposition, noun phrase)], particle)"""
    c = country
    return [
        ("sever", relations, [("with", c)], None), ("sever", relations, [("with", c)], None),
        ("cut", relations, [("with", c)], None), ("break", relations, [("with", c)], "off"),
        ("break", lambda: noun("talks", "talk", True), [("with", c)], "off"),
        ("restore", relations, [("with", c)], None), ("suspend", relations, [("with", c)], None),
        ("suspend", own(lambda: Node("participation", "NOUN", feats=SING,
                                     right=[phrase("in", proper(pick(GROUPS)), "nmod")])), [], None),
        ("suspend", lambda: noun("talks", "talk", True), [("with", c)], None),
        ("condemn", lambda: definite(noun(pick(["attack", "coup", "decision", "violence"]), None, False)), [], None),
        ("condemn", c, [], None), ("denounce", pact, [], None), ("denounce", c, [], None),
        ("expel", diplomats, [], None), ("expel", lambda: definite(noun("ambassador", None, False, pick(DEMONYMS))), [],
                                         None),
        ("recall", own(lambda: noun("ambassador")), [("from", lambda: proper(pick(CAPITALS)))], None),
        ("summon", lambda: definite(noun("ambassador", None, False, pick(DEMONYMS))), [], None),
        ("reject", lambda: definite(noun(pick(["proposal", "offer", "plan", "claim", "request"]), None, False)), [], None),
        ("impose", sanctions, [("on", c)], None), ("lift", sanctions, [("on", c)], None),
        ("sign", pact, [("with", c)], None), ("ratify", pact, [], None), ("approve", pact, [], None),
        ("launch", lambda: some(noun(pick(["attack", "offensive", "operation", "strike"]), None, False,
                                     *random.sample(["military", "new"], random.choice([0, 1])))),
         [("against", c)], None),
        ("attack", c, [], None), ("invade", c, [], None), ("invade", c, [], None), ("annex", c, [], None),
        ("shell", lambda: noun("positions", "position", True, pick(DEMONYMS)), [], None),
        ("bomb", lambda: proper(pick(CAPITALS)), [], None),
        ("deploy", lambda: Node("troops", "NOUN", feats="Number=Ptan"), [("in", c)], None),
        ("deploy", lambda: noun("soldiers", "soldier", True), [("along", lambda: definite(noun("border")))], None),
        ("withdraw", own(lambda: Node("troops", "NOUN", feats="Number=Ptan")), [("from", c)], None),
        ("withdraw", None, [("from", lambda: proper(pick(GROUPS)))], None),
        ("withdraw", own(lambda: noun("ambassador")), [("from", lambda: proper(pick(CAPITALS)))], None),
        ("recognize", c, [("as", lambda: some(noun("state", None, False, "independent")))], None),
        ("recognize", c, [], None), ("criticize", c, [("for", lambda: definite(noun("attack")))], None),
        ("free", prisoners, [], None), ("release", prisoners, [], None), ("arrest", prisoners, [], None),
        ("detain", prisoners, [], None), ("seize", lambda: definite(noun(pick(["ship", "tanker", "town"]))), [], None),
        ("host", lambda: some(noun("summit", None, False, *random.sample(["regional"], random.choice([0, 1])))), [],
         None),
        ("visit", c, [], None), ("join", lambda: proper(pick(GROUPS)), [], None), ("join", union, [], None),
        ("leave", lambda: proper(pick(GROUPS)), [], None), ("leave", union, [], None),
        ("close", own(lambda: noun("embassy")), [("in", lambda: proper(pick(CAPITALS)))], None),
        ("close", own(lambda: noun("border")), [("with", c)], None),
        ("reopen", own(lambda: noun("embassy")), [("in", lambda: proper(pick(CAPITALS)))], None),
        ("freeze", lambda: noun("assets", "asset", True, pick(DEMONYMS)), [], None),
        ("block", lambda: definite(noun(pick(["resolution", "bill", "road"]))), [], None),
        ("veto", lambda: definite(noun("resolution")), [], None),
        ("back", c, [], None), ("praise", c, [("for", lambda: definite(noun("agreement")))], None),
        ("hold", lambda: noun("talks", "talk", True), [("with", c)], None),
        ("hold", lambda: noun("elections", "election", True), [], None),
        ("call", None, [("for", lambda: some(noun("summit", None, False, "regional")))], None),
        ("call", None, [("for", lambda: noun("talks", "talk", True))], None),
        ("call", None, [("for", lambda: noun("elections", "election", True))], "@"),
        ("meet", None, [("with", person)], None), ("meet", None, [("in", lambda: proper(pick(CAPITALS)))], None),
        ("protest", None, [("against", lambda: definite(noun("government")))], None),
        ("resign", None, [], None), ("fight", None, [("with", agents)], None),
        ("send", lambda: noun("aid"), [("to", c)], None), ("send", lambda: Node("troops", "NOUN", feats="Number=Ptan"),
                                                           [("to", c)], None),
        ("extradite", lambda: definite(noun("suspect")), [("to", c)], None),
        ("mediate", None, [("between", lambda: coordinate(country))], None),
    ]


FRAMES = frames()


def finite(tense, number):
    if tense == "past":
        return "Mood=Ind|Number=%s|Person=3|Tense=Past|VerbForm=Fin" % number
    return "Mood=Ind|Number=%s|Person=3|Tense=Pres|VerbForm=Fin" % number


def verb(base, tense, number="Sing"):
    b, third, past, participle, gerund = VERBS[base]
    if tense == "past":
        return Node(past, "VERB", lemma=base, feats=finite("past", number))
    if tense == "present":
        return Node(third if number == "Sing" else b, "VERB", lemma=base, feats=finite("present", number))
    if tense == "infinitive":
        return Node(b, "VERB", lemma=base, feats="VerbForm=Inf")
    if tense == "perfect":
        return Node(participle, "VERB", lemma=base, feats="Tense=Past|VerbForm=Part")
    if tense == "passive":
        return Node(participle, "VERB", lemma=base, feats="Tense=Past|VerbForm=Part|Voice=Pass")
    return Node(gerund, "VERB", lemma=base, feats="VerbForm=Ger")


def auxiliary(form, lemma, feats, name="aux"):
    return Node(form, "AUX", name, lemma=lemma, feats=feats)


def complements(node, frame, number, skip_object=False):
    _, make_object, preps, particle = frame
    if particle and particle != "@":
        node.right.append(Node(particle, "ADP", "compound:prt"))
    if make_object and not skip_object:
        try:
            thing = make_object(number)
        except TypeError:
            thing = make_object()
        node.right.append(rel(thing, "obj"))
    for preposition, make in preps:
        node.right.append(phrase(preposition, make(), "obl"))
    return node


def when():
    kind = random.random()
    if kind < 0.3:
        return phrase("on", proper(pick(DAYS)), "obl")
    if kind < 0.45:
        return rel(proper(pick(DAYS)), "obl:unmarked")
    if kind < 0.6:
        month = proper(pick(MONTHS))
        return phrase("in", month, "obl")
    if kind < 0.75:
        return Node(pick(["week", "month", "year"]), "NOUN", "obl:unmarked", feats=SING, left=[adjective("last")])
    if kind < 0.85:
        return phrase("after", Node("protests", "NOUN", lemma="protest", feats=PLUR), "obl")
    return phrase("over", definite(noun(pick(["dispute", "crisis", "attack", "border"]), None, False)), "obl")


def simple(tense, frame=None, who=None):
    """A clause: the verb with its subject."""
    frame = frame or pick(FRAMES)
    who = who or subject()
    if frame[0] == "meet" and who.number == "Sing" and frame[2][0][0] == "in":
        who = coordinate(country)
    number = who.number
    if tense in ("past", "present"):
        node = verb(frame[0], tense, number)
    elif tense == "perfect":
        node = verb(frame[0], "perfect")
        form = "has" if number == "Sing" else "have"
        node.left.append(auxiliary(form, "have", finite("present", number)))
    elif tense == "negated":
        node = verb(frame[0], "infinitive")
        node.left.append(auxiliary("did", "do", finite("past", number)))
        node.left.append(Node("not", "PART", "advmod", feats="Polarity=Neg"))
    else:  # a modal verb
        node = verb(frame[0], "infinitive")
        node.left.append(auxiliary(tense, tense, "VerbForm=Fin"))
        if random.random() < 0.3:
            node.left.append(Node("not", "PART", "advmod", feats="Polarity=Neg"))
    node.left.insert(0, rel(who, "nsubj"))
    complements(node, frame, number)
    if random.random() < 0.5:
        node.right.append(when())
    return node


def passive():
    frame = pick([f for f in FRAMES if f[1] and f[0] not in ("join", "leave", "hold", "visit", "withdraw", "recall",
                                                            "close", "reopen", "suspend")])
    who = frame[1]()
    node = verb(frame[0], "passive")
    number = who.number
    if random.random() < 0.6:
        form = "was" if number == "Sing" else "were"
        node.left.append(auxiliary(form, "be", finite("past", number), "aux:pass"))
    elif random.random() < 0.5:
        form = "has" if number == "Sing" else "have"
        node.left.append(auxiliary(form, "have", finite("present", number)))
        node.left.append(auxiliary("been", "be", "Tense=Past|VerbForm=Part", "aux:pass"))
    else:
        node.left.append(auxiliary("will", "will", "VerbForm=Fin"))
        node.left.append(auxiliary("be", "be", "VerbForm=Inf", "aux:pass"))
    node.left.insert(0, rel(who, "nsubj:pass"))
    complements(node, frame, number, skip_object=True)
    if random.random() < 0.7:
        node.right.append(phrase("by", subject(), "obl:agent"))
    if random.random() < 0.4:
        node.right.append(when())
    return node


def control(tense):
    who = subject()
    main = pick(["agree", "refuse", "threaten", "offer", "pledge", "vow", "decide", "want"])
    node = verb(main, tense, who.number)
    node.left.append(rel(who, "nsubj"))
    frame = pick(FRAMES)
    inner = verb(frame[0], "infinitive")
    complements(inner, frame, who.number)
    inner.left.append(Node("to", "PART", "mark"))
    node.right.append(rel(inner, "xcomp"))
    return node


def reported():
    who = pick([person, minister, government, agents])()
    node = verb("say", "past", who.number)
    node.left.append(rel(who, "nsubj"))
    inner = simple(pick(["past", "perfect", "would", "will", "may", "negated"]))
    if random.random() < 0.6:
        inner.left.insert(0, Node("that", "SCONJ", "mark"))
    node.right.append(rel(inner, "ccomp"))
    return node


def accused():
    who = subject()
    base, preposition = pick([("accuse", "of"), ("criticize", "for"), ("condemn", "for")])
    node = verb(base, "past", who.number)
    node.left.append(rel(who, "nsubj"))
    node.right.append(rel(country(), "obj"))
    frame = pick(FRAMES)
    inner = verb(frame[0], "gerund")
    complements(inner, frame, "Sing")
    inner.left.append(Node(preposition, "SCONJ", "mark"))
    node.right.append(rel(inner, "advcl"))
    return node


def urged():
    who = subject()
    node = verb("urge", "past", who.number)
    node.left.append(rel(who, "nsubj"))
    whom = country()
    node.right.append(rel(whom, "obj"))
    frame = pick(FRAMES)
    inner = verb(frame[0], "infinitive")
    complements(inner, frame, "Sing")
    inner.left.append(Node("to", "PART", "mark"))
    node.right.append(rel(inner, "xcomp"))
    return node


def two_acts():
    node = simple("past")
    frame = pick(FRAMES)
    number = node.words()[0].number
    second = verb(frame[0], "past", number)
    complements(second, frame, number)
    second.left.insert(0, Node("and", "CCONJ", "cc"))
    node.right.append(rel(second, "conj"))
    return node


def after_clause():
    node = simple("past")
    inner = simple("past")
    inner.left.insert(0, Node(pick(["after", "because", "while", "before"]), "SCONJ", "mark"))
    node.right.append(rel(inner, "advcl"))
    return node


def relative():
    who = country()
    node = simple("past", who=who)
    frame = pick(FRAMES)
    inner = verb(frame[0], "past", "Sing")
    complements(inner, frame, "Sing")
    inner.left.insert(0, Node("which", "PRON", "nsubj", feats="PronType=Rel"))
    inner.left.insert(0, Node(",", "PUNCT", "punct"))
    inner.right.append(Node(",", "PUNCT", "punct"))
    who.right.append(rel(inner, "acl:relcl"))
    return node


def reduced():
    frame = pick([f for f in FRAMES if f[1] in (diplomats, prisoners, relations, sanctions)])
    thing = frame[1]()
    inner = verb(frame[0], "passive")
    inner.right.append(phrase("by", country(), "obl:agent"))
    thing.right.append(rel(inner, "acl"))
    node = verb(pick(["return", "leave"]) if False else "meet", "past", "Plur")
    node.left.append(rel(definite(thing), "nsubj"))
    node.right.append(phrase("in", proper(pick(CAPITALS)), "obl"))
    return node


ARTICLES = ("the", "a", "an")


def headline(node):
    """Leaves out articles and the full stop."""
    def strip(n):
        n.left = [c for c in n.left if c.form not in ARTICLES]
        n.right = [c for c in n.right if c.form not in ARTICLES]
        for c in n.left + n.right:
            strip(c)
    strip(node)
    return node


def sentence():
    kind = random.random()
    stop = True
    if kind < 0.34:
        node = simple("past")
    elif kind < 0.44:
        node, stop = headline(simple("present")), False
    elif kind < 0.50:
        node = simple(pick(["perfect", "will", "may", "would", "negated", "could"]))
    elif kind < 0.64:
        node = passive()
    elif kind < 0.71:
        node = control("past")
    elif kind < 0.74:
        node, stop = headline(control("present")), False
    elif kind < 0.80:
        node = reported()
    elif kind < 0.84:
        node = accused()
    elif kind < 0.87:
        node = urged()
    elif kind < 0.92:
        node = two_acts()
    elif kind < 0.96:
        node = after_clause()
    elif kind < 0.98:
        node = relative()
    else:
        node = reduced()
    if stop:
        node.right.append(Node(".", "PUNCT", "punct"))
    return rel(node, "root")


def conllu(node, number):
    words = node.words()
    place = {id(w): i + 1 for i, w in enumerate(words)}
    head = {}
    for w in words:
        for child in w.left + w.right:
            head[id(child)] = place[id(w)]
    if words[0].upos != "PROPN":
        words[0].form = words[0].form[0].upper() + words[0].form[1:]
    lines = ["# treebank = news", "# sent_id = news-%d" % number,
             "# text = " + " ".join(w.form for w in words)]
    for i, w in enumerate(words):
        lines.append("\t".join([str(i + 1), w.form, w.lemma, w.upos, "_", w.feats, str(head.get(id(w), 0)), w.rel,
                                "_", "_"]))
    return "\n".join(lines) + "\n\n"


def main():
    out = "".join(conllu(copy.deepcopy(sentence()), i + 1) for i in range(1500))
    with lzma.open(sys.argv[1], "wt", encoding="utf-8", preset=9) as file:
        file.write(out)


main()
