#include "ingest/connectors/html_connector.h"

#include <memory>
#include <string>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "index/text/utf8.h"
#include "ingest/connectors/document_builder.h"
#include "ingest/connectors/document_id.h"
#include "ingest/connectors/html_metadata.h"
#include "ingest/connectors/html_text.h"
#include "ingest/connectors/html_tree.h"
#include "ingest/connectors/job_problem.h"

namespace bedside {
namespace {

constexpr size_t kDeclarationBytes = 4096;

// The value of "charset=" in a meta element, or of "encoding=" in an XML declaration, near the start; "" without one.
std::string DeclaredCharset(absl::string_view bytes) {
  const std::string start = absl::AsciiStrToLower(bytes.substr(0, kDeclarationBytes));
  for (absl::string_view key : {"charset=", "encoding="}) {
    size_t at = start.find(key.data(), 0, key.size());
    if (at == std::string::npos) continue;
    at = start.find_first_not_of("\"' ", at + key.size());
    const size_t end = start.find_first_of("\"'/> ;?", at);
    if (at != std::string::npos && end != std::string::npos) return start.substr(at, end - at);
  }
  return "";
}

absl::string_view CharsetOfMark(absl::string_view bytes) {
  if (absl::StartsWith(bytes, "\xEF\xBB\xBF")) return "utf-8";
  if (absl::StartsWith(bytes, "\xFF\xFE")) return "utf-16le";
  return absl::StartsWith(bytes, "\xFE\xFF") ? "utf-16be" : "";
}

// The page in UTF-8, and a warning where its declaration does not hold.
std::string Decode(const SourceFile& file, DocumentSink& sink) {
  std::string charset(CharsetOfMark(file.bytes));
  if (charset.empty()) charset = DeclaredCharset(file.bytes);
  const bool is_utf8 = IsValidUtf8(file.bytes);
  if (charset.empty()) charset = is_utf8 ? "utf-8" : "windows-1252";
  // A declaration that was found bytewise is not in UTF-16.
  if (CharsetOfMark(file.bytes).empty() && absl::StartsWith(charset, "utf-16")) charset = "utf-8";
  // Browsers read Latin-1 as its superset, and so do authors.
  if (charset == "iso-8859-1" || charset == "latin1" || charset == "us-ascii") charset = "windows-1252";
  if (charset == "utf-8" || charset == "utf8") {
    if (!is_utf8)
      sink.OnProblem(Warning(file, "", "the page says UTF-8 but is not; bytes that do not fit were replaced"));
    return CanonicalText(file.bytes);
  }
  absl::StatusOr<std::string> utf8 = ToUtf8(file.bytes, charset);
  if (utf8.ok()) return *std::move(utf8);
  sink.OnProblem(Warning(
      file, "", absl::StrCat("the declared encoding \"", charset.substr(0, 40), "\" is not known; read as UTF-8")));
  return CanonicalText(file.bytes);
}

}  // namespace

bool HtmlConnector::Recognises(const SourceFile& file) const {
  return file.extension == "html" || file.extension == "htm" || file.extension == "xhtml";
}

void HtmlConnector::Read(const SourceFile& file, DocumentSink& sink) const {
  const absl::StatusOr<std::unique_ptr<HtmlTree>> tree = HtmlTree::Parse(Decode(file, sink));
  if (!tree.ok()) {
    sink.OnProblem(Unreadable(file, "", absl::StrCat(tree.status().message(), "; the page is left out")));
    return;
  }
  DocumentBuilder builder;
  storage::Document& document = builder.metadata();
  document.set_source(file.name);
  ReadHtmlMetadata(**tree, document);
  if (document.id().empty()) document.set_id(DocumentId(absl::StrCat("html-", file.name_for_id())));
  const HtmlTextCounts counts = AddHtmlText(**tree, builder);
  if (counts.hidden > 0) {
    sink.OnProblem(
        Warning(file, "", absl::StrCat(counts.hidden, " elements with text that readers do not see were left out")));
  }
  if (counts.too_deep > 0) {
    sink.OnProblem(
        Warning(file, "", absl::StrCat(counts.too_deep, " elements that are nested too deep were left out")));
  }
  if (builder.empty()) {
    sink.OnProblem(Unreadable(file, "", "the page has no readable text; it is left out"));
    return;
  }
  if (!counts.left_out.empty()) {
    const std::string names = absl::StrJoin(counts.left_out, ", ", [](std::string* out, const auto& count) {
      absl::StrAppend(out, count.second, " ", count.first);
    });
    sink.OnProblem(Warning(file, "", absl::StrCat("elements with text that is not the document's: ", names)));
  }
  sink.OnDocument(std::move(builder).Build());
}

}  // namespace bedside
