#include "tools/eval/sections/labelled_abstract.h"

#include <fstream>
#include <sstream>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "ingest/connectors/json_text.h"
#include "ingest/connectors/section_label.h"
#include "nlohmann/json.hpp"
#include "proto/bedside/storage/passage.pb.h"

namespace bedside {
namespace {

SectionRole RoleOfHeading(const std::string& heading) {
  storage::Passage passage;
  passage.set_section_label(SectionLabel(heading, ""));
  *passage.add_heading_path() = heading;
  return RoleOf(passage);
}

// Without sections where a label is missing.
LabelledAbstract AbstractOf(const std::string& id, const nlohmann::json& record) {
  LabelledAbstract abstract{id, JsonString(record, "QUESTION"), {}};
  const std::vector<std::string> texts = JsonStrings(record, "CONTEXTS");
  const std::vector<std::string> labels = JsonStrings(record, "LABELS");
  if (texts.size() != labels.size()) return abstract;
  for (size_t i = 0; i < texts.size(); ++i) {
    abstract.sections.push_back({labels[i], RoleOfHeading(labels[i]), texts[i]});
  }
  const std::string conclusion = JsonString(record, "LONG_ANSWER");
  if (!conclusion.empty()) abstract.sections.push_back({"CONCLUSIONS", SectionRole::kFinding, conclusion});
  return abstract;
}

nlohmann::json RecordOf(const LabelledAbstract& abstract, bool labelled) {
  nlohmann::json texts = nlohmann::json::array();
  nlohmann::json labels = nlohmann::json::array();
  if (!labelled) texts.push_back(abstract.Text());
  for (const LabelledSection& section : abstract.sections) {
    if (!labelled) break;
    texts.push_back(section.text);
    labels.push_back(section.label);
  }
  return {{"QUESTION", ""}, {"CONTEXTS", texts}, {"LABELS", labels}};
}

}  // namespace

std::string LabelledAbstract::Text() const {
  return absl::StrJoin(sections, " ",
                       [](std::string* out, const LabelledSection& section) { out->append(section.text); });
}

absl::StatusOr<std::vector<LabelledAbstract>> ReadLabelledAbstracts(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  if (!file) return absl::NotFoundError(absl::StrCat(path, " cannot be opened"));
  std::stringstream text;
  text << file.rdbuf();
  std::vector<LabelledAbstract> abstracts;
  const nlohmann::json records = ParseJson(text.str());
  if (records.is_object()) {
    for (const auto& [id, record] : records.items()) {
      LabelledAbstract abstract = AbstractOf(id, record);
      if (!abstract.sections.empty()) abstracts.push_back(std::move(abstract));
    }
  }
  if (!abstracts.empty()) return abstracts;
  return absl::InvalidArgumentError(
      absl::StrCat(path, ": wanted PubMedQA, an object of records with CONTEXTS and as many LABELS; got none"));
}

absl::Status WriteAbstracts(const std::vector<LabelledAbstract>& abstracts, bool labelled, const std::string& path) {
  nlohmann::json records = nlohmann::json::object();
  for (const LabelledAbstract& abstract : abstracts) records[abstract.id] = RecordOf(abstract, labelled);
  std::ofstream file(path, std::ios::binary);
  file << records.dump(1, ' ', false, nlohmann::json::error_handler_t::replace) << std::flush;
  return file.good() ? absl::OkStatus() : absl::InternalError(absl::StrCat(path, " cannot be written"));
}

}  // namespace bedside
