// Writes the description of the API as JSON. usage: write_open_api DESCRIPTOR_SET > openapi.json
//
// DESCRIPTOR_SET: of protoc, with imports and source information, in which the comments are.

#include <google/protobuf/descriptor.h>
#include <google/protobuf/descriptor.pb.h>

#include <fstream>
#include <iostream>
#include <vector>

#include "google/api/annotations.pb.h"
#include "services/gateway/api_services.h"
#include "services/gateway/open_api_document.h"

int main(int argc, char** argv) {
  // Keeps the extension linked, by which the rules are known when the set is parsed.
  google::protobuf::LinkExtensionReflection(google::api::http);
  google::protobuf::FileDescriptorSet set;
  std::ifstream file(argc > 1 ? argv[1] : "");
  if (!set.ParseFromIstream(&file)) {
    std::cerr << "write_open_api: wanted a descriptor set as the first argument\n";
    return 1;
  }
  google::protobuf::DescriptorPool pool;
  for (const auto& described : set.file()) pool.BuildFile(described);
  std::vector<const google::protobuf::ServiceDescriptor*> services;
  for (const auto* service : bedside::ApiServices()) {
    services.push_back(pool.FindServiceByName(service->full_name()));
    if (services.back() == nullptr) {
      std::cerr << "write_open_api: there is no service " << service->full_name() << " in " << argv[1] << "\n";
      return 1;
    }
  }
  std::cout << bedside::OpenApiDocument(services).dump(1) << "\n";
}
