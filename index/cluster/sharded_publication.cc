#include "index/cluster/sharded_publication.h"

#include <memory>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "index/cluster/segment_schema.h"
#include "index/generation/generation_manifest.h"
#include "index/status/status_macros.h"
#include "proto/bedside/config/source_trust.h"

namespace bedside {
namespace {

constexpr size_t kDocumentsAtOnce = 500;

// Calls `visit` with each document of the segments that is not replaced, and its place, in their order.
template <typename Visit>
void ForEachDocument(const storage::Manifest& manifest, const LiveDocuments::Tables& tables, const Visit& visit) {
  for (uint32_t segment = 0; segment < tables.size(); ++segment) {
    const auto& replaced = manifest.segments(static_cast<int>(segment)).replaced();
    auto next = replaced.begin();
    for (uint32_t entry = 0; entry < static_cast<uint32_t>(tables[segment]->entries_size()); ++entry) {
      if (next != replaced.end() && *next == entry) {
        ++next;
      } else {
        visit(tables[segment]->entries(static_cast<int>(entry)), DocumentPlace{segment, entry});
      }
    }
  }
}

}  // namespace

absl::StatusOr<storage::Manifest> ShardedPublication::OfOtherSets(
    const absl::optional<storage::Manifest>& active) const {
  if (!active.has_value()) return storage::Manifest();
  ASSIGN_OR_RETURN(const LiveDocuments::Tables tables, reader_->ReadDocumentTables(*active));
  std::vector<DocumentPlace> replaced;
  std::string other;
  ForEachDocument(*active, tables, [&](const storage::DocumentEntry& entry, const DocumentPlace& place) {
    const absl::string_view set = NameOfSourceSet(entry.source_set());
    if (set == terms_.source_set) return replaced.push_back(place);
    other.assign(set.data(), set.size());
  });
  const bool is_alike =
      active->embedder().id() == terms_.embedder.id() && active->settings_sha256() == terms_.settings_sha256;
  if (other.empty() || is_alike) return WithoutDocuments(*active, replaced, tables);
  return absl::FailedPreconditionError(absl::StrCat(
      "generation ", active->generation(), " of corpus ", terms_.corpus, " has documents of source set ", other,
      ", which were made with another model or other settings and cannot stand beside those of this job. "
      "Use the same, or import all source sets into a new corpus."));
}

absl::StatusOr<std::vector<storage::Document>> ShardedPublication::ReadHeads(const storage::Manifest& manifest,
                                                                             absl::Span<const Copies> doubled) const {
  std::vector<RecordPlace> records;
  for (const Copies& copies : doubled) {
    for (const DocumentPlace& copy : copies) {
      const storage::SegmentManifest& segment = manifest.segments(static_cast<int>(copy.segment));
      records.push_back({segment.cluster_index(), DocumentRecordId(copy.entry)});
    }
  }
  ASSIGN_OR_RETURN(const std::vector<std::string> fields, reader_->ReadField(records, "head"));
  std::vector<storage::Document> heads(fields.size());
  for (size_t i = 0; i < heads.size(); ++i) {
    if (heads[i].ParseFromString(fields[i])) continue;
    return absl::DataLossError(
        absl::StrCat(records[i].id, " of index ", records[i].index, " of the cluster cannot be read. Name a new job."));
  }
  return heads;
}

absl::StatusOr<std::vector<DocumentPlace>> ShardedPublication::Outdone(const storage::Manifest& manifest,
                                                                       absl::Span<const Copies> doubled) const {
  ASSIGN_OR_RETURN(const std::vector<storage::Document> heads, ReadHeads(manifest, doubled));
  std::vector<DocumentPlace> outdone;
  size_t first = 0;
  for (const Copies& copies : doubled) {
    size_t winner = 0;
    for (size_t i = 1; i < copies.size(); ++i) {
      const bool is_better = prevails_(heads[first + i], heads[first + winner]);
      outdone.push_back(copies[is_better ? winner : i]);
      if (is_better) winner = i;
    }
    first += copies.size();
  }
  return outdone;
}

absl::StatusOr<storage::Manifest> ShardedPublication::Compose(const std::vector<storage::Manifest>& shards,
                                                              const absl::optional<storage::Manifest>& active) const {
  ASSIGN_OR_RETURN(const storage::Manifest others, OfOtherSets(active));
  storage::Manifest manifest;
  manifest.set_corpus(terms_.corpus);
  *manifest.mutable_embedder() = terms_.embedder;
  manifest.set_settings_sha256(terms_.settings_sha256);
  *manifest.mutable_segments() = others.segments();
  for (const storage::Manifest& shard : shards) manifest.mutable_segments()->MergeFrom(shard.segments());
  ASSIGN_OR_RETURN(const LiveDocuments::Tables tables, reader_->ReadDocumentTables(manifest));
  ASSIGN_OR_RETURN(const std::vector<DocumentPlace> left_out,
                   LeftOut(manifest, tables, static_cast<uint32_t>(others.segments_size())));
  manifest = WithoutDocuments(std::move(manifest), left_out, tables);
  if (manifest.segments_size() > 0) return manifest;
  return absl::FailedPreconditionError(absl::StrCat(
      "no shard has a document that can be used: corpus ", terms_.corpus,
      " would be empty. What served goes on serving; look at the problems in the reports of the workers."));
}

absl::StatusOr<std::vector<DocumentPlace>> ShardedPublication::LeftOut(const storage::Manifest& manifest,
                                                                       const LiveDocuments::Tables& tables,
                                                                       uint32_t others) const {
  absl::flat_hash_map<absl::string_view, DocumentPlace> first;
  absl::flat_hash_map<absl::string_view, Copies> copies;
  ForEachDocument(manifest, tables, [&](const storage::DocumentEntry& entry, const DocumentPlace& place) {
    const auto [found, is_new] = first.try_emplace(entry.id(), place);
    if (!is_new) copies.try_emplace(entry.id(), Copies{found->second}).first->second.push_back(place);
  });
  std::vector<DocumentPlace> left_out;
  std::vector<Copies> doubled;
  for (auto& [id, places] : copies) {
    if (places[0].segment < others) {
      left_out.insert(left_out.end(), places.begin() + 1, places.end());
    } else {
      doubled.push_back(std::move(places));
    }
  }
  for (size_t begin = 0; begin < doubled.size(); begin += kDocumentsAtOnce) {
    ASSIGN_OR_RETURN(const std::vector<DocumentPlace> outdone,
                     Outdone(manifest, absl::MakeConstSpan(doubled).subspan(begin, kDocumentsAtOnce)));
    left_out.insert(left_out.end(), outdone.begin(), outdone.end());
  }
  return left_out;
}

}  // namespace bedside
