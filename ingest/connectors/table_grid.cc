#include "ingest/connectors/table_grid.h"

#include <algorithm>
#include <utility>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"

namespace bedside {
namespace {

constexpr size_t kMaxColumnSpan = 100;
constexpr size_t kMaxRowSpan = 1000;
constexpr size_t kMaxPlaces = 200000;

size_t Span(absl::string_view text, size_t most) {
  size_t span = 1;
  if (!absl::SimpleAtoi(text, &span)) return 1;
  return std::min(std::max(span, size_t{1}), most);
}

}  // namespace

void TableGrid::BeginRow(bool is_header) {
  if (!rows_.empty()) TakeCarried();
  if (is_header && header_rows_ == rows_.size()) ++header_rows_;
  rows_.emplace_back();
}

void TableGrid::AddCell(std::string text, absl::string_view columns, absl::string_view rows) {
  TakeCarried();
  const size_t row_span = Span(rows, kMaxRowSpan);
  for (size_t i = Span(columns, kMaxColumnSpan); i > 0 && places_ < kMaxPlaces; --i) {
    const size_t column = rows_.back().size();
    if (carried_.size() <= column) carried_.resize(column + 1);
    carried_[column] = {row_span > 1 ? text : std::string(), row_span - 1};
    Place(text);
  }
}

void TableGrid::TakeCarried() {
  std::vector<std::string>& row = rows_.back();
  while (row.size() < carried_.size() && carried_[row.size()].rows > 0 && places_ < kMaxPlaces) {
    Carried& carried = carried_[row.size()];
    --carried.rows;
    Place(carried.text);
  }
}

void TableGrid::Place(const std::string& text) {
  rows_.back().push_back(text);
  ++places_;
}

std::vector<std::string> TableGrid::Header() const {
  std::vector<std::string> header;
  for (size_t row = 0; row < header_rows_; ++row) {
    header.resize(std::max(header.size(), rows_[row].size()));
    for (size_t column = 0; column < rows_[row].size(); ++column) {
      const std::string& text = rows_[row][column];
      const bool repeated = row > 0 && column < rows_[row - 1].size() && rows_[row - 1][column] == text;
      if (!text.empty() && !repeated) absl::StrAppend(&header[column], header[column].empty() ? "" : " ", text);
    }
  }
  return header;
}

std::vector<std::vector<std::string>> TableGrid::Body() const {
  std::vector<std::vector<std::string>> body(rows_.begin() + header_rows_, rows_.end());
  for (std::vector<std::string>& row : body) {
    const bool one_cell =
        std::all_of(row.begin(), row.end(), [&row](const std::string& text) { return text == row[0]; });
    if (one_cell && !row.empty()) row.resize(1);
  }
  return body;
}

}  // namespace bedside
