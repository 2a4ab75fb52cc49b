import { Button, Textarea } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useParams, useSearch } from "@tanstack/react-router";
import { useState } from "react";
import { contentQuery } from "../../api/content-queries";
import { contentFile } from "../../api/files";
import type { Content, ContentStatus } from "../../api/types";
import { moveContent } from "../../api/writes";
import { formatDay } from "../../format/format";
import { useActionsHere } from "../../parts/actions-here";
import { ContentPreview } from "../../parts/ContentPreview";
import { ContentStateMark } from "../../parts/content-marks";
import { DeleteRecord } from "../../parts/DeleteRecord";
import classes from "../../parts/form.module.css";
import { RecordWalk } from "../../parts/list/RecordWalk";
import { RecordComments } from "../../parts/RecordComments";
import { ShareSheet } from "../../parts/ShareSheet";
import { useSession } from "../../parts/session";
import { Tags } from "../../parts/Tags";
import { Timeline } from "../../parts/Timeline";
import { paths } from "../../paths/paths";
import { text } from "../../text/text";
import { AppLink } from "../../ui/AppLink";
import { type Fact, Facts } from "../../ui/Facts";
import { FormDialog } from "../../ui/FormDialog";
import { notifyUndo } from "../../ui/notify";
import { Page } from "../../ui/Page";
import { Section } from "../../ui/Section";
import { Failed, FormProblem, Loading } from "../../ui/states";
import { useSearchChange } from "../../ui/use-search-change";
import { EditContentSheet } from "./EditContentSheet";
import { FilePart } from "./FilePart";
import { useKeepContent } from "./keep";

/** One story: what it shows, who may see it, and how to send it. */
export function ContentPage() {
  const { id } = useParams({ from: "/signed-in/content/$id" });
  const query = useQuery(contentQuery(id));
  if (query.isPending) return <Loading rows={8} />;
  if (query.isError) return <Failed isPage error={query.error} onRetry={() => void query.refetch()} />;
  return <Piece content={query.data} />;
}

function Piece({ content }: { content: Content }) {
  const { today } = useSession();
  const search = useSearch({ from: "/signed-in/content/$id" });
  const change = useSearchChange();
  const file = content.file;
  const isDraft = content.status === "draft";
  const send = () => void change({ send: "yes" });
  const edit = () => void change({ edit: "yes" });
  useActionsHere([
    ...(content.can_share ? [{ label: text("content.share"), run: send }] : []),
    ...(content.can_edit ? [{ label: text("content.edit"), run: edit }] : []),
  ]);
  return (
    <Page
      above={<RecordWalk list="content" id={content.id} hrefOf={paths.contentPiece} />}
      title={content.title}
      lead={<ContentStateMark state={content.state} consentStands={content.consent_stands} />}
      more={
        content.can_edit ? (
          <Button variant="default" onClick={edit}>
            {text("content.edit")}
          </Button>
        ) : undefined
      }
      rare={
        content.can_edit ? (
          <>
            {isDraft ? null : <Moves content={content} />}
            <DeleteRecord
              record={{ kind: "content", id: content.id, version: content.version, name: content.title }}
              next={paths.content()}
            />
          </>
        ) : undefined
      }
      actions={
        content.can_share ? (
          <Button onClick={send}>{text("content.share")}</Button>
        ) : content.can_edit && isDraft ? (
          <Moves content={content} />
        ) : undefined
      }
    >
      <Facts facts={factsOf(content, today)} />
      <Section title={text("content.preview")}>
        <ContentPreview
          title={content.title}
          body={content.body}
          url={content.url}
          file={file}
          fileAddress={file ? contentFile(content.id, file.id) : ""}
        />
      </Section>
      {content.can_edit ? <FilePart content={content} /> : null}
      {content.terms.length > 0 ? (
        <Section title={text("content.field.terms")}>
          <Tags tags={content.terms} />
        </Section>
      ) : null}
      <RecordComments kind="content" id={content.id} />
      <Section title={text("requests.history")}>
        <Timeline kind="content" id={content.id} />
      </Section>
      <EditContentSheet
        content={search.edit === "yes" && content.can_edit ? content : null}
        onClose={() => void change({ edit: undefined })}
      />
      <ShareSheet
        content={search.send === "yes" && content.can_share ? content : null}
        onClose={() => void change({ send: undefined })}
      />
    </Page>
  );
}

/** Approving, taking back and retiring. Retiring ends links that buyers hold, so it asks once. */
function Moves({ content }: { content: Content }) {
  const cache = useQueryClient();
  const keep = useKeepContent();
  const [isRetiring, setRetiring] = useState(false);
  const [reason, setReason] = useState("");
  const moving = useMutation({
    mutationFn: (to: ContentStatus) => moveContent(content, to, reason.trim() || undefined),
    onSuccess: (saved) => {
      keep(saved);
      notifyUndo(
        text("content.moved", {
          title: saved.title,
          state: text(`content_state.${saved.state}`).toLowerCase(),
        }),
        "",
        async () => {
          let now = saved;
          for (const step of wayBack(content.status, saved.status))
            now = await moveContent(now, step, undefined);
          keep(now);
        },
      );
      setRetiring(false);
    },
    onError: () => void cache.invalidateQueries({ queryKey: contentQuery(content.id).queryKey }),
  });
  return (
    <>
      {content.status === "draft" ? (
        <Button loading={moving.isPending} onClick={() => moving.mutate("approved")}>
          {text("content.approve")}
        </Button>
      ) : (
        <Button variant="default" loading={moving.isPending} onClick={() => moving.mutate("draft")}>
          {text("content.to_draft")}
        </Button>
      )}
      {content.status === "retired" ? null : (
        <Button variant="default" onClick={() => setRetiring(true)}>
          {text("content.retire")}
        </Button>
      )}
      {isRetiring ? null : <FormProblem error={moving.error} />}
      <FormDialog
        opened={isRetiring}
        onClose={() => setRetiring(false)}
        title={text("content.retire_title", { title: content.title })}
      >
        <form
          className={classes.form}
          onSubmit={(event) => {
            event.preventDefault();
            moving.mutate("retired");
          }}
        >
          <p>{text("content.retire_why")}</p>
          <Textarea
            label={text("content.retire_reason")}
            value={reason}
            maxLength={2000}
            onChange={(event) => setReason(event.currentTarget.value)}
          />
          <FormProblem error={moving.error} />
          <div className={classes.actions}>
            <Button type="submit" loading={moving.isPending}>
              {text("content.retire")}
            </Button>
            <Button variant="default" onClick={() => setRetiring(false)}>
              {text("action.cancel")}
            </Button>
          </div>
        </form>
      </FormDialog>
    </>
  );
}

/** What was retired is a draft again before it is approved again. */
function wayBack(to: ContentStatus, from: ContentStatus): ContentStatus[] {
  return from === "retired" && to === "approved" ? ["draft", "approved"] : [to];
}

function factsOf(content: Content, today: string): Fact[] {
  const day = (value: string | null, none: string) => (value ? formatDay(value, today) : none);
  return [
    { label: text("content.kind"), value: text(`content_kind.${content.kind}`) },
    {
      label: text("content.column.stage"),
      value: content.stage ? text(`deal_stage.${content.stage}`) : text("state.none"),
    },
    { label: text("content.audience"), value: text(`audience.${content.audience}`) },
    {
      label: text("content.account"),
      value: content.account ? (
        <AppLink href={paths.account(content.account.id)}>{content.account.name}</AppLink>
      ) : (
        text("content.none")
      ),
    },
    {
      label: text("content.teller"),
      value: content.advocate ? (
        <AppLink href={paths.advocate(content.advocate.id)}>{content.advocate.display}</AppLink>
      ) : (
        text("content.none")
      ),
    },
    { label: text("content.embargo"), value: day(content.embargo_until, text("content.none")) },
    { label: text("content.expires"), value: day(content.expires_on, text("content.no_end")) },
  ];
}
