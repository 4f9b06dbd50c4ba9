// SPDX-License-Identifier: Apache-2.0
#include "writer/ties.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace entente {
namespace {

using testing::HasSubstr;
using testing::Not;

const TieActor kParaguay{"PRY GOV", "PRY", "GOV", "Paraguay", "country"};
const TieActor kVenezuela{"VEN GOV", "VEN", "GOV", "Venezuela", "country"};
const TieActor kOdd{"A&B <\"x\">", "A&B", "", "A & B \"co\"\n<x>, one", "group"};

Ties Some(Per per) {
  Ties ties(per);
  ties.Add(kVenezuela, kParaguay, {2019, 2, 3}, "verbal_conflict", -2.0);
  ties.Add(kParaguay, kVenezuela, {2019, 1, 10}, "material_conflict", -6.0);
  ties.Add(kParaguay, kVenezuela, {2019, 1, 0}, "verbal_cooperation", 1.0);
  ties.Add(kParaguay, kVenezuela, {2019, 2, 1}, "verbal_conflict", {});
  ties.Add(kParaguay, kVenezuela, {}, "material_conflict", -6.0);
  return ties;
}

TEST(Ties, ARowADyadAndMonth) {
  const auto csv = TieTable(Some(Per::kMonth), "csv");
  ASSERT_TRUE(csv.ok());
  EXPECT_EQ(*csv,
            "month,actor,actor_code,actor_sector,actor_name,recipient,recipient_code,recipient_"
            "sector,recipient_name,"
            "verbal_cooperation,material_cooperation,verbal_conflict,material_conflict,total,mean_"
            "score,first_date,last_date\n"
            ",PRY GOV,PRY,GOV,Paraguay,VEN GOV,VEN,GOV,Venezuela,0,0,0,1,1,-6.00,,\n"
            "2019-01,PRY GOV,PRY,GOV,Paraguay,VEN "
            "GOV,VEN,GOV,Venezuela,1,0,0,1,2,-2.50,2019-01-01,2019-01-31\n"
            "2019-02,PRY GOV,PRY,GOV,Paraguay,VEN "
            "GOV,VEN,GOV,Venezuela,0,0,1,0,1,,2019-02-01,2019-02-01\n"
            "2019-02,VEN GOV,VEN,GOV,Venezuela,PRY "
            "GOV,PRY,GOV,Paraguay,0,0,1,0,1,-2.00,2019-02-03,2019-02-03\n");
}

TEST(Ties, OtherSpansAndForms) {
  EXPECT_THAT(
      *TieTable(Some(Per::kYear), "csv"),
      HasSubstr("\n2019,PRY GOV,PRY,GOV,Paraguay,VEN GOV,VEN,GOV,Venezuela,1,0,1,1,3,-2.50,"));
  EXPECT_THAT(
      *TieTable(Some(Per::kDay), "tsv"),
      HasSubstr("\n\tPRY GOV\tPRY\tGOV\tParaguay\tVEN GOV\tVEN\tGOV\tVenezuela\t1\t0\t0\t1\t2\t"));
  EXPECT_THAT(*TieTable(Some(Per::kAll), "csv"), testing::StartsWith("actor,"));
  EXPECT_THAT(*TieTable(Some(Per::kAll), "ndjson"),
              HasSubstr("\"material_conflict\":2,\"total\":4,\"mean_score\":-3.67,\"first_date\":"
                        "\"2019-01-01\""));
  EXPECT_THAT(*TieTable(Some(Per::kMonth), "table"), HasSubstr("2019-02     VEN GOV"));
  EXPECT_FALSE(TieTable(Some(Per::kMonth), "gdelt").ok());
  EXPECT_EQ(PerFromName("month"), Per::kMonth);
  EXPECT_FALSE(PerFromName("week").has_value());
}

TEST(Ties, NothingIsAHeader) {
  EXPECT_THAT(*TieTable(Ties(Per::kMonth), "csv"), testing::EndsWith("last_date\n"));
  EXPECT_EQ(*TieTable(Ties(Per::kMonth), "ndjson"), "");
  EXPECT_THAT(Gexf(Ties(Per::kAll), "entente"), HasSubstr("<nodes>\n    </nodes>"));
}

TEST(Ties, Gexf) {
  const std::string xml = Gexf(Some(Per::kAll), "entente 1");
  EXPECT_THAT(xml, HasSubstr("<gexf xmlns=\"http://gexf.net/1.3\""));
  EXPECT_THAT(xml, HasSubstr("<node id=\"PRY GOV\" label=\"Paraguay (GOV)\" start=\"2019-01-01\" "
                             "end=\"2019-02-03\">"));
  EXPECT_THAT(xml, HasSubstr("<edge id=\"0\" source=\"PRY GOV\" target=\"VEN GOV\" weight=\"4\" "
                             "start=\"2019-01-01\" end=\"2019-02-01\">"));
  EXPECT_THAT(xml, HasSubstr("<attvalue for=\"mean_score\" value=\"-3.67\"/>"));
}

TEST(Ties, GraphMl) {
  const std::string xml = GraphMl(Some(Per::kAll));
  EXPECT_THAT(xml, HasSubstr("<edge id=\"e1\" source=\"VEN GOV\" target=\"PRY GOV\">"));
  EXPECT_THAT(xml, HasSubstr("<data key=\"edge_verbal_conflict\">1</data>"));
}

TEST(Ties, OddTextIsMadeHarmless) {
  Ties ties(Per::kAll);
  ties.Add(kOdd, kParaguay, {}, "", {});
  for (const std::string& xml : {Gexf(ties, "v"), GraphMl(ties)}) {
    EXPECT_THAT(xml, HasSubstr("id=\"A&amp;B &lt;&quot;x&quot;&gt;\""));
    EXPECT_THAT(xml, HasSubstr("A &amp; B &quot;co&quot; &lt;x&gt;, one"));
    EXPECT_THAT(xml, Not(HasSubstr("mean_score\" value")));
  }
  EXPECT_THAT(*TieTable(ties, "csv"), HasSubstr("\"A & B \"\"co\"\" <x>, one\""));
}

}  // namespace
}  // namespace entente
