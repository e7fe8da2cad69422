#include "services/rpc/call_recorder.h"

#include <google/protobuf/any.pb.h>
#include <google/protobuf/descriptor.h>

#include <algorithm>
#include <utility>

#include "absl/strings/cord.h"
#include "absl/strings/match.h"
#include "absl/strings/strip.h"
#include "google/rpc/error_details.pb.h"

namespace bedside {
namespace {

absl::Status AuditUnavailable() {
  absl::Status status = absl::UnavailableError(
      "calls cannot be recorded now, and none is answered unrecorded; try again, or ask who runs the server");
  google::rpc::ErrorInfo info;
  info.set_reason("AUDIT_UNAVAILABLE");
  info.set_domain("bedside");
  google::protobuf::Any detail;
  detail.PackFrom(info);
  status.SetPayload(detail.type_url(), absl::Cord(detail.value()));
  return status;
}

// A name that no method has is text of a caller.
std::string KnownMethod(std::string method) {
  std::replace(method.begin(), method.end(), '/', '.');
  const bool known = google::protobuf::DescriptorPool::generated_pool()->FindMethodByName(method) != nullptr;
  return known ? method : "unknown";
}

}  // namespace

absl::Status CallRecorder::CheckWritable() const {
  if (is_ready()) return absl::OkStatus();
  log_->CountUnrecorded();
  return AuditUnavailable();
}

void CallRecorder::Record(storage::AuditedCall call, Done done) const {
  log_->Append(std::move(call), [done = std::move(done), answers = answers_unrecorded_](const absl::Status& written) {
    done(written.ok() || answers ? absl::OkStatus() : AuditUnavailable());
  });
}

void CallRecorder::RecordTurnedAway(const TurnedAwayCall& call) const {
  storage::AuditedCall record;
  record.set_method(KnownMethod(call.method));
  record.set_subject(call.subject);
  record.set_peer(AddressOfPeer(call.peer));
  record.set_code(static_cast<uint32_t>(call.code));
  record.set_denied(true);
  log_->Append(std::move(record), [](const absl::Status&) {});
}

std::string AddressOfPeer(absl::string_view peer) {
  if (!absl::ConsumePrefix(&peer, "ipv4:") && !absl::ConsumePrefix(&peer, "ipv6:")) {
    return absl::StartsWith(peer, "unix") ? "unix" : "";
  }
  peer = peer.substr(0, peer.rfind(':'));
  // gRPC writes the brackets of an IPv6 address as in a URI.
  for (absl::string_view open : {"[", "%5B"}) absl::ConsumePrefix(&peer, open);
  for (absl::string_view close : {"]", "%5D"}) absl::ConsumeSuffix(&peer, close);
  return std::string(peer);
}

}  // namespace bedside
