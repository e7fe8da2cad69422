#include "proto/bedside/config/config_check.h"

#include <algorithm>
#include <cstdint>
#include <set>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"

namespace bedside {
namespace {

constexpr uint64_t kMiB = uint64_t{1} << 20;
constexpr uint64_t kGiB = uint64_t{1} << 30;
constexpr uint32_t kMostKeptQuestions = 1'000'000;
constexpr uint32_t kMostKeptRankings = 10'000;
constexpr uint32_t kMaxWaitMs = 600'000;
constexpr double kMostPriorWeight = 0.1;
constexpr int kMostJurisdictions = 100;
constexpr uint32_t kMaxShutdownDelayMs = 120'000;
constexpr int kMostTrustedSets = 1000;
constexpr int kMostLabels = 100;
constexpr int kMostWarmUpQuestions = 100;
constexpr size_t kMostWriterBytes = 200;
constexpr int kMostClusterUrls = 100;
constexpr size_t kMostPrefixBytes = 40;
constexpr uint32_t kMostReplicas = 10;

bool IsName(absl::string_view name) {
  bool valid = !name.empty() && name.size() <= 63;
  for (char c : name) valid = valid && (absl::ascii_islower(c) || absl::ascii_isdigit(c) || c == '-');
  return valid;
}

// 0 stands for the default.
void CheckRange(absl::string_view field, uint64_t value, uint64_t least, uint64_t most, ConfigViolations* violations) {
  if (value == 0 || (value >= least && value <= most)) return;
  violations->push_back(absl::StrCat(field, " is ", value, ", wanted ", least, " to ", most, ", or 0 for the default"));
}

void CheckPresent(absl::string_view field, absl::string_view value, absl::string_view wanted,
                  ConfigViolations* violations) {
  if (value.empty()) violations->push_back(absl::StrCat(field, " is missing, wanted ", wanted));
}

void CheckVector(const config::IndexConfig& index, ConfigViolations* violations) {
  CheckRange("index.vector.flat_limit", index.vector().flat_limit(), 1, 100'000'000, violations);
  CheckRange("index.vector.hnsw_links", index.vector().hnsw_links(), 4, 128, violations);
  CheckRange("index.vector.hnsw_build_beam", index.vector().hnsw_build_beam(), 16, 2000, violations);
  CheckRange("index.vector.hnsw_search_beam", index.vector().hnsw_search_beam(), 16, 2000, violations);
  CheckRange("index.kept_generations", index.kept_generations(), 1, 100, violations);
}

void CheckCluster(const config::IndexConfig& index, ConfigViolations* violations) {
  if (!index.has_cluster()) return;
  const config::ClusterConfig& cluster = index.cluster();
  if (cluster.urls().empty() || cluster.urls_size() > kMostClusterUrls) {
    violations->push_back(absl::StrCat("index.cluster.urls has ", cluster.urls_size(), " entries, wanted 1 to ",
                                       kMostClusterUrls, " base URLs of nodes"));
  }
  const bool is_prefix =
      cluster.prefix().empty() || (IsName(cluster.prefix()) && absl::ascii_islower(cluster.prefix()[0]) &&
                                   cluster.prefix().size() <= kMostPrefixBytes);
  if (!is_prefix) {
    violations->push_back(absl::StrCat("index.cluster.prefix is not 1 to ", kMostPrefixBytes,
                                       " of [a-z0-9-] with a letter first; empty means \"bedside\""));
  }
  CheckRange("index.cluster.shards", cluster.shards(), 1, 1024, violations);
  if (cluster.replicas() > kMostReplicas) {
    violations->push_back(
        absl::StrCat("index.cluster.replicas is ", cluster.replicas(), ", wanted 0 to ", kMostReplicas));
  }
  CheckRange("index.cluster.timeout_ms", cluster.timeout_ms(), 100, kMaxWaitMs, violations);
  CheckRange("index.cluster.poll_ms", cluster.poll_ms(), 50, 60'000, violations);
  CheckRange("index.cluster.max_lag_ms", cluster.max_lag_ms(), 1000, 3'600'000, violations);
}

void CheckAudit(const config::ServerConfig& config, ConfigViolations* violations) {
  if (!config.has_audit()) return;
  CheckPresent("audit.folder", config.audit().folder(), "a folder of its own", violations);
  CheckRange("audit.anchor_seconds", config.audit().anchor_seconds(), 1, 3600, violations);
  CheckRange("audit.max_file_megabytes", config.audit().max_file_megabytes(), 1, 4096, violations);
}

// Written so that NaN is none either.
void CheckShare(absl::string_view field, double share, ConfigViolations* violations) {
  if (share >= 0 && share <= 1) return;
  violations->push_back(absl::StrCat("pipeline.publication_gate.", field, " is ", share, ", wanted 0 to 1"));
}

void CheckGate(const config::PublicationGateConfig& gate, ConfigViolations* violations) {
  CheckShare("min_recall_at_10", gate.min_recall_at_10(), violations);
  CheckShare("min_ndcg_at_10", gate.min_ndcg_at_10(), violations);
  CheckShare("max_relative_loss", gate.max_relative_loss(), violations);
  CheckShare("max_abstention_rate", gate.max_abstention_rate(), violations);
  CheckShare("min_relevance", gate.min_relevance(), violations);
  const bool measures = gate.min_recall_at_10() != 0 || gate.min_ndcg_at_10() != 0 || gate.has_max_relative_loss() ||
                        gate.has_max_abstention_rate();
  if (measures && gate.questions_path().empty()) {
    violations->push_back("pipeline.publication_gate.questions_path is missing, wanted the questions to measure by");
  }
  const auto& warm_up = gate.warm_up_questions();
  if (warm_up.size() > kMostWarmUpQuestions || std::find(warm_up.begin(), warm_up.end(), "") != warm_up.end()) {
    violations->push_back(absl::StrCat("pipeline.publication_gate.warm_up_questions has ", warm_up.size(),
                                       " entries, wanted at most ", kMostWarmUpQuestions, ", none of them empty"));
  }
}

void CheckThrottle(const config::ThrottleConfig& throttle, ConfigViolations* violations) {
  CheckRange("pipeline.throttle.passages_per_second", throttle.passages_per_second(), 1, 1'000'000, violations);
  CheckRange("pipeline.throttle.nice", throttle.nice(), 1, 19, violations);
  // Written so that NaN is none either.
  if (!throttle.has_busy_share() || (throttle.busy_share() > 0 && throttle.busy_share() <= 1)) return;
  violations->push_back(
      absl::StrCat("pipeline.throttle.busy_share is ", throttle.busy_share(), ", wanted above 0 to 1"));
}

void CheckLimits(const config::ReadLimits& limits, ConfigViolations* violations) {
  CheckRange("pipeline.limits.max_file_bytes", limits.max_file_bytes(), 1, 16 * kGiB, violations);
  // Two GiB is what one Protocol Buffers message can hold, and spans have 32 bits.
  CheckRange("pipeline.limits.max_document_bytes", limits.max_document_bytes(), 1, kGiB, violations);
  CheckRange("pipeline.limits.pdf_seconds", limits.pdf_seconds(), 1, 3600, violations);
  CheckRange("pipeline.limits.pdf_memory_bytes", limits.pdf_memory_bytes(), 16 * kMiB, 64 * kGiB, violations);
}

void CheckPipeline(const config::IndexConfig& index, const config::PipelineConfig& pipeline,
                   ConfigViolations* violations) {
  CheckRange("pipeline.chunking.target_tokens", pipeline.chunking().target_tokens(), 32, 512, violations);
  const uint32_t target = pipeline.chunking().target_tokens() == 0 ? 256 : pipeline.chunking().target_tokens();
  const uint32_t window = index.embedder().max_tokens() == 0 ? 512 : index.embedder().max_tokens();
  if (target > window) {
    violations->push_back(absl::StrCat("pipeline.chunking.target_tokens is ", target,
                                       ", wanted at most index.embedder.max_tokens, which is ", window));
  }
  CheckLimits(pipeline.limits(), violations);
  CheckGate(pipeline.publication_gate(), violations);
  CheckThrottle(pipeline.throttle(), violations);
  if (!pipeline.source_set().empty() && !IsName(pipeline.source_set())) {
    violations->push_back("pipeline.source_set is not a name that can be used, wanted 1 to 63 of [a-z0-9-]");
  }
}

void CheckTrust(const config::IndexConfig& index, ConfigViolations* violations) {
  const int sets = index.trusted_source_sets_size();
  if (sets > kMostTrustedSets) {
    violations->push_back(
        absl::StrCat("index.trusted_source_sets has ", sets, " entries, wanted at most ", kMostTrustedSets));
  }
  for (int i = 0; i < std::min(sets, kMostTrustedSets); ++i) {
    if (IsName(index.trusted_source_sets(i))) continue;
    violations->push_back(absl::StrCat("index.trusted_source_sets[", i,
                                       "] is not the name of a source set, wanted 1 to 63 of [a-z0-9-]"));
  }
}

bool AreLabels(const google::protobuf::RepeatedPtrField<std::string>& labels) {
  return !labels.empty() && labels.size() <= kMostLabels && std::all_of(labels.begin(), labels.end(), IsName);
}

void CheckLabels(const config::IndexConfig& index, ConfigViolations* violations) {
  std::set<std::string> sets;
  if (index.source_set_labels_size() > kMostTrustedSets) {
    violations->push_back(absl::StrCat("index.source_set_labels has ", index.source_set_labels_size(),
                                       " entries, wanted at most ", kMostTrustedSets));
  }
  for (int i = 0; i < std::min(index.source_set_labels_size(), kMostTrustedSets); ++i) {
    const config::SourceSetLabels& entry = index.source_set_labels(i);
    if (!IsName(entry.source_set()) || !sets.insert(entry.source_set()).second || !AreLabels(entry.labels())) {
      violations->push_back(
          absl::StrCat("index.source_set_labels[", i, "] cannot be used, wanted a source set that no ",
                       "other entry names and 1 to ", kMostLabels, " labels, all of 1 to 63 of [a-z0-9-]"));
    }
  }
}

// What every program needs that opens a store and loads the model.
void CheckIndex(const config::IndexConfig& index, const config::PipelineConfig& pipeline,
                ConfigViolations* violations) {
  CheckPresent("index.store_path", index.store_path(), "the folder of the store", violations);
  CheckPresent("index.embedder.model_path", index.embedder().model_path(),
               "the folder of model.onnx and tokenizer.json", violations);
  CheckRange("index.embedder.max_tokens", index.embedder().max_tokens(), 8, 512, violations);
  CheckRange("index.embedder.threads", index.embedder().threads(), 1, 256, violations);
  if (index.embedder().kept_questions() > kMostKeptQuestions) {
    violations->push_back(absl::StrCat("index.embedder.kept_questions is ", index.embedder().kept_questions(),
                                       ", wanted 0 to ", kMostKeptQuestions));
  }
  CheckVector(index, violations);
  CheckCluster(index, violations);
  CheckTrust(index, violations);
  CheckLabels(index, violations);
  CheckPipeline(index, pipeline, violations);
}

// A name, or an address: that of IPv6 in brackets. gRPC takes "unix" for the scheme of a socket.
bool IsHost(absl::string_view host) {
  if (absl::StartsWith(host, "[") && absl::EndsWith(host, "]")) return host.size() > 2;
  return !host.empty() && host != "unix" && host.find_first_of(":/[]") == absl::string_view::npos;
}

bool IsHostAndPort(const std::string& address) {
  const size_t colon = address.rfind(':');
  int port = -1;
  return colon != std::string::npos && IsHost(absl::string_view(address).substr(0, colon)) &&
         absl::SimpleAtoi(address.substr(colon + 1), &port) && port >= 0 && port <= 65535;
}

void CheckAddress(absl::string_view field, const std::string& address, ConfigViolations* violations) {
  if (address.empty() || IsHostAndPort(address)) return;
  violations->push_back(absl::StrCat(field, " is \"", address, "\", wanted host:port"));
}

// Names are not looked up for metrics.
bool IsIpAndPort(const std::string& address) {
  const absl::string_view host = absl::string_view(address).substr(0, address.rfind(':'));
  return IsHostAndPort(address) &&
         (absl::StartsWith(host, "[") || host.find_first_not_of("0123456789.") == absl::string_view::npos);
}

void CheckMetricsAddress(const std::string& address, ConfigViolations* violations) {
  if (address.empty() || IsIpAndPort(address)) return;
  violations->push_back(
      absl::StrCat("metrics_address is \"", address, "\", wanted an IP address and a port, as 127.0.0.1:9464"));
}

// `kind`: "chat" or "grpc".
template <typename ModelConfig>
void CheckModel(absl::string_view kind, const ModelConfig& model, ConfigViolations* violations) {
  const std::string prefix = absl::StrCat("answer.generator.", kind, ".");
  CheckRange(absl::StrCat(prefix, "timeout_ms"), model.timeout_ms(), 1, kMaxWaitMs, violations);
  CheckRange(absl::StrCat(prefix, "first_token_timeout_ms"), model.first_token_timeout_ms(), 1, kMaxWaitMs, violations);
  CheckRange(absl::StrCat(prefix, "max_prompt_tokens"), model.max_prompt_tokens(), 1, 1'000'000, violations);
  CheckRange(absl::StrCat(prefix, "max_answer_tokens"), model.max_answer_tokens(), 1, 100'000, violations);
}

void CheckRecords(const config::RecordConfig& records, ConfigViolations* violations) {
  CheckRange("answer.records.max_days", records.max_days(), 1, 36'500, violations);
  CheckRange("answer.records.max_answers", records.max_answers(), 1, 100'000'000, violations);
}

// Written so that NaN is none either.
void CheckWeight(absl::string_view field, double weight, ConfigViolations* violations) {
  if (weight > 0 && weight <= 1) return;
  violations->push_back(absl::StrCat("retrieval.query.", field, " is ", weight, ", wanted above 0 to 1"));
}

void CheckQuery(const config::QueryConfig& query, ConfigViolations* violations) {
  if (query.has_abbreviation_weight()) CheckWeight("abbreviation_weight", query.abbreviation_weight(), violations);
  if (query.has_thesaurus_weight()) CheckWeight("thesaurus_weight", query.thesaurus_weight(), violations);
}

void CheckCrossEncoder(const config::CrossEncoderConfig& cross_encoder, ConfigViolations* violations) {
  constexpr absl::string_view kCrossEncoder = "retrieval.cross_encoder.";
  CheckPresent(absl::StrCat(kCrossEncoder, "model_path"), cross_encoder.model_path(),
               "the folder of model.onnx and tokenizer.json", violations);
  CheckRange(absl::StrCat(kCrossEncoder, "candidates"), cross_encoder.candidates(), 1, 100, violations);
  CheckRange(absl::StrCat(kCrossEncoder, "max_tokens"), cross_encoder.max_tokens(), 16, 512, violations);
  CheckRange(absl::StrCat(kCrossEncoder, "threads"), cross_encoder.threads(), 1, 256, violations);
  if (cross_encoder.precision() == config::PRECISION_INT8) {
    violations->push_back(
        absl::StrCat(kCrossEncoder, "precision is PRECISION_INT8, wanted PRECISION_F32 or PRECISION_BF16"));
  }
}

// Written so that NaN is none either.
void CheckPriorWeight(absl::string_view part, double weight, ConfigViolations* violations) {
  if (weight >= 0 && weight <= kMostPriorWeight) return;
  violations->push_back(
      absl::StrCat("retrieval.priors.", part, "_weight is ", weight, ", wanted 0 to ", kMostPriorWeight));
}

void CheckPriors(const config::PriorsConfig& priors, ConfigViolations* violations) {
  if (priors.jurisdictions_size() > kMostJurisdictions) {
    violations->push_back(absl::StrCat("retrieval.priors.jurisdictions has ", priors.jurisdictions_size(),
                                       " entries, wanted at most ", kMostJurisdictions));
  }
  const auto& jurisdictions = priors.jurisdictions();
  if (std::find(jurisdictions.begin(), jurisdictions.end(), "") != jurisdictions.end()) {
    violations->push_back("retrieval.priors.jurisdictions has an empty entry, which would prefer unknown ones");
  }
  CheckPriorWeight("kind", priors.kind_weight(), violations);
  CheckPriorWeight("age", priors.age_weight(), violations);
  CheckPriorWeight("grade", priors.grade_weight(), violations);
  CheckPriorWeight("jurisdiction", priors.jurisdiction_weight(), violations);
  CheckPriorWeight("status", priors.status_weight(), violations);
}

void CheckWorkshop(const config::WorkshopConfig& workshop, ConfigViolations* violations) {
  CheckPresent("workshop.path", workshop.path(), "the folder to build in", violations);
  CheckPresent("workshop.name", workshop.name(), "its path from the server's workshop_root", violations);
  if (workshop.certificate_file().empty() != workshop.private_key_file().empty()) {
    violations->push_back("workshop.certificate_file and workshop.private_key_file are given together");
  }
  if (IsHostAndPort(workshop.server())) return;
  violations->push_back(absl::StrCat("workshop.server is \"", workshop.server(), "\", wanted host:port"));
}

void CheckRetrieval(const config::RetrievalConfig& retrieval, ConfigViolations* violations) {
  CheckQuery(retrieval.query(), violations);
  if (retrieval.has_cross_encoder()) CheckCrossEncoder(retrieval.cross_encoder(), violations);
  CheckPriors(retrieval.priors(), violations);
  if (retrieval.kept_rankings() > kMostKeptRankings) {
    violations->push_back(
        absl::StrCat("retrieval.kept_rankings is ", retrieval.kept_rankings(), ", wanted 0 to ", kMostKeptRankings));
  }
  CheckRange("retrieval.evidence_list.passages_of_document", retrieval.evidence_list().passages_of_document(), 1, 50,
             violations);
}

}  // namespace

ConfigViolations FindViolations(const config::IngestConfig& config) {
  ConfigViolations violations;
  CheckIndex(config.index(), config.pipeline(), &violations);
  CheckRetrieval(config.retrieval(), &violations);
  if (config.has_workshop()) CheckWorkshop(config.workshop(), &violations);
  if (!config.corpus().empty()) {
    if (const absl::Status corpus = CheckCorpus(config.corpus()); !corpus.ok()) {
      violations.emplace_back(corpus.message());
    }
  }
  return violations;
}

ConfigViolations FindViolations(const config::ServerConfig& config) {
  ConfigViolations violations;
  CheckIndex(config.index(), config.pipeline(), &violations);
  CheckAddress("listen_address", config.listen_address(), &violations);
  CheckAddress("health_address", config.health_address(), &violations);
  CheckAddress("http.listen_address", config.http().listen_address(), &violations);
  CheckMetricsAddress(config.metrics_address(), &violations);
  if (config.shutdown_delay_ms() > kMaxShutdownDelayMs) {
    violations.push_back(absl::StrCat("shutdown_delay_ms is ", config.shutdown_delay_ms(), ", wanted 0 to ",
                                      kMaxShutdownDelayMs, "; unset, it is the default"));
  }
  CheckRange("shutdown_grace_ms", config.shutdown_grace_ms(), 1, kMaxWaitMs, &violations);
  CheckRange("workers", config.workers(), 1, 1024, &violations);
  CheckRange("max_queue", config.max_queue(), 1, 1'000'000, &violations);
  CheckRange("max_queue_wait_ms", config.max_queue_wait_ms(), 1, 600'000, &violations);
  CheckRange("follow.poll_ms", config.follow().poll_ms(), 10, 60'000, &violations);
  CheckRange("follow.max_lag_ms", config.follow().max_lag_ms(), 1000, 3'600'000, &violations);
  if (config.follow().writer().size() > kMostWriterBytes) {
    violations.push_back(absl::StrCat("follow.writer has ", config.follow().writer().size(), " bytes, wanted at most ",
                                      kMostWriterBytes));
  }
  if (config.has_follow() && config.index().has_cluster()) {
    violations.push_back("follow and index.cluster are both set, wanted one: a server of a cluster follows that");
  }
  CheckAudit(config, &violations);
  CheckModel("chat", config.answer().generator().chat(), &violations);
  CheckModel("grpc", config.answer().generator().grpc(), &violations);
  CheckRecords(config.answer().records(), &violations);
  CheckRetrieval(config.retrieval(), &violations);
  return violations;
}

ConfigViolations FindViolations(const config::IndexConfig& index, const config::PipelineConfig& pipeline) {
  ConfigViolations violations;
  CheckVector(index, &violations);
  CheckPipeline(index, pipeline, &violations);
  return violations;
}

absl::Status ToStatus(const ConfigViolations& violations) {
  if (violations.empty()) return absl::OkStatus();
  return absl::InvalidArgumentError(
      absl::StrCat("the configuration cannot be used: ", absl::StrJoin(violations, "; ")));
}

absl::Status CheckCorpus(absl::string_view corpus) {
  if (IsName(corpus)) return absl::OkStatus();
  return absl::InvalidArgumentError("corpus is not a name that can be used, wanted 1 to 63 of [a-z0-9-]");
}

absl::Status CheckSourceSet(absl::string_view source_set) {
  if (IsName(source_set)) return absl::OkStatus();
  return absl::InvalidArgumentError("source_set is not a name that can be used, wanted 1 to 63 of [a-z0-9-]");
}

}  // namespace bedside
