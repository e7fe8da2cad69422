#include "tools/eval/privacy/identifier_templates.h"

namespace bedside {

const std::vector<IdentifierTemplate>& IdentifierTemplates() {
  using v1::IdentifierKind;
  constexpr auto kName = v1::IDENTIFIER_KIND_NAME;
  constexpr auto kPlace = v1::IDENTIFIER_KIND_PLACE;
  constexpr auto kAddress = v1::IDENTIFIER_KIND_ADDRESS;
  constexpr auto kPostcode = v1::IDENTIFIER_KIND_POSTCODE;
  constexpr auto kDate = v1::IDENTIFIER_KIND_DATE;
  constexpr auto kAge = v1::IDENTIFIER_KIND_AGE;
  constexpr auto kPhone = v1::IDENTIFIER_KIND_PHONE;
  constexpr auto kFax = v1::IDENTIFIER_KIND_FAX;
  constexpr auto kEmail = v1::IDENTIFIER_KIND_EMAIL;
  constexpr auto kNational = v1::IDENTIFIER_KIND_NATIONAL_ID;
  constexpr auto kRecord = v1::IDENTIFIER_KIND_MEDICAL_RECORD;
  constexpr auto kPlan = v1::IDENTIFIER_KIND_HEALTH_PLAN;
  constexpr auto kAccount = v1::IDENTIFIER_KIND_ACCOUNT;
  constexpr auto kLicence = v1::IDENTIFIER_KIND_LICENCE;
  constexpr auto kVehicle = v1::IDENTIFIER_KIND_VEHICLE;
  constexpr auto kDevice = v1::IDENTIFIER_KIND_DEVICE;
  constexpr auto kUrl = v1::IDENTIFIER_KIND_URL;
  constexpr auto kIp = v1::IDENTIFIER_KIND_IP_ADDRESS;
  constexpr auto kBiometric = v1::IDENTIFIER_KIND_BIOMETRIC;
  constexpr auto kImage = v1::IDENTIFIER_KIND_IMAGE;
  constexpr auto kOther = v1::IDENTIFIER_KIND_OTHER;
  static const auto& templates = *new std::vector<IdentifierTemplate>{
      {kName, "My patient |{given} {surname}| asks about this."},
      {kName, "Mr |{surname}| was admitted last night."},
      {kName, "Mrs. |{given} {surname}| is worried."},
      {kName, "|{given} {surname}|, a 54-year-old woman, has had this for weeks."},
      {kName, "This is for |{given} {surname}|."},
      {kName, "The patient is called |{given} {surname}|."},
      {kName, "Dr |{surname}| suggested asking."},
      {kName, "Referred by Dr. |{given} {surname}| of our clinic."},
      {kName, "Patient: |{surname}, {given}|."},
      {kName, "Name: |{given} {surname}|"},
      {kName, "|{given} {surname}| presented with pain."},
      {kName, "I saw |{given} {surname}| today."},
      {kName, "Her husband |{given}| gives the history."},
      {kName, "His daughter, |{given}|, called us."},
      {kName, "|{given}| is a 7 year old boy."},
      {kName, "Should |{given}| continue?"},
      {kName, "mr |{lowsurname}| is here again."},
      {kName, "pt named |{lowgiven} {lowsurname}| is here."},
      {kPlace, "She lives in |{city}|."},
      {kPlace, "He is from |{city}|, and travelled."},
      {kPlace, "Seen at |{city} General Hospital|."},
      {kPlace, "Transferred from |{city} Medical Center|."},
      {kPlace, "He moved to |{city}| in spring."},
      {kPlace, "A resident of |{city}|."},
      {kAddress, "Address: |### {city} Street|."},
      {kAddress, "She lives at |## {city} Road|."},
      {kAddress, "Home is |#### N. {city} Ave, Apt ##|."},
      {kAddress, "He is at |## {city} Lane, Flat #| now."},
      {kAddress, "Deliver to |P.O. Box ####|."},
      {kAddress, "Letters to |PO Box ###| please."},
      {kPostcode, "Zip code |#####|."},
      {kPostcode, "ZIP: |#####-####|."},
      {kPostcode, "She lives near |SW1A #AA|."},
      {kPostcode, "Postcode |LS# #JT|."},
      {kPostcode, "Mail to MA |#####|."},
      {kPostcode, "He lives in TX |#####-####|."},
      {kDate, "Seen on |{dd}/{mm}/{yyyy}|."},
      {kDate, "Admitted |{Month} {d}, {yyyy}|."},
      {kDate, "DOB |{mm}/{dd}/{yy}|."},
      {kDate, "Date of birth: |{d} {Month} {yyyy}|."},
      {kDate, "Surgery was on |{yyyy}-{mm}-{dd}|."},
      {kDate, "Born |{d}.{m}.{yyyy}|."},
      {kDate, "It began in |{Month} {yyyy}|."},
      {kDate, "Started on |{Month} {d}th|."},
      {kDate, "Discharged |{dd}-{Mon}-{yyyy}|."},
      {kDate, "Last visit: |{Mon} {d}, {yyyy}|."},
      {kDate, "It has been going on since |{Month}|."},
      {kDate, "The appointment on |{m}/{d}| was missed."},
      {kAge, "A |9#-year-old| man."},
      {kAge, "She is |9# years old|."},
      {kAge, "Patient aged |9#|, frail."},
      {kAge, "|9# yo| F with falls."},
      {kAge, "|10#-year-old| woman in a home."},
      {kAge, "This |9#|F lives alone."},
      {kPhone, "Call |(###) ###-####|."},
      {kPhone, "Phone |###-###-####|."},
      {kPhone, "Her number is |###.###.####|."},
      {kPhone, "Mobile |+44 7### ######|."},
      {kPhone, "Tel: |0## #### ####|."},
      {kPhone, "Ring |+1 ### ### ####| after six."},
      {kPhone, "Reach him at |1-###-###-#### ext. ###|."},
      {kPhone, "Contact: |+49 30 #######|."},
      {kFax, "Fax |###-###-####|."},
      {kFax, "Fax number: |(###) ###-####|."},
      {kFax, "Please fax to |0### ### ####|."},
      {kFax, "Results were faxed to |###.###.####|."},
      {kEmail, "Write to |{low}.{low}{at}{low}.com|."},
      {kEmail, "E-mail: |{low}##{at}mail.{low}.org|."},
      {kEmail, "Her address is |{low}_{low}{at}{low}.co.uk|."},
      {kEmail, "Contact |{low}+x{at}{low}.net| instead."},
      {kNational, "SSN |###-##-####|."},
      {kNational, "Social security number: |### ## ####|."},
      {kNational, "Her SSN is |#########|."},
      {kNational, "NHS number |{nhs}|."},
      {kNational, "NHS no. |{nhs}|."},
      {kNational, "Known under |###-##-####|."},
      {kRecord, "MRN |#######|."},
      {kRecord, "MRN: |@@-######|."},
      {kRecord, "Medical record number |##-##-###|."},
      {kRecord, "Medical record no. is |########|."},
      {kRecord, "Patient ID |@######|."},
      {kRecord, "Hospital number: |@@@######|."},
      {kRecord, "Chart #|######|."},
      {kRecord, "Hosp no |@######|."},
      {kPlan, "Member ID |@@@#########|."},
      {kPlan, "Insurance policy number: |@@ ### ### ###|."},
      {kPlan, "Health plan ID: |#########-##|."},
      {kPlan, "Subscriber no. |@########|."},
      {kPlan, "Medicaid number |##########|."},
      {kPlan, "Medicare ID |1EG#-TE#-MK##|."},
      {kAccount, "Paid with |{card}|."},
      {kAccount, "IBAN |{iban}|."},
      {kAccount, "Account number |########|."},
      {kAccount, "Bank account: |## ### ###|."},
      {kAccount, "Card no. |{card}|."},
      {kAccount, "Acct # |#########|."},
      {kLicence, "Driver's license number |@#######|."},
      {kLicence, "Licence no. |@@@##-####|."},
      {kLicence, "Passport |#########|."},
      {kLicence, "Passport number: |@########|."},
      {kLicence, "DEA |{dea}|."},
      {kLicence, "NPI |##########|."},
      {kVehicle, "VIN |{vin}|."},
      {kVehicle, "Hit by a car, |{vin}|."},
      {kVehicle, "License plate |@@@-####|."},
      {kVehicle, "Number plate |@@## @@@|."},
      {kDevice, "Pacemaker serial number |@@@######|."},
      {kDevice, "Device ID |@@-####-##|."},
      {kDevice, "Serial no. |##########|."},
      {kDevice, "Pump S/N |@######|."},
      {kDevice, "UDI |(01)##############(21)@####|."},
      {kDevice, "IMEI |###############|."},
      {kUrl, "See |https://www.{low}.com/p/{low}?id=##|."},
      {kUrl, "Her page is |www.{low}.org/{low}|."},
      {kUrl, "Photos at |http://{low}.net/{low}##| today."},
      {kUrl, "He blogs at |{low}.com/{low}|."},
      {kIp, "Portal login from |1##.1##.2#.1##|."},
      {kIp, "IP |10.#.1##.##|."},
      {kIp, "Sent from |2001:db8:##::##a|."},
      {kIp, "Address |fe80::1##:2##f|."},
      {kBiometric, "Fingerprint ID |FP-######|."},
      {kBiometric, "Voiceprint code |@@####|."},
      {kBiometric, "Retinal scan no. |######|."},
      {kBiometric, "Biometric template |@#@#@#####|."},
      {kImage, "Photo |face-####.jpg| attached."},
      {kImage, "See |{low}_##.png|."},
      {kOther, "Specimen number |S##-#####|."},
      {kOther, "Accession no. |@@-##-######|."},
      {kOther, "Study ID |@@@-####|."},
      {kOther, "Subject number |##-####|."},
      {kOther, "Employee ID: |@#####|."},
      {kOther, "Encounter |{hex8}-{hex4}-4{hex3}-8{hex3}-{hex12}|."},
      {kOther, "Record |{hex8}-{hex4}-4{hex3}-9{hex3}-{hex12}|."},
      {kOther, "Claim number |############|."},
  };
  return templates;
}

}  // namespace bedside
