#include "services/access/method_roles.h"

#include "absl/algorithm/container.h"
#include "absl/status/status.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "index/status/status_macros.h"

namespace bedside {

absl::Span<const MethodRule> BuiltInRules() {
  static const auto& rules = *new std::vector<MethodRule>{
      {"bedside.v1.AnswerService/Answer", {kReader, kAdmin}},
      {"bedside.v1.AnswerService/StreamAnswer", {kReader, kAdmin}},
      {"bedside.v1.AnswerService/CheckGrounding", {kReader, kAdmin}},
      {"bedside.v1.AnswerService/GetAnswer", {kReader, kAdmin}},
      {"bedside.v1.AnswerService/ReplayAnswer", {kReader, kAdmin}},
      {"bedside.v1.EvidenceService/Search", {kReader, kAdmin}},
      {"bedside.v1.EvidenceService/GetDocument", {kReader, kAdmin}},
      {"bedside.v1.EvidenceService/ListDocuments", {kReader, kAdmin}},
      {"bedside.v1.EvidenceService/GetPassage", {kReader, kAdmin}},
      {"bedside.v1.FeedbackService/SubmitFeedback", {kReader, kAdmin}},
      // What clinicians said of answers.
      {"bedside.v1.FeedbackService/ListFeedback", {kAdmin}},
      {"bedside.v1.FeedbackService/ExportFeedback", {kAdmin}},
      {"bedside.v1.HookService/ListHookServices", {kHookClient, kReader, kAdmin}},
      {"bedside.v1.HookService/CallHookService", {kHookClient, kReader, kAdmin}},
      {"bedside.v1.HookService/SubmitCardFeedback", {kHookClient, kReader, kAdmin}},
      {"bedside.v1.OutcomeService/ListOutcomes", {kAdmin}},
      {"bedside.v1.OutcomeService/ExportOutcomes", {kAdmin}},
      {"bedside.v1.QualityService/ListQualityReports", {kReader, kAdmin}},
      {"bedside.v1.QualityService/GetQualityReport", {kReader, kAdmin}},
      {"bedside.v1.IndexService/GetIndex", {kReader, kAdmin}},
      {"bedside.v1.IndexService/ListGenerations", {kAdmin}},
      {"bedside.v1.IndexService/CompareGenerations", {kAdmin}},
      {"bedside.v1.IndexService/ActivateGeneration", {kAdmin}},
      {"bedside.v1.IndexService/RetireGeneration", {kAdmin}},
      {"bedside.v1.CorpusService/ListSourceSets", {kReader, kAdmin}},
      {"bedside.v1.CorpusService/ImportDocuments", {kAdmin}},
      {"bedside.v1.CorpusService/UpsertDocuments", {kAdmin}},
      {"bedside.v1.CorpusService/Reindex", {kAdmin}},
      {"bedside.v1.CorpusService/AdoptGeneration", {kAdmin}},
      {"bedside.v1.CorpusService/DeleteDocument", {kAdmin}},
      {"bedside.v1.CorpusService/PurgeDocument", {kAdmin}},
      {"bedside.v1.CorpusService/SetDocumentStatus", {kAdmin}},
      {"bedside.v1.CorpusService/WithdrawSourceSet", {kAdmin}},
      {"bedside.v1.CorpusService/ReinstateSourceSet", {kAdmin}},
      {"bedside.v1.StoreService/CreateBackup", {kAdmin}},
      {"google.longrunning.Operations/ListOperations", {kAdmin}},
      {"google.longrunning.Operations/GetOperation", {kAdmin}},
      {"google.longrunning.Operations/DeleteOperation", {kAdmin}},
      {"google.longrunning.Operations/CancelOperation", {kAdmin}},
      {"google.longrunning.Operations/WaitOperation", {kAdmin}},
      // Probes without a token have the health port.
      {"grpc.health.v1.Health/Check", {kAuthenticated}},
      {"grpc.health.v1.Health/Watch", {kAuthenticated}},
      {"grpc.reflection.v1alpha.ServerReflection/ServerReflectionInfo", {kAdmin}},
  };
  return rules;
}

absl::StatusOr<MethodRoles> MethodRoles::Create(const google::protobuf::RepeatedPtrField<config::MethodRoles>& rules) {
  MethodRoles table;
  for (const MethodRule& rule : BuiltInRules()) table.roles_.emplace(rule.method, rule.roles);
  absl::flat_hash_set<std::string> seen;
  for (const config::MethodRoles& rule : rules) {
    if (seen.insert(rule.method()).second) continue;
    return absl::InvalidArgumentError(absl::StrCat("access.methods has two entries for ", rule.method()));
  }
  // Those of services first, so that those of methods replace them.
  for (const bool of_services : {true, false}) {
    for (const config::MethodRoles& rule : rules) {
      if (absl::EndsWith(rule.method(), "/*") != of_services) continue;
      RETURN_IF_ERROR(table.Replace(rule.method(), {rule.roles().begin(), rule.roles().end()}));
    }
  }
  return table;
}

absl::Status MethodRoles::Replace(const std::string& method, const std::vector<std::string>& roles) {
  const bool of_service = absl::EndsWith(method, "/*");
  const absl::string_view prefix = absl::StripSuffix(method, "*");
  const bool to_anyone = absl::c_linear_search(roles, kAnyone);
  bool found = false;
  for (auto& [known, its_roles] : roles_) {
    if (of_service ? !absl::StartsWith(known, prefix) : known != method) continue;
    // Other methods ask who calls.
    if (to_anyone && !absl::StartsWith(known, "grpc.")) {
      return absl::InvalidArgumentError(
          absl::StrCat("access.methods lets anyone into ", known, ", which is for the health and the reflection only"));
    }
    its_roles = roles;
    found = true;
  }
  if (found) return absl::OkStatus();
  return absl::InvalidArgumentError(absl::StrCat("access.methods names ", method,
                                                 ", which is no method of the server, wanted one as ",
                                                 "bedside.v1.EvidenceService/Search or bedside.v1.EvidenceService/*"));
}

const std::vector<std::string>& MethodRoles::RolesOf(absl::string_view method) const {
  static const auto& nobody = *new std::vector<std::string>();
  const auto found = roles_.find(method);
  return found == roles_.end() ? nobody : found->second;
}

bool MethodRoles::AdmitsAnyone(absl::string_view method) const {
  return absl::c_linear_search(RolesOf(method), kAnyone);
}

bool MethodRoles::Admits(absl::string_view method, const absl::flat_hash_set<std::string>& roles) const {
  return absl::c_any_of(RolesOf(method), [&](const std::string& role) {
    return role == kAnyone || role == kAuthenticated || roles.contains(role);
  });
}

}  // namespace bedside
