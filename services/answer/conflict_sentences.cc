#include "services/answer/conflict_sentences.h"

#include <algorithm>
#include <string>
#include <utility>

#include "absl/algorithm/container.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "services/answer/status_mark.h"

namespace bedside {
namespace {

using Sentences = std::vector<v1::AnswerSentence>;

bool Quotes(const v1::AnswerSentence& sentence, int evidence_number, const v1::Span& span) {
  return absl::c_any_of(sentence.citations(), [&](const v1::Citation& citation) {
    return citation.evidence_number() == evidence_number && citation.span().begin() < span.end() &&
           span.begin() < citation.span().end();
  });
}

bool IsAbout(const v1::EvidenceConflict& conflict, const Sentences& statements) {
  return absl::c_any_of(conflict.sides(), [&](const v1::ConflictSide& side) {
    return absl::c_any_of(statements, [&](const v1::AnswerSentence& statement) {
      return Quotes(statement, side.evidence_number(), side.span());
    });
  });
}

}  // namespace

std::vector<FoundConflict> ConflictsIn(const Sentences& statements, std::vector<FoundConflict> found) {
  found.erase(std::remove_if(found.begin(), found.end(),
                             [&](const FoundConflict& conflict) { return !IsAbout(conflict.message, statements); }),
              found.end());
  return found;
}

Sentences SentencesOf(const std::vector<FoundConflict>& conflicts, const std::vector<EvidencePassage>& evidence) {
  Sentences sentences;
  for (size_t i = 0; i < conflicts.size(); ++i) {
    for (int side = 0; side < conflicts[i].message.sides_size(); ++side) {
      const v1::ConflictSide& quoted = conflicts[i].message.sides(side);
      v1::AnswerSentence& sentence = sentences.emplace_back();
      sentence.set_text(conflicts[i].texts[static_cast<size_t>(side)]);
      const auto index = static_cast<size_t>(quoted.evidence_number()) - 1;
      const absl::string_view mark = StatusMark(evidence[index].status);
      if (!mark.empty()) absl::StrAppend(sentence.mutable_text(), " (", mark, ")");
      sentence.set_conflict(static_cast<int32_t>(i) + 1);
      v1::Citation& citation = *sentence.add_citations();
      citation.set_evidence_number(quoted.evidence_number());
      *citation.mutable_span() = quoted.span();
    }
  }
  return sentences;
}

Sentences WithoutSides(Sentences sentences, const Sentences& sides) {
  const auto is_side = [&](const v1::AnswerSentence& sentence) {
    return absl::c_any_of(sides, [&](const v1::AnswerSentence& side) {
      return Quotes(sentence, side.citations(0).evidence_number(), side.citations(0).span());
    });
  };
  sentences.erase(std::remove_if(sentences.begin(), sentences.end(), is_side), sentences.end());
  return sentences;
}

v1::AnswerWarning ConflictWarning(const v1::EvidenceConflict& conflict) {
  const std::string numbers = absl::StrJoin(
      conflict.sides(), " and ",
      [](std::string* text, const v1::ConflictSide& side) { absl::StrAppend(text, "[", side.evidence_number(), "]"); });
  v1::AnswerWarning warning;
  warning.set_kind(v1::WARNING_KIND_CONFLICTING_EVIDENCE);
  warning.set_message(
      absl::StrCat("Guidelines disagree: ", numbers, " ",
                   conflict.kind() == v1::CONFLICT_KIND_VALUE ? "state other values" : "recommend and advise against",
                   ". Both are quoted. Weigh who says it, when, for which country and for whom; neither is ranked "
                   "above the other."));
  return warning;
}

}  // namespace bedside
