#include "tools/eval/medquad_dataset.h"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <system_error>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/str_replace.h"
#include "index/status/status_macros.h"
#include "ingest/connectors/document_id.h"
#include "ingest/connectors/medquad_connector.h"
#include "ingest/connectors/xml_element.h"
#include "tools/eval/dataset_files.h"

namespace bedside {
namespace {

struct Pair {
  std::string question;
  std::string type;
  // Of the answer.
  std::string document;
};

std::string Escaped(absl::string_view text) {
  return absl::StrReplaceAll(text, {{"&", "&amp;"}, {"<", "&lt;"}, {">", "&gt;"}, {"\"", "&quot;"}});
}

void AppendXml(const XmlElement& element, std::string* xml) {
  if (element.is_text()) {
    absl::StrAppend(xml, Escaped(element.text));
    return;
  }
  absl::StrAppend(xml, "<", element.name);
  for (const auto& [name, value] : element.attributes) absl::StrAppend(xml, " ", name, "=\"", Escaped(value), "\"");
  absl::StrAppend(xml, ">");
  for (const XmlElement& child : element.children) AppendXml(child, xml);
  absl::StrAppend(xml, "</", element.name, ">");
}

// The dialects of the files differ in the case of names only, and in what they call ids and sources.
XmlElement* ChildNamed(absl::string_view name, XmlElement* element) {
  const auto found = std::find_if(element->children.begin(), element->children.end(), [name](const XmlElement& child) {
    return absl::AsciiStrToLower(child.name) == name;
  });
  return found == element->children.end() ? nullptr : &*found;
}

std::string TakeAttribute(std::initializer_list<absl::string_view> names, XmlElement* element) {
  std::string taken;
  for (absl::string_view name : names) {
    if (taken.empty()) taken = std::string(absl::StripAsciiWhitespace(element->Attribute(name)));
    auto& attributes = element->attributes;
    attributes.erase(std::remove_if(attributes.begin(), attributes.end(),
                                    [name](const auto& attribute) { return attribute.first == name; }),
                     attributes.end());
  }
  return taken;
}

// Writes each answer of a page as a page of its own.
class AnswerWriter {
 public:
  explicit AnswerWriter(std::string folder) : folder_(std::move(folder)) {}

  absl::Status Write(XmlElement page) {
    XmlElement* pairs = ChildNamed("qapairs", &page);
    if (pairs == nullptr) return absl::OkStatus();
    const std::string source = TakeAttribute({"source", "corpus"}, &page);
    const std::string id = TakeAttribute({"id", "fid", "docid"}, &page);
    std::vector<XmlElement> all = std::move(pairs->children);
    for (XmlElement& pair : all) {
      XmlElement* question = ChildNamed("question", &pair);
      const XmlElement* answer = ChildNamed("answer", &pair);
      if (question == nullptr || answer == nullptr) continue;
      ++answers_;
      const std::string answer_id = id.empty() ? absl::StrCat("answer-", answers_) : absl::StrCat(id, "-", answers_);
      result_.push_back({question->Text(), TakeAttribute({"qtype"}, question),
                         DocumentId(absl::StrCat("medquad-", source, "-", answer_id))});
      question->children.clear();
      pairs->children = {std::move(pair)};
      RETURN_IF_ERROR(WritePage(page, source, answer_id));
    }
    return absl::OkStatus();
  }

  std::vector<Pair> Take() { return std::move(result_); }

 private:
  absl::Status WritePage(XmlElement page, const std::string& source, const std::string& id) {
    page.attributes.emplace_back("id", id);
    page.attributes.emplace_back("source", source);
    std::string xml;
    AppendXml(page, &xml);
    const std::string path = absl::StrFormat("%s/%06d.xml", folder_, answers_);
    std::ofstream file(path, std::ios::binary);
    file << xml << std::flush;
    return file.good() ? absl::OkStatus() : absl::InternalError(absl::StrCat(path, " cannot be written"));
  }

  const std::string folder_;
  size_t answers_ = 0;
  std::vector<Pair> result_;
};

absl::StatusOr<std::vector<Pair>> WriteAnswers(const std::string& path, const std::string& folder) {
  std::error_code error;
  std::filesystem::remove_all(folder, error);
  std::filesystem::create_directories(folder, error);
  AnswerWriter writer(folder);
  const MedquadConnector connector;
  absl::Status status;
  RETURN_IF_ERROR(ForEachSourceFile(path, [&](const SourceFile& file) {
    if (!connector.Recognises(file)) return true;
    const auto problem =
        ReadRecords(file.bytes, {"Document", "DiseaseFile", "doc"}, [&](const XmlElement& page, size_t) {
          status = writer.Write(page);
          return status.ok();
        });
    if (problem.has_value() && status.ok()) {
      status = absl::InvalidArgumentError(absl::StrCat(file.name, ", ", problem->location(), ": ", problem->reason));
    }
    return status.ok();
  }));
  RETURN_IF_ERROR(status);
  return writer.Take();
}

// Joins the pairs into questions, in the order of their first answers.
void AddQuestions(const std::vector<Pair>& pairs, const std::vector<CorpusDocument>& documents,
                  EvaluationDataset* dataset) {
  absl::flat_hash_map<std::string, std::string> text_of;
  absl::flat_hash_map<std::string, std::vector<std::string>> documents_of;
  for (const CorpusDocument& document : documents) {
    text_of[document.id] = document.text;
    documents_of[document.text].push_back(document.id);
  }
  absl::flat_hash_map<std::string, size_t> place_of;
  for (const Pair& pair : pairs) {
    const auto text = text_of.find(pair.document);
    if (pair.question.empty() || text == text_of.end()) {
      ++dataset->unjudged_questions;
      continue;
    }
    const auto [place, is_new] = place_of.try_emplace(absl::AsciiStrToLower(pair.question), dataset->questions.size());
    if (is_new) dataset->questions.push_back({pair.document, pair.question, pair.type, {}});
    for (const std::string& id : documents_of[text->second]) dataset->questions[place->second].judgements[id] = 1;
  }
}

}  // namespace

bool IsMedquadDataset(const std::string& path) {
  bool found = false;
  const MedquadConnector connector;
  // What cannot be read is not recognised.
  ForEachSourceFile(path, [&](const SourceFile& file) {
    found = connector.Recognises(file);
    return !found;
  }).IgnoreError();
  return found;
}

absl::StatusOr<EvaluationDataset> ReadMedquadDataset(const std::string& path, const std::string& folder) {
  EvaluationDataset dataset;
  dataset.name = DatasetName(path);
  dataset.format = "medquad";
  dataset.corpus_path = absl::StrCat(folder, "/medquad");
  ASSIGN_OR_RETURN(const std::vector<Pair> pairs, WriteAnswers(path, dataset.corpus_path));
  ASSIGN_OR_RETURN(const std::vector<CorpusDocument> documents, ReadCorpusDocuments(dataset.corpus_path));
  AddQuestions(pairs, documents, &dataset);
  if (!dataset.questions.empty()) return dataset;
  return absl::InvalidArgumentError(absl::StrCat(path, ": no question has an answer"));
}

}  // namespace bedside
