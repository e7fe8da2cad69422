// A GeneratorBackend on a loopback socket that does what a test tells it. Also an example of a server of that service
// (proto/bedside/v1/generator_backend.proto): a real one writes text where this one reads its script.
//
//   auto server = GeneratorBackendServer::Start({{"Aspirin helps [1]."}});
//   ... server->target() ...
//
// Serves every call the same way. Thread-safe.
#ifndef BEDSIDE_TESTS_FAKES_GENERATOR_BACKEND_SERVER_H_
#define BEDSIDE_TESTS_FAKES_GENERATOR_BACKEND_SERVER_H_

#include <grpcpp/grpcpp.h>

#include <memory>
#include <string>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/synchronization/mutex.h"
#include "proto/bedside/v1/generator_backend.grpc.pb.h"

namespace bedside {

class GeneratorBackendServer : public v1::GeneratorBackend::CallbackService {
 public:
  struct Script {
    // Pieces of text, each a response.
    std::vector<std::string> deltas;
    // Of a last response; UNSPECIFIED: there is none.
    v1::FinishReason finish_reason = v1::FINISH_REASON_STOP;
    // Ends the stream.
    grpc::Status status = grpc::Status::OK;
    // Does not end the stream until the client cancels.
    bool hangs = false;
  };

  static std::unique_ptr<GeneratorBackendServer> Start(
      Script script, const std::shared_ptr<grpc::ServerCredentials>& credentials = grpc::InsecureServerCredentials());
  ~GeneratorBackendServer() override;

  // "localhost:PORT"
  std::string target() const;

  // What was asked so far, and with which "authorization"; "" for none.
  std::vector<v1::GenerateRequest> requests() const;
  std::vector<std::string> authorizations() const;
  // The W3C trace context of each request so far; empty where it had none.
  std::vector<std::string> traceparents() const;

  // Blocks until a client has cancelled a hanging call.
  void WaitForCancellation();

  grpc::ServerWriteReactor<v1::GenerateResponse>* Generate(grpc::CallbackServerContext* context,
                                                           const v1::GenerateRequest* request) override;

 private:
  class Stream;

  explicit GeneratorBackendServer(Script script) : script_(std::move(script)) {}

  const Script script_;
  int port_ = 0;
  std::unique_ptr<grpc::Server> server_;
  mutable absl::Mutex mutex_;
  std::vector<v1::GenerateRequest> requests_ ABSL_GUARDED_BY(mutex_);
  std::vector<std::string> authorizations_ ABSL_GUARDED_BY(mutex_);
  std::vector<std::string> traceparents_ ABSL_GUARDED_BY(mutex_);
  bool cancelled_ ABSL_GUARDED_BY(mutex_) = false;
};

}  // namespace bedside

#endif  // BEDSIDE_TESTS_FAKES_GENERATOR_BACKEND_SERVER_H_
