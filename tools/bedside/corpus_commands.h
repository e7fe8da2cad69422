// The commands of `bedside` that show and change what a server has: corpora, generations, backups.
#ifndef BEDSIDE_TOOLS_BEDSIDE_CORPUS_COMMANDS_H_
#define BEDSIDE_TOOLS_BEDSIDE_CORPUS_COMMANDS_H_

#include <memory>
#include <utility>

#include "absl/time/time.h"
#include "absl/types/optional.h"
#include "google/longrunning/operations_proto.pb.h"
#include "proto/bedside/v1/corpus_service.pb.h"
#include "proto/bedside/v1/index.pb.h"
#include "proto/bedside/v1/index_service.pb.h"
#include "tools/bedside/server_session.h"

namespace bedside {

class CorpusCommands : private ServerSession {
 public:
  // See ServerSession.
  CorpusCommands(const CommandLine& line, const Console& console, std::shared_ptr<grpc::Channel> channel,
                 absl::Duration poll_interval)
      : ServerSession(line, console, std::move(channel), poll_interval) {}

  // Exit status: 0, or 1 after printing the error. Unset where the command is not one of these.
  absl::optional<int> Run();

 private:
  int Status();
  // `index`: null when the corpus cannot be served.
  int PrintStatus(const v1::Index* index, const v1::ListGenerationsResponse& generations) const;
  int Generations();
  int Compare();
  int Activate();
  int Retire();
  int Import();
  int PrintImportResult(const google::longrunning::Operation& operation);
  int Upsert();
  int Purge();
  int Sources();
  int Withdraw();
  int Reinstate();
  int PrintSet(const grpc::Status& status, const v1::SourceSet& set) const;
  int Backup();
};

}  // namespace bedside

#endif  // BEDSIDE_TOOLS_BEDSIDE_CORPUS_COMMANDS_H_
