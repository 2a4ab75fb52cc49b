import { Button, Checkbox, PasswordInput, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useSearch } from "@tanstack/react-router";
import { useAttemptKey } from "../../api/attempt-key";
import { fieldMessages } from "../../api/problem";
import { userQuery } from "../../api/queries";
import type { NewUser, Role, User } from "../../api/types";
import { addUser, changeUser } from "../../api/writes";
import layout from "../../parts/form.module.css";
import { ROLES } from "../../parts/roles";
import { useVersionedForm } from "../../parts/use-versioned-form";
import { text } from "../../text/text";
import { notifyDone, notifyUndo } from "../../ui/notify";
import { SidePanel } from "../../ui/SidePanel";
import { Failed, FormProblem, Loading } from "../../ui/states";
import { useSearchChange } from "../../ui/use-search-change";
import classes from "./UsersPage.module.css";

const PASSWORD_MIN = 12;

/** One colleague beside the list. */
export function UserSheet({ rows }: { rows: User[] }) {
  const { user: asked } = useSearch({ from: "/signed-in/settings/users" });
  const change = useSearchChange();
  const close = () => void change({ user: undefined });
  const isNew = asked === "new";
  const listed = rows.find((one) => one.id === asked);
  return (
    <SidePanel
      title={isNew ? text("users.add") : (listed?.name ?? text("users.title"))}
      opened={asked !== undefined}
      onClose={close}
    >
      {asked === undefined ? null : isNew ? (
        <AddUserForm onDone={close} />
      ) : (
        <KnownUser key={asked} id={asked} />
      )}
    </SidePanel>
  );
}

function KnownUser({ id }: { id: string }) {
  const query = useQuery(userQuery(id));
  if (query.isPending) return <Loading />;
  if (query.isError) return <Failed error={query.error} onRetry={() => void query.refetch()} />;
  return <EditUserForm user={query.data} />;
}

interface Fields {
  name: string;
  email: string;
  roles: Role[];
  team: string;
}

const fieldsOf = (user: User): Fields => ({
  name: user.name,
  email: user.email ?? "",
  roles: user.roles,
  team: user.team ?? "",
});

function problemsOf({ name, email }: { name: string; email: string }) {
  return {
    ...(name.trim() === "" ? { name: text("users.name_missing") } : {}),
    ...(/^\S+@\S+$/.test(email.trim()) ? {} : { email: text("session.email_wrong") }),
  };
}

function EditUserForm({ user }: { user: User }) {
  const cache = useQueryClient();
  const refresh = (saved: User) => {
    cache.setQueryData(userQuery(user.id).queryKey, saved);
    void cache.invalidateQueries({ queryKey: ["users"] });
    void cache.invalidateQueries({ queryKey: ["session"] });
  };
  const edit = useVersionedForm<User, Fields>({
    record: user,
    fieldsOf,
    labelOf: (field) => text(`users.field.${field}`),
    show: (field, value) =>
      field === "roles"
        ? (value as Role[]).map((role) => text(`role.${role}`)).join(", ")
        : String(value ?? ""),
    validate: (fields) => (user.email === null && fields.email === "" ? {} : problemsOf(fields)),
    read: () => cache.fetchQuery({ ...userQuery(user.id), staleTime: 0 }),
    save: (version, changed) => changeUser({ id: user.id, version }, changed),
    onSaved: (saved, before) => {
      refresh(saved);
      // Somebody without an address cannot be given none again.
      const { email, ...rest } = before;
      notifyUndo(text("users.saved"), saved.name, async () =>
        refresh(await changeUser(saved, email ? { ...rest, email } : rest)),
      );
    },
  });
  return (
    <>
      <form noValidate className={layout.form} onSubmit={edit.submit}>
        <TextInput label={text("users.field.name")} maxLength={200} {...edit.form.getInputProps("name")} />
        <TextInput type="email" label={text("users.field.email")} {...edit.form.getInputProps("email")} />
        <RoleChoice {...edit.form.getInputProps("roles")} />
        <TextInput
          label={text("users.field.team")}
          description={text("users.team_hint")}
          maxLength={100}
          {...edit.form.getInputProps("team")}
        />
        {edit.problem}
        <div className={layout.actions}>
          <Button type="submit" loading={edit.isSaving} disabled={!edit.isChanged || edit.isStale}>
            {text("action.save")}
          </Button>
        </div>
      </form>
      <Access user={user} onChanged={refresh} />
    </>
  );
}

/** Switching a person off ends their sessions and stops their tokens at once. */
function Access({ user, onChanged }: { user: User; onChanged: (saved: User) => void }) {
  const form = useForm({ initialValues: { password: "" } });
  const saving = useMutation({
    mutationFn: (input: { is_active?: boolean; password?: string }) => changeUser(user, input),
    onSuccess: (saved, input) => {
      onChanged(saved);
      form.reset();
      if (input.password !== undefined) {
        notifyDone(text("users.password_set"), saved.name);
        return;
      }
      notifyUndo(text(saved.is_active ? "users.switched_on" : "users.switched_off"), saved.name, async () =>
        onChanged(await changeUser(saved, { is_active: !saved.is_active })),
      );
    },
    onError: (error) => form.setErrors(fieldMessages(error)),
  });
  const setPassword = form.onSubmit(({ password }) => saving.mutate({ password }));
  return (
    <div className={layout.part}>
      <form noValidate className={layout.form} onSubmit={setPassword}>
        <PasswordInput
          label={text("users.new_password")}
          description={text("users.password_hint")}
          autoComplete="new-password"
          visibilityToggleButtonProps={{ "aria-label": text("users.show_password") }}
          {...form.getInputProps("password")}
        />
        <div className={layout.actions}>
          <Button
            type="submit"
            variant="default"
            disabled={form.values.password.length < PASSWORD_MIN}
            loading={saving.isPending}
          >
            {text("users.set_password")}
          </Button>
          <Button
            variant="default"
            loading={saving.isPending}
            onClick={() => saving.mutate({ is_active: !user.is_active })}
          >
            {text(user.is_active ? "users.switch_off" : "users.switch_on")}
          </Button>
        </div>
      </form>
      <FormProblem error={saving.error} />
    </div>
  );
}

interface RoleProps {
  value?: Role[];
  onChange?: (roles: Role[]) => void;
  error?: string;
}

function RoleChoice({ value = [], onChange, error }: RoleProps) {
  return (
    <Checkbox.Group
      label={text("users.field.roles")}
      description={text("users.roles_hint")}
      value={value}
      error={error}
      onChange={(roles) => onChange?.(ROLES.filter((role) => roles.includes(role)))}
    >
      <div className={classes.roles}>
        {ROLES.map((role) => (
          <Checkbox
            key={role}
            value={role}
            label={text(`role.${role}`)}
            description={text(`role_can.${role}`)}
          />
        ))}
      </div>
    </Checkbox.Group>
  );
}

function AddUserForm({ onDone }: { onDone: () => void }) {
  const keyFor = useAttemptKey();
  const cache = useQueryClient();
  const form = useForm({
    initialValues: { name: "", email: "", roles: [] as Role[], team: "", password: "" },
    validate: (fields) => ({
      ...problemsOf(fields),
      ...(fields.password.length < PASSWORD_MIN ? { password: text("users.password_hint") } : {}),
    }),
  });
  const adding = useMutation({
    mutationFn: (input: NewUser) => addUser(input, keyFor(input)),
    onSuccess: (added) => {
      void cache.invalidateQueries({ queryKey: ["users"] });
      notifyDone(text("users.added"), added.name);
      onDone();
    },
    onError: (error) => form.setErrors(fieldMessages(error)),
  });
  const send = form.onSubmit(({ team, ...fields }) =>
    adding.mutate({ ...fields, email: fields.email.trim(), team: team.trim() || undefined }),
  );
  return (
    <form noValidate className={layout.form} onSubmit={send}>
      <TextInput
        data-autofocus
        label={text("users.field.name")}
        maxLength={200}
        {...form.getInputProps("name")}
      />
      <TextInput type="email" label={text("users.field.email")} {...form.getInputProps("email")} />
      <RoleChoice {...form.getInputProps("roles")} />
      <TextInput
        label={text("users.field.team")}
        description={text("users.team_hint")}
        {...form.getInputProps("team")}
      />
      <PasswordInput
        label={text("users.first_password")}
        description={text("users.password_hint")}
        autoComplete="new-password"
        visibilityToggleButtonProps={{ "aria-label": text("users.show_password") }}
        {...form.getInputProps("password")}
      />
      <FormProblem error={adding.error} onRetry={() => send()} />
      <div className={layout.actions}>
        <Button type="submit" loading={adding.isPending}>
          {text("users.add")}
        </Button>
      </div>
    </form>
  );
}
