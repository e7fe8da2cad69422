#include "services/answer/term_set.h"

#include <vector>

#include "absl/algorithm/container.h"

namespace bedside {

TermSet TermsOf(const LexicalAnalyzer& analyzer, absl::string_view text) {
  const std::vector<std::string> terms = analyzer.Terms(text);
  return {terms.begin(), terms.end()};
}

size_t CountShared(const TermSet& a, const TermSet& b) {
  return static_cast<size_t>(absl::c_count_if(a, [&b](const std::string& term) { return b.count(term) != 0; }));
}

}  // namespace bedside
