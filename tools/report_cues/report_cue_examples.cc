// Writes what tools/report_cues/train.py learns from: of each abstract of PubMedQA, whose sections say what they are,
// the cues of its sentences, which of them are findings, and which tell aims or methods; and of eight sentences at a
// time of texts that report no study that they tell neither. A line of JSON an abstract or eight sentences:
//   {"id": "21645374", "cues": [["0", "0 %", ...], ...], "findings": [false, false, null, true, ...],
//    "methods": [false, true, null, false, ...]}
// null: nobody says.
#include <algorithm>
#include <cstddef>
#include <fstream>
#include <iostream>
#include <string>
#include <vector>

#include "absl/flags/flag.h"
#include "absl/flags/parse.h"
#include "absl/flags/usage.h"
#include "absl/status/statusor.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "index/hash/sha256.h"
#include "index/status/status_macros.h"
#include "index/text/sentence_splitter.h"
#include "ingest/connectors/section_label.h"
#include "nlohmann/json.hpp"
#include "services/answer/report_cues.h"
#include "tools/eval/dataset_files.h"
#include "tools/eval/sections/labelled_abstract.h"

ABSL_FLAG(std::string, pubmedqa, "", "ori_pqal.json of PubMedQA");
ABSL_FLAG(std::vector<std::string>, statements, {},
          "sources that report no studies, as bedside_ingest takes them: guidelines, pages for patients");
ABSL_FLAG(size_t, most_documents, 600, "documents of each of --statements, by a hash of their ids; at most");
ABSL_FLAG(std::string, output, "", "file to write");

namespace bedside {
namespace {

nlohmann::json IsFinding(const LabelledSection& section) {
  if (section.role == SectionRole::kNeutral) return nullptr;
  return section.role == SectionRole::kFinding;
}

// What is neither a finding nor background.
nlohmann::json IsMethod(const LabelledSection& section) {
  if (section.role == SectionRole::kNeutral) return nullptr;
  return section.role == SectionRole::kNoFinding && !absl::StrContains(SectionLabel(section.label, ""), "BACKGROUND");
}

nlohmann::json LineOf(const LabelledAbstract& abstract, const SentenceSplitter& splitter) {
  std::vector<absl::string_view> sentences;
  nlohmann::json findings = nlohmann::json::array();
  nlohmann::json methods = nlohmann::json::array();
  for (const LabelledSection& section : abstract.sections) {
    for (const Span& span : splitter.Split(section.text)) {
      sentences.push_back(absl::string_view(section.text).substr(span.begin, span.size()));
      findings.push_back(IsFinding(section));
      methods.push_back(IsMethod(section));
    }
  }
  return {{"id", abstract.id}, {"cues", ReportCues(sentences)}, {"findings", findings}, {"methods", methods}};
}

// As many as a paragraph may have.
constexpr size_t kSentencesOfAPart = 8;
constexpr size_t kMostParts = 3;

std::vector<absl::string_view> SentencesOf(absl::string_view text, const SentenceSplitter& splitter) {
  std::vector<absl::string_view> sentences;
  for (const Span& span : splitter.Split(text)) sentences.push_back(text.substr(span.begin, span.size()));
  return sentences;
}

nlohmann::json LineOf(const std::string& id, const std::vector<absl::string_view>& statements) {
  return {{"id", id},
          {"cues", ReportCues(statements)},
          {"findings", std::vector<std::nullptr_t>(statements.size())},
          {"methods", std::vector<bool>(statements.size(), false)}};
}

void WriteStatements(const CorpusDocument& document, const SentenceSplitter& splitter, std::ostream& out) {
  const std::vector<absl::string_view> sentences = SentencesOf(document.text, splitter);
  const size_t parts = std::min(sentences.size() / kSentencesOfAPart, kMostParts);
  for (size_t part = 0; part < parts; ++part) {
    const auto begin = sentences.begin() + static_cast<ptrdiff_t>(part * sentences.size() / parts);
    const std::vector<absl::string_view> statements(begin, begin + kSentencesOfAPart);
    out << LineOf(absl::StrCat(document.id, "/", part), statements).dump() << "\n";
  }
}

absl::StatusOr<std::vector<CorpusDocument>> ReadSome(const std::string& path) {
  ASSIGN_OR_RETURN(std::vector<CorpusDocument> documents, ReadCorpusDocuments(path));
  std::sort(documents.begin(), documents.end(),
            [](const CorpusDocument& a, const CorpusDocument& b) { return Sha256(a.id) < Sha256(b.id); });
  documents.resize(std::min(documents.size(), absl::GetFlag(FLAGS_most_documents)));
  return documents;
}

absl::Status Run() {
  ASSIGN_OR_RETURN(const std::vector<LabelledAbstract> abstracts, ReadLabelledAbstracts(absl::GetFlag(FLAGS_pubmedqa)));
  ASSIGN_OR_RETURN(const auto splitter, SentenceSplitter::Create());
  std::ofstream file(absl::GetFlag(FLAGS_output), std::ios::binary);
  for (const LabelledAbstract& abstract : abstracts) file << LineOf(abstract, *splitter).dump() << "\n";
  for (const std::string& path : absl::GetFlag(FLAGS_statements)) {
    ASSIGN_OR_RETURN(const std::vector<CorpusDocument> documents, ReadSome(path));
    for (const CorpusDocument& document : documents) WriteStatements(document, *splitter, file);
  }
  file.close();
  if (file.good()) return absl::OkStatus();
  return absl::UnavailableError("--output cannot be written: name a file in a folder that exists and has room");
}

}  // namespace
}  // namespace bedside

int main(int argc, char** argv) {
  absl::SetProgramUsageMessage("--pubmedqa=ori_pqal.json --statements=PATH,PATH --output=PATH");
  absl::ParseCommandLine(argc, argv);
  const absl::Status status = bedside::Run();
  if (status.ok()) return 0;
  std::cerr << "report_cue_examples: " << status.message() << '\n';
  return absl::IsInvalidArgument(status) || absl::IsNotFound(status) ? 2 : 1;
}
