#include "index/store/segment_store.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "index/hash/sha256.h"
#include "index/status/status_macros.h"
#include "index/store/store_keys.h"

namespace bedside {
namespace {

constexpr size_t kPieceBytes = 4 << 20;
constexpr char kNextSegmentKey[] = "next_segment";

std::string SegmentKey(uint64_t segment) {
  std::string key;
  AppendBigEndian64(segment, &key);
  return key;
}

std::string PartKey(uint64_t segment, uint32_t number) {
  std::string key = SegmentKey(segment);
  AppendBigEndian32(number, &key);
  return key;
}

absl::Status BadPassage(uint64_t segment, size_t ordinal) {
  return absl::DataLossError(absl::StrCat("passage ", ordinal, " of segment ", segment,
                                          " is missing or corrupt. Activate an earlier generation, or reindex."));
}

absl::Status BadPiece(uint64_t segment, const storage::PieceSet& pieces, int index, absl::string_view what) {
  return absl::DataLossError(absl::StrCat("piece ", index, " of index ", pieces.name(), " in segment ", segment, " ",
                                          what, ". Activate an earlier generation, or reindex."));
}

// Of what the manifest says, so that a table is not taken for another one that has its place later.
std::string KeyOfDocuments(const storage::SegmentManifest& segment) {
  std::string key = SegmentKey(segment.segment());
  for (const storage::PieceSet& index : segment.indexes()) {
    if (index.name() != "documents") continue;
    for (const std::string& sha256 : index.sha256()) key += sha256;
  }
  return key;
}

}  // namespace

absl::StatusOr<uint64_t> SegmentStore::NewSegment() {
  // The lock is held across the write: two imports must not be given the same segment.
  absl::MutexLock lock(&new_segment_mutex_);
  ASSIGN_OR_RETURN(const absl::optional<std::string> next, database_->Get(Family::kMeta, kNextSegmentKey));
  if (next.has_value() && next->size() != sizeof(uint64_t))
    return absl::DataLossError("the segment counter is corrupt");
  const uint64_t segment = next.has_value() ? ReadBigEndian64(*next) : 1;
  WriteBatch batch;
  batch.Put(Family::kMeta, kNextSegmentKey, SegmentKey(segment + 1));
  RETURN_IF_ERROR(database_->Write(batch, Database::Durability::kSynced));
  return segment;
}

absl::Status SegmentStore::PutPassages(uint64_t segment, PassageOrdinal first,
                                       const std::vector<storage::Passage>& passages) {
  WriteBatch batch;
  uint32_t ordinal = static_cast<uint32_t>(first);
  for (const storage::Passage& passage : passages) {
    batch.Put(Family::kPassages, PartKey(segment, ordinal++), passage.SerializeAsString());
  }
  return database_->Write(batch, Database::Durability::kBuffered);
}

absl::StatusOr<std::vector<storage::Passage>> SegmentStore::GetPassages(
    uint64_t segment, absl::Span<const PassageOrdinal> passages) const {
  std::vector<std::string> keys;
  for (PassageOrdinal passage : passages) keys.push_back(PartKey(segment, static_cast<uint32_t>(passage)));
  ASSIGN_OR_RETURN(const std::vector<absl::optional<std::string>> found, database_->MultiGet(Family::kPassages, keys));
  std::vector<storage::Passage> result(passages.size());
  for (size_t i = 0; i < passages.size(); ++i) {
    if (!found[i].has_value() || !result[i].ParseFromString(*found[i])) {
      return BadPassage(segment, IndexOf(passages[i]));
    }
  }
  return result;
}

absl::StatusOr<std::vector<std::string>> SegmentStore::GetEmbeddingKeys(
    uint64_t segment, absl::Span<const PassageOrdinal> passages) const {
  ASSIGN_OR_RETURN(const std::vector<storage::Passage> stored, GetPassages(segment, passages));
  std::vector<std::string> keys;
  for (const storage::Passage& passage : stored) keys.push_back(passage.embedding_key());
  return keys;
}

absl::StatusOr<absl::optional<PassageOrdinal>> SegmentStore::FindPassage(uint64_t segment, PassageOrdinal first,
                                                                         uint32_t count, Span span) const {
  absl::optional<PassageOrdinal> found;
  uint32_t ordinal = static_cast<uint32_t>(first);
  const uint32_t end = ordinal + count;
  const auto visit = [&](absl::string_view key, absl::string_view value) {
    storage::Passage passage;
    const bool is_whole =
        key == PartKey(segment, ordinal) && passage.ParseFromArray(value.data(), static_cast<int>(value.size()));
    if (!is_whole) return false;
    if (passage.begin() == span.begin && passage.end() == span.end) found = PassageAt(ordinal);
    return !found.has_value() && ++ordinal < end;
  };
  if (count > 0) {
    RETURN_IF_ERROR(database_->Scan(Family::kPassages, SegmentKey(segment), PartKey(segment, ordinal), visit));
  }
  if (found.has_value() || ordinal == end) return found;
  return BadPassage(segment, ordinal);
}

absl::Status SegmentStore::ForEachEmbeddingKey(uint64_t segment,
                                               const std::function<void(const std::string& key)>& visit) const {
  absl::Status status;
  size_t ordinal = 0;
  const auto read = [&](absl::string_view, absl::string_view value) {
    storage::Passage passage;
    if (!passage.ParseFromArray(value.data(), static_cast<int>(value.size()))) {
      status = BadPassage(segment, ordinal);
    } else if (!passage.embedding_key().empty()) {
      visit(passage.embedding_key());
    }
    ++ordinal;
    return status.ok();
  };
  RETURN_IF_ERROR(database_->Scan(Family::kPassages, SegmentKey(segment), "", read));
  return status;
}

absl::StatusOr<storage::PieceSet> SegmentStore::PutPieces(uint64_t segment, absl::string_view name,
                                                          uint32_t first_piece, absl::string_view bytes) {
  storage::PieceSet pieces;
  pieces.set_name(name.data(), name.size());
  pieces.set_first_piece(first_piece);
  pieces.set_size_bytes(bytes.size());
  for (size_t begin = 0; begin < bytes.size(); begin += kPieceBytes) {
    const absl::string_view piece = bytes.substr(begin, kPieceBytes);
    WriteBatch batch;
    batch.Put(Family::kPieces, PartKey(segment, first_piece + pieces.sha256_size()), piece);
    RETURN_IF_ERROR(database_->Write(batch, Database::Durability::kBuffered));
    pieces.add_sha256(Sha256(piece));
  }
  return pieces;
}

absl::StatusOr<std::string> SegmentStore::GetPiece(uint64_t segment, const storage::PieceSet& pieces, int index) const {
  ASSIGN_OR_RETURN(absl::optional<std::string> piece,
                   database_->Get(Family::kPieces, PartKey(segment, pieces.first_piece() + index)));
  if (!piece.has_value()) return BadPiece(segment, pieces, index, "is missing");
  if (Sha256(*piece) != pieces.sha256(index)) return BadPiece(segment, pieces, index, "has a wrong SHA-256");
  return *std::move(piece);
}

absl::Status SegmentStore::CopyPieces(const SegmentStore& from, uint64_t from_segment, const storage::PieceSet& pieces,
                                      uint64_t segment) {
  for (int i = 0; i < pieces.sha256_size(); ++i) {
    ASSIGN_OR_RETURN(const std::string piece, from.GetPiece(from_segment, pieces, i));
    WriteBatch batch;
    batch.Put(Family::kPieces, PartKey(segment, pieces.first_piece() + i), piece);
    RETURN_IF_ERROR(database_->Write(batch, Database::Durability::kBuffered));
  }
  return absl::OkStatus();
}

absl::StatusOr<std::string> SegmentStore::GetPieces(uint64_t segment, const storage::PieceSet& pieces) const {
  std::string bytes;
  // What the manifest says is believed only as far as its pieces go.
  bytes.reserve(std::min<size_t>(pieces.size_bytes(), static_cast<size_t>(pieces.sha256_size()) * kPieceBytes));
  for (int i = 0; i < pieces.sha256_size(); ++i) {
    ASSIGN_OR_RETURN(const std::string piece, GetPiece(segment, pieces, i));
    bytes += piece;
  }
  if (bytes.size() == pieces.size_bytes()) return bytes;
  return absl::DataLossError(absl::StrCat("index ", pieces.name(), " in segment ", segment, " has ", bytes.size(),
                                          " bytes, wanted ", pieces.size_bytes(),
                                          ". Activate an earlier generation, or reindex."));
}

absl::StatusOr<std::string> SegmentStore::GetIndex(const storage::SegmentManifest& segment,
                                                   absl::string_view name) const {
  for (const storage::PieceSet& index : segment.indexes()) {
    if (index.name() == name) return GetPieces(segment.segment(), index);
  }
  return absl::DataLossError(absl::StrCat("segment ", segment.segment(), " has no index ", name));
}

absl::StatusOr<std::shared_ptr<const storage::DocumentTable>> SegmentStore::GetDocuments(
    const storage::SegmentManifest& segment) const {
  const std::string key = KeyOfDocuments(segment);
  {
    absl::MutexLock lock(&documents_mutex_);
    const auto known = documents_.find(key);
    if (known != documents_.end()) {
      if (std::shared_ptr<const storage::DocumentTable> table = known->second.lock()) return table;
      documents_.erase(known);
    }
  }
  ASSIGN_OR_RETURN(const std::string bytes, GetIndex(segment, "documents"));
  auto table = std::make_shared<storage::DocumentTable>();
  if (!table->ParseFromString(bytes)) {
    return absl::DataLossError(absl::StrCat("the document table of segment ", segment.segment(),
                                            " does not parse. Activate an earlier generation, or reindex."));
  }
  absl::MutexLock lock(&documents_mutex_);
  documents_[key] = table;
  return std::shared_ptr<const storage::DocumentTable>(std::move(table));
}

absl::StatusOr<std::vector<uint64_t>> SegmentStore::Segments() const {
  std::vector<uint64_t> segments;
  for (Family family : {Family::kPassages, Family::kPieces}) {
    uint64_t segment = 0;
    absl::optional<uint64_t> found;
    do {
      found.reset();
      RETURN_IF_ERROR(database_->Scan(family, "", SegmentKey(segment), [&](absl::string_view key, absl::string_view) {
        found = ReadBigEndian64(key);
        return false;
      }));
      if (found.has_value()) segments.push_back(*found);
      segment = found.value_or(0) + 1;
    } while (found.has_value());
  }
  std::sort(segments.begin(), segments.end());
  segments.erase(std::unique(segments.begin(), segments.end()), segments.end());
  return segments;
}

SegmentHold SegmentStore::Hold(uint64_t segment) const {
  absl::MutexLock lock(&holds_mutex_);
  std::weak_ptr<const uint64_t>& known = holds_[segment];
  SegmentHold hold = known.lock();
  if (hold == nullptr) known = hold = std::make_shared<const uint64_t>(segment);
  return hold;
}

bool SegmentStore::IsHeld(uint64_t segment) const {
  absl::MutexLock lock(&holds_mutex_);
  const auto known = holds_.find(segment);
  return known != holds_.end() && !known->second.expired();
}

void SegmentStore::Delete(uint64_t segment, WriteBatch* batch) {
  for (Family family : {Family::kPassages, Family::kPieces}) {
    batch->DeleteRange(family, SegmentKey(segment), SegmentKey(segment + 1));
  }
}

}  // namespace bedside
