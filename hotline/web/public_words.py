"""What stands around the questions on the residents' pages, in each language: buttons, headings, advice, errors."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import get_args

from ivr_flows.model import Language


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """The chrome of a page in one language. `{}` is filled in; a name that begins with `error_` says what to do."""

    name: str
    to_text: str
    languages: str
    leave: str
    danger: str
    welcome: str
    story: str
    story_hint: str
    anonymous: str
    anonymous_more: str
    go_on: str
    skip: str
    back: str
    done: str
    done_hint: str
    question: str
    told: str
    your_code: str
    code_hint: str
    finished: str
    wipe: str
    new_report: str
    other_ways: str
    call: str
    text_us: str
    what_was_done: str
    have_code: str
    code_field: str
    code_field_hint: str
    look: str
    lost_code: str
    wait: str
    again: str
    typed: str
    error_empty: str
    error_choice: str
    error_text: str
    error_digits: str
    error_long: str
    error_code: str
    notice_repeat: str
    notice_over: str
    notice_busy: str
    notice_failed: str
    notice_big: str
    notice_offline: str


_NL = Words(
    name="Nederlands",
    to_text="Naar de tekst",
    languages="Taal",
    leave="Snel weg",
    danger="Is er nu gevaar? Bel 112. Wij kunnen geen hulp sturen.",
    welcome="Ziet u overlast door drugs?",
    story="Vertel wat u ziet, waar en wanneer",
    story_hint="Een paar zinnen is genoeg. Noem niet uw eigen naam of adres.",
    anonymous="Wij vragen niet wie u bent.",
    anonymous_more="Wij bewaren niets waarmee wij u kunnen vinden. Uw internetbedrijf kan wel zien dat u deze website opende.",
    go_on="Verder",
    skip="Weet ik niet / overslaan",
    back="Terug",
    done="Klaar, verstuur nu",
    done_hint="Wat u al heeft verteld, is bij ons.",
    question="Vraag {}",
    told="Lees dit eerst",
    your_code="Uw meldcode",
    code_hint="Schrijf de code op als dat veilig is. Met de code leest u later wat wij doen.",
    finished="Klaar",
    wipe="Sluit deze pagina met de knop ‘Snel weg’. Wis daarna uw geschiedenis als iemand mee kan kijken.",
    new_report="Iets nieuws melden",
    other_ways="Liever bellen of een sms sturen?",
    call="Bellen",
    text_us="Sms",
    what_was_done="Wat is er gedaan?",
    have_code="Heeft u een meldcode? Kijk wat er is gedaan",
    code_field="Uw meldcode",
    code_field_hint="Twaalf cijfers. Spaties mogen.",
    look="Kijk",
    lost_code="Code kwijt? Dan kunnen wij uw melding niet terugvinden. U kunt wel opnieuw melden.",
    wait="Een moment…",
    again="Probeer het opnieuw",
    typed="Dit schreef u:",
    error_empty="Schrijf eerst wat u ziet.",
    error_choice="Kies een antwoord. Weet u het niet? Sla de vraag dan over.",
    error_text="Schrijf een antwoord. Weet u het niet? Sla de vraag dan over.",
    error_digits="Dat klopt niet. Vul {} cijfers in.",
    error_long="De tekst is te lang. Er mogen {} tekens in. Maak de tekst korter.",
    error_code="Deze code klopt niet. Er is een cijfer te veel, te weinig of verkeerd.",
    notice_repeat="Die pagina was al verstuurd. Wilt u een antwoord veranderen? Kies dan ‘Terug’.",
    notice_over="Dit formulier stond te lang open. Wat u al verstuurde, is bij ons. Wilt u nog iets melden? Begin dan opnieuw.",
    notice_busy="Het is nu heel druk. Uw tekst is nog niet verstuurd. Wacht even en probeer het opnieuw.",
    notice_failed="Er is een storing. Uw antwoord is nog niet verstuurd. Probeer het zo opnieuw. Is er gevaar? Bel 112.",
    notice_big="Dat is te veel tekst. Ga terug en maak de tekst korter.",
    notice_offline="Geen verbinding. Wat u schreef, staat hier nog. Probeer het zo opnieuw.",
)
_EN = Words(
    name="English",
    to_text="Skip to the text",
    languages="Language",
    leave="Leave now",
    danger="Is there danger now? Call 112. We cannot send help.",
    welcome="Do you see trouble caused by drugs?",
    story="Tell us what you see, where and when",
    story_hint="A few sentences are enough. Do not give your own name or address.",
    anonymous="We do not ask who you are.",
    anonymous_more="We keep nothing that lets us find you. Your internet company can see that you opened this website.",
    go_on="Continue",
    skip="I don't know / skip",
    back="Back",
    done="Finish and send now",
    done_hint="What you have told us so far is with us.",
    question="Question {}",
    told="Read this first",
    your_code="Your report code",
    code_hint="Write the code down if that is safe. With the code you can read later what we do.",
    finished="Finished",
    wipe="Close this page with the button ‘Leave now’. Then clear your history if somebody else can look at it.",
    new_report="Report something new",
    other_ways="Would you rather call or send a text?",
    call="Call",
    text_us="Text",
    what_was_done="What was done?",
    have_code="Do you have a report code? See what was done",
    code_field="Your report code",
    code_field_hint="Twelve digits. Spaces are fine.",
    look="Look",
    lost_code="Lost your code? Then we cannot find your report. You can report it again.",
    wait="One moment…",
    again="Try again",
    typed="You wrote:",
    error_empty="First write what you see.",
    error_choice="Choose an answer. Don't know? Then skip the question.",
    error_text="Write an answer. Don't know? Then skip the question.",
    error_digits="That is not right. Fill in {} digits.",
    error_long="The text is too long. It can have {} characters. Please make it shorter.",
    error_code="This code is not right. One digit is too many, missing or wrong.",
    notice_repeat="That page had been sent already. Do you want to change an answer? Then choose ‘Back’.",
    notice_over="This form was open for too long. What you sent before is with us. Anything else to report? Please start again.",
    notice_busy="It is very busy now. Your text has not been sent yet. Wait a moment and try again.",
    notice_failed="Something is broken on our side. Your answer has not been sent yet. Try again soon. Is there danger? Call 112.",
    notice_big="That is too much text. Go back and make it shorter.",
    notice_offline="No connection. What you wrote is still here. Try again soon.",
)
_DE = Words(
    name="Deutsch",
    to_text="Zum Text",
    languages="Sprache",
    leave="Schnell weg",
    danger="Ist jetzt Gefahr? Rufen Sie 112 an. Wir können keine Hilfe schicken.",
    welcome="Gibt es bei Ihnen Ärger durch Drogen?",
    story="Erzählen Sie, was Sie sehen, wo und wann",
    story_hint="Ein paar Sätze reichen. Nennen Sie nicht Ihren eigenen Namen oder Ihre Adresse.",
    anonymous="Wir fragen nicht, wer Sie sind.",
    anonymous_more="Wir speichern nichts, womit wir Sie finden können. Ihr Internetanbieter kann sehen, dass Sie diese Website geöffnet haben.",
    go_on="Weiter",
    skip="Weiß ich nicht / überspringen",
    back="Zurück",
    done="Fertig, jetzt senden",
    done_hint="Was Sie bis jetzt erzählt haben, ist bei uns.",
    question="Frage {}",
    told="Lesen Sie das zuerst",
    your_code="Ihr Meldecode",
    code_hint="Schreiben Sie den Code auf, wenn das sicher ist. Mit dem Code lesen Sie später, was wir tun.",
    finished="Fertig",
    wipe="Schließen Sie diese Seite mit ‚Schnell weg‘. Löschen Sie danach den Verlauf, wenn jemand mitlesen kann.",
    new_report="Etwas Neues melden",
    other_ways="Möchten Sie lieber anrufen oder eine SMS schicken?",
    call="Anrufen",
    text_us="SMS",
    what_was_done="Was wurde getan?",
    have_code="Haben Sie einen Meldecode? Sehen Sie, was getan wurde",
    code_field="Ihr Meldecode",
    code_field_hint="Zwölf Ziffern. Leerzeichen sind erlaubt.",
    look="Ansehen",
    lost_code="Code verloren? Dann können wir Ihre Meldung nicht finden. Sie können neu melden.",
    wait="Einen Moment…",
    again="Noch einmal versuchen",
    typed="Sie haben geschrieben:",
    error_empty="Schreiben Sie zuerst, was Sie sehen.",
    error_choice="Wählen Sie eine Antwort. Wissen Sie es nicht? Dann überspringen Sie die Frage.",
    error_text="Schreiben Sie eine Antwort. Wissen Sie es nicht? Dann überspringen Sie die Frage.",
    error_digits="Das stimmt nicht. Geben Sie {} Ziffern ein.",
    error_long="Der Text ist zu lang. Er darf {} Zeichen haben. Kürzen Sie ihn bitte.",
    error_code="Dieser Code stimmt nicht. Eine Ziffer ist zu viel, fehlt oder ist falsch.",
    notice_repeat="Diese Seite war schon gesendet. Möchten Sie eine Antwort ändern? Dann wählen Sie ‚Zurück‘.",
    notice_over="Dieses Formular war zu lange offen. Was Sie gesendet haben, ist bei uns. Noch etwas? Fangen Sie bitte neu an.",
    notice_busy="Es ist gerade sehr voll. Ihr Text ist noch nicht gesendet. Warten Sie kurz und versuchen Sie es noch einmal.",
    notice_failed="Bei uns ist eine Störung. Ihre Antwort ist noch nicht gesendet. Versuchen Sie es gleich noch einmal. Gefahr? 112 anrufen.",
    notice_big="Das ist zu viel Text. Gehen Sie zurück und kürzen Sie ihn.",
    notice_offline="Keine Verbindung. Was Sie geschrieben haben, steht noch hier. Versuchen Sie es gleich noch einmal.",
)
_FR = Words(
    name="Français",
    to_text="Aller au texte",
    languages="Langue",
    leave="Quitter vite",
    danger="Y a-t-il un danger maintenant ? Appelez le 112. Nous ne pouvons pas envoyer d'aide.",
    welcome="La drogue cause des problèmes près de chez vous ?",
    story="Dites ce que vous voyez, où et quand",
    story_hint="Quelques phrases suffisent. Ne donnez pas votre nom ni votre adresse.",
    anonymous="Nous ne demandons pas qui vous êtes.",
    anonymous_more="Nous ne gardons rien qui permette de vous trouver. Votre opérateur internet peut voir que vous avez ouvert ce site.",
    go_on="Continuer",
    skip="Je ne sais pas / passer",
    back="Retour",
    done="Terminer et envoyer",
    done_hint="Ce que vous avez déjà dit est chez nous.",
    question="Question {}",
    told="Lisez d'abord ceci",
    your_code="Votre code",
    code_hint="Notez le code si c'est sans danger. Avec le code, vous lirez plus tard ce que nous faisons.",
    finished="Terminé",
    wipe="Fermez cette page avec « Quitter vite ». Effacez ensuite l'historique si quelqu'un peut le voir.",
    new_report="Signaler autre chose",
    other_ways="Vous préférez appeler ou envoyer un SMS ?",
    call="Appeler",
    text_us="SMS",
    what_was_done="Qu'est-ce qui a été fait ?",
    have_code="Vous avez un code ? Voyez ce qui a été fait",
    code_field="Votre code",
    code_field_hint="Douze chiffres. Les espaces sont permis.",
    look="Voir",
    lost_code="Code perdu ? Nous ne pouvons pas retrouver votre signalement. Vous pouvez signaler de nouveau.",
    wait="Un instant…",
    again="Réessayer",
    typed="Vous avez écrit :",
    error_empty="Écrivez d'abord ce que vous voyez.",
    error_choice="Choisissez une réponse. Vous ne savez pas ? Passez la question.",
    error_text="Écrivez une réponse. Vous ne savez pas ? Passez la question.",
    error_digits="Ce n'est pas correct. Entrez {} chiffres.",
    error_long="Le texte est trop long. Il peut avoir {} caractères. Raccourcissez-le.",
    error_code="Ce code n'est pas correct. Un chiffre est de trop, manque ou est faux.",
    notice_repeat="Cette page était déjà envoyée. Vous voulez changer une réponse ? Choisissez « Retour ».",
    notice_over="Ce formulaire est resté ouvert trop longtemps. Ce que vous avez envoyé est chez nous. Autre chose ? Recommencez.",
    notice_busy="Il y a trop de monde. Votre texte n'est pas encore envoyé. Attendez un peu et réessayez.",
    notice_failed="Il y a une panne chez nous. Votre réponse n'est pas encore envoyée. Réessayez bientôt. Un danger ? Appelez le 112.",
    notice_big="Il y a trop de texte. Revenez en arrière et raccourcissez-le.",
    notice_offline="Pas de connexion. Ce que vous avez écrit est encore ici. Réessayez bientôt.",
)

WORDS: Mapping[Language, Words] = {"nl": _NL, "en": _EN, "de": _DE, "fr": _FR}
assert set(WORDS) == set(get_args(Language))  # noqa: S101 - a language without its buttons must not start
