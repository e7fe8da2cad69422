// Resource names of the public API, after AIP-122.
#ifndef BEDSIDE_SERVICES_RESOURCES_RESOURCE_NAME_H_
#define BEDSIDE_SERVICES_RESOURCES_RESOURCE_NAME_H_

#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "index/text/span.h"

namespace bedside {

struct DocumentName {
  std::string corpus;
  std::string document;
};

struct PassageName {
  DocumentName document;
  Span span;
};

struct GenerationName {
  std::string corpus;
  std::string generation;
};

struct SourceSetName {
  std::string corpus;
  std::string source_set;
};

struct AnswerName {
  std::string corpus;
  std::string answer;
};

std::string CorpusNameOf(absl::string_view corpus);
std::string DocumentNameOf(absl::string_view corpus, absl::string_view document);
std::string PassageNameOf(absl::string_view corpus, absl::string_view document, Span span);
std::string GenerationNameOf(absl::string_view corpus, absl::string_view generation);
std::string SourceSetNameOf(absl::string_view corpus, absl::string_view source_set);
std::string AnswerNameOf(absl::string_view corpus, absl::string_view answer);
std::string FeedbackNameOf(absl::string_view corpus, absl::string_view answer, absl::string_view feedback);

// INVALID_ARGUMENT with the pattern that was wanted. A corpus and a source set are 1 to 63 of [a-z0-9-], a document 1
// to 200 bytes of [A-Za-z0-9._~%-].
absl::StatusOr<std::string> ParseCorpusName(absl::string_view name);
absl::StatusOr<std::string> ParseIndexName(absl::string_view name);
absl::StatusOr<DocumentName> ParseDocumentName(absl::string_view name);
absl::StatusOr<PassageName> ParsePassageName(absl::string_view name);
absl::StatusOr<GenerationName> ParseGenerationName(absl::string_view name);
absl::StatusOr<AnswerName> ParseAnswerName(absl::string_view name);
absl::StatusOr<SourceSetName> ParseSourceSetName(absl::string_view name);

}  // namespace bedside

#endif  // BEDSIDE_SERVICES_RESOURCES_RESOURCE_NAME_H_
