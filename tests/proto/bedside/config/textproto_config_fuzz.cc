#include <glog/logging.h>

#include "proto/bedside/config/config_check.h"
#include "proto/bedside/config/textproto_config.h"
#include "tests/fuzz/input.h"
#include "tests/fuzz/input_file.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const bedside::InputFile input("server.textproto", bedside::TextOf(data, size));
  bedside::config::ServerConfig config;
  const absl::Status status = bedside::ReadTextprotoConfig(input.path(), &config);
  if (status.ok()) {
    bedside::FindViolations(config);
  } else {
    CHECK(absl::IsInvalidArgument(status)) << status;
  }
  return 0;
}
