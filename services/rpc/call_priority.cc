#include "services/rpc/call_priority.h"

#include <algorithm>
#include <vector>

namespace bedside {

absl::Span<const PrioritizedMethod> PrioritizedMethods() {
  static const auto& table = *new std::vector<PrioritizedMethod>{
      {"bedside.v1.AnswerService.Answer", CallPriority::kQuestion},
      {"bedside.v1.AnswerService.StreamAnswer", CallPriority::kQuestion},
      {"bedside.v1.AnswerService.CheckGrounding", CallPriority::kQuestion},
      {"bedside.v1.AnswerService.GetAnswer", CallPriority::kQuestion},
      {"bedside.v1.AnswerService.ReplayAnswer", CallPriority::kQuestion},
      {"bedside.v1.HookService.CallHookService", CallPriority::kQuestion},
      {"bedside.v1.EvidenceService.Search", CallPriority::kQuestion},
      {"bedside.v1.EvidenceService.GetDocument", CallPriority::kQuestion},
      {"bedside.v1.EvidenceService.GetPassage", CallPriority::kQuestion},
      // What is not evidence any more must not be found for long.
      {"bedside.v1.CorpusService.SetDocumentStatus", CallPriority::kQuestion},
      {"bedside.v1.CorpusService.WithdrawSourceSet", CallPriority::kQuestion},
      {"bedside.v1.EvidenceService.ListDocuments", CallPriority::kRead},
      {"bedside.v1.HookService.ListHookServices", CallPriority::kRead},
      {"bedside.v1.HookService.SubmitCardFeedback", CallPriority::kRead},
      {"bedside.v1.OutcomeService.ListOutcomes", CallPriority::kRead},
      {"bedside.v1.FeedbackService.SubmitFeedback", CallPriority::kRead},
      {"bedside.v1.FeedbackService.ListFeedback", CallPriority::kRead},
      {"bedside.v1.QualityService.ListQualityReports", CallPriority::kRead},
      {"bedside.v1.QualityService.GetQualityReport", CallPriority::kRead},
      {"bedside.v1.IndexService.GetIndex", CallPriority::kRead},
      {"bedside.v1.IndexService.ListGenerations", CallPriority::kRead},
      {"bedside.v1.CorpusService.ListSourceSets", CallPriority::kRead},
      {"google.longrunning.Operations.ListOperations", CallPriority::kRead},
      {"google.longrunning.Operations.GetOperation", CallPriority::kRead},
      {"google.longrunning.Operations.DeleteOperation", CallPriority::kRead},
      {"google.longrunning.Operations.CancelOperation", CallPriority::kRead},
      {"google.longrunning.Operations.WaitOperation", CallPriority::kRead},
      {"bedside.v1.FeedbackService.ExportFeedback", CallPriority::kChange},
      {"bedside.v1.OutcomeService.ExportOutcomes", CallPriority::kChange},
      {"bedside.v1.IndexService.CompareGenerations", CallPriority::kChange},
      {"bedside.v1.IndexService.ActivateGeneration", CallPriority::kChange},
      {"bedside.v1.IndexService.RetireGeneration", CallPriority::kChange},
      {"bedside.v1.CorpusService.ImportDocuments", CallPriority::kChange},
      {"bedside.v1.CorpusService.UpsertDocuments", CallPriority::kChange},
      {"bedside.v1.CorpusService.Reindex", CallPriority::kChange},
      {"bedside.v1.CorpusService.AdoptGeneration", CallPriority::kChange},
      {"bedside.v1.CorpusService.DeleteDocument", CallPriority::kChange},
      {"bedside.v1.CorpusService.PurgeDocument", CallPriority::kChange},
      {"bedside.v1.CorpusService.ReinstateSourceSet", CallPriority::kChange},
      {"bedside.v1.StoreService.CreateBackup", CallPriority::kChange},
  };
  return table;
}

CallPriority PriorityOf(absl::string_view method) {
  const absl::Span<const PrioritizedMethod> table = PrioritizedMethods();
  const auto found = std::find_if(table.begin(), table.end(),
                                  [method](const PrioritizedMethod& entry) { return entry.method == method; });
  return found == table.end() ? CallPriority::kRead : found->priority;
}

const char* PriorityLabel(CallPriority priority) {
  switch (priority) {
    case CallPriority::kQuestion:
      return "question";
    case CallPriority::kRead:
      return "read";
    case CallPriority::kChange:
      return "change";
  }
  return "read";
}

}  // namespace bedside
