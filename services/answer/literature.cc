#include "services/answer/literature.h"

namespace bedside {

bool IsLiterature(v1::DocumentKind kind) {
  return kind != v1::DOCUMENT_KIND_GUIDELINE && kind != v1::DOCUMENT_KIND_PATIENT_INFORMATION;
}

bool ReportsStudies(v1::DocumentKind kind) {
  switch (kind) {
    case v1::DOCUMENT_KIND_SYSTEMATIC_REVIEW:
    case v1::DOCUMENT_KIND_RANDOMIZED_TRIAL:
    case v1::DOCUMENT_KIND_ARTICLE:
    case v1::DOCUMENT_KIND_ABSTRACT:
    case v1::DOCUMENT_KIND_CASE_REPORT:
    case v1::DOCUMENT_KIND_SNIPPET:
      return true;
    default:
      return false;
  }
}

}  // namespace bedside
