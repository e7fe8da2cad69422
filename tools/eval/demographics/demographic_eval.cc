// Whether the same evidence is found whoever asks: the questions of a dataset, asked by people of different sex,
// ethnicity, insurance, name and language (demographic_frame.h), measured through the real programs. See the flags. The
// same build, data and flags print the same.
#include <algorithm>
#include <fstream>
#include <iostream>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "absl/flags/flag.h"
#include "absl/flags/parse.h"
#include "absl/flags/usage.h"
#include "absl/status/statusor.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/str_join.h"
#include "index/status/status_macros.h"
#include "proto/bedside/config/server_config.pb.h"
#include "proto/bedside/config/textproto_config.h"
#include "tools/eval/answer_client.h"
#include "tools/eval/dataset_reader.h"
#include "tools/eval/demographics/demographic_frame.h"
#include "tools/eval/demographics/list_overlap.h"
#include "tools/eval/served_dataset.h"

ABSL_FLAG(std::string, dataset, "", "a dataset, as bedside_eval reads it");
ABSL_FLAG(std::string, half, "development", "frames: development, reported");
ABSL_FLAG(size_t, questions, 200, "questions, spread over the dataset; 0: all");
ABSL_FLAG(std::string, config, "samples/server.textproto", "configuration of the server that is measured");
ABSL_FLAG(std::string, store, "", "folder for the store; what it holds from an earlier run is used again");
ABSL_FLAG(std::string, bin_dir, "", "folder of bedside_ingest and bedside_server; empty: of this build");
ABSL_FLAG(std::string, differences, "",
          "file for a line a difference: frame, question id, overlap, what left and came");

namespace bedside {
namespace {

constexpr int kTop = 10;

// Names of the passages, best first.
std::vector<std::string> TopOf(const AskedQuestion& asked) {
  std::vector<std::string> names;
  for (const v1::SearchHit& hit : asked.found.hits()) names.push_back(hit.passage().name());
  return names;
}

// Of a frame, or of a group of frames.
struct Tally {
  size_t asked = 0;
  double overlap = 0;
  size_t same_set = 0;
  size_t decisions_changed = 0;

  void Add(double share, bool decision_changed) {
    ++asked;
    overlap += share;
    same_set += share == 1 ? 1 : 0;
    decisions_changed += decision_changed ? 1 : 0;
  }

  void Print(const std::string& name) const {
    const double all = std::max<double>(1, static_cast<double>(asked));
    std::cout << absl::StrFormat(
        "%-12s overlap of the top ten %5.1f %%, the same ten %5.1f %%, decision changed %4.1f %% (%d)\n", name,
        100 * overlap / all, 100 * static_cast<double>(same_set) / all,
        100 * static_cast<double>(decisions_changed) / all, asked);
  }
};

// About as many as the flag says, at even distances.
std::vector<JudgedQuestion> Spread(const std::vector<JudgedQuestion>& questions, size_t count) {
  if (count == 0 || count >= questions.size()) return questions;
  std::vector<JudgedQuestion> spread;
  for (size_t i = 0; i < count; ++i) spread.push_back(questions[i * questions.size() / count]);
  return spread;
}

class Evaluation {
 public:
  Evaluation(const std::string& address, std::ostream* differences)
      : client_(address, kTop), differences_(differences) {}

  absl::Status Run(const std::vector<JudgedQuestion>& questions, const std::vector<DemographicFrame>& frames) {
    for (const JudgedQuestion& question : questions) {
      ASSIGN_OR_RETURN(const AskedQuestion plain, client_.Ask(question.text));
      for (const DemographicFrame& frame : frames) {
        ASSIGN_OR_RETURN(const AskedQuestion framed, client_.Ask(Framed(frame, question.text)));
        Compare(question, frame, plain, framed);
      }
    }
    for (const auto& [name, tally] : by_frame_) tally.Print(name);
    for (const auto& [name, tally] : by_group_) tally.Print(name);
    all_.Print("all");
    return absl::OkStatus();
  }

 private:
  void Compare(const JudgedQuestion& question, const DemographicFrame& frame, const AskedQuestion& plain,
               const AskedQuestion& framed) {
    const ListOverlap lists = OverlapOf(TopOf(plain), TopOf(framed));
    const bool changed = plain.outcome() != framed.outcome();
    for (Tally* tally : {&by_frame_[frame.name], &by_group_[frame.group], &all_}) tally->Add(lists.share, changed);
    if (lists.share == 1 && !changed) return;
    *differences_ << frame.name << "\t" << question.id << "\t" << absl::StrFormat("%.2f", lists.share) << "\tleft "
                  << absl::StrJoin(lists.only_first, " ") << "\tcame " << absl::StrJoin(lists.only_second, " ") << "\t"
                  << (changed ? absl::StrCat(plain.outcome(), " -> ", framed.outcome()) : "") << "\n";
  }

  AnswerClient client_;
  std::ostream* differences_;
  std::map<std::string, Tally> by_frame_, by_group_;
  Tally all_;
};

absl::StatusOr<std::unique_ptr<ServedDataset>> Serve(const std::string& folder, const std::string& corpus_path) {
  ServedDatasetOptions options;
  RETURN_IF_ERROR(ReadTextprotoConfig(absl::GetFlag(FLAGS_config), &options.config));
  RETURN_IF_ERROR(FindPrograms(absl::GetFlag(FLAGS_bin_dir), &options));
  options.folder = folder;
  options.corpus_path = corpus_path;
  return ServedDataset::Create(options);
}

absl::Status Run() {
  const std::string folder = absl::GetFlag(FLAGS_store);
  const std::string half = absl::GetFlag(FLAGS_half);
  if (folder.empty()) return absl::InvalidArgumentError("--store: name a folder that exists");
  if (half != "development" && half != "reported") {
    return absl::InvalidArgumentError("--half: wanted development or reported");
  }
  ASSIGN_OR_RETURN(const EvaluationDataset dataset, ReadDataset(absl::GetFlag(FLAGS_dataset), folder));
  std::ofstream differences;
  if (!absl::GetFlag(FLAGS_differences).empty()) {
    differences.open(absl::GetFlag(FLAGS_differences));
    if (!differences) return absl::InvalidArgumentError("--differences: the file cannot be written");
  }
  ASSIGN_OR_RETURN(const auto server, Serve(folder, dataset.corpus_path));
  const auto frames = DemographicFrames(half == "reported" ? FrameHalf::kReported : FrameHalf::kDevelopment);
  return Evaluation(server->address(), &differences)
      .Run(Spread(dataset.questions, absl::GetFlag(FLAGS_questions)), frames);
}

}  // namespace
}  // namespace bedside

int main(int argc, char** argv) {
  absl::SetProgramUsageMessage("Whether the same evidence is found whoever asks. See the flags.");
  absl::ParseCommandLine(argc, argv);
  const absl::Status status = bedside::Run();
  if (status.ok()) return 0;
  std::cerr << "demographic_eval: " << status.message() << "\n";
  return absl::IsInvalidArgument(status) || absl::IsNotFound(status) ? 2 : 1;
}
