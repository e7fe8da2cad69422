#include "ingest/upload_progress.h"

#include <cstdint>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "proto/bedside/v1/corpus_service.pb.h"

namespace bedside {

SegmentUploader::Progress UploadProgress(const std::string& corpus, const IngestObserver& observer) {
  return [corpus, observer](size_t passages, size_t total) {
    v1::JobProgress progress;
    progress.set_corpus(absl::StrCat("corpora/", corpus));
    progress.set_stage(v1::JOB_STAGE_PUBLISHING);
    progress.set_passages_done(static_cast<int64_t>(passages));
    progress.set_passages_total(static_cast<int64_t>(total));
    observer.on_progress(progress);
    return observer.is_cancelled() ? absl::CancelledError("the upload was stopped; the next run goes on with it")
                                   : absl::OkStatus();
  };
}

}  // namespace bedside
