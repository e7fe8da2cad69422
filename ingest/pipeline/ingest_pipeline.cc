#include "ingest/pipeline/ingest_pipeline.h"

#include <utility>

#include "index/status/status_macros.h"
#include "index/text/lexical_analyzer.h"
#include "ingest/chunking/chunker.h"
#include "ingest/connectors/connector_set.h"
#include "ingest/pipeline/generation_adopter.h"
#include "ingest/pipeline/ingest_run.h"
#include "ingest/pipeline/settings_digest.h"
#include "proto/bedside/config/config_check.h"
#include "proto/bedside/config/source_trust.h"

namespace bedside {
namespace {

constexpr size_t kDefaultKeptGenerations = 2;

}  // namespace

struct IngestPipeline::Rooms {
  std::unique_ptr<Chunker> chunker;
  std::unique_ptr<LexicalAnalyzer> analyzer;
  std::unique_ptr<ConnectorSet> connectors;
  // Of what is imported without the name of one.
  std::string source_set;
  IngestRun::Parts run;
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
  rooms->run = {parts.store,
                parts.served,
                parts.embedder,
                parts.gate,
                rooms->chunker.get(),
                rooms->analyzer.get(),
                rooms->connectors.get(),
                index.vector(),
                pipeline.limits(),
                pipeline.throttle(),
                SourceTrust(index),
                index.kept_generations() == 0 ? kDefaultKeptGenerations : index.kept_generations(),
                SettingsSha256(index.vector(), pipeline.chunking(), parts.embedder->id())};
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
  GenerationAdopter adopter(
      {run.store, run.embedder->id(), skip_gate ? nullptr : run.gate, run.vector, run.kept_generations}, corpus,
      observer);
  return adopter.Adopt(path);
}

}  // namespace bedside
