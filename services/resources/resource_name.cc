#include "services/resources/resource_name.h"

#include <re2/re2.h>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"

namespace bedside {
namespace {

constexpr char kCorpus[] = "corpora/([a-z0-9-]{1,63})";
constexpr char kDocument[] = "/documents/([A-Za-z0-9._~%-]{1,200})";

// `name` is not repeated in the message: callers put it there by mistake when it is a question.
absl::Status NotA(absl::string_view what, absl::string_view pattern) {
  return absl::InvalidArgumentError(absl::StrCat("not the name of a ", what, ": wanted ", pattern));
}

// The whole of `name` against `pattern`; the groups go to `parts`.
template <typename... Parts>
bool Matches(absl::string_view name, const RE2& pattern, Parts*... parts) {
  return RE2::FullMatch(re2::StringPiece(name.data(), name.size()), pattern, parts...);
}

}  // namespace

std::string CorpusNameOf(absl::string_view corpus) { return absl::StrCat("corpora/", corpus); }

std::string DocumentNameOf(absl::string_view corpus, absl::string_view document) {
  return absl::StrCat("corpora/", corpus, "/documents/", document);
}

std::string PassageNameOf(absl::string_view corpus, absl::string_view document, Span span) {
  return absl::StrCat(DocumentNameOf(corpus, document), "/passages/", span.begin, "-", span.end);
}

std::string GenerationNameOf(absl::string_view corpus, absl::string_view generation) {
  return absl::StrCat("corpora/", corpus, "/generations/", generation);
}

std::string SourceSetNameOf(absl::string_view corpus, absl::string_view source_set) {
  return absl::StrCat("corpora/", corpus, "/sourceSets/", source_set);
}

std::string AnswerNameOf(absl::string_view corpus, absl::string_view answer) {
  return absl::StrCat("corpora/", corpus, "/answers/", answer);
}

std::string FeedbackNameOf(absl::string_view corpus, absl::string_view answer, absl::string_view feedback) {
  return absl::StrCat(AnswerNameOf(corpus, answer), "/feedback/", feedback);
}

absl::StatusOr<std::string> ParseCorpusName(absl::string_view name) {
  static const RE2& pattern = *new RE2(kCorpus);
  std::string corpus;
  if (!Matches(name, pattern, &corpus)) return NotA("corpus", "corpora/{corpus}, with 1 to 63 of a-z, 0-9 and -");
  return corpus;
}

absl::StatusOr<std::string> ParseIndexName(absl::string_view name) {
  static const RE2& pattern = *new RE2(absl::StrCat(kCorpus, "/index"));
  std::string corpus;
  if (!Matches(name, pattern, &corpus)) return NotA("index", "corpora/{corpus}/index");
  return corpus;
}

absl::StatusOr<DocumentName> ParseDocumentName(absl::string_view name) {
  static const RE2& pattern = *new RE2(absl::StrCat(kCorpus, kDocument));
  DocumentName parts;
  if (!Matches(name, pattern, &parts.corpus, &parts.document)) {
    return NotA("document", "corpora/{corpus}/documents/{document}");
  }
  return parts;
}

absl::StatusOr<PassageName> ParsePassageName(absl::string_view name) {
  static const RE2& pattern = *new RE2(absl::StrCat(kCorpus, kDocument, "/passages/(0|[1-9]\\d*)-(0|[1-9]\\d*)"));
  PassageName parts;
  if (!Matches(name, pattern, &parts.document.corpus, &parts.document.document, &parts.span.begin, &parts.span.end)) {
    return NotA("passage", "corpora/{corpus}/documents/{document}/passages/{begin}-{end}");
  }
  return parts;
}

absl::StatusOr<GenerationName> ParseGenerationName(absl::string_view name) {
  static const RE2& pattern = *new RE2(absl::StrCat(kCorpus, "/generations/([a-z0-9-]{1,63})"));
  GenerationName parts;
  if (!Matches(name, pattern, &parts.corpus, &parts.generation)) {
    return NotA("generation", "corpora/{corpus}/generations/{generation}");
  }
  return parts;
}

absl::StatusOr<AnswerName> ParseAnswerName(absl::string_view name) {
  static const RE2& pattern = *new RE2(absl::StrCat(kCorpus, "/answers/([a-z0-9-]{1,63})"));
  AnswerName parts;
  if (!Matches(name, pattern, &parts.corpus, &parts.answer)) return NotA("answer", "corpora/{corpus}/answers/{answer}");
  return parts;
}

absl::StatusOr<SourceSetName> ParseSourceSetName(absl::string_view name) {
  static const RE2& pattern = *new RE2(absl::StrCat(kCorpus, "/sourceSets/([a-z0-9-]{1,63})"));
  SourceSetName parts;
  if (!Matches(name, pattern, &parts.corpus, &parts.source_set)) {
    return NotA("source set", "corpora/{corpus}/sourceSets/{source_set}");
  }
  return parts;
}

}  // namespace bedside
