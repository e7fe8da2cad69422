#include "ingest/connectors/csv_reader.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"

namespace bedside {
namespace {

constexpr absl::string_view kByteOrderMark = "\xef\xbb\xbf";

}  // namespace

CsvReader::CsvReader(absl::string_view text) : rest_(absl::StripPrefix(text, kByteOrderMark)) {}

absl::optional<CsvRecord> CsvReader::Next() {
  while (TakeLineEnd()) {
  }
  if (rest_.empty()) return absl::nullopt;
  CsvRecord record;
  record.line = line_;
  while (ReadField(&record)) {
  }
  return record;
}

bool CsvReader::ReadField(CsvRecord* record) {
  std::string field = absl::ConsumePrefix(&rest_, "\"") ? ReadQuoted(record) : ReadPlain();
  record->fields.push_back(std::move(field));
  if (absl::ConsumePrefix(&rest_, ",")) return true;
  TakeLineEnd();
  return false;
}

std::string CsvReader::ReadQuoted(CsvRecord* record) {
  std::string field;
  while (true) {
    const size_t end = rest_.find('"');
    const absl::string_view part = rest_.substr(0, end);
    absl::StrAppend(&field, part);
    line_ += std::count(part.begin(), part.end(), '\n');
    if (end == rest_.npos) {
      record->well_formed = false;
      rest_ = "";
      return field;
    }
    rest_.remove_prefix(end + 1);
    if (!absl::ConsumePrefix(&rest_, "\"")) break;
    field.push_back('"');
  }
  const std::string after = ReadPlain();
  if (!after.empty()) record->well_formed = false;
  return absl::StrCat(field, after);
}

std::string CsvReader::ReadPlain() {
  const size_t end = std::min(rest_.find_first_of(",\r\n"), rest_.size());
  const std::string field(rest_.substr(0, end));
  rest_.remove_prefix(end);
  return field;
}

bool CsvReader::TakeLineEnd() {
  const bool taken =
      absl::ConsumePrefix(&rest_, "\r\n") || absl::ConsumePrefix(&rest_, "\n") || absl::ConsumePrefix(&rest_, "\r");
  if (taken) ++line_;
  return taken;
}

}  // namespace bedside
