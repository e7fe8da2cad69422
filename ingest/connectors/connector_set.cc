#include "ingest/connectors/connector_set.h"

#include <utility>

#include "ingest/connectors/beir_connector.h"
#include "ingest/connectors/html_connector.h"
#include "ingest/connectors/jats_connector.h"
#include "ingest/connectors/markdown_connector.h"
#include "ingest/connectors/medline_connector.h"
#include "ingest/connectors/medquad_connector.h"
#include "ingest/connectors/pdf_connector.h"
#include "ingest/connectors/pubmedqa_connector.h"
#include "ingest/connectors/status_feed_connector.h"

namespace bedside {

ConnectorSet::ConnectorSet(std::vector<std::unique_ptr<Connector>> connectors) : connectors_(std::move(connectors)) {}

absl::StatusOr<std::unique_ptr<ConnectorSet>> ConnectorSet::Create(const config::ReadLimits& limits) {
  std::vector<std::unique_ptr<Connector>> connectors;
  connectors.push_back(std::make_unique<MarkdownConnector>());
  connectors.push_back(std::make_unique<MedlineConnector>());
  connectors.push_back(std::make_unique<JatsConnector>());
  connectors.push_back(std::make_unique<MedquadConnector>());
  connectors.push_back(std::make_unique<BeirConnector>());
  connectors.push_back(std::make_unique<PubmedqaConnector>());
  connectors.push_back(std::make_unique<StatusFeedConnector>());
  connectors.push_back(std::make_unique<HtmlConnector>());
  connectors.push_back(std::make_unique<PdfConnector>(limits));
  return std::unique_ptr<ConnectorSet>(new ConnectorSet(std::move(connectors)));
}

const Connector* ConnectorSet::For(const SourceFile& file) const {
  for (const std::unique_ptr<Connector>& connector : connectors_) {
    if (connector->Recognises(file)) return connector.get();
  }
  return nullptr;
}

}  // namespace bedside
