#include "services/grounding/source_reading.h"

#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "absl/strings/str_split.h"
#include "services/grounding/qualifiers.h"

namespace bedside {

std::string RunTogether(absl::string_view text) {
  const std::string latin = OneSpelling(absl::StrReplaceAll(
      absl::AsciiStrToLower(text), {{"α", "a"}, {"β", "b"}, {"γ", "g"}, {"δ", "d"}, {"ε", "e"}, {"κ", "k"}}));
  std::string together;
  for (const char c : latin) {
    if (absl::ascii_isalnum(static_cast<unsigned char>(c))) together += c;
  }
  return together;
}

ReadText ReadClaim(const LexicalAnalyzer& analyzer, absl::string_view text) {
  ReadText read;
  read.text = std::string(text);
  read.reading = ReadSentence(text);
  read.terms = OneSpelling(TermsOf(analyzer, text));
  read.plain_words = PlainWords(read.reading);
  return read;
}

SourceReading ReadSource(const LexicalAnalyzer& analyzer, const SentenceSplitter& splitter,
                         const GroundingSource& source, int number) {
  SourceReading held;
  held.negated_from_above = CountNegations(source.above) % 2 != 0;
  const std::string around = absl::StrCat(source.name, "\n", source.about, "\n", source.above, "\n");
  for (const absl::string_view line : absl::StrSplit(source.text, '\n', absl::SkipEmpty())) {
    const auto line_begin = static_cast<uint32_t>(line.data() - source.text.data());
    bool follows = false;
    for (const Span& span : splitter.Split(line)) {
      HeldSentence sentence;
      sentence.source = number;
      sentence.span = {line_begin + span.begin, line_begin + span.end};
      sentence.read = ReadClaim(analyzer, line.substr(span.begin, span.size()));
      sentence.read.reading.denies = sentence.read.reading.denies || held.negated_from_above;
      sentence.follows = std::exchange(follows, true);
      held.terms.insert(sentence.read.terms.begin(), sentence.read.terms.end());
      held.sentences.push_back(std::move(sentence));
    }
  }
  held.terms_around = OneSpelling(TermsOf(analyzer, around));
  held.terms.insert(held.terms_around.begin(), held.terms_around.end());
  held.measures = Measures(absl::StrCat(around, source.text));
  held.measures.AddNumberWords(source.text);
  held.name = OneSpelling(TermsOf(analyzer, source.name));
  held.lower = OneSpelling(absl::AsciiStrToLower(absl::StrCat(around, source.text)));
  held.run_together = RunTogether(held.lower);
  return held;
}

}  // namespace bedside
