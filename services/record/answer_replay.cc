#include "services/record/answer_replay.h"

#include <map>
#include <memory>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "absl/algorithm/container.h"
#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "index/hash/sha256.h"
#include "index/status/status_macros.h"
#include "services/record/answer_visibility.h"
#include "services/resources/evidence_messages.h"
#include "services/resources/resource_name.h"
#include "services/resources/view_messages.h"

namespace bedside {
namespace {

// What the corpus says of the document now, beside what the answer says.
void Compare(const EvidenceView& view, const std::string& document, const v1::Document& then,
             v1::ReplayedEvidence* replayed) {
  const absl::optional<size_t> index = view.generation().documents().Find(document);
  if (!index.has_value()) return replayed->add_changes(v1::EVIDENCE_CHANGE_LEFT_CORPUS);
  const DocumentStanding now = StandingOf(view, *index);
  replayed->set_status(now.status);
  replayed->set_status_reason(now.status_reason);
  if (now.status != then.status()) replayed->add_changes(v1::EVIDENCE_CHANGE_STATUS);
  if (now.version != then.version()) replayed->add_changes(v1::EVIDENCE_CHANGE_REPLACED);
}

// What is left of a piece of evidence whose document was deleted: which one it was.
void Withhold(v1::Evidence* evidence) {
  v1::Document document;
  document.set_name(evidence->document().name());
  document.set_version(evidence->document().version());
  document.set_status(v1::DOCUMENT_STATUS_DELETED);
  *evidence->mutable_document() = document;
  evidence->mutable_passage()->clear_text();
  evidence->mutable_passage()->clear_heading_path();
  evidence->mutable_passage()->clear_section_label();
}

void WithholdSentences(const std::set<int>& withheld, v1::AnswerText* text) {
  for (v1::AnswerSentence& sentence : *text->mutable_sentences()) {
    const bool cites_one = absl::c_any_of(sentence.citations(), [&](const v1::Citation& citation) {
      return withheld.count(citation.evidence_number()) > 0;
    });
    if (cites_one) sentence.clear_text();
  }
}

// Puts the text back where it is what it was.
v1::ReplayedText ReadText(const storage::Document& document, v1::Evidence* evidence) {
  v1::Passage& passage = *evidence->mutable_passage();
  const uint32_t begin = passage.span().begin(), end = passage.span().end();
  if (begin > end || end > document.text().size()) return v1::REPLAYED_TEXT_DIFFERENT;
  const absl::string_view text = ShownText(document, begin, end);
  if (Sha256Hex(text) != evidence->text_sha256()) return v1::REPLAYED_TEXT_DIFFERENT;
  passage.set_text(std::string(text));
  return v1::REPLAYED_TEXT_SAME;
}

// Of a document: its id, and the raw bytes of its version.
using VersionName = std::pair<std::string, std::string>;

absl::StatusOr<VersionName> VersionOf(const v1::Evidence& evidence) {
  const auto name = ParseDocumentName(evidence.document().name());
  if (!name.ok()) return absl::DataLossError("evidence of a recorded answer has no document");
  return VersionName(name->document, absl::HexStringToBytes(evidence.passage().document_version()));
}

}  // namespace

absl::StatusOr<std::vector<AnswerReplay::Source>> AnswerReplay::ReadSources(const std::string& corpus,
                                                                            const v1::Basis& basis) const {
  std::map<VersionName, std::shared_ptr<const absl::StatusOr<storage::Document>>> read;
  std::vector<VersionName> names;
  for (const v1::Evidence& evidence : basis.evidence()) {
    ASSIGN_OR_RETURN(VersionName name, VersionOf(evidence));
    read[name] = nullptr;
    names.push_back(std::move(name));
  }
  std::vector<DocumentVersion> versions;
  for (const auto& [name, unread] : read) versions.push_back({name.first, name.second});
  ASSIGN_OR_RETURN(auto documents, engine_->ReadVersions(corpus, versions));
  size_t next = 0;
  for (auto& [name, document] : read) {
    document = std::make_shared<absl::StatusOr<storage::Document>>(std::move(documents[next++]));
  }
  std::vector<Source> sources;
  for (const VersionName& name : names) sources.push_back({name.first, read[name]});
  return sources;
}

absl::StatusOr<v1::ReplayedEvidence> AnswerReplay::ReplayEvidence(const std::string& corpus, const EvidenceView* view,
                                                                  const Source& source, v1::Evidence* evidence) const {
  v1::ReplayedEvidence replayed;
  ASSIGN_OR_RETURN(const bool deleted, engine_->IsDeleted(corpus, source.document));
  if (view != nullptr) Compare(*view, source.document, evidence->document(), &replayed);
  if (deleted) {
    replayed.set_status(v1::DOCUMENT_STATUS_DELETED);
    replayed.set_text(v1::REPLAYED_TEXT_WITHHELD);
    Withhold(evidence);
  } else {
    replayed.set_text(source.content->ok() ? ReadText(**source.content, evidence) : v1::REPLAYED_TEXT_GONE);
  }
  return replayed;
}

absl::StatusOr<v1::ReplayAnswerResponse> AnswerReplay::Replay(const storage::AnswerRecord& record,
                                                              const AccessLabels& labels) const {
  RETURN_IF_ERROR(CheckVisible(*engine_, record, labels));
  v1::ReplayAnswerResponse response;
  v1::Answer& answer = *response.mutable_answer();
  answer = record.answer();
  auto view = engine_->View(record.corpus());
  if (view.ok()) view = EvidenceView::VisibleTo(labels, *view);
  if (view.ok()) *response.mutable_view() = ViewMessage(**view);
  bool unchanged = view.ok();
  std::set<int> withheld;
  ASSIGN_OR_RETURN(const std::vector<Source> sources, ReadSources(record.corpus(), answer.basis()));
  for (v1::Evidence& evidence : *answer.mutable_basis()->mutable_evidence()) {
    const Source& source = sources[static_cast<size_t>(response.evidence_size())];
    v1::ReplayedEvidence& replayed = *response.add_evidence();
    ASSIGN_OR_RETURN(replayed, ReplayEvidence(record.corpus(), view.ok() ? view->get() : nullptr, source, &evidence));
    replayed.set_evidence_number(response.evidence_size());
    if (replayed.text() == v1::REPLAYED_TEXT_WITHHELD) withheld.insert(response.evidence_size());
    unchanged = unchanged && replayed.text() == v1::REPLAYED_TEXT_SAME && replayed.changes().empty();
  }
  if (answer.has_text()) WithholdSentences(withheld, answer.mutable_text());
  response.set_unchanged(unchanged);
  const auto generations = engine_->Generations(record.corpus());
  response.set_generation_kept(generations.ok() && absl::c_any_of(*generations, [&](const storage::Manifest& manifest) {
                                 return GenerationNameOf(record.corpus(), manifest.generation()) ==
                                        answer.basis().view().generation();
                               }));
  return response;
}

}  // namespace bedside
