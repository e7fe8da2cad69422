#include "services/console/console_file.h"

#include <utility>
#include <vector>

#include "absl/strings/match.h"

namespace bedside {
namespace {

constexpr std::pair<const char*, const char*> kFiles[] = {
#include "services/console/console_files.inc"
};

absl::string_view TypeOf(absl::string_view name) {
  if (absl::EndsWith(name, ".html")) return "text/html; charset=utf-8";
  if (absl::EndsWith(name, ".css")) return "text/css; charset=utf-8";
  return "text/javascript; charset=utf-8";
}

}  // namespace

const ConsoleFile* FindConsoleFile(absl::string_view name) {
  static const auto& files = *new std::vector<ConsoleFile>([] {
    std::vector<ConsoleFile> typed;
    for (const auto& [file, bytes] : kFiles) typed.push_back({file, TypeOf(file), bytes});
    return typed;
  }());
  for (const ConsoleFile& file : files) {
    if (file.name == name) return &file;
  }
  return nullptr;
}

}  // namespace bedside
