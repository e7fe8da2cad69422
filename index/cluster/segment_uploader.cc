#include "index/cluster/segment_uploader.h"

#include <algorithm>
#include <utility>

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "index/cluster/passage_records.h"
#include "index/cluster/patience.h"
#include "index/cluster/segment_schema.h"
#include "index/hash/sha256.h"
#include "index/status/status_macros.h"

namespace bedside {
namespace {

using Json = nlohmann::json;

constexpr size_t kPieceBytes = size_t{4} << 20;
constexpr size_t kUidDigits = 24;
constexpr size_t kPassagesBetweenProgress = 256;
constexpr char kSealId[] = "seal";

// Of what is in the segment, whichever store built it: as many hexadecimal digits of a SHA-256 as make an accident
// impossible. Texts, settings and model make the vectors: neither their rounding on one machine or another counts, nor
// the links of a graph, which depend on threads.
std::string UidOf(const storage::Manifest& generation, const storage::SegmentManifest& segment,
                  const config::ClusterConfig& config) {
  std::string content =
      absl::StrCat(kSegmentSchemaVersion, " ", config.vector_engine() == config::CLUSTER_VECTOR_ENGINE_FAISS, " ",
                   std::max(config.shards(), 1U), " ", generation.embedder().id(), " ", generation.settings_sha256());
  for (const storage::PieceSet& pieces : segment.indexes()) {
    if (pieces.name() == "vector") continue;
    absl::StrAppend(&content, " ", pieces.name(), " ");
    for (const std::string& sha256 : pieces.sha256()) content += sha256;
  }
  return Sha256Hex(content).substr(0, kUidDigits);
}

std::string Record(absl::string_view field, absl::string_view bytes) {
  return absl::StrCat(R"({")", field, R"(":")", absl::Base64Escape(bytes), "\"}");
}

absl::StatusOr<std::string> BytesInCluster(const SegmentStore& segments, const storage::SegmentManifest& segment,
                                           const storage::PieceSet& pieces) {
  ASSIGN_OR_RETURN(std::string bytes, segments.GetPieces(segment.segment(), pieces));
  if (pieces.name() != "lexical") return bytes;
  ASSIGN_OR_RETURN(const auto lexical, LexicalIndex::Open(std::move(bytes)));
  return lexical->WithoutPostings();
}

}  // namespace

absl::StatusOr<storage::SegmentManifest> ClusterManifestOf(
    const SegmentStore& segments, const storage::SegmentManifest& segment, const std::string& index,
    const std::function<absl::Status(const std::string& id, absl::string_view bytes)>& visit) {
  storage::SegmentManifest in_cluster = segment;
  in_cluster.clear_indexes();
  in_cluster.set_cluster_index(index);
  uint32_t next_piece = 0;
  for (const storage::PieceSet& pieces : segment.indexes()) {
    if (pieces.name() == "vector") continue;
    ASSIGN_OR_RETURN(const std::string bytes, BytesInCluster(segments, segment, pieces));
    storage::PieceSet& there = *in_cluster.add_indexes();
    there.set_name(pieces.name());
    there.set_first_piece(next_piece);
    there.set_size_bytes(bytes.size());
    for (size_t begin = 0; begin < bytes.size(); begin += kPieceBytes) {
      const absl::string_view piece = absl::string_view(bytes).substr(begin, kPieceBytes);
      there.add_sha256(Sha256(piece));
      RETURN_IF_ERROR(visit(PieceId(next_piece++), piece));
    }
  }
  return in_cluster;
}

SegmentUploader::SegmentUploader(EvidenceStore* store, const ClusterClient* client, const config::IndexConfig& config,
                                 Progress progress)
    : store_(store), client_(client), config_(config), names_(config.cluster()), progress_(std::move(progress)) {}

absl::StatusOr<storage::SegmentManifest> SegmentUploader::Upload(const storage::Manifest& generation,
                                                                 const storage::SegmentManifest& manifest) {
  const std::string index = names_.Segment(generation.corpus(), UidOf(generation, manifest, config_.cluster()));
  ASSIGN_OR_RETURN(const bool is_sealed, IsSealed(index));
  if (is_sealed) {
    return ClusterManifestOf(store_->segments(), manifest, index, [](const auto&, auto) { return absl::OkStatus(); });
  }
  ASSIGN_OR_RETURN(const std::shared_ptr<const Segment> segment,
                   Segment::Open(store_->segments(), manifest, config_.vector()));
  RETURN_IF_ERROR(CreateIndex(index, generation.embedder().dimension()));
  absl::StatusOr<storage::SegmentManifest> written = Write(generation, manifest, *segment, index);
  RETURN_IF_ERROR(CheckNotRemoved(index, generation.embedder().dimension()));
  // Nothing that whoever runs the job has given.
  if (absl::IsInvalidArgument(written.status())) return absl::InternalError(written.status().message());
  return written;
}

absl::StatusOr<storage::SegmentManifest> SegmentUploader::Write(const storage::Manifest& generation,
                                                                const storage::SegmentManifest& manifest,
                                                                const Segment& segment,
                                                                const std::string& index) const {
  BulkWriter bulk(client_, index);
  ASSIGN_OR_RETURN(
      storage::SegmentManifest in_cluster,
      ClusterManifestOf(store_->segments(), manifest, index, [&](const std::string& id, absl::string_view bytes) {
        return bulk.Add(id, Record("piece", bytes));
      }));
  RETURN_IF_ERROR(UploadDocuments(generation.corpus(), segment, &bulk));
  RETURN_IF_ERROR(UploadPassages(generation, segment, &bulk));
  RETURN_IF_ERROR(bulk.Flush());
  RETURN_IF_ERROR(Seal(index, segment.passages()));
  return in_cluster;
}

absl::Status SegmentUploader::CheckNotRemoved(const std::string& index, size_t dimension) const {
  const absl::StatusOr<Json> mappings = GetMappings(index);
  const bool is_other = mappings.ok() && !CheckSegmentMappings(*mappings, dimension).ok();
  if (!is_other && !absl::IsNotFound(mappings.status())) return absl::OkStatus();
  const absl::Status removed = client_->Delete(absl::StrCat("/", index));
  if (!removed.ok() && !absl::IsNotFound(removed)) return removed;
  return absl::AbortedError(
      absl::StrCat("index ", index, " of the cluster was removed while it was written. Run the job again."));
}

absl::StatusOr<bool> SegmentUploader::IsSealed(const std::string& index) const {
  const absl::Status found = client_->Head(absl::StrCat("/", index, "/_doc/", kSealId));
  if (found.ok()) return true;
  return absl::IsNotFound(found) ? absl::StatusOr<bool>(false) : found;
}

absl::Status SegmentUploader::CheckSealed(const storage::Manifest& generation) const {
  for (const storage::SegmentManifest& segment : generation.segments()) {
    ASSIGN_OR_RETURN(const bool is_sealed, IsSealed(segment.cluster_index()));
    if (is_sealed) continue;
    return absl::AbortedError(absl::StrCat("index ", segment.cluster_index(),
                                           " of the cluster was removed meanwhile. Run the job again, which writes it "
                                           "again."));
  }
  return absl::OkStatus();
}

absl::Status SegmentUploader::CreateIndex(const std::string& index, size_t dimension) const {
  const absl::Status created =
      client_->Put(absl::StrCat("/", index), SegmentIndexBody(config_.cluster(), dimension)).status();
  // It may be there, of a writer that was stopped, or of another that writes the same.
  return absl::IsAborted(created) ? CheckMappings(index, dimension) : created;
}

absl::StatusOr<Json> SegmentUploader::GetMappings(const std::string& index) const {
  ASSIGN_OR_RETURN(const Json answer, client_->Get(absl::StrCat("/", index, "/_mapping")));
  const bool is_said = answer.contains(index) && answer.at(index).contains("mappings");
  return is_said ? answer.at(index).at("mappings") : Json();
}

absl::Status SegmentUploader::CheckMappings(const std::string& index, size_t dimension) const {
  ASSIGN_OR_RETURN(const Json mappings, GetMappings(index));
  const absl::Status status = CheckSegmentMappings(mappings, dimension);
  if (status.ok()) return status;
  return absl::Status(status.code(), absl::StrCat("index ", index, " of the cluster: ", status.message()));
}

absl::Status SegmentUploader::UploadDocuments(const std::string& corpus, const Segment& segment,
                                              BulkWriter* bulk) const {
  const auto& entries = segment.documents()->entries();
  for (int i = 0; i < entries.size(); ++i) {
    ASSIGN_OR_RETURN(const storage::Document document,
                     store_->documents().Get(corpus, entries[i].id(), entries[i].version()));
    ASSIGN_OR_RETURN(const auto heads,
                     store_->documents().GetMetadata(corpus, {{entries[i].id(), entries[i].version()}}));
    RETURN_IF_ERROR(bulk->Add(DocumentRecordId(static_cast<uint32_t>(i)),
                              absl::StrCat(R"({"content":")", absl::Base64Escape(document.SerializeAsString()),
                                           R"(","head":")", absl::Base64Escape(heads[0].SerializeAsString()), "\"}")));
  }
  return absl::OkStatus();
}

absl::Status SegmentUploader::UploadPassages(const storage::Manifest& generation, const Segment& segment,
                                             BulkWriter* bulk) const {
  return PassageRecords(store_, &segment, generation.embedder().dimension())
      .ForEach([&](size_t passage, absl::string_view record) {
        if (progress_ != nullptr && passage % kPassagesBetweenProgress == 0) {
          RETURN_IF_ERROR(progress_(passage, segment.passages()));
        }
        return bulk->Add(absl::StrCat(passage), record);
      });
}

absl::StatusOr<Json> SegmentUploader::PostPatiently(const std::string& path, const Json& body) const {
  absl::StatusOr<Json> answer = Json();
  RETURN_IF_ERROR(Patience().Try([&] {
    answer = client_->Post(path, body);
    return answer.status();
  }));
  return answer;
}

absl::Status SegmentUploader::Seal(const std::string& index, size_t passages) const {
  RETURN_IF_ERROR(PostPatiently(absl::StrCat("/", index, "/_refresh"), Json::object()).status());
  const Json query = {{"query", {{"exists", {{"field", "passage"}}}}}};
  ASSIGN_OR_RETURN(const Json answer, PostPatiently(absl::StrCat("/", index, "/_count"), query));
  if (!answer.contains("count") || answer.at("count") != passages) {
    return absl::InternalError(
        absl::StrCat("index ", index, " of the cluster does not have the ", passages,
                     " passages that were written. Run the job again, which writes them again."));
  }
  return client_->Put(absl::StrCat("/", index, "/_doc/", kSealId), Json::object()).status();
}

}  // namespace bedside
