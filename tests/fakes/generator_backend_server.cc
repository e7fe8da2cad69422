#include "tests/fakes/generator_backend_server.h"

#include <atomic>
#include <chrono>
#include <utility>

#include "absl/memory/memory.h"
#include "absl/strings/str_cat.h"

namespace bedside {

// One call: writes response by response; deletes itself at its end.
class GeneratorBackendServer::Stream : public grpc::ServerWriteReactor<v1::GenerateResponse> {
 public:
  explicit Stream(GeneratorBackendServer* server) : server_(server) { Next(); }

  void OnWriteDone(bool ok) override {
    if (ok) {
      Next();
    } else {
      End(grpc::Status::CANCELLED);
    }
  }
  void OnCancel() override {
    if (!server_->script_.hangs) return;
    {
      absl::MutexLock lock(&server_->mutex_);
      server_->cancelled_ = true;
    }
    End(grpc::Status::CANCELLED);
  }
  void OnDone() override { delete this; }

 private:
  void Next() {
    const Script& script = server_->script_;
    response_.Clear();
    if (written_ < script.deltas.size()) {
      response_.set_text(script.deltas[written_++]);
      StartWrite(&response_);
    } else if (script.hangs) {
      return;
    } else if (script.finish_reason != v1::FINISH_REASON_UNSPECIFIED && !finish_written_) {
      finish_written_ = true;
      response_.set_finish_reason(script.finish_reason);
      StartWrite(&response_);
    } else {
      End(script.status);
    }
  }

  // A write that fails and a cancellation may come together.
  void End(const grpc::Status& status) {
    if (!ended_.exchange(true)) Finish(status);
  }

  GeneratorBackendServer* server_;
  v1::GenerateResponse response_;
  size_t written_ = 0;
  bool finish_written_ = false;
  std::atomic<bool> ended_{false};
};

std::unique_ptr<GeneratorBackendServer> GeneratorBackendServer::Start(
    Script script, const std::shared_ptr<grpc::ServerCredentials>& credentials) {
  auto fake = absl::WrapUnique(new GeneratorBackendServer(std::move(script)));
  grpc::ServerBuilder builder;
  builder.AddListeningPort("localhost:0", credentials, &fake->port_);
  builder.RegisterService(fake.get());
  fake->server_ = builder.BuildAndStart();
  return fake->server_ == nullptr ? nullptr : std::move(fake);
}

GeneratorBackendServer::~GeneratorBackendServer() {
  if (server_ != nullptr) server_->Shutdown(std::chrono::system_clock::now());
}

std::string GeneratorBackendServer::target() const { return absl::StrCat("localhost:", port_); }

std::vector<v1::GenerateRequest> GeneratorBackendServer::requests() const {
  absl::MutexLock lock(&mutex_);
  return requests_;
}

std::vector<std::string> GeneratorBackendServer::authorizations() const {
  absl::MutexLock lock(&mutex_);
  return authorizations_;
}

std::vector<std::string> GeneratorBackendServer::traceparents() const {
  absl::MutexLock lock(&mutex_);
  return traceparents_;
}

void GeneratorBackendServer::WaitForCancellation() {
  absl::MutexLock lock(&mutex_);
  mutex_.Await(absl::Condition(&cancelled_));
}

grpc::ServerWriteReactor<v1::GenerateResponse>* GeneratorBackendServer::Generate(grpc::CallbackServerContext* context,
                                                                                 const v1::GenerateRequest* request) {
  const auto metadata = [context](const char* key) {
    const auto found = context->client_metadata().find(key);
    return found == context->client_metadata().end() ? "" : std::string(found->second.data(), found->second.size());
  };
  {
    absl::MutexLock lock(&mutex_);
    requests_.push_back(*request);
    authorizations_.push_back(metadata("authorization"));
    traceparents_.push_back(metadata("traceparent"));
  }
  return new Stream(this);
}

}  // namespace bedside
