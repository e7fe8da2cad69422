#include "services/generation/instruction_detector.h"

#include <string>
#include <vector>

#include "absl/algorithm/container.h"
#include "absl/strings/str_replace.h"
#include "services/generation/disguised_text.h"

namespace bedside {
namespace {

constexpr int64_t kMaxPatternBytes = int64_t{64} << 20;
// Letters that stand each by itself: no source writes so many in a row, but for a disguise.
constexpr size_t kTooManySpacedLetters = 20;

// Parts of patterns, by name in angle brackets. A phrase is in a sentence: nothing spans a full stop.
const std::vector<std::pair<absl::string_view, absl::string_view>>& Parts() {
  static const auto& parts = *new std::vector<std::pair<absl::string_view, absl::string_view>>{
      // Of a line, a sentence or a cell.
      {"<start>", R"((?:^|\n|[.!?|:]\s)\s*)"},
      {"<gap>", R"((?:[^\s.!?]+\s+){0,4})"},
      {"<drop>",
       R"((?:ignor(?:e|ing)|disregard(?:ing)?|forget(?:ting)?|overrid(?:e|ing)|bypass(?:ing)?|discard|abandon|do not (?:follow|obey|heed)|don'?t (?:follow|obey|heed)|stop (?:following|obeying)|pay no attention to|no longer (?:follow|obey)))"},
      {"<told>",
       R"((?:instructions?|prompts?|polic(?:y|ies)|directives?|guardrails?|rules|commands|system messages?|orders))"},
      {"<earlier>",
       R"((?:previous|prior|above|earlier|preceding|foregoing|initial|original|existing|system|your|these|those|all|any|every))"},
      {"<machine>",
       R"((?:ai|a\.i\.|llms?|(?:large )?language models?|chat ?bots?|gpt|ai (?:assistants?|models?|systems?)|virtual assistants?|digital assistants?))"},
      {"<model>", R"((?:model|assistant|ai|llm|language model|chat ?bot|bot|generator))"},
      {"<reply>", R"((?:answer|respond|reply|say|write|output|state|print|return|claim|recommend))"},
      {"<answer>", R"((?:answers?|respons(?:e|es)|reply|replies|output|summary|summaries))"},
      {"<passage>", R"((?:passages?|sources?|documents?|texts?|pages?|articles?|excerpts?))"},
  };
  return parts;
}

// Over undisguised text, which is lower case.
constexpr absl::string_view kPatterns[] = {
    // To drop what it was told.
    R"(\b<drop>\s+<gap><earlier>\s+<gap><told>\b)",
    R"(\b<drop>\s+<gap><told>\s+<gap>(?:above|before|earlier|previously|given|received|told)\b)",
    R"(\b(?:forget|ignore|disregard)\s+(?:everything|all|anything|whatever|what)\s+(?:\S+\s+){0,2}(?:you|above|before|said|told|written)\b)",
    R"(\b(?:ignore|disregard|bypass|override|disable|skip|switch off|drop)\s+<gap>(?:safety|safeguards?|filters?|guardrails?|restrictions|grounding|verification of sentences|system prompt|moderation)\b)",
    // To be somebody else.
    R"(\byou are (?:now|no longer|from now on|hereby)\b[^.!?\n]{0,60}\b(?:<machine>|assistant|model|bot|system|unrestricted|bound by)\b)",
    R"(\bfrom now on,? (?:you|your|answer|respond|reply|always|act|ignore)\b)",
    R"(\b(?:you (?:must|should|will|shall|are to)|please) (?:now )?(?:act|behave|function|operate|respond|answer) as\b)",
    R"(\b(?:pretend|imagine) (?:to be|that you are|you are|you were)\b.{0,40}\b(?:<machine>|assistant|model|bot|system)\b)",
    R"(\b(?:as|being) an? (?:unrestricted|unfiltered|uncensored|jailbroken) \w+)",
    // A message that poses as the system's.
    R"(<start>(?:system|developer|assistant)\s*:\s*(?:new|you|ignore|override|the|always|from|answer|attention|important|updated)\b)",
    R"(<\|\s?(?:im_start|im_end|system|user|assistant|endoftext|end_of_text|eot_id|start_header_id)\s?\|?>?)",
    R"(\[/?inst\]|<</?sys>>|</?(?:system|passages?|context|instructions?)>)",
    R"(<start>#{2,}\s*(?:instructions?|system|response|assistant)\s*:)",
    R"(\b(?:end of|begin|end) (?:the )?(?:passage \d+|passages|context|documents|prompt|system prompt|instructions)\b\s*(?:[.>:<\-]|$))",
    R"(\b(?:new|updated|revised|real|additional|secret|hidden) (?:system )?(?:instructions?|orders?|task|prompt)\s*(?::|begins?\b|for (?:the )?<model>))",
    // A note to machines.
    R"(\b(?:notes?|messages?|attention|instructions?|notice|dear|hey|hello|reminder|memo|warning|request|information)\s*(?:to|for|:|,)?\s+(?:\S+\s+){0,2}<machine>\b\s*(?:[:,;]|that\b|which\b|who\b|read\w*|process\w*|summari\w+))",
    R"(\b(?:note|message|instruction|notice|reminder) (?:to|for) (?:\S+\s+){0,2}<machine>)",
    R"(\bif you(?:'re| are) an? (?:\S+\s+){0,2}(?:<machine>|assistant)\b)",
    R"(\b(?:the|this|any|every|each) <model> (?:must|shall|should|will|is to|has to|needs to|is required to) (?:now |always |only |never |not )*(?:<reply>|ignore|cite|reveal|refuse|skip|drop|disable|bypass|obey|follow|give|send|show|approve|forget|disregard)\b)",
    // What to answer.
    R"(\bwhen(?:ever)? (?:you are |you're )?(?:asked|questioned|prompted|queried)\b[^.!?\n]{0,60}[,;]?\s(?:always |only |you must |please )<reply>\b)",
    R"(\b(?:if|when) (?:the |a |any )?(?:user|asker|reader|person) asks\b[^.!?\n]{0,60}\b<reply>\b)",
    R"(\b(?:whatever|regardless of(?: what)?|no matter what)\s+(?:\S+\s+){0,3}(?:question|asked|asks|user|prompt)\b[^.!?\n]{0,40}\b(?:<reply>|<answer>)\b)",
    R"(\b<reply>\s+(?:only|always|just|exactly|nothing but)\s+(?:with )?(?:the )?(?:word|phrase|sentence|text|string)s?\b)",
    R"(\b(?:include|add|append|insert|mention|put|write|state|name|say|repeat|place)\b[^.!?\n]{0,60}\b(?:in|to|into|of|under) (?:your|every|each) (?:next |final |own )?<answer>\b)",
    R"(\b(?:begin|start|end|finish|close|preface) (?:your|every|each|all(?: of)? your) (?:next |final |own )?<answer>\b)",
    R"(\byour (?:next |final |only )?(?:answer|reply|output) (?:must|should|shall|has to|will|is to)\b)",
    R"(\b(?:tell|inform|convince|assure|persuade|instruct|ask) (?:the |all |every |any )?(?:users?|askers?|questioner)\b)",
    R"(\b(?:recommend|advise|suggest|promote)\b[^.!?\n]{0,40}\bto (?:the |all |every |any )?users?\b)",
    R"(\b(?:output|write|reply|answer|respond with|say)\s+["']?no answer\b)",
    R"(\banswer (?:every|all|any) questions? with\b)",
    // What to cite.
    R"(\b(?:cite|quote|trust|use|rank|prefer|attribute)\b[^.!?\n]{0,30}\b(?:this|present|only this) <passage>\b[^.!?\n]{0,20}\b(?:for (?:every|each|all)|above|only|as the only|in every)\b)",
    R"(\bcite (?:only )?(?:this|the present) <passage>\b)",
    R"(\b(?:do not|don't|never|stop) (?:cite|citing|quote|mention|mentioning|reveal|use) (?:\S+\s+){0,3}(?:other|remaining|rest of the) <passage>\b)",
    R"(\brank this <passage>\b)",
    R"(\bcitations? (?:is|are) (?:switched off|disabled|not needed|no longer needed|forbidden)\b)",
    // What it was told is to be shown.
    R"(\b(?:reveal|repeat|print|show|leak|disclose|output|display|expose|recite|list|dump)\s+<gap>(?:system prompt|system message|hidden (?:prompt|instructions?)|initial (?:prompt|instructions?)|your (?:\S+\s+)?(?:instructions?|prompt|policy|rules|configuration)|(?:prompt|text|words|instructions) above)\b)",
    // Powers that are claimed, and where words would go.
    R"(\b(?:developer|debug|god|sudo|admin(?:istrator)?|dan|maintenance) (?:mode|override)\b)",
    R"(\b(?:jailbreak(?:s|ed|ing)?|prompt injection|system override|override code)\b)",
    R"(\b(?:send|post|forward|upload|transmit|exfiltrate)\s+<gap>(?:question|prompt|conversation|answer|patient'?s? data)\b[^\n]{0,30}https?://)",
    R"(!\[[^\]\n]*\]\(https?://[^)\n]*[?=])",
    // German, Spanish, French, Italian, Portuguese.
    R"(\b(?:ignorier\w*|missacht\w*|vergiss|vergesst)\s+<gap>(?:anweisung\w*|instruktion\w*|regeln|vorgaben|befehle?|prompt)\b)",
    R"(\b(?:ignor[ae]\w*|olvid[ae]\w*|desoye|omite)\s+<gap>(?:instrucciones|instrucoes|istruzioni|reglas|regras|regole|ordenes|indicaciones)\b)",
    R"(\b(?:oublie[zr]?|ignore[zr]?|ne (?:suis|suivez) pas)\s+(?:toutes\s+)?(?:les|tes|vos|ces)\s+<gap>(?:consignes?|instructions?|regles?|directives?)\b)",
    R"(\b(?:dimentica|scorda|esquece|esqueca)\s+<gap>(?:istruzioni|regole|instrucoes|regras)\b)",
};

std::unique_ptr<re2::RE2::Set> Compiled() {
  RE2::Options options;
  options.set_log_errors(false);
  options.set_max_mem(kMaxPatternBytes);
  auto set = std::make_unique<re2::RE2::Set>(options, RE2::UNANCHORED);
  for (const absl::string_view pattern : kPatterns) {
    // Parts hold parts.
    std::string whole(pattern);
    for (int depth = 0; depth < 2; ++depth) whole = absl::StrReplaceAll(whole, Parts());
    set->Add(whole, nullptr);
  }
  set->Compile();
  return set;
}

}  // namespace

InstructionDetector::InstructionDetector() : patterns_(Compiled()) {}

bool InstructionDetector::AddressesModel(absl::string_view text) const {
  const std::string plain = Undisguised(text);
  if (LongestSpacedRun(plain) >= kTooManySpacedLetters || Matches(plain)) return true;
  return absl::c_any_of(OtherReadings(text), [this](const std::string& reading) { return Matches(reading); });
}

bool InstructionDetector::Matches(absl::string_view undisguised) const {
  return patterns_->Match(re2::StringPiece(undisguised.data(), undisguised.size()), nullptr);
}

}  // namespace bedside
