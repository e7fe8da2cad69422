#include "services/endpoint/outbound_transfer.h"

namespace bedside {
namespace {

template <typename Value>
bool Set(CURL* transfer, CURLoption option, Value value) {
  return curl_easy_setopt(transfer, option, value) == CURLE_OK;
}

}  // namespace

TransferHandle NewTransfer() {
  static const CURLcode global = curl_global_init(CURL_GLOBAL_DEFAULT);
  return {global == CURLE_OK ? curl_easy_init() : nullptr, curl_easy_cleanup};
}

TransferHeaders TransferHeadersOf(const std::vector<std::string>& headers) {
  TransferHeaders list(nullptr, curl_slist_free_all);
  for (const std::string& header : headers) list.reset(curl_slist_append(list.release(), header.c_str()));
  return list;
}

bool ConfigureTransfer(CURL* transfer, const std::string& url, const TransferHeaders& headers,
                       const std::string& ca_file) {
  return Set(transfer, CURLOPT_URL, url.c_str()) && Set(transfer, CURLOPT_PROTOCOLS_STR, "http,https") &&
         Set(transfer, CURLOPT_FOLLOWLOCATION, 0L) && Set(transfer, CURLOPT_PROXY, "") &&
         Set(transfer, CURLOPT_NOSIGNAL, 1L) && Set(transfer, CURLOPT_HTTPHEADER, headers.get()) &&
         (ca_file.empty() || Set(transfer, CURLOPT_CAINFO, ca_file.c_str()));
}

bool SetTransferBody(CURL* transfer, const std::string& body) {
  return Set(transfer, CURLOPT_POST, 1L) &&
         Set(transfer, CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(body.size())) &&
         Set(transfer, CURLOPT_POSTFIELDS, body.data());
}

}  // namespace bedside
