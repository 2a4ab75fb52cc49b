import type { sight as english } from "../en/sight";
import type { Wording } from "../wording";

export const sight: Wording<typeof english> = {
  title: "Was Sie sehen können",
  lead: "Was Ihre Rollen Ihnen zeigen, was für mehr geschehen muss und wen Sie fragen können.",
  here: "Warum es verborgen ist",
  here_none:
    "Keine Ihrer Rollen ({{roles}}) umfasst dies. Rollen ergänzen sich: Wer Rollen vergibt, kann Ihnen eine weitere geben.",
  here_own:
    "Sie sehen, was Ihnen gehört. Was jemand anderem gehört, sieht für Sie aus, als gäbe es das nicht.",
  here_team:
    "Sie sehen, was Ihnen oder Ihrem Team gehört. Was jemand anderem gehört, sieht für Sie aus, als gäbe es das nicht.",
  here_everything:
    "Ihre Rollen zeigen alle davon; es existiert also nicht mehr, oder der Link ist unvollständig. Suchen Sie es in der Liste.",
  here_private:
    "Profile, die als privat markiert sind, bleiben Ihren Rollen verborgen und sehen aus, als gäbe es sie nicht.",
  here_screen:
    "Ansichten richten sich nach der Rolle, und Ihre sind: {{roles}}. Wer Rollen vergibt, kann die nötige ergänzen.",
  no_role: "keine",
  records: "Datensätze",
  column: {
    kind: "Art",
    you: "Sie sehen",
    roles: "Sichtbar für",
    field: "Über einen Referenzgeber",
    when: "Sichtbar für Sie",
  },
  reach: { nothing: "Keine", own: "Ihre eigenen", team: "Ihre und die Ihres Teams", everything: "Alle" },
  fields: "Menschen",
  fields_why: "Was ein Profil zeigt, hängt von Ihren Rollen ab und davon, was Sie angefragt haben.",
  field: {
    name: "Der Name",
    contact_details: "E-Mail und Telefon",
    usage_history: "Jeder Einsatz; andere sehen eine Spanne",
    availability_reason: "Warum jemand nicht frei ist",
    internal: "Notizen, Stimmung und Kundenlage",
    consent_record: "Die Einwilligungen im Einzelnen",
    preferences: "Grenzen und Themen vollständig",
  },
  shown: { always: "Immer", never: "Mit Ihren Rollen nie" },
  condition: {
    owns_account: "Sie das Unternehmen betreuen",
    owner_approved: "die Kundenbetreuung Ihre Anfrage freigegeben hat",
    advocate_accepted: "der Referenzgeber zugesagt hat, bis 30 Tage nach Abschluss der Anfrage",
    names_shown: "das Programm allen die Namen zeigt",
  },
  when: "Wenn {{conditions}}",
  or: " oder ",
  ask: "Wen Sie fragen können",
  ask_admins: "Rollen vergibt",
  ask_program: "Das Programm führt",
  ask_nobody: "Noch niemand",
  other: {
    title: "Was jemand aus dem Team sieht",
    why: "Wählen Sie eine Person und fügen Sie die Adresse eines Datensatzes ein. Sie erfahren die Regel, die ihn zeigt oder verbirgt, und keinen Wert daraus.",
    person: "Person aus dem Team",
    no_person: "Niemand mit diesem Namen",
    record: "Adresse des Datensatzes",
    record_hint: "Aus der Adresszeile kopiert, etwa {{example}}",
    record_wrong:
      "Fügen Sie die Adresse eines Unternehmens, Kontakts, Referenzgebers, Deals, einer Anfrage oder eines Inhalts ein.",
    ask: "Erklären",
    outcome: {
      seen: "{{name}} sieht es.",
      no_such_record: "Diesen Datensatz gibt es nicht, also sieht ihn niemand.",
      switched_off: "{{name}} kann sich nicht anmelden und sieht deshalb nichts.",
      no_role: "{{name}} sieht es nicht: Keine der Rollen ({{roles}}) zeigt Datensätze dieser Art.",
      not_theirs:
        "{{name}} sieht es nicht: Es gehört jemand anderem, und die Rollen ({{roles}}) zeigen nur Eigenes.",
      private:
        "{{name}} sieht es nicht: Es ist privat oder nicht freigegeben, und die Rollen ({{roles}}) zeigen das nicht.",
    },
    column: { field: "Teil des Profils", seen: "Sichtbar", because: "Weil" },
    seen: "Ja",
    hidden: "Nein",
    because_role: "die Rolle es zeigt",
    because_never: "keine der Rollen es zeigt",
    condition: {
      owns_account: "die Person das Unternehmen betreut",
      owner_approved: "die Kundenbetreuung die Anfrage freigegeben hat",
      advocate_accepted: "der Referenzgeber zugesagt hat",
      names_shown: "das Programm allen die Namen zeigt",
    },
    missing: "nötig ist, dass {{conditions}}",
  },
};
