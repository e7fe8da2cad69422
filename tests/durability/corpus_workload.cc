#include "tests/durability/corpus_workload.h"

#include <algorithm>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "index/status/status_macros.h"
#include "tests/fakes/temp_folder.h"

namespace bedside {
namespace {

using Kind = HistoryStep::Kind;

constexpr char kCorpus[] = "default";
constexpr size_t kDocuments = 24;
// These are in every full import and never deleted: a corpus is not emptied.
constexpr size_t kLasting = 2;
// The document that every answer names.
constexpr char kAnswered[] = "d0";

std::string IdOf(size_t document) { return absl::StrCat("d", document); }

// Some hundred words that tell the document and the step in every paragraph.
std::string TextOf(const std::string& id, int step) {
  std::string text;
  for (int paragraph = 0; paragraph < 4; ++paragraph) {
    if (paragraph > 0) text += "\\n";
    for (int i = 0; i < 12; ++i) absl::StrAppend(&text, "Of ", id, " revision", step, " says that drug", i, " helps. ");
    text.pop_back();
  }
  return text;
}

// The step that a passage of the document is of; -1: none, or several.
int RevisionOf(absl::string_view text, const std::string& id) {
  constexpr absl::string_view kBegin = "revision";
  int revision = -1;
  for (size_t at = text.find(kBegin); at != text.npos; at = text.find(kBegin, at + 1)) {
    int found = 0;
    for (size_t i = at + kBegin.size(); i < text.size() && absl::ascii_isdigit(text[i]); ++i) {
      found = found * 10 + (text[i] - '0');
    }
    if (revision >= 0 && revision != found) return -1;
    revision = found;
  }
  return absl::StrContains(text, absl::StrCat("Of ", id, " revision", revision, " ")) ? revision : -1;
}

absl::Status Unfit(const Generation& generation, absl::string_view document, absl::string_view what) {
  return absl::DataLossError(absl::StrCat("document ", document, " of generation ", generation.name(), " ", what));
}

// The names of the generations, the active one first.
absl::StatusOr<std::vector<std::string>> GenerationsIn(EvidenceStore& store) {
  ASSIGN_OR_RETURN(const absl::optional<std::string> active, store.manifests().Current(kCorpus));
  ASSIGN_OR_RETURN(const std::vector<storage::Manifest> manifests, store.manifests().Manifests(kCorpus));
  std::vector<std::string> names;
  for (const storage::Manifest& manifest : manifests) names.push_back(manifest.generation());
  const auto first = std::find(names.begin(), names.end(), active.value_or(""));
  if (first != names.end()) std::rotate(names.begin(), first, first + 1);
  return names;
}

// Of the documents that no later segment replaces.
std::vector<PassageOrdinal> PassagesOf(const Generation& generation) {
  std::vector<PassageOrdinal> passages;
  const LiveDocuments& documents = generation.documents();
  for (size_t i = 0; i < documents.size(); ++i) {
    for (uint32_t p = 0; p < documents.entry(i).passages(); ++p) {
      passages.push_back(
          generation.OrdinalOf({documents.place(i).segment, PassageAt(documents.entry(i).first_passage() + p)}));
    }
  }
  return passages;
}

absl::StatusOr<Revisions> ReadGeneration(const LocalEngine& engine, const EvidenceView& view) {
  const Generation& generation = view.generation();
  Revisions revisions;
  for (const PassageOrdinal passage : PassagesOf(generation)) {
    ASSIGN_OR_RETURN(const std::vector<FoundPassage> found, engine.Read(view, {passage}));
    const storage::Document& document = *found[0].document;
    const storage::Passage& span = found[0].passage;
    const int revision =
        RevisionOf(absl::string_view(document.text()).substr(span.begin(), span.end() - span.begin()), document.id());
    const auto known = revisions.emplace(document.id(), revision).first;
    if (revision < 0 || known->second != revision) return Unfit(generation, document.id(), "mixes revisions");
  }
  return revisions;
}

// Each document in force is found by its words, in its revision; those that are not in force are not.
absl::Status CheckSearches(const LocalEngine& engine, const EvidenceView& view, const Revisions& revisions) {
  for (size_t i = 0; i < view.generation().documents().size(); ++i) {
    const std::string& id = view.generation().documents().entry(i).id();
    CandidateQuery query;
    query.terms = {{id, 1.0f}};
    query.vector = std::vector<float>(16, 0.25f);
    query.limit = 1000;
    ASSIGN_OR_RETURN(const Candidates candidates, engine.Search(view, query));
    const bool in_force = IsInForce(view.standing(static_cast<size_t>(i)).status, /*include_superseded=*/false);
    for (const auto* list : {&candidates.lexical, &candidates.dense}) {
      const bool found = std::any_of(list->begin(), list->end(), [&](const ScoredPassage& passage) {
        return view.generation().DocumentOf(passage.passage) == static_cast<size_t>(i);
      });
      if (found != in_force) return Unfit(view.generation(), id, found ? "is found" : "is not found");
    }
    if (revisions.count(id) == 0) return Unfit(view.generation(), id, "has no passages");
  }
  return absl::OkStatus();
}

absl::Status ReadStatuses(EvidenceStore& store, CorpusState* state) {
  ASSIGN_OR_RETURN(const std::vector<storage::StatusNotice> notices, store.changes().Notices(kCorpus));
  for (const storage::StatusNotice& notice : notices) {
    if (notice.origin() == storage::STATUS_ORIGIN_DELETION) state->deleted.insert(notice.document_id());
    if (notice.origin() == storage::STATUS_ORIGIN_OPERATOR) state->statuses[notice.document_id()] = notice.status();
  }
  ASSIGN_OR_RETURN(const std::vector<std::string> answers, store.answers().AnswersWith(kCorpus, kAnswered));
  for (const std::string& answer : answers) {
    RETURN_IF_ERROR(store.answers().Get(kCorpus, answer).status());
    state->answers.insert(answer);
  }
  return store.feedback().List(kCorpus, "", [state](const storage::Feedback& feedback) {
    return state->feedback.insert(absl::StrCat(feedback.answer(), "/", feedback.id())).second;
  });
}

}  // namespace

CorpusWorkload::CorpusWorkload(EvidenceStore* store, CorpusHistory* history, std::string sources, uint64_t seed)
    : store_(store), history_(history), sources_(std::move(sources)), random_(seed) {}

absl::StatusOr<std::unique_ptr<CorpusWorkload>> CorpusWorkload::Create(EvidenceStore* store, CorpusHistory* history,
                                                                       const std::string& sources, uint64_t seed) {
  auto workload = std::unique_ptr<CorpusWorkload>(new CorpusWorkload(store, history, sources, seed));
  ASSIGN_OR_RETURN(workload->tokenizer_, WordPieceTokenizer::Create("external/bge_small_en/tokenizer.json"));
  ASSIGN_OR_RETURN(workload->pipeline_,
                   IngestPipeline::Create({store, &workload->embedder_, workload->tokenizer_.get()}, {}, {}));
  ASSIGN_OR_RETURN(workload->engine_, LocalEngine::Create(store, {}, workload->embedder_.id()));
  workload->engine_->BringUpToDateWith(workload->pipeline_.get());
  return workload;
}

HistoryStep::Kind CorpusWorkload::AnyKind() {
  const size_t dice = history_->state().active.empty() ? 0 : Random(25);
  return dice < 5    ? Kind::kImport
         : dice == 5 ? Kind::kFullImport
         : dice == 6 ? Kind::kReindex
         : dice == 7 ? Kind::kDelete
         : dice < 11 ? Kind::kSetStatus
         : dice < 13 ? Kind::kActivate
         : dice < 16 ? Kind::kAnswer
         : dice < 22 ? Kind::kUpsert
         : dice < 23 ? Kind::kMerge
         : dice < 24 ? Kind::kPurge
                     : Kind::kFeedback;
}

HistoryStep CorpusWorkload::NextStep(Kind kind) {
  HistoryStep step;
  step.kind = kind;
  step.number = history_->last_number() + 1;
  const CorpusState& state = history_->state();
  // What is purged was deleted before: a step has one effect.
  if (step.kind == Kind::kPurge && state.deleted.empty()) step.kind = Kind::kDelete;
  if (step.kind == Kind::kFeedback && state.answers.empty()) step.kind = Kind::kAnswer;
  if (step.kind == Kind::kPurge) {
    step.documents.push_back(*std::next(state.deleted.begin(), static_cast<int>(Random(state.deleted.size()))));
    return step;
  }
  if (step.kind == Kind::kFullImport || state.active.empty()) {
    for (size_t i = 0; i < kLasting; ++i) step.documents.push_back(IdOf(i));
  }
  const bool imports = step.kind <= Kind::kFullImport || step.kind == Kind::kUpsert;
  const bool notices = step.kind == Kind::kDelete || step.kind == Kind::kSetStatus;
  const size_t changed = imports ? 1 + Random(4) : notices ? 1 : 0;
  for (size_t i = 0; i < changed; ++i) {
    const std::string id = IdOf(kLasting + Random(kDocuments - kLasting));
    if (std::count(step.documents.begin(), step.documents.end(), id) == 0) step.documents.push_back(id);
  }
  constexpr v1::DocumentStatus kStatuses[] = {v1::DOCUMENT_STATUS_RETRACTED, v1::DOCUMENT_STATUS_WITHDRAWN,
                                              v1::DOCUMENT_STATUS_CORRECTED};
  if (step.kind == Kind::kSetStatus) step.status = kStatuses[Random(3)];
  if (step.kind == Kind::kActivate) {
    step.name = std::next(state.generations.begin(), static_cast<int>(Random(state.generations.size())))->first;
  }
  if (step.kind == Kind::kFeedback) {
    step.name = *std::next(state.answers.begin(), static_cast<int>(Random(state.answers.size())));
  }
  if (step.kind == Kind::kAnswer) step.name = AnswerStore::NewId(step.number);
  return step;
}

absl::Status CorpusWorkload::Step(absl::optional<Kind> kind) {
  const HistoryStep step = NextStep(kind.has_value() ? *kind : AnyKind());
  history_->Begin(step);
  RETURN_IF_ERROR(Take(step));
  ASSIGN_OR_RETURN(const std::vector<std::string> generations, GenerationsIn(*store_));
  history_->Acknowledge(generations);
  return absl::OkStatus();
}

absl::Status CorpusWorkload::Take(const HistoryStep& step) {
  switch (step.kind) {
    case Kind::kImport:
    case Kind::kFullImport:
      RETURN_IF_ERROR(Import(step));
      return engine_->Refresh(kCorpus);
    case Kind::kReindex:
      RETURN_IF_ERROR(pipeline_->Reindex(kCorpus, {}).status());
      return engine_->Refresh(kCorpus);
    case Kind::kActivate:
      return engine_->Activate(kCorpus, step.name);
    case Kind::kDelete:
    case Kind::kSetStatus:
      return Notice(step);
    case Kind::kAnswer:
      return RecordAnswer(step);
    case Kind::kFeedback:
      return RecordFeedback(step);
    case Kind::kUpsert:
      RETURN_IF_ERROR(pipeline_->Upsert(kCorpus, {"corpus.jsonl", LinesOf(step), ""}).status());
      return engine_->Refresh(kCorpus);
    case Kind::kMerge:
      RETURN_IF_ERROR(pipeline_->Merge(kCorpus, {}));
      return engine_->Refresh(kCorpus);
    case Kind::kPurge:
      return pipeline_->Purge(kCorpus, step.documents[0], {[this] { return engine_->Refresh(kCorpus); }, [] {}}, {});
  }
  return absl::InternalError("no such step");
}

std::string CorpusWorkload::LinesOf(const HistoryStep& step) {
  std::string lines;
  for (const std::string& id : step.documents) {
    absl::StrAppend(&lines, R"({"_id": ")", id, R"(", "title": "", "text": ")", TextOf(id, step.number), "\"}\n");
  }
  return lines;
}

absl::Status CorpusWorkload::Import(const HistoryStep& step) {
  const std::string file = WriteFile(sources_, "corpus.jsonl", LinesOf(step));
  const auto mode = step.kind == Kind::kFullImport ? v1::RECONCILIATION_MODE_FULL : v1::RECONCILIATION_MODE_INCREMENTAL;
  ASSIGN_OR_RETURN(const v1::JobReport report, pipeline_->Import(kCorpus, ImportOrder{{file}, mode, "", ""}, {}));
  if (report.counts().problems() == 0) return absl::OkStatus();
  return absl::InternalError(absl::StrCat("the import met a problem: ", report.problems(0).reason()));
}

absl::Status CorpusWorkload::Notice(const HistoryStep& step) {
  storage::StatusNotice notice;
  notice.set_document_id(step.documents[0]);
  const bool deletes = step.kind == Kind::kDelete;
  notice.set_origin(deletes ? storage::STATUS_ORIGIN_DELETION : storage::STATUS_ORIGIN_OPERATOR);
  notice.set_status(deletes ? v1::DOCUMENT_STATUS_DELETED : static_cast<v1::DocumentStatus>(step.status));
  return engine_->ApplyNotice(kCorpus, notice, absl::StrCat("request-", step.number));
}

absl::Status CorpusWorkload::RecordAnswer(const HistoryStep& step) {
  storage::AnswerRecord record;
  record.set_corpus(kCorpus);
  record.set_id(step.name);
  record.add_documents(kAnswered);
  return store_->answers().Put({record});
}

absl::Status CorpusWorkload::RecordFeedback(const HistoryStep& step) {
  storage::Feedback feedback;
  feedback.set_answer(step.name);
  feedback.set_id(absl::StrCat(step.number));
  return store_->feedback().Put(kCorpus, feedback).status();
}

absl::StatusOr<CorpusState> ReadCorpus(EvidenceStore& store) {
  CorpusState state;
  RETURN_IF_ERROR(ReadStatuses(store, &state));
  ASSIGN_OR_RETURN(const std::vector<std::string> names, GenerationsIn(store));
  if (names.empty()) return state;
  ASSIGN_OR_RETURN(const std::unique_ptr<LocalEngine> engine, LocalEngine::Create(&store, {}, ""));
  ASSIGN_OR_RETURN(const std::shared_ptr<const EvidenceView> serving, engine->View(kCorpus));
  state.active = serving->generation().name();
  ASSIGN_OR_RETURN(const std::vector<storage::StatusNotice> notices, store.changes().Notices(kCorpus));
  for (const std::string& name : names) {
    ASSIGN_OR_RETURN(const storage::Manifest manifest, store.manifests().Get(kCorpus, name));
    ASSIGN_OR_RETURN(std::shared_ptr<const Generation> generation, Generation::Open(store.segments(), manifest, {}));
    const EvidenceView view(std::move(generation), notices, serving->change_sequence());
    ASSIGN_OR_RETURN(state.generations[name], ReadGeneration(*engine, view));
    RETURN_IF_ERROR(CheckSearches(*engine, view, state.generations[name]));
  }
  return state;
}

absl::Status Settle(const CorpusState& found, CorpusHistory* history) {
  if (found == history->state()) {
    if (history->in_doubt().has_value()) history->Undone();
    return absl::OkStatus();
  }
  std::string expected = ToString(history->state());
  if (history->in_doubt().has_value()) {
    std::vector<std::string> generations;
    for (const auto& generation : found.generations) generations.push_back(generation.first);
    const auto active = std::find(generations.begin(), generations.end(), found.active);
    if (active != generations.end()) std::rotate(generations.begin(), active, active + 1);
    if (!generations.empty()) {
      const CorpusState done = After(history->state(), *history->in_doubt(), generations);
      if (found == done) {
        history->Acknowledge(generations);
        return absl::OkStatus();
      }
      absl::StrAppend(&expected, "or, after step ", history->last_number(), ":\n", ToString(done));
    }
  }
  return absl::InternalError(absl::StrCat("found:\n", ToString(found), "wanted:\n", expected));
}

}  // namespace bedside
