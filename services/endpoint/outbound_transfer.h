// What each transfer of libcurl has here, whoever makes it: it speaks http and https only, follows no redirect, uses no
// proxy from the environment (what was checked to stay on this machine must), and verifies certificates. Thread-safe.
#ifndef BEDSIDE_SERVICES_ENDPOINT_OUTBOUND_TRANSFER_H_
#define BEDSIDE_SERVICES_ENDPOINT_OUTBOUND_TRANSFER_H_

#include <curl/curl.h>

#include <memory>
#include <string>
#include <vector>

namespace bedside {

using TransferHandle = std::unique_ptr<CURL, decltype(&curl_easy_cleanup)>;
using TransferHeaders = std::unique_ptr<curl_slist, decltype(&curl_slist_free_all)>;

// Null: libcurl cannot be used.
TransferHandle NewTransfer();

// "Name: value" each.
TransferHeaders TransferHeadersOf(const std::vector<std::string>& headers);

// `ca_file`: PEM of the authorities that may vouch for the server; empty: those of the system. `headers` must outlive
// the transfer. False: libcurl refused it.
bool ConfigureTransfer(CURL* transfer, const std::string& url, const TransferHeaders& headers,
                       const std::string& ca_file);

// Makes it a POST. `body` must outlive the transfer. False: libcurl refused it.
bool SetTransferBody(CURL* transfer, const std::string& body);

}  // namespace bedside

#endif  // BEDSIDE_SERVICES_ENDPOINT_OUTBOUND_TRANSFER_H_
