import { Kbd, Modal } from "@mantine/core";
import { useState } from "react";
import { text } from "../text/text";
import { FieldHelp } from "./FieldHelp";
import classes from "./KeySheet.module.css";
import { lastField } from "./last-field";

type Row = [keys: string[], words: string];

function groups(): [string, Row[]][] {
  return [
    [
      text("shell.keys.anywhere"),
      [
        [["Ctrl", "K"], text("shell.keys.palette")],
        [["/"], text("shell.keys.palette")],
        [["F"], text("shell.keys.go_find")],
        [["H"], text("shell.keys.go_home")],
        [["Ctrl", "Enter"], text("shell.keys.send")],
        [["?"], text("shell.keys.sheet")],
        [["F1"], text("shell.keys.field")],
      ],
    ],
    [
      text("shell.keys.lists"),
      [
        [["J"], text("shell.keys.next")],
        [["K"], text("shell.keys.previous")],
        [["X"], text("shell.keys.choose")],
        [["Space"], text("shell.keys.peek")],
        [["Enter"], text("shell.keys.open")],
        [["R"], text("shell.keys.request")],
      ],
    ],
    [
      text("shell.keys.records"),
      [
        [["N"], text("shell.keys.next_record")],
        [["P"], text("shell.keys.previous_record")],
      ],
    ],
    [
      text("shell.keys.approvals"),
      [
        [["J", "K"], text("shell.keys.next")],
        [["A"], text("shell.keys.approve")],
        [["C"], text("shell.keys.approve_conditions")],
        [["X"], text("shell.keys.pick")],
        [["D"], text("shell.keys.decline")],
      ],
    ],
  ];
}

/** Help on the field that somebody is in, and every key that does something. */
export function KeySheet({ onClose }: { onClose: () => void }) {
  const [field] = useState(lastField);
  return (
    <Modal
      opened
      onClose={onClose}
      title={text("shell.keys.title")}
      size="md"
      closeButtonProps={{ "aria-label": text("action.close") }}
    >
      <div className={classes.sheet}>
        {field ? <FieldHelp field={field} /> : null}
        {groups().map(([title, rows]) => (
          <section key={title}>
            <h3>{title}</h3>
            <dl>
              {rows.map(([keys, words]) => (
                <div key={keys.join("+") + words} className={classes.row}>
                  <dt>{words}</dt>
                  <dd>
                    {keys.map((key) => (
                      <Kbd key={key}>{key}</Kbd>
                    ))}
                  </dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
    </Modal>
  );
}
