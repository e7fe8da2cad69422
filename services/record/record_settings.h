// RecordConfig with its defaults.
#ifndef BEDSIDE_SERVICES_RECORD_RECORD_SETTINGS_H_
#define BEDSIDE_SERVICES_RECORD_RECORD_SETTINGS_H_

#include <cstdint>

#include "proto/bedside/config/server_config.pb.h"

namespace bedside {

struct RecordSettings {
  explicit RecordSettings(const config::RecordConfig& config)
      : enabled(!config.has_enabled() || config.enabled()),
        max_days(config.max_days() == 0 ? 90 : config.max_days()),
        max_answers(config.max_answers() == 0 ? 100'000 : config.max_answers()) {}

  bool enabled;
  uint32_t max_days;
  // Of all corpora.
  uint32_t max_answers;
};

}  // namespace bedside

#endif  // BEDSIDE_SERVICES_RECORD_RECORD_SETTINGS_H_
