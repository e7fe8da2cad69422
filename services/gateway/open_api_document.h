// Describes services as OpenAPI 3.1 (https://spec.openapis.org/oas/v3.1.0), by the google.api.http rules of their
// methods, with the comments of the protos as descriptions and proto3's own mapping to JSON.
//
// A variable that stands for several segments ("{name=corpora/*/answers/*}") becomes one parameter a segment, named
// after what is before it: /corpora/{corpus}/answers/{answer}.
#ifndef BEDSIDE_SERVICES_GATEWAY_OPEN_API_DOCUMENT_H_
#define BEDSIDE_SERVICES_GATEWAY_OPEN_API_DOCUMENT_H_

#include <google/protobuf/descriptor.h>

#include <vector>

#include "nlohmann/json.hpp"

namespace bedside {

// Descriptors have their comments where their pool was made with source information.
nlohmann::ordered_json OpenApiDocument(const std::vector<const google::protobuf::ServiceDescriptor*>& services);

}  // namespace bedside

#endif  // BEDSIDE_SERVICES_GATEWAY_OPEN_API_DOCUMENT_H_
