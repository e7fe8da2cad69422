#include "services/patient/measurements.h"

#include <algorithm>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/str_split.h"

namespace bedside {
namespace {

constexpr int kDay = 1;
constexpr int kMonth = 30;
constexpr int kQuarter = 90;
constexpr int kHalfYear = 180;
constexpr int kYear = 365;
constexpr int kYears = 3 * kYear;

constexpr Measurement kMeasurements[] = {
    {"egfr",
     "eGFR",
     "mL/min/{1.73_m2}",
     1,
     250,
     kYear,
     {},
     "98979-8 62238-1 98980-6 50210-4 94677-2 69405-9 33914-3 77147-7 70969-1 50044-7"},
    {"creatinine", "creatinine", "mg/dL", 0.1, 40, kYear, {113.12}, "2160-0 14682-9 38483-4 59826-8"},
    {"urea_nitrogen", "urea nitrogen", "mg/dL", 1, 300, kYear, {28.014}, "3094-0 6299-2"},
    {"urea", "urea", "mmol/L", 0.2, 110, kYear, {60.06}, "22664-7 3091-6"},
    {"albumin_creatinine_ratio", "urine albumin-creatinine ratio", "mg/g", 0, 30000, kYear, {113.12}, "9318-7 14959-1"},
    {"potassium", "potassium", "mmol/L", 1, 12, kQuarter, {39.098, 1}, "2823-3 6298-4"},
    {"sodium", "sodium", "mmol/L", 90, 200, kQuarter, {22.990, 1}, "2951-2 2947-0"},
    {"calcium", "calcium", "mg/dL", 3, 25, kHalfYear, {40.078, 2}, "17861-6 2000-8"},
    {"magnesium", "magnesium", "mg/dL", 0.2, 15, kHalfYear, {24.305, 2}, "19123-9 2601-3"},
    {"phosphate", "phosphate", "mg/dL", 0.2, 30, kHalfYear, {30.974}, "2777-1 14879-1"},
    {"urate", "urate", "mg/dL", 0.1, 40, kYear, {168.11}, "3084-1 14933-6"},
    {"glucose", "glucose", "mg/dL", 5, 2500, kMonth, {180.156}, "2345-7 14749-6 2339-0 15074-8"},
    {"fasting_glucose", "fasting glucose", "mg/dL", 5, 2500, kQuarter, {180.156}, "1558-6 14771-0"},
    {"hba1c", "HbA1c", "%", 2, 25, kHalfYear, {}, "4548-4 17856-6 59261-8"},
    {"cholesterol", "total cholesterol", "mg/dL", 20, 2000, kYears, {386.65}, "2093-3 14647-2"},
    {"ldl_cholesterol", "LDL cholesterol", "mg/dL", 1, 1500, kYears, {386.65}, "13457-7 18262-6 2089-1 22748-8"},
    {"hdl_cholesterol", "HDL cholesterol", "mg/dL", 1, 300, kYears, {386.65}, "2085-9 14646-4"},
    {"triglycerides", "triglycerides", "mg/dL", 5, 15000, kYears, {885.43}, "2571-8 14927-8"},
    {"bilirubin", "total bilirubin", "mg/dL", 0, 80, kHalfYear, {584.66}, "1975-2 14631-6"},
    {"albumin", "albumin", "g/dL", 0.5, 8, kHalfYear, {}, "1751-7"},
    {"alt", "ALT", "U/L", 0, 30000, kHalfYear, {}, "1742-6 1743-4 1744-2"},
    {"ast", "AST", "U/L", 0, 30000, kHalfYear, {}, "1920-8"},
    {"alkaline_phosphatase", "alkaline phosphatase", "U/L", 0, 10000, kHalfYear, {}, "6768-6"},
    {"haemoglobin", "haemoglobin", "g/dL", 1, 30, kHalfYear, {16114}, "718-7 59260-0"},
    {"platelets", "platelets", "10*9/L", 0, 5000, kHalfYear, {}, "777-3 26515-7"},
    {"leukocytes", "leukocytes", "10*9/L", 0, 1000, kHalfYear, {}, "6690-2 26464-8"},
    {"inr", "INR", "{INR}", 0.5, 30, kMonth, {}, "6301-6 34714-6"},
    {"tsh", "TSH", "m[iU]/L", 0, 1000, kYear, {}, "3016-3 11580-8"},
    {"crp", "CRP", "mg/L", 0, 1000, kMonth, {}, "1988-5 30522-7"},
    {"ferritin", "ferritin", "ug/L", 0, 100000, kYear, {}, "2276-4"},
    {"body_weight", "body weight", "kg", 0.3, 650, kYear, {}, "29463-7 3141-9"},
    {"body_height", "body height", "cm", 20, 280, kYears, {}, "8302-2 8306-3"},
    {"bmi", "body mass index", "kg/m2", 5, 200, kYear, {}, "39156-5"},
    {"systolic_pressure", "systolic blood pressure", "mm[Hg]", 30, 350, kQuarter, {}, "8480-6"},
    {"diastolic_pressure", "diastolic blood pressure", "mm[Hg]", 10, 250, kQuarter, {}, "8462-4"},
    {"heart_rate", "heart rate", "/min", 10, 400, kDay, {}, "8867-4"},
    {"respiratory_rate", "respiratory rate", "/min", 1, 150, kDay, {}, "9279-1"},
    {"temperature", "body temperature", "Cel", 12, 47, kDay, {}, "8310-5 8331-1"},
    {"oxygen_saturation", "oxygen saturation", "%", 10, 100, kDay, {}, "2708-6 59408-5"},
};

using ByLoinc = absl::flat_hash_map<absl::string_view, const Measurement*>;

ByLoinc MakeByLoinc() {
  ByLoinc by_loinc;
  for (const Measurement& measurement : kMeasurements) {
    for (const absl::string_view code : absl::StrSplit(measurement.loinc, ' ')) by_loinc[code] = &measurement;
  }
  return by_loinc;
}

}  // namespace

absl::Span<const Measurement> Measurements() { return kMeasurements; }

const Measurement* FindMeasurement(absl::string_view loinc) {
  static const auto& by_loinc = *new ByLoinc(MakeByLoinc());
  const auto found = by_loinc.find(loinc);
  return found == by_loinc.end() ? nullptr : found->second;
}

const Measurement& MeasurementNamed(absl::string_view name) {
  return *std::find_if(std::begin(kMeasurements), std::end(kMeasurements),
                       [name](const Measurement& measurement) { return measurement.name == name; });
}

absl::optional<double> InUnitOf(const Measurement& measurement, double value, absl::string_view unit) {
  const bool is_ifcc = measurement.name == "hba1c" && IsSameUnit(unit, "mmol/mol");
  if (is_ifcc) return 0.09148 * value + 2.152;
  return ConvertUnit(value, unit, measurement.unit, measurement.substance);
}

}  // namespace bedside
