#include "ingest/connectors/pubmedqa_connector.h"

#include <string>
#include <utility>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "ingest/connectors/document_builder.h"
#include "ingest/connectors/document_id.h"
#include "ingest/connectors/external_id.h"
#include "ingest/connectors/job_problem.h"
#include "ingest/connectors/json_text.h"
#include "ingest/connectors/publication_date.h"
#include "ingest/connectors/section_label.h"

namespace bedside {
namespace {

constexpr size_t kRecognisedBytes = 4096;

void AddSection(const std::string& label, const std::string& text, DocumentBuilder* builder) {
  builder->BeginSection(label, SectionLabel(label, ""));
  builder->AddParagraph(text);
  builder->EndSection();
}

void AddAbstract(const nlohmann::json& record, DocumentBuilder* builder) {
  const std::vector<std::string> texts = JsonStrings(record, "CONTEXTS");
  std::vector<std::string> labels = JsonStrings(record, "LABELS");
  // Without one label for each text nobody knows which is whose.
  if (labels.size() != texts.size()) labels.assign(texts.size(), "");
  for (size_t i = 0; i < texts.size(); ++i) AddSection(labels[i], texts[i], builder);
  AddSection("CONCLUSIONS", JsonString(record, "LONG_ANSWER"), builder);
}

void SetMetadata(const v1::ExternalId& pmid, const nlohmann::json& record, storage::Document* document) {
  document->set_id(DocumentId(absl::StrCat("pmid-", pmid.value())));
  *document->add_external_ids() = pmid;
  document->set_kind(v1::DOCUMENT_KIND_ABSTRACT);
  document->set_title(JsonString(record, "QUESTION"));
  const v1::Date date = PublicationDate(JsonString(record, "YEAR"), "", "");
  if (date.year() > 0) *document->mutable_publication_date() = date;
  for (std::string& heading : JsonStrings(record, "MESHES")) document->add_mesh_headings(std::move(heading));
}

// Unset, with `reason`, when the member is no abstract.
absl::optional<storage::Document> ReadMember(const JsonMembers::Member& member, std::string* reason) {
  const nlohmann::json record = ParseJson(member.value);
  const absl::optional<v1::ExternalId> pmid = MakeExternalId("pmid", member.key);
  if (!pmid.has_value()) *reason = "wanted a PMID as the key; left out";
  if (!record.is_object()) *reason = "is not a JSON object in UTF-8 of at most 32 MiB; left out";
  if (!reason->empty()) return absl::nullopt;
  DocumentBuilder builder;
  SetMetadata(*pmid, record, &builder.metadata());
  AddAbstract(record, &builder);
  if (!builder.empty()) return std::move(builder).Build();
  *reason = "wanted strings in CONTEXTS or LONG_ANSWER, got none; left out";
  return absl::nullopt;
}

}  // namespace

bool PubmedqaConnector::Recognises(const SourceFile& file) const {
  const absl::string_view head = absl::string_view(file.bytes).substr(0, kRecognisedBytes);
  return file.extension == "json" && absl::StrContains(head, "\"QUESTION\"") && absl::StrContains(head, "\"CONTEXTS\"");
}

void PubmedqaConnector::Read(const SourceFile& file, DocumentSink& sink) const {
  JsonMembers members(file.bytes);
  std::string last = "the beginning";
  while (const absl::optional<JsonMembers::Member> member = members.Next()) {
    last = absl::StrCat("record ", member->key);
    std::string reason;
    absl::optional<storage::Document> document = ReadMember(*member, &reason);
    if (!document.has_value()) {
      sink.OnProblem(Unreadable(file, last, reason));
      continue;
    }
    document->set_source(file.name);
    if (!sink.OnDocument(*std::move(document))) return;
  }
  if (!members.complete()) {
    sink.OnProblem(Unreadable(file, absl::StrCat("after ", last), "is not JSON from here on; the rest was not read"));
  }
}

}  // namespace bedside
