// What every language model is asked with, wherever it runs.
#ifndef BEDSIDE_SERVICES_GENERATION_MODEL_SETTINGS_H_
#define BEDSIDE_SERVICES_GENERATION_MODEL_SETTINGS_H_

#include <cstddef>
#include <string>

#include "absl/time/time.h"

namespace bedside {

struct ModelSettings {
  // What answers name as their generator.
  std::string model;
  // Bearer token, without line ends; empty: none is sent.
  std::string api_key;
  absl::Duration timeout = absl::Seconds(30);
  absl::Duration first_token_timeout = absl::Seconds(10);
  size_t max_answer_tokens = 512;
};

}  // namespace bedside

#endif  // BEDSIDE_SERVICES_GENERATION_MODEL_SETTINGS_H_
