#include "services/gateway/http_front.h"

#include <utility>

#include "absl/algorithm/container.h"
#include "absl/status/status.h"
#include "absl/strings/match.h"
#include "absl/strings/string_view.h"
#include "absl/strings/strip.h"
#include "services/console/console_file.h"
#include "services/gateway/error_response.h"
#include "services/gateway/open_api.h"

namespace bedside {
namespace {

constexpr char kText[] = "text/plain; charset=utf-8";
// Nothing from elsewhere, nothing to elsewhere, in nobody's frame.
constexpr char kContentPolicy[] =
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; base-uri "
    "'none'; "
    "form-action 'none'; frame-ancestors 'none'";

// "localhost" of "localhost:8480".
std::string HostOf(const HttpRequest& request) {
  const std::string host = HeaderOf(request, "host");
  const size_t colon = host.rfind(':');
  // That of an IPv6 address without a port is within brackets.
  return colon == host.npos || host.find(']', colon) != host.npos ? host : host.substr(0, colon);
}

// "main.js" of "/console/main.js".
absl::string_view ConsoleNameOf(absl::string_view path) {
  if (path == "/") return "index.html";
  return absl::ConsumePrefix(&path, "/console/") ? path : "";
}

HttpResponse ConsolePage(const ConsoleFile& file) {
  return {200,
          std::string(file.content_type),
          std::string(file.bytes),
          {{"Content-Security-Policy", kContentPolicy}, {"Referrer-Policy", "no-referrer"}}};
}

HttpResponse Misdirected() {
  return ErrorResponse(
      absl::PermissionDeniedError("wanted a request for localhost, 127.0.0.1 or [::1]: access is not controlled here"));
}

HttpResponse NothingHere() {
  return ErrorResponse(absl::NotFoundError("there is nothing at this path: the API is at /v1, see /openapi.json"));
}

HttpResponse ForReadingOnly() {
  HttpResponse response = ErrorResponse(absl::UnimplementedError("wanted GET at this path"), /*http_status=*/405);
  response.headers.emplace_back("Allow", "GET, HEAD");
  return response;
}

}  // namespace

bool HttpFront::MayAnswer(const HttpRequest& head) const {
  return settings_.hosts.empty() || absl::c_linear_search(settings_.hosts, HostOf(head));
}

HttpResponse HttpFront::PageAt(const HttpRequest& head) const {
  const ConsoleFile* file = FindConsoleFile(ConsoleNameOf(head.path));
  const bool is_page =
      file != nullptr || head.path == "/healthz" || head.path == "/readyz" || head.path == "/openapi.json";
  if (!is_page) return NothingHere();
  if (head.verb != "GET" && head.verb != "HEAD") return ForReadingOnly();
  if (file != nullptr) return ConsolePage(*file);
  if (head.path == "/openapi.json") return {200, "application/json", OpenApiJson(), {}};
  if (head.path == "/healthz") return {200, kText, "ok\n", {}};
  return settings_.is_ready() ? HttpResponse{200, kText, "ready\n", {}} : HttpResponse{503, kText, "not ready\n", {}};
}

HeadVerdict HttpFront::JudgeHook(const HttpRequest& head) const {
  absl::optional<HttpResponse> preflight = hook_origins_.Preflight(head);
  if (preflight.has_value()) return {*std::move(preflight), 0, nullptr};
  return hook_origins_.Allow(head, api_->Judge(head));
}

HeadVerdict HttpFront::Judge(const HttpRequest& head) const {
  if (!MayAnswer(head)) return {Misdirected(), 0, nullptr};
  if (absl::StartsWith(head.path, "/v1/")) return api_->Judge(head);
  if (head.path == "/cds-services" || absl::StartsWith(head.path, "/cds-services/")) return JudgeHook(head);
  return {PageAt(head), 0, nullptr};
}

}  // namespace bedside
