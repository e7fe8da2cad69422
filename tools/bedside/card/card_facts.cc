#include "tools/bedside/card/card_facts.h"

#include <memory>
#include <tuple>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "index/embedding/model_folder.h"
#include "index/generation/generation_manifest.h"
#include "index/generation/live_documents.h"
#include "index/hash/file_sha256.h"
#include "index/status/status_macros.h"
#include "index/store/evidence_store.h"
#include "services/configured_models.h"

namespace bedside {
namespace {

auto InOrder(const v1::Date& date) { return std::make_tuple(date.year(), date.month(), date.day()); }

void Count(const storage::DocumentEntry& entry, CorpusFacts* facts) {
  ++facts->documents_by_kind[entry.kind()];
  const v1::Date& date = entry.publication_date();
  if (date.year() == 0) {
    ++facts->documents_without_date;
    return;
  }
  if (facts->oldest.year() == 0 || InOrder(date) < InOrder(facts->oldest)) facts->oldest = date;
  if (InOrder(facts->newest) < InOrder(date)) facts->newest = date;
}

absl::Status ReadGeneration(const storage::Manifest& manifest, const SegmentStore& store, CorpusFacts* facts) {
  ASSIGN_OR_RETURN(const LiveDocuments documents, LiveDocuments::Read(store, manifest));
  const GenerationCounts counts = CountsOf(manifest);
  facts->documents = static_cast<int64_t>(counts.documents);
  facts->passages = static_cast<int64_t>(counts.passages);
  for (const storage::DocumentEntry* entry : documents.entries()) Count(*entry, facts);
  return absl::OkStatus();
}

absl::StatusOr<CorpusFacts> ReadCorpus(const std::string& corpus, EvidenceStore* store) {
  CorpusFacts facts;
  facts.corpus = corpus;
  ASSIGN_OR_RETURN(const absl::optional<std::string> current, store->manifests().Current(corpus));
  ASSIGN_OR_RETURN(const storage::Manifest manifest, store->manifests().Get(corpus, current.value_or("")));
  facts.generation = manifest.generation();
  facts.create_time_micros = manifest.create_time_micros();
  facts.embedder = manifest.embedder().id();
  RETURN_IF_ERROR(ReadGeneration(manifest, store->segments(), &facts));
  ASSIGN_OR_RETURN(const NoticesInForce notices, store->changes().NumberedNotices(corpus));
  facts.statuses = static_cast<int64_t>(notices.notices.size());
  facts.status_time_micros = notices.status_time_micros;
  return facts;
}

std::string RoleText(v1::ModelRole role) {
  switch (role) {
    case v1::MODEL_ROLE_ADAPTER:
      return "adapter of the embedder";
    case v1::MODEL_ROLE_QUESTION_ADAPTER:
      return "adapter of the embedder for questions";
    case v1::MODEL_ROLE_CROSS_ENCODER:
      return "cross-encoder";
    default:
      return "ranker";
  }
}

absl::Status AddModels(const config::ServerConfig& config, CardFacts* facts) {
  if (const std::string& embedder = config.index().embedder().model_path(); !embedder.empty()) {
    ASSIGN_OR_RETURN(std::string digest, FileSha256Hex(ModelFileIn(embedder)));
    facts->models.push_back({"embedder", ModelNameOf(embedder), std::move(digest)});
  }
  ASSIGN_OR_RETURN(const std::vector<v1::ModelIdentity> others, ModelsBesideTheEncoder(config));
  for (const v1::ModelIdentity& model : others) {
    facts->models.push_back({RoleText(model.role()), model.id(), model.sha256()});
  }
  if (const ModelSettings* model = facts->answers.model()) facts->models.push_back({"generator", model->model, ""});
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<CardFacts> ReadCardFacts(const config::ServerConfig& config) {
  CardFacts facts;
  facts.owner = config.owner();
  facts.records = config.answer().records();
  ASSIGN_OR_RETURN(facts.answers, ReadAnswerSettings(config.answer()));
  RETURN_IF_ERROR(AddModels(config, &facts));
  ASSIGN_OR_RETURN(const std::unique_ptr<EvidenceStore> store,
                   EvidenceStore::Open(config.index().store_path(), Database::Access::kReadOnly));
  ASSIGN_OR_RETURN(const std::vector<std::string> corpora, store->manifests().Corpora());
  for (const std::string& corpus : corpora) {
    ASSIGN_OR_RETURN(CorpusFacts read, ReadCorpus(corpus, store.get()));
    facts.corpora.push_back(std::move(read));
  }
  return facts;
}

}  // namespace bedside
