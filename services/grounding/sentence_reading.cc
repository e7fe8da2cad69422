#include "services/grounding/sentence_reading.h"

#include <algorithm>

#include "absl/container/flat_hash_set.h"
#include "absl/hash/hash.h"
#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "index/query/drug_names.h"
#include "index/text/code_point.h"
#include "services/grounding/word_stem.h"
#include "unicode/uchar.h"

namespace bedside {
namespace {

constexpr absl::string_view kGrammarWords =
    "a an and are as at be been being but by can could did do does for from had has have he her his how if in into is "
    "it its itself may might must of on or our she should so such than that the their them then there these they this "
    "those to was we were what when where which while who whom whose why will with would also both however thus "
    "therefore after among before between during";

constexpr uint64_t kMeasureKey = 1;

bool IsGrammarWord(absl::string_view word) {
  static const auto& words = *new absl::flat_hash_set<absl::string_view>(absl::StrSplit(kGrammarWords, ' '));
  return words.contains(word);
}

bool IsWordPart(UChar32 c) {
  if (c < 0x80) return c >= 0 && absl::ascii_isalnum(static_cast<unsigned char>(c));
  return u_isalnum(c) || (U_GET_GC_MASK(c) & U_GC_M_MASK) != 0;
}

// Joins what stands on both sides of it to one word.
bool IsJoint(UChar32 c) { return c == '-' || c == '\'' || c == 0x2019 || c == 0x2010 || c == 0x2011; }

size_t EndOfWord(absl::string_view text, size_t begin) {
  size_t end = EndOfRun(text, begin, IsWordPart);
  while (IsJoint(CodePointAt(text, end))) {
    size_t next = end;
    NextCodePoint(text, next);
    const size_t joined = EndOfRun(text, next, IsWordPart);
    if (joined == next) break;
    end = joined;
  }
  return end;
}

uint64_t KeyOf(absl::string_view word) { return absl::Hash<std::string>()(WordStem(word)); }

bool Supposes(absl::string_view word) {
  return word == "whether" || absl::StartsWith(word, "hypothes") || word == "aim" || word == "aimed";
}

class Reader {
 public:
  explicit Reader(absl::string_view text) : text_(text), measures_(StatedMeasures(text)) {}

  SentenceReading Read() {
    for (size_t at = 0; at < text_.size();) {
      while (next_ < measures_.size() && measures_[next_].span.begin < at) ++next_;
      if (next_ < measures_.size() && measures_[next_].span.begin == at) {
        at = AddMeasure(std::move(measures_[next_++]));
      } else if (IsWordPart(CodePointAt(text_, at))) {
        at = AddWord(at);
      } else {
        NextCodePoint(text_, at);
      }
    }
    return std::move(reading_);
  }

 private:
  size_t AddMeasure(StatedMeasure measure) {
    const Span span = measure.span;
    reading_.measures.push_back({std::move(measure), reading_.tokens.size()});
    reading_.tokens.push_back({span, std::string(text_.substr(span.begin, span.size())), kMeasureKey, true, true});
    return span.end;
  }

  size_t AddWord(size_t begin) {
    const size_t end = EndOfWord(text_, begin);
    const std::string word = absl::AsciiStrToLower(text_.substr(begin, end - begin));
    const size_t index = reading_.tokens.size();
    // "No, ..." answers a question.
    const bool answers = index == 0 && CodePointAt(text_, end) == ',';
    if (!answers && IsNegation(word)) reading_.negations.push_back(index);
    reading_.denies = reading_.denies || (!answers && Denies(word));
    reading_.supposes = reading_.supposes || Supposes(word);
    const std::string stem = WordStem(word);
    const bool content = !IsGrammarWord(word);
    if (content) AddDrugs(word, index);
    if (const auto side = SideOf(word, stem); side.has_value()) reading_.sides.push_back({*side, index});
    const Span span = {static_cast<uint32_t>(begin), static_cast<uint32_t>(end)};
    reading_.tokens.push_back({span, word, absl::Hash<std::string>()(stem), content});
    return end;
  }

  void AddDrugs(absl::string_view word, size_t index) {
    for (const absl::string_view part : absl::StrSplit(word, '-', absl::SkipEmpty())) {
      if (LooksLikeDrug(part)) reading_.drugs.push_back({std::string(part), KeyOf(part), index});
    }
  }

  const absl::string_view text_;
  std::vector<StatedMeasure> measures_;
  size_t next_ = 0;
  SentenceReading reading_;
};

}  // namespace

SentenceReading ReadSentence(absl::string_view sentence) { return Reader(sentence).Read(); }

std::string PlainWords(const SentenceReading& reading) {
  std::string plain;
  for (const Token& token : reading.tokens) absl::StrAppend(&plain, token.word, " ");
  for (const SentenceReading::PlacedMeasure& placed : reading.measures) {
    absl::StrAppend(&plain, static_cast<int>(placed.measure.bound));
  }
  return plain;
}

}  // namespace bedside
