// Makes prompts for tests of generators, which have nothing to do with how a prompt came to be.
#ifndef BEDSIDE_TESTS_FAKES_OUTBOUND_PROMPT_PEER_H_
#define BEDSIDE_TESTS_FAKES_OUTBOUND_PROMPT_PEER_H_

#include <string>
#include <utility>

#include "services/generation/egress_guard.h"

namespace bedside {

class OutboundPromptPeer {
 public:
  static OutboundPrompt Make(std::string system, std::string user) { return {std::move(system), std::move(user)}; }
};

}  // namespace bedside

#endif  // BEDSIDE_TESTS_FAKES_OUTBOUND_PROMPT_PEER_H_
