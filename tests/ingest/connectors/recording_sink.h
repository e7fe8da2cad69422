// A sink that keeps everything, and a short form of documents for golden tests.
#ifndef BEDSIDE_TESTS_INGEST_CONNECTORS_RECORDING_SINK_H_
#define BEDSIDE_TESTS_INGEST_CONNECTORS_RECORDING_SINK_H_

#include <cstdint>
#include <string>
#include <vector>

#include "ingest/connectors/connector.h"
#include "ingest/connectors/document_sink.h"

namespace bedside {

class RecordingSink : public DocumentSink {
 public:
  // Asks the connector to stop after `max_documents`.
  explicit RecordingSink(size_t max_documents = 1000000) : max_documents_(max_documents) {}

  bool OnDocument(storage::Document document) override {
    documents.push_back(std::move(document));
    return documents.size() < max_documents_;
  }
  void OnStatus(storage::StatusNotice notice) override { notices.push_back(std::move(notice)); }
  void OnProblem(v1::JobProblem problem) override { problems.push_back(std::move(problem)); }

  std::vector<storage::Document> documents;
  std::vector<storage::StatusNotice> notices;
  std::vector<v1::JobProblem> problems;

 private:
  const size_t max_documents_;
};

// The sections and blocks of a document, one a line and indented by depth: "# heading [LABEL]", "P paragraph",
// "- list item {context}", "T rows {caption and header}" with " / " between the lines of a table.
std::string Outline(const storage::Document& document);

// "scheme:value" of all identifiers, joined by spaces.
std::string Identifiers(const storage::Document& document);

// "2011-08-02", with zeros for what is unknown.
std::string DateText(const v1::Date& date);

// Whether all spans are in range, disjoint, on character boundaries and nested in their sections, blocks in order
// within each, the text is canonical, and the document can be stored.
bool IsConsistent(const storage::Document& document);

// Documents that `connector` makes of `rounds` damaged copies of `file`; each is checked with IsConsistent.
size_t ReadDamaged(const Connector& connector, const SourceFile& file, int rounds, uint32_t seed);

}  // namespace bedside

#endif  // BEDSIDE_TESTS_INGEST_CONNECTORS_RECORDING_SINK_H_
