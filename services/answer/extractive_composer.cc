#include "services/answer/extractive_composer.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <string>
#include <utility>

#include "absl/algorithm/container.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "services/answer/finding_extractor.h"
#include "services/answer/status_mark.h"
#include "services/answer/table_rows.h"
#include "services/grounding/qualifiers.h"
#include "services/grounding/term_set.h"

namespace bedside {
namespace {

// Words that ask rather than name what is asked about; they say little of what an answer must hold.
constexpr char kFrameWords[] =
    "give given take taken use used uses help helps role kind type types list best possible known describe explain "
    "mean "
    "recommend recommended recommendation indicated patient patients people person find found effective effect";
constexpr double kFrameWeight = 0.3;
// Say the same of a treatment.
constexpr char kStoppingWords[] = "stop discontinue discontinuation withhold cease";
// Words of titles that name no condition and no treatment.
constexpr char kGenericTitleWords[] =
    "adult adults care children clinical committee consensus diagnosis disease disorder evaluation focused guidance "
    "guideline guidelines international management patient patients practice prevention recommendation "
    "recommendations review society standard standards statement study summary therapy treatment trial update use "
    "with";

constexpr double kCoverageWeight = 0.7;
constexpr double kRankWeight = 0.3;
constexpr double kFindingBonus = 0.1;
// The rank of a passage counts 1 / (1 + slope * index).
constexpr double kRankSlope = 0.3;
// A term that stands in title or headings only.
constexpr double kContextShare = 0.5;
constexpr double kLongPenalty = 0.1;
constexpr size_t kLongTerms = 45;
// A row for the number that is asked about.
constexpr double kAskedRowBonus = 0.3;
// Statements below this share of the best own coverage do not answer.
constexpr double kCoverageFloor = 0.35;
constexpr double kRepetitionWeight = 0.3;
// High, because short recommendations differ in one word: "Give aspirin early", "Give heparin early".
constexpr double kNearDuplicate = 0.75;
// What likeness counts when a statement says the same without one of the numbers.
constexpr double kFewerNumbers = 0.9;

struct Candidate {
  // Index.
  size_t evidence;
  Finding finding;
  TermSet own;
  // Of title and headings, without own ones.
  TermSet around;
  // The numbers among the own terms, and whether the statement negates: where these differ, so does what is said.
  TermSet numbers;
  bool negated = false;
  // It cannot be understood, or could be misread, without the title.
  bool needs_title = false;
  // Share of the question that the own terms cover: 0 to 1.
  double own_coverage = 0;
  double score = 0;
  // Says something of the people asked about, and with its headings of the rest of the subject.
  bool of_the_subject = true;
  RowUse row = RowUse::kAlone;
};

double Jaccard(const TermSet& a, const TermSet& b) {
  const size_t shared = CountShared(a, b);
  const size_t all = a.size() + b.size() - shared;
  return all == 0 ? 1 : static_cast<double>(shared) / all;
}

bool HoldsDigit(const std::string& term) { return term.find_first_of("0123456789") != std::string::npos; }

// What a passage stands under.
struct Surroundings {
  // Of title and headings.
  TermSet terms;
  // Of the title, without generic words and years.
  TermSet topic;
  bool title_limits = false;
  bool is_guideline = false;
};

Surroundings SurroundingsOf(const EvidencePassage& evidence, const TermSet& generic, const LexicalAnalyzer& analyzer) {
  const std::string& title = evidence.document->title();
  Surroundings around;
  around.terms = TermsOf(analyzer, absl::StrCat(title, "\n", absl::StrJoin(evidence.passage.heading_path(), "\n")));
  around.title_limits = LimitsWhatFollows(title);
  around.is_guideline = evidence.document->kind() == v1::DOCUMENT_KIND_GUIDELINE;
  const TermSet words = TermsOf(analyzer, title);
  absl::c_copy_if(words, std::inserter(around.topic, around.topic.end()),
                  [&](const std::string& term) { return generic.count(term) == 0 && !HoldsDigit(term); });
  return around;
}

// Of a guideline every word of its topic counts: what is said of complicated infections is not said of all.
bool NeedsTitle(const Surroundings& around, const Candidate& candidate) {
  const size_t named = CountShared(around.topic, candidate.own);
  if (around.is_guideline) return around.title_limits || named < around.topic.size();
  // One word of it may be a generic one that the list does not have: "prophylaxis" of what?
  return candidate.finding.terse && (around.title_limits || 2 * named < around.topic.size());
}

Candidate CandidateOf(size_t evidence, Finding finding, const Surroundings& around, const LexicalAnalyzer& analyzer) {
  Candidate candidate{evidence, std::move(finding)};
  candidate.own = TermsOf(analyzer, candidate.finding.text);
  absl::c_set_difference(around.terms, candidate.own, std::inserter(candidate.around, candidate.around.end()));
  absl::c_copy_if(candidate.own, std::inserter(candidate.numbers, candidate.numbers.end()), HoldsDigit);
  candidate.negated = Negates(candidate.finding.text);
  candidate.needs_title = NeedsTitle(around, candidate);
  return candidate;
}

// What is said in the passages that speak of the subject; of other people, too, so that what is left is measured
// against it, and rows can be quoted with their table.
std::vector<Candidate> Candidates(const std::vector<EvidencePassage>& evidence, const Subject& subject,
                                  const TermSet& generic, const LexicalAnalyzer& analyzer,
                                  const SentenceSplitter& splitter) {
  std::vector<Candidate> candidates;
  const std::vector<bool> speaks = subject.SpokenOfIn(evidence);
  for (size_t i = 0; i < evidence.size(); ++i) {
    if (!speaks[i]) continue;
    const Surroundings around = SurroundingsOf(evidence[i], generic, analyzer);
    const storage::Document& document = *evidence[i].document;
    const std::string above =
        absl::StrCat(document.title(), "\n", absl::StrJoin(evidence[i].passage.heading_path(), "\n"), "\n");
    for (Finding& finding : ExtractFindings(evidence[i], splitter)) {
      const bool of_the_people = subject.people().AreNamedIn(absl::StrCat(above, finding.text), document.publisher());
      candidates.push_back(CandidateOf(i, std::move(finding), around, analyzer));
      TermSet terms = candidates.back().own;
      terms.insert(around.terms.begin(), around.terms.end());
      candidates.back().of_the_subject = of_the_people && subject.IsTouchedBy(terms);
    }
  }
  return candidates;
}

TermSet AskedTerms(absl::string_view question, const LexicalAnalyzer& analyzer) {
  TermSet terms = TermsOf(analyzer, question);
  const TermSet stopping = TermsOf(analyzer, kStoppingWords);
  if (CountShared(terms, stopping) > 0) terms.insert(stopping.begin(), stopping.end());
  return terms;
}

using Weights = std::map<std::string, double>;

// Of the question's terms that any candidate holds.
Weights TermWeights(const TermSet& question, const TermSet& frame, const std::vector<Candidate>& candidates) {
  Weights weights;
  for (const std::string& term : question) {
    const auto holders = absl::c_count_if(
        candidates, [&term](const Candidate& c) { return c.own.count(term) != 0 || c.around.count(term) != 0; });
    if (holders == 0) continue;
    weights[term] = std::sqrt(std::log(1 + static_cast<double>(candidates.size()) / holders));
    if (frame.count(term) != 0) weights[term] *= kFrameWeight;
  }
  return weights;
}

// Share of the weight that stands on terms of `held`: 0 to 1.
double Coverage(const Weights& weights, const TermSet& held) {
  double covered = 0;
  double all = 0;
  for (const auto& [term, weight] : weights) {
    all += weight;
    if (held.count(term) != 0) covered += weight;
  }
  return all == 0 ? 0 : covered / all;
}

void Score(const Weights& weights, Candidate& candidate) {
  candidate.own_coverage = Coverage(weights, candidate.own);
  const double coverage = candidate.own_coverage + kContextShare * Coverage(weights, candidate.around);
  candidate.score =
      kCoverageWeight * coverage + kRankWeight / (1 + kRankSlope * static_cast<double>(candidate.evidence));
  if (candidate.finding.role == SectionRole::kFinding) candidate.score += kFindingBonus;
  if (candidate.own.size() > kLongTerms) candidate.score -= kLongPenalty;
  if (candidate.row == RowUse::kAskedFor) candidate.score += kAskedRowBonus;
}

std::string BytesOf(const Candidate& candidate, const std::vector<EvidencePassage>& evidence) {
  const Span span = candidate.finding.span;
  return evidence[candidate.evidence].document->text().substr(span.begin, span.size());
}

bool SameTable(const Candidate& a, const Candidate& b, const std::vector<EvidencePassage>& evidence) {
  return a.finding.table.has_value() && b.finding.table.has_value() &&
         a.finding.table->begin == b.finding.table->begin &&
         evidence[a.evidence].document->id() == evidence[b.evidence].document->id();
}

// Decides for each row of a table how it is quoted.
void SetRowUse(const TableRows& rows, const std::vector<EvidencePassage>& evidence,
               std::vector<Candidate>& candidates) {
  std::map<std::pair<std::string, uint32_t>, std::vector<Candidate*>> tables;
  for (Candidate& candidate : candidates) {
    if (!candidate.finding.table.has_value()) continue;
    tables[{evidence[candidate.evidence].document->id(), candidate.finding.table->begin}].push_back(&candidate);
  }
  for (const auto& [key, table] : tables) {
    std::vector<std::string> texts;
    for (const Candidate* row : table) texts.push_back(BytesOf(*row, evidence));
    const Finding::Table& whole = *table.front()->finding.table;
    const std::vector<RowUse> uses = rows.UsesOf(texts, whole.columns, whole.rows);
    for (size_t i = 0; i < table.size(); ++i) table[i]->row = uses[i];
  }
}

// Chooses one candidate after the other.
class Picker {
 public:
  Picker(const std::vector<EvidencePassage>& evidence, const std::vector<Candidate>& candidates)
      : evidence_(evidence), candidates_(candidates), repetition_(candidates.size(), 0) {
    for (const Candidate& candidate : candidates) {
      floor_ = std::max(floor_, kCoverageFloor * candidate.own_coverage);
    }
  }

  // A small table that is quoted whole counts as one.
  std::vector<const Candidate*> Pick(size_t limit) {
    while (picked_.size() < limit) {
      const Candidate* next = Next();
      if (next == nullptr) break;
      const auto repeats = [&](const Candidate* said) { return Repetition(*said, *next) > kNearDuplicate; };
      picked_.erase(std::remove_if(picked_.begin(), picked_.end(), repeats), picked_.end());
      picked_.push_back(next);
      for (size_t i = 0; i < candidates_.size(); ++i) {
        repetition_[i] = std::max(repetition_[i], Repetition(candidates_[i], *next));
      }
    }
    CompleteTables();
    return std::move(picked_);
  }

 private:
  const Candidate* Next() const {
    const Candidate* best = nullptr;
    double best_gain = 0;
    for (size_t i = 0; i < candidates_.size(); ++i) {
      if (!MayBePicked(candidates_[i]) || repetition_[i] > kNearDuplicate) continue;
      const double gain = candidates_[i].score - kRepetitionWeight * repetition_[i];
      if (best == nullptr || gain > best_gain) {
        best = &candidates_[i];
        best_gain = gain;
      }
    }
    return best;
  }

  bool MayBePicked(const Candidate& candidate) const {
    if (candidate.row == RowUse::kNotAsked || !candidate.of_the_subject) return false;
    return candidate.own_coverage >= floor_ || candidate.row == RowUse::kAskedFor;
  }

  // Adds the rest of each table of which a row was picked that does not stand alone.
  void CompleteTables() {
    const std::vector<const Candidate*> picked = picked_;
    for (const Candidate* row : picked) {
      if (row->row != RowUse::kWithTable) continue;
      for (const Candidate& other : candidates_) {
        const auto is_picked = [&](const Candidate* said) {
          return DocumentOf(*said) == DocumentOf(other) && said->finding.span.Overlaps(other.finding.span);
        };
        if (SameTable(*row, other, evidence_) && !absl::c_any_of(picked_, is_picked)) picked_.push_back(&other);
      }
    }
  }

  // How much of `candidate` a reader of `said` knows already: 0 to 1. A number that `said` lacks or the opposite, from
  // another source, is no repetition at all, however alike the words are.
  double Repetition(const Candidate& candidate, const Candidate& said) const {
    const bool same_document = DocumentOf(candidate) == DocumentOf(said);
    if (same_document && candidate.finding.span.Overlaps(said.finding.span)) return 1;
    if (said.row == RowUse::kWithTable && SameTable(candidate, said, evidence_)) return 1;
    if (absl::StrContains(said.finding.text, candidate.finding.text)) return 1;
    const double alike = Jaccard(candidate.own, said.own);
    if (candidate.negated == said.negated && candidate.numbers == said.numbers) return alike;
    if (same_document) return std::min(alike, kNearDuplicate);
    if (candidate.negated == said.negated && absl::c_includes(said.numbers, candidate.numbers)) {
      return kFewerNumbers * alike;
    }
    return 0;
  }

  const std::string& DocumentOf(const Candidate& candidate) const {
    return evidence_[candidate.evidence].document->id();
  }

  const std::vector<EvidencePassage>& evidence_;
  const std::vector<Candidate>& candidates_;
  std::vector<double> repetition_;
  double floor_ = 0;
  std::vector<const Candidate*> picked_;
};

// Documents in the order of their best statement, each one's statements in the order of its text.
void SortForReading(const std::vector<EvidencePassage>& evidence, std::vector<const Candidate*>& picked) {
  std::map<std::string, size_t> order;
  for (const Candidate* candidate : picked) order.emplace(evidence[candidate->evidence].document->id(), order.size());
  absl::c_stable_sort(picked, [&](const Candidate* a, const Candidate* b) {
    return std::make_pair(order[evidence[a->evidence].document->id()], a->finding.span.begin) <
           std::make_pair(order[evidence[b->evidence].document->id()], b->finding.span.begin);
  });
}

v1::AnswerSentence SentenceOf(const Candidate& candidate, const EvidencePassage& evidence) {
  v1::AnswerSentence sentence;
  const bool has_title = absl::StartsWith(candidate.finding.text, evidence.document->title());
  if (candidate.needs_title && !has_title) sentence.set_text(absl::StrCat(evidence.document->title(), ": "));
  sentence.mutable_text()->append(candidate.finding.text);
  const absl::string_view mark = StatusMark(evidence.status);
  if (!mark.empty()) absl::StrAppend(sentence.mutable_text(), " (", mark, ")");
  v1::Citation& citation = *sentence.add_citations();
  citation.set_evidence_number(static_cast<int32_t>(candidate.evidence) + 1);
  citation.mutable_span()->set_begin(candidate.finding.span.begin);
  citation.mutable_span()->set_end(candidate.finding.span.end);
  return sentence;
}

}  // namespace

ExtractiveComposer::ExtractiveComposer(const LexicalAnalyzer* analyzer, const SentenceSplitter* splitter)
    : analyzer_(analyzer),
      splitter_(splitter),
      frame_(TermsOf(*analyzer, kFrameWords)),
      generic_title_terms_(TermsOf(*analyzer, kGenericTitleWords)) {}

std::vector<v1::AnswerSentence> ExtractiveComposer::Compose(absl::string_view question, const Subject& subject,
                                                            const std::vector<EvidencePassage>& evidence,
                                                            size_t max_sentences,
                                                            const v1::PatientFacts& patient) const {
  std::vector<Candidate> candidates = Candidates(evidence, subject, generic_title_terms_, *analyzer_, *splitter_);
  SetRowUse(TableRows(analyzer_, question, patient), evidence, candidates);
  const Weights weights = TermWeights(AskedTerms(question, *analyzer_), frame_, candidates);
  for (Candidate& candidate : candidates) Score(weights, candidate);
  std::vector<const Candidate*> picked = Picker(evidence, candidates).Pick(max_sentences);
  SortForReading(evidence, picked);
  std::vector<v1::AnswerSentence> sentences;
  for (const Candidate* candidate : picked) sentences.push_back(SentenceOf(*candidate, evidence[candidate->evidence]));
  return sentences;
}

}  // namespace bedside
