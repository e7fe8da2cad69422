// A client of HTTP, as a test has it.
#ifndef BEDSIDE_TESTS_FAKES_HTTP_CLIENT_H_
#define BEDSIDE_TESTS_FAKES_HTTP_CLIENT_H_

#include <curl/curl.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"

namespace bedside {

struct HttpCall {
  std::string verb = "GET";
  std::string url;
  std::string body;
  // "Name: value" each.
  std::vector<std::string> headers;
  // PEM files; empty: none.
  std::string authority_file;
  std::string certificate_file;
  std::string private_key_file;
  // For all of the call; 0: as long as it takes.
  long timeout_ms = 0;
};

struct HttpReply {
  // 0: the server has not answered.
  long status = 0;
  std::string body;
  std::string head;

  // Empty where there is no such header; `name` in any case.
  std::string Header(const std::string& name) const {
    for (absl::string_view line : absl::StrSplit(head, "\r\n")) {
      const std::pair<absl::string_view, absl::string_view> parts = absl::StrSplit(line, absl::MaxSplits(':', 1));
      if (absl::AsciiStrToLower(parts.first) == absl::AsciiStrToLower(name)) {
        return std::string(absl::StripAsciiWhitespace(parts.second));
      }
    }
    return "";
  }
};

inline size_t AppendTo(char* data, size_t, size_t size, void* to) {
  static_cast<std::string*>(to)->append(data, size);
  return size;
}

inline HttpReply SendHttp(const HttpCall& call) {
  HttpReply reply;
  CURL* easy = curl_easy_init();
  curl_slist* headers = nullptr;
  for (const std::string& header : call.headers) headers = curl_slist_append(headers, header.c_str());
  const auto set_file = [easy](CURLoption option, const std::string& path) {
    if (!path.empty()) curl_easy_setopt(easy, option, path.c_str());
  };
  curl_easy_setopt(easy, CURLOPT_URL, call.url.c_str());
  curl_easy_setopt(easy, CURLOPT_PROXY, "");
  curl_easy_setopt(easy, CURLOPT_PATH_AS_IS, 1L);
  curl_easy_setopt(easy, CURLOPT_TIMEOUT_MS, call.timeout_ms);
  curl_easy_setopt(easy, CURLOPT_CUSTOMREQUEST, call.verb.c_str());
  curl_easy_setopt(easy, CURLOPT_NOBODY, call.verb == "HEAD" ? 1L : 0L);
  curl_easy_setopt(easy, CURLOPT_HTTPHEADER, headers);
  if (!call.body.empty()) {
    curl_easy_setopt(easy, CURLOPT_POSTFIELDSIZE, static_cast<long>(call.body.size()));
    curl_easy_setopt(easy, CURLOPT_POSTFIELDS, call.body.data());
  }
  set_file(CURLOPT_CAINFO, call.authority_file);
  set_file(CURLOPT_SSLCERT, call.certificate_file);
  set_file(CURLOPT_SSLKEY, call.private_key_file);
  curl_easy_setopt(easy, CURLOPT_WRITEFUNCTION, &AppendTo);
  curl_easy_setopt(easy, CURLOPT_WRITEDATA, &reply.body);
  curl_easy_setopt(easy, CURLOPT_HEADERFUNCTION, &AppendTo);
  curl_easy_setopt(easy, CURLOPT_HEADERDATA, &reply.head);
  if (curl_easy_perform(easy) == CURLE_OK) curl_easy_getinfo(easy, CURLINFO_RESPONSE_CODE, &reply.status);
  curl_slist_free_all(headers);
  curl_easy_cleanup(easy);
  return reply;
}

// The body of the response; a failure is one of the test.
inline std::string HttpGet(const std::string& url) {
  HttpCall call;
  call.url = url;
  const HttpReply reply = SendHttp(call);
  EXPECT_NE(reply.status, 0) << url << " does not answer";
  return reply.body;
}

// With a body of JSON; empty: none.
inline HttpReply SendJson(const std::string& verb, const std::string& url, const std::string& body = "",
                          long timeout_ms = 10'000) {
  HttpCall call;
  call.verb = verb;
  call.url = url;
  call.body = body;
  call.headers = {"Content-Type: application/json"};
  call.timeout_ms = timeout_ms;
  return SendHttp(call);
}

}  // namespace bedside

#endif  // BEDSIDE_TESTS_FAKES_HTTP_CLIENT_H_
