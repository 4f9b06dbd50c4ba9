// SPDX-License-Identifier: Apache-2.0
#include "reader/html_scanner.h"

#include <algorithm>

#include "base/utf8.h"

namespace entente {
namespace {

constexpr size_t kMaxName = 24;
constexpr size_t kMaxBlocks = 200'000;  // what comes after is not read
constexpr size_t kMaxElements = 2'000'000;

bool IsNameByte(char c) {
  const auto byte = static_cast<unsigned char>(c);
  return IsLetter(byte < 0x80 ? byte : 0) || IsDigit(byte < 0x80 ? byte : 0) || c == '-' ||
         c == ':';
}
bool IsHtmlSpace(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f'; }

std::string LowerAscii(std::string_view text) {
  std::string out(text);
  for (char& c : out) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c + 32);
  }
  return out;
}

// Finds a sign further on without looking at the same bytes twice; places must not go backwards.
class Ahead {
 public:
  Ahead(std::string_view text, char sign) : text_(text), sign_(sign) {}
  size_t From(size_t at) {
    if (!known_ || (next_ != std::string_view::npos && next_ < at)) {
      next_ = text_.find(sign_, at);
      known_ = true;
    }
    return next_;
  }

 private:
  std::string_view text_;
  char sign_;
  size_t next_ = 0;
  bool known_ = false;
};

struct Attribute {
  std::string name;
  size_t begin = 0, end = 0;  // of the value
};

struct Open {
  std::string name;
  int32_t element = -1;
  bool block = false;
  bool skip = false;
  bool link = false;
  bool bold = false;
};

class Scanner {
 public:
  Scanner(std::string_view html, const ReaderData& data)
      : html_(html), data_(data), double_(html, '"'), single_(html, '\''), close_(html, '>') {
    page_.elements.push_back({});
    stack_.push_back({"", 0, true, false, false, false});
  }

  HtmlPage Run() {
    size_t from = 0;
    size_t at = 0;
    while (at < html_.size() && page_.blocks.size() < kMaxBlocks) {
      at = html_.find('<', at);
      if (at == std::string_view::npos) break;
      const size_t end = Tag(at, from);
      if (end == at) {
        at++;
        continue;
      }
      at = end;
      from = end;
    }
    if (page_.blocks.size() < kMaxBlocks) Text(from, html_.size());
    Break();
    return std::move(page_);
  }

 private:
  char At(size_t at) const { return at < html_.size() ? html_[at] : '\0'; }

  // Reads the tag, comment or declaration at `at`; `from` is where the text before it begins.
  // Returns where it ends, or `at` if it is none.
  size_t Tag(size_t at, size_t from) {
    const char next = At(at + 1);
    if (next == '!' || next == '?') {
      Text(from, at);
      if (html_.substr(at).starts_with("<!--")) {
        const size_t end = html_.find("-->", at + 4);
        return end == std::string_view::npos ? html_.size() : end + 3;
      }
      if (html_.substr(at).starts_with("<![CDATA[")) return at + 9;
      const size_t end = close_.From(at);
      return end == std::string_view::npos ? html_.size() : end + 1;
    }
    const bool closing = next == '/';
    size_t name_at = at + (closing ? 2 : 1);
    const char first = At(name_at);
    if (!((first | 32) >= 'a' && (first | 32) <= 'z')) return at;
    size_t name_end = name_at;
    while (name_end < html_.size() && IsNameByte(html_[name_end])) name_end++;
    const std::string name =
        LowerAscii(html_.substr(name_at, std::min(name_end - name_at, kMaxName)));
    Text(from, at);
    std::vector<Attribute> attributes;
    const size_t end = Attributes(name_end, closing ? nullptr : &attributes);
    if (closing) {
      EndTag(name);
      return end;
    }
    const bool self_closed = end >= 2 && At(end - 2) == '/';
    return StartTag(name, attributes, end, self_closed);
  }

  size_t Attributes(size_t at, std::vector<Attribute>* out) {
    while (at < html_.size()) {
      const char c = html_[at];
      if (c == '>') return at + 1;
      if (IsHtmlSpace(c) || c == '/') {
        at++;
        continue;
      }
      Attribute attribute;
      const size_t name = at;
      while (at < html_.size() && !IsHtmlSpace(html_[at]) && html_[at] != '=' && html_[at] != '>' &&
             html_[at] != '/')
        at++;
      const size_t name_end = at;
      while (at < html_.size() && IsHtmlSpace(html_[at])) at++;
      if (At(at) == '=') {
        at++;
        while (at < html_.size() && IsHtmlSpace(html_[at])) at++;
        const char quote = At(at);
        size_t end = std::string_view::npos;
        if (quote == '"' || quote == '\'') {
          end = (quote == '"' ? double_ : single_).From(at + 1);
          if (end != std::string_view::npos) {
            attribute.begin = at + 1;
            attribute.end = end;
            at = end + 1;
          }
        }
        if (end == std::string_view::npos) {
          attribute.begin = at;
          while (at < html_.size() && !IsHtmlSpace(html_[at]) && html_[at] != '>') at++;
          attribute.end = at;
        }
      } else if (at == name) {
        at++;  // a stray sign
      }
      if (out != nullptr && out->size() < 40 && name_end > name && name_end - name < 40) {
        attribute.name = LowerAscii(html_.substr(name, name_end - name));
        out->push_back(std::move(attribute));
      }
    }
    return html_.size();
  }

  std::string Value(const Attribute& attribute) const {
    const std::string_view raw =
        html_.substr(attribute.begin, std::min<size_t>(attribute.end - attribute.begin, 4000));
    std::string out;
    std::string decoded;
    for (size_t at = 0; at < raw.size();) {
      const size_t bytes = raw[at] == '&' ? ReadEntity(raw, at, data_, decoded) : 0;
      if (bytes == 0) {
        out += raw[at++];
      } else {
        out += decoded;
        at += bytes;
      }
    }
    return std::string(Trim(out));
  }

  static const Attribute* Find(const std::vector<Attribute>& attributes, std::string_view name) {
    for (const Attribute& attribute : attributes) {
      if (attribute.name == name) return &attribute;
    }
    return nullptr;
  }

  void Meta(const std::vector<Attribute>& attributes) {
    const Attribute* content = Find(attributes, "content");
    if (content == nullptr) return;
    for (const char* key : {"property", "name", "itemprop", "http-equiv"}) {
      const Attribute* name = Find(attributes, key);
      if (name == nullptr) continue;
      Take(data_.Meta(LowerAscii(Value(*name))), *content);
    }
  }

  void Take(ReaderData::MetaName name, const Attribute& attribute) {
    if (name.rank < 0) return;
    HtmlMeta& meta = page_.meta[static_cast<size_t>(name.field)];
    if (name.rank >= meta.rank) return;
    std::string value = Value(attribute);
    if (value.empty()) return;
    meta = {std::move(value), name.rank, attribute.begin, attribute.end};
  }

  // Whether class, id and role say that this element is no text of the report; sets `main` if they
  // say it is.
  bool Judge(const std::string& name, const std::vector<Attribute>& attributes, bool& main) const {
    main = data_.IsMain(name);
    bool skip = false;
    for (const Attribute& attribute : attributes) {
      const std::string& key = attribute.name;
      if (key == "hidden") skip = true;
      if (key == "aria-hidden" &&
          html_.substr(attribute.begin, attribute.end - attribute.begin) == "true")
        skip = true;
      if (key == "style") {
        const std::string style = LowerAscii(
            html_.substr(attribute.begin, std::min<size_t>(attribute.end - attribute.begin, 400)));
        if (style.find("display:none") != std::string::npos ||
            style.find("display: none") != std::string::npos)
          skip = true;
      }
      if (key != "class" && key != "id" && key != "role" && key != "itemprop") continue;
      const std::string words = LowerAscii(
          html_.substr(attribute.begin, std::min<size_t>(attribute.end - attribute.begin, 400)));
      for (std::string_view word : SplitWords(words)) {
        if (data_.IsMain(word)) main = true;
        if (data_.SkipsClass(word)) skip = true;
        const size_t part = word.find_first_of("-_");
        if (part != std::string_view::npos && data_.SkipsPrefix(word.substr(0, part))) skip = true;
      }
    }
    // The page as a whole is never navigation, whatever its class says.
    return skip && name != "body" && name != "html" && !main;
  }

  size_t StartTag(const std::string& name, const std::vector<Attribute>& attributes, size_t end,
                  bool self_closed) {
    if (name == "br") {
      if (breaks_++ > 0)
        Break();
      else if (!block_.pieces.empty())
        owed_line_ = true;
      return end;
    }
    if (name == "meta") Meta(attributes);
    if (name == "link") {
      const Attribute* rel = Find(attributes, "rel");
      const Attribute* href = Find(attributes, "href");
      if (rel != nullptr && href != nullptr) Take(data_.Meta(LowerAscii(Value(*rel))), *href);
    }
    if (name == "html" && page_.language.empty()) {
      if (const Attribute* lang = Find(attributes, "lang"); lang != nullptr)
        page_.language = Value(*lang);
    }
    if (name == "time" && page_.time.empty()) {
      if (const Attribute* time = Find(attributes, "datetime");
          time != nullptr && !stack_.back().skip)
        page_.time = Value(*time);
    }
    const bool block = data_.IsBlock(name);
    if (block) {
      Break();
      CloseImplied(name);
    }
    if (name == "script" || name == "style" || name == "title" || name == "textarea" ||
        name == "noscript") {
      const size_t stop = RawEnd(name, end);
      if (name == "title" && page_.title.end == 0) page_.title = {end, stop, false, false, true};
      const Attribute* type = Find(attributes, "type");
      if (name == "script" && type != nullptr && page_.json_ld.size() < 20 &&
          LowerAscii(Value(*type)) == "application/ld+json") {
        page_.json_ld.push_back(html_.substr(end, stop - end));
      }
      return stop;
    }
    if (data_.IsVoid(name) || self_closed || stack_.size() >= kMaxDepth ||
        page_.elements.size() >= kMaxElements) {
      return end;
    }
    const Open& parent = stack_.back();
    bool main = false;
    Open open{name, parent.element, block, parent.skip, parent.link || name == "a", false};
    open.bold = parent.bold || name == "b" || name == "strong";
    if (Judge(name, attributes, main) || data_.SkipsElement(name)) open.skip = true;
    if (block) {
      open.element = static_cast<int32_t>(page_.elements.size());
      page_.elements.push_back({parent.element, main, 0});
    }
    stack_.push_back(std::move(open));
    return end;
  }

  // A paragraph, an item or a cell ends where the next one begins.
  void CloseImplied(const std::string& name) {
    const auto close = [&](std::string_view what, std::initializer_list<std::string_view> limits) {
      for (size_t i = stack_.size(); i-- > 1;) {
        if (stack_[i].name == what) {
          stack_.resize(i);
          return;
        }
        for (const std::string_view limit : limits) {
          if (stack_[i].name == limit) return;
        }
        if (stack_.size() - i > 64) return;
      }
    };
    close("p", {"div", "td", "th", "li", "blockquote", "article", "section", "body", "button",
                "figure"});
    if (name == "li") close("li", {"ul", "ol", "menu", "dir"});
    if (name == "dt" || name == "dd") {
      close("dt", {"dl"});
      close("dd", {"dl"});
    }
    if (name == "tr" || name == "td" || name == "th") {
      close("td", {"table", "tr"});
      close("th", {"table", "tr"});
    }
    if (name == "tr") close("tr", {"table"});
  }

  void EndTag(const std::string& name) {
    if (data_.IsBlock(name)) Break();
    const size_t lowest = stack_.size() > 200 ? stack_.size() - 200 : 1;
    for (size_t i = stack_.size(); i-- > lowest;) {
      if (stack_[i].name != name) continue;
      // A stray </b> must not close a block around it.
      if (!data_.IsBlock(name)) {
        for (size_t k = i + 1; k < stack_.size(); k++) {
          if (stack_[k].block) return;
        }
      }
      stack_.resize(i);
      return;
    }
  }

  // Where the end tag of an element of raw text begins.
  size_t RawEnd(const std::string& name, size_t at) const {
    for (;;) {
      at = html_.find("</", at);
      if (at == std::string_view::npos) return html_.size();
      if (LowerAscii(html_.substr(at + 2, name.size())) == name) return at;
      at += 2;
    }
  }

  void Text(size_t begin, size_t end) {
    if (end <= begin) return;
    size_t letters = 0;
    for (size_t i = begin; i < end; i++) letters += !IsHtmlSpace(html_[i]);
    if (letters == 0 && block_.pieces.empty()) return;
    const Open& top = stack_.back();
    if (block_.pieces.empty()) {
      block_.element = top.element;
      block_.skip = top.skip;
      for (size_t i = stack_.size(); i-- > 0;) {
        if (stack_[i].block) {
          block_.tag = stack_[i].name;
          break;
        }
      }
    } else if (top.skip != block_.skip) {
      if (top.skip) return;  // a button in a paragraph
      block_.pieces.clear();
      block_.letters = block_.link_letters = 0;
      block_.skip = false;
    }
    block_.pieces.push_back({begin, end, top.link, top.bold, owed_line_});
    owed_line_ = false;
    if (letters > 0) breaks_ = 0;
    block_.letters += letters;
    if (top.link) block_.link_letters += letters;
  }

  void Break() {
    breaks_ = 0;
    owed_line_ = false;
    if (block_.letters > 0) page_.blocks.push_back(std::move(block_));
    block_ = HtmlBlock();
  }

  const std::string_view html_;
  const ReaderData& data_;
  Ahead double_, single_, close_;
  HtmlPage page_;
  std::vector<Open> stack_;
  HtmlBlock block_;
  int breaks_ = 0;
  bool owed_line_ = false;
};

}  // namespace

HtmlPage ScanHtml(std::string_view html, const ReaderData& data) {
  return Scanner(html, data).Run();
}

std::string CharsetOfHtml(std::string_view bytes) {
  const std::string start = LowerAscii(bytes.substr(0, 4096));
  for (const std::string_view key : {"charset=", "encoding="}) {
    const size_t at = start.find(key);
    if (at == std::string::npos) continue;
    size_t begin = at + key.size();
    while (begin < start.size() &&
           (start[begin] == '"' || start[begin] == '\'' || start[begin] == ' '))
      begin++;
    size_t end = begin;
    while (end < start.size() && (IsNameByte(start[end]) || start[end] == '_')) end++;
    if (end > begin && end - begin < 30) return start.substr(begin, end - begin);
  }
  return "";
}

}  // namespace entente
