// What one import is to read, and how it meets what the corpus has.
#ifndef BEDSIDE_INGEST_PIPELINE_IMPORT_ORDER_H_
#define BEDSIDE_INGEST_PIPELINE_IMPORT_ORDER_H_

#include <string>
#include <vector>

#include "index/lexical/bm25f.h"
#include "ingest/connectors/source_shard.h"
#include "proto/bedside/v1/corpus_service.pb.h"

namespace bedside {

struct ImportOrder {
  // Files, folders or globs of this machine.
  std::vector<std::string> sources;
  v1::ReconciliationMode mode = v1::RECONCILIATION_MODE_INCREMENTAL;
  // The folder that links may not lead out of, see SourceReader; empty: they may lead anywhere.
  std::string root;
  // Name of the source set that the documents become part of; empty: that of the configuration.
  std::string source_set;
  // Publishes without asking the gate.
  bool skip_gate = false;
  // The part of the sources that is read.
  SourceShard shard = {};
  // Lengths that those of all documents are compared with, where they are written as one segment: those of the segments
  // that it is to stand beside; all 0: its own.
  MeanFieldLengths means = {};
};

}  // namespace bedside

#endif  // BEDSIDE_INGEST_PIPELINE_IMPORT_ORDER_H_
