#include "ingest/connectors/source_reader.h"

#include <archive.h>
#include <archive_entry.h>
#include <glob.h>
#include <locale.h>

#include <algorithm>
#include <filesystem>
#include <memory>
#include <set>
#include <system_error>
#include <utility>

#include "absl/status/status.h"
#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/string_view.h"
#include "index/hash/sha256.h"
#include "index/text/utf8.h"

namespace bedside {
namespace {

namespace fs = std::filesystem;

constexpr uint64_t kDefaultMaxFileBytes = uint64_t{1} << 30;
constexpr size_t kReadBytes = 1 << 16;
// What unpacks to more than this is a bomb when it is that many times its size: text packs to a tenth, tables of markup
// to a fiftieth; deflate can say a thousand times as much as it takes, and entries of a zip that overlap any number.
constexpr uint64_t kHarmlessBytes = uint64_t{64} << 20;
constexpr uint64_t kMaxRatio = 200;

using ArchiveHandle = std::unique_ptr<archive, decltype(&archive_read_free)>;

std::vector<std::string> Glob(const std::string& pattern) {
  glob_t matches = {};
  std::vector<std::string> paths;
  if (glob(pattern.c_str(), 0, nullptr, &matches) == 0)
    paths.assign(matches.gl_pathv, matches.gl_pathv + matches.gl_pathc);
  globfree(&matches);
  std::sort(paths.begin(), paths.end());
  return paths;
}

// The files and folders that a source names; none when it names nothing.
std::vector<std::string> Named(const std::string& source) {
  std::error_code error;
  if (fs::exists(source, error)) return {source};
  return Glob(source);
}

bool IsArchive(absl::string_view name) {
  const std::string lower = absl::AsciiStrToLower(name);
  return absl::EndsWith(lower, ".zip") || absl::EndsWith(lower, ".tar") || absl::EndsWith(lower, ".tgz") ||
         absl::EndsWith(lower, ".tar.gz");
}

bool IsHidden(const fs::path& name) { return absl::StartsWith(name.string(), ".") && name != "." && name != ".."; }

// What lies beside evidence without being any.
bool IsPassedOver(const fs::path& path) {
  const std::string name = absl::AsciiStrToLower(path.filename().string());
  const std::string parent = absl::AsciiStrToLower(path.parent_path().filename().string());
  const std::string stem = name.substr(0, name.find('.'));
  const std::string extension = ExtensionOf(name);
  return name.empty() || IsHidden(name) || parent == "qrels" || name == "queries.jsonl" || stem == "readme" ||
         stem == "license" || stem == "licence" || extension == "md5" || extension == "sha256";
}

v1::JobProblem Problem(const std::string& source, const std::string& reason) {
  v1::JobProblem problem;
  problem.set_source(CanonicalText(source));
  problem.set_reason(CanonicalText(reason));
  return problem;
}

struct FoundFile {
  std::string path;
  // See SourceFile.path_below.
  std::string below;
};

// Whether `path`, which has no links, is `root` or lies below it; an empty root has everything.
bool IsInside(const fs::path& path, const fs::path& root) {
  return std::mismatch(root.begin(), root.end(), path.begin(), path.end()).first == root.end();
}

v1::JobProblem LeadsOut(const std::string& path) {
  return Problem(path, "is a link out of the import root; not read. Put a copy below the root");
}

// The files below some folders.
struct FolderContent {
  std::vector<FoundFile> files;
  int64_t skipped = 0;
  std::vector<v1::JobProblem> problems;
};

// Adds what lies below `folder`, which is `base` or below it, bytewise; nothing when `seen` has it: each folder once,
// whatever links say; and nothing outside `root`.
void ListFolder(const fs::path& folder, const fs::path& base, const fs::path& root, std::set<std::string>* seen,
                FolderContent* content) {
  std::error_code error;
  const fs::path canonical = fs::canonical(folder, error);
  if (!seen->insert(canonical.string()).second) return;
  if (!error && !IsInside(canonical, root)) return content->problems.push_back(LeadsOut(folder));
  std::vector<fs::path> entries;
  for (fs::directory_iterator it(folder, error), end; !error && it != end; it.increment(error)) {
    entries.push_back(it->path());
  }
  if (error) content->problems.push_back(Problem(folder, absl::StrCat("cannot be listed: ", error.message())));
  std::sort(entries.begin(), entries.end());
  for (const fs::path& entry : entries) {
    if (fs::is_directory(entry, error)) {
      if (!IsHidden(entry.filename())) ListFolder(entry, base, root, seen, content);
    } else if (IsPassedOver(entry)) {
      ++content->skipped;
    } else {
      content->files.push_back({entry.string(), entry.lexically_relative(base).string()});
    }
  }
}

// What a source names, which is one folder or file, or those of a pattern. `seen`: see ListFolder.
FolderContent ContentOf(const std::string& source, const fs::path& root, std::set<std::string>* seen) {
  FolderContent content;
  std::error_code error;
  for (const std::string& named : Named(source)) {
    if (fs::is_directory(named, error)) {
      ListFolder(named, named, root, seen, &content);
    } else {
      content.files.push_back({named, fs::path(named).filename().string()});
    }
  }
  return content;
}

std::string ReasonOf(archive* handle) {
  const char* text = archive_error_string(handle);
  return absl::StrCat("cannot be read: ", text == nullptr ? "it is damaged or cut off" : text);
}

// As archive_read_next_header, in a locale that can express every name; in that of C, names in UTF-8 would be lost.
int NextHeader(archive* handle, archive_entry** entry) {
  static const locale_t utf8 = newlocale(LC_CTYPE_MASK, "C.UTF-8", nullptr);
  const locale_t previous = utf8 == nullptr ? nullptr : uselocale(utf8);
  const int result = archive_read_next_header(handle, entry);
  if (previous != nullptr) uselocale(previous);
  return result;
}

// Reads one file of this machine, and its members when it is an archive.
class FileReader {
 public:
  FileReader(const FoundFile& file, uint64_t max_bytes, const SourceReader::FileCallback& on_file,
             const SourceReader::ProblemCallback& on_problem, SourceReader::Counts* counts)
      : path_(file.path),
        below_(file.below),
        max_bytes_(max_bytes),
        on_file_(on_file),
        on_problem_(on_problem),
        counts_(counts) {}

  // Whether to go on with the next file.
  bool Read() {
    std::error_code error;
    // A pipe may never end.
    if (!fs::is_regular_file(path_, error)) {
      on_problem_(Problem(path_, error ? absl::StrCat("cannot be read: ", error.message())
                                       : "wanted a regular file, got a pipe, socket, device or dead link; left out"));
      return true;
    }
    size_ = fs::file_size(path_, error);
    const bool container = IsArchive(path_);
    ArchiveHandle handle(archive_read_new(), &archive_read_free);
    archive_read_support_filter_gzip(handle.get());
    if (container) {
      archive_read_support_format_zip(handle.get());
      archive_read_support_format_tar(handle.get());
    } else {
      archive_read_support_format_raw(handle.get());
      archive_read_support_format_empty(handle.get());
    }
    if (archive_read_open_filename(handle.get(), path_.c_str(), kReadBytes) != ARCHIVE_OK) {
      on_problem_(Problem(path_, ReasonOf(handle.get())));
      return true;
    }
    const bool goes_on = container ? ReadMembers(handle.get()) : ReadPlain(handle.get());
    if (IsBomb(handle.get())) {
      on_problem_(Problem(path_, absl::StrCat("unpacks to more than ", kMaxRatio,
                                              " times the size of the archive; the rest is left out")));
    }
    return goes_on;
  }

 private:
  bool ReadPlain(archive* handle) {
    archive_entry* entry = nullptr;
    const int result = archive_read_next_header(handle, &entry);
    if (result == ARCHIVE_EOF) return Deliver(path_, "");
    if (result != ARCHIVE_OK) {
      on_problem_(Problem(path_, ReasonOf(handle)));
      return true;
    }
    return ReadData(handle, path_);
  }

  bool ReadMembers(archive* handle) {
    archive_entry* entry = nullptr;
    while (!IsBomb(handle)) {
      const int result = NextHeader(handle, &entry);
      if (result == ARCHIVE_EOF) return true;
      // A warning is about the name or another attribute; the data can be read.
      if (result != ARCHIVE_OK && result != ARCHIVE_WARN) {
        on_problem_(Problem(path_, ReasonOf(handle)));
        return true;
      }
      const char* member = archive_entry_pathname(entry);
      if (archive_entry_filetype(entry) != AE_IFREG) {
        PassOver(handle);
      } else if (member == nullptr) {
        on_problem_(Problem(path_, "the name of a member cannot be read; the member is left out"));
        PassOver(handle);
      } else if (!ReadMember(handle, member)) {
        return false;
      }
    }
    return true;
  }

  bool ReadMember(archive* handle, const std::string& member) {
    const std::string name = absl::StrCat(path_, "!", member);
    const fs::path path(member);
    if (IsPassedOver(path) || std::any_of(path.begin(), path.end(), IsHidden)) {
      ++counts_->skipped;
      PassOver(handle);
      return true;
    }
    if (IsArchive(member) || ExtensionOf(member) == "gz") {
      on_problem_(Problem(name, "an archive inside an archive is not read; unpack it first"));
      PassOver(handle);
      return true;
    }
    return ReadData(handle, name);
  }

  bool IsBomb(archive* handle) const {
    // Headers of tar count as well, and so does what zip has read twice.
    const uint64_t unpacked = std::max(unpacked_, static_cast<uint64_t>(archive_filter_bytes(handle, 0)));
    return unpacked > kHarmlessBytes && unpacked / kMaxRatio > size_;
  }

  la_ssize_t Unpack(archive* handle, char (&buffer)[kReadBytes]) {
    const la_ssize_t count = archive_read_data(handle, buffer, sizeof buffer);
    if (count > 0) unpacked_ += static_cast<uint64_t>(count);
    return count;
  }

  // libarchive would pass over a bomb without a word.
  void PassOver(archive* handle) {
    char buffer[kReadBytes];
    while (!IsBomb(handle) && Unpack(handle, buffer) > 0) {
    }
  }

  bool ReadData(archive* handle, const std::string& name) {
    std::string bytes;
    char buffer[kReadBytes];
    for (;;) {
      const la_ssize_t count = Unpack(handle, buffer);
      if (IsBomb(handle)) return true;
      if (count == 0) return Deliver(name, std::move(bytes));
      if (count < 0) {
        on_problem_(Problem(name, ReasonOf(handle)));
        return true;
      }
      if (bytes.size() + static_cast<size_t>(count) > max_bytes_) {
        on_problem_(Problem(name, absl::StrCat("unpacked size exceeds ", max_bytes_,
                                               " bytes (max_file_bytes); split it, or raise the limit")));
        return true;
      }
      bytes.append(buffer, static_cast<size_t>(count));
    }
  }

  bool Deliver(const std::string& name, std::string bytes) {
    ++counts_->files;
    const std::string plain = ExtensionOf(name) == "gz" ? name.substr(0, name.size() - 3) : name;
    // With the member of an archive.
    const std::string below = absl::StrCat(below_, absl::string_view(name).substr(path_.size()));
    return on_file_({CanonicalText(name), CanonicalText(ExtensionOf(plain)), std::move(bytes), CanonicalText(below)});
  }

  const std::string& path_;
  const std::string& below_;
  const uint64_t max_bytes_;
  // On disk.
  uint64_t size_ = 0;
  uint64_t unpacked_ = 0;
  const SourceReader::FileCallback& on_file_;
  const SourceReader::ProblemCallback& on_problem_;
  SourceReader::Counts* counts_;
};

}  // namespace

SourceReader::SourceReader(std::vector<std::string> sources, uint64_t max_file_bytes, std::string root,
                           const SourceShard& shard)
    : sources_(std::move(sources)), max_file_bytes_(max_file_bytes), root_(std::move(root)), shard_(shard) {}

absl::StatusOr<SourceReader> SourceReader::Create(const std::vector<std::string>& sources,
                                                  const config::ReadLimits& limits, const std::string& root,
                                                  const SourceShard& shard) {
  std::error_code error;
  const fs::path canonical_root = fs::weakly_canonical(root, error);
  std::vector<std::string> missing;
  for (const std::string& source : sources) {
    if (!Named(source).empty()) continue;
    missing.push_back(root.empty() ? source : fs::path(source).lexically_relative(canonical_root).string());
  }
  if (sources.empty()) return absl::InvalidArgumentError("no sources: name files, folders or globs");
  if (!missing.empty()) {
    return absl::InvalidArgumentError(absl::StrCat("these sources name nothing: ", absl::StrJoin(missing, ", ")));
  }
  return SourceReader(sources, limits.max_file_bytes() == 0 ? kDefaultMaxFileBytes : limits.max_file_bytes(),
                      canonical_root.string(), shard);
}

std::string SourceReader::Digest() const {
  std::set<std::string> folders;
  std::vector<std::string> paths;
  for (const std::string& source : sources_) {
    for (FoundFile& file : ContentOf(source, root_, &folders).files) paths.push_back(std::move(file.path));
  }
  // No path has a NUL.
  const std::string joined = absl::StrJoin(paths, absl::string_view("\0", 1));
  return absl::StrCat(paths.size(), " files, SHA-256 of paths ", Sha256Hex(joined));
}

SourceReader::Counts SourceReader::Read(const FileCallback& on_file, const ProblemCallback& on_problem) const {
  Counts counts;
  std::set<std::string> folders;
  std::set<std::string> read;
  for (const std::string& source : sources_) {
    FolderContent content = ContentOf(source, root_, &folders);
    std::error_code error;
    counts.skipped += content.skipped;
    for (v1::JobProblem& problem : content.problems) on_problem(std::move(problem));
    for (const FoundFile& file : content.files) {
      const fs::path canonical = fs::weakly_canonical(file.path, error);
      if (!read.insert(error ? file.path : canonical.string()).second || !shard_.Has(file.below)) continue;
      if (error) {
        on_problem(Problem(file.path, absl::StrCat("cannot be read: ", error.message())));
      } else if (!IsInside(canonical, root_)) {
        on_problem(LeadsOut(file.path));
      } else if (!FileReader(file, max_file_bytes_, on_file, on_problem, &counts).Read()) {
        return counts;
      }
    }
  }
  return counts;
}

}  // namespace bedside
