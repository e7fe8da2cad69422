#include "services/record/answer_log.h"

#include <algorithm>
#include <iterator>
#include <utility>

#include "absl/strings/str_cat.h"
#include "glog/logging.h"
#include "services/record/record_content.h"

namespace bedside {
namespace {

constexpr absl::Duration kBetweenTrims = absl::Hours(1);
constexpr size_t kTrimmedAtOnce = 1000;
constexpr absl::Duration kBetweenAttempts = absl::Seconds(1);
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

absl::Status NotWrittenYet(const std::string& corpus, const std::string& id) {
  return absl::UnavailableError(
      absl::StrCat("answer ", id, " of corpus ", corpus, " is not recorded yet, and may be soon. Try again."));
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
  absl::MutexLock lock(&mutex_);
  const bool is_tried_again = failing_ && !unwritten_.empty();
  if (is_tried_again || waiting_.size() >= kMostWaiting) {
    ++not_recorded_;
    return false;
  }
  // After a failure that was given up, this one shows whether it lasts.
  failing_ = false;
  unwritten_.insert(record.id());
  waiting_.push_back(std::move(record));
  ++accepted_;
  return true;
}

absl::StatusOr<storage::AnswerRecord> AnswerLog::Find(const std::string& corpus, const std::string& id) {
  {
    absl::MutexLock lock(&mutex_);
    const auto is_written = [&]() ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_) { return unwritten_.count(id) == 0; };
    const auto is_decided = [&]() ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_) { return is_written() || failing_; };
    mutex_.AwaitWithTimeout(absl::Condition(&is_decided), kMostWaited);
    if (!is_written()) return NotWrittenYet(corpus, id);
  }
  return store_->Get(corpus, id);
}

void AnswerLog::Flush() {
  absl::MutexLock lock(&mutex_);
  const uint64_t target = accepted_;
  const auto is_done = [this, target]() ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_) { return done_ >= target; };
  ++flushing_;
  mutex_.Await(absl::Condition(&is_done));
  --flushing_;
}

uint64_t AnswerLog::not_recorded() const {
  absl::MutexLock lock(&mutex_);
  return not_recorded_;
}

void AnswerLog::Run() {
  std::vector<storage::AnswerRecord> unwritten;
  bool is_more_to_trim = Trim();
  for (;;) {
    const absl::Duration pause = is_more_to_trim ? absl::ZeroDuration() : kBetweenTrims;
    const bool is_end = Collect(unwritten.empty() ? pause : kBetweenAttempts, &unwritten);
    if (!unwritten.empty()) Write(&unwritten);
    if (is_end) return;
    is_more_to_trim = Trim();
  }
}

bool AnswerLog::Collect(absl::Duration most, std::vector<storage::AnswerRecord>* unwritten) {
  absl::MutexLock lock(&mutex_);
  mutex_.AwaitWithTimeout(absl::Condition(this, &AnswerLog::HasWork), most);
  std::move(waiting_.begin(), waiting_.end(), std::back_inserter(*unwritten));
  waiting_.clear();
  return ending_;
}

absl::Status AnswerLog::TryToWrite(std::vector<storage::AnswerRecord>* records, uint64_t* refused) {
  absl::Status written = store_->Put(*records);
  if (!absl::IsInvalidArgument(written)) {
    if (written.ok()) records->clear();
    return written;
  }
  std::vector<storage::AnswerRecord> left;
  written = absl::OkStatus();
  for (storage::AnswerRecord& record : *records) {
    const absl::Status alone = written.ok() ? store_->Put({record}) : written;
    if (absl::IsInvalidArgument(alone)) {
      LogFailure("An answer can never be recorded", alone);
      ++*refused;
    } else if (!alone.ok()) {
      written = alone;
      left.push_back(std::move(record));
    }
  }
  *records = std::move(left);
  return written;
}

void AnswerLog::Write(std::vector<storage::AnswerRecord>* records) {
  std::vector<std::string> ids;
  for (const storage::AnswerRecord& record : *records) ids.push_back(record.id());
  uint64_t given_up = 0;
  const absl::Status written = TryToWrite(records, &given_up);
  if (!written.ok()) LogFailure("Answers were not recorded", written);
  absl::MutexLock lock(&mutex_);
  failing_ = !written.ok();
  if (flushing_ > 0 || ending_) {
    given_up += records->size();
    records->clear();
  }
  not_recorded_ += given_up;
  done_ += ids.size() - records->size();
  for (const std::string& id : ids) unwritten_.erase(id);
  for (const storage::AnswerRecord& record : *records) unwritten_.insert(record.id());
}

bool AnswerLog::Trim() {
  const int64_t oldest_micros = absl::ToUnixMicros(clock_() - absl::Hours(24) * settings_.max_days);
  const absl::StatusOr<size_t> removed = store_->Trim(settings_.max_answers, oldest_micros, kTrimmedAtOnce);
  if (!removed.ok()) LogFailure("Old answers were not removed", removed.status());
  return removed.ok() && *removed >= kTrimmedAtOnce;
}

}  // namespace bedside
