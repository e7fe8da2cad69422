// Imports through a server, as a test of a whole process wants them: to their end.
#ifndef BEDSIDE_TESTS_E2E_SOURCE_IMPORT_H_
#define BEDSIDE_TESTS_E2E_SOURCE_IMPORT_H_

#include <gtest/gtest.h>

#include <memory>
#include <string>

#include "google/longrunning/operations_proto.grpc.pb.h"
#include "grpcpp/channel.h"
#include "grpcpp/client_context.h"
#include "proto/bedside/v1/corpus_service.grpc.pb.h"

namespace bedside {

// `source`: below the import root. `source_set`: empty: that of the configuration. A failure is one of the test.
inline void ImportSource(const std::shared_ptr<grpc::Channel>& channel, const std::string& source,
                         const std::string& source_set = "") {
  grpc::ClientContext context;
  v1::ImportDocumentsRequest request;
  request.set_parent("corpora/default");
  request.add_sources(source);
  request.set_source_set(source_set);
  google::longrunning::Operation operation;
  const grpc::Status status = v1::CorpusService::NewStub(channel)->ImportDocuments(&context, request, &operation);
  ASSERT_TRUE(status.ok()) << status.error_message();
  google::longrunning::WaitOperationRequest wait;
  wait.set_name(operation.name());
  while (!operation.done()) {
    grpc::ClientContext wait_context;
    ASSERT_TRUE(google::longrunning::Operations::NewStub(channel)->WaitOperation(&wait_context, wait, &operation).ok());
  }
  ASSERT_FALSE(operation.has_error()) << operation.error().message();
}

}  // namespace bedside

#endif  // BEDSIDE_TESTS_E2E_SOURCE_IMPORT_H_
