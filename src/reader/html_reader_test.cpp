// SPDX-License-Identifier: Apache-2.0
#include "reader/html_reader.h"

#include <gmock/gmock.h>

#include "reader/testing.h"

namespace entente {
namespace {

using testing::ElementsAre;
using testing::SizeIs;

constexpr char kPage[] = R"(<!DOCTYPE html><html lang="en-GB"><head><meta charset="utf-8">
<title>Bolivia recalls its envoy to Chile | The Andean Post</title>
<meta property="og:site_name" content="The Andean Post"><link rel="canonical" href="https://example.org/1">
<meta property="article:published_time" content="2018-03-21T10:00:00Z"><style>p{}</style>
<script>document.write("<p>not text, however long it may be, for it is a script</p>")</script></head>
<body class="has-sidebar single"><nav><ul><li><a href="/">Home</a><li><a href="/w">World</a></ul></nav>
<div class="wrap"><article><header><h1>Bolivia recalls its envoy to Chile</h1></header>
<div class="share-buttons"><a href="#">Facebook</a> Share this story with everybody now</div>
<p>LA PAZ &mdash; Bolivia&#8217;s government on <b>Wednesday</b> recalled its envoy to Chile, the foreign ministry said in a&nbsp;statement.</p>
<p><strong>RELATED:</strong> <a href="/x">Court hears Bolivia&rsquo;s case on access to the sea</a></p>
<p>The ministry gave no date for his return. Chile &amp; Bolivia have had no full relations since 1978.<br><br>A second text
after breaks is here, and it is long enough to be kept.</p>
<figure><img src=x><figcaption>The ministry in La Paz, in 2017.</figcaption></figure>
<blockquote>We shall not wait for ever, the minister said of it all.</blockquote>
<p><a href="/a">A link to another story of the day</a> <a href="/b">and one more of them</a></p>
<h2>What next</h2><p>Talks could be held in April, officials said in La Paz.
<p>Unclosed paragraph: it says that the court will rule in October this year.
</article><aside><p>An aside with plenty of text that is no part of the article, honestly it is not.</p></aside></div>
<footer><p>Copyright 2018 The Andean Post. All rights reserved and so on and so forth.</p></footer></body></html>)";

TEST(HtmlReader, KeepsTheReport) {
  const Document doc = ReadOne(kPage, "page.html");
  EXPECT_EQ(doc.title, "Bolivia recalls its envoy to Chile");
  EXPECT_EQ(doc.source, "The Andean Post");
  EXPECT_EQ(doc.url, "https://example.org/1");
  EXPECT_EQ(doc.date, (Date{2018, 3, 21}));
  EXPECT_EQ(doc.language, "en");
  EXPECT_THAT(
      Show(doc),
      ElementsAre("T Bolivia recalls its envoy to Chile",
                  "B Bolivia’s government on Wednesday recalled its envoy to Chile, the foreign "
                  "ministry said in a "
                  "statement.",
                  "R Court hears Bolivia’s case on access to the sea",
                  "B The ministry gave no date for his return. Chile & Bolivia have had no full "
                  "relations since 1978.",
                  "B A second text after breaks is here, and it is long enough to be kept.",
                  "C The ministry in La Paz, in 2017.",
                  "Q We shall not wait for ever, the minister said of it all.", "B What next",
                  "B Talks could be held in April, officials said in La Paz.",
                  "B Unclosed paragraph: it says that the court will rule in October this year."));
  CheckOffsets(doc, kPage, "’");
}

TEST(HtmlReader, FindsTheTextWithoutAnArticleElement) {
  std::string page =
      "<html><head><title>Peru and Chile sign a treaty - Daily</title></head><body><div id=menu>";
  for (int i = 0; i < 30; i++)
    page += "<a href=/" + std::to_string(i) + ">Section number " + std::to_string(i) + "</a> ";
  page += "</div><table><tr><td><div class=x>";
  for (int i = 0; i < 4; i++)
    page += "<p>The ministers of Peru and Chile signed the treaty, said person " +
            std::to_string(i) + ".</p>";
  page +=
      "</div></td><td><ul><li><a href=a>Other story one</a><li><a href=b>Other story "
      "two</a></ul></td></tr></table></body>";
  const Document doc = ReadOne(page, "p.html");
  EXPECT_EQ(doc.title, "Peru and Chile sign a treaty");
  EXPECT_THAT(doc.paragraphs, SizeIs(5));
}

TEST(HtmlReader, JsonLdAndTime) {
  const Document doc = ReadOne(
      R"(<html><script type="application/ld+json">{"@graph":[{"@type":"WebPage"},{"@type":"NewsArticle",
      "headline":"Haiti asks for help","datePublished":"2021-08-15","publisher":{"name":"Island News"}}]}</script>
      <body><p>Haiti asked its neighbours for help on Sunday, the prime minister said.</p></body></html>)",
      "x.html");
  EXPECT_EQ(doc.date, (Date{2021, 8, 15}));
  EXPECT_EQ(doc.source, "Island News");
  const Document time = ReadOne(
      "<body><time datetime='2020-02-03'>x</time><p>Haiti asked its neighbours for help on "
      "Sunday.</p>",
      "x.html");
  EXPECT_EQ(time.date, (Date{2020, 2, 3}));
}

TEST(HtmlReader, CharsetOfThePage) {
  const Document doc = ReadOne(
      "<html><meta charset=\"iso-8859-1\"><p>El se\xF1or Ib\xE1\xF1"
      "ez dijo que no ir\xE1 a la reuni\xF3n.</p>",
      "x.html");
  EXPECT_EQ(doc.text, "El señor Ibáñez dijo que no irá a la reunión.");
  EXPECT_TRUE(HasNote(doc, "encoding"));
}

TEST(HtmlReader, BrokenPages) {
  std::string deep;
  for (int i = 0; i < 200'000; i++) deep += "<div><b>";
  EXPECT_EQ(
      ReadOne(deep + "The minister of Peru met the envoy of Chile in Lima.", "deep.html").text,
      "The minister of Peru met the envoy of Chile in Lima.");
  const std::string text = "<p>The minister of Peru met the envoy of Chile in Lima.";
  for (const char* tail : {"<a href=\"", "<!-- ", "<script>", "<p", "<", "</", "<a b='", "&#",
                           "&#x110000000;", "&amp", "<![CDATA[", "<?"}) {
    const Document doc = ReadOne(text + tail, "x.html");
    EXPECT_TRUE(doc.text.starts_with("The minister of Peru met the envoy of Chile in Lima."))
        << tail;
  }
  std::string quotes;
  for (int i = 0; i < 300'000; i++) quotes += "<a b=\"";
  ReadOne(text + quotes, "x.html");
  std::string attributes = "<a ";
  for (int i = 0; i < 300'000; i++) attributes += "a" + std::to_string(i) + " ";
  ReadOne(text + attributes + ">x</a>", "x.html");
}

TEST(HtmlReader, NothingToRead) {
  const Reports reports = ReadAll("<html><body><nav>Home</nav></body></html>", "x.html");
  ASSERT_EQ(reports.errors.size(), 1u);
  EXPECT_EQ(reports.errors[0].Text(), "x.html: there is no text in it");
}

}  // namespace
}  // namespace entente
