// SPDX-License-Identifier: Apache-2.0
#include "ledger/facts.h"

#include <gmock/gmock.h>

#include <fstream>

#include "ledger/testing.h"

namespace entente {
namespace {

using testing::HasSubstr;

TEST(Facts, AreReadAndTheirMistakesTold) {
  TestStore store;
  const auto folder = std::filesystem::path(store.path()).parent_path() / "facts";
  std::filesystem::create_directories(folder);
  std::ofstream(folder / "test.rec") << R"(%rec: fact
%key: id
%mandatory: id kind state source
%allowed: id kind between by of holder member role on parties called_by participants topic state checked source note

id: unasur-suspended
kind: membership
member: ARG | COL
of: UNASUR
state: 2018-04-20 participation suspended
source: hand, 2026-11

id: unasur-col
kind: membership
member: COL
of: UNASUR
state: 2018-08-10 withdrawal announced
state: 2019-02-28 withdrawn
source: hand, 2026-11

id: cub-usa
kind: relations
between: USA | CUB
state: ..1961-01-03 severed
state: 2015-07 restored
source: hand, 2026-11
)";
  std::vector<Problem> problems;
  const auto facts = Facts::Load(folder.string(), TestData().machine, TestData().actors, problems);
  ASSERT_TRUE(facts.ok());
  for (const Problem& problem : problems) ADD_FAILURE() << problem.Text();
  const auto told = [&](const RoleValues& values, const char* kind) {
    std::vector<std::string> out;
    const FactSubject* subject = facts->Find(
        MakeSubject(TestData().machine, TestData().machine.FindKind(kind), values, "").id);
    if (subject == nullptr) return out;
    for (const Spell& spell : subject->spells) {
      if (spell.known_to > kNever)
        out.push_back(TestData().machine.states()[spell.state].name + " " + spell.since.Text() +
                      ".." + DayText(spell.to));
    }
    return out;
  };
  // The exit that data/actors date a day before gives way to the one that is told.
  EXPECT_THAT(told({{"COL"}, {"UNASUR"}}, "membership"),
              testing::UnorderedElementsAre(
                  "member 2008-05-23..2018-04-20", "participation suspended 2018-04-20..2019-02-28",
                  "withdrawal announced 2018-08-10..2019-02-28", "withdrawn 2019-02-28.."));
  EXPECT_THAT(
      told({{"CUB", "USA"}}, "relations"),
      testing::UnorderedElementsAre("severed 1961-01-03..2015-07-31", "restored 2015-07.."));

  std::ofstream(folder / "wrong.rec") << R"(%rec: fact
%key: id
%mandatory: id kind state source
%allowed: id kind between by of holder member role on parties called_by participants topic state checked source note

id: a
kind: friendship
state: 2018 close
source: hand, 2026-11

id: b
kind: membership
member: XQZ
of: UNASUR
state: 2018-04-20 suspendet
state: yesterday member
source: hand, 2026-11

id: c
kind: relations
between: USA
state: 2018-04-20 severed
source: hand, 2026-11
)";
  problems.clear();
  ASSERT_TRUE(Facts::Load(folder.string(), TestData().machine, TestData().actors, problems).ok());
  std::string all;
  for (const Problem& problem : problems) all += problem.Text() + "\n";
  for (const char* message :
       {"wrong.rec:7: unknown kind `friendship`",
        "wrong.rec:13: no actor of data/actors has the code `XQZ`", "did you mean `suspended`?",
        "wrong.rec:16: expected `DATE STATE`", "`between` names two parties"}) {
    EXPECT_THAT(all, HasSubstr(message));
  }
}

}  // namespace
}  // namespace entente
