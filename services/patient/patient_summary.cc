#include "services/patient/patient_summary.h"

#include <algorithm>
#include <limits>
#include <utility>

#include "absl/algorithm/container.h"
#include "absl/strings/ascii.h"
#include "services/patient/ckd_epi.h"
#include "services/patient/clinical_display.h"

namespace bedside {
namespace {

constexpr double kMonthsPerYear = 12;
// More of a kind no patient has; what is beyond is not compared with anything.
constexpr size_t kMostOfAKind = 200;

using Items = google::protobuf::RepeatedPtrField<v1::PatientContextItem>;
using Kind = v1::PatientContextKind;

int AgeOf(const absl::optional<int>& age_days) { return age_days.value_or(std::numeric_limits<int>::max()); }

template <typename Message>
absl::optional<int> AgeDays(const Message& message) {
  return message.has_age_days() ? absl::make_optional<int>(message.age_days()) : absl::nullopt;
}

void AddItem(Kind kind, absl::string_view name, int count, Items* items) {
  if (count == 0) return;
  v1::PatientContextItem& item = *items->Add();
  item.set_kind(kind);
  item.set_name(std::string(name));
  item.set_count(count);
}

// Of HL7: "AMB".
bool IsCode(const std::string& text) {
  constexpr size_t kMostLetters = 12;
  return text.size() <= kMostLetters && absl::c_all_of(text, absl::ascii_isupper);
}

absl::optional<double> AgeYears(const v1::PatientFacts& facts) {
  if (facts.has_age_months()) return facts.age_months() / kMonthsPerYear;
  return facts.has_age_years() ? absl::make_optional<double>(facts.age_years()) : absl::nullopt;
}

class Summariser {
 public:
  Summariser(const v1::PatientFacts& stated, PatientReading reading)
      : context_(std::move(reading.context)),
        ignored_(std::move(reading.ignored)),
        stale_(std::move(reading.stale)),
        facts_of_record_(context_.facts()) {
    summary_.facts = stated;
    summary_.use.emplace();
  }

  PatientSummary Run() {
    ReadValues();
    TakeFacts();
    SetEgfr();
    summary_.smoking = context_.smoking();
    if (IsCode(context_.encounter_class())) summary_.encounter_class = context_.encounter_class();
    summary_.problems = Names(context_.problems(), v1::PATIENT_CONTEXT_KIND_PROBLEM);
    ReadDrugs();
    ReadAllergies();
    summary_.procedures = EventNames(context_.procedures(), v1::PATIENT_CONTEXT_KIND_PROCEDURE);
    summary_.immunizations = EventNames(context_.immunizations(), v1::PATIENT_CONTEXT_KIND_IMMUNIZATION);
    summary_.service_requests = Names(context_.service_requests(), v1::PATIENT_CONTEXT_KIND_SERVICE_REQUEST);
    ListUse();
    return std::move(summary_);
  }

 private:
  v1::PatientContextUse& use() { return *summary_.use; }

  void ReadValues() {
    for (const v1::PatientObservation& observation : context_.observations()) {
      const Measurement* measurement = FindMeasurement(observation.loinc());
      if (measurement == nullptr) {
        Ignore(v1::PATIENT_CONTEXT_REASON_NOT_READ, "");
        continue;
      }
      const absl::optional<double> value = InUnitOf(*measurement, observation.value(), observation.unit());
      if (!value.has_value()) {
        Ignore(v1::PATIENT_CONTEXT_REASON_UNKNOWN_UNIT, measurement->name);
      } else if (!(*value >= measurement->lowest && *value <= measurement->highest)) {
        Ignore(v1::PATIENT_CONTEXT_REASON_NO_USABLE_VALUE, measurement->name);
      } else {
        Keep(*measurement, *value, AgeDays(observation));
      }
    }
    absl::c_sort(summary_.values,
                 [](const KnownValue& a, const KnownValue& b) { return a.measurement < b.measurement; });
  }

  void Ignore(v1::PatientContextReason reason, absl::string_view name) {
    ignored_.Add(v1::PATIENT_CONTEXT_KIND_OBSERVATION, reason, name);
  }

  // The newest of its measurement stays.
  void Keep(const Measurement& measurement, double value, absl::optional<int> age_days) {
    const bool is_stale = AgeOf(age_days) > measurement.fresh_days;
    const KnownValue known{&measurement, value, age_days, is_stale, ""};
    const auto held =
        absl::c_find_if(summary_.values, [&](const KnownValue& other) { return other.measurement == &measurement; });
    if (held == summary_.values.end()) {
      summary_.values.push_back(known);
      return;
    }
    Ignore(v1::PATIENT_CONTEXT_REASON_SUPERSEDED, measurement.name);
    if (AgeOf(age_days) < AgeOf(held->age_days)) *held = known;
  }

  void TakeFacts() {
    v1::PatientFacts& facts = summary_.facts;
    const v1::PatientFacts& record = facts_of_record_;
    const bool age_stated = facts.age_case() != v1::PatientFacts::AGE_NOT_SET;
    if (Takes("age", age_stated, record.age_case() != v1::PatientFacts::AGE_NOT_SET)) {
      if (record.has_age_years()) facts.set_age_years(record.age_years());
      if (record.has_age_months()) facts.set_age_months(record.age_months());
    }
    if (Takes("sex", facts.sex() != v1::SEX_UNSPECIFIED, record.sex() != v1::SEX_UNSPECIFIED)) {
      facts.set_sex(record.sex());
    }
    const bool may_be_mother = facts.sex() != v1::SEX_MALE;
    if (Takes("pregnant", facts.has_pregnant(), record.has_pregnant() && may_be_mother)) {
      facts.set_pregnant(record.pregnant());
    }
    if (Takes("breastfeeding", facts.has_breastfeeding(), record.has_breastfeeding() && may_be_mother)) {
      facts.set_breastfeeding(record.breastfeeding());
    }
    if (Takes("egfr", facts.has_egfr(), record.has_egfr())) facts.set_egfr(record.egfr());
  }

  // Whether a fact of the record is taken.
  bool Takes(absl::string_view name, bool stated, bool recorded) {
    if (recorded && stated) {
      ignored_.Add(v1::PATIENT_CONTEXT_KIND_FACT, v1::PATIENT_CONTEXT_REASON_OVERRIDDEN, name);
    }
    if (!recorded || stated) return false;
    AddItem(v1::PATIENT_CONTEXT_KIND_FACT, name, 1, use().mutable_used());
    return true;
  }

  void SetEgfr() {
    if (summary_.facts.has_egfr()) return;
    const KnownValue* given = summary_.Find("egfr");
    if (given != nullptr && !given->is_stale) {
      summary_.facts.set_egfr(given->value);
      return;
    }
    const KnownValue* creatinine = summary_.Find("creatinine");
    const absl::optional<double> age = AgeYears(summary_.facts);
    if (creatinine == nullptr || creatinine->is_stale || !age.has_value()) return;
    const absl::optional<double> computed = CkdEpi2021(creatinine->value, *age, summary_.facts.sex());
    if (!computed.has_value()) return;
    summary_.facts.set_egfr(*computed);
    const KnownValue egfr{&MeasurementNamed("egfr"), *computed, creatinine->age_days, false, kCkdEpi2021};
    // It takes the place of one that is too old: the first, if any.
    if (given != nullptr) {
      AddValue(*given, use().mutable_stale());
      summary_.values.erase(summary_.values.begin());
    }
    summary_.values.insert(summary_.values.begin(), egfr);
  }

  template <typename Codes>
  std::vector<std::string> Names(const Codes& codes, Kind kind) {
    std::vector<std::string> names;
    for (const v1::ClinicalCode& code : codes) AddName(code, kind, &names);
    AddItem(kind, "", static_cast<int>(names.size()), use().mutable_used());
    return names;
  }

  template <typename Events>
  std::vector<std::string> EventNames(const Events& events, Kind kind) {
    std::vector<v1::PatientEvent> sorted(events.begin(), events.end());
    absl::c_stable_sort(sorted, [](const v1::PatientEvent& a, const v1::PatientEvent& b) {
      return AgeOf(AgeDays(a)) < AgeOf(AgeDays(b));
    });
    std::vector<v1::ClinicalCode> codes;
    for (const v1::PatientEvent& event : sorted) codes.push_back(event.code());
    return Names(codes, kind);
  }

  void AddName(const v1::ClinicalCode& code, Kind kind, std::vector<std::string>* names) {
    std::string name = PlainDisplay(code.display());
    if (name.empty()) {
      ignored_.Add(kind, v1::PATIENT_CONTEXT_REASON_NO_KNOWN_CODE);
    } else if (names->size() == kMostOfAKind) {
      ignored_.Add(kind, v1::PATIENT_CONTEXT_REASON_NOT_READ);
    } else if (absl::c_linear_search(*names, name)) {
      ignored_.Add(kind, v1::PATIENT_CONTEXT_REASON_SUPERSEDED);
    } else {
      names->push_back(std::move(name));
    }
  }

  void ReadDrugs() {
    std::vector<v1::ClinicalCode> taken;
    for (const v1::PatientDrug& drug : context_.drugs()) {
      if (!drug.stopped()) taken.push_back(drug.drug());
    }
    ignored_.Add(v1::PATIENT_CONTEXT_KIND_DRUG, v1::PATIENT_CONTEXT_REASON_NOT_IN_FORCE, "",
                 context_.drugs_size() - static_cast<int>(taken.size()));
    summary_.drugs = Names(taken, v1::PATIENT_CONTEXT_KIND_DRUG);
  }

  void ReadAllergies() {
    summary_.no_known_allergies = context_.no_known_allergies() && context_.allergies().empty();
    for (const v1::PatientAllergy& allergy : context_.allergies()) {
      v1::PatientAllergy read = allergy;
      read.mutable_substance()->set_display(PlainDisplay(allergy.substance().display()));
      if (read.substance().display().empty() || summary_.allergies.size() == kMostOfAKind) {
        ++summary_.unread_allergies;
      } else {
        summary_.allergies.push_back(std::move(read));
      }
    }
    ignored_.Add(v1::PATIENT_CONTEXT_KIND_ALLERGY, v1::PATIENT_CONTEXT_REASON_NO_KNOWN_CODE, "",
                 summary_.unread_allergies);
    AddItem(v1::PATIENT_CONTEXT_KIND_ALLERGY, "", static_cast<int>(summary_.allergies.size()), use().mutable_used());
    if (summary_.no_known_allergies) {
      AddItem(v1::PATIENT_CONTEXT_KIND_ALLERGY, "none_known", 1, use().mutable_used());
    }
  }

  void AddValue(const KnownValue& value, Items* items) {
    AddItem(v1::PATIENT_CONTEXT_KIND_OBSERVATION, value.measurement->name, 1, items);
    v1::PatientContextItem& item = *items->rbegin();
    if (value.age_days.has_value()) item.set_age_days(*value.age_days);
    item.set_formula(value.formula);
  }

  void ListUse() {
    for (const KnownValue& value : summary_.values) {
      AddValue(value, value.is_stale ? use().mutable_stale() : use().mutable_used());
    }
    if (summary_.smoking != v1::SMOKING_STATUS_UNSPECIFIED) {
      AddItem(v1::PATIENT_CONTEXT_KIND_FACT, "smoking", 1, use().mutable_used());
    }
    AddItem(v1::PATIENT_CONTEXT_KIND_ENCOUNTER, "", summary_.encounter_class.empty() ? 0 : 1, use().mutable_used());
    ListMissing();
    ignored_.AddTo(use().mutable_ignored());
    stale_.AddTo(use().mutable_stale());
  }

  void ListMissing() {
    const v1::PatientFacts& facts = summary_.facts;
    const auto demand = [this](Kind kind, absl::string_view name, bool known) {
      if (!known) AddItem(kind, name, 1, use().mutable_missing());
    };
    demand(v1::PATIENT_CONTEXT_KIND_FACT, "age", facts.age_case() != v1::PatientFacts::AGE_NOT_SET);
    demand(v1::PATIENT_CONTEXT_KIND_FACT, "sex", facts.sex() != v1::SEX_UNSPECIFIED);
    demand(v1::PATIENT_CONTEXT_KIND_OBSERVATION, "egfr", facts.has_egfr());
    demand(v1::PATIENT_CONTEXT_KIND_PROBLEM, "", !context_.problems().empty());
    demand(v1::PATIENT_CONTEXT_KIND_DRUG, "", !context_.drugs().empty());
    demand(v1::PATIENT_CONTEXT_KIND_ALLERGY, "", context_.no_known_allergies() || !context_.allergies().empty());
  }

  const v1::PatientContext context_;
  ContextItems ignored_;
  ContextItems stale_;
  const v1::PatientFacts facts_of_record_;
  PatientSummary summary_;
};

}  // namespace

const KnownValue* PatientSummary::Find(absl::string_view measurement) const {
  const auto found =
      absl::c_find_if(values, [&](const KnownValue& value) { return value.measurement->name == measurement; });
  return found == values.end() ? nullptr : &*found;
}

PatientSummary Summarise(const v1::PatientFacts& stated) {
  PatientSummary summary;
  summary.facts = stated;
  return summary;
}

PatientSummary Summarise(const v1::PatientFacts& stated, PatientReading reading) {
  return Summariser(stated, std::move(reading)).Run();
}

}  // namespace bedside
