#include "index/retrieval/passage_wording.h"

#include <algorithm>
#include <iterator>
#include <utility>

#include "absl/container/flat_hash_set.h"
#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_replace.h"
#include "absl/strings/str_split.h"

namespace bedside {
namespace {

using WordSet = absl::flat_hash_set<std::string>;

// Nothing that changes what is recommended, to whom, how strongly or from where to where: no other preposition, modal
// verb or conjunction.
const WordSet& UncountedWords() {
  static const auto& words = *new WordSet(
      absl::StrSplit("a an the this that these those is are was were be been being has have had it its of", ' '));
  return words;
}

// Names of parts of a document, which say nothing about their subject.
const WordSet& PartNames() {
  static const auto& words = *new WordSet(
      absl::StrSplit("abstract background conclusion conclusions discussion introduction materials method methods "
                     "objective objectives result results summary and",
                     ' '));
  return words;
}

const WordSet& Negations() {
  static const auto& words = *new WordSet(
      absl::StrSplit("no not never none neither nor without cannot against avoid avoided except unless contraindicated "
                     "contraindication contraindications stop stopped discontinue discontinued withhold",
                     ' '));
  return words;
}

bool IsDigit(char c) { return absl::ascii_isdigit(static_cast<unsigned char>(c)); }

// One way to write spaces, dashes, quotation marks and the sign for micro; a question mark is a word, since without it
// "Is it safe?" says that it is.
std::string OneWriting(absl::string_view text) {
  return absl::StrReplaceAll(text, {{"\u00A0", " "},
                                    {"\u2009", " "},
                                    {"\u202F", " "},
                                    {"\u2010", "-"},
                                    {"\u2011", "-"},
                                    {"\u2012", "-"},
                                    {"\u2013", "-"},
                                    {"\u2212", "-"},
                                    {"\u2018", "'"},
                                    {"\u2019", "'"},
                                    {"\u201C", " "},
                                    {"\u201D", " "},
                                    {"?", " ? "},
                                    {"\u00B5", "\u03BC"}});
}

bool Separates(absl::string_view text, size_t at) {
  const char c = text[at];
  const bool before_digit = at + 1 < text.size() && IsDigit(text[at + 1]);
  if (c == '.' || c == ',' || c == ':') return !before_digit;
  return absl::ascii_isspace(static_cast<unsigned char>(c)) || absl::StrContains(";!()[]{}\"", c);
}

// "MG" and "mg", "HIT" and "hit" may be two things; "Aspirin" and "aspirin" are not.
std::string Folded(absl::string_view word) {
  constexpr size_t kShort = 3;
  return word.size() > kShort ? absl::AsciiStrToLower(word) : std::string(word);
}

// In lower case, and with a capital at the begin of a sentence: in "hepatitis A" and "IT methotrexate" they are names.
bool IsUncounted(absl::string_view word, bool begins) {
  const bool is_capitalised = begins && word.size() > 1 && absl::ascii_isupper(static_cast<unsigned char>(word[0]));
  if (!is_capitalised) return UncountedWords().contains(word);
  return UncountedWords().contains(absl::StrCat(absl::AsciiStrToLower(word.substr(0, 1)), word.substr(1)));
}

std::vector<std::string> WordsOf(absl::string_view written) {
  const std::string text = OneWriting(written);
  std::vector<std::string> words;
  for (size_t begin = 0; begin < text.size();) {
    size_t end = begin;
    while (end < text.size() && !Separates(text, end)) ++end;
    const absl::string_view word = absl::string_view(text).substr(begin, end - begin);
    if (!word.empty() && !IsUncounted(word, words.empty())) words.push_back(Folded(word));
    begin = end + 1;
  }
  return words;
}

bool IsGuarded(const std::string& word) {
  static const auto& signs = *new std::vector<std::string>{"<", ">", "=", "%", "+", "±", "≤", "≥", "⩽", "⩾", "≠", "×"};
  return std::any_of(word.begin(), word.end(), IsDigit) || Negations().contains(absl::AsciiStrToLower(word)) ||
         absl::EndsWith(word, "n't") || std::any_of(signs.begin(), signs.end(), [&](const std::string& sign) {
           return absl::StrContains(word, sign);
         });
}

}  // namespace

PassageWording::PassageWording(const SentenceSplitter& splitter, absl::string_view text, absl::string_view above) {
  for (const Span& span : splitter.Split(text)) {
    const Words words = WordsOf(text.substr(span.begin, span.size()));
    if (words.empty()) continue;
    sentences_.push_back(absl::StrJoin(words, " "));
    std::copy_if(words.begin(), words.end(), std::back_inserter(guarded_), IsGuarded);
  }
  std::sort(guarded_.begin(), guarded_.end());
  for (std::string& word : WordsOf(above)) {
    if (!PartNames().contains(absl::AsciiStrToLower(word))) above_.push_back(std::move(word));
  }
}

bool PassageWording::Holds(const PassageWording& other) const {
  if (other.sentences_.empty() || guarded_ != other.guarded_ || above_ != other.above_) return false;
  return std::search(sentences_.begin(), sentences_.end(), other.sentences_.begin(), other.sentences_.end()) !=
         sentences_.end();
}

}  // namespace bedside
