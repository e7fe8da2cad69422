#include "services/answer/grounding.h"

#include <re2/re2.h>

#include <algorithm>
#include <string>

#include "absl/algorithm/container.h"
#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "services/answer/generic_terms.h"
#include "services/answer/prompt_passages.h"
#include "services/answer/qualifiers.h"
#include "services/resources/evidence_messages.h"

namespace bedside {
namespace {

constexpr double kMinShareOfTerms = 0.5;
// Statements that share so much of what the most alike one shares may be the one that is meant.
constexpr double kNearlyAsAlike = 0.8;

bool NegatesOddly(absl::string_view text) { return CountNegations(text) % 2 != 0; }

bool EndsAsASentence(absl::string_view text) {
  while (!text.empty() && absl::StrContains(" \n)\"*", text.substr(text.size() - 1))) text.remove_suffix(1);
  return absl::EndsWith(text, ".") || absl::EndsWith(text, "!") || absl::EndsWith(text, "?");
}

}  // namespace

Grounding::Grounding(const LexicalAnalyzer* analyzer, const SentenceSplitter& splitter,
                     const std::vector<EvidencePassage>& evidence)
    : analyzer_(analyzer), connecting_(OneSpelling(ConnectingTerms(*analyzer))) {
  for (const EvidencePassage& passage : evidence) held_.push_back(Read(passage, splitter));
}

Grounding::Held Grounding::Read(const EvidencePassage& passage, const SentenceSplitter& splitter) const {
  const storage::Document& document = *passage.document;
  const std::string prompt = PromptTextOf(passage);
  const std::string above =
      absl::StrCat(absl::StrJoin(passage.passage.heading_path(), "\n"), "\n", passage.passage.context());
  Held held{OneSpelling(TermsOf(*analyzer_, prompt)), Measures(prompt), {}, {}};
  held.source = OneSpelling(TermsOf(
      *analyzer_, absl::StrCat(document.title(), " ", document.publisher(), " ", document.publication_date().year())));
  const absl::string_view shown = ShownText(document, passage.passage.begin(), passage.passage.end());
  // List items and rows are lines; what stands above them negates those that do not themselves.
  for (const absl::string_view line : absl::StrSplit(shown, '\n', absl::SkipEmpty())) {
    for (const Span& span : splitter.Split(line)) {
      const absl::string_view text = line.substr(span.begin, span.size());
      const bool negated = NegatesOddly(Negates(text) ? text : absl::string_view(above));
      held.statements.push_back({OneSpelling(TermsOf(*analyzer_, text)), negated});
    }
  }
  return held;
}

bool Grounding::Supports(const CitedSentence& sentence) const {
  TermSet cited;
  Measures measures("");
  for (const int number : sentence.numbers) {
    const Held& held = held_[static_cast<size_t>(number) - 1];
    cited.insert(held.terms.begin(), held.terms.end());
    measures.Add(held.measures);
  }
  const TermSet said = OneSpelling(TermsOf(*analyzer_, sentence.text));
  return !said.empty() && measures.Hold(Measures(sentence.text)) && HoldsItsWords(sentence.text, cited) &&
         static_cast<double>(CountShared(said, cited)) >= kMinShareOfTerms * static_cast<double>(said.size()) &&
         NegatesAlike(sentence, said) && !OnlyNamesTheSource(sentence, said);
}

bool Grounding::HoldsItsWords(absl::string_view sentence, const TermSet& cited) const {
  // Only hyphens join words to one; whatever else stands between them, without a space too, parts them.
  static const RE2& one_word = *new RE2(R"(([\pL\pM\pN]+(?:[-‐‑][\pL\pM\pN]+)*))");
  re2::StringPiece rest(sentence.data(), sentence.size());
  std::string word;
  while (RE2::FindAndConsume(&rest, one_word, &word)) {
    if (!IsUnit(word) && !HoldsWord(word, cited)) return false;
  }
  return true;
}

bool Grounding::HoldsWord(absl::string_view word, const TermSet& cited) const {
  static const RE2& hyphen = *new RE2("[-‐‑]");
  const std::vector<std::string> terms = analyzer_->Terms(word);
  if (terms.empty()) return true;
  // All of a compound is its last term, all of another word its first; else the parts must stand there.
  const bool compound = terms.size() > 1 && RE2::PartialMatch(re2::StringPiece(word.data(), word.size()), hyphen);
  if (cited.count(OneSpelling(compound ? terms.back() : terms.front())) != 0) return true;
  return std::all_of(terms.begin(), compound ? terms.end() - 1 : terms.end(), [&](const std::string& part) {
    const std::string term = OneSpelling(part);
    const bool number = absl::ascii_isdigit(static_cast<unsigned char>(term[0]));
    return number || connecting_.count(term) != 0 || cited.count(term) != 0;
  });
}

bool Grounding::NegatesAlike(const CitedSentence& sentence, const TermSet& said) const {
  size_t most_shared = 0;
  for (const int number : sentence.numbers) {
    for (const Statement& held : held_[static_cast<size_t>(number) - 1].statements) {
      most_shared = std::max(most_shared, CountShared(said, held.terms));
    }
  }
  const bool negated = NegatesOddly(sentence.text);
  return absl::c_any_of(sentence.numbers, [&](int number) {
    return absl::c_any_of(held_[static_cast<size_t>(number) - 1].statements, [&](const Statement& held) {
      const auto shared = static_cast<double>(CountShared(said, held.terms));
      return held.negated_oddly == negated && shared >= kNearlyAsAlike * static_cast<double>(most_shared);
    });
  });
}

bool Grounding::OnlyNamesTheSource(const CitedSentence& sentence, const TermSet& said) const {
  if (EndsAsASentence(sentence.text)) return false;
  return absl::c_any_of(sentence.numbers, [&](int number) {
    return absl::c_includes(held_[static_cast<size_t>(number) - 1].source, said);
  });
}

}  // namespace bedside
