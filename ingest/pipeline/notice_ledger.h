// Which of the status notices that the sources announce are news to the corpus. A subject has one notice of a feed in
// force, so of several the gravest is kept: a correction that is read after a retraction does not hide it. A
// reinstatement (a notice that says CURRENT) takes back what is known to be dated before it.
#ifndef BEDSIDE_INGEST_PIPELINE_NOTICE_LEDGER_H_
#define BEDSIDE_INGEST_PIPELINE_NOTICE_LEDGER_H_

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "absl/container/flat_hash_set.h"
#include "absl/types/optional.h"
#include "proto/bedside/storage/status.pb.h"

namespace bedside {

// Not thread-safe.
class NoticeLedger {
 public:
  // `in_force`: what ChangeLog::Notices says of the corpus.
  explicit NoticeLedger(const std::vector<storage::StatusNotice>& in_force);

  // Notes what a source announces; the origin becomes STATUS_ORIGIN_FEED. Where notices on one subject are equally
  // grave, the earlier date and then the smaller reason is kept, so that the order of the sources does not matter.
  void Announce(storage::StatusNotice notice);

  // Announced so far.
  int64_t announced() const { return count_; }

  // What changes the word of feeds on a subject: what is graver than before, or takes back what was said before.
  std::vector<storage::StatusNotice> News() const;

  // Whether DeleteDocument has taken the document out for good.
  bool IsDeleted(const std::string& document_id) const { return deleted_.contains(document_id); }

 private:
  struct Announced {
    // Those that are graver than CURRENT.
    std::vector<storage::StatusNotice> grave;
    // The latest, a dated one rather than one of unknown date; unset when there is none.
    absl::optional<storage::StatusNotice> reinstatement;
  };

  // What of it changes the word of feeds so far, of which `known` is the notice in force; unset when nothing does.
  static absl::optional<storage::StatusNotice> NewsOf(const Announced& announced, const storage::StatusNotice* known);

  // Both by subject.
  std::map<std::string, storage::StatusNotice> known_;
  std::map<std::string, Announced> announced_;
  absl::flat_hash_set<std::string> deleted_;
  int64_t count_ = 0;
};

}  // namespace bedside

#endif  // BEDSIDE_INGEST_PIPELINE_NOTICE_LEDGER_H_
