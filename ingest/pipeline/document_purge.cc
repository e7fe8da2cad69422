#include "ingest/pipeline/document_purge.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "index/generation/generation_manifest.h"
#include "index/status/status_macros.h"
#include "ingest/pipeline/document_selection.h"
#include "ingest/pipeline/run_monitor.h"
#include "ingest/pipeline/segment_writer.h"
#include "ingest/pipeline/stage_timer.h"

namespace bedside {
namespace {

// Between two looks whether requests still read.
constexpr absl::Duration kPatience = absl::Milliseconds(20);

absl::optional<uint32_t> FindEntry(const storage::DocumentTable& table, const std::string& id) {
  const auto found =
      std::find_if(table.entries().begin(), table.entries().end(), [&](const auto& entry) { return entry.id() == id; });
  if (found == table.entries().end()) return absl::nullopt;
  return static_cast<uint32_t>(found - table.entries().begin());
}

std::vector<SelectedDocument> AllBut(const storage::DocumentTable& table, uint32_t entry) {
  std::vector<SelectedDocument> documents;
  for (uint32_t i = 0; i < static_cast<uint32_t>(table.entries_size()); ++i) {
    const storage::DocumentEntry& other = table.entries(static_cast<int>(i));
    if (i != entry) documents.push_back({other.id(), other.version()});
  }
  return documents;
}

storage::Change PurgeOf(const std::string& corpus, const std::string& id) {
  storage::Change change;
  change.set_corpus(corpus);
  change.set_purged_document(id);
  change.set_time_micros(absl::ToUnixMicros(absl::Now()));
  return change;
}

absl::Status CheckGoOn(const IngestObserver& observer) {
  const bool is_cancelled = observer.is_cancelled && observer.is_cancelled();
  return is_cancelled ? absl::CancelledError("the purge was stopped; start it again") : absl::OkStatus();
}

}  // namespace

absl::Status DocumentPurge::TakeOut(const IngestObserver& observer) {
  absl::MutexLock lock(&parts_.store->publishing());
  WriteBatch batch;
  RETURN_IF_ERROR(RewriteGenerations(observer, &batch));
  RETURN_IF_ERROR(ForgetEmbeddings(&batch));
  DocumentStore::DeleteAll(corpus_, id_, &batch);
  return parts_.store->changes().Append({PurgeOf(corpus_, id_)}, std::move(batch)).status();
}

absl::Status DocumentPurge::RewriteGenerations(const IngestObserver& observer, WriteBatch* batch) {
  ASSIGN_OR_RETURN(const absl::optional<std::string> active, parts_.store->manifests().Current(corpus_));
  ASSIGN_OR_RETURN(const std::vector<storage::Manifest> kept, parts_.store->manifests().Manifests(corpus_));
  for (const storage::Manifest& manifest : kept) {
    absl::StatusOr<storage::Manifest> rewritten = Rewritten(manifest, observer);
    if (rewritten.ok()) {
      ManifestStore::Put(*rewritten, batch);
    } else if (absl::IsFailedPrecondition(rewritten.status()) && manifest.generation() != active) {
      ManifestStore::Delete(manifest, batch);
    } else {
      return rewritten.status();
    }
  }
  return absl::OkStatus();
}

absl::StatusOr<storage::Manifest> DocumentPurge::Rewritten(storage::Manifest manifest, const IngestObserver& observer) {
  // From the last on: a place stays what it is when a later one leaves.
  for (int place = manifest.segments_size(); place-- > 0;) {
    const storage::SegmentManifest segment = manifest.segments(place);
    ASSIGN_OR_RETURN(const auto table, parts_.store->segments().GetDocuments(segment));
    const absl::optional<uint32_t> entry = FindEntry(*table, id_);
    if (!entry.has_value()) continue;
    if (manifest.embedder().id() != parts_.embedder->id()) {
      return absl::FailedPreconditionError(absl::StrCat("generation ", manifest.generation(), " was embedded with ",
                                                        manifest.embedder().id(), ", the configured model is ",
                                                        parts_.embedder->id(), ". Reindex the corpus first."));
    }
    if (rewritten_.count(segment.segment()) == 0) {
      ASSIGN_OR_RETURN(rewritten_[segment.segment()], Rewrite(segment, *table, *entry, observer));
    }
    manifest = WithoutDocument(std::move(manifest), place, *entry, *table, rewritten_[segment.segment()].manifest);
  }
  return manifest;
}

absl::StatusOr<BuiltSegment> DocumentPurge::Rewrite(const storage::SegmentManifest& segment,
                                                    const storage::DocumentTable& table, uint32_t entry,
                                                    const IngestObserver& observer) {
  const storage::DocumentEntry& leaving = table.entries(static_cast<int>(entry));
  std::vector<PassageOrdinal> passages;
  for (uint32_t i = 0; i < leaving.passages(); ++i) passages.push_back(PassageAt(leaving.first_passage() + i));
  ASSIGN_OR_RETURN(const std::vector<std::string> keys,
                   parts_.store->segments().GetEmbeddingKeys(segment.segment(), passages));
  for (const std::string& key : keys) {
    if (!key.empty()) embedding_keys_.insert(key);
  }
  RunMonitor monitor(corpus_, observer);
  StageSeconds seconds;
  return SegmentWriter(parts_, &monitor, &seconds, corpus_).Write(AllBut(table, entry), MeanFieldLengthsOf(segment));
}

absl::Status DocumentPurge::ForgetEmbeddings(WriteBatch* batch) const {
  absl::flat_hash_set<std::string> unused = embedding_keys_;
  ASSIGN_OR_RETURN(const std::vector<uint64_t> segments, parts_.store->segments().Segments());
  for (uint64_t segment : segments) {
    if (rewritten_.count(segment) > 0) continue;
    RETURN_IF_ERROR(
        parts_.store->segments().ForEachEmbeddingKey(segment, [&](const std::string& key) { unused.erase(key); }));
  }
  for (const std::string& key : unused) {
    for (Family family : {Family::kVectors, Family::kTokenVectors}) batch->Delete(family, key);
  }
  return absl::OkStatus();
}

absl::Status DocumentPurge::Erase(absl::Time deadline, const std::function<void()>& record,
                                  const IngestObserver& observer) {
  std::vector<uint64_t> old;
  for (const auto& entry : rewritten_) old.push_back(entry.first);
  for (;;) {
    ASSIGN_OR_RETURN(const bool are_gone, AreGone(old));
    if (are_gone) break;
    RETURN_IF_ERROR(CheckGoOn(observer));
    if (absl::Now() >= deadline) {
      return absl::AbortedError(absl::StrCat("document ", id_,
                                             " is in no search any more, but requests that began "
                                             "before still read it. Purge it again when they have ended."));
    }
    absl::SleepFor(kPatience);
  }
  record();
  ASSIGN_OR_RETURN(const std::vector<std::string> answers, parts_.store->answers().AnswersWith(corpus_, id_));
  for (const std::string& answer : answers) RETURN_IF_ERROR(parts_.store->answers().Remove(corpus_, answer));
  return parts_.store->database().Compact();
}

absl::StatusOr<bool> DocumentPurge::AreGone(const std::vector<uint64_t>& segments) const {
  absl::MutexLock lock(&parts_.store->publishing());
  RETURN_IF_ERROR(parts_.store->ReclaimSegments());
  ASSIGN_OR_RETURN(const std::vector<uint64_t> stored, parts_.store->segments().Segments());
  return std::none_of(segments.begin(), segments.end(),
                      [&](uint64_t segment) { return std::binary_search(stored.begin(), stored.end(), segment); });
}

}  // namespace bedside
