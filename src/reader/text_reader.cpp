// SPDX-License-Identifier: Apache-2.0
// How: lines are put together to paragraphs (a line that is broken because the next word did not
// fit is no end of one), the paragraphs at the head are read as title, date and author, those that
// an empty line broke in the middle are joined, and each is handed to the builder without its
// markup.
#include "reader/text_reader.h"

#include <algorithm>
#include <optional>

#include "base/utf8.h"
#include "reader/dateline.h"
#include "reader/dates.h"
#include "reader/inline.h"
#include "reader/lines.h"

namespace entente {
namespace {

constexpr size_t kMaxTitle = 220;  // bytes
constexpr size_t kMaxHeadLine = 160;
constexpr size_t kLook = 500;  // bytes of a paragraph that are looked at to tell what it is

class TextParser {
 public:
  TextParser(const Original& original, const ReaderData& data, const TextForm& form, Draft& draft)
      : original_(original), text_(original.text()), data_(data), form_(form), draft_(draft) {}

  void RunBlocks(std::vector<Block> blocks, Block title) {
    markdown_ = true;
    blocks_ = std::move(blocks);
    title_ = std::move(title);
    title_.kind = ParagraphKind::kTitle;
    Assemble();
  }

  void Run() {
    markdown_ = (form_.markup == Markup::kMarkdown ||
                 (form_.markup == Markup::kFind && LooksLikeMarkdown(text_))) &&
                !form_.as_it_is;
    lines_ = CutLines(text_);
    MeasureLines();
    const size_t first = form_.as_it_is ? 0 : FrontMatter();
    MakeBlocks(first);
    Assemble();
  }

 private:
  void Assemble() {
    if (!form_.as_it_is) {
      ReadHead();
      for (Block& block : blocks_) Classify(block);
      JoinBroken();
    }
    Build();
  }

  std::string_view View(const Line& line) const {
    return text_.substr(line.begin, line.end - line.begin);
  }
  std::string Plain(const Block& block, size_t limit = kLook) const {
    return std::string(Trim(PlainText(text_, block.ranges, data_, limit)));
  }
  std::string_view Tail(const Block& block) const {
    const Range& last = block.ranges.back();
    const size_t begin = std::max(last.begin, last.end > 64 ? last.end - 64 : 0);
    return text_.substr(begin, last.end - begin);
  }

  // The length at which the lines are broken, if they are.
  void MeasureLines() {
    std::vector<size_t> sizes;
    for (const Line& line : lines_) {
      if (line.end > line.begin) sizes.push_back(line.end - line.begin);
    }
    if (sizes.empty()) return;
    const size_t rank = sizes.size() * 19 / 20;
    std::nth_element(sizes.begin(), sizes.begin() + static_cast<std::ptrdiff_t>(rank), sizes.end());
    width_ = sizes[rank];
    wrapped_ = width_ >= 40 && width_ <= 132;
  }

  // "---", "title: ...", "---" at the very top.
  size_t FrontMatter() {
    size_t i = 0;
    while (i < lines_.size() && View(lines_[i]).empty()) i++;
    if (i + 1 >= lines_.size() || View(lines_[i]) != "---" || !IsLabelled(View(lines_[i + 1])))
      return 0;
    for (size_t end = i + 1; end < lines_.size() && end < i + 40; end++) {
      if (View(lines_[end]) != "---" && View(lines_[end]) != "...") continue;
      for (size_t k = i + 1; k < end; k++) Labelled(lines_[k]);
      return end + 1;
    }
    return 0;
  }

  static bool IsLabelled(std::string_view line) {
    const size_t colon = line.find(':');
    return colon != std::string_view::npos && colon > 0 && colon < 20 &&
           line.substr(0, colon).find(' ') == std::string_view::npos;
  }

  // "Source: Reuters". True if the line is such a one.
  bool Labelled(const Line& line) {
    const std::string_view view = View(line);
    const size_t colon = view.find(':');
    if (colon == std::string_view::npos || colon > 20) return false;
    const Field field = data_.Label(Fold(Trim(view.substr(0, colon))));
    size_t begin = line.begin + colon + 1;
    size_t end = line.end;
    while (begin < end && (IsSpaceByte(text_[begin]) || text_[begin] == '"')) begin++;
    while (end > begin && text_[end - 1] == '"') end--;
    if (field == Field::kNone || begin == end || end - begin > kMaxTitle) return false;
    const std::string value(text_.substr(begin, end - begin));
    switch (field) {
      case Field::kTitle:
        if (!form_.take_title || !title_.ranges.empty()) return false;
        title_.ranges = {{begin, end, false, false, true}};
        title_.kind = ParagraphKind::kTitle;
        return true;
      case Field::kDate:
        if (!FindDate(value, data_, DateOrder::kDmy)) return false;
        if (draft_.date_text.empty()) draft_.date_text = value;
        return true;
      case Field::kSource:
        if (draft_.doc.source.empty()) draft_.doc.source = value;
        return true;
      case Field::kUrl:
        if (draft_.doc.url.empty()) draft_.doc.url = value;
        return true;
      default:
        return false;
    }
  }

  // Whether line b goes on with the paragraph of line a above it.
  bool Continues(const Line& a, const Line& b) const {
    const std::string_view upper = View(a), lower = View(b);
    if (StartsLower(lower) && !EndsSentence(upper)) return true;
    if (!wrapped_) return false;
    const size_t word = std::min(lower.find(' '), lower.size());
    const bool full = upper.size() + 1 + word > width_ - width_ / 12;
    if (full) return true;
    return StartsLower(lower) && upper.size() > width_ / 2;
  }

  void MakeBlocks(size_t first) {
    bool rule = false;
    bool open = false;  // the last block may go on with the next line
    const Line* last = nullptr;
    for (size_t i = first; i < lines_.size(); i++) {
      Line line = lines_[i];
      std::string_view view = View(line);
      if (view.empty()) {
        open = false;
        continue;
      }
      if (IsRule(view)) {
        // Under a line of text it makes that one a heading.
        if (markdown_ && open && (view[0] == '=' || view[0] == '-') &&
            blocks_.back().shape == Shape::kText && view.find(' ') == std::string_view::npos) {
          blocks_.back().shape = Shape::kHeading;
        }
        rule = true;
        open = false;
        continue;
      }
      Shape shape = Shape::kText;
      if (markdown_) {
        if (view.starts_with("```") || view.starts_with("~~~")) continue;
        const size_t hashes = std::min(view.find_first_not_of('#'), view.size());
        if (hashes >= 1 && hashes <= 6 && hashes < view.size() && IsSpaceByte(view[hashes])) {
          shape = Shape::kHeading;
          line.begin += view.find_first_not_of("# \t");
          while (line.end > line.begin &&
                 (text_[line.end - 1] == '#' || text_[line.end - 1] == ' '))
            line.end--;
        } else if (view.starts_with('>')) {
          shape = Shape::kQuote;
          while (line.begin < line.end &&
                 (text_[line.begin] == '>' || IsSpaceByte(text_[line.begin])))
            line.begin++;
          if (line.begin == line.end) {
            open = false;
            continue;
          }
        } else if (view.starts_with('|') && view.ends_with('|') && view.size() > 2) {
          shape = Shape::kTable;
          if (view.find_first_not_of("|-: ") == std::string_view::npos) continue;
        }
      }
      const size_t mark = shape == Shape::kText ? ItemMark(View(line)) : 0;
      const bool item = mark > 0 && !(wrapped_ && open && blocks_.back().shape == Shape::kText);
      if (item) {
        shape = Shape::kItem;
        line.begin += mark;
      }
      const bool same =
          open && !item && shape != Shape::kHeading && shape != Shape::kTable &&
          (blocks_.back().shape == shape ||
           (blocks_.back().shape == Shape::kItem && shape == Shape::kText && line.indent > 0));
      if (same && (shape == Shape::kQuote || Continues(*last, line) ||
                   blocks_.back().shape == Shape::kItem)) {
        AddLine(line, blocks_.back());
      } else {
        Block block;
        block.shape = shape;
        block.after_rule = rule;
        AddLine(line, block);
        if (!block.ranges.empty()) blocks_.push_back(std::move(block));
      }
      rule = false;
      open = !blocks_.empty() && shape != Shape::kHeading && shape != Shape::kTable;
      last = &lines_[i];
    }
  }

  void AddLine(const Line& line, Block& block) {
    if (block.shape != Shape::kTable) {
      AddInline(text_, line.begin, line.end, markdown_, block.ranges);
      return;
    }
    for (size_t at = line.begin; at < line.end;) {  // the cells of a row
      size_t end = text_.find('|', at);
      if (end == std::string_view::npos || end > line.end) end = line.end;
      AddInline(text_, at, end, true, block.ranges);
      at = end + 1;
    }
  }

  static bool AllBold(const Block& block) {
    return std::all_of(block.ranges.begin(), block.ranges.end(),
                       [](const Range& r) { return r.bold; });
  }

  // Title, date, author, in whatever order, until the first paragraph that is none of them.
  void ReadHead() {
    size_t i = 0;
    for (; i < blocks_.size() && i < 12; i++) {
      Block& block = blocks_[i];
      const std::string plain = Plain(block);
      if (plain.size() > kMaxTitle) break;
      const std::string key = Fold(plain);
      if (data_.IsBoilerplate(key) || data_.StartsCredit(key)) {
        block.ranges.clear();
        continue;
      }
      const auto date =
          plain.size() <= kMaxHeadLine ? FindDate(plain, data_, DateOrder::kDmy) : std::nullopt;
      if (date && date->alone && block.shape != Shape::kHeading) {
        if (draft_.date_text.empty()) draft_.date_text = plain;
        block.ranges.clear();
        continue;
      }
      if (IsByline(plain)) {
        if (date && draft_.date_text.empty()) draft_.date_text = plain;
        block.ranges.clear();
        continue;
      }
      if (block.ranges.size() == 1 && Labelled({block.ranges[0].begin, block.ranges[0].end, 0})) {
        block.ranges.clear();
        continue;
      }
      if (Related(block, plain)) continue;
      if (!title_.ranges.empty() || !form_.take_title) {
        // The title told twice, or given as a field of its own.
        const std::string known = title_.ranges.empty() ? draft_.doc.title : Plain(title_);
        if (!known.empty() && Fold(known) == key) {
          if (title_.ranges.empty())
            block.kind = ParagraphKind::kTitle;
          else
            block.ranges.clear();
          continue;
        }
        break;
      }
      if (block.shape != Shape::kText && block.shape != Shape::kHeading) break;
      const bool marked = block.shape == Shape::kHeading || (markdown_ && AllBold(block));
      const bool more = i + 1 < blocks_.size();
      if (!marked && (!more || plain.size() > kMaxHeadLine || EndsLikeText(plain) ||
                      FindDateline(plain, data_).size > 0 || StartsLower(plain))) {
        break;
      }
      title_ = std::move(block);
      title_.kind = ParagraphKind::kTitle;
      block.ranges.clear();
    }
    std::erase_if(blocks_, [](const Block& block) { return block.ranges.empty(); });
  }

  static bool EndsLikeText(std::string_view plain) {
    const std::string_view end = WithoutClosers(plain);
    // "... with the U.S." is the end of many a headline.
    if (end.size() > 4 && end.ends_with('.') && end[end.size() - 3] == '.') return false;
    return end.ends_with('.') || end.ends_with(':') || end.ends_with(';') || end.ends_with(',');
  }

  bool IsByline(std::string_view plain) const {
    if (plain.size() > 120 || EndsLikeText(plain)) return false;
    const auto words = SplitWords(plain);
    if (words.size() < 2 || words.size() > 14) return false;
    return data_.IsByline(Fold(words[0])) && IsCapitalised(words[1]) &&
           words[0].size() < plain.size();
  }

  // "By Ann Other and John Doe" below the dateline.
  bool IsShortByline(std::string_view plain) const {
    if (plain.size() > 60 || !IsByline(plain)) return false;
    const auto words = SplitWords(plain);
    return words.size() >= 3 && words.size() < 8 &&
           std::all_of(words.begin(), words.end(), [](std::string_view word) {
             return IsCapitalised(word) || word.size() <= 3;
           });
  }

  // "RELATED: headline", or a paragraph that is a link and nothing else. Makes the block one if it
  // is.
  bool Related(Block& block, const std::string& plain) const {
    if (plain.size() > kMaxTitle + 40) return false;
    const auto blank = [&](const Range& range) {
      return Trim(text_.substr(range.begin, range.end - range.begin)).empty();
    };
    const bool all_link = std::all_of(block.ranges.begin(), block.ranges.end(),
                                      [&](const Range& r) { return r.link || blank(r); });
    if (all_link && markdown_ && plain.size() > 15) {
      block.kind = ParagraphKind::kRelated;
      return true;
    }
    size_t colon = plain.find(':');
    size_t rest = colon;
    if (colon == std::string::npos) {
      colon = plain.find('|');
      rest = colon;
    }
    if (colon == std::string::npos || colon > 40) return false;
    const std::string_view label = Trim(std::string_view(plain).substr(0, colon));
    if (!data_.IsRelated(Fold(label))) return false;
    rest++;
    while (rest < plain.size() && (plain[rest] == ' ' || plain[rest] == '\t')) rest++;
    if (rest >= plain.size()) return false;
    bool linked = false;
    bool after_label = false;
    for (const Range& range : block.ranges) {
      if (range.link) linked = true;
      if (!range.link && !range.bold && after_label && !blank(range)) {
        const std::string_view view = Trim(text_.substr(range.begin, range.end - range.begin));
        linked = linked && (view == ":" || view.size() < 3);
      }
      after_label = true;
    }
    const bool bold = markdown_ && block.ranges.front().bold;
    const bool sure =
        data_.IsSurelyRelated(Fold(label)) && plain.size() < kMaxHeadLine && !EndsLikeText(plain);
    if (!linked && !bold && !sure && !IsAllCapitals(label)) return false;
    // The label's own bytes: PlainText begins where the first range does, for ranges have no spaces
    // at the ends.
    DropPrefix(text_, block.ranges, data_, rest);
    block.kind = ParagraphKind::kRelated;
    return !block.ranges.empty();
  }

  void Classify(Block& block) {
    const std::string plain = Plain(block);
    const std::string key = Fold(plain);
    if (plain.size() < 80 && data_.IsBoilerplate(key)) {
      block.ranges.clear();
      return;
    }
    if (plain.size() < 300 && data_.StartsCredit(key)) {
      block.ranges.clear();
      return;
    }
    if (block.kind != ParagraphKind::kBody) return;
    if (IsShortByline(plain)) {
      block.ranges.clear();
      return;
    }
    if (Related(block, plain)) return;
    if (block.shape == Shape::kQuote) block.kind = ParagraphKind::kQuote;
    if (block.shape == Shape::kTable) block.kind = ParagraphKind::kCaption;
  }

  // A paragraph that an empty line broke: its first part ends no sentence and its second begins
  // none.
  void JoinBroken() {
    std::vector<Block> joined;
    for (Block& block : blocks_) {
      if (block.ranges.empty()) continue;
      if (!joined.empty() && Broken(joined.back(), block)) {
        joined.back().ranges.insert(joined.back().ranges.end(), block.ranges.begin(),
                                    block.ranges.end());
        continue;
      }
      joined.push_back(std::move(block));
    }
    blocks_ = std::move(joined);
  }

  bool Broken(const Block& a, const Block& b) const {
    if (a.kind != ParagraphKind::kBody || b.kind != ParagraphKind::kBody ||
        a.shape != Shape::kText || b.shape != Shape::kText || b.after_rule) {
      return false;
    }
    const std::string_view tail = Tail(a);
    const std::string head = Plain(b, 80);
    if (EndsSentence(tail)) return false;
    const std::string_view trimmed = Trim(tail);
    size_t size = 0;
    for (const Range& range : a.ranges) {
      size += range.end - range.begin;
      if (size >= 30) break;
    }
    if (size < 30) return false;
    if (StartsLower(head)) return true;
    if (trimmed.ends_with(',')) return true;
    // "... the government of the" goes on whatever comes.
    const size_t space = trimmed.find_last_of(" \n");
    return space != std::string_view::npos && FirstLetter(head) != 0 &&
           IsLower(trimmed.substr(space + 1)) &&
           data_.IsFunctionWord(Fold(trimmed.substr(space + 1)));
  }
  static bool IsLower(std::string_view word) { return !word.empty() && word == ToLower(word); }

  void Build() {
    TextBuilder builder;
    if (!title_.ranges.empty()) {
      builder.Begin(ParagraphKind::kTitle);
      Emit(original_, title_.ranges, data_, builder);
      if (draft_.doc.title.empty()) draft_.doc.title = builder.paragraph();
    }
    bool first = true;
    for (Block& block : blocks_) {
      if (first && block.kind == ParagraphKind::kBody) {
        first = false;
        TakeDateline(block);
        if (block.ranges.empty()) continue;
      }
      builder.Begin(block.kind);
      Emit(original_, block.ranges, data_, builder);
    }
    builder.Finish(draft_.doc);
  }

  void TakeDateline(Block& block) {
    const std::string plain = PlainText(text_, block.ranges, data_, kLook);
    const size_t spaces = std::min(plain.find_first_not_of(" \t"), plain.size());
    const Dateline line = FindDateline(std::string_view(plain).substr(spaces), data_);
    if (line.size == 0) return;
    const std::string written(Trim(std::string_view(plain).substr(spaces, line.size)));
    std::vector<Range> rest = block.ranges;
    DropPrefix(text_, rest, data_, spaces + line.size);
    if (rest.empty() || original_.At(rest.front().begin) > form_.first_mark) return;
    block.ranges = std::move(rest);
    if (draft_.doc.source.empty()) draft_.doc.source = line.source;
    if (draft_.date_text.empty()) draft_.date_text = line.date;
    if (draft_.doc.dateline.empty()) draft_.doc.dateline = line.place;
    if (draft_.doc.station.empty()) draft_.doc.station = line.source;
    draft_.doc.notes.push_back({"dateline", written});
  }

  const Original& original_;
  const std::string_view text_;
  const ReaderData& data_;
  const TextForm& form_;
  Draft& draft_;
  bool markdown_ = false;
  std::vector<Line> lines_;
  size_t width_ = 0;
  bool wrapped_ = false;
  std::vector<Block> blocks_;
  Block title_;
};

}  // namespace

bool LooksLikeMarkdown(std::string_view text) {
  text = text.substr(0, 100'000);
  int signs = 0;
  for (size_t at = text.find("]("); at != std::string_view::npos && signs < 3;
       at = text.find("](", at + 2))
    signs += 2;
  for (const Line& line : CutLines(text)) {
    const std::string_view view = text.substr(line.begin, line.end - line.begin);
    if (view.size() < 3) continue;
    if (view == "---" || view == "***" || view.starts_with("```")) signs++;
    const size_t hashes = std::min(view.find_first_not_of('#'), view.size());
    if (hashes >= 1 && hashes <= 6 && hashes < view.size() && view[hashes] == ' ') signs += 2;
    if (view.size() > 6 && view.starts_with("**") && view.find("**", 2) != std::string_view::npos)
      signs += 2;
    if (view.starts_with("> ")) signs++;
    if (signs >= 2) return true;
  }
  return signs >= 2;
}

void ReadBlocks(const Original& original, const ReaderData& data, const TextForm& form,
                std::vector<Block> blocks, Block title, Draft& draft) {
  TextParser(original, data, form, draft).RunBlocks(std::move(blocks), std::move(title));
  MarkQuotes(draft.doc);
}

void ReadText(const Original& original, const ReaderData& data, const TextForm& form,
              Draft& draft) {
  TextParser(original, data, form, draft).Run();
  if (draft.doc.text.empty() && !form.as_it_is) {  // all of it was taken for something else
    TextForm again = form;
    again.as_it_is = true;
    TextParser(original, data, again, draft).Run();
  }
  if (draft.order == DateOrder::kUnset) draft.order = OrderOfText(original.text());
  MarkQuotes(draft.doc);
}

}  // namespace entente
