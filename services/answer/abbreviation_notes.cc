#include "services/answer/abbreviation_notes.h"

#include <algorithm>
#include <cstdint>
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
#include "absl/strings/strip.h"
#include "index/query/abbreviation_harvester.h"
#include "services/grounding/measures.h"

namespace bedside {
namespace {

// Short forms with their long form; empty: there are two.
using Definitions = std::map<std::string, std::string>;

// Those of statistics are known, and another meaning of them elsewhere in the document would be read into a result;
// units and numerals are none.
bool MayBeExplained(absl::string_view short_form) {
  static constexpr absl::string_view kOfStatistics[] = {
      "CI",  "OR",  "HR",  "RR",  "SD", "SE",  "SEM", "MD",  "SMD", "RD",  "IQR", "NNT", "NS",  "PR",  "IRR", "ARR",
      "RRR", "NNH", "AUC", "WMD", "ES", "SMR", "SIR", "ROC", "aOR", "AOR", "aHR", "AHR", "aRR", "PPV", "NPV", "AR"};
  const bool is_numeral = short_form.find_first_not_of("IVX") == absl::string_view::npos;
  const auto capitals = absl::c_count_if(short_form, [](unsigned char c) { return absl::ascii_isupper(c); });
  return capitals > 1 && !is_numeral && !IsUnit(short_form) && !absl::c_linear_search(kOfStatistics, short_form);
}

bool AreTheSame(absl::string_view long_form, absl::string_view other) {
  return absl::EqualsIgnoreCase(absl::StripSuffix(long_form, "s"), absl::StripSuffix(other, "s"));
}

// Where documents define what a passage uses: in it, and before it.
absl::string_view TextUpTo(const storage::Document& document, const storage::Passage& passage) {
  constexpr uint32_t kReach = 32'000;
  size_t begin = passage.begin() - std::min(passage.begin(), kReach);
  const auto is_space = [&](size_t at) { return absl::ascii_isspace(static_cast<unsigned char>(document.text()[at])); };
  while (begin > 0 && begin < passage.begin() && !is_space(begin)) ++begin;
  return absl::string_view(document.text()).substr(begin, passage.end() - begin);
}

Definitions DefinitionsOf(const EvidencePassage& evidence) {
  Definitions definitions;
  if (evidence.document->rights().max_words() != 0) return definitions;
  for (const AbbreviationDefinition& found : HarvestAbbreviations(TextUpTo(*evidence.document, evidence.passage))) {
    const auto [known, is_new] = definitions.emplace(found.short_form, found.long_form);
    if (!is_new && !AreTheSame(known->second, found.long_form)) known->second.clear();
  }
  return definitions;
}

// Also the parts of "SLE/sSS", and what begins "ART-conceived"; not the front of "PD-1".
std::vector<absl::string_view> ShortFormsIn(absl::string_view text) {
  std::vector<absl::string_view> found;
  for (absl::string_view word : absl::StrSplit(text, absl::ByAnyChar(" \n()[],;:.?!/+"), absl::SkipEmpty())) {
    const size_t hyphen = word.find('-');
    const absl::string_view behind = hyphen == absl::string_view::npos ? "" : word.substr(hyphen + 1);
    if (!behind.empty() && absl::ascii_islower(static_cast<unsigned char>(behind[0]))) word = word.substr(0, hyphen);
    const absl::string_view short_form = ShortFormOf(word);
    if (IsShortForm(short_form) && MayBeExplained(short_form)) found.push_back(short_form);
  }
  return found;
}

// "SHORT: long" of each that the text has without its long form.
std::vector<std::string> NotesOn(absl::string_view text, const std::vector<absl::string_view>& short_forms,
                                 const Definitions& definitions) {
  const std::string lower = absl::AsciiStrToLower(text);
  std::vector<std::string> notes;
  for (const absl::string_view short_form : short_forms) {
    const auto found = definitions.find(std::string(short_form));
    if (found == definitions.end() || found->second.empty()) continue;
    if (absl::StrContains(lower, absl::AsciiStrToLower(absl::StripSuffix(found->second, "s")))) continue;
    notes.push_back(absl::StrCat(short_form, ": ", found->second));
  }
  return notes;
}

}  // namespace

void AddAbbreviationNotes(const std::vector<EvidencePassage>& evidence, std::vector<v1::AnswerSentence>* sentences) {
  std::map<int32_t, Definitions> definitions;
  std::set<std::string> said;
  for (v1::AnswerSentence& sentence : *sentences) {
    const std::vector<absl::string_view> short_forms = ShortFormsIn(sentence.text());
    if (short_forms.empty()) continue;
    const int32_t number = sentence.citations(0).evidence_number();
    const auto [known, is_new] = definitions.emplace(number, Definitions());
    if (is_new) known->second = DefinitionsOf(evidence[static_cast<size_t>(number) - 1]);
    std::vector<std::string> notes;
    for (std::string& note : NotesOn(sentence.text(), short_forms, known->second)) {
      if (said.insert(absl::AsciiStrToLower(note)).second) notes.push_back(std::move(note));
    }
    if (!notes.empty()) absl::StrAppend(sentence.mutable_text(), " (", absl::StrJoin(notes, "; "), ")");
  }
}

}  // namespace bedside
