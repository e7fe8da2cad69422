// A GET over HTTP, as a test makes it.
#ifndef BEDSIDE_TESTS_FAKES_HTTP_GET_H_
#define BEDSIDE_TESTS_FAKES_HTTP_GET_H_

#include <curl/curl.h>
#include <gtest/gtest.h>

#include <string>

namespace bedside {

// The body of the response; a failure is one of the test.
inline std::string HttpGet(const std::string& url) {
  std::string body;
  const auto append = [](char* data, size_t, size_t size, void* to) -> size_t {
    static_cast<std::string*>(to)->append(data, size);
    return size;
  };
  CURL* easy = curl_easy_init();
  curl_easy_setopt(easy, CURLOPT_URL, url.c_str());
  curl_easy_setopt(easy, CURLOPT_PROXY, "");
  curl_easy_setopt(easy, CURLOPT_WRITEFUNCTION, +append);
  curl_easy_setopt(easy, CURLOPT_WRITEDATA, &body);
  EXPECT_EQ(curl_easy_perform(easy), CURLE_OK);
  curl_easy_cleanup(easy);
  return body;
}

}  // namespace bedside

#endif  // BEDSIDE_TESTS_FAKES_HTTP_GET_H_
