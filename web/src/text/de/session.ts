import type { session as english } from "../en/session";
import type { Wording } from "../wording";

export const session: Wording<typeof english> = {
  sign_in: "Anmelden",
  sign_in_lead: "Kundenreferenzen für jeden Deal.",
  email: "E-Mail",
  password: "Passwort",
  password_hint: "Mindestens 12 Zeichen. Ein Satz ist gut.",
  over_title: "Melden Sie sich an, um weiterzumachen",
  over_detail: "Ihre Sitzung ist beendet. Alles auf der Seite dahinter bleibt, wie Sie es verlassen haben.",
  leave: "Als andere Person anmelden",
  first_run: "Goodword einrichten",
  first_run_lead: "Sie sind die erste Person hier. Dieses Konto führt das Programm und das System.",
  name: "Ihr Name",
  setup_code: "Einrichtungscode",
  setup_code_hint: "Die Konsole, in der Goodword gestartet wurde, zeigt ihn.",
  create: "Konto anlegen",
  after_setup: "Danach: Importieren Sie Kunden und Deals. Die Startseite führt Sie bis zur ersten Suche.",
  email_wrong: "Geben Sie eine E-Mail-Adresse ein, etwa name@firma.de.",
  password_missing: "Geben Sie Ihr Passwort ein.",
  password_short: "Verwenden Sie mindestens 12 Zeichen.",
  name_missing: "Geben Sie Ihren Namen ein.",
  set_up_done: "Bereits eingerichtet",
  set_up_done_detail: "Diese Installation hat ihr erstes Konto. Melden Sie sich mit Ihrem an.",
};
