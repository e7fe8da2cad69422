#include "services/answer/status_mark.h"

namespace bedside {

absl::string_view StatusMark(v1::DocumentStatus status) {
  switch (status) {
    case v1::DOCUMENT_STATUS_CORRECTED:
      return "corrected";
    case v1::DOCUMENT_STATUS_SUPERSEDED:
      return "superseded";
    case v1::DOCUMENT_STATUS_EXPRESSION_OF_CONCERN:
      return "expression of concern";
    case v1::DOCUMENT_STATUS_WITHDRAWN:
      return "withdrawn";
    case v1::DOCUMENT_STATUS_RETRACTED:
      return "retracted";
    case v1::DOCUMENT_STATUS_DELETED:
      return "deleted";
    default:
      return "";
  }
}

}  // namespace bedside
