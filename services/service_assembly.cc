#include "services/service_assembly.h"

#include <glog/logging.h>

#include <algorithm>
#include <string>
#include <thread>
#include <utility>

#include "absl/time/clock.h"
#include "index/cluster/cluster_engine.h"
#include "index/embedding/caching_embedder.h"
#include "index/embedding/openvino_embedder.h"
#include "index/engine/following_engine.h"
#include "index/status/status_macros.h"
#include "index/store/store_backup.h"
#include "services/configured_models.h"
#include "services/metrics/state_gauges.h"
#include "services/rpc/answer_service_impl.h"
#include "services/rpc/corpus_service_impl.h"
#include "services/rpc/evidence_service_impl.h"
#include "services/rpc/feedback_service_impl.h"
#include "services/rpc/hook_service_impl.h"
#include "services/rpc/index_service_impl.h"
#include "services/rpc/operations_service_impl.h"
#include "services/rpc/outcome_service_impl.h"
#include "services/rpc/quality_service_impl.h"
#include "services/rpc/store_service_impl.h"
#include "services/server_config_check.h"
#include "services/state_reader.h"

namespace bedside {
namespace {

constexpr uint32_t kDefaultKeptQuestions = 4096;
constexpr uint32_t kDefaultWorkersPerCore = 4;
constexpr uint32_t kDefaultPollMs = 250;
constexpr uint32_t kDefaultKeptRankings = 128;
constexpr uint32_t kDefaultClusterPollMs = 1'000;
constexpr absl::Duration kBetweenExports = absl::Seconds(2);
constexpr absl::Duration kLongestExport = absl::Seconds(2);
// The store is closed after it, before the grace is over that a process has to end.
constexpr absl::Duration kLastExport = absl::Seconds(1);

size_t WorkersOf(const config::ServerConfig& config) {
  if (config.workers() != 0) return config.workers();
  return kDefaultWorkersPerCore * std::max(1u, std::thread::hardware_concurrency());
}

AdmissionLimits LimitsOf(const config::ServerConfig& config) {
  AdmissionLimits limits;
  limits.workers = WorkersOf(config);
  if (config.max_queue() != 0) limits.max_waiting = config.max_queue();
  if (config.max_queue_wait_ms() != 0) limits.max_wait = absl::Milliseconds(config.max_queue_wait_ms());
  return limits;
}

absl::StatusOr<Encoder> LoadOpenVino(const config::EmbedderConfig& config) {
  ASSIGN_OR_RETURN(std::unique_ptr<OpenVinoEmbedder> embedder, OpenVinoEmbedder::Create(config));
  const WordPieceTokenizer* tokenizer = &embedder->tokenizer();
  std::string digest = embedder->file_sha256();
  return Encoder{std::move(embedder), tokenizer, std::move(digest)};
}

v1::ModelIdentity IdentityOf(const Encoder& encoder) {
  v1::ModelIdentity model;
  model.set_role(v1::MODEL_ROLE_EMBEDDER);
  model.set_id(encoder.embedder->id());
  model.set_sha256(encoder.file_sha256);
  return model;
}

// A site that has no questions kept has no rankings of them kept, either.
uint32_t KeptRankingsBy(const config::EmbedderConfig& embedder) {
  const bool keeps_none = embedder.has_kept_questions() && embedder.kept_questions() == 0;
  return keeps_none ? 0 : kDefaultKeptRankings;
}

}  // namespace

ServiceAssembly::~ServiceAssembly() {
  span_loop_.reset();
  if (spans_ != nullptr && !spans_->Export(kLastExport).ok()) LOG(WARNING) << "The last spans could not be exported.";
}

absl::StatusOr<std::unique_ptr<ServiceAssembly>> ServiceAssembly::Create(const config::ServerConfig& config) {
  return Create(config, &LoadOpenVino);
}

absl::StatusOr<std::unique_ptr<ServiceAssembly>> ServiceAssembly::Create(const config::ServerConfig& config,
                                                                         const EncoderLoader& load_encoder) {
  RETURN_IF_ERROR(ToStatus(FindServerViolations(config)));
  auto assembly = std::unique_ptr<ServiceAssembly>(new ServiceAssembly());
  assembly->config_ = config;
  // Before the store and the model: who cannot be let in need not wait for them.
  ASSIGN_OR_RETURN(assembly->access_, ServerAccess::Create(config));
  RETURN_IF_ERROR(assembly->OpenTraces(config));
  RETURN_IF_ERROR(assembly->OpenAudit(config));
  assembly->denied_ = std::make_unique<DeniedCallRecorder>(assembly->recorder_.get());
  if (AccessDoor* door = assembly->access_->door(); door != nullptr) door->Observe(assembly->denied_.get());
  RETURN_IF_ERROR(assembly->BuildIndex(config, load_encoder));
  RETURN_IF_ERROR(assembly->BuildAnswers(config));
  RETURN_IF_ERROR(assembly->BuildPipeline(config));
  assembly->BuildServices(config);
  return assembly;
}

absl::Status ServiceAssembly::OpenTraces(const config::ServerConfig& config) {
  if (!config.has_traces()) return absl::OkStatus();
  ASSIGN_OR_RETURN(spans_, SpanExporter::Create(config.traces()));
  span_loop_ = std::make_unique<WatchLoop>(
      WatchLoop::Lines{"Spans cannot be exported", "Spans are exported again."},
      [spans = spans_.get()] { return spans->Export(kLongestExport); }, kBetweenExports);
  return absl::OkStatus();
}

absl::Status ServiceAssembly::OpenAudit(const config::ServerConfig& config) {
  if (!config.has_audit()) return absl::OkStatus();
  ASSIGN_OR_RETURN(audit_, AuditLog::Open(config.audit()));
  recorder_ = std::make_unique<CallRecorder>(audit_.get(), config.audit().answer_unrecorded());
  return absl::OkStatus();
}

absl::Status ServiceAssembly::BuildIndex(const config::ServerConfig& config, const EncoderLoader& load_encoder) {
  // Before the store, which opening makes where there is none: a start without a model leaves nothing behind.
  const config::EmbedderConfig& embedder = config.index().embedder();
  ASSIGN_OR_RETURN(encoder_, load_encoder(embedder));
  encoder_.embedder = std::make_unique<CachingEmbedder>(
      std::move(encoder_.embedder), embedder.has_kept_questions() ? embedder.kept_questions() : kDefaultKeptQuestions);
  if (config.has_follow()) {
    RETURN_IF_ERROR(FollowStore(config));
  } else {
    RETURN_IF_ERROR(config.index().has_cluster() ? FollowCluster(config) : OpenStore(config));
  }
  for (const std::string& corpus : engine_->Corpora()) {
    const std::string damage = engine_->Fallback(corpus);
    if (damage.empty()) continue;
    LOG(WARNING) << "Corpus " << corpus << ": an earlier generation serves, for the active one is damaged: " << damage;
  }
  return absl::OkStatus();
}

absl::Status ServiceAssembly::OpenStore(const config::ServerConfig& config) {
  ASSIGN_OR_RETURN(store_, EvidenceStore::Open(config.index().store_path(), Database::Access::kReadWrite));
  ASSIGN_OR_RETURN(std::unique_ptr<LocalEngine> engine,
                   LocalEngine::Create(store_.get(), config.index(), encoder_.embedder->id()));
  local_engine_ = engine.get();
  engine_ = std::move(engine);
  return absl::OkStatus();
}

absl::Status ServiceAssembly::FollowStore(const config::ServerConfig& config) {
  ASSIGN_OR_RETURN(std::unique_ptr<FollowingEngine> engine,
                   FollowingEngine::Create(config.index(), config.follow(), encoder_.embedder->id()));
  const uint32_t poll_ms = config.follow().poll_ms() == 0 ? kDefaultPollMs : config.follow().poll_ms();
  follow_loop_ = std::make_unique<WatchLoop>(
      WatchLoop::Lines{"The store cannot be followed, its last state serves on until max_lag_ms",
                       "The store can be followed again."},
      [following = engine.get()] { return following->Follow(); }, absl::Milliseconds(poll_ms));
  engine_ = std::move(engine);
  return absl::OkStatus();
}

absl::Status ServiceAssembly::FollowCluster(const config::ServerConfig& config) {
  ASSIGN_OR_RETURN(std::unique_ptr<ClusterEngine> engine,
                   ClusterEngine::Create(config.index(), encoder_.embedder->id()));
  const uint32_t poll_ms = config.index().cluster().poll_ms();
  follow_loop_ = std::make_unique<WatchLoop>(
      WatchLoop::Lines{"The cluster cannot be followed, its last state serves on until max_lag_ms",
                       "The cluster can be followed again."},
      [following = engine.get()] { return following->Follow(); },
      absl::Milliseconds(poll_ms == 0 ? kDefaultClusterPollMs : poll_ms));
  engine_ = std::move(engine);
  return absl::OkStatus();
}

absl::Status ServiceAssembly::BuildAnswers(const config::ServerConfig& config) {
  config::RetrievalConfig retrieval = config.retrieval();
  if (!retrieval.has_kept_rankings()) retrieval.set_kept_rankings(KeptRankingsBy(config.index().embedder()));
  ASSIGN_OR_RETURN(retriever_, Retriever::Create(engine_.get(), encoder_.embedder.get(), retrieval));
  ASSIGN_OR_RETURN(
      evidence_, RetrievedEvidenceSource::Create(engine_.get(), retriever_.get(), config.retrieval().evidence_list()));
  ASSIGN_OR_RETURN(std::vector<v1::ModelIdentity> models, ModelsBesideTheEncoder(config));
  models.insert(models.begin(), IdentityOf(encoder_));
  ASSIGN_OR_RETURN(answers_,
                   AnswerEngine::Create(config.answer(), evidence_.get(), encoder_.embedder.get(), std::move(models)));
  ASSIGN_OR_RETURN(check_, PassageCheck::Create(engine_.get(), encoder_.embedder.get()));
  RETURN_IF_ERROR(BuildRecords(config));
  if (config.has_hooks()) {
    ASSIGN_OR_RETURN(hooks_, HookAdvisor::Create(config.hooks()));
  }
  return absl::OkStatus();
}

absl::Status ServiceAssembly::BuildRecords(const config::ServerConfig& config) {
  if (store_ != nullptr) {
    cards_ = std::make_unique<CardBook>(&store_->cards(), config.hooks().outcomes());
    RecordIn(config, &store_->answers(), &store_->feedback());
  } else if (!config.has_follow()) {
    const config::ClusterConfig& cluster = config.index().cluster();
    ASSIGN_OR_RETURN(cluster_, ClusterClient::Create(cluster));
    cluster_answers_ = std::make_unique<ClusterAnswers>(cluster_.get(), cluster);
    cluster_feedback_ = std::make_unique<ClusterFeedback>(cluster_.get(), cluster);
    RecordIn(config, cluster_answers_.get(), cluster_feedback_.get());
  }
  return absl::OkStatus();
}

void ServiceAssembly::RecordIn(const config::ServerConfig& config, AnswerRecords* answers, FeedbackRecords* feedback) {
  log_ = std::make_unique<AnswerLog>(answers, config.answer().records());
  feedback_ = std::make_unique<FeedbackBook>(feedback, answers);
  replay_ = std::make_unique<AnswerReplay>(engine_.get());
}

absl::StatusOr<storage::BackupManifest> ServiceAssembly::BackUpTo(const std::string& folder) {
  RETURN_IF_ERROR(engine_->CheckWritable());
  return BackUp(&store_->database(), folder, absl::Now());
}

absl::Status ServiceAssembly::BuildPipeline(const config::ServerConfig& config) {
  if (store_ == nullptr) return absl::OkStatus();
  const config::PublicationGateConfig& gate = config.pipeline().publication_gate();
  if (GoldQuestionGate::AsksAnything(gate)) {
    ASSIGN_OR_RETURN(gate_, GoldQuestionGate::Create(engine_.get(), retriever_.get(), gate));
  }
  ASSIGN_OR_RETURN(pipeline_,
                   IngestPipeline::Create({store_.get(), encoder_.embedder.get(), encoder_.tokenizer, gate_.get()},
                                          config.index(), config.pipeline()));
  local_engine_->BringUpToDateWith(pipeline_.get());
  return local_engine_->ActivateByModel();
}

void ServiceAssembly::BuildServices(const config::ServerConfig& config) {
  const QueueObserver observer = {[this](absl::Duration wait) { metrics_.RequestWaited(wait); },
                                  [this](CallPriority priority, RefusalReason reason) {
                                    metrics_.RequestRefused(PriorityLabel(priority), ReasonLabel(reason));
                                  }};
  queue_ = std::make_unique<RequestQueue>(LimitsOf(config), observer, CallKeepers{access_->door(), recorder_.get()});
  services_.push_back(std::make_unique<EvidenceServiceImpl>(engine_.get(), retriever_.get(), queue_.get(), &metrics_));
  services_.push_back(std::make_unique<AnswerServiceImpl>(answers_.get(), check_.get(), log_.get(), replay_.get(),
                                                          queue_.get(), &metrics_));
  services_.push_back(std::make_unique<HookServiceImpl>(hooks_.get(), answers_.get(), log_.get(), cards_.get(),
                                                        queue_.get(), &metrics_));
  services_.push_back(std::make_unique<FeedbackServiceImpl>(engine_.get(), log_.get(), feedback_.get(), queue_.get()));
  services_.push_back(std::make_unique<OutcomeServiceImpl>(cards_.get(), queue_.get()));
  services_.push_back(std::make_unique<QualityServiceImpl>(*QualityReports::Create(config.quality()), queue_.get()));
  const CorpusServiceImpl::Roots roots = {config.import_root(), config.workshop_root()};
  services_.push_back(std::make_unique<CorpusServiceImpl>(engine_.get(), pipeline_.get(), log_.get(), &operations_,
                                                          roots, queue_.get()));
  services_.push_back(std::make_unique<IndexServiceImpl>(engine_.get(), &operations_, queue_.get()));
  services_.push_back(std::make_unique<StoreServiceImpl>([this](const std::string& folder) { return BackUpTo(folder); },
                                                         config.backup_root(), queue_.get()));
  services_.push_back(std::make_unique<OperationsServiceImpl>(&operations_, queue_.get()));
}

std::vector<grpc::Service*> ServiceAssembly::services() const {
  std::vector<grpc::Service*> services;
  for (const std::unique_ptr<grpc::Service>& service : services_) services.push_back(service.get());
  return services;
}

CallInterceptors ServiceAssembly::interceptors() {
  CallInterceptors interceptors;
  interceptors.push_back(std::make_unique<CallObserverFactory>(&metrics_, spans_.get()));
  return interceptors;
}

std::vector<std::shared_ptr<prometheus::Collectable>> ServiceAssembly::metrics() const {
  const auto read = [this] {
    return ReadServerState({engine_.get(), queue_.get(), &operations_, log_.get(), [this] { return is_ready(); }},
                           config_);
  };
  return {metrics_.collectable(), std::make_shared<StateGauges>(read), std::make_shared<ProcessGauges>()};
}

bool ServiceAssembly::is_ready() const {
  if (recorder_ != nullptr && !recorder_->is_ready()) return false;
  const std::vector<std::string> corpora = engine_->Corpora();
  return std::any_of(corpora.begin(), corpora.end(),
                     [this](const std::string& corpus) { return engine_->View(corpus).ok(); });
}

}  // namespace bedside
