#include "services/answer/passage_check.h"

#include <algorithm>
#include <map>
#include <numeric>
#include <utility>

#include "absl/memory/memory.h"
#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "index/status/status_macros.h"
#include "services/answer/checked_evidence.h"
#include "services/answer/citation_parser.h"
#include "services/grounding/grounding.h"
#include "services/resources/evidence_messages.h"
#include "services/resources/view_messages.h"

namespace bedside {
namespace {

// Between two looks whether anybody waits.
constexpr size_t kClaimsAtOnce = 8;

// What the passages of one request become.
struct CheckedSources {
  std::vector<GroundingSource> sources;
  TextBegins begins;
  std::vector<v1::CheckedPassage> passages;
};

// Reads passages; those of one corpus from one view.
class SourceReader {
 public:
  SourceReader(const EvidenceEngine* engine, const AccessLabels& labels) : engine_(engine), labels_(labels) {}

  absl::Status Read(const PassageToCheck& passage, CheckedSources* checked) {
    if (passage.name.has_value()) return ReadNamed(*passage.name, checked);
    checked->sources.push_back({passage.title, "", "", passage.text});
    checked->begins.push_back(0);
    checked->passages.emplace_back();
    return absl::OkStatus();
  }

 private:
  absl::Status ReadNamed(const PassageName& name, CheckedSources* checked) {
    ASSIGN_OR_RETURN(const std::shared_ptr<const EvidenceView> view, ViewOf(name.document.corpus));
    ASSIGN_OR_RETURN(const size_t index, FindShownDocument(*view, name.document.document));
    ASSIGN_OR_RETURN(const absl::optional<PassageOrdinal> ordinal, engine_->FindPassage(*view, index, name.span));
    if (!ordinal.has_value()) {
      return absl::NotFoundError(absl::StrCat("document ", name.document.document, " has no passage ", name.span.begin,
                                              "-", name.span.end, " in its current version. Search again."));
    }
    ASSIGN_OR_RETURN(const std::vector<FoundPassage> found, engine_->Read(*view, {*ordinal}));
    const DocumentStanding standing = StandingOf(*view, index);
    EvidencePassage evidence;
    evidence.document = found[0].document;
    evidence.passage = found[0].passage;
    evidence.status = standing.status;
    checked->sources.push_back(SourceOf(evidence));
    checked->begins.push_back(evidence.passage.begin());
    checked->passages.emplace_back();
    *checked->passages.back().mutable_document() = DocumentMessage(name.document.corpus, *evidence.document, standing);
    return absl::OkStatus();
  }

  absl::StatusOr<std::shared_ptr<const EvidenceView>> ViewOf(const std::string& corpus) {
    std::shared_ptr<const EvidenceView>& view = views_[corpus];
    if (view == nullptr) {
      ASSIGN_OR_RETURN(view, engine_->View(corpus));
      view = EvidenceView::VisibleTo(labels_, view);
    }
    return view;
  }

  const EvidenceEngine* engine_;
  const AccessLabels& labels_;
  std::map<std::string, std::shared_ptr<const EvidenceView>> views_;
};

std::vector<int> NumbersUpTo(size_t count) {
  std::vector<int> numbers(count);
  std::iota(numbers.begin(), numbers.end(), 1);
  return numbers;
}

absl::StatusOr<std::vector<CitedSentence>> SentencesOf(const std::string& text, const SentenceSplitter& splitter,
                                                       size_t passages) {
  CitationParser parser(&splitter, NumbersUpTo(passages), UncitedSentences::kKeep);
  std::vector<CitedSentence> sentences = parser.Add(text);
  for (CitedSentence& sentence : parser.Finish(/*cut_off=*/false)) sentences.push_back(std::move(sentence));
  if (sentences.size() <= kMaxCheckedSentences) return sentences;
  return absl::InvalidArgumentError(absl::StrCat("text has ", sentences.size(), " sentences, wanted at most ",
                                                 kMaxCheckedSentences, ": check it in parts"));
}

// Those that the sentence cites; all where it cites none.
std::vector<Claim> ClaimsOf(const std::vector<CitedSentence>& sentences, size_t passages) {
  std::vector<Claim> claims;
  for (const CitedSentence& sentence : sentences) {
    claims.push_back({sentence.text, sentence.numbers.empty() ? NumbersUpTo(passages) : sentence.numbers});
  }
  return claims;
}

absl::StatusOr<std::vector<GroundingVerdict>> VerdictsOn(absl::Span<const Claim> claims, const WorkLimit& until,
                                                         Grounding* grounding) {
  std::vector<GroundingVerdict> verdicts;
  for (; !claims.empty(); claims.remove_prefix(std::min(kClaimsAtOnce, claims.size()))) {
    RETURN_IF_ERROR(until.Check("to check sentences"));
    for (GroundingVerdict& verdict : grounding->Check(claims.subspan(0, kClaimsAtOnce))) {
      verdicts.push_back(std::move(verdict));
    }
  }
  return verdicts;
}

void AddIssue(v1::GroundingIssueKind kind, int number, v1::CheckedSentence* sentence) {
  v1::GroundingIssue& issue = *sentence->add_issues();
  issue.set_kind(kind);
  issue.set_said(sentence->text());
  issue.set_evidence_number(number);
}

void CheckStanding(const CheckedSources& checked, v1::CheckedSentence* sentence) {
  for (const v1::Citation& citation : sentence->citations()) {
    const v1::DocumentStatus status =
        checked.passages[static_cast<size_t>(citation.evidence_number()) - 1].document().status();
    if (status != v1::DOCUMENT_STATUS_RETRACTED && status != v1::DOCUMENT_STATUS_WITHDRAWN) continue;
    AddIssue(v1::GROUNDING_ISSUE_KIND_SOURCE_RETRACTED, citation.evidence_number(), sentence);
    return;
  }
}

v1::CheckedSentence MessageOf(const CitedSentence& cited, const GroundingVerdict& verdict,
                              const CheckedSources& checked) {
  v1::CheckedSentence sentence;
  sentence.set_text(cited.text);
  if (cited.numbers.empty() && cited.cites_unknown) {
    AddIssue(v1::GROUNDING_ISSUE_KIND_UNKNOWN_CITATION, 0, &sentence);
    return sentence;
  }
  for (v1::Citation& citation : CitationsOf(verdict, checked.begins)) *sentence.add_citations() = std::move(citation);
  for (v1::GroundingIssue& issue : IssuesOf(verdict, cited.text, checked.begins)) {
    *sentence.add_issues() = std::move(issue);
  }
  CheckStanding(checked, &sentence);
  sentence.set_supported(sentence.issues().empty());
  return sentence;
}

}  // namespace

absl::StatusOr<std::unique_ptr<PassageCheck>> PassageCheck::Create(const EvidenceEngine* engine,
                                                                   const Embedder* embedder) {
  auto check = absl::WrapUnique(new PassageCheck(engine, embedder));
  ASSIGN_OR_RETURN(check->analyzer_, LexicalAnalyzer::Create());
  ASSIGN_OR_RETURN(check->splitter_, SentenceSplitter::Create());
  return check;
}

absl::StatusOr<v1::CheckGroundingResponse> PassageCheck::Check(const std::string& text,
                                                               const std::vector<PassageToCheck>& passages,
                                                               const AccessLabels& labels,
                                                               const WorkLimit& until) const {
  ASSIGN_OR_RETURN(const std::vector<CitedSentence> sentences, SentencesOf(text, *splitter_, passages.size()));
  SourceReader reader(engine_, labels);
  CheckedSources checked;
  for (const PassageToCheck& passage : passages) RETURN_IF_ERROR(reader.Read(passage, &checked));
  Grounding grounding(analyzer_.get(), *splitter_, embedder_, checked.sources);
  ASSIGN_OR_RETURN(const std::vector<GroundingVerdict> verdicts,
                   VerdictsOn(ClaimsOf(sentences, passages.size()), until, &grounding));
  v1::CheckGroundingResponse response;
  for (size_t i = 0; i < sentences.size(); ++i) {
    *response.add_sentences() = MessageOf(sentences[i], verdicts[i], checked);
  }
  for (v1::CheckedPassage& passage : checked.passages) *response.add_passages() = std::move(passage);
  if (!grounding.embedder_status().ok()) {
    response.add_degraded("grounding: the embedder failed; judged by words alone");
  }
  return response;
}

}  // namespace bedside
