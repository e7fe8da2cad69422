#include "ingest/pipeline/document_collector.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/types/optional.h"
#include "index/status/status_macros.h"
#include "ingest/pipeline/document_check.h"

namespace bedside {
namespace {

v1::JobProblem ProblemOf(absl::string_view source, absl::string_view document_id, std::string reason, bool warning) {
  v1::JobProblem problem;
  problem.set_source(source.data(), source.size());
  problem.set_location(absl::StrCat("document ", document_id));
  problem.set_reason(std::move(reason));
  problem.set_warning(warning);
  return problem;
}

}  // namespace

bool DocumentCollector::OnDocument(storage::Document document) {
  if (!status_.ok()) return false;
  parts_.monitor->DocumentRead();
  if (const absl::optional<std::string> defect = FindDefect(document, max_document_bytes_)) {
    OnProblem(ProblemOf(document.source(), document.id(), absl::StrCat(*defect, "; left out"), /*warning=*/false));
  } else {
    status_ = Store(document);
  }
  return CheckGoOn();
}

bool DocumentCollector::CheckGoOn() {
  status_.Update(parts_.monitor->CheckCancelled());
  return status_.ok();
}

void DocumentCollector::OnStatus(storage::StatusNotice notice) { parts_.notices->Announce(std::move(notice)); }

void DocumentCollector::OnProblem(v1::JobProblem problem) { parts_.problems->Add(std::move(problem)); }

absl::Status DocumentCollector::Store(const storage::Document& document) {
  if (parts_.notices->IsDeleted(document.id())) {
    OnProblem(ProblemOf(document.source(), document.id(), "was deleted from the corpus for good; left out",
                        /*warning=*/true));
    return absl::OkStatus();
  }
  ASSIGN_OR_RETURN(std::string version, parts_.documents->Put(corpus_, document));
  Resolve(document.id(), HeadOf(document, std::move(version)));
  return absl::OkStatus();
}

void DocumentCollector::Resolve(const std::string& id, DocumentHead head) {
  const auto [held, is_first] = heads_.emplace(id, head);
  if (is_first) return;
  const bool is_same = head.version == held->second.version;
  if (Prevails(head, held->second)) std::swap(head, held->second);
  const std::string& used = held->second.source;
  OnProblem(ProblemOf(head.source, id,
                      is_same
                          ? absl::StrCat("is also in ", used, ", with the same content")
                          : absl::StrCat("is in ", used,
                                         " too, with other content: the later date, then the "
                                         "greater version, then the smaller source name was used; this one was not"),
                      /*warning=*/is_same));
}

}  // namespace bedside
