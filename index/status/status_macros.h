// Propagation of absl::Status, the only two macros of the project.
//
//   RETURN_IF_ERROR(store.Write(batch));
//   ASSIGN_OR_RETURN(auto index, LexicalIndex::Open(std::move(bytes)));
#ifndef BEDSIDE_INDEX_STATUS_STATUS_MACROS_H_
#define BEDSIDE_INDEX_STATUS_STATUS_MACROS_H_

#include <utility>

#include "absl/status/status.h"
#include "absl/status/statusor.h"

#define RETURN_IF_ERROR(expression)                                         \
  do {                                                                      \
    if (absl::Status status_ = (expression); !status_.ok()) return status_; \
  } while (false)

#define ASSIGN_OR_RETURN(target, expression) \
  BEDSIDE_ASSIGN_OR_RETURN_(BEDSIDE_CONCAT_(status_or_, __LINE__), target, expression)

#define BEDSIDE_CONCAT_INNER_(a, b) a##b
#define BEDSIDE_CONCAT_(a, b) BEDSIDE_CONCAT_INNER_(a, b)
#define BEDSIDE_ASSIGN_OR_RETURN_(holder, target, expression) \
  auto holder = (expression);                                 \
  if (!holder.ok()) return std::move(holder).status();        \
  target = *std::move(holder)

#endif  // BEDSIDE_INDEX_STATUS_STATUS_MACROS_H_
