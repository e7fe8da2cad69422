// TLS and basic authentication in front of a node, for OpenSearchCluster has no security plugin: HAProxy on a port of
// the loopback, which answers 401 to whoever does not name user and password, and passes on everything else.
//
//   auto front = SecuredFront::Start((*cluster)->urls()[0], "bedside", "secret");
//   ASSERT_THAT(front, IsOk());
//   call.url = (*front)->url();
//   call.authority_file = (*front)->authority_file();
//
// Serves until it is destroyed. Not thread-safe.
#ifndef BEDSIDE_TESTS_CLUSTER_SECURED_FRONT_H_
#define BEDSIDE_TESTS_CLUSTER_SECURED_FRONT_H_

#include <memory>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "tools/eval/child_process.h"

namespace bedside {

class SecuredFront {
 public:
  // Of the node at `node_url` ("http://127.0.0.1:PORT"), which need not run: while it does not, the answer is 503.
  // Returns when it serves. INTERNAL: it does not within ten seconds; with what it has written.
  // REQUIRES: `user` and `password` have no spaces, quotes or backslashes
  static absl::StatusOr<std::unique_ptr<SecuredFront>> Start(const std::string& node_url, const std::string& user,
                                                             const std::string& password);

  // "https://127.0.0.1:PORT"
  const std::string& url() const { return url_; }

  // PEM, of who vouches for its certificate, which is for "localhost" and 127.0.0.1.
  const std::string& authority_file() const { return authority_file_; }

 private:
  SecuredFront() = default;

  // Of HAProxy with this file, which writes to `log_file`.
  absl::Status Serve(const std::string& configuration, const std::string& log_file);
  // Nothing but an answer shows that it serves.
  bool Answers() const;

  std::string url_;
  std::string authority_file_;
  std::unique_ptr<ChildProcess> process_;
};

}  // namespace bedside

#endif  // BEDSIDE_TESTS_CLUSTER_SECURED_FRONT_H_
