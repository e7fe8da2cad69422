// The files of datasets: lines, and what Bedside's own connectors read from them.
#ifndef BEDSIDE_TOOLS_EVAL_DATASET_FILES_H_
#define BEDSIDE_TOOLS_EVAL_DATASET_FILES_H_

#include <cstddef>
#include <functional>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "ingest/connectors/source_file.h"

namespace bedside {

// The last part of a path: "bioasq-dev" for "data/bioasq-dev/".
std::string DatasetName(const std::string& path);

// Calls `read` with every line, without its line break, and its number, from 1. NOT_FOUND: the file cannot be opened.
// INVALID_ARGUMENT: the words of the first error of `read`, with file and line.
absl::Status ForEachLine(const std::string& path,
                         const std::function<absl::Status(absl::string_view line, size_t number)>& read);

// Calls `read` with each file that bedside_ingest would find at `path`, archives unpacked, until it returns false.
// Errors of SourceReader::Create; INVALID_ARGUMENT: a file or an archive cannot be read; the message says which.
absl::Status ForEachSourceFile(const std::string& path, const std::function<bool(const SourceFile& file)>& read);

struct CorpusDocument {
  std::string id;
  std::string title;
  std::string text;
};

// The documents that bedside_ingest makes of what is at `path`; what it cannot read is left out. Errors of
// ForEachSourceFile. Memory: all of the text.
absl::StatusOr<std::vector<CorpusDocument>> ReadCorpusDocuments(const std::string& path);

}  // namespace bedside

#endif  // BEDSIDE_TOOLS_EVAL_DATASET_FILES_H_
