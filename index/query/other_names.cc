#include "index/query/other_names.h"

namespace bedside {
namespace {

// International nonproprietary names (WHO) and United States adopted names, then diseases and measurements.
constexpr absl::string_view kNames[] = {
    "paracetamol|acetaminophen",
    "adrenaline|epinephrine",
    "noradrenaline|norepinephrine",
    "isoprenaline|isoproterenol",
    "salbutamol|albuterol",
    "furosemide|frusemide",
    "pethidine|meperidine",
    "glyceryl trinitrate|nitroglycerin|nitroglycerine",
    "rifampicin|rifampin",
    "ciclosporin|cyclosporine|cyclosporin",
    "aciclovir|acyclovir",
    "lidocaine|lignocaine",
    "glibenclamide|glyburide",
    "suxamethonium|succinylcholine",
    "aspirin|acetylsalicylic acid",
    "levothyroxine|thyroxine",
    "benzylpenicillin|penicillin g",
    "valproate|valproic acid",
    "heart attack|myocardial infarction",
    "high blood pressure|blood pressure|hypertension|antihypertensive|bp",
    "blood sugar|glucose|glycaemia",
    "oxygen saturation|spo2|sao2",
    "hba1c|a1c|glycated haemoglobin",
    "stroke|cerebrovascular accident|cerebrovascular|cerebral infarction",
    "atrial fibrillation|af|afib",
    "heart failure|cardiac failure|hf",
    "chronic obstructive pulmonary disease|copd",
    "urinary tract infection|uti",
    "deep vein thrombosis|deep venous thrombosis|dvt",
    "pulmonary embolism|pe",
    "venous thromboembolism|vte",
    "community-acquired pneumonia|cap",
    "gastroesophageal reflux|gerd|gord",
    "shingles|herpes zoster|zoster",
    "chickenpox|varicella",
    "whooping cough|pertussis",
    "german measles|rubella",
    "type 1 diabetes|type i diabetes|t1d|t1dm",
    "type 2 diabetes|type ii diabetes|t2d|t2dm",
    "cancer|carcinoma|tumour|neoplasm|malignancy",
    "thrombolysis|thrombolytic|fibrinolysis|fibrinolytic",
};

constexpr absl::string_view kWords[] = {
    "heart|cardiac|cardio",
    "lung|pulmonary",
    "attack|flare|exacerbation|episode",
    "antibiotic|antimicrobial|antibacterial",
};

}  // namespace

absl::Span<const absl::string_view> OtherNames() { return kNames; }

absl::Span<const absl::string_view> OtherWords() { return kWords; }

}  // namespace bedside
