#include "services/answer/conflict_finder.h"

#include <algorithm>
#include <map>
#include <utility>

#include "absl/algorithm/container.h"
#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/types/optional.h"
#include "services/answer/finding_extractor.h"

namespace bedside {
namespace {

// Of the terms of the statement that has fewer, and of the one that has more.
constexpr double kMinSharedOfFewer = 0.75;
constexpr double kMinSharedOfMore = 0.5;
// The same with the headings that a reader is shown, which differ more.
constexpr double kMinSharedOfFewerWithHeadings = 0.6;
constexpr double kMinSharedOfMoreWithHeadings = 0.35;

// What a document is about.
struct About {
  // Of each condition that it names; of its title where it names none.
  std::vector<TermSet> conditions;
  // Of all conditions, and these with the title.
  TermSet condition_terms;
  TermSet terms;
};

struct Statement {
  // Index.
  size_t evidence;
  Finding finding;
  Recommendation says;
  // With the headings that a reader is shown.
  TermSet terms_with_headings;
  const About* about;
};

bool HasASay(const EvidencePassage& evidence) {
  const bool in_force =
      evidence.status == v1::DOCUMENT_STATUS_CURRENT || evidence.status == v1::DOCUMENT_STATUS_CORRECTED;
  return in_force && evidence.document->kind() == v1::DOCUMENT_KIND_GUIDELINE;
}

std::string BodyOf(const EvidencePassage& evidence) {
  return absl::AsciiStrToLower(absl::StripAsciiWhitespace(evidence.document->publisher()));
}

// Of two bodies; documents whose body is not known may be of two.
bool MayDisagree(const EvidencePassage& a, const EvidencePassage& b) {
  if (a.document->id() == b.document->id()) return false;
  return BodyOf(a).empty() || BodyOf(a) != BodyOf(b);
}

bool AnyMayDisagree(const std::vector<EvidencePassage>& evidence) {
  for (size_t i = 0; i < evidence.size(); ++i) {
    for (size_t j = 0; j < i; ++j) {
      if (HasASay(evidence[i]) && HasASay(evidence[j]) && MayDisagree(evidence[i], evidence[j])) return true;
    }
  }
  return false;
}

bool ShareMost(const TermSet& a, const TermSet& b, double min_of_fewer, double min_of_more) {
  const auto shared = static_cast<double>(CountShared(a, b));
  const auto fewer = static_cast<double>(std::min(a.size(), b.size()));
  const auto more = static_cast<double>(std::max(a.size(), b.size()));
  return shared > 0 && shared >= min_of_fewer * fewer && shared >= min_of_more * more;
}

bool NamesOneIn(const About& a, const About& b) {
  return absl::c_any_of(a.conditions, [&](const TermSet& condition) {
    return !condition.empty() && absl::c_includes(b.terms, condition);
  });
}

// Whether a term is the name of a disease, as far as its ending tells.
bool EndsLikeADisease(absl::string_view term) {
  constexpr absl::string_view kEndings[] = {"iti", "itis", "oma", "emia", "osi", "osis", "pathi", "uria", "algia"};
  return absl::c_any_of(kEndings, [&](absl::string_view ending) { return absl::EndsWith(term, ending); });
}

// Each names a condition that the other does not: they are of two.
bool NameOthers(const Statement& a, const Statement& b) {
  const auto names_another = [](const Statement& one, const Statement& other) {
    return absl::c_any_of(one.terms_with_headings, [&](const std::string& term) {
      const bool is_condition = EndsLikeADisease(term) || one.about->condition_terms.count(term) != 0 ||
                                other.about->condition_terms.count(term) != 0;
      return is_condition && other.terms_with_headings.count(term) == 0;
    });
  };
  return names_another(a, b) && names_another(b, a);
}

bool SpeakOfTheSame(const Statement& a, const Statement& b) {
  if (a.says.people != b.says.people || a.says.drugs != b.says.drugs) return false;
  if (!ShareMost(a.says.terms, b.says.terms, kMinSharedOfFewer, kMinSharedOfMore)) return false;
  if (!ShareMost(a.terms_with_headings, b.terms_with_headings, kMinSharedOfFewerWithHeadings,
                 kMinSharedOfMoreWithHeadings)) {
    return false;
  }
  if (!NamesOneIn(*a.about, *b.about) && !NamesOneIn(*b.about, *a.about)) return false;
  return !NameOthers(a, b);
}

// Values make conditions of an advice: "if above 50 mg".
bool StateTheSameValues(const Statement& a, const Statement& b) {
  if (a.says.values.size() != b.says.values.size()) return false;
  for (size_t i = 0; i < a.says.values.size(); ++i) {
    const StatedValue& x = a.says.values[i];
    const StatedValue& y = b.says.values[i];
    if (x.unit != y.unit || x.parts.size() != y.parts.size() || Differ(x, y)) return false;
  }
  return true;
}

bool DisagreeInDirection(const Statement& a, const Statement& b) {
  const bool opposed = (a.says.advice == Advice::kFor && b.says.advice == Advice::kAgainst) ||
                       (a.says.advice == Advice::kAgainst && b.says.advice == Advice::kFor);
  return opposed && StateTheSameValues(a, b);
}

using Pair = std::pair<const StatedValue*, const StatedValue*>;

// Values of one measure that differ; nulls: none, also where a statement has several of that measure.
Pair DisagreeInValue(const Statement& a, const Statement& b) {
  Pair found = {nullptr, nullptr};
  if (a.says.advice != b.says.advice && a.says.advice != Advice::kNone && b.says.advice != Advice::kNone) return found;
  for (const StatedValue& x : a.says.values) {
    for (const StatedValue& y : b.says.values) {
      if (x.unit != y.unit) continue;
      if (!Differ(x, y)) return {nullptr, nullptr};
      if (x.roles != y.roles || !ShareMost(x.beside, y.beside, kMinSharedOfFewer, kMinSharedOfMore)) continue;
      if (found.first != nullptr) return {nullptr, nullptr};
      found = {&x, &y};
    }
  }
  return found;
}

v1::RecommendationDirection DirectionOf(Advice advice) {
  switch (advice) {
    case Advice::kFor:
      return v1::RECOMMENDATION_DIRECTION_FOR;
    case Advice::kAgainst:
      return v1::RECOMMENDATION_DIRECTION_AGAINST;
    case Advice::kNone:
      break;
  }
  return v1::RECOMMENDATION_DIRECTION_UNSPECIFIED;
}

void SetSpan(Span span, v1::Span* message) {
  message->set_begin(span.begin);
  message->set_end(span.end);
}

// `value`: what differs in it; null where the direction does.
void AddSide(const Statement& statement, const StatedValue* value, const EvidencePassage& evidence,
             FoundConflict* conflict) {
  v1::ConflictSide& side = *conflict->message.add_sides();
  const Span span = statement.finding.span;
  side.set_evidence_number(static_cast<int32_t>(statement.evidence) + 1);
  SetSpan(span, side.mutable_span());
  if (value == nullptr) {
    side.set_direction(DirectionOf(statement.says.advice));
  } else {
    SetSpan({span.begin + value->span.begin, span.begin + value->span.end}, side.mutable_value());
  }
  side.set_publisher(evidence.document->publisher());
  if (evidence.document->has_publication_date()) {
    *side.mutable_publication_date() = evidence.document->publication_date();
  }
  side.set_jurisdiction(evidence.document->jurisdiction());
  conflict->texts.push_back(statement.finding.text);
}

class Reading {
 public:
  Reading(const RecommendationReader& reader, const SentenceSplitter& splitter,
          const std::vector<EvidencePassage>& evidence)
      : reader_(reader), splitter_(splitter) {
    for (size_t i = 0; i < evidence.size(); ++i) {
      if (HasASay(evidence[i])) Read(i, evidence[i]);
    }
  }

  const std::vector<Statement>& statements() const { return statements_; }

 private:
  void Read(size_t index, const EvidencePassage& evidence) {
    const storage::Document& document = *evidence.document;
    const About& about = AboutOf(document);
    const std::string above =
        absl::StrCat(document.title(), "\n", absl::StrJoin(evidence.passage.heading_path(), "\n"));
    for (Finding& finding : ExtractFindings(evidence, splitter_)) {
      const Span span = finding.span;
      Recommendation says = reader_.Read(absl::string_view(document.text()).substr(span.begin, span.size()), above);
      if (says.topic.empty() || (says.advice == Advice::kNone && says.values.empty())) continue;
      TermSet with_headings = reader_.TermsOf(finding.text);
      statements_.push_back({index, std::move(finding), std::move(says), std::move(with_headings), &about});
    }
  }

  const About& AboutOf(const storage::Document& document) {
    auto [found, is_new] = abouts_.try_emplace(document.id());
    About& about = found->second;
    if (!is_new) return about;
    for (const std::string& condition : document.conditions()) about.conditions.push_back(reader_.TopicOf(condition));
    const TermSet title = reader_.TopicOf(document.title());
    if (about.conditions.empty()) about.conditions.push_back(title);
    for (const TermSet& condition : about.conditions) about.condition_terms.insert(condition.begin(), condition.end());
    about.terms = about.condition_terms;
    about.terms.insert(title.begin(), title.end());
    return about;
  }

  const RecommendationReader& reader_;
  const SentenceSplitter& splitter_;
  std::map<std::string, About> abouts_;
  std::vector<Statement> statements_;
};

absl::optional<FoundConflict> ConflictOf(const Statement& a, const Statement& b,
                                         const std::vector<EvidencePassage>& evidence) {
  if (!MayDisagree(evidence[a.evidence], evidence[b.evidence]) || !SpeakOfTheSame(a, b)) return absl::nullopt;
  const bool in_direction = DisagreeInDirection(a, b);
  const Pair values = in_direction ? Pair() : DisagreeInValue(a, b);
  if (!in_direction && values.first == nullptr) return absl::nullopt;
  FoundConflict conflict;
  conflict.message.set_kind(in_direction ? v1::CONFLICT_KIND_DIRECTION : v1::CONFLICT_KIND_VALUE);
  AddSide(a, values.first, evidence[a.evidence], &conflict);
  AddSide(b, values.second, evidence[b.evidence], &conflict);
  return conflict;
}

}  // namespace

std::vector<FoundConflict> ConflictFinder::Find(const std::vector<EvidencePassage>& evidence) const {
  if (!AnyMayDisagree(evidence)) return {};
  const Reading reading(reader_, *splitter_, evidence);
  const std::vector<Statement>& statements = reading.statements();
  std::vector<FoundConflict> conflicts;
  std::vector<bool> taken(statements.size(), false);
  for (size_t i = 0; i < statements.size(); ++i) {
    for (size_t j = i + 1; j < statements.size() && !taken[i]; ++j) {
      if (taken[j]) continue;
      absl::optional<FoundConflict> conflict = ConflictOf(statements[i], statements[j], evidence);
      if (!conflict.has_value()) continue;
      taken[i] = taken[j] = true;
      conflicts.push_back(*std::move(conflict));
    }
  }
  return conflicts;
}

}  // namespace bedside
