#include "ingest/pipeline/generation_adopter.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "index/generation/generation.h"
#include "index/generation/generation_manifest.h"
#include "index/generation/generation_publisher.h"
#include "index/interaction/token_codes.h"
#include "index/status/status_macros.h"
#include "index/store/token_store.h"
#include "index/store/vector_cache.h"
#include "ingest/pipeline/notice_ledger.h"
#include "ingest/pipeline/segment_writer.h"
#include "ingest/pipeline/stage_timer.h"

namespace bedside {
namespace {

// Some megabytes: the tokens of a passage take about ten kilobytes.
constexpr size_t kBatchPassages = 256;

absl::Status Lacks(absl::string_view what) {
  return absl::DataLossError(absl::StrCat("the workshop lacks ", what, ". Run the job again with a new workshop."));
}

}  // namespace

absl::StatusOr<v1::JobReport> GenerationAdopter::Adopt(const std::string& path) {
  double seconds = 0;
  {
    const StageTimer timer(&seconds);
    ASSIGN_OR_RETURN(workshop_, EvidenceStore::Open(path, Database::Access::kReadOnly));
    ASSIGN_OR_RETURN(const storage::Manifest finished, FindFinished());
    RETURN_IF_ERROR(CheckBase(finished));
    storage::Manifest copied;
    absl::Status status = Copy(finished, &copied);
    if (status.ok()) status = Verify(copied);
    if (!status.ok()) {
      // A failure to take back leaves what the next writer to open the store reclaims.
      for (const storage::SegmentManifest& segment : copied.segments()) {
        SegmentWriter::TakeBack(segment.segment(), parts_.store).IgnoreError();
      }
      return status;
    }
    // Where this fails, it may be on disk all the same: nothing is taken back.
    RETURN_IF_ERROR(Publish(copied, finished));
  }
  report_.mutable_times()->set_total(seconds);
  report_.mutable_times()->set_publish(seconds);
  monitor_.Enter(v1::JOB_STAGE_DONE);
  return report_;
}

absl::StatusOr<storage::Manifest> GenerationAdopter::FindFinished() const {
  ASSIGN_OR_RETURN(const absl::optional<std::string> name, workshop_->manifests().Current(corpus_));
  if (name.has_value()) return workshop_->manifests().Get(corpus_, *name);
  return absl::NotFoundError(
      absl::StrCat("the workshop holds no finished generation of corpus ", corpus_, ". Run bedside_ingest --beside."));
}

absl::Status GenerationAdopter::CheckBase(const storage::Manifest& finished) const {
  ASSIGN_OR_RETURN(const absl::optional<std::string> active, parts_.store->manifests().Current(corpus_));
  if (active.value_or("") == finished.base_generation()) return absl::OkStatus();
  const auto name = [](const std::string& generation) { return generation.empty() ? "none" : generation; };
  return absl::FailedPreconditionError(absl::StrCat(
      "the generation was built on ", name(finished.base_generation()), " of corpus ", corpus_, ", and ",
      name(active.value_or("")),
      " is active now: what came between would be lost. Run the job again: what was embedded is not embedded again."));
}

absl::Status GenerationAdopter::CheckDeletions(const storage::DocumentTable& documents) const {
  ASSIGN_OR_RETURN(const std::vector<storage::StatusNotice> notices, parts_.store->changes().Notices(corpus_));
  const NoticeLedger ledger(notices);
  for (const storage::DocumentEntry& entry : documents.entries()) {
    if (!ledger.IsDeleted(entry.id())) continue;
    return absl::FailedPreconditionError(
        absl::StrCat("document ", entry.id(),
                     " was deleted since the generation was built. Run the job again, which leaves it out: "
                     "what was embedded is not embedded again."));
  }
  return absl::OkStatus();
}

absl::Status GenerationAdopter::Copy(const storage::Manifest& finished, storage::Manifest* copied) {
  monitor_.Enter(v1::JOB_STAGE_ADOPTING);
  embedder_ = finished.embedder();
  for (const storage::SegmentManifest& from : finished.segments()) {
    passages_total_ += static_cast<int64_t>(from.passages());
  }
  storage::Manifest named = finished;
  named.clear_notices();
  named.clear_segments();
  *copied = named;
  for (const storage::SegmentManifest& from : finished.segments()) {
    RETURN_IF_ERROR(CopyDocuments(from));
    ASSIGN_OR_RETURN(const uint64_t segment, parts_.store->segments().NewSegment());
    holds_.push_back(parts_.store->segments().Hold(segment));
    storage::SegmentManifest& to = *copied->add_segments();
    to = from;
    to.set_segment(segment);
    copied->set_generation(NameAfter(to));
    RETURN_IF_ERROR(CopyPassages(from, segment));
    for (const storage::PieceSet& pieces : from.indexes()) {
      RETURN_IF_ERROR(monitor_.CheckCancelled());
      RETURN_IF_ERROR(parts_.store->segments().CopyPieces(workshop_->segments(), from.segment(), pieces, segment));
    }
  }
  return parts_.store->database().Sync();
}

absl::Status GenerationAdopter::CopyDocuments(const storage::SegmentManifest& segment) {
  ASSIGN_OR_RETURN(const auto documents, workshop_->segments().GetDocuments(segment));
  RETURN_IF_ERROR(CheckDeletions(*documents));
  for (const storage::DocumentEntry& entry : documents->entries()) {
    RETURN_IF_ERROR(monitor_.CheckCancelled());
    RETURN_IF_ERROR(CopyDocument(entry));
    monitor_.DocumentRead();
  }
  report_.mutable_counts()->set_documents_published(report_.counts().documents_published() + documents->entries_size());
  return absl::OkStatus();
}

absl::Status GenerationAdopter::CopyDocument(const storage::DocumentEntry& entry) {
  const absl::StatusOr<storage::Document> document = workshop_->documents().Get(corpus_, entry.id(), entry.version());
  if (absl::IsNotFound(document.status())) {
    // The job had it from this store.
    const auto held = parts_.store->documents().GetMetadata(corpus_, {{entry.id(), entry.version()}});
    return absl::IsNotFound(held.status()) ? Lacks(absl::StrCat("document ", entry.id())) : held.status();
  }
  RETURN_IF_ERROR(document.status());
  if (DocumentStore::VersionOf(*document) != entry.version()) {
    return Lacks(absl::StrCat("document ", entry.id(), " with the SHA-256 that its generation names"));
  }
  return parts_.store->documents().Put(corpus_, *document).status();
}

absl::Status GenerationAdopter::CopyPassages(const storage::SegmentManifest& from, uint64_t to) {
  for (size_t begin = 0; begin < from.passages(); begin += kBatchPassages) {
    RETURN_IF_ERROR(monitor_.CheckCancelled());
    std::vector<PassageOrdinal> ordinals;
    const size_t end = std::min<size_t>(begin + kBatchPassages, from.passages());
    for (size_t i = begin; i < end; ++i) ordinals.push_back(PassageAt(i));
    ASSIGN_OR_RETURN(const std::vector<storage::Passage> passages,
                     workshop_->segments().GetPassages(from.segment(), ordinals));
    std::vector<std::string> keys;
    for (const storage::Passage& passage : passages) {
      if (!passage.embedding_key().empty()) keys.push_back(passage.embedding_key());
    }
    RETURN_IF_ERROR(CopyVectors(keys));
    RETURN_IF_ERROR(parts_.store->segments().PutPassages(to, PassageAt(begin), passages));
    passages_done_ += static_cast<int64_t>(passages.size());
    monitor_.PassagesDone(passages_done_, passages_total_);
  }
  report_.mutable_counts()->set_passages_published(passages_done_);
  return absl::OkStatus();
}

absl::Status GenerationAdopter::CopyVectors(const std::vector<std::string>& keys) {
  const size_t dimension = embedder_.dimension();
  const VectorCache own(&parts_.store->database(), embedder_.id(), dimension);
  const TokenStore own_tokens(&parts_.store->database(), CodeBytes(dimension));
  ASSIGN_OR_RETURN(const auto own_vectors, own.Get(keys));
  ASSIGN_OR_RETURN(const auto own_codes, own_tokens.Get(keys));
  std::vector<std::string> wanted;
  for (size_t i = 0; i < keys.size(); ++i) {
    if (own_vectors[i].empty() || !own_codes[i].has_value()) wanted.push_back(keys[i]);
  }
  const VectorCache cache(&workshop_->database(), embedder_.id(), dimension);
  const TokenStore tokens(&workshop_->database(), CodeBytes(dimension));
  ASSIGN_OR_RETURN(const auto vectors, cache.Get(wanted));
  ASSIGN_OR_RETURN(const auto codes, tokens.Get(wanted));
  WriteBatch batch;
  for (size_t i = 0; i < wanted.size(); ++i) {
    if (vectors[i].empty() || !codes[i].has_value()) return Lacks("the vector or the tokens of a passage");
    own.Put(wanted[i], vectors[i], &batch);
    TokenStore::Put(wanted[i], *codes[i], &batch);
  }
  return parts_.store->database().Write(batch, Database::Durability::kBuffered);
}

absl::Status GenerationAdopter::Verify(const storage::Manifest& copied) {
  RETURN_IF_ERROR(Generation::Open(parts_.store->segments(), copied, parts_.vector).status());
  RETURN_IF_ERROR(monitor_.CheckCancelled());
  if (parts_.gate == nullptr || embedder_.id() != parts_.embedder_id) return absl::OkStatus();
  monitor_.Enter(v1::JOB_STAGE_CHECKING);
  ASSIGN_OR_RETURN(*report_.mutable_gate(), parts_.gate->Check(copied, [this] { return monitor_.CheckCancelled(); }));
  return absl::OkStatus();
}

absl::Status GenerationAdopter::Publish(const storage::Manifest& copied, const storage::Manifest& finished) {
  monitor_.Enter(v1::JOB_STAGE_PUBLISHING);
  const std::vector<storage::StatusNotice> notices(finished.notices().begin(), finished.notices().end());
  const int64_t now = absl::ToUnixMicros(absl::Now());
  GenerationPublisher publisher(parts_.store, parts_.replay);
  if (embedder_.id() == parts_.embedder_id) {
    RETURN_IF_ERROR(publisher.Publish(copied, notices, parts_.kept_generations, now));
  } else {
    RETURN_IF_ERROR(publisher.Keep(copied, notices, parts_.kept_generations, now));
    report_.set_not_serving_reason(absl::StrCat("it was embedded with ", embedder_.id(), ", this server asks with ",
                                                parts_.embedder_id,
                                                "; start the server with the model of the generation to serve it"));
  }
  report_.set_generation(absl::StrCat("corpora/", corpus_, "/generations/", copied.generation()));
  report_.mutable_counts()->set_status_notices(static_cast<int64_t>(notices.size()));
  return absl::OkStatus();
}

}  // namespace bedside
