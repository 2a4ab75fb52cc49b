//! The notices of the server in German.

import type { Pattern } from "../notices";
import { words } from "./words";

export const sentences: Readonly<Record<string, string>> = {
  "In a comment.": "In einem Kommentar.",
  "A customer of yours is asked": "Ein Kunde von Ihnen wird gefragt",
  "By the program's rule your yes was not needed; you can still decline for them.":
    "Nach der Regel des Programms war Ihre Zusage nicht nötig; Sie können weiterhin für den Kunden absagen.",
  "They agreed to this ahead, so nobody was asked first.":
    "Dem wurde vorab zugestimmt, daher wurde zuvor niemand gefragt.",
  "The advocate is asked now.": "Der Referenzgeber wird jetzt gefragt.",
  "A group call serves further deals": "Ein Gruppengespräch dient weiteren Deals",
  "It still counts as one use of your customer.": "Es zählt weiterhin als ein einziger Einsatz Ihres Kunden.",
  "A group call serves your deal": "Ein Gruppengespräch dient Ihrem Deal",
  "The customer said yes already. What is agreed on is on the request.":
    "Der Kunde hat bereits zugesagt. Was vereinbart ist, steht auf der Anfrage.",
  "The time of a group call changed": "Der Termin eines Gruppengesprächs hat sich geändert",
  "The agreed time was called off. The customer's yes stands.":
    "Der vereinbarte Termin wurde abgesagt. Die Zusage des Kunden gilt.",
  "A group call is off": "Ein Gruppengespräch fällt aus",
  "It did not take place.": "Es hat nicht stattgefunden.",
  "The request was withdrawn.": "Die Anfrage wurde zurückgezogen.",
  "The request was closed.": "Die Anfrage wurde geschlossen.",
  "The buyer gets content instead, so your customer is free again.":
    "Der Käufer bekommt stattdessen Inhalte, Ihr Kunde ist also wieder frei.",
  "A request goes on": "Eine Anfrage geht weiter",
  "The content was taken back: your customer is asked as before.":
    "Die Inhalte wurden zurückgenommen: Ihr Kunde wird gefragt wie zuvor.",
  "The advocate is not active.": "Der Referenzgeber ist nicht aktiv.",
  "The advocate had left the company.": "Der Referenzgeber hatte das Unternehmen verlassen.",
  "There was no valid consent for this on that day.": "An jenem Tag gab es dafür keine gültige Einwilligung.",
  "The advocate did not agree to this kind of activity.":
    "Zu dieser Aktivität hatte der Referenzgeber nicht zugestimmt.",
  "The account may not be used.": "Das Unternehmen darf nicht genutzt werden.",
  "The advocate does not speak to this company.": "Mit diesem Unternehmen spricht der Referenzgeber nicht.",
  "No use was left on that day.": "An jenem Tag war kein Einsatz mehr übrig.",
  "The advocate was resting.": "Der Referenzgeber hatte gerade Ruhezeit.",
  "Your approval is needed": "Ihre Freigabe wird gebraucht",
  "A customer of yours is asked for": "Ein Kunde von Ihnen wird angefragt",
  "A customer of yours speaks to a buyer": "Ein Kunde von Ihnen spricht mit einem Käufer",
  "A customer is not needed any more": "Ein Kunde wird nicht mehr gebraucht",
  "Another customer said yes, so yours is free again.":
    "Ein anderer Kunde hat zugesagt, Ihrer ist wieder frei.",
  "The day of a request moved": "Der Tag einer Anfrage hat sich verschoben",
  "A request is over": "Eine Anfrage ist vorbei",
  "A request waits for a match": "Eine Anfrage wartet auf einen Vorschlag",
  "A request still waits for a match": "Eine Anfrage wartet weiter auf einen Vorschlag",
  "A request has nobody left to ask": "Für eine Anfrage kann niemand mehr gefragt werden",
  "Propose somebody: the matches are on the request.":
    "Schlagen Sie jemanden vor: Die Treffer stehen auf der Anfrage.",
  "Propose somebody else: the matches are on the request.":
    "Schlagen Sie jemand anderen vor: Die Treffer stehen auf der Anfrage.",
  "A rush needs your yes": "Eine eilige Anfrage braucht Ihre Zusage",
  "A rush waits for your yes or no.": "Eine eilige Anfrage wartet auf Ihr Ja oder Nein.",
  "A colleague waits for your yes or no to a customer of yours.":
    "Jemand wartet auf Ihr Ja oder Nein zu einem Ihrer Kunden.",
  "An answer is due today": "Eine Antwort ist heute fällig",
  "An answer is late": "Eine Antwort ist überfällig",
  "Nobody else is in line. Propose somebody else or speak to who was asked.":
    "Niemand sonst steht an. Schlagen Sie jemand anderen vor oder sprechen Sie mit der gefragten Person.",
  "No answer in time": "Keine Antwort in der Zeit",
  "The next in line is asked; without one, the program team looks for somebody.":
    "Als Nächstes wird gefragt, wer ansteht; sonst sucht das Programmteam jemanden.",
  "The advocate has not answered. Pass the answer link on once more.":
    "Der Referenzgeber hat nicht geantwortet. Geben Sie den Antwortlink noch einmal weiter.",
  "Pass on a link": "Einen Link weitergeben",
  "The advocate gets no mail from us. Copy the answer link from the request and send it.":
    "Der Referenzgeber bekommt von uns keine E-Mail. Kopieren Sie den Antwortlink von der Anfrage und senden Sie ihn.",
  "The owner said yes": "Die Kundenbetreuung hat zugesagt",
  "The advocate accepted": "Der Referenzgeber hat zugesagt",
  "The advocate agreed ahead": "Der Referenzgeber hat vorab zugestimmt",
  "Contact details are on the request now.": "Die Kontaktdaten stehen jetzt auf der Anfrage.",
  "The advocate declined": "Der Referenzgeber hat abgelehnt",
  "A candidate was declined": "Ein Vorschlag wurde abgelehnt",
  "A candidate is not available any more": "Ein Vorschlag ist nicht mehr verfügbar",
  "A candidate cannot be had on the new day": "Ein Vorschlag ist am neuen Tag nicht verfügbar",
  "Times were offered": "Termine wurden angeboten",
  "Send the buyer the link to pick one, or pick it for them.":
    "Senden Sie dem Käufer den Link zum Auswählen, oder wählen Sie für ihn.",
  "A time was picked": "Ein Termin wurde gewählt",
  "The time is agreed; the invitations are on their way.":
    "Der Termin steht; die Einladungen sind unterwegs.",
  "The time was called off": "Der Termin wurde abgesagt",
  "The advocate's yes stands. Offer other times.":
    "Die Zusage des Referenzgebers gilt. Bieten Sie andere Termine an.",
  "Did it take place?": "Hat es stattgefunden?",
  "The planned day is over. Record what came of it, or set another day.":
    "Der geplante Tag ist vorbei. Halten Sie fest, was daraus wurde, oder setzen Sie einen anderen Tag.",
  "How useful was the reference?": "Wie nützlich war die Referenz?",
  "One grade is enough; it makes the next match better.":
    "Eine Note genügt; sie macht den nächsten Treffer besser.",
  "The buyer said how it was": "Der Käufer hat gesagt, wie es war",
  "Their answer is on the request.": "Die Antwort steht auf der Anfrage.",
  "A reference took place": "Eine Referenz hat stattgefunden",
  "Thank your customer; the outcome is on the request.":
    "Danken Sie Ihrem Kunden; das Ergebnis steht auf der Anfrage.",
  "A reference did not take place": "Eine Referenz hat nicht stattgefunden",
  "Your customer is free again. Ask them whether something went wrong.":
    "Ihr Kunde ist wieder frei. Fragen Sie, ob etwas schiefging.",
  "The advocate says it did not take place": "Der Referenzgeber sagt, es hat nicht stattgefunden",
  "It does not count as a use, and the request is open again.":
    "Es zählt nicht als Einsatz, und die Anfrage ist wieder offen.",
  "It may have taken place after all": "Es hat vielleicht doch stattgefunden",
  "That it did not was taken back: your customer's promise stands.":
    "Dass es ausfiel, wurde zurückgenommen: Die Zusage Ihres Kunden gilt.",
  "A use outside the system was logged": "Ein Einsatz außerhalb des Systems wurde eingetragen",
  "Content answers a request": "Inhalte beantworten eine Anfrage",
  "Content answers your request": "Inhalte beantworten Ihre Anfrage",
  "Your customer helped to win a deal": "Ihr Kunde half, einen Deal zu gewinnen",
  "A deal your customer spoke for is decided": "Ein Deal, für den Ihr Kunde sprach, ist entschieden",
  "A hold is yours": "Eine Vormerkung gehört Ihnen",
  "A hold is over": "Eine Vormerkung ist vorbei",
  "The deal asked for it.": "Der Deal hat danach gefragt.",
  "The program team gave it back.": "Das Programmteam hat sie zurückgegeben.",
  "Its last day is over. Hold again, or ask.":
    "Ihr letzter Tag ist vorbei. Merken Sie erneut vor, oder fragen Sie an.",
  "The deal is closed.": "Der Deal ist abgeschlossen.",
  "The deal closes later than it did. Hold again for the new day.":
    "Der Deal schließt später als zuvor. Merken Sie für den neuen Tag erneut vor.",
  "The customer may not be asked any more.": "Der Kunde darf nicht mehr gefragt werden.",
  "One of your advocates waits to be verified": "Einer Ihrer Referenzgeber wartet auf Bestätigung",
  "Your change of many records is done. It can be taken back for 30 days.":
    "Ihre Änderung vieler Einträge ist fertig. Sie lässt sich 30 Tage lang zurücknehmen.",
  "You nominated them. They can be asked from now on; thank you.":
    "Sie haben nominiert. Ab jetzt kann gefragt werden; danke.",
  "You nominated them; thank you. The program team can tell you why.":
    "Sie haben nominiert; danke. Das Programmteam kann sagen, warum.",
  "Say how it ended and close the need.": "Sagen Sie, wie er ausging, und schließen Sie den Bedarf.",
  "They leave, or have left. Ask your customer who takes over, and nominate that person.":
    "Die Person geht oder ist gegangen. Fragen Sie, wer übernimmt, und nominieren Sie diese Person.",
  "A mail server refused their address for good. Write the right one into the contact.":
    "Ein Mailserver hat die Adresse endgültig abgelehnt. Tragen Sie die richtige beim Kontakt ein.",
  "A consent ends. Ask your customer, then record the new one on the profile.":
    "Eine Einwilligung endet. Fragen Sie Ihren Kunden und tragen Sie die neue im Profil ein.",
  "It expires. Ask your customer, then tell the program team until when it may be used.":
    "Sie läuft ab. Fragen Sie Ihren Kunden und sagen Sie dem Programmteam, bis wann sie gilt.",
  "They gave more than a limit allows. Talk to them, and correct their limits on the profile.":
    "Es waren mehr Einsätze, als eine Grenze erlaubt. Sprechen Sie darüber und berichtigen Sie die Grenzen im Profil.",
  "Look at the account and say who looks after it.":
    "Sehen Sie sich das Unternehmen an und sagen Sie, wer es betreut.",
  "Nobody confirmed it for half a year. Look at it, correct it, and press Still true.":
    "Ein halbes Jahr hat es niemand bestätigt. Sehen Sie es an, berichtigen Sie es und drücken Sie Stimmt noch.",
  "Nobody asked them for half a year. Ask how they are, and whether the profile is right.":
    "Ein halbes Jahr wurde niemand gefragt. Fragen Sie nach, und ob das Profil stimmt.",
};

/** What stands behind the name of a record. */
const QUESTIONS: Readonly<Record<string, string>> = {
  "who speaks for the company now?": "Wer spricht jetzt für das Unternehmen?",
  "what is their address now?": "Wie lautet die Adresse jetzt?",
  "does the consent go on?": "Gilt die Einwilligung weiter?",
  "may we go on using the story?": "Dürfen wir die Geschichte weiter nutzen?",
  "is it too much?": "Ist es zu viel?",
  "who owns the relationship?": "Wer verantwortet die Beziehung?",
  "is the profile still true?": "Stimmt das Profil noch?",
  "would they still help?": "Würden sie noch helfen?",
  "the day is over": "Der Tag ist vorbei",
  "the notice runs short": "Der Vorlauf wird knapp",
  "ask now": "Jetzt fragen",
  "too few could serve it": "Zu wenige können helfen",
  "recruit now": "Jetzt gewinnen",
};

const ACTIVITIES: Readonly<Record<string, string>> = words.activity;

/** An activity by its English label. */
const activity = (label: string) => ACTIVITIES[label.toLowerCase().replaceAll(" ", "_")] ?? label;

export const patterns: readonly Pattern[] = [
  [
    /^Advocates were due to be asked by (\d{4}-\d\d-\d\d) for (\d{4}-\d\d-\d\d)\. Ask now, as a rush\.$/,
    (by, day) => `Für den ${day} war bis ${by} anzufragen. Fragen Sie jetzt, als eilige Anfrage.`,
  ],
  [
    /^It is needed on (\d{4}-\d\d-\d\d); advocates are due to be asked by (\d{4}-\d\d-\d\d)\.$/,
    (day, by) => `Gebraucht wird es am ${day}; anzufragen ist bis ${by}.`,
  ],
  [
    /^It is needed on (\d{4}-\d\d-\d\d), and recruiting had to start by (\d{4}-\d\d-\d\d)\. Ask for less, move the day, or name a customer\.$/,
    (day, by) =>
      `Gebraucht wird es am ${day}, und die Gewinnung hätte bis ${by} beginnen müssen. Bitten Sie um weniger, verschieben Sie den Tag oder nennen Sie einen Kunden.`,
  ],
  [
    /^It is needed on (\d{4}-\d\d-\d\d), and too few advocates could serve it\. Recruiting has to start by (\d{4}-\d\d-\d\d)\.$/,
    (day, by) =>
      `Gebraucht wird es am ${day}, und zu wenige Referenzgeber kämen infrage. Die Gewinnung muss bis ${by} beginnen.`,
  ],
  [/^(.+) mentioned you$/, (who) => `${who} hat Sie erwähnt`],
  [/^In the notes on (.+)\.$/, (who) => `In den Notizen zu ${who}.`],
  [/^New match for "(.+)"$/, (search) => `Neuer Treffer für „${search}“`],
  [
    /^(.+) can be asked now\.$/,
    (who) => `${who.replace(/ and (\d+) more$/, " und $1 weitere")}: jetzt anfragbar.`,
  ],
  [
    /^(.+) by (\d{4}-\d\d-\d\d) for the deal (.+)\.$/,
    (what, day, deal) => `${activity(what)} bis ${day} für den Deal ${deal}.`,
  ],
  [/^(.+) by (\d{4}-\d\d-\d\d)\.$/, (what, day) => `${activity(what)} bis ${day}.`],
  [
    /^(.+) is asked for a reference call until (\d{4}-\d\d-\d\d)\.$/,
    (who, day) => `${who} wird bis ${day} um ein Referenzgespräch gebeten.`,
  ],
  [/^The program team sends (.+) to the buyer\.$/, (title) => `Das Programmteam sendet dem Käufer ${title}.`],
  [
    /^Thank (.+): a word from you counts more than a letter\.$/,
    (who) => `Danken Sie ${who}: Ein Wort von Ihnen zählt mehr als ein Brief.`,
  ],
  [
    /^The customer you waited for is held for your deal until (\d{4}-\d\d-\d\d)\.$/,
    (day) => `Der Kunde, auf den Sie warteten, ist bis ${day} für Ihren Deal vorgemerkt.`,
  ],
  [
    /^It is (\d{4}-\d\d-\d\d) now\. Your yes or no is still waited for\.$/,
    (day) => `Es ist jetzt der ${day}. Ihr Ja oder Nein wird weiter erwartet.`,
  ],
  [
    /^It is (\d{4}-\d\d-\d\d) now, and the time is still to be agreed on\.$/,
    (day) => `Es ist jetzt der ${day}, und die Uhrzeit ist noch offen.`,
  ],
  [
    /^It is (\d{4}-\d\d-\d\d) now\. Tell the advocate, whom you passed the link to\.$/,
    (day) => `Es ist jetzt der ${day}. Sagen Sie es dem Referenzgeber, dem Sie den Link weitergegeben haben.`,
  ],
  [/^The request moved to (\d{4}-\d\d-\d\d)\.$/, (day) => `Die Anfrage wurde auf den ${day} verschoben.`],
  [/^It takes place on (\d{4}-\d\d-\d\d)\.$/, (day) => `Es findet am ${day} statt.`],
  [
    /^(.+) was used as a reference without a request\.$/,
    (who) => `${who} wurde ohne Anfrage als Referenz eingesetzt.`,
  ],
  [
    /^(.+): nominate somebody there who would give references\.$/,
    (who) =>
      `${who.replace(/ and (\d+) more$/, " und $1 weitere")}: Nominieren Sie dort jemanden, der Referenzen gäbe.`,
  ],
  [
    /^The plan counts only profiles that were confirmed within (\d+) days\. Look at each, correct what changed, and confirm it\.$/,
    (days) =>
      `Der Plan zählt nur Profile, die in den letzten ${days} Tagen bestätigt wurden. Sehen Sie jedes an, berichtigen Sie, was sich geändert hat, und bestätigen Sie es.`,
  ],
  [/^(\d+) records are changed$/, (count) => `${count} Einträge sind geändert`],
  [
    /^(\d+) of your advocates wait to be verified$/,
    (count) => `${count} Ihrer Referenzgeber warten auf Bestätigung`,
  ],
  [/^Who could speak for (.+)\?$/, (profile) => `Wer könnte für ${profile} sprechen?`],
  [/^(.+) (?:is an advocate|are advocates) now$/, (who) => `Jetzt Referenzgeber: ${who}`],
  [/^(.+) will not join the program$/, (who) => `${who} macht nicht mit`],
  [/^(.+): ([^:]+)$/, (name, what) => `${name}: ${QUESTIONS[what] ?? what}`],
];
