#include "services/rpc/outcome_service_impl.h"

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/time/civil_time.h"
#include "absl/time/clock.h"
#include "index/hash/sha256.h"
#include "index/status/status_macros.h"
#include "services/rpc/field_violations.h"
#include "services/rpc/page_token.h"
#include "services/rpc/stream_call.h"

namespace bedside {
namespace {

constexpr size_t kMaxRuleBytes = 63;
// Of the first card there can be.
constexpr absl::CivilDay kFirstDay(2020, 1, 1);

absl::CivilDay ReadDay(absl::string_view field, const v1::Date& date, FieldViolations* violations) {
  const absl::CivilDay day(date.year(), date.month(), date.day());
  const bool is_day = day.year() == date.year() && day.month() == date.month() && day.day() == date.day();
  if (!is_day || date.year() < 1) violations->Add(field, "wanted a whole date, with year, month and day");
  return day;
}

// Of a ListOutcomesRequest or an ExportOutcomesRequest.
template <typename Request>
absl::StatusOr<CardQuery> QueryOf(const Request& request) {
  FieldViolations violations;
  violations.CheckLength("rule", request.rule(), kMaxRuleBytes);
  CardQuery query{request.rule(), kFirstDay, absl::ToCivilDay(absl::Now(), absl::UTCTimeZone())};
  if (request.has_from()) query.from = ReadDay("from", request.from(), &violations);
  if (request.has_to()) query.to = ReadDay("to", request.to(), &violations);
  RETURN_IF_ERROR(violations.ToStatus());
  return query;
}

// A listing goes on while it has the same rules and days, whatever is counted of them meanwhile.
PageScope ScopeOf(const v1::ListOutcomesRequest& request, const std::vector<v1::RuleOutcomes>& all) {
  v1::ListOutcomesRequest unpaged = request;
  unpaged.clear_page_size();
  unpaged.clear_page_token();
  std::string rows;
  for (const v1::RuleOutcomes& row : all) absl::StrAppend(&rows, row.rule(), " ", row.day().SerializeAsString(), "\n");
  return {absl::StrCat("ListOutcomes ", unpaged.SerializeAsString()), Sha256(rows)};
}

}  // namespace

absl::Status OutcomeServiceImpl::CheckAllowed(const CallContext& call) const {
  RETURN_IF_ERROR(CheckGrantedAll("outcomes are", call));
  if (book_ != nullptr) return absl::OkStatus();
  return absl::FailedPreconditionError(
      "this server follows a store or a cluster and records no cards. Ask the server that writes the store.");
}

absl::StatusOr<v1::ListOutcomesResponse> OutcomeServiceImpl::List(const v1::ListOutcomesRequest& request,
                                                                  const CallContext& call) const {
  RETURN_IF_ERROR(CheckAllowed(call));
  FieldViolations violations;
  violations.CheckRange("page_size", request.page_size(), 0, kMaxPageSize);
  RETURN_IF_ERROR(violations.ToStatus());
  ASSIGN_OR_RETURN(const CardQuery query, QueryOf(request));
  ASSIGN_OR_RETURN(std::vector<v1::RuleOutcomes> all, book_->Count(query));
  const PageScope scope = ScopeOf(request, all);
  ASSIGN_OR_RETURN(const uint64_t offset, DecodePageToken(request.page_token(), scope));
  const size_t begin = std::min<size_t>(offset, all.size());
  const size_t end = std::min(begin + PageSize(request.page_size(), kMaxPageSize, kMaxPageSize), all.size());
  v1::ListOutcomesResponse response;
  for (size_t i = begin; i < end; ++i) *response.add_outcomes() = std::move(all[i]);
  if (end < all.size()) response.set_next_page_token(EncodePageToken(end, scope));
  return response;
}

absl::Status OutcomeServiceImpl::Export(const v1::ExportOutcomesRequest& request, const CallContext& call,
                                        ResponseStream* stream) const {
  RETURN_IF_ERROR(CheckAllowed(call));
  ASSIGN_OR_RETURN(const CardQuery query, QueryOf(request));
  absl::Status wanted;
  RETURN_IF_ERROR(book_->List(query, [&](const v1::CardOutcome& outcome) {
    wanted = call.until.Check("to export more");
    if (!wanted.ok()) return false;
    call.record->NoteSent();
    stream->Send(outcome);
    return true;
  }));
  return wanted;
}

grpc::ServerUnaryReactor* OutcomeServiceImpl::ListOutcomes(grpc::CallbackServerContext* context,
                                                           const grpc::ByteBuffer* request,
                                                           grpc::ByteBuffer* response) {
  return RunUnary<v1::ListOutcomesRequest, v1::ListOutcomesResponse>(
      queue_, context, request, response,
      [this](const v1::ListOutcomesRequest& request, const CallContext& call) { return List(request, call); });
}

grpc::ServerWriteReactor<grpc::ByteBuffer>* OutcomeServiceImpl::ExportOutcomes(grpc::CallbackServerContext* context,
                                                                               const grpc::ByteBuffer* request) {
  return RunStream<v1::ExportOutcomesRequest>(queue_, context, request,
                                              [this](const v1::ExportOutcomesRequest& request, const CallContext& call,
                                                     ResponseStream* stream) { return Export(request, call, stream); });
}

}  // namespace bedside
