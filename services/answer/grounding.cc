#include "services/answer/grounding.h"

#include <re2/re2.h>

#include "absl/algorithm/container.h"
#include "absl/strings/str_replace.h"
#include "services/answer/prompt_assembler.h"

namespace bedside {
namespace {

constexpr double kMinShareOfTerms = 0.5;

// As they are written, but without separators of thousands: "1,200 mg" holds "1200".
std::set<std::string> NumbersIn(absl::string_view text) {
  static const RE2& pattern = *new RE2(R"((\d+(?:[.,]\d+)*))");
  std::set<std::string> numbers;
  re2::StringPiece rest(text.data(), text.size());
  std::string number;
  while (RE2::FindAndConsume(&rest, pattern, &number)) numbers.insert(absl::StrReplaceAll(number, {{",", ""}}));
  return numbers;
}

}  // namespace

Grounding::Grounding(const LexicalAnalyzer* analyzer, const std::vector<EvidencePassage>& evidence)
    : analyzer_(analyzer) {
  for (const EvidencePassage& passage : evidence) {
    const std::string shown = PromptTextOf(passage);
    held_.push_back({TermsOf(*analyzer, shown), NumbersIn(shown)});
  }
}

bool Grounding::Supports(const CitedSentence& sentence) const {
  Held cited;
  for (const int number : sentence.numbers) {
    const Held& held = held_[static_cast<size_t>(number) - 1];
    cited.terms.insert(held.terms.begin(), held.terms.end());
    cited.numbers.insert(held.numbers.begin(), held.numbers.end());
  }
  const TermSet said = TermsOf(*analyzer_, sentence.text);
  return absl::c_includes(cited.numbers, NumbersIn(sentence.text)) && !said.empty() &&
         static_cast<double>(CountShared(said, cited.terms)) >= kMinShareOfTerms * static_cast<double>(said.size());
}

}  // namespace bedside
