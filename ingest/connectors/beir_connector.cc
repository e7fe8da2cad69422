#include "ingest/connectors/beir_connector.h"

#include <algorithm>
#include <string>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "ingest/connectors/document_builder.h"
#include "ingest/connectors/document_id.h"
#include "ingest/connectors/job_problem.h"
#include "ingest/connectors/json_text.h"

namespace bedside {
namespace {

// Bound on the line by which a file is recognised.
constexpr size_t kMaxFirstLineBytes = 64 * 1024;

absl::string_view BaseName(absl::string_view name) {
  const size_t separator = name.find_last_of("/!");
  return separator == name.npos ? name : name.substr(separator + 1);
}

// The document of one line; unset, with `reason`, when it holds none.
absl::optional<storage::Document> ReadEntry(absl::string_view line, std::string* reason) {
  const nlohmann::json entry = ParseJson(line);
  const std::string& id = JsonString(entry, "_id");
  if (!entry.is_object()) {
    *reason = "is not a JSON object in UTF-8 of at most 32 MiB; left out";
  } else if (id.empty()) {
    *reason = "wanted a string \"_id\", got none; left out";
  }
  if (!reason->empty()) return absl::nullopt;
  DocumentBuilder builder;
  builder.metadata().set_id(DocumentId(id));
  builder.metadata().set_title(JsonString(entry, "title"));
  builder.metadata().set_kind(v1::DOCUMENT_KIND_SNIPPET);
  for (absl::string_view paragraph : absl::StrSplit(JsonString(entry, "text"), '\n')) builder.AddParagraph(paragraph);
  if (builder.empty()) {
    *reason = "wanted a string \"text\" with text in it, got none; left out";
    return absl::nullopt;
  }
  return std::move(builder).Build();
}

}  // namespace

bool BeirConnector::Recognises(const SourceFile& file) const {
  const absl::string_view name = BaseName(file.name);
  if (file.extension != "jsonl" || absl::StartsWith(name, "queries")) return false;
  if (absl::StartsWith(name, "corpus.jsonl")) return true;
  const absl::string_view bytes = absl::StripLeadingAsciiWhitespace(file.bytes);
  const size_t end = bytes.find('\n');
  if (std::min(end, bytes.size()) > kMaxFirstLineBytes) return false;
  const nlohmann::json first = ParseJson(bytes.substr(0, end));
  return !JsonString(first, "_id").empty() && !JsonString(first, "text").empty();
}

void BeirConnector::Read(const SourceFile& file, DocumentSink& sink) const {
  size_t number = 0;
  for (absl::string_view line : absl::StrSplit(file.bytes, '\n')) {
    ++number;
    line = absl::StripAsciiWhitespace(line);
    if (line.empty()) continue;
    std::string reason;
    absl::optional<storage::Document> document = ReadEntry(line, &reason);
    if (!document.has_value()) {
      sink.OnProblem(Unreadable(file, absl::StrCat("line ", number), reason));
      continue;
    }
    document->set_source(file.name);
    if (!sink.OnDocument(*std::move(document))) return;
  }
}

}  // namespace bedside
