#include "services/answer/cited_evidence.h"

namespace bedside {

void ForEachCitation(const v1::AnswerText& answer, const std::vector<EvidencePassage>& evidence,
                     const std::function<void(int number, const EvidencePassage& cited, const v1::Span& span)>& visit) {
  for (const v1::AnswerSentence& sentence : answer.sentences()) {
    for (const v1::Citation& citation : sentence.citations()) {
      const int number = citation.evidence_number();
      if (number < 1 || number > static_cast<int>(evidence.size())) continue;
      visit(number, evidence[static_cast<size_t>(number) - 1], citation.span());
    }
  }
}

}  // namespace bedside
