#include "services/rpc/admission.h"

#include <algorithm>

namespace bedside {
namespace {

constexpr CallPriority kPriorities[kCallPriorities] = {CallPriority::kQuestion, CallPriority::kRead,
                                                       CallPriority::kChange};
// By priority.
constexpr double kWeights[kCallPriorities] = {16, 4, 1};
constexpr int kPatience[kCallPriorities] = {1, 10, 100};

// Of about so many samples a mean is made, the newest counting most.
constexpr int kSamples = 32;
constexpr absl::Duration kLongestRetry = absl::Seconds(10);

void AddSample(absl::Duration sample, absl::Duration* mean) { *mean += (sample - *mean) / kSamples; }

size_t IndexOf(CallPriority priority) { return static_cast<size_t>(priority); }

}  // namespace

const char* ReasonLabel(RefusalReason reason) {
  switch (reason) {
    case RefusalReason::kWait:
      return "wait";
    case RefusalReason::kDeadline:
      return "deadline";
    case RefusalReason::kFull:
      return "full";
  }
  return "full";
}

absl::optional<Refusal> Admission::Arrive(CallPriority priority, absl::Time now, absl::Time deadline) {
  const absl::optional<RefusalReason> reason = ReasonToRefuse(priority, now, deadline);
  if (reason.has_value()) return Refusal{*reason, ExpectedWait(priority), NextTurn(priority, now)};
  Line& line = LineOf(priority);
  if (line.waiting == 0) {
    line.pass = std::max(line.pass, pass_);
    line.first_since = running() + waiting() < limits_.workers ? absl::InfinitePast() : now;
  }
  ++line.waiting;
  return absl::nullopt;
}

absl::optional<RefusalReason> Admission::ReasonToRefuse(CallPriority priority, absl::Time now,
                                                        absl::Time deadline) const {
  if (LineOf(priority).waiting >= limits_.max_waiting) return RefusalReason::kFull;
  const absl::Duration wait = ExpectedWait(priority);
  if (wait == absl::ZeroDuration()) return absl::nullopt;
  if (now + wait >= deadline) return RefusalReason::kDeadline;
  const absl::Duration patience = std::max(limits_.max_wait * kPatience[IndexOf(priority)], LineOf(priority).run_time);
  return wait > patience ? absl::make_optional(RefusalReason::kWait) : absl::nullopt;
}

absl::Duration Admission::NextTurn(CallPriority priority, absl::Time now) {
  Line& line = LineOf(priority);
  line.last_turn = std::max(line.last_turn, now + ExpectedWait(priority)) + line.interval;
  line.last_turn = std::min(line.last_turn, now + kLongestRetry);
  return line.last_turn - now;
}

absl::Duration Admission::ExpectedWait(CallPriority priority) const {
  const Line& line = LineOf(priority);
  return line.interval * static_cast<int64_t>(line.waiting);
}

bool Admission::MayRun(CallPriority priority) const {
  if (priority == CallPriority::kQuestion) return true;
  const size_t others = running() - LineOf(CallPriority::kQuestion).running;
  return others < std::max<size_t>(1, limits_.workers / 2);
}

absl::optional<CallPriority> Admission::Next() const {
  absl::optional<CallPriority> next;
  for (const CallPriority priority : kPriorities) {
    if (LineOf(priority).waiting == 0 || !MayRun(priority)) continue;
    if (!next.has_value() || LineOf(priority).pass < LineOf(*next).pass) next = priority;
  }
  return next;
}

void Admission::Begin(CallPriority priority, absl::Time now) {
  Line& line = LineOf(priority);
  pass_ = line.pass;
  line.pass += 1 / kWeights[IndexOf(priority)];
  if (line.first_since != absl::InfinitePast()) AddSample(now - line.first_since, &line.interval);
  --line.waiting;
  ++line.running;
  line.first_since = line.waiting > 0 ? now : absl::InfinitePast();
}

void Admission::End(CallPriority priority, absl::Duration took) {
  --LineOf(priority).running;
  AddSample(took, &LineOf(priority).run_time);
}

size_t Admission::waiting() const {
  size_t waiting = 0;
  for (const Line& line : lines_) waiting += line.waiting;
  return waiting;
}

size_t Admission::running() const {
  size_t running = 0;
  for (const Line& line : lines_) running += line.running;
  return running;
}

}  // namespace bedside
