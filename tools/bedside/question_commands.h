// The commands of `bedside` that ask a server: for answers, for evidence, and for what was answered before.
#ifndef BEDSIDE_TOOLS_BEDSIDE_QUESTION_COMMANDS_H_
#define BEDSIDE_TOOLS_BEDSIDE_QUESTION_COMMANDS_H_

#include <memory>
#include <string>
#include <utility>

#include "absl/time/time.h"
#include "absl/types/optional.h"
#include "proto/bedside/v1/document.pb.h"
#include "tools/bedside/server_session.h"

namespace bedside {

class QuestionCommands : private ServerSession {
 public:
  // See ServerSession.
  QuestionCommands(const CommandLine& line, const Console& console, std::shared_ptr<grpc::Channel> channel,
                   absl::Duration poll_interval)
      : ServerSession(line, console, std::move(channel), poll_interval) {}

  // Exit status: 0, or 1 after printing the error. Unset where the command is not one of these.
  absl::optional<int> Run();

 private:
  int Ask();
  int Search();
  int Show();
  int ShowPassage(const std::string& name, const std::string& document_name);
  grpc::Status GetDocument(const std::string& name, v1::Document* document);
  int Check();
  int Answer();
  int Replay();
  int Feedback();
  int SubmitFeedback();
  int ListFeedback();
  int ExportFeedback();
  int Outcomes();
  int ExportOutcomes();
};

}  // namespace bedside

#endif  // BEDSIDE_TOOLS_BEDSIDE_QUESTION_COMMANDS_H_
