#include "ingest/pipeline/document_head.h"

#include <cstdint>
#include <tuple>
#include <utility>

#include "absl/strings/numbers.h"

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

}  // namespace

DocumentHead HeadOf(const storage::Document& document, std::string version) {
  return {std::move(version), document.publication_date(), document.source_version(), document.source()};
}

bool Prevails(const DocumentHead& a, const DocumentHead& b) {
  const auto date_a = OrderOf(a.publication_date), date_b = OrderOf(b.publication_date);
  if (date_a != date_b) return date_a > date_b;
  const int order = CompareVersions(a.source_version, b.source_version);
  if (order != 0) return order > 0;
  return a.source < b.source;
}

}  // namespace bedside
