// Resources of FHIR R4, one type at a time, on their way into a v1::PatientContext.
#ifndef BEDSIDE_SERVICES_FHIR_RECORD_READER_H_
#define BEDSIDE_SERVICES_FHIR_RECORD_READER_H_

#include <map>
#include <string>

#include "absl/time/civil_time.h"
#include "services/fhir/fhir_element.h"
#include "services/fhir/fhir_patient.h"
#include "services/fhir/observation_reader.h"
#include "services/patient/patient_summary.h"

namespace bedside {

// Two passes: what others refer to must be known before they are read.
class RecordReader {
 public:
  // `reading` must outlive it; what is read is added to it.
  RecordReader(absl::CivilDay today, PatientReading* reading)
      : today_(today), reading_(reading), observations_(today, reading) {}

  // The first pass. `full_url` may be empty.
  void NoteReferred(const FhirElement& resource, absl::string_view full_url);
  void Read(const FhirElement& resource);

 private:
  void ReadCondition(const FhirElement& condition);
  void ReadMedication(const FhirElement& use);
  void ReadAllergy(const FhirElement& allergy);
  void ReadProcedure(const FhirElement& procedure);
  void ReadEncounter(const FhirElement& encounter);
  void ReadImmunization(const FhirElement& immunization);
  void ReadServiceRequest(const FhirElement& request);

  void ReadPregnancy(const FhirElement& condition);
  v1::ClinicalCode DrugOf(const FhirElement& use) const;
  void AddEvent(const v1::ClinicalCode& code, absl::optional<int> age_days,
                google::protobuf::RepeatedPtrField<v1::PatientEvent>* events) const;
  void NotInForce(v1::PatientContextKind kind) { reading_->ignored.Add(kind, v1::PATIENT_CONTEXT_REASON_NOT_IN_FORCE); }

  const absl::CivilDay today_;
  PatientReading* const reading_;
  ObservationReader observations_;
  PatientIdentity patient_;
  // Codes of Medication resources by the last part of their ids.
  std::map<std::string, v1::ClinicalCode> medications_;
};

}  // namespace bedside

#endif  // BEDSIDE_SERVICES_FHIR_RECORD_READER_H_
