#include "services/audit/audit_reader.h"

#include <algorithm>

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "index/status/status_macros.h"
#include "services/audit/audit_files.h"

namespace bedside {
namespace {

using Visit = std::function<void(const storage::AuditRecord&)>;

absl::Status Wrong(const std::string& file, absl::string_view what) {
  return absl::DataLossError(absl::StrCat(file, ": ", what));
}

absl::Status WrongRecord(const std::string& file, uint64_t sequence, absl::string_view what) {
  return Wrong(file, absl::StrCat("record ", sequence, ": ", what));
}

// Anchors of one log, to be met in the order of its records.
class AnchorCheck {
 public:
  explicit AnchorCheck(std::vector<AuditAnchor> anchors) : anchors_(std::move(anchors)) {
    std::stable_sort(anchors_.begin(), anchors_.end(),
                     [](const AuditAnchor& a, const AuditAnchor& b) { return a.at.sequence < b.at.sequence; });
  }

  absl::Status CheckLog(const std::string& log_id) const {
    for (const AuditAnchor& anchor : anchors_) {
      if (anchor.log_id == log_id) continue;
      return absl::DataLossError(absl::StrCat("an anchor is of another log, ", absl::BytesToHexString(anchor.log_id),
                                              ": this one, ", absl::BytesToHexString(log_id),
                                              ", may have taken its place. Give each log a file of anchors"));
    }
    if (!anchors_.empty()) return absl::OkStatus();
    return absl::DataLossError("no anchor of this log is there, and every log has one from its start");
  }

  void SkipBefore(uint64_t sequence) {
    while (next_ < anchors_.size() && anchors_[next_].at.sequence < sequence) ++next_;
    skipped_ = next_;
  }

  bool Agrees(const AuditPosition& position) {
    for (; next_ < anchors_.size() && anchors_[next_].at.sequence == position.sequence; ++next_) {
      if (anchors_[next_].at.link != position.link) return false;
    }
    return true;
  }

  absl::Status CheckEnd(uint64_t last) const {
    if (next_ == anchors_.size()) return absl::OkStatus();
    return absl::DataLossError(absl::StrCat("the log ends at record ", last, ", but was at record ",
                                            anchors_.back().at.sequence, " when an anchor was made"));
  }

  size_t compared() const { return next_ - skipped_; }

 private:
  std::vector<AuditAnchor> anchors_;
  size_t next_ = 0;
  size_t skipped_ = 0;
};

class LogReader {
 public:
  LogReader(const std::string& folder, const AuditKey& key, const AuditReadOptions& options, const Visit& visit)
      : folder_(folder), key_(key), options_(options), visit_(visit) {
    if (options.anchors.has_value()) anchors_.emplace(*options.anchors);
  }

  absl::StatusOr<AuditSummary> Read() {
    ASSIGN_OR_RETURN(std::vector<uint64_t> files, ListAuditFiles(folder_));
    if (files.empty()) return absl::NotFoundError(absl::StrCat("no audit log in ", folder_));
    files.erase(files.begin(), std::lower_bound(files.begin(), files.end(), options_.first));
    if (files.empty() || files.front() != options_.first) {
      return absl::DataLossError(absl::StrCat("no file begins with record ", options_.first,
                                              files.empty() ? "" : absl::StrCat(", but one with ", files.front()),
                                              ". Were files archived? See --first"));
    }
    for (const uint64_t first : files) RETURN_IF_ERROR(ReadFile(AuditFileName(first), first));
    summary_.end = end_;
    summary_.files = files.size();
    if (anchors_.has_value()) {
      RETURN_IF_ERROR(anchors_->CheckEnd(end_.sequence));
      summary_.anchors = anchors_->compared();
    }
    return summary_;
  }

 private:
  absl::Status ReadFile(const std::string& name, uint64_t first) {
    ASSIGN_OR_RETURN(const MappedFile file, MappedFile::Open(absl::StrCat(folder_, "/", name)));
    const absl::StatusOr<AuditFileHeader> header = DecodeAuditHeader(file.bytes());
    if (!header.ok()) return Wrong(name, header.status().message());
    if (header->key_id != key_.id()) {
      return absl::FailedPreconditionError(absl::StrCat(name, ": it is of key ", absl::BytesToHexString(header->key_id),
                                                        ", got key ", absl::BytesToHexString(key_.id())));
    }
    if (header->before.sequence + 1 != first) return Wrong(name, "it has another file's name");
    RETURN_IF_ERROR(summary_.log_id.empty() ? Begin(name, *header) : Continue(name, *header));
    return ReadRecords(name, file.bytes().substr(kAuditHeaderBytes));
  }

  absl::Status Begin(const std::string& name, const AuditFileHeader& header) {
    const AuditPosition beginning = AuditBeginning();
    if (options_.first == 1 && header.before.link != beginning.link) return Wrong(name, "its header was edited");
    summary_.log_id = header.log_id;
    end_ = header.before;
    if (!anchors_.has_value()) return absl::OkStatus();
    RETURN_IF_ERROR(anchors_->CheckLog(header.log_id));
    anchors_->SkipBefore(options_.first);
    return absl::OkStatus();
  }

  absl::Status Continue(const std::string& name, const AuditFileHeader& header) const {
    if (header.log_id != summary_.log_id) return Wrong(name, "it is of another log");
    if (header.before.sequence != end_.sequence) {
      return Wrong(name, absl::StrCat("it begins behind record ", header.before.sequence,
                                      ", but the file before it ends with record ", end_.sequence));
    }
    if (header.before.link != end_.link) return Wrong(name, "it does not follow the file before it");
    return absl::OkStatus();
  }

  absl::Status ReadRecords(const std::string& name, absl::string_view bytes) {
    AuditChain chain(key_.ChainKey(summary_.log_id), end_);
    while (!bytes.empty()) {
      const uint64_t sequence = chain.end().sequence + 1;
      const AuditFrame frame = ReadAuditFrame(bytes);
      if (frame.state == AuditFrameState::kCutOff) {
        return WrongRecord(name, sequence, "it is cut off; where a server writes this log, try again");
      }
      if (frame.state == AuditFrameState::kDamaged) return WrongRecord(name, sequence, "its length was edited");
      const absl::StatusOr<storage::AuditRecord> record = chain.Follow(frame);
      if (!record.ok()) return WrongRecord(name, sequence, record.status().message());
      if (anchors_.has_value() && !anchors_->Agrees(chain.end())) {
        return WrongRecord(name, sequence, "the log was written anew: an anchor says that it was another record");
      }
      Note(*record);
      bytes.remove_prefix(frame.size());
    }
    end_ = chain.end();
    return absl::OkStatus();
  }

  void Note(const storage::AuditRecord& record) {
    ++summary_.records;
    summary_.closed = record.event().kind() == storage::AUDIT_EVENT_KIND_ENDED;
    if (visit_ != nullptr) visit_(record);
  }

  const std::string& folder_;
  const AuditKey& key_;
  const AuditReadOptions& options_;
  const Visit& visit_;
  absl::optional<AnchorCheck> anchors_;
  AuditPosition end_;
  AuditSummary summary_;
};

}  // namespace

absl::StatusOr<AuditSummary> ReadAuditLog(const std::string& folder, const AuditKey& key,
                                          const AuditReadOptions& options, const Visit& visit) {
  return LogReader(folder, key, options, visit).Read();
}

absl::StatusOr<std::string> AuditLogIdOf(const std::string& folder) {
  ASSIGN_OR_RETURN(const std::vector<uint64_t> files, ListAuditFiles(folder));
  if (files.empty()) return absl::NotFoundError(absl::StrCat("no audit log in ", folder));
  ASSIGN_OR_RETURN(const MappedFile file, MappedFile::Open(absl::StrCat(folder, "/", AuditFileName(files.back()))));
  ASSIGN_OR_RETURN(AuditFileHeader header, DecodeAuditHeader(file.bytes()));
  return std::move(header.log_id);
}

}  // namespace bedside
