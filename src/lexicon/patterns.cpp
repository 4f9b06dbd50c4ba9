// SPDX-License-Identifier: Apache-2.0
#include "lexicon/patterns.h"

#include <algorithm>
#include <cstdlib>
#include <filesystem>

#include "base/file.h"
#include "lexicon/ontology.h"
#include "lexicon/records.h"

namespace entente {
namespace {

constexpr double kWordWeight = 3, kClassWeight = 2.5, kEventWeight = 2.5, kTypeWeight = 1.2,
                 kAnyWeight = 0.6, kNotWeight = 0.2, kPredicateWordWeight = 2;

// Fields that are not functions of the predicate.
constexpr std::string_view kPlainFields[] = {
    "id", "verb", "noun", "adjective", "recipient", "actor", "event", "cameo", "context", "state",
    "operator", "inner", "reciprocal", "noun_of", "noun_poss", "priority", "note", "example", "todo", "expect"};
constexpr std::string_view kRootFunctions[] = {"agent", "object", "indirect", "clause", "scene"};

}  // namespace

double WeightOf(const Alternative& a) {
  if (a.negated) return kNotWeight;
  switch (a.kind) {
    case Alternative::kWord: return kWordWeight + kWordWeight * 0.4 * static_cast<double>(a.before.size());
    case Alternative::kClass: return kClassWeight;
    case Alternative::kEvent: return kEventWeight;
    case Alternative::kType: return kTypeWeight;
    case Alternative::kAny:
    case Alternative::kEmpty: break;
  }
  return kAnyWeight;
}

int16_t Patterns::Preposition(std::string_view lemma) const {
  const auto it = preposition_index_.find(lemma);
  return it == preposition_index_.end() ? int16_t{kFnNone} : it->second;
}

std::string Patterns::FunctionName(int16_t function) const {
  if (function < 0) return "none";
  if (function < kFirstPreposition) return std::string(kRootFunctions[function]);
  return prepositions_[function - kFirstPreposition];
}

const std::vector<PatternRef>* Patterns::Find(PredicateKind kind, std::string_view lemma) const {
  const auto& index = index_[static_cast<int>(kind)];
  const auto it = index.find(lemma);
  return it == index.end() ? nullptr : &it->second;
}

const std::vector<int>* Patterns::ClassesOf(std::string_view lemma) const {
  const auto it = classes_of_.find(lemma);
  return it == classes_of_.end() ? nullptr : &it->second;
}

bool Patterns::InClass(int class_index, std::string_view lemma) const {
  const std::vector<int>* classes = ClassesOf(lemma);
  return classes != nullptr && std::find(classes->begin(), classes->end(), class_index) != classes->end();
}

const std::vector<LightVerb>* Patterns::LightVerbs(std::string_view lemma) const {
  const auto it = light_verbs_.find(lemma);
  return it == light_verbs_.end() ? nullptr : &it->second;
}

namespace {

// Where the words of a predicate go: "crack down on", "call for help" (noun).
PredicateForm MakeForm(PredicateKind kind, std::string_view text, const StringMap<int16_t>& prepositions) {
  PredicateForm form;
  form.kind = kind;
  // "cease-fire" is two words to the tokenizer.
  std::string spaced(text);
  std::replace(spaced.begin(), spaced.end(), '-', ' ');
  const auto words = SplitWords(spaced);
  size_t head = 0;
  if (kind == PredicateKind::kNoun) {
    // The last noun before any preposition.
    head = words.size() - 1;
    for (size_t i = 1; i < words.size(); i++) {
      if (prepositions.find(words[i]) != prepositions.end()) {
        head = i - 1;
        break;
      }
    }
  }
  form.head = words[head];
  for (size_t i = 0; i < head; i++) form.before.emplace_back(words[i]);
  for (size_t i = head + 1; i < words.size(); i++) form.after.emplace_back(words[i]);
  if (!form.after.empty()) {
    const auto it = prepositions.find(form.after.back());
    if (it != prepositions.end()) form.object_preposition = it->second;
  }
  return form;
}

}  // namespace

Result<Patterns> Patterns::Load(const std::string& folder, const Ontology& ontology,
                                std::vector<Problem>& problems) {
  Patterns out;
  StringMap<std::string> class_file;
  for (const std::string& path : ListFiles(folder + "/classes", ".rec", false)) {
    const auto file = ReadRecords(path, "class", problems);
    if (!file) return file.error();
    for (const Record& record : file->records) {
      const std::string name(record.Get("class"));
      const auto [it, fresh] = out.class_index_.emplace(name, static_cast<int>(out.class_names_.size()));
      if (!fresh) {
        problems.push_back({path, record.line, "the class `" + name + "` stands already in " + class_file[name]});
      } else {
        out.class_names_.push_back(name);
        class_file[name] = path;
      }
      for (const std::string_view word : record.List("words")) {
        out.classes_of_[std::string(word)].push_back(it->second);
      }
    }
  }
  const auto alternative = [&](std::string_view item, const std::string& path, int line) {
    Alternative a;
    if (item.starts_with("!")) {
      a.negated = true;
      item.remove_prefix(1);
    }
    if (item == "*") {
      a.kind = Alternative::kAny;
    } else if (item == "-") {
      a.kind = Alternative::kEmpty;
    } else if (item.starts_with("@")) {
      a.kind = Alternative::kClass;
      a.text = item.substr(1);
      const auto it = out.class_index_.find(a.text);
      if (it == out.class_index_.end()) {
        problems.push_back({path, line, "unknown word class @" + a.text + "; did you mean @" +
                                            DidYouMean(a.text, out.class_names_) + "?"});
      } else {
        a.class_index = it->second;
      }
    } else if (item.starts_with("#")) {
      a.kind = Alternative::kType;
      a.text = item.substr(1);
    } else if (item.starts_with("=")) {
      a.kind = Alternative::kEvent;
      a.text = item.substr(1);
    } else {
      const auto words = SplitWords(item);
      a.text = words.empty() ? "" : words.back();
      for (size_t i = 0; i + 1 < words.size(); i++) a.before.emplace_back(words[i]);
    }
    return a;
  };
  const std::string light_path = folder + "/light_verbs.rec";
  const auto light = ReadRecords(light_path, "light_verb", problems);
  if (!light) return light.error();
  for (const Record& record : light->records) {
    for (const std::string_view verb : record.List("verb")) {
      const auto words = SplitWords(verb);
      LightVerb light_verb;
      for (size_t i = 1; i < words.size(); i++) light_verb.after.emplace_back(words[i]);
      for (const std::string_view item : record.List("object")) {
        light_verb.object.push_back(alternative(item, light_path, record.LineOf("object")));
      }
      light_verb.receives = record.Get("sense") == "receive";
      out.light_verbs_[std::string(words[0])].push_back(std::move(light_verb));
    }
  }

  const std::vector<std::string> paths = ListFiles(folder + "/patterns", ".rec", false);
  if (paths.empty()) return Error{ErrorCode::kNotFound, "holds no patterns", folder + "/patterns"};
  std::vector<RecordFile> files;
  // The functions: every field that is allowed and not plain is a preposition.
  for (const std::string& path : paths) {
    auto file = ReadRecords(path, "pattern", problems);
    if (!file) return file.error();
    for (const Record& record : file->records) {
      for (const RecordField& field : record.fields) {
        const auto is = [&](std::string_view name) { return field.name == name; };
        if (std::any_of(std::begin(kPlainFields), std::end(kPlainFields), is)) continue;
        if (std::any_of(std::begin(kRootFunctions), std::end(kRootFunctions), is)) continue;
        const auto next = static_cast<int16_t>(kFirstPreposition + out.prepositions_.size());
        if (out.preposition_index_.emplace(field.name, next).second) out.prepositions_.emplace_back(field.name);
      }
      for (const char* name : {"recipient", "actor", "inner"}) {
        for (const std::string_view item : record.List(name)) {
          const auto is = [&](std::string_view root) { return item == root; };
          if (item == "none" || std::any_of(std::begin(kRootFunctions), std::end(kRootFunctions), is)) continue;
          const auto next = static_cast<int16_t>(kFirstPreposition + out.prepositions_.size());
          if (out.preposition_index_.emplace(item, next).second) out.prepositions_.emplace_back(item);
        }
      }
    }
    files.push_back(std::move(*file));
  }
  // Prepositions that only stand inside predicates ("crack down on") are functions too, if any pattern
  // names them; "down" is then a particle.
  for (const RecordFile& file : files) {
    const std::string stem = std::filesystem::path(file.path).stem().string();
    for (const Record& record : file.records) {
      Pattern pattern;
      pattern.id = stem + "/" + std::string(record.Get("id"));
      pattern.file = file.path;
      pattern.line = record.line;
      const auto problem = [&](int line, std::string message) {
        problems.push_back({file.path, line, std::move(message)});
      };
      const auto function_of = [&](std::string_view name) -> int16_t {
        for (int16_t i = 0; i < kFirstPreposition; i++) {
          if (kRootFunctions[i] == name) return i;
        }
        return out.Preposition(name);
      };
      for (const RecordField& field : record.fields) {
        PredicateKind kind;
        if (field.name == "verb") {
          kind = PredicateKind::kVerb;
        } else if (field.name == "noun") {
          kind = PredicateKind::kNoun;
        } else if (field.name == "adjective") {
          kind = PredicateKind::kAdjective;
        } else {
          continue;
        }
        for (const std::string_view form : SplitList(field.value)) {
          if (form.find_first_not_of("- \t") == std::string_view::npos) {
            problem(field.line, "`" + std::string(form) + "` is no predicate");
            continue;
          }
          pattern.forms.push_back(MakeForm(kind, form, out.preposition_index_));
        }
      }
      if (pattern.forms.empty()) problem(record.line, "has no verb, noun or adjective");
      for (const RecordField& field : record.fields) {
        const std::string_view name = field.name;
        const std::string_view value = field.value;
        if (name == "event" && value == "none") {
          pattern.no_event = true;
        } else if (name == "event") {
          const size_t slash = value.find('/');
          pattern.event = value.substr(0, slash);
          if (slash != std::string_view::npos) pattern.mode = value.substr(slash + 1);
          if (ontology.Find(pattern.event, pattern.mode) == nullptr) {
            problem(field.line, "unknown event " + std::string(value) + "; did you mean " +
                                    DidYouMean(value, ontology.EventNames()) + "?");
          }
        } else if (name == "cameo") {
          pattern.cameo = value;
          if (ontology.FindCameo(value) == nullptr) problem(field.line, "unknown CAMEO code " + pattern.cameo);
        } else if (name == "context") {
          for (const std::string_view context : SplitList(value)) {
            pattern.contexts.emplace_back(context);
            if (!ontology.HasContext(context)) {
              problem(field.line, "unknown context " + std::string(context) + "; did you mean " +
                                      DidYouMean(context, ontology.contexts()) + "?");
            }
          }
        } else if (name == "state") {
          pattern.state = value;
        } else if (name == "operator") {
          pattern.operation = value;
          if (!ontology.HasOperator(value)) {
            problem(field.line, "unknown operator `" + std::string(value) + "`: composition.tsv has no row for it");
          }
        } else if (name == "priority") {
          pattern.priority = std::strtod(std::string(value).c_str(), nullptr);
        } else if (name == "reciprocal") {
          pattern.reciprocal = value == "yes";
        } else if (name == "noun_of") {
          pattern.noun_of_agent = value == "agent";
        } else if (name == "noun_poss") {
          pattern.noun_poss_object = value == "object";
        } else if (name == "actor" || name == "recipient" || name == "inner") {
          for (const std::string_view item : SplitList(value)) {
            if (item == "none") {
              if (name == "recipient") pattern.recipient_none = true;
              continue;
            }
            const int16_t function = function_of(item);
            if (function == kFnNone) problem(field.line, "unknown function `" + std::string(item) + "`");
            (name == "actor" ? pattern.actor : name == "recipient" ? pattern.recipient : pattern.inner)
                .push_back(function);
          }
        } else if (name == "example" || name == "todo") {
          pattern.examples.push_back({std::string(value), field.line, {}, name == "todo"});
        } else if (name == "expect") {
          if (pattern.examples.empty()) {
            problem(field.line, "`expect` stands before any `example`");
          } else {
            pattern.examples.back().expect.emplace_back(value);
          }
        } else {
          const int16_t function = function_of(name);
          if (function == kFnNone ||
              std::find(std::begin(kPlainFields), std::end(kPlainFields), name) != std::end(kPlainFields)) {
            continue;
          }
          Condition condition;
          condition.function = function;
          for (const std::string_view item : SplitList(value)) {
            Alternative a = alternative(item, file.path, field.line);
            if (function == kFnScene && a.kind != Alternative::kWord &&
                a.kind != Alternative::kClass) {
              problem(field.line,
                      "`" + std::string(item) + "`: a scene is told by words and classes only");
            }
            condition.alternatives.push_back(std::move(a));
          }
          pattern.conditions.push_back(std::move(condition));
        }
      }
      if (pattern.event.empty() && pattern.operation.empty() && !pattern.no_event) {
        problem(record.line, "has neither an event nor an operator");
      }
      for (const PatternExample& example : pattern.examples) {
        if (example.expect.empty()) problem(example.line, "an example without `expect`");
      }
      const auto index = static_cast<uint32_t>(out.patterns_.size());
      for (uint32_t f = 0; f < pattern.forms.size(); f++) {
        const PredicateForm& form = pattern.forms[f];
        out.index_[static_cast<int>(form.kind)][form.head].push_back({index, f});
      }
      out.patterns_.push_back(std::move(pattern));
    }
  }
  return out;
}

}  // namespace entente
