#include "services/grounding/generic_terms.h"

#include <string>

#include "absl/strings/str_cat.h"

namespace bedside {
namespace {

constexpr char kConnectingWords[] =
    "able about act action add added additional adequate adjust adjusted adjustment administer administered "
    "administration advice advise advised agent agents aim allowed amount and another any appropriate approach "
    "assess assessed assessment associated association available based basis both calculate care case cases "
    "characteristic characteristics characterise characterize characterized check checked choice choose class "
    "clinical clinically common commonly compare compared comparison condition conditions confirm confirmed "
    "consequence consider considered consist contain contained criteria current currently define defined "
    "definition describe described detect detected detection determine develop developed development diagnose "
    "diagnosed diagnosis diagnostic differ difference different do dosage dose doses dosing drug drugs duration "
    "during each early effect effects eligible evaluate evaluated evidence example examples existing exists "
    "explain expressed factor factors feature features finding findings follow following follow-up found "
    "frequency from function functions general generally get give given good group guidance guideline guidelines "
    "happen health help helps human humans identified identify impact implicated important include included "
    "includes including indicate individuals interval involve involved involvement kind kinds know later level "
    "levels life like line list make manage managed management many mean means measure measured mechanism "
    "mechanisms medication medications medicine medicines method methods moment monitor monitored monitoring "
    "much name names need needed needs new number observed occur occurs often option options order other outcome "
    "outcomes output patient patients people percentage perform performed period person persons play plays point "
    "possible possibly potential practice prescribe prescribed present presentation problem problems procedure "
    "properties provide question range rate rates reason reasons recommend recommendation recommendations "
    "recommended regimen relate related relation relationship relevant report reported represent response "
    "responsible result results right role roles route routine schedule side sign signs since single some "
    "specific stage step stepped still strategies strategy studied studies study substance suggest suggested "
    "support system take taken taking target targets tell term test tested testing tests therapeutic therapies "
    "therapy threshold time times total treat treated treating treatment treatments trial trials type types "
    "typical typically underlying located location origin state states preferentially selected "
    "classify classified obtained information summary body please briefly part parts member members exposure "
    "exposed enriched consistency species encode encodes encoded experimental approaches tool algorithm "
    "framework database databases implication purpose project aims up use used useful uses using usual usually "
    "value values various way ways well whole within work works";

// Generic, yet each is a statement of its own.
constexpr char kClaimingWords[] =
    "one two three four five six seven eight nine ten eleven twelve once twice first achieve acute adult adults "
    "affect affected affecting affects age aged alternative avoid avoided beneficial benefits best better "
    "biggest causing chronic combination complication complications contraindicated contraindication control "
    "controlled correct daily dangerous day days decrease decreased disease diseases disorder disorders "
    "effective effectiveness efficacy efficacious exceed first-line frequent frequently harm harmful high higher "
    "highest hour hours improve improved increase increased increases indicated indication indications last late "
    "least limit long longer long-term low lower lowest main major maximal maximum mild minimum moderate month "
    "months more most necessary normal only oral percent permitted positive prefer preferred prevent prevented "
    "preventing prevention preventive produce produced proper reduce reduced reduces reducing reduction required "
    "requires risk risks safe safely safety second second-line serious serum severe several short significance "
    "significant standard start started starting stop stopped stopping suitable symptom symptoms syndrome true "
    "under interact interacting interaction inhibit inhibits inhibited alleviate year unit week weeks weight "
    "without years approved benefit cause caused causes change changed changes initial initiate initiated "
    "initiation known maintain third tolerated bind binds bound confer lead leads";

// Generic in a question: whom it speaks of and to, how it asks, and for what.
constexpr char kAskingWords[] =
    "i me my mine we us our ours you your yours he him his she her hers they them their must shall ought might cannot "
    "am being having doing say says think want wants wish wonder know ask please ok now today here ever yet "
    "old young below less over above greater fewer older younger between exceeds exceeding somebody someone anyone "
    "anybody everyone "
    "discontinue discontinued discontinuing discontinuation withhold withheld withholding cease ceased ceasing halt "
    "continue continued restart restarted begin began begun beginning commence commenced ideal ideally optimal "
    "optimally best receive received receiving go going come work worked "
    "molecule molecules molecular";

TermSet WithoutClaims(const LexicalAnalyzer& analyzer) {
  TermSet terms = TermsOf(analyzer, kConnectingWords);
  for (const std::string& claim : TermsOf(analyzer, kClaimingWords)) terms.erase(claim);
  return terms;
}

}  // namespace

const TermSet& GenericTerms(const LexicalAnalyzer& analyzer) {
  static const TermSet& terms =
      *new TermSet(TermsOf(analyzer, absl::StrCat(kConnectingWords, "\n", kClaimingWords, "\n", kAskingWords)));
  return terms;
}

const TermSet& ConnectingTerms(const LexicalAnalyzer& analyzer) {
  static const TermSet& terms = *new TermSet(OneSpelling(WithoutClaims(analyzer)));
  return terms;
}

}  // namespace bedside
