#include "ingest/pipeline/ingest_run.h"

#include <algorithm>
#include <map>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "absl/time/time.h"
#include "index/generation/generation_manifest.h"
#include "index/generation/generation_publisher.h"
#include "index/status/status_macros.h"
#include "index/text/utf8.h"
#include "ingest/connectors/job_problem.h"
#include "ingest/connectors/source_file.h"
#include "ingest/connectors/source_reader.h"

namespace bedside {
namespace {

// A change of more than a tenth of the documents is worth a segment of all of them.
constexpr size_t kLeastUnchanged = 10;

// Documents of earlier upserts that are written again with one, so that segments stay few; a fraction of a second.
constexpr size_t kMostWrittenWithAnUpsert = 256;

constexpr uint64_t kDefaultDocumentBytes = 20 * 1024 * 1024;

int64_t NowMicros() { return absl::ToUnixMicros(absl::Now()); }

uint64_t DocumentLimit(const config::ReadLimits& limits) {
  return limits.max_document_bytes() == 0 ? kDefaultDocumentBytes : limits.max_document_bytes();
}

storage::EmbedderIdentity IdentityOf(const Embedder& embedder) {
  storage::EmbedderIdentity identity;
  identity.set_id(embedder.id());
  identity.set_dimension(static_cast<uint32_t>(embedder.dimension()));
  return identity;
}

}  // namespace

IngestRun::IngestRun(const Parts& parts, const std::string& corpus, const IngestObserver& observer,
                     uint64_t change_sequence, absl::optional<ActiveGeneration> active, NoticeLedger notices)
    : parts_(parts),
      corpus_(corpus),
      monitor_(corpus, observer),
      pace_(parts.throttle),
      change_sequence_(change_sequence),
      active_(std::move(active)),
      notices_(std::move(notices)) {}

absl::StatusOr<std::unique_ptr<IngestRun>> IngestRun::Create(const Parts& parts, const std::string& corpus,
                                                             const IngestObserver& observer) {
  // Before the generation is read: what is upserted from then on is not taken for something that it knows.
  EvidenceStore& known = parts.shared.known();
  const uint64_t change_sequence = known.changes().last_sequence();
  ASSIGN_OR_RETURN(absl::optional<ActiveGeneration> active, ReadActiveGeneration(known, corpus));
  ASSIGN_OR_RETURN(const std::vector<storage::StatusNotice> in_force, known.changes().Notices(corpus));
  return std::unique_ptr<IngestRun>(
      new IngestRun(parts, corpus, observer, change_sequence, std::move(active), NoticeLedger(in_force)));
}

absl::StatusOr<v1::JobReport> IngestRun::Import(const ImportOrder& order) {
  skip_gate_ = order.skip_gate;
  means_ = order.means;
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
    RETURN_IF_ERROR(PublishAll(all.documents));
  }
  return Report();
}

absl::StatusOr<DocumentHeads> IngestRun::Read(const ImportOrder& order) {
  const StageTimer timer(&seconds_.read);
  ASSIGN_OR_RETURN(const SourceReader reader,
                   SourceReader::Create(order.sources, parts_.limits, order.root, order.shard));
  monitor_.Enter(v1::JOB_STAGE_READING);
  DocumentCollector collector = Collector(order.source_set);
  reader.Read(
      [&](const SourceFile& file) {
        ReadFile(file, &collector);
        return collector.CheckGoOn();
      },
      [&](v1::JobProblem problem) { problems_.Add(std::move(problem)); });
  RETURN_IF_ERROR(collector.status());
  return collector.heads();
}

DocumentCollector IngestRun::Collector(absl::string_view source_set) {
  return DocumentCollector({&parts_.shared.store->documents(), &notices_, &problems_, &monitor_},
                           {corpus_, std::string(source_set), parts_.trust.Trusts(source_set)},
                           DocumentLimit(parts_.limits));
}

absl::StatusOr<DocumentHeads> IngestRun::ReadContent(const UpsertOrder& order) {
  DocumentCollector collector = Collector(order.source_set);
  const std::string name = CanonicalText(order.file_name);
  ReadFile({name, ExtensionOf(name), order.content, ""}, &collector);
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
  for (auto head = read->begin(); head != read->end();) {
    const absl::optional<size_t> held = active_documents().Find(head->first);
    const absl::string_view holder =
        held.has_value() ? NameOfSourceSet(active_documents().entry(*held).source_set()) : source_set;
    if (holder == source_set) {
      ++head;
      continue;
    }
    problems_.Add(DocumentProblem(
        head->second.source, head->first,
        absl::StrCat("the corpus has a document of this id from source set ", holder,
                     ", which stays; left out. Give the documents of source set ", source_set, " ids of their own"),
        /*warning=*/false));
    head = read->erase(head);
  }
}

absl::Status IngestRun::CompareWithActive(DocumentHeads* read) {
  for (auto head = read->begin(); head != read->end();) {
    const absl::optional<size_t> held = active_documents().Find(head->first);
    bool stays = false;
    if (held.has_value() && active_documents().entry(*held).version() != head->second.version) {
      ASSIGN_OR_RETURN(stays, StaysBefore(active_documents().entry(*held), head->second));
    }
    head = stays ? read->erase(head) : std::next(head);
  }
  return absl::OkStatus();
}

absl::StatusOr<bool> IngestRun::StaysBefore(const storage::DocumentEntry& held, const DocumentHead& read) {
  ASSIGN_OR_RETURN(const std::vector<storage::Document> metadata,
                   parts_.shared.known().documents().GetMetadata(corpus_, {{held.id(), held.version()}}));
  const DocumentHead head = HeadOf(metadata[0], held.version(), 0);
  if (IsLaterRevision(head, read)) {
    problems_.Add(
        DocumentProblem(read.source, held.id(),
                        "the corpus has a later revision of this record, which stays; a full import would replace it",
                        /*warning=*/true));
    return true;
  }
  if (!read.last_revision.has_value() && head.source != read.source) {
    problems_.Add(DocumentProblem(read.source, held.id(),
                                  absl::StrCat("takes the place of what was read from ", head.source,
                                               "; if these are two documents, give them ids of their own"),
                                  /*warning=*/true));
  }
  return false;
}

absl::StatusOr<DocumentSelection> IngestRun::Select(const DocumentHeads& read, const ImportOrder& order) {
  const bool is_full = order.mode == v1::RECONCILIATION_MODE_FULL;
  DocumentSelection selection =
      SelectDocuments(read, active_documents(), {!is_full, std::string(StoredSourceSet(order.source_set))}, notices_);
  if (is_full && selection.documents.empty() && active_documents().size() > 0) {
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
  // Beside another store, notices travel with a generation, be it empty.
  const bool has_news = parts_.shared.served != nullptr && !notices_.News().empty();
  const bool nothing_to_publish = selection.documents.empty() && !active_.has_value();
  if (!has_news && (nothing_to_publish || IsUpToDate(selection))) return AppendNotices();
  return Publish(selection.documents);
}

bool IngestRun::IsUpToDate(const DocumentSelection& selection) const {
  return active_.has_value() && selection.same_as_active &&
         active_->manifest.settings_sha256() == parts_.settings_sha256;
}

absl::Status IngestRun::AppendNotices() {
  RETURN_IF_ERROR(monitor_.CheckCancelled());
  const std::vector<storage::Change> changes = StatusChanges(corpus_, notices_.News(), NowMicros());
  if (changes.empty()) return absl::OkStatus();
  const StageTimer timer(&seconds_.publish);
  monitor_.Enter(v1::JOB_STAGE_PUBLISHING);
  return parts_.shared.store->changes().Append(changes).status();
}

absl::Status IngestRun::Publish(const std::vector<SelectedDocument>& documents) {
  const DocumentChanges changes = ChangesBetween(active_documents(), documents);
  return MayJoin(changes) ? PublishChanges(changes) : PublishAll(documents);
}

bool IngestRun::MayJoin(const DocumentChanges& changes) const {
  const size_t count = changes.changed.size() + changes.removed.size();
  return parts_.shared.served == nullptr && active_.has_value() &&
         active_->manifest.settings_sha256() == parts_.settings_sha256 && count > 0 &&
         count * kLeastUnchanged <= active_->documents.size();
}

SegmentWriter IngestRun::Writer(Pace* pace) {
  return SegmentWriter(parts_.shared, &monitor_, &seconds_, corpus_, pace);
}

absl::Status IngestRun::PublishChanges(const DocumentChanges& changes) {
  SegmentWriter writer = Writer(&pace_);
  ASSIGN_OR_RETURN(const BuiltSegment built, writer.Write(changes.changed, MeanFieldLengthsOf(active_->manifest)));
  report_.mutable_counts()->set_passages_embedded(writer.embedded());
  return PublishWith(built, [&]() -> absl::StatusOr<storage::Manifest> {
    // Documents may have been upserted since the run began.
    ASSIGN_OR_RETURN(const absl::optional<ActiveGeneration> active,
                     ReadActiveGeneration(*parts_.shared.store, corpus_));
    return Signed(WithSegment(active->manifest, active->documents, built.manifest, *built.documents, changes.removed),
                  built.manifest);
  });
}

absl::Status IngestRun::PublishAll(const std::vector<SelectedDocument>& documents) {
  // What was selected says it all; a table of a million documents takes some hundred megabytes.
  if (active_.has_value()) active_->documents = LiveDocuments();
  SegmentWriter writer = Writer(&pace_);
  ASSIGN_OR_RETURN(const BuiltSegment built, writer.Write(documents, means_));
  report_.mutable_counts()->set_passages_embedded(writer.embedded());
  return PublishWith(built, [&]() -> absl::StatusOr<storage::Manifest> {
    return Signed(GenerationOf(corpus_, IdentityOf(*parts_.shared.embedder), built.manifest), built.manifest);
  });
}

storage::Manifest IngestRun::Signed(storage::Manifest manifest, const storage::SegmentManifest& newest) const {
  manifest.set_generation(NameAfter(newest));
  manifest.set_change_sequence(change_sequence_);
  manifest.set_create_time_micros(NowMicros());
  manifest.set_settings_sha256(parts_.settings_sha256);
  manifest.clear_base_generation();
  if (parts_.shared.served != nullptr) NoteOrigin(&manifest);
  return manifest;
}

absl::Status IngestRun::PublishWith(const BuiltSegment& built,
                                    const std::function<absl::StatusOr<storage::Manifest>()>& compose) {
  const StageTimer timer(&seconds_.publish);
  if (const absl::Status asked = AskGate(compose); !asked.ok()) {
    // A failure to take back leaves what the next publication reclaims.
    SegmentWriter::TakeBack(built.manifest.segment(), parts_.shared.store).IgnoreError();
    return asked;
  }
  monitor_.Enter(v1::JOB_STAGE_PUBLISHING);
  GenerationPublisher publisher(parts_.shared.store, parts_.replay);
  const bool beside = parts_.shared.served != nullptr;
  ASSIGN_OR_RETURN(storage::Manifest published,
                   publisher.Publish(compose, beside ? std::vector<storage::StatusNotice>() : notices_.News(),
                                     beside ? 1 : parts_.kept_generations, NowMicros()));
  if (beside) report_.set_not_serving_reason("it was built beside the store of a server, which has to take it over");
  active_ = ActiveGeneration{std::move(published), {}};
  return absl::OkStatus();
}

void IngestRun::NoteOrigin(storage::Manifest* manifest) const {
  if (active_.has_value()) manifest->set_base_generation(active_->manifest.generation());
  for (storage::StatusNotice& notice : notices_.News()) *manifest->add_notices() = std::move(notice);
}

absl::Status IngestRun::AskGate(const std::function<absl::StatusOr<storage::Manifest>()>& compose) {
  if (parts_.gate == nullptr || skip_gate_) return absl::OkStatus();
  monitor_.Enter(v1::JOB_STAGE_CHECKING);
  ASSIGN_OR_RETURN(const storage::Manifest manifest, compose());
  ASSIGN_OR_RETURN(*report_.mutable_gate(), parts_.gate->Check(manifest, [this] { return monitor_.CheckCancelled(); }));
  return absl::OkStatus();
}

absl::StatusOr<UpsertReport> IngestRun::Upsert(const UpsertOrder& order) {
  ASSIGN_OR_RETURN(DocumentHeads read, ReadContent(order));
  const DocumentHeads all = read;
  // Before the lock is taken: the model takes longest.
  RETURN_IF_ERROR(Writer().Embed(NewVersions(read)));
  absl::MutexLock lock(&parts_.shared.store->publishing());
  ASSIGN_OR_RETURN(active_, ReadActiveGeneration(*parts_.shared.store, corpus_));
  RETURN_IF_ERROR(LeaveDeleted(&read));
  LeaveToOtherSets(order.source_set, &read);
  RETURN_IF_ERROR(CompareWithActive(&read));
  const std::vector<SelectedDocument> changed = NewVersions(read);
  UpsertReport report = ReportOf(all, read, changed);
  if (changed.empty()) {
    RETURN_IF_ERROR(AppendNotices());
  } else {
    RETURN_IF_ERROR(PublishUpserts(changed));
  }
  return report;
}

absl::Status IngestRun::LeaveDeleted(DocumentHeads* read) const {
  for (auto head = read->begin(); head != read->end();) {
    ASSIGN_OR_RETURN(const bool is_deleted, parts_.shared.store->changes().IsDeleted(corpus_, head->first));
    head = is_deleted ? read->erase(head) : std::next(head);
  }
  return absl::OkStatus();
}

UpsertReport IngestRun::ReportOf(const DocumentHeads& all, const DocumentHeads& taken,
                                 const std::vector<SelectedDocument>& changed) const {
  UpsertReport report;
  for (const auto& [id, head] : all) {
    const bool is_changed = std::any_of(changed.begin(), changed.end(),
                                        [&id = id](const SelectedDocument& document) { return document.id == id; });
    const bool was_known = active_documents().Find(id).has_value();
    report.documents.push_back({id, taken.count(id) == 0 ? v1::UPSERT_OUTCOME_NOT_TAKEN
                                    : !is_changed        ? v1::UPSERT_OUTCOME_UNCHANGED
                                    : was_known          ? v1::UPSERT_OUTCOME_UPDATED
                                                         : v1::UPSERT_OUTCOME_ADDED});
  }
  v1::JobReport problems;
  problems_.Report(&problems);
  report.problems.assign(problems.problems().begin(), problems.problems().end());
  return report;
}

std::vector<SelectedDocument> IngestRun::NewVersions(const DocumentHeads& read) const {
  std::vector<SelectedDocument> changed;
  for (const auto& [id, head] : read) {
    const absl::optional<size_t> held = active_documents().Find(id);
    const bool is_held = held.has_value() && active_documents().entry(*held).version() == head.version;
    if (!is_held) changed.push_back({id, head.version});
  }
  return changed;
}

std::vector<SelectedDocument> IngestRun::WithLastSegments(std::vector<SelectedDocument> changed) const {
  std::map<std::string, std::string> versions;
  for (SelectedDocument& document : changed) versions.emplace(std::move(document.id), std::move(document.version));
  const LiveDocuments& documents = active_documents();
  for (size_t segment = documents.tables().size(); segment-- > 1;) {
    const std::vector<const storage::DocumentEntry*> live = documents.OfSegment(segment);
    if (live.size() > versions.size() || live.size() + versions.size() > kMostWrittenWithAnUpsert) break;
    for (const storage::DocumentEntry* entry : live) versions.emplace(entry->id(), entry->version());
  }
  std::vector<SelectedDocument> all;
  for (auto& [id, version] : versions) all.push_back({id, version});
  return all;
}

absl::Status IngestRun::PublishUpserts(const std::vector<SelectedDocument>& changed) {
  if (active_.has_value() && active_->manifest.embedder().id() != parts_.shared.embedder->id()) {
    return absl::FailedPreconditionError(absl::StrCat("corpus ", corpus_, " was embedded with ",
                                                      active_->manifest.embedder().id(), ", the configured model is ",
                                                      parts_.shared.embedder->id(), ". Reindex the corpus first."));
  }
  const storage::Manifest before = active_.has_value() ? active_->manifest : storage::Manifest();
  ASSIGN_OR_RETURN(const BuiltSegment built, Writer().Write(WithLastSegments(changed), MeanFieldLengthsOf(before)));
  const storage::Manifest manifest =
      active_.has_value()
          ? WithSegment(before, active_->documents, built.manifest, *built.documents, {})
          : Signed(GenerationOf(corpus_, IdentityOf(*parts_.shared.embedder), built.manifest), built.manifest);
  const int64_t now = NowMicros();
  std::vector<storage::Change> changes = StatusChanges(corpus_, notices_.News(), now);
  for (const SelectedDocument& document : changed) {
    changes.push_back(UpsertChange(corpus_, document.id, document.version, now));
  }
  return GenerationPublisher(parts_.shared.store).PublishUpserts(manifest, changes);
}

absl::StatusOr<v1::JobReport> IngestRun::Report() {
  if (active_.has_value()) {
    report_.set_generation(absl::StrCat("corpora/", corpus_, "/generations/", active_->manifest.generation()));
    const GenerationCounts counts = CountsOf(active_->manifest);
    report_.mutable_counts()->set_documents_published(static_cast<int64_t>(counts.documents));
    report_.mutable_counts()->set_passages_published(static_cast<int64_t>(counts.passages));
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

const LiveDocuments& IngestRun::active_documents() const {
  static const LiveDocuments& none = *new LiveDocuments();
  return active_.has_value() ? active_->documents : none;
}

}  // namespace bedside
