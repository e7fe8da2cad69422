#include "tools/eval/growth.h"

#include <fstream>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "absl/time/time.h"
#include "index/status/status_macros.h"
#include "nlohmann/json.hpp"
#include "tools/eval/search_client.h"

namespace bedside {
namespace {

absl::StatusOr<double> TimeSearch(const SearchClient& client, const std::string& question) {
  const absl::Time begin = absl::Now();
  RETURN_IF_ERROR(client.Search(question).status());
  return absl::ToDoubleMilliseconds(absl::Now() - begin);
}

}  // namespace

absl::Status WriteCorpusShare(absl::Span<const CorpusDocument> documents, size_t one_of, const std::string& path) {
  if (documents.size() < one_of) {
    return absl::InvalidArgumentError(absl::StrCat("--growth: the corpus has ", documents.size(), " documents, wanted ",
                                                   one_of, " or more; measure it without"));
  }
  std::ofstream file(path, std::ios::binary);
  for (size_t i = 0; i < documents.size(); i += one_of) {
    const nlohmann::json line = {{"_id", documents[i].id}, {"title", documents[i].title}, {"text", documents[i].text}};
    file << line.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace) << "\n";
  }
  file << std::flush;
  return file.good() ? absl::OkStatus() : absl::InternalError(absl::StrCat(path, " cannot be written"));
}

absl::StatusOr<GrowthPoint> MeasureGrowthPoint(const EvaluationDataset& dataset, const MeasurementOptions& options) {
  const SearchClient client(options.address, options.page_size);
  ASSIGN_OR_RETURN(const v1::Generation generation, client.ActiveGeneration());
  GrowthPoint point;
  point.passages = generation.passages();
  for (const JudgedQuestion& question : dataset.questions) {
    if (options.is_stopped()) return absl::CancelledError("a signal arrived");
    ASSIGN_OR_RETURN(const double first, TimeSearch(client, question.text));
    ASSIGN_OR_RETURN(const double again, TimeSearch(client, question.text));
    point.first_ms.push_back(first);
    point.again_ms.push_back(again);
  }
  return point;
}

}  // namespace bedside
