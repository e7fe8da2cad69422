#include "index/cluster/shard_leases.h"

#include <algorithm>
#include <utility>

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "absl/time/time.h"
#include "index/cluster/index_names.h"
#include "index/cluster/segment_schema.h"
#include "index/generation/generation_manifest.h"
#include "index/status/status_macros.h"

namespace bedside {
namespace {

using Json = nlohmann::json;

constexpr char kJobId[] = "job";
constexpr char kPublicationId[] = "publication";
// Only the holder of a lease and one that takes it over write it.
constexpr int kAttempts = 5;

// Nothing is searched in it.
Json JobIndexBody(const config::ClusterConfig& config) {
  return {{"settings", RecordIndexSettings(config)}, {"mappings", {{"dynamic", false}}}};
}

Json JsonOf(const ShardJob& job) {
  return {{"shards", job.shards},
          {"lease_ms", absl::ToInt64Milliseconds(job.lease)},
          {"terms", job.terms},
          {"means", job.means}};
}

bool IsKnown(const MeanFieldLengths& means) {
  return std::any_of(means.begin(), means.end(), [](double mean) { return mean > 0; });
}

// Those that the first shard with documents has.
MeanFieldLengths MeansOf(const storage::Manifest& result) {
  return result.segments().empty() ? MeanFieldLengths{} : MeanFieldLengthsOf(result.segments(0));
}

absl::Status Differs(const ShardJob& job, absl::string_view what, absl::string_view begun, absl::string_view here) {
  return absl::FailedPreconditionError(absl::StrCat("job ", job.name, " of corpus ", job.corpus, " was begun with ",
                                                    what, " ", begun, ", this worker has ", here,
                                                    ". Start all workers of a job alike, or name a new job."));
}

absl::Status IsNotOurs(absl::string_view id) {
  return absl::AbortedError(absl::StrCat(id, " of the job is another worker's by now, or done"));
}

}  // namespace

absl::StatusOr<std::unique_ptr<ShardLeases>> ShardLeases::Join(const ClusterClient* client,
                                                               const config::ClusterConfig& config, const ShardJob& job,
                                                               std::string owner, Clock clock) {
  auto leases = std::unique_ptr<ShardLeases>(new ShardLeases(client, config, job, std::move(owner), std::move(clock)));
  RETURN_IF_ERROR(leases->Begin(config));
  RETURN_IF_ERROR(leases->Agree());
  return leases;
}

ShardLeases::ShardLeases(const ClusterClient* client, const config::ClusterConfig& config, const ShardJob& job,
                         std::string owner, Clock clock)
    : client_(client),
      index_(absl::StrCat("/", IndexNames(config).Job(job.corpus, job.name))),
      owner_(std::move(owner)),
      clock_(std::move(clock)),
      job_(job) {}

absl::Status ShardLeases::Begin(const config::ClusterConfig& config) const {
  for (const auto& [path, body] : {std::make_pair(index_, JobIndexBody(config)),
                                   std::make_pair(absl::StrCat(index_, "/_create/", kJobId), JsonOf(job_))}) {
    const absl::Status begun = client_->Put(path, body).status();
    if (!begun.ok() && !absl::IsAborted(begun)) return begun;
  }
  return absl::OkStatus();
}

absl::Status ShardLeases::Agree() {
  ASSIGN_OR_RETURN(const Json document, client_->Get(absl::StrCat(index_, "/_doc/", kJobId)));
  try {
    const Json& begun = document.at("_source");
    const auto shards = begun.at("shards").get<uint32_t>();
    if (shards != job_.shards) return Differs(job_, "shards", absl::StrCat(shards), absl::StrCat(job_.shards));
    const auto terms = begun.at("terms").get<std::map<std::string, std::string>>();
    for (const auto& [name, here] : job_.terms) {
      const auto there = terms.find(name);
      if (there == terms.end() || there->second != here) {
        return Differs(job_, name, there == terms.end() ? "none" : there->second, here);
      }
    }
    job_.lease = absl::Milliseconds(begun.at("lease_ms").get<int64_t>());
    job_.means = begun.at("means").get<MeanFieldLengths>();
  } catch (const Json::exception&) {
    return UnexpectedAnswer();
  }
  return absl::OkStatus();
}

std::string ShardLeases::IdOf(uint32_t number) const {
  return number == job_.shards ? kPublicationId : absl::StrCat("shard-", number);
}

uint32_t ShardLeases::NumberOf(const ShardTask& task) const {
  return task.step == ShardTask::Step::kPublish ? job_.shards : task.shard;
}

absl::StatusOr<ShardLeases::Part> ShardLeases::PartOf(const Json& document) {
  if (document.contains("error")) {
    return absl::UnavailableError("the cluster cannot read the job now. Look at its health.");
  }
  Part part;
  if (document.at("found") == false) return part;
  part.sequence = document.at("_seq_no").get<int64_t>();
  part.term = document.at("_primary_term").get<int64_t>();
  const Json& source = document.at("_source");
  part.owner = source.at("owner").get<std::string>();
  part.is_done = source.contains("result");
  std::string bytes;
  if (!part.is_done ||
      (absl::Base64Unescape(source.at("result").get<std::string>(), &bytes) && part.result.ParseFromString(bytes))) {
    return part;
  }
  return absl::DataLossError(absl::StrCat(document.at("_id").get<std::string>(), " in index ",
                                          document.at("_index").get<std::string>(),
                                          " of the cluster cannot be read. Name a new job."));
}

absl::StatusOr<std::vector<ShardLeases::Part>> ShardLeases::ReadParts(uint32_t first, uint32_t last) const {
  Json ids = Json::array();
  for (uint32_t number = first; number <= last; ++number) ids.push_back(IdOf(number));
  // Documents are got as they are written, before searches find them.
  ASSIGN_OR_RETURN(const Json answer, client_->Post(absl::StrCat(index_, "/_mget"), {{"ids", ids}}));
  std::vector<Part> parts;
  try {
    for (const Json& document : answer.at("docs")) {
      ASSIGN_OR_RETURN(Part part, PartOf(document));
      parts.push_back(std::move(part));
    }
  } catch (const Json::exception&) {
    return UnexpectedAnswer();
  }
  return parts.size() == ids.size() ? absl::StatusOr<std::vector<Part>>(std::move(parts)) : UnexpectedAnswer();
}

std::vector<uint32_t> ShardLeases::Open(const std::vector<Part>& parts, const MeanFieldLengths& means) const {
  std::vector<uint32_t> open;
  for (uint32_t number = 0; number < job_.shards; ++number) {
    if (!parts[number].is_done) open.push_back(number);
  }
  if (open.empty()) return {job_.shards};
  if (!IsKnown(means)) open.resize(1);
  return open;
}

bool ShardLeases::IsFree(uint32_t number, const Part& part) {
  if (part.sequence < 0 || part.owner == owner_) return true;
  absl::MutexLock lock(&mutex_);
  const absl::Time now = clock_();
  const auto [seen, is_new] = seen_.try_emplace(number, Seen{part.sequence, now});
  if (is_new || seen->second.number != part.sequence) {
    seen->second = {part.sequence, now};
    return false;
  }
  return now - seen->second.since >= job_.lease;
}

bool ShardLeases::WasQuiet(const std::vector<Part>& parts) {
  const int64_t taken = std::count_if(parts.begin(), parts.end(), [](const Part& part) { return part.sequence >= 0; });
  absl::MutexLock lock(&mutex_);
  const absl::Time now = clock_();
  if (taken != taken_.number) taken_ = {taken, now};
  was_quiet_ = was_quiet_ || now - taken_.since >= job_.lease;
  return was_quiet_;
}

std::vector<uint32_t> ShardLeases::InTurn(const std::vector<Part>& parts, const MeanFieldLengths& means,
                                          const std::set<uint32_t>& known) {
  std::vector<uint32_t> free;
  for (const uint32_t number : Open(parts, means)) {
    if (IsFree(number, parts[number])) free.push_back(number);
  }
  if (known.empty()) return free;
  const auto others = std::stable_partition(free.begin(), free.end(), [&](uint32_t number) {
    return number == job_.shards || known.count(number) > 0 || parts[number].owner == owner_;
  });
  if (!WasQuiet(parts)) free.erase(others, free.end());
  return free;
}

Json ShardLeases::Leased() const {
  return {{"owner", owner_}, {"renewed", absl::FormatTime(absl::RFC3339_sec, clock_(), absl::UTCTimeZone())}};
}

absl::Status ShardLeases::Write(uint32_t number, const Part& before, const Json& after) const {
  const std::string id = IdOf(number);
  const std::string path = before.sequence < 0 ? absl::StrCat(index_, "/_create/", id)
                                               : absl::StrCat(index_, "/_doc/", id, "?if_seq_no=", before.sequence,
                                                              "&if_primary_term=", before.term);
  return client_->Put(path, after).status();
}

absl::StatusOr<ShardTask> ShardLeases::Take(const std::set<uint32_t>& known) {
  ASSIGN_OR_RETURN(const std::vector<Part> parts, ReadParts(0, job_.shards));
  if (parts[job_.shards].is_done) return ShardTask{ShardTask::Step::kNothing};
  MeanFieldLengths means = job_.means;
  for (const Part& part : parts) {
    if (!IsKnown(means)) means = MeansOf(part.result);
  }
  for (const uint32_t number : InTurn(parts, means, known)) {
    const absl::Status taken = Write(number, parts[number], Leased());
    // Another worker was faster.
    if (absl::IsAborted(taken)) continue;
    RETURN_IF_ERROR(taken);
    if (number == job_.shards) return ShardTask{ShardTask::Step::kPublish};
    return ShardTask{ShardTask::Step::kBuild, number, means};
  }
  return ShardTask{ShardTask::Step::kWait};
}

absl::Status ShardLeases::Change(uint32_t number, const Json& after) const {
  for (int attempt = 0; attempt < kAttempts; ++attempt) {
    ASSIGN_OR_RETURN(const std::vector<Part> parts, ReadParts(number, number));
    const Part& part = parts[0];
    if (part.sequence < 0 || part.owner != owner_ || part.is_done) break;
    const absl::Status written = Write(number, part, after);
    if (!absl::IsAborted(written)) return written;
  }
  return IsNotOurs(IdOf(number));
}

absl::Status ShardLeases::Renew(const ShardTask& task) const { return Change(NumberOf(task), Leased()); }

absl::Status ShardLeases::Finish(const ShardTask& task, const storage::Manifest& result) const {
  Json done = Leased();
  done["result"] = absl::Base64Escape(result.SerializeAsString());
  return Change(NumberOf(task), done);
}

absl::StatusOr<std::vector<storage::Manifest>> ShardLeases::Results() const {
  ASSIGN_OR_RETURN(std::vector<Part> parts, ReadParts(0, job_.shards));
  std::vector<storage::Manifest> results;
  for (uint32_t number = 0; number < job_.shards; ++number) {
    if (!parts[number].is_done) {
      return absl::FailedPreconditionError(absl::StrCat(IdOf(number), " of job ", job_.name, " is not done"));
    }
    results.push_back(std::move(parts[number].result));
  }
  return results;
}

absl::StatusOr<bool> ShardLeases::IsPublished(const ClusterClient& client, const std::string& index) {
  const absl::StatusOr<Json> document = client.Get(absl::StrCat("/", index, "/_doc/", kPublicationId));
  if (absl::IsNotFound(document.status())) return false;
  RETURN_IF_ERROR(document.status());
  return document->contains("_source") && document->at("_source").contains("result");
}

absl::StatusOr<storage::Manifest> ShardLeases::Published() const {
  ASSIGN_OR_RETURN(const std::vector<Part> parts, ReadParts(job_.shards, job_.shards));
  if (parts[0].is_done) return parts[0].result;
  return absl::FailedPreconditionError(absl::StrCat("job ", job_.name, " was not published"));
}

}  // namespace bedside
