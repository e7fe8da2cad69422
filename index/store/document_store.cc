#include "index/store/document_store.h"

#include <google/protobuf/io/coded_stream.h>
#include <google/protobuf/io/zero_copy_stream_impl_lite.h>

#include <utility>

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "index/hash/sha256.h"
#include "index/status/status_macros.h"
#include "index/store/store_keys.h"

namespace bedside {
namespace {

std::string KeyOf(absl::string_view corpus, absl::string_view id, absl::string_view version) {
  std::string key;
  AppendText(corpus, &key);
  AppendText(id, &key);
  key.append(version.data(), version.size());
  return key;
}

std::string Serialise(const storage::Document& document) {
  std::string bytes;
  {
    google::protobuf::io::StringOutputStream output(&bytes);
    google::protobuf::io::CodedOutputStream coded(&output);
    coded.SetSerializationDeterministic(true);
    document.SerializeToCodedStream(&coded);
  }
  return bytes;
}

std::string NameOf(absl::string_view id, absl::string_view version) {
  return absl::StrCat("document ", id, " in version ", absl::BytesToHexString(version));
}

absl::Status Corrupt(absl::string_view id, absl::string_view version) {
  return absl::DataLossError(absl::StrCat(NameOf(id, version), " is corrupt in the store"));
}

storage::Document MetadataOf(storage::Document document) {
  document.clear_text();
  document.clear_sections();
  document.clear_page_begins();
  return document;
}

}  // namespace

std::string DocumentStore::VersionOf(const storage::Document& document) {
  if (document.source().empty()) return Sha256(Serialise(document));
  storage::Document content = document;
  content.clear_source();
  return Sha256(Serialise(content));
}

absl::StatusOr<std::string> DocumentStore::Put(absl::string_view corpus, const storage::Document& document) {
  std::string version = VersionOf(document);
  const std::string key = KeyOf(corpus, document.id(), version);
  // Both are written together: the small one tells as much. The other is for stores of earlier versions of the code.
  for (Family family : {Family::kHeads, Family::kDocuments}) {
    ASSIGN_OR_RETURN(const absl::optional<std::string> known, database_->Get(family, key));
    if (known.has_value()) return version;
  }
  WriteBatch batch;
  batch.Put(Family::kDocuments, key, Serialise(document));
  batch.Put(Family::kHeads, key, Serialise(MetadataOf(document)));
  RETURN_IF_ERROR(database_->Write(batch, Database::Durability::kBuffered));
  return version;
}

absl::StatusOr<storage::Document> DocumentStore::Get(absl::string_view corpus, absl::string_view id,
                                                     absl::string_view version) const {
  ASSIGN_OR_RETURN(const absl::optional<std::string> bytes,
                   database_->Get(Family::kDocuments, KeyOf(corpus, id, version)));
  if (!bytes.has_value()) return absl::NotFoundError(absl::StrCat(NameOf(id, version), " is not in the store"));
  storage::Document document;
  if (!document.ParseFromString(*bytes)) return Corrupt(id, version);
  return document;
}

absl::StatusOr<std::vector<storage::Document>> DocumentStore::GetMetadata(
    absl::string_view corpus, const std::vector<DocumentVersion>& documents) const {
  std::vector<std::string> keys;
  for (const DocumentVersion& document : documents) keys.push_back(KeyOf(corpus, document.id, document.version));
  ASSIGN_OR_RETURN(const std::vector<absl::optional<std::string>> found, database_->MultiGet(Family::kHeads, keys));
  std::vector<storage::Document> metadata(documents.size());
  for (size_t i = 0; i < documents.size(); ++i) {
    const auto& [id, version] = documents[i];
    if (!found[i].has_value()) {
      ASSIGN_OR_RETURN(storage::Document whole, Get(corpus, id, version));
      metadata[i] = MetadataOf(std::move(whole));
    } else if (!metadata[i].ParseFromString(*found[i])) {
      return Corrupt(id, version);
    }
  }
  return metadata;
}

absl::StatusOr<bool> DocumentStore::HasAny(absl::string_view corpus, absl::string_view id) const {
  bool found = false;
  RETURN_IF_ERROR(
      database_->Scan(Family::kDocuments, KeyOf(corpus, id, ""), "", [&](absl::string_view, absl::string_view) {
        found = true;
        return false;
      }));
  return found;
}

void DocumentStore::DeleteAll(absl::string_view corpus, absl::string_view id, WriteBatch* batch) {
  const std::string begin = KeyOf(corpus, id, "");
  // The byte behind the id is 0; nothing that begins with 1 is of this document.
  std::string end = begin;
  end.back() = '\1';
  for (Family family : {Family::kDocuments, Family::kHeads}) batch->DeleteRange(family, begin, end);
}

}  // namespace bedside
