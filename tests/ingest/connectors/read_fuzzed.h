// What must hold of every connector, whatever bytes it is given: documents that can be stored, and problems that can be
// sent.
#ifndef BEDSIDE_TESTS_INGEST_CONNECTORS_READ_FUZZED_H_
#define BEDSIDE_TESTS_INGEST_CONNECTORS_READ_FUZZED_H_

#include <glog/logging.h>

#include <string>

#include "ingest/connectors/connector.h"
#include "tests/fuzz/input.h"
#include "tests/ingest/connectors/recording_sink.h"

namespace bedside {

inline void ReadFuzzed(const Connector& connector, const std::string& name, const uint8_t* data, size_t size) {
  const SourceFile file = {name, ExtensionOf(name), std::string(TextOf(data, size)), ""};
  connector.Recognises(file);
  RecordingSink sink;
  connector.Read(file, sink);
  for (const storage::Document& document : sink.documents) {
    CHECK(IsConsistent(document));
    CHECK(!document.id().empty());
  }
  // Parsing refuses strings that are not UTF-8.
  for (const auto& problem : sink.problems) CHECK(v1::JobProblem().ParseFromString(problem.SerializeAsString()));
  for (const auto& notice : sink.notices) CHECK(storage::StatusNotice().ParseFromString(notice.SerializeAsString()));
}

}  // namespace bedside

#endif  // BEDSIDE_TESTS_INGEST_CONNECTORS_READ_FUZZED_H_
