#include "services/rpc/health_service_impl.h"

#include "absl/types/optional.h"

namespace bedside {

using grpc::health::v1::HealthCheckRequest;
using grpc::health::v1::HealthCheckResponse;

// One client that watches. Owned by gRPC: it deletes itself when the call is over. What it holds is guarded by the
// mutex of the service.
class HealthServiceImpl::WatchStream : public grpc::ServerWriteReactor<HealthCheckResponse> {
 public:
  WatchStream(HealthServiceImpl* owner, const std::string& service) : owner_(*owner), service_(service) {
    absl::MutexLock lock(&owner_.mutex_);
    owner_.streams_.insert(this);
    Advance();
  }

  // Writes the status if the client has not been told, or finishes; later, when a write is under way.
  // REQUIRES: the mutex of the service is held.
  void Advance() {
    if (writing_ || finished_) return;
    if (cancelled_ || owner_.ended_) {
      finished_ = true;
      return Finish(cancelled_ ? grpc::Status::CANCELLED
                               : grpc::Status(grpc::StatusCode::UNAVAILABLE, "the server is ending"));
    }
    const auto found = owner_.statuses_.find(service_);
    const ServingStatus status = found == owner_.statuses_.end() ? HealthCheckResponse::SERVICE_UNKNOWN : found->second;
    if (told_ == status) return;
    told_ = status;
    response_.set_status(status);
    writing_ = true;
    StartWrite(&response_);
  }

  void OnWriteDone(bool ok) override {
    absl::MutexLock lock(&owner_.mutex_);
    writing_ = false;
    cancelled_ = cancelled_ || !ok;
    Advance();
  }

  void OnCancel() override {
    absl::MutexLock lock(&owner_.mutex_);
    cancelled_ = true;
    Advance();
  }

  void OnDone() override {
    {
      absl::MutexLock lock(&owner_.mutex_);
      owner_.streams_.erase(this);
    }
    delete this;
  }

 private:
  HealthServiceImpl& owner_;
  const std::string service_;
  HealthCheckResponse response_;
  absl::optional<ServingStatus> told_;
  bool writing_ = false;
  bool cancelled_ = false;
  bool finished_ = false;
};

void HealthServiceImpl::SetServing(std::initializer_list<absl::string_view> services, bool serving) {
  absl::MutexLock lock(&mutex_);
  for (absl::string_view service : services) {
    statuses_[service] = serving ? HealthCheckResponse::SERVING : HealthCheckResponse::NOT_SERVING;
  }
  for (WatchStream* stream : streams_) stream->Advance();
}

void HealthServiceImpl::End() {
  absl::MutexLock lock(&mutex_);
  ended_ = true;
  for (WatchStream* stream : streams_) stream->Advance();
}

bool HealthServiceImpl::IsServing(absl::string_view service) {
  absl::MutexLock lock(&mutex_);
  const auto found = statuses_.find(service);
  return found != statuses_.end() && found->second == HealthCheckResponse::SERVING;
}

grpc::ServerUnaryReactor* HealthServiceImpl::Check(grpc::CallbackServerContext* context,
                                                   const HealthCheckRequest* request, HealthCheckResponse* response) {
  grpc::ServerUnaryReactor* reactor = context->DefaultReactor();
  absl::MutexLock lock(&mutex_);
  const auto found = statuses_.find(request->service());
  if (found == statuses_.end()) {
    reactor->Finish(grpc::Status(grpc::StatusCode::NOT_FOUND, "no such service; known are \"\", liveness, readiness"));
  } else {
    response->set_status(found->second);
    reactor->Finish(grpc::Status::OK);
  }
  return reactor;
}

grpc::ServerWriteReactor<HealthCheckResponse>* HealthServiceImpl::Watch(grpc::CallbackServerContext* /*context*/,
                                                                        const HealthCheckRequest* request) {
  return new WatchStream(this, request->service());
}

}  // namespace bedside
