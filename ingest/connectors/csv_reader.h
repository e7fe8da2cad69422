// Comma-separated values, record by record.
// Source: RFC 4180; also takes "\n" line ends, quotation marks inside fields that are not quoted, and empty lines,
// which it passes over.
#ifndef BEDSIDE_INGEST_CONNECTORS_CSV_READER_H_
#define BEDSIDE_INGEST_CONNECTORS_CSV_READER_H_

#include <cstddef>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "absl/types/optional.h"

namespace bedside {

struct CsvRecord {
  // Lines on which it begins and ends, from 1.
  size_t line = 0;
  size_t last_line = 0;
  std::vector<std::string> fields;
  // False for text after a closing quotation mark, and for a quoted field that does not end. Such a field does not
  // reach beyond its line: a quotation mark that was left open takes no other record with it.
  bool well_formed = true;
};

class CsvReader {
 public:
  // `text` must outlive the reader.
  explicit CsvReader(absl::string_view text);

  // Unset at the end.
  absl::optional<CsvRecord> Next();

 private:
  // Reads a field and the comma after it; whether there was one, and so another field of the record follows.
  bool ReadField(CsvRecord* record);
  // After the opening quotation mark.
  std::string ReadQuoted(CsvRecord* record);
  std::string ReadPlain();
  std::string ReadLine();
  bool TakeLineEnd();

  absl::string_view rest_;
  size_t line_ = 1;
};

}  // namespace bedside

#endif  // BEDSIDE_INGEST_CONNECTORS_CSV_READER_H_
