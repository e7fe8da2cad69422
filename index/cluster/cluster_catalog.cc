#include "index/cluster/cluster_catalog.h"

#include <algorithm>
#include <iterator>
#include <nlohmann/json.hpp>
#include <utility>

#include "absl/strings/escaping.h"
#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/time/clock.h"
#include "index/cluster/segment_schema.h"
#include "index/status/status_macros.h"

namespace bedside {
namespace {

using Json = nlohmann::json;

constexpr char kManifestId[] = "manifest";
// Somebody else takes a name now and then.
constexpr int kAttempts = 10;

Json RecordOf(const google::protobuf::Message& message) {
  return {{"record", absl::Base64Escape(message.SerializeAsString())}};
}

Json RecordIndexBody(const config::ClusterConfig& config) {
  return {
      {"settings", RecordIndexSettings(config)},
      {"mappings", {{"dynamic", "strict"}, {"properties", {{"record", {{"type", "binary"}, {"doc_values", false}}}}}}}};
}

// The message in a document, as GET and _mget have it; false: there is none, or it does not parse.
template <typename Message>
bool ReadRecord(const Json& document, Message* message) {
  static const Json::json_pointer& record = *new Json::json_pointer("/_source/record");
  std::string bytes;
  return document.is_object() && document.contains(record) && document.at(record).is_string() &&
         absl::Base64Unescape(document.at(record).get<std::string>(), &bytes) && message->ParseFromString(bytes);
}

std::string ChangeId(uint64_t sequence) { return absl::StrCat(sequence); }

// What is read for the changes after `sequence`: that one, too, which must be there.
uint64_t KnownOf(uint64_t sequence) { return sequence == 0 ? 0 : 1; }
uint64_t FirstOf(uint64_t sequence) { return sequence + 1 - KnownOf(sequence); }
size_t CountOf(uint64_t sequence) { return ClusterCatalog::kChangesAtOnce + KnownOf(sequence); }

// The documents of changes in an answer, up to the first that is not there.
absl::StatusOr<Json> FoundChanges(const absl::StatusOr<Json>& answer) {
  if (absl::IsNotFound(answer.status())) return Json::array();
  RETURN_IF_ERROR(answer.status());
  if (!answer->contains("docs") || !answer->at("docs").is_array()) return UnexpectedAnswer();
  Json found = Json::array();
  for (const Json& document : answer->at("docs")) {
    if (!document.is_object()) return UnexpectedAnswer();
    if (document.contains("error")) {
      if (document.at("error").dump().find("index_not_found_exception") != std::string::npos) return Json::array();
      return absl::UnavailableError("the cluster cannot read its changes now. Look at its health.");
    }
    if (!document.contains("found") || document.at("found") != true) break;
    found.push_back(document);
  }
  return found;
}

absl::StatusOr<std::vector<storage::Change>> ReadChanges(uint64_t sequence, const absl::StatusOr<Json>& documents) {
  RETURN_IF_ERROR(documents.status());
  const size_t known = KnownOf(sequence);
  if (documents->size() < known) {
    return absl::DataLossError(
        absl::StrCat("the cluster no longer has change ", sequence,
                     ", which was seen. Where it was restored from a snapshot, a server starts with an empty "
                     "index.store_path."));
  }
  std::vector<storage::Change> changes;
  for (size_t i = known; i < documents->size(); ++i) {
    if (ReadRecord(documents->at(i), &changes.emplace_back())) continue;
    return absl::DataLossError(absl::StrCat("change ", sequence + changes.size(), " of the cluster cannot be read"));
  }
  return changes;
}

}  // namespace

ClusterRequest ClusterCatalog::RequestOfActive() const {
  ClusterRequest request;
  request.method = "GET";
  request.path = absl::StrCat("/", names_.All(), "/_alias/", names_.AllActive());
  return request;
}

absl::StatusOr<std::map<std::string, std::string>> ClusterCatalog::Active() const {
  return ReadActive(client_->Call(RequestOfActive()));
}

absl::StatusOr<std::map<std::string, std::string>> ClusterCatalog::ReadActive(
    const absl::StatusOr<Json>& answer) const {
  std::map<std::string, std::string> active;
  if (absl::IsNotFound(answer.status())) return active;
  RETURN_IF_ERROR(answer.status());
  for (const auto& [index, entry] : answer->items()) {
    if (!entry.is_object() || !entry.contains("aliases")) return UnexpectedAnswer();
    for (const auto& alias : entry.at("aliases").items()) {
      const absl::optional<std::string> corpus = names_.CorpusOfActive(alias.key());
      if (!corpus.has_value()) continue;
      const absl::optional<std::string> generation = names_.GenerationOfIndex(*corpus, index);
      if (generation.has_value()) active[*corpus] = *generation;
    }
  }
  return active;
}

absl::StatusOr<absl::optional<std::string>> ClusterCatalog::Serving(const std::string& corpus) const {
  ASSIGN_OR_RETURN(const auto active, Active());
  const auto found = active.find(corpus);
  return found == active.end() ? absl::nullopt : absl::make_optional(found->second);
}

absl::StatusOr<std::vector<std::string>> ClusterCatalog::GenerationNames(const std::string& corpus) const {
  ASSIGN_OR_RETURN(const Json answer,
                   client_->Get(absl::StrCat("/_cat/indices/", names_.AllGenerations(corpus), "?format=json&h=index")));
  std::vector<std::string> generations;
  for (const Json& entry : answer) {
    if (!entry.is_object() || !entry.contains("index") || !entry.at("index").is_string()) return UnexpectedAnswer();
    const auto generation = names_.GenerationOfIndex(corpus, entry.at("index").get<std::string>());
    if (generation.has_value()) generations.push_back(*generation);
  }
  std::sort(generations.begin(), generations.end());
  return generations;
}

absl::StatusOr<std::vector<storage::Manifest>> ClusterCatalog::Generations(const std::string& corpus) const {
  ASSIGN_OR_RETURN(const std::vector<std::string> names, GenerationNames(corpus));
  std::vector<storage::Manifest> manifests;
  for (const std::string& name : names) {
    absl::StatusOr<storage::Manifest> manifest = Generation(corpus, name);
    // Of a writer that was stopped between the two, or removed meanwhile.
    if (absl::IsNotFound(manifest.status())) continue;
    RETURN_IF_ERROR(manifest.status());
    manifests.push_back(*std::move(manifest));
  }
  return manifests;
}

absl::StatusOr<storage::Manifest> ClusterCatalog::Generation(const std::string& corpus,
                                                             const std::string& generation) const {
  const std::string index = names_.Generation(corpus, generation);
  ASSIGN_OR_RETURN(const Json document, client_->Get(absl::StrCat("/", index, "/_doc/", kManifestId)));
  storage::Manifest manifest;
  if (ReadRecord(document, &manifest)) return manifest;
  return absl::DataLossError(absl::StrCat(
      "index ", index,
      " of the cluster has no manifest that can be read. Activate another generation, or run the job again."));
}

absl::StatusOr<std::string> ClusterCatalog::NextName(const std::string& corpus) const {
  ASSIGN_OR_RETURN(const std::vector<std::string> names, GenerationNames(corpus));
  uint64_t last = 0;
  for (const std::string& name : names) {
    uint64_t number = 0;
    if (!name.empty() && absl::SimpleAtoi(name.substr(1), &number)) last = std::max(last, number);
  }
  const int64_t now = absl::ToUnixMillis(absl::Now());
  return absl::StrFormat("g%013d", std::max(last + 1, static_cast<uint64_t>(now)));
}

absl::StatusOr<std::string> ClusterCatalog::Add(storage::Manifest manifest) const {
  for (int attempt = 0; attempt < kAttempts; ++attempt) {
    ASSIGN_OR_RETURN(const std::string name, NextName(manifest.corpus()));
    const std::string index = names_.Generation(manifest.corpus(), name);
    const absl::Status created = client_->Put(absl::StrCat("/", index), RecordIndexBody(config_)).status();
    if (absl::IsAborted(created)) continue;
    RETURN_IF_ERROR(created);
    manifest.set_generation(name);
    RETURN_IF_ERROR(client_->Put(absl::StrCat("/", index, "/_doc/", kManifestId), RecordOf(manifest)).status());
    return name;
  }
  return absl::AbortedError(
      absl::StrCat("others publish generations of corpus ", manifest.corpus(), " all the time. Run the job again."));
}

absl::Status ClusterCatalog::Switch(const std::string& corpus, const absl::optional<std::string>& from,
                                    const std::string& to) const {
  const std::string alias = names_.Active(corpus);
  Json actions = {{{"add", {{"index", names_.Generation(corpus, to)}, {"alias", alias}}}}};
  absl::optional<std::string> serving;
  if (from.has_value()) {
    const std::string index = names_.Generation(corpus, *from);
    actions.push_back({{"remove", {{"index", index}, {"alias", alias}, {"must_exist", true}}}});
  } else {
    // Nothing is removed that the cluster could miss.
    ASSIGN_OR_RETURN(serving, Serving(corpus));
  }
  if (!serving.has_value()) {
    const absl::Status switched = client_->Post("/_aliases", {{"actions", actions}}).status();
    if (switched.ok() && !from.has_value()) return CheckAlone(corpus, to);
    if (!absl::IsNotFound(switched)) return switched;
    ASSIGN_OR_RETURN(serving, Serving(corpus));
  }
  if (serving == to) return absl::OkStatus();
  return absl::AbortedError(absl::StrCat("generation ", from.value_or("none"), " of corpus ", corpus,
                                         " no longer serves, or ", to, " is gone. Look which serves, and try again."));
}

absl::Status ClusterCatalog::CheckAlone(const std::string& corpus, const std::string& generation) const {
  const std::string alias = names_.Active(corpus);
  ASSIGN_OR_RETURN(const Json indexes,
                   client_->Get(absl::StrCat("/", names_.AllGenerations(corpus), "/_alias/", alias)));
  if (indexes.size() == 1) return absl::OkStatus();
  const Json remove = {{{"remove", {{"index", names_.Generation(corpus, generation)}, {"alias", alias}}}}};
  RETURN_IF_ERROR(client_->Post("/_aliases", {{"actions", remove}}).status());
  return absl::AbortedError(
      absl::StrCat("another generation of corpus ", corpus, " was published meanwhile. Run the job again."));
}

absl::Status ClusterCatalog::Remove(const std::string& corpus, const std::string& generation) const {
  return client_->Delete(absl::StrCat("/", names_.Generation(corpus, generation)));
}

absl::StatusOr<std::map<std::string, absl::Time>> ClusterCatalog::Indexes(const std::string& corpus) const {
  ASSIGN_OR_RETURN(const Json answer, client_->Get(absl::StrCat("/_cat/indices/", names_.AllOf(corpus),
                                                                "?format=json&h=index,creation.date")));
  const std::string kinds[] = {names_.Segment(corpus, ""), names_.Generation(corpus, ""), names_.Job(corpus, "")};
  std::map<std::string, absl::Time> indexes;
  try {
    for (const Json& entry : answer) {
      int64_t made_ms = 0;
      if (!absl::SimpleAtoi(entry.at("creation.date").get<std::string>(), &made_ms)) return UnexpectedAnswer();
      const std::string index = entry.at("index").get<std::string>();
      const bool is_ours = std::any_of(std::begin(kinds), std::end(kinds),
                                       [&](const std::string& kind) { return absl::StartsWith(index, kind); });
      if (is_ours) indexes[index] = absl::FromUnixMillis(made_ms);
    }
  } catch (const Json::exception&) {
    return UnexpectedAnswer();
  }
  return indexes;
}

absl::Status ClusterCatalog::RemoveIndex(const std::string& index) const {
  const absl::Status removed = client_->Delete("/" + index);
  return absl::IsNotFound(removed) ? absl::OkStatus() : removed;
}

ClusterRequest ClusterCatalog::RequestOfChanges(uint64_t from, size_t count) const {
  Json ids = Json::array();
  for (size_t i = 0; i < count; ++i) ids.push_back(ChangeId(from + i));
  ClusterRequest request;
  request.method = "POST";
  // Documents are got as they are written, before searches find them.
  request.path = absl::StrCat("/", names_.Changes(), "/_mget");
  request.body = Json({{"ids", ids}}).dump();
  return request;
}

absl::StatusOr<Json> ClusterCatalog::GetChanges(uint64_t from, size_t count) const {
  return FoundChanges(client_->Call(RequestOfChanges(from, count)));
}

absl::StatusOr<std::vector<storage::Change>> ClusterCatalog::ChangesAfter(uint64_t sequence) const {
  return ReadChanges(sequence, GetChanges(FirstOf(sequence), CountOf(sequence)));
}

absl::StatusOr<ClusterCatalog::State> ClusterCatalog::Look(uint64_t sequence) const {
  ASSIGN_OR_RETURN(const auto answers,
                   client_->CallOne({RequestOfChanges(FirstOf(sequence), CountOf(sequence)), RequestOfActive()}));
  State state;
  ASSIGN_OR_RETURN(state.changes, ReadChanges(sequence, FoundChanges(answers[0])));
  ASSIGN_OR_RETURN(state.active, ReadActive(answers[1]));
  return state;
}

absl::Status ClusterCatalog::EnsureChanges() const {
  const absl::Status found = client_->Head(absl::StrCat("/", names_.Changes()));
  if (!absl::IsNotFound(found)) return found;
  const absl::Status created = client_->Put(absl::StrCat("/", names_.Changes()), RecordIndexBody(config_)).status();
  return absl::IsAborted(created) ? absl::OkStatus() : created;
}

absl::Status ClusterCatalog::Append(const storage::Change& change, uint64_t sequence) const {
  RETURN_IF_ERROR(EnsureChanges());
  ClusterRequest request;
  request.method = "PUT";
  request.path = absl::StrCat("/", names_.Changes(), "/_create/", ChangeId(sequence + 1));
  request.body = RecordOf(change).dump();
  const absl::Status appended = client_->Call(request).status();
  if (!absl::IsAborted(appended)) return appended;
  ASSIGN_OR_RETURN(const Json there, GetChanges(sequence + 1, 1));
  storage::Change same;
  const bool is_there =
      !there.empty() && ReadRecord(there[0], &same) && same.SerializeAsString() == change.SerializeAsString();
  return is_there ? absl::OkStatus() : appended;
}

}  // namespace bedside
