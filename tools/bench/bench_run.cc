#include "tools/bench/bench_run.h"

#include <filesystem>
#include <fstream>
#include <iostream>
#include <system_error>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "google/protobuf/text_format.h"
#include "index/status/status_macros.h"
#include "proto/bedside/config/ingest_config.pb.h"
#include "tools/bench/program_run.h"

namespace bedside {
namespace {

absl::Status WriteTextproto(const google::protobuf::Message& message, const std::string& path) {
  std::string text;
  google::protobuf::TextFormat::PrintToString(message, &text);
  std::ofstream file(path, std::ios::binary);
  file << text << std::flush;
  return file.good() ? absl::OkStatus() : absl::InternalError(absl::StrCat(path, " cannot be written"));
}

}  // namespace

std::string BenchRun::Program(absl::string_view name) const { return absl::StrCat(options_.bin_dir, "/", name); }
std::string BenchRun::Work(absl::string_view name) const { return absl::StrCat(options_.work_dir, "/", name); }

absl::StatusOr<double> BenchRun::Run(const std::vector<std::string>& arguments, absl::string_view name) {
  report_.commands.push_back(absl::StrJoin(arguments, " "));
  std::cerr << report_.commands.back() << std::endl;
  return RunProgram(arguments, Work(absl::StrCat(name, ".log")));
}

absl::StatusOr<nlohmann::json> BenchRun::RunJson(const std::vector<std::string>& arguments, absl::string_view name) {
  report_.commands.push_back(absl::StrJoin(arguments, " "));
  std::cerr << report_.commands.back() << std::endl;
  return RunForJson(arguments, Work(absl::StrCat(name, ".log")));
}

std::string BenchRun::ServerConfigOf(absl::string_view store) const {
  return Work(absl::StrCat(store, ".server.textproto"));
}

std::string BenchRun::IngestConfigOf(absl::string_view store) const {
  return Work(absl::StrCat(store, ".ingest.textproto"));
}

config::ServerConfig BenchRun::Emptied(absl::string_view name) const {
  std::error_code error;
  std::filesystem::remove_all(Work(name), error);
  config::ServerConfig server = options_.config;
  server.mutable_index()->set_store_path(Work(name));
  server.set_shutdown_delay_ms(0);
  return server;
}

absl::StatusOr<std::string> BenchRun::NewCache(absl::string_view name, const config::ClusterConfig& cluster) {
  config::ServerConfig server = Emptied(name);
  *server.mutable_index()->mutable_cluster() = cluster;
  RETURN_IF_ERROR(WriteTextproto(server, ServerConfigOf(name)));
  return ServerConfigOf(name);
}

absl::StatusOr<std::string> BenchRun::NewStore(absl::string_view name) {
  config::ServerConfig server = Emptied(name);
  server.set_import_root(options_.work_dir);
  config::IngestConfig ingest;
  *ingest.mutable_index() = server.index();
  *ingest.mutable_pipeline() = server.pipeline();
  RETURN_IF_ERROR(WriteTextproto(server, ServerConfigOf(name)));
  RETURN_IF_ERROR(WriteTextproto(ingest, IngestConfigOf(name)));
  return ServerConfigOf(name);
}

}  // namespace bedside
