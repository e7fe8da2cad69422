#include "ingest/pipeline/notice_ledger.h"

#include <tuple>
#include <utility>

#include "index/store/notice_subject.h"

namespace bedside {
namespace {

auto OrderOf(const v1::Date& date) { return std::make_tuple(date.year(), date.month(), date.day()); }

auto RankOf(const storage::StatusNotice& notice) {
  // The order of the enum is the order of gravity. A known date goes before an unknown one.
  return std::make_tuple(-static_cast<int>(notice.status()), !notice.has_date(), OrderOf(notice.date()),
                         notice.reason());
}

// False when either date is unknown.
bool IsLater(const storage::StatusNotice& a, const storage::StatusNotice& b) {
  return a.has_date() && b.has_date() && OrderOf(a.date()) > OrderOf(b.date());
}

}  // namespace

NoticeLedger::NoticeLedger(const std::vector<storage::StatusNotice>& in_force) {
  for (const storage::StatusNotice& notice : in_force) {
    if (notice.origin() == storage::STATUS_ORIGIN_FEED) known_[SubjectOf(notice)] = notice;
    if (notice.origin() == storage::STATUS_ORIGIN_DELETION) deleted_.insert(notice.document_id());
  }
}

void NoticeLedger::Announce(storage::StatusNotice notice) {
  if (notice.status() == v1::DOCUMENT_STATUS_UNSPECIFIED) return;
  ++count_;
  notice.set_origin(storage::STATUS_ORIGIN_FEED);
  Announced& announced = announced_[SubjectOf(notice)];
  if (notice.status() > v1::DOCUMENT_STATUS_CURRENT) {
    announced.grave.push_back(std::move(notice));
  } else if (!announced.reinstatement.has_value() || !announced.reinstatement->has_date() ||
             IsLater(notice, *announced.reinstatement)) {
    announced.reinstatement = std::move(notice);
  }
}

std::vector<storage::StatusNotice> NoticeLedger::News() const {
  std::vector<storage::StatusNotice> news;
  for (const auto& [subject, announced] : announced_) {
    const auto known = known_.find(subject);
    auto changed = NewsOf(announced, known == known_.end() ? nullptr : &known->second);
    if (changed.has_value()) news.push_back(*std::move(changed));
  }
  return news;
}

absl::optional<storage::StatusNotice> NoticeLedger::NewsOf(const Announced& announced,
                                                           const storage::StatusNotice* known) {
  const auto stands = [&](const storage::StatusNotice& notice) {
    return !announced.reinstatement.has_value() || !IsLater(*announced.reinstatement, notice);
  };
  const storage::StatusNotice* gravest = nullptr;
  for (const storage::StatusNotice& notice : announced.grave) {
    if (stands(notice) && (gravest == nullptr || RankOf(notice) < RankOf(*gravest))) gravest = &notice;
  }
  const bool known_stands = known != nullptr && stands(*known);
  if (gravest == nullptr) {
    return known == nullptr || known_stands ? absl::nullopt : announced.reinstatement;
  }
  if (known_stands && gravest->status() <= known->status()) return absl::nullopt;
  return *gravest;
}

}  // namespace bedside
