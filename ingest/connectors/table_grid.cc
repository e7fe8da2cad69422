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
  const Place place = {std::move(text), ++cells_};
  for (size_t i = Span(columns, kMaxColumnSpan); i > 0 && places_ < kMaxPlaces; --i) {
    const size_t column = rows_.back().size();
    if (carried_.size() <= column) carried_.resize(column + 1);
    carried_[column] = {row_span > 1 ? place : Place(), row_span - 1};
    Fill(place);
  }
}

void TableGrid::TakeCarried() {
  std::vector<Place>& row = rows_.back();
  while (row.size() < carried_.size() && carried_[row.size()].rows > 0 && places_ < kMaxPlaces) {
    Carried& carried = carried_[row.size()];
    --carried.rows;
    Fill(carried.place);
  }
}

void TableGrid::Fill(const Place& place) {
  rows_.back().push_back(place);
  ++places_;
}

std::vector<std::string> TableGrid::Header() const {
  std::vector<std::string> header;
  for (size_t row = 0; row < header_rows_; ++row) {
    header.resize(std::max(header.size(), rows_[row].size()));
    for (size_t column = 0; column < rows_[row].size(); ++column) {
      const std::string& text = rows_[row][column].text;
      const bool repeated = row > 0 && column < rows_[row - 1].size() && rows_[row - 1][column].text == text;
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
      if (texts.empty() || !one_cell) texts.push_back(place.text);
    }
  }
  return body;
}

}  // namespace bedside
