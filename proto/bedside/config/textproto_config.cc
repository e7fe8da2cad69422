#include "proto/bedside/config/textproto_config.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>

#include "absl/cleanup/cleanup.h"
#include "absl/strings/str_cat.h"
#include "google/protobuf/io/tokenizer.h"
#include "google/protobuf/io/zero_copy_stream_impl.h"
#include "google/protobuf/text_format.h"

namespace bedside {
namespace {

// Keeps the first error: what follows is often a consequence of it.
class FirstError : public google::protobuf::io::ErrorCollector {
 public:
  explicit FirstError(const std::string& path) : path_(path) {}

  void AddError(int line, google::protobuf::io::ColumnNumber column, const std::string& message) override {
    if (text_.empty()) text_ = absl::StrCat(path_, ":", line + 1, ":", column + 1, ": ", message);
  }

  const std::string& text() const { return text_; }

 private:
  const std::string& path_;
  std::string text_;
};

absl::Status OpenError(const std::string& path, int error) {
  if (error == ENOENT) {
    return absl::NotFoundError(
        absl::StrCat("there is no configuration file ", path, ". Check the path given with --config."));
  }
  return absl::ErrnoToStatus(error, absl::StrCat("the configuration file ", path, " cannot be read"));
}

}  // namespace

absl::Status ReadTextprotoConfig(const std::string& path, google::protobuf::Message* config) {
  const int file = open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (file < 0) return OpenError(path, errno);
  auto close_file = absl::MakeCleanup([file] { close(file); });
  google::protobuf::io::FileInputStream stream(file);
  FirstError error(path);
  google::protobuf::TextFormat::Parser parser;
  parser.RecordErrorsTo(&error);
  const bool parsed = parser.Parse(&stream, config);
  if (stream.GetErrno() != 0) {
    config->Clear();
    return OpenError(path, stream.GetErrno());
  }
  if (parsed) return absl::OkStatus();
  config->Clear();
  return absl::InvalidArgumentError(absl::StrCat(error.text(), " The file must be a text format of ",
                                                 config->GetDescriptor()->full_name(),
                                                 "; its fields are described in proto/bedside/config."));
}

}  // namespace bedside
