#include "services/answer/abbreviation_notes.h"

#include <map>
#include <set>
#include <string>
#include <utility>

#include "absl/algorithm/container.h"
#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "absl/strings/string_view.h"
#include "index/query/abbreviation_harvester.h"

namespace bedside {
namespace {

// Short forms with their long form; empty: there are two.
using Definitions = std::map<std::string, std::string>;

bool IsKnownToAll(absl::string_view long_form) {
  static constexpr absl::string_view kKnown[] = {"confidence interval", "odds ratio",    "hazard ratio",
                                                 "relative risk",       "risk ratio",    "standard deviation",
                                                 "standard error",      "interquartile", "confidence limit"};
  return absl::c_any_of(kKnown, [&](absl::string_view known) { return absl::StartsWithIgnoreCase(long_form, known); });
}

void AddDefinitions(absl::string_view text, Definitions* definitions) {
  for (const AbbreviationDefinition& found : HarvestAbbreviations(text)) {
    if (IsKnownToAll(found.long_form)) continue;
    const auto [known, is_new] = definitions->emplace(found.short_form, found.long_form);
    if (!is_new && !absl::EqualsIgnoreCase(known->second, found.long_form)) known->second.clear();
  }
}

Definitions DefinitionsOf(const storage::Document& document, const std::vector<EvidencePassage>& evidence) {
  Definitions definitions;
  if (document.rights().max_words() != 0) return definitions;
  for (const EvidencePassage& piece : evidence) {
    if (piece.document->id() != document.id()) continue;
    const storage::Passage& passage = piece.passage;
    AddDefinitions(absl::string_view(document.text()).substr(passage.begin(), passage.end() - passage.begin()),
                   &definitions);
  }
  return definitions;
}

// Also the parts of "ART-conceived" and "SLE/sSS".
std::vector<absl::string_view> ShortFormsIn(absl::string_view text) {
  std::vector<absl::string_view> found;
  for (const absl::string_view word : absl::StrSplit(text, absl::ByAnyChar(" \n()[],;:.?!/+"), absl::SkipEmpty())) {
    std::vector<absl::string_view> parts = absl::StrSplit(word, '-', absl::SkipEmpty());
    if (parts.size() > 1) parts.push_back(word);
    for (const absl::string_view part : parts) {
      if (IsShortForm(ShortFormOf(part))) found.push_back(ShortFormOf(part));
    }
  }
  return found;
}

// "SHORT: long" of each that the text has without its long form.
std::vector<std::string> NotesOn(absl::string_view text, const Definitions& definitions) {
  const std::string lower = absl::AsciiStrToLower(text);
  std::vector<std::string> notes;
  for (const absl::string_view short_form : ShortFormsIn(text)) {
    const auto found = definitions.find(std::string(short_form));
    if (found == definitions.end() || found->second.empty()) continue;
    if (absl::StrContains(lower, absl::AsciiStrToLower(found->second))) continue;
    notes.push_back(absl::StrCat(short_form, ": ", found->second));
  }
  return notes;
}

}  // namespace

void AddAbbreviationNotes(const std::vector<EvidencePassage>& evidence, std::vector<v1::AnswerSentence>* sentences) {
  std::map<std::string, Definitions> definitions;
  std::set<std::string> said;
  for (v1::AnswerSentence& sentence : *sentences) {
    const auto number = static_cast<size_t>(sentence.citations(0).evidence_number());
    const storage::Document& document = *evidence[number - 1].document;
    const auto [known, is_new] = definitions.emplace(document.id(), Definitions());
    if (is_new) known->second = DefinitionsOf(document, evidence);
    std::vector<std::string> notes;
    for (std::string& note : NotesOn(sentence.text(), known->second)) {
      if (said.insert(absl::AsciiStrToLower(note)).second) notes.push_back(std::move(note));
    }
    if (!notes.empty()) absl::StrAppend(sentence.mutable_text(), " (", absl::StrJoin(notes, "; "), ")");
  }
}

}  // namespace bedside
