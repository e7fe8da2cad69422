// A table of HTML's model (rows of cells that may span columns and rows) as a plain grid.
//
// A cell that spans columns or rows is repeated in each place that it covers, so that every row can be read alone; a
// cell that covers a whole row of the body alone stands once. Cells of the same text stay as many as they are. Header
// rows are joined column by column, from top to bottom.
#ifndef BEDSIDE_INGEST_CONNECTORS_TABLE_GRID_H_
#define BEDSIDE_INGEST_CONNECTORS_TABLE_GRID_H_

#include <string>
#include <vector>

#include "absl/strings/string_view.h"

namespace bedside {

class TableGrid {
 public:
  // Header rows after the first row of the body count as body.
  void BeginRow(bool is_header);

  // `columns`, `rows`: the spans as the source writes them, "" for 1. Spans are cut at 100 columns and 1,000 rows, and
  // a table at 200,000 places; of text that spans repeat, 4 MiB stand, and further repetitions are empty. REQUIRES: a
  // row has begun
  void AddCell(std::string text, absl::string_view columns, absl::string_view rows);

  bool empty() const { return rows_.empty(); }
  // Empty when there are no header rows.
  std::vector<std::string> Header() const;
  std::vector<std::vector<std::string>> Body() const;

 private:
  struct Place {
    // Index into texts_ of the cell that covers it.
    size_t cell;
    // Whether it has the text of the cell.
    bool filled;
  };
  // A cell of an earlier row that reaches into the next ones.
  struct Carried {
    size_t cell = 0;
    size_t rows = 0;
  };

  // Fills places that cells of earlier rows cover, up to the next free one.
  void TakeCarried();
  void Fill(size_t cell);
  void Repeat(size_t cell);
  const std::string& Text(const Place& place) const;

  // Of each cell.
  std::vector<std::string> texts_;
  std::vector<std::vector<Place>> rows_;
  std::vector<Carried> carried_;
  size_t header_rows_ = 0;
  size_t places_ = 0;
  size_t repeated_bytes_ = 0;
};

}  // namespace bedside

#endif  // BEDSIDE_INGEST_CONNECTORS_TABLE_GRID_H_
