#include "services/generation/egress_guard.h"

#include <map>

#include "absl/algorithm/container.h"
#include "absl/memory/memory.h"
#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "index/status/status_macros.h"
#include "services/endpoint/loopback.h"
#include "services/generation/generator_fault.h"

namespace bedside {
namespace {

absl::Status CheckTrust(const EgressSettings& settings) {
  if (IsLoopback(settings.host) || absl::c_linear_search(settings.trust_zone, settings.host)) return absl::OkStatus();
  if (!settings.outside_trust_zone_accepted) {
    return absl::InvalidArgumentError(absl::StrCat(
        "the language model at ", settings.host,
        " is not on this machine, so questions and evidence would leave the trust zone: use a server on a loopback "
        "address, name the host in generator.trust_zone if it is trusted as this machine is, or accept this with "
        "outside_trust_zone_accepted: true"));
  }
  if (settings.deidentify) return absl::OkStatus();
  return absl::InvalidArgumentError(absl::StrCat(
      "the language model at ", settings.host,
      " is outside of the trust zone and would be sent what identifies patients: remove generator.deidentification."
      "enabled: false, or name the host in generator.trust_zone if it is trusted as this machine is"));
}

// The texts of `request` that may tell of a patient.
std::vector<std::string*> TextsOf(bool with_passages, PromptRequest* request) {
  std::vector<std::string*> texts = {&request->question, &request->patient};
  for (PromptPassage& passage : request->passages) {
    if (with_passages) texts.insert(texts.end(), {&passage.title, &passage.section, &passage.context, &passage.text});
  }
  return texts;
}

v1::Deidentification MessageOf(const std::map<v1::IdentifierKind, int>& counts) {
  v1::Deidentification message;
  for (const auto& [kind, count] : counts) {
    v1::IdentifierCount& identifiers = *message.add_identifiers();
    identifiers.set_kind(kind);
    identifiers.set_count(count);
  }
  return message;
}

}  // namespace

absl::StatusOr<std::unique_ptr<EgressGuard>> EgressGuard::Create(EgressSettings settings) {
  RETURN_IF_ERROR(CheckTrust(settings));
  auto guard = absl::WrapUnique(new EgressGuard(std::move(settings)));
  if (guard->settings_.deidentify) {
    ASSIGN_OR_RETURN(guard->deidentifier_, Deidentifier::Create());
  }
  return guard;
}

absl::StatusOr<v1::Deidentification> EgressGuard::Deidentify(const std::vector<std::string>& identifiers,
                                                             PromptRequest* request) const {
  const GivenIdentifiers given(identifiers);
  Placeholders placeholders;
  std::map<v1::IdentifierKind, int> counts;
  for (std::string* text : TextsOf(settings_.deidentify_passages, request)) {
    absl::StatusOr<DeidentifiedText> deidentified = deidentifier_->Deidentify(*text, given, &placeholders);
    if (!deidentified.ok()) {
      return FaultError(v1::GENERATOR_FAULT_NOT_DEIDENTIFIED, absl::StatusCode::kInternal,
                        absl::StrCat("nothing was sent: ", deidentified.status().message()));
    }
    for (const IdentifiedSpan& span : deidentified->spans) ++counts[span.kind];
    *text = std::move(deidentified->text);
  }
  return MessageOf(counts);
}

absl::StatusOr<ReleasedPrompt> EgressGuard::Release(PromptRequest request, const std::vector<std::string>& identifiers,
                                                    const PromptAssembler& assembler) const {
  absl::optional<v1::Deidentification> deidentification;
  if (deidentifier_ != nullptr) {
    ASSIGN_OR_RETURN(deidentification, Deidentify(identifiers, &request));
  }
  ASSIGN_OR_RETURN(GroundedPrompt prompt, assembler.Assemble(request));
  OutboundPrompt outbound(prompt.system, prompt.user);
  return ReleasedPrompt{std::move(outbound), std::move(prompt), std::move(deidentification)};
}

}  // namespace bedside
