#include "services/answer/basis.h"

#include "absl/strings/str_cat.h"
#include "services/resources/evidence_messages.h"
#include "services/resources/resource_name.h"

namespace bedside {

v1::Basis BasisOf(absl::string_view corpus, const RetrievedEvidence& found, const FilteredEvidence& filtered) {
  v1::Basis basis;
  for (const EvidencePassage& passage : filtered.passages) {
    v1::Evidence& evidence = *basis.add_evidence();
    *evidence.mutable_passage() = PassageMessage(corpus, *passage.document, passage.document_version, passage.passage);
    *evidence.mutable_document() =
        DocumentMessage(corpus, *passage.document, {passage.document_version, passage.status, passage.status_reason});
    evidence.set_score(passage.score);
    evidence.set_addresses_model(passage.addresses_model);
    for (const EvidencePassage::Folded& folded : passage.folded) {
      evidence.add_also_in(PassageNameOf(corpus, folded.document, folded.span));
    }
  }
  *basis.mutable_view() = found.view;
  basis.set_embedder(found.embedder);
  for (const std::string& path : found.degraded) basis.add_degraded(path);
  if (found.interpretation.ByteSizeLong() > 0) *basis.mutable_interpretation() = found.interpretation;
  if (filtered.by_words) basis.add_degraded("evidence filter: no cosine; judged by shared words");
  if (filtered.suspect > 0) {
    basis.add_degraded(absl::StrCat("evidence: passages that address a language model, set apart: ", filtered.suspect));
  }
  return basis;
}

}  // namespace bedside
