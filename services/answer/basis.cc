#include "services/answer/basis.h"

#include <tuple>

#include "absl/algorithm/container.h"
#include "absl/strings/str_cat.h"
#include "absl/time/time.h"
#include "index/hash/sha256.h"
#include "services/answer/age_warnings.h"
#include "services/answer/emergency.h"
#include "services/answer/patient.h"
#include "services/resources/evidence_messages.h"
#include "services/resources/resource_name.h"

namespace bedside {
namespace {

v1::Evidence EvidenceMessage(const std::string& corpus, const EvidencePassage& passage) {
  v1::Evidence evidence;
  *evidence.mutable_passage() = PassageMessage(corpus, *passage.document, passage.document_version, passage.passage);
  *evidence.mutable_document() = DocumentMessage(
      corpus, *passage.document, {passage.document_version, passage.status, passage.status_reason, passage.trust});
  evidence.set_score(passage.score);
  evidence.set_addresses_model(passage.addresses_model);
  for (const EvidencePassage::Folded& folded : passage.folded) {
    evidence.add_also_in(PassageNameOf(corpus, folded.document, folded.span));
  }
  evidence.set_text_sha256(Sha256Hex(evidence.passage().text()));
  return evidence;
}

void AddFacts(const Patient& patient, v1::Basis* basis) {
  const FactNames names = FactNamesOf(patient);
  const auto add = [](const std::string& fact, v1::AnswerInput* input) {
    input->set_kind(v1::INPUT_KIND_PATIENT_FACT);
    input->set_fact(fact);
  };
  for (const std::string& fact : names.known) add(fact, basis->add_inputs_used());
  if (names.known.empty()) return add("", basis->add_inputs_missing());
  for (const std::string& fact : names.missing) add(fact, basis->add_inputs_missing());
}

void AddInputs(const EvidenceQuestion& question, v1::Basis* basis) {
  basis->add_inputs_used()->set_kind(v1::INPUT_KIND_QUESTION);
  const bool filtered = question.filter.ByteSizeLong() > 0;
  (filtered ? basis->add_inputs_used() : basis->add_inputs_missing())->set_kind(v1::INPUT_KIND_FILTER);
  AddFacts(PatientOf(question.patient.facts, question.question), basis);
  if (question.patient.use.has_value()) *basis->mutable_patient_context() = *question.patient.use;
}

// In which a model runs.
v1::RetrievalStage StageOf(v1::ModelRole role) {
  switch (role) {
    case v1::MODEL_ROLE_EMBEDDER:
    case v1::MODEL_ROLE_ADAPTER:
    case v1::MODEL_ROLE_QUESTION_ADAPTER:
      return v1::RETRIEVAL_STAGE_DENSE;
    case v1::MODEL_ROLE_RANKER:
      return v1::RETRIEVAL_STAGE_RANKER;
    case v1::MODEL_ROLE_CROSS_ENCODER:
      return v1::RETRIEVAL_STAGE_CROSS_ENCODER;
    default:
      return v1::RETRIEVAL_STAGE_UNSPECIFIED;
  }
}

void AddStages(const RetrievedEvidence& found, const std::vector<v1::ModelIdentity>& models, v1::Basis* basis) {
  for (const v1::RetrievalStage stage : found.stages) {
    basis->mutable_method()->add_stages(stage);
    for (const v1::ModelIdentity& model : models) {
      if (StageOf(model.role()) == stage) *basis->add_models() = model;
    }
  }
}

void AddModelLimits(const ModelSettings& model, TokenBudget prompt_budget, v1::AnswerLimits* limits) {
  limits->set_max_prompt_tokens(static_cast<int32_t>(prompt_budget.tokens));
  limits->set_max_answer_tokens(static_cast<int32_t>(model.max_answer_tokens));
  const int64_t milliseconds = absl::ToInt64Milliseconds(model.timeout);
  limits->mutable_generator_timeout()->set_seconds(milliseconds / 1000);
  limits->mutable_generator_timeout()->set_nanos(static_cast<int32_t>(milliseconds % 1000) * 1'000'000);
}

v1::AnswerLimits LimitsOf(const EvidenceQuestion& question, const AnswerSettings& settings) {
  v1::AnswerLimits limits;
  limits.set_max_evidence(static_cast<int32_t>(question.limit));
  limits.set_max_sentences(static_cast<int32_t>(settings.max_sentences));
  limits.set_min_relevance(settings.min_relevance);
  if (settings.model() != nullptr) AddModelLimits(*settings.model(), settings.prompt_budget, &limits);
  return limits;
}

bool IsBefore(const v1::Date& a, const v1::Date& b) {
  return std::make_tuple(a.year(), a.month(), a.day()) < std::make_tuple(b.year(), b.month(), b.day());
}

void AddAge(const EvidenceQuestion& question, const RetrievedEvidence& found, const AgeLimits& limits,
            v1::Basis* basis) {
  v1::EvidenceAge& age = *basis->mutable_age();
  age = found.age;
  for (const v1::Evidence& evidence : basis->evidence()) {
    const v1::Date& date = evidence.document().publication_date();
    if (date.year() > 0 && (!age.has_newest_source() || IsBefore(age.newest_source(), date))) {
      *age.mutable_newest_source() = date;
    }
  }
  for (const v1::AnswerWarning& warning : FindAgeWarnings(age, basis->evidence_size() > 0, limits, question.now)) {
    *basis->add_warnings() = warning;
  }
}

void AddTrustWarning(v1::Basis* basis) {
  const auto unreviewed = absl::c_count_if(basis->evidence(), [](const v1::Evidence& evidence) {
    return evidence.document().trust() == v1::SOURCE_TRUST_UNREVIEWED;
  });
  if (unreviewed == 0) return;
  v1::AnswerWarning& warning = *basis->add_warnings();
  warning.set_kind(v1::WARNING_KIND_UNREVIEWED_SOURCES);
  warning.set_message(absl::StrCat("Of the evidence, ", unreviewed, unreviewed == 1 ? " passage is" : " passages are",
                                   " of a source that nobody here has reviewed; the filter asked for such."));
}

}  // namespace

v1::Basis BasisOf(const EvidenceQuestion& question, const RetrievedEvidence& found, const FilteredEvidence& filtered,
                  const AnswerSettings& settings, const std::vector<v1::ModelIdentity>& models,
                  bool tells_of_emergency) {
  v1::Basis basis;
  for (const EvidencePassage& passage : filtered.passages) {
    *basis.add_evidence() = EvidenceMessage(question.corpus, passage);
  }
  *basis.mutable_view() = found.view;
  basis.set_embedder(found.embedder);
  for (const std::string& path : found.degraded) basis.add_degraded(path);
  if (found.interpretation.ByteSizeLong() > 0) *basis.mutable_interpretation() = found.interpretation;
  if (filtered.by_words) basis.add_degraded("evidence filter: no cosine; judged by shared words");
  if (filtered.suspect > 0) {
    basis.add_degraded(absl::StrCat("evidence: passages that address a language model, set apart: ", filtered.suspect));
  }
  AddInputs(question, &basis);
  AddStages(found, models, &basis);
  *basis.mutable_limits() = LimitsOf(question, settings);
  if (tells_of_emergency) *basis.add_warnings() = EmergencyWarning();
  AddTrustWarning(&basis);
  AddAge(question, found, settings.age_limits, &basis);
  return basis;
}

}  // namespace bedside
