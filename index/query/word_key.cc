#include "index/query/word_key.h"

#include <utility>
#include <vector>

#include "absl/strings/str_join.h"
#include "index/query/surface_words.h"

namespace bedside {

std::string WordKey(const LexicalAnalyzer& analyzer, absl::string_view word) {
  std::vector<std::string> terms = analyzer.Terms(word);
  return terms.empty() ? std::string(word) : std::move(terms[0]);
}

std::string NameKey(const LexicalAnalyzer& analyzer, absl::string_view name) {
  const std::vector<SurfaceWord> words = SurfaceWords(name);
  if (words.size() > kMaxNameWords) return "";
  return absl::StrJoin(words, " ",
                       [&](std::string* key, const SurfaceWord& word) { key->append(WordKey(analyzer, word.text)); });
}

}  // namespace bedside
