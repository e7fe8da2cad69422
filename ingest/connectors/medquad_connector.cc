#include "ingest/connectors/medquad_connector.h"

#include <string>
#include <utility>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "ingest/connectors/document_builder.h"
#include "ingest/connectors/document_id.h"
#include "ingest/connectors/external_id.h"
#include "ingest/connectors/job_problem.h"
#include "ingest/connectors/plain_answer.h"
#include "ingest/connectors/xml_element.h"

namespace bedside {
namespace {

// The names of one thing in the three dialects of the files.
using Names = std::vector<absl::string_view>;

std::string AnyAttribute(const XmlElement& element, const Names& names) {
  for (absl::string_view name : names) {
    const absl::string_view value = absl::StripAsciiWhitespace(element.Attribute(name));
    if (!value.empty()) return std::string(value);
  }
  return "";
}

const XmlElement* AnyElement(const XmlElement& element, const Names& paths) {
  for (absl::string_view path : paths) {
    if (const XmlElement* found = element.Find(path); found != nullptr) return found;
  }
  return nullptr;
}

std::string AnyText(const XmlElement& element, const Names& paths) {
  const XmlElement* found = AnyElement(element, paths);
  return found == nullptr ? "" : found->Text();
}

// With its line breaks.
std::string RawText(const XmlElement& element) {
  std::string text = element.text;
  for (const XmlElement& child : element.children) text += RawText(child);
  return text;
}

// "What causes X? ?" and "What causes X ?" are "What causes X?".
std::string Question(absl::string_view text) {
  const size_t end = text.find_last_not_of("? ");
  if (end == absl::string_view::npos || end + 1 == text.size()) return std::string(text);
  return absl::StrCat(text.substr(0, end + 1), "?");
}

void SetMetadata(const XmlElement& root, const SourceFile& file, storage::Document& document) {
  const std::string source = AnyAttribute(root, {"source", "corpus"});
  const std::string id = AnyAttribute(root, {"id", "fid", "docid"});
  document.set_id(DocumentId(absl::StrCat("medquad-", source, "-", id.empty() ? file.name_for_id() : id)));
  document.set_source(file.name);
  document.set_publisher(source);
  document.set_kind(v1::DOCUMENT_KIND_PATIENT_INFORMATION);
  document.set_language("en");
  document.mutable_rights()->set_licence("CC BY 4.0");
  document.set_title(AnyText(root, {"Focus", "doctitle-focus"}));
  const absl::optional<v1::ExternalId> url = MakeExternalId("url", root.Attribute("url"));
  if (url.has_value()) *document.add_external_ids() = *url;

  const std::string group =
      AnyText(root, {"FocusAnnotations/UMLS/SemanticGroup", "UMLS/SemanticGroup", "umls/semanticGroup"});
  if (group == "Disorders" && !document.title().empty()) document.add_conditions(document.title());
  const std::string category = root.TextAt("FocusAnnotations/Category");
  for (const std::string& tag : {group, category}) {
    if (!tag.empty()) document.add_tags(tag);
  }
  if (const XmlElement* synonyms = root.Find("FocusAnnotations/Synonyms"); synonyms != nullptr) {
    for (const XmlElement* synonym : synonyms->All("Synonym")) document.add_tags(synonym->Text());
  }
}

void AddPairs(const XmlElement& root, DocumentBuilder& builder) {
  const XmlElement* pairs = AnyElement(root, {"QAPairs", "qaPairs"});
  if (pairs == nullptr) return;
  for (const XmlElement& pair : pairs->children) {
    const XmlElement* question = AnyElement(pair, {"Question", "question"});
    const XmlElement* answer = AnyElement(pair, {"Answer", "answer"});
    if (question == nullptr || answer == nullptr) continue;
    const std::string text = RawText(*answer);
    absl::string_view content = absl::StripAsciiWhitespace(text);
    absl::ConsumePrefix(&content, "Summary : ");
    builder.BeginSection(Question(question->Text()), question->Attribute("qtype"));
    AddPlainAnswer(content, builder);
    builder.EndSection();
  }
}

}  // namespace

bool MedquadConnector::Recognises(const SourceFile& file) const {
  if (file.extension != "xml") return false;
  const std::string root = RootElementName(file.bytes);
  if (root != "Document" && root != "DiseaseFile" && root != "doc") return false;
  const absl::string_view beginning = absl::string_view(file.bytes).substr(0, 16 << 10);
  return absl::StrContains(beginning, "<QAPairs") || absl::StrContains(beginning, "<qaPairs");
}

void MedquadConnector::Read(const SourceFile& file, DocumentSink& sink) const {
  const auto on_root = [&](const XmlElement& root, size_t) {
    DocumentBuilder builder;
    SetMetadata(root, file, builder.metadata());
    AddPairs(root, builder);
    if (builder.empty()) {
      sink.OnProblem(Warning(file, "", "none of the questions has an answer; the file is left out"));
      return true;
    }
    return sink.OnDocument(std::move(builder).Build());
  };
  const absl::optional<XmlProblem> problem = ReadRecords(file.bytes, {"Document", "DiseaseFile", "doc"}, on_root);
  if (problem.has_value()) {
    sink.OnProblem(Unreadable(file, problem->location(), absl::StrCat(problem->reason, "; the file is left out")));
  }
}

}  // namespace bedside
