#include "services/trace/otlp_json.h"

#include <nlohmann/json.hpp>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"

namespace bedside {
namespace {

using Json = nlohmann::ordered_json;

// Span.SpanKind and Status.StatusCode of opentelemetry-proto.
constexpr int kInternal = 1;
constexpr int kServer = 2;
constexpr int kError = 2;

Json Text(const char* key, const std::string& value) { return {{"key", key}, {"value", {{"stringValue", value}}}}; }

// 64 bits are strings in JSON.
std::string Nanos(absl::Time time) { return absl::StrCat(absl::ToUnixNanos(time)); }

Json CallAttributes(const TraceSpan& span) {
  const std::pair<std::string, std::string> method = absl::StrSplit(span.name, absl::MaxSplits('/', 1));
  return {Text("rpc.system", "grpc"),
          Text("rpc.service", method.first),
          Text("rpc.method", method.second),
          {{"key", "rpc.grpc.status_code"}, {"value", {{"intValue", absl::StrCat(*span.grpc_code)}}}}};
}

Json SpanJson(const TraceSpan& span) {
  Json json = {{"traceId", span.trace_id}, {"spanId", span.span_id}};
  if (!span.parent_id.empty()) json["parentSpanId"] = span.parent_id;
  json["name"] = span.name;
  json["kind"] = span.grpc_code.has_value() ? kServer : kInternal;
  json["startTimeUnixNano"] = Nanos(span.begin);
  json["endTimeUnixNano"] = Nanos(span.end);
  if (span.grpc_code.has_value()) json["attributes"] = CallAttributes(span);
  if (span.is_fault) json["status"] = {{"code", kError}};
  return json;
}

}  // namespace

std::string OtlpJson(absl::Span<const TraceSpan> spans) {
  Json list = Json::array();
  for (const TraceSpan& span : spans) list.push_back(SpanJson(span));
  const Json scope = {{"scope", {{"name", "bedside"}}}, {"spans", std::move(list)}};
  const Json resource = {{"resource", {{"attributes", Json::array({Text("service.name", "bedside")})}}},
                         {"scopeSpans", Json::array({scope})}};
  return Json{{"resourceSpans", Json::array({resource})}}.dump(-1, ' ', false, Json::error_handler_t::replace);
}

}  // namespace bedside
