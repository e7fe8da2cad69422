#include "ingest/connectors/html_connector.h"

#include <memory>
#include <string>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "ingest/connectors/document_builder.h"
#include "ingest/connectors/document_id.h"
#include "ingest/connectors/html_metadata.h"
#include "ingest/connectors/html_text.h"
#include "ingest/connectors/html_tree.h"
#include "ingest/connectors/job_problem.h"
#include "ingest/connectors/source_text.h"

namespace bedside {
namespace {

constexpr size_t kDeclarationBytes = 4096;

// The value of the first `key` in `text`, as "charset=" is written; "" without one.
std::string ValueOf(absl::string_view text, absl::string_view key) {
  size_t at = text.find(key);
  if (at == text.npos) return "";
  at = text.find_first_not_of("\"' ", at + key.size());
  const size_t end = text.find_first_of("\"'/> ;?", at);
  return at == text.npos || end == text.npos ? "" : std::string(text.substr(at, end - at));
}

// The value of "charset=" in a meta element, or of "encoding=" in an XML declaration, near the start; "" without one.
std::string DeclaredCharset(absl::string_view bytes) {
  const std::string start = absl::AsciiStrToLower(bytes.substr(0, kDeclarationBytes));
  const std::string charset = ValueOf(start, "charset=");
  const absl::string_view text = absl::StripLeadingAsciiWhitespace(start);
  if (!charset.empty() || !absl::StartsWith(text, "<?xml")) return charset;
  return ValueOf(text.substr(0, text.find('>')), "encoding=");
}

}  // namespace

bool HtmlConnector::Recognises(const SourceFile& file) const {
  return file.extension == "html" || file.extension == "htm" || file.extension == "xhtml";
}

void HtmlConnector::Read(const SourceFile& file, DocumentSink& sink) const {
  const absl::StatusOr<std::unique_ptr<HtmlTree>> tree =
      HtmlTree::Parse(SourceText(file, DeclaredCharset(file.bytes), sink));
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
