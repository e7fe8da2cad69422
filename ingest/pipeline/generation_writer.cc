#include "ingest/pipeline/generation_writer.h"

#include <utility>

#include "index/status/status_macros.h"

namespace bedside {
namespace {

absl::Status Remove(const std::vector<uint64_t>& segments, EvidenceStore* store) {
  WriteBatch batch;
  for (uint64_t segment : segments) SegmentStore::Delete(segment, &batch);
  return store->database().Write(batch, Database::Durability::kBuffered);
}

}  // namespace

absl::StatusOr<storage::Manifest> GenerationWriter::Write(const std::vector<SelectedDocument>& documents,
                                                          absl::string_view settings_sha256, int64_t time_micros) {
  storage::EmbedderIdentity embedder;
  embedder.set_id(parts_.embedder->id());
  embedder.set_dimension(static_cast<uint32_t>(parts_.embedder->dimension()));
  ASSIGN_OR_RETURN(const std::unique_ptr<GenerationBuilder> builder,
                   GenerationBuilder::Create(parts_.store, corpus_, embedder, vector_, parts_.analyzer));
  absl::Status status = AddDocuments(documents, builder.get());
  if (status.ok()) {
    absl::StatusOr<storage::Manifest> manifest = Finish(settings_sha256, time_micros, builder.get());
    if (manifest.ok()) return manifest;
    status = manifest.status();
  }
  // A failure to take back leaves what the next writer to open the store reclaims.
  Remove({builder->segment()}, parts_.store).IgnoreError();
  return status;
}

absl::Status GenerationWriter::AddDocuments(const std::vector<SelectedDocument>& documents,
                                            GenerationBuilder* builder) {
  parts_.monitor->Enter(v1::JOB_STAGE_EMBEDDING);
  for (const SelectedDocument& document : documents) {
    RETURN_IF_ERROR(Cut(document));
    if (window_.full()) RETURN_IF_ERROR(FlushWindow(documents.size() - documents_cut_, builder));
  }
  return FlushWindow(0, builder);
}

absl::Status GenerationWriter::Cut(const SelectedDocument& document) {
  const StageTimer timer(&parts_.seconds->embed);
  RETURN_IF_ERROR(parts_.monitor->CheckCancelled());
  ASSIGN_OR_RETURN(storage::Document content, Read(document));
  window_.Add(std::move(content), document.version);
  ++documents_cut_;
  return absl::OkStatus();
}

absl::StatusOr<storage::Document> GenerationWriter::Read(const SelectedDocument& document) const {
  absl::StatusOr<storage::Document> content = parts_.store->documents().Get(corpus_, document.id, document.version);
  if (!absl::IsNotFound(content.status()) || parts_.served == nullptr) return content;
  return parts_.served->documents().Get(corpus_, document.id, document.version);
}

absl::Status GenerationWriter::FlushWindow(size_t documents_left, GenerationBuilder* builder) {
  const size_t passages_before = builder->passages();
  const size_t passages_cut = passages_before + window_.passages();
  // Documents that are not cut yet are taken to be as long as the others.
  const size_t total = passages_cut + (documents_left == 0 ? 0 : passages_cut * documents_left / documents_cut_);
  std::vector<PassageWindow::EmbeddedDocument> embedded;
  {
    const StageTimer timer(&parts_.seconds->embed);
    ASSIGN_OR_RETURN(embedded, window_.Embed([&](size_t done) {
      parts_.monitor->PassagesDone(static_cast<int64_t>(passages_before + done), static_cast<int64_t>(total));
      return parts_.pace->Keep(window_.embedded(), [this] { return parts_.monitor->CheckCancelled(); });
    }));
  }
  const StageTimer timer(&parts_.seconds->index);
  for (PassageWindow::EmbeddedDocument& document : embedded) {
    RETURN_IF_ERROR(builder->AddDocument(document.document, document.version, std::move(document.passages)));
  }
  return absl::OkStatus();
}

absl::StatusOr<storage::Manifest> GenerationWriter::Finish(absl::string_view settings_sha256, int64_t time_micros,
                                                           GenerationBuilder* builder) {
  const StageTimer timer(&parts_.seconds->index);
  parts_.monitor->Enter(v1::JOB_STAGE_INDEXING);
  RETURN_IF_ERROR(parts_.monitor->CheckCancelled());
  ASSIGN_OR_RETURN(storage::Manifest manifest, builder->Finish(settings_sha256, time_micros));
  RETURN_IF_ERROR(parts_.monitor->CheckCancelled());
  return manifest;
}

absl::Status GenerationWriter::TakeBack(const storage::Manifest& manifest, EvidenceStore* store) {
  std::vector<uint64_t> segments;
  for (const storage::SegmentManifest& segment : manifest.segments()) segments.push_back(segment.segment());
  return Remove(segments, store);
}

}  // namespace bedside
