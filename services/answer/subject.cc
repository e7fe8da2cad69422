#include "services/answer/subject.h"

#include <algorithm>
#include <cmath>

#include "absl/algorithm/container.h"
#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "index/query/other_names.h"
#include "services/grounding/generic_terms.h"
#include "services/resources/evidence_messages.h"

namespace bedside {
namespace {

// Words before a single digit that makes another thing of them: "type 2".
constexpr char kCountedWords[] = "type stage grade phase class group category factor";

// Share of the weight of the subject that a passage must hold. Up to three parts are mostly a drug and a disease, which
// are all needed; longer questions have words that an answer may do without.
constexpr size_t kFewParts = 3;
constexpr double kMinCoverageOfFew = 1;
constexpr double kMinCoverage = 0.5;
// And of what the passage that holds most of it does.
constexpr double kMinShareOfBest = 0.8;
constexpr double kMissing = -1;

bool IsNumber(absl::string_view term) {
  return absl::c_all_of(term,
                        [](char c) { return !absl::ascii_isalpha(static_cast<unsigned char>(c)) && !(c & 0x80); });
}

bool HasDigit(absl::string_view word) { return absl::c_any_of(word, absl::ascii_isdigit); }

std::vector<std::string> WordsOf(absl::string_view text) {
  std::vector<std::string> words;
  for (absl::string_view word : absl::StrSplit(text, absl::ByAnyChar(" \t\n/,;:?!()[]\""), absl::SkipEmpty())) {
    absl::ConsumeSuffix(&word, ".");
    absl::ConsumeSuffix(&word, "'s") || absl::ConsumeSuffix(&word, "’s");
    if (!word.empty()) words.emplace_back(word);
  }
  return words;
}

std::string ScopeOf(const EvidencePassage& evidence) {
  const storage::Document& document = *evidence.document;
  return absl::StrCat(document.title(), "\n", absl::StrJoin(evidence.passage.heading_path(), "\n"), "\n",
                      evidence.passage.context(), "\n", absl::StrJoin(document.conditions(), "\n"), "\n",
                      absl::StrJoin(document.tags(), "\n"), "\n", absl::StrJoin(document.mesh_headings(), "\n"), "\n",
                      ShownText(document, evidence.passage.begin(), evidence.passage.end()));
}

}  // namespace

// Reads the parts of a subject out of a question.
class Subject::Reader {
 public:
  Reader(const LexicalAnalyzer& analyzer, const TermCounts& counts)
      : analyzer_(analyzer),
        counts_(counts),
        generic_(GenericTerms(analyzer)),
        counted_(TermsOf(analyzer, kCountedWords)) {}

  std::vector<Part> Read(absl::string_view question) {
    std::vector<Word> words = Analyzed(question);
    for (const absl::string_view names : OtherNames()) TakeName(names, /*needed=*/true, words);
    for (const absl::string_view names : OtherWords()) TakeName(names, /*needed=*/false, words);
    for (size_t i = 0; i < words.size(); ++i) AddWord(i == 0 ? "" : words[i - 1].text, words[i]);
    return std::move(parts_);
  }

 private:
  struct Word {
    std::string text;
    std::vector<std::string> terms;
  };

  std::vector<Word> Analyzed(absl::string_view text) const {
    std::vector<Word> words;
    for (std::string& word : WordsOf(text)) {
      std::vector<std::string> terms = analyzer_.Terms(word);
      words.push_back({std::move(word), std::move(terms)});
    }
    return words;
  }

  // Makes a part of each place where one of `names` stands, and empties its words.
  void TakeName(absl::string_view names, bool needed, std::vector<Word>& words) {
    std::vector<TermSet> ways;
    for (const absl::string_view name : absl::StrSplit(names, '|')) ways.push_back(WayOf(name));
    for (const absl::string_view name : absl::StrSplit(names, '|')) {
      const std::vector<Word> wanted = Analyzed(name);
      for (size_t i = 0; i + wanted.size() <= words.size(); ++i) {
        if (!StandsAt(wanted, words, i)) continue;
        TermSet terms;
        for (size_t j = 0; j < wanted.size(); ++j) {
          terms.insert(words[i + j].terms.begin(), words[i + j].terms.end());
          words[i + j] = {};
        }
        Add(ways, terms);
        parts_.back().needed = parts_.back().needed || needed;
      }
    }
  }

  static bool StandsAt(const std::vector<Word>& wanted, const std::vector<Word>& words, size_t at) {
    for (size_t i = 0; i < wanted.size(); ++i) {
      const Word& word = words[at + i];
      if (wanted[i].terms.empty() ? wanted[i].text != word.text : wanted[i].terms != word.terms) return false;
    }
    return true;
  }

  TermSet WayOf(absl::string_view text) const { return OneSpelling(TermsOf(analyzer_, text)); }

  void AddWord(const std::string& before, const Word& word) {
    const std::vector<std::string>& terms = word.terms;
    if (terms.empty()) return AddCharacter(before, word.text);
    if (terms.size() == 1 || !absl::StrContains(word.text, "-")) return AddPlain(word.text, terms);
    TermSet parts(terms.begin(), terms.end() - 1);
    for (const std::string& term : generic_) parts.erase(term);
    if (absl::c_all_of(parts, IsNumber)) return;  // "72-year-old", "30-day"
    Add({{OneSpelling(terms.back())}, OneSpelling(parts)}, parts);
  }

  void AddPlain(const std::string& word, const std::vector<std::string>& terms) {
    for (const std::string& term : terms) {
      if (!IsNumber(term) && generic_.count(term) == 0) Add({{OneSpelling(term)}}, {term});
      if (HasDigit(word) || absl::StrContains(word, "+")) return;
    }
  }

  // "vitamin C", "type 2": the analyser joins a single character to the word before it.
  void AddCharacter(const std::string& before, const std::string& word) {
    const std::vector<std::string> plain = analyzer_.Terms(before);
    const std::vector<std::string> joined = analyzer_.Terms(absl::StrCat(before, " ", word));
    if (plain.empty() || joined.size() != plain.size() + 1) return;
    if (HasDigit(word) ? counted_.count(plain.back()) == 0 : generic_.count(plain.back()) != 0) return;
    if (!parts_.empty() && parts_.back().ways.front().count(OneSpelling(plain.back())) != 0) parts_.pop_back();
    Add({{OneSpelling(joined.back())}}, {joined.back()});
    parts_.back().needed = true;
  }

  void Add(std::vector<TermSet> ways, const TermSet& terms) {
    Part part;
    part.ways = std::move(ways);
    const double passages = static_cast<double>(counts_.passages);
    for (const std::string& term : terms) {
      const auto found = counts_.holders.find(term);
      if (passages == 0 || found == counts_.holders.end()) continue;
      const double holders = static_cast<double>(found->second);
      part.weight = std::max(part.weight, std::log((passages + 1) / (holders + 0.5)));
      part.needed = part.needed || holders == 0;
    }
    parts_.push_back(std::move(part));
  }

  const LexicalAnalyzer& analyzer_;
  const TermCounts& counts_;
  const TermSet& generic_;
  const TermSet counted_;
  std::vector<Part> parts_;
};

Subject::Subject(const LexicalAnalyzer* analyzer, absl::string_view question, const TermCounts& counts)
    : analyzer_(analyzer), people_(question), parts_(Reader(*analyzer, counts).Read(People::Without(question))) {}

double Subject::CoverageBy(const EvidencePassage& evidence) const {
  const std::string scope = ScopeOf(evidence);
  if (!people_.AreNamedIn(scope, evidence.document->publisher())) return kMissing;
  const TermSet held = OneSpelling(TermsOf(*analyzer_, scope));
  double all = 0;
  double covered = 0;
  for (const Part& part : parts_) {
    const bool is_held = absl::c_any_of(part.ways, [&](const TermSet& way) { return absl::c_includes(held, way); });
    if (part.needed && !is_held) return kMissing;
    all += part.weight;
    covered += is_held ? part.weight : 0;
  }
  return all == 0 ? 1 : covered / all;
}

bool Subject::IsTouchedBy(const TermSet& terms) const {
  const TermSet held = OneSpelling(terms);
  return parts_.empty() || absl::c_any_of(parts_, [&held](const Part& part) {
           return absl::c_any_of(part.ways, [&held](const TermSet& way) { return absl::c_includes(held, way); });
         });
}

std::vector<bool> Subject::SpokenOfIn(const std::vector<EvidencePassage>& evidence) const {
  std::vector<double> coverage;
  for (const EvidencePassage& passage : evidence) coverage.push_back(CoverageBy(passage));
  double wanted = parts_.size() <= kFewParts ? kMinCoverageOfFew : kMinCoverage;
  for (const double share : coverage) wanted = std::max(wanted, kMinShareOfBest * share);
  std::vector<bool> speaks;
  for (const double share : coverage) speaks.push_back(share >= wanted);
  return speaks;
}

}  // namespace bedside
