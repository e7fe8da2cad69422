// Dates as publishers write them.
#ifndef BEDSIDE_INGEST_CONNECTORS_PUBLICATION_DATE_H_
#define BEDSIDE_INGEST_CONNECTORS_PUBLICATION_DATE_H_

#include "absl/strings/string_view.h"
#include "proto/bedside/v1/document.pb.h"

namespace bedside {

// The first date that `text` names, as precise as it is: "2011-08-02", "2011/08", "2003 Jan-Feb" (2003-01),
// "1998 Dec-1999 Jan" (1998-12), "2000 Spring" (2000), "2 August 2011", "August 2, 2011", "2011-08-02T10:00:00Z".
// Of purely numeric dates only those that begin with the year are read further than the year, since the others are
// ambiguous, and no day that the month does not have. All zero when there is no year from 1000 to 2999.
v1::Date ParsePublicationDate(absl::string_view text);

// From three fields of a record, each a number, a month's name or empty; what makes no sense is left 0, and so is what
// is finer than it.
v1::Date PublicationDate(absl::string_view year, absl::string_view month, absl::string_view day);

}  // namespace bedside

#endif  // BEDSIDE_INGEST_CONNECTORS_PUBLICATION_DATE_H_
