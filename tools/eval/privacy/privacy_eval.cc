// How well de-identification does: what it finds of identifiers that were put into questions, and what of the words of
// medicine it takes for one.
#include <fstream>
#include <iomanip>
#include <iostream>
#include <map>
#include <nlohmann/json.hpp>
#include <sstream>

#include "absl/flags/flag.h"
#include "absl/flags/parse.h"
#include "absl/status/status.h"
#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "index/status/status_macros.h"
#include "services/privacy/deidentifier.h"
#include "tools/eval/privacy/name_stock.h"
#include "tools/eval/privacy/planted_text.h"

ABSL_FLAG(std::string, questions, "", "BEIR queries.jsonl whose texts identifiers are put into");
ABSL_FLAG(std::string, fhir, "", "folder of FHIR bundles, for their names");
ABSL_FLAG(std::vector<std::string>, texts, {}, "files without identifiers of patients: the share of words taken out");
ABSL_FLAG(bool, develop, false, "the templates and names that may be looked at; otherwise those for reporting");
ABSL_FLAG(int, rounds, 100, "texts a template");
ABSL_FLAG(bool, show, false, "print what was missed and what was taken out wrongly; with --develop only");

namespace bedside {
namespace {

constexpr size_t kParagraphBytes = 60'000;

struct Tally {
  int planted = 0, covered = 0;
  // Spans that were reported as of the kind, and those of them that overlap what was planted.
  int reported = 0, right = 0;
};

struct Tallies {
  std::map<v1::IdentifierKind, Tally> of_kind;
  Tally listed_names, other_names;
};

// Every letter and digit of the identifier is in a span.
bool IsCovered(const PlantedText& planted, const std::vector<IdentifiedSpan>& spans) {
  for (uint32_t i = planted.span.begin; i < planted.span.end; ++i) {
    if (!absl::ascii_isalnum(static_cast<unsigned char>(planted.text[i]))) continue;
    const bool inside = std::any_of(spans.begin(), spans.end(), [i](const IdentifiedSpan& found) {
      return found.span.begin <= i && i < found.span.end;
    });
    if (!inside) return false;
  }
  return true;
}

void Show(const char* what, const std::string& text, const std::string& made) {
  if (absl::GetFlag(FLAGS_show) && absl::GetFlag(FLAGS_develop))
    std::cout << what << ": " << text << " => " << made << "\n";
}

void Count(const PlantedText& planted, const DeidentifiedText& done, Tallies* tallies) {
  const bool covered = IsCovered(planted, done.spans);
  Tally& tally = tallies->of_kind[planted.kind];
  ++tally.planted;
  tally.covered += covered;
  if (!covered) Show("missed", planted.text, done.text);
  if (planted.kind == v1::IDENTIFIER_KIND_NAME) {
    Tally& names = planted.listed ? tallies->listed_names : tallies->other_names;
    ++names.planted;
    names.covered += covered;
  }
  for (const IdentifiedSpan& found : done.spans) {
    Tally& kind = tallies->of_kind[found.kind];
    ++kind.reported;
    const bool is_right = found.span.Overlaps(planted.span);
    kind.right += is_right;
    if (!is_right) Show("wrong", planted.text, done.text);
  }
}

std::vector<std::string> ReadQuestions(const std::string& path) {
  std::vector<std::string> questions;
  std::ifstream file(path);
  for (std::string line; std::getline(file, line);) {
    const nlohmann::json query = nlohmann::json::parse(line, nullptr, false);
    if (query.is_object() && query.contains("text")) questions.push_back(query["text"]);
  }
  return questions;
}

void PrintTally(const std::string& name, const Tally& tally) {
  std::cout << "| " << name << " | " << tally.planted << " | " << std::fixed << std::setprecision(3)
            << (tally.planted == 0 ? 0.0 : static_cast<double>(tally.covered) / tally.planted) << " | ";
  if (tally.reported == 0) {
    std::cout << "- |\n";
  } else {
    std::cout << static_cast<double>(tally.right) / tally.reported << " |\n";
  }
}

void PrintTallies(const Tallies& tallies) {
  std::cout << "| kind | planted | recall | precision |\n|---|---|---|---|\n";
  Tally structured;
  for (const auto& [kind, tally] : tallies.of_kind) {
    PrintTally(v1::IdentifierKind_Name(kind).substr(16), tally);
    if (kind == v1::IDENTIFIER_KIND_NAME || kind == v1::IDENTIFIER_KIND_PLACE) continue;
    structured.planted += tally.planted;
    structured.covered += tally.covered;
    structured.reported += tally.reported;
    structured.right += tally.right;
  }
  PrintTally("all structured", structured);
  PrintTally("names in the lists", tallies.listed_names);
  PrintTally("names outside of the lists", tallies.other_names);
}

absl::Status MeasurePlanted(const Deidentifier& deidentifier) {
  const bool for_report = !absl::GetFlag(FLAGS_develop);
  const std::vector<std::string> questions = ReadQuestions(absl::GetFlag(FLAGS_questions));
  if (questions.empty()) return absl::NotFoundError("--questions has no questions, wanted BEIR queries.jsonl");
  ASSIGN_OR_RETURN(NameStock stock, ReadNameStock(absl::GetFlag(FLAGS_fhir), for_report));
  TextPlanter planter(std::move(stock), 20'261'126);
  Tallies tallies;
  size_t next = 0;
  for (const IdentifierTemplate& form : for_report ? ReportedTemplates() : IdentifierTemplates()) {
    for (int i = 0; i < absl::GetFlag(FLAGS_rounds); ++i) {
      const PlantedText planted = planter.Plant(form, questions[next++ % questions.size()]);
      Placeholders placeholders;
      ASSIGN_OR_RETURN(const DeidentifiedText done, deidentifier.Deidentify(planted.text, {}, &placeholders));
      Count(planted, done, &tallies);
    }
  }
  PrintTallies(tallies);
  return absl::OkStatus();
}

size_t WordsIn(absl::string_view text) {
  return std::vector<absl::string_view>(absl::StrSplit(text, absl::ByAnyChar(" \n\t"), absl::SkipWhitespace())).size();
}

absl::Status MeasureText(const Deidentifier& deidentifier, const std::string& path) {
  std::ifstream file(path);
  if (!file) return absl::NotFoundError(absl::StrCat("--texts: cannot read ", path));
  size_t words = 0, masked = 0;
  std::map<v1::IdentifierKind, size_t> of_kind;
  for (std::string line; std::getline(file, line);) {
    if (line.size() > kParagraphBytes) continue;
    Placeholders placeholders;
    const auto done = deidentifier.Deidentify(line, {}, &placeholders);
    if (!done.ok()) return done.status();
    words += WordsIn(line);
    for (const IdentifiedSpan& found : done->spans) {
      const size_t count = WordsIn(absl::string_view(line).substr(found.span.begin, found.span.size()));
      masked += count;
      of_kind[found.kind] += count;
    }
    if (!done->spans.empty()) Show("text", line, done->text);
  }
  std::cout << path << ": " << words << " words, " << masked << " taken out, " << std::setprecision(3)
            << 100.0 * static_cast<double>(masked) / static_cast<double>(std::max<size_t>(words, 1)) << " %";
  for (const auto& [kind, count] : of_kind)
    std::cout << "; " << v1::IdentifierKind_Name(kind).substr(16) << " " << count;
  std::cout << "\n";
  return absl::OkStatus();
}

absl::Status Run() {
  ASSIGN_OR_RETURN(const std::unique_ptr<Deidentifier> deidentifier, Deidentifier::Create());
  if (!absl::GetFlag(FLAGS_questions).empty()) RETURN_IF_ERROR(MeasurePlanted(*deidentifier));
  for (const std::string& path : absl::GetFlag(FLAGS_texts)) RETURN_IF_ERROR(MeasureText(*deidentifier, path));
  return absl::OkStatus();
}

}  // namespace
}  // namespace bedside

int main(int argc, char** argv) {
  absl::ParseCommandLine(argc, argv);
  const absl::Status status = bedside::Run();
  if (!status.ok()) std::cerr << "privacy_eval: " << status.message() << "\n";
  return status.ok() ? 0 : 1;
}
