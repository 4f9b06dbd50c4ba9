// SPDX-License-Identifier: Apache-2.0
// Inputs that are one report: plain text, Markdown, a page.
#include "base/text.h"
#include "reader/decode.h"
#include "reader/format.h"
#include "reader/html_reader.h"
#include "reader/html_scanner.h"
#include "reader/text_reader.h"

namespace entente {
namespace {

class WholeReader : public FormatReader {
 public:
  WholeReader(Input input, bool html, Markup markup)
      : input_(std::move(input)), html_(html), markup_(markup) {}

  std::optional<Result<Document>> Next() override {
    if (done_) return std::nullopt;
    done_ = true;
    Result<Document> doc = Read();
    if (!doc) return Result<Document>(input_.Here(doc.error()));
    return doc;
  }

 private:
  Result<Document> Read() {
    Result<std::string> bytes = input_.bytes->TakeAll(input_.options->max_document);
    if (!bytes) return bytes.error();
    if (bytes->empty()) return Error{ErrorCode::kBadInput, "nothing to read: it is empty", ""};
    Draft draft;
    const std::string charset = html_ ? CharsetOfHtml(*bytes) : "";
    const Result<std::string> text = DecodeText(std::move(*bytes), charset, draft.doc.notes);
    if (!text) return text.error();
    draft.doc.path = input_.path;
    draft.doc.id = input_.stem;
    const Original original(*text);
    if (html_) {
      ReadHtml(original, *input_.data, false, draft);
    } else {
      TextForm form;
      form.markup = markup_;
      ReadText(original, *input_.data, form, draft);
    }
    if (draft.doc.text.empty()) return Error{ErrorCode::kBadInput, "there is no text in it", ""};
    Finish(*input_.data, *input_.options, draft);
    return std::move(draft.doc);
  }

  Input input_;
  bool html_;
  Markup markup_;
  bool done_ = false;
};

}  // namespace

std::unique_ptr<FormatReader> MakeTextReader(Input input, bool markdown, bool plain) {
  const Markup markup = markdown ? Markup::kMarkdown : plain ? Markup::kPlain : Markup::kFind;
  return std::make_unique<WholeReader>(std::move(input), false, markup);
}
std::unique_ptr<FormatReader> MakeHtmlReader(Input input) {
  return std::make_unique<WholeReader>(std::move(input), true, Markup::kPlain);
}

}  // namespace entente
