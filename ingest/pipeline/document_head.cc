#include "ingest/pipeline/document_head.h"

#include <algorithm>
#include <tuple>
#include <utility>

#include "absl/strings/numbers.h"
#include "absl/strings/string_view.h"

namespace bedside {
namespace {

auto OrderOf(const v1::Date& date) { return std::make_tuple(date.year(), date.month(), date.day()); }

int CompareVersions(const std::string& a, const std::string& b) {
  uint64_t number_a, number_b;
  if (absl::SimpleAtoi(a, &number_a) && absl::SimpleAtoi(b, &number_b) && number_a != number_b) {
    return number_a < number_b ? -1 : 1;
  }
  return a.compare(b);
}

absl::string_view FileName(absl::string_view source) {
  const size_t separator = source.find_last_of("/!");
  return separator == source.npos ? source : source.substr(separator + 1);
}

bool PrevailsAsRevision(const DocumentHead& a, const DocumentHead& b) {
  const int order = CompareVersions(a.source_version, b.source_version);
  if (order != 0) return order > 0;
  const auto key = [](const DocumentHead& head) {
    return std::make_tuple(OrderOf(*head.last_revision), OrderOf(head.publication_date), FileName(head.source),
                           absl::string_view(head.source), head.place);
  };
  return key(a) > key(b);
}

}  // namespace

DocumentHead HeadOf(const storage::Document& document, std::string version, int64_t place) {
  DocumentHead head;
  head.version = version;
  head.version_read = std::move(version);
  head.publication_date = document.publication_date();
  head.source_version = document.source_version();
  head.source = document.source();
  head.stated_status = document.stated_status();
  if (document.has_last_revision()) head.last_revision = document.last_revision();
  head.place = place;
  return head;
}

bool Prevails(const DocumentHead& a, const DocumentHead& b) {
  if (a.last_revision.has_value() != b.last_revision.has_value()) return a.last_revision.has_value();
  if (a.last_revision.has_value()) return PrevailsAsRevision(a, b);
  const auto date_a = OrderOf(a.publication_date), date_b = OrderOf(b.publication_date);
  if (date_a != date_b) return date_a > date_b;
  const int order = CompareVersions(a.source_version, b.source_version);
  if (order != 0) return order > 0;
  return a.source < b.source;
}

bool IsLaterRevision(const DocumentHead& a, const DocumentHead& b) {
  if (!a.last_revision.has_value() || !b.last_revision.has_value()) return false;
  const int order = CompareVersions(a.source_version, b.source_version);
  return order == 0 ? OrderOf(*a.last_revision) > OrderOf(*b.last_revision) : order > 0;
}

v1::DocumentStatus StatusToTake(const DocumentHead& winner, const DocumentHead& loser) {
  const v1::DocumentStatus status = loser.stated_status;
  if (status <= std::max(winner.stated_status, v1::DOCUMENT_STATUS_CURRENT)) return v1::DOCUMENT_STATUS_UNSPECIFIED;
  const bool is_later_edition = OrderOf(winner.publication_date) > OrderOf(loser.publication_date);
  return status == v1::DOCUMENT_STATUS_SUPERSEDED && is_later_edition ? v1::DOCUMENT_STATUS_UNSPECIFIED : status;
}

}  // namespace bedside
