import type { inbox as english } from "../en/inbox";
import type { Wording } from "../wording";

export const inbox: Wording<typeof english> = {
  lead: "Anfragen warten auf Ihre Antwort, Neuigkeiten sagen, was geschah, Erwähnungen bitten Sie um einen Blick.",
  parts: "Teile des Posteingangs",
  part: { open: "Offen", snoozed: "Zurückgestellt", muted: "Stumm", done: "Erledigt" },
  class: { ask: "Anfragen", update: "Neuigkeiten", mention: "Erwähnungen" },
  keys: "J und K gehen weiter, Enter öffnet, E erledigt, S stellt zurück, M schaltet Neuigkeiten stumm",
  done: "Erledigt",
  done_said: "Erledigt",
  reopen: "Nicht erledigt",
  reopen_said: "Es wartet wieder",
  snooze: "Zurückstellen",
  snooze_title: "Zurückstellen bis",
  snooze_until: { hours: "In drei Stunden", tomorrow: "Morgen früh", week: "Nächsten Montag" },
  snooze_other: "Eine andere Zeit",
  snooze_said: "Kommt wieder: {{when}}",
  back_at: "kommt wieder: {{when}}",
  wake: "Jetzt wieder zeigen",
  wake_said: "Es wartet wieder",
  mute: "Stumm schalten",
  mute_said: "Dazu kommen keine Neuigkeiten mehr",
  mute_refused: "Nur Neuigkeiten lassen sich stumm schalten: Anfragen und Erwähnungen kommen immer an.",
  unmute: "Wieder hören",
  unmute_said: "Dazu kommen wieder Neuigkeiten",
  is_muted: "stumm",
  digest: {
    title: "Täglicher Brief",
    why: "Einmal am Tag eine Mail an {{email}} mit dem, was hier offen ist; keine, wenn nichts offen ist.",
    no_mail: "Mail ist hier nicht eingerichtet; es kommt keine, bis die Administration sie einrichtet.",
    no_address:
      "Von Ihnen ist keine Adresse bekannt, es kommt also keine Mail. Die Administration kann eine eintragen.",
    on: "Einmal am Tag schreiben",
    hour: "Ab dieser Stunde",
    zone: "nach der Uhr von {{zone}}",
    own_zone: "{{zone}} nehmen",
  },
  empty: {
    current: "Hier ist nichts",
    open: "Nichts wartet auf Sie",
    snoozed: "Nichts ist zurückgestellt",
    muted: "Nichts ist stumm",
    done: "Noch nichts ist erledigt",
  },
  empty_why: {
    current: "Anfragen, Neuigkeiten und Erwähnungen kommen hier an.",
    open: "Anfragen, Neuigkeiten und Erwähnungen kommen hier an. Zurückgestelltes kommt von selbst wieder.",
    snoozed: "Drücken Sie S auf einem Eintrag, damit er zu einer besseren Zeit wiederkommt.",
    muted:
      "Drücken Sie M auf einer Neuigkeit, um von dieser Anfrage oder diesem Datensatz nichts mehr zu hören; Fragen an Sie kommen weiter an.",
    done: "Was Sie erledigen, steht hier.",
  },
};
