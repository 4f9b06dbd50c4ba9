// SPDX-License-Identifier: Apache-2.0
// JSON lines, tables and feeds.
#include <gmock/gmock.h>

#include "reader/testing.h"

namespace entente {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

TEST(NdjsonReader, Fields) {
  const Document doc = ReadOne(
      R"({"id": "r1", "title": "Lima talks", "date": "2019-01-11", "source": "X", "lang": "en", "text": "The “Peru” met Chile.\n\nIt left.", )"
      R"("pairs": [{"id": "p1", "actor": [5, 9], "recipient": [15, 20]}, {"recipient": [0, 3]}, {"id": "p3", "actor": null}]})",
      "in.ndjson");
  EXPECT_EQ(doc.id, "r1");
  EXPECT_EQ(doc.title, "Lima talks");
  EXPECT_EQ(doc.date, (Date{2019, 1, 11}));
  EXPECT_EQ(doc.text, "The “Peru” met Chile.\n\nIt left.");
  EXPECT_TRUE(doc.offsets.empty());
  EXPECT_EQ(doc.paragraphs.size(), 2u);
  ASSERT_EQ(doc.pairs.size(), 3u);
  EXPECT_EQ(doc.Text(*doc.pairs[0].actor), "Peru");
  EXPECT_EQ(doc.Text(*doc.pairs[0].recipient), "Chile");
  EXPECT_EQ(doc.pairs[1].id, "p2");
  EXPECT_FALSE(doc.pairs[1].actor);
  EXPECT_EQ(doc.Text(*doc.pairs[1].recipient), "The");
  EXPECT_FALSE(doc.pairs[2].actor || doc.pairs[2].recipient);
}

TEST(NdjsonReader, ADatelineInAFieldOfItsOwn) {
  const Document doc = ReadOne(
      R"j({"date": "????-11-14", "dateline": "MANAGUA (NICARAGUA), 14 NOV 89 (RADIO SANDINO)", "text": "The minister left Managua."})j",
      "in.ndjson");
  EXPECT_EQ(doc.dateline, "MANAGUA, NICARAGUA");
  EXPECT_EQ(doc.station, "RADIO SANDINO");
  EXPECT_EQ(doc.date, (Date{1989, 11, 14}));
  const Document dated = ReadOne(
      R"({"date": "1990-01-03", "dateline": "CARACAS, Venezuela", "text": "The minister left."})", "in.ndjson");
  EXPECT_EQ(dated.dateline, "CARACAS, Venezuela");
  EXPECT_EQ(dated.station, "");
  EXPECT_EQ(dated.date, (Date{1990, 1, 3}));
}

TEST(NdjsonReader, PairsKeepTheirPlacesInAnUncleanText) {
  const Document doc = ReadOne(
      R"({"text": "LIMA (AP) -  Peru\u00ad's   army\u0000 met cafe\u0301 Chile.", "pairs": [{"actor": [13, 17], "recipient": [39, 44]}]})",
      "in.ndjson");
  ASSERT_EQ(doc.pairs.size(), 1u);
  EXPECT_EQ(doc.text, "Peru's army met café Chile.");
  EXPECT_EQ(doc.Text(*doc.pairs[0].actor), "Peru");
  EXPECT_EQ(doc.Text(*doc.pairs[0].recipient), "Chile");
}

TEST(NdjsonReader, AMarkedDatelineStays) {
  const Document doc = ReadOne(
      R"({"text": "LIMA (AP) - Peru met Chile.", "pairs": [{"actor": [0, 4]}]})", "in.ndjson");
  EXPECT_EQ(doc.text, "LIMA (AP) - Peru met Chile.");
  EXPECT_EQ(doc.Text(*doc.pairs[0].actor), "LIMA");
}

TEST(NdjsonReader, BadLinesAreNamedAndTheRestGoesOn) {
  const Reports reports = ReadAll(
      "\xEF\xBB\xBF{\"text\": \"One.\"}\n\n{bad\n[1]\n{\"id\": 5}\n{\"text\": 7}\n"
      "{\"text\": \"x\", \"pairs\": [{\"actor\": [2, 1]}]}\n{\"text\": \"Caf\xE9 "
      "two.\"}\r\n{\"text\": \"Three.\"}",
      "in.jsonl");
  ASSERT_EQ(reports.docs.size(), 3u);
  EXPECT_EQ(reports.docs[0].id, "in-1");
  EXPECT_EQ(reports.docs[1].id, "in-8");
  EXPECT_TRUE(HasNote(reports.docs[1], "bad_bytes"));
  EXPECT_EQ(reports.docs[2].text, "Three.");
  ASSERT_EQ(reports.errors.size(), 5u);
  EXPECT_THAT(reports.errors[0].Text(), HasSubstr("in.jsonl:3: not JSON"));
  EXPECT_EQ(reports.errors[1].Text(), "in.jsonl:4: not an object {...}");
  EXPECT_EQ(reports.errors[2].Text(), "in.jsonl:5: no \"text\"");
  EXPECT_THAT(reports.errors[4].Text(), HasSubstr("in.jsonl:7: pair \"p1\""));
}

TEST(NdjsonReader, OtherFormsOfJson) {
  EXPECT_EQ(ReadAll(" [ {\"text\": \"One.\"},\n {\"text\": \"Two.\"} ]", "a.json").docs.size(), 2u);
  EXPECT_EQ(ReadOne("{\n  \"body\": \"One.\",\n  \"published_at\": 1547164800\n}\n", "a.json").date,
            (Date{2019, 1, 11}));
  EXPECT_EQ(
      ReadOne(std::string("\xFF\xFE{\0\"\0t\0e\0x\0t\0\"\0:\0\"\0A\0\"\0}\0", 26), "a.json").text,
      "A");
  std::string deep = "{\"text\": ";
  deep += std::string(100'000, '[');
  EXPECT_EQ(ReadAll(deep, "a.ndjson").errors.size(), 1u);
}

TEST(NdjsonReader, TextIsCleanedAndDatedLikeAnyOther) {
  const Document doc =
      ReadOne("{\"text\": \"Friday, July 21, 2017\\n\\nPeru met Chile.\"}", "a.ndjson");
  EXPECT_EQ(doc.text, "Peru met Chile.");
  EXPECT_EQ(doc.date, (Date{2017, 7, 21}));
  EXPECT_EQ(doc.OriginalOffset(0), 23u);
}

TEST(CsvReader, RowsWithQuotesAndLineBreaks) {
  const std::string table =
      "id,Headline,\"Published Date\",Body,Outlet\r\n"
      "1,Title one,13/01/2019,\"He said \"\"no\"\", then\r\nleft Lima.\",AP\r\n"
      "\r\n"
      "2,Title two,02/03/2019,Ni\xC3\xB1o came.,AP\r\n"
      "3,,,,\r\n";
  Reports reports = ReadAll(table, "t.csv");
  ASSERT_EQ(reports.docs.size(), 2u);
  EXPECT_EQ(reports.docs[0].text, "He said \"no\", then left Lima.");
  EXPECT_EQ(reports.docs[0].title, "Title one");
  EXPECT_EQ(reports.docs[0].source, "AP");
  EXPECT_EQ(reports.docs[1].date, (Date{2019, 3, 2}));  // the row before it has shown the order
  EXPECT_FALSE(HasNote(reports.docs[1], "ambiguous_date"));
  for (const Document& doc : reports.docs) CheckOffsets(doc, table);
  ASSERT_EQ(reports.errors.size(), 1u);
  EXPECT_EQ(reports.errors[0].Text(), "t.csv:6: the row has no text");
}

TEST(CsvReader, SeparatorsAndCharsets) {
  EXPECT_EQ(ReadOne("text\tdate\nPeru left the bloc.\t2019-01-01\n", "t.tsv").date,
            (Date{2019, 1, 1}));
  EXPECT_EQ(ReadOne("fecha;texto\n2019-01-01;La ministra se fue.\n", "t.csv").language, "es");
  EXPECT_EQ(ReadOne("id|text\n7|Peru left, it said.\n", "noname").id, "7");
  const Document latin = ReadOne(
      "id,text\n1,El se\xF1or Ib\xE1\xF1"
      "ez se fue.\n",
      "t.csv");
  EXPECT_EQ(latin.text, "El señor Ibáñez se fue.");
  EXPECT_TRUE(HasNote(latin, "encoding"));
}

TEST(CsvReader, BadTables) {
  EXPECT_THAT(ReadAll("a,b\n1,2\n", "t.csv").errors[0].Text(),
              HasSubstr("t.csv: no column named text"));
  const Reports open = ReadAll("id,text\n1,One.\n2,\"Never closed\n3,Three.\n", "t.csv");
  EXPECT_EQ(open.docs.size(), 1u);
  ASSERT_EQ(open.errors.size(), 1u);
  EXPECT_THAT(open.errors[0].Text(), HasSubstr("t.csv:3: a quotation mark opens"));
  ReaderOptions options;
  options.max_document = 1000;
  const Reports large =
      ReadAll("id,text\n1," + std::string(5000, 'x') + "\n2,Short one.\n", "t.csv", options);
  EXPECT_EQ(large.docs.size(), 1u);
  EXPECT_THAT(large.errors[0].Text(), HasSubstr("t.csv:2: the row is larger"));
}

constexpr char kRss[] =
    R"(<?xml version="1.0" encoding="UTF-8"?><rss version="2.0"><channel><title>World &amp; News</title><language>en-us</language>
<item><title>Cuba &amp;amp; Haiti sign “accord”</title><link>http://example.org/1</link><pubDate>Fri, 11 Jan 2019 10:00:00 GMT</pubDate><guid>g1</guid>
<description>&lt;p&gt;Cuba and Haiti &lt;b&gt;signed&lt;/b&gt; an accord on Friday.&lt;/p&gt;&lt;p&gt;Both said so.&lt;/p&gt;</description></item>
<item><title><![CDATA[Second item]]></title><description>short</description><content:encoded><![CDATA[<p>Text in <i>CDATA</i> about Peru.</p>]]></content:encoded></item></channel></rss>)";

TEST(FeedReader, Rss) {
  const Reports reports = ReadAll(kRss, "feed.xml");
  EXPECT_TRUE(reports.errors.empty());
  ASSERT_EQ(reports.docs.size(), 2u);
  const Document& doc = reports.docs[0];
  EXPECT_EQ(doc.id, "g1");
  EXPECT_EQ(doc.source, "World & News");
  EXPECT_EQ(doc.date, (Date{2019, 1, 11}));
  EXPECT_EQ(doc.url, "http://example.org/1");
  EXPECT_THAT(Show(doc),
              ElementsAre("T Cuba & Haiti sign “accord”",
                          "B Cuba and Haiti signed an accord on Friday.", "B Both said so."));
  CheckOffsets(doc, kRss);
  EXPECT_EQ(reports.docs[1].id, "feed-2");
  EXPECT_THAT(Show(reports.docs[1]), ElementsAre("T Second item", "B Text in CDATA about Peru."));
  CheckOffsets(reports.docs[1], kRss);
}

TEST(FeedReader, AtomAndRdf) {
  const std::string atom =
      "<?xml version=\"1.0\"?><feed xmlns=\"http://www.w3.org/2005/Atom\" "
      "xml:lang=\"es\"><title>Noticias</title><entry><id>urn:1</id>"
      "<title>Título</title><updated>2019-02-03T00:00:00Z</updated><link "
      "href=\"http://example.org/2\"/><content type=\"xhtml\">"
      "<div xmlns=\"http://www.w3.org/1999/xhtml\"><p>La ministra dijo que no.</p><p>Y se "
      "fue.</p></div></content></entry></feed>";
  const Document doc = ReadOne(atom, "f.atom");
  EXPECT_EQ(doc.id, "urn:1");
  EXPECT_EQ(doc.language, "es");
  EXPECT_EQ(doc.url, "http://example.org/2");
  EXPECT_THAT(Show(doc), ElementsAre("T Título", "B La ministra dijo que no.", "B Y se fue."));
  CheckOffsets(doc, atom);
  const Document rdf = ReadOne(
      "<rdf:RDF><channel><title>C</title></channel><item rdf:about='u1'><title>Peru "
      "left</title><dc:date>2018-02-03</dc:date></item></rdf:RDF>",
      "f");
  EXPECT_EQ(rdf.id, "u1");
  EXPECT_EQ(rdf.date, (Date{2018, 2, 3}));
}

TEST(FeedReader, BadFeeds) {
  EXPECT_THAT(ReadAll("<?xml version=\"1.0\"?><other/>", "f.xml").errors[0].Text(),
              HasSubstr("f.xml: not a feed"));
  EXPECT_THAT(ReadAll("<rss><channel></channel></rss>", "f.xml").errors[0].Text(),
              HasSubstr("a feed without items"));
  EXPECT_THAT(ReadAll("not xml", "f.rss").errors[0].Text(), HasSubstr("f.rss: not a feed"));
  const Reports cut = ReadAll(
      "<rss><channel><item><title>Peru left the bloc</title></item><item><title>Chi", "f.rss");
  ASSERT_FALSE(cut.docs.empty());
  EXPECT_EQ(cut.docs[0].text, "Peru left the bloc");
  EXPECT_TRUE(HasNote(cut.docs[0], "damaged_feed"));
  std::string deep = "<rss><channel><item><title>x</title>";
  for (int i = 0; i < 100'000; i++) deep += "<a>";
  ReadAll(deep, "f.rss");
}

}  // namespace
}  // namespace entente
