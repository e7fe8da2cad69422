#include "ingest/pipeline/generation_upkeep.h"

#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "index/generation/generation_manifest.h"
#include "index/generation/generation_publisher.h"
#include "index/status/status_macros.h"
#include "ingest/pipeline/active_generation.h"
#include "ingest/pipeline/document_selection.h"
#include "ingest/pipeline/run_monitor.h"
#include "ingest/pipeline/segment_writer.h"
#include "ingest/pipeline/stage_timer.h"

namespace bedside {
namespace {

// Beside the first. Upserts merge what is small themselves, so that more than these are of some hundred documents each.
constexpr int kManySegments = 8;

// Of the passages, or of the documents beside those of the first segment: what costs searches about as much.
constexpr uint64_t kWorthyShare = 5;

uint64_t LiveDocumentsOf(const storage::SegmentManifest& segment) {
  return segment.documents() - static_cast<uint64_t>(segment.replaced_size());
}

bool MuchIsReplaced(const storage::Manifest& manifest) {
  uint64_t replaced = 0;
  for (const storage::SegmentManifest& segment : manifest.segments()) replaced += segment.replaced_passages();
  return replaced * kWorthyShare > CountsOf(manifest).passages + replaced;
}

bool SmallSegmentsHaveGrown(const storage::Manifest& manifest) {
  const uint64_t all = CountsOf(manifest).documents;
  return (all - LiveDocumentsOf(manifest.segments(0))) * kWorthyShare > all;
}

// Those of the segments from `first` on.
std::vector<SelectedDocument> DocumentsFrom(uint32_t first, const LiveDocuments& documents) {
  std::vector<SelectedDocument> selected;
  for (size_t i = 0; i < documents.size(); ++i) {
    if (documents.place(i).segment < first) continue;
    selected.push_back({documents.entry(i).id(), documents.entry(i).version()});
  }
  return selected;
}

}  // namespace

absl::StatusOr<storage::Manifest> GenerationUpkeep::Replay(storage::Manifest manifest) {
  ChangeLog& changes = parts_.store->changes();
  ASSIGN_OR_RETURN(const std::vector<storage::UpsertedDocument> upserts,
                   changes.UpsertsAfter(manifest.corpus(), manifest.change_sequence()));
  if (upserts.empty()) return manifest;
  ASSIGN_OR_RETURN(const LiveDocuments documents, LiveDocuments::Read(parts_.store->segments(), manifest));
  std::vector<SelectedDocument> missing;
  for (const storage::UpsertedDocument& upserted : upserts) {
    const absl::optional<size_t> held = documents.Find(upserted.document_id());
    if (held.has_value() && documents.entry(*held).version() == upserted.version()) continue;
    ASSIGN_OR_RETURN(const bool is_deleted, changes.IsDeleted(manifest.corpus(), upserted.document_id()));
    if (!is_deleted) missing.push_back({upserted.document_id(), upserted.version()});
  }
  if (missing.empty()) return manifest;
  if (manifest.embedder().id() != parts_.embedder->id()) {
    return absl::FailedPreconditionError(
        absl::StrCat("generation ", manifest.generation(), " of corpus ", manifest.corpus(), " was embedded with ",
                     manifest.embedder().id(), ", and ", missing.size(), " documents that were upserted since with ",
                     parts_.embedder->id(), ". Reindex the corpus."));
  }
  const IngestObserver nobody;
  RunMonitor monitor(manifest.corpus(), nobody);
  StageSeconds seconds;
  ASSIGN_OR_RETURN(
      const BuiltSegment built,
      SegmentWriter(parts_, &monitor, &seconds, manifest.corpus()).Write(missing, MeanFieldLengthsOf(manifest)));
  return WithSegment(std::move(manifest), documents, built.manifest, *built.documents, {});
}

bool GenerationUpkeep::IsWorthMerging(const storage::Manifest& manifest) {
  return manifest.segments_size() > 1 &&
         (manifest.segments_size() > kManySegments + 1 || MuchIsReplaced(manifest) || SmallSegmentsHaveGrown(manifest));
}

absl::Status GenerationUpkeep::Merge(const std::string& corpus, const IngestObserver& observer) {
  ASSIGN_OR_RETURN(const absl::optional<ActiveGeneration> before, ReadActiveGeneration(*parts_.store, corpus));
  if (!before.has_value() || !IsWorthMerging(before->manifest) ||
      before->manifest.embedder().id() != parts_.embedder->id()) {
    return absl::OkStatus();
  }
  const bool all = MuchIsReplaced(before->manifest) || SmallSegmentsHaveGrown(before->manifest);
  RunMonitor monitor(corpus, observer);
  StageSeconds seconds;
  ASSIGN_OR_RETURN(const BuiltSegment built,
                   SegmentWriter(parts_, &monitor, &seconds, corpus)
                       .Write(DocumentsFrom(all ? 0 : 1, before->documents),
                              all ? MeanFieldLengths() : MeanFieldLengthsOf(before->manifest)));
  absl::MutexLock lock(&parts_.store->publishing());
  ASSIGN_OR_RETURN(const absl::optional<ActiveGeneration> now, ReadActiveGeneration(*parts_.store, corpus));
  if (!now.has_value() || now->manifest.generation() != before->manifest.generation()) return absl::OkStatus();
  return GenerationPublisher(parts_.store)
      .PublishUpserts(WithMerged(now->manifest, now->documents, built.manifest, *built.documents), {});
}

}  // namespace bedside
