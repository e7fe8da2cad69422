#include "services/audit/audit_log.h"

#include <glog/logging.h>

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "index/status/status_macros.h"
#include "services/audit/audit_anchor.h"

namespace bedside {
namespace {

constexpr uint32_t kDefaultAnchorSeconds = 60;
constexpr uint64_t kDefaultFileMegabytes = 64;

AuditJournal::Settings JournalSettings(const config::AuditConfig& config) {
  const uint64_t megabytes = config.max_file_megabytes() == 0 ? kDefaultFileMegabytes : config.max_file_megabytes();
  return {config.folder(), megabytes << 20};
}

std::function<absl::Status(const std::string&)> SinkOf(const std::string& path) {
  if (!path.empty()) return [path](const std::string& line) { return AppendAnchor(path, line); };
  return [](const std::string& line) {
    LOG(INFO) << line;
    return absl::OkStatus();
  };
}

// That the log has all that was anchored of it.
absl::Status CheckAnchors(const std::string& path, const AuditKey& key, const AuditJournal& journal) {
  const absl::StatusOr<std::vector<AuditAnchor>> anchors = ReadAnchors(path, key);
  if (absl::IsNotFound(anchors.status())) return absl::OkStatus();
  RETURN_IF_ERROR(anchors.status());
  for (const AuditAnchor& anchor : *anchors) {
    if (anchor.log_id != journal.log_id()) continue;
    const bool differs = anchor.at.sequence == journal.end().sequence && anchor.at.link != journal.end().link;
    if (anchor.at.sequence <= journal.end().sequence && !differs) continue;
    return absl::DataLossError(absl::StrCat(
        "the audit log has lost records: an anchor in ", path, " is at record ", anchor.at.sequence,
        ", the log ends at ", journal.end().sequence,
        ". Keep the folder as it is, and name another one in audit.folder, and another audit.anchor_file"));
  }
  return absl::OkStatus();
}

// The log holds what was done, also where names are many and long.
void MakeFit(storage::AuditedCall* call) {
  if (call->ByteSizeLong() + 64 > kMaxAuditRecordBytes) call->clear_evidence();
  if (call->ByteSizeLong() + 64 > kMaxAuditRecordBytes) call->clear_resource();
}

}  // namespace

absl::StatusOr<std::unique_ptr<AuditLog>> AuditLog::Open(const config::AuditConfig& config, AuditWorld world) {
  const AuditJournal::Settings settings = JournalSettings(config);
  // Makes the folder, in which the key may be.
  const std::string key_file =
      config.key_file().empty() ? absl::StrCat(config.folder(), "/audit.key") : config.key_file();
  RETURN_IF_ERROR(MakeAuditFolder(config.folder()));
  ASSIGN_OR_RETURN(const AuditKey key, AuditKey::ReadOrMake(key_file));
  ASSIGN_OR_RETURN(std::unique_ptr<AuditJournal> journal, AuditJournal::Open(settings, key, world.disk));
  if (!config.anchor_file().empty()) RETURN_IF_ERROR(CheckAnchors(config.anchor_file(), key, *journal));
  if (world.anchor == nullptr) world.anchor = SinkOf(config.anchor_file());
  auto log = std::unique_ptr<AuditLog>(new AuditLog(config, key, std::move(journal), std::move(world)));
  RETURN_IF_ERROR(log->WriteStart());
  log->AnchorWhereDue(/*now=*/true);
  log->writer_ = std::thread([raw = log.get()] { raw->Run(); });
  return log;
}

AuditLog::AuditLog(const config::AuditConfig& config, const AuditKey& key, std::unique_ptr<AuditJournal> journal,
                   AuditWorld world)
    : anchor_interval_(absl::Seconds(config.anchor_seconds() == 0 ? kDefaultAnchorSeconds : config.anchor_seconds())),
      key_(key),
      journal_(std::move(journal)),
      world_(std::move(world)) {}

AuditLog::~AuditLog() {
  if (!writer_.joinable()) return;
  {
    absl::MutexLock lock(&mutex_);
    ending_ = true;
  }
  writer_.join();
  NoteResult(Write({EventRecord(storage::AUDIT_EVENT_KIND_ENDED)}), 0);
  AnchorWhereDue(/*now=*/true);
}

storage::AuditRecord AuditLog::EventRecord(storage::AuditEventKind kind) const {
  storage::AuditRecord record;
  record.set_time_micros(absl::ToUnixMicros(world_.now()));
  record.mutable_event()->set_kind(kind);
  return record;
}

absl::Status AuditLog::WriteStart() {
  std::vector<storage::AuditRecord> records = {EventRecord(storage::AUDIT_EVENT_KIND_STARTED)};
  records[0].mutable_event()->set_format_version(kAuditFormatVersion);
  if (journal_->cut().has_value()) {
    records.push_back(EventRecord(storage::AUDIT_EVENT_KIND_CUT));
    records.back().mutable_event()->set_cut_bytes(journal_->cut()->bytes);
    records.back().mutable_event()->set_cut_sha256(journal_->cut()->sha256);
  }
  return journal_->Write(&records);
}

void AuditLog::Append(storage::AuditedCall call, Done done) {
  Waiting waiting;
  waiting.record.set_time_micros(absl::ToUnixMicros(world_.now()));
  MakeFit(&call);
  *waiting.record.mutable_call() = std::move(call);
  waiting.done = std::move(done);
  {
    absl::MutexLock lock(&mutex_);
    if (waiting_.size() < kMostWaiting) {
      waiting_.push_back(std::move(waiting));
      return;
    }
    ++unrecorded_;
  }
  waiting.done(absl::UnavailableError("too many records wait for the audit log"));
}

absl::Status AuditLog::status() const {
  absl::MutexLock lock(&mutex_);
  return status_;
}

void AuditLog::CountUnrecorded() {
  absl::MutexLock lock(&mutex_);
  ++unrecorded_;
}

absl::Time AuditLog::NextLook() const {
  absl::Duration wait = status_.ok() ? anchor_interval_ : world_.retry;
  if (journal_->end().sequence != anchored_sequence_) {
    wait = std::min(wait, std::max(next_anchor_ - world_.now(), absl::ZeroDuration()));
  }
  return absl::Now() + wait;
}

void AuditLog::Run() {
  for (bool ending = false; !ending;) {
    std::vector<Waiting> group;
    bool failing = false;
    {
      absl::MutexLock lock(&mutex_);
      mutex_.AwaitWithDeadline(absl::Condition(this, &AuditLog::HasWork), NextLook());
      group.swap(waiting_);
      // What comes after this is taken as well: nobody appends to a log that is destroyed.
      ending = ending_;
      failing = !status_.ok();
    }
    if (!group.empty() || failing) WriteGroup(std::move(group));
    AnchorWhereDue(/*now=*/false);
  }
}

void AuditLog::WriteGroup(std::vector<Waiting> group) {
  std::vector<storage::AuditRecord> records;
  for (Waiting& waiting : group) records.push_back(std::move(waiting.record));
  const absl::Status written = Write(std::move(records));
  NoteResult(written, group.size());
  const absl::Status told = written.ok() ? written : absl::UnavailableError(written.message());
  for (const Waiting& waiting : group) waiting.done(told);
}

absl::Status AuditLog::Write(std::vector<storage::AuditRecord> records) {
  uint64_t unrecorded = 0;
  bool resumes = false;
  {
    absl::MutexLock lock(&mutex_);
    unrecorded = unrecorded_;
    resumes = !status_.ok() || unrecorded > 0;
  }
  if (resumes) {
    records.insert(records.begin(), EventRecord(storage::AUDIT_EVENT_KIND_RESUMED));
    records[0].mutable_event()->set_unrecorded_calls(unrecorded);
  }
  const absl::Status written = journal_->Write(&records);
  absl::MutexLock lock(&mutex_);
  if (written.ok()) unrecorded_ -= unrecorded;
  return written;
}

void AuditLog::NoteResult(const absl::Status& status, size_t calls) {
  absl::MutexLock lock(&mutex_);
  if (status_.ok() && !status.ok()) LOG(ERROR) << "The audit log cannot be written: " << status.message();
  if (!status_.ok() && status.ok()) LOG(WARNING) << "The audit log can be written again";
  if (!status.ok()) unrecorded_ += calls;
  status_ = status;
}

void AuditLog::AnchorWhereDue(bool now) {
  const bool due = now || world_.now() >= next_anchor_ || journal_->files_begun() != anchored_files_;
  if (!due || journal_->end().sequence == anchored_sequence_) return;
  const absl::Time time = world_.now();
  next_anchor_ = time + anchor_interval_;
  anchored_files_ = journal_->files_begun();
  const absl::Status left = world_.anchor(AnchorLine({journal_->log_id(), key_.id(), journal_->end(), time}, key_));
  if (left.ok()) {
    anchored_sequence_ = journal_->end().sequence;
  } else {
    LOG(ERROR) << "An anchor of the audit log did not leave the process: " << left.message();
  }
}

}  // namespace bedside
