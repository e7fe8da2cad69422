#include "services/grounding/term_set.h"

#include <vector>

#include "absl/algorithm/container.h"
#include "absl/strings/str_replace.h"

namespace bedside {

TermSet TermsOf(const LexicalAnalyzer& analyzer, absl::string_view text) {
  const std::vector<std::string> terms = analyzer.Terms(text);
  return {terms.begin(), terms.end()};
}

std::string OneSpelling(absl::string_view term) {
  return absl::StrReplaceAll(term, {{"ae", "e"}, {"oe", "e"}, {"our", "or"}, {"sulph", "sulf"}});
}

TermSet OneSpelling(const TermSet& terms) {
  TermSet folded;
  for (const std::string& term : terms) folded.insert(OneSpelling(term));
  return folded;
}

size_t CountShared(const TermSet& a, const TermSet& b) {
  return static_cast<size_t>(absl::c_count_if(a, [&b](const std::string& term) { return b.count(term) != 0; }));
}

}  // namespace bedside
