#include "index/query/name_expansion.h"

#include <algorithm>
#include <cstddef>
#include <iterator>

#include "absl/container/flat_hash_set.h"
#include "absl/functional/function_ref.h"
#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "index/query/abbreviation_harvester.h"
#include "index/query/word_key.h"

namespace bedside {
namespace {

bool HasSmallLetter(absl::string_view text) {
  return std::any_of(text.begin(), text.end(),
                     [](char c) { return absl::ascii_islower(static_cast<unsigned char>(c)); });
}

Span SpanOf(const KeyedWords& question, size_t begin, size_t end) {
  return {question.words[begin].span.begin, question.words[end - 1].span.end};
}

// The end of the words that hyphens join to word `begin`.
size_t EndOfCompound(const KeyedWords& question, size_t begin) {
  size_t end = begin + 1;
  while (end < question.words.size() && question.words[end].span.begin == question.words[end - 1].span.end + 1 &&
         question.question[question.words[end - 1].span.end] == '-') {
    ++end;
  }
  return end;
}

// The abbreviations that a question itself explains: "MS (mitral stenosis)".
absl::flat_hash_set<absl::string_view> DefinedIn(absl::string_view question) {
  absl::flat_hash_set<absl::string_view> defined;
  for (const AbbreviationDefinition& found : HarvestAbbreviations(question)) defined.insert(found.short_form);
  return defined;
}

// Words that begin a question with a capital, or join others as searches are written, and are signs as well: "As" is
// arsenic, "OR" an odds ratio.
constexpr absl::string_view kFunctionWords[] = {"AND", "As", "At",  "By", "Do", "He", "If",  "In", "Is",
                                                "It",  "No", "NOT", "OR", "So", "To", "Was", "We", "Who"};

bool IsFunctionWord(absl::string_view written) {
  return std::find(std::begin(kFunctionWords), std::end(kFunctionWords), written) != std::end(kFunctionWords);
}

// Calls `add` for the keys of the longest run of words from each place; where it takes them, goes on behind them.
void ForEachName(const KeyedWords& question, size_t least_words,
                 absl::FunctionRef<bool(const std::string&, Span)> add) {
  for (size_t begin = 0; begin < question.words.size(); ++begin) {
    std::vector<std::string> names;  // of 1, 2, ... words
    for (size_t end = begin; end < std::min(begin + kMaxNameWords, question.words.size()); ++end) {
      names.push_back(names.empty() ? question.keys[end] : absl::StrCat(names.back(), " ", question.keys[end]));
    }
    for (size_t count = names.size(); count >= least_words && count > 0; --count) {
      if (!add(names[count - 1], SpanOf(question, begin, begin + count))) continue;
      begin += count - 1;
      break;
    }
  }
}

}  // namespace

std::vector<NameExpansion> ExpandAbbreviations(const KeyedWords& question, const AbbreviationTable& table) {
  std::vector<NameExpansion> expansions;
  const absl::flat_hash_set<absl::string_view> own = DefinedIn(question.question);
  const bool has_abbreviations = HasSmallLetter(question.question);
  for (size_t begin = 0; has_abbreviations && begin < question.words.size(); ++begin) {
    for (size_t end = EndOfCompound(question, begin); end > begin; --end) {
      const Span span = SpanOf(question, begin, end);
      const absl::string_view written = ShortFormOf(question.question.substr(span.begin, span.size()));
      const bool is_looked_up = IsShortForm(written) && !IsFunctionWord(written) && !own.contains(written);
      const auto found = is_looked_up ? table.LongFormOf(written) : absl::nullopt;
      if (!found.has_value()) continue;
      expansions.push_back({span, std::string(found->long_form)});
      begin = end - 1;
      break;
    }
  }
  ForEachName(question, 2, [&](const std::string& key, Span span) {
    const auto found = table.ShortFormOf(key);
    if (found.has_value()) expansions.push_back({span, std::string(found->short_form)});
    return found.has_value();
  });
  return expansions;
}

std::vector<NameExpansion> ExpandByThesaurus(const KeyedWords& question, const Thesaurus& thesaurus) {
  std::vector<NameExpansion> expansions;
  ForEachName(question, 1, [&](const std::string& key, Span span) {
    const std::vector<std::string> others = thesaurus.OtherNamesOf(key);
    for (const std::string& other : others) expansions.push_back({span, other});
    return !others.empty();
  });
  return expansions;
}

}  // namespace bedside
