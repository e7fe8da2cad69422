// bedside_quantise: measures what PRECISION_INT8 needs to know of an embedding model.

#include <algorithm>
#include <cstdint>
#include <fstream>
#include <iostream>
#include <string>
#include <vector>

#include "absl/flags/flag.h"
#include "absl/flags/parse.h"
#include "absl/flags/usage.h"
#include "absl/status/statusor.h"
#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "index/embedding/activation_ranges.h"
#include "index/embedding/range_measurement.h"
#include "index/status/status_macros.h"
#include "index/text/utf8.h"

ABSL_FLAG(std::string, model, ".deps/bge-small-en-v1.5", "folder of the model");
ABSL_FLAG(std::string, adapter, "", "adapter that the model has, as in the configuration; empty: none");
ABSL_FLAG(std::string, texts, "", "file of texts such as will be embedded, one a line");
ABSL_FLAG(uint32_t, max_tokens, 512, "tokens of a text, as in the configuration");

namespace bedside {
namespace {

// Of the texts, as the contents of the file of ranges.
absl::StatusOr<std::string> Run() {
  std::ifstream file(absl::GetFlag(FLAGS_texts));
  if (!file) return absl::NotFoundError(absl::StrCat("--texts: \"", absl::GetFlag(FLAGS_texts), "\" cannot be read"));
  std::vector<std::string> texts;
  for (std::string line; std::getline(file, line);) {
    if (!IsValidUtf8(line)) return absl::InvalidArgumentError("--texts: wanted UTF-8");
    if (!absl::StripAsciiWhitespace(line).empty()) texts.push_back(line);
  }
  const MeasuredModel model = {absl::GetFlag(FLAGS_model), absl::GetFlag(FLAGS_adapter)};
  ASSIGN_OR_RETURN(const MeasuredRanges measured,
                   MeasureRanges(model, texts, std::max(8u, absl::GetFlag(FLAGS_max_tokens))));
  return ActivationRangesJson(measured);
}

}  // namespace
}  // namespace bedside

int main(int argc, char** argv) {
  absl::SetProgramUsageMessage(
      "bedside_quantise --model=DIR --texts=FILE > DIR/activation_ranges.json, or with an adapter "
      "--adapter=ADAPTER > ADAPTER.ranges.json: measures what PRECISION_INT8 needs to know of an embedding model, on "
      "some hundred texts such as will be embedded: passages and, with their prefix, questions; for an adapter of "
      "questions alone, questions without it. The same texts give the same file. Embed the corpus anew with it, but "
      "for one of questions alone: vectors of other ranges do not compare.");
  absl::ParseCommandLine(argc, argv);
  const absl::StatusOr<std::string> ranges = bedside::Run();
  if (!ranges.ok()) {
    std::cerr << "bedside_quantise: " << ranges.status().message() << "\n";
    return 1;
  }
  std::cout << *ranges;
}
