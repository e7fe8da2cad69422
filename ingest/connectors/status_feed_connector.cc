#include "ingest/connectors/status_feed_connector.h"

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "absl/strings/str_split.h"
#include "index/text/utf8.h"
#include "ingest/connectors/csv_reader.h"
#include "ingest/connectors/document_id.h"
#include "ingest/connectors/document_status_name.h"
#include "ingest/connectors/external_id.h"
#include "ingest/connectors/job_problem.h"
#include "ingest/connectors/publication_date.h"

namespace bedside {
namespace {

constexpr size_t kMaxHeaderBytes = 16 * 1024;
constexpr size_t kMaxReasonBytes = 500;

// The records of a file by the names of their columns.
class Table {
 public:
  explicit Table(std::vector<std::string> columns) : columns_(std::move(columns)) {}

  bool Has(absl::string_view column) const { return Index(column) < columns_.size(); }
  size_t size() const { return columns_.size(); }

  // Canonical; "" when there is no such column or field.
  std::string Get(const CsvRecord& record, absl::string_view column) const {
    const size_t index = Index(column);
    if (index >= record.fields.size()) return "";
    return CanonicalText(absl::StripAsciiWhitespace(record.fields[index]));
  }

 private:
  size_t Index(absl::string_view column) const {
    return static_cast<size_t>(std::find(columns_.begin(), columns_.end(), column) - columns_.begin());
  }

  std::vector<std::string> columns_;
};

bool IsRetractionWatch(const Table& table) {
  return table.Has("RetractionNature") && table.Has("OriginalPaperDOI") && table.Has("OriginalPaperPubMedID");
}

bool IsStatusList(const Table& table) { return table.Has("scheme") && table.Has("value") && table.Has("status"); }

// The text within the limit, not cut inside a character.
std::string Shortened(absl::string_view text) {
  if (text.size() <= kMaxReasonBytes) return std::string(text);
  size_t end = kMaxReasonBytes;
  while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0) == 0x80) --end;
  return std::string(text.substr(0, end));
}

v1::DocumentStatus RetractionNature(const std::string& nature) {
  if (absl::EqualsIgnoreCase(nature, "Retraction")) return v1::DOCUMENT_STATUS_RETRACTED;
  if (absl::EqualsIgnoreCase(nature, "Correction")) return v1::DOCUMENT_STATUS_CORRECTED;
  if (absl::EqualsIgnoreCase(nature, "Reinstatement")) return v1::DOCUMENT_STATUS_CURRENT;
  return ParseDocumentStatus(nature);
}

// Retraction Watch writes dates "8/5/2014 0:00": month, day, year.
v1::Date AmericanDate(const std::string& text) {
  const std::vector<std::string> parts = absl::StrSplit(text.substr(0, text.find(' ')), '/');
  return parts.size() == 3 ? PublicationDate(parts[2], parts[0], parts[1]) : ParsePublicationDate(text);
}

// "+Concerns about Data;+Notice - Limited;" as "Concerns about Data; Notice - Limited".
std::string Reasons(const std::string& text) {
  std::string reasons = absl::StrReplaceAll(text, {{";+", "; "}});
  while (!reasons.empty() && (reasons.back() == ';' || reasons.back() == ' ')) reasons.pop_back();
  return reasons.substr(std::min(reasons.find_first_not_of('+'), reasons.size()));
}

// The notices of one row; none, with `defect`, when it cannot be read.
std::vector<storage::StatusNotice> ReadRetractionWatchRow(const Table& table, const CsvRecord& record,
                                                          std::string* defect) {
  const std::string nature = table.Get(record, "RetractionNature");
  storage::StatusNotice notice;
  notice.set_status(RetractionNature(nature));
  const v1::Date date = AmericanDate(table.Get(record, "RetractionDate"));
  if (date.year() > 0) *notice.mutable_date() = date;
  notice.set_reason(absl::StrCat(nature, ": ", Reasons(table.Get(record, "Reason"))));

  std::vector<storage::StatusNotice> notices;
  for (const auto& [scheme, column] :
       {std::make_pair("doi", "OriginalPaperDOI"), std::make_pair("pmid", "OriginalPaperPubMedID")}) {
    const absl::optional<v1::ExternalId> id = MakeExternalId(scheme, table.Get(record, column));
    if (!id.has_value()) continue;
    *notice.mutable_external_id() = *id;
    notices.push_back(notice);
  }
  if (notices.empty()) *defect = "has neither a DOI nor a PubMed id of the paper; left out";
  if (notice.status() == v1::DOCUMENT_STATUS_UNSPECIFIED) {
    *defect = absl::StrCat("RetractionNature: '", nature, "' is not known; left out");
  }
  return notices;
}

std::vector<storage::StatusNotice> ReadStatusListRow(const Table& table, const CsvRecord& record, std::string* defect) {
  const std::string named = table.Get(record, "scheme");
  const bool is_document_id = absl::EqualsIgnoreCase(named, "id");
  const absl::string_view scheme = SchemeOf(named);
  const std::string value = table.Get(record, "value");
  const std::string status = table.Get(record, "status");
  const std::string date = table.Get(record, "date");
  const absl::optional<v1::ExternalId> id = MakeExternalId(is_document_id ? "id" : scheme, value);
  storage::StatusNotice notice;
  notice.set_status(ParseDocumentStatus(status));
  notice.set_reason(table.Get(record, "reason"));
  if (!date.empty()) *notice.mutable_date() = ParsePublicationDate(date);

  if (notice.status() == v1::DOCUMENT_STATUS_UNSPECIFIED) {
    *defect = absl::StrCat("status: wanted ", kDocumentStatusNames, ", got '", status, "'; left out");
  } else if (!date.empty() && notice.date().year() == 0) {
    *defect = absl::StrCat("date: wanted a date such as 2024-05-31 or none, got '", date, "'; left out");
  } else if (scheme.empty() && !is_document_id) {
    *defect = absl::StrCat("scheme: wanted pmid, pmcid, doi, url or id, got '", named, "'; left out");
  } else if (!id.has_value()) {
    *defect = absl::StrCat("'", value, "' is no identifier of the scheme '", named, "'; left out");
  } else if (is_document_id) {
    notice.set_document_id(DocumentId(value));
  } else {
    *notice.mutable_external_id() = *id;
  }
  return {notice};
}

}  // namespace

bool StatusFeedConnector::Recognises(const SourceFile& file) const {
  if (file.extension != "csv") return false;
  CsvReader reader(absl::string_view(file.bytes).substr(0, kMaxHeaderBytes));
  absl::optional<CsvRecord> header = reader.Next();
  if (!header.has_value()) return false;
  const Table table(std::move(header->fields));
  return IsRetractionWatch(table) || IsStatusList(table);
}

void StatusFeedConnector::Read(const SourceFile& file, DocumentSink& sink) const {
  CsvReader reader(file.bytes);
  absl::optional<CsvRecord> record = reader.Next();
  const Table table(record.has_value() ? std::move(record->fields) : std::vector<std::string>());
  const auto read_row = IsRetractionWatch(table) ? ReadRetractionWatchRow : ReadStatusListRow;
  while ((record = reader.Next()).has_value()) {
    std::string defect;
    std::vector<storage::StatusNotice> notices;
    if (!record->well_formed) {
      defect = "quotation marks do not pair up; left out";
    } else if (record->fields.size() != table.size()) {
      defect = absl::StrCat("wanted ", table.size(), " fields, got ", record->fields.size(), "; left out");
    } else {
      notices = read_row(table, *record, &defect);
    }
    if (!defect.empty()) {
      sink.OnProblem(Unreadable(file, absl::StrCat("line ", record->line), defect));
      continue;
    }
    if (record->last_line > record->line && !IsRetractionWatch(table)) {
      sink.OnProblem(Warning(file, absl::StrCat("lines ", record->line, " to ", record->last_line),
                             "are one row, held together by quotation marks; if one was left open by mistake, the rows "
                             "after the first were not read"));
    }
    for (storage::StatusNotice& notice : notices) {
      notice.set_origin(storage::STATUS_ORIGIN_FEED);
      const std::string reason = absl::StrCat(file.name, notice.reason().empty() ? "" : ": ", notice.reason());
      notice.set_reason(Shortened(reason));
      sink.OnStatus(std::move(notice));
    }
  }
}

}  // namespace bedside
