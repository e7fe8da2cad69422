#include "ingest/pipeline/ingest_pipeline.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "absl/time/time.h"
#include "index/status/status_macros.h"
#include "index/text/lexical_analyzer.h"
#include "ingest/chunking/chunker.h"
#include "ingest/connectors/connector_set.h"
#include "ingest/pipeline/document_purge.h"
#include "ingest/pipeline/generation_adopter.h"
#include "ingest/pipeline/generation_upkeep.h"
#include "ingest/pipeline/ingest_run.h"
#include "ingest/pipeline/settings_digest.h"
#include "proto/bedside/config/config_check.h"
#include "proto/bedside/config/source_trust.h"

namespace bedside {
namespace {

constexpr size_t kDefaultKeptGenerations = 2;

// So long a request may read what it began with.
constexpr absl::Duration kLongestRequest = absl::Minutes(5);

}  // namespace

struct IngestPipeline::Rooms {
  std::unique_ptr<Chunker> chunker;
  std::unique_ptr<LexicalAnalyzer> analyzer;
  std::unique_ptr<ConnectorSet> connectors;
  // Of what is imported without the name of one.
  std::string source_set;
  IngestRun::Parts run;
  std::unique_ptr<GenerationUpkeep> upkeep;
};

IngestPipeline::IngestPipeline(std::unique_ptr<Rooms> rooms) : rooms_(std::move(rooms)) {}
IngestPipeline::~IngestPipeline() = default;

absl::StatusOr<std::unique_ptr<IngestPipeline>> IngestPipeline::Create(const Parts& parts,
                                                                       const config::IndexConfig& index,
                                                                       const config::PipelineConfig& pipeline) {
  RETURN_IF_ERROR(ToStatus(FindViolations(index, pipeline)));
  auto rooms = std::make_unique<Rooms>();
  ASSIGN_OR_RETURN(rooms->chunker, Chunker::Create(pipeline.chunking(), parts.tokenizer));
  ASSIGN_OR_RETURN(rooms->analyzer, LexicalAnalyzer::Create());
  ASSIGN_OR_RETURN(rooms->connectors, ConnectorSet::Create(pipeline.limits()));
  rooms->source_set = std::string(NameOfSourceSet(pipeline.source_set()));
  const PipelineParts shared = {parts.store,          parts.served,          parts.embedder,
                                rooms->chunker.get(), rooms->analyzer.get(), index.vector()};
  rooms->upkeep = std::make_unique<GenerationUpkeep>(shared);
  rooms->run = {shared, parts.gate, rooms->connectors.get(), pipeline.limits(), pipeline.throttle(), SourceTrust(index),
                index.kept_generations() == 0 ? kDefaultKeptGenerations : index.kept_generations(),
                SettingsSha256(index.vector(), pipeline.chunking(), parts.embedder->id()),
                // What is built beside another store is brought up to date when that takes it over.
                parts.served == nullptr ? rooms->upkeep.get() : nullptr};
  return std::unique_ptr<IngestPipeline>(new IngestPipeline(std::move(rooms)));
}

absl::StatusOr<v1::JobReport> IngestPipeline::Import(const std::string& corpus, const ImportOrder& order,
                                                     const IngestObserver& observer) {
  RETURN_IF_ERROR(CheckCorpus(corpus));
  ImportOrder named = order;
  if (named.source_set.empty()) named.source_set = rooms_->source_set;
  RETURN_IF_ERROR(CheckSourceSet(named.source_set));
  ASSIGN_OR_RETURN(const std::unique_ptr<IngestRun> run, IngestRun::Create(rooms_->run, corpus, observer));
  return run->Import(named);
}

absl::StatusOr<v1::JobReport> IngestPipeline::Reindex(const std::string& corpus, const IngestObserver& observer,
                                                      bool skip_gate) {
  RETURN_IF_ERROR(CheckCorpus(corpus));
  ASSIGN_OR_RETURN(const std::unique_ptr<IngestRun> run, IngestRun::Create(rooms_->run, corpus, observer));
  return run->Reindex(skip_gate);
}

absl::StatusOr<v1::JobReport> IngestPipeline::Adopt(const std::string& corpus, const std::string& path,
                                                    const IngestObserver& observer, bool skip_gate) {
  RETURN_IF_ERROR(CheckCorpus(corpus));
  const IngestRun::Parts& run = rooms_->run;
  GenerationAdopter adopter({run.shared.store, run.shared.embedder->id(), skip_gate ? nullptr : run.gate, run.replay,
                             run.shared.vector, run.kept_generations},
                            corpus, observer);
  return adopter.Adopt(path);
}

absl::StatusOr<UpsertReport> IngestPipeline::Upsert(const std::string& corpus, const UpsertOrder& order) {
  RETURN_IF_ERROR(CheckCorpus(corpus));
  UpsertOrder named = order;
  if (named.source_set.empty()) named.source_set = rooms_->source_set;
  RETURN_IF_ERROR(CheckSourceSet(named.source_set));
  const IngestObserver nobody;
  ASSIGN_OR_RETURN(const std::unique_ptr<IngestRun> run, IngestRun::Create(rooms_->run, corpus, nobody));
  return run->Upsert(named);
}

absl::StatusOr<storage::Manifest> IngestPipeline::Replay(storage::Manifest manifest) {
  return rooms_->upkeep->Replay(std::move(manifest));
}

absl::Status IngestPipeline::Purge(const std::string& corpus, const std::string& document_id, const PurgeHooks& hooks,
                                   const IngestObserver& observer) {
  DocumentPurge purge(rooms_->run.shared, corpus, document_id);
  RETURN_IF_ERROR(purge.TakeOut(observer));
  RETURN_IF_ERROR(hooks.serve());
  return purge.Erase(absl::Now() + kLongestRequest, hooks.record, observer);
}

absl::Status IngestPipeline::CheckStored(const std::string& corpus, const std::string& document_id) const {
  ASSIGN_OR_RETURN(const bool is_stored, rooms_->run.shared.store->documents().HasAny(corpus, document_id));
  if (is_stored) return absl::OkStatus();
  return absl::NotFoundError(absl::StrCat("corpus ", corpus, " has, and had, no document ", document_id,
                                          ". ListDocuments names those that it has."));
}

bool IngestPipeline::IsWorthMerging(const storage::Manifest& manifest) {
  return GenerationUpkeep::IsWorthMerging(manifest);
}

absl::Status IngestPipeline::Merge(const std::string& corpus, const IngestObserver& observer) {
  return rooms_->upkeep->Merge(corpus, observer);
}

}  // namespace bedside
