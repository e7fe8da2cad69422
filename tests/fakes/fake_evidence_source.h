// Evidence that a test lays down, and documents to lay down.
#ifndef BEDSIDE_TESTS_FAKES_FAKE_EVIDENCE_SOURCE_H_
#define BEDSIDE_TESTS_FAKES_FAKE_EVIDENCE_SOURCE_H_

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/string_view.h"
#include "services/answer/evidence_source.h"

namespace bedside {

// Returns `evidence`, or `status` when that is not OK; keeps the last question. Not thread-safe.
class FakeEvidenceSource : public EvidenceSource {
 public:
  absl::StatusOr<RetrievedEvidence> Find(const EvidenceQuestion& question) const override {
    last_question = question;
    if (!status.ok()) return status;
    return evidence;
  }

  RetrievedEvidence evidence;
  absl::Status status;
  mutable EvidenceQuestion last_question;
};

// A document of one section that is one passage, block by block.
//
//   EvidencePassage evidence = EvidenceBuilder("g1", "Stroke guideline").Heading("Aspirin").Item("160 mg").Build();
class EvidenceBuilder {
 public:
  EvidenceBuilder(absl::string_view id, absl::string_view title) {
    document_.set_id(id.data(), id.size());
    document_.set_title(title.data(), title.size());
    document_.add_sections();
    evidence_.document_version = "00";
    evidence_.relevance = 0.9;
    evidence_.score = 1;
  }

  EvidenceBuilder& Heading(absl::string_view heading) {
    evidence_.passage.add_heading_path(heading.data(), heading.size());
    return *this;
  }
  EvidenceBuilder& Label(absl::string_view label) {
    evidence_.passage.set_section_label(label.data(), label.size());
    return *this;
  }
  EvidenceBuilder& Paragraph(absl::string_view text) { return Add(storage::BLOCK_KIND_PARAGRAPH, text, ""); }
  EvidenceBuilder& Item(absl::string_view text, absl::string_view context = "") {
    return Add(storage::BLOCK_KIND_LIST_ITEM, text, context);
  }
  EvidenceBuilder& Table(absl::string_view rows, absl::string_view context) {
    return Add(storage::BLOCK_KIND_TABLE, rows, context);
  }
  EvidenceBuilder& Status(v1::DocumentStatus status) {
    evidence_.status = status;
    return *this;
  }
  EvidenceBuilder& Relevance(double relevance) {
    evidence_.relevance = relevance;
    return *this;
  }
  storage::Document& document() { return document_; }

  EvidencePassage Build() {
    evidence_.passage.set_end(static_cast<uint32_t>(document_.text().size()));
    document_.mutable_sections(0)->set_end(evidence_.passage.end());
    evidence_.document = std::make_shared<storage::Document>(document_);
    return evidence_;
  }

 private:
  EvidenceBuilder& Add(storage::BlockKind kind, absl::string_view text, absl::string_view context) {
    if (!document_.text().empty()) document_.mutable_text()->append("\n\n");
    storage::Block& block = *document_.mutable_sections(0)->add_blocks();
    block.set_kind(kind);
    block.set_begin(static_cast<uint32_t>(document_.text().size()));
    document_.mutable_text()->append(text.data(), text.size());
    block.set_end(static_cast<uint32_t>(document_.text().size()));
    block.set_context(context.data(), context.size());
    return *this;
  }

  storage::Document document_;
  EvidencePassage evidence_;
};

}  // namespace bedside

#endif  // BEDSIDE_TESTS_FAKES_FAKE_EVIDENCE_SOURCE_H_
