"""Words that may mean danger now; they make the line ask the danger question again, and never end a report."""

from __future__ import annotations

import re

from hotline.understanding.folding import fold

# Said often, and no danger: taken out before the search. Sources: the domain notes and what recognisers make of dialect.
_HARMLESS = re.compile(
    r"\b(?:messensets?|messenblok|vuurwerk\w*|waterpistool\w*|speelgoed(?:pistool|geweer|wapen)\w*|schietbaan|schietvereniging"
    r"|brandweerkazerne|brandenburger\w*|brandwerende?|feuer frei|feuerwerk\w*|feuerzeug\w*|feux? rouges?|feux? d'artifice"
    r"|schiet(?:en)? op|schiet(?:en)? (?:er |het )?niet op|slaat (?:nergens|echt nergens) op|slaat (?:rechts|links)? ?af"
    r"|rook (?:'?t|ut|het|ik|je|wiet|naar|nao|hier|daar|altijd|weer)|(?:er|dao|daar|hier|dat|het|'t) rook"
    r"|smok(?:e|es|ed|ing) (?:weed|a|pot|hash|joints?|crack|cannabis|dope|outside|there|here|all)|to smoke|they smoke|he smokes?"
    r"|rauch(?:en|t)|raucher|geen (?:wapens?|mes|messen|brand|vuur|rook|geweer|pistool|bloed)|no (?:guns?|knife|fire|smoke)"
    r"|kein(?:e|en)? (?:waffen?|messer|feuer|rauch)|pas d'armes?|fire ?works?|fire station|fire brigade|brandweer)\b"
)
_DANGER = re.compile(
    r"\b(?:"
    # Dutch and Limburgish
    r"(?:vuur|steek)?wapens?|pistool|pistolen|geweer|geweren|mes|messen|meste(?:ek|ken)|mets|schiet(?:en|partij)?|geschoten|"
    r"sjeete|schot|schoten|gestoken|steek(?:t|partij)?|bloed(?:t|en|end)?|gewond(?:en)?|bewusteloos|ademt niet|reanimatie|"
    r"reageert niet|niet wakker|overdosis|brand|brandj|brandlucht|vuur|rook|ontplof\w*|explosie|gaslek|gijzel\w*|gegijzeld|"
    r"bedreigt (?:mij|me|ons)|(?:word|worden|wordt) bedreigd|slaat|vecht\w*|gevochten|help (?:mij|me|ons|mich|us)|holp|kind in gevaar|"
    # English
    r"guns?|knife|knives|shots?|shooting|stab(?:s|bed|bing)?|fire|smoke|overdosed?|unconscious|not breathing|"
    # German
    r"waffen?|messer|schuss|schusse|geschossen|feuer|rauch|bewusstlos|uberdosis|ueberdosis|hilfe|"
    # French
    r"(?:une|des|les?|ses|leurs?|son|avec|arme|d'|l')\W?armes?|coups? de feu|(?:le|au|du|en|prend|a) feu|pistolets?|couteaux?|"
    r"fumee|inconsciente?|au secours|a l'aide)\b"
    r"|^\W*help\W*$|\bhelp!"
)


def mentions_danger(text: str) -> bool:
    """Whether a danger word of Dutch, Limburgish, English, German or French stands in `text`, not counting harmless uses."""
    folded = fold(text[:20_000])
    if not _DANGER.search(folded):
        return False
    return _DANGER.search(_HARMLESS.sub(" ", folded)) is not None
