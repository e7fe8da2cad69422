// GeneratorConfig, checked and with its defaults, its files read.
#ifndef BEDSIDE_SERVICES_GENERATION_GENERATOR_SETTINGS_H_
#define BEDSIDE_SERVICES_GENERATION_GENERATOR_SETTINGS_H_

#include <string>
#include <vector>

#include "absl/types/optional.h"
#include "proto/bedside/config/server_config.pb.h"
#include "services/generation/chat_generator.h"
#include "services/generation/egress_guard.h"
#include "services/generation/grpc_generator.h"
#include "services/generation/prompt_assembler.h"
#include "services/generation/prompt_template.h"

namespace bedside {

struct PromptSettings {
  PromptTemplate prompt_template = PromptTemplate::Shipped();
  // Empty: the process makes its own.
  std::string secret;
};

// Each adds what is wrong to `problems`, one sentence each, and never what a file holds.
ChatSettings ReadChatSettings(const config::ChatGeneratorConfig& config, std::vector<std::string>& problems);
GrpcGeneratorSettings ReadGrpcSettings(const config::GrpcGeneratorConfig& config, std::vector<std::string>& problems);
// Where the language model of `config` is, and what is kept from it. Host: "" where there is none, or its address is
// not one.
EgressSettings ReadEgressSettings(const config::GeneratorConfig& config);
PromptSettings ReadPromptSettings(const config::PromptConfig& config, std::vector<std::string>& problems);

// The host of "host:port" in lower case; unset when `target` is not of that form.
absl::optional<std::string> HostOf(const std::string& target);

}  // namespace bedside

#endif  // BEDSIDE_SERVICES_GENERATION_GENERATOR_SETTINGS_H_
