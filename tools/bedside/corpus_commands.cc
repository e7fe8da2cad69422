#include "tools/bedside/corpus_commands.h"

#include <filesystem>
#include <fstream>
#include <iterator>
#include <utility>

#include "absl/strings/str_cat.h"
#include "google/rpc/code.pb.h"
#include "google/rpc/error_details.pb.h"
#include "ingest/pipeline/report_text.h"
#include "proto/bedside/v1/corpus_service.grpc.pb.h"
#include "proto/bedside/v1/index_service.grpc.pb.h"
#include "proto/bedside/v1/store_service.grpc.pb.h"
#include "tools/bedside/index_printer.h"
#include "tools/bedside/source_printer.h"
#include "tools/bedside/text_layout.h"

namespace bedside {
namespace {

// Whether the view is what fails: the generations may be known all the same.
bool IsOfTheView(const grpc::Status& status) {
  return status.error_code() == grpc::StatusCode::FAILED_PRECONDITION ||
         status.error_code() == grpc::StatusCode::DATA_LOSS;
}

// Every error of a Bedside server has details; without them, the connection or the call ended under it.
bool HasLostServer(const grpc::Status& status) {
  return status.error_details().empty() &&
         (status.error_code() == grpc::StatusCode::UNAVAILABLE || status.error_code() == grpc::StatusCode::CANCELLED);
}

google::rpc::Status LostDuringImport(const std::string& operation) {
  google::rpc::Status status;
  status.set_code(google::rpc::UNAVAILABLE);
  status.set_message(absl::StrCat("the server ended, or cannot be reached any more, while it imported as ", operation,
                                  ". Import again when it is back: what was embedded is not embedded again."));
  google::rpc::ErrorInfo info;
  info.set_reason("SERVER_LOST");
  info.set_domain("bedside");
  status.add_details()->PackFrom(info);
  return status;
}

}  // namespace

absl::optional<int> CorpusCommands::Run() {
  switch (*line_.command) {
    case Command::kStatus:
      return Status();
    case Command::kGenerations:
      return Generations();
    case Command::kCompare:
      return Compare();
    case Command::kActivate:
      return Activate();
    case Command::kRetire:
      return Retire();
    case Command::kImport:
      return Import();
    case Command::kUpsert:
      return Upsert();
    case Command::kPurge:
      return Purge();
    case Command::kSources:
      return Sources();
    case Command::kWithdraw:
      return Withdraw();
    case Command::kReinstate:
      return Reinstate();
    case Command::kBackup:
      return Backup();
    default:
      return absl::nullopt;
  }
}

int CorpusCommands::Status() {
  const auto stub = v1::IndexService::NewStub(channel_);
  v1::GetIndexRequest index_request;
  index_request.set_name(absl::StrCat(CorpusName(), "/index"));
  v1::Index index;
  const grpc::Status serving = stub->GetIndex(NewCall().get(), index_request, &index);
  if (!serving.ok() && !IsOfTheView(serving)) return Fail(serving);
  v1::ListGenerationsRequest list_request;
  list_request.set_parent(CorpusName());
  v1::ListGenerationsResponse generations;
  const grpc::Status listed = stub->ListGenerations(NewCall().get(), list_request, &generations);
  if (!listed.ok()) return Fail(serving.ok() ? listed : serving);
  const int printed = PrintStatus(serving.ok() ? &index : nullptr, generations);
  return serving.ok() ? printed : Fail(serving);
}

int CorpusCommands::PrintStatus(const v1::Index* index, const v1::ListGenerationsResponse& generations) const {
  if (line_.json && index == nullptr) return PrintJson(Json({{"generations", &generations}}));
  if (line_.json) return PrintJson(Json({{"index", index}, {"generations", &generations}}));
  if (index != nullptr) PrintIndex(*index, console_);
  PrintGenerations(generations, console_);
  return 0;
}

int CorpusCommands::Generations() {
  v1::ListGenerationsRequest request;
  request.set_parent(CorpusName());
  // A corpus keeps at most a hundred beside the active one.
  request.set_page_size(1000);
  v1::ListGenerationsResponse response;
  const grpc::Status status = v1::IndexService::NewStub(channel_)->ListGenerations(NewCall().get(), request, &response);
  if (!status.ok()) return Fail(status);
  if (line_.json) return PrintJson(Json(response));
  PrintGenerations(response, console_);
  return 0;
}

int CorpusCommands::Compare() {
  v1::CompareGenerationsRequest request;
  request.set_base(GenerationName(0));
  request.set_other(GenerationName(1));
  request.set_page_size(line_.page_size);
  request.set_page_token(line_.page_token);
  v1::CompareGenerationsResponse response;
  const grpc::Status status =
      v1::IndexService::NewStub(channel_)->CompareGenerations(NewCall().get(), request, &response);
  if (!status.ok()) return Fail(status);
  if (line_.json) return PrintJson(Json(response));
  PrintComparison(response, console_);
  return 0;
}

int CorpusCommands::Activate() {
  v1::ActivateGenerationRequest request;
  request.set_name(GenerationName(0));
  v1::Generation generation;
  const grpc::Status status =
      v1::IndexService::NewStub(channel_)->ActivateGeneration(NewCall().get(), request, &generation);
  if (!status.ok()) return Fail(status);
  if (line_.json) return PrintJson(Json(generation));
  PrintGeneration(generation, console_);
  return 0;
}

int CorpusCommands::Retire() {
  v1::RetireGenerationRequest request;
  request.set_name(GenerationName(0));
  google::protobuf::Empty response;
  const grpc::Status status =
      v1::IndexService::NewStub(channel_)->RetireGeneration(NewCall().get(), request, &response);
  if (!status.ok()) return Fail(status);
  if (line_.json) return PrintJson(Json(response));
  *console_.out << request.name() << " is removed.\n";
  return 0;
}

int CorpusCommands::Import() {
  v1::ImportDocumentsRequest request;
  request.set_parent(CorpusName());
  for (const std::string& source : line_.operands) request.add_sources(source);
  request.set_source_set(line_.source_set);
  request.set_skip_gate(line_.skip_gate);
  request.set_mode(line_.full ? v1::RECONCILIATION_MODE_FULL : v1::RECONCILIATION_MODE_INCREMENTAL);
  google::longrunning::Operation operation;
  grpc::Status status = v1::CorpusService::NewStub(channel_)->ImportDocuments(NewCall().get(), request, &operation);
  if (!status.ok()) return Fail(status);
  if (!line_.json) {
    *console_.err << "The server imports as " << operation.name() << ", also when this command is stopped.\n";
  }
  const std::string name = operation.name();
  status = Await(&operation);
  if (HasLostServer(status)) return Fail(LostDuringImport(name));
  return status.ok() ? PrintImportResult(operation) : Fail(status);
}

int CorpusCommands::PrintImportResult(const google::longrunning::Operation& operation) {
  if (operation.has_error()) return Fail(operation.error());
  v1::JobReport report;
  if (!operation.response().UnpackTo(&report)) {
    return Fail(
        OwnError("the import is done, but its report cannot be read. Client and server are of different versions."));
  }
  const int printed = line_.json ? PrintJson(Json(report)) : 0;
  if (!line_.json) *console_.out << SummaryOf(report);
  return report.generation().empty() ? 1 : printed;
}

int CorpusCommands::Upsert() {
  v1::UpsertDocumentsRequest request;
  request.set_parent(CorpusName());
  request.set_source_set(line_.source_set);
  request.set_file_name(std::filesystem::path(line_.operands[0]).filename());
  std::ifstream file(line_.operands[0], std::ios::binary);
  request.mutable_content()->assign(std::istreambuf_iterator<char>(file), {});
  if (!file) return Fail(OwnError(absl::StrCat(line_.operands[0], " cannot be read; name a file of this machine")));
  v1::UpsertDocumentsResponse response;
  const grpc::Status status =
      v1::CorpusService::NewStub(channel_)->UpsertDocuments(NewCall().get(), request, &response);
  if (!status.ok()) return Fail(status);
  const int printed = line_.json ? PrintJson(Json(response)) : 0;
  if (!line_.json) PrintUpsert(response, console_);
  return response.documents().empty() ? 1 : printed;
}

int CorpusCommands::Purge() {
  v1::PurgeDocumentRequest request;
  request.set_name(DocumentName());
  google::longrunning::Operation operation;
  grpc::Status status = v1::CorpusService::NewStub(channel_)->PurgeDocument(NewCall().get(), request, &operation);
  if (status.ok()) status = Await(&operation);
  if (!status.ok()) return Fail(status);
  if (operation.has_error()) return Fail(operation.error());
  if (line_.json) return PrintJson(Json(operation));
  *console_.out << OneLine(request.name()) << "  purged; backups still have it\n";
  return 0;
}

int CorpusCommands::Sources() {
  v1::ListSourceSetsRequest request;
  request.set_parent(CorpusName());
  v1::ListSourceSetsResponse response;
  const grpc::Status status = v1::CorpusService::NewStub(channel_)->ListSourceSets(NewCall().get(), request, &response);
  if (!status.ok()) return Fail(status);
  if (line_.json) return PrintJson(Json(response));
  for (const v1::SourceSet& set : response.source_sets()) PrintSourceSet(set, console_);
  return 0;
}

int CorpusCommands::Withdraw() {
  v1::WithdrawSourceSetRequest request;
  request.set_name(SourceSetName());
  request.set_reason(line_.because);
  v1::SourceSet set;
  return PrintSet(v1::CorpusService::NewStub(channel_)->WithdrawSourceSet(NewCall().get(), request, &set), set);
}

int CorpusCommands::Reinstate() {
  v1::ReinstateSourceSetRequest request;
  request.set_name(SourceSetName());
  v1::SourceSet set;
  return PrintSet(v1::CorpusService::NewStub(channel_)->ReinstateSourceSet(NewCall().get(), request, &set), set);
}

int CorpusCommands::PrintSet(const grpc::Status& status, const v1::SourceSet& set) const {
  if (!status.ok()) return Fail(status);
  if (line_.json) return PrintJson(Json(set));
  PrintSourceSet(set, console_);
  return 0;
}

int CorpusCommands::Backup() {
  v1::CreateBackupRequest request;
  request.set_backup_id(line_.operands[0]);
  v1::Backup backup;
  const grpc::Status status = v1::StoreService::NewStub(channel_)->CreateBackup(NewCall().get(), request, &backup);
  if (!status.ok()) return Fail(status);
  if (line_.json) return PrintJson(Json(backup));
  *console_.out << "Made " << backup.name() << ": " << Grouped(backup.files()) << " files, "
                << HumanBytes(backup.size_bytes()) << ", change " << backup.change_sequence() << "\n";
  return 0;
}

}  // namespace bedside
