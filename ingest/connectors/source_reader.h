// Finds the files that sources name and unpacks them, one at a time.
//
//   ASSIGN_OR_RETURN(const SourceReader reader, SourceReader::Create({"guidelines/", "medline/*.xml.gz"}, limits));
//   reader.Read([&](const SourceFile& file) { ...; return true; }, [&](v1::JobProblem problem) { ... });
//
// A source is a file, a folder (with all folders below it) or a glob pattern ("*", "?", "[...]"). Files are read in the
// order of the sources and bytewise by path below each; a file that several sources name is read once. Members of .zip
// and tar archives come in the order of the archive; .gz files are unpacked. Below a folder and in archives, passed
// over are hidden files and folders, and what accompanies evidence without being any (README, LICENSE, BEIR's queries
// and qrels, checksums). A file that a source names outright is always read.
//
// What cannot be read is a problem and the rest goes on: files and folders without permission, what is no regular file
// (pipes, devices, dead links), broken archives, archives inside archives, whatever is larger than the limit after
// unpacking, and the rest of what unpacks to more than 64 MiB and 200 times its size. Nothing is written to disk, so
// names in archives are names only. Symbolic links are followed, each folder once; with a root, those that lead out of
// it are problems, too.
#ifndef BEDSIDE_INGEST_CONNECTORS_SOURCE_READER_H_
#define BEDSIDE_INGEST_CONNECTORS_SOURCE_READER_H_

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "ingest/connectors/source_file.h"
#include "ingest/connectors/source_shard.h"
#include "proto/bedside/config/ingest_config.pb.h"
#include "proto/bedside/v1/corpus_service.pb.h"

namespace bedside {

// Immutable; one instance may be read by several threads, each of which gets everything.
class SourceReader {
 public:
  // Takes a file and says whether to go on.
  using FileCallback = std::function<bool(const SourceFile&)>;
  using ProblemCallback = std::function<void(v1::JobProblem)>;

  struct Counts {
    int64_t files = 0;
    // Passed over, see above.
    int64_t skipped = 0;
  };

  // `root`: folder that whoever names the sources may read; empty: all of the machine. What lies outside once links are
  // resolved is not read. `shard`: the files that are read; others count as if they were not there. INVALID_ARGUMENT:
  // no sources, or some that name nothing; the message lists all of these, by their paths below `root`.
  static absl::StatusOr<SourceReader> Create(const std::vector<std::string>& sources, const config::ReadLimits& limits,
                                             const std::string& root = "", const SourceShard& shard = {});

  // By which readers on several machines know that they see the same: how many files the sources name, and the SHA-256
  // of their paths, as they are named, in the order in which they are read. Whether they can be read is not looked at.
  std::string Digest() const;

  // Memory: the largest file, unpacked, and the paths of one source.
  Counts Read(const FileCallback& on_file, const ProblemCallback& on_problem) const;

 private:
  SourceReader(std::vector<std::string> sources, uint64_t max_file_bytes, std::string root, const SourceShard& shard);

  std::vector<std::string> sources_;
  uint64_t max_file_bytes_;
  // With its links resolved.
  std::string root_;
  SourceShard shard_;
};

}  // namespace bedside

#endif  // BEDSIDE_INGEST_CONNECTORS_SOURCE_READER_H_
