// `bedside` as it is run, against a server that answers what it is told to.
#ifndef BEDSIDE_TESTS_TOOLS_BEDSIDE_RUN_BEDSIDE_FIXTURE_H_
#define BEDSIDE_TESTS_TOOLS_BEDSIDE_RUN_BEDSIDE_FIXTURE_H_

#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "gtest/gtest.h"
#include "nlohmann/json.hpp"
#include "tests/tools/bedside/fake_server.h"
#include "tests/tools/bedside/recorded_console.h"
#include "tools/bedside/run_bedside.h"

namespace bedside {

class RunBedsideFixture : public testing::Test {
 protected:
  // Exit status.
  int Run(std::vector<std::string> arguments) {
    arguments.push_back(absl::StrCat("--server=", server_.address()));
    return RunBedside(arguments, recorded_.console, absl::ZeroDuration());
  }
  std::string out() const { return recorded_.out.str(); }
  std::string err() const { return recorded_.err.str(); }

  // That of the JSON on standard error, which is forgotten.
  std::string ErrorMessage() {
    const auto json = nlohmann::json::parse(err());
    recorded_.err.str("");
    return json["error"]["message"];
  }

  FakeServer server_;
  RecordedConsole recorded_;
};

}  // namespace bedside

#endif  // BEDSIDE_TESTS_TOOLS_BEDSIDE_RUN_BEDSIDE_FIXTURE_H_
