// One server over the samples, with the real model, for all tests of a program.
#ifndef BEDSIDE_TESTS_E2E_SAMPLE_SERVER_H_
#define BEDSIDE_TESTS_E2E_SAMPLE_SERVER_H_

#include <grpcpp/grpcpp.h>
#include <gtest/gtest.h>

#include <memory>
#include <string>

#include "proto/bedside/v1/answer_service.grpc.pb.h"
#include "tests/e2e/server_process.h"

namespace bedside {

// Of a server over the samples, with the models that are shipped; they are to be imported from ".".
config::ServerConfig SampleConfig();

class SampleServerTest : public ::testing::Test {
 protected:
  static void SetUpTestSuite();
  static void TearDownTestSuite();

  // Fails the test where the call does.
  static v1::Answer Answer(const v1::AnswerRequest& request);

  // The sentences, one a line, or "abstains: " and the reason.
  static std::string TextOf(const v1::Answer& answer);

 private:
  static ServerProcess* server_;
  static std::shared_ptr<grpc::Channel>* channel_;
};

}  // namespace bedside

#endif  // BEDSIDE_TESTS_E2E_SAMPLE_SERVER_H_
