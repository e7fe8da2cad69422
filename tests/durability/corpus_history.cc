#include "tests/durability/corpus_history.h"

#include <fcntl.h>
#include <unistd.h>

#include <cstdlib>
#include <fstream>
#include <iterator>
#include <utility>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"

namespace bedside {
namespace {

using Kind = HistoryStep::Kind;

std::string Line(const HistoryStep& step) {
  return absl::StrCat("try ", step.number, " ", static_cast<int>(step.kind), " ", absl::StrJoin(step.documents, ","),
                      " ", step.status, " ", step.name, "\n");
}

std::vector<std::string> Names(absl::string_view text) { return absl::StrSplit(text, ',', absl::SkipEmpty()); }

int Number(absl::string_view text) {
  int number = 0;
  return absl::SimpleAtoi(text, &number) ? number : -1;
}

HistoryStep StepOf(const std::vector<std::string>& fields) {
  HistoryStep step;
  step.number = Number(fields[1]);
  step.kind = static_cast<Kind>(Number(fields[2]));
  step.documents = Names(fields[3]);
  step.status = Number(fields[4]);
  step.name = fields[5];
  return step;
}

Revisions Published(const CorpusState& state, const HistoryStep& step) {
  Revisions documents;
  if (step.kind != Kind::kFullImport && !state.active.empty()) documents = state.generations.at(state.active);
  for (const std::string& id : step.documents) documents[id] = step.number;
  for (const std::string& id : state.deleted) documents.erase(id);
  return documents;
}

void Keep(const std::vector<std::string>& generations, CorpusState* state) {
  std::map<std::string, Revisions> kept;
  for (const std::string& name : generations) kept[name] = state->generations[name];
  state->generations = std::move(kept);
  state->active = generations.front();
}

// What was upserted after the active generation was built is in it.
void BringUpToDate(CorpusState* state) {
  for (const auto& [id, step] : state->upserted) {
    if (step > state->built[state->active] && state->deleted.count(id) == 0) {
      state->generations[state->active][id] = step;
    }
  }
}

}  // namespace

bool operator==(const CorpusState& a, const CorpusState& b) {
  return a.active == b.active && a.generations == b.generations && a.deleted == b.deleted && a.statuses == b.statuses &&
         a.answers == b.answers && a.feedback == b.feedback;
}

std::string ToString(const CorpusState& state) {
  std::string text = absl::StrCat("active ", state.active, "\n");
  for (const auto& [name, documents] : state.generations) {
    absl::StrAppend(&text, name, ": ", absl::StrJoin(documents, " ", absl::PairFormatter(":")), "\n");
  }
  return absl::StrCat(text, "deleted ", absl::StrJoin(state.deleted, " "), "\nstatuses ",
                      absl::StrJoin(state.statuses, " ", absl::PairFormatter(":")), "\nanswers ",
                      absl::StrJoin(state.answers, " "), "\nfeedback ", absl::StrJoin(state.feedback, " "), "\n");
}

CorpusState After(CorpusState state, const HistoryStep& step, const std::vector<std::string>& generations) {
  switch (step.kind) {
    case Kind::kImport:
    case Kind::kFullImport:
    case Kind::kReindex: {
      Revisions published = Published(state, step);
      state.generations[generations.front()] = std::move(published);
      state.built[generations.front()] = step.number;
      Keep(generations, &state);
      break;
    }
    case Kind::kActivate:
      Keep(generations, &state);
      BringUpToDate(&state);
      break;
    case Kind::kUpsert:
      for (const std::string& id : step.documents) {
        if (state.deleted.count(id) == 0) state.generations[state.active][id] = state.upserted[id] = step.number;
      }
      break;
    case Kind::kMerge:
      break;
    case Kind::kPurge:
      for (auto& [name, documents] : state.generations) documents.erase(step.documents[0]);
      state.upserted.erase(step.documents[0]);
      break;
    case Kind::kDelete:
      state.deleted.insert(step.documents[0]);
      break;
    case Kind::kSetStatus:
      state.statuses[step.documents[0]] = step.status;
      break;
    case Kind::kAnswer:
      state.answers.insert(step.name);
      break;
    case Kind::kFeedback:
      state.feedback.insert(absl::StrCat(step.name, "/", step.number));
      break;
  }
  return state;
}

CorpusHistory::CorpusHistory(const std::string& path) {
  std::ifstream input(path, std::ios::binary);
  const std::string text((std::istreambuf_iterator<char>(input)), std::istreambuf_iterator<char>());
  std::vector<std::string> lines = absl::StrSplit(text, '\n');
  // What follows the last newline is no whole line; it is made one that says nothing.
  lines.pop_back();
  for (const std::string& line : lines) Replay(line);
  file_ = open(path.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
  if (!text.empty() && text.back() != '\n') Append(" was torn off and says nothing here\n");
}

CorpusHistory::~CorpusHistory() { close(file_); }

void CorpusHistory::Replay(const std::string& line) {
  const std::vector<std::string> fields = absl::StrSplit(line, ' ');
  if (fields[0] == "try" && fields.size() == 6) {
    in_doubt_ = StepOf(fields);
    last_number_ = in_doubt_->number;
  } else if (fields[0] == "ok" && fields.size() == 2) {
    state_ = After(std::move(state_), *in_doubt_, Names(fields[1]));
    in_doubt_.reset();
    ++acknowledged_;
  } else if (fields[0] == "undone") {
    in_doubt_.reset();
  }
}

void CorpusHistory::Append(const std::string& line) {
  if (write(file_, line.data(), line.size()) != static_cast<ssize_t>(line.size())) std::abort();
}

void CorpusHistory::Begin(const HistoryStep& step) {
  Append(Line(step));
  in_doubt_ = step;
  last_number_ = step.number;
}

void CorpusHistory::Acknowledge(const std::vector<std::string>& generations) {
  Append(absl::StrCat("ok ", absl::StrJoin(generations, ","), "\n"));
  state_ = After(std::move(state_), *in_doubt_, generations);
  in_doubt_.reset();
  ++acknowledged_;
}

void CorpusHistory::Undone() {
  Append("undone\n");
  in_doubt_.reset();
}

}  // namespace bedside
