// SPDX-License-Identifier: Apache-2.0
// RSS 0.9x, 1.0, 2.0 and Atom: an item is a report. Its HTML is cleaned like a page, and its places
// lead back into the feed's own text.
#include <cstring>
#include <pugixml.hpp>

#include "base/utf8.h"
#include "reader/decode.h"
#include "reader/format.h"
#include "reader/html_reader.h"
#include "reader/html_scanner.h"
#include "reader/inline.h"

namespace entente {
namespace {

// Text taken out of the feed, with its places.
struct Cut {
  std::string text;
  std::vector<OffsetSegment> places;
  void Mark(uint64_t original) { places.push_back({static_cast<uint32_t>(text.size()), original}); }
};

class FeedReader : public FormatReader {
 public:
  explicit FeedReader(Input input) : input_(std::move(input)) {}

  std::optional<Result<Document>> Next() override {
    if (!started_) {
      started_ = true;
      if (Status status = Start(); !status) return Result<Document>(input_.Here(status.error()));
      if (!item_)
        return Result<Document>(input_.Here({ErrorCode::kBadInput, "a feed without items", ""}));
    }
    if (!item_) return std::nullopt;
    const pugi::xml_node item = item_;
    item_ = item.next_sibling(item.name());
    number_++;
    return Read(item);
  }

 private:
  Status Start() {
    Result<std::string> all = input_.bytes->TakeAll(input_.options->max_document);
    if (!all) return all.error();
    if (all->empty()) return Error{ErrorCode::kBadInput, "nothing to read: it is empty", ""};
    const std::string charset = CharsetOfHtml(*all);
    Result<std::string> text = DecodeText(std::move(*all), charset, notes_);
    if (!text) return text.error();
    text_ = std::move(*text);
    // Character references stay as they are, so that places in the values are places in the text.
    const pugi::xml_parse_result result =
        feed_.load_buffer(text_.data(), text_.size(), pugi::parse_cdata, pugi::encoding_utf8);
    original_ = Original(text_);
    const pugi::xml_node root = feed_.document_element();
    pugi::xml_node channel = root.child("channel");
    item_ = channel.child("item");
    if (!item_) item_ = root.child("item");
    if (!item_) {
      item_ = root.child("entry");
      if (item_) channel = root;
    }
    if (!item_ && !result) {
      const uint64_t place = original_.At(static_cast<size_t>(result.offset));
      return Error{ErrorCode::kBadInput,
                   std::string("not a feed: ") + result.description() + " at character " +
                       std::to_string(place),
                   ""};
    }
    if (!result)
      notes_.push_back(
          {"damaged_feed", std::string("the feed is damaged: ") + result.description()});
    const std::string name = root.name();
    if (!item_ && name != "rss" && name != "feed" && name != "rdf:RDF" && !channel) {
      return Error{ErrorCode::kBadInput, "not a feed: its root is <" + name.substr(0, 40) + ">",
                   ""};
    }
    source_ = Plain(channel.child("title"));
    language_ = Plain(channel.child("language"));
    if (language_.empty()) language_ = Plain(channel.child("dc:language"));
    if (language_.empty()) language_ = root.attribute("xml:lang").value();
    return {};
  }

  // Appends the character data of the node to `cut`, with character references decoded once.
  void Append(pugi::xml_node node, Cut& cut) const {
    for (const pugi::xml_node child : node.children()) {
      const bool cdata = child.type() == pugi::node_cdata;
      if (!cdata && child.type() != pugi::node_pcdata) {
        if (child.type() == pugi::node_element) AppendMarkup(node, child, cut);
        if (child.type() == pugi::node_element) return;
        continue;
      }
      const std::ptrdiff_t offset = child.offset_debug();
      if (offset < 0) continue;
      const size_t begin = static_cast<size_t>(offset);
      const size_t end = begin + std::strlen(child.value());
      if (end > text_.size()) continue;
      cut.Mark(original_.At(begin));
      if (cdata) {
        cut.text.append(text_, begin, end - begin);
        continue;
      }
      std::string decoded;
      const std::string_view view = std::string_view(text_).substr(0, end);
      for (size_t at = begin; at < end;) {
        const size_t next = std::min(view.find('&', at), end);
        cut.text.append(text_, at, next - at);
        at = next;
        if (at >= end) break;
        const size_t bytes = ReadEntity(view, at, *input_.data, decoded);
        if (bytes == 0) {
          cut.text += text_[at++];
          continue;
        }
        cut.Mark(original_.At(at));
        cut.text += decoded;
        at += bytes;
        cut.Mark(original_.At(at));
      }
    }
  }

  // Content that is markup of the feed itself (Atom, type="xhtml"): as it stands in the text.
  void AppendMarkup(pugi::xml_node node, pugi::xml_node first, Cut& cut) const {
    const std::ptrdiff_t offset = first.offset_debug();
    if (offset <= 0) return;
    size_t begin = static_cast<size_t>(offset);
    while (begin > 0 && text_[begin] != '<') begin--;
    const size_t end = text_.find("</" + std::string(node.name()), begin);
    if (end == std::string::npos) return;
    cut.Mark(original_.At(begin));
    cut.text.append(text_, begin, end - begin);
  }

  std::string Plain(pugi::xml_node node) const {
    Cut cut;
    if (node) Append(node, cut);
    return std::string(Trim(cut.text)).substr(0, 2000);
  }

  static pugi::xml_node First(pugi::xml_node item, std::initializer_list<const char*> names) {
    for (const char* name : names) {
      if (const pugi::xml_node node = item.child(name)) return node;
    }
    return {};
  }

  Result<Document> Read(pugi::xml_node item) {
    Draft draft;
    Document& doc = draft.doc;
    doc.path = input_.path;
    doc.notes = notes_;
    doc.language = language_;
    doc.source = Plain(First(item, {"source", "dc:publisher"}));
    if (doc.source.empty()) doc.source = source_;
    draft.date_text =
        Plain(First(item, {"pubDate", "published", "dc:date", "updated", "issued", "date"}));
    doc.url = Plain(item.child("link"));
    if (doc.url.empty()) doc.url = item.child("link").attribute("href").value();
    doc.id = Plain(First(item, {"guid", "id"}));
    if (doc.id.empty()) doc.id = item.attribute("rdf:about").value();
    if (doc.id.empty()) doc.id = input_.stem + "-" + std::to_string(number_);
    // The longest of what may hold the text.
    pugi::xml_node body;
    for (const char* name : {"content:encoded", "content", "description", "summary"}) {
      const pugi::xml_node node = item.child(name);
      if (!node) continue;
      if (!body || Size(node) > Size(body)) body = node;
    }
    Cut cut;
    const pugi::xml_node title = First(item, {"title", "dc:title"});
    cut.text = "<h1>";
    cut.places.push_back({0, 0});
    if (title) Append(title, cut);
    const bool has_title = cut.text.size() > 4;
    cut.text += "</h1>\n";
    if (!has_title) cut = Cut();
    if (body) Append(body, cut);
    if (Trim(cut.text).empty()) {
      return Error{ErrorCode::kBadInput,
                   "item " + std::to_string(number_) + " has neither title nor text", input_.path};
    }
    const Original original(cut.text, std::move(cut.places));
    ReadHtml(original, *input_.data, true, draft);
    if (draft.doc.text.empty()) {
      return Error{ErrorCode::kBadInput, "item " + std::to_string(number_) + " has no text",
                   input_.path};
    }
    Finish(*input_.data, *input_.options, draft);
    return std::move(draft.doc);
  }

  static size_t Size(pugi::xml_node node) {
    size_t size = 0;
    for (const pugi::xml_node child : node.children()) {
      size += child.type() == pugi::node_element ? 1000 : std::strlen(child.value());
    }
    return size;
  }

  Input input_;
  std::string text_;
  Original original_;
  pugi::xml_document feed_;
  pugi::xml_node item_;
  std::string source_, language_;
  std::vector<Note> notes_;
  size_t number_ = 0;
  bool started_ = false;
};

}  // namespace

std::unique_ptr<FormatReader> MakeFeedReader(Input input) {
  return std::make_unique<FeedReader>(std::move(input));
}

}  // namespace entente
