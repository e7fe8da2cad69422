#include "services/rpc/granted_corpora.h"

#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "index/status/status_macros.h"

namespace bedside {
namespace {

using google::protobuf::FieldDescriptor;
using google::protobuf::Message;

bool HoldsName(const FieldDescriptor& field) {
  if (field.type() != FieldDescriptor::TYPE_STRING || field.is_repeated()) return false;
  return field.name() == "parent" || field.name() == "name" || field.name() == "base" || field.name() == "other";
}

absl::Status CheckName(const std::string& name, const Principal& principal) {
  const std::string corpus = CorpusOfName(name);
  if (corpus.empty() || principal.IsGranted(corpus)) return absl::OkStatus();
  return absl::NotFoundError("there is no such corpus, or nothing of this name in it");
}

std::vector<const Message*> MessagesIn(const Message& request, const FieldDescriptor& field) {
  const google::protobuf::Reflection& reflection = *request.GetReflection();
  if (!field.is_repeated()) return {&reflection.GetMessage(request, &field)};
  std::vector<const Message*> messages;
  for (int i = 0; i < reflection.FieldSize(request, &field); ++i) {
    messages.push_back(&reflection.GetRepeatedMessage(request, &field, i));
  }
  return messages;
}

}  // namespace

std::string CorpusOfName(absl::string_view name) {
  if (absl::ConsumePrefix(&name, "corpora/")) return std::string(name.substr(0, name.find('/')));
  // As OperationRegistry names them.
  if (absl::ConsumePrefix(&name, "operations/")) return std::string(name.substr(0, name.rfind('-')));
  return "";
}

absl::Status CheckGranted(const Message& request, const Principal& principal) {
  std::vector<const FieldDescriptor*> set;
  request.GetReflection()->ListFields(request, &set);
  for (const FieldDescriptor* field : set) {
    if (HoldsName(*field)) RETURN_IF_ERROR(CheckName(request.GetReflection()->GetString(request, field), principal));
    if (field->cpp_type() != FieldDescriptor::CPPTYPE_MESSAGE) continue;
    for (const Message* message : MessagesIn(request, *field)) RETURN_IF_ERROR(CheckGranted(*message, principal));
  }
  return absl::OkStatus();
}

bool MayNameCorpus(const google::protobuf::Descriptor& request) {
  for (int i = 0; i < request.field_count(); ++i) {
    const FieldDescriptor& field = *request.field(i);
    if (HoldsName(field)) return true;
    if (field.cpp_type() == FieldDescriptor::CPPTYPE_MESSAGE && MayNameCorpus(*field.message_type())) return true;
  }
  return false;
}

}  // namespace bedside
