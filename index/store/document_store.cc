#include "index/store/document_store.h"

#include <google/protobuf/io/coded_stream.h>
#include <google/protobuf/io/zero_copy_stream_impl_lite.h>

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
  ASSIGN_OR_RETURN(const absl::optional<std::string> known, database_->Get(Family::kDocuments, key));
  if (known.has_value()) return version;
  WriteBatch batch;
  batch.Put(Family::kDocuments, key, Serialise(document));
  RETURN_IF_ERROR(database_->Write(batch, Database::Durability::kBuffered));
  return version;
}

absl::StatusOr<storage::Document> DocumentStore::Get(absl::string_view corpus, absl::string_view id,
                                                     absl::string_view version) const {
  ASSIGN_OR_RETURN(const absl::optional<std::string> bytes,
                   database_->Get(Family::kDocuments, KeyOf(corpus, id, version)));
  const std::string name = absl::StrCat("document ", id, " in version ", absl::BytesToHexString(version));
  if (!bytes.has_value()) return absl::NotFoundError(absl::StrCat(name, " is not in the store"));
  storage::Document document;
  if (!document.ParseFromString(*bytes)) return absl::DataLossError(absl::StrCat(name, " is corrupt in the store"));
  return document;
}

}  // namespace bedside
