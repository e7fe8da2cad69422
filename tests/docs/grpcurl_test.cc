// The page with a line for each method has one for each, with a request that the method can read.
#include <google/protobuf/message.h>
#include <google/protobuf/util/json_util.h>
#include <gtest/gtest.h>

#include <fstream>
#include <memory>
#include <sstream>
#include <string>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "services/gateway/api_services.h"

namespace bedside {
namespace {

using google::protobuf::Message;
using google::protobuf::MessageFactory;
using google::protobuf::MethodDescriptor;

std::vector<std::string> Lines() {
  std::stringstream text;
  text << std::ifstream("docs/clients/grpcurl.md").rdbuf();
  return absl::StrSplit(text.str(), '\n');
}

// Empty: there is none.
std::string LineOf(const MethodDescriptor& method) {
  const std::string name = absl::StrCat(" ", method.service()->full_name(), "/", method.name());
  for (const std::string& line : Lines()) {
    if (absl::StartsWith(line, "ask ") && absl::EndsWith(line, name)) return line;
  }
  return "";
}

TEST(GrpcurlTest, EveryMethodHasALineThatItCanRead) {
  for (const auto* service : ApiServices()) {
    for (int i = 0; i < service->method_count(); ++i) {
      const MethodDescriptor& method = *service->method(i);
      const std::string line = LineOf(method);
      ASSERT_FALSE(line.empty()) << method.full_name();
      const std::vector<std::string> quoted = absl::StrSplit(line, '\'');
      // One whose request the shell makes.
      if (quoted.size() != 3) continue;
      const std::unique_ptr<Message> request(
          MessageFactory::generated_factory()->GetPrototype(method.input_type())->New());
      const auto read = google::protobuf::util::JsonStringToMessage(quoted[1], request.get());
      EXPECT_TRUE(read.ok()) << line << ": " << read.ToString();
    }
  }
}

}  // namespace
}  // namespace bedside
