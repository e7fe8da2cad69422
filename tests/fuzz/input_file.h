// A file that holds an input, for readers that want a path; it goes with the object.
#ifndef BEDSIDE_TESTS_FUZZ_INPUT_FILE_H_
#define BEDSIDE_TESTS_FUZZ_INPUT_FILE_H_

#include <filesystem>
#include <string>

#include "absl/strings/string_view.h"
#include "tests/fakes/temp_folder.h"

namespace bedside {

class InputFile {
 public:
  InputFile(const std::string& name, absl::string_view bytes)
      : folder_(TempFolder()), path_(WriteFile(folder_, name, std::string(bytes))) {}
  ~InputFile() { std::filesystem::remove_all(folder_); }

  InputFile(const InputFile&) = delete;
  InputFile& operator=(const InputFile&) = delete;

  // In which there is nothing else.
  const std::string& folder() const { return folder_; }
  const std::string& path() const { return path_; }

 private:
  const std::string folder_;
  const std::string path_;
};

}  // namespace bedside

#endif  // BEDSIDE_TESTS_FUZZ_INPUT_FILE_H_
