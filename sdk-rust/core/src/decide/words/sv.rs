//! Swedish.

use super::{Frame, Words, words as w};
use crate::reason::Reason;

pub(super) const FRAME: Frame = Frame {
    allowed: "tillåtet",
    denied: "inte tillåtet",
    row: "rad",
    until: "Tillåtelsen upphör av sig själv",
    terminal: ", för att lagra i eller läsa från enheten",
    historic: " Svaret gäller det förflutna och tillåter ingenting nu.",
};

const ASK_AGAIN: &str = "Vänta en stund och fråga igen; behandla inget till dess.";
const PERSON_ONLY: &str =
    "Bara personen själv kan ändra det, genom ett nytt samtycke på eget initiativ.";
const WITHDRAWABLE: &str = "Ett återkallande upphäver det genast.";
const NEW_CONSENT: &str = "Ett nytt samtycke från personen ändrar det.";
const PERSON_OR_TIME: &str =
    "Personen kan ändra det när som helst, och får tillfrågas igen när väntetiden är slut.";

/// The words for a reason. One at the terminal gate has those of its counterpart.
pub(super) fn words(reason: Reason) -> Words {
    match reason {
        Reason::LegalHoldOnly => w(
            "men bara för läsning, eftersom en lag kräver att uppgifterna bevaras",
            "Det upphör när uppgifterna ska raderas.",
        ),
        Reason::LegalObligation => w(
            "eftersom en lag kräver behandlingen",
            "Bara en ändring av registret ändrar det.",
        ),
        Reason::Contract => w(
            "eftersom ett avtal med personen gäller",
            "Det upphör med avtalet.",
        ),
        Reason::ContractAsserted => w(
            "eftersom den ansvarige åberopar ett avtal som inte är registrerat här",
            "Det upphör när avtalet registreras som avslutat eller registret inte längre åberopar det.",
        ),
        Reason::ContractRetention => w(
            "men bara för läsning, eftersom avtalet är slut och uppgifterna ännu får bevaras",
            "Det upphör när uppgifterna ska raderas.",
        ),
        Reason::LegitimateInterest => w(
            "på grund av ett berättigat intresse som personen har informerats om och inte invänt mot",
            "En invändning upphäver det genast.",
        ),
        Reason::ObjectionRejected => w(
            "eftersom den ansvarige har avslagit personens invändning med tvingande skäl",
            "Personen kan klaga hos tillsynsmyndigheten, som kan ändra det.",
        ),
        Reason::ConsentValid => w("eftersom personen har samtyckt", WITHDRAWABLE),
        Reason::ConsentRenewed => w(
            "eftersom personen har samtyckt och förnyat samtycket",
            WITHDRAWABLE,
        ),
        Reason::GuardianConsent => w(
            "eftersom vårdnadshavarna har samtyckt för barnet",
            "Ett återkallande av en vårdnadshavare eller av barnet upphäver det genast.",
        ),
        Reason::GuardianConsentCarried => w(
            "eftersom vårdnadshavarna samtyckte och den unga, som nu kan besluta själv, inte har återkallat",
            "Ett återkallande upphäver det genast, och det upphör vid 18 års ålder.",
        ),
        Reason::NoticeEquivalent => w(
            "eftersom personen har samtyckt till en informationstext med samma innehåll",
            WITHDRAWABLE,
        ),
        Reason::PurposeUnknown => w(
            "eftersom inget gällande register har ändamålet",
            "Publicera ett register med ändamålet, eller rätta dess id.",
        ),
        Reason::NotController => w(
            "eftersom uppgifterna behandlas för en annan ansvarigs räkning",
            "Fråga den ansvarige.",
        ),
        Reason::RegisterIncomplete => w(
            "eftersom registret saknar det som svaret kräver, eller har flera ändamål på en rad",
            "Komplettera registret och publicera det, eller fråga om delarna.",
        ),
        Reason::PurposeRetired => w(
            "eftersom den ansvarige inte längre behandlar för ändamålet",
            "Bara en ny version av registret ändrar det.",
        ),
        Reason::SubjectErased => w("eftersom personen är raderad", "Ingenting ändrar det."),
        Reason::Restricted => w(
            "eftersom behandlingen av personens uppgifter är begränsad",
            "Det ändras när begränsningen hävs, eller genom ett samtycke som personen ger efter den.",
        ),
        Reason::RetentionNone => w(
            "eftersom inget får lagras för ändamålet",
            "Behandla utan att lagra.",
        ),
        Reason::RetentionPassed => w(
            "eftersom tiden för att bevara uppgifterna är ute",
            "Ingenting ändrar det: radera uppgifterna.",
        ),
        Reason::RetentionUnknown => w(
            "eftersom det inte är känt hur länge uppgifterna får bevaras",
            "Ange datumet som bevarandetiden räknas från.",
        ),
        Reason::DependencyDenied => w(
            "eftersom ett ändamål som det beror av inte är tillåtet",
            "Det ändras med svaret för det ändamålet.",
        ),
        Reason::Art9GroundMissing => w(
            "eftersom uppgifterna kan röra en särskild kategori och registret inte anger något undantag",
            "Ange ett undantag i artikel 9.2 GDPR i registret, eller begär uttryckligt samtycke.",
        ),
        Reason::SignalObjection => w(
            "eftersom webbläsaren signalerar en invändning",
            "Det ändras när personen, med signalen för ögonen, beslutar annat, eller när signalen upphör.",
        ),
        Reason::GpcOptOut => w(
            "eftersom webbläsaren signalerar en vägran och inget senare samtycke gavs med signalen för ögonen",
            "Det ändras när personen samtycker med signalen för ögonen, eller när signalen upphör.",
        ),
        Reason::BasisChanged => w(
            "eftersom ändamålet inte längre vilar på det samtycke som personen tillfrågades om, och personen inte har fått veta den nya grunden",
            "Lämna en informationstext som anger den nya grunden.",
        ),
        Reason::OpNotCovered => w(
            "eftersom lagen som kräver behandlingen inte omfattar publicering",
            "Publicering behöver ett ändamål med egen rättslig grund.",
        ),
        Reason::AssetUnknown => w(
            "eftersom materialet inte är registrerat med personerna i det",
            "Registrera materialet och alla i det.",
        ),
        Reason::ContractEnded => w("eftersom avtalet är slut", "Ett nytt avtal ändrar det."),
        Reason::ContractMissing => w(
            "eftersom inget avtal med personen är registrerat",
            "Registrera avtalet som bär ändamålet.",
        ),
        Reason::NotInformed => w(
            "eftersom personen inte har informerats om behandlingen som den är nu",
            "Lämna den gällande informationstexten till personen.",
        ),
        Reason::ObjectedMarketing => w(
            "eftersom personen har invänt mot direktmarknadsföring, och den invändningen är absolut",
            "Bara personen kan ändra det, genom att ta tillbaka invändningen.",
        ),
        Reason::ObjectionPending => w(
            "eftersom personen har invänt och den ansvarige inte har beslutat än",
            "Det ändras när den ansvarige avslår invändningen med tvingande skäl eller personen tar tillbaka den.",
        ),
        Reason::Objected => w(
            "eftersom personen har invänt och den ansvarige har godtagit invändningen",
            "Bara personen kan ändra det, genom att ta tillbaka invändningen.",
        ),
        Reason::ConsentRefused => w(
            "eftersom personen, eller en vårdnadshavare, har vägrat",
            PERSON_OR_TIME,
        ),
        Reason::ConsentWithdrawn => w(
            "eftersom personen, eller en vårdnadshavare, har återkallat samtycket",
            PERSON_ONLY,
        ),
        Reason::ConsentInvalidated => w("eftersom samtycket aldrig var giltigt", PERSON_ONLY),
        Reason::ConsentRevoked => w("eftersom den ansvarige har upphävt samtycket", PERSON_ONLY),
        Reason::AgeUnknown => w(
            "eftersom regeln beror av personens ålder, som inte är känd eller inte längre är känd",
            "Registrera personens åldersgrupp.",
        ),
        Reason::ConsentMissing => w(
            "eftersom personen inte har tagit ställning",
            "Ett samtycke från personen ändrar det.",
        ),
        Reason::ConsentDeferred => w(
            "eftersom personen svarade \"inte nu\"",
            "Ett samtycke från personen ändrar det.",
        ),
        Reason::ScopeNotCovered => w(
            "eftersom inget samtycke omfattar den här mottagaren, kampanjen, leverantören eller webbplatsen",
            "Ett samtycke för just den ändrar det; en okänd kampanj måste först registreras.",
        ),
        Reason::GuardianPending => w(
            "eftersom inte alla vårdnadshavare har samtyckt än",
            "Det ändras när de vårdnadshavare som behövs har samtyckt.",
        ),
        Reason::ConsentExpired => w("eftersom samtycket har gått ut", NEW_CONSENT),
        Reason::ConsentUsed => w(
            "eftersom samtycket gällde en användning och är förbrukat",
            NEW_CONSENT,
        ),
        Reason::AgedOut => w(
            "eftersom en vårdnadshavare samtyckte och personen nu är 18 år",
            "Ett samtycke från personen ändrar det.",
        ),
        Reason::ExplicitConsentRequired => w(
            "eftersom uppgifterna kräver uttryckligt samtycke, i en egen handling",
            "Ett uttryckligt samtycke från personen ändrar det.",
        ),
        Reason::AssuranceTooLow => w(
            "eftersom samtycket registrerades med svagare säkerhet än ändamålet kräver",
            "Ett samtycke med starkare bevis ändrar det.",
        ),
        Reason::NoticeStale => w(
            "eftersom behandlingen har ändrats sedan informationstexten som personen besvarade",
            "Ett samtycke till den gällande informationstexten ändrar det.",
        ),
        Reason::FailclosedUnavailable => w("eftersom tillståndet inte kunde läsas", ASK_AGAIN),
        Reason::FailclosedRecovering => w(
            "eftersom tjänsten har återställts och inte har spelat upp alla återkallanden",
            ASK_AGAIN,
        ),
        Reason::FailclosedStaleReplica => w(
            "eftersom repliken inte har nått tjänsten på för lång tid",
            ASK_AGAIN,
        ),
        Reason::FailclosedPermissionEnded => w(
            "eftersom den tidigare tillåtelsen har upphört",
            "Fråga igen; en ny kontroll avgör.",
        ),
        Reason::FailclosedLeaseLost => w(
            "eftersom servern inte längre får svara ur minnet",
            ASK_AGAIN,
        ),
        Reason::FailclosedTokenTimeout => w(
            "eftersom tjänsten inte hann till den begärda positionen",
            ASK_AGAIN,
        ),
        Reason::FailclosedTokenLost => w(
            "eftersom den begärda positionen ligger bortom loggens slut",
            "Fråga utan positionen, och låt den driftansvarige granska loggen.",
        ),
        Reason::FailclosedOverload => w("eftersom det är för många anrop", ASK_AGAIN),
        Reason::FailclosedNotReady => w("eftersom tjänsten ännu startar", ASK_AGAIN),
        Reason::FailclosedSignature => w(
            "eftersom en signatur inte stämde",
            "Den driftansvarige måste ta reda på varför innan något tillåts.",
        ),
        Reason::FailclosedClock => w(
            "eftersom klockan inte går att lita på",
            "Den driftansvarige måste ställa klockan rätt.",
        ),
        Reason::TerminalConsentRefused
        | Reason::TerminalConsentWithdrawn
        | Reason::TerminalConsentInvalidated
        | Reason::TerminalConsentRevoked
        | Reason::TerminalAgeUnknown
        | Reason::TerminalConsentMissing
        | Reason::TerminalConsentDeferred
        | Reason::TerminalScopeNotCovered
        | Reason::TerminalGuardianPending
        | Reason::TerminalConsentExpired
        | Reason::TerminalConsentUsed
        | Reason::TerminalAgedOut
        | Reason::TerminalExplicitConsentRequired
        | Reason::TerminalAssuranceTooLow
        | Reason::TerminalNoticeStale => words(reason.without_terminal()),
    }
}
