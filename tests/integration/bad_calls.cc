#include "tests/integration/bad_calls.h"

#include "absl/strings/str_cat.h"

namespace bedside {
namespace {

using grpc::StatusCode;

std::string Long(size_t bytes) { return std::string(bytes, 'x'); }

std::vector<BadCall> EvidenceCalls() {
  const std::string search = "bedside.v1.EvidenceService.Search";
  const std::string get = "bedside.v1.EvidenceService.GetDocument";
  const std::string list = "bedside.v1.EvidenceService.ListDocuments";
  const std::string passage = "bedside.v1.EvidenceService.GetPassage";
  constexpr auto kBad = StatusCode::INVALID_ARGUMENT;
  constexpr auto kNone = StatusCode::NOT_FOUND;
  return {
      {search, "parent: 'Smith' page_size: -1", kBad, {"parent", "query", "page_size"}, "wanted corpora/{corpus}"},
      {search, R"(parent: 'corpora/default' query: ' \n\t' page_size: 1001)", kBad, {"query", "page_size"}, "in words"},
      {search,
       absl::StrCat("parent: 'corpora/default' query: 'Smith ", Long(1 << 20), "'"),
       kBad,
       {"query"},
       "query: wanted at most 8192 bytes, got 1048582; shorten it"},
      {search,
       absl::StrCat("parent: 'corpora/default' query: 'Smith' filter { kinds: 1 kinds: 99 tags: 'a' tags: '", Long(201),
                    "' published_after { year: 0 month: 13 } published_before { year: 2023 month: 2 day: 29 } }"),
       kBad,
       {"filter.kinds[1]", "filter.tags[1]", "filter.published_after.year", "filter.published_after.month",
        "filter.published_before.day"},
       "filter.published_before.day: wanted 0 to 28, got 29"},
      {search, "parent: 'corpora/default' query: 'Smith' page_token: 'Smith'", kBad, {"page_token"}, "the first page"},
      {search, "parent: 'corpora/other' query: 'Smith'", kNone, {}, "Import documents"},
      {get, "", kBad, {"name"}, "wanted corpora/{corpus}/documents/{document}"},
      {get, "name: 'corpora/default/documents/Mrs Smith'", kBad, {"name"}, "wanted corpora/"},
      {get, "name: 'corpora/default/documents/a/passages/0-1'", kBad, {"name"}, "wanted corpora/"},
      {get, "name: 'corpora/default/documents/nobody'", kNone, {}, "ListDocuments has them all"},
      {get, "name: 'corpora/other/documents/nobody'", kNone, {}, "Import documents"},
      {list, "parent: 'Smith' page_size: -1", kBad, {"parent", "page_size"}, "wanted 0 to 1000, got -1"},
      {list, "parent: 'corpora/default' page_token: 'Smith'", kBad, {"page_token"}, "start at the first page"},
      {list, "parent: 'corpora/other'", kNone, {}, "Import documents"},
      {passage, "name: 'Smith'", kBad, {"name"}, "passages/{begin}-{end}"},
      {passage, "name: 'corpora/default/documents/a/passages/0-99999999999'", kBad, {"name"}, "passages/{begin}-{end}"},
      {passage, "name: 'corpora/default/documents/nobody/passages/0-1'", kNone, {}, "ListDocuments"},
      {passage, "name: 'corpora/default/documents/warfarin-monitoring/passages/9-1'", kNone, {}, "Search again"},
      {passage, "name: 'corpora/other/documents/nobody/passages/0-1'", kNone, {}, "Import documents"},
  };
}

std::vector<BadCall> AnswerCalls() {
  std::vector<BadCall> calls;
  for (const std::string& method : {"bedside.v1.AnswerService.Answer", "bedside.v1.AnswerService.StreamAnswer"}) {
    calls.push_back({method,
                     absl::StrCat("parent: 'Smith' max_evidence: 51 request_id: '", Long(129), "' filter { kinds: 0 }"),
                     StatusCode::INVALID_ARGUMENT,
                     {"parent", "question", "max_evidence", "request_id", "filter.kinds[0]"},
                     "max_evidence: wanted 0 to 50, got 51"});
    calls.push_back({method,
                     absl::StrCat("parent: 'corpora/default' question: 'Smith ", Long(1 << 20), "'"),
                     StatusCode::INVALID_ARGUMENT,
                     {"question"},
                     "shorten it"});
    calls.push_back({method, "parent: 'corpora/other' question: 'Smith'", StatusCode::NOT_FOUND, {}, "Import"});
  }
  const std::string check = "bedside.v1.AnswerService.CheckGrounding";
  calls.push_back({check, "", StatusCode::INVALID_ARGUMENT, {"text", "passages"}, "passages: wanted 1 to 50"});
  calls.push_back(
      {check,
       absl::StrCat("text: '", Long(16385), "' passages { name: 'Smith' } passages { title: '", Long(1025),
                    "' } passages { text: ' ' } passages { text: '", Long(16385), "' }"),
       StatusCode::INVALID_ARGUMENT,
       {"text", "passages[0].name", "passages[1]", "passages[1].title", "passages[2].text", "passages[3].text"},
       "passages[1]: wanted a name or a text, got neither"});
  calls.push_back({check,
                   "text: 'Smith' passages { name: 'corpora/default/documents/nobody/passages/0-1' }",
                   StatusCode::NOT_FOUND,
                   {},
                   "ListDocuments"});
  calls.push_back({check,
                   "text: 'Smith' passages { name: 'corpora/default/documents/warfarin-monitoring/passages/9-1' }",
                   StatusCode::NOT_FOUND,
                   {},
                   "Search again"});
  for (const std::string& method : {"bedside.v1.AnswerService.GetAnswer", "bedside.v1.AnswerService.ReplayAnswer"}) {
    calls.push_back({method, "name: 'Smith'", StatusCode::INVALID_ARGUMENT, {"name"}, "corpora/{corpus}/answers/"});
    calls.push_back({method,
                     absl::StrCat("name: 'corpora/default/answers/", Long(64), "'"),
                     StatusCode::INVALID_ARGUMENT,
                     {"name"},
                     "corpora/{corpus}/answers/"});
    calls.push_back({method, "name: 'corpora/default/answers/0'", StatusCode::NOT_FOUND, {}, "Ask the question again"});
    calls.push_back({method, "name: 'corpora/other/answers/0'", StatusCode::NOT_FOUND, {}, "Ask the question again"});
  }
  return calls;
}

std::vector<BadCall> FeedbackCalls() {
  const std::string submit = "bedside.v1.FeedbackService.SubmitFeedback";
  const std::string list = "bedside.v1.FeedbackService.ListFeedback";
  const std::string exported = "bedside.v1.FeedbackService.ExportFeedback";
  constexpr auto kBad = StatusCode::INVALID_ARGUMENT;
  constexpr auto kNone = StatusCode::NOT_FOUND;
  return {
      {submit,
       "parent: 'Smith' feedback_id: 'Mrs Smith' reasons: [1, 0, 99] sentence_number: -1",
       kBad,
       {"parent", "feedback_id", "verdict", "reasons[1]", "reasons[2]", "sentence_number"},
       "sentence_number: wanted 0 to 1000, got -1"},
      {submit,
       "parent: 'corpora/default/answers/0' verdict: 99 reasons: [1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1]",
       kBad,
       {"feedback_id", "verdict", "reasons"},
       "reasons: wanted 0 to 16 entries, got 17"},
      {submit,
       absl::StrCat("parent: 'corpora/default/answers/0' verdict: 1 feedback_id: '", Long(64), "'"),
       kBad,
       {"feedback_id"},
       "wanted 1 to 63 of a-z, 0-9 and -"},
      {submit, "parent: 'corpora/default/answers/0' verdict: 1 feedback_id: 'a'", kNone, {}, "Ask the question again"},
      {list, "parent: 'Smith' page_size: -1", kBad, {"parent", "page_size"}, "wanted corpora/{corpus}"},
      {list, "parent: 'corpora/default/answers/Mrs Smith'", kBad, {"parent"}, "corpora/{corpus}/answers/{answer}"},
      {list, "parent: 'corpora/default' page_token: 'Smith'", kBad, {"page_token"}, "start at the first page"},
      {list, "parent: 'corpora/default/answers/0'", kNone, {}, "Ask the question again"},
      {list, "parent: 'corpora/other'", kNone, {}, "Import documents"},
      {exported, "parent: 'corpora/default/answers/0'", kBad, {"parent"}, "wanted corpora/{corpus}"},
      {exported, "parent: 'corpora/other'", kNone, {}, "Import documents"},
  };
}

std::vector<BadCall> CorpusCalls() {
  const std::string import = "bedside.v1.CorpusService.ImportDocuments";
  const std::string reindex = "bedside.v1.CorpusService.Reindex";
  const std::string adopt = "bedside.v1.CorpusService.AdoptGeneration";
  const std::string upsert = "bedside.v1.CorpusService.UpsertDocuments";
  const std::string purge = "bedside.v1.CorpusService.PurgeDocument";
  const std::string remove = "bedside.v1.CorpusService.DeleteDocument";
  const std::string status = "bedside.v1.CorpusService.SetDocumentStatus";
  const std::string list = "bedside.v1.CorpusService.ListSourceSets";
  const std::string withdraw = "bedside.v1.CorpusService.WithdrawSourceSet";
  const std::string reinstate = "bedside.v1.CorpusService.ReinstateSourceSet";
  const std::string long_id = absl::StrCat(" request_id: '", Long(129), "'");
  constexpr auto kBad = StatusCode::INVALID_ARGUMENT;
  constexpr auto kNone = StatusCode::NOT_FOUND;
  return {
      {import,
       "parent: 'Smith' mode: 9" + long_id,
       kBad,
       {"parent", "sources", "mode", "request_id"},
       "sources: wanted 1 to 1000 entries, got 0"},
      {import,
       "parent: 'corpora/default' sources: ['../../Smith', 'metformin.md', '/Smith', '', '*/Smith']",
       kBad,
       {"sources[0]", "sources[2]", "sources[3]", "sources[4]"},
       "give its path from there"},
      {reindex, "parent: 'Smith'" + long_id, kBad, {"parent", "request_id"}, "wanted corpora/{corpus}"},
      {reindex, "parent: 'corpora/other'", kNone, {}, "there is no corpus other"},
      {adopt,
       "parent: 'Smith' workshop: '../Smith'" + long_id,
       kBad,
       {"parent", "workshop", "request_id"},
       "below the workshop root"},
      {upsert,
       "parent: 'Smith' source_set: 'Mrs Smith'",
       kBad,
       {"parent", "file_name", "content", "source_set"},
       "content: wanted 1 to 3145728 bytes, got 0"},
      {purge, "name: 'Smith'" + long_id, kBad, {"name", "request_id"}, "wanted corpora/{corpus}/documents/"},
      {purge, "name: 'corpora/default/documents/nobody'", kNone, {}, "ListDocuments"},
      {purge, "name: 'corpora/other/documents/nobody'", kNone, {}, "Import documents"},
      {remove, "name: 'Smith'" + long_id, kBad, {"name", "request_id"}, "wanted corpora/{corpus}/documents/"},
      {remove, "name: 'corpora/default/documents/nobody'", kNone, {}, "ListDocuments"},
      {remove, "name: 'corpora/other/documents/nobody'", kNone, {}, "Import documents"},
      {status,
       absl::StrCat("name: 'Smith' reason: 'Smith ", Long(500), "'", long_id),
       kBad,
       {"name", "status", "reason", "request_id"},
       "status: wanted one of the statuses of DocumentStatus"},
      {status,
       "name: 'corpora/default/documents/metformin-renal' status: DOCUMENT_STATUS_DELETED reason: 'Smith'",
       kBad,
       {"status"},
       "DELETED is for DeleteDocument"},
      {status, "name: 'corpora/default/documents/metformin-renal' status: 99", kBad, {"status"}, "wanted one of"},
      {status,
       "name: 'corpora/default/documents/nobody' status: DOCUMENT_STATUS_RETRACTED reason: 'Smith'",
       kNone,
       {},
       "ListDocuments"},
      {status, "name: 'corpora/other/documents/nobody' status: DOCUMENT_STATUS_RETRACTED", kNone, {}, "Import"},
      {import,
       "parent: 'corpora/default' sources: '.' source_set: 'Mrs Smith'",
       kBad,
       {"source_set"},
       "wanted 1 to 63"},
      {list, "parent: 'Smith'", kBad, {"parent"}, "wanted corpora/{corpus}"},
      {list, "parent: 'corpora/other'", kNone, {}, "Import"},
      {withdraw,
       "name: 'corpora/default/sourceSets/Smith' reason: '" + Long(501) + "'" + long_id,
       kBad,
       {"name", "reason", "request_id"},
       "wanted corpora/{corpus}/sourceSets/{source_set}"},
      {withdraw, "name: 'corpora/default/sourceSets/nobody' reason: 'Smith'", kNone, {}, "ListSourceSets"},
      {reinstate, "name: 'Smith'" + long_id, kBad, {"name", "request_id"}, "wanted corpora/{corpus}/sourceSets"},
      {reinstate, "name: 'corpora/default/sourceSets/nobody'", kNone, {}, "ListSourceSets"},
  };
}

std::vector<BadCall> IndexCalls() {
  const std::string get = "bedside.v1.IndexService.GetIndex";
  const std::string list = "bedside.v1.IndexService.ListGenerations";
  const std::string activate = "bedside.v1.IndexService.ActivateGeneration";
  const std::string compare = "bedside.v1.IndexService.CompareGenerations";
  const std::string retire = "bedside.v1.IndexService.RetireGeneration";
  constexpr auto kBad = StatusCode::INVALID_ARGUMENT;
  constexpr auto kNone = StatusCode::NOT_FOUND;
  return {
      {"bedside.v1.StoreService.CreateBackup", "backup_id: 'Mrs Smith'", kBad, {"backup_id"}, "wanted 1 to 63"},
      {get, "name: 'Smith'", kBad, {"name"}, "wanted corpora/{corpus}/index"},
      {get, "name: 'corpora/other/index'", kNone, {}, "Import documents"},
      {list, "parent: 'Smith' page_size: -1", kBad, {"parent", "page_size"}, "wanted corpora/{corpus}"},
      {list, "parent: 'corpora/default' page_token: 'Smith'", kBad, {"page_token"}, "start at the first page"},
      {list, "parent: 'corpora/other'", kNone, {}, "there is no corpus other"},
      {activate, "name: 'Smith'", kBad, {"name"}, "generations/{generation}"},
      {activate, "name: 'corpora/default/generations/g99999999'", kNone, {}, "g99999999"},
      {activate, "name: 'corpora/other/generations/g00000001'", kNone, {}, "g00000001"},
      {compare, "base: 'Smith' page_size: 1001", kBad, {"base", "other", "page_size"}, "generations/{generation}"},
      {compare,
       "base: 'corpora/default/generations/g1' other: 'corpora/other/generations/g1'",
       kBad,
       {"other"},
       "of the same corpus"},
      {compare,
       "base: 'corpora/default/generations/g1' other: 'corpora/default/generations/g2' page_token: 'Smith'",
       kBad,
       {"page_token"},
       "start at the first page"},
      {compare,
       "base: 'corpora/default/generations/g99999999' other: 'corpora/default/generations/g99999999'",
       kNone,
       {},
       "g99999999"},
      {retire, "name: 'Smith'", kBad, {"name"}, "generations/{generation}"},
      {retire, "name: 'corpora/default/generations/g99999999'", kNone, {}, "g99999999"},
  };
}

// What a hook's bodies can be wrong in is in tests/services/hooks.
std::vector<BadCall> HookCalls() {
  const std::string list = "bedside.v1.OutcomeService.ListOutcomes";
  const std::string exported = "bedside.v1.OutcomeService.ExportOutcomes";
  constexpr auto kBad = StatusCode::INVALID_ARGUMENT;
  constexpr auto kNone = StatusCode::NOT_FOUND;
  return {
      {"bedside.v1.HookService.CallHookService", "service: 'Smith'", kNone, {}, "see hooks in the configuration"},
      {"bedside.v1.HookService.SubmitCardFeedback", "service: 'Smith'", kNone, {}, "see hooks in the configuration"},
      {list,
       absl::StrCat("rule: '", Long(64), "' from { year: 2026 month: 2 day: 30 } to { year: 2026 } page_size: 1"),
       kBad,
       {"rule", "from", "to"},
       "from: wanted a whole date"},
      {list, "page_size: -1", kBad, {"page_size"}, "wanted 0 to 1000, got -1"},
      {list, "page_token: 'Smith'", kBad, {"page_token"}, "start at the first page"},
      {exported, "from { month: 1 day: 1 }", kBad, {"from"}, "wanted a whole date"},
  };
}

std::vector<BadCall> QualityCalls() {
  const std::string get = "bedside.v1.QualityService.GetQualityReport";
  return {
      {get, "name: 'Smith'", StatusCode::INVALID_ARGUMENT, {"name"}, "wanted qualityReports/{report}"},
      {get, "name: 'qualityReports/Smith'", StatusCode::NOT_FOUND, {}, "ListQualityReports says which"},
      {get, "name: 'qualityReports/answers'", StatusCode::NOT_FOUND, {}, "let an evaluation write it"},
  };
}

std::vector<BadCall> OperationCalls() {
  std::vector<BadCall> calls = {{"google.longrunning.Operations.ListOperations",
                                 "page_size: -1 filter: 'Smith' page_token: 'Smith'",
                                 StatusCode::INVALID_ARGUMENT,
                                 {"page_size", "filter"},
                                 "leave it empty"},
                                {"google.longrunning.Operations.ListOperations",
                                 "page_token: 'Smith'",
                                 StatusCode::INVALID_ARGUMENT,
                                 {"page_token"},
                                 "start at the first page"}};
  for (const std::string& verb : {"Get", "Delete", "Cancel", "Wait"}) {
    calls.push_back({absl::StrCat("google.longrunning.Operations.", verb, "Operation"),
                     "name: 'Smith'",
                     StatusCode::NOT_FOUND,
                     {},
                     "ListOperations has"});
  }
  return calls;
}

}  // namespace

std::vector<BadCall> AllBadCalls() {
  std::vector<BadCall> all;
  for (const auto& calls : {EvidenceCalls(), AnswerCalls(), FeedbackCalls(), CorpusCalls(), IndexCalls(), HookCalls(),
                            QualityCalls(), OperationCalls()}) {
    all.insert(all.end(), calls.begin(), calls.end());
  }
  return all;
}

}  // namespace bedside
