// audit_bench: what a record of the audit log costs, and how fast a log is verified.

#include <filesystem>
#include <string>
#include <thread>
#include <vector>

#include "absl/flags/flag.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/str_cat.h"
#include "absl/synchronization/notification.h"
#include "absl/time/clock.h"
#include "absl/time/time.h"
#include "index/status/status_macros.h"
#include "nlohmann/json.hpp"
#include "services/audit/audit_log.h"
#include "services/audit/audit_reader.h"
#include "tools/bench/bench_main.h"
#include "tools/eval/cpu_time.h"
#include "tools/eval/sample_statistics.h"

// What each is for: kUsage.
ABSL_FLAG(std::string, folder, "", "see --help");
ABSL_FLAG(int, records, 1000000, "see --help");
ABSL_FLAG(int, appends, 2000, "see --help");
ABSL_FLAG(int, clients, 8, "see --help");

namespace bedside {
namespace {

constexpr absl::string_view kUsage =
    R"(usage: audit_bench --folder=DIR [OPTION...]

Measures the audit log (services/audit) in a new folder, and prints one JSON
object: the time until a record is on disk, for one client and for several that
each wait for theirs before they bring the next, and how many records a second
are verified, on one thread. Records have eight passages, as those of answers.

  --folder=DIR  where the log is made: it must not exist. Its disk is measured
  --records=N   records to verify; default 1000000
  --appends=N   records that each client brings; default 2000
  --clients=N   clients that bring them at the same time; default 8
  --help        this text

Exit status: 0 measured, 1 failed, 2 a bad value.
)";

storage::AuditedCall AnswerCall() {
  storage::AuditedCall call;
  call.set_method("bedside.v1.AnswerService.Answer");
  call.set_subject("clinician-0042");
  call.set_peer("10.20.30.40");
  call.set_resource("corpora/default");
  call.set_corpus("default");
  call.set_resource_hash(std::string(32, 'r'));
  call.set_query_hash(std::string(32, 'q'));
  call.set_result("corpora/default/answers/20261126t160000z-0123456789abcdef");
  call.set_generation("corpora/default/generations/20261126t150000z-01234567");
  for (int i = 0; i < 8; ++i) {
    call.add_evidence(absl::StrCat("corpora/default/documents/pmid-", 20'000'000 + i, "/passages/0-", 900 + i));
  }
  call.set_evidence_count(8);
  return call;
}

absl::Status AppendAndWait(AuditLog* log) {
  absl::Status told;
  absl::Notification done;
  log->Append(AnswerCall(), [&](const absl::Status& status) {
    told = status;
    done.Notify();
  });
  done.WaitForNotification();
  return told;
}

nlohmann::json MeasureAppends(AuditLog* log, int clients, int appends) {
  std::vector<std::vector<double>> milliseconds(static_cast<size_t>(clients));
  const absl::Time begin = absl::Now();
  std::vector<std::thread> threads;
  for (std::vector<double>& mine : milliseconds) {
    threads.emplace_back([log, appends, &mine] {
      for (int i = 0; i < appends; ++i) {
        const absl::Time start = absl::Now();
        if (!AppendAndWait(log).ok()) return;
        mine.push_back(absl::ToDoubleMilliseconds(absl::Now() - start));
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  const double seconds = absl::ToDoubleSeconds(absl::Now() - begin);
  std::vector<double> all;
  for (const std::vector<double>& mine : milliseconds) all.insert(all.end(), mine.begin(), mine.end());
  return {{"clients", clients},
          {"records", all.size()},
          {"p50_ms", Percentile(all, 50)},
          {"p99_ms", Percentile(all, 99)},
          {"per_second", static_cast<double>(all.size()) / seconds}};
}

absl::StatusOr<nlohmann::json> MeasureVerify(const std::string& folder, int records) {
  ASSIGN_OR_RETURN(const AuditKey key, AuditKey::ReadOrMake(folder + ".key"));
  {
    ASSIGN_OR_RETURN(const std::unique_ptr<AuditJournal> journal,
                     AuditJournal::Open({folder, uint64_t{64} << 20}, key));
    for (int written = 0; written < records;) {
      std::vector<storage::AuditRecord> group(static_cast<size_t>(std::min(10'000, records - written)));
      for (storage::AuditRecord& record : group) *record.mutable_call() = AnswerCall();
      RETURN_IF_ERROR(journal->Write(&group));
      written += static_cast<int>(group.size());
    }
  }
  uint64_t bytes = 0;
  for (const auto& entry : std::filesystem::directory_iterator(folder)) bytes += entry.file_size();
  const absl::Time begin = absl::Now();
  const absl::Duration cpu = ThreadCpuTime();
  ASSIGN_OR_RETURN(const AuditSummary summary, ReadAuditLog(folder, key, {}, nullptr));
  const double cpu_seconds = absl::ToDoubleSeconds(ThreadCpuTime() - cpu);
  const double seconds = absl::ToDoubleSeconds(absl::Now() - begin);
  const auto count = static_cast<double>(summary.records);
  return nlohmann::json{{"records", summary.records},
                        {"bytes_a_record", static_cast<double>(bytes) / count},
                        {"per_second", count / seconds},
                        {"per_cpu_second", count / cpu_seconds}};
}

absl::StatusOr<std::string> Run() {
  const std::string folder = absl::GetFlag(FLAGS_folder);
  if (folder.empty() || std::filesystem::exists(folder)) {
    return absl::InvalidArgumentError("--folder: wanted one that does not exist");
  }
  if (absl::GetFlag(FLAGS_clients) < 1 || absl::GetFlag(FLAGS_appends) < 1 || absl::GetFlag(FLAGS_records) < 1) {
    return absl::InvalidArgumentError("--clients, --appends, --records: wanted 1 or more");
  }
  config::AuditConfig config;
  config.set_folder(folder + "/appends");
  config.set_anchor_file(folder + "/anchors");
  nlohmann::json report;
  {
    ASSIGN_OR_RETURN(const std::unique_ptr<AuditLog> log, AuditLog::Open(config));
    for (const int clients : {1, absl::GetFlag(FLAGS_clients)}) {
      report["append"].push_back(MeasureAppends(log.get(), clients, absl::GetFlag(FLAGS_appends)));
    }
  }
  ASSIGN_OR_RETURN(report["verify"], MeasureVerify(folder + "/verify", absl::GetFlag(FLAGS_records)));
  return absl::StrCat(report.dump(2), "\n");
}

}  // namespace
}  // namespace bedside

int main(int argc, char** argv) {
  return bedside::BenchMain("audit_bench", bedside::kUsage, &bedside::Run, argc, argv);
}
