// Which sections of abstracts the sentences of extractive answers are from: background, aims and methods are no
// findings. Asks the real programs the questions of PubMedQA, whose abstracts say what each of their sections is, with
// these labels or without them. See the flags.
#include <iostream>
#include <string>
#include <vector>

#include "absl/flags/flag.h"
#include "absl/flags/parse.h"
#include "absl/flags/usage.h"
#include "absl/status/statusor.h"
#include "absl/strings/str_cat.h"
#include "index/status/status_macros.h"
#include "proto/bedside/config/server_config.pb.h"
#include "proto/bedside/config/textproto_config.h"
#include "tools/eval/answer_client.h"
#include "tools/eval/grounding_answers.h"
#include "tools/eval/html_page.h"
#include "tools/eval/measured_goal.h"
#include "tools/eval/sections/cited_sections.h"
#include "tools/eval/sections/labelled_abstract.h"
#include "tools/eval/served_dataset.h"
#include "tools/eval/text_file.h"

ABSL_FLAG(std::string, pubmedqa, "", "ori_pqal.json of PubMedQA");
ABSL_FLAG(std::string, half, "development", "of the questions, by a hash of their ids: development, reported");
ABSL_FLAG(bool, labels, false, "whether the service is told what each section is");
ABSL_FLAG(std::string, config, "samples/server.textproto", "configuration of the server that is measured");
ABSL_FLAG(std::string, store, "", "folder for the store; what it holds from an earlier run is used again");
ABSL_FLAG(std::string, bin_dir, "", "folder of bedside_ingest and bedside_server; empty: of this build");
ABSL_FLAG(bool, print, false, "a line for every cited sentence: question, abstract, what its section is, sentence");
ABSL_FLAG(std::string, json, "", "file for what was measured; empty: none");
ABSL_FLAG(std::string, report, "", "file for a page of tables, HTML; empty: none");

namespace bedside {
namespace {

constexpr double kGoalPercent = 2;

struct Counts {
  size_t asked = 0;
  size_t answered = 0;
  size_t cited = 0;
  size_t no_findings = 0;
};

absl::StatusOr<std::unique_ptr<ServedDataset>> Serve(const std::vector<LabelledAbstract>& abstracts) {
  ServedDatasetOptions options;
  options.folder = absl::GetFlag(FLAGS_store);
  if (options.folder.empty()) return absl::InvalidArgumentError("--store: name a folder that exists");
  RETURN_IF_ERROR(ReadTextprotoConfig(absl::GetFlag(FLAGS_config), &options.config));
  RETURN_IF_ERROR(FindPrograms(absl::GetFlag(FLAGS_bin_dir), &options));
  options.corpus_path = absl::StrCat(options.folder, "/abstracts.json");
  RETURN_IF_ERROR(WriteAbstracts(abstracts, absl::GetFlag(FLAGS_labels), options.corpus_path));
  return ServedDataset::Create(options);
}

absl::string_view NameOf(SectionRole role) {
  if (role == SectionRole::kNeutral) return "unlabelled";
  return role == SectionRole::kFinding ? "finding" : "no finding";
}

void Count(const std::string& question, const std::vector<CitedSentence>& cited, Counts* counts) {
  counts->cited += cited.size();
  for (const CitedSentence& sentence : cited) {
    counts->no_findings += sentence.role == SectionRole::kNoFinding ? 1 : 0;
    if (!absl::GetFlag(FLAGS_print)) continue;
    std::cout << question << "\t" << sentence.id << "\t" << NameOf(sentence.role) << "\t" << sentence.text << "\n";
  }
}

absl::StatusOr<Counts> AskAll(const std::vector<LabelledAbstract>& abstracts, AnswerHalf half,
                              const AnswerClient& client) {
  const CitedSections sections(abstracts);
  Counts counts;
  for (const LabelledAbstract& abstract : abstracts) {
    if (abstract.question.empty() || HalfOf(abstract.id) != half) continue;
    ASSIGN_OR_RETURN(const AskedQuestion asked, client.Ask(abstract.question));
    ++counts.asked;
    counts.answered += asked.answer.has_text() ? 1 : 0;
    Count(abstract.id, sections.Of(asked.answer), &counts);
  }
  return counts;
}

std::string Page(const Counts& counts, const std::vector<MeasuredGoal>& goals) {
  const HtmlTable table{
      "Questions of PubMedQA, asked of its abstracts",
      {"abstracts", "asked", "answered", "sentences cited", "of background, aims and methods"},
      {{absl::GetFlag(FLAGS_labels) ? "with their labels" : "without labels", absl::StrCat(counts.asked),
        absl::StrCat(counts.answered), absl::StrCat(counts.cited), absl::StrCat(counts.no_findings)}}};
  return PageHtml("Which sections answers cite", absl::StrCat(TableHtml(GoalTable(goals)), TableHtml(table)));
}

absl::Status Report(const Counts& counts) {
  std::vector<MeasuredGoal> goals;
  if (counts.cited > 0) {
    goals.push_back(ShareGoal("cited sentences from background, aims and methods", counts.no_findings, counts.cited,
                              Goal::Wants::kAtMost, kGoalPercent));
  }
  std::cout << counts.answered << " of " << counts.asked << " questions answered\n" << MeasuredGoalsText(goals);
  if (const std::string path = absl::GetFlag(FLAGS_report); !path.empty()) {
    RETURN_IF_ERROR(WriteTextFile(Page(counts, goals), path));
  }
  const std::string path = absl::GetFlag(FLAGS_json);
  if (path.empty()) return absl::OkStatus();
  const nlohmann::json json = {
      {"asked", counts.asked}, {"answered", counts.answered}, {"goals", MeasuredGoalsJson(goals)}};
  return WriteTextFile(absl::StrCat(json.dump(1), "\n"), path);
}

absl::Status Run() {
  ASSIGN_OR_RETURN(const AnswerHalf half, ParseAnswerHalf(absl::GetFlag(FLAGS_half)));
  ASSIGN_OR_RETURN(const std::vector<LabelledAbstract> abstracts, ReadLabelledAbstracts(absl::GetFlag(FLAGS_pubmedqa)));
  ASSIGN_OR_RETURN(const auto server, Serve(abstracts));
  ASSIGN_OR_RETURN(const Counts counts, AskAll(abstracts, half, AnswerClient(server->address(), 1)));
  return Report(counts);
}

}  // namespace
}  // namespace bedside

int main(int argc, char** argv) {
  absl::SetProgramUsageMessage(
      "How many of the sentences that answers cite are background, aims or methods, with 95 % intervals beside the "
      "goals.");
  absl::ParseCommandLine(argc, argv);
  const absl::Status status = bedside::Run();
  if (status.ok()) return 0;
  std::cerr << "section_eval: " << status.message() << "\n";
  return absl::IsInvalidArgument(status) || absl::IsNotFound(status) ? 2 : 1;
}
