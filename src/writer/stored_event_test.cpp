// SPDX-License-Identifier: Apache-2.0
#include "writer/stored_event.h"

#include <gtest/gtest.h>

namespace entente {
namespace {

TEST(StoredEvent, ReadsThePlace) {
  const StoredEvent event = ReadStoredEvent(
      R"({"id":"e-1","place":{"text":"the capital","name":"Montevideo","country":"URY","lat":-34.9033,"lon":-56.1882,"how":"target"},"steps":["x"]})");
  EXPECT_EQ(event.place, "Montevideo");
  EXPECT_EQ(event.country, "URY");
  EXPECT_EQ(event.place_how, "target");
  ASSERT_TRUE(event.point.has_value());
  EXPECT_EQ(event.point->latitude, -34.9033);
  EXPECT_EQ(event.point->longitude, -56.1882);
  EXPECT_TRUE(event.composed);
}

TEST(StoredEvent, WhatIsNotThereIsEmpty) {
  EXPECT_EQ(ReadStoredEvent(R"({"place":{"text":"Geneva","country":"CHE"}})").place, "Geneva");
  for (const char* record :
       {"", "no json", "[]", "{}", R"({"place":"Geneva"})", R"({"place":{"lat":1}})",
        R"({"place":{"lat":"1","lon":2}})", R"({"place":{"lat":91,"lon":2}})",
        R"({"place":{"lat":1,"lon":-180.1}})"}) {
    const StoredEvent event = ReadStoredEvent(record);
    EXPECT_FALSE(event.point.has_value()) << record;
    EXPECT_FALSE(event.composed) << record;
  }
}

TEST(GeoJson, LongitudeComesFirst) {
  EXPECT_EQ(GeoJsonFeature("e-1", Point{-34.9033, -56.18825},
                           {{"date", "2019-01-10"}, {"score", "-6", true}, {"mode", ""}}, true),
            "\n{\"type\":\"Feature\",\"id\":\"e-1\",\"geometry\":{\"type\":\"Point\","
            "\"coordinates\":[-56.18825,-34.9033]},"
            "\"properties\":{\"date\":\"2019-01-10\",\"score\":-6,\"mode\":null}}");
  EXPECT_EQ(GeoJsonFeature("e-2", {}, {{"text", "a \"b\"\nc"}}, false),
            ",\n{\"type\":\"Feature\",\"id\":\"e-2\",\"geometry\":null,\"properties\":{\"text\":"
            "\"a \\\"b\\\" c\"}}");
  EXPECT_NE(GeoJsonFeature("e", Point{0, -0.0000001}, {}, true).find("[0,0]"), std::string::npos);
  EXPECT_EQ(GeoJsonBegin() + GeoJsonEnd(), "{\"type\":\"FeatureCollection\",\"features\":[\n]}\n");
}

}  // namespace
}  // namespace entente
