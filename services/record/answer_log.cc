#include "services/record/answer_log.h"

#include <algorithm>
#include <iterator>
#include <utility>

#include "absl/algorithm/container.h"
#include "absl/strings/str_cat.h"
#include "glog/logging.h"
#include "services/record/record_content.h"

namespace bedside {
namespace {

constexpr absl::Duration kBetweenTrims = absl::Hours(1);
constexpr size_t kTrimmedAtOnce = 1000;
constexpr absl::Duration kBetweenAttempts = absl::Seconds(1);
constexpr int kMostTimesAllRefused = 60;
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

AnswerLog::Id AnswerLog::IdOf(const storage::AnswerRecord& record) { return {record.corpus(), record.id()}; }

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
  unwritten_.insert(IdOf(record));
  waiting_.push_back(std::move(record));
  ++accepted_;
  return true;
}

absl::StatusOr<storage::AnswerRecord> AnswerLog::Find(const std::string& corpus, const std::string& id) {
  {
    absl::MutexLock lock(&mutex_);
    const auto is_written = [&]()
                                ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_) { return !unwritten_.contains(Id(corpus, id)); };
    const auto is_decided = [&]() ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_) { return is_written() || failing_; };
    mutex_.AwaitWithTimeout(absl::Condition(&is_decided), kMostWaited);
    if (!is_written()) return NotWrittenYet(corpus, id);
  }
  return store_->Get(corpus, id);
}

void AnswerLog::Flush() {
  absl::MutexLock lock(&mutex_);
  const uint64_t target = accepted_;
  const auto is_done = [this, target]()
                           ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_) { return accepted_ - unwritten_.size() >= target; };
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

AnswerLog::Attempt AnswerLog::TryToWrite(absl::Span<const storage::AnswerRecord> records) {
  const absl::Status written = store_->Put(records);
  if (written.ok()) return {written, records.size(), {}};
  if (!absl::IsInvalidArgument(written)) return {written, 0, {}};
  if (records.size() == 1) return {absl::OkStatus(), 1, {{IdOf(records[0]), written}}};
  const size_t half = records.size() / 2;
  Attempt attempt = TryToWrite(records.first(half));
  if (!attempt.status.ok()) return attempt;
  Attempt second = TryToWrite(records.subspan(half));
  attempt.status = second.status;
  attempt.written += second.written;
  absl::c_move(second.refused, std::back_inserter(attempt.refused));
  return attempt;
}

AnswerLog::Attempt AnswerLog::Attempted(absl::Span<const storage::AnswerRecord> records) {
  Attempt attempt = TryToWrite(records);
  // All of several: it is likely the store that refuses them.
  const bool all_refused = records.size() > 1 && attempt.refused.size() == records.size();
  times_all_refused_ = all_refused ? times_all_refused_ + 1 : 0;
  if (all_refused && times_all_refused_ < kMostTimesAllRefused) return {attempt.refused[0].second, 0, {}};
  for (const auto& [id, why] : attempt.refused) {
    LOG(ERROR) << "Answer " << id.second << " of corpus " << id.first << " cannot be recorded: " << why;
  }
  return attempt;
}

void AnswerLog::Write(std::vector<storage::AnswerRecord>* records) {
  const Attempt attempt = Attempted(*records);
  if (!attempt.status.ok()) LogFailure("Answers were not recorded", attempt.status);
  absl::MutexLock lock(&mutex_);
  failing_ = !attempt.status.ok();
  const bool gives_up = flushing_ > 0 || ending_;
  const size_t done = gives_up ? records->size() : attempt.written;
  for (size_t i = 0; i < done; ++i) unwritten_.erase(IdOf((*records)[i]));
  not_recorded_ += attempt.refused.size() + (done - attempt.written);
  records->erase(records->begin(), records->begin() + static_cast<ptrdiff_t>(done));
}

bool AnswerLog::Trim() {
  const int64_t oldest_micros = absl::ToUnixMicros(clock_() - absl::Hours(24) * settings_.max_days);
  const absl::StatusOr<size_t> removed = store_->Trim(settings_.max_answers, oldest_micros, kTrimmedAtOnce);
  if (!removed.ok()) LogFailure("Old answers were not removed", removed.status());
  return removed.ok() && *removed >= kTrimmedAtOnce;
}

}  // namespace bedside
