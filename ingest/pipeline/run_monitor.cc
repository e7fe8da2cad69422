#include "ingest/pipeline/run_monitor.h"

#include <utility>

#include "absl/strings/str_cat.h"

namespace bedside {
namespace {

constexpr absl::Duration kInterval = absl::Milliseconds(250);

}  // namespace

RunMonitor::RunMonitor(const std::string& corpus, const IngestObserver& observer, std::function<absl::Time()> clock)
    : observer_(observer), clock_(std::move(clock)) {
  progress_.set_corpus(absl::StrCat("corpora/", corpus));
  const timespec start = absl::ToTimespec(clock_());
  progress_.mutable_start_time()->set_seconds(start.tv_sec);
  progress_.mutable_start_time()->set_nanos(static_cast<int32_t>(start.tv_nsec));
}

void RunMonitor::Enter(v1::JobStage stage) {
  progress_.set_stage(stage);
  Tell();
}

void RunMonitor::DocumentRead() {
  progress_.set_documents_read(progress_.documents_read() + 1);
  TellIfDue();
}

void RunMonitor::PassagesDone(int64_t done, int64_t total) {
  progress_.set_passages_done(done);
  progress_.set_passages_total(total);
  TellIfDue();
}

absl::Status RunMonitor::CheckCancelled() const {
  if (!observer_.is_cancelled || !observer_.is_cancelled()) return absl::OkStatus();
  return absl::CancelledError(
      "the run was stopped before it published anything; what was serving is untouched, and a next run goes on from "
      "the documents and embeddings that were made");
}

void RunMonitor::Tell() {
  last_told_ = clock_();
  if (observer_.on_progress) observer_.on_progress(progress_);
}

void RunMonitor::TellIfDue() {
  if (clock_() - last_told_ >= kInterval) Tell();
}

}  // namespace bedside
