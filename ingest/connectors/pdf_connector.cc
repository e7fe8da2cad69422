#include "ingest/connectors/pdf_connector.h"

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "index/text/utf8.h"
#include "ingest/connectors/document_builder.h"
#include "ingest/connectors/document_id.h"
#include "ingest/connectors/job_problem.h"
#include "ingest/connectors/pdf_text.h"
#include "ingest/connectors/publication_date.h"

namespace bedside {
namespace {

// Readers accept a header anywhere in the first KiB.
constexpr size_t kHeaderBytes = 1024;

SubprocessLimits LimitsOf(const config::ReadLimits& limits) {
  SubprocessLimits of_process;
  if (limits.pdf_seconds() > 0) of_process.time = absl::Seconds(limits.pdf_seconds());
  if (limits.pdf_memory_bytes() > 0) of_process.memory_bytes = limits.pdf_memory_bytes();
  return of_process;
}

absl::string_view FirstLine(absl::string_view text) {
  text = absl::StripLeadingAsciiWhitespace(text);
  return text.substr(0, std::min(text.find('\n'), size_t{200}));
}

// Why a run gave nothing; "" when it gave all.
std::string Failure(const SubprocessResult& result, const SubprocessLimits& limits) {
  switch (result.end) {
    case SubprocessResult::End::kTimedOut:
      return absl::StrCat("reading took longer than ", absl::FormatDuration(limits.time));
    case SubprocessResult::End::kTooMuchOutput:
      return absl::StrCat("its text is longer than ", limits.output_bytes >> 20, " MiB");
    case SubprocessResult::End::kSignalled:
      return absl::StrCat("pdftotext was ended by signal ", result.code, ", perhaps for want of the ",
                          limits.memory_bytes >> 20, " MiB of memory that it may use");
    case SubprocessResult::End::kExited:
      break;
  }
  if (result.code == 0) return "";
  if (absl::StrContains(result.errors, "Incorrect password"))
    return "the file is encrypted; save it without a password";
  if (absl::StrContains(absl::AsciiStrToLower(result.errors), "memory")) {
    return absl::StrCat("reading took more than the ", limits.memory_bytes >> 20, " MiB of memory that it may use");
  }
  if (result.code == 3) return "the file forbids copying its text";
  return absl::StrCat("the file is damaged: ", FirstLine(result.errors));
}

// "Key:   value" lines of pdfinfo; none when it fails.
absl::flat_hash_map<std::string, std::string> Information(const SourceFile& file, const SubprocessLimits& limits) {
  absl::flat_hash_map<std::string, std::string> information;
  const absl::StatusOr<SubprocessResult> result =
      RunSubprocess({"pdfinfo", "-enc", "UTF-8", "-isodates", "-"}, file.bytes, limits);
  if (!result.ok() || !Failure(*result, limits).empty()) return information;
  for (absl::string_view line : absl::StrSplit(result->output, '\n')) {
    const std::pair<absl::string_view, absl::string_view> parts = absl::StrSplit(line, absl::MaxSplits(':', 1));
    information.emplace(parts.first, absl::StripAsciiWhitespace(parts.second));
  }
  return information;
}

// Names that programs give when authors do not.
bool IsRealTitle(absl::string_view title) {
  const std::string lower = absl::AsciiStrToLower(title);
  for (absl::string_view ending : {".doc", ".docx", ".indd", ".pdf", ".qxd", ".tex", ".dvi", ".rtf"}) {
    if (absl::EndsWith(lower, ending)) return false;
  }
  return lower.size() > 3 && !absl::StartsWith(lower, "microsoft word - ") && lower != "untitled";
}

void SetMetadata(const SourceFile& file, absl::string_view text, const SubprocessLimits& limits,
                 storage::Document& document) {
  document.set_id(DocumentId(absl::StrCat("pdf-", file.name_for_id())));
  document.set_source(file.name);
  document.set_kind(v1::DOCUMENT_KIND_OTHER);
  absl::flat_hash_map<std::string, std::string> information = Information(file, limits);
  const std::string& title = information["Title"];
  document.set_title(CanonicalText(IsRealTitle(title) ? absl::string_view(title) : FirstLine(text)));
  const v1::Date date = ParsePublicationDate(information["CreationDate"]);
  if (date.year() > 0) *document.mutable_publication_date() = date;
  const std::string keywords = CanonicalText(information["Keywords"]);
  for (absl::string_view keyword : absl::StrSplit(keywords, absl::ByAnyChar(",;"), absl::SkipWhitespace())) {
    document.add_tags(std::string(absl::StripAsciiWhitespace(keyword)));
  }
}

}  // namespace

PdfConnector::PdfConnector(const config::ReadLimits& limits) : limits_(LimitsOf(limits)) {}

bool PdfConnector::Recognises(const SourceFile& file) const { return file.extension == "pdf"; }

void PdfConnector::Read(const SourceFile& file, DocumentSink& sink) const {
  if (!absl::StrContains(absl::string_view(file.bytes).substr(0, kHeaderBytes), "%PDF-")) {
    sink.OnProblem(Unreadable(file, "", "not a PDF: it has no \"%PDF-\" at its beginning; the file is left out"));
    return;
  }
  const absl::StatusOr<SubprocessResult> result =
      RunSubprocess({"pdftotext", "-enc", "UTF-8", "-eol", "unix", "-", "-"}, file.bytes, limits_);
  if (!result.ok()) {
    sink.OnProblem(Unreadable(file, "", result.status().message()));
    return;
  }
  const std::string failure = Failure(*result, limits_);
  if (!failure.empty()) {
    sink.OnProblem(Unreadable(file, "", absl::StrCat(failure, "; the file is left out")));
    return;
  }
  DocumentBuilder builder;
  const PdfRunningLines running = AddPdfText(result->output, builder);
  if (builder.empty()) {
    sink.OnProblem(
        Unreadable(file, "", "the pages hold no text, perhaps only pictures of it; run OCR on the file first"));
    return;
  }
  if (const size_t at = result->errors.find("Syntax Error"); at != std::string::npos) {
    sink.OnProblem(Warning(file, "",
                           absl::StrCat("the file is damaged in places, and text may be missing: ",
                                        FirstLine(absl::string_view(result->errors).substr(at)))));
  }
  if (running.count > 0) {
    sink.OnProblem(
        Warning(file, "",
                absl::StrCat(running.count, " lines at the edges of pages were taken out as running heads ",
                             "and feet that stand on an earlier page, the first: ", FirstLine(running.first))));
  }
  SetMetadata(file, result->output, limits_, builder.metadata());
  sink.OnDocument(std::move(builder).Build());
}

}  // namespace bedside
