#include "services/gateway/open_api.h"

namespace bedside {

const std::string& OpenApiJson() {
  static const std::string& json = *new std::string(
#include "services/gateway/open_api.inc"
  );
  return json;
}

}  // namespace bedside
