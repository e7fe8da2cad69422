#include "services/generation/prompt_template.h"

#include <algorithm>
#include <fstream>
#include <utility>

#include "absl/algorithm/container.h"
#include "absl/status/status.h"
#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "index/status/status_macros.h"
#include "index/text/utf8.h"

namespace bedside {
namespace {

constexpr absl::string_view kShipped =
#include "services/generation/prompt_template.inc"
    ;
constexpr size_t kMaxFileBytes = 64 << 10;
constexpr absl::string_view kVersion = "version:";
constexpr absl::string_view kSystem = "\n[system]\n";
constexpr absl::string_view kUser = "\n[user]\n";

absl::Status Wrong(absl::string_view problem) {
  return absl::InvalidArgumentError(
      absl::StrCat("prompt template: ", problem, "; see services/generation/prompt_template.txt for one that works"));
}

// "", or what is wrong with how often the place stands there.
std::string ProblemOf(absl::string_view part, absl::string_view place, int count, bool once) {
  const absl::string_view wanted = once ? "exactly once" : "at least once";
  if (count == 1 || (count > 1 && !once)) return "";
  return absl::StrCat("the ", part, " part has {{", place, "}} ", count, " times, wanted ", wanted);
}

template <typename Pieces>
absl::Status CheckPlaces(absl::string_view part, const Pieces& pieces, const std::vector<absl::string_view>& places,
                         bool once) {
  for (const absl::string_view place : places) {
    const auto is_it = [place](const auto& piece) { return piece.is_place && piece.text == place; };
    const std::string problem = ProblemOf(part, place, static_cast<int>(absl::c_count_if(pieces, is_it)), once);
    if (!problem.empty()) return Wrong(problem);
  }
  for (const auto& piece : pieces) {
    if (!piece.is_place || absl::c_linear_search(places, piece.text)) continue;
    return Wrong(absl::StrCat("the ", part, " part has {{", piece.text, "}}, which is no place of it"));
  }
  return absl::OkStatus();
}

}  // namespace

PromptTemplate PromptTemplate::Shipped() { return Parse(kShipped).value(); }

absl::StatusOr<PromptTemplate> PromptTemplate::Parse(absl::string_view text) {
  if (!IsValidUtf8(text)) return Wrong("it is not UTF-8");
  const size_t system = text.find(kSystem);
  const size_t user = text.find(kUser, std::min(system, text.size()));
  if (system == absl::string_view::npos || user == absl::string_view::npos) {
    return Wrong("wanted a line [system], and after it a line [user]");
  }
  absl::string_view version = text.substr(0, system);
  if (!absl::ConsumePrefix(&version, kVersion)) return Wrong("its first line does not begin with \"version:\"");
  version = absl::StripAsciiWhitespace(version);
  if (version.empty() || !absl::c_all_of(version, absl::ascii_isgraph)) return Wrong("its version is not one word");
  PromptTemplate result;
  result.version_ = std::string(version);
  ASSIGN_OR_RETURN(result.system_,
                   ParsePieces(text.substr(system + kSystem.size(), user + 1 - system - kSystem.size())));
  ASSIGN_OR_RETURN(result.user_, ParsePieces(absl::StripSuffix(text.substr(user + kUser.size()), "\n")));
  RETURN_IF_ERROR(CheckPlaces("[system]", result.system_, {"no_answer", "mark", "marker"}, /*once=*/false));
  RETURN_IF_ERROR(CheckPlaces("[user]", result.user_, {"passages", "patient", "question"}, /*once=*/true));
  return result;
}

absl::StatusOr<PromptTemplate> PromptTemplate::Read(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  std::string text(kMaxFileBytes + 1, '\0');
  if (!file.read(&text[0], static_cast<std::streamsize>(text.size())) && !file.eof()) {
    return absl::NotFoundError(absl::StrCat(path, ": cannot be read"));
  }
  text.resize(static_cast<size_t>(file.gcount()));
  const absl::StatusOr<PromptTemplate> parsed =
      text.size() > kMaxFileBytes ? Wrong("it is larger than 64 KiB") : Parse(text);
  if (parsed.ok()) return parsed;
  return absl::Status(parsed.status().code(), absl::StrCat(path, ": ", parsed.status().message()));
}

absl::StatusOr<PromptTemplate::Pieces> PromptTemplate::ParsePieces(absl::string_view text) {
  Pieces pieces;
  while (!text.empty()) {
    const size_t open = std::min(text.find("{{"), text.size());
    if (open > 0) pieces.push_back({std::string(text.substr(0, open)), false});
    text.remove_prefix(open);
    if (!absl::ConsumePrefix(&text, "{{")) break;
    const size_t close = text.find("}}");
    if (close == absl::string_view::npos) return Wrong("a place is opened with {{ and not closed with }}");
    pieces.push_back({std::string(text.substr(0, close)), true});
    text.remove_prefix(close + 2);
  }
  return pieces;
}

std::string PromptTemplate::Fill(const Pieces& pieces, const Values& values) {
  std::string filled;
  for (const Piece& piece : pieces) filled += piece.is_place ? values.at(piece.text) : piece.text;
  return filled;
}

}  // namespace bedside
