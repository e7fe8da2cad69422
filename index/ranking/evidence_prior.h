// How much a document is preferred before its question is known, by what is known of it: its kind, its age, whether it
// grades its evidence, whom it speaks for, and its status. Small, so that it settles near-ties only.
//
// With the default weights the parts of a document add up to between -0.13 and 0.15 standard deviations of the scores
// that they are added to (index/retrieval/score_fusion.h).
#ifndef BEDSIDE_INDEX_RANKING_EVIDENCE_PRIOR_H_
#define BEDSIDE_INDEX_RANKING_EVIDENCE_PRIOR_H_

#include <string>

#include "absl/container/flat_hash_set.h"
#include "absl/time/civil_time.h"
#include "absl/types/optional.h"
#include "proto/bedside/config/retrieval_config.pb.h"
#include "proto/bedside/storage/manifest.pb.h"
#include "proto/bedside/v1/document.pb.h"

namespace bedside {

// Each above 0 for a document that is preferred, below for one that is not, 0 where nothing is known.
struct PriorParts {
  double kind = 0;
  double age = 0;
  double grade = 0;
  double jurisdiction = 0;
  double status = 0;

  double Sum() const { return kind + age + grade + jurisdiction + status; }
};

// Immutable, thread-safe.
class EvidencePrior {
 public:
  static constexpr double kKindWeight = 0.04;
  static constexpr double kAgeWeight = 0.04;
  static constexpr double kGradeWeight = 0.02;
  static constexpr double kJurisdictionWeight = 0.05;
  static constexpr double kStatusWeight = 0.05;

  // REQUIRES: weights are finite and not below 0 (config_check.h looks for more)
  explicit EvidencePrior(const config::PriorsConfig& config);

  // When it is not, all parts are 0.
  bool is_enabled() const { return is_enabled_; }

  // Times its weight each:
  // - kind: 1 for guidelines and systematic reviews, 0.5 for randomised trials, -0.5 for patient information, -1 for
  //   case reports, 0 for all others;
  // - age: 2^(1 - age / half-life) - 1, so from 1 on the day of publication through 0 at the half-life towards -1. The
  //   half-life is 5.8 years for guidelines (Shekelle et al., JAMA 2001;286:1461: estimated from 17 guidelines of one
  //   agency, half are outdated after so long), 5.5 for systematic reviews (Shojania et al., Ann Intern Med
  //   2007;147:224: median time until something called for an update), 45 for trials and articles (Poynard et al., Ann
  //   Intern Med 2002;136:888: half-life of the truth of conclusions on cirrhosis and hepatitis). The others are
  //   assumed: patient information ages as guidelines do, abstracts and case reports as articles. 0 for all other
  //   kinds, without a date and without `today`; what is dated later than today is new. A date without day or month is
  //   taken for its middle;
  // - grade: 1 where the document names the system by which it grades its evidence;
  // - jurisdiction: 1 where it is one that the site prefers;
  // - status: -0.5 for CORRECTED, -1 for EXPRESSION_OF_CONCERN and SUPERSEDED.
  PriorParts Of(const storage::DocumentEntry& document, v1::DocumentStatus status,
                absl::optional<absl::CivilDay> today) const;

 private:
  double kind_weight_;
  double age_weight_;
  double grade_weight_;
  double jurisdiction_weight_;
  double status_weight_;
  bool is_enabled_;
  // Lower case, as in the document table.
  absl::flat_hash_set<std::string> jurisdictions_;
};

}  // namespace bedside

#endif  // BEDSIDE_INDEX_RANKING_EVIDENCE_PRIOR_H_
