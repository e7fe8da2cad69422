#include "ingest/pipeline/segment_writer.h"

#include <utility>

#include "index/status/status_macros.h"

namespace bedside {

absl::StatusOr<BuiltSegment> SegmentWriter::Write(const std::vector<SelectedDocument>& documents,
                                                  const MeanFieldLengths& means) {
  ASSIGN_OR_RETURN(
      const std::unique_ptr<SegmentBuilder> builder,
      SegmentBuilder::Create(parts_.store, parts_.embedder->dimension(), parts_.vector, parts_.analyzer, means));
  absl::Status status = AddDocuments(documents, builder.get());
  if (status.ok()) {
    absl::StatusOr<BuiltSegment> segment = Finish(builder.get());
    if (segment.ok()) return segment;
    status = segment.status();
  }
  // A failure to take back leaves what the next publication reclaims.
  TakeBack(builder->segment(), parts_.store).IgnoreError();
  return status;
}

absl::Status SegmentWriter::Embed(const std::vector<SelectedDocument>& documents) {
  return AddDocuments(documents, nullptr);
}

absl::Status SegmentWriter::AddDocuments(const std::vector<SelectedDocument>& documents, SegmentBuilder* builder) {
  monitor_->Enter(v1::JOB_STAGE_EMBEDDING);
  documents_cut_ = 0;
  for (const SelectedDocument& document : documents) {
    RETURN_IF_ERROR(Cut(document));
    if (window_.full()) RETURN_IF_ERROR(FlushWindow(documents.size() - documents_cut_, builder));
  }
  return FlushWindow(0, builder);
}

absl::Status SegmentWriter::Cut(const SelectedDocument& document) {
  const StageTimer timer(&seconds_->embed);
  RETURN_IF_ERROR(monitor_->CheckCancelled());
  ASSIGN_OR_RETURN(storage::Document content, Read(document));
  window_.Add(std::move(content), document.version);
  ++documents_cut_;
  return absl::OkStatus();
}

absl::StatusOr<storage::Document> SegmentWriter::Read(const SelectedDocument& document) const {
  absl::StatusOr<storage::Document> content = parts_.store->documents().Get(corpus_, document.id, document.version);
  if (!absl::IsNotFound(content.status()) || parts_.served == nullptr) return content;
  return parts_.served->documents().Get(corpus_, document.id, document.version);
}

absl::Status SegmentWriter::GoOn(size_t done, size_t total) {
  monitor_->PassagesDone(static_cast<int64_t>(done), static_cast<int64_t>(total));
  if (pace_ == nullptr) return monitor_->CheckCancelled();
  return pace_->Keep(window_.embedded(), [this] { return monitor_->CheckCancelled(); });
}

absl::Status SegmentWriter::FlushWindow(size_t documents_left, SegmentBuilder* builder) {
  const size_t passages_before = builder == nullptr ? 0 : builder->passages();
  const size_t passages_cut = passages_before + window_.passages();
  // Documents that are not cut yet are taken to be as long as the others.
  const size_t total = passages_cut + (documents_left == 0 ? 0 : passages_cut * documents_left / documents_cut_);
  std::vector<PassageWindow::EmbeddedDocument> embedded;
  {
    const StageTimer timer(&seconds_->embed);
    ASSIGN_OR_RETURN(embedded, window_.Embed([&](size_t done) { return GoOn(passages_before + done, total); }));
  }
  if (builder == nullptr) return absl::OkStatus();
  const StageTimer timer(&seconds_->index);
  for (PassageWindow::EmbeddedDocument& document : embedded) {
    RETURN_IF_ERROR(builder->AddDocument(document.document, document.version, std::move(document.passages)));
  }
  return absl::OkStatus();
}

absl::StatusOr<BuiltSegment> SegmentWriter::Finish(SegmentBuilder* builder) {
  const StageTimer timer(&seconds_->index);
  monitor_->Enter(v1::JOB_STAGE_INDEXING);
  RETURN_IF_ERROR(monitor_->CheckCancelled());
  ASSIGN_OR_RETURN(BuiltSegment segment, builder->Finish());
  RETURN_IF_ERROR(monitor_->CheckCancelled());
  return segment;
}

absl::Status SegmentWriter::TakeBack(uint64_t segment, EvidenceStore* store) {
  WriteBatch batch;
  SegmentStore::Delete(segment, &batch);
  return store->database().Write(batch, Database::Durability::kBuffered);
}

}  // namespace bedside
