#include "ingest/pipeline/document_check.h"

#include <google/protobuf/descriptor.h>
#include <google/protobuf/message.h>

#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "index/text/utf8.h"

namespace bedside {
namespace {

using Defect = absl::optional<std::string>;
using google::protobuf::FieldDescriptor;
using google::protobuf::Message;
using google::protobuf::Reflection;

constexpr size_t kMaxIdBytes = 200;
// Of a title, a heading and whatever else is said of the text.
constexpr size_t kMaxFieldBytes = size_t{1} << 20;

bool IsDocumentId(absl::string_view id) {
  if (id.empty() || id.size() > kMaxIdBytes) return false;
  for (size_t i = 0; i < id.size(); ++i) {
    if (absl::ascii_isalnum(id[i]) || absl::StrContains("._~-", id[i])) continue;
    if (id[i] != '%' || i + 2 >= id.size() || !absl::ascii_isxdigit(id[i + 1]) || !absl::ascii_isxdigit(id[i + 2])) {
      return false;
    }
    i += 2;
  }
  return true;
}

bool IsStringField(const FieldDescriptor& field) { return field.type() == FieldDescriptor::TYPE_STRING; }
bool IsMessageField(const FieldDescriptor& field) { return field.type() == FieldDescriptor::TYPE_MESSAGE; }

// The first field of the message that holds text which is too long, or not UTF-8: protobuf writes such a message, and
// refuses to read it again.
Defect FindBadText(const Message& message);

Defect FindBadTextIn(const Message& message, const FieldDescriptor& field, int index) {
  const Reflection& fields = *message.GetReflection();
  if (IsMessageField(field)) {
    return FindBadText(field.is_repeated() ? fields.GetRepeatedMessage(message, &field, index)
                                           : fields.GetMessage(message, &field));
  }
  std::string scratch;
  const std::string& text = field.is_repeated() ? fields.GetRepeatedStringReference(message, &field, index, &scratch)
                                                : fields.GetStringReference(message, &field, &scratch);
  if (text.size() > kMaxFieldBytes && field.name() != "text") {
    return absl::StrCat("field ", field.name(), " has ", text.size(), " bytes, wanted at most ", kMaxFieldBytes);
  }
  if (IsValidUtf8(text)) return absl::nullopt;
  return absl::StrCat("field ", field.name(), " is not valid UTF-8");
}

Defect FindBadText(const Message& message) {
  std::vector<const FieldDescriptor*> present;
  message.GetReflection()->ListFields(message, &present);
  for (const FieldDescriptor* field : present) {
    if (!IsStringField(*field) && !IsMessageField(*field)) continue;
    const int count = field->is_repeated() ? message.GetReflection()->FieldSize(message, field) : 1;
    for (int i = 0; i < count; ++i) {
      if (Defect defect = FindBadTextIn(message, *field, i)) return defect;
    }
  }
  return absl::nullopt;
}

// Whether `offset` is at the beginning of a character of `text`, or at its end.
bool IsBoundary(absl::string_view text, uint32_t offset) {
  return offset == text.size() || (offset < text.size() && (static_cast<unsigned char>(text[offset]) & 0xC0) != 0x80);
}

Defect CheckSpan(absl::string_view what, uint32_t begin, uint32_t end, absl::string_view text) {
  if (begin <= end && IsBoundary(text, begin) && IsBoundary(text, end)) return absl::nullopt;
  return absl::StrCat(what, " has the span [", begin, ", ", end, "), wanted one at characters of a text of ",
                      text.size(), " bytes");
}

Defect CheckBlocks(const storage::Section& section, absl::string_view name, absl::string_view text) {
  uint32_t previous_end = section.begin();
  for (const storage::Block& block : section.blocks()) {
    if (Defect defect = CheckSpan(absl::StrCat("a block of ", name), block.begin(), block.end(), text)) return defect;
    if (block.begin() < previous_end || block.end() > section.end()) {
      return absl::StrCat("a block of ", name, " has the span [", block.begin(), ", ", block.end(),
                          "), wanted it between ", previous_end, " and ", section.end());
    }
    previous_end = block.end();
  }
  return absl::nullopt;
}

Defect CheckSections(const storage::Document& document) {
  for (int i = 0; i < document.sections_size(); ++i) {
    const storage::Section& section = document.sections(i);
    const std::string name = absl::StrCat("section ", i);
    if (Defect defect = CheckSpan(name, section.begin(), section.end(), document.text())) return defect;
    if (section.has_parent() && section.parent() >= static_cast<uint32_t>(i)) {
      return absl::StrCat(name, " has the parent ", section.parent(), ", wanted an earlier section");
    }
    if (Defect defect = CheckBlocks(section, name, document.text())) return defect;
  }
  return absl::nullopt;
}

Defect CheckPages(const storage::Document& document) {
  uint32_t previous = 0;
  for (uint32_t begin : document.page_begins()) {
    if (begin < previous || !IsBoundary(document.text(), begin)) {
      return absl::StrCat("a page begins at byte ", begin, ", wanted a character of the text, not before ", previous);
    }
    previous = begin;
  }
  return absl::nullopt;
}

}  // namespace

absl::optional<std::string> FindDefect(const storage::Document& document, uint64_t max_text_bytes) {
  if (!IsDocumentId(document.id())) {
    return absl::StrCat("the document id has ", document.id().size(),
                        " bytes or a character outside [A-Za-z0-9._~-] and %XX; wanted 1 to ", kMaxIdBytes,
                        " of those");
  }
  if (document.text().size() > max_text_bytes) {
    return absl::StrCat("the text has ", document.text().size(), " bytes, wanted at most ", max_text_bytes,
                        "; raise limits.max_document_bytes to take it");
  }
  if (Defect defect = FindBadText(document)) return defect;
  if (Defect defect = CheckSections(document)) return defect;
  return CheckPages(document);
}

}  // namespace bedside
