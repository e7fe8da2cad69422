#include "index/cluster/segment_reader.h"

#include <cstdint>
#include <memory>
#include <nlohmann/json.hpp>
#include <utility>

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "index/cluster/segment_schema.h"
#include "index/hash/sha256.h"
#include "index/status/status_macros.h"

namespace bedside {
namespace {

using Json = nlohmann::json;

// Passages of one document that begin at the same byte: the chunker makes one of them.
constexpr int kMostOfSameBegin = 100;

absl::StatusOr<std::string> FieldOf(const Json& document, const std::string& field) {
  if (document.contains("error")) {
    if (document.at("error").at("type") == "index_not_found_exception") {
      return absl::NotFoundError(
          "the index of a segment is gone from the cluster, as where it was retired. Try again.");
    }
    return absl::UnavailableError(
        "the cluster cannot read a part of a segment: none of its copies is there. Look at the health of the cluster.");
  }
  std::string bytes;
  if (document.value("found", false) && document.contains("fields") &&
      absl::Base64Unescape(document.at("fields").at(field).at(0).get<std::string>(), &bytes)) {
    return bytes;
  }
  return absl::DataLossError(absl::StrCat("the cluster lacks ", document.at("_id").get<std::string>(), " of index ",
                                          document.at("_index").get<std::string>(),
                                          ". Activate an earlier generation. ", kWriteAnew));
}

const storage::PieceSet* DocumentsOf(const storage::SegmentManifest& segment) {
  for (const storage::PieceSet& pieces : segment.indexes()) {
    if (pieces.name() == "documents") return &pieces;
  }
  return nullptr;
}

}  // namespace

std::vector<RecordPlace> PlacesOfPassages(const Generation& generation, absl::Span<const PassageOrdinal> passages) {
  std::vector<RecordPlace> places;
  for (const PassageOrdinal passage : passages) {
    const SegmentPassage place = generation.PlaceOf(passage);
    const auto& segment = generation.manifest().segments(static_cast<int>(place.segment));
    places.push_back({segment.cluster_index(), absl::StrCat(IndexOf(place.passage))});
  }
  return places;
}

RecordPlace PlaceOfDocument(const storage::Manifest& manifest, DocumentPlace document) {
  return {manifest.segments(static_cast<int>(document.segment)).cluster_index(), DocumentRecordId(document.entry)};
}

std::vector<RecordPlace> PlacesOfDocuments(const Generation& generation, absl::Span<const size_t> documents) {
  std::vector<RecordPlace> places;
  for (const size_t document : documents) {
    places.push_back(PlaceOfDocument(generation.manifest(), generation.documents().place(document)));
  }
  return places;
}

absl::StatusOr<std::vector<absl::StatusOr<std::string>>> SegmentReader::ReadEach(const std::vector<RecordPlace>& places,
                                                                                 const std::string& field) const {
  std::vector<absl::StatusOr<std::string>> fields;
  if (places.empty()) return fields;
  Json documents = Json::array();
  for (const RecordPlace& place : places) {
    documents.push_back({{"_index", place.index}, {"_id", place.id}, {"_source", false}, {"stored_fields", {field}}});
  }
  ASSIGN_OR_RETURN(const Json answer, client_->Post("/_mget", {{"docs", documents}}));
  try {
    for (const Json& document : answer.at("docs")) fields.push_back(FieldOf(document, field));
  } catch (const Json::exception&) {
    return UnexpectedAnswer();
  }
  if (fields.size() != places.size()) return UnexpectedAnswer();
  return fields;
}

absl::StatusOr<std::vector<std::string>> SegmentReader::ReadField(const std::vector<RecordPlace>& places,
                                                                  const std::string& field) const {
  ASSIGN_OR_RETURN(std::vector<absl::StatusOr<std::string>> read, ReadEach(places, field));
  std::vector<std::string> fields;
  for (absl::StatusOr<std::string>& bytes : read) {
    if (absl::IsNotFound(bytes.status())) return absl::UnavailableError(bytes.status().message());
    RETURN_IF_ERROR(bytes.status());
    fields.push_back(*std::move(bytes));
  }
  return fields;
}

absl::StatusOr<std::string> SegmentReader::ReadTable(const std::string& index, const storage::PieceSet& pieces,
                                                     const std::function<void()>& between) const {
  std::string bytes;
  for (int i = 0; i < pieces.sha256_size(); ++i) {
    between();
    const std::string id = PieceId(pieces.first_piece() + static_cast<uint32_t>(i));
    ASSIGN_OR_RETURN(const std::vector<std::string> piece, ReadField({{index, id}}, "piece"));
    if (Sha256(piece[0]) != pieces.sha256(i)) {
      return absl::DataLossError(absl::StrCat("piece ", i, " of ", pieces.name(), " in index ", index,
                                              " of the cluster has a wrong SHA-256. ", kWriteAnew));
    }
    bytes += piece[0];
  }
  return bytes;
}

absl::StatusOr<LiveDocuments::Tables> SegmentReader::ReadDocumentTables(const storage::Manifest& manifest) const {
  LiveDocuments::Tables tables;
  for (const storage::SegmentManifest& segment : manifest.segments()) {
    const storage::PieceSet* pieces = DocumentsOf(segment);
    auto table = std::make_shared<storage::DocumentTable>();
    if (pieces != nullptr) {
      ASSIGN_OR_RETURN(const std::string bytes, ReadTable(segment.cluster_index(), *pieces));
      if (!table->ParseFromString(bytes)) pieces = nullptr;
    }
    if (pieces == nullptr) {
      return absl::DataLossError(absl::StrCat("index ", segment.cluster_index(),
                                              " of the cluster has no document table that can be read. ", kWriteAnew));
    }
    tables.push_back(std::move(table));
  }
  return tables;
}

absl::StatusOr<absl::optional<PassageOrdinal>> SegmentReader::FindPassage(const std::string& index, uint32_t document,
                                                                          Span span) const {
  const Json body = {{"size", kMostOfSameBegin},
                     {"_source", false},
                     {"stored_fields", "_none_"},
                     {"docvalue_fields", {"passage", "begin", "end"}},
                     {"sort", {"begin"}},
                     {"search_after", {int64_t{span.begin} - 1}},
                     {"query", {{"bool", {{"filter", {{{"term", {{"document", document}}}}}}}}}}};
  ASSIGN_OR_RETURN(const Json answer,
                   client_->Post(absl::StrCat("/", index, "/_search?allow_partial_search_results=false"), body));
  try {
    for (const Json& hit : answer.at("hits").at("hits")) {
      const Json& fields = hit.at("fields");
      if (fields.at("begin").at(0) != span.begin || fields.at("end").at(0) != span.end) continue;
      return absl::make_optional(PassageAt(fields.at("passage").at(0).get<uint32_t>()));
    }
  } catch (const Json::exception&) {
    return UnexpectedAnswer();
  }
  return absl::optional<PassageOrdinal>();
}

}  // namespace bedside
