// SPDX-License-Identifier: Apache-2.0
// The tables, as steps from one version to the next. A step is never changed once it was released; a new one is
// added. {TEXT} is a text that sorts by bytes, {KEY} an integer primary key, {SORTED} after a table asks that it be
// kept in the order of its primary key.
#pragma once

namespace entente {

inline constexpr const char* kMigrations[] = {
    // 1: what was read
    R"sql(
CREATE TABLE ledger_meta(name {TEXT} PRIMARY KEY, value {TEXT} NOT NULL);
CREATE TABLE reports(number {KEY}, id {TEXT} NOT NULL UNIQUE, name {TEXT} NOT NULL, path {TEXT} NOT NULL, title {TEXT} NOT NULL,
  source {TEXT} NOT NULL, url {TEXT} NOT NULL, language {TEXT} NOT NULL, date {TEXT} NOT NULL, words BIGINT NOT NULL, events BIGINT NOT NULL);
CREATE TABLE failures(place {TEXT} PRIMARY KEY, reason {TEXT} NOT NULL);
CREATE TABLE mentions(mention {KEY}, id {TEXT} NOT NULL, block BIGINT NOT NULL, event {TEXT} NOT NULL, mode {TEXT} NOT NULL,
  cameo {TEXT} NOT NULL, quad {TEXT} NOT NULL, score DOUBLE PRECISION, actor {TEXT} NOT NULL, recipient {TEXT} NOT NULL,
  compared {TEXT} NOT NULL, date {TEXT} NOT NULL, date_how {TEXT} NOT NULL, first_day BIGINT NOT NULL, last_day BIGINT NOT NULL,
  exact BIGINT NOT NULL, auxiliary BIGINT NOT NULL, operation {TEXT} NOT NULL, needs_recipient BIGINT NOT NULL, place {TEXT} NOT NULL,
  known BIGINT NOT NULL, source {TEXT} NOT NULL);
CREATE INDEX mentions_block ON mentions(block);
CREATE INDEX mentions_id ON mentions(id);
CREATE TABLE records(mention {KEY}, text {TEXT} NOT NULL, sentence {TEXT} NOT NULL, record {TEXT} NOT NULL);
CREATE TABLE subjects(subject {KEY}, kind {TEXT} NOT NULL, name {TEXT} NOT NULL, roles {TEXT} NOT NULL);
CREATE TABLE subject_parties(party {TEXT} NOT NULL, subject BIGINT NOT NULL, PRIMARY KEY(party, subject));
CREATE TABLE moves(mention BIGINT NOT NULL, subject BIGINT NOT NULL, state {TEXT} NOT NULL, force {TEXT} NOT NULL, since {TEXT} NOT NULL,
  no_later BIGINT NOT NULL, first_day BIGINT NOT NULL, last_day BIGINT NOT NULL, on_day BIGINT NOT NULL, known BIGINT NOT NULL);
CREATE INDEX moves_subject ON moves(subject);
CREATE TABLE corrections(id {TEXT} PRIMARY KEY, action {TEXT} NOT NULL, mentions {TEXT} NOT NULL);
CREATE TABLE pending_blocks(block {KEY});
CREATE TABLE pending_subjects(subject {KEY});
)sql",
    // 2: what is derived
    R"sql(
CREATE TABLE mention_events(mention {KEY}, event {TEXT} NOT NULL);
CREATE INDEX mention_events_event ON mention_events(event);
CREATE TABLE events(id {TEXT} PRIMARY KEY, block BIGINT NOT NULL, mention BIGINT NOT NULL, event {TEXT} NOT NULL, mode {TEXT} NOT NULL,
  cameo {TEXT} NOT NULL, quad {TEXT} NOT NULL, score DOUBLE PRECISION, actor {TEXT} NOT NULL, recipient {TEXT} NOT NULL,
  date {TEXT} NOT NULL, auxiliary BIGINT NOT NULL, place {TEXT} NOT NULL, first_known {TEXT} NOT NULL, last_known {TEXT} NOT NULL,
  reports BIGINT NOT NULL, sources BIGINT NOT NULL);
CREATE INDEX events_block ON events(block);
CREATE INDEX events_date ON events(date);
CREATE TABLE event_parties(party {TEXT} NOT NULL, side {TEXT} NOT NULL, event {TEXT} NOT NULL);
CREATE INDEX event_parties_party ON event_parties(party, side);
CREATE INDEX event_parties_event ON event_parties(event);
CREATE TABLE states(subject BIGINT NOT NULL, kind {TEXT} NOT NULL, state {TEXT} NOT NULL, since {TEXT} NOT NULL,
  no_later BIGINT NOT NULL, from_day BIGINT NOT NULL, to_day BIGINT NOT NULL, on_day BIGINT NOT NULL, lapsed BIGINT NOT NULL,
  conflict BIGINT NOT NULL, against {TEXT} NOT NULL, known_from BIGINT NOT NULL, known_to BIGINT NOT NULL);
CREATE INDEX moves_force ON moves(force) WHERE force <> '';
CREATE INDEX states_subject ON states(subject);
CREATE INDEX states_kind ON states(kind);
CREATE VIEW state_dates AS SELECT s.kind, u.name AS subject, u.roles, s.state, s.since, s.no_later, s.conflict, s.against,
  s.from_day, s.to_day, s.on_day, s.known_from, s.known_to FROM states s JOIN subjects u ON u.subject = s.subject;
)sql",
    // 3: indices by days that hold all that is asked, for questions about all subjects at once
    R"sql(
DROP INDEX moves_subject;
CREATE INDEX moves_subject ON moves(subject, last_day, first_day, known, force, state, on_day, mention);
DROP INDEX moves_force;
CREATE INDEX moves_force ON moves(last_day, subject) WHERE force <> '';
DROP INDEX states_kind;
CREATE INDEX states_kind ON states(kind, known_to, to_day, from_day, known_from);
)sql",
    // 4: what a spell is told by stands beside it; what presses on a state; what a meeting is about
    R"sql(
ALTER TABLE moves ADD COLUMN topic {TEXT} NOT NULL DEFAULT '';
DROP INDEX moves_force;
CREATE INDEX moves_mention ON moves(mention);
ALTER TABLE states ADD COLUMN told {TEXT} NOT NULL DEFAULT '';
ALTER TABLE states ADD COLUMN name {TEXT} NOT NULL DEFAULT '';
ALTER TABLE states ADD COLUMN roles {TEXT} NOT NULL DEFAULT '';
CREATE TABLE pressures(subject BIGINT NOT NULL, kind {TEXT} NOT NULL, force {TEXT} NOT NULL, state {TEXT} NOT NULL,
  last_day BIGINT NOT NULL, on_day BIGINT NOT NULL, known BIGINT NOT NULL, event {TEXT} NOT NULL);
CREATE INDEX pressures_subject ON pressures(subject, last_day);
CREATE INDEX pressures_day ON pressures(last_day, kind, subject, known, force, state, on_day, event);
INSERT INTO pending_subjects SELECT subject FROM subjects WHERE true ON CONFLICT DO NOTHING;
)sql",
    // 5: states and pressures stand in the order in which days ask for them; `version` counts those of a subject
    R"sql(
DROP VIEW state_dates;
DROP TABLE states;
CREATE TABLE states(subject BIGINT NOT NULL, version BIGINT NOT NULL, kind {TEXT} NOT NULL, state {TEXT} NOT NULL, since {TEXT} NOT NULL,
  no_later BIGINT NOT NULL, from_day BIGINT NOT NULL, to_day BIGINT NOT NULL, on_day BIGINT NOT NULL, lapsed BIGINT NOT NULL,
  conflict BIGINT NOT NULL, against {TEXT} NOT NULL, known_from BIGINT NOT NULL, known_to BIGINT NOT NULL, told {TEXT} NOT NULL,
  name {TEXT} NOT NULL, roles {TEXT} NOT NULL, PRIMARY KEY(kind, known_to, to_day, from_day, known_from, subject, version)){SORTED};
CREATE INDEX states_subject ON states(subject);
CREATE VIEW state_dates AS SELECT s.kind, s.name AS subject, s.roles, s.state, s.since, s.no_later, s.conflict, s.against,
  s.from_day, s.to_day, s.on_day, s.known_from, s.known_to FROM states s;
DROP TABLE pressures;
CREATE TABLE pressures(subject BIGINT NOT NULL, kind {TEXT} NOT NULL, force {TEXT} NOT NULL, state {TEXT} NOT NULL,
  last_day BIGINT NOT NULL, on_day BIGINT NOT NULL, known BIGINT NOT NULL, event {TEXT} NOT NULL, name {TEXT} NOT NULL,
  roles {TEXT} NOT NULL, PRIMARY KEY(last_day, kind, subject, known, force, state, on_day, event)){SORTED};
CREATE INDEX pressures_subject ON pressures(subject, last_day);
INSERT INTO pending_subjects SELECT subject FROM subjects WHERE true ON CONFLICT DO NOTHING;
)sql",
};

}  // namespace entente
