// The services that make up the API, as far as it is for clients: health and reflection are gRPC's own.
#ifndef BEDSIDE_SERVICES_GATEWAY_API_SERVICES_H_
#define BEDSIDE_SERVICES_GATEWAY_API_SERVICES_H_

#include <google/protobuf/descriptor.h>

#include <vector>

namespace bedside {

std::vector<const google::protobuf::ServiceDescriptor*> ApiServices();

}  // namespace bedside

#endif  // BEDSIDE_SERVICES_GATEWAY_API_SERVICES_H_
