import { Button } from "@mantine/core";
import { LooksControls } from "../../parts/LooksControls";
import { SettingsTabs } from "../../parts/SettingsTabs";
import { useSession } from "../../parts/session";
import { UpdateKinds } from "../../parts/UpdateKinds";
import { useLeave } from "../../parts/use-leave";
import { text } from "../../text/text";
import { Facts } from "../../ui/Facts";
import { Page } from "../../ui/Page";
import { Section } from "../../ui/Section";

export function SettingsPage() {
  const { user } = useSession();
  const leave = useLeave();
  return (
    <Page title={text("shell.settings")} lead={text("shell.settings_page.lead")} width="reading">
      <SettingsTabs />
      <Facts
        facts={[
          { label: text("session.name"), value: user.name },
          { label: text("session.email"), value: user.email },
          {
            label: text("shell.settings_page.roles"),
            value: user.roles.map((role) => text(`role.${role}`)).join(", "),
          },
        ]}
      />
      <Section title={text("shell.settings_page.looks")}>
        <LooksControls />
      </Section>
      <UpdateKinds />
      <Section title={text("shell.settings_page.sessions")}>
        <p className="soft">{text("shell.settings_page.sessions_why")}</p>
        <div>
          <Button variant="default" loading={leave.isPending} onClick={() => leave.mutate("everywhere")}>
            {text("shell.sign_out_everywhere")}
          </Button>
        </div>
      </Section>
    </Page>
  );
}
