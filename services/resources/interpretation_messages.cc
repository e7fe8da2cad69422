#include "services/resources/interpretation_messages.h"

#include <algorithm>

namespace bedside {
namespace {

v1::AssumptionKind KindMessage(AssumptionKind kind) {
  switch (kind) {
    case AssumptionKind::kSpelling:
      return v1::ASSUMPTION_KIND_SPELLING;
    case AssumptionKind::kAbbreviation:
      return v1::ASSUMPTION_KIND_ABBREVIATION;
    case AssumptionKind::kThesaurus:
      return v1::ASSUMPTION_KIND_THESAURUS;
    case AssumptionKind::kPart:
      return v1::ASSUMPTION_KIND_PART;
  }
  return v1::ASSUMPTION_KIND_UNSPECIFIED;
}

void SetSpan(Span span, v1::Span* message) {
  message->set_begin(span.begin);
  message->set_end(span.end);
}

}  // namespace

v1::Interpretation InterpretationMessage(const InterpretedQuestion& question) {
  v1::Interpretation message;
  for (const Assumption& assumption : question.assumptions) {
    v1::Assumption& added = *message.add_assumptions();
    added.set_kind(KindMessage(assumption.kind));
    added.set_from(assumption.from);
    added.set_to(assumption.to);
    SetSpan(assumption.span, added.mutable_span());
  }
  std::stable_sort(message.mutable_assumptions()->begin(), message.mutable_assumptions()->end(),
                   [](const auto& a, const auto& b) { return a.span().begin() < b.span().begin(); });
  for (const Ambiguity& ambiguity : question.ambiguities) {
    v1::Ambiguity& added = *message.add_ambiguities();
    added.set_word(ambiguity.word);
    for (const std::string& name : ambiguity.names) added.add_names(name);
    SetSpan(ambiguity.span, added.mutable_span());
  }
  return message;
}

}  // namespace bedside
