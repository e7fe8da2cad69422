#include "services/hooks/hook_card.h"

#include <set>
#include <vector>

#include "absl/algorithm/container.h"
#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_replace.h"
#include "absl/strings/string_view.h"
#include "absl/strings/strip.h"
#include "services/hooks/markdown_text.h"

namespace bedside {
namespace {

using Json = nlohmann::ordered_json;

// "One-sentence, <140-character summary message".
constexpr size_t kSummaryCharacters = 140;

// Evidence in the order in which the sentences cite it first.
std::vector<int> CitedEvidence(const v1::Answer& answer) {
  std::vector<int> cited;
  for (const v1::AnswerSentence& sentence : answer.text().sentences()) {
    for (const v1::Citation& citation : sentence.citations()) {
      if (!absl::c_linear_search(cited, citation.evidence_number())) cited.push_back(citation.evidence_number());
    }
  }
  return cited;
}

// By the numbers that warnings use as well.
std::string NumbersOf(const v1::AnswerSentence& sentence) {
  std::set<int> numbers;
  for (const v1::Citation& citation : sentence.citations()) numbers.insert(citation.evidence_number());
  return absl::StrJoin(numbers, ", ");
}

// Where a person can read the document; empty where it says of no place.
std::string AddressOf(const v1::Document& document) {
  std::string address;
  for (const v1::ExternalId& id : document.external_ids()) {
    if (id.scheme() == "url") return id.value();
    if (id.scheme() == "doi") address = absl::StrCat("https://doi.org/", id.value());
    if (id.scheme() == "pmid" && address.empty()) {
      address = absl::StrCat("https://pubmed.ncbi.nlm.nih.gov/", id.value(), "/");
    }
  }
  return address;
}

std::string DateText(const v1::Date& date) {
  if (date.year() == 0) return "no date";
  if (date.month() == 0) return absl::StrFormat("%04d", date.year());
  if (date.day() == 0) return absl::StrFormat("%04d-%02d", date.year(), date.month());
  return absl::StrFormat("%04d-%02d-%02d", date.year(), date.month(), date.day());
}

// "randomized trial" of DOCUMENT_KIND_RANDOMIZED_TRIAL.
std::string KindText(v1::DocumentKind kind) {
  const std::string name = v1::DocumentKind_Name(kind);
  return absl::AsciiStrToLower(absl::StrReplaceAll(absl::StripPrefix(name, "DOCUMENT_KIND_"), {{"_", " "}}));
}

std::string StatusText(const v1::Document& document) {
  if (document.status() == v1::DOCUMENT_STATUS_CURRENT) return "";
  const std::string name = v1::DocumentStatus_Name(document.status());
  return absl::AsciiStrToLower(absl::StrReplaceAll(absl::StripPrefix(name, "DOCUMENT_STATUS_"), {{"_", " "}}));
}

std::string SourceLine(const v1::Document& document) {
  std::vector<std::string> about = {MarkdownLink(document.title(), AddressOf(document))};
  for (const std::string& part :
       {document.publisher(), KindText(document.kind()), DateText(document.publication_date()),
        document.evidence_system(), StatusText(document)}) {
    if (!part.empty()) about.push_back(MarkdownText(part));
  }
  return absl::StrJoin(about, ", ");
}

std::string DetailOf(const v1::Answer& answer, const std::vector<int>& cited) {
  std::string detail;
  for (const v1::AnswerSentence& sentence : answer.text().sentences()) {
    absl::StrAppend(&detail, MarkdownText(sentence.text()), " \\[", NumbersOf(sentence), "\\]\n\n");
  }
  for (const v1::AnswerWarning& warning : answer.basis().warnings()) {
    absl::StrAppend(&detail, "**Note** ", MarkdownText(warning.message()), "\n\n");
  }
  for (const int number : cited) {
    absl::StrAppend(&detail, "- \\[", number, "\\] ", SourceLine(answer.basis().evidence(number - 1).document()), "\n");
  }
  return detail;
}

std::string SystemOf(const config::HookCoding& coding, const std::string& base_url) {
  return coding.system().empty() ? absl::StrCat(base_url, "/cds-services") : coding.system();
}

Json CodingOf(const config::HookCoding& coding, const std::string& base_url) {
  Json json = {{"system", SystemOf(coding, base_url)}, {"code", coding.code()}};
  if (!coding.display().empty()) json["display"] = coding.display();
  return json;
}

Json SourceOf(const config::HookRule& rule, const v1::Document& document, const std::string& base_url) {
  Json source = {{"label", document.publisher().empty() ? document.title() : document.publisher()}};
  const std::string address = AddressOf(document);
  if (absl::StartsWith(address, "https://")) source["url"] = address;
  if (rule.has_topic()) source["topic"] = CodingOf(rule.topic(), base_url);
  return source;
}

}  // namespace

absl::string_view NameOf(config::HookIndicator indicator) {
  switch (indicator) {
    case config::HOOK_INDICATOR_WARNING:
      return "warning";
    case config::HOOK_INDICATOR_CRITICAL:
      return "critical";
    default:
      return "info";
  }
}

bool CitesEvidence(const v1::Answer& answer) {
  return absl::c_any_of(answer.text().sentences(),
                        [](const v1::AnswerSentence& sentence) { return sentence.citations_size() > 0; });
}

absl::optional<std::string> SystemOfReason(const config::HookRule& rule, absl::string_view system,
                                           absl::string_view code, const std::string& base_url) {
  for (const config::HookCoding& reason : rule.override_reasons()) {
    std::string offered = SystemOf(reason, base_url);
    if (reason.code() == code && (system.empty() || system == offered)) return offered;
  }
  return absl::nullopt;
}

Json MakeCard(const config::HookRule& rule, const std::string& summary, const v1::Answer& answer, const CardIds& ids,
              const std::string& base_url) {
  const std::vector<int> cited = CitedEvidence(answer);
  Json card = {{"uuid", ids.card},
               {"summary", CutAtWord(summary, kSummaryCharacters)},
               {"detail", DetailOf(answer, cited)},
               {"indicator", std::string(NameOf(rule.indicator()))},
               {"source", SourceOf(rule, answer.basis().evidence(cited.front() - 1).document(), base_url)}};
  if (!rule.accept_label().empty()) {
    card["suggestions"] = Json::array({{{"label", rule.accept_label()}, {"uuid", ids.suggestion}}});
    card["selectionBehavior"] = "at-most-one";
  }
  for (const config::HookCoding& reason : rule.override_reasons()) {
    card["overrideReasons"].push_back(CodingOf(reason, base_url));
  }
  if (!answer.name().empty()) {
    card["links"] = Json::array({{{"label", "The whole answer and its sources"},
                                  {"url", absl::StrCat(base_url, "/#/answer/", answer.name())},
                                  {"type", "absolute"}}});
  }
  return card;
}

}  // namespace bedside
