import type { help as english } from "../en/help";
import type { Wording } from "../wording";

export const help: Wording<typeof english> = {
  this_field: "Dieses Feld: {{label}}",
  this_field_unnamed: "Dieses Feld",
  nothing_more: "Es nimmt jeden Text.",
  required: "Es muss ausgefüllt sein.",
  a_day: "Es nimmt einen Tag.",
  an_email: "Es nimmt eine E-Mail-Adresse.",
  min: "Nicht unter {{value}}.",
  max: "Nicht über {{value}}.",
  max_length_one: "Höchstens {{count}} Zeichen.",
  max_length_other: "Höchstens {{count}} Zeichen.",
  choose: "Tippen schränkt die Auswahl ein; Pfeiltasten und Enter nehmen etwas daraus.",
  activity:
    "Worum der Kunde gebeten wird. Jede Aktivität hat ihre eigene Vorlaufzeit, Grenze und Einwilligung: Derselbe Kunde kann für die eine frei sein und von der anderen ruhen.",
  need_by:
    "Der Tag, bis zu dem der Käufer es braucht. Ein früherer Tag als die Vorlaufzeit der Aktivität macht daraus eine Eilanfrage, die eine Leitung erlauben muss.",
  deal: "Der Deal, für den es ist. Branche, Region, Produkt und Phase werden zu Kriterien, und was dabei herauskommt, zählt für ihn.",
  box: "Schreiben Sie, wonach Sie suchen, wie Sie es sagen würden: Branche, Anwendungsfall, Region, Rolle. Erkannte Wörter werden zu Kriterien; nach den übrigen wird in Geschichten und Zitaten gesucht.",
  only_free: "Lässt Kunden weg, die ruhen, gesperrt sind oder an diesem Tag keinen Einsatz mehr frei haben.",
  criteria:
    "Was ein Kunde mit dem Käufer gemeinsam haben soll. Ein Kriterium, das passen muss, lässt alle anderen weg; die übrigen geben nur Punkte.",
  number: "Wie viele Referenzen der Käufer braucht. Für jede werden bis zu drei Kunden zugleich gefragt.",
  remark:
    "Alle, die diesen Eintrag öffnen dürfen, lesen es. @ und ein Name sagen es der Person, die es im Eingang findet. Kunden und Käufer sehen es nie.",
  note: "Was der Käufer hören will, in Ihren Worten. Betreuung und Referenzgeber lesen es.",
  several: "Sie werden in dieser Reihenfolge gefragt, solange Referenzen fehlen.",
  override: "Warum eine Regel des Programms dieses eine Mal nicht gilt. Jede Ausnahme wird durchgesehen.",
  not_before:
    "Ihr Ja gilt ab diesem Tag. Der geplante Tag rückt hierhin, und kein früherer kann vereinbart werden.",
  decline_reason: "Wer angefragt hat, liest es. Es steuert auch die Gewinnung: Gründe werden gezählt.",
  outcome:
    "Was dabei herauskam, aus Sicht dessen, der angefragt hat. Ein Nichterscheinen gibt den Einsatz zurück und zählt gegen niemanden.",
  zone: "Die Zeitzone, in der die Zeiten unten gemeint sind. Alle anderen sehen sie in ihrer eigenen.",
  account:
    "Das Unternehmen des Kunden. Vorgeschlagen wird, was bekannt ist; ein neuer Name legt ein neues Unternehmen an.",
  synonyms: "Andere Wörter für dasselbe. Suche und Import lesen sie als diesen Begriff.",
  target_wanted: "Wie viele Referenzgeber dieses Profils zu gewinnen sind. Vorgegeben ist, was fehlt.",
  start_by:
    "Finden, Prüfen und Aufbauen brauchen Zeit: Wer bis zu diesem Tag beginnt, ist bereit, wenn der Bedarf kommt.",
  scopes: "Was ein Programm mit diesem Schlüssel darf. Nie mehr als Sie selbst.",
  token_life: "Nach so vielen Tagen gilt der Schlüssel nicht mehr. Ein neuer lässt sich jederzeit anlegen.",
  roles: "Was diese Person sehen und tun darf. Mehrere Rollen ergänzen sich.",
  limit: "Der eigene Wunsch des Kunden, strenger als die Regel des Programms. Leer gilt das Programm.",
  nominee:
    "Wer sprechen würde. Wer bei diesem Unternehmen schon so heißt, wird beim Tippen gefunden, damit niemand doppelt nominiert wird.",
  job: "Was die Person tut, wie auf ihrer Karte. Daraus werden Rolle und Rang, die der Abgleich vergleicht.",
  nominee_email: "Wohin eine Einladung ginge. Jetzt geht nichts hinaus: Zuerst entscheidet das Programmteam.",
  nominee_why:
    "Was sie erreicht hat, am besten mit einer Zahl, und was sie gern täte. Danach entscheidet das Programmteam.",
  contact_name:
    "Der Name, wie die Person ihn schreibt. Der Vertrieb sieht ihn nach der Freigabe, außer das Programm zeigt ihn vorher.",
  contact_email: "Wohin Anfragen gehen. Eine berichtigte Adresse nimmt die Marke weg, dass Post zurückkommt.",
  left_on:
    "Ab diesem Tag fragt niemand mehr die Person: Was später geplant ist, endet, und die nächste wird gefragt.",
  company_name:
    "Das Unternehmen, wie man es kennt. Geschichten und Anfragen zeigen den Namen, und Importe finden es daran.",
  owner: "Wer den Kunden betreut. Jede Anfrage dort wartet auf das Ja dieser Person.",
  domain: "Die Adresse der Website, ohne www. Importe und die Suche nach Dubletten vergleichen sie.",
  employees: "Wie viele dort arbeiten. Daraus wird die Unternehmensgröße, die der Abgleich vergleicht.",
  lock_reason:
    "Warum dort niemand gefragt wird. Eine Absage, eine Eskalation oder einen Streit hebt nur das Programmteam auf.",
  lock_until: "Die Sperre gilt einschließlich dieses Tages. Ohne Tag steht sie, bis jemand sie aufhebt.",
  lock_note: "Was Kollegen wissen sollten, etwa wen man anspricht. Kunden sehen es nie.",
  headline:
    "Eine Zeile, die im Vertrieb hängen bleibt, am besten mit einer Zahl: Sie steht über jeder Karte.",
  story: "Drei Zeilen: Ausgangslage, Veränderung, Ergebnis. Die Suche durchsucht diese Wörter.",
  outcomes: "Was sich geändert hat, als Zahl mit Einheit. Käufer glauben Zahlen eher als Worten.",
  topics_can: "Worüber die Person gern spricht. Die Suche durchsucht es, und die Vorbereitung nennt es.",
  topics_cannot: "Was besser ausbleibt. Die Vorbereitung vor dem Gespräch nennt es.",
  activities: "Wozu die Person bereit ist. Um anderes wird niemand gebeten.",
  notes:
    "Für alle, die die Person betreuen. @ und ein ganzer Name benachrichtigt diese Kollegin oder diesen Kollegen.",
  erase_reason: "Bleibt für immer, während alles andere über die Person verschwindet: also ohne Namen.",
  condition:
    "Worauf Ihr Ja beruht, etwa nur per E-Mail. Es steht überall bei der Anfrage, auch beim Referenzgeber.",
  instead:
    "Jemand anderes, der passt. Diese Person wird stattdessen vorgeschlagen, und ihre eigene Betreuung entscheidet.",
  scheduled_on:
    "Der Tag, an dem es stattfindet. Obergrenzen und Ruhezeit zählen auf ihn, also wird neu geprüft.",
  used_on: "Der Tag, an dem es stattfand: Ruhezeit und Grenzen des Kunden zählen ab ihm.",
  used_advocate:
    "Wer die Referenz gab. Es zählt gegen die Grenzen von Person und Unternehmen wie jede andere.",
  place: "Wo man sich trifft. Es steht in der Einladung; Referenzgeber und Käufer lesen es.",
  comment: "Was zu wiederholen und was besser zu machen ist. Das Programmteam liest es.",
  nominee_declined: "Bleibt bei der Nominierung. So schreiben, dass es lesen darf, wer nominiert hat.",
  content_title: "Was Käufer darüber lesen. Den Kunden nur nennen, wenn er dem zugestimmt hat.",
  content_kind: "Was es ist. Die Einwilligung des Kunden muss Inhalte dieser Art umfassen.",
  content_stage:
    "Der Abschnitt eines Deals, in dem es am meisten hilft. Dort steht es zuerst, sonst hinter den anderen.",
  audience:
    "Wem es gezeigt werden darf. Nur was für Käufer ist, lässt sich per Link senden; enger gefasst, enden offene Links.",
  content_url: "Wo es liegt, wenn es keine Datei hier ist. Käufer öffnen es dort, also ohne Anmeldung.",
  content_body: "Die Worte des Kunden, wie er ihnen zugestimmt hat. Die Suche durchsucht sie.",
  embargo: "Bis zu diesem Tag kann es niemand senden, und kein Link zeigt es.",
  content_expires: "Der letzte Tag, an dem es gezeigt werden darf. Jeder Link endet mit ihm.",
  content_terms:
    "Dieselben Schlagwörter wie bei Menschen und Deals: Sie entscheiden, zu welchem Deal es passt.",
  retire_reason: "Warum es nicht mehr verwendet wird. Links bei Käufern enden sofort.",
  shared_deal: "Der Deal, für den der Link ist. Ein Öffnen steht dort und zählt als Einfluss auf ihn.",
  shared_until:
    "Nach diesem Tag zeigt der Link nichts. Er endet früher mit der Einwilligung oder dem Inhalt selbst.",
  questions:
    "Die Liste des Käufers einfügen, eine Frage je Zeile. Jede bekommt die Geschichten, die sie beantworten.",
  save_name: "Woran Sie sie wiederfinden. Nur Sie sehen sie.",
  save_alert: "Eine Zeile im Eingang, sobald jemand Neues passt und gefragt werden kann.",
  deal_account:
    "Der Käufer. Branche, Region und Größe werden zu Kriterien, und seine eigenen Referenzgeber bleiben weg.",
  deal_owner: "Wer ihn verkauft. Er steht in der Liste dieser Person, und seine Zahlen zählen für ihr Team.",
  deal_status:
    "Offen, gewonnen oder verloren. Ein abgeschlossener Deal zählt ab seinem Abschlusstag in der Kennzahl.",
  amount: "Was er wert ist, in seiner Währung. Lücken und beeinflusster Umsatz zählen damit.",
  close_on: "Wann er abgeschlossen sein soll oder wurde. Der Plan rechnet mit Referenzen davor.",
  not_needed: "Es steht neben der Kennzahl, nach Gründen; der Deal bleibt darin.",
  away_days: "Vom ersten bis zum letzten Tag, beide ganz. Danach muss nichts zurückgegeben werden.",
  away_who: "Jemand mit derselben Rolle. Eigene Anfragen gibt so niemand frei.",
  digest_hour: "Der Brief kommt zu dieser Stunde Ihrer Zeitzone, an Tagen, an denen etwas offen ist.",
  target:
    "Der Anteil abgeschlossener Deals, die eine Referenz genutzt haben sollen. Jedes Diagramm zeigt diese Linie.",
  baseline: "Der Anteil vor dem Programm, damit alle sehen, was es verändert hat.",
  import_kind: "Welche Art Datensatz jede Zeile ist. Das entscheidet, welche Felder eine Spalte füllen kann.",
  mapping_name: "Der nächsten Datei mit diesen Spalten wird diese Zuordnung angeboten.",
  need_rate:
    "Von den Deals, die so weit kommen, der Anteil, der eine Referenz braucht. Die Nachfrage wächst im gleichen Maß.",
  reach_rate:
    "Von den Deals in früheren Phasen der Anteil, der die Phase erreicht, in der Referenzen gefragt sind.",
  yield_rate:
    "Von den entschiedenen Nominierungen der Anteil, der Referenzgeber wurde. Daraus folgt, wie viele ein Ziel braucht.",
  acceptance_rate:
    "Von den Anfragen an Referenzgeber der Anteil mit Ja. Er senkt, was alle zusammen geben können.",
  references: "Wie viele Referenzen ein fragender Deal im Mittel braucht; 1,5 sind drei für zwei Deals.",
  lead_days: "Eine Referenz hilft vor dem Abschluss: Der Bedarf liegt um so viele Tage früher.",
  onboarding_days: "Daraus folgen die Tage, an denen die Gewinnung beginnen muss.",
  verified_days:
    "Ein Profil, das länger niemand bestätigt hat, ist kein Angebot, außer Sie zählen es bewusst mit.",
  exchange_rates:
    "Eine Einheit einer Währung in der des Programms. Deals in einer Währung ohne Kurs zählen ohne ihr Volumen.",
  is_fixed: "Sonst kommen die Anteile aus abgeschlossenen Deals, sobald es genug davon gibt.",
  lose: "Das Szenario rechnet ohne sie: Was sie heute decken, fehlt oder fällt anderen mit Platz zu.",
  recruit:
    "Das Szenario zählt neue Referenzgeber dieses Profils, jeder an einem eigenen Unternehmen, vom ersten Tag an.",
  rest_days:
    "Wie lange jemand nach einem Einsatz ruht. Nur das Szenario ändert sich, nicht die Regel des Programms.",
  uses_per_advocate: "Was eine Person im Jahr höchstens gibt, nur im Szenario.",
  account_cap:
    "Was alle Personen eines Unternehmens im Zeitraum der Regel zusammen höchstens geben, nur im Szenario.",
  sellers: "Verkäufer mit Ziel in diesem Segment; zwei halbe Stellen sind eine.",
  quota: "Was eine Person im Jahr verkaufen soll. Geteilt durch die Dealgröße ergibt es die Deals.",
  deal_size: "Das Mittel eines gewonnenen Deals. Kleinere Deals heißen mehr Deals, und mehr Referenzen.",
  win_rate: "Mit einer Quote brauchen auch verlorene Deals Referenzen. Leer zählen nur gewonnene.",
  plan_why: "Bleibt bei der Version: Es erklärt den Unterschied, wenn Plan und Ist verglichen werden.",
  goal_days:
    "Die Tage, in denen das Volumen gewonnen sein soll, beide ganz. Verglichen wird mit denselben Tagen im Vorjahr.",
  goal_change: "Mehr als im Vorjahr, um einen Anteil oder einen Betrag, oder ein Betrag insgesamt.",
  goal_terms: "Nur Deals mit diesen Schlagwörtern zählen, für das Ziel und für das Vorjahr.",
  head_count:
    "+100 sind neue Referenzen, 25 % ein Anteil der Kunden, +20 % mehr als heute. Es wird mit der Nachfrage verglichen.",
  need_kind: "Der Bereich, der fragt. Er steht im Kalender und in den Erinnerungen.",
  need_on: "Der Tag, an dem es stattfindet. Goodword sagt, wann dafür zu fragen und wann zu gewinnen ist.",
  need_wanted:
    "Wie viele verschiedene Kunden gebraucht werden. Sie gehen von dem ab, was Deals nutzen könnten.",
  need_terms: "Was die Kunden mit dem Anlass gemeinsam haben müssen. Ohne Schlagwörter passen alle.",
  need_account: "Wenn es genau dieser Kunde sein muss. Es warnt, wenn er dann ruht oder gesperrt ist.",
  calendar:
    "Eine Datei im Format iCalendar, wie jeder Kalender sie schreibt. Erneut geladen, wandern Bedarfe mit ihren Terminen.",
  close_reason: "Bleibt, wo es geplant war, damit Bescheid weiß, wer als Nächstes plant.",
  target_note:
    "Wer nominieren soll, liest es: welche Geschichte am meisten hilft und was von der Person gewollt wird.",
  term_name:
    "Was alle lesen. Ein neuer Name ändert keinen Datensatz: Sie halten den Begriff, nicht sein Wort.",
  parent: "Der weitere Begriff. Wer nach dem weiteren sucht, findet auch den engeren.",
  rank: "Benachbarte Stufen passen zur Hälfte. Die Reihenfolge muss also die der Größen sein.",
  facet_key: "Der Name der Spalte in Dateien. Er lässt sich später nicht ändern.",
  merge_into: "Alles mit diesem Begriff zählt als der andere. Das lässt sich rückgängig machen.",
  token_name: "Was ihn benutzt, damit Sie wissen, welchen Sie sperren.",
  user_email: "Womit sich die Person anmeldet und wohin Briefe gehen.",
  team: "Zahlen werden nach Teams gezeigt, und „mein Team“ in einer Liste meint es.",
  password: "Erratbare werden abgelehnt. Persönlich übergeben; ein neues beendet jede Sitzung der Person.",
  owner_many:
    "Alles Gewählte bekommt diese Zuständigkeit. Die Vorschau sagt, wie viele sich ändern, und einmal Rückgängig nimmt es zurück.",
  terms_many:
    "Sie kommen bei allem Gewählten hinzu oder fallen weg, wie oben gewählt; andere Schlagwörter bleiben.",
  status_many:
    "Jeder geht nur dorthin, wohin er allein dürfte; die Vorschau nennt, wer nicht kann, und warum.",
  view_share: "Kollegen sehen die Ansicht in ihrer Liste. Alle sehen nur die Zeilen in ihrer Reichweite.",
  view_pin: "Die Ansicht steht in Ihrer Navigation, einen Klick entfernt.",
};
