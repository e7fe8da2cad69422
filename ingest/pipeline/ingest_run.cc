#include "ingest/pipeline/ingest_run.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "absl/time/time.h"
#include "index/generation/generation_publisher.h"
#include "index/status/status_macros.h"
#include "ingest/connectors/job_problem.h"
#include "ingest/connectors/source_reader.h"
#include "ingest/pipeline/generation_writer.h"

namespace bedside {
namespace {

constexpr uint64_t kDefaultDocumentBytes = 20 * 1024 * 1024;

int64_t NowMicros() { return absl::ToUnixMicros(absl::Now()); }

uint64_t DocumentLimit(const config::ReadLimits& limits) {
  return limits.max_document_bytes() == 0 ? kDefaultDocumentBytes : limits.max_document_bytes();
}

}  // namespace

IngestRun::IngestRun(const Parts& parts, const std::string& corpus, const IngestObserver& observer,
                     absl::optional<ActiveGeneration> active, NoticeLedger notices)
    : parts_(parts),
      corpus_(corpus),
      monitor_(corpus, observer),
      active_(std::move(active)),
      notices_(std::move(notices)) {}

absl::StatusOr<std::unique_ptr<IngestRun>> IngestRun::Create(const Parts& parts, const std::string& corpus,
                                                             const IngestObserver& observer) {
  EvidenceStore& known = parts.served == nullptr ? *parts.store : *parts.served;
  ASSIGN_OR_RETURN(absl::optional<ActiveGeneration> active, ReadActiveGeneration(known, corpus));
  ASSIGN_OR_RETURN(const std::vector<storage::StatusNotice> in_force, known.changes().Notices(corpus));
  return std::unique_ptr<IngestRun>(new IngestRun(parts, corpus, observer, std::move(active), NoticeLedger(in_force)));
}

absl::StatusOr<v1::JobReport> IngestRun::Import(const ImportOrder& order) {
  skip_gate_ = order.skip_gate;
  {
    const StageTimer total(&seconds_.total);
    ASSIGN_OR_RETURN(DocumentHeads read, Read(order));
    LeaveToOtherSets(order.source_set, &read);
    if (order.mode != v1::RECONCILIATION_MODE_FULL) RETURN_IF_ERROR(CompareWithActive(&read));
    ASSIGN_OR_RETURN(const DocumentSelection selection, Select(read, order));
    RETURN_IF_ERROR(Apply(selection));
  }
  return Report();
}

absl::StatusOr<v1::JobReport> IngestRun::Reindex(bool skip_gate) {
  skip_gate_ = skip_gate;
  if (!active_.has_value()) {
    return absl::NotFoundError(
        absl::StrCat("corpus ", corpus_, " has no generation to reindex. Import something first."));
  }
  {
    const StageTimer total(&seconds_.total);
    const DocumentSelection all = SelectDocuments({}, active_documents(), KeptDocuments(), notices_);
    RETURN_IF_ERROR(Publish(all.documents));
  }
  return Report();
}

absl::StatusOr<DocumentHeads> IngestRun::Read(const ImportOrder& order) {
  const StageTimer timer(&seconds_.read);
  ASSIGN_OR_RETURN(const SourceReader reader, SourceReader::Create(order.sources, parts_.limits, order.root));
  monitor_.Enter(v1::JOB_STAGE_READING);
  DocumentCollector collector({&parts_.store->documents(), &notices_, &problems_, &monitor_},
                              {corpus_, order.source_set, parts_.trust.Trusts(order.source_set)},
                              DocumentLimit(parts_.limits));
  reader.Read(
      [&](const SourceFile& file) {
        ReadFile(file, &collector);
        return collector.CheckGoOn();
      },
      [&](v1::JobProblem problem) { problems_.Add(std::move(problem)); });
  RETURN_IF_ERROR(collector.status());
  return collector.heads();
}

void IngestRun::ReadFile(const SourceFile& file, DocumentCollector* collector) {
  report_.mutable_counts()->set_files(report_.counts().files() + 1);
  const Connector* connector = parts_.connectors->For(file);
  if (connector != nullptr) return connector->Read(file, *collector);
  problems_.Add(Unreadable(file, "", "is of no format that is known here; left out"));
}

void IngestRun::LeaveToOtherSets(absl::string_view source_set, DocumentHeads* read) {
  for (const storage::DocumentEntry& entry : active_documents().entries()) {
    const auto found = read->find(entry.id());
    const absl::string_view holder = NameOfSourceSet(entry.source_set());
    if (found == read->end() || holder == source_set) continue;
    problems_.Add(DocumentProblem(
        found->second.source, entry.id(),
        absl::StrCat("the corpus has a document of this id from source set ", holder,
                     ", which stays; left out. Give the documents of source set ", source_set, " ids of their own"),
        /*warning=*/false));
    read->erase(found);
  }
}

absl::Status IngestRun::CompareWithActive(DocumentHeads* read) {
  for (const storage::DocumentEntry& entry : active_documents().entries()) {
    const auto found = read->find(entry.id());
    if (found == read->end() || found->second.version == entry.version()) continue;
    EvidenceStore& known = parts_.served == nullptr ? *parts_.store : *parts_.served;
    ASSIGN_OR_RETURN(const std::vector<storage::Document> held,
                     known.documents().GetMetadata(corpus_, {{entry.id(), entry.version()}}));
    const DocumentHead held_head = HeadOf(held[0], entry.version(), 0);
    if (IsLaterRevision(held_head, found->second)) {
      problems_.Add(
          DocumentProblem(found->second.source, entry.id(),
                          "the corpus has a later revision of this record, which stays; a full import would replace it",
                          /*warning=*/true));
      read->erase(found);
    } else if (!found->second.last_revision.has_value() && held_head.source != found->second.source) {
      problems_.Add(DocumentProblem(found->second.source, entry.id(),
                                    absl::StrCat("takes the place of what was read from ", held_head.source,
                                                 "; if these are two documents, give them ids of their own"),
                                    /*warning=*/true));
    }
  }
  return absl::OkStatus();
}

absl::StatusOr<DocumentSelection> IngestRun::Select(const DocumentHeads& read, const ImportOrder& order) {
  const bool is_full = order.mode == v1::RECONCILIATION_MODE_FULL;
  DocumentSelection selection =
      SelectDocuments(read, active_documents(), {!is_full, std::string(StoredSourceSet(order.source_set))}, notices_);
  if (is_full && selection.documents.empty() && active_documents().entries_size() > 0) {
    return absl::FailedPreconditionError(
        absl::StrCat("the sources hold no document that can be used (", problems_.problems(),
                     " problems), and a full import of them would empty the corpus ", corpus_,
                     "; nothing was changed. Check the sources, or import incrementally to see each problem."));
  }
  v1::JobCounts& counts = *report_.mutable_counts();
  counts.set_documents_read(monitor_.documents_read());
  counts.set_documents_changed(selection.changed);
  counts.set_documents_unchanged(selection.unchanged);
  counts.set_status_notices(notices_.announced());
  return selection;
}

absl::Status IngestRun::Apply(const DocumentSelection& selection) {
  const bool nothing_to_publish = selection.documents.empty() && !active_.has_value();
  // Beside another store, notices travel with a generation.
  const bool has_news = parts_.served != nullptr && !notices_.News().empty();
  if (nothing_to_publish || (IsUpToDate(selection) && !has_news)) return AppendNotices();
  return Publish(selection.documents);
}

bool IngestRun::IsUpToDate(const DocumentSelection& selection) const {
  return active_.has_value() && selection.same_as_active &&
         active_->manifest.settings_sha256() == parts_.settings_sha256;
}

absl::Status IngestRun::AppendNotices() {
  RETURN_IF_ERROR(monitor_.CheckCancelled());
  std::vector<storage::Change> changes;
  const int64_t now = NowMicros();
  for (const storage::StatusNotice& notice : notices_.News()) changes.push_back(StatusChange(corpus_, notice, now));
  if (changes.empty()) return absl::OkStatus();
  const StageTimer timer(&seconds_.publish);
  monitor_.Enter(v1::JOB_STAGE_PUBLISHING);
  return parts_.store->changes().Append(changes).status();
}

absl::Status IngestRun::Publish(const std::vector<SelectedDocument>& documents) {
  // What was selected says it all; a table of a million documents takes some hundred megabytes.
  if (active_.has_value()) active_->documents = storage::DocumentTable();
  Pace pace(parts_.throttle);
  GenerationWriter writer(
      {parts_.store, parts_.served, parts_.embedder, parts_.chunker, parts_.analyzer, &monitor_, &seconds_, &pace},
      corpus_, parts_.vector);
  const int64_t now = NowMicros();
  ASSIGN_OR_RETURN(storage::Manifest manifest, writer.Write(documents, parts_.settings_sha256, now));
  const StageTimer timer(&seconds_.publish);
  if (const absl::Status asked = AskGate(manifest); !asked.ok()) {
    // A failure to take back leaves what the next writer to open the store reclaims.
    GenerationWriter::TakeBack(manifest, parts_.store).IgnoreError();
    return asked;
  }
  monitor_.Enter(v1::JOB_STAGE_PUBLISHING);
  const bool beside = parts_.served != nullptr;
  if (beside) NoteOrigin(&manifest);
  RETURN_IF_ERROR(GenerationPublisher(parts_.store)
                      .Publish(manifest, beside ? std::vector<storage::StatusNotice>() : notices_.News(),
                               beside ? 1 : parts_.kept_generations, now));
  if (beside) report_.set_not_serving_reason("it was built beside the store of a server, which has to take it over");
  report_.mutable_counts()->set_passages_embedded(writer.embedded());
  active_ = ActiveGeneration{std::move(manifest), {}};
  return absl::OkStatus();
}

void IngestRun::NoteOrigin(storage::Manifest* manifest) const {
  if (active_.has_value()) manifest->set_base_generation(active_->manifest.generation());
  manifest->set_change_sequence(parts_.served->changes().last_sequence());
  for (storage::StatusNotice& notice : notices_.News()) *manifest->add_notices() = std::move(notice);
}

absl::Status IngestRun::AskGate(const storage::Manifest& manifest) {
  if (parts_.gate == nullptr || skip_gate_) return absl::OkStatus();
  monitor_.Enter(v1::JOB_STAGE_CHECKING);
  ASSIGN_OR_RETURN(*report_.mutable_gate(), parts_.gate->Check(manifest, [this] { return monitor_.CheckCancelled(); }));
  return absl::OkStatus();
}

absl::StatusOr<v1::JobReport> IngestRun::Report() {
  if (active_.has_value()) {
    report_.set_generation(absl::StrCat("corpora/", corpus_, "/generations/", active_->manifest.generation()));
    for (const storage::SegmentManifest& segment : active_->manifest.segments()) {
      report_.mutable_counts()->set_documents_published(static_cast<int64_t>(segment.documents()));
      report_.mutable_counts()->set_passages_published(static_cast<int64_t>(segment.passages()));
    }
  }
  problems_.Report(&report_);
  v1::JobTimes& times = *report_.mutable_times();
  times.set_read(seconds_.read);
  times.set_embed(seconds_.embed);
  times.set_index(seconds_.index);
  times.set_publish(seconds_.publish);
  times.set_total(seconds_.total);
  const double embedded = static_cast<double>(report_.counts().passages_embedded());
  times.set_passages_per_second(embedded > 0 ? embedded / seconds_.embed : 0);
  monitor_.Enter(v1::JOB_STAGE_DONE);
  return std::move(report_);
}

const storage::DocumentTable& IngestRun::active_documents() const {
  return active_.has_value() ? active_->documents : storage::DocumentTable::default_instance();
}

}  // namespace bedside
