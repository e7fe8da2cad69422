#include "services/rpc/evidence_service_impl.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "index/retrieval/hit_explanation.h"
#include "index/status/status_macros.h"
#include "services/resources/evidence_messages.h"
#include "services/resources/interpretation_messages.h"
#include "services/resources/resource_name.h"
#include "services/resources/view_messages.h"
#include "services/rpc/caller_view.h"
#include "services/rpc/field_violations.h"
#include "services/rpc/page_token.h"
#include "services/rpc/request_checks.h"
#include "services/trace/trace_span.h"

namespace bedside {
namespace {

constexpr size_t kDefaultHits = 10;
constexpr size_t kDefaultDocuments = 100;

absl::StatusOr<RetrievalRequest> RetrievalOf(const v1::SearchRequest& request) {
  FieldViolations violations;
  RetrievalRequest retrieval;
  retrieval.corpus = violations.Parsed("parent", ParseCorpusName(request.parent()));
  violations.CheckText("query", request.query(), kMaxQuestionBytes);
  violations.CheckRange("page_size", request.page_size(), 0, kMaxPageSize);
  CheckFilter(request.filter(), &violations);
  RETURN_IF_ERROR(violations.ToStatus());
  retrieval.question = request.query();
  retrieval.filter = request.filter();
  return retrieval;
}

// The corpus.
absl::StatusOr<std::string> Check(const v1::ListDocumentsRequest& request) {
  FieldViolations violations;
  std::string corpus = violations.Parsed("parent", ParseCorpusName(request.parent()));
  violations.CheckRange("page_size", request.page_size(), 0, kMaxPageSize);
  RETURN_IF_ERROR(violations.ToStatus());
  return corpus;
}

PageScope ScopeOf(v1::SearchRequest request, const EvidenceView& view) {
  request.clear_page_size();
  request.clear_page_token();
  request.clear_explain();
  return {absl::StrCat("Search ", request.SerializeAsString()), ViewMessage(view).SerializeAsString()};
}

void SetStages(const RankedPassage& ranked, v1::StageScores* stages) {
  const FusedPassage& passage = ranked.fused;
  if (passage.lexical.has_value()) {
    stages->set_lexical_score(passage.lexical->score);
    stages->set_lexical_rank(static_cast<int32_t>(passage.lexical->rank) + 1);
  }
  if (passage.dense.has_value()) {
    stages->set_dense_score(passage.dense->score);
    stages->set_dense_rank(static_cast<int32_t>(passage.dense->rank) + 1);
  }
  stages->set_fused_score(passage.score);
  if (ranked.judged.has_value()) stages->set_reranked_score(ranked.judged->score);
  if (ranked.cross_encoded.has_value()) stages->set_cross_encoder_score(*ranked.cross_encoded);
  if (const double prior = ranked.prior.Sum(); prior != 0) stages->set_prior(prior);
}

v1::SearchHit HitOf(const EvidenceView& view, const RankedPassage& ranked, const FoundPassage& found) {
  const std::string& corpus = view.generation().manifest().corpus();
  const DocumentStanding standing = StandingOf(view, found.document_index);
  v1::SearchHit hit;
  *hit.mutable_passage() = PassageMessage(corpus, *found.document, standing.version, found.passage);
  *hit.mutable_document() = DocumentMessage(corpus, *found.document, standing);
  hit.set_score(ranked.score);
  if (ranked.judged.has_value()) hit.set_relevance(ranked.judged->relevance);
  SetStages(ranked, hit.mutable_stages());
  return hit;
}

}  // namespace

grpc::ServerUnaryReactor* EvidenceServiceImpl::Search(grpc::CallbackServerContext* context,
                                                      const grpc::ByteBuffer* request, grpc::ByteBuffer* response) {
  return RunUnary<v1::SearchRequest, v1::SearchResponse>(
      queue_, context, request, response,
      [this](const v1::SearchRequest& request, const CallContext& call) { return Search(request, call); });
}

grpc::ServerUnaryReactor* EvidenceServiceImpl::GetDocument(grpc::CallbackServerContext* context,
                                                           const grpc::ByteBuffer* request,
                                                           grpc::ByteBuffer* response) {
  return RunUnary<v1::GetDocumentRequest, v1::Document>(
      queue_, context, request, response,
      [this](const v1::GetDocumentRequest& request, const CallContext& call) { return GetDocument(request, call); });
}

grpc::ServerUnaryReactor* EvidenceServiceImpl::ListDocuments(grpc::CallbackServerContext* context,
                                                             const grpc::ByteBuffer* request,
                                                             grpc::ByteBuffer* response) {
  return RunUnary<v1::ListDocumentsRequest, v1::ListDocumentsResponse>(
      queue_, context, request, response, [this](const v1::ListDocumentsRequest& request, const CallContext& call) {
        return ListDocuments(request, call);
      });
}

grpc::ServerUnaryReactor* EvidenceServiceImpl::GetPassage(grpc::CallbackServerContext* context,
                                                          const grpc::ByteBuffer* request, grpc::ByteBuffer* response) {
  return RunUnary<v1::GetPassageRequest, v1::Passage>(
      queue_, context, request, response,
      [this](const v1::GetPassageRequest& request, const CallContext& call) { return GetPassage(request, call); });
}

absl::StatusOr<v1::SearchResponse> EvidenceServiceImpl::Search(const v1::SearchRequest& request,
                                                               const CallContext& call) const {
  ASSIGN_OR_RETURN(RetrievalRequest retrieval, RetrievalOf(request));
  retrieval.until = call.until;
  retrieval.now = absl::Now();
  retrieval.labels = call.principal.access_labels();
  ASSIGN_OR_RETURN(const Ranking ranking, retriever_->Retrieve(retrieval));
  AddSpan("retrieve", retrieval.now, absl::Now());
  return PageOf(request, ranking);
}

absl::StatusOr<v1::SearchResponse> EvidenceServiceImpl::PageOf(const v1::SearchRequest& request,
                                                               const Ranking& ranking) const {
  const PageScope scope = ScopeOf(request, *ranking.view);
  ASSIGN_OR_RETURN(const uint64_t offset, DecodePageToken(request.page_token(), scope));
  const size_t begin = std::min<size_t>(offset, ranking.passages.size());
  const size_t end =
      std::min(begin + PageSize(request.page_size(), kDefaultHits, kMaxPageSize), ranking.passages.size());
  const auto shown = absl::MakeConstSpan(ranking.passages).subspan(begin, end - begin);
  ASSIGN_OR_RETURN(const std::vector<FoundPassage> found, engine_->Read(*ranking.view, OrdinalsOf(shown)));
  v1::SearchResponse response;
  for (size_t i = 0; i < shown.size(); ++i) {
    v1::SearchHit& hit = *response.add_hits();
    hit = HitOf(*ranking.view, shown[i], found[i]);
  }
  if (request.explain()) {
    ASSIGN_OR_RETURN(std::vector<v1::HitExplanation> explanations, ExplainHits(*engine_, ranking, shown));
    for (size_t i = 0; i < shown.size(); ++i) {
      *response.mutable_hits(static_cast<int>(i))->mutable_explanation() = std::move(explanations[i]);
    }
  }
  if (end < ranking.passages.size()) response.set_next_page_token(EncodePageToken(end, scope));
  *response.mutable_view() = ViewMessage(*ranking.view);
  for (const std::string& path : ranking.degraded) {
    response.add_degraded(path);
    if (metrics_ != nullptr) metrics_->CountDegraded(path);
  }
  const v1::Interpretation interpretation = InterpretationMessage(ranking.interpretation);
  if (interpretation.ByteSizeLong() > 0) *response.mutable_interpretation() = interpretation;
  return response;
}

absl::StatusOr<v1::Document> EvidenceServiceImpl::GetDocument(const v1::GetDocumentRequest& request,
                                                              const CallContext& call) const {
  ASSIGN_OR_RETURN(const DocumentName name, InField("name", ParseDocumentName(request.name())));
  ASSIGN_OR_RETURN(const std::shared_ptr<const EvidenceView> view, ViewFor(*engine_, name.corpus, call));
  NoteView(ViewMessage(*view), &call.record->call());
  ASSIGN_OR_RETURN(const size_t index, FindShownDocument(*view, name.document));
  ASSIGN_OR_RETURN(const std::shared_ptr<const storage::Document> document, engine_->ReadDocument(*view, index));
  return FullDocumentMessage(name.corpus, *document, StandingOf(*view, index));
}

absl::StatusOr<v1::ListDocumentsResponse> EvidenceServiceImpl::ListDocuments(const v1::ListDocumentsRequest& request,
                                                                             const CallContext& call) const {
  ASSIGN_OR_RETURN(const std::string corpus, Check(request));
  ASSIGN_OR_RETURN(const std::shared_ptr<const EvidenceView> view, ViewFor(*engine_, corpus, call));
  NoteView(ViewMessage(*view), &call.record->call());
  const PageScope scope = {absl::StrCat("ListDocuments ", corpus), ViewMessage(*view).SerializeAsString()};
  ASSIGN_OR_RETURN(const uint64_t offset, DecodePageToken(request.page_token(), scope));
  const size_t page_size = PageSize(request.page_size(), kDefaultDocuments, kMaxPageSize);
  const auto documents = view->generation().documents().size();
  std::vector<size_t> listed;
  size_t shown = 0;
  for (size_t i = 0; i < documents; ++i) {
    if (view->standing(i).status == v1::DOCUMENT_STATUS_DELETED) continue;
    const size_t position = shown++;
    if (position >= offset && position < offset + page_size) listed.push_back(i);
  }
  ASSIGN_OR_RETURN(const std::vector<storage::Document> metadata, engine_->ReadMetadata(*view, listed));
  v1::ListDocumentsResponse response;
  for (size_t i = 0; i < listed.size(); ++i) {
    *response.add_documents() = DocumentMessage(corpus, metadata[i], StandingOf(*view, listed[i]));
  }
  response.set_total_size(static_cast<int64_t>(shown));
  if (offset + page_size < shown) response.set_next_page_token(EncodePageToken(offset + page_size, scope));
  return response;
}

absl::StatusOr<v1::Passage> EvidenceServiceImpl::GetPassage(const v1::GetPassageRequest& request,
                                                            const CallContext& call) const {
  ASSIGN_OR_RETURN(const PassageName name, InField("name", ParsePassageName(request.name())));
  ASSIGN_OR_RETURN(const std::shared_ptr<const EvidenceView> view, ViewFor(*engine_, name.document.corpus, call));
  NoteView(ViewMessage(*view), &call.record->call());
  ASSIGN_OR_RETURN(const size_t index, FindShownDocument(*view, name.document.document));
  ASSIGN_OR_RETURN(const absl::optional<PassageOrdinal> ordinal, engine_->FindPassage(*view, index, name.span));
  if (ordinal.has_value()) {
    ASSIGN_OR_RETURN(const std::vector<FoundPassage> found, engine_->Read(*view, {*ordinal}));
    return PassageMessage(name.document.corpus, *found[0].document, StandingOf(*view, index).version, found[0].passage);
  }
  return absl::NotFoundError(absl::StrCat("document ", name.document.document, " has no passage ", name.span.begin, "-",
                                          name.span.end, " in its current version. Search again."));
}

}  // namespace bedside
