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
constexpr size_t kMaxRepeatedBytes = 4 << 20;

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
  const size_t cell = texts_.size();
  texts_.push_back(std::move(text));
  const size_t column_span = Span(columns, kMaxColumnSpan);
  for (size_t i = 0; i < column_span && places_ < kMaxPlaces; ++i) {
    const size_t column = rows_.back().size();
    if (carried_.size() <= column) carried_.resize(column + 1);
    carried_[column] = {cell, row_span - 1};
    i == 0 ? Fill(cell) : Repeat(cell);
  }
}

void TableGrid::TakeCarried() {
  std::vector<Place>& row = rows_.back();
  while (row.size() < carried_.size() && carried_[row.size()].rows > 0 && places_ < kMaxPlaces) {
    Carried& carried = carried_[row.size()];
    --carried.rows;
    Repeat(carried.cell);
  }
}

void TableGrid::Fill(size_t cell) {
  rows_.back().push_back({cell, /*filled=*/true});
  ++places_;
}

void TableGrid::Repeat(size_t cell) {
  Fill(cell);
  if (texts_[cell].size() > kMaxRepeatedBytes - repeated_bytes_) {
    rows_.back().back().filled = false;
  } else {
    repeated_bytes_ += texts_[cell].size();
  }
}

const std::string& TableGrid::Text(const Place& place) const {
  static const std::string& nothing = *new std::string();
  return place.filled ? texts_[place.cell] : nothing;
}

std::vector<std::string> TableGrid::Header() const {
  std::vector<std::string> header;
  for (size_t row = 0; row < header_rows_; ++row) {
    header.resize(std::max(header.size(), rows_[row].size()));
    for (size_t column = 0; column < rows_[row].size(); ++column) {
      const std::string& text = Text(rows_[row][column]);
      const bool repeated = row > 0 && column < rows_[row - 1].size() && Text(rows_[row - 1][column]) == text;
      if (!text.empty() && !repeated) absl::StrAppend(&header[column], header[column].empty() ? "" : " ", text);
    }
  }
  return header;
}

std::vector<std::vector<std::string>> TableGrid::Body() const {
  std::vector<std::vector<std::string>> body;
  for (auto row = rows_.begin() + static_cast<ptrdiff_t>(header_rows_); row != rows_.end(); ++row) {
    std::vector<std::string>& texts = body.emplace_back();
    const bool one_cell =
        std::all_of(row->begin(), row->end(), [&row](const Place& place) { return place.cell == row->front().cell; });
    for (const Place& place : *row) {
      if (texts.empty() || !one_cell) texts.push_back(Text(place));
    }
  }
  return body;
}

}  // namespace bedside
