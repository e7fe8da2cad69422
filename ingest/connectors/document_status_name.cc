#include "ingest/connectors/document_status_name.h"

#include <string>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/str_replace.h"

namespace bedside {

const char kDocumentStatusNames[] = "current, corrected, superseded, expression of concern, withdrawn or retracted";

v1::DocumentStatus ParseDocumentStatus(absl::string_view name) {
  constexpr std::pair<absl::string_view, v1::DocumentStatus> kStatuses[] = {
      {"current", v1::DOCUMENT_STATUS_CURRENT},
      {"corrected", v1::DOCUMENT_STATUS_CORRECTED},
      {"superseded", v1::DOCUMENT_STATUS_SUPERSEDED},
      {"expression of concern", v1::DOCUMENT_STATUS_EXPRESSION_OF_CONCERN},
      {"withdrawn", v1::DOCUMENT_STATUS_WITHDRAWN},
      {"retracted", v1::DOCUMENT_STATUS_RETRACTED},
  };
  const std::string word =
      absl::StrReplaceAll(absl::AsciiStrToLower(absl::StripAsciiWhitespace(name)), {{"_", " "}, {"-", " "}});
  for (const auto& [known, status] : kStatuses) {
    if (word == known) return status;
  }
  return v1::DOCUMENT_STATUS_UNSPECIFIED;
}

}  // namespace bedside
