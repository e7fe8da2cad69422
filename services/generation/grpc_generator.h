// A generator behind a GeneratorBackend (proto/bedside/v1/generator_backend.proto), which a site provides.
//
// One call an answer; one that fails before a response has come is made once more. The text is at most 1 MiB. The call
// ends within 20 ms of cancellation, and the backend sees it cancelled. No proxy of the environment is used.
#ifndef BEDSIDE_SERVICES_GENERATION_GRPC_GENERATOR_H_
#define BEDSIDE_SERVICES_GENERATION_GRPC_GENERATOR_H_

#include <grpcpp/generic/generic_stub.h>
#include <grpcpp/grpcpp.h>

#include <memory>
#include <string>

#include "proto/bedside/v1/generator_backend.grpc.pb.h"
#include "services/generation/generator.h"
#include "services/generation/model_settings.h"

namespace bedside {

struct GrpcGeneratorSettings : ModelSettings {
  // host:port.
  std::string target;
  // Without port, in lower case.
  std::string host;
  bool tls = false;
  // PEM of the authorities that may vouch for the backend, not a path; empty: those of the system.
  std::string ca_certificates;
};

class GrpcGenerator : public Generator {
 public:
  using Stub = grpc::TemplatedGenericStub<v1::GenerateRequest, grpc::ByteBuffer>;

  // Does not connect yet.
  explicit GrpcGenerator(GrpcGeneratorSettings settings);

  absl::string_view name() const override { return settings_.model; }

  // Beyond Generator: UNAVAILABLE: no connection, or a stream that breaks off. RESOURCE_EXHAUSTED: more than 1 MiB, or
  // the backend says so. INTERNAL: not text in UTF-8. Another code is the backend's own.
  absl::StatusOr<GeneratedText> Generate(const OutboundPrompt& prompt, absl::Time deadline,
                                         const GenerationObserver& observer) const override;

 private:
  GrpcGeneratorSettings settings_;
  std::unique_ptr<Stub> stub_;
};

}  // namespace bedside

#endif  // BEDSIDE_SERVICES_GENERATION_GRPC_GENERATOR_H_
