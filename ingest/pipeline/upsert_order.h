// The content of a file whose documents take their places at once, and what became of them.
#ifndef BEDSIDE_INGEST_PIPELINE_UPSERT_ORDER_H_
#define BEDSIDE_INGEST_PIPELINE_UPSERT_ORDER_H_

#include <string>
#include <vector>

#include "proto/bedside/v1/corpus_service.pb.h"

namespace bedside {

struct UpsertOrder {
  // As UpsertDocumentsRequest has them.
  std::string file_name;
  std::string content;
  // Name of the source set that the documents become part of; empty: that of the configuration.
  std::string source_set;
};

struct UpsertedVersion {
  std::string id;
  v1::UpsertOutcome outcome;
};

struct UpsertReport {
  // By id.
  std::vector<UpsertedVersion> documents;
  // What could not be used as it stands.
  std::vector<v1::JobProblem> problems;
};

}  // namespace bedside

#endif  // BEDSIDE_INGEST_PIPELINE_UPSERT_ORDER_H_
