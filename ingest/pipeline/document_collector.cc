#include "ingest/pipeline/document_collector.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/types/optional.h"
#include "index/status/status_macros.h"
#include "ingest/pipeline/document_check.h"
#include "proto/bedside/config/source_trust.h"

namespace bedside {
namespace {

// Why `loser` is not published.
std::string Defeat(const DocumentHead& loser, const DocumentHead& winner) {
  if (loser.version_read == winner.version_read) {
    return absl::StrCat("is also in ", winner.source, ", with the same content");
  }
  if (loser.last_revision.has_value() && winner.last_revision.has_value()) {
    return absl::StrCat("is in ", winner.source, " too, in a later revision, which was used; this one was not");
  }
  const absl::string_view rule =
      winner.last_revision.has_value()
          ? "the record that is revised was used"
          : "the later date, then the greater version, then the smaller source name was used";
  const bool gives_status = StatusToTake(winner, loser) != v1::DOCUMENT_STATUS_UNSPECIFIED;
  return absl::StrCat("is in ", winner.source, " too, with other content: ", rule, "; this one was not",
                      gives_status ? ", but its status is kept, which is graver" : "");
}

}  // namespace

bool DocumentCollector::OnDocument(storage::Document document) {
  if (!status_.ok()) return false;
  parts_.monitor->DocumentRead();
  document.set_source_set(std::string(StoredSourceSet(origin_.source_set)));
  if (const absl::optional<std::string> defect = FindDefect(document, max_document_bytes_)) {
    OnProblem(
        DocumentProblem(document.source(), document.id(), absl::StrCat(*defect, "; left out"), /*warning=*/false));
  } else {
    status_ = Store(document);
  }
  return CheckGoOn();
}

bool DocumentCollector::CheckGoOn() {
  status_.Update(parts_.monitor->CheckCancelled());
  return status_.ok();
}

void DocumentCollector::OnStatus(storage::StatusNotice notice) {
  if (origin_.is_trusted) return parts_.notices->Announce(std::move(notice));
  v1::JobProblem problem;
  problem.set_source(notice.reason());
  problem.set_reason(absl::StrCat("announces the status of a document; left out, since the source set ",
                                  origin_.source_set, " is not one of trusted_source_sets"));
  problem.set_warning(true);
  OnProblem(std::move(problem));
}

void DocumentCollector::OnProblem(v1::JobProblem problem) { parts_.problems->Add(std::move(problem)); }

absl::Status DocumentCollector::Store(const storage::Document& document) {
  if (parts_.notices->IsDeleted(document.id())) {
    OnProblem(DocumentProblem(document.source(), document.id(), "was deleted from the corpus for good; left out",
                              /*warning=*/true));
    return absl::OkStatus();
  }
  ASSIGN_OR_RETURN(std::string version, parts_.documents->Put(origin_.corpus, document));
  return Resolve(document.id(), HeadOf(document, std::move(version), documents_++));
}

absl::Status DocumentCollector::Resolve(const std::string& id, DocumentHead head) {
  const auto [held, is_first] = heads_.emplace(id, head);
  if (is_first) return absl::OkStatus();
  if (Prevails(head, held->second)) std::swap(head, held->second);
  const bool is_same = head.version_read == held->second.version_read;
  const bool is_revision = head.last_revision.has_value() && held->second.last_revision.has_value();
  OnProblem(DocumentProblem(head.source, id, Defeat(head, held->second), /*warning=*/is_same || is_revision));
  return TakeStatus(id, head, &held->second);
}

absl::Status DocumentCollector::TakeStatus(const std::string& id, const DocumentHead& loser, DocumentHead* winner) {
  const v1::DocumentStatus status = StatusToTake(*winner, loser);
  if (status == v1::DOCUMENT_STATUS_UNSPECIFIED) return absl::OkStatus();
  ASSIGN_OR_RETURN(storage::Document document, parts_.documents->Get(origin_.corpus, id, winner->version));
  document.set_stated_status(status);
  winner->stated_status = status;
  ASSIGN_OR_RETURN(winner->version, parts_.documents->Put(origin_.corpus, document));
  return absl::OkStatus();
}

}  // namespace bedside
