#include "tools/eval/html_page.h"

#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"

namespace bedside {
namespace {

// Series colours are those of Okabe & Ito ("Color universal design", 2008), which colour-blind people can tell apart,
// lighter on dark.
constexpr absl::string_view kStyle = R"(
:root { color-scheme: light dark; --ink: #1b1b1b; --paper: #ffffff; --faint: #d8d8d8; --quiet: #595959;
  --s0: #0072b2; --s1: #c04f00; --s2: #00795a; --s3: #a8477f; --s4: #7a6000; --s5: #3f3f3f; }
@media (prefers-color-scheme: dark) { :root { --ink: #ececec; --paper: #161616; --faint: #444444; --quiet: #b0b0b0;
  --s0: #56b4e9; --s1: #ff9a4d; --s2: #2fd0a0; --s3: #e79ac4; --s4: #f0e442; --s5: #c8c8c8; } }
body { font: 16px/1.5 system-ui, sans-serif; color: var(--ink); background: var(--paper); max-width: 62rem;
  margin: 2rem auto; padding: 0 1rem; }
h2 { margin-top: 3rem; border-bottom: 1px solid var(--faint); }
h3 { margin: 2rem 0 0; font-size: 1rem; }
table { border-collapse: collapse; margin: 1rem 0; font-size: 0.875rem; font-variant-numeric: tabular-nums; }
caption { text-align: left; color: var(--quiet); padding: 0.25rem 0; }
th, td { text-align: left; padding: 0.25rem 0.75rem 0.25rem 0; border-bottom: 1px solid var(--faint);
  vertical-align: top; }
.wide { overflow-x: auto; }
svg { width: 100%; max-width: 48rem; height: auto; display: block; margin: 1rem 0; }
svg text { font: 13px system-ui, sans-serif; fill: var(--ink); }
svg .quiet { fill: var(--quiet); }
svg .grid { stroke: var(--faint); }
svg .axis { stroke: var(--quiet); }
svg .ideal { stroke: var(--quiet); stroke-dasharray: 4 4; fill: none; }
svg .line { fill: none; stroke-width: 2; }
svg .band { opacity: 0.18; stroke: none; }
)";

std::string Row(absl::string_view open, const std::vector<std::string>& cells) {
  std::string html = "<tr>";
  for (size_t i = 0; i < cells.size(); ++i) {
    const absl::string_view tag = i == 0 ? open : open == "th scope=\"col\"" ? open : "td";
    absl::StrAppend(&html, "<", tag, ">", EscapeHtml(cells[i]), "</", tag.substr(0, 2), ">");
  }
  return absl::StrCat(html, "</tr>\n");
}

}  // namespace

std::string EscapeHtml(absl::string_view text) {
  return absl::StrReplaceAll(text, {{"&", "&amp;"}, {"<", "&lt;"}, {">", "&gt;"}, {"\"", "&quot;"}, {"'", "&#39;"}});
}

std::string TableHtml(const HtmlTable& table) {
  std::string html = absl::StrCat("<div class=\"wide\"><table><caption>", EscapeHtml(table.caption),
                                  "</caption>\n<thead>", Row("th scope=\"col\"", table.columns), "</thead>\n<tbody>\n");
  for (const std::vector<std::string>& row : table.rows) absl::StrAppend(&html, Row("th scope=\"row\"", row));
  return absl::StrCat(html, "</tbody></table></div>\n");
}

std::string PageHtml(absl::string_view title, absl::string_view body) {
  return absl::StrCat("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n",
                      "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>",
                      EscapeHtml(title), "</title>\n<style>", kStyle, "</style>\n</head>\n<body>\n<h1>",
                      EscapeHtml(title), "</h1>\n", body, "</body>\n</html>\n");
}

}  // namespace bedside
