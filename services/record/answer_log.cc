#include "services/record/answer_log.h"

#include <algorithm>
#include <utility>

#include "glog/logging.h"
#include "services/record/record_content.h"

namespace bedside {
namespace {

constexpr absl::Duration kBetweenTrims = absl::Hours(1);
constexpr size_t kTrimmedAtOnce = 1000;
// A store that cannot be written is so for every answer.
constexpr double kSecondsBetweenWarnings = 60;

void LogFailure(absl::string_view what, const absl::Status& status) {
  LOG_EVERY_T(ERROR, kSecondsBetweenWarnings) << what << ": " << status;
}

storage::HeldLabels MessageOf(const AccessLabels& labels) {
  storage::HeldLabels message;
  for (const std::string& label : labels.held) message.add_labels(label);
  std::sort(message.mutable_labels()->begin(), message.mutable_labels()->end());
  return message;
}

void WarnThatItIsNotRecorded(v1::Answer* answer) {
  v1::AnswerWarning& warning = *answer->mutable_basis()->add_warnings();
  warning.set_kind(v1::WARNING_KIND_NOT_RECORDED);
  warning.set_message("This answer could not be recorded, so it cannot be looked up again. Keep what you need of it.");
}

}  // namespace

AnswerLog::AnswerLog(AnswerRecords* store, const config::RecordConfig& config, Clock clock)
    : store_(store), settings_(config), clock_(std::move(clock)), writer_([this] { Run(); }) {}

AnswerLog::~AnswerLog() {
  {
    absl::MutexLock lock(&mutex_);
    ending_ = true;
  }
  writer_.join();
}

void AnswerLog::Record(const std::string& corpus, v1::Answer* answer, const AccessLabels& labels) {
  if (!settings_.enabled) return;
  const int64_t time_micros = absl::ToUnixMicros(clock_());
  storage::AnswerRecord record = RecordOf(corpus, AnswerRecords::NewId(time_micros), time_micros, *answer);
  if (!labels.all) *record.mutable_labels() = MessageOf(labels);
  const std::string name = record.answer().name();
  const google::protobuf::Timestamp time = record.answer().create_time();
  if (!Accept(std::move(record))) return WarnThatItIsNotRecorded(answer);
  answer->set_name(name);
  *answer->mutable_create_time() = time;
}

bool AnswerLog::Accept(storage::AnswerRecord record) {
  {
    absl::MutexLock lock(&mutex_);
    if (!failing_) {
      if (waiting_.size() >= kMostWaiting) {
        ++not_recorded_;
        return false;
      }
      waiting_.push_back(std::move(record));
      ++accepted_;
      return true;
    }
  }
  const bool written = store_->Put({record}).ok();
  absl::MutexLock lock(&mutex_);
  failing_ = !written;
  if (!written) ++not_recorded_;
  return written;
}

absl::StatusOr<storage::AnswerRecord> AnswerLog::Find(const std::string& corpus, const std::string& id) {
  Flush();
  return store_->Get(corpus, id);
}

void AnswerLog::Flush() {
  absl::MutexLock lock(&mutex_);
  const uint64_t target = accepted_;
  const auto is_done = [this, target]() ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_) { return done_ >= target; };
  mutex_.Await(absl::Condition(&is_done));
}

uint64_t AnswerLog::not_recorded() const {
  absl::MutexLock lock(&mutex_);
  return not_recorded_;
}

void AnswerLog::Run() {
  for (;;) {
    Trim();
    std::vector<storage::AnswerRecord> records;
    {
      absl::MutexLock lock(&mutex_);
      mutex_.AwaitWithTimeout(absl::Condition(this, &AnswerLog::HasWork), kBetweenTrims);
      if (waiting_.empty() && ending_) return;
      records.swap(waiting_);
    }
    if (!records.empty()) Write(records);
  }
}

void AnswerLog::Write(const std::vector<storage::AnswerRecord>& records) {
  const absl::Status written = store_->Put(records);
  if (!written.ok()) LogFailure("Answers were not recorded", written);
  absl::MutexLock lock(&mutex_);
  failing_ = !written.ok();
  if (failing_) not_recorded_ += records.size();
  done_ += records.size();
}

void AnswerLog::Trim() {
  const int64_t oldest_micros = absl::ToUnixMicros(clock_() - absl::Hours(24) * settings_.max_days);
  for (;;) {
    const absl::StatusOr<size_t> removed = store_->Trim(settings_.max_answers, oldest_micros, kTrimmedAtOnce);
    if (!removed.ok()) LogFailure("Old answers were not removed", removed.status());
    if (!removed.ok() || *removed < kTrimmedAtOnce) return;
  }
}

}  // namespace bedside
