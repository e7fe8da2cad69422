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
  record.last_line = line_;
  TakeLineEnd();
  return record;
}

bool CsvReader::ReadField(CsvRecord* record) {
  std::string field = absl::ConsumePrefix(&rest_, "\"") ? ReadQuoted(record) : ReadPlain();
  record->fields.push_back(std::move(field));
  return absl::ConsumePrefix(&rest_, ",");
}

std::string CsvReader::ReadQuoted(CsvRecord* record) {
  const absl::string_view begin = rest_;
  std::string field;
  size_t lines = 0;
  bool closed = false;
  for (size_t end = rest_.find('"'); !closed && end != rest_.npos; end = rest_.find('"')) {
    const absl::string_view part = rest_.substr(0, end);
    absl::StrAppend(&field, part);
    lines += std::count(part.begin(), part.end(), '\n');
    rest_.remove_prefix(end + 1);
    closed = !absl::ConsumePrefix(&rest_, "\"");
    if (!closed) field.push_back('"');
  }
  const std::string after = closed ? ReadPlain() : "";
  if (closed && (after.empty() || lines == 0)) {
    record->well_formed = record->well_formed && after.empty();
    line_ += lines;
    return absl::StrCat(field, after);
  }
  record->well_formed = false;
  rest_ = begin;
  return ReadLine();
}

std::string CsvReader::ReadLine() {
  const size_t end = std::min(rest_.find_first_of("\r\n"), rest_.size());
  const std::string line(rest_.substr(0, end));
  rest_.remove_prefix(end);
  return line;
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
