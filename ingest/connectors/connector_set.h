// All formats that Bedside reads.
#ifndef BEDSIDE_INGEST_CONNECTORS_CONNECTOR_SET_H_
#define BEDSIDE_INGEST_CONNECTORS_CONNECTOR_SET_H_

#include <memory>
#include <vector>

#include "absl/status/statusor.h"
#include "ingest/connectors/connector.h"
#include "proto/bedside/config/ingest_config.pb.h"

namespace bedside {

// Immutable and thread-safe.
class ConnectorSet {
 public:
  static absl::StatusOr<std::unique_ptr<ConnectorSet>> Create(const config::ReadLimits& limits);

  // The connector that recognises `file`, owned by the set; nullptr when there is none.
  const Connector* For(const SourceFile& file) const;

 private:
  explicit ConnectorSet(std::vector<std::unique_ptr<Connector>> connectors);

  std::vector<std::unique_ptr<Connector>> connectors_;
};

}  // namespace bedside

#endif  // BEDSIDE_INGEST_CONNECTORS_CONNECTOR_SET_H_
