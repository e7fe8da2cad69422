#include "services/grounding/name_check.h"

#include <algorithm>
#include <string>

#include "absl/algorithm/container.h"
#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"
#include "absl/types/optional.h"
#include "index/query/other_names.h"
#include "services/grounding/likeness.h"

namespace bedside {
namespace {

using PlacedDrug = SentenceReading::PlacedDrug;

// Endings of names of diseases, longest first, and words that end so and name none.
constexpr absl::string_view kDiseaseEndings[] = {"sclerosis", "ectasia", "plegia", "trophy", "plasia", "pathy", "penia",
                                                 "algia",     "rrhea",   "emia",   "itis",   "osis",   "oma"};
constexpr absl::string_view kNoDiseases[] = {"diagnosis", "prognosis", "sclerosis", "carcinoma",  "apoptosis",
                                             "necrosis",  "mitosis",   "meiosis",   "chromatosis"};
constexpr size_t kMinDiseaseLetters = 7;
constexpr size_t kMinRootLetters = 4;
constexpr double kSamePlace = 0.6;
constexpr double kMargin = 0.2;

// What "osteoporosis" shares with "osteoporotic"; empty: the word names no disease. `word`: in one spelling.
absl::string_view DiseaseRoot(absl::string_view word) {
  if (word.size() < kMinDiseaseLetters || absl::c_linear_search(kNoDiseases, word)) return "";
  for (const absl::string_view ending : kDiseaseEndings) {
    if (!absl::ConsumeSuffix(&word, ending)) continue;
    return word.size() >= kMinRootLetters ? word : "";
  }
  return "";
}

// "COPD", "IL6": three capitals, or a letter and a digit. Longer words in capitals are headings.
bool IsSymbol(absl::string_view part) {
  constexpr auto kMinCapitals = 3;
  constexpr size_t kMaxLetters = 6;
  const bool digit = absl::c_any_of(part, absl::ascii_isdigit);
  const bool letter = absl::c_any_of(part, absl::ascii_isalpha);
  if (digit) return letter;
  return absl::c_count_if(part, absl::ascii_isupper) >= kMinCapitals && part.size() <= kMaxLetters && part != "DNA" &&
         part != "RNA";
}

// Whole words of `text`, both in small letters.
bool HasPhrase(absl::string_view text, absl::string_view phrase) {
  const auto is_letter = [&](size_t at) {
    return at < text.size() && absl::ascii_isalnum(static_cast<unsigned char>(text[at]));
  };
  for (size_t at = text.find(phrase); at != absl::string_view::npos; at = text.find(phrase, at + 1)) {
    if ((at == 0 || !is_letter(at - 1)) && !is_letter(at + phrase.size())) return true;
  }
  return false;
}

bool AnySourceHas(absl::string_view phrase, const CitedText& cited) {
  return absl::c_any_of(cited.sources, [&](const SourceReading* source) { return HasPhrase(source->lower, phrase); });
}

// Whether a source has another name of what `word` names.
bool HasOtherName(absl::string_view word, const CitedText& cited) {
  return absl::c_any_of(OtherNames(), [&](absl::string_view names) {
    const std::vector<absl::string_view> all = absl::StrSplit(names, '|');
    const bool is_one = absl::c_any_of(all, [&](absl::string_view name) { return HasPhrase(name, word); });
    return is_one && absl::c_any_of(all, [&](absl::string_view name) {
             return !HasPhrase(name, word) && AnySourceHas(name, cited);
           });
  });
}

// "copd" of "COPD" and of "COPDs"; "pdl" of "PD-L1".
std::string LettersOf(absl::string_view symbol) {
  std::string letters;
  for (const char c : symbol) {
    if (absl::ascii_isalpha(static_cast<unsigned char>(c))) letters += absl::ascii_tolower(c);
  }
  if (absl::EndsWith(symbol, "s")) letters.pop_back();
  return letters;
}

// The first letters of words and of parts of compounds, a space for words of grammar, which may be left out.
std::string InitialsOf(const SentenceReading& reading) {
  std::string initials;
  for (const Token& token : reading.tokens) {
    for (const absl::string_view part : absl::StrSplit(token.word, '-', absl::SkipEmpty())) {
      if (token.content) initials += part[0];
    }
  }
  return initials;
}

bool IsAbbreviationIn(absl::string_view symbol, const ReadText& claim, const CitedText& cited) {
  constexpr size_t kMinLetters = 2;
  const std::string letters = LettersOf(symbol);
  if (letters.size() < kMinLetters) return false;
  if (absl::StrContains(InitialsOf(claim.reading), letters)) return true;
  return absl::c_any_of(cited.sentences, [&](const HeldSentence* sentence) {
    return absl::StrContains(InitialsOf(sentence->read.reading), letters);
  });
}

bool HasTerms(const LexicalAnalyzer& analyzer, absl::string_view name, const CitedText& cited) {
  const std::vector<std::string> terms = analyzer.Terms(name);
  return absl::c_any_of(cited.sources, [&](const SourceReading* source) {
    return absl::c_all_of(terms,
                          [&](const std::string& term) { return source->terms.count(OneSpelling(term)) != 0; }) ||
           (terms.size() > 1 && source->terms.count(OneSpelling(terms.back())) != 0);
  });
}

// "CA19-9" where "CA 19-9" stands.
bool HasRunTogether(absl::string_view name, const CitedText& cited) {
  constexpr size_t kMinBytes = 4;
  const std::string squeezed = RunTogether(name);
  if (squeezed.size() < kMinBytes) return false;
  return absl::c_any_of(cited.sources, [&](const SourceReading* source) {
    const size_t at = source->run_together.find(squeezed);
    const size_t end = at + squeezed.size();
    return at != std::string::npos && (end == source->run_together.size() ||
                                       !absl::ascii_isdigit(static_cast<unsigned char>(source->run_together[end])));
  });
}

bool HasSymbol(const LexicalAnalyzer& analyzer, absl::string_view symbol, const ReadText& claim,
               const CitedText& cited) {
  const std::string word = absl::AsciiStrToLower(symbol);
  return AnySourceHas(word, cited) || HasTerms(analyzer, symbol, cited) || HasOtherName(word, cited) ||
         HasRunTogether(symbol, cited) || IsAbbreviationIn(symbol, claim, cited);
}

bool HasDrug(const LexicalAnalyzer& analyzer, absl::string_view word, const CitedText& cited) {
  return AnySourceHas(word, cited) || HasTerms(analyzer, word, cited);
}

bool HasDisease(absl::string_view root, absl::string_view word, const CitedText& cited) {
  const bool has_root = absl::c_any_of(
      cited.sources, [&](const SourceReading* source) { return absl::StrContains(source->lower, root); });
  return has_root || HasOtherName(word, cited);
}

// Whether the name that the token is, or the names that are parts of it, stand in the sources; true where it is none.
bool StandsThere(const LexicalAnalyzer& analyzer, const ReadText& claim, size_t token, const CitedText& cited) {
  const Token& name = claim.reading.tokens[token];
  const absl::string_view written = absl::string_view(claim.text).substr(name.span.begin, name.span.size());
  const std::string word = OneSpelling(name.word);
  if (const absl::string_view root = DiseaseRoot(word); !root.empty()) return HasDisease(root, word, cited);
  const std::vector<absl::string_view> parts = absl::StrSplit(written, '-', absl::SkipEmpty());
  if (absl::c_none_of(parts, IsSymbol) || HasRunTogether(written, cited)) return true;
  return absl::c_all_of(
      parts, [&](absl::string_view part) { return !IsSymbol(part) || HasSymbol(analyzer, part, claim, cited); });
}

struct BestPlace {
  double likeness = 0;
  const HeldSentence* sentence = nullptr;
  size_t token = 0;
};

// A drug in the place of another one.
absl::optional<GroundingIssue> FindSwapped(const ReadText& claim, const PlacedDrug& drug, const CitedText& cited) {
  const Place place = PlaceOf(claim.reading, drug.token);
  double own = 0;
  BestPlace other;
  for (const HeldSentence* sentence : cited.sentences) {
    for (const PlacedDrug& held : sentence->read.reading.drugs) {
      const double likeness = Likeness(place, PlaceOf(sentence->read.reading, held.token));
      if (held.key == drug.key) {
        own = std::max(own, likeness);
      } else if (likeness > other.likeness) {
        other = {likeness, sentence, held.token};
      }
    }
  }
  if (other.likeness < kSamePlace || own >= other.likeness - kMargin) return absl::nullopt;
  const Span span = other.sentence->read.reading.tokens[other.token].span;
  const uint32_t begin = other.sentence->span.begin;
  return GroundingIssue{IssueKind::kBinding,
                        claim.reading.tokens[drug.token].span,
                        other.sentence->source,
                        {begin + span.begin, begin + span.end}};
}

absl::optional<GroundingIssue> CheckDrug(const LexicalAnalyzer& analyzer, const ReadText& claim, const PlacedDrug& drug,
                                         const CitedText& cited) {
  const std::string name = OneSpelling(drug.name);
  const bool by_other_name = HasOtherName(name, cited);
  if (!by_other_name && !HasDrug(analyzer, name, cited)) {
    return GroundingIssue{IssueKind::kName, claim.reading.tokens[drug.token].span, 0, {}};
  }
  return by_other_name ? absl::nullopt : FindSwapped(claim, drug, cited);
}

}  // namespace

std::vector<GroundingIssue> CheckNames(const LexicalAnalyzer& analyzer, const ReadText& claim, const CitedText& cited) {
  std::vector<GroundingIssue> issues;
  for (const PlacedDrug& drug : claim.reading.drugs) {
    if (auto issue = CheckDrug(analyzer, claim, drug, cited); issue.has_value()) issues.push_back(*issue);
  }
  for (size_t token = 0; token < claim.reading.tokens.size(); ++token) {
    if (claim.reading.tokens[token].measure || StandsThere(analyzer, claim, token, cited)) continue;
    issues.push_back({IssueKind::kName, claim.reading.tokens[token].span, 0, {}});
  }
  return issues;
}

}  // namespace bedside
