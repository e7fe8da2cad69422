// The composition root: from a configuration to the concrete classes that serve it. Everything that a server process
// owns is here, in the order in which it is built; it is taken down in the reverse order.
#ifndef BEDSIDE_SERVICES_SERVICE_ASSEMBLY_H_
#define BEDSIDE_SERVICES_SERVICE_ASSEMBLY_H_

#include <grpcpp/grpcpp.h>

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "index/cluster/cluster_answers.h"
#include "index/cluster/cluster_client.h"
#include "index/cluster/cluster_feedback.h"
#include "index/embedding/embedder.h"
#include "index/engine/evidence_engine.h"
#include "index/engine/local_engine.h"
#include "index/retrieval/retriever.h"
#include "index/store/evidence_store.h"
#include "index/text/wordpiece_tokenizer.h"
#include "ingest/gate/gold_question_gate.h"
#include "ingest/pipeline/ingest_pipeline.h"
#include "proto/bedside/config/server_config.pb.h"
#include "proto/bedside/storage/backup.pb.h"
#include "services/answer/answer_engine.h"
#include "services/answer/passage_check.h"
#include "services/answer/retrieved_evidence_source.h"
#include "services/audit/audit_log.h"
#include "services/hooks/hook_advisor.h"
#include "services/metrics/log_line_counter.h"
#include "services/metrics/server_metrics.h"
#include "services/record/answer_log.h"
#include "services/record/answer_replay.h"
#include "services/record/card_book.h"
#include "services/record/feedback_book.h"
#include "services/rpc/call_observer.h"
#include "services/rpc/call_recorder.h"
#include "services/rpc/denied_call_recorder.h"
#include "services/rpc/operation_registry.h"
#include "services/rpc/request_queue.h"
#include "services/server_access.h"
#include "services/trace/span_exporter.h"
#include "services/watch_loop.h"

namespace bedside {

// The model that a server embeds with.
struct Encoder {
  std::unique_ptr<Embedder> embedder;
  // Measures passages; lives as long as the embedder.
  const WordPieceTokenizer* tokenizer;
  // See v1::ModelIdentity; empty where it is of no file.
  std::string file_sha256;
};

class ServiceAssembly {
 public:
  using EncoderLoader = std::function<absl::StatusOr<Encoder>(const config::EmbedderConfig&)>;

  // Compiles the model and opens the store, for writing unless the configuration says to follow one: some seconds.
  // Errors are those of the parts; INVALID_ARGUMENT
  // names every field of `config` that is out of range.
  static absl::StatusOr<std::unique_ptr<ServiceAssembly>> Create(const config::ServerConfig& config);

  // The same with a model of the caller's.
  static absl::StatusOr<std::unique_ptr<ServiceAssembly>> Create(const config::ServerConfig& config,
                                                                 const EncoderLoader& load_encoder);
  ~ServiceAssembly();

  // What a gRPC server registers, and how it is reached. Owned by the assembly.
  std::vector<grpc::Service*> services() const;
  const ServerAccess& access() const { return *access_; }

  // Who stands beside the calls of those services.
  const CallKeepers& keepers() const { return queue_->keepers(); }

  // What that server must be started with, so that its calls are counted and have their traces.
  CallInterceptors interceptors();

  // What is served to who reads the metrics, while the assembly lives.
  std::vector<std::shared_ptr<prometheus::Collectable>> metrics() const;

  // Whether any corpus can be searched, and calls are answered. One that follows a store cannot once it has not seen it
  // for too long; where calls cannot be recorded, none is answered unless the configuration says so.
  bool is_ready() const;

  // Cancels jobs, so that the process can end.
  void CancelJobs() { operations_.Shutdown(); }

 private:
  ServiceAssembly() = default;

  absl::Status OpenTraces(const config::ServerConfig& config);
  absl::Status OpenAudit(const config::ServerConfig& config);
  absl::Status BuildIndex(const config::ServerConfig& config, const EncoderLoader& load_encoder);
  // The store and what works on it: to be written here, or to be followed.
  absl::Status OpenStore(const config::ServerConfig& config);
  absl::Status FollowStore(const config::ServerConfig& config);
  absl::Status FollowCluster(const config::ServerConfig& config);
  // What answers are recorded in: the store where it is written here, or the cluster; nothing where a store is
  // followed.
  absl::Status BuildRecords(const config::ServerConfig& config);
  void RecordIn(const config::ServerConfig& config, AnswerRecords* answers, FeedbackRecords* feedback);
  absl::StatusOr<storage::BackupManifest> BackUpTo(const std::string& folder);
  absl::Status BuildAnswers(const config::ServerConfig& config);
  absl::Status BuildPipeline(const config::ServerConfig& config);
  void BuildServices(const config::ServerConfig& config);

  // First: all that work count here.
  ServerMetrics metrics_;
  LogLineCounter log_lines_{&metrics_};
  config::ServerConfig config_;
  // Null where spans go nowhere. Before all that may add one.
  std::unique_ptr<SpanExporter> spans_;
  std::unique_ptr<WatchLoop> span_loop_;
  // Null where calls are not recorded: before what replies, so that whatever replies late is recorded still.
  std::unique_ptr<AuditLog> audit_;
  std::unique_ptr<CallRecorder> recorder_;
  std::unique_ptr<DeniedCallRecorder> denied_;
  std::unique_ptr<ServerAccess> access_;
  // Null where a store or a cluster is followed.
  std::unique_ptr<EvidenceStore> store_;
  Encoder encoder_;
  std::unique_ptr<EvidenceEngine> engine_;
  // The same; null where a store or a cluster is followed.
  LocalEngine* local_engine_ = nullptr;
  std::unique_ptr<Retriever> retriever_;
  std::unique_ptr<RetrievedEvidenceSource> evidence_;
  std::unique_ptr<AnswerEngine> answers_;
  std::unique_ptr<PassageCheck> check_;
  // Null where no hooks are configured.
  std::unique_ptr<HookAdvisor> hooks_;
  // Null where no cluster is served.
  std::unique_ptr<ClusterClient> cluster_;
  std::unique_ptr<ClusterAnswers> cluster_answers_;
  std::unique_ptr<ClusterFeedback> cluster_feedback_;
  // Null where a store is followed.
  std::unique_ptr<AnswerLog> log_;
  std::unique_ptr<AnswerReplay> replay_;
  std::unique_ptr<FeedbackBook> feedback_;
  // This, and the pipeline, are null where a store or a cluster is followed.
  std::unique_ptr<CardBook> cards_;
  // Null where nothing is asked before a generation serves.
  std::unique_ptr<GoldQuestionGate> gate_;
  std::unique_ptr<IngestPipeline> pipeline_;
  // Before the operations: their jobs run on in what the services have until the last has ended.
  std::vector<std::unique_ptr<grpc::Service>> services_;
  OperationRegistry operations_{[this](absl::StatusCode code) { metrics_.JobEnded(code); }};
  std::unique_ptr<RequestQueue> queue_;
  // Null where the store is written here.
  std::unique_ptr<WatchLoop> follow_loop_;
};

}  // namespace bedside

#endif  // BEDSIDE_SERVICES_SERVICE_ASSEMBLY_H_
