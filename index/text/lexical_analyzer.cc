#include "index/text/lexical_analyzer.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <utility>

#include "absl/container/flat_hash_set.h"
#include "absl/memory/memory.h"
#include "absl/status/status.h"
#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "index/text/code_point.h"
#include "libstemmer.h"
#include "unicode/brkiter.h"
#include "unicode/bytestream.h"
#include "unicode/normalizer2.h"
#include "unicode/uchar.h"
#include "unicode/utext.h"

namespace bedside {
namespace {

// Words of grammar and words that make a sentence a question: they say nothing about its subject.
constexpr char kStopWords[] =
    "a an and are as at be been but by can could did do does for from had has have how if in into is it its may no not "
    "of on or our should such than that the their then there these they this to was we were what when where which who "
    "whom whose why will with would also after among before between during";

// Names of the small letters U+03B1 to U+03C9; both sigmas have one name.
constexpr UChar32 kAlpha = 0x03B1, kOmega = 0x03C9;
constexpr absl::string_view kGreekNames[] = {
    "alpha", "beta",    "gamma", "delta", "epsilon", "zeta",  "eta", "theta",   "iota", "kappa", "lambda", "mu",   "nu",
    "xi",    "omicron", "pi",    "rho",   "sigma",   "sigma", "tau", "upsilon", "phi",  "chi",   "psi",    "omega"};

bool IsGreek(UChar32 c) { return c >= kAlpha && c <= kOmega; }
bool IsHyphen(UChar32 c) { return c == '-' || c == 0x2010; }
bool IsAccent(UChar32 c) { return c >= 0x0300 && c <= 0x036F; }
bool IsDigitByte(char c) { return absl::ascii_isdigit(static_cast<unsigned char>(c)); }

bool IsWordPart(UChar32 c) {
  if (c < 0x80) return c >= 0 && absl::ascii_isalnum(static_cast<unsigned char>(c));
  return u_isalnum(c) || (U_GET_GC_MASK(c) & U_GC_M_MASK) != 0;
}

// Scripts that put no spaces between words: Han, kana, Thai, Lao, Khmer, Burmese.
bool IsUnspaced(UChar32 c) {
  if (c < 0x0E00) return false;
  const int32_t line_break = u_getIntPropertyValue(c, UCHAR_LINE_BREAK);
  return line_break == U_LB_IDEOGRAPHIC || line_break == U_LB_COMPLEX_CONTEXT ||
         line_break == U_LB_CONDITIONAL_JAPANESE_STARTER;
}

bool HasUnspaced(absl::string_view word) {
  for (size_t i = 0; i < word.size();) {
    if (IsUnspaced(NextCodePoint(word, i))) return true;
  }
  return false;
}

bool IsAscii(absl::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

std::string Normalised(const icu::Normalizer2& form, absl::string_view text) {
  std::string out;
  icu::StringByteSink<std::string> sink(&out, static_cast<int32_t>(text.size()));
  UErrorCode error = U_ZERO_ERROR;
  form.normalizeUTF8(0, icu::StringPiece(text.data(), static_cast<int32_t>(text.size())), sink, nullptr, error);
  return out;
}

// Drops accents and gives a Greek letter beside which there is no other its name; a word in Greek stays.
std::string Spelled(absl::string_view text) {
  std::string out;
  out.reserve(text.size());
  UChar32 before = U_SENTINEL;
  for (size_t i = 0; i < text.size();) {
    const UChar32 c = NextCodePoint(text, i);
    if (IsAccent(c)) continue;
    if (IsGreek(c) && !IsGreek(before) && !IsGreek(CodePointAt(text, i))) {
      absl::StrAppend(&out, kGreekNames[c - kAlpha]);
    } else {
      AppendCodePoint(c, out);
    }
    before = c;
  }
  return out;
}

struct StemmerDeleter {
  void operator()(sb_stemmer* stemmer) const { sb_stemmer_delete(stemmer); }
};
using Stemmer = std::unique_ptr<sb_stemmer, StemmerDeleter>;

Stemmer NewStemmer() { return Stemmer(sb_stemmer_new("english", "UTF_8")); }

using Words = absl::flat_hash_set<std::string>;

// Collects the terms of one folded text.
class TermCollector {
 public:
  TermCollector(absl::string_view text, const Words& stop_words, std::vector<std::string>& terms)
      : text_(text), stop_words_(stop_words), stemmer_(NewStemmer()), terms_(terms) {}

  void Collect() {
    for (size_t begin = 0; begin < text_.size();) {
      if (IsWordPart(CodePointAt(text_, begin))) {
        begin = AddCompound(begin);
      } else {
        NextCodePoint(text_, begin);
      }
    }
  }

 private:
  size_t EndOfWord(size_t begin) const;
  size_t AddCompound(size_t begin);
  void AddWord(absl::string_view word);
  void AddLettersAndNumbers(absl::string_view word);
  void AddUnspaced(absl::string_view run);
  absl::string_view Stem(absl::string_view word) const;

  const absl::string_view text_;
  const Words& stop_words_;
  const Stemmer stemmer_;
  std::vector<std::string>& terms_;
  std::unique_ptr<icu::BreakIterator> words_;  // made for the first run of a script without spaces
  absl::string_view previous_;  // the last word of more than one character, for a single character after it
};

// A word is letters, digits and marks; full stops between digits belong to it.
size_t TermCollector::EndOfWord(size_t begin) const {
  size_t end = EndOfRun(text_, begin, IsWordPart);
  while (end + 1 < text_.size() && text_[end] == '.' && IsDigitByte(text_[end - 1]) && IsDigitByte(text_[end + 1])) {
    end = EndOfRun(text_, end + 1, IsWordPart);
  }
  return end;
}

// Words joined by hyphens: each of them, and all together without the hyphens. Returns the end.
size_t TermCollector::AddCompound(size_t begin) {
  size_t end = EndOfWord(begin);
  AddWord(text_.substr(begin, end - begin));
  std::string whole;  // stays empty for a single word
  for (size_t next = end; next < text_.size() && IsHyphen(NextCodePoint(text_, next));) {
    if (!IsWordPart(CodePointAt(text_, next))) break;
    if (whole.empty()) absl::StrAppend(&whole, text_.substr(begin, end - begin));
    end = EndOfWord(next);
    const absl::string_view word = text_.substr(next, end - next);
    AddWord(word);
    absl::StrAppend(&whole, word);
    next = end;
  }
  if (!whole.empty()) terms_.emplace_back(Stem(whole));
  return end;
}

void TermCollector::AddWord(absl::string_view word) {
  const absl::string_view previous = std::exchange(previous_, absl::string_view());
  const size_t end = word.data() + word.size() - text_.data();
  const bool has_sign = CodePointAt(text_, end) == '+' && !IsWordPart(CodePointAt(text_, end + 1));
  if (has_sign) terms_.push_back(absl::StrCat(word, "+"));
  if (stop_words_.contains(word)) return;
  if (word.size() == 1) {
    const bool follows = !previous.empty() && previous.end() + 1 == word.begin() && previous.end()[0] == ' ';
    if (follows) terms_.push_back(absl::StrCat(Stem(previous), word));
  } else if (HasUnspaced(word)) {
    AddUnspaced(word);
  } else {
    terms_.emplace_back(Stem(word));
    AddLettersAndNumbers(word);
    previous_ = word;
  }
}

// The runs of letters and of digits of a word that has both, where they are longer than one character.
void TermCollector::AddLettersAndNumbers(absl::string_view word) {
  const auto is_number = [](UChar32 c) { return c == '.' || (c >= '0' && c <= '9'); };
  const auto is_letter = [&](UChar32 c) { return !is_number(c); };
  for (size_t begin = 0, end; begin < word.size(); begin = end) {
    end = is_number(word[begin]) ? EndOfRun(word, begin, is_number) : EndOfRun(word, begin, is_letter);
    if (end - begin == word.size()) return;
    if (end - begin > 1) terms_.emplace_back(Stem(word.substr(begin, end - begin)));
  }
}

// A run of a script without spaces, cut by ICU's dictionaries; the whole run where ICU fails.
void TermCollector::AddUnspaced(absl::string_view run) {
  UErrorCode error = U_ZERO_ERROR;
  if (words_ == nullptr) words_.reset(icu::BreakIterator::createWordInstance(icu::Locale::getRoot(), error));
  const icu::LocalUTextPointer source(utext_openUTF8(nullptr, run.data(), static_cast<int64_t>(run.size()), &error));
  if (U_SUCCESS(error)) words_->setText(source.getAlias(), error);
  if (U_FAILURE(error)) {
    terms_.emplace_back(run);
    return;
  }
  int32_t begin = words_->first();
  for (int32_t end = words_->next(); end != icu::BreakIterator::DONE; end = words_->next()) {
    terms_.emplace_back(run.substr(begin, end - begin));
    begin = end;
  }
}

// Valid until the next call.
absl::string_view TermCollector::Stem(absl::string_view word) const {
  const auto* bytes = reinterpret_cast<const sb_symbol*>(word.data());
  const sb_symbol* stem = sb_stemmer_stem(stemmer_.get(), bytes, static_cast<int>(word.size()));
  if (stem == nullptr) return word;
  return {reinterpret_cast<const char*>(stem), static_cast<size_t>(sb_stemmer_length(stemmer_.get()))};
}

}  // namespace

struct LexicalAnalyzer::Rules {
  const Words stop_words = absl::StrSplit(kStopWords, ' ');
  const icu::Normalizer2* case_fold = nullptr;
  const icu::Normalizer2* decompose = nullptr;

  std::string Folded(absl::string_view text) const;
};

std::string LexicalAnalyzer::Rules::Folded(absl::string_view text) const {
  if (IsAscii(text)) return absl::AsciiStrToLower(text);
  return Spelled(Normalised(*decompose, Normalised(*case_fold, text)));
}

absl::StatusOr<std::unique_ptr<LexicalAnalyzer>> LexicalAnalyzer::Create() {
  auto rules = std::make_unique<Rules>();
  UErrorCode error = U_ZERO_ERROR;
  rules->case_fold = icu::Normalizer2::getNFKCCasefoldInstance(error);
  rules->decompose = icu::Normalizer2::getNFDInstance(error);
  if (U_FAILURE(error) || NewStemmer() == nullptr) {
    return absl::InternalError(
        "lexical analyzer: wanted ICU's NFKC case folding and Snowball's English stemmer, at "
        "least one is missing; install the packages that tools/setup names");
  }
  return absl::WrapUnique(new LexicalAnalyzer(std::move(rules)));
}

LexicalAnalyzer::LexicalAnalyzer(std::unique_ptr<Rules> rules) : rules_(std::move(rules)) {}

LexicalAnalyzer::~LexicalAnalyzer() = default;

std::vector<std::string> LexicalAnalyzer::Terms(absl::string_view text) const {
  const std::string folded = rules_->Folded(text);
  std::vector<std::string> terms;
  terms.reserve(folded.size() / 5);
  TermCollector(folded, rules_->stop_words, terms).Collect();
  return terms;
}

}  // namespace bedside
