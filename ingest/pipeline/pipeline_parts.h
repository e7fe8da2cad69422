// What the runs of a pipeline share.
#ifndef BEDSIDE_INGEST_PIPELINE_PIPELINE_PARTS_H_
#define BEDSIDE_INGEST_PIPELINE_PIPELINE_PARTS_H_

#include "index/embedding/embedder.h"
#include "index/store/evidence_store.h"
#include "index/text/lexical_analyzer.h"
#include "ingest/chunking/chunker.h"
#include "proto/bedside/config/index_config.pb.h"

namespace bedside {

// All outlive what uses them; none is null but `served`.
struct PipelineParts {
  EvidenceStore* store;
  // See IngestPipeline::Parts.
  EvidenceStore* served;
  const Embedder* embedder;
  const Chunker* chunker;
  const LexicalAnalyzer* analyzer;
  config::VectorIndexConfig vector;

  // What has the corpus as it is now.
  EvidenceStore& known() const { return served == nullptr ? *store : *served; }
};

}  // namespace bedside

#endif  // BEDSIDE_INGEST_PIPELINE_PIPELINE_PARTS_H_
