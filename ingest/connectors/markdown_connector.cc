#include "ingest/connectors/markdown_connector.h"

#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "index/text/utf8.h"
#include "ingest/connectors/document_builder.h"
#include "ingest/connectors/document_id.h"
#include "ingest/connectors/front_matter.h"
#include "ingest/connectors/job_problem.h"
#include "ingest/connectors/markdown_body.h"
#include "ingest/connectors/source_text.h"

namespace bedside {
namespace {

// Far above any guideline, and above the text that a document may have.
constexpr size_t kMaxFileBytes = size_t{32} << 20;

// "als" of "neurology/als.md" and of "guidelines.zip!neurology/als.md".
absl::string_view Stem(absl::string_view name) {
  const size_t separator = name.find_last_of("/!");
  if (separator != name.npos) name.remove_prefix(separator + 1);
  return name.substr(0, name.find_last_of('.'));
}

std::string Line(int line) { return absl::StrCat("line ", line); }

// Whether what is known of the document can be trusted; otherwise the problem is reported.
bool ReadMetadata(const FrontMatterSplit& split, const SourceFile& file, DocumentBuilder* builder, DocumentSink* sink) {
  if (split.body.data() == nullptr) {
    sink->OnProblem(Unreadable(file, Line(1), "front matter begins here and does not end; wanted a line '---'"));
    return false;
  }
  builder->metadata().set_kind(v1::DOCUMENT_KIND_OTHER);
  if (!split.yaml.has_value()) return true;
  std::vector<FrontMatterDefect> warnings;
  const absl::optional<FrontMatterDefect> error = ReadFrontMatter(*split.yaml, &builder->metadata(), &warnings);
  for (const FrontMatterDefect& warning : warnings) {
    sink->OnProblem(Warning(file, Line(warning.line), warning.reason));
  }
  if (error.has_value()) sink->OnProblem(Unreadable(file, Line(error->line), error->reason));
  return !error.has_value();
}

void WarnOf(const MarkdownCounts& counts, const SourceFile& file, DocumentSink* sink) {
  if (counts.hidden > 0) {
    sink->OnProblem(Warning(
        file, "",
        absl::StrCat(counts.hidden, " elements with text that readers do not see, or see struck out, were left out")));
  }
  if (counts.unclosed > 0) {
    sink->OnProblem(Warning(
        file, "", absl::StrCat(counts.unclosed, " tags or comments of HTML have no end and were read as text")));
  }
}

}  // namespace

bool MarkdownConnector::Recognises(const SourceFile& file) const {
  return file.extension == "md" || file.extension == "markdown";
}

void MarkdownConnector::Read(const SourceFile& file, DocumentSink& sink) const {
  if (file.bytes.size() > kMaxFileBytes) {
    return sink.OnProblem(Unreadable(file, "",
                                     absl::StrCat("has ", file.bytes.size() >> 20, " MiB, more than the ",
                                                  kMaxFileBytes >> 20, " MiB that are read; split it")));
  }
  const std::string text = CanonicalText(SourceText(file, /*declared=*/"", sink));
  const FrontMatterSplit split = SplitFrontMatter(text);
  DocumentBuilder builder;
  if (!ReadMetadata(split, file, &builder, &sink)) return;
  WarnOf(ReadMarkdownBody(split.body, &builder), file, &sink);
  if (builder.empty()) return sink.OnProblem(Unreadable(file, "", "holds no text"));

  const std::string stem(Stem(file.name));
  storage::Document& metadata = builder.metadata();
  if (metadata.id().empty()) metadata.set_id(DocumentId(stem));
  if (metadata.title().empty()) metadata.set_title(stem);
  metadata.set_source(file.name);
  sink.OnDocument(std::move(builder).Build());
}

}  // namespace bedside
