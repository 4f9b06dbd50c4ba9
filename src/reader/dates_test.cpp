// SPDX-License-Identifier: Apache-2.0
#include "reader/dates.h"

#include "reader/dateline.h"
#include "reader/testing.h"

namespace entente {
namespace {

const ReaderData& Data() {
  static const ReaderData data = [] {
    Result<ReaderData> loaded = ReaderData::Load(ENTENTE_SOURCE_DIR "/data");
    if (!loaded) ADD_FAILURE() << loaded.error().Text();
    return std::move(*loaded);
  }();
  return data;
}

struct Case {
  const char* text;
  const char* date;  // "" for none
  bool alone;
};

TEST(Dates, ManyForms) {
  for (const Case& c :
       std::initializer_list<Case>{{"2019-01-11", "2019-01-11", true},
                                   {"2019-01-11T10:30:00Z", "2019-01-11", true},
                                   {"2019-01-11 10:30:00+00:00", "2019-01-11", true},
                                   {"20190111", "2019-01-11", true},
                                   {"2019/01/11", "2019-01-11", true},
                                   {"13/01/2019", "2019-01-13", true},
                                   {"01/13/2019", "2019-01-13", true},
                                   {"13.01.2019", "2019-01-13", true},
                                   {"13-Jan-19", "2019-01-13", true},
                                   {"11 January 2019", "2019-01-11", true},
                                   {"Friday, January 11, 2019", "2019-01-11", true},
                                   {"Jan. 11, 2019 at 5:30 p.m. EST", "2019-01-11", true},
                                   {"the 11th of January, 2019", "2019-01-11", true},
                                   {"Fri, 11 Jan 2019 10:00:00 GMT", "2019-01-11", true},
                                   {"Fri, 11 Jan 2019 10:00:00 +0100", "2019-01-11", true},
                                   {"Published: 11 January 2019 10:30", "2019-01-11", true},
                                   {"11 de enero de 2019", "2019-01-11", true},
                                   {"viernes, 1º de marzo de 2019", "2019-03-01", true},
                                   {"11 de março de 2019", "2019-03-11", true},
                                   {"January 2019", "2019-01", true},
                                   {"Lima, 11 January 2019", "2019-01-11", false},
                                   {"The talks of 11 January 2019 failed", "2019-01-11", false},
                                   {"31/02/2019", "", false},
                                   {"99/99/2019", "", false},
                                   {"Resolution 2401 of 30", "", false},
                                   {"may 12", "", false},
                                   {"", "", false}}) {
    const auto found = FindDate(c.text, Data(), DateOrder::kUnset);
    EXPECT_EQ(found ? found->date.Text() : "", c.date) << c.text;
    if (found) {
      EXPECT_EQ(found->alone, c.alone) << c.text;
    }
  }
}

TEST(Dates, Ambiguity) {
  const auto open = FindDate("11/01/2019", Data(), DateOrder::kUnset);
  ASSERT_TRUE(open);
  EXPECT_EQ(open->date.Text(), "2019-01-11");
  EXPECT_EQ(open->other.Text(), "2019-11-01");
  EXPECT_FALSE(FindDate("11/11/2019", Data(), DateOrder::kUnset)->other.known());
  EXPECT_EQ(FindDate("11/01/2019", Data(), DateOrder::kMdy)->date.Text(), "2019-11-01");
  EXPECT_EQ(FindDate("19/01/11", Data(), DateOrder::kYmd)->date.Text(), "2019-01-11");
  EXPECT_EQ(OrderOfText("from 13/01/2019 to 02/03/2019"), DateOrder::kDmy);
  EXPECT_EQ(OrderOfText("from 01/13/2019"), DateOrder::kMdy);
  EXPECT_EQ(OrderOfText("01/02/2019, 1/2, a/b"), DateOrder::kUnset);
}

TEST(Dateline, IsRecognised) {
  struct DatelineCase {
    const char* text;
    const char* place;
    const char* source;
    const char* date;
  };
  for (const DatelineCase& c : std::initializer_list<DatelineCase>{
           {"CARACAS, Jan 11 (Reuters) - The president said so.", "CARACAS", "Reuters", ""},
           {"CARACAS, Venezuela (AP) — The president said so.", "CARACAS, Venezuela", "AP", ""},
           {"BOGOTA, Jan. 11, 2019 (Xinhua) -- The president said so.", "BOGOTA", "Xinhua",
            "Jan. 11, 2019"},
           {"Lima, 3 March 2017 – The president said so.", "Lima", "", "3 March 2017"},
           {"WASHINGTON — The president said so.", "WASHINGTON", "", ""},
           {"RIO DE JANEIRO (AFP) - The president said so.", "RIO DE JANEIRO", "AFP", ""},
           {"(Reuters) - The president said so.", "", "Reuters", ""},
           {"Buenos Aires (EFE) - The president said so.", "Buenos Aires", "EFE", ""}}) {
    const Dateline line = FindDateline(c.text, Data());
    EXPECT_GT(line.size, 0u) << c.text;
    EXPECT_EQ(line.place, c.place) << c.text;
    EXPECT_EQ(line.source, c.source) << c.text;
    EXPECT_EQ(line.date, c.date) << c.text;
    EXPECT_EQ(std::string_view(c.text).substr(line.size), "The president said so.");
  }
}

TEST(Dateline, IsNotSeenWhereThereIsNone) {
  for (const char* text :
       {"The president - who had come late - said so.",
        "THE TALKS HAVE FAILED -- THE ENVOY SAID SO.", "He met Mr. Lee (62) - a friend of old.",
        "Peru and Chile - two neighbours - met.", "NATO-led troops left.", "UN - ", "", "-",
        "No dash at all in this one", "IN MAY 1970, I WAS THERE - AND SO ON.",
        "THE 19 APRIL MOVEMENT - A BAND - CAME."}) {
    EXPECT_EQ(FindDateline(text, Data()).size, 0u) << text;
  }
}

}  // namespace
}  // namespace entente
