// The description of the API over HTTP, made of the protos when the server was built: see open_api_document.h.
#ifndef BEDSIDE_SERVICES_GATEWAY_OPEN_API_H_
#define BEDSIDE_SERVICES_GATEWAY_OPEN_API_H_

#include <string>

namespace bedside {

// JSON; for the life of the process.
const std::string& OpenApiJson();

}  // namespace bedside

#endif  // BEDSIDE_SERVICES_GATEWAY_OPEN_API_H_
