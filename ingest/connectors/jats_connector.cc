#include "ingest/connectors/jats_connector.h"

#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "ingest/connectors/document_builder.h"
#include "ingest/connectors/document_id.h"
#include "ingest/connectors/jats_metadata.h"
#include "ingest/connectors/jats_text.h"
#include "ingest/connectors/job_problem.h"
#include "ingest/connectors/xml_element.h"

namespace bedside {
namespace {

void SendNotices(JatsNotices notices, const SourceFile& file, absl::string_view location, DocumentSink& sink) {
  for (storage::StatusNotice& notice : notices.notices) sink.OnStatus(std::move(notice));
  for (const std::string& what : notices.unidentified) {
    sink.OnProblem(Unreadable(
        file, location,
        absl::StrCat(what, "; it has no effect: find out which article is meant, and list it in a status feed")));
  }
}

// As DocumentSink::OnDocument.
bool ReadArticle(const XmlElement& article, size_t line, const SourceFile& file, DocumentSink& sink) {
  const std::string location = absl::StrCat("line ", line);
  DocumentBuilder builder;
  storage::Document& document = builder.metadata();
  document.set_source(file.name);
  ReadJatsMetadata(article, document);
  SendNotices(ReadJatsNotices(article, document), file, location, sink);
  if (IsJatsNotice(article)) return true;

  if (document.id().empty()) {
    document.set_id(DocumentId(absl::StrCat("jats-", file.name_for_id(), line > 1 ? absl::StrCat("-", line) : "")));
    sink.OnProblem(
        Warning(file, location, "the article has no PMCID, DOI or PMID; its id is made from the path of the file"));
  }
  const JatsTextCounts counts = AddJatsText(article, builder);
  if (counts.unread_tables > 0) {
    sink.OnProblem(Warning(file, location,
                           absl::StrCat(counts.unread_tables,
                                        " tables are pictures or in a form that is not read; only their captions are "
                                        "in the text")));
  }
  if (builder.empty()) {
    sink.OnProblem(Unreadable(file, location, "the article has neither abstract nor body text; it is left out"));
    return true;
  }
  if (article.Find("body") == nullptr) {
    sink.OnProblem(Warning(file, location, "the article has no body; only its abstract is read"));
  }
  return sink.OnDocument(std::move(builder).Build());
}

}  // namespace

bool JatsConnector::Recognises(const SourceFile& file) const {
  if (file.extension != "xml" && file.extension != "nxml") return false;
  const std::string root = RootElementName(file.bytes);
  return root == "article" || root == "pmc-articleset";
}

void JatsConnector::Read(const SourceFile& file, DocumentSink& sink) const {
  const absl::optional<XmlProblem> problem =
      ReadRecords(file.bytes, {"article"},
                  [&](const XmlElement& article, size_t line) { return ReadArticle(article, line, file, sink); });
  if (!problem.has_value()) return;
  sink.OnProblem(Unreadable(file, problem->location(),
                            absl::StrCat(problem->reason, "; an article that this cuts short is left out")));
}

}  // namespace bedside
