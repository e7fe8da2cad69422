// Messages and enums as schemas of OpenAPI 3.1, by proto3's mapping to JSON
// (https://protobuf.dev/programming-guides/json/).
//
// Not thread-safe.
#ifndef BEDSIDE_SERVICES_GATEWAY_OPEN_API_SCHEMAS_H_
#define BEDSIDE_SERVICES_GATEWAY_OPEN_API_SCHEMAS_H_

#include <google/protobuf/descriptor.h>

#include <map>
#include <string>

#include "nlohmann/json.hpp"

namespace bedside {

// Comment before a declaration, on one line a paragraph; empty where it has none.
template <typename Descriptor>
std::string CommentOf(const Descriptor& declared);

class OpenApiSchemas {
 public:
  // What describes a value of the message: a reference, or the schema itself of a well-known type.
  nlohmann::ordered_json Of(const google::protobuf::Descriptor& type);

  // The same of a field, with its comment.
  nlohmann::ordered_json Of(const google::protobuf::FieldDescriptor& field);

  // All that references lead to, by name.
  const std::map<std::string, nlohmann::ordered_json>& all() const { return all_; }

 private:
  nlohmann::ordered_json OfValue(const google::protobuf::FieldDescriptor& field);
  nlohmann::ordered_json Of(const google::protobuf::EnumDescriptor& type);

  std::map<std::string, nlohmann::ordered_json> all_;
};

template <typename Descriptor>
std::string CommentOf(const Descriptor& declared) {
  google::protobuf::SourceLocation location;
  if (!declared.GetSourceLocation(&location)) return "";
  std::string text;
  for (const char letter : location.leading_comments) text.push_back(letter == '\n' ? ' ' : letter);
  while (!text.empty() && text.back() == ' ') text.pop_back();
  return text.substr(std::min(text.find_first_not_of(' '), text.size()));
}

}  // namespace bedside

#endif  // BEDSIDE_SERVICES_GATEWAY_OPEN_API_SCHEMAS_H_
