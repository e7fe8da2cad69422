#include "services/generation/streaming_post.h"

#include <curl/curl.h>

#include <memory>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "index/status/status_macros.h"
#include "services/endpoint/outbound_transfer.h"

namespace bedside {
namespace {

constexpr int kPollMilliseconds = 20;
constexpr long kHttpOk = 200;

using Multi = std::unique_ptr<CURLM, decltype(&curl_multi_cleanup)>;

// What the write callback of a transfer knows.
struct Transfer {
  CURL* easy = nullptr;
  const PostObserver* observer = nullptr;
  size_t bytes_left = 0;
  absl::Status status;

  absl::Status Take(absl::string_view bytes) {
    if (bytes.size() > bytes_left) {
      return absl::ResourceExhaustedError("chat server: the response is longer than allowed");
    }
    bytes_left -= bytes.size();
    long http_status = 0;
    curl_easy_getinfo(easy, CURLINFO_RESPONSE_CODE, &http_status);
    return http_status == kHttpOk ? observer->on_bytes(bytes) : absl::OkStatus();
  }
};

size_t WriteToTransfer(char* data, size_t, size_t size, void* user) {
  auto* transfer = static_cast<Transfer*>(user);
  transfer->status = transfer->Take({data, size});
  return transfer->status.ok() ? size : CURL_WRITEFUNC_ERROR;
}

TransferHeaders HeadersOf(const PostRequest& request) {
  // Without "Expect", libcurl would wait for a "100 Continue" that many chat servers never send.
  std::vector<std::string> headers = {"Expect:"};
  headers.insert(headers.end(), request.headers.begin(), request.headers.end());
  return TransferHeadersOf(headers);
}

bool Configure(const PostRequest& request, const TransferHeaders& headers, Transfer& transfer) {
  CURL* easy = transfer.easy;
  const auto set = [easy](CURLoption option, auto value) { return curl_easy_setopt(easy, option, value) == CURLE_OK; };
  return ConfigureTransfer(easy, request.url, headers, request.ca_file) && SetTransferBody(easy, request.body) &&
         set(CURLOPT_HTTP_VERSION, static_cast<long>(CURL_HTTP_VERSION_1_1)) &&
         set(CURLOPT_WRITEFUNCTION, &WriteToTransfer) && set(CURLOPT_WRITEDATA, &transfer);
}

// OK when the transfer is over; its result goes to `result`.
absl::Status Drive(CURLM* multi, const PostObserver& observer, CURLcode& result) {
  while (true) {
    RETURN_IF_ERROR(observer.may_go_on());
    int running = 0;
    if (curl_multi_perform(multi, &running) != CURLM_OK) return absl::InternalError("chat server: libcurl failed");
    int left = 0;
    if (const CURLMsg* message = curl_multi_info_read(multi, &left); message != nullptr) {
      result = message->data.result;
      return absl::OkStatus();
    }
    curl_multi_poll(multi, nullptr, 0, kPollMilliseconds, nullptr);
  }
}

// One attempt. `got_response`: whether any of a response has come.
absl::StatusOr<int> PostOnce(const PostRequest& request, const PostObserver& observer, bool& got_response) {
  // First: libcurl is made ready by it.
  const TransferHandle easy = NewTransfer();
  const Multi multi(curl_multi_init(), curl_multi_cleanup);
  const TransferHeaders headers = HeadersOf(request);
  Transfer transfer{easy.get(), &observer, request.max_response_bytes, absl::OkStatus()};
  if (multi == nullptr || easy == nullptr || !Configure(request, headers, transfer) ||
      curl_multi_add_handle(multi.get(), easy.get()) != CURLM_OK) {
    return absl::InternalError("chat server: libcurl refused the request");
  }
  CURLcode result = CURLE_OK;
  const absl::Status driven = Drive(multi.get(), observer, result);
  long http_status = 0;
  curl_easy_getinfo(easy.get(), CURLINFO_RESPONSE_CODE, &http_status);
  curl_off_t received = 0;
  curl_easy_getinfo(easy.get(), CURLINFO_SIZE_DOWNLOAD_T, &received);
  got_response = http_status != 0 || received != 0;
  curl_multi_remove_handle(multi.get(), easy.get());
  RETURN_IF_ERROR(driven);
  RETURN_IF_ERROR(transfer.status);
  if (result != CURLE_OK) return absl::UnavailableError(absl::StrCat("chat server: ", curl_easy_strerror(result)));
  return static_cast<int>(http_status);
}

}  // namespace

absl::StatusOr<int> StreamingPost(const PostRequest& request, const PostObserver& observer) {
  bool got_response = false;
  absl::StatusOr<int> result = PostOnce(request, observer, got_response);
  if (absl::IsUnavailable(result.status()) && !got_response) result = PostOnce(request, observer, got_response);
  return result;
}

}  // namespace bedside
