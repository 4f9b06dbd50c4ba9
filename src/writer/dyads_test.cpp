// SPDX-License-Identifier: Apache-2.0
#include "writer/dyads.h"

#include <gtest/gtest.h>

#include "writer/testing.h"

namespace entente {
namespace {

using testing::Find;
using testing::MakeDocument;
using testing::SmallCodebook;
using testing::Who;

std::vector<std::string> Codes(const std::vector<Dyad>& dyads) {
  std::vector<std::string> out;
  for (const Dyad& dyad : dyads) {
    out.push_back(std::string(dyad.actor.Code()) + ">" + std::string(dyad.recipient.Code()));
  }
  return out;
}

TEST(Dyads, EveryActorWithEveryRecipient) {
  const Document document = MakeDocument("Peru and Chile sanctioned Cuba and Iran.");
  EventMention mention;
  mention.actor = {Who(document, "Peru", {{"PER", "GOV", "Peru", ""}}), Who(document, "Chile", {{"CHL", "GOV", "Chile", ""}})};
  mention.recipient = {Who(document, "Cuba", {{"CUB", "", "Cuba", ""}}), Who(document, "Iran", {{"IRN", "", "Iran", ""}})};
  const auto dyads = DyadsOf({{0}, "e-1"}, mention);
  EXPECT_EQ(Codes(dyads), (std::vector<std::string>{"PER>CUB", "PER>IRN", "CHL>CUB", "CHL>IRN"}));
  EXPECT_EQ(dyads[0].id, "e-1");
  EXPECT_EQ(dyads[3].id, "e-1-4");
}

TEST(Dyads, ReciprocalActsGoBothWays) {
  const Document document = MakeDocument("China and India met.");
  EventMention mention;
  mention.actor = {Who(document, "China and India", {{"CHN", "GOV", "", ""}, {"IND", "GOV", "", ""}})};
  mention.recipient = mention.actor;
  EXPECT_EQ(Codes(DyadsOf({{0}, "e-1"}, mention)), (std::vector<std::string>{"CHN>IND", "IND>CHN"}));
}

TEST(Dyads, OpenSidesAndSelfStay) {
  const Document document = MakeDocument("Peru mobilised.");
  EventMention mention;
  mention.actor = {Who(document, "Peru", {{"PER", "MIL", "Peru", ""}})};
  EXPECT_EQ(Codes(DyadsOf({{0}, "e-1"}, mention)), (std::vector<std::string>{"PER>"}));
  mention.recipient = mention.actor;
  EXPECT_EQ(Codes(DyadsOf({{0}, "e-1"}, mention)), (std::vector<std::string>{"PER>PER"}));
  EXPECT_EQ(Codes(DyadsOf({{0}, "e-1"}, EventMention())), (std::vector<std::string>{">"}));
}

TEST(Dyads, CameoActors) {
  const SmallCodebook book;
  const auto code = [&](ActorCode actor) {
    Participant participant;
    participant.actors = {std::move(actor)};
    return CameoActor(PartiesOf({participant}).empty() ? Party() : Party{&participant, &participant.actors[0]}, &book);
  };
  EXPECT_EQ(code({"VEN", "GOV", "", ""}), "VENGOV");
  EXPECT_EQ(code({"VEN", "HLT", "", ""}), "VENHLH");
  EXPECT_EQ(code({"VEN", "", "", ""}), "VEN");
  EXPECT_EQ(code({"", "COP", "", ""}), "COP");
  EXPECT_EQ(code({"UNASUR", "IGO", "", ""}), "IGOUNASUR");
  EXPECT_EQ(CameoActor(Party(), &book), "");
}

TEST(Dyads, SharedPhrasesGetTheNameOfTheCountry) {
  const SmallCodebook book;
  Participant both;
  both.text = "both presidents";
  both.actors = {{"CHN", "GOV", "both presidents", ""}, {"VEN", "GOV", "both presidents", ""}, {"XYZ", "", "", ""}};
  EXPECT_EQ((Party{&both, &both.actors[0]}.OwnName(&book)), "China");
  EXPECT_EQ((Party{&both, &both.actors[2]}.OwnName(&book)), "XYZ");
  both.actors[0].name = "Xi Jinping";
  EXPECT_EQ((Party{&both, &both.actors[0]}.OwnName(&book)), "Xi Jinping");
}

TEST(Dyads, OnlyActsThatTookPlaceAreAsserted) {
  EventMention mention;
  EXPECT_TRUE(IsAsserted(mention));
  for (const Auxiliary auxiliary : {kHistorical, kHabitual}) {
    mention.auxiliary = auxiliary;
    EXPECT_TRUE(IsAsserted(mention));
  }
  for (const Auxiliary auxiliary : {kNegation, kHypothetical, kFuture}) {
    mention.auxiliary = auxiliary;
    EXPECT_FALSE(IsAsserted(mention));
  }
  mention.auxiliary = kFuture;
  mention.steps = {"promise(CONSULT)"};  // AGREE
  EXPECT_TRUE(IsAsserted(mention));
  mention.auxiliary |= kNegation;
  EXPECT_FALSE(IsAsserted(mention));
}

TEST(Dyads, Numbers) {
  EXPECT_EQ(NumberOf("e-1", 31), NumberOf("e-1", 31));
  EXPECT_NE(NumberOf("e-1", 31), NumberOf("e-1-2", 31));
  for (int i = 0; i < 1000; i++) {
    const uint64_t n = NumberOf(std::to_string(i), 31);
    EXPECT_GT(n, 0u);
    EXPECT_LE(n, 2147483647u);  // R's largest integer
    EXPECT_LT(NumberOf(std::to_string(i), 52), 1ull << 53);
  }
  EXPECT_EQ(Decimal(true, -6), "-6.0");
  EXPECT_EQ(Decimal(false, -6), "");
}

TEST(Dyads, Days) {
  EXPECT_EQ(DayText({2019, 1, 10}), "2019-01-10");
  EXPECT_EQ(DayDigits({2019, 1, 10}), "20190110");
  EXPECT_EQ(DayText({2019, 1, 0}), "");
  EXPECT_EQ(DayDigits({2019, 0, 0}), "");
}

}  // namespace
}  // namespace entente
