"""The closed lists of English words that the checks of claims read a sentence by."""

from __future__ import annotations

from index.types import Kind


def listed(words: str) -> frozenset[str]:
    """The words of a text, which are told apart by spaces."""
    return frozenset(words.split())


FUNCTION = listed(
    """a about above after again against all also although am among an and any are as at be because been before being
    below between both but by can could did do does doing down during each either else even ever every few for from
    further had has have having he hence her here hers herself him himself his how however i if in into is it its
    itself just least less let like many may me meanwhile might mine more most much must my myself near neither
    nevertheless next no none nor not now of off often on once one only onto or other others our ours out over own
    per perhaps rather same shall she should since so some soon still such than that the their theirs them themselves
    then there therefore these they this those though through thus till to together too toward towards under until up
    upon us very was we were what whatever when whenever where whereas whether which while who whom whose why will
    with within without would yes yet you your yours according another besides despite earlier finally first last
    later"""
)
"""Words that carry grammar rather than content; they also begin sentences without being names."""

PRONOUNS = listed("he she it they him her them his hers its their theirs himself herself themselves")
ABBREVIATED = listed("mr mrs ms dr prof sen rep gov gen lt col sgt capt maj rev hon st jr sr no vs")
"""Words whose full stop is their own and ends no sentence."""

TITLES = listed(
    """mr mrs ms miss mx dr sir dame lord lady prof professor president minister secretary senator sen rep gov governor
    mayor chief judge justice king queen prince princess general gen col colonel capt captain lt sgt officer inspector
    chancellor ambassador chairman chairwoman chair director prime foreign deputy vice spokesman spokeswoman rev st
    detective superintendent commissioner secretary-general"""
)
JOINTS = listed("of de del della da di du la le van von der den bin ibn al el for the")
"""Small words inside names ("Bank of England")."""
PEOPLE_ENDINGS = listed(
    """n an ian ean ans ians ese ish i is er ers ic nese ite ites ine ines a e s ia land lish nch ch ance y"""
)
"""What is left of a place or its people after the letters that both share ("Lodri-a", "Lodri-an")."""
ONE_PEOPLE = (
    listed("britain british briton britons uk"),
    listed("denmark danish danes dane"),
    listed("france french"),
    listed("germany german germans"),
    listed("greece greek greeks"),
    listed("ireland irish"),
    listed("netherlands dutch holland"),
    listed("norway norwegian norwegians"),
    listed("philippines filipino philippine"),
    listed("poland polish poles"),
    listed("scotland scottish"),
    listed("spain spanish spaniard spaniards"),
    listed("switzerland swiss"),
    listed("thailand thai"),
    listed("turkey turkish turks"),
    listed("us american americans america usa"),
    listed("wales welsh"),
)
"""Places and their people whose names share too little to tell."""
AFTER_SUBJECT = listed(
    """said says told has had was is were are will would did does blamed accused denied rejected claimed confirmed
    warned called asked added insisted argued announced agreed refused wants wanted threatened criticised criticized
    demanded promised praised dismissed admitted alleged believes thinks expects may might could can"""
)
"""Verbs before which a singular noun without an article is a name."""

CUES = {
    Kind.SAY: listed(
        "say said tell told state add note explain remark comment reply respond recall describe write wrote speak "
        "spoke report mention"
    ),
    Kind.CLAIM: listed("claim allege argue contend maintain assert suggest"),
    Kind.DENY: listed("deny"),
    Kind.REJECT: listed("reject dismiss refuse decline rebuff oppose"),
    Kind.ACCUSE: listed("accuse charge"),
    Kind.BLAME: listed("blame fault"),
    Kind.CRITICISE: listed("criticise criticize condemn slam denounce attack lambast blast rebuke deplore"),
    Kind.PRAISE: listed("praise hail thank applaud commend congratulate welcome"),
    Kind.PROMISE: listed("promise vow pledge"),
    Kind.THREATEN: listed("threaten"),
    Kind.DEMAND: listed("demand urge insist order"),
    Kind.WARN: listed("warn caution"),
    Kind.AGREE: listed("agree concur accept support back endorse"),
    Kind.DISAGREE: listed("disagree dispute contradict"),
    Kind.DOUBT: listed("doubt question"),
    Kind.ANNOUNCE: listed("announce declare"),
    Kind.ASK: listed("ask request"),
    Kind.BELIEVE: listed("believe think thought expect hope fear"),
    Kind.CONFIRM: listed(
        "confirm admit acknowledge concede verify prove refute disprove establish show reveal demonstrate"
    ),
}
"""Verbs of saying by what the speaker does with them."""
PROVING = listed("confirm admit acknowledge concede verify prove refute disprove debunk demonstrate")
"""Verbs that vouch for what is said; a claim may use them only where the cited sentence does."""

AUXILIARIES = listed(
    """has have had is was are were be been being will would could may might did does do not never also again later
    earlier then repeatedly publicly openly strongly firmly flatly angrily sharply further didn't hasn't hadn't isn't
    wasn't don't doesn't didn’t hasn’t hadn’t isn’t wasn’t don’t doesn’t reportedly allegedly"""
)
"""Words that may stand between a subject and its verb of saying."""
PASSIVE = listed("was were been is are being")
NOUN_BEFORE = listed("the a an his her its their this that no any more in of to by for")
"""Words after which "claim" or "charge" is a noun."""
DESCRIBING = listed("the a an his her its their")
BREAKS = listed("that who which whom whose while but after before as because when if where although")
"""Words that begin a clause of its own."""
LINKING = listed("and or but with by to that on in against than as after before while said")
"""Words that part two names, so that one does not describe the other."""

NEGATORS = listed("not never no none nobody nothing neither nor without cannot hardly barely nowhere")
REVERSERS = listed("fail refuse deny decline unable lack prevent avoid reject")
"""Verbs that turn the sense of what follows."""
POSSIBLE = listed("may might could possibly perhaps maybe likely probably potentially")
INTENDED = listed("plan hope want aim intend seek consider expect propose try threaten attempt")
CERTAIN = listed("will shall must did has have had is are was were does do")
